//! A wave: the model at many points of the parameter space.

use super::emulator::Space;
use crate::experiment::{Outcome, RunError};
use crate::model::{KPIS, Parameters, Region};
use crate::scenario::{Calibration, Case, Scenario, Target};

/// What runs a scenario.
pub(super) type Runner<'a> = &'a dyn Fn(&Scenario) -> Result<Outcome, RunError>;

/// What a count in these regions is multiplied by to be one of the country.
pub(super) fn blow_up(regions: &[Region]) -> f64 {
    let sampled: f64 = regions.iter().map(|one| one.meldingen_per_year).sum();
    regions[0].country.meldingen_per_year / sampled
}

/// Runs the baseline form at every point in these regions, once, with the chance of this seed.
///
/// A wave is a scenario of which the cases are the points. Values stand by point and number of
/// the target; numbers that grow with the regions are blown up to the country by its meldingen.
///
/// # Errors
///
/// As the runner.
pub(super) fn run_wave(
    scenario: &Scenario,
    calibration: &Calibration,
    space: &Space,
    (points, seed): (&[Vec<f64>], u64),
    regions: &[usize],
    runner: Runner,
) -> Result<Vec<Vec<Option<f64>>>, RunError> {
    let regions = regions
        .iter()
        .map(|&number| scenario.regions[number].clone());
    let cases = points.iter().map(|point| {
        let parameters = with_values(scenario, &calibration.free, &space.values(point));
        Case {
            parameters,
            ..scenario.cases[scenario.baseline].clone()
        }
    });
    let wave = Scenario {
        regions: regions.collect(),
        cases: cases.collect(),
        baseline: 0,
        replications: 1,
        seed,
        ..scenario.clone()
    };
    let outcome = runner(&wave)?;
    let blow_up = blow_up(&wave.regions);
    let values = |case| {
        let targets = calibration.targets.iter();
        targets
            .map(|target| country_value(target, &outcome, case, blow_up))
            .collect()
    };
    Ok((0..points.len()).map(values).collect())
}

/// What a run in a sample of regions says of a target about the country.
fn country_value(target: &Target, outcome: &Outcome, case: usize, blow_up: f64) -> Option<f64> {
    if !target.regions.is_empty() {
        return None;
    }
    let value = outcome.sample(case, 1, outcome.merged()).kpis[row_of(target)]?;
    Some(blown_up(target, value, blow_up))
}

/// A value of a target in some regions as one of the country.
pub(super) fn blown_up(target: &Target, value: f64, blow_up: f64) -> f64 {
    if target.kpi.is_extensive() {
        value * blow_up
    } else {
        value
    }
}

/// The row of a target's KPI.
pub(super) fn row_of(target: &Target) -> usize {
    let mut rows = KPIS.iter();
    let row = rows.position(|kpi| kpi.key == target.kpi.key);
    row.expect("a target's KPI stands in the table")
}

/// The baseline's parameters with these values of some: rows of the ledger.
pub(super) fn with_values(scenario: &Scenario, rows: &[usize], values: &[f64]) -> Parameters {
    let entries = scenario.ledger.iter();
    let mut all: Vec<f64> = entries.map(|entry| entry.value_in_effect).collect();
    for &(row, value) in &scenario.cases[scenario.baseline].differences {
        all[row] = value;
    }
    for (&row, &value) in rows.iter().zip(values) {
        all[row] = value;
    }
    let mut all = all.into_iter();
    Parameters::from_values(|_| all.next().expect("a value for every parameter"))
}
