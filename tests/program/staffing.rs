//! A run with hours by work, each replication in a world of its own, as its users meet it.

use std::collections::BTreeMap;

use crate::desk::{Desk, rows};

const SMALL: &str = r#"
extends = "vergelijking.toml"
[scenario]
label = { nl = "Een kleine proef", en = "A small trial" }
warm_up = "90 days"
measured = "180 days"
replications = 3
regions = ["Zeeland"]
forms = ["v0_estafette", "uren_van_nu", "v4_openbaar_lichaam"]
[staffing]
division = "by_work"
[doubt]
parameters = "posterior"
"#;

/// Worlds that a calibration might have found.
const WORLDS: &str = "point,staff.turnover,work.onderzoek_weeks\n1,0.1,6\n2,0.2,8\n3,0.3,10\n";

fn desk(scenario: &str) -> Desk {
    let desk = Desk::with(scenario);
    std::fs::write(desk.at("scenarios/calibrated_draws.csv"), WORLDS).unwrap();
    desk
}

#[test]
fn by_work_and_in_worlds_a_run_is_the_same_on_any_threads() {
    let results = |threads: &str| {
        let desk = desk(SMALL);
        let (code, told) = desk.types(&format!(
            "run scenarios/proef.toml --tables-only --threads {threads}"
        ));
        assert_eq!(code, 0, "{told}");
        desk.results()
    };
    let one = results("1");
    assert!(one == results("3"), "other threads give other bytes");
    let manifest = String::from_utf8(one["manifest.json"].clone()).unwrap();
    assert!(manifest.contains("\"doubt\": \"posterior\""));
    let staffing = rows(&one["staffing.csv"]);
    let of = |form: &'static str| {
        let rows = staffing.iter();
        rows.filter(move |row| row["form"] == form && row["region"] == "Zeeland")
    };
    let people = |form: &'static str| -> u32 {
        of(form)
            .map(|row| row["people"].parse::<u32>().unwrap())
            .sum()
    };
    // The same people, wherever they are.
    assert_eq!(people("v0_estafette"), people("v4_openbaar_lichaam"));
    assert!(of("v0_estafette").all(|row| row["division"] == "by_work"));
    let mut today = of("uren_van_nu");
    assert!(today.all(|row| row["division"] == "as_assigned" && row["people"].is_empty()));
}

#[test]
fn an_interval_of_worlds_is_not_that_of_a_mean() {
    let halves = |doubt: &str| -> f64 {
        let desk = desk(&SMALL.replace("posterior", doubt));
        let (code, told) = desk.types("run scenarios/proef.toml --tables-only");
        assert_eq!(code, 0, "{told}");
        let row = load_of_the_relay(&desk);
        let number = |column: &str| row[column].parse::<f64>().unwrap();
        number("ci_high") - number("ci_low")
    };
    assert!(halves("posterior") > 1.5 * halves("none"));
}

fn load_of_the_relay(desk: &Desk) -> BTreeMap<String, String> {
    let is_it = |row: &BTreeMap<String, String>| {
        row["form"] == "v0_estafette" && row["region"] == "Zeeland" && row["kpi"] == "load_percent"
    };
    let kpis = rows(&desk.results()["kpis.csv"]);
    kpis.into_iter().find(is_it).unwrap()
}

#[test]
fn worlds_that_run_twice_tell_how_much_of_an_interval_is_chance() {
    let share = |doubt: &str| {
        let desk = desk(&SMALL.replace("parameters = \"posterior\"", doubt));
        let (code, told) = desk.types("run scenarios/proef.toml --tables-only");
        assert_eq!(code, 0, "{told}");
        let manifest = String::from_utf8(desk.results()["manifest.json"].clone()).unwrap();
        let is_told = manifest.contains("is chance and the rest assumption");
        (load_of_the_relay(&desk)["chance_share"].clone(), is_told)
    };
    assert_eq!(share("parameters = \"posterior\""), (String::new(), false));
    assert_eq!(
        share("parameters = \"none\"\ntwins = 1"),
        ("1".to_owned(), false)
    );
    let (one_in_three, is_told) = share("parameters = \"posterior\"\ntwins = 1");
    assert!(is_told);
    // Staff turnover and weeks of an onderzoek that are twice as much move the load by more than a year's luck.
    let chance: f64 = one_in_three.parse().unwrap();
    assert!((0.0..0.5).contains(&chance), "{chance}");
}
