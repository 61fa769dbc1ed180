//! What was weighed, and by what: the manifest of the folder `weighing`.

use serde::{Deserialize, Serialize};

use super::weigh::Weighing;
use crate::model::{KPIS, Label};
use crate::report::folder::manifest::{Input, Named, PROGRAM};
use crate::report::folder::sealed::Sealed;
use crate::scenario::{Framework, Profile};

/// The contents of `weighing/manifest.json`.
#[derive(Clone, PartialEq, Debug, Serialize, Deserialize)]
pub(crate) struct WeighingManifest {
    pub(crate) program: String,
    pub(crate) version: String,
    /// SHA-256 of the run's own manifest.
    pub(crate) run: String,
    /// The tables beside it.
    #[serde(default)]
    pub(crate) tables: Vec<Sealed>,
    /// The files of the framework.
    pub(crate) framework: Vec<Input>,
    /// The tables of the sweep.
    pub(crate) sweep: Option<Vec<Input>>,
    pub(crate) seed: u64,
    pub(crate) draws: usize,
    /// Points of the sweep; 0 without one.
    pub(crate) points: usize,
    /// What people call the framework.
    pub(crate) label: Text,
    /// The groups at the root of the tree of criteria.
    pub(crate) groups: Vec<Named>,
    pub(crate) criteria: Vec<Leaf>,
    pub(crate) profiles: Vec<Voice>,
}

/// A text in both languages.
#[derive(Clone, PartialEq, Debug, Serialize, Deserialize)]
pub(crate) struct Text {
    pub(crate) nl: String,
    pub(crate) en: String,
}

/// A criterion.
#[derive(Clone, PartialEq, Debug, Serialize, Deserialize)]
pub(crate) struct Leaf {
    #[serde(flatten)]
    pub(crate) named: Named,
    pub(crate) definition: Text,
    /// Key of the group at the root under which it stands.
    pub(crate) group: String,
    /// Whether anything is known of it, for every form.
    pub(crate) is_known: bool,
    /// Key of the criterion beside which alone it may be read.
    pub(crate) beside: Option<String>,
    /// Why the model does not measure it.
    pub(crate) not_yet: Option<Text>,
    /// Keys of the KPIs by which it is judged.
    pub(crate) kpis: Vec<String>,
}

/// A profile of weights.
#[derive(Clone, PartialEq, Debug, Serialize, Deserialize)]
pub(crate) struct Voice {
    #[serde(flatten)]
    pub(crate) named: Named,
    pub(crate) source: String,
    /// Key of the first profile that says the same; none for the first.
    pub(crate) echo_of: Option<String>,
}

impl WeighingManifest {
    /// The manifest of a weighing of the run that has this manifest.
    pub(crate) fn of(
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
    pub(crate) fn to_json(&self) -> String {
        let json = serde_json::to_string_pretty(self);
        json.expect("a manifest has text keys only") + "\n"
    }
}

/// The first profile that says the same as this one, if another does.
pub(crate) fn echo(profiles: &[Profile], profile: &Profile) -> Option<String> {
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
