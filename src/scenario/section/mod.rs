//! Typed values out of a raw table; what is wrong with them goes into the log.
//!
//! A reader gives `None` only if why is in the log, or will be when the section is
//! finished. Whoever builds a value can therefore read all its parts first, finish
//! the section, and stop at the end.

pub(crate) mod day;
pub(crate) mod quantity;
pub(crate) mod schema;
pub(crate) mod shape;

use std::ops::RangeInclusive;

use crate::model::Label;
use crate::scenario::fault::diagnostic::{Diagnostic, Diagnostics};
use crate::scenario::fault::rendering::shown;
use crate::scenario::fault::said::{Said, said};
use crate::scenario::fault::source::Place;
use crate::scenario::fault::{code, suggestion};
use crate::scenario::file::library::Document;
use crate::scenario::file::overlay::{self, Depth};
use crate::scenario::file::raw::{Node, Table, Value};
use crate::scenario::section::shape::{Key, Kind, LABEL, Need};

/// From here on a whole number does not fit in 64 bits.
const TOO_LARGE: f64 = 9.2e18;

/// A file that lacks more keys than this, and extends no other, was meant to.
const MAX_FORGOTTEN: usize = 3;

/// Of more keys that mean nothing it is not asked what each is meant for.
const MAX_STRAYS: usize = 100;

/// A table that is being read, and the keys that it may have.
pub(crate) struct Section<'a> {
    pub(crate) table: &'a Table,
    pub(crate) place: &'a Place,
    keys: &'static [Key],
}

/// The one word of a table that has no more than that, and where it stands.
pub(crate) fn only_word<T: Copy>(
    documents: &[Document],
    (table, key): (&str, &str),
    (keys, words): (&'static [Key], &'static [(&'static str, T)]),
    log: &mut Diagnostics,
) -> Option<(T, Place)> {
    let node = overlay::merged(documents, table, Depth::Keys, log)?;
    let section = Section::of(&node, keys, log)?;
    let word = section.optional(key);
    let word = word.and_then(|word| Some((word.choice(words, log)?, word.place.clone())));
    section.finish(log);
    word
}

impl<'a> Section<'a> {
    /// Begins to read a table.
    pub(crate) fn of(node: &'a Node, keys: &'static [Key], log: &mut Diagnostics) -> Option<Self> {
        let table = node.table(log)?;
        Some(Self {
            table,
            place: &node.place,
            keys,
        })
    }

    /// What may stand behind a key.
    ///
    /// # Panics
    ///
    /// When the list of the table's keys does not have it: a bug.
    pub(crate) fn key(&self, name: &str) -> &'static Key {
        let key = self.keys.iter().find(|key| key.name == name);
        key.unwrap_or_else(|| panic!("`{name}` is in the list of keys"))
    }

    /// The value of a key that may be left out.
    pub(crate) fn optional(&self, name: &str) -> Option<&'a Node> {
        let key = self.key(name);
        self.table.get(key.name).map(|item| &item.node)
    }

    /// The value of a key that must be there. That it is misspelt, or stands above the line of
    /// its section, is for [`finish`](Self::finish) to say.
    pub(crate) fn required(&self, name: &str, log: &mut Diagnostics) -> Option<&'a Node> {
        self.required_such_as(name, self.key(name).example, log)
    }

    /// The same, for a key of which another example is better than that of the list.
    pub(crate) fn required_such_as(
        &self,
        name: &str,
        example: &str,
        log: &mut Diagnostics,
    ) -> Option<&'a Node> {
        let node = self.optional(name);
        if node.is_none() && !self.is_misspelt(name) {
            log.push(self.missing(name, example).at(self.place));
        }
        node
    }

    /// Whether a key that means nothing may be meant for this one.
    pub(crate) fn is_misspelt(&self, name: &str) -> bool {
        let mut strays = self.strays().take(MAX_STRAYS);
        strays.any(|key| self.meant(key) == name)
    }

    /// The text of a key that must be there.
    pub(crate) fn text(&self, name: &str, log: &mut Diagnostics) -> Option<&'a str> {
        self.required(name, log)?.text(log)
    }

    /// The label of a key that must be there.
    pub(crate) fn label(&self, log: &mut Diagnostics) -> Option<Label> {
        self.required("label", log)?.label(log)
    }

    /// The number of a key that must be there, in its range.
    pub(crate) fn number(&self, name: &str, log: &mut Diagnostics) -> Option<f64> {
        let numbers = self.key(name).kind.numbers();
        self.required(name, log)?.number_in(numbers, log)
    }

    /// The whole number of a key that must be there, in its range.
    pub(crate) fn whole(&self, name: &str, log: &mut Diagnostics) -> Option<u64> {
        let wholes = self.key(name).kind.wholes();
        self.required(name, log)?.whole_in(wholes, log)
    }

    /// Reports every key that is not in the list; whether there is none. Reports lists that are
    /// longer than they may be as well.
    pub(crate) fn finish(self, log: &mut Diagnostics) -> bool {
        self.check_lengths(log);
        let known = self.names();
        // Sections whose line was forgotten.
        let mut headless: Vec<&str> = Vec::new();
        for item in &self.table.items {
            let key = item.key.as_str();
            if known.contains(&key) || log.has_enough() {
                continue;
            }
            let fault = match self.section_of(key) {
                Some(section) if self.table.get(section).is_some() => {
                    let fact = said!("`{}` means nothing here, above the line [{}]", key, section);
                    let help = said!("write it below the line [{}]", section);
                    Diagnostic::error(code::UNKNOWN_KEY, fact).help(help)
                }
                Some(section) if headless.contains(&section) => continue,
                Some(section) => {
                    headless.push(section);
                    let fact = said!("there is no line [{}] above `{}`", section, key);
                    let help = said!("add a line [{}] here", section);
                    Diagnostic::error(code::MISSING, fact).help(help)
                }
                None => {
                    let fact = said!("`{}` means nothing here", shown(key));
                    let help = suggestion::help(key, &known);
                    Diagnostic::error(code::UNKNOWN_KEY, fact).help(help)
                }
            };
            if self.meant(key) == "extends" {
                log.note_lack(self.place);
            }
            log.push(fault.at(&item.key_place));
        }
        self.strays().next().is_none()
    }

    fn check_lengths(&self, log: &mut Diagnostics) {
        for key in self.keys {
            let Some(node) = self.optional(key.name) else {
                continue;
            };
            let most = *key.kind.lengths().end();
            if let Value::List(list) = &node.value
                && list.len() > most
                && !log.tells_of(&node.place)
            {
                let fact = said!("at most {} belong in this list, not {}", most, list.len());
                let help = said!("write a shorter list");
                let fault = Diagnostic::error(code::OUT_OF_RANGE, fact).help(help);
                log.push(fault.at(&node.place));
            }
        }
    }

    /// Reports at once what is lacking in a file that extends no other: whoever left out the
    /// line `extends` has made one mistake. `base` is a file that would do.
    pub(crate) fn check_alone(&self, base: &str, log: &mut Diagnostics) {
        let is_lacking = |key: &&Key| key.need == Need::Always && self.optional(key.name).is_none();
        let keys = self.keys.iter().filter(is_lacking);
        let lacking: Vec<&str> = keys.map(|key| key.name).collect();
        if lacking.len() > MAX_FORGOTTEN {
            let fact = said!(
                "this file extends no other, and lacks {}",
                lacking.join(", ")
            );
            let help = said!("write extends = \"{}\" at the top, or give every key", base);
            let fault = Diagnostic::error(code::MISSING, fact).help(help);
            log.push(fault.at(self.place));
            log.note_lack(self.place);
        }
    }

    fn names(&self) -> Vec<&'static str> {
        self.keys.iter().map(|key| key.name).collect()
    }

    /// Keys of the table that are not in the list.
    fn strays(&self) -> impl Iterator<Item = &'a str> {
        let keys = self.table.items.iter().map(|item| item.key.as_str());
        let known = self.names();
        keys.filter(move |key| !known.contains(key))
    }

    /// The key of the list that a stray is meant for, or belongs under; none is empty.
    fn meant(&self, stray: &str) -> &'static str {
        let section = self.section_of(stray);
        let meant = section.or_else(|| suggestion::nearest(stray, &self.names()));
        meant.unwrap_or_default()
    }

    /// The section of a file to which a key belongs that stands above all sections.
    fn section_of(&self, stray: &str) -> Option<&'static str> {
        let has_it = |key: &&Key| match key.kind {
            Kind::Table(keys) => keys.iter().any(|key| key.name == stray),
            _ => false,
        };
        let section = self.keys.iter().filter(|_| self.is_file()).find(has_it);
        section.map(|key| key.name)
    }

    /// Whether the table is a whole file.
    fn is_file(&self) -> bool {
        self.place.span.is_empty()
    }

    /// That a key is missing, and what to write.
    fn missing(&self, name: &str, example: &str) -> Diagnostic {
        let (fact, help) = match (example, name) {
            ("", "scenario") if self.is_file() => (
                said!("there is no section [{}]", name),
                said!("add it, or write extends = \"vergelijking.toml\" at the top"),
            ),
            ("", _) if self.is_file() => (
                said!("there is no section [{}]", name),
                said!("add a line [{}], and keys under it", name),
            ),
            ("", _) => (
                said!("`{}` is missing", name),
                said!("add a line `{} = ...`", name),
            ),
            (example, _) => (
                said!("`{}` is missing", name),
                said!("add a line `{} = {}`", name, example),
            ),
        };
        Diagnostic::error(code::MISSING, fact).help(help)
    }
}

impl Node {
    /// Reports that something else belongs here.
    pub(crate) fn wrong_type(&self, wanted: Said, help: Said, log: &mut Diagnostics) {
        let fact = said!("this is {}; {} belongs here", self.value.kind(), wanted);
        log.push(
            Diagnostic::error(code::WRONG_TYPE, fact)
                .help(help)
                .at(&self.place),
        );
    }

    pub(crate) fn table(&self, log: &mut Diagnostics) -> Option<&Table> {
        match &self.value {
            Value::Table(table) => Some(table),
            _ => {
                self.wrong_type(
                    said!("a table"),
                    said!("write a line [name], and keys under it"),
                    log,
                );
                None
            }
        }
    }

    pub(crate) fn list(&self, log: &mut Diagnostics) -> Option<&[Node]> {
        match &self.value {
            Value::List(list) => Some(list),
            _ => {
                self.wrong_type(
                    said!("a list"),
                    said!("write a list: [\"one\", \"two\"]"),
                    log,
                );
                None
            }
        }
    }

    /// A text that is not empty.
    pub(crate) fn text(&self, log: &mut Diagnostics) -> Option<&str> {
        match &self.value {
            Value::Text(text) if text.trim().is_empty() => {
                let fault = Diagnostic::error(code::EMPTY, said!("this text is empty"));
                let help = said!("write something between the quotes, or take the line out");
                log.push(fault.help(help).at(&self.place));
                None
            }
            Value::Text(text) => Some(text),
            _ => {
                self.wrong_type(said!("a text"), said!("write it between quotes"), log);
                None
            }
        }
    }

    pub(crate) fn boolean(&self, log: &mut Diagnostics) -> Option<bool> {
        match self.value {
            Value::Boolean(boolean) => Some(boolean),
            _ => {
                self.wrong_type(
                    said!("true or false"),
                    said!("write true or false, without quotes"),
                    log,
                );
                None
            }
        }
    }

    /// A finite number.
    pub(crate) fn number(&self, log: &mut Diagnostics) -> Option<f64> {
        match self.value {
            Value::Whole(whole) => Some(whole as f64),
            Value::Number(number) => match quantity::plain(number) {
                Ok(number) => Some(number),
                Err(fault) => {
                    log.push(fault.diagnostic().at(&self.place));
                    None
                }
            },
            _ => {
                let help = said!("write it without quotes and with a decimal point, such as 0.6");
                self.wrong_type(said!("a number"), help, log);
                None
            }
        }
    }

    /// A number in a range.
    pub(crate) fn number_in(
        &self,
        range: RangeInclusive<f64>,
        log: &mut Diagnostics,
    ) -> Option<f64> {
        let number = self.number(log)?;
        let is_inside = range.contains(&number);
        if !is_inside {
            let (low, high) = (range.start(), range.end());
            let number = quantity::short(number);
            let fact = said!("{} does not lie between {} and {}", number, low, high);
            self.out_of_range(fact, said!("write a number from {} to {}", low, high), log);
        }
        is_inside.then_some(number)
    }

    /// A whole number in a range.
    pub(crate) fn whole_in(
        &self,
        range: RangeInclusive<u64>,
        log: &mut Diagnostics,
    ) -> Option<u64> {
        let whole = match self.value {
            Value::Whole(whole) => u64::try_from(whole).ok(),
            // Only a number that is too large for TOML's whole numbers, or none at all.
            Value::Number(number)
                if number.abs() >= TOO_LARGE || quantity::plain(number).is_err() =>
            {
                self.number(log)?;
                None
            }
            Value::Number(number) if number.fract() == 0.0 => {
                let help = said!("write it without a decimal point: {}", number);
                self.wrong_type(said!("a whole number"), help, log);
                return None;
            }
            _ => {
                let help = said!("write a whole number, such as {}", range.start());
                self.wrong_type(said!("a whole number"), help, log);
                return None;
            }
        };
        let whole = whole.filter(|whole| range.contains(whole));
        if whole.is_none() {
            let (low, high) = (range.start(), range.end());
            let fact = said!("this number does not lie between {} and {}", low, high);
            let help = said!("write a whole number from {} to {}", low, high);
            self.out_of_range(fact, help, log);
        }
        whole
    }

    fn out_of_range(&self, fact: Said, help: Said, log: &mut Diagnostics) {
        let fault = Diagnostic::error(code::OUT_OF_RANGE, fact).help(help);
        log.push(fault.at(&self.place));
    }

    /// One of a few words.
    pub(crate) fn choice<T: Copy>(&self, words: &[(&str, T)], log: &mut Diagnostics) -> Option<T> {
        let text = self.text(log)?;
        let found = words.iter().find(|(word, _)| *word == text);
        if found.is_none() {
            let keys: Vec<&str> = words.iter().map(|(word, _)| *word).collect();
            self.no_such_word(text, &keys, log);
        }
        found.map(|&(_, value)| value)
    }

    /// Reports that a word is not one of those that may stand here.
    pub(crate) fn no_such_word(&self, word: &str, words: &[&str], log: &mut Diagnostics) {
        let fact = said!(
            "`{}` is not one of the words that may stand here",
            shown(word)
        );
        log.push(
            Diagnostic::error(code::NO_SUCH_WORD, fact)
                .help(suggestion::help(word, words))
                .at(&self.place),
        );
    }

    /// A label in both languages.
    pub(crate) fn label(&self, log: &mut Diagnostics) -> Option<Label> {
        let Value::Table(_) = self.value else {
            let help = said!("write { nl = \"Nederlands\", en = \"English\" }");
            self.wrong_type(said!("a label in two languages"), help, log);
            return None;
        };
        let section = Section::of(self, LABEL, log)?;
        let mut language = |key| Some(section.text(key, log)?.to_owned());
        let (nl, en) = (language("nl"), language("en"));
        section.finish(log);
        Some(Label { nl: nl?, en: en? })
    }
}
