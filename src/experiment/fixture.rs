//! A small scenario and a model that is known by heart, for tests.

use std::path::Path;

use super::execution::Execution;
use super::outcome::Outcome;
use super::runner::run_with;
use crate::model::{
    Division, Entrance, FlowCounts, Function, Observations, Pass, Quarter, Setting, Step, Tally,
};
use crate::scenario::{
    Changes, Doubt, Factor, Lever, Plan, Range, Scenario, Setting as FormSetting, Sweep, Value,
    load,
};

/// Handovers in the three replications of every form but the first; one case a region.
pub(crate) const HANDOVERS: [f64; 3] = [1.0, 2.0, 6.0];
/// The same in the first form.
pub(crate) const BASELINE: [f64; 3] = [0.0, 2.0, 1.0];

/// A run on so many threads that nobody watches.
pub(crate) fn on_threads(n: usize) -> Execution<'static> {
    Execution {
        n_threads: Some(n),
        ..Execution::default()
    }
}

/// The reference scenario: two regions, six forms, in one world and with hours as they are assigned.
pub(crate) fn scenario(replications: u32) -> Scenario {
    let file = Path::new(env!("CARGO_MANIFEST_DIR")).join("scenarios/referentie.toml");
    let changes = Changes {
        replications: Some(replications),
        ..Changes::default()
    };
    let mut scenario = load(&file, &changes).expect("the reference scenario can be read");
    scenario.cases.retain(|case| case.form.key != "uren_van_nu");
    for case in &mut scenario.cases {
        (case.division, case.worlds) = (Division::AsAssigned, Vec::new());
    }
    scenario.doubt = Doubt::None;
    scenario
}

/// A sweep over a parameter, a share of staff in one form and a word of another, two
/// replications.
pub(crate) fn sweep(plan: Plan, n_points: u32) -> Scenario {
    let mut scenario = scenario(2);
    let row = |key: &str| {
        let mut rows = scenario.ledger.iter();
        rows.position(|entry| entry.spec.key == key)
            .expect("a parameter")
    };
    let index = |key: &str| {
        let mut cases = scenario.cases.iter();
        cases.position(|case| case.form.key == key).expect("a form")
    };
    let drang = crate::model::Function::from_key("drang").expect("a function");
    let factor = |key: &str, lever, range| Factor {
        key: key.to_owned(),
        lever,
        range,
    };
    let turnover = row("staff.turnover");
    let words = ["join", "take_over", "consult"].map(|word| Value::Word(word.to_owned()));
    let factors = vec![
        factor(
            "staff.turnover",
            Lever::Parameter(turnover),
            Range::Evidence(Box::new(scenario.ledger[turnover].clone())),
        ),
        factor(
            "v2_rnvt.teams.rnvt.generalist_share",
            Lever::Setting(vec![(index("v2_rnvt"), FormSetting::GeneralistShare(0))]),
            Range::Between(0.0, 1.0),
        ),
        factor(
            "v4_openbaar_lichaam.functions.drang.mode",
            Lever::Setting(vec![(
                index("v4_openbaar_lichaam"),
                FormSetting::Mode(drang),
            )]),
            Range::Levels(words.to_vec()),
        ),
    ];
    let kpi = |key: &str| {
        let mut kpis = crate::model::KPIS.iter();
        kpis.position(|kpi| kpi.key == key).expect("a KPI")
    };
    let kpis = vec![kpi("handovers_per_case")];
    scenario.sweep = Some(Sweep {
        plan,
        n_points,
        factors,
        list: Vec::new(),
        kpis,
    });
    scenario
}

/// An outcome of the invented model.
pub(crate) fn outcome(scenario: &Scenario) -> Outcome {
    outcome_of(scenario, invented)
}

/// An outcome of a model that does not fail.
pub(crate) fn outcome_of(
    scenario: &Scenario,
    model: impl Fn(&Setting, u64, u32) -> Pass + Sync,
) -> Outcome {
    run_with(scenario, &on_threads(1), model).expect("the model does not fail")
}

/// An outcome of the invented model in which one team of a form has more work in Zeeland than it can do.
pub(crate) fn growing_outcome(scenario: &Scenario, form: &str) -> Outcome {
    let model = |setting: &Setting, seed, replication| {
        let mut pass = invented(setting, seed, replication);
        if setting.form.key == form && setting.region.name == "Zeeland" {
            pass.observations.teams[0].reserved_hours = 199.0;
        }
        pass
    };
    run_with(scenario, &on_threads(1), model).expect("the invented model does not fail")
}

/// A pass of one closed case with so many handovers, and nothing else in it.
pub(crate) fn handovers(setting: &Setting, value: f64) -> Pass {
    let mut seen = Observations::new(setting.form.teams.len());
    seen.add(Tally::CasesClosed, 1.0);
    seen.add(Tally::Handovers, value);
    seen.years = 1.0;
    seen.quarters = vec![Quarter::new(setting.form.teams.len())];
    Pass {
        observations: seen,
        n_events: 1,
    }
}

/// A model in which Zeeland has three times the cases of any other region, and
/// its own handovers in each of them.
pub(crate) fn invented(setting: &Setting, _: u64, replication: u32) -> Pass {
    let values = match setting.form.key.as_str() {
        "v0_estafette" => BASELINE,
        _ => HANDOVERS,
    };
    let value = values[(replication - 1) as usize % 3];
    let mut seen = Observations::new(setting.form.teams.len());
    let (n_cases, per_case) = match setting.region.name.as_str() {
        "Zeeland" => (3.0, value + 10.0),
        _ => (1.0, value),
    };
    seen.add(Tally::CasesClosed, n_cases);
    seen.add(Tally::Handovers, n_cases * per_case);
    for _ in 0..n_cases as u32 {
        seen.handovers.record(per_case as u32);
    }
    let (came, hulp) = (
        Step::Came(Entrance::FirstMelding),
        Step::At(Function::VrijwilligeHulp),
    );
    let mut flows = FlowCounts::new();
    for _ in 0..value as u32 {
        flows.count(came, hulp, false);
        flows.count(hulp, Step::Closed, false);
    }
    seen.flows = flows.flows();
    seen.years = 2.0;
    seen.quarters = vec![Quarter::new(setting.form.teams.len())];
    seen.routes[0] = 1;
    seen.routes[3] = 3;
    for team in &mut seen.teams {
        team.available_hours = 100.0;
        team.reserved_hours = 90.0;
    }
    if setting.region.name == "Zeeland" {
        seen.teams[0].reserved_hours = 97.0;
    }
    Pass {
        observations: seen,
        n_events: 7,
    }
}
