//! The event logs as the crate process_mining reads them: cases, events and activities are those of
//! the table, which `tests/program/log.rs` holds against the run.

use std::collections::{BTreeMap, BTreeSet};
use std::path::{Path, PathBuf};
use std::process::Command;

use process_mining::core::event_data::case_centric::Trace;
use process_mining::{EventLog, Importable, OCEL};

/// The program, built before: RVTSIM, or what stands in the folder of the package.
fn program() -> PathBuf {
    let root = Path::new(env!("CARGO_MANIFEST_DIR")).join("../..");
    let built =
        ["release", "debug"].map(|profile| root.join("target").join(profile).join("rvtsim"));
    let named = std::env::var_os("RVTSIM").map(PathBuf::from);
    let mut found = named.into_iter().chain(built);
    found
        .find(|path| path.is_file())
        .expect("build rvtsim first, or say where it is: RVTSIM=path")
}

/// Writes a log of two forms in Zeeland.
fn log(folder: &Path, format: &str, name: &str) -> PathBuf {
    let path = folder.join(name);
    let written = Command::new(program())
        .current_dir(Path::new(env!("CARGO_MANIFEST_DIR")).join("../.."))
        .args(["log", "scenarios/referentie.toml", "--regions", "Zeeland"])
        .args(["--forms", "v0,v4", "--format", format, "--out"])
        .arg(&path)
        .status()
        .unwrap();
    assert!(written.success());
    path
}

/// Events of every case and activity.
type Counts = BTreeMap<(String, String), usize>;

fn counts(events: impl Iterator<Item = (String, String)>) -> Counts {
    let mut counts = Counts::new();
    for event in events {
        *counts.entry(event).or_default() += 1;
    }
    counts
}

fn of_table(folder: &Path) -> Counts {
    let mut table = csv::Reader::from_path(log(folder, "csv", "log.csv")).unwrap();
    let rows = table.records().map(Result::unwrap);
    counts(rows.map(|row| (row[0].to_owned(), row[4].to_owned())))
}

fn n_cases(counts: &Counts) -> usize {
    counts
        .keys()
        .map(|(case, _)| case)
        .collect::<BTreeSet<_>>()
        .len()
}

#[test]
fn the_xes_log_has_the_cases_events_and_activities_of_the_table() {
    let home = tempfile::tempdir().unwrap();
    let table = of_table(home.path());
    let read = EventLog::import_from_path(log(home.path(), "xes", "log.xes")).unwrap();
    let name = |attributes: &[process_mining::core::event_data::case_centric::Attribute]| {
        let found = attributes
            .iter()
            .find(|one| one.key == "concept:name")
            .unwrap();
        found.value.try_as_string().unwrap().clone()
    };
    let events = |trace: &Trace| -> Vec<(String, String)> {
        let case = name(&trace.attributes);
        let events = trace.events.iter();
        events
            .map(|event| (case.clone(), name(&event.attributes)))
            .collect()
    };
    assert_eq!(read.traces.len(), n_cases(&table));
    assert!(read.traces.len() > 1000, "{}", read.traces.len());
    assert_eq!(counts(read.traces.iter().flat_map(events)), table);
    // Every event has its moment, and none of a case lies before the one before it.
    for trace in &read.traces {
        let time = |event: &process_mining::core::event_data::case_centric::Event| {
            let found = event
                .attributes
                .iter()
                .find(|one| one.key == "time:timestamp");
            *found.unwrap().value.try_as_date().unwrap()
        };
        assert!(trace.events.is_sorted_by_key(time));
    }
}

#[test]
fn the_ocel_log_has_the_same_and_every_object_is_known() {
    let home = tempfile::tempdir().unwrap();
    let table = of_table(home.path());
    let read = OCEL::import_from_path(log(home.path(), "ocel", "log.json")).unwrap();
    let kinds: BTreeMap<&str, &str> = (read.objects.iter())
        .map(|object| (object.id.as_str(), object.object_type.as_str()))
        .collect();
    let types: BTreeSet<&str> = read
        .event_types
        .iter()
        .map(|one| one.name.as_str())
        .collect();
    let event = |event: &process_mining::core::event_data::object_centric::OCELEvent| {
        assert!(types.contains(event.event_type.as_str()));
        let of_kind = |kind: &str| {
            let partners = event.relationships.iter();
            let found = partners.filter(|one| kinds[one.object_id.as_str()] == kind);
            found.map(|one| one.object_id.clone()).collect::<Vec<_>>()
        };
        assert!(of_kind("team").len() <= 1);
        let [household] = &of_kind("household")[..] else {
            panic!("an event is of one household");
        };
        (household.clone(), event.event_type.clone())
    };
    assert_eq!(counts(read.events.iter().map(event)), table);
    let n_households = kinds.values().filter(|kind| **kind == "household").count();
    assert_eq!(n_households, n_cases(&table));
}
