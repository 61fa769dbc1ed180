//! Lines that are not TOML, told to somebody who knows spreadsheets better.

use super::code;
use super::diagnostic::Diagnostic;
use super::rendering::shown;
use super::said::{Said, said};
use super::source::Place;
use crate::scenario::section::day;

/// What typographers and word processors make of quotes.
const CURLY: [char; 7] = ['“', '”', '„', '‘', '’', '«', '»'];

/// What is wrong at a place where the parser stumbled, and what to write instead.
pub(crate) fn explain(place: &Place, message: &str) -> Diagnostic {
    let (fact, help) = plain(place, message).unwrap_or_else(|| {
        let help =
            said!("write `key = value`; a text stands between quotes, a list between [ and ]");
        (said!("{}", message), help)
    });
    Diagnostic::error(code::SYNTAX, fact).help(help).at(place)
}

/// Whether what stands below, up to the next line `[name]`, may belong somewhere else.
pub(crate) fn breaks_table(place: &Place, message: &str) -> bool {
    is_twice(message) || place.excerpt().0.trim_start().starts_with('[')
}

/// Whether a line begins something by itself, and does not go on with the line before.
pub(crate) fn is_fresh(line: &str) -> bool {
    let line = line.trim_start();
    let is_of_key = |letter: char| letter.is_alphanumeric() || " ._-\"'".contains(letter);
    let key = line.split_once('=').map(|(key, _)| key);
    line.starts_with('[') || key.is_some_and(|key| key.chars().all(is_of_key))
}

fn is_twice(message: &str) -> bool {
    message.contains("duplicate key")
}

fn plain(place: &Place, message: &str) -> Option<(Said, Said)> {
    let told = |fact: Said, help: Said| Some((fact, help));
    if is_twice(message) {
        let help = said!("take out one of the two; or is a line [name] missing above this one?");
        return told(said!("this name stands here a second time"), help);
    }
    if message.contains("carriage return") {
        let help = said!("save the file with line ends of Windows or of Unix");
        return told(said!("a line ends as on an old Macintosh"), help);
    }
    let (line, span) = place.excerpt();
    let trimmed = line.trim();
    if trimmed.starts_with('[') && !trimmed.contains(']') {
        let help = said!("write {}]", shown(trimmed));
        return told(said!("this bracket is not closed"), help);
    }
    let Some((key, value)) = line.split_once('=') else {
        if let Some((key, value)) = trimmed.split_once(':') {
            let (key, value) = (shown(key.trim()), shown(value.trim()));
            let help = said!("write {} = {}", key, value);
            return told(
                said!("a key and its value stand around =, not around :"),
                help.clone(),
            );
        }
        let help = said!("write `key = value`, or take the line out");
        return told(said!("this line does not say anything"), help);
    };
    let (key, value) = (shown(key.trim()), without_comment(value));
    let quoted = |text: &str| said!("write quotes around it: {} = \"{}\"", key, shown(text));
    let first = value.chars().next();
    let is_digits = |text: &str| !text.is_empty() && text.bytes().all(|byte| byte.is_ascii_digit());
    let (whole, decimals) = value.split_once(',').unwrap_or((value, ""));
    if value.is_empty() {
        return told(
            said!("there is no value behind ="),
            said!("write {} = ... in full", key),
        );
    }
    if value.contains(CURLY) {
        let help = said!(
            "write straight ones: {} = {}",
            key,
            shown(&value.replace(CURLY, "\""))
        );
        return told(said!("these quotes are curly"), help);
    }
    if is_digits(whole) && is_digits(decimals) {
        let help = said!("write a decimal point: {} = {}.{}", key, whole, decimals);
        return told(said!("a number has no comma"), help);
    }
    if value.starts_with('"') && value.contains('\\') {
        let path = value.trim_matches('"').replace("\\\\", "\\");
        let help = said!(
            "write a path with /, or between single quotes: {} = '{}'",
            key,
            shown(&path)
        );
        return told(
            said!("between double quotes a backslash begins a sign of its own"),
            help,
        );
    }
    if value.starts_with('"') && value.matches('"').count() % 2 == 1 {
        let help = said!("write a quote behind it: {} = {}\"", key, shown(value));
        return told(said!("this text has no closing quote"), help);
    }
    if message.contains("expected newline") {
        let help = said!("write one value, and put a list between [ and ], with commas");
        return told(said!("there is something behind the value"), help);
    }
    if let Some(('[' | '{', word)) = first.zip(word_at(line, span.start)) {
        let help = said!("write quotes around it: \"{}\"", shown(word));
        return told(said!("a text stands between quotes"), help);
    }
    if let Some('[' | '{' | '"' | '\'') = first {
        return None;
    }
    if is_minus(first)
        && value
            .chars()
            .nth(1)
            .is_some_and(|next| next.is_ascii_digit())
    {
        let number: String = value.chars().skip(1).collect();
        let help = said!(
            "write it with the one of the keyboard: {} = -{}",
            key,
            shown(&number)
        );
        return told(
            said!("this minus sign is another than that of the keyboard"),
            help,
        );
    }
    let is_date = value.split('-').count() == 3 && value.split('-').all(is_digits);
    if is_date {
        if let Some((fact, help)) = day::explain(value) {
            return Some((fact, help));
        }
        let help = said!("write four, two and two digits, such as 2026-01-01");
        return told(said!("this is not a date"), help);
    }
    if first.is_some_and(|first| first.is_ascii_digit()) && value.contains([' ', '%']) {
        return told(
            said!("a number with a unit stands between quotes"),
            quoted(value),
        );
    }
    let is_word = |text: &str| {
        let mut letters = text.chars();
        letters.next().is_some_and(char::is_alphabetic)
            && letters.all(|letter| letter.is_alphanumeric() || " _-./()".contains(letter))
    };
    match is_word(value) && !["true", "false"].contains(&value) {
        true => told(said!("a text stands between quotes"), quoted(value)),
        false => None,
    }
}

/// Whether it is a sign that looks like a minus, and is none to a parser.
fn is_minus(first: Option<char>) -> bool {
    first.is_some_and(|first| {
        ['\u{2212}', '\u{2010}', '\u{2011}', '\u{2012}', '\u{2013}'].contains(&first)
    })
}

/// What stands before a `#`, unless that is inside quotes.
fn without_comment(value: &str) -> &str {
    let mut is_quoted = false;
    let end = value.find(|letter| {
        is_quoted ^= letter == '"';
        letter == '#' && !is_quoted
    });
    value[..end.unwrap_or(value.len())].trim()
}

/// The word without quotes that begins at a byte of a line.
fn word_at(line: &str, start: usize) -> Option<&str> {
    let rest = line.get(start..)?;
    let is_of_word = |letter: char| letter.is_alphanumeric() || " _-".contains(letter);
    let end = rest.find(|letter| !is_of_word(letter));
    let word = rest[..end.unwrap_or(rest.len())].trim();
    word.starts_with(char::is_alphabetic).then_some(word)
}
