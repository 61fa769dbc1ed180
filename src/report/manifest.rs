//! What a run folder holds and how to make it again.

use std::collections::BTreeSet;
use std::io;
use std::path::{Component, Path};

use serde::{Deserialize, Serialize};
use sha2::{Digest, Sha256};

use super::changed::{Changed, changed};
use super::phrase::of_spread;
use super::record::ReadingError;
use super::sealed::Sealed;
use super::site::MANIFEST;
use super::{Lang, caution};
use crate::experiment::{CONFIDENCE, Outcome, SERIES, Warning, warm_up};
use crate::model::{Division, Label};
use crate::scenario::{Folder, Known, Said, Scenario, said};

/// Name of this program in a manifest.
pub(super) const PROGRAM: &str = env!("CARGO_PKG_NAME");

/// The largest manifest that is read \[bytes\]; that of 25 regions and six forms has a thousandth.
pub(super) const MOST_BYTES: u64 = 16 << 20;
/// A longer warm-up or period is none that a run had \[days\].
const MOST_DAYS: u32 = 100_000;

/// The contents of `manifest.json`.
#[derive(Clone, PartialEq, Debug, Serialize, Deserialize)]
pub struct Manifest {
    pub(super) program: String,
    pub(super) version: String,
    pub(super) scenario: Named,
    pub(super) seed: u64,
    pub(super) replications: u32,
    /// From what the worlds were drawn in which the replications ran; empty if all ran in one.
    #[serde(default)]
    pub(super) doubt: String,
    pub(super) confidence: f64,
    pub(super) period: Span,
    pub(super) belief: Named,
    /// The variant of the scenario that it is, if it is one.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub(super) variant: Option<Named>,
    pub(super) baseline: String,
    pub(super) forms: Vec<Form>,
    pub(super) regions: Vec<String>,
    #[serde(default)]
    pub(super) events: u64,
    #[serde(default)]
    pub(super) inputs: Vec<Input>,
    /// The tables beside it; none as long as they have not been written, and in manifests of earlier builds.
    #[serde(default)]
    pub(super) tables: Vec<Sealed>,
    /// What the scenario and its forms change.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub(super) changed: Vec<Changed>,
    /// What is known of its regions, each by itself, and how the fitted model shows it.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub(super) known: Vec<Known>,
    /// The same scenario in other settings, each a run of its own in the folder `beside`.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub(super) beside: Vec<Beside>,
    pub(super) warm_up: Settled,
    pub(super) warnings: Vec<Caution>,
}

#[derive(Clone, PartialEq, Debug, Serialize, Deserialize)]
pub(super) struct Named {
    pub(super) key: String,
    pub(super) nl: String,
    pub(super) en: String,
}

#[derive(Clone, PartialEq, Debug, Serialize, Deserialize)]
pub(super) struct Span {
    pub(super) start: String,
    pub(super) warm_up_days: u32,
    pub(super) measured_days: u32,
}

#[derive(Clone, PartialEq, Debug, Serialize, Deserialize)]
pub(super) struct Form {
    #[serde(flatten)]
    pub(super) named: Named,
    /// What it is, in two sentences; nothing in manifests of earlier builds.
    #[serde(default)]
    pub(super) what: Option<Sentences>,
    pub(super) is_proposal: bool,
    /// Whether its hours are divided by work, and are not where they are now.
    #[serde(default)]
    pub(super) is_by_work: bool,
    pub(super) source: String,
    pub(super) teams: Vec<Named>,
}

#[derive(Clone, PartialEq, Debug, Serialize, Deserialize)]
pub(super) struct Sentences {
    pub(super) nl: String,
    pub(super) en: String,
}

#[derive(Clone, PartialEq, Debug, Serialize, Deserialize)]
pub(super) struct Input {
    pub(super) file: String,
    pub(super) sha256: String,
}

#[derive(Clone, PartialEq, Debug, Serialize, Deserialize)]
pub(super) struct Settled {
    pub(super) given_weeks: u32,
    pub(super) needed_weeks: Option<u32>,
    pub(super) unsettled: Vec<String>,
    pub(super) nl: String,
    pub(super) en: String,
}

#[derive(Clone, PartialEq, Debug, Serialize, Deserialize)]
pub(super) struct Caution {
    pub(super) code: String,
    pub(super) nl: String,
    pub(super) en: String,
}

/// A run in the folder of another.
#[derive(Clone, PartialEq, Debug, Serialize, Deserialize)]
pub(super) struct Beside {
    /// Its name: that of its folder.
    pub(super) key: String,
    pub(super) belief: Named,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub(super) variant: Option<Named>,
    /// What it changes.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub(super) changed: Vec<Changed>,
    /// The hash of its manifest, in hexadecimal.
    pub(super) sha256: String,
}

/// What is known of the scenario's regions, each by itself or with others; what is known of the country stands in the docs.
fn known(scenario: &Scenario) -> Vec<Known> {
    let touches = |one: &&Known| {
        scenario
            .regions
            .iter()
            .any(|region| one.touches(&region.name))
    };
    scenario.known.iter().filter(touches).cloned().collect()
}

impl Manifest {
    /// Reads it from a run folder. Of what nothing is drawn from, it may say nothing: earlier
    /// builds did.
    ///
    /// # Errors
    ///
    /// When the folder holds no run, or its manifest is not whole.
    pub(super) fn read(folder: &Folder) -> Result<Self, ReadingError> {
        let path = folder.join(MANIFEST);
        let text = match folder.files().read_text(&path, MOST_BYTES) {
            Ok(text) => text,
            Err(error) if error.kind() == io::ErrorKind::NotFound => {
                return Err(ReadingError::Foreign(folder.path().to_owned()));
            }
            Err(source) => return Err(ReadingError::Disk { path, source }),
        };
        let broken = |fact: Said| ReadingError::Broken {
            path: path.clone(),
            fact,
        };
        let json: serde_json::Value =
            serde_json::from_str(&text).map_err(|error| broken(Said::of(&error)))?;
        let is_sweep = !json["design"].is_null();
        if json["program"] != PROGRAM || is_sweep {
            return Err(ReadingError::Foreign(folder.path().to_owned()));
        }
        let manifest: Manifest =
            serde_json::from_value(json).map_err(|error| broken(Said::of(&error)))?;
        match manifest.nonsense() {
            Some(fact) => Err(broken(fact)),
            None => Ok(manifest),
        }
    }

    /// What it says that no run can have been, if anything.
    fn nonsense(&self) -> Option<Said> {
        let Span {
            warm_up_days,
            measured_days,
            ..
        } = self.period;
        let forms = || self.forms.iter().map(|form| &form.named.key);
        let beside = self.beside.iter().map(|one| &one.key);
        let mut lists = vec![
            forms().collect(),
            self.regions.iter().collect(),
            beside.collect(),
        ];
        let teams = self.forms.iter();
        lists.extend(teams.map(|form| form.teams.iter().map(|team| &team.key).collect()));
        let twice = lists.iter().find_map(|keys: &Vec<&String>| {
            let mut seen = BTreeSet::new();
            keys.iter().find(|&&key| !seen.insert(key))
        });
        if let Some(key) = twice {
            return Some(said!("{} is there twice", key));
        }
        // They are names of folders.
        let is_name = |key: &str| {
            let mut parts = Path::new(key).components();
            matches!(
                (parts.next(), parts.next()),
                (Some(Component::Normal(_)), None)
            )
        };
        if let Some(one) = self.beside.iter().find(|one| !is_name(&one.key)) {
            return Some(said!("{} is no folder beside it", format!("{:?}", one.key)));
        }
        if !forms().any(|key| *key == self.baseline) {
            let fact = said!("the baseline {} is not among the forms", self.baseline);
            return Some(fact);
        }
        let is_strange = |days: u32| days > MOST_DAYS;
        match self {
            _ if self.regions.is_empty() => Some(said!("it names no region")),
            _ if self.replications == 0 => Some(said!("a run has one replication or more")),
            _ if self.confidence != CONFIDENCE => {
                let fact = said!(
                    "its intervals are of confidence {}, and those of a run of {}",
                    self.confidence,
                    CONFIDENCE
                );
                Some(fact)
            }
            _ if measured_days == 0 || is_strange(warm_up_days) || is_strange(measured_days) => {
                Some(said!("its period is none that a run can have"))
            }
            _ => None,
        }
    }

    /// The same, with the tables that have been written beside it.
    pub(super) fn with_tables(&self, tables: Vec<Sealed>) -> Self {
        let manifest = self.clone();
        Manifest { tables, ..manifest }
    }

    /// The same, with the runs that stand beside it.
    pub(super) fn with_beside(&self, beside: Vec<Beside>) -> Self {
        let manifest = self.clone();
        Manifest { beside, ..manifest }
    }

    /// How it stands in the manifest of the run beside which it is.
    pub(super) fn beside(&self, key: &str) -> Beside {
        Beside {
            key: key.to_owned(),
            belief: self.belief.clone(),
            variant: self.variant.clone(),
            changed: self.changed.clone(),
            sha256: format!("{:x}", Sha256::digest(self.to_json())),
        }
    }

    /// The manifest of a run.
    pub fn of(scenario: &Scenario, outcome: &Outcome, warnings: &[Warning]) -> Self {
        let period = scenario.period;
        let forms = scenario.cases.iter().map(|case| Form {
            named: named(&case.form.key, &case.form.label),
            what: (case.form.what.as_ref()).map(|what| Sentences {
                nl: what.nl.clone(),
                en: what.en.clone(),
            }),
            is_proposal: case.form.is_proposal,
            is_by_work: case.division == Division::ByWork,
            source: case.form.source.clone(),
            teams: (case.form.teams.iter())
                .map(|team| named(&team.key, &team.label))
                .collect(),
        });
        let warnings = warnings.iter().map(|warning| Caution {
            code: caution::code(warning).to_owned(),
            nl: caution::sentence(warning, scenario, Lang::Nl),
            en: caution::sentence(warning, scenario, Lang::En),
        });
        let found = warm_up(scenario, outcome);
        let regions = scenario.regions.iter();
        Manifest {
            program: PROGRAM.to_owned(),
            version: env!("CARGO_PKG_VERSION").to_owned(),
            scenario: named(&scenario.key, &scenario.label),
            seed: scenario.seed,
            replications: scenario.replications,
            doubt: scenario.doubt.key().to_owned(),
            confidence: CONFIDENCE,
            period: Span {
                start: period.start.to_string(),
                warm_up_days: period.warm_up_days,
                measured_days: period.measured_days,
            },
            belief: named(&scenario.belief.key, &scenario.belief.label),
            variant: (scenario.variant.as_ref()).map(|one| named(&one.key, &one.label)),
            baseline: scenario.cases[scenario.baseline].form.key.clone(),
            forms: forms.collect(),
            regions: regions.map(|region| region.name.clone()).collect(),
            events: outcome.n_events(),
            inputs: inputs(scenario),
            tables: Vec::new(),
            changed: changed(scenario),
            known: known(scenario),
            beside: Vec::new(),
            warm_up: Settled {
                nl: caution::warm_up_in_short(&found, Lang::Nl),
                en: caution::warm_up_in_short(&found, Lang::En),
                given_weeks: found.given_weeks,
                needed_weeks: found.needed_weeks,
                unsettled: (found.unsettled.iter())
                    .map(|&row| SERIES[row].key.to_owned())
                    .collect(),
            },
            warnings: warnings.collect(),
        }
    }

    /// Whether a manifest is of a run that this program made of a scenario of this name.
    pub(super) fn is_of_scenario(json: &str, scenario: &Scenario) -> bool {
        let found = serde_json::from_str::<serde_json::Value>(json);
        found.is_ok_and(|found| {
            found["program"] == PROGRAM && found["scenario"]["key"] == scenario.key
        })
    }

    /// Whether it is of a run of this scenario as it is now: the same program, files and
    /// arguments.
    pub(super) fn is_of_run(json: &str, scenario: &Scenario) -> bool {
        let found = serde_json::from_str::<serde_json::Value>(json);
        let inputs = serde_json::to_value(inputs(scenario));
        let regions: Vec<&str> = scenario.regions.iter().map(|one| &*one.name).collect();
        // That of a sweep says it by its files alone.
        let is_believed = |found: &serde_json::Value| {
            let belief = found.get("belief");
            belief.is_none_or(|belief| belief["key"] == scenario.belief.key)
        };
        found.is_ok_and(|found| {
            found["version"] == env!("CARGO_PKG_VERSION")
                && found["scenario"]["key"] == scenario.key
                && found["seed"] == scenario.seed
                && found["replications"] == scenario.replications
                && is_believed(&found)
                && beside_in(&found) == scenario.beside()
                && found["regions"] == serde_json::json!(regions)
                && inputs.is_ok_and(|inputs| found["inputs"] == inputs)
        })
    }

    /// The belief sets that stand beside each other without variants, its own first.
    pub(super) fn belief_sets(&self) -> Vec<&Named> {
        let beside = self.beside.iter().filter(|one| one.variant.is_none());
        let beside = beside.map(|one| &one.belief);
        [&self.belief].into_iter().chain(beside).collect()
    }

    /// The key of a phrase about intervals, as they are in this run.
    pub(super) fn of_spread(&self, key: &str) -> String {
        of_spread(key, self.replications, !self.doubt.is_empty())
    }

    /// The manifest as it stands in its file.
    pub fn to_json(&self) -> String {
        let json = serde_json::to_string_pretty(self);
        json.expect("a manifest has text keys only") + "\n"
    }
}

/// The names of the runs beside it.
fn beside_in(manifest: &serde_json::Value) -> Vec<&str> {
    let all = manifest["beside"].as_array();
    let all = all.into_iter().flatten();
    all.filter_map(|one| one["key"].as_str()).collect()
}

pub(super) fn inputs(scenario: &Scenario) -> Vec<Input> {
    let inputs = scenario.inputs.iter().map(|input| Input {
        file: input.path.clone(),
        sha256: input.sha256.clone(),
    });
    inputs.collect()
}

fn named(key: &str, label: &Label) -> Named {
    Named {
        key: key.to_owned(),
        nl: label.nl.clone(),
        en: label.en.clone(),
    }
}

#[cfg(test)]
mod tests {
    use std::fs;

    use super::super::reading::Run;
    use super::super::reading::tests::written;
    use super::*;
    use crate::experiment::fixture::scenario;

    #[test]
    fn a_manifest_that_no_run_can_have_is_refused() {
        for (from, to, says) in [
            (
                "\"replications\": 3",
                "\"replications\": 0",
                "one replication or more",
            ),
            (
                "\"confidence\": 0.95",
                "\"confidence\": 0.5",
                "confidence 0.5",
            ),
            (
                "\"measured_days\": ",
                "\"measured_days\": 99999",
                "its period",
            ),
            ("v1_expertnetwerk", "v0_estafette", "twice"),
            ("\"Zeeland\"", "\"Gooi en Vechtstreek\"", "twice"),
        ] {
            let (_home, path) = written(&scenario(3));
            let file = path.join(MANIFEST);
            let text = fs::read_to_string(&file).unwrap();
            assert!(text.contains(from), "{from}");
            fs::write(&file, text.replace(from, to)).unwrap();
            let told = Run::read(&path).unwrap_err().to_string();
            assert!(told.contains(says) && told.contains(MANIFEST), "{told}");
        }
    }
}
