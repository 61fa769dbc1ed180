//! What was weighed, and by what: the manifest of the folder `weighing`.

use serde::{Deserialize, Serialize};

use super::super::manifest::{Input, Named, PROGRAM};
use super::super::sealed::Sealed;
use crate::experiment::Weighing;
use crate::model::{KPIS, Label};
use crate::scenario::{Framework, Profile};

/// The contents of `weighing/manifest.json`.
#[derive(Clone, PartialEq, Debug, Serialize, Deserialize)]
pub(in super::super) struct WeighingManifest {
    pub(in super::super) program: String,
    pub(in super::super) version: String,
    /// SHA-256 of the run's own manifest.
    pub(in super::super) run: String,
    /// The tables beside it.
    #[serde(default)]
    pub(in super::super) tables: Vec<Sealed>,
    /// The files of the framework.
    pub(in super::super) framework: Vec<Input>,
    /// The tables of the sweep.
    pub(in super::super) sweep: Option<Vec<Input>>,
    pub(in super::super) seed: u64,
    pub(in super::super) draws: usize,
    /// Points of the sweep; 0 without one.
    pub(in super::super) points: usize,
    /// What people call the framework.
    pub(in super::super) label: Text,
    /// The groups at the root of the tree of criteria.
    pub(in super::super) groups: Vec<Named>,
    pub(in super::super) criteria: Vec<Leaf>,
    pub(in super::super) profiles: Vec<Voice>,
}

/// A text in both languages.
#[derive(Clone, PartialEq, Debug, Serialize, Deserialize)]
pub(in super::super) struct Text {
    pub(in super::super) nl: String,
    pub(in super::super) en: String,
}

/// A criterion.
#[derive(Clone, PartialEq, Debug, Serialize, Deserialize)]
pub(in super::super) struct Leaf {
    #[serde(flatten)]
    pub(in super::super) named: Named,
    pub(in super::super) definition: Text,
    /// Key of the group at the root under which it stands.
    pub(in super::super) group: String,
    /// Whether anything is known of it, for every form.
    pub(in super::super) is_known: bool,
    /// Key of the criterion beside which alone it may be read.
    pub(in super::super) beside: Option<String>,
    /// Why the model does not measure it.
    pub(in super::super) not_yet: Option<Text>,
    /// Keys of the KPIs by which it is judged.
    pub(in super::super) kpis: Vec<String>,
}

/// A profile of weights.
#[derive(Clone, PartialEq, Debug, Serialize, Deserialize)]
pub(in super::super) struct Voice {
    #[serde(flatten)]
    pub(in super::super) named: Named,
    pub(in super::super) source: String,
    /// Key of the first profile that says the same; none for the first.
    pub(in super::super) echo_of: Option<String>,
}

impl WeighingManifest {
    /// The manifest of a weighing of the run that has this manifest.
    pub(super) fn of(
        run: String,
        tables: Vec<Sealed>,
        seed: u64,
        framework: &Framework,
        sweep: Option<Vec<Input>>,
        weighing: &Weighing,
    ) -> Self {
        let roots = framework.groups.iter();
        let roots = roots.filter(|group| group.parent.is_none());
        let criteria = framework.criteria.iter().enumerate();
        let leaf = |(number, one): (usize, &crate::scenario::Criterion)| Leaf {
            named: named(&one.key, &one.label),
            definition: text(&one.definition),
            group: framework.groups[framework.principle_of(number)].key.clone(),
            is_known: weighing.is_known[number],
            beside: one
                .beside
                .map(|other| framework.criteria[other].key.clone()),
            not_yet: one.not_yet.as_ref().map(text),
            kpis: (one.measures.iter())
                .map(|measure| KPIS[measure.kpi].key.to_owned())
                .collect(),
        };
        let voice = |profile: &Profile| Voice {
            named: named(&profile.key, &profile.label),
            source: profile.source.clone(),
            echo_of: echo(&framework.profiles, profile),
        };
        WeighingManifest {
            program: PROGRAM.to_owned(),
            version: env!("CARGO_PKG_VERSION").to_owned(),
            run,
            tables,
            framework: (framework.inputs.iter())
                .map(|input| Input {
                    file: input.path.clone(),
                    sha256: input.sha256.clone(),
                })
                .collect(),
            sweep,
            seed,
            draws: weighing.n_draws,
            points: weighing.n_points,
            label: text(&framework.label),
            groups: roots.map(|group| named(&group.key, &group.label)).collect(),
            criteria: criteria.map(leaf).collect(),
            profiles: framework.profiles.iter().map(voice).collect(),
        }
    }

    /// The manifest as it stands in its file.
    pub(super) fn to_json(&self) -> String {
        let json = serde_json::to_string_pretty(self);
        json.expect("a manifest has text keys only") + "\n"
    }
}

/// The first profile that says the same as this one, if another does.
pub(super) fn echo(profiles: &[Profile], profile: &Profile) -> Option<String> {
    let mut same = profiles
        .iter()
        .filter(|other| other.conditions == profile.conditions);
    let first = same.next().filter(|first| first.key != profile.key);
    first.map(|first| first.key.clone())
}

fn named(key: &str, label: &Label) -> Named {
    Named {
        key: key.to_owned(),
        nl: label.nl.clone(),
        en: label.en.clone(),
    }
}

fn text(label: &Label) -> Text {
    Text {
        nl: label.nl.clone(),
        en: label.en.clone(),
    }
}
