//! What the page and the figures say, from one file in both languages.

use std::collections::BTreeMap;
use std::sync::LazyLock;

use serde::Deserialize;

use super::Lang;

/// The file: a key, with what it says in each language.
const FILE: &str = include_str!("phrase.toml");

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
pub(super) fn phrase(key: &str, lang: Lang) -> &'static str {
    let phrase = PHRASES.get(key);
    let phrase = phrase.unwrap_or_else(|| panic!("phrase.toml has no {key}"));
    lang.pick(&phrase.nl, &phrase.en)
}

/// The same with something in the place of each `{name}`.
pub(super) fn told(key: &str, lang: Lang, parts: &[(&str, &str)]) -> String {
    fill(phrase(key, lang), ("{", "}"), |name| {
        let part = parts.iter().find(|part| part.0 == name);
        let part = part.unwrap_or_else(|| panic!("phrase {key} asks for {name}"));
        part.1.to_owned()
    })
}

/// The phrases whose keys begin so, without that beginning.
pub(super) fn phrases(beginning: &str, lang: Lang) -> BTreeMap<&'static str, &'static str> {
    let known = PHRASES.iter();
    let found = known.filter_map(|(key, phrase)| {
        let key = key.strip_prefix(beginning)?;
        Some((key, lang.pick(&phrase.nl, &phrase.en)))
    });
    found.collect()
}

/// A text with something in the place of every name between two marks. It is walked
/// through once: what is put in is never looked at again, whatever it holds.
pub(super) fn fill(text: &str, marks: (&str, &str), part: impl Fn(&str) -> String) -> String {
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
    use super::*;

    #[test]
    fn every_phrase_is_said_in_both_languages_and_with_the_same_parts() {
        assert!(!PHRASES.is_empty());
        let names = |text: &str| {
            let names = std::cell::RefCell::new(Vec::new());
            fill(text, ("{", "}"), |name| {
                names.borrow_mut().push(name.to_owned());
                String::new()
            });
            let mut names = names.into_inner();
            names.sort();
            names
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
