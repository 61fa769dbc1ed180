//! The event log agrees with the run, in every format.

use std::collections::{BTreeMap, BTreeSet};

use crate::desk::Desk;
use rvtsim::scenario::{Changes, load};
use rvtsim::study::lives_of;

const TINY: &str = r#"
    extends = "vergelijking.toml"
    [scenario]
    belief = "neutraal"
    label = { nl = "Een klein logboek & <meer>", en = "A small log" }
    warm_up = "91 days"
    measured = "182 days"
    replications = 1
    regions = ["Zeeland"]
    forms = ["v0_estafette", "v4_openbaar_lichaam"]
"#;

fn logged(desk: &Desk, format: &str) -> String {
    let line = format!("log scenarios/proef.toml --format {format}");
    let output = desk.command(&line).output().unwrap();
    assert!(output.status.success());
    String::from_utf8(output.stdout).unwrap()
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

#[test]
fn cases_events_and_activities_agree_with_the_run_in_every_format() {
    let desk = Desk::with(TINY);
    let table = logged(&desk, "csv");
    let mut reader = csv::Reader::from_reader(table.as_bytes());
    let rows: Vec<csv::StringRecord> = reader.records().map(Result::unwrap).collect();
    let of_table = counts(
        rows.iter()
            .map(|row| (row[0].to_owned(), row[4].to_owned())),
    );

    let scenario = load(&desk.at("scenarios/proef.toml"), &Changes::default()).unwrap();
    let (mut n_cases, mut n_events) = (0, 0);
    for case in 0..2 {
        let lives = lives_of(&scenario, case, 0, 1).unwrap();
        n_cases += lives.len();
        n_events += lives
            .iter()
            .map(|life| life.journal.entries.len())
            .sum::<usize>();
    }
    let cases: BTreeSet<&str> = rows.iter().map(|row| &row[0]).collect();
    assert_eq!((cases.len(), rows.len()), (n_cases, n_events));
    assert!(n_cases > 1_000, "{n_cases}");

    let ocel: serde_json::Value = serde_json::from_str(&logged(&desk, "ocel")).unwrap();
    let word = |value: &serde_json::Value| value.as_str().unwrap().to_owned();
    let events = ocel["events"].as_array().unwrap();
    let objects: BTreeSet<String> = ocel["objects"]
        .as_array()
        .unwrap()
        .iter()
        .map(|one| word(&one["id"]))
        .collect();
    let types: BTreeSet<String> = ocel["eventTypes"]
        .as_array()
        .unwrap()
        .iter()
        .map(|one| word(&one["name"]))
        .collect();
    let of_ocel = counts(events.iter().map(|event| {
        for partner in event["relationships"].as_array().unwrap() {
            assert!(objects.contains(&word(&partner["objectId"])));
        }
        assert!(types.contains(&word(&event["type"])));
        (
            word(&event["relationships"][0]["objectId"]),
            word(&event["type"]),
        )
    }));
    assert_eq!(of_ocel, of_table);

    let xes = logged(&desk, "xes");
    let document = roxmltree::Document::parse(&xes).unwrap();
    let value = |node: &roxmltree::Node, key: &str| {
        let found = node
            .children()
            .find(|one| one.attribute("key") == Some(key));
        found.unwrap().attribute("value").unwrap().to_owned()
    };
    let traces = document
        .root_element()
        .children()
        .filter(|node| node.has_tag_name("trace"));
    let mut of_xes = Vec::new();
    for trace in traces {
        let case = value(&trace, "concept:name");
        let events = trace.children().filter(|node| node.has_tag_name("event"));
        of_xes.extend(events.map(|event| (case.clone(), value(&event, "concept:name"))));
    }
    assert_eq!(counts(of_xes.into_iter()), of_table);
}

#[test]
fn a_change_of_protection_says_to_what_in_every_format() {
    let desk = Desk::with(TINY);
    let table = logged(&desk, "csv");
    let mut reader = csv::Reader::from_reader(table.as_bytes());
    let mut header = reader.headers().unwrap().iter();
    let place = header.position(|name| name == "protection").unwrap();
    let mut of_table = BTreeMap::new();
    for row in reader.records().map(Result::unwrap) {
        assert_eq!(&row[4] == "protection_changed", !row[place].is_empty());
        if !row[place].is_empty() {
            *of_table.entry(row[place].to_owned()).or_insert(0) += 1;
        }
    }
    let levels: Vec<&str> = of_table.keys().map(String::as_str).collect();
    assert_eq!(
        levels,
        ["conditions", "help", "measure", "none", "sight_only"]
    );

    let ocel: serde_json::Value = serde_json::from_str(&logged(&desk, "ocel")).unwrap();
    let xes = logged(&desk, "xes");
    for (level, n) in of_table {
        let attribute = serde_json::json!({ "name": "protection", "value": level });
        let events = ocel["events"].as_array().unwrap().iter();
        let with_it =
            events.filter(|event| event["attributes"].as_array().unwrap().contains(&attribute));
        assert_eq!(with_it.count(), n, "{level}");
        let attribute = format!("key=\"protection\" value=\"{level}\"");
        assert_eq!(xes.matches(&attribute).count(), n, "{level}");
    }
}

#[test]
fn times_of_a_case_never_run_backwards_and_lie_in_what_is_measured() {
    let desk = Desk::with(TINY);
    let table = logged(&desk, "csv");
    let mut reader = csv::Reader::from_reader(table.as_bytes());
    let mut last: BTreeMap<String, String> = BTreeMap::new();
    for row in reader.records().map(Result::unwrap) {
        let at = row[6].to_owned();
        assert!(
            ("2026-01-01T00:00:00+01:00"..="2026-07-02T00:00:00+01:00").contains(&at.as_str()),
            "{at}"
        );
        let before = last.insert(row[0].to_owned(), at.clone());
        assert!(before.is_none_or(|before| before <= at));
    }
}

#[test]
fn a_file_that_is_there_is_left_as_it_is() {
    let desk = Desk::with(TINY);
    std::fs::write(desk.at("mine.csv"), "dear").unwrap();
    let (code, told) = desk.types("log scenarios/proef.toml --out mine.csv");
    assert_eq!(code, 2, "{told}");
    assert!(told.contains("mine.csv is there already"), "{told}");
    assert_eq!(
        std::fs::read_to_string(desk.at("mine.csv")).unwrap(),
        "dear"
    );
}

#[test]
fn the_log_of_a_finished_run_is_that_of_its_scenario_with_its_own_seed_and_regions() {
    let desk = Desk::with(TINY);
    let run = "run scenarios/proef.toml --tables-only --seed 5 --regions Drenthe,Zeeland --replications 2";
    let (code, told) = desk.types(run);
    assert_eq!(code, 0, "{told}");
    let log = |line: &str| {
        let output = desk.command(line).output().unwrap();
        let told = String::from_utf8(output.stderr).unwrap();
        assert!(output.status.success(), "{told}");
        output.stdout
    };
    let of_run = log("log results/proef --replication 2");
    let of_scenario = "log scenarios/proef.toml --seed 5 --regions Drenthe,Zeeland --replication 2";
    assert!(of_run == log(of_scenario), "another log");
    let one = log("log results/proef --regions Drenthe --forms v4 --replication 2");
    assert!(!one.is_empty() && one.len() < of_run.len());
    // From the folder of the run itself the scenarios are found above it.
    let mut below = desk.command("log . --replication 2");
    below.current_dir(desk.at("results/proef"));
    assert!(
        below.output().unwrap().stdout == of_run,
        "another log from below"
    );

    for (line, fact) in [
        ("log results/proef --seed 6", "has its own seed"),
        (
            "log results/proef --replication 3",
            "has no replication 3: the last of it is 2",
        ),
        (
            "log results/proef --regions Utrecht",
            "is not of Utrecht, but of Drenthe, Zeeland",
        ),
        ("log results", "holds no run of rvtsim"),
    ] {
        let (code, told) = desk.types(line);
        assert_eq!(code, 2, "{told}");
        assert!(told.contains(fact), "{told}");
    }
}

#[test]
fn no_log_is_written_of_a_run_whose_files_have_changed_and_what_has_is_named() {
    let desk = Desk::with(TINY);
    assert_eq!(desk.types("run scenarios/proef.toml --tables-only").0, 0);
    let refused = |facts: &[&str]| {
        let (code, told) = desk.types("log results/proef --out log.csv");
        assert_eq!(code, 2, "{told}");
        for fact in facts {
            assert!(told.contains(fact), "{told}");
        }
        assert!(!desk.at("log.csv").exists());
    };
    let change = |name: &str, change: &dyn Fn(&str) -> String| {
        let path = desk.at(name);
        let text = std::fs::read_to_string(&path).unwrap();
        std::fs::write(&path, change(&text)).unwrap();
        move || std::fs::write(path, text).unwrap()
    };
    let undo = change("scenarios/proef.toml", &|text| {
        text.replace("91 days", "92 days")
    });
    refused(&["proef.toml has changed", "warm_up was 91 days, is 92 days"]);
    undo();
    let undo = change("scenarios/evidence.toml", &|text| {
        format!("{text}\n# more\n")
    });
    refused(&["evidence.toml has changed"]);
    undo();
    let undo = change("results/proef/manifest.json", &|text| {
        let version = format!("\"version\": \"{}\"", env!("CARGO_PKG_VERSION"));
        assert!(text.contains(&version));
        text.replace(&version, "\"version\": \"0.0.9\"")
    });
    refused(&["rvtsim is another program: was 0.0.9"]);
    undo();
    std::fs::rename(
        desk.at("scenarios/proef.toml"),
        desk.at("scenarios/weg.toml"),
    )
    .unwrap();
    refused(&["made from proef.toml, which is not there"]);
    std::fs::rename(
        desk.at("scenarios/weg.toml"),
        desk.at("scenarios/proef.toml"),
    )
    .unwrap();
    let (code, told) = desk.types("log results/proef --out log.csv");
    assert_eq!(code, 0, "{told}");
}

#[test]
fn a_manifest_leads_to_no_file_outside_the_scenarios() {
    let desk = Desk::with(TINY);
    assert_eq!(desk.types("run scenarios/proef.toml --tables-only").0, 0);
    let path = desk.at("results/proef/manifest.json");
    let text = std::fs::read_to_string(&path).unwrap();
    std::fs::write(desk.at("proef.toml"), "secret = 1").unwrap();
    for hostile in [
        "../proef.toml",
        "/etc/proef.toml",
        "forms/../../proef.toml",
        "proef",
        "",
    ] {
        let named = format!("\"file\": \"{hostile}\"");
        std::fs::write(&path, text.replace("\"file\": \"proef.toml\"", &named)).unwrap();
        let (code, told) = desk.types("log results/proef");
        assert_eq!(code, 2, "{told}");
        assert!(
            told.contains("does not say from which scenario"),
            "{hostile}: {told}"
        );
        assert!(!told.contains("secret"), "{told}");
    }
}

#[test]
fn whoever_stops_reading_has_seen_enough_in_every_format() {
    use std::io::Read;
    let desk = Desk::with(TINY);
    for format in ["csv", "xes", "ocel"] {
        let mut child = desk.starts(&format!("log scenarios/proef.toml --format {format}"));
        let mut out = child.stdout.take().unwrap();
        out.read_exact(&mut [0; 10]).unwrap();
        drop(out);
        let output = child.wait_with_output().unwrap();
        let told = String::from_utf8(output.stderr).unwrap();
        assert!(
            output.status.success() && told.is_empty(),
            "{format}: {told}"
        );
    }
}
