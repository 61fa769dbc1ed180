//! What is accepted runs: every parameter at both ends of its range, and at 0, in every shipped
//! form; the period and what a form says in numbers at theirs.

use std::fs;
use std::path::Path;

use rvtsim::experiment::{Cost, Execution, run};
use rvtsim::model::{Parameters, Spec, Unit};
use rvtsim::scenario::{Changes, Scenario, load, range};
use tempfile::TempDir;

use crate::shipped;

/// Memory that is taken to be free \[bytes\].
const FREE: Option<u64> = Some(4_000_000_000);

/// So many times what is expected may happen, in a village in which a parameter is at its end; and
/// so many events are few.
const MOST: f64 = 20.0;
const FEW: f64 = 1e5;

/// The shipped scenarios, with Zeeland no larger than a village: whatever the country has, it has
/// little of it.
fn village() -> TempDir {
    let library = tempfile::tempdir().unwrap();
    shipped::copy_to(library.path());
    let path = library.path().join("regions.csv");
    let mut table = csv::Reader::from_path(&path).unwrap();
    let header = table.headers().unwrap().clone();
    let mut small = csv::Writer::from_writer(Vec::new());
    small.write_record(&header).unwrap();
    for row in table.records().map(Result::unwrap) {
        let is_village = &row[1] == "Zeeland";
        let cells = header.iter().zip(&row).map(|(column, cell)| match column {
            "population" if is_village => "4000",
            "vt_meldingen" | "vt_adviezen" if is_village => "40",
            _ => cell,
        });
        small.write_record(cells).unwrap();
    }
    fs::write(path, small.into_inner().unwrap()).unwrap();
    library
}

/// Every form that ships.
fn forms(library: &Path) -> Vec<String> {
    let files = fs::read_dir(library.join("forms")).unwrap();
    let names = files.map(|file| file.unwrap().path());
    let mut names: Vec<String> = names
        .map(|path| path.file_stem().unwrap().to_str().unwrap().to_owned())
        .collect();
    names.sort();
    names
}

/// A scenario of the village with these lines in [evidence], from `warm_up` on, for `measured`.
fn scenario(library: &Path, evidence: &str, heading: &str) -> Result<Scenario, String> {
    let forms = format!("{:?}", forms(library));
    let text = format!(
        "extends = \"vergelijking.toml\"\n[scenario]\nreplications = 1\nregions = [\"Zeeland\"]\n\
         forms = {forms}\n{heading}\n[evidence]\n{evidence}\n"
    );
    let path = library.join("ends.toml");
    fs::write(&path, text).unwrap();
    load(&path, &Changes::default()).map_err(|log| log.to_string())
}

const SHORT: &str = "warm_up = \"2 weeks\"\nmeasured = \"9 weeks\"";

/// What went wrong when it ran, if it was accepted and did.
fn fault(library: &Path, evidence: &str, heading: &str) -> Option<String> {
    let told = |fact: String| Some(format!("{evidence} {heading}: {fact}"));
    let scenario = match scenario(library, evidence, heading) {
        Ok(scenario) => scenario,
        // With what the others are, and is told as such.
        Err(log) if log.contains("S037") || log.contains("S038") => return None,
        Err(log) => return told(log),
    };
    let cost = Cost::of_run(&scenario, 2);
    if cost.excess(&scenario, FREE).is_some() {
        return None;
    }
    match run(&scenario, &Execution::default()) {
        Err(error) => told(error.to_string()),
        // What a run takes is foreseen: no value makes it go on for ever.
        Ok(outcome) if outcome.n_events() as f64 > MOST * cost.n_events + FEW => told(format!(
            "{} events, and {:.0} were expected",
            outcome.n_events(),
            cost.n_events
        )),
        Ok(_) => None,
    }
}

/// The ends of what a parameter may be, and 0.
fn ends(spec: &Spec) -> Vec<f64> {
    let (low, high) = range(spec);
    let low = match spec.unit {
        Unit::Growth => low + 1e-6,
        _ => low,
    };
    let mut ends = vec![low, high];
    if low < 0.0 {
        ends.push(0.0);
    }
    ends
}

#[test]
fn every_parameter_runs_at_the_ends_of_its_range_in_every_form() {
    let library = village();
    let mut wrong = Vec::new();
    for spec in Parameters::TABLE {
        for end in ends(spec) {
            let evidence = format!("{} = {end}", spec.key);
            wrong.extend(fault(library.path(), &evidence, SHORT));
        }
    }
    assert!(wrong.is_empty(), "{}", wrong.join("\n"));
}

#[test]
fn many_parameters_run_at_their_ends_at_once() {
    let library = village();
    let all = |of: &dyn Fn(&Spec) -> Option<f64>| {
        let lines = Parameters::TABLE
            .iter()
            .filter_map(|spec| Some(format!("{} = {}", spec.key, of(spec)?)));
        lines.collect::<Vec<_>>().join("\n")
    };
    let is_time = |spec: &Spec| {
        matches!(
            spec.unit,
            Unit::Days | Unit::Weeks | Unit::Years | Unit::WorkingDays
        )
    };
    let (least, most) = (|spec: &Spec| ends(spec)[0], |spec: &Spec| ends(spec)[1]);
    let starts = |spec: &Spec, group: &str| spec.key.starts_with(group);
    let sets = [
        all(&|spec| is_time(spec).then(|| least(spec))),
        all(&|spec| is_time(spec).then(|| most(spec))),
        all(&|spec| (spec.unit == Unit::Hours).then(|| most(spec))),
        all(&|spec| (spec.unit == Unit::Hours).then(|| least(spec))),
        all(&|spec| (spec.unit == Unit::Fte).then(|| least(spec))),
        all(&|spec| (spec.unit == Unit::HoursPerWeek).then(|| most(spec))),
        all(&|spec| starts(spec, "work.").then(|| least(spec))),
        all(&|spec| starts(spec, "work.").then(|| most(spec))),
        all(&|spec| starts(spec, "behaviour.").then(|| least(spec))),
        all(&|spec| starts(spec, "behaviour.").then(|| most(spec))),
        all(&|spec| starts(spec, "decision.").then(|| least(spec))),
        all(&|spec| starts(spec, "measure.").then(|| most(spec))),
        all(&|spec| starts(spec, "external.").then(|| least(spec))),
        all(&|spec| starts(spec, "term.").then(|| most(spec))),
        "danger.report_probability = 1\ndanger.repeat_probability = 0.95\ndanger.repeat_days = 0"
            .to_owned(),
        "measure.ots_weeks = 1\nmeasure.extension_probability_unsafe = 1\nmeasure.extension_probability_safe = 1"
            .to_owned(),
        "staff.office_opens_hour = 0\nstaff.office_closes_hour = 24".to_owned(),
        "staff.office_opens_hour = 0\nstaff.office_closes_hour = 1".to_owned(),
        "staff.office_opens_hour = 23\nstaff.office_closes_hour = 24".to_owned(),
        "work.crisis_days = \"100 % less\"\nwork.crisis_hours = 10000\nwork.cv = 10".to_owned(),
    ];
    // Each share of a whole is all of it, and the others nothing.
    let wholes = [
        &["household.structureel_share", "household.acuut_share"][..],
        &[
            "household.structureel_share_own_intake",
            "household.acuut_share_own_intake",
        ],
        &[
            "triage.kept_share",
            "triage.nothing_share",
            "triage.other_share",
        ],
        &["triage.onderzoek_share", "triage.voorwaarden_share"],
        &[
            "triage.transfer_to_existing_help_share",
            "triage.transfer_to_drang_share",
        ],
    ];
    let shares = wholes.iter().flat_map(|whole| {
        whole.iter().map(|all| {
            let of = |key: &&str| format!("{key} = {}", u8::from(*key == *all));
            whole.iter().map(of).collect::<Vec<_>>().join("\n")
        })
    });
    let wrong: Vec<String> = sets
        .into_iter()
        .chain(shares)
        .filter_map(|set| fault(library.path(), &set, SHORT))
        .collect();
    assert!(wrong.is_empty(), "{}", wrong.join("\n"));
}

#[test]
fn the_shortest_longest_earliest_and_latest_run_there_is() {
    let library = village();
    let periods = [
        "warm_up = \"0 days\"\nmeasured = \"1 day\"",
        "warm_up = \"0 days\"\nmeasured = \"1 day\"\nstart = 2200-12-31",
        "warm_up = \"1 year\"\nmeasured = \"1 day\"\nstart = 1901-01-01",
        "warm_up = \"100 years\"\nmeasured = \"1 day\"",
        "warm_up = \"0 days\"\nmeasured = \"100 years\"\nstart = 2101-01-01",
    ];
    let wrong: Vec<String> = periods
        .iter()
        .filter_map(|period| {
            fault(
                library.path(),
                "term.beoordeling_working_days = 36525",
                period,
            )
        })
        .collect();
    assert!(wrong.is_empty(), "{}", wrong.join("\n"));
}

#[test]
fn a_form_runs_at_the_ends_of_what_it_says_in_numbers() {
    let library = village();
    for (name, of_base, room, hours) in
        [("bare", "v0_estafette", 0, 0), ("full", "v2_rnvt", 1, 1000)]
    {
        let text = format!(
            "extends = \"{of_base}\"\n[form]\nlabel = {{ nl = \"{name}\", en = \"{name}\" }}\n\
             local_room = {room}\ncoordination_hours_per_case = {hours}\n"
        );
        fs::write(library.path().join(format!("forms/{name}.toml")), text).unwrap();
    }
    assert_eq!(fault(library.path(), "work.cv = 0", SHORT), None);
}
