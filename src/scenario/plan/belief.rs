//! A belief set: what somebody holds to be true where the evidence is silent.

use crate::model::Label;
use crate::scenario::fault::diagnostic::Diagnostics;
use crate::scenario::file::library::Document;
use crate::scenario::section::Section;
use crate::scenario::section::shape::{Key, Kind, always, label, may};

/// A file in beliefs/.
pub(crate) const FILE: &[Key] = &[
    always("belief", Kind::Table(KEYS), "", "Whose belief it is."),
    may("evidence", Kind::Values, "nothing", "", "What is believed."),
];

/// The section `[belief]`.
const KEYS: &[Key] = &[
    label("What people read."),
    always(
        "source",
        Kind::Text,
        "\"...\"",
        "Whose belief it is, and where that is written.",
    ),
];

/// A named set of values for uncertain parameters.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct Belief {
    /// Its name, which is its file's.
    pub key: String,
    /// What people read.
    pub label: Label,
    /// Whose belief it is, and where that is written.
    pub source: String,
}

/// The belief set of a file, without its values.
pub(crate) fn read(key: &str, document: &Document, log: &mut Diagnostics) -> Option<Belief> {
    let file = Section::of(&document.root, FILE, log)?;
    let node = file.required("belief", log);
    file.finish(log);
    let section = Section::of(node?, KEYS, log)?;
    let label = section.label(log);
    let source = section.text("source", log);
    section.finish(log);
    Some(Belief {
        key: key.to_owned(),
        label: label?,
        source: source?.to_owned(),
    })
}
