//! afwegingskader.toml: what matters, how much a value is worth, and who weighs it how.

pub(crate) mod criterion;
pub(crate) mod profile;
pub(crate) mod value_function;

use std::path::Path;

use super::evidence::Entry;
use super::input::Input;
use super::resolve;
use super::section::Section;
use crate::model::Label;
use crate::scenario::fault::code;
use crate::scenario::fault::diagnostic::{Diagnostic, Diagnostics};
use crate::scenario::fault::rendering::shown;
use crate::scenario::fault::said::said;
use crate::scenario::fault::source::Source;
use crate::scenario::file::files::{Files, full};
use crate::scenario::file::library::{Document, Library, display};
use crate::scenario::file::raw::{Item, Node, Table, Value};
use crate::scenario::framework::criterion::{Criterion, Names};
use crate::scenario::framework::profile::Profile;
use crate::scenario::section::shape::{Key, Kind, always, label, may};

/// The file of the shipped framework, in the library.
pub const FRAMEWORK: &str = "afwegingskader.toml";
/// More groups, criteria or profiles than this are no overview.
const MOST: usize = 60;

/// A framework.
pub(crate) const FILE: &[Key] = &[
    always("framework", Kind::Table(KEYS), "", "What it is."),
    always(
        "groups",
        Kind::Named(&Kind::Table(GROUP)),
        "",
        "The branches of the tree.",
    ),
    always(
        "criteria",
        Kind::Named(&Kind::Table(criterion::KEYS)),
        "",
        "Its leaves: what matters.",
    ),
    always(
        "profiles",
        Kind::Named(&Kind::Table(profile::KEYS)),
        "",
        "Who finds what important.",
    ),
];

/// The section `[framework]`.
const KEYS: &[Key] = &[
    label("What people read."),
    always(
        "source",
        Kind::Text,
        "\"...\"",
        "Where the criteria come from.",
    ),
];

/// A table `[groups.NAME]`.
const GROUP: &[Key] = &[
    label("What people read."),
    may(
        "in",
        Kind::Text,
        "it stands at the root",
        "\"uitvoerbaar\"",
        "The group of which it is a part.",
    ),
];

/// What matters, how much a value is worth, and who weighs it how.
#[derive(Clone, PartialEq, Debug)]
pub struct Framework {
    /// What people read.
    pub label: Label,
    /// Where the criteria come from.
    pub source: String,
    /// The branches of the tree, in the order of the file.
    pub groups: Vec<Group>,
    /// Its leaves, in the order of the file.
    pub criteria: Vec<Criterion>,
    /// Who finds what important, in the order of the file.
    pub profiles: Vec<Profile>,
    /// What somebody should look at.
    pub warnings: Vec<Diagnostic>,
    /// Every file that it was read from.
    pub inputs: Vec<Input>,
}

/// A branch of the tree of criteria.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct Group {
    /// Its name.
    pub key: String,
    /// What people read.
    pub label: Label,
    /// The number of the group of which it is a part.
    pub parent: Option<usize>,
}

impl Framework {
    /// Reads a framework, for these forms or for whichever it scores.
    ///
    /// # Errors
    ///
    /// Everything that is wrong with the file, at once.
    pub fn load(path: &Path, forms: &[String]) -> Result<Framework, Diagnostics> {
        let path = full(path);
        let mut log = Diagnostics::default();
        let files = Files::default();
        let framework = Library::of(&path, &files).map(|mut library| {
            let document = library.document(&path, None, &mut log)?;
            let mut framework = read(&document, forms, &library, &mut log)?;
            framework.inputs = library.into_inputs();
            Some(framework)
        });
        let framework = framework.unwrap_or_else(|fault| {
            let missing = Source::read(&path, &display(&path), &files).err();
            log.push(missing.unwrap_or(fault));
            None
        });
        log.sort();
        match framework {
            Some(mut framework) if !log.has_errors() => {
                framework.warnings = log.into_list();
                Ok(framework)
            }
            _ => Err(log),
        }
    }

    /// The group at the root under which a criterion stands.
    pub fn principle_of(&self, criterion: usize) -> usize {
        let mut group = self.criteria[criterion].group;
        while let Some(parent) = self.groups[group].parent {
            group = parent;
        }
        group
    }
}

/// The parameters of the library in which a file stands.
///
/// # Errors
///
/// Everything that is wrong with its evidence, at once.
pub fn evidence_beside(path: &Path) -> Result<Vec<Entry>, Diagnostics> {
    let mut log = Diagnostics::default();
    let entries = match Library::of(&full(path), &Files::default()) {
        Ok(mut library) => resolve::ground(&mut library, &mut log).entries,
        Err(fault) => {
            log.push(fault);
            None
        }
    };
    entries.filter(|_| !log.has_errors()).ok_or(log)
}

/// Reads the file; its warnings go into the log.
pub(crate) fn read(
    document: &Document,
    forms: &[String],
    library: &Library,
    log: &mut Diagnostics,
) -> Option<Framework> {
    let file = Section::of(&document.root, FILE, log)?;
    let heading = file.required("framework", log);
    let mut part = |name| file.required(name, log).and_then(|node| node.table(log));
    let (groups, criteria, profiles) = (part("groups"), part("criteria"), part("profiles"));
    are_some(&file, log);
    file.finish(log);
    let heading = heading.and_then(|node| {
        let section = Section::of(node, KEYS, log)?;
        let label = section.label(log);
        let source = section.text("source", log);
        section.finish(log);
        Some((label?, source?.to_owned()))
    });
    let (groups_table, criteria_table) = (groups?, criteria?);
    names_are_plain([groups_table, criteria_table, profiles?], log);
    let groups = groups_of(groups_table, log);
    let criteria = criteria_of(criteria_table, groups_table, library, log);
    let (groups, criteria) = (groups?, criteria?);
    no_score_is_missing(&criteria, criteria_table, forms, log);
    let holders = holders(&groups, &criteria);
    let mut profile = |item: &Item| profile::read(item, &criteria, &holders, log);
    let profiles: Vec<Option<_>> = profiles?.items.iter().map(&mut profile).collect();
    let (label, source) = heading?;
    Some(Framework {
        label,
        source,
        profiles: profiles.into_iter().collect::<Option<_>>()?,
        groups,
        criteria,
        warnings: Vec::new(),
        inputs: Vec::new(),
    })
}

/// Every name is one that can stand in an order, and none is given twice.
fn names_are_plain(tables: [&Table; 3], log: &mut Diagnostics) {
    let [groups, criteria, _] = tables;
    for item in tables.into_iter().flat_map(|table| &table.items) {
        crate::scenario::file::library::is_name(item, said!("a name"), log);
    }
    for item in criteria
        .items
        .iter()
        .filter(|one| groups.get(&one.key).is_some())
    {
        let fact = said!("`{}` is a group and a criterion", shown(&item.key));
        let fault =
            Diagnostic::error(code::TWICE, fact).help(said!("give one of them another name"));
        log.push(fault.at(&item.key_place));
    }
}

/// There are some of each, and not too many to oversee.
fn are_some(file: &Section, log: &mut Diagnostics) {
    for what in ["groups", "criteria", "profiles"] {
        let Some(item) = file.table.get(what) else {
            continue;
        };
        let n = item.node.table(log).map_or(1, |table| table.items.len());
        let code = match n {
            0 => code::MISSING,
            n if n > MOST => code::OUT_OF_RANGE,
            _ => continue,
        };
        let fact = said!("a framework has 1 to {} {}, not {}", MOST, what, n);
        let help = said!("write a table [{}.NAME] for each, {} at most", what, MOST);
        log.push(Diagnostic::error(code, fact).help(help).at(&item.key_place));
    }
}

fn groups_of(table: &Table, log: &mut Diagnostics) -> Option<Vec<Group>> {
    let names: Vec<&str> = table.items.iter().map(|item| item.key.as_str()).collect();
    let mut read = |item: &Item| {
        let section = Section::of(&item.node, GROUP, log)?;
        let label = section.label(log);
        let parent = section.optional("in");
        let parent = parent.map(|node| criterion::named(node, &names, log));
        section.finish(log);
        Some(Group {
            key: item.key.clone(),
            label: label?,
            parent: match parent {
                Some(parent) => Some(parent?),
                None => None,
            },
        })
    };
    let groups: Vec<Option<Group>> = table.items.iter().map(&mut read).collect();
    let groups: Vec<Group> = groups.into_iter().collect::<Option<_>>()?;
    let mut is_tree = true;
    for (number, item) in table.items.iter().enumerate() {
        let above = std::iter::successors(groups[number].parent, |&one| groups[one].parent);
        // Whoever goes up more often than there are groups goes round.
        if above.take(groups.len() + 1).any(|one| one == number) {
            let fact = said!("the group `{}` lies in itself", shown(&item.key));
            let help = said!("take its `in` away, or name a group that does not lie in it");
            let place = item.node.table(log)?.get("in");
            let place = place.map_or(&item.key_place, |there| &there.node.place);
            log.push(
                Diagnostic::error(code::LIES_IN_ITSELF, fact)
                    .help(help)
                    .at(place),
            );
            is_tree = false;
        }
    }
    is_tree.then_some(groups)
}

fn criteria_of(
    table: &Table,
    groups: &Table,
    library: &Library,
    log: &mut Diagnostics,
) -> Option<Vec<Criterion>> {
    let keys = |table: &'_ Table| -> Vec<String> {
        table.items.iter().map(|item| item.key.clone()).collect()
    };
    let (groups, criteria) = (keys(groups), keys(table));
    let names = Names {
        groups: &groups.iter().map(String::as_str).collect::<Vec<_>>(),
        criteria: &criteria.iter().map(String::as_str).collect::<Vec<_>>(),
    };
    let mut read = |item: &Item| criterion::read(item, &names, library, log);
    let criteria: Vec<Option<_>> = table.items.iter().map(&mut read).collect();
    criteria.into_iter().collect()
}

/// Where some forms have a score, all have one.
fn no_score_is_missing(
    criteria: &[Criterion],
    table: &Table,
    forms: &[String],
    log: &mut Diagnostics,
) {
    let scored = criteria.iter().flat_map(|one| &one.scores);
    let mut all: Vec<&str> = forms.iter().map(String::as_str).collect();
    all.extend(scored.map(|(form, _)| form.as_str()));
    all.sort_unstable();
    all.dedup();
    for criterion in criteria.iter().filter(|one| !one.scores.is_empty()) {
        let missing = all.iter().filter(|form| criterion.score(form).is_none());
        let missing: Vec<&str> = missing.copied().collect();
        if missing.is_empty() {
            continue;
        }
        let fact = said!(
            "`{}` has no score for {}",
            criterion.key,
            missing.join(", ")
        );
        let help = said!("without one a form may have any score, from 1 to 5");
        let fault = Diagnostic::warning(code::NO_SCORE, fact).help(help);
        let node: Option<&Node> = table.get(&criterion.key).map(|item| &item.node);
        let scores = node.and_then(|node| match &node.value {
            Value::Table(own) => own.get("scores"),
            _ => None,
        });
        log.push(match scores {
            Some(item) => fault.at(&item.key_place),
            None => fault,
        });
    }
}

/// What weights can be given to: each criterion, and each group with all that is in it.
fn holders<'a>(groups: &'a [Group], criteria: &'a [Criterion]) -> Vec<(&'a str, Vec<usize>)> {
    let lies_in = |criterion: &Criterion, group: usize| {
        let mut up = std::iter::successors(Some(criterion.group), |&one| groups[one].parent);
        up.any(|one| one == group)
    };
    let of_groups = groups.iter().enumerate().map(|(number, group)| {
        let members = (0..criteria.len()).filter(|&one| lies_in(&criteria[one], number));
        (group.key.as_str(), members.collect())
    });
    let own = criteria.iter().enumerate();
    let of_criteria = own.map(|(number, criterion)| (criterion.key.as_str(), vec![number]));
    of_groups.chain(of_criteria).collect()
}
