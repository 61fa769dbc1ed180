//! Lines of a given width, and texts that other programs read as they were meant.

use std::borrow::Cow;

/// Breaks a text at its spaces into lines of at most so many characters; a
/// word that is longer gets a line of its own.
pub(super) fn wrap(text: &str, width: usize) -> Vec<String> {
    let mut lines: Vec<String> = Vec::new();
    for word in text.split_whitespace() {
        match lines.last_mut() {
            Some(line) if length(line) + 1 + length(word) <= width => {
                line.push(' ');
                line.push_str(word);
            }
            _ => lines.push(word.to_owned()),
        }
    }
    lines
}

/// A text under a first line, its other lines as far to the right as the first.
pub(super) fn hang(lead: &str, text: &str, width: usize) -> String {
    let indent = " ".repeat(length(lead));
    let lines = wrap(text, width.saturating_sub(length(lead)));
    let lines = lines.iter().enumerate();
    lines
        .map(|(number, line)| format!("{}{line}\n", if number == 0 { lead } else { &indent }))
        .collect()
}

/// Cuts a text to so many characters.
pub(super) fn cut(text: &str, width: usize) -> String {
    if length(text) <= width {
        return text.to_owned();
    }
    let kept: String = text.chars().take(width.saturating_sub(1)).collect();
    kept + "…"
}

/// The number of characters; every one that we write is one place wide.
pub(super) fn length(text: &str) -> usize {
    text.chars().count()
}

/// A field of a table that no spreadsheet takes for a formula: what is no number and
/// begins with a sign that makes one gets an apostrophe before it.
pub(super) fn inert(field: &str) -> Cow<'_, str> {
    if begins_formula(field) && field.parse::<f64>().is_err() {
        Cow::Owned(format!("'{field}"))
    } else {
        Cow::Borrowed(field)
    }
}

/// The field as it was before [`inert`].
pub(super) fn without_apostrophe(field: &str) -> &str {
    let rest = field.strip_prefix('\'');
    rest.filter(|rest| begins_formula(rest)).unwrap_or(field)
}

fn begins_formula(field: &str) -> bool {
    let signs = ['=', '+', '-', '@', '\t', '\r', '＝', '＋', '－', '＠'];
    field.trim_start_matches('\'').starts_with(signs)
}

/// A word as a shell reads it: in quotes if it needs them.
pub fn quoted(word: &str) -> String {
    let is_plain = |letter: char| letter.is_alphanumeric() || "-_./,:=+@%".contains(letter);
    if !word.is_empty() && word.chars().all(is_plain) {
        word.to_owned()
    } else {
        format!("'{}'", word.replace('\'', r"'\''"))
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_shell_reads_back_what_was_quoted() {
        assert_eq!(quoted("scenarios/a.toml"), "scenarios/a.toml");
        assert_eq!(quoted("Gooi en Vechtstreek"), "'Gooi en Vechtstreek'");
        assert_eq!(quoted("o'neil"), r"'o'\''neil'");
        assert_eq!(quoted(""), "''");
    }

    #[test]
    fn a_formula_becomes_text_and_a_number_stays_one() {
        for (field, written) in [
            ("=cmd|' /C calc'!A0", "'=cmd|' /C calc'!A0"),
            ("+31 6", "'+31 6"),
            ("@SUM(1)", "'@SUM(1)"),
            ("'=1", "''=1"),
            ("-4.57", "-4.57"),
            ("-3.6e-17", "-3.6e-17"),
            ("'s-Gravenhage", "'s-Gravenhage"),
            ("a=b", "a=b"),
        ] {
            assert_eq!(inert(field), written);
            assert_eq!(without_apostrophe(written), field);
        }
    }

    #[test]
    fn lines_break_at_spaces() {
        assert_eq!(wrap("één twee drie", 8), ["één twee", "drie"]);
        assert_eq!(wrap("een langwoordje", 5), ["een", "langwoordje"]);
        assert!(wrap("", 5).is_empty());
    }

    #[test]
    fn later_lines_stand_under_the_first() {
        assert_eq!(hang("! ", "aa bb", 5), "! aa\n  bb\n");
    }

    #[test]
    fn what_is_cut_says_so() {
        assert_eq!(cut("ondertoezicht", 6), "onder…");
        assert_eq!(cut("één", 3), "één");
    }
}
