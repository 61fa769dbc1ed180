//! Counting as the proeftuin monitor did: nothing is made up, lost or disturbed by it.

use crate::common;
use rvtsim::model::{
    MONITORED, Measure, Reading, Setting, Start, SupportClass, SupportCounts, Tally, simulate,
};

/// Readings after a quarter, after three, of those followed to the end, and of everything.
const READINGS: [(u32, u32); 4] = [(90, 90), (273, 273), (273, 730), (730, 730)];

fn setting(form: &str) -> Setting {
    let mut setting = common::short_setting(form, "Gooi en Vechtstreek", 730, 730);
    setting.readings = READINGS
        .map(|(families_before_day, measures_before_day)| Reading {
            families_before_day,
            measures_before_day,
        })
        .to_vec();
    setting
}

/// The counts of every reading, of families whose support began so.
fn counts(setting: &Setting, starts: &[Start]) -> Vec<SupportCounts> {
    let readings = simulate(setting, 1, 1).observations.readings;
    let is_meant = |class: &SupportClass| starts.contains(&class.start);
    readings.iter().map(|seen| seen.sum(is_meant)).collect()
}

fn number(counts: &SupportCounts, measure: Measure) -> u64 {
    counts.measures[MONITORED.iter().position(|&one| one == measure).unwrap()]
}

#[test]
fn counting_changes_nothing_else() {
    let with = setting("v0_estafette");
    let mut without = with.clone();
    without.readings.clear();
    let (mut counted, plain) = (simulate(&with, 1, 1), simulate(&without, 1, 1));
    assert_eq!(counted.observations.readings.len(), READINGS.len());
    counted.observations.readings.clear();
    assert!(counted == plain);
}

#[test]
fn no_more_is_counted_than_there_was() {
    for form in common::FORMS {
        let setting = setting(form);
        let seen = simulate(&setting, 1, 1).observations;
        let of = |start| seen.readings[3].sum(|class| class.start == start);
        let (help, running, case) = (of(Start::Help), of(Start::Running), of(Start::Case));
        assert!(help.families > 100 && running.families > 100, "{form}");
        // A family is in one of help and running, and may be in case as well.
        let tallies = [
            Tally::Ondertoezichtstelling,
            Tally::VoorlopigeOndertoezichtstelling,
            Tally::Gezagsbeeindiging,
            Tally::Huisverbod,
            Tally::Contactverbod,
        ];
        for (measure, tally) in MONITORED.into_iter().zip(tallies) {
            let all = seen.tally(tally) as u64;
            let by_help = number(&help, measure) + number(&running, measure);
            assert!(by_help <= all, "{form} {measure:?}: {by_help} of {all}");
            let by_case = number(&case, measure);
            assert!(by_case <= all, "{form} {measure:?}: {by_case} of {all}");
        }
        assert!(
            case.families as f64 <= seen.tally(Tally::CasesOpened),
            "{form}"
        );
    }
}

#[test]
fn classes_add_up_to_all_families() {
    let seen = simulate(&setting("v0_estafette"), 1, 1).observations;
    for reading in &seen.readings {
        let all = reading.sum(|_| true);
        let mut families = 0;
        let mut measures = [0; MONITORED.len()];
        for class in SupportClass::all() {
            let one = reading.sum(|other| *other == class);
            families += one.families;
            for (sum, n) in measures.iter_mut().zip(one.measures) {
                *sum += n;
            }
        }
        assert_eq!((all.families, all.measures), (families, measures));
    }
}

#[test]
fn a_longer_count_has_no_less() {
    let all = counts(&setting("v0_estafette"), &Start::ALL);
    let [first, second, followed, whole] = &all[..] else {
        panic!("four readings");
    };
    assert!(first.families < second.families);
    assert_eq!(second.families, followed.families);
    assert!(followed.families < whole.families);
    for (one, more) in [(first, second), (second, followed), (followed, whole)] {
        let pairs = one.measures.into_iter().zip(more.measures);
        assert!(pairs.into_iter().all(|(n, n_more)| n <= n_more));
        assert!(one.families_with_measure <= more.families_with_measure);
    }
    assert!(second.families_with_measure < followed.families_with_measure);
    let days = |counts: &SupportCounts| counts.followed as f64 / 1440.0 / counts.families as f64;
    assert!(
        (days(followed) - days(second) - 457.0).abs() < 1e-9,
        "730 less 273 days"
    );
}

#[test]
fn two_measures_in_a_family_count_twice_and_the_family_once() {
    let mut setting = setting("v0_estafette");
    let p = &mut setting.parameters;
    p.household.partner_violence_share = 1.0;
    p.household.children_share = 0.0;
    p.measure.huisverbod_probability = 1.0;
    p.measure.contactverbod_probability = 1.0;
    // Without children there are no other measures: every crisis brings both bans.
    // Families of the stock have children all the same.
    let seen = simulate(&setting, 1, 1).observations;
    let by_case = seen.readings[3].sum(|class| class.start == Start::Case && !class.has_children);
    let bans = number(&by_case, Measure::Huisverbod);
    assert!(bans > 50, "{bans}");
    assert_eq!(bans, number(&by_case, Measure::Contactverbod));
    assert_eq!(by_case.measures.iter().sum::<u64>(), 2 * bans);
    assert!(by_case.families_with_measure <= bans);
}

#[test]
fn what_falls_outside_the_days_is_not_counted() {
    let mut setting = setting("v0_estafette");
    setting.readings = vec![
        Reading {
            families_before_day: 0,
            measures_before_day: 730,
        },
        Reading {
            families_before_day: 730,
            measures_before_day: 0,
        },
    ];
    let none = counts(&setting, &Start::ALL);
    assert_eq!(none[0], SupportCounts::default());
    assert!(none[1].families > 100);
    assert_eq!(none[1].measures, [0; MONITORED.len()]);
}
