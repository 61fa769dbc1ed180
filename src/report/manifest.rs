//! What a run folder holds and how to make it again.

use std::fs;
use std::io;
use std::path::Path;

use serde::{Deserialize, Serialize};

use super::record::ReadingError;
use super::site::MANIFEST;
use super::{Lang, caution};
use crate::experiment::{CONFIDENCE, Outcome, SERIES, Warning, warm_up};
use crate::model::Label;
use crate::scenario::Scenario;

/// Name of this program in a manifest.
pub(super) const PROGRAM: &str = env!("CARGO_PKG_NAME");

/// The contents of `manifest.json`.
#[derive(Clone, PartialEq, Debug, Serialize, Deserialize)]
pub struct Manifest {
    pub(super) program: String,
    pub(super) version: String,
    pub(super) scenario: Named,
    pub(super) seed: u64,
    pub(super) replications: u32,
    pub(super) confidence: f64,
    pub(super) period: Span,
    pub(super) belief: Named,
    pub(super) baseline: String,
    pub(super) forms: Vec<Form>,
    pub(super) regions: Vec<String>,
    #[serde(default)]
    pub(super) events: u64,
    #[serde(default)]
    pub(super) inputs: Vec<Input>,
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
    pub(super) is_proposal: bool,
    pub(super) source: String,
    pub(super) teams: Vec<Named>,
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

impl Manifest {
    /// Reads it from a run folder. Of what nothing is drawn from, it may say nothing: earlier
    /// builds did.
    ///
    /// # Errors
    ///
    /// When the folder holds no run, or its manifest is not whole.
    pub(super) fn read(folder: &Path) -> Result<Self, ReadingError> {
        let path = folder.join(MANIFEST);
        let text = match fs::read_to_string(&path) {
            Ok(text) => text,
            Err(error) if error.kind() == io::ErrorKind::NotFound => {
                return Err(ReadingError::Foreign(folder.to_owned()));
            }
            Err(source) => return Err(ReadingError::Disk { path, source }),
        };
        let broken = |fact: String| ReadingError::Broken {
            path: path.clone(),
            fact,
        };
        let json: serde_json::Value =
            serde_json::from_str(&text).map_err(|error| broken(error.to_string()))?;
        let is_sweep = !json["design"].is_null();
        if json["program"] != PROGRAM || is_sweep {
            return Err(ReadingError::Foreign(folder.to_owned()));
        }
        let manifest: Manifest =
            serde_json::from_value(json).map_err(|error| broken(error.to_string()))?;
        let mut keys = manifest.forms.iter().map(|form| &form.named.key);
        if !keys.any(|key| *key == manifest.baseline) {
            let fact = format!("the baseline {} is not among the forms", manifest.baseline);
            return Err(broken(fact));
        }
        if !(manifest.confidence > 0.0 && manifest.confidence < 1.0) {
            return Err(broken("the confidence does not lie between 0 and 1".into()));
        }
        Ok(manifest)
    }

    /// The manifest of a run.
    pub fn of(scenario: &Scenario, outcome: &Outcome, warnings: &[Warning]) -> Self {
        let period = scenario.period;
        let forms = scenario.cases.iter().map(|case| Form {
            named: named(&case.form.key, &case.form.label),
            is_proposal: case.form.is_proposal,
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
            confidence: CONFIDENCE,
            period: Span {
                start: period.start.to_string(),
                warm_up_days: period.warm_up_days,
                measured_days: period.measured_days,
            },
            belief: named(&scenario.belief.key, &scenario.belief.label),
            baseline: scenario.cases[scenario.baseline].form.key.clone(),
            forms: forms.collect(),
            regions: regions.map(|region| region.name.clone()).collect(),
            events: outcome.n_events(),
            inputs: inputs(scenario),
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
        found.is_ok_and(|found| {
            found["version"] == env!("CARGO_PKG_VERSION")
                && found["scenario"]["key"] == scenario.key
                && found["seed"] == scenario.seed
                && found["replications"] == scenario.replications
                && found["regions"] == serde_json::json!(regions)
                && inputs.is_ok_and(|inputs| found["inputs"] == inputs)
        })
    }

    /// The manifest as it stands in its file.
    pub fn to_json(&self) -> String {
        let json = serde_json::to_string_pretty(self);
        json.expect("a manifest has text keys only") + "\n"
    }
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
