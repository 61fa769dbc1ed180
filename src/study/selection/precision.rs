//! As many replications as a comparison needs.

use crate::experiment::runner::run_with;
use crate::experiment::{Execution, Outcome, RunError};
use crate::model::{Pass, Setting, simulate};
use crate::scenario::{FIRST_REPLICATIONS, Precision, Scenario};
use crate::stats::{Progress as Rule, Stopping};

/// A run with as many replications as it took.
#[derive(Clone, PartialEq, Debug)]
pub struct Precise {
    /// The scenario, with the replications that it took.
    pub scenario: Scenario,
    /// What they brought.
    pub outcome: Outcome,
    /// Forms of which the difference is not known so well: the most replications did not suffice.
    pub too_wide: Vec<TooWide>,
}

/// A difference that is not known as well as was asked.
#[derive(Clone, Copy, PartialEq, Debug)]
pub struct TooWide {
    /// The form.
    pub case: usize,
    /// Replications in which it was seen.
    pub n: u32,
    /// The half-width that was reached and the one that was asked for; none without an interval.
    pub half_widths: Option<(f64, f64)>,
}

/// Runs a scenario until every form's difference from the baseline is known as well as its
/// precision says, or once if it says nothing of it.
///
/// Each difference is followed replication by replication by the rule of
/// [`Stopping`]; the run ends where the last of them does. Replications that were made are not
/// made again if the execution keeps them.
///
/// # Errors
///
/// As [`run`](crate::experiment::run).
pub fn run_precisely(scenario: &Scenario, execution: &Execution) -> Result<Precise, RunError> {
    run_precisely_with(scenario, execution, simulate)
}

fn run_precisely_with<M>(
    scenario: &Scenario,
    execution: &Execution,
    model: M,
) -> Result<Precise, RunError>
where
    M: Fn(&Setting, u64, u32) -> Pass + Sync,
{
    let run = |replications| {
        let scenario = Scenario {
            replications,
            ..scenario.clone()
        };
        let outcome = run_with(&scenario, execution, &model)?;
        Ok::<_, RunError>(Precise {
            scenario,
            outcome,
            too_wide: Vec::new(),
        })
    };
    let Some(precision) = scenario.precision else {
        return run(scenario.replications);
    };
    let mut n = FIRST_REPLICATIONS;
    loop {
        let precise = run(n)?;
        match look(&precise, &precision) {
            Look::GoOn(expected) => n = expected.clamp(n + 1, precision.at_most),
            Look::Ended { after, too_wide } => {
                let precise = if after < n { run(after)? } else { precise };
                return Ok(Precise {
                    too_wide,
                    ..precise
                });
            }
        }
    }
}

/// What the replications so far say.
enum Look {
    /// About so many are needed in all.
    GoOn(u32),
    /// So many suffice, or are the most; these forms are not known so well.
    Ended { after: u32, too_wide: Vec<TooWide> },
}

fn look(precise: &Precise, precision: &Precision) -> Look {
    let Precise {
        scenario, outcome, ..
    } = precise;
    let (mut after, mut expected, mut too_wide) = (FIRST_REPLICATIONS, 0, Vec::new());
    for case in (0..scenario.cases.len()).filter(|&case| case != scenario.baseline) {
        let (first, most) = (FIRST_REPLICATIONS.into(), precision.at_most.into());
        let mut rule = Stopping::new(precision.target, outcome.confidence_of_each(), first, most);
        let value = |case, replication| {
            outcome.sample(case, replication, outcome.merged()).kpis[precision.kpi]
        };
        let (mut end, mut n) = (None, 0);
        for replication in 1..=scenario.replications {
            let pair = value(case, replication).zip(value(scenario.baseline, replication));
            // What was not observed says nothing; the next replication may.
            let Some((here, there)) = pair else { continue };
            n += 1;
            match rule.observe(here - there) {
                Rule::GoOn { .. } => {}
                Rule::Done => {
                    end = Some(replication);
                    break;
                }
                Rule::LimitReached => break,
            }
        }
        match (end, rule.progress()) {
            (Some(end), _) => after = after.max(end),
            (None, Rule::GoOn { expected: n }) if scenario.replications < precision.at_most => {
                expected = expected.max(n.try_into().unwrap_or(u32::MAX));
            }
            (None, _) => {
                after = precision.at_most;
                let half_widths = rule.half_widths();
                // Not seen in every replication it may never come to the end of the rule; where no
                // more are made, its interval is that of a number fixed beforehand.
                if !half_widths.is_some_and(|(reached, asked)| reached <= asked) {
                    too_wide.push(TooWide {
                        case,
                        n,
                        half_widths,
                    });
                }
            }
        }
    }
    match expected {
        0 => Look::Ended { after, too_wide },
        // When one is at its limit there is nothing to be saved.
        _ if !too_wide.is_empty() => Look::GoOn(precision.at_most),
        expected => Look::GoOn(expected),
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::experiment::fixture::{handovers, on_threads, scenario};
    use crate::model::KPIS;
    use crate::random::{Chance, normal};
    use crate::stats::Target;

    /// Handovers in a case: noise that all forms share, and noise of a form's own.
    fn noisy(setting: &Setting, seed: u64, replication: u32) -> Pass {
        let draws = Chance::new(seed, replication, setting.region.number).of(0);
        let number = setting.form.key.as_bytes()[1];
        let own = normal(draws.uniform(1, number.into()));
        let shared = normal(draws.uniform(0, 0));
        handovers(setting, 50.0 + 10.0 * shared + own)
    }

    fn precise(half_width: f64, at_most: u32) -> Precise {
        let mut scenario = scenario(3);
        let mut kpis = KPIS.iter();
        scenario.precision = Some(Precision {
            kpi: kpis
                .position(|kpi| kpi.key == "handovers_per_case")
                .unwrap(),
            target: Target::Absolute(half_width),
            at_most,
        });
        run_precisely_with(&scenario, &on_threads(2), noisy).unwrap()
    }

    #[test]
    fn it_ends_when_all_differences_are_known_so_well() {
        let found = precise(0.4, 1000);
        // A mean over two regions of differences with a variance of 2: 1 a replication, so
        // (2.58 / 0.4)² = 41 for five at once, and more by chance and by looking ahead.
        let n = found.outcome.n_replications();
        assert_eq!(n, found.scenario.replications);
        assert!((35..120).contains(&n), "{n}");
        assert!(found.too_wide.is_empty());
        let baseline = found.scenario.baseline;
        let kpi = found.scenario.precision.unwrap().kpi;
        for case in 1..found.scenario.cases.len() {
            let paired = found
                .outcome
                .paired(case, baseline, found.outcome.merged(), kpi);
            let half_width = paired.unwrap().difference;
            let half_width = (half_width.high - half_width.low) / 2.0;
            assert!(half_width < 0.45, "{half_width}");
        }
        let narrower = precise(0.2, 1000);
        assert!(narrower.outcome.n_replications() > 2 * n);
    }

    #[test]
    fn what_is_not_known_so_well_is_said() {
        let found = precise(0.01, 25);
        assert_eq!(found.outcome.n_replications(), 25);
        assert_eq!(found.too_wide.len(), found.scenario.cases.len() - 1);
    }

    #[test]
    fn what_is_known_so_well_at_the_limit_is_not_said_to_be_too_wide() {
        let found = precise(5.0, 10);
        assert_eq!(found.outcome.n_replications(), 10);
        assert_eq!(found.too_wide, []);
        let found = precise(0.01, 10);
        let (reached, asked) = found.too_wide[0].half_widths.unwrap();
        assert!(reached > asked && asked == 0.01 && found.too_wide[0].n == 10);
    }

    /// The same, seen in the first nine of ten replications.
    fn seen_nine_times(setting: &Setting, seed: u64, replication: u32) -> Pass {
        let mut pass = noisy(setting, seed, replication);
        if replication == 10 {
            pass.observations = crate::model::Observations::new(setting.form.teams.len());
            pass.observations.years = 1.0;
            pass.observations.quarters = vec![crate::model::Quarter::new(setting.form.teams.len())];
        }
        pass
    }

    #[test]
    fn a_difference_that_was_not_always_seen_is_judged_by_what_was_seen() {
        let mut scenario = scenario(3);
        let kpi = KPIS.iter().position(|kpi| kpi.key == "handovers_per_case");
        for (half_width, n_too_wide) in [(5.0, 0), (0.01, 5)] {
            scenario.precision = Some(Precision {
                kpi: kpi.unwrap(),
                target: Target::Absolute(half_width),
                at_most: 10,
            });
            let found = run_precisely_with(&scenario, &on_threads(1), seen_nine_times).unwrap();
            assert_eq!(found.too_wide.len(), n_too_wide);
            assert!(found.too_wide.iter().all(|one| one.n == 9));
        }
    }

    #[test]
    fn without_a_precision_it_is_a_run() {
        let scenario = scenario(3);
        let found = run_precisely_with(&scenario, &on_threads(1), noisy).unwrap();
        assert_eq!(found.outcome.n_replications(), 3);
    }
}
