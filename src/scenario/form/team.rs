//! The teams of a form.

use std::collections::BTreeSet;

use crate::model::{Form, Organisation, Scale, Team};
use crate::scenario::fault::diagnostic::{Diagnostic, Diagnostics};
use crate::scenario::fault::rendering::shown;
use crate::scenario::fault::said::said;
use crate::scenario::fault::source::Place;
use crate::scenario::fault::{code, suggestion};
use crate::scenario::file::library::{Document, is_name};
use crate::scenario::file::raw::{Item, Node, Value};
use crate::scenario::section::Section;
use crate::scenario::section::shape::{Key, Kind, Need, always, label, may, words_of};

const MAX_TEAMS: usize = Form::MOST_TEAMS;

/// The teams of a form.
pub(crate) struct Members {
    /// In the order of the files.
    pub(crate) there: Vec<Member>,
    /// The names of those that a file takes away, and where.
    gone: Vec<(String, Place)>,
    /// Names that the form uses and no team has, with every place.
    unknown: Vec<(String, Vec<Place>)>,
    /// Whether none is lost under a wrong name.
    pub(crate) is_sound: bool,
}

/// A table `[teams.NAME]`.
pub(crate) const KEYS: &[Key] = &[
    label("What people read."),
    always(
        "scale",
        Kind::Word(|| words_of(SCALES)),
        "\"region\"",
        "Where it works: one for each area (municipalities together), one for the region, or outside the chain, where hours are not counted.",
    ),
    may(
        "staff_from",
        Kind::Table(STAFF),
        "nobody",
        "{ veilig_thuis = 1.0, rvdk = 0.4 }",
        "Which share of each of today's organisations works here. Over all teams each adds up to 1, unless the form is not budget-neutral.",
    ),
    Key {
        name: "generalist_share",
        need: Need::If("`scale` is not `external`"),
        kind: SHARE,
        meaning: "Share of its professionals who may do every function of the team; the others do those of the organisation that they come from.",
        example: "0.5",
    },
];

/// A part of a whole.
const SHARE: Kind = Kind::Number(0.0, 1.0, "share");

pub(crate) const SCALES: &[(&str, Scale)] = &[
    ("area", Scale::Area),
    ("region", Scale::Region),
    ("external", Scale::External),
];

/// The table `staff_from`.
const STAFF: &[Key] = &[
    of(
        Organisation::LokaalTeam,
        "Share of the staff of the lokale teams.",
    ),
    of(
        Organisation::VeiligThuis,
        "Share of the staff of Veilig Thuis.",
    ),
    of(
        Organisation::Rvdk,
        "Share of the staff of the Raad voor de Kinderbescherming.",
    ),
    of(
        Organisation::GiJeugdbescherming,
        "Share of the GI's staff for jeugdbescherming.",
    ),
    of(
        Organisation::GiJeugdreclassering,
        "Share of the GI's staff for jeugdreclassering.",
    ),
];

const fn of(organisation: Organisation, meaning: &'static str) -> Key {
    may(organisation.key(), SHARE, "0", "1.0", meaning)
}

/// A team as it was read; `team` is `None` if something is wrong with it, so that
/// others may still name it.
pub(crate) struct Member {
    pub(crate) key: String,
    pub(crate) place: Place,
    pub(crate) team: Option<Team>,
    /// Where it says how large a scale it has.
    pub(crate) scale_place: Place,
    /// Where it says who works in it, if it does.
    pub(crate) staff_place: Option<Place>,
}

impl Members {
    /// The number of the team that is named here; a name that no team has is kept until
    /// [`report`](Self::report).
    pub(crate) fn number(&mut self, node: &Node, log: &mut Diagnostics) -> Option<usize> {
        let text = node.text(log)?;
        let found = self.there.iter().position(|member| member.key == text);
        if found.is_none() {
            let is_full = self.unknown.len() >= MAX_TEAMS;
            match self.unknown.iter_mut().find(|(key, _)| key == text) {
                Some((_, places)) => places.push(node.place.clone()),
                None if is_full => {}
                None => self
                    .unknown
                    .push((text.to_owned(), vec![node.place.clone()])),
            }
        }
        found
    }

    /// Reports every name that no team has: once, however often it stands in the form.
    pub(crate) fn report(&self, log: &mut Diagnostics) {
        let words: Vec<&str> = self.there.iter().map(|one| one.key.as_str()).collect();
        for (key, places) in &self.unknown {
            if log.has_enough() {
                return;
            }
            if let Some((_, gone)) = self.gone.iter().find(|(other, _)| other == key) {
                // The line that names another team may be one that could not be understood.
                if log.errors().any(|one| one.code == code::UNKNOWN_KEY) {
                    continue;
                }
                let fact = said!(
                    "the team `{}` is taken away, and the form still names it",
                    key
                );
                let help =
                    said!("name other teams for its functions, and under [form]; or keep it");
                log.push(
                    Diagnostic::error(code::NO_SUCH_TEAM, fact)
                        .help(help)
                        .at(gone),
                );
                continue;
            }
            let fact = match places.len() - 1 {
                0 => said!("the form has no team `{}`", shown(key)),
                1 => said!(
                    "the form has no team `{}`, named here and once more",
                    shown(key)
                ),
                n => said!(
                    "the form has no team `{}`, named here and {} times more",
                    shown(key),
                    n
                ),
            };
            let help = suggestion::help(key, &words);
            let fault = Diagnostic::error(code::NO_SUCH_TEAM, fact).help(help);
            log.push(fault.at(&places[0]));
        }
    }
}

/// The teams, in the order of the files, less those that a file takes away.
pub(crate) fn read(node: &Node, documents: &[Document], log: &mut Diagnostics) -> Option<Members> {
    let table = node.table(log)?;
    let (gone, items): (Vec<&Item>, Vec<&Item>) =
        table.items.iter().partition(|item| is_gone(item));
    let base = documents.split_last().map_or(&[][..], |(_, base)| base);
    let (all, base) = (names(documents), names(base));
    let mut is_sound = check_removals(&gone, &all, log);
    let (stray, items): (Vec<&Item>, Vec<&Item>) = items
        .into_iter()
        .partition(|item| KEYS.iter().any(|key| key.name == item.key));
    is_sound &= headed("teams", &stray, log);
    if items.len() > MAX_TEAMS {
        let fact = said!(
            "a form has {} teams at most, not {}",
            MAX_TEAMS,
            items.len()
        );
        let fault =
            Diagnostic::error(code::TOO_MANY_TEAMS, fact).help(said!("put some of them together"));
        log.push(fault.at(&items[MAX_TEAMS].key_place));
        return None;
    }
    let member = |item: &Item| Member {
        key: item.key.clone(),
        place: item.key_place.clone(),
        team: match misspelt(item, &base) {
            Some(fault) => {
                log.push(fault);
                None
            }
            None => team(item, log),
        },
        scale_place: place_of(item, "scale").unwrap_or(&item.key_place).clone(),
        staff_place: place_of(item, "staff_from").cloned(),
    };
    let pair = |item: &Item| (item.key.clone(), item.key_place.clone());
    Some(Members {
        gone: gone.into_iter().map(pair).collect(),
        there: items.into_iter().map(member).collect(),
        unknown: Vec::new(),
        is_sound,
    })
}

/// Whether this is `name = false`.
pub(crate) fn is_gone(item: &Item) -> bool {
    matches!(item.node.value, Value::Boolean(false))
}

fn place_of<'a>(item: &'a Item, key: &str) -> Option<&'a Place> {
    match &item.node.value {
        Value::Table(table) => table.get(key).map(|one| &one.key_place),
        _ => None,
    }
}

/// The names of the teams that some file has.
fn names(documents: &[Document]) -> BTreeSet<&str> {
    let tables = documents
        .iter()
        .filter_map(|document| match &document.root.value {
            Value::Table(root) => root.get("teams").map(|item| &item.node.value),
            _ => None,
        });
    let items = tables.flat_map(|value| match value {
        Value::Table(table) => table.items.as_slice(),
        _ => &[],
    });
    items
        .filter(|item| !is_gone(item))
        .map(|item| item.key.as_str())
        .collect()
}

/// Reports keys that stand in a table of tables; whether there are none. One line was
/// forgotten above them, however many they are.
pub(crate) fn headed(table: &str, stray: &[&Item], log: &mut Diagnostics) -> bool {
    if let Some(item) = stray.first() {
        let fact = said!("there is no line [{}.name] above `{}`", table, item.key);
        let help = said!("add a line [{}.name] here", table);
        let fault = Diagnostic::error(code::MISSING, fact).help(help);
        log.push(fault.at(&item.key_place));
    }
    stray.is_empty()
}

/// Only what another file has can be taken away; whether it is so.
fn check_removals(gone: &[&Item], there: &BTreeSet<&str>, log: &mut Diagnostics) -> bool {
    let mut is_sound = true;
    for item in gone {
        if there.contains(item.key.as_str()) {
            continue;
        }
        is_sound = false;
        if log.has_enough() {
            continue;
        }
        let words: Vec<&str> = there.iter().copied().collect();
        let fact = said!("there is no team `{}` to take away", shown(&item.key));
        log.push(
            Diagnostic::error(code::NO_SUCH_TEAM, fact)
                .help(suggestion::help(&item.key, &words))
                .at(&item.key_place),
        );
    }
    is_sound
}

/// A table that is too small for a new team, under nearly the name of one that a base has.
fn misspelt(item: &Item, base: &BTreeSet<&str>) -> Option<Diagnostic> {
    let is_whole = ["label", "scale"]
        .iter()
        .all(|key| place_of(item, key).is_some());
    let is_table = matches!(item.node.value, Value::Table(_));
    if is_whole || !is_table || base.contains(item.key.as_str()) {
        return None;
    }
    let words: Vec<&str> = base.iter().copied().collect();
    let other = suggestion::nearest(&item.key, &words)?;
    let fact = said!("no form below this one has a team `{}`", shown(&item.key));
    let help = said!(
        "did you mean `{}`? A new team needs a label and a scale",
        other
    );
    let fault = Diagnostic::error(code::NO_SUCH_TEAM, fact).help(help);
    Some(fault.at(&item.key_place))
}

fn team(item: &Item, log: &mut Diagnostics) -> Option<Team> {
    let section = Section::of(&item.node, KEYS, log)?;
    let is_plain = is_name(item, said!("the name of a team"), log);
    let label = section.label(log);
    let scale = section
        .required("scale", log)
        .and_then(|node| node.choice(SCALES, log));
    let staff_from = section.optional("staff_from");
    let staff_from = staff_from.map_or(Some(Vec::new()), |node| shares(node, log));
    // Outside the chain nobody's hours are counted, so nobody is a generalist.
    let generalist_share = match section.optional("generalist_share") {
        Some(node) => node.number_in(SHARE.numbers(), log),
        // Without a scale it is not known whether one is needed.
        None if scale.is_none_or(|scale| scale == Scale::External) => Some(0.0),
        None => section.required("generalist_share", log).and(None),
    };
    let is_sound = section.finish(log) && is_plain;
    is_sound.then_some(Team {
        key: item.key.clone(),
        label: label?,
        scale: scale?,
        staff_from: staff_from?,
        generalist_share: generalist_share?,
    })
}

/// Which share of each organisation works here, in the order of the organisations.
fn shares(node: &Node, log: &mut Diagnostics) -> Option<Vec<(Organisation, f64)>> {
    let section = Section::of(node, STAFF, log)?;
    let mut shares = Some(Vec::new());
    for organisation in Organisation::ALL {
        let Some(node) = section.optional(organisation.key()) else {
            continue;
        };
        match (node.number_in(SHARE.numbers(), log), &mut shares) {
            (Some(share), Some(shares)) if share > 0.0 => shares.push((organisation, share)),
            (Some(_), _) => {}
            (None, _) => shares = None,
        }
    }
    let is_sound = section.finish(log);
    shares.filter(|_| is_sound)
}
