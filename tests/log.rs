//! The event log agrees with the run, in every format.

mod desk;

use std::collections::{BTreeMap, BTreeSet};

use desk::Desk;
use rvtsim::experiment::lives_of;
use rvtsim::scenario::{Changes, load};

const TINY: &str = r#"
    extends = "vergelijking.toml"
    [scenario]
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
