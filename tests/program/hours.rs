//! Which hours a service takes, as somebody types it.

use std::collections::BTreeMap;
use std::fs;
use std::thread::sleep;
use std::time::{Duration, Instant};

use crate::desk::{Desk, rows, told};

/// Two forms in a small region for half a year.
const SMALL: &str = r#"
extends = "vergelijking.toml"
[scenario]
label = { nl = "Een kleine proef", en = "A small trial" }
warm_up = "84 days"
measured = "91 days"
replications = 2
regions = ["Gooi en Vechtstreek"]
forms = ["v0_estafette", "v4_openbaar_lichaam"]
[staffing]
division = "as_assigned"
[doubt]
parameters = "none"
"#;
const COMMAND: &str = "hours scenarios/proef.toml --target term_assessment_percent>=60 \
    --target load_percent<=40 --factors 1,2,4 --euros-per-fte 95000 --out results/proef";

fn number(row: &BTreeMap<String, String>, column: &str) -> f64 {
    row[column].parse().expect(column)
}

/// The least factor that the table of what was seen gives, by hand.
fn least(rows: &[&BTreeMap<String, String>]) -> Option<f64> {
    let mut least: f64 = 0.0;
    for kpi in ["term_assessment_percent", "load_percent"] {
        let own = rows.iter().filter(|row| row["kpi"] == kpi);
        let stands: Vec<_> = own.filter(|row| !row["fitted"].is_empty()).collect();
        let met = stands.iter().position(|row| row["is_met"] == "true")?;
        let x = |at: usize| number(stands[at], "factor");
        let y = |at: usize| number(stands[at], "fitted");
        least = least.max(match met {
            0 => x(0),
            _ => {
                let bound = number(stands[met], "target");
                let share = (bound - y(met - 1)) / (y(met) - y(met - 1));
                x(met - 1) + share * (x(met) - x(met - 1))
            }
        });
    }
    Some(least)
}

#[test]
fn hours_follow_from_what_was_seen_on_any_threads_and_after_a_kill() {
    let (one, two) = (Desk::with(SMALL), Desk::with(SMALL));
    let (code, said) = one.types(&format!("{COMMAND} --threads 1"));
    assert_eq!(code, 0, "{said}");
    assert!(said.contains("3 runs: 12 passes"), "{said}");
    assert!(said.contains("warning[S083]"), "{said}");

    // Killed when something is finished, and gone on with on two threads.
    let passes = two.at("results/proef.partial/passes");
    let mut child = two.starts(&format!("{COMMAND} --threads 1"));
    let begun = Instant::now();
    let is_begun = || fs::metadata(&passes).map_or(0, |found| found.len()) > 60_000;
    while !is_begun() && child.try_wait().unwrap().is_none() {
        assert!(
            begun.elapsed() < Duration::from_secs(600),
            "nothing is finished"
        );
        sleep(Duration::from_millis(1));
    }
    child.kill().unwrap();
    let (code, said) = told(child.wait_with_output().unwrap());
    assert_eq!(code, -1, "it ended before it was killed: {said}");
    let (code, said) = two.types(&format!("{COMMAND} --threads 2 --resume"));
    assert_eq!(code, 0, "{said}");
    assert!(said.contains("taken over from"), "{said}");
    let files = one.results();
    assert!(files == two.results(), "an end or threads change something");

    let seen = rows(&files["hours.csv"]);
    assert_eq!(seen.len(), 2 * 3 * 2);
    let needed = rows(&files["hours_needed.csv"]);
    let forms: Vec<&str> = needed.iter().map(|row| row["form"].as_str()).collect();
    assert_eq!(forms, ["v0_estafette", "v4_openbaar_lichaam"]);
    let mut n_within = 0;
    for row in &needed {
        let own: Vec<_> = seen
            .iter()
            .filter(|one| one["form"] == row["form"])
            .collect();
        for pair in own
            .windows(2)
            .filter(|pair| pair[0]["kpi"] == pair[1]["kpi"])
        {
            assert!(number(pair[0], "factor") < number(pair[1], "factor"));
        }
        let today = number(row, "hours_today");
        for one in &own {
            let hours = number(one, "factor") * today;
            assert!((number(one, "hours_per_week") / hours - 1.0).abs() < 1e-5);
        }
        let expected = least(&own);
        match &*row["standing"] {
            "within" => {
                n_within += 1;
                let factor = number(row, "factor");
                let expected = expected.expect("it is met somewhere");
                assert!(
                    (factor / expected - 1.0).abs() < 1e-4,
                    "{factor} {expected}"
                );
                assert!((number(row, "hours") / (factor * today) - 1.0).abs() < 1e-5);
                let euros = 95_000.0 * number(row, "fte");
                assert!((number(row, "euros_per_year") / euros - 1.0).abs() < 1e-5);
            }
            "below" => assert_eq!(expected, Some(1.0)),
            "beyond" => assert_eq!(expected, None),
            other => panic!("{other}"),
        }
    }
    assert!(n_within > 0, "{needed:?}");
    let decided = needed.iter().any(|row| row["decided_by"] == "load_percent");
    assert!(
        decided,
        "staff are loaded the less the more there are: {needed:?}"
    );

    // With today's hours it is the run itself.
    let kpis = rows(&files["kpis.csv"]);
    for one in seen.iter().filter(|row| row["factor"] == "1") {
        let same = kpis.iter().find(|row| {
            row["region"] == "totaal" && row["form"] == one["form"] && row["kpi"] == one["kpi"]
        });
        assert_eq!(one["mean"], same.expect("a row of the run")["mean"]);
    }
    let page = String::from_utf8(files["report.html"].clone()).unwrap();
    for lang in ["nl", "en"] {
        assert!(page.contains(&format!("id=\"{lang}-hours\">")));
        for kpi in ["term_assessment_percent", "load_percent"] {
            for ending in ["svg", "png"] {
                let figure = format!("charts/{lang}/hours_{kpi}.{ending}");
                assert!(files.contains_key(&figure), "{figure}");
            }
        }
    }
}

#[test]
fn what_cannot_be_asked_is_refused_before_anything_is_run() {
    let desk = Desk::with(SMALL);
    for (asked, words) in [
        ("", "--target"),
        (
            " --target wait_first_help_p90_day<=56",
            "did you mean `wait_first_help_p90_days`",
        ),
        (
            " --target wait_first_help_p90_days<56",
            "write a KPI, >= or <=, and a number",
        ),
        (
            " --target wait_first_help_p90_days<=56 --factors 1",
            "1,1.2,1.5,2",
        ),
        (
            " --target wait_first_help_p90_days<=56 --euros-per-fte 0",
            "95000",
        ),
    ] {
        let (code, said) = desk.types(&format!("hours scenarios/proef.toml{asked}"));
        assert_eq!(code, 2, "{asked}: {said}");
        assert!(said.contains(words), "{asked}: {said}");
    }
    assert!(!desk.at("results").exists());
}
