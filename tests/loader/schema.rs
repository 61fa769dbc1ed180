//! The JSON Schemas and the reference are what the program reads by, the shipped
//! files keep to them, and files that are wrong do not.
//!
//! RVTSIM_BLESS=1 writes scenarios/schema/ and docs/reference.md anew.

use crate::library;
use std::collections::BTreeMap;
use std::fs;
use std::path::{Path, PathBuf};

use jsonschema::Validator;
use rvtsim::report;
use rvtsim::scenario::{Changes, FORMATS, load};
use serde_json::Value;

fn root() -> &'static Path {
    Path::new(env!("CARGO_MANIFEST_DIR"))
}

fn schema_path(format: &str) -> PathBuf {
    root().join(format!("scenarios/schema/{format}.json"))
}

/// The schema of a format; a test keeps the shipped file equal to it.
fn validator(format: &str) -> Validator {
    let format = FORMATS.iter().find(|one| one.key == format).unwrap();
    jsonschema::validator_for(&format.schema()).unwrap()
}

/// TOML as an editor shows it to a schema: dates are texts.
fn json_of(toml: &toml::Value) -> Value {
    match toml {
        toml::Value::Datetime(date) => date.to_string().into(),
        toml::Value::Array(list) => list.iter().map(json_of).collect(),
        toml::Value::Table(table) => table
            .iter()
            .map(|(key, value)| (key.clone(), json_of(value)))
            .collect(),
        other => serde_json::to_value(other).unwrap(),
    }
}

fn toml_of(text: &str) -> Option<Value> {
    let table: toml::Table = text.parse().ok()?;
    Some(json_of(&toml::Value::Table(table)))
}

/// The format of a file of a library, by its place.
fn format_of(path: &str) -> &'static str {
    match path {
        "evidence.toml" => "evidence",
        "calibrated.toml" => "calibrated",
        "afwegingskader.toml" => "framework",
        path if path.starts_with("forms/") => "form",
        path if path.starts_with("beliefs/") => "belief",
        _ => "scenario",
    }
}

/// Every shipped TOML file, by its path from the library.
fn shipped() -> Vec<String> {
    fn collect(folder: &Path, found: &mut Vec<PathBuf>) {
        for entry in fs::read_dir(folder).unwrap() {
            let path = entry.unwrap().path();
            if path.is_dir() {
                collect(&path, found);
            } else if path.extension().is_some_and(|ending| ending == "toml") {
                found.push(path);
            }
        }
    }
    let library = root().join("scenarios");
    let mut paths = Vec::new();
    collect(&library, &mut paths);
    paths.sort();
    let name = |path: &PathBuf| path.strip_prefix(&library).unwrap().to_owned();
    let text = |path: PathBuf| path.to_str().unwrap().replace('\\', "/");
    paths.iter().map(|path| text(name(path))).collect()
}

fn is_blessed() -> bool {
    std::env::var_os("RVTSIM_BLESS").is_some()
}

#[test]
fn the_shipped_schemas_are_what_the_program_reads_by() {
    for format in FORMATS {
        let (path, schema) = (schema_path(format.key), format.schema());
        if is_blessed() {
            fs::create_dir_all(path.parent().unwrap()).unwrap();
            let text = serde_json::to_string_pretty(&schema).unwrap();
            fs::write(&path, text + "\n").unwrap();
        }
        let text = fs::read_to_string(&path).unwrap_or_default();
        let shipped: Value = serde_json::from_str(&text).unwrap_or_default();
        assert!(shipped == schema, "{} differs", path.display());
    }
}

#[test]
fn the_reference_is_what_the_program_reads_by() {
    let file = root().join("scenarios/vergelijking.toml");
    let scenario = load(&file, &Changes::default()).unwrap();
    let (path, text) = (
        root().join("docs/reference.md"),
        report::reference(&scenario.ledger),
    );
    if is_blessed() {
        fs::write(&path, &text).unwrap();
    }
    let shipped = fs::read_to_string(&path).unwrap_or_default();
    let differs = shipped
        .lines()
        .zip(text.lines())
        .find(|(one, other)| one != other);
    assert!(shipped == text, "docs/reference.md differs: {differs:?}");
}

#[test]
fn every_shipped_file_keeps_to_its_schema_and_names_it() {
    let files = shipped();
    assert!(files.len() >= 15, "{files:?}");
    for file in files {
        let text = fs::read_to_string(root().join("scenarios").join(&file)).unwrap();
        let format = format_of(&file);
        let value = toml_of(&text).expect("a shipped file is TOML");
        let validator = validator(format);
        let faults = validator.iter_errors(&value);
        let faults: Vec<String> = faults
            .map(|fault| format!("{}: {fault}", fault.instance_path()))
            .collect();
        assert!(faults.is_empty(), "{file}: {}", faults.join("\n"));
        let up = "../".repeat(file.matches('/').count());
        let up = if up.is_empty() { "./" } else { &up };
        let first = text.lines().next().unwrap_or_default();
        assert_eq!(
            first,
            format!("#:schema {up}schema/{format}.json"),
            "{file}"
        );
    }
}

/// Codes of mistakes that can be seen in one file alone, without any other.
const SEEN_ALONE: [&str; 8] = [
    "S011", "S012", "S013", "S014", "S015", "S018", "S019", "S032",
];

#[test]
fn what_is_wrong_in_itself_does_not_keep_to_its_schema() {
    let validators: BTreeMap<&str, Validator> = FORMATS
        .iter()
        .map(|format| (format.key, validator(format.key)))
        .collect();
    let mut n_refused = 0;
    for entry in fs::read_dir(root().join("tests/bad")).unwrap() {
        let path = entry.unwrap().path();
        let text = fs::read_to_string(&path).unwrap();
        let Some(value) = toml_of(&text).filter(|_| path.extension().unwrap() == "toml") else {
            continue; // what was said, a table with commas, or no TOML at all
        };
        let said = |word: &str| {
            let lines = text.lines().take_while(|line| line.starts_with('#'));
            let values = lines.filter_map(|line| line.strip_prefix(&format!("# {word}: ")));
            values.map(str::to_owned).collect::<Vec<_>>()
        };
        let format = format_of(said("as").first().map_or("", String::as_str));
        let codes: Vec<String> = said("expect")
            .iter()
            .map(|one| one[..4].to_owned())
            .collect();
        // To JSON Schema 10.0 is a whole number, and a sweep may have any of two sections or none.
        let unseen = ["point_whole.toml", "sweep_nothing.toml"];
        let is_seen = !unseen.iter().any(|file| path.ends_with(file));
        let is_expected = is_seen && codes.iter().any(|code| SEEN_ALONE.contains(&code.as_str()));
        let is_refused = !validators[format].is_valid(&value);
        if is_expected && !is_refused {
            panic!(
                "{} keeps to the schema of a {format}: {codes:?}",
                path.display()
            );
        }
        n_refused += usize::from(is_refused);
    }
    assert!(n_refused >= 15, "only {n_refused} are refused");
}

#[test]
fn quantities_and_keys_may_be_written_as_the_program_reads_them() {
    let validator = validator("scenario");
    for (text, is_right) in [
        ("staff.fte_lokaal_team = 3500", true),
        ("\"staff.fte_lokaal_team\" = 3500", true),
        ("staff.fte_lokaal_team = \"3500 FTE\"", true),
        ("work.sight_hours_per_week = \"0.2 uur per week\"", true),
        ("demand.growth_per_year = \"-2 %\"", true),
        ("demand.growth_per_year = -1", false),
        ("staff.fte_lokaal_team = \"12 weeks\"", false),
        ("staff.fte_lokaal_team = -1", false),
        ("staff.fte_lokaal_teams = 1", false),
        ("household.children_share = 1.5", false),
    ] {
        let text = format!("extends = \"base.toml\"\n[evidence]\n{text}\n");
        let value = toml_of(&text).unwrap();
        assert_eq!(validator.is_valid(&value), is_right, "{text}");
        let library = library::Library::new();
        library.write("x.toml", &text);
        let is_read = library.load("x.toml", &Changes::default()).is_ok();
        assert_eq!(is_read, is_right, "{text}");
    }
}
