//! A journey is the life of one family, as a trace of it tells, and the same however a run is made.

use std::collections::BTreeMap;
use std::sync::LazyLock;

use crate::desk::Desk;
use rvtsim::experiment::{Execution, Stretch, StretchKind, stretches};
use rvtsim::model::{Happening, Measure};
use rvtsim::scenario::{Changes, Scenario, conditions, load};
use rvtsim::study::{JOURNEY_FACTS, JOURNEYS, Journey, Life, journeys, lives_of};

const SMALL: &str = r#"
    extends = "vergelijking.toml"
    [scenario]
    belief = "neutraal"
    label = { nl = "Een kleine proef", en = "A small trial" }
    warm_up = "91 days"
    measured = "1 year"
    replications = 2
    regions = ["Gooi en Vechtstreek", "Zeeland"]
    forms = ["v0_estafette", "v2_rnvt", "v5_integraal_landelijk"]
"#;

static SCENARIO: LazyLock<Scenario> = LazyLock::new(|| {
    let desk = Desk::with(SMALL);
    load(&desk.at("scenarios/proef.toml"), &Changes::default()).unwrap()
});

static FOUND: LazyLock<Vec<Journey>> =
    LazyLock::new(|| journeys(&SCENARIO, &Execution::default()).unwrap());

fn of_kind(stretches: &[Stretch], is_it: impl Fn(StretchKind) -> bool) -> Vec<&Stretch> {
    stretches.iter().filter(|one| is_it(one.kind)).collect()
}

fn all_lives() -> impl Iterator<Item = Life> {
    (0..SCENARIO.cases.len()).flat_map(|case| lives_of(&SCENARIO, case, 1, 1).unwrap())
}

#[test]
fn stretches_of_every_life_add_up_to_its_facts() {
    let (mut n_lives, mut n_waits) = (0, 0);
    for life in all_lives() {
        let facts = &life.facts;
        let found = stretches(&life.journal);
        let n = |is_it: fn(StretchKind) -> bool| of_kind(&found, is_it).len() as u32;
        let waits = of_kind(&found, |kind| matches!(kind, StretchKind::Wait(_)));
        let waited: u64 = waits
            .iter()
            .map(|one| u64::from(one.to.since(one.from)))
            .sum();
        assert_eq!(waited, facts.waited, "{}", facts.family.name);
        assert_eq!(n(|kind| kind == StretchKind::Handover), facts.n_handovers);
        assert_eq!(n(|kind| kind == StretchKind::Retell), facts.n_retells);
        assert_eq!(
            n(|kind| matches!(kind, StretchKind::Incident { .. })),
            facts.n_incidents
        );
        assert_eq!(
            n(|kind| matches!(kind, StretchKind::Measure(_))),
            facts.n_measures()
        );
        assert!(
            found
                .iter()
                .all(|one| one.from <= one.to && one.to <= life.journal.until)
        );
        (n_lives, n_waits) = (n_lives + 1, n_waits + waits.len());
    }
    assert!(n_lives > 3000 && n_waits > n_lives, "{n_lives} {n_waits}");
}

/// Who holds the family is nowhere said in a journal but by what begins; that it is read right is
/// seen from the handovers, which are.
#[test]
fn the_lead_passes_where_the_model_counts_a_handover_and_one_team_leads_at_a_time() {
    let (mut n_handovers, mut n_other) = (0, 0);
    for life in all_lives() {
        let found = stretches(&life.journal);
        let leads = of_kind(&found, |kind| kind == StretchKind::Lead);
        let mut passed = Vec::new();
        for pair in leads.windows(2) {
            assert!(pair[0].to <= pair[1].from, "two teams lead at once");
            if pair[0].to == pair[1].from && pair[0].team != pair[1].team {
                passed.push((pair[1].from, pair[1].team));
            }
        }
        let counted = of_kind(&found, |kind| kind == StretchKind::Handover);
        for one in &counted {
            assert!(
                passed.contains(&(one.from, one.team)),
                "{:?} {one:?}",
                life.facts.family
            );
        }
        n_handovers += counted.len();
        n_other += passed.len() - counted.len();
    }
    // A team that joins takes the place of one whose professional has left: no handover, and rare.
    assert!(n_handovers > 500, "{n_handovers}");
    assert!(n_other * 50 < n_handovers, "{n_other} of {n_handovers}");
}

#[test]
fn a_measure_lasts_from_its_order_to_its_end_and_a_ban_only_begins() {
    let mut n = 0;
    for life in all_lives() {
        for one in stretches(&life.journal) {
            let StretchKind::Measure(measure) = one.kind else {
                continue;
            };
            let is_ban = matches!(measure, Measure::Huisverbod | Measure::Contactverbod);
            let end = life.journal.entries.iter().find(|entry| {
                entry.at >= one.from && entry.happening == Happening::Lifted(measure)
            });
            let end = end.map_or(life.journal.until, |entry| entry.at);
            assert_eq!(one.to, if is_ban { one.from } else { end });
            n += 1;
        }
    }
    assert!(n > 50, "{n}");
}

#[test]
fn the_family_fits_and_lies_nearest_to_the_middle_of_those_that_do() {
    let half = SCENARIO.period.warm_up_days + SCENARIO.period.measured_days.div_ceil(2);
    let lives = lives_of(&SCENARIO, SCENARIO.baseline, 1, 1).unwrap();
    let early = lives.iter().filter(|life| life.facts.came_at.day() < half);
    let early: Vec<&Life> = early.collect();
    let mut n_shown = 0;
    for journey in FOUND.iter() {
        // Zeeland has more meldingen than Gooi en Vechtstreek.
        assert_eq!(SCENARIO.regions[journey.region].name, "Zeeland");
        let wanted = conditions(journey.kind.conditions).unwrap();
        let fits = |life: &&&Life| wanted.iter().all(|one| one.fits(&life.facts));
        let fitting: Vec<&&Life> = early.iter().filter(fits).collect();
        let crowd = journey.crowds[SCENARIO.baseline];
        assert_eq!(
            (crowd.n_looked, crowd.n_fitting),
            (early.len(), fitting.len())
        );
        let Some(lives) = &journey.lives else {
            assert_eq!(crowd.n_fitting, 0);
            continue;
        };
        let rank = |life: &Life| -> usize {
            let of = |fact: &fn(&rvtsim::model::Facts) -> f64| {
                let own = fact(&life.facts);
                let less = fitting.iter().filter(|one| fact(&one.facts) < own).count();
                let more = fitting.iter().filter(|one| fact(&one.facts) > own).count();
                less.abs_diff(more)
            };
            JOURNEY_FACTS
                .iter()
                .map(|(_, fact)| of(fact))
                .max()
                .unwrap()
        };
        let chosen = fitting
            .iter()
            .find(|one| one.facts.family.name == lives.family.name);
        let least = fitting.iter().map(|one| rank(one)).min().unwrap();
        assert_eq!(rank(chosen.expect("it is one of those that fit")), least);
        assert_eq!(lives.lives.len(), SCENARIO.cases.len());
        assert!(
            lives
                .lives
                .iter()
                .all(|life| life.journal.family == lives.family)
        );
        n_shown += 1;
    }
    assert_eq!(FOUND.len(), JOURNEYS.len());
    assert!(n_shown >= 2, "{n_shown}");
}

/// The files of a run, without those that follow from others.
fn tables(desk: &Desk) -> BTreeMap<String, Vec<u8>> {
    let mut files = desk.results();
    files.retain(|name, _| name.ends_with(".csv"));
    files
}

#[test]
fn a_run_tells_the_same_journeys_on_any_number_of_threads_and_trace_knows_the_family() {
    let desk = Desk::with(SMALL);
    let (code, told) = desk.types("run scenarios/proef.toml --tables-only --threads 1");
    assert_eq!(code, 0, "{told}");
    let once = tables(&desk);
    let (code, told) = desk.types("run scenarios/proef.toml --tables-only --threads 3 --replace");
    assert_eq!(code, 0, "{told}");
    assert!(once == tables(&desk), "the number of threads shows");

    let rows = String::from_utf8(once["journey_types.csv"].clone()).unwrap();
    let mut table = csv::Reader::from_reader(rows.as_bytes());
    let mut n = 0;
    for row in table.records().map(Result::unwrap) {
        if row[7].is_empty() || &row[8] != "handovers" || &row[4] != "v0_estafette" {
            continue;
        }
        let line = format!(
            "trace scenarios/proef.toml --region {} --household {} --replication {} --lang en",
            &row[2], &row[7], &row[3]
        );
        let output = desk.command(&line).output().unwrap();
        let page = String::from_utf8(output.stdout).unwrap();
        let handovers = page.lines().find(|line| line.starts_with("handovers"));
        let first = handovers.unwrap().split_whitespace().nth(1).unwrap();
        assert_eq!(first, &row[10], "{page}");
        n += 1;
    }
    assert!(n >= 2, "{rows}");
}

#[test]
fn a_run_without_such_families_says_so_on_its_page() {
    let short = SMALL
        .replace("1 year", "14 days")
        .replace("91 days", "7 days");
    let desk = Desk::with(&short);
    let (code, told) = desk.types("run scenarios/proef.toml --replications 1 --regions Zeeland");
    assert_eq!(code, 0, "{told}");
    let page = std::fs::read_to_string(desk.at("results/proef/report.html")).unwrap();
    assert!(
        page.contains("In deze run is er niets te tonen"),
        "nobody has an OTS in a week"
    );
    assert!(page.contains("There is nothing to show in this run"));
    assert!(
        !desk
            .at("results/proef/charts/nl/journey_acute_children_ots.svg")
            .exists()
    );
    // Without the tables, as other commands write a folder, the page says that.
    let path = desk.at("results/proef/manifest.json");
    let text = std::fs::read_to_string(&path).unwrap();
    let mut manifest: serde_json::Value = serde_json::from_str(&text).unwrap();
    let tables = manifest["tables"].as_array_mut().unwrap();
    for name in ["journeys.csv", "journey_types.csv"] {
        std::fs::remove_file(desk.at("results/proef").join(name)).unwrap();
        tables.retain(|table| table["file"] != name);
    }
    std::fs::write(&path, manifest.to_string()).unwrap();
    let (code, told) = desk.types("report results/proef");
    assert_eq!(code, 0, "{told}");
    let page = std::fs::read_to_string(desk.at("results/proef/report.html")).unwrap();
    assert!(page.contains("heeft geen tabellen journeys.csv"));
}

#[test]
fn journeys_that_were_cut_off_are_told_with_their_file() {
    let desk = Desk::with(SMALL);
    let (code, told) = desk.types("run scenarios/proef.toml --tables-only --replications 1");
    assert_eq!(code, 0, "{told}");
    let path = desk.at("results/proef/journeys.csv");
    let text = std::fs::read_to_string(&path).unwrap();
    for changed in [
        text[..text.len() / 2].to_owned(),
        text.replacen(",lokaal_team,", ",toverteam,", 1),
        text.lines().next().unwrap().to_owned(),
    ] {
        std::fs::write(&path, changed).unwrap();
        let (code, told) = desk.types("report results/proef");
        assert_eq!(code, 2, "{told}");
        assert!(told.contains("journeys.csv"), "{told}");
    }
}
