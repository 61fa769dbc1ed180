//! A form that is in force in a part of a region, beside that of the rest: nobody gets lost, what is said of all places
//! is said of the region, and families are counted where they live.

use crate::change::{audit_weekly, path};
use rvtsim::model::{Local, Observations, Place, Setting, Tally, simulate};

/// A path whose changes come into force in these places instead of in the whole region.
fn in_places(mut setting: Setting, sizes: &[u32], places: &[&[u8]]) -> Setting {
    let place = |(at, &inhabitants): (usize, &u32)| Place {
        name: format!("place {at}"),
        inhabitants,
    };
    setting.region.places = sizes.iter().enumerate().map(place).collect();
    let own = setting.form.clone();
    let mut local: Vec<Local> = Vec::new();
    for (change, places) in setting.changes.iter_mut().zip(places) {
        let form = std::mem::replace(&mut change.form, own.clone());
        local.retain(|one| !places.contains(&one.place));
        local.extend(places.iter().map(|&place| Local {
            place,
            form: form.clone(),
        }));
        change.local = local.clone();
    }
    setting
}

fn seen(setting: &Setting) -> Observations {
    simulate(setting, 21, 1).observations
}

#[test]
fn nothing_gets_lost_where_forms_come_into_force_in_places() {
    let changes = [
        ("v2_rnvt", 100),
        ("v4_openbaar_lichaam", 200),
        ("v1_expertnetwerk", 300),
        ("v0_estafette", 400),
    ];
    for sizes in [[28_000, 60_000], [4_000, 250_000]] {
        let setting = path("v0_estafette", &changes, "Zeeland");
        let mut setting = in_places(setting, &sizes, &[&[0], &[1], &[0], &[0, 1]]);
        audit_weekly(&setting, 22);
        for change in &mut setting.changes {
            change.parameters.staff.turnover = 1.5;
        }
        setting.parameters.staff.turnover = 1.5;
        audit_weekly(&setting, 23);
    }
}

#[test]
fn a_form_in_every_place_is_the_form_of_the_region() {
    for form in ["v2_rnvt", "v4_openbaar_lichaam", "v5_integraal_landelijk"] {
        let whole = path("v0_estafette", &[(form, 200)], "Gooi en Vechtstreek");
        let inhabitants = whole.region.inhabitants;
        let everywhere = in_places(whole.clone(), &[inhabitants], &[&[0]]);
        let (whole, everywhere) = (seen(&whole), seen(&everywhere));
        assert_eq!(whole.tallies, everywhere.tallies, "{form}");
        assert_eq!(whole.teams, everywhere.teams, "{form}");
    }
}

#[test]
fn families_are_counted_where_they_live() {
    let setting = path("v0_estafette", &[("v2_rnvt", 200)], "Zeeland");
    let inhabitants = setting.region.inhabitants;
    let sizes = [100_000, inhabitants - 100_000];
    let all = in_places(setting, &sizes, &[&[0]]);
    let counted = |places: &[u8]| {
        seen(&Setting {
            counted: Some(places.to_vec()),
            ..all.clone()
        })
    };
    let (whole, here, elsewhere) = (seen(&all), counted(&[0]), counted(&[1]));
    for (at, &sum) in whole.tallies.iter().enumerate() {
        let parts = here.tallies[at] + elsewhere.tallies[at];
        assert!(
            (parts - sum).abs() <= 1e-9 * sum.abs() + 1e-6,
            "sum {at}: {parts}, not {sum}"
        );
    }
    let share = here.tally(Tally::Meldingen) / whole.tally(Tally::Meldingen);
    assert!(
        (share - 1e5 / f64::from(inhabitants)).abs() < 0.03,
        "{share}"
    );
    // The network team adds and does not take over; some cases are from before it came.
    let handovers =
        |seen: &Observations| seen.tally(Tally::Handovers) / seen.tally(Tally::CasesClosed);
    let (here, elsewhere) = (handovers(&here), handovers(&elsewhere));
    assert!(here < 0.75 * elsewhere, "{here}, elsewhere {elsewhere}");
}

#[test]
fn people_go_to_the_team_of_their_area_and_none_come_or_go() {
    let setting = path("v0_estafette", &[("v2_rnvt", 365)], "Zeeland");
    let sizes = [setting.region.inhabitants / 4];
    let local = in_places(setting, &sizes, &[&[0]]);
    let hours = |seen: &Observations, team: &str| {
        let at = local.form.teams.iter().position(|one| one.key == team);
        seen.teams[at.expect("a team")].available_hours
    };
    let (before, after) = (seen(&local.unchanged()), seen(&local));
    let all = |seen: &Observations| {
        let inside = seen.teams.iter().filter(|team| !team.is_external);
        inside.map(|team| team.available_hours).sum::<f64>()
    };
    assert!((all(&after) / all(&before) - 1.0).abs() < 0.01);
    // A quarter of the people of the two organisations of which the team is made.
    let from = hours(&before, "veilig_thuis") + hours(&before, "gi");
    let share = hours(&after, "rnvt") / from;
    assert!((share - 0.25).abs() < 0.04, "{share}");
    assert!(hours(&after, "veilig_thuis") + hours(&after, "gi") > 0.7 * from);
}
