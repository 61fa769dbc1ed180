//! Typed values out of a raw table; what is wrong with them goes into the log.
//!
//! A reader gives `None` only after it has reported why. Whoever builds a value
//! can therefore read all its parts first and stop at the end.

use std::ops::RangeInclusive;

use crate::model::Label;

use super::code;
use super::diagnostic::{Diagnostic, Diagnostics};
use super::raw::{Node, Table, Value};
use super::rendering::shown;
use super::shape::{Key, LABEL};
use super::source::Place;
use super::suggestion;

/// A table that is being read, and the keys that it may have.
pub(super) struct Section<'a> {
    pub(super) table: &'a Table,
    pub(super) place: &'a Place,
    keys: &'static [Key],
}

impl<'a> Section<'a> {
    /// Begins to read a table.
    pub(super) fn of(node: &'a Node, keys: &'static [Key], log: &mut Diagnostics) -> Option<Self> {
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
    pub(super) fn key(&self, name: &str) -> &'static Key {
        let key = self.keys.iter().find(|key| key.name == name);
        key.unwrap_or_else(|| panic!("`{name}` is in the list of keys"))
    }

    /// The value of a key that may be left out.
    pub(super) fn optional(&self, name: &str) -> Option<&'a Node> {
        let key = self.key(name);
        self.table.get(key.name).map(|item| &item.node)
    }

    /// The value of a key that must be there.
    pub(super) fn required(&self, name: &str, log: &mut Diagnostics) -> Option<&'a Node> {
        let node = self.optional(name);
        if node.is_none() {
            let example = match self.key(name).example {
                "" => "...",
                example => example,
            };
            log.push(
                Diagnostic::error(code::MISSING, format!("`{name}` is missing"))
                    .help(format!("add a line `{name} = {example}`"))
                    .at(self.place),
            );
        }
        node
    }

    /// The text of a key that must be there.
    pub(super) fn text(&self, name: &str, log: &mut Diagnostics) -> Option<&'a str> {
        self.required(name, log)?.text(log)
    }

    /// The label of a key that must be there.
    pub(super) fn label(&self, log: &mut Diagnostics) -> Option<Label> {
        self.required("label", log)?.label(log)
    }

    /// The number of a key that must be there, in its range.
    pub(super) fn number(&self, name: &str, log: &mut Diagnostics) -> Option<f64> {
        let numbers = self.key(name).kind.numbers();
        self.required(name, log)?.number_in(numbers, log)
    }

    /// The whole number of a key that must be there, in its range.
    pub(super) fn whole(&self, name: &str, log: &mut Diagnostics) -> Option<u64> {
        let wholes = self.key(name).kind.wholes();
        self.required(name, log)?.whole_in(wholes, log)
    }

    /// Reports every key that is not in the list.
    pub(super) fn finish(self, log: &mut Diagnostics) {
        let known: Vec<&str> = self.keys.iter().map(|key| key.name).collect();
        for item in &self.table.items {
            let key = item.key.as_str();
            if known.contains(&key) || log.has_enough() {
                continue;
            }
            log.push(
                Diagnostic::error(
                    code::UNKNOWN_KEY,
                    format!("`{}` means nothing here", shown(key)),
                )
                .help(suggestion::help(key, &known))
                .at(&item.key_place),
            );
        }
    }
}

impl Node {
    /// Reports that something else belongs here.
    pub(super) fn wrong_type(&self, wanted: &str, help: &str, log: &mut Diagnostics) {
        let fact = format!("this is {}; {wanted} belongs here", self.value.kind());
        log.push(
            Diagnostic::error(code::WRONG_TYPE, fact)
                .help(help)
                .at(&self.place),
        );
    }

    pub(super) fn table(&self, log: &mut Diagnostics) -> Option<&Table> {
        match &self.value {
            Value::Table(table) => Some(table),
            _ => {
                self.wrong_type("a table", "write a line [name], and keys under it", log);
                None
            }
        }
    }

    pub(super) fn list(&self, log: &mut Diagnostics) -> Option<&[Node]> {
        match &self.value {
            Value::List(list) => Some(list),
            _ => {
                self.wrong_type("a list", "write a list: [\"one\", \"two\"]", log);
                None
            }
        }
    }

    /// A text that is not empty.
    pub(super) fn text(&self, log: &mut Diagnostics) -> Option<&str> {
        match &self.value {
            Value::Text(text) if text.trim().is_empty() => {
                log.push(Diagnostic::error(code::EMPTY, "this text is empty").at(&self.place));
                None
            }
            Value::Text(text) => Some(text),
            _ => {
                self.wrong_type("a text", "write it between quotes", log);
                None
            }
        }
    }

    pub(super) fn boolean(&self, log: &mut Diagnostics) -> Option<bool> {
        match self.value {
            Value::Boolean(boolean) => Some(boolean),
            _ => {
                self.wrong_type("true or false", "write true or false, without quotes", log);
                None
            }
        }
    }

    /// A finite number.
    pub(super) fn number(&self, log: &mut Diagnostics) -> Option<f64> {
        match self.value {
            Value::Whole(whole) => Some(whole as f64),
            Value::Number(number) if number.is_finite() => Some(number),
            Value::Number(_) => {
                let fact = "this is not a finite number";
                log.push(Diagnostic::error(code::OUT_OF_RANGE, fact).at(&self.place));
                None
            }
            _ => {
                let help = "write it without quotes and with a decimal point, such as 0.6";
                self.wrong_type("a number", help, log);
                None
            }
        }
    }

    /// A number in a range.
    pub(super) fn number_in(
        &self,
        range: RangeInclusive<f64>,
        log: &mut Diagnostics,
    ) -> Option<f64> {
        let number = self.number(log)?;
        let is_inside = range.contains(&number);
        if !is_inside {
            let fact = format!(
                "{number} does not lie between {} and {}",
                range.start(),
                range.end()
            );
            log.push(Diagnostic::error(code::OUT_OF_RANGE, fact).at(&self.place));
        }
        is_inside.then_some(number)
    }

    /// A whole number in a range.
    pub(super) fn whole_in(
        &self,
        range: RangeInclusive<u64>,
        log: &mut Diagnostics,
    ) -> Option<u64> {
        let whole = match self.value {
            Value::Whole(whole) => u64::try_from(whole).ok(),
            // Only a number that is too large for TOML's whole numbers.
            Value::Number(number) if number.fract() == 0.0 || number.is_infinite() => None,
            _ => {
                let help = format!("write a whole number, such as {}", range.start());
                self.wrong_type("a whole number", &help, log);
                return None;
            }
        };
        let whole = whole.filter(|whole| range.contains(whole));
        if whole.is_none() {
            let (low, high) = (range.start(), range.end());
            let fact = format!("this number does not lie between {low} and {high}");
            log.push(Diagnostic::error(code::OUT_OF_RANGE, fact).at(&self.place));
        }
        whole
    }

    /// One of a few words.
    pub(super) fn choice<T: Copy>(&self, words: &[(&str, T)], log: &mut Diagnostics) -> Option<T> {
        let text = self.text(log)?;
        let found = words.iter().find(|(word, _)| *word == text);
        if found.is_none() {
            let keys: Vec<&str> = words.iter().map(|(word, _)| *word).collect();
            self.no_such_word(text, &keys, log);
        }
        found.map(|&(_, value)| value)
    }

    /// Reports that a word is not one of those that may stand here.
    pub(super) fn no_such_word(&self, word: &str, words: &[&str], log: &mut Diagnostics) {
        let fact = format!(
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
    pub(super) fn label(&self, log: &mut Diagnostics) -> Option<Label> {
        let Value::Table(_) = self.value else {
            let help = "write { nl = \"Nederlands\", en = \"English\" }";
            self.wrong_type("a label in two languages", help, log);
            return None;
        };
        let section = Section::of(self, LABEL, log)?;
        let mut language = |key| Some(section.text(key, log)?.to_owned());
        let (nl, en) = (language("nl"), language("en"));
        section.finish(log);
        Some(Label { nl: nl?, en: en? })
    }
}
