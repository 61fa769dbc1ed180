//! What is said of waits when not everybody has got what they wait for.

use crate::common;
use crate::common::FORMS;
use rvtsim::model::{Better, KPIS, Kpi, Setting, Tally, Wait, simulate};

/// With as many measures as a small region has: what is said of them is less a matter of chance.
const REGION: &str = "Zeeland";
/// Replications over which figures are taken together.
const N: u32 = 3;
/// Other families get so far where there are fewer people, so a figure may move by chance. One per cent is less
/// than the standard error of any of these over three replications; what misled before was tens of per cent.
const CHANCE: f64 = 0.01;

type Fte = fn(&mut Setting) -> &mut f64;

/// Means of KPIs over replications, with this share of the people of one organisation; none where nobody comes so far.
fn figures(keys: &[&str], fte: Fte, share: f64) -> Vec<Option<f64>> {
    let mut setting = common::short_setting("v0_estafette", REGION, 182, 730);
    *fte(&mut setting) *= share;
    let passes = (0..N).map(|replication| simulate(&setting, 31, replication).observations);
    let passes: Vec<_> = passes.collect();
    let mean = |key: &&str| {
        let kpi = Kpi::from_key(key).expect("a KPI of that name");
        let values = passes.iter().filter_map(|seen| kpi.value(seen));
        let values: Vec<f64> = values.collect();
        (!values.is_empty()).then(|| values.iter().sum::<f64>() / values.len() as f64)
    };
    keys.iter().map(mean).collect()
}

/// Rule: with fewer people in one organisation, down to nobody, nothing that is said of the waits in which its queue
/// stands is better than with more, nor of unsafe days. Those further on may be: who does not get through one queue does
/// not stand in the next.
#[test]
fn no_figure_gets_better_when_everybody_waits_longer() {
    let cases: [(&str, Fte, &[&str]); 4] = [
        (
            "veilig_thuis",
            |s| &mut s.parameters.staff.fte_veilig_thuis,
            &[
                "wait_assessment_mean_days",
                "wait_assessment_p50_days",
                "wait_assessment_p90_days",
                "wait_assessment_p95_days",
                "term_assessment_percent",
                "term_onderzoek_percent",
                "wait_first_help_mean_days",
                "wait_first_help_p50_days",
                "wait_first_help_p90_days",
                "wait_first_help_p95_days",
                "wait_plan_mean_days",
                "wait_plan_p90_days",
                "waiting_days_per_case",
                "standing_queue",
                "unsafe_days_per_family_year",
                "unsafe_days_per_unsafe_family_year",
            ],
        ),
        (
            "lokaal_team",
            |s| &mut s.parameters.staff.fte_lokaal_team,
            &[
                "wait_hulp_mean_days",
                "wait_first_help_mean_days",
                "wait_first_help_p90_days",
                "wait_plan_mean_days",
                "wait_plan_p90_days",
                "waiting_days_per_case",
                "standing_queue",
                "unsafe_days_per_family_year",
                "unsafe_days_per_unsafe_family_year",
            ],
        ),
        (
            "rvdk",
            |s| &mut s.parameters.staff.fte_rvdk,
            &[
                "wait_raad_mean_days",
                "wait_raad_p90_days",
                "term_raad_start_percent",
                "wait_measure_mean_days",
                "wait_measure_p50_days",
                "wait_measure_p90_days",
            ],
        ),
        (
            "gi",
            |s| &mut s.parameters.staff.fte_gi_jeugdbescherming,
            &[
                "term_jeugdbeschermer_percent",
                "wait_measure_mean_days",
                "wait_measure_p50_days",
                "wait_measure_p90_days",
                "orders_unattended_percent",
            ],
        ),
    ];
    let mut faults = Vec::new();
    for (team, fte, keys) in cases {
        let mut before = figures(keys, fte, 1.0);
        for share in [0.7, 0.5, 0.3, 0.1, 0.0] {
            let now = figures(keys, fte, share);
            for ((key, was), is) in keys.iter().zip(&before).zip(&now) {
                let (Some(was), Some(is)) = (was, is) else {
                    // Of an onderzoek nobody can be late where nobody gets so far.
                    assert_eq!((*key, share), ("term_onderzoek_percent", 0.0));
                    continue;
                };
                let is_better = match Kpi::from_key(key).unwrap().better {
                    Better::Higher => *is > was * (1.0 + CHANCE),
                    _ => *is < was * (1.0 - CHANCE),
                };
                println!("{team} {share}: {key} {was:.3} -> {is:.3}");
                if is_better {
                    faults.push(format!("{team} at {share}: {key} went from {was} to {is}"));
                }
            }
            before = now;
        }
    }
    assert!(faults.is_empty(), "{}", faults.join("\n"));
}

/// Five weeks hold no term of six weeks or ten.
#[test]
fn a_run_that_is_shorter_than_a_term_says_nothing_of_it() {
    for form in FORMS {
        let setting = common::short_setting(form, REGION, 0, 35);
        let seen = simulate(&setting, 32, 0).observations;
        let value = |key: &str| Kpi::from_key(key).unwrap().value(&seen);
        assert_eq!(value("term_onderzoek_percent"), None, "{form}");
        assert_eq!(value("term_plan_percent"), None, "{form}");
        let assessed = value("term_assessment_percent").expect("five working days are in it");
        assert!(assessed < 100.0, "{form}: {assessed}");
        assert!(value("wait_assessment_p90_days").unwrap() <= 35.0, "{form}");
    }
}

#[test]
fn every_wait_has_begun_in_the_measured_part_and_is_counted_once() {
    for form in FORMS {
        let setting = common::short_setting(form, REGION, 182, 364);
        let seen = simulate(&setting, 33, 0).observations;
        // Every case that is opened waits for help, and stops waiting in one way.
        let opened = seen.tally(Tally::CasesOpened);
        assert_eq!(seen.wait(Wait::FirstHelp).n() as f64, opened, "{form}");
        assert_eq!(seen.wait(Wait::Plan).n() as f64, opened, "{form}");
        for kpi in KPIS.iter().filter(|kpi| kpi.key.starts_with("wait_")) {
            let value = kpi.value(&seen).expect("somebody waits for everything");
            assert!(
                (0.0..=364.0).contains(&value),
                "{form}, {}: {value}",
                kpi.key
            );
        }
        // Queues of teams and of functions are the same queues.
        let of_teams: u64 = seen.teams.iter().map(|team| team.wait.n()).sum();
        let of_functions: u64 = seen.queues.iter().map(|queue| queue.n()).sum();
        assert_eq!(of_teams, of_functions, "{form}");
    }
}

#[test]
fn a_colleague_of_the_same_organisation_is_no_independent_check() {
    let checked = |form: &str| {
        let setting = common::short_setting(form, REGION, 182, 730);
        let seen = simulate(&setting, 34, 0).observations;
        let kpi = Kpi::from_key("measures_checked_percent").unwrap();
        kpi.value(&seen).expect("there are measures")
    };
    let (relay, national) = (checked("v0_estafette"), checked("v5_integraal_landelijk"));
    println!("{relay:.1} % in the relay, {national:.1} % in one organisation");
    assert!(relay > 90.0, "{relay}");
    assert_eq!(national, 0.0);
}
