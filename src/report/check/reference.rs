//! docs/reference.md: every key of every file, every parameter, every code.
//!
//! Made from the keys by which files are read and from the evidence, so that it
//! cannot say anything else than the program does.

use std::fmt::Write;

use crate::model::Unit;
use crate::report::Lang;
use crate::report::words::number::six_digits;
use crate::scenario::{CODES, Entry, FORMATS, Format, Key, Kind, Need, quantity_example};

/// The text before the first format.
const HEAD: &str = "\
# Reference of the files

Made by `RVTSIM_BLESS=1 cargo test --test loader schema` from what the program reads by; not by hand.

A file is TOML: `key = value`, `[section]`, text between quotes, numbers with a point. A library
is the folder that holds `evidence.toml`; a scenario stands in it, or in a folder in it. A value
that several files give comes from the last of: `evidence.toml`, `calibrated.toml`, the belief set, the form, the
files that the scenario extends, the scenario.

A file that extends another says only what differs. *Must be there* below means: in it or in what
it extends. `rvtsim check FILE` tells what a file means, without running anything.
";

/// The reference, with what the evidence says of each parameter.
pub fn reference(evidence: &[Entry]) -> String {
    let mut text = HEAD.to_owned();
    FORMATS
        .iter()
        .for_each(|format| write_format(format, &mut text));
    write_quantities(&mut text);
    write_parameters(evidence, &mut text);
    text += "\n## Codes\n\nEvery error and warning about a file has one.\n\n| Code | Meaning |\n|:--|:--|\n";
    for (code, meaning) in CODES {
        let _ = writeln!(text, "| {code} | {meaning} |");
    }
    text
}

fn write_format(format: &Format, out: &mut String) {
    let (title, place, key) = (format.title, format.place, format.key);
    let _ = write!(
        out,
        "\n## {title}\n\nStands in: `{place}`. Schema: [scenarios/schema/{key}.json](../scenarios/schema/{key}.json).\n"
    );
    match format.content {
        Kind::Entries(keys) => write_table("[group.name]", keys, out),
        Kind::Table(keys) => write_table("", keys, out),
        _ => {}
    }
}

/// The keys of a table, and after it every table in it.
fn write_table(path: &str, keys: &[Key], out: &mut String) {
    if !path.is_empty() {
        let _ = write!(out, "\n### `{path}`\n");
    }
    *out += "\n| Key | What | Unit | Range | Without it | Meaning | Example |\n|:--|:--|:--|:--|:--|:--|:--|\n";
    for key in keys {
        let (what, unit, range) = facts(&key.kind);
        let without = match key.need {
            Need::Always => "must be there".to_owned(),
            Need::Here => "must be in the file itself".to_owned(),
            Need::Else(otherwise) => otherwise.to_owned(),
            Need::If(case) => format!("must be there if {case}"),
        };
        let example = match key.example {
            "" => String::new(),
            example => format!("`{example}`"),
        };
        let (name, meaning) = (key.name, key.meaning);
        let _ = writeln!(
            out,
            "| `{name}` | {what} | {unit} | {range} | {without} | {meaning} | {example} |"
        );
    }
    for key in keys {
        if let Some((path, keys)) = inner(path, key) {
            write_table(&path, keys, out);
        }
    }
}

/// The table behind a key, and what its heading is.
fn inner(path: &str, key: &Key) -> Option<(String, &'static [Key])> {
    let outer = path.trim_matches(['[', ']']);
    let name = key.name;
    let path = match outer {
        "" => name.to_owned(),
        outer => format!("{outer}.{name}"),
    };
    match key.kind {
        // A label explains itself.
        Kind::Table(_) if name == "label" => None,
        Kind::Table(keys) => Some((format!("[{path}]"), keys)),
        Kind::List(&Kind::Table(keys), ..) => Some((format!("{path}[]"), keys)),
        Kind::Named(&one) | Kind::Each(_, &one) => match one {
            Kind::Table(keys) | Kind::OrGone(&Kind::Table(keys)) => {
                Some((format!("[{path}.NAME]"), keys))
            }
            _ => None,
        },
        _ => None,
    }
}

/// What stands behind a key, its unit, and the range.
fn facts(kind: &Kind) -> (String, &'static str, String) {
    let plain = |what: &str| (what.to_owned(), "", String::new());
    let one_of = |words: Vec<&str>| {
        // Parameters and KPIs have tables of their own.
        if words.len() > 30 {
            return String::new();
        }
        let words: Vec<String> = words.iter().map(|word| format!("`{word}`")).collect();
        words.join(", ")
    };
    match *kind {
        Kind::Text => plain("text"),
        Kind::Name("") => plain("name"),
        Kind::Name(folder) => (format!("name of a file in {folder}/"), "", String::new()),
        Kind::Boolean => ("true or false".to_owned(), "", String::new()),
        Kind::Number(low, high, unit) => {
            let range = match (low > f64::MIN, high < f64::MAX) {
                (true, true) => format!("{low} to {high}"),
                _ => "any".to_owned(),
            };
            ("number".to_owned(), unit, range)
        }
        Kind::Whole(low, high) if high == i64::MAX as u64 => {
            ("whole number".to_owned(), "", format!("from {low} on"))
        }
        Kind::Whole(low, high) => ("whole number".to_owned(), "", format!("{low} to {high}")),
        Kind::Amount => plain("number, text with a unit, or word"),
        Kind::Date => plain("date"),
        Kind::DateOr(keys) => {
            let names: Vec<String> = keys.iter().map(|key| format!("`{}`", key.name)).collect();
            plain(&format!("date, or a table with {}", names.join(", ")))
        }
        Kind::Span => ("text".to_owned(), "years, weeks or days", String::new()),
        Kind::Word(words) => ("word".to_owned(), "", one_of(words())),
        Kind::Words(words) => {
            let words = words();
            let range = format!("`{}` to `{}`", words[0], words[words.len() - 1]);
            (
                "words with commas between, in one text".to_owned(),
                "",
                range,
            )
        }
        Kind::Regions => plain("`\"all\"`, or a list of names and numbers"),
        Kind::List(one, least, most) => {
            let (what, unit, range) = facts(one);
            let number = match (least, most) {
                (0, usize::MAX) => String::new(),
                (least, usize::MAX) => format!(", {least} or more"),
                (least, most) => format!(", {least} to {most}"),
            };
            (format!("list{number}: {what}"), unit, range)
        }
        Kind::Table(keys) => {
            let names: Vec<&str> = keys.iter().map(|key| key.name).collect();
            match names[..] {
                ["nl", "en"] => plain("table with `nl` and `en`"),
                _ => plain("table, see below"),
            }
        }
        Kind::Each(words, _) => ("tables by name, see below".to_owned(), "", one_of(words())),
        Kind::Named(_) => plain("tables by a name of your own, see below"),
        Kind::OrGone(one) => facts(one),
        Kind::Values => (
            "values: `group.name = value`".to_owned(),
            "",
            "[every parameter](#parameters)".to_owned(),
        ),
        Kind::Entries(_) => plain("entries"),
    }
}

fn write_quantities(out: &mut String) {
    *out += "\n## Quantities\n\nA value of a parameter is a number in its unit, or a text with a number and a unit, in English or Dutch.\n\n| Unit | Written as |\n|:--|:--|\n";
    for unit in Unit::ALL {
        let _ = writeln!(
            out,
            "| `{}` | {} |",
            unit.key(),
            quantity_example(unit).text(Lang::En)
        );
    }
}

fn write_parameters(evidence: &[Entry], out: &mut String) {
    let n = evidence.len();
    let _ = write!(
        out,
        "\n## Parameters\n\nAll {n}, as `evidence.toml` has them; `calibrated.toml` may say otherwise of some. \
         `rvtsim evidence KEY` shows one with its source, its range and who gave its value.\n"
    );
    let mut group = "";
    for entry in evidence {
        let (of, name) = entry.spec.key.split_once('.').expect("a group and a name");
        if of != group {
            group = of;
            let _ = write!(
                out,
                "\n### `{group}`\n\n| Key | Value | Unit | Range | Grade | Family | Meaning |\n|:--|--:|:--|:--|:--|:--|:--|\n"
            );
        }
        let number = six_digits;
        let _ = writeln!(
            out,
            "| `{group}.{name}` | {} | {} | {} to {} | {} | {} | {} |",
            number(entry.value),
            Lang::En.unit(entry.spec.unit),
            number(entry.low),
            number(entry.high),
            entry.grade.key(),
            entry.family.key(),
            entry.spec.definition
        );
    }
}
