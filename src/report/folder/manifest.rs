//! What a run folder holds and how to make it again.

use std::collections::BTreeSet;
use std::io;
use std::path::{Component, Path};

use serde::{Deserialize, Serialize};
use sha2::{Digest, Sha256};

use crate::experiment::{CONFIDENCE, Outcome, SERIES, Warning, warm_up};
use crate::model::{Division, Label};
use crate::report::Lang;
use crate::report::folder::sealed::Sealed;
use crate::report::record::name::MANIFEST;
use crate::report::record::reading::ReadingError;
use crate::report::words::changed::{Changed, changed};
use crate::report::words::phrase::of_spread;
use crate::report::words::warning;
use crate::scenario::{Folder, Known, Said, Scenario, said};

/// Name of this program in a manifest.
pub(crate) const PROGRAM: &str = env!("CARGO_PKG_NAME");

/// The largest manifest that is read \[bytes\]; that of 25 regions and six forms has a thousandth.
pub(crate) const MOST_BYTES: u64 = 16 << 20;
/// A longer warm-up or period is none that a run had \[days\].
const MOST_DAYS: u32 = 100_000;

/// The contents of `manifest.json`.
#[derive(Clone, PartialEq, Debug, Serialize, Deserialize)]
pub struct Manifest {
    pub(crate) program: String,
    pub(crate) version: String,
    pub(crate) scenario: Named,
    pub(crate) seed: u64,
    pub(crate) replications: u32,
    /// From what the worlds were drawn in which the replications ran; empty if all ran in one.
    #[serde(default)]
    pub(crate) doubt: String,
    pub(crate) confidence: f64,
    pub(crate) period: Span,
    pub(crate) belief: Named,
    /// The variant of the scenario that it is, if it is one.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub(crate) variant: Option<Named>,
    pub(crate) baseline: String,
    pub(crate) forms: Vec<Form>,
    pub(crate) regions: Vec<String>,
    #[serde(default)]
    pub(crate) events: u64,
    #[serde(default)]
    pub(crate) inputs: Vec<Input>,
    /// The tables beside it; none as long as they have not been written, and in manifests of earlier builds.
    #[serde(default)]
    pub(crate) tables: Vec<Sealed>,
    /// What the scenario and its forms change.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub(crate) changed: Vec<Changed>,
    /// What is known of its regions, each by itself, and how the fitted model shows it.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub(crate) known: Vec<Known>,
    /// The same scenario in other settings, each a run of its own in the folder `beside`.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub(crate) beside: Vec<Beside>,
    pub(crate) warm_up: Settled,
    pub(crate) warnings: Vec<Caution>,
}

#[derive(Clone, PartialEq, Debug, Serialize, Deserialize)]
pub(crate) struct Named {
    pub(crate) key: String,
    pub(crate) nl: String,
    pub(crate) en: String,
}

#[derive(Clone, PartialEq, Debug, Serialize, Deserialize)]
pub(crate) struct Span {
    pub(crate) start: String,
    pub(crate) warm_up_days: u32,
    pub(crate) measured_days: u32,
}

#[derive(Clone, PartialEq, Debug, Serialize, Deserialize)]
pub(crate) struct Form {
    #[serde(flatten)]
    pub(crate) named: Named,
    /// What it is, in two sentences; nothing in manifests of earlier builds.
    #[serde(default)]
    pub(crate) what: Option<Sentences>,
    pub(crate) is_proposal: bool,
    /// Whether its hours are divided by work, and are not where they are now.
    #[serde(default)]
    pub(crate) is_by_work: bool,
    pub(crate) source: String,
    pub(crate) teams: Vec<Named>,
}

#[derive(Clone, PartialEq, Debug, Serialize, Deserialize)]
pub(crate) struct Sentences {
    pub(crate) nl: String,
    pub(crate) en: String,
}

#[derive(Clone, PartialEq, Debug, Serialize, Deserialize)]
pub(crate) struct Input {
    pub(crate) file: String,
    pub(crate) sha256: String,
}

#[derive(Clone, PartialEq, Debug, Serialize, Deserialize)]
pub(crate) struct Settled {
    pub(crate) given_weeks: u32,
    pub(crate) needed_weeks: Option<u32>,
    pub(crate) unsettled: Vec<String>,
    pub(crate) nl: String,
    pub(crate) en: String,
}

#[derive(Clone, PartialEq, Debug, Serialize, Deserialize)]
pub(crate) struct Caution {
    pub(crate) code: String,
    pub(crate) nl: String,
    pub(crate) en: String,
}

/// A run in the folder of another.
#[derive(Clone, PartialEq, Debug, Serialize, Deserialize)]
pub(crate) struct Beside {
    /// Its name: that of its folder.
    pub(crate) key: String,
    pub(crate) belief: Named,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub(crate) variant: Option<Named>,
    /// What it changes.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub(crate) changed: Vec<Changed>,
    /// The hash of its manifest, in hexadecimal.
    pub(crate) sha256: String,
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
    pub(crate) fn read(folder: &Folder) -> Result<Self, ReadingError> {
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
    pub(crate) fn with_tables(&self, tables: Vec<Sealed>) -> Self {
        let manifest = self.clone();
        Manifest { tables, ..manifest }
    }

    /// The same, with the runs that stand beside it.
    pub(crate) fn with_beside(&self, beside: Vec<Beside>) -> Self {
        let manifest = self.clone();
        Manifest { beside, ..manifest }
    }

    /// How it stands in the manifest of the run beside which it is.
    pub(crate) fn beside(&self, key: &str) -> Beside {
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
            code: warning::code(warning).to_owned(),
            nl: warning::sentence(warning, scenario, Lang::Nl),
            en: warning::sentence(warning, scenario, Lang::En),
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
                nl: warning::warm_up_in_short(&found, Lang::Nl),
                en: warning::warm_up_in_short(&found, Lang::En),
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
    pub(crate) fn is_of_scenario(json: &str, scenario: &Scenario) -> bool {
        let found = serde_json::from_str::<serde_json::Value>(json);
        found.is_ok_and(|found| {
            found["program"] == PROGRAM && found["scenario"]["key"] == scenario.key
        })
    }

    /// Whether it is of a run of this scenario as it is now: the same program, files and
    /// arguments.
    pub(crate) fn is_of_run(json: &str, scenario: &Scenario) -> bool {
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
    pub(crate) fn belief_sets(&self) -> Vec<&Named> {
        let beside = self.beside.iter().filter(|one| one.variant.is_none());
        let beside = beside.map(|one| &one.belief);
        [&self.belief].into_iter().chain(beside).collect()
    }

    /// The key of a phrase about intervals, as they are in this run.
    pub(crate) fn of_spread(&self, key: &str) -> String {
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

pub(crate) fn inputs(scenario: &Scenario) -> Vec<Input> {
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

    use super::*;
    use crate::experiment::fixture::scenario;
    use crate::report::Run;
    use crate::report::run::reading::tests::written;

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
