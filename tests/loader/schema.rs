//! The JSON Schemas and the reference are what the program reads by, the shipped
//! files keep to them, and files that are wrong do not.
//!
//! RVTSIM_BLESS=1 writes scenarios/schema/ and docs/reference.md anew.

use crate::library;
use std::collections::{BTreeMap, BTreeSet};
use std::fs;
use std::path::{Path, PathBuf};

use jsonschema::Validator;
use rvtsim::model::{Parameters, Spec, Unit};
use rvtsim::report;
use rvtsim::scenario::{Changes, FORMATS, load, range};
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
    let files = crate::shipped::files().filter(|file| file.ends_with(".toml"));
    files.map(str::to_owned).collect()
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

/// Whether the loader and the schema take this file of a scenario, in that order.
fn taken(library: &library::Library, validator: &Validator, text: &str) -> (bool, bool) {
    library.write("x.toml", text);
    let log = library.load("x.toml", &Changes::default()).err();
    let is_refused = log.is_some_and(|log| {
        let seen = log.errors().filter(|one| SEEN_ALONE.contains(&one.code));
        seen.count() > 0
    });
    let value = toml_of(text).expect("TOML");
    (!is_refused, validator.is_valid(&value))
}

#[test]
fn loader_and_schema_have_the_same_ranges_of_parameters() {
    let (library, validator) = (library::Library::new(), validator("scenario"));
    // As many as are told of at once.
    for some in Parameters::TABLE.chunks(40) {
        for (place, is_right) in [
            (-1e-6, false),
            (0.0, true),
            (1e-6, true),
            (1.0, true),
            (1.0 + 1e-6, false),
        ] {
            let line = |spec: &Spec| {
                let (low, high) = range(spec);
                let value = low + place * (high - low);
                // Growth stays above its least.
                let value = match spec.unit {
                    Unit::Growth if place == 0.0 => low + 1e-9,
                    _ => value,
                };
                format!("{} = {value:?}\n", spec.key)
            };
            let lines: String = some.iter().map(line).collect();
            let text = format!("extends = \"base.toml\"\n[evidence]\n{lines}");
            library.write("x.toml", &text);
            let log = library.load("x.toml", &Changes::default()).err();
            let log = log.unwrap_or_default();
            let by_loader = log.errors().filter(|one| one.code == "S013").count();
            let value = toml_of(&text).expect("TOML");
            let faults = validator.iter_errors(&value);
            let by_schema: BTreeSet<String> = faults
                .map(|fault| fault.instance_path().to_string())
                .collect();
            let expected = if is_right { 0 } else { some.len() };
            assert_eq!(by_loader, expected, "{place}: {log}");
            assert_eq!(by_schema.len(), expected, "{place}: {by_schema:?}");
        }
    }
}

#[test]
fn loader_and_schema_have_the_same_limits_of_sections() {
    let (library, validator) = (library::Library::new(), validator("scenario"));
    let list = |n: usize, one: &str| format!("[{}]", vec![one; n].join(", "));
    let turnover = |n| {
        format!(
            "[sweep]\ndesign = \"one_at_a_time\"\nfactors = {}",
            list(n, "\"staff.turnover\"")
        )
    };
    let levels = |n| {
        format!(
            "[sweep]\ndesign = \"grid\"\npoints = 2\nranges.\"staff.turnover\".levels = {}",
            list(n, "0.5")
        )
    };
    let points = |n: u64| {
        format!("[sweep]\ndesign = \"sobol\"\npoints = {n}\nfactors = [\"staff.turnover\"]")
    };
    let precision = |key: &str| format!("[precision]\nkpi = \"ots_per_year\"\n{key}");
    let forms = |n: usize| {
        let names: Vec<String> = (0..n).map(|number| format!("\"f{number}\"")).collect();
        format!("[scenario]\nforms = [{}]", names.join(", "))
    };
    for (text, is_right) in [
        (turnover(500), true),
        (turnover(501), false),
        (levels(1000), true),
        (levels(1001), false),
        (levels(0), false),
        (points(0), false),
        (points(1), true),
        (points(10_000_000), true),
        (points(10_000_001), false),
        (precision("half_width = 1e-9\nat_most = 10"), true),
        (precision("half_width = 1e-10\nat_most = 10"), false),
        (precision("half_width = 1e12\nat_most = 100000"), true),
        (precision("half_width = 1.1e12\nat_most = 10"), false),
        (precision("share = 1e-4\nat_most = 10"), true),
        (precision("share = 1.1\nat_most = 10"), false),
        (precision("share = 1.0\nat_most = 9"), false),
        (precision("share = 1.0\nat_most = 100001"), false),
        ("[scenario]\nreplications = 0".to_owned(), false),
        ("[scenario]\nreplications = 100000".to_owned(), true),
        ("[scenario]\nreplications = 100001".to_owned(), false),
        ("[scenario]\nseed = 9223372036854775807".to_owned(), true),
        ("[scenario]\nseed = -1".to_owned(), false),
        ("[scenario]\nregions = []".to_owned(), false),
        (forms(0), false),
        (forms(32), true),
        (forms(33), false),
    ] {
        let file = format!("extends = \"base.toml\"\n{text}\n");
        let taken = taken(&library, &validator, &file);
        assert_eq!(
            taken,
            (is_right, is_right),
            "{}",
            &text[..text.len().min(200)]
        );
    }
}
