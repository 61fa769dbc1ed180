//! A form of organisation out of its file and the forms that it extends.

use crate::model::{
    Form, Function, FunctionSet, Independence, Intake, Severity, Task, Team, TeamSet,
};

use super::code;
use super::diagnostic::{Diagnostic, Diagnostics};
use super::library::{Document, FORM, Library};
use super::overlay::{self, Depth};
use super::raw::{Item, Node, Value};
use super::rule;
use super::section::{self, Section};
use super::source::Place;
use super::suggestion;
use super::task;
use super::team::{self, Member, Members};

/// A form as it was read, with the places that its rules may point at.
pub(super) struct Draft {
    pub(super) form: Form,
    pub(super) is_budget_neutral: bool,
    /// Where the section `[form]` of the last file stands.
    pub(super) place: Place,
    /// The files, the outermost base first.
    pub(super) files: Vec<Place>,
    /// By number of the team.
    pub(super) members: Vec<Member>,
    /// By number of the function.
    pub(super) task_places: [Option<Place>; Function::COUNT],
}

impl Draft {
    /// Of several places that together make a fault, the one in the file that was laid on
    /// last: what a form takes over from another is a fault of that other, and told once.
    pub(super) fn latest<'a>(
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
pub(super) fn load(
    key: &str,
    place: Option<&Place>,
    library: &mut Library,
    log: &mut Diagnostics,
) -> Option<(Form, Vec<Document>)> {
    let path = library.member(FORM, key, place, log)?;
    let find =
        |library: &Library, _: &Document, base: &str, place: &Place, log: &mut Diagnostics| {
            library.member(FORM, base, Some(place), log)
        };
    let documents = overlay::chain(&path, place, &find, library, log)?;
    let mut trial = log.fork();
    let form = judge(key, &documents, &mut trial);
    if form.is_none() && blame(key, &documents, log) {
        trial = log.fork();
        judge(key, &documents, &mut trial);
    }
    log.absorb(trial);
    Some((form?, documents))
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
    Some(Draft {
        form,
        is_budget_neutral,
        place: last.root.table(log)?.get("form")?.key_place.clone(),
        files: documents.iter().map(|one| one.root.place.clone()).collect(),
        members: members.there,
        task_places,
    })
}

/// The keys of the section `[form]`.
const KEYS: &[&str] = &[
    "label",
    "proposal",
    "source",
    "intake",
    "join_from",
    "consults",
    "shared_dossier",
    "stays",
    "check",
    "local_room",
    "coordination_hours_per_case",
    "budget_neutral",
];

/// What every file of a form must have by itself, and may not have; whether it is so.
fn check_file(document: &Document, log: &mut Diagnostics) -> bool {
    let Some(mut file) = Section::of(&document.root, log) else {
        return false;
    };
    for key in ["extends", "teams", "functions", "evidence"] {
        file.optional(key);
    }
    // A label is never taken over: two forms of the same name could not be told apart.
    if let Some(node) = file.section("form", KEYS, true)
        && let Value::Table(table) = &node.value
    {
        // A key with a typing error is reported with the others of the section.
        let is_label = |item: &Item| suggestion::nearest(&item.key, &["label"]).is_some();
        if !table.items.iter().any(is_label) {
            log.push(section::no_key("label").at(&node.place));
        }
    }
    file.finish(log)
}

/// A table that at least one of the files must have.
fn table(documents: &[Document], key: &str, log: &mut Diagnostics) -> Option<Node> {
    let node = overlay::merged(documents, key, Depth::Tables, log);
    if node.is_none() {
        let place = &documents.first()?.root.place;
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
    members: Option<&mut Members>,
    log: &mut Diagnostics,
) -> Option<(Form, bool)> {
    let mut section = Section::of(node, log)?;
    // Its absence has been reported file by file.
    let label = section.optional("label").and_then(|node| node.label(log));
    let is_proposal = section
        .required("proposal")
        .and_then(|node| node.boolean(log));
    let source = section.required("source").and_then(|node| node.text(log));
    let words = [
        ("via_triage", Intake::ViaTriage),
        ("lokaal_team", Intake::LokaalTeam),
    ];
    let intake = section
        .required("intake")
        .and_then(|node| node.choice(&words, log));
    let words = Severity::ALL.map(|severity| (severity.key(), severity));
    let join_from = section
        .required("join_from")
        .and_then(|node| node.choice(&words, log));
    let words = Function::ALL.map(|function| (function.key(), function));
    let consults = choices(section.optional("consults"), &words, log);
    let mut members = members;
    let mut teams = |key| teams(section.optional(key), members.as_deref_mut(), log);
    let (shared_dossier, stays) = (teams("shared_dossier"), teams("stays"));
    let words = [
        ("extern", Independence::Extern),
        ("intern", Independence::Intern),
    ];
    let check = section
        .required("check")
        .and_then(|node| node.choice(&words, log));
    let mut number = |key, high| section.required(key)?.number_in(0.0..=high, log);
    let local_room = number("local_room", 1.0);
    let coordination_hours_per_case = number("coordination_hours_per_case", 1000.0);
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
        shared_dossier: shared_dossier?,
        stays: stays?,
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
