//! A wave: the model at many points of the parameter space.

use super::space::Space;
use crate::experiment::comparison::mean;
use crate::experiment::{Outcome, RunError};
use crate::model::{KPIS, Region};
use crate::scenario::{Calibration, Case, Scenario, Target};

/// What runs a scenario.
pub(crate) type Runner<'a> = &'a dyn Fn(&Scenario) -> Result<Outcome, RunError>;

/// What a count in these regions is multiplied by to be one of the country.
pub(crate) fn blow_up(regions: &[Region]) -> f64 {
    let sampled: f64 = regions.iter().map(|one| one.meldingen_per_year).sum();
    regions[0].country.meldingen_per_year / sampled
}

/// Where the model is run, and with which chance.
pub(crate) struct Wave<'a> {
    /// Points of the unit cube.
    pub points: &'a [Vec<f64>],
    /// Numbers of the regions.
    pub regions: &'a [usize],
    /// Seed.
    pub seed: u64,
    /// Replications of each run.
    pub replications: u32,
}

/// Runs the baseline form at every point of a wave.
///
/// A wave is a scenario of which the cases are the points. Values stand by point and number of
/// the target, means over replications; numbers that grow with the regions are blown up to the
/// country by its meldingen.
///
/// # Errors
///
/// As the runner.
pub(crate) fn run_wave(
    scenario: &Scenario,
    calibration: &Calibration,
    space: &Space,
    wave: &Wave,
    runner: Runner,
) -> Result<Vec<Vec<Option<f64>>>, RunError> {
    let regions = wave
        .regions
        .iter()
        .map(|&number| scenario.regions[number].clone());
    let at = |point: &Vec<f64>| with_values(scenario, &calibration.free, &space.values(point));
    let cases = wave.points.iter().map(at);
    let runs = Scenario {
        regions: regions.collect(),
        cases: cases.collect(),
        baseline: 0,
        replications: wave.replications,
        seed: wave.seed,
        ..scenario.clone()
    };
    let outcome = runner(&runs)?;
    let blow_up = blow_up(&runs.regions);
    let values = |case| {
        let targets = calibration.targets.iter();
        targets
            .map(|target| country_value(target, &outcome, case, blow_up))
            .collect()
    };
    Ok((0..wave.points.len()).map(values).collect())
}

/// What a run in a sample of regions says of a target about the country.
fn country_value(target: &Target, outcome: &Outcome, case: usize, blow_up: f64) -> Option<f64> {
    if !target.regions.is_empty() {
        return None;
    }
    let seen = |replication| outcome.sample(case, replication, outcome.merged());
    let values = (1..=outcome.n_replications())
        .filter_map(|replication| seen(replication).kpis[row_of(target)]);
    Some(blown_up(target, mean(values)?, blow_up))
}

/// A value of a target in some regions as one of the country.
pub(crate) fn blown_up(target: &Target, value: f64, blow_up: f64) -> f64 {
    if target.kpi.is_extensive() {
        value * blow_up
    } else {
        value
    }
}

/// The row of a target's KPI.
pub(crate) fn row_of(target: &Target) -> usize {
    let mut rows = KPIS.iter();
    let row = rows.position(|kpi| kpi.key == target.kpi.key);
    row.expect("a target's KPI stands in the table")
}

/// The scenario with only its baseline, and with these values of some parameters: rows of the
/// ledger.
pub(crate) fn baseline_with(scenario: &Scenario, rows: &[usize], values: &[f64]) -> Scenario {
    let mut ledger = scenario.ledger.clone();
    for (&row, &value) in rows.iter().zip(values) {
        ledger[row].value_in_effect = value;
        ledger[row].overridden_by.push("the fit".to_owned());
    }
    let case = with_values(scenario, rows, values);
    Scenario {
        cases: vec![case],
        baseline: 0,
        ledger,
        ..scenario.clone()
    }
}

/// The baseline with these values of some parameters.
fn with_values(scenario: &Scenario, rows: &[usize], values: &[f64]) -> Case {
    let baseline = &scenario.cases[scenario.baseline];
    let mut all = baseline.values(&scenario.ledger);
    for (&row, &value) in rows.iter().zip(values) {
        all[row] = value;
    }
    baseline.with(&all)
}
