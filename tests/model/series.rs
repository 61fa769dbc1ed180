//! The quarters of a run: whole, from the first day on, and in step with the sums of the measured part.

use crate::common;
use crate::common::{FORMS, short_setting};
use rvtsim::engine::{MINUTES_PER_DAY, MINUTES_PER_HOUR, MINUTES_PER_WEEK, Time};
use rvtsim::model::{Chain, Observations, QUARTER_DAYS, Quarter, Setting, Tally, Wait, simulate};

const REGION: &str = "Gooi en Vechtstreek";

/// A run of so many days of warm-up and so many that are measured, from one first day on.
fn setting(form: &str, warm_up_days: u32, measured_days: u32) -> Setting {
    let mut setting = short_setting(form, REGION, warm_up_days, measured_days);
    let start = common::setting(form, REGION).period.start;
    setting.period.start = start.plus_days(warm_up_days as i32);
    setting
}

fn seen(form: &str, warm_up_days: u32, measured_days: u32) -> Observations {
    simulate(&setting(form, warm_up_days, measured_days), 5, 0).observations
}

#[test]
fn quarters_begin_with_the_warm_up_and_the_last_incomplete_one_is_dropped() {
    for (warm_up, measured, n_quarters) in [
        (0, QUARTER_DAYS - 1, 0),
        (0, QUARTER_DAYS, 1),
        (100, 3 * QUARTER_DAYS - 101, 2),
        (100, 3 * QUARTER_DAYS - 100, 3),
    ] {
        let seen = seen("v0_estafette", warm_up, measured);
        assert_eq!(seen.quarters.len(), n_quarters, "{warm_up} + {measured}");
        for quarter in &seen.quarters {
            assert!(quarter.meldingen > 0 && quarter.open_cases > 0);
        }
    }
}

#[test]
fn where_measuring_starts_changes_nothing_in_the_quarters() {
    // On a boundary of quarters, and in the middle of one.
    for form in FORMS {
        let whole = seen(form, 0, 4 * QUARTER_DAYS);
        for warm_up in [2 * QUARTER_DAYS, 100] {
            let parted = seen(form, warm_up, 4 * QUARTER_DAYS - warm_up);
            assert!(parted.quarters == whole.quarters, "{form}, {warm_up}");
        }
    }
}

fn sum(quarters: &[Quarter], of: impl Fn(&Quarter) -> f64) -> f64 {
    quarters.iter().map(of).sum()
}

#[test]
fn measured_quarters_add_up_to_the_sums_of_the_measured_part() {
    let (n_before, n_measured) = (2, 4);
    for form in FORMS {
        let seen = seen(form, n_before * QUARTER_DAYS, n_measured * QUARTER_DAYS);
        let quarters = &seen.quarters[n_before as usize..];
        assert_eq!(quarters.len(), n_measured as usize);
        let meldingen = [
            Tally::FirstMeldingen,
            Tally::Hermeldingen,
            Tally::Vervolgmeldingen,
        ];
        let meldingen: f64 = meldingen.map(|tally| seen.tally(tally)).iter().sum();
        assert_eq!(
            sum(quarters, |one| one.meldingen as f64),
            meldingen,
            "{form}"
        );
        let new_ots = seen.tally(Tally::Ondertoezichtstelling);
        assert_eq!(sum(quarters, |one| one.new_ots as f64), new_ots, "{form}");
        // A quarter has the waits that ended in it; those that began in the warm-up are of no measured cohort.
        for wait in [Wait::Assessment, Wait::FirstHelp, Wait::Raad] {
            let n: u64 = quarters.iter().map(|one| one.waits[wait as usize].n).sum();
            assert!(n >= seen.wait(wait).n_met() && n > 0, "{form}");
        }
        for (number, team) in seen.teams.iter().enumerate() {
            let integral = |of: fn(&rvtsim::model::TeamQuarter) -> i128| {
                sum(quarters, |one| of(&one.teams[number]) as f64)
            };
            let hours = f64::from(MINUTES_PER_WEEK * MINUTES_PER_HOUR);
            let close = |found: f64, expected: f64| {
                let is_close = (found - expected).abs() <= 1e-9 * expected.abs();
                assert!(is_close, "{form}, team {number}: {found} {expected}");
            };
            close(integral(|one| one.reserved) / hours, team.reserved_hours);
            close(integral(|one| one.available) / hours, team.available_hours);
            let days = f64::from(MINUTES_PER_DAY);
            close(integral(|one| one.waiting) / days, team.waiting_days);
        }
    }
}

#[test]
fn without_a_warm_up_every_wait_that_ended_is_of_the_measured_cohort() {
    for form in FORMS {
        let seen = seen(form, 0, 4 * QUARTER_DAYS);
        for wait in [Wait::Assessment, Wait::FirstHelp, Wait::Raad] {
            let ended = seen.quarters.iter().map(|one| one.waits[wait as usize].n);
            assert_eq!(ended.sum::<u64>(), seen.wait(wait).n_met(), "{form}");
        }
        let first_help = seen.wait(Wait::FirstHelp);
        assert!(first_help.n_met() < first_help.n(), "{form}");
    }
}

#[test]
fn the_last_quarter_holds_the_stocks_of_the_last_day() {
    for form in FORMS {
        let setting = setting(form, QUARTER_DAYS, 3 * QUARTER_DAYS);
        let mut chain = Chain::new(setting.clone(), 6, 0);
        chain.run_until(Time::from_days(setting.period.total_days()));
        let n_open = chain.n_open_cases();
        let (seen, _) = chain.finish();
        let last = seen.quarters.last().expect("four quarters");
        assert_eq!(last.open_cases, n_open, "{form}");
        for (stock, tally) in [
            (last.ots_stock, Tally::OtsStock),
            (last.voogdij_stock, Tally::VoogdijStock),
            (last.jeugdreclassering_stock, Tally::JeugdreclasseringStock),
            (last.hulp_stock, Tally::HulpStock),
        ] {
            assert!(stock > 0, "{form}: {tally:?} is empty");
            assert_eq!(stock as f64, seen.tally(tally), "{form}: {tally:?}");
        }
    }
}
