//! Belief sets and variants of a scenario, and what a child takes back.

use crate::library::Library;
use rvtsim::scenario::{Changes, Diagnostics, Scenario, load_settings};

fn sound(result: Result<Scenario, Diagnostics>) -> Scenario {
    result.unwrap_or_else(|log| panic!("{log}"))
}

/// A value of the first case.
fn value(scenario: &Scenario, key: &str) -> f64 {
    let row = scenario.ledger.iter().position(|one| one.spec.key == key);
    scenario.cases[0].values(&scenario.ledger)[row.unwrap()]
}

#[test]
fn a_child_takes_a_change_back_to_what_the_files_below_its_parent_say() {
    let library = Library::new();
    let file =
        |above: &str, line: &str| format!("extends = \"{above}.toml\"\n[evidence]\n{line}\n");
    library.write(
        "low.toml",
        file("base", "work.cv = 0.4\nwork.rechter_days = 12"),
    );
    library.write("middle.toml", file("low", "work.cv = \"50 % more\""));
    library.write("top.toml", file("middle", "work.cv = false"));
    library.write("higher.toml", file("top", "work.cv = false"));
    let found = |name: &str| sound(library.load(name, &Changes::default()));
    let cv = |name: &str| value(&found(name), "work.cv");
    assert!((cv("middle.toml") - 0.6).abs() < 1e-12);
    assert_eq!(cv("top.toml"), 0.4);
    assert_eq!(cv("higher.toml"), cv("base.toml"));
    assert_eq!(value(&found("higher.toml"), "work.rechter_days"), 12.0);
    // Who took it back is no longer among those who gave it.
    let top = found("top.toml");
    let change = top
        .changes
        .iter()
        .find(|one| top.ledger[one.row].spec.key == "work.cv");
    assert_eq!(change.unwrap().file, "low.toml");
}

#[test]
fn the_last_file_that_names_belief_sets_decides() {
    let library = Library::new();
    let belief = "[belief]\nlabel = { nl = \"K\", en = \"K\" }\nsource = \"test\"\n";
    library.write("beliefs/kritisch.toml", belief);
    let file =
        |above: &str, line: &str| format!("extends = \"{above}.toml\"\n[scenario]\n{line}\n");
    library.write(
        "two.toml",
        file("base", "beliefs = [\"kritisch\", \"neutraal\"]"),
    );
    library.write("one.toml", file("two", "belief = \"neutraal\""));
    library.write(
        "again.toml",
        file("one", "beliefs = [\"neutraal\", \"kritisch\"]"),
    );
    let beliefs = |name: &str, changes: &Changes| {
        let found = sound(library.load(name, changes));
        assert_eq!(found.belief, found.beliefs[0]);
        let all = found.beliefs.iter().map(|one| one.key.clone());
        all.collect::<Vec<_>>().join(" ")
    };
    let none = Changes::default();
    assert_eq!(beliefs("base.toml", &none), "neutraal");
    assert_eq!(beliefs("two.toml", &none), "kritisch neutraal");
    assert_eq!(beliefs("one.toml", &none), "neutraal");
    assert_eq!(beliefs("again.toml", &none), "neutraal kritisch");
    let asked = Changes {
        belief: Some("neutraal".to_owned()),
        ..Changes::default()
    };
    assert_eq!(beliefs("two.toml", &asked), "neutraal");
}

#[test]
fn a_scenario_is_loaded_in_each_of_its_settings() {
    let library = Library::new();
    library.write(
        "beliefs/kritisch.toml",
        "[belief]\nlabel = { nl = \"K\", en = \"K\" }\nsource = \"test\"\n[evidence]\nwork.cv = 0.5\n",
    );
    library.write(
        "proef.toml",
        "extends = \"base.toml\"\n[scenario]\nbeliefs = [\"neutraal\", \"kritisch\"]\n\
         [evidence]\nwork.rechter_days = 10\n\
         [variants.meer]\nlabel = { nl = \"Meer\", en = \"More\" }\n\
         evidence.work.rechter_days = \"15 % more\"\nevidence.work.cv = \"10 % more\"\n\
         [variants.zonder]\nlabel = { nl = \"Zonder\", en = \"Without\" }\n\
         evidence.work.rechter_days = false\n",
    );
    library.write(
        "kind.toml",
        "extends = \"proef.toml\"\n[variants]\nzonder = false\n",
    );
    let load = |name: &str| {
        let path = library.folder().join(name);
        load_settings(&path, &Changes::default()).unwrap_or_else(|log| panic!("{log}"))
    };
    let settings = load("proef.toml");
    let told = settings.iter().map(|one| {
        let [days, cv] = ["work.rechter_days", "work.cv"].map(|key| value(one, key));
        format!("{} {days:.3} {cv:.3}", one.setting())
    });
    let told: Vec<String> = told.collect();
    let [days, cv] = ["work.rechter_days", "work.cv"]
        .map(|key| value(&sound(library.load("base.toml", &Changes::default())), key));
    assert_eq!(
        told,
        [
            format!("neutraal 10.000 {cv:.3}"),
            format!("neutraal+meer 11.500 {:.3}", 1.1 * cv),
            format!("neutraal+zonder {days:.3} {cv:.3}"),
            "kritisch 10.000 0.500".to_owned(),
            "kritisch+meer 11.500 0.550".to_owned(),
            format!("kritisch+zonder {days:.3} 0.500"),
        ]
    );
    assert_eq!(settings[0].beside().len(), 5);
    let keys = load("kind.toml")
        .iter()
        .map(Scenario::setting)
        .collect::<Vec<_>>();
    assert_eq!(
        keys,
        ["neutraal", "neutraal+meer", "kritisch", "kritisch+meer"]
    );
}
