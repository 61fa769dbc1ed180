//! Lines of a given width, and texts that other programs read as they were meant.

use std::borrow::Cow;
use std::io::Write;

use crate::scenario::harmless;

/// Breaks a text at its spaces into lines of at most so many characters; a
/// word that is longer gets a line of its own.
pub(crate) fn wrap(text: &str, width: usize) -> Vec<String> {
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
pub(crate) fn hang(lead: &str, text: &str, width: usize) -> String {
    let indent = " ".repeat(length(lead));
    let lines = wrap(text, width.saturating_sub(length(lead)));
    let lines = lines.iter().enumerate();
    lines
        .map(|(number, line)| format!("{}{line}\n", if number == 0 { lead } else { &indent }))
        .collect()
}

/// Cuts a text to so many characters.
pub(crate) fn cut(text: &str, width: usize) -> String {
    if length(text) <= width {
        return text.to_owned();
    }
    let kept: String = text.chars().take(width.saturating_sub(1)).collect();
    kept + "…"
}

/// Forms above their columns, broken at the underscores of their keys, right after a title; and a rule below them.
pub(crate) fn header<'a>(
    title: &str,
    keys: impl Iterator<Item = &'a str>,
    [name_width, width]: [usize; 2],
) -> String {
    let names: Vec<Vec<String>> = keys
        .map(|key| wrap(&key.replace('_', " "), width - 1))
        .collect();
    let n_lines = names.iter().map(Vec::len).max().unwrap_or(0);
    let mut text = String::new();
    for number in 0..n_lines {
        let mut line = pad_right(if number == 0 { title } else { "" }, name_width);
        for name in &names {
            let part = name.get(number).map_or("", String::as_str);
            // A full column may not touch what stands before it.
            let is_beside = !line.ends_with(' ');
            let part = cut(part, width - usize::from(is_beside));
            line.push_str(&" ".repeat(width - length(&part)));
            line.push_str(&part);
        }
        text.push_str(line.trim_end());
        text.push('\n');
    }
    text + &"─".repeat(name_width + width * names.len()) + "\n"
}

pub(crate) fn pad_left(text: &str, width: usize) -> String {
    let n_spaces = width.saturating_sub(length(text)).max(1);
    " ".repeat(n_spaces) + text
}

pub(crate) fn pad_right(text: &str, width: usize) -> String {
    let n_spaces = width.saturating_sub(length(text));
    text.to_owned() + &" ".repeat(n_spaces)
}

/// The number of characters; every one that we write is one place wide.
pub(crate) fn length(text: &str) -> usize {
    text.chars().count()
}

/// Signs at which a spreadsheet may begin a new cell although the table does not: it may split at them
/// instead of at commas, and then no quotes hold the field together.
const SEPARATORS: [char; 3] = [';', '\t', '\n'];

/// A field of a table that no spreadsheet takes for a formula and no terminal obeys: what is no number
/// and begins with a sign that makes a formula gets an apostrophe before it, also where a new cell
/// may begin within the field.
pub(crate) fn inert(field: &str) -> Cow<'_, str> {
    let field = harmless(field);
    if field.parse::<f64>().is_ok() || !pieces(&field).any(begins_formula) {
        return field;
    }
    let inert = |piece: &str| match begins_formula(piece) {
        true => format!("'{piece}"),
        false => piece.to_owned(),
    };
    Cow::Owned(pieces(&field).map(inert).collect())
}

/// The field as it was before [`inert`] gave it apostrophes.
pub(crate) fn without_apostrophe(field: &str) -> Cow<'_, str> {
    if !pieces(field).any(|piece| plain(piece) != piece) {
        return Cow::Borrowed(field);
    }
    Cow::Owned(pieces(field).map(plain).collect())
}

/// Writes a row of a table, every field [`inert`].
pub(crate) fn write_row<W: Write>(
    out: &mut csv::Writer<W>,
    row: impl IntoIterator<Item = impl AsRef<str>>,
) -> csv::Result<()> {
    for field in row {
        out.write_field(inert(field.as_ref()).as_bytes())?;
    }
    out.write_record(None::<&[u8]>)
}

/// A field, cut after each separator.
fn pieces(field: &str) -> impl Iterator<Item = &str> {
    field.split_inclusive(SEPARATORS)
}

fn plain(piece: &str) -> &str {
    let rest = piece.strip_prefix('\'');
    rest.filter(|rest| begins_formula(rest)).unwrap_or(piece)
}

fn begins_formula(piece: &str) -> bool {
    let signs = ['=', '+', '-', '@', '\t', '\r', '＝', '＋', '－', '＠'];
    piece.trim_start_matches(['\'', '"']).starts_with(signs)
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
            // Live where a spreadsheet splits at something else than a comma.
            ("bron;=1+1;zie", "bron;'=1+1;zie"),
            ("a;\"=1\"", "a;'\"=1\""),
            ("a;'=1", "a;''=1"),
            ("a\n@SUM(1)", "a\n'@SUM(1)"),
            ("1;-3;5", "1;'-3;5"),
            ("a; b; c", "a; b; c"),
        ] {
            assert_eq!(inert(field), written);
            assert_eq!(without_apostrophe(written), field);
        }
        assert_eq!(
            inert("a\u{1b}[2J\u{202e}\r"),
            "a\u{fffd}[2J\u{fffd}\u{fffd}"
        );
    }

    #[test]
    fn no_cell_of_a_row_is_live_however_it_is_split() {
        let texts = [
            "=1",
            "a;=1",
            "x;\"=cmd|' /C calc'!A0\"",
            "p\n+1;-a\t@b",
            "\"\"=1;;=2",
        ];
        let mut out = csv::Writer::from_writer(Vec::new());
        write_row(&mut out, texts).unwrap();
        let text = String::from_utf8(out.into_inner().unwrap()).unwrap();
        for separators in [&[';', '\n'][..], &['\t', '\n'], &[';', '\t', '\n']] {
            for cell in text.split(separators) {
                let bare = cell.trim_start_matches('"');
                assert!(
                    !bare.starts_with(['=', '+', '-', '@']),
                    "{cell:?} in {text:?}"
                );
            }
        }
        let mut read = csv::ReaderBuilder::new();
        let mut read = read.has_headers(false).from_reader(text.as_bytes());
        let row = read.records().next().unwrap().unwrap();
        let back: Vec<_> = row.iter().map(without_apostrophe).collect();
        assert_eq!(back, texts);
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
