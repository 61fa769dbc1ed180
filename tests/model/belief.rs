//! Belief sets, and what each assumption does once it is made: nothing at
//! zero, what its claim says above it, and nothing to the chain of today.

use crate::common;
use crate::shipped;
use std::fs;
use std::path::Path;

use rvtsim::model::{
    Change, Form, Function, Observations, Parameters, Scale, Setting, Tally, simulate,
};
use rvtsim::scenario::{Changes, Family, Grade, Scenario, load};

const BELIEFS: [&str; 4] = ["neutraal", "programma", "kritisch", "gemeten"];
/// How many replications are added up, with the same families on both sides.
const N: u32 = 8;

fn is_assumed(family: Family) -> bool {
    matches!(family, Family::Behaviour | Family::Transition)
}

/// A shipped scenario under a belief set, from a library that is a copy of the shipped one.
fn under(library: &Path, scenario: &str, belief: &str) -> Scenario {
    let path = library.join(format!("{belief}_{scenario}"));
    let text = format!("extends = \"{scenario}\"\nscenario.belief = \"{belief}\"\n");
    fs::write(&path, text).unwrap();
    let scenario = load(&path, &Changes::default());
    fs::remove_file(path).unwrap();
    scenario.unwrap_or_else(|log| panic!("{log}"))
}

#[test]
fn neutraal_assumes_nothing() {
    let scenario = common::comparison(&["Zeeland"]);
    assert_eq!(scenario.belief.key, "neutraal");
    for entry in &scenario.ledger {
        let key = entry.spec.key;
        let is_in_group = key.starts_with("behaviour.") || key.starts_with("transition.");
        assert_eq!(is_assumed(entry.family), is_in_group, "{key}");
        if is_in_group {
            assert_eq!((entry.value, entry.value_in_effect), (0.0, 0.0), "{key}");
            assert_eq!(entry.grade, Grade::D, "{key}");
            assert!(entry.claim.is_some(), "{key}");
        }
    }
    let none = Parameters::from_values(|_| 0.0);
    for case in &scenario.cases {
        let p = &case.parameters;
        assert_eq!(p.behaviour, none.behaviour, "{}", case.form.key);
        assert_eq!(p.transition, none.transition, "{}", case.form.key);
    }
}

#[test]
fn shipped_scenarios_load_under_every_belief_set_within_the_evidence() {
    let folder = tempfile::tempdir().unwrap();
    shipped::copy_to(folder.path());
    let names = shipped::files()
        .filter(|file| !file.contains('/'))
        .map(str::to_owned);
    let is_scenario = |name: &String| {
        let others = ["evidence.toml", "calibrated.toml", "afwegingskader.toml"];
        name.ends_with(".toml") && !others.contains(&name.as_str())
    };
    let names: Vec<String> = names.filter(is_scenario).collect();
    assert!(names.len() >= 2, "{names:?}");
    for belief in BELIEFS {
        for name in &names {
            let scenario = under(folder.path(), name, belief);
            assert_eq!(scenario.belief.key, belief);
            let warnings = scenario.warnings.iter();
            let warnings: Vec<String> = warnings.map(|one| one.to_string()).collect();
            assert!(warnings.is_empty(), "{belief}, {name}: {warnings:?}");
            let file = format!("beliefs/{belief}.toml");
            let believed = scenario.ledger.iter();
            let believed = believed.filter(|entry| entry.overridden_by.contains(&file));
            let families: Vec<Family> = believed.map(|entry| entry.family).collect();
            assert_eq!(families.is_empty(), belief == "neutraal");
            assert!(
                families.iter().all(|&one| one == Family::Behaviour),
                "{belief}: a belief is about behaviour; a change-over belongs to a scenario"
            );
        }
    }
}

/// What is looked at in a form under an assumption.
type Seen = fn(&Setting, &Observations) -> f64;

fn starts(seen: &Observations, function: Function) -> f64 {
    seen.starts[function as usize] as f64
}

fn drangs(_: &Setting, seen: &Observations) -> f64 {
    starts(seen, Function::Drang)
}

fn inquiries(_: &Setting, seen: &Observations) -> f64 {
    starts(seen, Function::Beschermingsonderzoek)
}

fn wrong_decisions(_: &Setting, seen: &Observations) -> f64 {
    seen.tally(Tally::MeasuresNotJustified) + seen.tally(Tally::MeasuresMissed)
}

fn petitions(_: &Setting, seen: &Observations) -> f64 {
    seen.tally(Tally::Petitions) / seen.tally(Tally::Beschermingsonderzoeken)
}

fn leavers(_: &Setting, seen: &Observations) -> f64 {
    seen.teams.iter().map(|team| team.leavers as f64).sum()
}

fn reserved(_: &Setting, seen: &Observations) -> f64 {
    seen.teams.iter().map(|team| team.reserved_hours).sum()
}

fn available(setting: &Setting, seen: &Observations) -> f64 {
    let teams = setting.form.teams.iter().zip(&seen.teams);
    let inside = teams.filter(|(team, _)| team.scale != Scale::External);
    inside.map(|(_, seen)| seen.available_hours).sum()
}

/// An assumption, the form in which it is tried, and what its claim says of it.
struct Trial {
    assumed: (&'static str, f64),
    /// What must be assumed as well for it to mean anything.
    beside: &'static [(&'static str, f64)],
    form: &'static str,
    seen: Seen,
    is_more: bool,
}

const fn trial(
    assumed: (&'static str, f64),
    beside: &'static [(&'static str, f64)],
    form: &'static str,
    seen: Seen,
    is_more: bool,
) -> Trial {
    Trial {
        assumed,
        beside,
        form,
        seen,
        is_more,
    }
}

/// Moves the estafettemodel too, and has a test of its own.
const TURNOVER: (&str, f64) = ("behaviour.turnover_per_overload", 3.0);
/// Asks for people who come to another team, and has a test of its own where forms change.
const START_UP: &str = "transition.team_start_up";
const GAIN: (&str, f64) = ("behaviour.threshold_if_joined", 2.0);
const WEAK: (&str, f64) = ("behaviour.weak_area_share", 0.5);
const STALL: (&str, f64) = ("behaviour.stall_in_weak_area", 0.3);
const DIP: (&str, f64) = ("transition.productivity_dip", 0.25);
const RECOVERY: (&str, f64) = ("transition.recovery_weeks", 104.0);

const DOUBLE: (&str, f64) = ("transition.double_running_share", 0.1);
const DOUBLE_WEEKS: (&str, f64) = ("transition.double_running_weeks", 52.0);

const TRIALS: [Trial; 21] = [
    trial(
        ("behaviour.acceptance_per_handover", -0.1),
        &[],
        "v2_rnvt",
        drangs,
        false,
    ),
    trial(
        ("behaviour.acceptance_beside_force", -0.2),
        &[],
        "v3_voorkantfusie",
        drangs,
        true,
    ),
    trial(
        ("behaviour.sigma_per_handover", 0.1),
        &[],
        "v4_openbaar_lichaam",
        wrong_decisions,
        false,
    ),
    trial(
        ("behaviour.sigma_generalist", 0.25),
        &[],
        "v5_integraal_landelijk",
        wrong_decisions,
        true,
    ),
    trial(
        ("behaviour.internal_check_correlation", 0.5),
        &[("decision.sigma", 0.9)],
        "v5_integraal_landelijk",
        petitions,
        true,
    ),
    trial(GAIN, &[], "v2_rnvt", inquiries, false),
    trial(
        ("behaviour.gain_lost_at_scale", 0.5),
        &[GAIN],
        "v2_rnvt",
        inquiries,
        true,
    ),
    trial(
        ("behaviour.local_room_followed", 1.0),
        &[("decision.area_spread", 0.7), ("decision.sigma", 0.25)],
        "v5_integraal_landelijk",
        wrong_decisions,
        false,
    ),
    trial(WEAK, &[STALL], "v3_voorkantfusie", drangs, true),
    trial(STALL, &[WEAK], "v1_expertnetwerk", drangs, true),
    trial(
        ("behaviour.mixed_team_hours", 2.0),
        &[],
        "v5_integraal_landelijk",
        reserved,
        true,
    ),
    trial(
        ("behaviour.intensity_if_joined", 1.0),
        &[],
        "v4_openbaar_lichaam",
        reserved,
        true,
    ),
    trial(
        ("behaviour.cover_hours_per_pool", 8.0),
        &[],
        "v2_rnvt",
        available,
        false,
    ),
    trial(
        ("behaviour.cover_hours_per_pool", 8.0),
        &[],
        "v5_integraal_landelijk",
        available,
        true,
    ),
    trial(
        ("behaviour.travel_hours", 2.0),
        &[],
        "v2_rnvt",
        reserved,
        false,
    ),
    trial(DIP, &[RECOVERY], "v5_integraal_landelijk", available, false),
    trial(RECOVERY, &[DIP], "v5_integraal_landelijk", available, false),
    trial(
        ("transition.turnover_shock", 1.0),
        &[RECOVERY],
        "v5_integraal_landelijk",
        leavers,
        true,
    ),
    trial(
        ("transition.learning_per_region", 0.1),
        &[DIP, RECOVERY],
        "v5_integraal_landelijk",
        available,
        true,
    ),
    trial(
        DOUBLE,
        &[DOUBLE_WEEKS],
        "v5_integraal_landelijk",
        available,
        false,
    ),
    trial(
        DOUBLE_WEEKS,
        &[DOUBLE],
        "v5_integraal_landelijk",
        available,
        false,
    ),
];

/// Two years of a form in one region, after half a year, and nothing assumed but this. On the first measured day it
/// comes into force, instead of itself, as it did in two regions before.
fn assuming(scenario: &Scenario, form: &str, assumed: &[(&str, f64)]) -> Setting {
    let case = scenario.cases.iter().find(|case| case.form.key == form);
    let mut entries = scenario.ledger.iter();
    let parameters = Parameters::from_values(|spec| {
        let entry = entries.next().expect("an entry for every row");
        match assumed.iter().find(|(key, _)| *key == spec.key) {
            Some(&(key, value)) => {
                assert!((entry.low..=entry.high).contains(&value), "{key}");
                value
            }
            None => entry.value_in_effect,
        }
    });
    let mut period = scenario.period;
    (period.warm_up_days, period.measured_days) = (182, 730);
    let form = &case.expect("the form is in the comparison").form;
    Setting {
        form: form.clone(),
        parameters,
        region: scenario.regions[0].clone(),
        period,
        roster: None,
        // Under another name, so that it is a change-over and not only other values.
        changes: vec![Change {
            day: period.warm_up_days,
            form: Form {
                key: "anders".to_owned(),
                ..form.clone()
            },
            parameters,
            local: Vec::new(),
            roster: None,
            n_before: 2,
        }],
        local: Vec::new(),
        counted: None,
        readings: Vec::new(),
    }
}

#[test]
fn every_assumption_is_tried() {
    let scenario = common::comparison(&["Zeeland"]);
    let assumed = scenario.ledger.iter().filter(|one| is_assumed(one.family));
    for entry in assumed {
        let key = entry.spec.key;
        let is_tried = TRIALS.iter().any(|trial| trial.assumed.0 == key);
        let is_elsewhere = [TURNOVER.0, START_UP].contains(&key);
        assert!(is_tried || is_elsewhere, "{key}");
    }
}

/// Rule: over eight replications with the same families, the sum moves to the
/// side that the claim says.
#[test]
fn every_assumption_does_what_its_claim_says() {
    let scenario = common::comparison(&["Gooi en Vechtstreek"]);
    let mut wrong = Vec::new();
    for trial in &TRIALS {
        let sum = |assumed: &[(&str, f64)]| -> f64 {
            let setting = assuming(&scenario, trial.form, assumed);
            let seen = |one| (trial.seen)(&setting, &simulate(&setting, 31, one).observations);
            (0..N).map(seen).sum()
        };
        let (before, after) = (
            sum(trial.beside),
            sum(&[trial.beside, &[trial.assumed]].concat()),
        );
        let line = format!(
            "{} in {}: {before} became {after}",
            trial.assumed.0, trial.form
        );
        println!("{line}");
        if (after > before) != trial.is_more || after == before {
            wrong.push(line);
        }
    }
    assert!(wrong.is_empty(), "{}", wrong.join("\n"));
}

/// What has been observed of today's chain is no matter of belief: not one
/// observation of the estafettemodel changes, save by turnover.
#[test]
fn no_belief_about_the_variants_moves_the_estafettemodel() {
    let scenario = common::comparison(&["Gooi en Vechtstreek"]);
    let seen = |assumed: &[(&str, f64)]| {
        simulate(&assuming(&scenario, "v0_estafette", assumed), 32, 0).observations
    };
    for trial in &TRIALS {
        let assumed = [trial.beside, &[trial.assumed]].concat();
        let is_same = seen(&assumed) == seen(trial.beside);
        assert!(is_same, "{}", trial.assumed.0);
    }
    let all: Vec<(&str, f64)> = TRIALS.iter().map(|trial| trial.assumed).collect();
    assert!(seen(&all) == seen(&[]), "all together");
}

/// A share of nothing, a shock without time, areas without a difference: half
/// an assumption changes not one observation.
#[test]
fn half_an_assumption_does_nothing() {
    let scenario = common::comparison(&["Gooi en Vechtstreek"]);
    let is_half = |trial: &&Trial| {
        let others = trial.beside.iter();
        !trial.beside.is_empty()
            && others
                .clone()
                .all(|one| TRIALS.iter().any(|t| t.assumed == *one))
    };
    for trial in TRIALS.iter().filter(is_half) {
        let seen = |assumed: &[(&str, f64)]| {
            simulate(&assuming(&scenario, trial.form, assumed), 33, 0).observations
        };
        let (key, value) = trial.assumed;
        assert!(seen(&[(key, value)]) == seen(&[]), "{key}");
    }
}

/// Rule: where half of everybody is missing and leaving is common, more leave if
/// overload drives them out, summed over eight replications.
#[test]
fn overloaded_staff_leaves_sooner() {
    let scenario = common::comparison(&["Gooi en Vechtstreek"]);
    let sum = |assumed: &[(&str, f64)]| -> f64 {
        let mut setting = assuming(&scenario, "v0_estafette", assumed);
        setting.changes.clear();
        let staff = &mut setting.parameters.staff;
        staff.turnover = 1.0;
        for fte in [
            &mut staff.fte_lokaal_team,
            &mut staff.fte_veilig_thuis,
            &mut staff.fte_rvdk,
            &mut staff.fte_gi_jeugdbescherming,
        ] {
            *fte /= 2.0;
        }
        let seen = |one| leavers(&setting, &simulate(&setting, 31, one).observations);
        (0..N).map(seen).sum()
    };
    let (before, after) = (sum(&[]), sum(&[TURNOVER]));
    println!("{before} leave, {after} with overload felt");
    assert!(after > before, "{before} became {after}");
}

#[test]
fn work_that_moves_from_the_area_to_the_region_travels() {
    let scenario = common::comparison(&["Gooi en Vechtstreek"]);
    let hours = |travel| {
        let assumed = [("behaviour.travel_hours", travel)];
        let mut setting = assuming(&scenario, "v0_estafette", &assumed);
        for form in [&mut setting.form, &mut setting.changes[0].form] {
            let team = form.teams.iter_mut().find(|team| team.key == "lokaal_team");
            team.expect("the form has it").scale = Scale::Region;
        }
        reserved(&setting, &simulate(&setting, 34, 0).observations)
    };
    let (near, far) = (hours(0.0), hours(2.0));
    println!("{near} hours reserved, {far} with travel");
    assert!(far > near, "{near} became {far}");
}

/// Without local room followed, a form's local room has no effect at all.
#[test]
fn local_room_counts_only_where_it_is_followed() {
    let scenario = common::comparison(&["Gooi en Vechtstreek"]);
    let seen = |followed, room| {
        let assumed = [("behaviour.local_room_followed", followed)];
        let mut setting = assuming(&scenario, "v2_rnvt", &assumed);
        setting.form.local_room = room;
        simulate(&setting, 35, 0).observations
    };
    assert!(seen(0.0, 0.1) == seen(0.0, 0.9));
    assert!(seen(1.0, 0.1) != seen(1.0, 0.9));
}
