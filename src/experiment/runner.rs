//! Makes all passes, side by side.

use std::sync::{Mutex, PoisonError};

use rayon::iter::{ParallelBridge, ParallelIterator};

use super::failure::attempt;
use super::merging::Merging;
use super::{Design, Outcome, PassFailure, PassKey, Progress, RunError, Sample, Watcher};
use crate::model::{Pass, Setting, simulate};
use crate::scenario::Scenario;

/// Runs a scenario on so many threads, or on one for each core.
///
/// The outcome is the same for any number of threads: every pass has chance of
/// its own, its results have a place of their own, and regions are merged in
/// one order.
///
/// # Errors
///
/// When an assertion fails in a pass, or there are no threads to be had. The
/// passes under way are finished, the others are not begun.
pub fn run(
    scenario: &Scenario,
    n_threads: Option<usize>,
    watcher: &dyn Watcher,
) -> Result<Outcome, RunError> {
    run_with(scenario, n_threads, watcher, simulate)
}

/// The same for any model.
pub(super) fn run_with<M>(
    scenario: &Scenario,
    n_threads: Option<usize>,
    watcher: &dyn Watcher,
    model: M,
) -> Result<Outcome, RunError>
where
    M: Fn(&Setting, u64, u32) -> Pass + Sync,
{
    let design = Design::new(scenario);
    // Zero is rayon's word for one thread for each core.
    let threads = rayon::ThreadPoolBuilder::new().num_threads(n_threads.unwrap_or(0));
    let threads = threads.build()?;
    watcher.tell(Progress::Planned {
        n_passes: design.n_passes(),
        work: design.total_work(),
        n_threads: threads.current_num_threads(),
    });
    let groups: Vec<Mutex<Merging>> = (0..design.n_groups()).map(|_| Mutex::default()).collect();
    let make = |key: PassKey| -> Result<(PassKey, Sample), Box<PassFailure>> {
        let pass = attempt(&design, key, |setting| {
            model(setting, scenario.seed, key.replication)
        })?;
        let sample = Sample::of(&pass.observations, pass.n_events);
        let group = &groups[design.group_of(key)];
        let mut group = group.lock().unwrap_or_else(PoisonError::into_inner);
        group.take(key.rank, pass.observations);
        watcher.tell(Progress::PassMade {
            work: design.work_of(key),
            n_events: pass.n_events,
        });
        Ok((key, sample))
    };
    // A bridge hands out the passes one by one in their order; splitting a
    // range in halves would start the smallest regions with the largest.
    let samples: Result<Vec<_>, _> =
        threads.install(|| design.in_starting_order().par_bridge().map(make).collect());
    watcher.tell(Progress::Ended);
    let merged = groups.into_iter().map(|group| {
        let group = group.into_inner().unwrap_or_else(PoisonError::into_inner);
        group.finish()
    });
    Ok(Outcome::new(&design, samples?, merged))
}

#[cfg(test)]
mod tests {
    use std::sync::atomic::{AtomicUsize, Ordering};

    use super::super::fixture::{Silence, invented, scenario};
    use super::*;

    #[test]
    fn results_do_not_depend_on_threads() {
        let scenario = scenario(3);
        let outcomes = [1, 2, 5].map(|n| run_with(&scenario, Some(n), &Silence, invented).unwrap());
        assert_eq!(outcomes[0], outcomes[1]);
        assert_eq!(outcomes[0], outcomes[2]);
    }

    #[test]
    fn a_panic_is_reported_with_all_that_repeats_it() {
        let scenario = scenario(2);
        let model = |setting: &Setting, seed, replication| {
            let is_fatal = setting.region.name == "Zeeland" && replication == 2;
            assert!(!is_fatal, "a family was closed twice");
            invented(setting, seed, replication)
        };
        match run_with(&scenario, Some(1), &Silence, model) {
            Err(RunError::Pass(failure)) => {
                assert_eq!(failure.region, "Zeeland");
                assert_eq!(failure.replication, 2);
                assert_eq!(failure.form, scenario.cases[0].form.key);
                assert_eq!(failure.seed, scenario.seed);
                assert_eq!(failure.sentence, "a family was closed twice");
            }
            other => panic!("a failure, not {other:?}"),
        }
    }

    #[test]
    fn every_pass_is_told_once() {
        struct Counter(AtomicUsize, AtomicUsize);
        impl Watcher for Counter {
            fn tell(&self, progress: Progress) {
                match progress {
                    Progress::Planned { n_passes, .. } => {
                        self.0.fetch_add(n_passes, Ordering::Relaxed);
                    }
                    Progress::PassMade { .. } => {
                        self.1.fetch_add(1, Ordering::Relaxed);
                    }
                    Progress::Ended => {}
                }
            }
        }
        let counter = Counter(AtomicUsize::new(0), AtomicUsize::new(0));
        let scenario = scenario(2);
        let outcome = run_with(&scenario, Some(2), &counter, invented).unwrap();
        let n_passes = 2 * scenario.cases.len() * scenario.regions.len();
        assert_eq!(counter.0.into_inner(), n_passes);
        assert_eq!(counter.1.into_inner(), n_passes);
        assert_eq!(outcome.n_events(), 7 * n_passes as u64);
    }
}
