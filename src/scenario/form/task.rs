//! Which team of a form does which function, and in which mode.

use super::team::{Members, is_gone};
use super::{NO_TASKS, team};
use crate::model::{Function, Mode, Task};
use crate::scenario::fault::diagnostic::{Diagnostic, Diagnostics};
use crate::scenario::fault::rendering::shown;
use crate::scenario::fault::said::said;
use crate::scenario::fault::source::Place;
use crate::scenario::fault::{code, suggestion};
use crate::scenario::file::raw::{Item, Node};
use crate::scenario::section::Section;
use crate::scenario::section::shape::{Key, Kind, always};

/// A table `[functions.NAME]`.
pub(crate) const KEYS: &[Key] = &[
    always(
        "team",
        Kind::Text,
        "\"veilig_thuis\"",
        "The team of this form that does it.",
    ),
    always(
        "mode",
        Kind::Word(|| Mode::ALL.map(Mode::key).to_vec()),
        "\"take_over\"",
        "How the professional comes in: takes the family over, joins the lead, is consulted by the lead, or checks what others did. Not every function can be done in every mode.",
    ),
];

/// Tasks by number of the function, and where they stand.
pub(crate) type Tasks = (
    [Option<Task>; Function::COUNT],
    [Option<Place>; Function::COUNT],
);

/// The tasks; a function that may be left out is left out or `false`.
pub(crate) fn read(node: &Node, members: &mut Members, log: &mut Diagnostics) -> Option<Tasks> {
    let table = node.table(log)?;
    let mut tasks = NO_TASKS;
    let mut places = [const { None }; Function::COUNT];
    let mut is_sound = true;
    let words = Function::ALL.map(Function::key);
    let mut misspelt = Vec::new();
    let is_stray = |item: &&Item| ["team", "mode"].contains(&item.key.as_str());
    let (stray, items): (Vec<&Item>, Vec<&Item>) = table.items.iter().partition(is_stray);
    is_sound &= team::headed("functions", &stray, log);
    for item in items {
        let Some(function) = Function::from_key(&item.key) else {
            misspelt.extend(suggestion::nearest(&item.key, &words));
            no_such_function(item, &words, log);
            is_sound = false;
            continue;
        };
        if is_gone(item) {
            continue;
        }
        let task = task(function, item, members, log);
        is_sound &= task.is_some();
        tasks[function as usize] = task;
        places[function as usize] = Some(item.key_place.clone());
    }
    for function in Function::ALL {
        let key = function.key();
        let is_said = misspelt.contains(&key) && table.get(key).is_none();
        if places[function as usize].is_none() && !function.is_optional() && !is_said {
            let fact = said!("no team does `{}`", key);
            let help = said!("add a table [functions.{}] with a team and a mode", key);
            let gone = table.get(key).map_or(&node.place, |item| &item.key_place);
            log.push(Diagnostic::error(code::NO_TASK, fact).help(help).at(gone));
            is_sound = false;
        }
    }
    is_sound.then_some((tasks, places))
}

fn no_such_function(item: &Item, words: &[&str], log: &mut Diagnostics) {
    if log.has_enough() {
        return;
    }
    log.push(
        Diagnostic::error(
            code::UNKNOWN_KEY,
            said!("there is no function `{}`", shown(&item.key)),
        )
        .help(suggestion::help(&item.key, words))
        .at(&item.key_place),
    );
}

fn task(
    function: Function,
    item: &Item,
    members: &mut Members,
    log: &mut Diagnostics,
) -> Option<Task> {
    let section = Section::of(&item.node, KEYS, log)?;
    let team = section
        .required("team", log)
        .and_then(|node| members.number(node, log));
    let words = Mode::ALL.map(|mode| (mode.key(), mode));
    let node = section.required("mode", log);
    let mode = node.and_then(|node| node.choice(&words, log).map(|mode| (node, mode)));
    section.finish(log);
    let (node, mode) = mode?;
    if !Mode::of(function).contains(&mode) {
        let key = function.key();
        let fact = said!("`{}` cannot be done in the mode {}", key, mode.key());
        let words: Vec<&str> = Mode::of(function).iter().map(|mode| mode.key()).collect();
        let help = said!("write {}", words.join(" or "));
        log.push(
            Diagnostic::error(code::WRONG_MODE, fact)
                .help(help)
                .at(&node.place),
        );
        return None;
    }
    Some(Task { team: team?, mode })
}
