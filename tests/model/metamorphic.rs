//! What must happen to the outcome when the input changes in a known direction.

use crate::common;
use rvtsim::model::{
    Function, FunctionSet, Observations, Scale, Setting, Tally, TeamObservations, simulate,
    wait_horizon,
};

/// How many replications are compared, pair by pair.
const N: u32 = 4;

fn setting(form: &str) -> Setting {
    common::short_setting(form, "Gooi en Vechtstreek", 365, 365)
}

/// Mean queue wait of a team over all replications [days].
fn mean_wait(setting: &Setting, team: &str) -> f64 {
    let index = setting.form.teams.iter().position(|one| one.key == team);
    let index = index.expect("the form has such a team");
    let of_replication = |replication| {
        let seen = simulate(setting, 21, replication).observations;
        let survival = seen.teams[index].wait.survival().expect("somebody asks");
        survival.restricted_mean(wait_horizon(seen.years)) / 1440.0
    };
    (0..N).map(of_replication).sum::<f64>() / f64::from(N)
}

/// Rule: over four replications with the same families, the mean wait for a
/// team is not longer with 15 % more staff. Of one family it may well be: who
/// comes earlier may meet a lighter queue, or a heavier one.
#[test]
fn more_staff_never_lengthens_the_mean_wait_of_its_team() {
    let before = loaded("v0_estafette", 0.92);
    for (team, fte) in ORGANISATIONS {
        let mut after = before.clone();
        *fte(&mut after) *= 1.15;
        let (before, after) = (mean_wait(&before, team), mean_wait(&after, team));
        println!("{team}: {before:.2} days, {after:.2} with 15 % more staff");
        assert!(before > 0.0, "{team}: nobody waits");
        assert!(after <= before, "{team}: {before} days became {after}");
    }
}

#[test]
fn one_pool_split_in_four_waits_longer() {
    // So many of each that a quarter of them is not rounded up to a person more.
    let mut whole = larger(&loaded("v0_estafette", 0.92), 8);
    // The lokale teams stand in four areas in both.
    whole.parameters.staff.inhabitants_per_area = f64::from(whole.region.inhabitants) / 4.0;
    for key in ["veilig_thuis", "gi", "rvdk"] {
        let mut split = whole.clone();
        let teams = &mut split.form.teams;
        let team = teams.iter_mut().find(|team| team.key == key);
        team.expect("the form has it").scale = Scale::Area;
        let (whole, split) = (mean_wait(&whole, key), mean_wait(&split, key));
        println!("{key}: {whole:.2} days in one pool, {split:.2} in four");
        assert!(
            split > whole,
            "{key}: {whole} days in one pool, {split} in four"
        );
    }
}

type Fte = fn(&mut Setting) -> &mut f64;

/// The organisation that each team of the estafettemodel is, and its staff.
const ORGANISATIONS: [(&str, Fte); 5] = [
    ("lokaal_team", |s| &mut s.parameters.staff.fte_lokaal_team),
    ("veilig_thuis", |s| &mut s.parameters.staff.fte_veilig_thuis),
    ("rvdk", |s| &mut s.parameters.staff.fte_rvdk),
    ("gi", |s| &mut s.parameters.staff.fte_gi_jeugdbescherming),
    ("jeugdreclassering", |s| {
        &mut s.parameters.staff.fte_gi_jeugdreclassering
    }),
];

/// Load of a team [reserved by available hours].
fn load(setting: &Setting, team: &str) -> f64 {
    let index = setting.form.teams.iter().position(|one| one.key == team);
    let seen = simulate(setting, 21, 0).observations;
    let team = &seen.teams[index.expect("the form has such a team")];
    team.reserved_hours / team.available_hours
}

/// A form whose organisations have as much staff as loads their teams in the
/// estafettemodel so far: queues that are neither nothing nor growing, whatever
/// staff the evidence gives.
fn loaded(form: &str, wanted: f64) -> Setting {
    let mut relay = setting("v0_estafette");
    let mut setting = setting(form);
    for (_, fte) in ORGANISATIONS {
        *fte(&mut relay) *= 1.5;
    }
    for (team, fte) in ORGANISATIONS {
        *fte(&mut setting) = *fte(&mut relay) * load(&relay, team) / wanted;
    }
    setting
}

/// So many times the people, the meldingen and the staff.
fn larger(setting: &Setting, times: u32) -> Setting {
    let mut larger = setting.clone();
    larger.region = setting.region.times(f64::from(times));
    larger
}

/// Rule: where the specialists of a merged team are equally loaded and no task
/// takes a large part of one person, its mean wait over four replications is
/// shorter with generalists. Where loads differ, the many short tasks of the
/// lightly loaded come to wait with the others; and a large task finds no room
/// in people whose hours are filled with many small ones. Either may well make
/// the mean longer: that is not pooling, and not tested here.
#[test]
fn generalists_shorten_the_wait_of_a_team_of_equally_loaded_specialists() {
    let mut relay = setting("v0_estafette");
    let ample = |setting: &mut Setting| {
        setting.parameters.staff.largest_activity_share = 0.05;
        setting.parameters.staff.urgent_limit = 1.0;
        for (_, fte) in ORGANISATIONS {
            *fte(setting) *= 1.5;
        }
    };
    ample(&mut relay);
    let mut merged = setting("v5_integraal_landelijk");
    ample(&mut merged);
    for (team, fte) in ORGANISATIONS {
        *fte(&mut merged) *= load(&relay, team) / 0.85;
    }
    let wait = |share| {
        let mut setting = merged.clone();
        let teams = &mut setting.form.teams;
        let team = teams.iter_mut().find(|team| team.key == "rvt");
        team.expect("the form has it").generalist_share = share;
        println!("load {:.3}", load(&setting, "rvt"));
        mean_wait(&setting, "rvt")
    };
    let (none, some, all) = (wait(0.0), wait(0.4), wait(1.0));
    println!("{none:.2} days without generalists, {some:.2} with 40 %, {all:.2} with 100 %");
    assert!(some < none, "{some} against {none}");
    assert!(all < none, "{all} against {none}");
}

fn without_demand(setting: &mut Setting) {
    let p = &mut setting.parameters;
    p.demand.first_melding_share = 0.0;
    p.demand.own_intake = 0.0;
    p.demand.jeugdreclassering = 0.0;
    setting.region.adviezen_per_year = 0.0;
}

fn without_stock(setting: &mut Setting) {
    let stock = &mut setting.parameters.stock;
    stock.ots_children = 0.0;
    stock.voogdij_children = 0.0;
    stock.jeugdreclassering = 0.0;
    stock.vrijwillige_hulp = 0.0;
}

#[test]
fn without_demand_nothing_is_seen() {
    for form in ["v0_estafette", "v2_rnvt", "v5_integraal_landelijk"] {
        let mut setting = setting(form);
        without_demand(&mut setting);
        without_stock(&mut setting);
        let seen = simulate(&setting, 22, 0).observations;
        assert_eq!(seen.tallies, [0.0; Tally::COUNT], "{form}");
        assert!(seen.waits.iter().all(|wait| wait.n() == 0), "{form}");
        assert_eq!(seen.starts, [0; Function::COUNT], "{form}");
        let idle = |team: &TeamObservations| team.reserved_hours == 0.0 && team.wait.n() == 0;
        assert!(seen.teams.iter().all(idle), "{form}");
    }
}

#[test]
fn without_newcomers_the_stock_runs_down_evenly() {
    // Who was there before the run is somewhere on the way: yearly extensions
    // fall in both halves of the first year, and jeugdreclassering ends.
    let extensions = |days| {
        let mut setting = setting("v0_estafette");
        setting.period.warm_up_days = 0;
        setting.period.measured_days = days;
        without_demand(&mut setting);
        setting.parameters.danger.report_probability = 0.0;
        let seen = simulate(&setting, 23, 0).observations;
        seen.starts[Function::Rechter as usize] as f64
    };
    let (half, year) = (extensions(182), extensions(364));
    println!("{half} hearings in half a year, {year} in a year");
    assert!(year > 50.0, "{year} hearings");
    assert!((0.35..=0.65).contains(&(half / year)), "{half} of {year}");
}

/// Rule: in a region twice as large with twice the staff, in as many areas,
/// the wait of every team is at most a tenth longer over four replications.
/// It should be shorter: larger pools.
#[test]
fn twice_the_demand_with_twice_the_staff_waits_no_longer() {
    for form in ["v0_estafette", "v5_integraal_landelijk"] {
        // Some room, so that queues are those of chance and not of growth; and so many of each
        // that rounding to whole persons does not decide.
        let single = larger(&loaded(form, 0.88), 4);
        let mut double = larger(&single, 2);
        double.parameters.staff.inhabitants_per_area *= 2.0;
        for team in &single.form.teams {
            if team.scale == Scale::External {
                continue;
            }
            let (one, two) = (mean_wait(&single, &team.key), mean_wait(&double, &team.key));
            println!(
                "{form} {}: {one:.2} days, {two:.2} at twice the size",
                team.key
            );
            assert!(two <= 1.1 * one, "{form} {}: {one} became {two}", team.key);
        }
    }
}

fn once(setting: &Setting) -> Observations {
    simulate(setting, 24, 0).observations
}

#[test]
fn without_drang_there_are_no_days_of_drang() {
    let mut setting = setting("v0_estafette");
    assert!(once(&setting).tally(Tally::DrangDays) > 0.0);
    setting.form.tasks[Function::Drang as usize] = None;
    let seen = once(&setting);
    assert_eq!(seen.tally(Tally::DrangDays), 0.0);
    assert_eq!(seen.starts[Function::Drang as usize], 0);
    assert!(seen.tally(Tally::CasesClosed) > 0.0);
}

#[test]
fn without_danger_nobody_is_reported_again() {
    let mut setting = setting("v0_estafette");
    let again = [
        Tally::Incidents,
        Tally::Hermeldingen,
        Tally::HermeldingWithinTwelveMonths,
        Tally::Vervolgmeldingen,
        Tally::Crises,
        Tally::Huisverbod,
        Tally::VoorlopigeOndertoezichtstelling,
    ];
    setting.period.measured_days = 730;
    let seen = once(&setting);
    assert!(again.iter().all(|&tally| seen.tally(tally) > 0.0));
    let danger = &mut setting.parameters.danger;
    danger.rate_lichte_zorgen = 0.0;
    danger.rate_structureel = 0.0;
    danger.rate_acuut = 0.0;
    danger.rate_veilig = 0.0;
    danger.repeat_probability = 0.0;
    let seen = once(&setting);
    for tally in again {
        assert_eq!(seen.tally(tally), 0.0, "{tally:?}");
    }
    assert!(seen.tally(Tally::FollowedTwelveMonths) > 0.0);
}

#[test]
fn what_is_reported_twice_comes_while_the_first_is_assessed() {
    let mut setting = setting("v0_estafette");
    let share = |setting: &Setting| {
        let seen = once(setting);
        seen.tally(Tally::MeldingenInAssessment) / seen.tally(Tally::Meldingen)
    };
    setting.parameters.danger.repeat_probability = 0.0;
    let seldom = share(&setting);
    setting.parameters.danger.repeat_probability = 0.2;
    setting.parameters.danger.repeat_days = 1.0;
    let often = share(&setting);
    assert!(often > seldom + 0.1, "{seldom} and {often}");
}

#[test]
fn higher_thresholds_each_year_ask_for_fewer_measures_each_year() {
    let mut setting = setting("v0_estafette");
    setting.period.measured_days = 4 * 365;
    let measures = |setting: &Setting| once(setting).tally(Tally::Petitions);
    let steady = measures(&setting);
    setting.parameters.decision.threshold_growth_per_year = 0.3;
    let falling = measures(&setting);
    assert!(falling < 0.8 * steady, "{steady} and {falling}");
}

/// Regions that keep or advise more have the staff for it: the work of Veilig
/// Thuis is divided, not only the meldingen.
#[test]
fn the_staff_of_veilig_thuis_follows_its_work() {
    let hours = |kept_share: f64| {
        let mut setting = setting("v0_estafette");
        let region = &mut setting.region;
        region.country.meldingen_with_kept_share = region.meldingen_per_year;
        region.country.meldingen_known_kept = region.meldingen_per_year * kept_share;
        region.kept_share = Some(kept_share);
        let seen = once(&setting);
        let mut teams = setting.form.teams.iter();
        let index = teams.position(|team| team.key == "veilig_thuis");
        let team = &seen.teams[index.expect("a team of that name")];
        (team.available_hours, team.reserved_hours)
    };
    // Onderzoeken and conditions follow the meldingen, as far as families are kept; the rest of those kept is short follow-ups.
    let ((few, little), (many, much)) = (hours(0.05), hours(0.85));
    let (staff, work) = ((many / few).ln(), (much / little).ln());
    println!("{staff:.2} more staff and {work:.2} more work, in logarithms");
    assert!(work > 0.2, "{little} and {much} hours of work");
    assert!((work - staff).abs() < 0.5 * work, "{staff} and {work}");
}

#[test]
fn who_is_out_of_sight_sooner_is_reported_again_less() {
    let mut setting = setting("v0_estafette");
    let known = |years: f64, setting: &mut Setting| {
        setting.parameters.household.known_years = years;
        let seen = once(setting);
        let again = [Tally::Hermeldingen, Tally::Incidents, Tally::FamilyDays];
        again.map(|tally| seen.tally(tally))
    };
    let (long, short) = (known(18.0, &mut setting), known(6.0, &mut setting));
    for (long, short) in long.into_iter().zip(short) {
        assert!(short < 0.8 * long, "{short} and {long}");
    }
}

#[test]
fn where_nobody_leaves_nobody_is_replaced() {
    let mut setting = setting("v0_estafette");
    assert!(once(&setting).teams.iter().any(|team| team.leavers > 0));
    setting.parameters.staff.turnover = 0.0;
    let seen = once(&setting);
    assert!(seen.teams.iter().all(|team| team.leavers == 0));
    assert!(seen.teams.iter().all(|team| team.vacant_place_weeks == 0));
}

#[test]
fn demand_grows_from_the_start_of_what_is_measured() {
    // Without a warm-up every year is longer than the last; 100 % a year would
    // bring 1/ln 2 = 1.44 times as many in the first year. 500 first meldingen
    // have a standard deviation of 4.5 %.
    let first_meldingen = |growth, warm_up_days| {
        let mut setting = setting("v0_estafette");
        setting.period.warm_up_days = warm_up_days;
        setting.parameters.demand.growth_per_year = growth;
        once(&setting).tally(Tally::FirstMeldingen)
    };
    let flat = first_meldingen(0.0, 0);
    let growing = first_meldingen(1.0, 0);
    println!("{flat} first meldingen, {growing} with growth");
    assert!(
        (1.3..1.6).contains(&(growing / flat)),
        "{growing} of {flat}"
    );
    let (flat, growing) = (first_meldingen(0.0, 365), first_meldingen(1.0, 365));
    assert!(
        (1.3..1.6).contains(&(growing / flat)),
        "{growing} of {flat}"
    );
}

/// Organisations keep what they do: whoever stands in a team that does none of
/// it is not paid for nothing, but works.
#[test]
fn hours_that_a_team_gets_from_elsewhere_are_worked() {
    // All help by former staff of the Raad, whose own functions are elsewhere.
    let mut setting = setting("v0_estafette");
    let own = load(&setting, "lokaal_team");
    let teams = &mut setting.form.teams;
    let team = teams.iter_mut().position(|team| team.key == "lokaal_team");
    let team = team.expect("the form has it");
    teams[team].generalist_share = 0.0;
    let functions = setting.form.functions_of(team);
    assert_ne!(functions, FunctionSet::default());
    for (from, _) in &mut setting.form.teams[team].staff_from {
        *from = rvtsim::model::Organisation::Rvdk;
    }
    setting.parameters.staff.fte_rvdk = setting.parameters.staff.fte_lokaal_team;
    let others = load(&setting, "lokaal_team");
    assert!(
        others > 0.8 * own,
        "{others} against {own} by its own staff"
    );
}
