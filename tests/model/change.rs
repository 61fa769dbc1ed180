//! A form that comes into force while families are in the chain: nobody and nothing gets lost, what is the same goes on
//! as if nothing had happened, and passes that share a past are the passes that would be made alone.

use crate::common::{FORMS, short_setting};
use rvtsim::engine::{MINUTES_PER_WEEK, Time};
use rvtsim::model::{Chain, Change, Form, Past, Setting, Tally, aligned, simulate, simulate_on};

/// The days of the warm-up and of what is measured.
const DAYS: (u32, u32) = (365, 365);

/// A region under one form, and from these days on under others.
pub(crate) fn path(first: &str, changes: &[(&str, u32)], region: &str) -> Setting {
    let of = |form: &str| short_setting(form, region, DAYS.0, DAYS.1);
    let settings: Vec<Setting> = changes.iter().map(|&(form, _)| of(form)).collect();
    let mut start = of(first);
    let forms: Vec<&Form> = [&start.form]
        .into_iter()
        .chain(settings.iter().map(|one| &one.form))
        .collect();
    let mut forms = aligned(&forms)
        .expect("the shipped forms have one list of teams")
        .into_iter();
    start.form = forms.next().expect("the first form");
    let change = |((form, setting), &(_, day)): ((Form, &Setting), &(&str, u32))| Change {
        day,
        form,
        parameters: setting.parameters,
        local: Vec::new(),
        roster: None,
        n_before: 0,
    };
    start.changes = forms.zip(&settings).zip(changes).map(change).collect();
    start
}

pub(crate) fn audit_weekly(setting: &Setting, seed: u64) {
    let mut chain = Chain::new(setting.clone(), seed, 0);
    let (mut n_cases, mut n_households) = (0, 0);
    for week in 0..=setting.period.total_days() / 7 {
        chain.run_until(Time::from_minutes(week * MINUTES_PER_WEEK));
        let keys: Vec<&str> = setting.changes.iter().map(|one| &*one.form.key).collect();
        if let Err(faults) = chain.audit() {
            panic!("{} to {keys:?}, week {week}, {faults}", setting.form.key);
        }
        assert!(chain.n_cases() >= n_cases && chain.n_households() >= n_households);
        (n_cases, n_households) = (chain.n_cases(), chain.n_households());
    }
}

#[test]
fn nothing_gets_lost_from_the_relay_to_any_form_and_back() {
    for form in FORMS {
        for region in ["Zeeland", "Gooi en Vechtstreek"] {
            audit_weekly(&path("v0_estafette", &[(form, 200)], region), 7);
            audit_weekly(&path(form, &[("v0_estafette", 201)], region), 8);
        }
    }
}

#[test]
fn nothing_gets_lost_through_several_changes_with_hardly_anybody_and_everybody_leaving() {
    let changes = [
        ("v2_rnvt", 100),
        ("v4_openbaar_lichaam", 170),
        ("v1_expertnetwerk", 333),
        ("v5_integraal_landelijk", 500),
    ];
    let mut setting = path("v0_estafette", &changes, "Gooi en Vechtstreek");
    let hard = |parameters: &mut rvtsim::model::Parameters| {
        parameters.staff.turnover = 2.0;
        parameters.staff.fte_veilig_thuis *= 0.5;
        parameters.staff.fte_gi_jeugdbescherming *= 0.5;
        parameters.danger.rate_structureel *= 3.0;
        parameters.transition.turnover_shock = 2.0;
        parameters.transition.productivity_dip = 0.3;
        parameters.transition.recovery_weeks = 40.0;
    };
    hard(&mut setting.parameters);
    for change in &mut setting.changes {
        hard(&mut change.parameters);
    }
    audit_weekly(&setting, 9);
}

#[test]
fn other_hours_come_and_go_with_their_people() {
    for times in [0.5, 0.9, 1.1, 1.5] {
        let mut setting = path("v0_estafette", &[("v0_estafette", 365)], "Zeeland");
        let staff = &mut setting.changes[0].parameters.staff;
        staff.fte_gi_jeugdbescherming *= times;
        audit_weekly(&setting, 10);
        let gi = setting.form.teams.iter().position(|team| team.key == "gi");
        let hours = |setting: &Setting| {
            simulate(setting, 10, 1).observations.teams[gi.expect("a team")].available_hours
        };
        let ratio = hours(&setting) / hours(&setting.unchanged());
        assert!((ratio / times - 1.0).abs() < 0.05, "{times}: {ratio}");
    }
}

#[test]
fn nothing_gets_lost_where_half_of_the_people_have_no_place_in_the_next_form() {
    for form in FORMS {
        let mut setting = path("v0_estafette", &[(form, 250)], "Gooi en Vechtstreek");
        let staff = &mut setting.changes[0].parameters.staff;
        for fte in [
            &mut staff.fte_lokaal_team,
            &mut staff.fte_veilig_thuis,
            &mut staff.fte_rvdk,
            &mut staff.fte_gi_jeugdbescherming,
            &mut staff.fte_gi_jeugdreclassering,
        ] {
            *fte *= 0.5;
        }
        audit_weekly(&setting, 15);
    }
}

#[test]
fn places_outside_the_chain_are_as_many_as_before() {
    let mut setting = path("v0_estafette", &[("v4_openbaar_lichaam", 200)], "Zeeland");
    setting.parameters.external.specialist_places *= 0.2;
    setting.changes[0].parameters.external.specialist_places *= 0.2;
    let seen = simulate(&setting, 16, 1).observations;
    for team in seen.teams.iter().filter(|team| team.is_external) {
        assert!(team.reserved_hours <= team.available_hours * (1.0 + 1e-9));
    }
}

/// Who leads each family so many days after day 300.
fn led_after(setting: &Setting, days: u32) -> Vec<Option<u32>> {
    let mut chain = Chain::new(setting.clone(), 11, 1);
    chain.run_until(Time::from_days(300 + days));
    chain.leads()
}

#[test]
fn another_name_for_the_same_form_changes_next_to_nothing() {
    for form in FORMS {
        let mut setting = path(form, &[(form, 300)], "Zeeland");
        setting.changes[0].form.label.nl = "Anders genoemd".to_owned();
        let same = simulate(&setting.unchanged(), 11, 1).observations;
        let renamed = simulate(&setting, 11, 1).observations;
        // Time is counted at one moment more, so that a minute may be another, and in the end a family's course.
        let is_near = |one: f64, other: f64| (one - other).abs() <= 0.02 * one.abs() + 12.0;
        let sums = same.tallies.iter().zip(&renamed.tallies);
        for (at, (&same, &renamed)) in sums.enumerate() {
            assert!(
                is_near(same, renamed),
                "{form}, sum {at}: {same} and {renamed}"
            );
        }
        let led = led_after(&setting, 21);
        let same_led = led_after(&setting.unchanged(), 21);
        let n_other = led
            .iter()
            .zip(&same_led)
            .filter(|(one, other)| one != other);
        let (n_other, n_led) = (n_other.count(), led.iter().flatten().count());
        assert!(
            n_other * 100 <= n_led,
            "{form}: {n_other} of {n_led} have another lead"
        );
        for (one, other) in same.teams.iter().zip(&renamed.teams) {
            assert!(
                (one.available_hours - other.available_hours).abs() < 1.0,
                "{form}"
            );
            assert_eq!(one.place_weeks, other.place_weeks, "{form}");
            assert_eq!(one.leavers, other.leavers, "{form}");
        }
    }
}

#[test]
fn passes_that_share_a_past_are_those_that_are_made_alone() {
    let mut paths: Vec<Setting> = [("v4_openbaar_lichaam", 250), ("v4_openbaar_lichaam", 400)]
        .map(|change| path("v0_estafette", &[change], "Zeeland"))
        .to_vec();
    for path in &mut paths {
        for parameters in [&mut path.parameters]
            .into_iter()
            .chain(path.changes.iter_mut().map(|change| &mut change.parameters))
        {
            parameters.transition.turnover_shock = 1.0;
            parameters.transition.productivity_dip = 0.2;
            parameters.transition.recovery_weeks = 26.0;
        }
    }
    paths.push(paths[0].unchanged());
    let mut past = Past::default();
    for path in &paths {
        let alone = simulate(path, 12, 1);
        assert_eq!(simulate_on(path, 12, 1, &mut past), alone);
    }
    // In any other order too, and for another replication.
    for path in paths.iter().rev() {
        let alone = simulate(path, 12, 2);
        assert_eq!(simulate_on(path, 12, 2, &mut past), alone);
    }
}

#[test]
fn families_keep_who_is_with_them_and_queues_their_length() {
    let day = 365;
    for form in &FORMS[1..] {
        let setting = path("v0_estafette", &[(form, day)], "Zeeland");
        let mut before = Chain::new(setting.unchanged(), 13, 0);
        before.run_until(Time::from_days(day));
        let mut after = Chain::new(setting.clone(), 13, 0);
        after.run_until(Time::from_days(day));
        assert_eq!(before.n_open_cases(), after.n_open_cases(), "{form}");
        assert_eq!(before.n_in_sight(), after.n_in_sight(), "{form}");
        let (led, led_after) = (before.leads(), after.leads());
        let n_kept = led
            .iter()
            .zip(&led_after)
            .filter(|(one, other)| one == other);
        // Only at the tafel, and where a lead was found for somebody who waited, does the change itself begin a step.
        let share = n_kept.count() as f64 / led.len() as f64;
        assert!(share > 0.97, "{form}: {share} keep their lead");
    }
}

#[test]
fn a_change_over_costs_hours_until_it_has_worn_off_and_less_where_others_went_before() {
    let hours = |weeks: f64, n_before: u32, double: f64| {
        let mut setting = path(
            "v0_estafette",
            &[("v4_openbaar_lichaam", DAYS.0)],
            "Zeeland",
        );
        let change = &mut setting.changes[0];
        change.n_before = n_before;
        let t = &mut change.parameters.transition;
        t.productivity_dip = 0.2;
        t.recovery_weeks = weeks;
        t.learning_per_region = 0.5;
        (t.double_running_share, t.double_running_weeks) = (double, 26.0);
        let rvt = setting.form.teams.iter().position(|team| team.key == "rvt");
        simulate(&setting, 14, 1).observations.teams[rvt.expect("a team")].available_hours
    };
    let whole = hours(0.0, 0, 0.0);
    let lost = |hours: f64| 1.0 - hours / whole;
    // A fifth on the first day, evenly less in half a year: a twentieth of a year's hours.
    let dip = lost(hours(26.0, 0, 0.0));
    assert!((dip - 0.05).abs() < 0.005, "{dip}");
    assert!((lost(hours(26.0, 1, 0.0)) - 0.025).abs() < 0.005);
    let double = lost(hours(0.0, 0, 0.1));
    assert!((double - 0.05).abs() < 0.005, "{double}");
}

#[test]
fn whoever_a_change_brings_to_another_team_finds_their_way_there() {
    let hours = |form: &str, part: f64| {
        let mut setting = path("v0_estafette", &[(form, DAYS.0)], "Zeeland");
        let parameters = &mut setting.changes[0].parameters;
        parameters.transition.team_start_up = part;
        // Nobody else is new.
        (
            parameters.staff.start_up_weeks,
            parameters.staff.start_up_productivity,
        ) = (26.0, 0.5);
        parameters.staff.turnover = 0.0;
        setting.parameters.staff.turnover = 0.0;
        let teams = simulate(&setting, 14, 1).observations.teams;
        let of = |key: &str| {
            let team = setting.form.teams.iter().position(|team| team.key == key);
            teams[team.expect("a team")].available_hours
        };
        [of("rvt"), of("lokaal_team")]
    };
    let [whole, stay] = hours("v4_openbaar_lichaam", 0.0);
    let [some, still] = hours("v4_openbaar_lichaam", 0.4);
    // Half a year of the measured one at four tenths of a newcomer's loss, which is a half.
    let lost = 1.0 - some / whole;
    assert!((lost - 0.1).abs() < 0.01, "{lost}");
    assert_eq!(stay, still, "who stays in their team");
}

#[test]
fn money_is_hours_and_people_at_a_price_and_changes_nothing() {
    let seen = |form: &str, price: f64| {
        let mut setting = path("v0_estafette", &[(form, DAYS.0 + 30)], "Zeeland");
        for parameters in [&mut setting.parameters, &mut setting.changes[0].parameters] {
            parameters.money.euros_per_move = price;
            // An hour for families costs a euro: a year has so many weeks, of which clients and the sick take their parts.
            let staff = &parameters.staff;
            let hours = staff.fte_hours_per_week * staff.client_share * (1.0 - staff.sick_share);
            parameters.money.euros_per_fte = hours * 365.25 / 7.0;
        }
        simulate(&setting, 15, 1).observations
    };
    let of = |seen: &rvtsim::model::Observations, tally| seen.tally(tally);
    let [free, dear] = [0.0, 1000.0].map(|price| seen("v4_openbaar_lichaam", price));
    let same = seen("v0_estafette", 1000.0);
    let hours = of(&dear, Tally::StaffHours);
    assert!((of(&dear, Tally::StaffEuros) / hours - 1.0).abs() < 1e-9);
    assert_eq!(hours, of(&free, Tally::StaffHours));
    assert_eq!(of(&free, Tally::ChangeEuros), 0.0);
    assert_eq!(
        of(&same, Tally::ChangeEuros),
        0.0,
        "nobody comes to another team"
    );
    // Veilig Thuis and a part of the GI become one team: some tens of people in a small region, each at one price.
    let n_moved = of(&dear, Tally::ChangeEuros) / 1000.0;
    assert!(
        n_moved.fract() == 0.0 && (20.0..500.0).contains(&n_moved),
        "{n_moved}"
    );
}

#[test]
fn where_only_values_change_nobody_is_reorganised_and_what_never_came_may_come() {
    let form = "v4_openbaar_lichaam";
    let mut setting = path(form, &[(form, DAYS.0)], "Zeeland");
    let t = &mut setting.changes[0].parameters.transition;
    (t.productivity_dip, t.recovery_weeks) = (0.2, 52.0);
    let hours = |setting: &Setting| -> f64 {
        let teams = simulate(setting, 15, 1).observations.teams;
        teams.iter().map(|team| team.available_hours).sum()
    };
    let ratio = hours(&setting) / hours(&setting.unchanged());
    assert!((ratio - 1.0).abs() < 0.005, "{ratio}");

    setting.parameters.demand.own_intake = 0.0;
    let n_families = |setting: &Setting| {
        let mut chain = Chain::new(setting.clone(), 15, 1);
        chain.run_until(Time::from_days(DAYS.0 + DAYS.1));
        chain.n_households()
    };
    let (with, without) = (n_families(&setting), n_families(&setting.unchanged()));
    assert!(with > without, "{with} and {without}");
    audit_weekly(&setting, 15);
}
