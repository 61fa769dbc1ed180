//! Typed values out of a raw table; what is wrong with them goes into the log.
//!
//! A reader gives `None` only if why is in the log, or will be when the section is
//! finished. Whoever builds a value can therefore read all its parts first, finish
//! the section, and stop at the end.

use std::ops::RangeInclusive;

use crate::model::Label;

use super::code;
use super::diagnostic::{Diagnostic, Diagnostics};
use super::quantity;
use super::raw::{Node, Table, Value};
use super::rendering::shown;
use super::source::Place;
use super::suggestion;

/// From here on a whole number does not fit in 64 bits.
const TOO_LARGE: f64 = 9.2e18;

/// A table that is being read, and the keys that it may have.
pub(super) struct Section<'a> {
    pub(super) table: &'a Table,
    pub(super) place: &'a Place,
    known: Vec<&'static str>,
    missing: Vec<&'static str>,
    sections: Vec<Inner>,
}

/// A section of a file, and the keys that belong in it.
#[derive(Clone, Copy)]
struct Inner {
    key: &'static str,
    keys: &'static [&'static str],
    is_needed: bool,
}

impl<'a> Section<'a> {
    /// Begins to read a table.
    pub(super) fn of(node: &'a Node, log: &mut Diagnostics) -> Option<Self> {
        let table = node.table(log)?;
        Some(Self {
            table,
            place: &node.place,
            known: Vec::new(),
            missing: Vec::new(),
            sections: Vec::new(),
        })
    }

    /// The value of a key that may be left out.
    pub(super) fn optional(&mut self, key: &'static str) -> Option<&'a Node> {
        self.known.push(key);
        self.table.get(key).map(|item| &item.node)
    }

    /// The value of a key that must be there; [`finish`](Self::finish) reports that it is not.
    pub(super) fn required(&mut self, key: &'static str) -> Option<&'a Node> {
        let node = self.optional(key);
        if node.is_none() {
            self.missing.push(key);
        }
        node
    }

    /// A section `[key]` of a file, which must be there or may be left out, and the keys that
    /// belong in it: who forgets its line writes them above all sections.
    pub(super) fn section(
        &mut self,
        key: &'static str,
        keys: &'static [&'static str],
        is_needed: bool,
    ) -> Option<&'a Node> {
        self.sections.push(Inner {
            key,
            keys,
            is_needed,
        });
        self.optional(key)
    }

    /// Reports every key that was not asked for, and every one that was and is not there.
    /// A key with a typing error is one fault and not two. Whether all is well.
    pub(super) fn finish(mut self, log: &mut Diagnostics) -> bool {
        let mut is_sound = true;
        let mut missing = std::mem::take(&mut self.missing);
        let is_there = |key| self.table.get(key).is_some();
        let needed = self.sections.iter().filter(|one| one.is_needed);
        missing.extend(needed.map(|one| one.key).filter(|key| !is_there(key)));
        // Sections whose line was forgotten.
        let mut headless: Vec<&str> = Vec::new();
        for item in &self.table.items {
            let key = item.key.as_str();
            if self.known.contains(&key) {
                continue;
            }
            is_sound = false;
            if log.has_enough() {
                continue;
            }
            let inner = self.sections.iter().find(|one| one.keys.contains(&key));
            let fault = match inner.map(|one| one.key) {
                Some(section) if is_there(section) => Diagnostic::error(
                    code::UNKNOWN_KEY,
                    format!("`{key}` means nothing here, above the line [{section}]"),
                )
                .help(format!("write it below the line [{section}]")),
                Some(section) if headless.contains(&section) => continue,
                Some(section) => {
                    headless.push(section);
                    missing.retain(|missing| *missing != section);
                    Diagnostic::error(
                        code::MISSING,
                        format!("there is no line [{section}] above `{key}`"),
                    )
                    .help(format!("add a line [{section}] here"))
                }
                None => {
                    let meant = suggestion::nearest(key, &self.known);
                    missing.retain(|missing| Some(*missing) != meant);
                    if meant == Some("extends") {
                        log.note_lack(self.place);
                    }
                    let fact = format!("`{}` means nothing here", shown(key));
                    Diagnostic::error(code::UNKNOWN_KEY, fact)
                        .help(suggestion::help(key, &self.known))
                }
            };
            log.push(fault.at(&item.key_place));
        }
        for key in missing {
            is_sound = false;
            let is_section = self.sections.iter().any(|one| one.key == key);
            let fault = match is_section {
                true => no_section(key),
                false => no_key(key),
            };
            log.push(fault.at(self.place));
        }
        is_sound
    }
}

/// That a section is missing, and what to write.
fn no_section(key: &str) -> Diagnostic {
    let help = match key {
        "scenario" => "add it, or write extends = \"vergelijking.toml\" at the top".to_owned(),
        _ => format!("add a line [{key}], and keys under it"),
    };
    Diagnostic::error(code::MISSING, format!("there is no section [{key}]")).help(help)
}

/// That a key is missing, and what to write.
pub(super) fn no_key(key: &str) -> Diagnostic {
    Diagnostic::error(code::MISSING, format!("`{key}` is missing"))
        .help(format!("add a line `{key} = {}`", example(key)))
}

/// What may stand behind a key.
fn example(key: &str) -> &'static str {
    match key {
        "label" => "{ nl = \"...\", en = \"...\" }",
        "start" => "2026-01-01",
        "warm_up" => "\"6 years\"",
        "measured" => "\"3 years\"",
        "replications" => "10",
        "seed" => "20260101",
        "regions" => "\"all\"",
        "forms" => "[\"v0_estafette\", \"v1_expertnetwerk\"]",
        "belief" => "\"neutraal\"",
        "proposal" => "true",
        "intake" => "\"via_triage\"",
        "join_from" => "\"structureel_onveilig\"",
        "check" => "\"extern\"",
        "scale" => "\"region\"",
        "mode" => "\"take_over\"",
        "distribution" => "\"triangular\"",
        "grade" => "\"D\"",
        "family" => "\"capacity\"",
        "consult_shares" => "[0, 0.25, 0.5]",
        "counts" => "[{ date = 2023-03-31, families = 100, measures = 2 }]",
        "date" => "2023-03-31",
        "waves" => "4",
        "points" => "300",
        "free" => "[\"staff.fte_rvdk\"]",
        "kpi" => "\"ots_per_year\"",
        "use" => "\"fit\"",
        "claim" => "\"M3\"",
        "nl" | "en" | "source" | "team" | "unit" => "\"...\"",
        _ => "...",
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
                let fault = Diagnostic::error(code::EMPTY, "this text is empty");
                let help = "write something between the quotes, or take the line out";
                log.push(fault.help(help).at(&self.place));
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
            Value::Number(number) => match quantity::plain(number) {
                Ok(number) => Some(number),
                Err(fault) => {
                    log.push(fault.diagnostic().at(&self.place));
                    None
                }
            },
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
            let (low, high) = (range.start(), range.end());
            let number = quantity::short(number);
            let fact = format!("{number} does not lie between {low} and {high}");
            self.out_of_range(fact, format!("write a number from {low} to {high}"), log);
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
            // Only a number that is too large for TOML's whole numbers, or none at all.
            Value::Number(number)
                if number.abs() >= TOO_LARGE || quantity::plain(number).is_err() =>
            {
                self.number(log)?;
                None
            }
            Value::Number(number) if number.fract() == 0.0 => {
                let help = format!("write it without a decimal point: {number}");
                self.wrong_type("a whole number", &help, log);
                return None;
            }
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
            let help = format!("write a whole number from {low} to {high}");
            self.out_of_range(fact, help, log);
        }
        whole
    }

    fn out_of_range(&self, fact: String, help: String, log: &mut Diagnostics) {
        let fault = Diagnostic::error(code::OUT_OF_RANGE, fact).help(help);
        log.push(fault.at(&self.place));
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
        let mut section = Section::of(self, log)?;
        let mut language = |key| Some(section.required(key)?.text(log)?.to_owned());
        let (nl, en) = (language("nl"), language("en"));
        section.finish(log);
        Some(Label { nl: nl?, en: en? })
    }
}
