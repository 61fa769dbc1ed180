//! Hours that are divided by work: for every form, region and world, before its first pass.
//!
//! The work is what passes with chance of their own ([`PILOT`]) show, so that no replication is staffed for what will
//! happen in it. In the first there is plenty of staff; then who waits makes no work, and who is helped in time no less.
//! The second has the hours that follow from the first, and shows the work that there is when people wait as they do.
//! Another world begins with the plan of the values as they are given, and corrects it by one pass.

use std::collections::HashMap;
use std::sync::{Arc, Mutex, PoisonError};

use super::failure::attempt;
use super::{Design, Execution, PassFailure, PassId, PassKey, Progress, RunError};
use crate::model::{Division, Pass, Plan, Roster, Setting, simulate};
use crate::scenario::{Case, Scenario};

/// The replication in which work is found; those that are measured are numbered from 1.
const PILOT: u32 = 0;
/// Passes in which it is found, with the values as they are given.
const N_PILOTS: usize = 2;

/// Form, region, and world by its replication; 0 is that of the values as they are given.
type Key = (usize, usize, u32);
/// A plan that is looked for, or was found.
type Place = Arc<Mutex<Option<Arc<Plan>>>>;

/// The plans of a design, as far as they were asked for.
#[derive(Clone, Debug, Default)]
pub(super) struct Plans(Arc<Mutex<HashMap<Key, Place>>>);

impl Plans {
    fn place(&self, key: Key) -> Place {
        let mut places = self.0.lock().unwrap_or_else(PoisonError::into_inner);
        Arc::clone(places.entry(key).or_default())
    }

    /// The plan of a form in a region with the values as they are given, if it was found.
    pub(super) fn of(&self, case: usize, region: usize) -> Option<Arc<Plan>> {
        let place = self.place((case, region, 0));
        place.lock().unwrap_or_else(PoisonError::into_inner).clone()
    }
}

/// How many passes it takes to find the work of a form, in each region.
pub(super) fn n_pilots(scenario: &Scenario, case: &Case) -> usize {
    match (case.division, case.worlds.len()) {
        (Division::AsAssigned, _) => 0,
        (Division::ByWork, 0) => N_PILOTS,
        (Division::ByWork, n) => N_PILOTS + n.min(scenario.replications as usize),
    }
}

/// The setting of a pass, with its hours divided as its form or scenario says; what that took is told and kept as any
/// pass is.
///
/// # Errors
///
/// As [`run`](super::run).
pub(super) fn staffed<M>(
    design: &Design,
    key: PassKey,
    execution: &Execution,
    model: &M,
) -> Result<Setting, RunError>
where
    M: Fn(&Setting, u64, u32) -> Pass,
{
    let seed = design.scenario().seed;
    staffed_by(design, key, &|pilot| {
        let work = design.work_of(key);
        let id = PassId::of(pilot, seed, PILOT);
        if let Some(pass) = execution.store.find(&id).map_err(RunError::Store)? {
            execution.watcher.tell(Progress::PassKept { work });
            return Ok(pass);
        }
        let pass = attempt(design, key, || model(pilot, seed, PILOT))?;
        execution.store.keep(&id, &pass).map_err(RunError::Store)?;
        let n_events = pass.n_events;
        execution
            .watcher
            .tell(Progress::PassMade { work, n_events });
        Ok(pass)
    })
}

/// The same where nobody watches or keeps anything.
///
/// # Errors
///
/// When an assertion fails in a pass that it takes.
pub(super) fn staffed_alone(design: &Design, key: PassKey) -> Result<Setting, Box<PassFailure>> {
    let seed = design.scenario().seed;
    staffed_by(design, key, &|pilot| {
        attempt(design, key, || simulate(pilot, seed, PILOT))
    })
}

fn staffed_by<E>(
    design: &Design,
    key: PassKey,
    pilot: &impl Fn(&Setting) -> Result<Pass, E>,
) -> Result<Setting, E> {
    let setting = design.unstaffed(key);
    let case = &design.scenario().cases[key.case];
    if case.division == Division::AsAssigned {
        return Ok(setting);
    }
    let world = match case.worlds.len() {
        0 => 0,
        n => (design.replication_of(key).max(1) - 1) % n as u32 + 1,
    };
    let given = Setting {
        parameters: case.parameters,
        ..setting.clone()
    };
    let find_given = || {
        let mut roster = Roster::plenty(&given.form, &given.parameters, &given.region);
        let mut plan = improved(&given, &roster, pilot)?;
        for _ in 1..N_PILOTS {
            roster = plan.roster;
            plan = improved(&given, &roster, pilot)?;
        }
        Ok(plan)
    };
    let mut plan = found(design, (key.case, key.region, 0), find_given)?;
    if world > 0 {
        let find = || improved(&setting, &plan.roster, pilot);
        plan = found(design, (key.case, key.region, world), find)?;
    }
    Ok(Setting {
        roster: Some(plan.roster.clone()),
        ..setting
    })
}

/// The plan that is there, or else one that is looked for while others who need it wait.
fn found<E>(
    design: &Design,
    key: Key,
    find: impl FnOnce() -> Result<Plan, E>,
) -> Result<Arc<Plan>, E> {
    let place = design.plans().place(key);
    let mut place = place.lock().unwrap_or_else(PoisonError::into_inner);
    if let Some(plan) = &*place {
        return Ok(Arc::clone(plan));
    }
    let plan = Arc::new(find()?);
    *place = Some(Arc::clone(&plan));
    Ok(plan)
}

/// The plan that follows from the work that these people get.
fn improved<E>(
    setting: &Setting,
    roster: &Roster,
    pilot: &impl Fn(&Setting) -> Result<Pass, E>,
) -> Result<Plan, E> {
    let pass = pilot(&Setting {
        roster: Some(roster.clone()),
        ..setting.clone()
    })?;
    let (form, parameters) = (&setting.form, &setting.parameters);
    let seen = &pass.observations;
    Ok(Plan::by_work(
        form,
        parameters,
        &setting.region,
        roster,
        seen,
    ))
}
