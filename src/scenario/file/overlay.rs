//! `extends`: files laid over one another, the last word having the last file.

use std::collections::BTreeMap;
use std::path::{Path, PathBuf};

use super::library::{Document, Library};
use super::raw::{Node, Table, Value};
use crate::scenario::fault::code;
use crate::scenario::fault::diagnostic::{Diagnostic, Diagnostics};
use crate::scenario::fault::said::said;
use crate::scenario::fault::source::Place;

/// More files than this extending each other are not read.
const MAX_FILES: usize = 16;

/// How to find the file that another extends: from that other and the text after `extends =`.
pub(crate) type Find<'a> =
    &'a dyn Fn(&Library, &Document, &str, &Place, &mut Diagnostics) -> Option<PathBuf>;

/// A file and all that it extends, the outermost base first; `None` if it cannot be had.
/// If one that it extends cannot be had, all that can are judged without it.
pub(crate) fn chain(
    path: &Path,
    place: Option<&Place>,
    find: Find<'_>,
    library: &mut Library,
    log: &mut Diagnostics,
) -> Option<Vec<Document>> {
    let mut documents = vec![library.document(path, place, log)?];
    while let Some(base) = base(&documents, find, library, log) {
        documents.push(base);
    }
    documents.reverse();
    if documents.iter().any(|one| log.is_partial(&one.root.place)) {
        note_lack(&documents, log);
    }
    Some(documents)
}

/// The file that the last of these extends.
fn base(
    documents: &[Document],
    find: Find<'_>,
    library: &mut Library,
    log: &mut Diagnostics,
) -> Option<Document> {
    let last = documents.last()?;
    let node = &last.root.table(log)?.get("extends")?.node;
    let base = found(documents, last, node, find, library, log);
    if base.is_none() {
        log.note_lack(&last.root.place);
    }
    base
}

fn found(
    documents: &[Document],
    last: &Document,
    node: &Node,
    find: Find<'_>,
    library: &mut Library,
    log: &mut Diagnostics,
) -> Option<Document> {
    let next = find(library, last, node.text(log)?, &node.place, log)?;
    let is_circle = documents.iter().any(|document| document.path == next);
    if is_circle || documents.len() >= MAX_FILES {
        let (fact, help) = match is_circle {
            true => (
                said!("files that extend each other go round in a circle"),
                said!("take out one `extends`, so that the files end with one that extends none"),
            ),
            false => (
                said!("more than {} files extend each other", MAX_FILES),
                said!("put what some of them say together in one file"),
            ),
        };
        let fault = Diagnostic::error(code::EXTENDS_ITSELF, fact).help(help);
        log.push(fault.at(&node.place));
        return None;
    }
    library.document(&next, Some(&node.place), log)
}

/// The number of the file in which a place lies, the outermost base having the first.
pub(crate) fn rank(documents: &[Document], place: &Place) -> Option<usize> {
    let is_it = |document: &Document| document.root.place.path() == place.path();
    documents.iter().position(is_it)
}

/// Of places that together make a fault, the first in the file that was laid on last: who wrote
/// that file can change it there, and the others may be shared.
pub(crate) fn latest<'a>(
    documents: &[Document],
    places: impl IntoIterator<Item = &'a Place>,
) -> Option<&'a Place> {
    let rank = |place: &Place| rank(documents, place);
    let mut places = places.into_iter();
    let first = places.next()?;
    Some(
        places.fold(first, |best, place| match rank(place) > rank(best) {
            true => place,
            false => best,
        }),
    )
}

/// Whatever one of these files lacks may be why another is not whole.
pub(crate) fn note_lack(documents: &[Document], log: &mut Diagnostics) {
    for document in documents {
        log.note_lack(&document.root.place);
    }
}

/// How far down a later file adds to what an earlier one says, rather than replacing it.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub(crate) enum Depth {
    /// Key by key: `[form]`, `[scenario]`.
    Keys,
    /// Key by key in every table: `[teams.name]`, `[functions.name]`.
    Tables,
}

/// Lays one table over another: what both have, the second decides.
fn over(base: Table, top: &Table, depth: Depth) -> Table {
    let mut items = base.items;
    let places: BTreeMap<String, usize> = items
        .iter()
        .enumerate()
        .map(|(index, item)| (item.key.clone(), index))
        .collect();
    for item in &top.items {
        let Some(&index) = places.get(&item.key) else {
            items.push(item.clone());
            continue;
        };
        let mut item = item.clone();
        if let (Depth::Tables, Value::Table(base), Value::Table(top)) =
            (depth, &mut items[index].node.value, &mut item.node.value)
        {
            *top = over(std::mem::take(base), top, Depth::Keys);
        }
        items[index] = item;
    }
    Table { items }
}

/// A table of every file under the same key, laid over one another; it stands where
/// the first of them stands.
pub(crate) fn merged(
    documents: &[Document],
    key: &str,
    depth: Depth,
    log: &mut Diagnostics,
) -> Option<Node> {
    let mut merged: Option<(Table, Place)> = None;
    for document in documents {
        let Some(item) = document.root.table(log)?.get(key) else {
            continue;
        };
        let Some(top) = item.node.table(log) else {
            note_lack(documents, log);
            continue;
        };
        let (base, place) = merged.unwrap_or_else(|| (Table::default(), item.node.place.clone()));
        merged = Some((over(base, top, depth), place));
    }
    merged.map(|(table, place)| Node {
        value: Value::Table(table),
        place,
    })
}

#[cfg(test)]
mod tests {
    use std::sync::Arc;

    use super::*;
    use crate::scenario::fault::source::Source;
    use crate::scenario::file::raw::{Item, parse};

    fn document(text: &str) -> Document {
        let source = Arc::new(Source::new("a.toml", text.to_owned(), String::new()));
        let root = Arc::new(parse(&source, &mut Diagnostics::default()).unwrap());
        Document {
            path: PathBuf::new(),
            name: String::new(),
            root,
        }
    }

    #[test]
    fn the_last_file_decides_and_the_first_sets_the_order() {
        let files = [
            document("teams.b = 1\nteams.a = 1"),
            document("[teams]\nc = 3\nb = 2"),
        ];
        let mut log = Diagnostics::default();
        let node = merged(&files, "teams", Depth::Keys, &mut log).unwrap();
        let pair = |item: &Item| format!("{} {:?}", item.key, item.node.value);
        let pairs: Vec<_> = node
            .table(&mut log)
            .unwrap()
            .items
            .iter()
            .map(pair)
            .collect();
        assert_eq!(pairs, ["b Whole(2)", "a Whole(1)", "c Whole(3)"]);
    }

    #[test]
    fn a_table_that_stands_in_no_file_is_none() {
        let files = [document("a = 1")];
        assert!(merged(&files, "teams", Depth::Keys, &mut Diagnostics::default()).is_none());
    }

    #[test]
    fn a_team_may_be_changed_in_one_key() {
        let files = [
            document("[teams.a]\nx = { p = 1 }\ny = 1"),
            document("teams.a.x = { q = 2 }"),
        ];
        let mut log = Diagnostics::default();
        let mut team = |depth| {
            let node = merged(&files, "teams", depth, &mut log).unwrap();
            let team = node.table(&mut log).unwrap().get("a").unwrap();
            let team = team.node.table(&mut log).unwrap();
            let x = team.get("x").unwrap().node.table(&mut log).unwrap();
            (team.items.len(), x.items.len())
        };
        assert_eq!(team(Depth::Tables), (2, 1));
        assert_eq!(team(Depth::Keys), (1, 1));
    }
}
