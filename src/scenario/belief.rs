//! A belief set: what somebody holds to be true where the evidence is silent.

use crate::model::Label;

use super::diagnostic::Diagnostics;
use super::library::Document;
use super::section::Section;

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
pub(super) fn read(key: &str, document: &Document, log: &mut Diagnostics) -> Option<Belief> {
    let mut file = Section::of(&document.root, log)?;
    file.optional("evidence");
    let node = file.section("belief", &["label", "source"], true);
    file.finish(log);
    let mut section = Section::of(node?, log)?;
    let label = section.required("label").and_then(|node| node.label(log));
    let source = section.required("source").and_then(|node| node.text(log));
    section.finish(log);
    Some(Belief {
        key: key.to_owned(),
        label: label?,
        source: source?.to_owned(),
    })
}
