//! Hours that are divided by work: for every form, region and world, before its first pass.
//!
//! The work is what passes with chance of their own ([`PILOT`]) show, so that no replication is staffed for what will
//! happen in it. In the first there is plenty of staff; then who waits makes no work, and who is helped in time no less.
//! The second has the hours that follow from the first, and shows the work that there is when people wait as they do.
//! Another world begins with the plan of the values as they are given, and corrects it by one pass.

use std::collections::{HashMap, HashSet};
use std::sync::{Arc, Mutex, PoisonError};

use super::design::{Design, PassKey};
use super::execution::Execution;
use super::failure::{PassFailure, RunError, attempt};
use super::progress::Progress;
use super::runner::MakesPasses;
use super::store::PassId;
use crate::model::{Division, Form, Pass, Past, Plan, Roster, Setting, simulate};
use crate::scenario::{Case, Scenario};

/// The replication in which work is found; those that are measured are numbered from 1.
const PILOT: u32 = 0;
/// Passes in which it is found, with the values as they are given.
const N_PILOTS: usize = 2;
/// A plan that is looked for, or was found.
type Place = Arc<Mutex<Option<Arc<Plan>>>>;

/// The plans of a design, as far as they were asked for, by what they are plans for: a form in a region and world has
/// one, whichever case or path it is part of.
#[derive(Clone, Debug, Default)]
pub(crate) struct Plans(Arc<Mutex<HashMap<PassId, Place>>>);

impl Plans {
    fn place(&self, key: PassId) -> Place {
        let mut places = self.0.lock().unwrap_or_else(PoisonError::into_inner);
        Arc::clone(places.entry(key).or_default())
    }
}

impl Design<'_> {
    /// The plan of a case in a region with the values as they are given, if it was found; of a path that of the form
    /// with which it ends there.
    pub(crate) fn plan_of(&self, case: usize, region: usize) -> Option<Arc<Plan>> {
        let key = PassKey {
            case,
            replication: 1,
            region,
            rank: 0,
        };
        let mut settings = plain(self.unstaffed(key));
        let case = &self.scenario().cases[case];
        let last = case.stages_in(region, None).pop();
        let mut setting = settings.pop().expect("a case begins with a form");
        setting.parameters = last.map_or(case.parameters, |(_, last)| last.parameters);
        let place = self
            .plans()
            .place(PassId::of(&setting, self.scenario().seed, PILOT));
        place.lock().unwrap_or_else(PoisonError::into_inner).clone()
    }
}

/// The forms of a path, each by itself as if it were in force from the first day on.
fn plain(setting: Setting) -> Vec<Setting> {
    let unchanged = setting.unchanged();
    let later = setting.changes.into_iter().map(|change| Setting {
        form: change.form,
        parameters: change.parameters,
        local: change.local,
        ..unchanged.clone()
    });
    [unchanged.clone()].into_iter().chain(later).collect()
}

/// How many passes it takes to find the work of all forms, in each region.
pub(crate) fn n_pilots(scenario: &Scenario) -> usize {
    let mut known = HashSet::new();
    let all = scenario.cases.iter().flat_map(stages_of);
    all.filter(|(form, _)| known.insert(&form.key))
        .map(|(_, case)| match (case.division, case.worlds.len()) {
            (Division::AsAssigned, _) => 0,
            (Division::ByWork, 0) => N_PILOTS,
            (Division::ByWork, n) => N_PILOTS + n.min(scenario.replications as usize),
        })
        .sum()
}

/// The forms that a case has in turn, with what is said of each.
fn stages_of(case: &Case) -> Vec<(&Form, &Case)> {
    let later = case.course.iter().flat_map(|course| &course.stages);
    let later = later.map(|stage| (&stage.case.form, &stage.case));
    [(case.start(), case)].into_iter().chain(later).collect()
}

/// The setting of a pass, with its hours divided as its form or scenario says; what that took is told and kept as any
/// pass is.
///
/// # Errors
///
/// As [`run`](super::runner::run).
pub(crate) fn staffed<M>(
    design: &Design,
    key: PassKey,
    execution: &Execution,
    model: &M,
) -> Result<Setting, RunError>
where
    M: MakesPasses,
{
    let seed = design.scenario().seed;
    staffed_by(design, key, &|pilot| {
        let work = design.work_of(key);
        let id = PassId::of(pilot, seed, PILOT);
        if let Some(pass) = execution.store.find(&id).map_err(RunError::Store)? {
            execution.watcher.tell(Progress::PassKept { work });
            return Ok(pass);
        }
        let pass = attempt(design, key, || {
            model.pass(pilot, seed, PILOT, &mut Past::default())
        })?;
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
pub(crate) fn staffed_alone(design: &Design, key: PassKey) -> Result<Setting, Box<PassFailure>> {
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
    let mut setting = design.unstaffed(key);
    let case = &design.scenario().cases[key.case];
    let stages = case
        .stages_in(key.region, None)
        .into_iter()
        .map(|(_, stage)| stage);
    let cases = [case].into_iter().chain(stages);
    let mut rosters = Vec::new();
    for (plain, case) in plain(setting.clone()).iter().zip(cases) {
        rosters.push(match case.division {
            Division::AsAssigned => None,
            Division::ByWork => Some(roster(design, key, plain, case, pilot)?),
        });
    }
    let mut rosters = rosters.into_iter();
    setting.roster = rosters.next().flatten();
    for (change, roster) in setting.changes.iter_mut().zip(rosters) {
        change.roster = roster;
    }
    Ok(setting)
}

/// Who works where, of a form in the region and world of a pass.
fn roster<E>(
    design: &Design,
    key: PassKey,
    setting: &Setting,
    case: &Case,
    pilot: &impl Fn(&Setting) -> Result<Pass, E>,
) -> Result<Roster, E> {
    let given = Setting {
        parameters: case.parameters,
        ..setting.clone()
    };
    let find_given = || {
        let mut roster = Roster::plenty(&given);
        let mut plan = improved(&given, &roster, pilot)?;
        for _ in 1..N_PILOTS {
            roster = plan.roster;
            plan = improved(&given, &roster, pilot)?;
        }
        Ok(plan)
    };
    let of = |setting: &Setting, n| PassId::of(setting, design.scenario().seed, n);
    let mut plan = found(design, of(&given, PILOT), find_given)?;
    if !case.worlds.is_empty() {
        let n_worlds = case.worlds.len() as u32;
        let world = (design.replication_of(key).max(1) - 1) % n_worlds + 1;
        let find = || improved(setting, &plan.roster, pilot);
        plan = found(design, of(setting, world), find)?;
    }
    Ok(plan.roster.clone())
}

/// The plan that is there, or else one that is looked for while others who need it wait.
fn found<E>(
    design: &Design,
    key: PassId,
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
    Ok(Plan::by_work(setting, roster, &pass.observations))
}
