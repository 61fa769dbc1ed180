//! Which form is the best on a KPI.

use crate::experiment::runner::run_design;
use crate::experiment::{CONFIDENCE, Design, Execution, RunError};
use crate::model::{Better, KPIS, Pass, Setting, simulate};
use crate::scenario::{Case, FIRST_REPLICATIONS, Scenario};
use crate::stats::{Estimate, Moments, Selection};

/// How the best form is looked for.
#[derive(Clone, Copy, PartialEq, Debug)]
pub struct Contest {
    /// Row of [`KPIS`].
    pub kpi: usize,
    /// Whether less of it is better.
    pub is_less_better: bool,
    /// A difference that nobody cares about \[unit of the KPI\]: among forms so near to the best any
    /// may be selected.
    pub indifference: f64,
    /// Replications after which it ends all the same.
    pub at_most: u32,
}

/// A form in a contest.
#[derive(Clone, PartialEq, Debug)]
pub struct Contender {
    /// Index of the form.
    pub case: usize,
    /// Mean over the replications that it was in.
    pub estimate: Option<Estimate>,
    /// The replication after which it was clearly not the best; none if it still may be.
    pub left_after: Option<u32>,
}

/// What a contest came to.
#[derive(Clone, PartialEq, Debug)]
pub struct Verdict {
    /// All forms: those that still may be the best first, then the last to leave.
    pub contenders: Vec<Contender>,
    /// Replications that were made.
    pub n_replications: u32,
    /// Forms of which a queue grows without end, so that their figure depends on how long the run is; if there are any,
    /// nothing is decided.
    pub growing: Vec<usize>,
    /// Passes that were made; all forms in all replications would be more.
    pub n_passes: usize,
}

impl Verdict {
    /// The best form, if one is left.
    pub fn best(&self) -> Option<usize> {
        let mut left = self
            .contenders
            .iter()
            .filter(|one| one.left_after.is_none());
        match (left.next(), left.next()) {
            (Some(one), None) if self.growing.is_empty() => Some(one.case),
            _ => None,
        }
    }
}

impl Contest {
    /// A contest on a KPI in the direction that is better.
    pub fn on(kpi: usize, indifference: f64, at_most: u32) -> Option<Self> {
        let is_less_better = match KPIS[kpi].better {
            Better::Lower => true,
            Better::Higher => false,
            Better::Neither => return None,
        };
        Some(Contest {
            kpi,
            is_less_better,
            indifference,
            at_most,
        })
    }
}

/// Finds the best form of a scenario, replication by replication; a form that is clearly not
/// the best is run no more.
///
/// By the procedure of [`Selection`], with a chance of 95 % or more that the selected form is the
/// best, if it is better than any other by the indifference or more. The forms meet the same
/// families and the same chance.
///
/// # Errors
///
/// As [`run`](crate::experiment::run).
pub fn select(
    scenario: &Scenario,
    contest: &Contest,
    execution: &Execution,
) -> Result<Verdict, RunError> {
    select_with(scenario, contest, execution, simulate)
}

fn select_with<M>(
    scenario: &Scenario,
    contest: &Contest,
    execution: &Execution,
    model: M,
) -> Result<Verdict, RunError>
where
    M: Fn(&Setting, u64, u32) -> Pass + Sync,
{
    let n_cases = scenario.cases.len();
    let first = FIRST_REPLICATIONS;
    let sign = if contest.is_less_better { -1.0 } else { 1.0 };
    let alpha = 1.0 - CONFIDENCE;
    let mut selection = Selection::new(n_cases, contest.indifference, alpha, first.into());
    let mut moments = vec![Moments::default(); n_cases];
    let (mut n_made, mut n_passes) = (0, 0);
    let mut is_unseen = false;
    let mut growing = Vec::new();
    while selection.best().is_none() && n_made < contest.at_most && !is_unseen && growing.is_empty()
    {
        // At once what is looked at together, then few enough to drop forms early.
        let batch = if n_made == 0 {
            first
        } else {
            (n_made / 4).max(2)
        };
        let in_run = selection.survivors().to_vec();
        let cases: Vec<Case> = in_run
            .iter()
            .map(|&case| scenario.cases[case].clone())
            .collect();
        let run = Scenario {
            replications: batch.min(contest.at_most - n_made),
            cases,
            baseline: 0,
            ..scenario.clone()
        };
        let design = Design::new(&run).after(n_made);
        n_passes += design.n_passes();
        let outcome = run_design(&design, execution, &model)?;
        let grows = |place: usize| outcome.grows(place, outcome.merged(), contest.kpi);
        let places = (0..in_run.len()).filter(|&place| grows(place));
        growing.extend(places.map(|place| in_run[place]));
        for replication in 1..=run.replications {
            let value =
                |place| outcome.sample(place, replication, outcome.merged()).kpis[contest.kpi];
            let values: Option<Vec<f64>> = (0..in_run.len()).map(value).collect();
            let Some(values) = values else {
                // What cannot be observed in a replication cannot be compared in it.
                is_unseen = true;
                break;
            };
            for (&case, &value) in in_run.iter().zip(&values) {
                moments[case].push(value);
            }
            let survivors = selection.survivors().iter();
            let of_survivor = |case: &usize| {
                let place = in_run.iter().position(|one| one == case);
                sign * values[place.expect("a survivor was run")]
            };
            let values: Vec<f64> = survivors.map(of_survivor).collect();
            selection.observe(&values);
        }
        n_made += run.replications;
    }
    let mut contenders: Vec<Contender> = (0..n_cases)
        .map(|case| Contender {
            case,
            estimate: Estimate::from_moments(&moments[case], CONFIDENCE),
            left_after: selection.left_after(case).map(|n| n as u32),
        })
        .collect();
    let mean = |one: &Contender| one.estimate.map_or(f64::INFINITY, |it| -sign * it.mean);
    contenders.sort_by(|one, other| {
        let left = |one: &Contender| one.left_after.unwrap_or(u32::MAX);
        left(other)
            .cmp(&left(one))
            .then(mean(one).total_cmp(&mean(other)))
    });
    Ok(Verdict {
        contenders,
        n_replications: n_made,
        growing,
        n_passes,
    })
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::experiment::fixture::{handovers, on_threads, scenario};
    use crate::random::{Chance, normal};

    /// Handovers in a case: noise that forms share, and as many more as the number of the form.
    fn noisy(setting: &Setting, seed: u64, replication: u32) -> Pass {
        let draws = Chance::new(seed, replication, setting.region.number).of(0);
        let number = setting.form.key.as_bytes()[1];
        let own = normal(draws.uniform(1, number.into()));
        let shared = normal(draws.uniform(0, 0));
        let rank = f64::from(number - b'0');
        handovers(setting, 50.0 + rank + 10.0 * shared + own)
    }

    fn verdict(indifference: f64, at_most: u32, n_threads: usize) -> Verdict {
        let kpi = KPIS.iter().position(|kpi| kpi.key == "handovers_per_case");
        let contest = Contest::on(kpi.unwrap(), indifference, at_most).unwrap();
        assert!(contest.is_less_better);
        select_with(&scenario(1), &contest, &on_threads(n_threads), noisy).unwrap()
    }

    #[test]
    fn the_best_is_found_and_the_worst_is_run_least() {
        let found = verdict(0.5, 500, 1);
        assert_eq!(found.best(), Some(0));
        let order: Vec<usize> = found.contenders.iter().map(|one| one.case).collect();
        assert_eq!(order[0], 0);
        let left = |case: usize| {
            let one = found.contenders.iter().find(|one| one.case == case);
            one.unwrap().left_after.unwrap()
        };
        assert!(left(5) <= left(1));
        let scenario = scenario(1);
        let whole = scenario.cases.len() * scenario.regions.len() * found.n_replications as usize;
        assert!(found.n_passes < whole, "{} of {whole}", found.n_passes);
        assert_eq!(found, verdict(0.5, 500, 3), "threads have no effect");
    }

    #[test]
    fn what_cannot_be_told_apart_is_said() {
        let found = verdict(1e-6, 12, 1);
        assert_eq!((found.best(), found.n_replications), (None, 12));
        let n_left = found
            .contenders
            .iter()
            .filter(|one| one.left_after.is_none())
            .count();
        assert!(n_left >= 2, "{n_left}");
    }

    #[test]
    fn replications_in_parts_are_those_of_one_run() {
        let base = scenario(4);
        let whole = run_design(&Design::new(&base), &on_threads(1), noisy).unwrap();
        let part = scenario(2);
        let part = run_design(&Design::new(&part).after(2), &on_threads(2), noisy).unwrap();
        for replication in 1..=2 {
            let (here, there) = (
                part.sample(3, replication, 0),
                whole.sample(3, replication + 2, 0),
            );
            assert_eq!(here, there);
        }
    }
}
