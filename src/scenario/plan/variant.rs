//! Variants of a scenario: the same with some other values, run beside it.

use crate::model::Label;
use crate::scenario::evidence::layer::Layer;
use crate::scenario::fault::diagnostic::{Diagnostic, Diagnostics};
use crate::scenario::fault::rendering::shown;
use crate::scenario::fault::said::said;
use crate::scenario::fault::source::Place;
use crate::scenario::fault::{code, suggestion};
use crate::scenario::file::library::{Document, is_name};
use crate::scenario::file::overlay::{self, Depth};
use crate::scenario::file::raw::Item;
use crate::scenario::section::Section;
use crate::scenario::section::shape::{Key, Kind, label, may};

/// A table `[variants.NAME]`.
pub(crate) const KEYS: &[Key] = &[
    label("What people read above its column."),
    may(
        "evidence",
        Kind::Values,
        "nothing",
        "",
        "What is other than without it, in the words of `[evidence]`; `\"15 % more\"` is more than without it.",
    ),
];

/// More variants than this do not stand side by side.
const MAX_VARIANTS: usize = 8;

/// The same scenario with some other values.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct Variant {
    /// Its name.
    pub key: String,
    /// What people read.
    pub label: Label,
}

/// A variant as it was read.
pub(crate) struct Draft {
    pub(crate) variant: Variant,
    pub(crate) layer: Layer,
    pub(crate) place: Place,
}

/// The variants of a scenario's files.
pub(crate) fn read(documents: &[Document], log: &mut Diagnostics) -> Option<Vec<Draft>> {
    let Some(node) = overlay::merged(documents, "variants", Depth::Tables, log) else {
        return Some(Vec::new());
    };
    let items = node.table(log)?.kept();
    if items.len() > MAX_VARIANTS {
        let n = items.len();
        let fact = said!(
            "a scenario has at most {} variants, not {}",
            MAX_VARIANTS,
            n
        );
        let fault = Diagnostic::error(code::OUT_OF_RANGE, fact);
        log.push(
            fault
                .help(said!("put some of them in another file"))
                .at(&node.place),
        );
        return None;
    }
    let file = documents.last().map_or("", |last| last.name.as_str());
    let drafts: Vec<Option<Draft>> = items.iter().map(|item| draft(item, file, log)).collect();
    drafts.into_iter().collect()
}

fn draft(item: &Item, file: &str, log: &mut Diagnostics) -> Option<Draft> {
    let key = &item.key;
    let is_good = is_name(item, said!("the name of a variant"), log);
    let section = Section::of(&item.node, KEYS, log)?;
    let label = section.label(log);
    let evidence = section.optional("evidence");
    let layer = Layer::of(format!("{file} [variants.{key}]"), evidence, log);
    section.finish(log);
    let label = label.filter(|_| is_good)?;
    Some(Draft {
        variant: Variant {
            key: key.clone(),
            label,
        },
        layer,
        place: item.key_place.clone(),
    })
}

/// The variant of that name.
pub(crate) fn named<'a>(
    key: &str,
    drafts: &'a [Draft],
    log: &mut Diagnostics,
) -> Option<&'a Draft> {
    let found = drafts.iter().find(|one| one.variant.key == key);
    if found.is_none() {
        let words: Vec<&str> = drafts.iter().map(|one| one.variant.key.as_str()).collect();
        let help = match words.is_empty() {
            true => said!("leave out --variant: the scenario has no section [variants]"),
            false => suggestion::help(key, &words),
        };
        let fact = said!("the scenario has no variant `{}`", shown(key));
        log.push(Diagnostic::error(code::NO_SUCH_WORD, fact).help(help));
    }
    found
}

impl Draft {
    /// Reports that nothing is other with it than without it.
    pub(crate) fn changes_nothing(&self, log: &mut Diagnostics) {
        let key = &self.variant.key;
        let fact = said!("the variant `{}` changes nothing", key);
        let help = said!(
            "give it other values under [variants.{}.evidence], such as staff.fte_rvdk = \"10 % more\", or take it out",
            key
        );
        log.push(
            Diagnostic::error(code::NO_CHANGE, fact)
                .help(help)
                .at(&self.place),
        );
    }
}
