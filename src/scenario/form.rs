//! A form of organisation out of its file and the forms that it extends.

use std::path::Path;

use crate::model::{
    Form, Function, FunctionSet, Independence, Intake, Severity, Task, Team, TeamSet,
};

use super::code;
use super::diagnostic::{Diagnostic, Diagnostics};
use super::library::{Document, FORM, Library};
use super::overlay::{self, Depth};
use super::raw::Node;
use super::rule;
use super::section::Section;
use super::shape::{Key, Kind, Need, always, label, may, words_of};
use super::source::Place;
use super::task;
use super::team::{self, Member};

/// A file in forms/.
pub(super) const FILE: &[Key] = &[
    may(
        "extends",
        Kind::Name("forms"),
        "nothing",
        "\"v0_estafette\"",
        "The form of which this one says only what differs.",
    ),
    Key {
        need: Need::Here,
        ..always(
            "form",
            Kind::Table(KEYS),
            "",
            "What is true of the form as a whole.",
        )
    },
    always(
        "teams",
        Kind::Named(&Kind::OrGone(&Kind::Table(team::KEYS))),
        "",
        "The teams, at most 32. `NAME = false` takes away a team of the form that is extended.",
    ),
    always(
        "functions",
        Kind::Each(functions, &Kind::OrGone(&Kind::Table(task::KEYS))),
        "",
        "Which team does each function. `NAME = false` leaves out `drang` or `jeugdbeschermingstafel`.",
    ),
    may(
        "evidence",
        Kind::Values,
        "nothing",
        "",
        "What only this form runs with.",
    ),
];

/// The section `[form]`.
const KEYS: &[Key] = &[
    Key {
        need: Need::Here,
        ..label("What people read; of each form its own.")
    },
    always(
        "proposal",
        Kind::Boolean,
        "true",
        "Whether it is a proposal of this project; every output says so.",
    ),
    always("source", Kind::Text, "\"...\"", "What it rests on."),
    always(
        "intake",
        Kind::Word(|| words_of(INTAKES)),
        "\"via_triage\"",
        "Who holds the family from the melding on: whoever assesses it, or the team of `vrijwillige_hulp`, whom the assessor then joins.",
    ),
    always(
        "join_from",
        Kind::Word(severities),
        "\"structureel_onveilig\"",
        "From this severity on a second professional joins the lead where the mode is `join`; a lighter family is taken over.",
    ),
    may(
        "consults",
        Kind::List(&Kind::Word(functions), 0, usize::MAX),
        "none",
        "[\"advies\"]",
        "Functions at whose start with an unsafe family the lead asks advice of the team of `advies`.",
    ),
    may(
        "shared_dossier",
        Kind::List(&Kind::Text, 0, usize::MAX),
        "none",
        "[\"rvt\", \"lokaal_team\"]",
        "Teams that work in one dossier.",
    ),
    may(
        "stays",
        Kind::List(&Kind::Text, 0, usize::MAX),
        "none",
        "[\"lokaal_team\"]",
        "Teams whose professional stays with an unsafe family when another takes the lead.",
    ),
    always(
        "check",
        Kind::Word(|| words_of(CHECKS)),
        "\"extern\"",
        "Where the independent check of a measure is placed: in another organisation than the one that asks for it, or in the same, by another person.",
    ),
    always(
        "local_room",
        Kind::Number(0.0, 1.0, "share"),
        "0.4",
        "Room for local differences in the threshold for a measure; acts as far as `behaviour.local_room_followed` says.",
    ),
    always(
        "coordination_hours_per_case",
        Kind::Number(0.0, 1000.0, "hours"),
        "0",
        "Hours of coordination on top, for each activity of a case.",
    ),
    may(
        "budget_neutral",
        Kind::Boolean,
        "true",
        "true",
        "Whether it divides today's staff and no more: the shares of each organisation then add up to 1.",
    ),
];

pub(super) const INTAKES: &[(&str, Intake)] = &[
    ("via_triage", Intake::ViaTriage),
    ("lokaal_team", Intake::LokaalTeam),
];
pub(super) const CHECKS: &[(&str, Independence)] = &[
    ("extern", Independence::Extern),
    ("intern", Independence::Intern),
];

fn functions() -> Vec<&'static str> {
    Function::ALL.map(Function::key).to_vec()
}

fn severities() -> Vec<&'static str> {
    Severity::ALL.map(Severity::key).to_vec()
}

/// A form as it was read, with the places that its rules may point at.
pub(super) struct Draft {
    pub(super) form: Form,
    pub(super) is_budget_neutral: bool,
    pub(super) place: Place,
    /// By number of the team.
    pub(super) team_places: Vec<Place>,
    /// By number of the function.
    pub(super) task_places: [Option<Place>; Function::COUNT],
}

impl Draft {
    /// A form in which something was changed that stands at one place.
    pub(super) fn changed(form: Form, is_budget_neutral: bool, place: &Place) -> Self {
        Draft {
            is_budget_neutral,
            place: place.clone(),
            team_places: vec![place.clone(); form.teams.len()],
            task_places: std::array::from_fn(|_| Some(place.clone())),
            form,
        }
    }
}

/// The form of that name, and its files, the outermost base first.
pub(super) fn load(
    key: &str,
    place: Option<&Place>,
    library: &mut Library,
    log: &mut Diagnostics,
) -> Option<(Form, Vec<Document>)> {
    let path = library.member(FORM, key, place, log)?;
    of_file(key, &path, place, library, log)
}

/// The form in a file, and all files that it rests on, the outermost base first.
pub(super) fn of_file(
    key: &str,
    path: &Path,
    place: Option<&Place>,
    library: &mut Library,
    log: &mut Diagnostics,
) -> Option<(Form, Vec<Document>)> {
    let find =
        |library: &Library, _: &Document, base: &str, place: &Place, log: &mut Diagnostics| {
            library.member(FORM, base, Some(place), log)
        };
    let documents = overlay::chain(path, place, &find, library, log)?;
    let draft = read(key, &documents, log);
    let form = draft.and_then(|draft| rule::check(&draft, log).then_some(draft.form));
    Some((form?, documents))
}

fn read(key: &str, documents: &[Document], log: &mut Diagnostics) -> Option<Draft> {
    for document in documents {
        check_file(document, log)?;
    }
    let node = overlay::merged(documents, "form", Depth::Keys, log);
    let members = table(documents, "teams", log).and_then(|node| team::read(&node, documents, log));
    let functions = table(documents, "functions", log);
    let tasks = match (&members, functions) {
        (Some(members), Some(node)) => task::read(&node, members, log),
        _ => None,
    };
    let form = fields(key, &node?, members.as_deref().unwrap_or_default(), log);
    let (mut form, is_budget_neutral) = form?;
    let (members, (tasks, task_places)) = (members?, tasks?);
    form.tasks = tasks;
    let team_places = members.iter().map(|member| member.place.clone()).collect();
    let teams: Option<Vec<Team>> = members.into_iter().map(|member| member.team).collect();
    form.teams = teams?;
    let place = documents
        .last()?
        .root
        .table(log)?
        .get("form")?
        .key_place
        .clone();
    Some(Draft {
        form,
        is_budget_neutral,
        place,
        team_places,
        task_places,
    })
}

/// What every file of a form must have by itself, and may not have.
fn check_file(document: &Document, log: &mut Diagnostics) -> Option<()> {
    let file = Section::of(&document.root, FILE, log)?;
    // A label is never taken over: two forms of the same name could not be told apart.
    if let Some(node) = file.required("form", log)
        && let Some(section) = Section::of(node, KEYS, log)
    {
        section.required("label", log);
    }
    file.finish(log);
    Some(())
}

/// A table that at least one of the files must have.
fn table(documents: &[Document], key: &str, log: &mut Diagnostics) -> Option<Node> {
    let node = overlay::merged(documents, key, Depth::Tables, log);
    if node.is_none() {
        let place = &documents.last()?.root.place;
        let fact = format!("the form has no `{key}`");
        let help = format!("add tables [{key}.name], or extend a form that has them");
        log.push(Diagnostic::error(code::MISSING, fact).help(help).at(place));
    }
    node
}

/// The section `[form]`, and whether the form promises to be budget-neutral; teams
/// and tasks are still to come.
fn fields(
    key: &str,
    node: &Node,
    members: &[Member],
    log: &mut Diagnostics,
) -> Option<(Form, bool)> {
    let section = Section::of(node, KEYS, log)?;
    // Its absence has been reported file by file.
    let label = section.optional("label").and_then(|node| node.label(log));
    let is_proposal = section
        .required("proposal", log)
        .and_then(|node| node.boolean(log));
    let source = section.text("source", log);
    let intake = section
        .required("intake", log)
        .and_then(|node| node.choice(INTAKES, log));
    let words = Severity::ALL.map(|severity| (severity.key(), severity));
    let join_from = section
        .required("join_from", log)
        .and_then(|node| node.choice(&words, log));
    let words = Function::ALL.map(|function| (function.key(), function));
    let consults = choices(section.optional("consults"), &words, log);
    let words: Vec<_> = members
        .iter()
        .map(|member| member.key.as_str())
        .zip(0..)
        .collect();
    let shared_dossier = choices(section.optional("shared_dossier"), &words, log);
    let stays = choices(section.optional("stays"), &words, log);
    let check = section
        .required("check", log)
        .and_then(|node| node.choice(CHECKS, log));
    let local_room = section.number("local_room", log);
    let coordination_hours_per_case = section.number("coordination_hours_per_case", log);
    let is_budget_neutral = section
        .optional("budget_neutral")
        .map_or(Some(true), |node| node.boolean(log));
    section.finish(log);

    let form = Form {
        key: key.to_owned(),
        label: label?,
        is_proposal: is_proposal?,
        source: source?.to_owned(),
        teams: Vec::new(),
        tasks: NO_TASKS,
        intake: intake?,
        join_from: join_from?,
        consults: consults?.into_iter().collect::<FunctionSet>(),
        shared_dossier: team_set(&shared_dossier?),
        stays: team_set(&stays?),
        check: check?,
        local_room: local_room?,
        coordination_hours_per_case: coordination_hours_per_case?,
    };
    Some((form, is_budget_neutral?))
}

/// Nobody does anything.
pub(super) const NO_TASKS: [Option<Task>; Function::COUNT] = [None; Function::COUNT];

/// A list of words; nothing is the empty list.
fn choices<T: Copy>(
    node: Option<&Node>,
    words: &[(&str, T)],
    log: &mut Diagnostics,
) -> Option<Vec<T>> {
    let Some(node) = node else {
        return Some(Vec::new());
    };
    let chosen: Vec<_> = node
        .list(log)?
        .iter()
        .map(|one| one.choice(words, log))
        .collect();
    chosen.into_iter().collect()
}

fn team_set(teams: &[usize]) -> TeamSet {
    let mut set = TeamSet::default();
    teams.iter().for_each(|&team| set.insert(team));
    set
}
