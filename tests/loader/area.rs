//! Forms in municipalities and parts of them, and whose families are counted, as a scenario says it.

use crate::library::Library;
use rvtsim::scenario::{Changes, Scenario};

const HEAD: &str = r#"extends = "base.toml"
[scenario]
start = 2027-01-01
warm_up = "1 year"
measured = "3 years"
regions = ["Regio 19", "Drenthe"]
forms = ["v0", "later"]
[areas.dorp]
label = { nl = "Het dorp", en = "The village" }
within = "Terneuzen"
inhabitants = 20
[paths.later]
label = { nl = "Later", en = "Later" }
start = "v0"
"#;

fn try_load(heading: &str, changes: &str) -> Result<Scenario, String> {
    let library = Library::new();
    let form = "extends = \"v0\"\nform.label = { nl = \"Een\", en = \"One\" }\n";
    library.write("forms/v1.toml", form);
    let own = "extends = \"v1\"\nform.label = { nl = \"Twee\", en = \"Two\" }\nevidence.work.retell_hours = 3\n";
    library.write("forms/v2.toml", own);
    let head = HEAD.replace("[areas.dorp]", &format!("{heading}\n[areas.dorp]"));
    library.write("area.toml", format!("{head}{changes}"));
    let scenario = library.load("area.toml", &Changes::default());
    scenario.map_err(|log| log.to_string())
}

fn load(heading: &str, changes: &str) -> Scenario {
    try_load(heading, changes).unwrap_or_else(|faults| panic!("{faults}"))
}

fn refused(heading: &str, changes: &str) -> String {
    try_load(heading, changes).expect_err("it is not sound")
}

fn change(form: &str, from: &str, rest: &str) -> String {
    format!("[[paths.later.change]]\nform = \"{form}\"\nfrom = {from}\n{rest}\n")
}

/// By region: the places, as name and inhabitants.
fn places(scenario: &Scenario) -> Vec<Vec<(&str, u32)>> {
    (scenario.regions.iter())
        .map(|region| {
            let places = region.places.iter();
            places.map(|one| (&*one.name, one.inhabitants)).collect()
        })
        .collect()
}

#[test]
fn a_region_is_divided_into_places_of_which_the_same_is_said() {
    let scenario = load(
        "",
        &(change(
            "v1",
            "2028-01-01",
            "areas = [\"Hulst\", \"dorp\", \"Assen\"]",
        ) + &change("v0", "2029-01-01", "areas = [\"Terneuzen\"]")),
    );
    let found = places(&scenario);
    let names: Vec<Vec<&str>> = (found.iter())
        .map(|places| places.iter().map(|(name, _)| *name).collect())
        .collect();
    // The village is in both changes, the rest of its municipality in the second only.
    assert_eq!(
        names,
        [vec!["Assen"], vec!["Hulst", "Het dorp", "Terneuzen"]]
    );
    let of = |name: &str| {
        let all = found.iter().flatten();
        let mut found = all.filter(|(other, _)| *other == name);
        found.next().expect("the place").1
    };
    assert_eq!(of("Het dorp"), 20);
    let inhabitants = f64::from(scenario.regions[1].inhabitants);
    let expected = |of_2021: f64| of_2021 / 385_432.0 * inhabitants;
    let hulst = f64::from(of("Hulst"));
    assert!((hulst - expected(27_568.0)).abs() <= 0.5, "{hulst}");
    let terneuzen = f64::from(of("Terneuzen") + 20);
    assert!((terneuzen - expected(54_458.0)).abs() <= 0.5, "{terneuzen}");
    let course = scenario.cases[1].course.as_ref().expect("a path");
    let of = |stage: usize, region: usize| {
        let moment = course.stages[stage].moments[region].as_ref();
        moment.map(|moment| moment.places.clone())
    };
    assert_eq!(of(0, 0), Some(vec![0]));
    assert_eq!(of(0, 1), Some(vec![0, 1]));
    assert_eq!((of(1, 0), of(1, 1)), (None, Some(vec![1, 2])));
}

#[test]
fn areas_follow_each_other_in_the_order_in_which_they_are_named() {
    let rest = "to_last = 2029-01-01\nareas = [\"Terneuzen\", \"Assen\", \"Hulst\"]";
    let scenario = load("", &change("v1", "2028-01-01", rest));
    let course = scenario.cases[1].course.as_ref().expect("a path");
    let days: Vec<Vec<Option<(u32, u32)>>> = (course.stages.iter())
        .map(|stage| {
            let moments = stage.moments.iter();
            moments
                .map(|one| one.as_ref().map(|one| (one.day, one.n_before)))
                .collect()
        })
        .collect();
    // Drenthe first: half a year after Terneuzen, and half a year before Hulst.
    let first = 730;
    assert_eq!(
        days,
        [
            vec![None, Some((first, 0))],
            vec![Some((first + 183, 1)), None],
            vec![None, Some((first + 366, 2))],
        ]
    );
}

#[test]
fn families_are_counted_where_the_scenario_says_and_other_regions_are_not_run() {
    let scenario = load("areas = [\"Hulst\", \"dorp\"]", "");
    let counted = scenario.counted.as_ref().expect("a part is counted");
    assert_eq!(counted.names, "Hulst, Het dorp");
    assert_eq!(scenario.regions.len(), 1);
    assert_eq!(counted.places, [vec![0]]);
    let place = &scenario.regions[0].places[0];
    assert_eq!(place.name, "Hulst, Het dorp");
    assert_eq!(counted.inhabitants, place.inhabitants);
    // A whole region may be named as well.
    let scenario = load("areas = [\"Drenthe\"]", "");
    assert_eq!(scenario.regions.len(), 1);
    let (region, counted) = (&scenario.regions[0], scenario.counted.expect("all of it"));
    assert!(region.inhabitants.abs_diff(counted.inhabitants) <= 12);
}

#[test]
fn what_cannot_be_an_area_is_told_with_what_to_write() {
    for (heading, changes, code, told) in [
        (
            "areas = [\"Hults\"]",
            String::new(),
            "S028",
            "did you mean \"Hulst\"?",
        ),
        (
            "areas = [\"dorrp\"]",
            String::new(),
            "S028",
            "did you mean `dorp`?",
        ),
        (
            "areas = [\"Goes\", \"Goes\"]",
            String::new(),
            "S017",
            "Goes is named twice",
        ),
        (
            "areas = [\"Terneuzen\", \"dorp\"]",
            String::new(),
            "S017",
            "Het dorp is named twice",
        ),
        (
            "areas = [\"Groningen\"]",
            String::new(),
            "S029",
            "none of these areas",
        ),
        ("areas = []", String::new(), "S015", "no area"),
        (
            "",
            change(
                "v1",
                "2028-01-01",
                "areas = [\"Hulst\"]\nregions = [\"Drenthe\"]",
            ),
            "S026",
            "both say where",
        ),
        (
            "",
            change("v2", "2028-01-01", "areas = [\"Hulst\"]"),
            "S026",
            "has values of its own",
        ),
        (
            "",
            change("v1", "2028-01-01", "areas = [\"dorp\"]")
                + &change("v0", "2028-01-01", "areas = [\"Terneuzen\"]"),
            "S026",
            "in one region",
        ),
    ] {
        let faults = refused(heading, &changes);
        let is_told = faults.contains(code) && faults.contains(told);
        assert!(is_told, "{heading}{changes}:\n{faults}");
    }
    let faults = refused(
        "[areas.stad]\nlabel = { nl = \"a\", en = \"b\" }\nwithin = \"Terneuzen\"\ninhabitants = 500\n",
        "",
    );
    assert!(
        faults.contains("the parts of Terneuzen have 520"),
        "{faults}"
    );
}

#[test]
fn different_places_may_change_on_one_day() {
    let changes = change("v1", "2028-01-01", "areas = [\"Hulst\"]")
        + &change("v1", "2028-01-01", "areas = [\"Goes\"]");
    let scenario = load("", &changes);
    assert_eq!(scenario.regions[1].places.len(), 2);
}

#[test]
fn what_is_exported_has_the_time_line_and_its_areas() {
    let library = Library::new();
    library.write(
        "forms/v1.toml",
        "extends = \"v0\"\nform.label = { nl = \"Een\", en = \"One\" }\n",
    );
    let rest = "to_last = 2029-01-01\nareas = [\"dorp\", \"Assen\"]";
    let head = HEAD.replace("[areas.dorp]", "areas = [\"Terneuzen\"]\n[areas.dorp]");
    library.write("area.toml", head + &change("v1", "2028-01-01", rest));
    let scenario = library
        .load("area.toml", &Changes::default())
        .expect("it is sound");
    library.write("again.toml", scenario.to_toml());
    let again = library.load("again.toml", &Changes::default());
    let again = again.unwrap_or_else(|log| panic!("{log}"));
    assert_eq!(again.regions, scenario.regions);
    assert_eq!(again.counted, scenario.counted);
    let course = |scenario: &Scenario| scenario.cases[1].course.clone().expect("a path");
    assert_eq!(course(&again), course(&scenario));
}
