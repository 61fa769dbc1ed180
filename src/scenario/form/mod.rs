//! A form of organisation out of its file and the forms that it extends.

pub(crate) mod alteration;
pub(crate) mod block;
pub(crate) mod lever;
pub(crate) mod rule;
pub(crate) mod setting;
pub(crate) mod staffing;
pub(crate) mod task;
pub(crate) mod team;

use std::path::{Path, PathBuf};

use super::section::Section;
use crate::model::{
    Form, Function, FunctionSet, Independence, Intake, Severity, Task, Team, TeamSet,
};
use crate::scenario::fault::code;
use crate::scenario::fault::diagnostic::{Diagnostic, Diagnostics};
use crate::scenario::fault::said::said;
use crate::scenario::fault::source::Place;
use crate::scenario::file::library::{Document, FORM, Library};
use crate::scenario::file::overlay::{self, Depth};
use crate::scenario::file::raw::Node;
use crate::scenario::form::team::{Member, Members};
use crate::scenario::section::shape::{Key, Kind, Need, always, label, may, words_of};

/// A file in forms/.
pub(crate) const FILE: &[Key] = &[
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
        "blocks",
        Kind::Table(block::KEYS),
        "none",
        "",
        "Building blocks that it takes from other forms, when all else is said.",
    ),
    may(
        "staffing",
        Kind::Table(staffing::KEYS),
        "as the scenario says",
        "",
        "Whose hours are where.",
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
    Key {
        need: Need::Else("nothing is said"),
        name: "what",
        ..label(
            "What the form is, in two sentences for a board; a form that extends another says its own.",
        )
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
        "dossier_hours_per_case",
        Kind::Number(0.0, 1000.0, "hours"),
        "0",
        "0.5",
        "Hours that working in the shared dossier costs: on top, for each activity of a team in it.",
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

pub(crate) const INTAKES: &[(&str, Intake)] = &[
    ("via_triage", Intake::ViaTriage),
    ("lokaal_team", Intake::LokaalTeam),
];
pub(crate) const CHECKS: &[(&str, Independence)] = &[
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
pub(crate) struct Draft {
    pub(crate) form: Form,
    pub(crate) is_budget_neutral: bool,
    /// Where the section `[form]` of the last file stands.
    pub(crate) place: Place,
    /// The files, the outermost base first.
    pub(crate) files: Vec<Place>,
    /// By number of the team.
    pub(crate) members: Vec<Member>,
    /// By number of the function.
    pub(crate) task_places: [Option<Place>; Function::COUNT],
}

impl Draft {
    /// A form in which something was changed that stands at one place.
    pub(crate) fn changed(form: Form, is_budget_neutral: bool, place: &Place) -> Self {
        let member = |team: &Team| Member {
            key: team.key.clone(),
            place: place.clone(),
            team: Some(team.clone()),
            scale_place: place.clone(),
            staff_place: Some(place.clone()),
        };
        Draft {
            is_budget_neutral,
            place: place.clone(),
            files: vec![place.clone()],
            members: form.teams.iter().map(member).collect(),
            task_places: std::array::from_fn(|_| Some(place.clone())),
            form,
        }
    }

    /// Of several places that together make a fault, the one in the file that was laid on
    /// last: what a form takes over from another is a fault of that other, and told once.
    pub(crate) fn latest<'a>(
        &'a self,
        places: impl IntoIterator<Item = &'a Place>,
    ) -> Option<&'a Place> {
        let rank = |place: &&Place| {
            self.files
                .iter()
                .position(|file| file.path() == place.path())
        };
        places.into_iter().max_by_key(rank)
    }
}

/// The form of that name, and its files, the outermost base first.
pub(crate) fn load(
    key: &str,
    place: Option<&Place>,
    library: &mut Library,
    log: &mut Diagnostics,
) -> Option<(Form, Vec<Document>)> {
    load_within(key, place, &[], library, log)
}

/// The same for a form of which those in some files take blocks.
pub(crate) fn load_within(
    key: &str,
    place: Option<&Place>,
    above: &[PathBuf],
    library: &mut Library,
    log: &mut Diagnostics,
) -> Option<(Form, Vec<Document>)> {
    let path = library.member(FORM, key, place, log)?;
    of_file(key, &path, place, above, library, log)
}

/// The form in a file, and all files that it rests on, the outermost base first.
pub(crate) fn of_file(
    key: &str,
    path: &Path,
    place: Option<&Place>,
    above: &[PathBuf],
    library: &mut Library,
    log: &mut Diagnostics,
) -> Option<(Form, Vec<Document>)> {
    let find =
        |library: &Library, _: &Document, base: &str, place: &Place, log: &mut Diagnostics| {
            library.member(FORM, base, Some(place), log)
        };
    let documents = overlay::chain(path, place, &find, library, log)?;
    let mut trial = log.fork();
    let form = judge(key, &documents, &mut trial);
    if form.is_none() && blame(key, &documents, log) {
        trial = log.fork();
        judge(key, &documents, &mut trial);
    }
    log.absorb(trial);
    let form = block::take(form, path, &documents, above, library, log);
    Some((form?, documents))
}

/// The form that the last of these files extends, if it extends one.
pub(crate) fn base(documents: &[Document], log: &Diagnostics) -> Option<Form> {
    let (_, below) = documents.split_last()?;
    let key = below
        .last()?
        .path
        .file_stem()?
        .to_string_lossy()
        .into_owned();
    judge(&key, below, &mut log.fork())
}

fn judge(key: &str, documents: &[Document], log: &mut Diagnostics) -> Option<Form> {
    let draft = read(key, documents, log)?;
    rule::check(&draft, log).then_some(draft.form)
}

/// Reports what is wrong with the forms that a form extends, each by itself: what it takes
/// over from them is no fault of its own. Whether anything is.
fn blame(key: &str, documents: &[Document], log: &mut Diagnostics) -> bool {
    let mut is_guilty = false;
    for end in 1..documents.len() {
        let mut trial = log.fork();
        is_guilty = judge(key, &documents[..end], &mut trial).is_none();
        if is_guilty {
            trial.drop_warnings();
            log.absorb(trial);
            overlay::note_lack(documents, log);
            break;
        }
    }
    is_guilty
}

fn read(key: &str, documents: &[Document], log: &mut Diagnostics) -> Option<Draft> {
    let mut is_sound = true;
    for document in documents {
        is_sound &= check_file(document, log);
    }
    let node = overlay::merged(documents, "form", Depth::Keys, log);
    if let (Some(node), [_]) = (&node, documents) {
        Section::of(node, KEYS, log)?.check_alone("v0_estafette", log);
    }
    let members = table(documents, "teams", log);
    let mut members = members.and_then(|node| team::read(&node, documents, log));
    let functions = table(documents, "functions", log);
    let tasks = match (&mut members, functions) {
        (Some(members), Some(node)) => task::read(&node, members, log),
        _ => None,
    };
    let form = node.and_then(|node| fields(key, &node, members.as_mut(), log));
    if let Some(members) = &members {
        members.report(log);
    }
    let (mut form, is_budget_neutral) = form?;
    let (members, (tasks, task_places)) = (members?, tasks?);
    // What is lost under a wrong name is not there for the rules.
    if !is_sound || !members.is_sound {
        return None;
    }
    form.tasks = tasks;
    let teams = members.there.iter().map(|member| member.team.clone());
    form.teams = teams.collect::<Option<Vec<Team>>>()?;
    let last = documents.last()?;
    let own = last.root.table(log)?.get("form")?;
    // What another form is says nothing of this one.
    if own.node.table(log)?.get("what").is_none() {
        form.what = None;
    }
    Some(Draft {
        form,
        is_budget_neutral,
        place: own.key_place.clone(),
        files: documents.iter().map(|one| one.root.place.clone()).collect(),
        members: members.there,
        task_places,
    })
}

/// What every file of a form must have by itself, and may not have; whether it has no more.
fn check_file(document: &Document, log: &mut Diagnostics) -> bool {
    let Some(file) = Section::of(&document.root, FILE, log) else {
        return false;
    };
    // A label is never taken over: two forms of the same name could not be told apart.
    if let Some(node) = file.required("form", log)
        && let Some(section) = Section::of(node, KEYS, log)
    {
        section.required("label", log);
    }
    file.finish(log)
}

/// A table that at least one of the files must have.
fn table(documents: &[Document], key: &str, log: &mut Diagnostics) -> Option<Node> {
    let node = overlay::merged(documents, key, Depth::Tables, log);
    if node.is_none() {
        let place = &documents.first()?.root.place;
        let fact = said!("the form has no `{}`", key);
        let help = said!("add tables [{}.name], or extend a form that has them", key);
        log.push(Diagnostic::error(code::MISSING, fact).help(help).at(place));
    }
    node
}

/// The section `[form]`, and whether the form promises to be budget-neutral; teams
/// and tasks are still to come.
fn fields(
    key: &str,
    node: &Node,
    members: Option<&mut Members>,
    log: &mut Diagnostics,
) -> Option<(Form, bool)> {
    let section = Section::of(node, KEYS, log)?;
    // Its absence has been reported file by file.
    let label = section.optional("label").and_then(|node| node.label(log));
    let what = section.optional("what").map(|node| node.label(log));
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
    let mut members = members;
    let mut teams = |key| teams(section.optional(key), members.as_deref_mut(), log);
    let (shared_dossier, stays) = (teams("shared_dossier"), teams("stays"));
    let check = section
        .required("check", log)
        .and_then(|node| node.choice(CHECKS, log));
    let local_room = section.number("local_room", log);
    let coordination_hours_per_case = section.number("coordination_hours_per_case", log);
    let dossier_hours = match section.optional("dossier_hours_per_case") {
        Some(_) => section.number("dossier_hours_per_case", log),
        None => Some(0.0),
    };
    let is_budget_neutral = section
        .optional("budget_neutral")
        .map_or(Some(true), |node| node.boolean(log));
    section.finish(log);

    let form = Form {
        key: key.to_owned(),
        label: label?,
        what: what.map_or(Some(None), |what| what.map(Some))?,
        is_proposal: is_proposal?,
        source: source?.to_owned(),
        teams: Vec::new(),
        tasks: NO_TASKS,
        intake: intake?,
        join_from: join_from?,
        consults: consults?.into_iter().collect::<FunctionSet>(),
        shared_dossier: shared_dossier?,
        dossier_hours_per_case: dossier_hours?,
        stays: stays?,
        check: check?,
        local_room: local_room?,
        coordination_hours_per_case: coordination_hours_per_case?,
    };
    Some((form, is_budget_neutral?))
}

/// Nobody does anything.
pub(crate) const NO_TASKS: [Option<Task>; Function::COUNT] = [None; Function::COUNT];

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

/// A list of teams; without teams to choose from, which has been reported, anything will do.
fn teams(
    node: Option<&Node>,
    members: Option<&mut Members>,
    log: &mut Diagnostics,
) -> Option<TeamSet> {
    let mut set = TeamSet::default();
    let Some((node, members)) = node.zip(members) else {
        return Some(set);
    };
    let mut is_sound = true;
    for one in node.list(log)? {
        match members.number(one, log) {
            Some(team) => set.insert(team),
            None => is_sound = false,
        }
    }
    is_sound.then_some(set)
}
