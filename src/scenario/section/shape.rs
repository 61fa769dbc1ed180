//! What a table of a file may say: a list of keys by which it is read, and from
//! which the JSON Schema and the reference are written.
//!
//! Each list stands beside the reader of its table. A reader asks a
//! [`Section`](super::Section) for keys of its list and no others; what
//! stands in the file and not in the list is reported. So a key that can be read
//! has a meaning and an example, or the program does not start to read.

use std::ops::RangeInclusive;

/// A key that a table may have.
#[derive(Clone, Copy, Debug)]
pub struct Key {
    /// Its name.
    pub name: &'static str,
    /// Whether it must be there.
    pub need: Need,
    /// What stands behind it.
    pub kind: Kind,
    /// What it means, in a sentence or two.
    pub meaning: &'static str,
    /// What may stand behind it, as it is written; empty for a table.
    pub example: &'static str,
}

/// Whether a key must be there.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub enum Need {
    /// In the file, or in one that it extends.
    Always,
    /// In the file itself, whatever it extends.
    Here,
    /// No; this holds without it.
    Else(&'static str),
    /// If this is so.
    If(&'static str),
}

/// What stands behind a key.
#[derive(Clone, Copy, Debug)]
pub enum Kind {
    /// A text that is not empty.
    Text,
    /// The name of a file of the library, of this sort.
    Name(&'static str),
    /// `true` or `false`.
    Boolean,
    /// A number in a range, in this unit.
    Number(f64, f64, &'static str),
    /// A whole number in a range.
    Whole(u64, u64),
    /// A number, a quantity with its unit, or a word: whatever stands behind another key.
    Amount,
    /// A day.
    Date,
    /// A day, or a table with these keys.
    DateOr(&'static [Key]),
    /// Calendar time with its unit.
    Span,
    /// One of a few words.
    Word(fn() -> Vec<&'static str>),
    /// Some of a few words, in one text with commas between.
    Words(fn() -> Vec<&'static str>),
    /// `"all"`, or a list of names and numbers of regions.
    Regions,
    /// A list of at least and at most so many.
    List(&'static Kind, usize, usize),
    /// A table with these keys.
    Table(&'static [Key]),
    /// A table in which each key is one of a few words, all alike.
    Each(fn() -> Vec<&'static str>, &'static Kind),
    /// A table in which the user chooses the keys.
    Named(&'static Kind),
    /// The same, or `false` to take away what a file that is extended has.
    OrGone(&'static Kind),
    /// Other values for some parameters: `group.name = value`.
    Values,
    /// The entry of every parameter: `[group.name]` with these keys.
    Entries(&'static [Key]),
}

impl Kind {
    /// The numbers that may stand here; any finite one where no range is given.
    pub(crate) fn numbers(&self) -> RangeInclusive<f64> {
        match *self {
            Kind::Number(low, high, _) => low..=high,
            Kind::Whole(low, high) => low as f64..=high as f64,
            _ => f64::MIN..=f64::MAX,
        }
    }

    /// The whole numbers that may stand here.
    pub(crate) fn wholes(&self) -> RangeInclusive<u64> {
        match *self {
            Kind::Whole(low, high) => low..=high,
            _ => 0..=u64::MAX,
        }
    }

    /// How many may stand in the list.
    pub(crate) fn lengths(&self) -> RangeInclusive<usize> {
        match *self {
            Kind::List(_, least, most) => least..=most,
            _ => 0..=usize::MAX,
        }
    }
}

/// A key that must be there.
pub(crate) const fn always(
    name: &'static str,
    kind: Kind,
    example: &'static str,
    meaning: &'static str,
) -> Key {
    Key {
        name,
        need: Need::Always,
        kind,
        meaning,
        example,
    }
}

/// A key that may be left out; `otherwise` holds without it.
pub(crate) const fn may(
    name: &'static str,
    kind: Kind,
    otherwise: &'static str,
    example: &'static str,
    meaning: &'static str,
) -> Key {
    Key {
        need: Need::Else(otherwise),
        ..always(name, kind, example, meaning)
    }
}

/// A label in both languages.
pub(crate) const LABEL: &[Key] = &[
    always("nl", Kind::Text, "\"...\"", "The label in Dutch."),
    always("en", Kind::Text, "\"...\"", "The label in English."),
];

/// The key of a label.
pub(crate) const fn label(meaning: &'static str) -> Key {
    let example = "{ nl = \"...\", en = \"...\" }";
    always("label", Kind::Table(LABEL), example, meaning)
}

/// The words of a list of words and what they mean.
pub(crate) fn words_of<T>(words: &[(&'static str, T)]) -> Vec<&'static str> {
    words.iter().map(|(word, _)| *word).collect()
}
