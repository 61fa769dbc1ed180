//! What a run folder holds and how to make it again.

use serde::Serialize;

use super::{Lang, caution};
use crate::experiment::{CONFIDENCE, Outcome, SERIES, Warning, warm_up};
use crate::model::Label;
use crate::scenario::Scenario;

/// Name of this program in a manifest.
pub(super) const PROGRAM: &str = env!("CARGO_PKG_NAME");

/// The contents of `manifest.json`.
#[derive(Clone, PartialEq, Debug, Serialize)]
pub struct Manifest {
    program: &'static str,
    version: &'static str,
    scenario: Named,
    seed: u64,
    replications: u32,
    confidence: f64,
    period: Span,
    belief: Named,
    baseline: String,
    forms: Vec<Form>,
    regions: Vec<String>,
    events: u64,
    inputs: Vec<Input>,
    warm_up: Settled,
    warnings: Vec<Caution>,
}

#[derive(Clone, PartialEq, Debug, Serialize)]
struct Named {
    key: String,
    nl: String,
    en: String,
}

#[derive(Clone, PartialEq, Debug, Serialize)]
struct Span {
    start: String,
    warm_up_days: u32,
    measured_days: u32,
}

#[derive(Clone, PartialEq, Debug, Serialize)]
struct Form {
    #[serde(flatten)]
    named: Named,
    is_proposal: bool,
    source: String,
}

#[derive(Clone, PartialEq, Debug, Serialize)]
pub(super) struct Input {
    file: String,
    sha256: String,
}

#[derive(Clone, PartialEq, Debug, Serialize)]
struct Settled {
    given_weeks: u32,
    needed_weeks: Option<u32>,
    unsettled: Vec<&'static str>,
    nl: String,
    en: String,
}

#[derive(Clone, PartialEq, Debug, Serialize)]
struct Caution {
    code: String,
    nl: String,
    en: String,
}

impl Manifest {
    /// The manifest of a run.
    pub fn of(scenario: &Scenario, outcome: &Outcome, warnings: &[Warning]) -> Self {
        let period = scenario.period;
        let forms = scenario.cases.iter().map(|case| Form {
            named: named(&case.form.key, &case.form.label),
            is_proposal: case.form.is_proposal,
            source: case.form.source.clone(),
        });
        let warnings = warnings.iter().map(|warning| Caution {
            code: caution::code(warning).to_owned(),
            nl: caution::sentence(warning, scenario, Lang::Nl),
            en: caution::sentence(warning, scenario, Lang::En),
        });
        let found = warm_up(scenario, outcome);
        let regions = scenario.regions.iter();
        Manifest {
            program: PROGRAM,
            version: env!("CARGO_PKG_VERSION"),
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
                unsettled: found.unsettled.iter().map(|&row| SERIES[row].key).collect(),
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
