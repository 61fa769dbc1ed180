//! What must be true of a form as a whole.

use crate::model::{Form, Function, FunctionSet, Organisation, Scale, Team};

use super::code;
use super::diagnostic::{Diagnostic, Diagnostics, Level};
use super::form::Draft;

/// Shares that are written with decimals add up to 1 within this.
const TOLERANCE: f64 = 1e-9;

/// Reports what is not as it must be; whether there was no error.
pub(super) fn check(draft: &Draft, log: &mut Diagnostics) -> bool {
    let faults: Vec<Diagnostic> = faults(draft).collect();
    let is_sound = faults.iter().all(|fault| fault.level == Level::Warning);
    faults.into_iter().for_each(|fault| log.push(fault));
    is_sound
}

/// The first thing that cannot be, if there is one.
pub(super) fn first_error(draft: &Draft) -> Option<Diagnostic> {
    faults(draft).find(|fault| fault.level == Level::Error)
}

fn faults(draft: &Draft) -> impl Iterator<Item = Diagnostic> {
    sides(draft)
        .chain(capable(draft))
        .chain(staffed(draft))
        .chain(divided(draft))
}

/// Whether a form divides the staff of every organisation exactly once.
pub(super) fn is_neutral(form: &Form) -> bool {
    let is_once = |organisation| (total(form, organisation) - 1.0).abs() <= TOLERANCE;
    Organisation::ALL.into_iter().all(is_once)
}

/// The shares of an organisation that a form's teams have together.
fn total(form: &Form, organisation: Organisation) -> f64 {
    let shares = form.teams.iter().flat_map(|team| &team.staff_from);
    shares
        .filter(|share| share.0 == organisation)
        .map(|share| share.1)
        .sum()
}

/// Every function with the team that does it.
fn tasks(draft: &Draft) -> impl Iterator<Item = (Function, usize, &Team)> {
    Function::ALL.into_iter().filter_map(|function| {
        let task = draft.form.task(function)?;
        Some((function, task.team, &draft.form.teams[task.team]))
    })
}

fn at_task(draft: &Draft, function: Function, fault: Diagnostic) -> Diagnostic {
    fault.asked_at(draft.task_places[function as usize].as_ref())
}

/// The judge, the specialist and the tafel stand outside the chain, and nobody else.
fn sides(draft: &Draft) -> impl Iterator<Item = Diagnostic> {
    tasks(draft).filter_map(|(function, _, team)| {
        let (key, name) = (function.key(), &team.key);
        let (fact, help) = match (function.is_external(), team.scale == Scale::External) {
            (true, false) => (
                format!("`{key}` is done outside the chain, and the team `{name}` is inside it"),
                "name a team with scale = \"external\"",
            ),
            (false, true) => (
                format!("`{key}` is done inside the chain, and the team `{name}` is outside it"),
                "name a team with scale = \"area\" or \"region\"",
            ),
            _ => return None,
        };
        let fault = Diagnostic::error(code::WRONG_SCALE, fact).help(help);
        Some(at_task(draft, function, fault))
    })
}

/// For every function of a team there is somebody in it who may do it.
fn capable(draft: &Draft) -> impl Iterator<Item = Diagnostic> {
    tasks(draft).filter_map(|(function, _, team)| {
        let is_outside = team.scale == Scale::External || function.is_external();
        let skills = team
            .staff_from
            .iter()
            .map(|(organisation, _)| organisation.functions());
        let has_skill = skills
            .into_iter()
            .any(|functions: FunctionSet| functions.has(function));
        // A team without any staff is reported as such.
        if is_outside || has_skill || team.generalist_share > 0.0 || team.staff_from.is_empty() {
            return None;
        }
        let (key, name) = (function.key(), &team.key);
        let fact = format!("nobody in the team `{name}` may do `{key}`");
        let owners = Organisation::ALL
            .into_iter()
            .filter(|one| one.functions().has(function));
        let owners: Vec<&str> = owners.map(Organisation::key).collect();
        let help = format!(
            "staff it from {}, or give it generalists",
            owners.join(" or ")
        );
        let fault = Diagnostic::error(code::NOBODY_CAN, fact).help(help);
        Some(at_task(draft, function, fault))
    })
}

/// Teams inside the chain have staff and work; teams outside have no staff of ours.
fn staffed(draft: &Draft) -> impl Iterator<Item = Diagnostic> {
    draft
        .form
        .teams
        .iter()
        .enumerate()
        .flat_map(|(number, team)| {
            let key = &team.key;
            let is_outside = team.scale == Scale::External;
            let staff = match (is_outside, team.staff_from.is_empty()) {
                (true, false) => Some(
                    Diagnostic::error(
                        code::STAFF_OUTSIDE,
                        format!("the team `{key}` is outside the chain and has staff of the chain"),
                    )
                    .help("take out staff_from, or choose the scale area or region"),
                ),
                (false, true) => Some(
                    Diagnostic::error(code::NO_STAFF, format!("the team `{key}` has no staff"))
                        .help("add staff_from = { organisation = share }, or scale = \"external\""),
                ),
                _ => None,
            };
            let is_idle = draft.form.functions_of(number) == FunctionSet::default();
            let idle = is_idle.then(|| {
                Diagnostic::warning(code::IDLE_TEAM, format!("the team `{key}` has no function"))
                    .help("give it one under [functions], or take the team away")
            });
            let place = &draft.team_places[number];
            staff.into_iter().chain(idle).map(|fault| fault.at(place))
        })
}

/// Everybody who works in the chain today works in it once.
fn divided(draft: &Draft) -> impl Iterator<Item = Diagnostic> {
    Organisation::ALL.into_iter().filter_map(|organisation| {
        let total = total(&draft.form, organisation);
        if (total - 1.0).abs() <= TOLERANCE {
            return None;
        }
        let (form, key) = (&draft.form.key, organisation.key());
        let rounded = (total * 1e6).round() / 1e6;
        let fact = format!("the form `{form}` divides {key} into shares that add up to {rounded}");
        let fault = if draft.is_budget_neutral {
            let help = "make them add up to 1, or write budget_neutral = false under [form]";
            Diagnostic::error(code::NOT_NEUTRAL, fact).help(help)
        } else {
            let help = "its staff differs from today's, as budget_neutral = false says";
            Diagnostic::warning(code::NOT_NEUTRAL, fact).help(help)
        };
        Some(fault.at(&draft.place))
    })
}
