//! Makes all passes, side by side.

use std::sync::atomic::Ordering;
use std::sync::{Mutex, PoisonError};

use super::design::{Design, PassKey};
use super::execution::Execution;
use super::executor::Executor;
use super::failure::{RunError, attempt};
use super::merging::Merging;
use super::outcome::{Outcome, Sample, Whole};
use super::progress::Progress;
use super::staffing::staffed;
use super::store::PassId;
use crate::model::{Pass, Past, Setting, simulate_on};
use crate::scenario::Scenario;

/// Runs a scenario.
///
/// The outcome does not depend on its execution: every pass has chance of its
/// own, its results have a place of their own, regions are merged in one order,
/// and a pass that was kept is the pass that would be made.
///
/// # Errors
///
/// When an assertion fails in a pass, a pass cannot be kept, somebody asks it to
/// stop, or there are no threads to be had. The passes under way are finished
/// and kept, the others are not begun.
///
/// # Examples
///
/// What a form has less of, or more, than the baseline, the same families each time.
///
/// ```
/// use rvtsim::experiment::{Execution, run};
/// use rvtsim::model::KPIS;
/// use rvtsim::scenario::{Changes, load};
/// use std::path::Path;
///
/// let changes = Changes {
///     regions: Some(vec!["Zeeland".into()]),
///     replications: Some(2),
///     ..Changes::default()
/// };
/// let scenario = load(Path::new("scenarios/referentie.toml"), &changes).expect("it is shipped");
/// let outcome = run(&scenario, &Execution::default()).expect("no pass fails");
/// let kpi = KPIS.iter().position(|kpi| kpi.key == "handovers_per_case").expect("a KPI");
/// let last = scenario.cases.len() - 1;
/// let paired = outcome.paired(last, scenario.baseline, outcome.merged(), kpi).expect("two replications");
/// assert!(paired.difference.mean < 0.0, "one team for all hands over less than a relay");
/// ```
pub fn run(scenario: &Scenario, execution: &Execution) -> Result<Outcome, RunError> {
    run_with(scenario, execution, Simulated)
}

/// What makes passes, and may begin them with a past that they share.
pub(crate) trait MakesPasses: Sync {
    fn pass(&self, setting: &Setting, seed: u64, replication: u32, past: &mut Past) -> Pass;
}

/// The model itself.
#[derive(Clone, Copy)]
pub(crate) struct Simulated;

impl MakesPasses for Simulated {
    fn pass(&self, setting: &Setting, seed: u64, replication: u32, past: &mut Past) -> Pass {
        simulate_on(setting, seed, replication, past)
    }
}

impl<M> MakesPasses for M
where
    M: Fn(&Setting, u64, u32) -> Pass + Sync,
{
    fn pass(&self, setting: &Setting, seed: u64, replication: u32, _: &mut Past) -> Pass {
        self(setting, seed, replication)
    }
}

/// Makes one pass of a design, with those that its hours are divided by, for whoever has an order of their own;
/// all are kept.
///
/// # Errors
///
/// As [`run`].
pub fn make_pass(design: &Design, key: PassKey, execution: &Execution) -> Result<Pass, RunError> {
    let past = &mut Past::default();
    find_or_make(design, key, execution, (&Simulated, past)).map(|(pass, _)| pass)
}

/// The same for any model.
pub(crate) fn run_with<M>(
    scenario: &Scenario,
    execution: &Execution,
    model: M,
) -> Result<Outcome, RunError>
where
    M: MakesPasses,
{
    run_design(&Design::new(scenario), execution, model)
}

/// The same for any replications.
pub(crate) fn run_design<M>(
    design: &Design,
    execution: &Execution,
    model: M,
) -> Result<Outcome, RunError>
where
    M: MakesPasses,
{
    let executor = Executor::new(execution.n_threads)?;
    execution.watcher.tell(Progress::Planned {
        n_passes: design.n_passes() + design.n_pilots(),
        work: design.total_work(),
        n_threads: executor.n_threads(),
    });
    let n_regions = design.scenario().regions.len();
    let groups: Vec<Mutex<Group>> = (0..design.n_groups()).map(|_| Mutex::default()).collect();
    let make = |together: Vec<PassKey>| -> Result<Vec<(PassKey, Sample)>, RunError> {
        let mut past = Past::default();
        let mut made = Vec::with_capacity(together.len());
        for key in together {
            if execution.stop.load(Ordering::Relaxed) {
                return Err(RunError::Stopped);
            }
            let (pass, progress) = find_or_make(design, key, execution, (&model, &mut past))?;
            let sample = Sample::of(&pass.observations, pass.n_events);
            let group = &groups[design.group_of(key)];
            let mut group = group.lock().unwrap_or_else(PoisonError::into_inner);
            group.merging.take(key.rank, pass.observations);
            if let Some(all) = group.merging.whole(n_regions) {
                group.whole = Some(Whole::of(all));
            }
            execution.watcher.tell(progress);
            made.push((key, sample));
        }
        Ok(made)
    };
    let samples = executor.make_all(design.by_past(), make)?;
    let samples: Vec<_> = samples.into_iter().flatten().collect();
    execution.watcher.tell(Progress::Ended);
    let merged = groups.into_iter().map(|group| {
        let group = group.into_inner().unwrap_or_else(PoisonError::into_inner);
        group.whole
    });
    Ok(Outcome::new(design, samples, merged))
}

/// The regions of one form's replication as they come in, and what they are together.
#[derive(Default)]
struct Group {
    merging: Merging,
    whole: Option<Whole>,
}

/// A pass that was kept, or else one that is made and kept; a panic in it is caught.
fn find_or_make<M>(
    design: &Design,
    key: PassKey,
    execution: &Execution,
    (model, past): (&M, &mut Past),
) -> Result<(Pass, Progress), RunError>
where
    M: MakesPasses,
{
    let setting = staffed(design, key, execution, model)?;
    let (seed, work) = (design.scenario().seed, design.work_of(key));
    let replication = design.replication_of(key);
    let id = PassId::of(&setting, seed, replication);
    if let Some(pass) = execution.store.find(&id).map_err(RunError::Store)? {
        return Ok((pass, Progress::PassKept { work }));
    }
    let pass = attempt(design, key, || {
        model.pass(&setting, seed, replication, past)
    })?;
    execution.store.keep(&id, &pass).map_err(RunError::Store)?;
    let n_events = pass.n_events;
    Ok((pass, Progress::PassMade { work, n_events }))
}

#[cfg(test)]
mod tests {
    use std::collections::HashMap;
    use std::sync::atomic::{AtomicBool, AtomicUsize};

    use super::*;
    use crate::experiment::fixture::{invented, on_threads, scenario};
    use crate::experiment::{PassStore, StoreError, Watcher};

    /// A store in memory, for so many passes.
    #[derive(Default)]
    struct Shelf {
        passes: Mutex<HashMap<PassId, Pass>>,
        room: usize,
    }

    impl PassStore for Shelf {
        fn find(&self, id: &PassId) -> Result<Option<Pass>, StoreError> {
            Ok(self.passes.lock().unwrap().get(id).cloned())
        }

        fn keep(&self, id: &PassId, pass: &Pass) -> Result<(), StoreError> {
            let mut passes = self.passes.lock().unwrap();
            if passes.len() == self.room {
                return Err("the shelf is full".into());
            }
            passes.insert(*id, pass.clone());
            Ok(())
        }
    }

    #[test]
    fn results_do_not_depend_on_threads() {
        let scenario = scenario(3);
        let outcomes = [1, 2, 5].map(|n| run_with(&scenario, &on_threads(n), invented).unwrap());
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
        match run_with(&scenario, &on_threads(1), model) {
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
                    Progress::PassKept { .. } | Progress::Ended => {}
                }
            }
        }
        let counter = Counter(AtomicUsize::new(0), AtomicUsize::new(0));
        let scenario = scenario(2);
        let execution = Execution {
            watcher: &counter,
            ..on_threads(2)
        };
        let outcome = run_with(&scenario, &execution, invented).unwrap();
        let n_passes = 2 * scenario.cases.len() * scenario.regions.len();
        assert_eq!(counter.0.into_inner(), n_passes);
        assert_eq!(counter.1.into_inner(), n_passes);
        assert_eq!(outcome.n_events(), 7 * n_passes as u64);
    }

    #[test]
    fn a_run_that_was_ended_comes_to_the_same_outcome_and_makes_no_pass_twice() {
        let scenario = scenario(3);
        let whole = run_with(&scenario, &on_threads(1), invented).unwrap();
        let n_passes = Design::new(&scenario).n_passes();
        let shelf = Shelf {
            room: n_passes,
            ..Shelf::default()
        };
        let n_made = AtomicUsize::new(0);
        for (n_before, n_threads) in [(5, 1), (11, 3), (n_passes, 2)] {
            let stop = AtomicBool::new(false);
            let model = |setting: &Setting, seed, replication| {
                if n_made.fetch_add(1, Ordering::Relaxed) + 1 >= n_before {
                    stop.store(true, Ordering::Relaxed);
                }
                invented(setting, seed, replication)
            };
            let execution = Execution {
                store: &shelf,
                stop: &stop,
                ..on_threads(n_threads)
            };
            match run_with(&scenario, &execution, model) {
                Err(RunError::Stopped) => assert!(n_before < n_passes),
                Ok(outcome) => assert_eq!((outcome, n_before), (whole.clone(), n_passes)),
                Err(error) => panic!("{error}"),
            }
            // Those under way on other threads are finished as well.
            let n = shelf.passes.lock().unwrap().len();
            assert!((n_before..n_before + n_threads).contains(&n), "{n}");
            assert_eq!(n_made.load(Ordering::Relaxed), n);
        }
    }

    #[test]
    fn a_store_that_fails_ends_the_run_and_loses_nothing() {
        let scenario = scenario(3);
        let shelf = Shelf {
            room: 4,
            ..Shelf::default()
        };
        let execution = Execution {
            store: &shelf,
            ..on_threads(2)
        };
        match run_with(&scenario, &execution, invented) {
            Err(RunError::Store(error)) => assert_eq!(error.to_string(), "the shelf is full"),
            other => panic!("a failure, not {other:?}"),
        }
        assert_eq!(shelf.passes.into_inner().unwrap().len(), 4);
    }
}
