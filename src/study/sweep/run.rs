//! The passes of some points of a sweep.

use std::collections::BTreeMap;
use std::ops::Range;

use super::design::SweepDesign;
use crate::experiment::runner::run_with;
use crate::experiment::{Execution, PassFailure, RunError};
use crate::model::{Pass, Setting, simulate};
use crate::scenario::{Doubt, Scenario};

/// What a form showed at a point in one replication, all regions together.
#[derive(Clone, PartialEq, Debug)]
pub struct PointSample {
    /// Number of the point, from 1.
    pub point: usize,
    /// Index of the form.
    pub case: usize,
    /// Number of the replication, from 1.
    pub replication: u32,
    /// Values of the KPIs that the sweep writes down, in its order.
    pub kpis: Vec<Option<f64>>,
}

/// Runs every form at some points, of which the numbers are given; samples come in the order of
/// point, form and replication.
///
/// # Errors
///
/// As [`run`](crate::experiment::run); a pass that failed says at which point.
pub fn run_points(
    design: &SweepDesign,
    points: Range<usize>,
    execution: &Execution,
) -> Result<Vec<PointSample>, RunError> {
    run_points_with(design, points, execution, simulate)
}

/// The same with any model.
pub(crate) fn run_points_with<M>(
    design: &SweepDesign,
    points: Range<usize>,
    execution: &Execution,
    model: M,
) -> Result<Vec<PointSample>, RunError>
where
    M: Fn(&Setting, u64, u32) -> Pass + Sync,
{
    let scenario = design.scenario();
    // A run has one period.
    let mut by_period: BTreeMap<(u32, u32), (Scenario, Vec<usize>)> = BTreeMap::new();
    for number in points {
        let (period, cases) = design.at(number);
        let key = (period.warm_up_days, period.measured_days);
        let (run, numbers) = by_period.entry(key).or_insert_with(|| {
            let run = Scenario {
                period,
                cases: Vec::new(),
                baseline: 0,
                doubt: Doubt::None,
                ..scenario.clone()
            };
            (run, Vec::new())
        });
        run.cases.extend(cases);
        numbers.push(number);
    }
    let n_forms = scenario.cases.len();
    let mut samples = Vec::new();
    for (run, numbers) in by_period.into_values() {
        let outcome = run_with(&run, execution, &model);
        let outcome = outcome.map_err(|error| at_point(error, &numbers, n_forms))?;
        for (index, &point) in numbers.iter().enumerate() {
            for case in 0..n_forms {
                let sample = |replication| {
                    let case = index * n_forms + case;
                    let sample = outcome.sample(case, replication, outcome.merged());
                    let rows = design.sweep().kpis.iter();
                    rows.map(|&row| sample.kpis[row]).collect()
                };
                samples.extend((1..=scenario.replications).map(|replication| PointSample {
                    point,
                    case,
                    replication,
                    kpis: sample(replication),
                }));
            }
        }
    }
    samples.sort_by_key(|sample| (sample.point, sample.case, sample.replication));
    Ok(samples)
}

/// Says of a pass that failed at which point it was.
fn at_point(error: RunError, numbers: &[usize], n_forms: usize) -> RunError {
    match error {
        RunError::Pass(failure) => {
            let point = numbers[failure.case / n_forms];
            RunError::Pass(Box::new(PassFailure {
                point: Some(point),
                ..*failure
            }))
        }
        error => error,
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::experiment::fixture::{handovers, on_threads, sweep};
    use crate::scenario::Plan;

    /// Handovers in a case are the parameter that the sweep varies first.
    fn known_by_heart(setting: &Setting, _: u64, replication: u32) -> Pass {
        let value = setting.parameters.staff.turnover + f64::from(replication);
        handovers(setting, value)
    }

    #[test]
    fn points_can_be_made_in_any_parts_and_on_any_threads() {
        let scenario = sweep(Plan::Sobol, 16);
        let design = SweepDesign::new(&scenario).unwrap();
        let run = |points: Range<usize>, n| {
            run_points_with(&design, points, &on_threads(n), known_by_heart).unwrap()
        };
        let whole = run(1..17, 1);
        let parts: Vec<_> = [1..5, 5..6, 6..17]
            .into_iter()
            .flat_map(|part| run(part, 3))
            .collect();
        assert_eq!(whole, parts);
        assert_eq!(
            whole.len(),
            16 * scenario.cases.len() * scenario.replications as usize
        );
    }

    #[test]
    fn a_sample_stands_where_its_point_form_and_replication_say() {
        let scenario = sweep(Plan::LatinHypercube, 8);
        let design = SweepDesign::new(&scenario).unwrap();
        let samples = run_points_with(&design, 1..9, &on_threads(2), known_by_heart).unwrap();
        for sample in samples {
            let Some(crate::scenario::Value::Number(turnover)) = design.point(sample.point)[0]
            else {
                panic!("the first factor is a number");
            };
            let expected = turnover + f64::from(sample.replication);
            assert!(
                sample.kpis.contains(&Some(expected)),
                "{sample:?} {expected}"
            );
        }
    }

    #[test]
    fn a_pass_that_fails_says_at_which_point() {
        let scenario = sweep(Plan::OneAtATime, 0);
        let design = SweepDesign::new(&scenario).unwrap();
        let base = scenario.cases[0].parameters.staff.turnover;
        let model = |setting: &Setting, seed, replication| {
            assert!(setting.parameters.staff.turnover <= base, "too many leave");
            known_by_heart(setting, seed, replication)
        };
        // The first is as the scenario has it, the third at the upper end of turnover.
        match run_points_with(&design, 1..9, &on_threads(1), model) {
            Err(RunError::Pass(failure)) => assert_eq!(failure.point, Some(3), "{failure}"),
            other => panic!("a failure, not {other:?}"),
        }
    }
}
