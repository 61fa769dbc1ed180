//! The teams of a form.

use std::collections::BTreeSet;

use crate::model::{Organisation, Scale, Team};

use super::code;
use super::diagnostic::{Diagnostic, Diagnostics};
use super::library::{Document, is_key};
use super::raw::{Item, Node, Value};
use super::rendering::shown;
use super::section::Section;
use super::shape::{Key, Kind, Need, always, label, may, words_of};
use super::source::Place;
use super::suggestion;

/// [`TeamSet`](crate::model::TeamSet) has a bit for each.
const MAX_TEAMS: usize = 32;

/// A table `[teams.NAME]`.
pub(super) const KEYS: &[Key] = &[
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

pub(super) const SCALES: &[(&str, Scale)] = &[
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
pub(super) struct Member {
    pub(super) key: String,
    pub(super) place: Place,
    pub(super) team: Option<Team>,
}

/// The teams, in the order of the files, less those that a file takes away.
pub(super) fn read(
    node: &Node,
    documents: &[Document],
    log: &mut Diagnostics,
) -> Option<Vec<Member>> {
    let table = node.table(log)?;
    let (gone, items): (Vec<&Item>, Vec<&Item>) =
        table.items.iter().partition(|item| is_gone(item));
    check_removals(&gone, documents, log);
    if items.len() > MAX_TEAMS {
        let fact = format!("a form has {MAX_TEAMS} teams at most, not {}", items.len());
        log.push(Diagnostic::error(code::TOO_MANY_TEAMS, fact).at(&items[MAX_TEAMS].key_place));
        return None;
    }
    let member = |item: &Item| Member {
        key: item.key.clone(),
        place: item.key_place.clone(),
        team: team(item, log),
    };
    Some(items.into_iter().map(member).collect())
}

/// Whether this is `name = false`.
pub(super) fn is_gone(item: &Item) -> bool {
    matches!(item.node.value, Value::Boolean(false))
}

/// Only what another file has can be taken away.
fn check_removals(gone: &[&Item], documents: &[Document], log: &mut Diagnostics) {
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
    let there: BTreeSet<&str> = items
        .filter(|item| !is_gone(item))
        .map(|item| item.key.as_str())
        .collect();
    for item in gone {
        if there.contains(item.key.as_str()) || log.has_enough() {
            continue;
        }
        let words: Vec<&str> = there.iter().copied().collect();
        let fact = format!("there is no team `{}` to take away", shown(&item.key));
        log.push(
            Diagnostic::error(code::NO_SUCH_TEAM, fact)
                .help(suggestion::help(&item.key, &words))
                .at(&item.key_place),
        );
    }
}

fn team(item: &Item, log: &mut Diagnostics) -> Option<Team> {
    let section = Section::of(&item.node, KEYS, log)?;
    let is_plain = is_key(&item.key);
    if !is_plain {
        let fact = format!("`{}` cannot be the name of a team", shown(&item.key));
        let help = "a name has small letters, digits, - and _ only";
        log.push(
            Diagnostic::error(code::BAD_KEY, fact)
                .help(help)
                .at(&item.key_place),
        );
    }
    let label = section.label(log);
    let scale = section
        .required("scale", log)
        .and_then(|node| node.choice(SCALES, log));
    let staff_from = section.optional("staff_from");
    let staff_from = staff_from.map_or(Some(Vec::new()), |node| shares(node, log));
    // Outside the chain nobody's hours are counted, so nobody is a generalist.
    let generalist_share = match section.optional("generalist_share") {
        Some(node) => node.number_in(SHARE.numbers(), log),
        None if scale == Some(Scale::External) => Some(0.0),
        None => section.required("generalist_share", log).and(None),
    };
    section.finish(log);
    is_plain.then_some(Team {
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
    section.finish(log);
    shares
}
