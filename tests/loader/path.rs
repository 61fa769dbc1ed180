//! Forms that follow each other, as a scenario says it.

use crate::library::Library;
use rvtsim::scenario::{Case, Changes, Lang, Moment, Scenario};

const HEAD: &str = r#"extends = "base.toml"
[scenario]
start = 2027-01-01
warm_up = "1 year"
measured = "3 years"
regions = ["Regio 1", "Drenthe", "Regio 19"]
forms = ["v0", "later"]
[paths.later]
label = { nl = "Later", en = "Later" }
start = "v0"
"#;

fn load(library: &Library, changes: &str) -> Scenario {
    let form = "extends = \"v0\"\nform.label = { nl = \"Een\", en = \"One\" }\n";
    library.write("forms/v1.toml", form);
    library.write("path.toml", format!("{HEAD}{changes}"));
    match library.load("path.toml", &Changes::default()) {
        Ok(scenario) => scenario,
        Err(log) => panic!("{log}"),
    }
}

fn warnings(scenario: &Scenario) -> Vec<String> {
    let warnings = scenario.warnings.iter();
    warnings.map(|one| one.message.text(Lang::En)).collect()
}

#[test]
fn a_path_is_a_case_whose_forms_come_into_force_region_by_region() {
    let library = Library::new();
    let scenario = load(
        &library,
        r#"[[paths.later.change]]
form = "v1"
from = 2028-01-01
to_last = 2028-12-31
regions = ["Regio 19", "Drenthe"]
order = ["Regio 19"]
"#,
    );
    assert_eq!(warnings(&scenario), [""; 0]);
    let case = &scenario.cases[1];
    assert_eq!((&*case.form.key, &*case.form.label.nl), ("later", "Later"));
    assert_eq!(case.start().key, "v0");
    let moment = |day, n_before| {
        let places = Vec::new();
        Some(Moment {
            day,
            n_before,
            places,
        })
    };
    // Two years of 365 days before 2028, which has 366.
    let course = case.course.as_ref().expect("a path");
    assert_eq!(
        course.stages[0].moments,
        [None, moment(730 + 365, 1), moment(730, 0)]
    );
    assert_eq!(course.stages[0].case.form.key, "v1");
    // Every form has the teams of all, in one order.
    let teams = |form: &rvtsim::model::Form| -> Vec<String> {
        form.teams.iter().map(|team| team.key.clone()).collect()
    };
    assert_eq!(teams(&course.start), teams(&course.stages[0].case.form));
    assert_eq!(teams(&course.start), teams(&scenario.cases[0].form));
}

#[test]
fn values_may_change_on_a_day_in_some_regions() {
    let library = Library::new();
    let scenario = load(
        &library,
        r#"[[paths.later.change]]
form = "v0"
from = 2028-01-01
regions = ["Drenthe"]
evidence.work.cv = "20 % more"
[[paths.later.change]]
form = "v0"
from = 2029-01-01
regions = ["Drenthe"]
evidence.staff.fte_rvdk = 0.6
[evidence]
work.cv = 0.6
"#,
    );
    assert_eq!(warnings(&scenario), [""; 0]);
    let case = &scenario.cases[1];
    let stages = &case.course.as_ref().expect("a path").stages;
    let of = |case: &Case| (case.parameters.work.cv, case.parameters.staff.fte_rvdk);
    assert_eq!(of(case), (0.6, 0.5));
    // More than the scenario's own; and a later change says its own, with nothing of the one before.
    assert_eq!(of(&stages[0].case), (1.2 * 0.6, 0.5));
    assert_eq!(of(&stages[1].case), (0.6, 0.6));
    let where_: Vec<_> = stages[0].moments.iter().map(Option::is_some).collect();
    assert_eq!(where_, [false, true, false]);
    let told = scenario.to_toml();
    let told: Vec<&str> = told
        .lines()
        .filter(|line| line.starts_with("#  "))
        .collect();
    assert_eq!(
        told,
        [
            "#   from 2028-01-01 in Drenthe: v0",
            "#     \"work.cv\" = 0.72 # factor",
            "#   from 2029-01-01 in Drenthe: v0",
            "#     \"staff.fte_rvdk\" = 0.6 # fte",
        ]
    );
}

#[test]
fn which_regions_are_chosen_does_not_move_the_days_of_the_others() {
    let library = Library::new();
    let changes =
        "[[paths.later.change]]\nform = \"v1\"\nfrom = 2028-01-01\nto_last = 2028-12-31\n";
    let all = load(&library, changes);
    let changes = Changes {
        regions: Some(vec!["Regio 19".to_owned()]),
        ..Changes::default()
    };
    let alone = library.load("path.toml", &changes).expect("it is sound");
    let moments = |scenario: &Scenario| {
        let course = scenario.cases[1].course.as_ref().expect("a path");
        course.stages[0].moments.clone()
    };
    assert_eq!(moments(&all)[2], moments(&alone)[0]);
}

#[test]
fn costs_of_a_change_over_have_no_effect_where_nothing_changes() {
    let library = Library::new();
    let costs = "[evidence]\ntransition.turnover_shock = 0.5\ntransition.recovery_weeks = 0.5\n";
    let told = |changes: &str| {
        let scenario = load(&library, &format!("{changes}{costs}"));
        let told = warnings(&scenario).join("; ");
        told.contains("no form comes into force")
    };
    assert!(!told(
        "[[paths.later.change]]\nform = \"v1\"\nfrom = 2028-01-01\n"
    ));
    library.write("plain.toml", format!("extends = \"base.toml\"\n{costs}"));
    let plain = library.load("plain.toml", &Changes::default());
    let plain = plain.expect("it is sound");
    assert!(
        warnings(&plain)
            .join("; ")
            .contains("no form comes into force")
    );
}

#[test]
fn a_name_means_teams_of_one_scale_in_all_forms_of_a_path() {
    let library = Library::new();
    library.write(
        "forms/other.toml",
        "extends = \"v0\"\nform.label = { nl = \"Anders\", en = \"Other\" }\n[teams.lokaal]\nscale = \"region\"\n",
    );
    library.write(
        "path.toml",
        format!("{HEAD}[[paths.later.change]]\nform = \"other\"\nfrom = 2028-01-01\n"),
    );
    let log = library.load("path.toml", &Changes::default()).err();
    let log = log.expect("it is refused");
    let told: Vec<_> = log.iter().map(|one| one.code).collect();
    assert_eq!(told, ["S027"]);
}

#[test]
fn a_later_form_cannot_bend_a_trend() {
    let library = Library::new();
    library.write(
        "forms/other.toml",
        "extends = \"v0\"\nform.label = { nl = \"Anders\", en = \"Other\" }\n[evidence]\ndemand.growth_per_year = 0.6\n",
    );
    library.write(
        "path.toml",
        format!("{HEAD}[[paths.later.change]]\nform = \"other\"\nfrom = 2028-01-01\n"),
    );
    let log = library.load("path.toml", &Changes::default()).err();
    let log = log.expect("it is refused");
    let told: Vec<_> = log
        .iter()
        .map(|one| (one.code, one.message.text(Lang::En)))
        .collect();
    let fact = "`other` says another `demand.growth_per_year` than `v0`";
    assert_eq!(told, [("S026", fact.to_owned())]);
}
