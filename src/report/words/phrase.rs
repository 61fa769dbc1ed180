//! What the page and the figures say, from one file in both languages.

use std::collections::BTreeMap;
use std::sync::LazyLock;

use serde::Deserialize;

use super::number::local;
use crate::report::Lang;

/// The file: a key, with what it says in each language.
const FILE: &str = include_str!("phrase.toml");
/// What stands around a name in it.
const MARKS: (&str, &str) = ("{", "}");
/// What stands about a slot of a piece of a page.
pub(crate) const PAGE_MARKS: (&str, &str) = ("[[", "]]");

static PHRASES: LazyLock<BTreeMap<String, Phrase>> =
    LazyLock::new(|| toml::from_str(FILE).expect("phrase.toml can be read, as a test shows"));

#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields)]
struct Phrase {
    nl: String,
    en: String,
}

/// What stands under a key.
///
/// # Panics
///
/// When nothing does.
pub(crate) fn phrase(key: &str, lang: Lang) -> &'static str {
    let phrase = PHRASES.get(key);
    let phrase = phrase.unwrap_or_else(|| panic!("phrase.toml has no {key}"));
    lang.pick(&phrase.nl, &phrase.en)
}

/// The same with something in the place of each `{name}`, and in that of each `{name|one|many}`
/// the word that goes with it.
pub(crate) fn told(key: &str, lang: Lang, parts: &[(&str, &str)]) -> String {
    fill(phrase(key, lang), MARKS, |slot| {
        let (name, words) = named(slot);
        let part = parts.iter().find(|part| part.0 == name);
        let part = part.unwrap_or_else(|| panic!("phrase {key} asks for {name}"));
        match words {
            Some((one, _)) if part.1 == "1" => one.to_owned(),
            Some((_, many)) => many.to_owned(),
            None => part.1.to_owned(),
        }
    })
}

/// The key of a phrase, or that of what is said in its place of a run with one replication, or of one in which each
/// replication runs in a world of its own.
pub(crate) fn of_spread(key: &str, n_replications: u32, has_worlds: bool) -> String {
    let ending = match (n_replications, has_worlds) {
        (1, _) => "once",
        (_, true) => "worlds",
        (_, false) => "",
    };
    let other = format!("{key}_{ending}");
    match PHRASES.contains_key(&other) {
        true => other,
        false => key.to_owned(),
    }
}

/// So many of something: `1 herhaling`, `12.000 herhalingen`. The thing is what follows `n_` in a key of
/// phrase.toml.
///
/// # Panics
///
/// When nothing does.
pub fn counted(n: usize, thing: &str, lang: Lang) -> String {
    let key = format!("n_{thing}");
    told(&key, lang, &[("n", &local(n as f64, 0, lang))])
}

/// The name in a slot, and the words for one and for more if it asks for a word.
fn named(slot: &str) -> (&str, Option<(&str, &str)>) {
    let split = slot.split_once('|');
    split.map_or((slot, None), |(name, words)| (name, words.split_once('|')))
}

/// The phrases whose keys begin so, without that beginning.
pub(crate) fn phrases(beginning: &str, lang: Lang) -> BTreeMap<&'static str, &'static str> {
    let known = PHRASES.iter();
    let found = known.filter_map(|(key, phrase)| {
        let key = key.strip_prefix(beginning)?;
        Some((key, lang.pick(&phrase.nl, &phrase.en)))
    });
    found.collect()
}

/// A text with something in the place of every name between two marks. It is walked
/// through once: what is put in is never looked at again, whatever it holds.
pub(crate) fn fill(text: &str, marks: (&str, &str), part: impl Fn(&str) -> String) -> String {
    let mut filled = String::with_capacity(text.len());
    let mut rest = text;
    while let Some((before, after)) = rest.split_once(marks.0) {
        let Some((name, after)) = after.split_once(marks.1) else {
            break;
        };
        filled.push_str(before);
        filled.push_str(&part(name));
        rest = after;
    }
    filled + rest
}

#[cfg(test)]
mod tests {
    use std::collections::BTreeSet;

    use super::*;

    #[test]
    fn one_thing_is_not_told_as_many() {
        for (n, nl, en) in [
            (0, "0 herhalingen", "0 replications"),
            (1, "1 herhaling", "1 replication"),
            (2, "2 herhalingen", "2 replications"),
            (21_000, "21.000 herhalingen", "21,000 replications"),
        ] {
            assert_eq!(counted(n, "replication", Lang::Nl), nl);
            assert_eq!(counted(n, "replication", Lang::En), en);
        }
        let told = told("guide_dots", Lang::Nl, &[("n", "1")]);
        assert!(told.contains("over 1 herhaling."), "{told}");
    }

    #[test]
    fn where_intervals_hold_assumptions_no_phrase_says_that_they_hold_chance_alone() {
        let of_chance = PHRASES
            .iter()
            .filter(|(_, said)| said.nl.contains("toeval, niet de aannames"));
        let keys: Vec<&String> = of_chance.map(|(key, _)| key).collect();
        assert!(!keys.is_empty());
        for key in keys {
            assert_ne!(&of_spread(key, 20, true), key);
        }
    }

    #[test]
    fn every_phrase_is_said_in_both_languages_and_with_the_same_parts() {
        assert!(!PHRASES.is_empty());
        let names = |text: &str| {
            let names = std::cell::RefCell::new(BTreeSet::new());
            fill(text, MARKS, |slot| {
                names.borrow_mut().insert(named(slot).0.to_owned());
                String::new()
            });
            names.into_inner()
        };
        for (key, phrase) in PHRASES.iter() {
            assert!(
                !phrase.nl.trim().is_empty() && !phrase.en.trim().is_empty(),
                "{key}"
            );
            assert_eq!(names(&phrase.nl), names(&phrase.en), "{key}");
        }
    }

    #[test]
    fn what_is_put_in_is_not_looked_at_again() {
        let filled = fill("a {x} b {x}", ("{", "}"), |_| "{x}".to_owned());
        assert_eq!(filled, "a {x} b {x}");
        assert_eq!(fill("a {x", ("{", "}"), |_| String::new()), "a {x");
    }
}
