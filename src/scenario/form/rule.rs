//! What must be true of a form as a whole.

use super::Draft;
use super::team::Member;
use crate::model::{Form, Function, FunctionSet, Organisation, Scale, Team};
use crate::scenario::fault::code;
use crate::scenario::fault::diagnostic::{Diagnostic, Diagnostics, Level};
use crate::scenario::fault::said::said;
use crate::scenario::fault::source::Place;

/// Shares that are written with decimals add up to 1 within this.
const TOLERANCE: f64 = 1e-9;

/// Reports what is not as it must be; whether there was no error.
pub(crate) fn check(draft: &Draft, log: &mut Diagnostics) -> bool {
    let faults: Vec<Diagnostic> = faults(draft).collect();
    let is_sound = faults.iter().all(|fault| fault.level == Level::Warning);
    faults.into_iter().for_each(|fault| log.push(fault));
    is_sound
}

/// The first thing that cannot be, if there is one.
pub(crate) fn first_error(draft: &Draft) -> Option<Diagnostic> {
    faults(draft).find(|fault| fault.level == Level::Error)
}

fn faults(draft: &Draft) -> impl Iterator<Item = Diagnostic> {
    sides(draft)
        .chain(capable(draft))
        .chain(staffed(draft))
        .chain(divided(draft))
}

/// Whether a form divides the staff of every organisation exactly once.
pub(crate) fn is_neutral(form: &Form) -> bool {
    let is_once = |organisation| (total(form, organisation) - 1.0).abs() <= TOLERANCE;
    Organisation::ALL.into_iter().all(is_once)
}

/// The shares of an organisation that a form's teams have together.
fn total(form: &Form, organisation: Organisation) -> f64 {
    let shares = form.teams.iter().map(|team| share(team, organisation));
    shares.sum()
}

/// The share of an organisation that a team has; what one outside the chain has is reported,
/// and not counted as well.
fn share(team: &Team, organisation: Organisation) -> f64 {
    let is_inside = team.scale != Scale::External;
    let shares = team.staff_from.iter();
    shares
        .filter(|share| is_inside && share.0 == organisation)
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

/// A fault of a function together with something that its team says.
fn at_task(
    draft: &Draft,
    function: Function,
    of_team: Option<&Place>,
    fault: Diagnostic,
) -> Diagnostic {
    let of_task = draft.task_places[function as usize].as_ref();
    // Where both stand in one file, the function is the likelier slip.
    fault.asked_at(draft.latest(of_team.into_iter().chain(of_task)))
}

/// The judge, the specialist and the tafel stand outside the chain, and nobody else.
fn sides(draft: &Draft) -> impl Iterator<Item = Diagnostic> {
    tasks(draft).filter_map(|(function, number, team)| {
        let (key, name) = (function.key(), &team.key);
        let (fact, help) = match (function.is_external(), team.scale == Scale::External) {
            (true, false) => (
                said!(
                    "`{}` is done outside the chain, and the team `{}` is inside it",
                    key,
                    name
                ),
                said!("name a team with scale = \"external\""),
            ),
            (false, true) => (
                said!(
                    "`{}` is done inside the chain, and the team `{}` is outside it",
                    key,
                    name
                ),
                said!("name a team with scale = \"area\" or \"region\""),
            ),
            _ => return None,
        };
        let fault = Diagnostic::error(code::WRONG_SCALE, fact).help(help);
        let scale = &draft.members[number].scale_place;
        Some(at_task(draft, function, Some(scale), fault))
    })
}

/// For every function of a team there is somebody in it who may do it.
fn capable(draft: &Draft) -> impl Iterator<Item = Diagnostic> {
    tasks(draft).filter_map(|(function, number, team)| {
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
        let fact = said!("nobody in the team `{}` may do `{}`", name, key);
        let owners = Organisation::ALL
            .into_iter()
            .filter(|one| one.functions().has(function));
        let owners: Vec<&str> = owners.map(Organisation::key).collect();
        let help = said!(
            "staff it from {}, or give it generalists",
            owners.join(" or ")
        );
        let fault = Diagnostic::error(code::NOBODY_CAN, fact).help(help);
        let staff = draft.members[number].staff_place.as_ref();
        Some(at_task(draft, function, staff, fault))
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
                        said!(
                            "the team `{}` is outside the chain and has staff of the chain",
                            key
                        ),
                    )
                    .help(said!(
                        "take out staff_from, or choose the scale area or region"
                    )),
                ),
                (false, true) => Some(
                    Diagnostic::error(code::NO_STAFF, said!("the team `{}` has no staff", key))
                        .help(said!(
                            "add staff_from = { organisation = share }, or scale = \"external\""
                        )),
                ),
                _ => None,
            };
            let is_idle = draft.form.functions_of(number) == FunctionSet::default();
            let idle = is_idle.then(|| {
                Diagnostic::warning(code::IDLE_TEAM, said!("the team `{}` has no function", key))
                    .help(said!(
                        "give it one under [functions], or take the team away"
                    ))
            });
            let place = &draft.members[number].place;
            staff.into_iter().chain(idle).map(|fault| fault.at(place))
        })
}

fn is_empty(team: &Team) -> bool {
    team.scale != Scale::External && team.staff_from.is_empty()
}

/// Everybody who works in the chain today works in it once.
fn divided(draft: &Draft) -> impl Iterator<Item = Diagnostic> {
    Organisation::ALL.into_iter().filter_map(|organisation| {
        let total = total(&draft.form, organisation);
        // Who is lacking may be meant for a team that has nobody, which is reported.
        let is_said = total < 1.0 && draft.form.teams.iter().any(is_empty);
        if (total - 1.0).abs() <= TOLERANCE || is_said {
            return None;
        }
        let key = organisation.key();
        let rounded = (total * 1e6).round() / 1e6;
        if !draft.is_budget_neutral {
            let form = &draft.form.key;
            let fact = said!(
                "the form `{}` divides {} into shares that add up to {}",
                form,
                key,
                rounded
            );
            let help = said!("its staff differs from today's, as budget_neutral = false says");
            let warning = Diagnostic::warning(code::NOT_NEUTRAL, fact).help(help);
            return Some(warning.at(&draft.place));
        }
        let has_some = |(_, team): &(&Member, &Team)| share(team, organisation) > 0.0;
        let teams = || draft.members.iter().zip(&draft.form.teams);
        let names: Vec<&str> = teams().filter(has_some).map(|(one, _)| &*one.key).collect();
        let fact = match names[..] {
            [] => said!("no team has staff of {}", key),
            _ => said!(
                "the shares of {} add up to {}, in {}",
                key,
                rounded,
                names.join(", ")
            ),
        };
        let help = said!("make them add up to 1, or write budget_neutral = false under [form]");
        let fault = Diagnostic::error(code::NOT_NEUTRAL, fact).help(help);
        // Whoever has none of them may have been given some in a table that was replaced.
        let some = teams().filter(|one| names.is_empty() || has_some(one));
        let places = some.filter_map(|(member, _)| member.staff_place.as_ref());
        Some(fault.at(draft.latest(places).unwrap_or(&draft.place)))
    })
}
