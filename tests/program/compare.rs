//! Runs side by side.

use std::fs;

use crate::desk::Desk;

const ONE: &str = r#"
extends = "vergelijking.toml"
[scenario]
label = { nl = "Zoals het is", en = "As it is" }
warm_up = "14 days"
measured = "28 days"
replications = 2
regions = ["Zeeland"]
belief = "neutraal"
forms = ["v0_estafette", "v2_rnvt"]
"#;

#[test]
fn finished_runs_stand_side_by_side_with_what_differs_in_their_inputs() {
    let desk = Desk::with(ONE);
    let other = ONE.to_owned() + "[evidence]\nstaff.turnover = 0.22\n";
    fs::write(desk.at("scenarios/ander.toml"), other).unwrap();
    for line in [
        "run scenarios/proef.toml --tables-only",
        "run scenarios/ander.toml --tables-only",
        "run scenarios/proef.toml --tables-only --seed 5 --out results/ander_toeval",
    ] {
        let (code, told) = desk.types(line);
        assert_eq!(code, 0, "{told}");
    }
    let line = "compare results/proef results/ander --out results/naast --lang en";
    let shown = desk.command(line).output().unwrap();
    let told = [shown.stdout, shown.stderr].map(|text| String::from_utf8(text).unwrap());
    let told = told.concat();
    for said in [
        "Side by side: 2 runs",
        "staff.turnover",
        "0.22",
        "the same families, the same replication",
        "Compared with v0_estafette, under proef and ander",
        "results/naast/compare.html",
    ] {
        assert!(told.contains(said), "{said}: {told}");
    }
    let table = fs::read_to_string(desk.at("results/naast/compare.csv")).unwrap();
    assert!(table.contains("\nander,v2_rnvt,Zeeland,"), "{table}");
    assert!(table.contains(",proef,replication,"));
    let page = fs::read_to_string(desk.at("results/naast/compare.html")).unwrap();
    assert!(page.contains("Wat er in de invoer verschilt") && page.contains("staff.turnover"));
    assert!(!page.contains("src=") && !page.contains("[["));
    // A place that is taken stays as it is, and other chance is said to be other chance.
    let (code, told) = desk.types(line);
    assert!(code != 0 && told.contains("is there already"), "{told}");
    let other = desk.command("compare results/proef results/ander_toeval");
    let told = { other }.output().unwrap().stdout;
    let told = String::from_utf8(told).unwrap();
    assert!(told.contains("Niet elk verschil is gekoppeld"), "{told}");
    let (code, told) = desk.types("compare results/proef");
    assert!(code == 2 && told.contains("name a second run"), "{told}");
    let (code, told) = desk.types("compare results/proef results/nergens");
    assert!(code == 2 && told.contains("holds no run"), "{told}");
}

const SETTINGS: &str = r#"
extends = "vergelijking.toml"
[scenario]
label = { nl = "Met en zonder", en = "With and without" }
warm_up = "14 days"
measured = "60 days"
replications = 2
regions = ["Zeeland"]
beliefs = ["neutraal", "kritisch"]
forms = ["v0_estafette", "v2_rnvt"]
[variants.meer_meldingen]
label = { nl = "De helft meer eerste meldingen", en = "Half as many first meldingen again" }
evidence.demand.first_melding_share = "50 % more"
"#;

fn shown(desk: &Desk, line: &str) -> String {
    let shown = desk.command(line).output().unwrap();
    let [told, notes] = [shown.stdout, shown.stderr].map(|text| String::from_utf8(text).unwrap());
    assert!(shown.status.success(), "{line}: {notes}");
    told + &notes
}

#[test]
fn belief_sets_and_variants_are_run_side_by_side_and_each_is_a_run_of_its_own() {
    let desk = Desk::with(SETTINGS);
    let told = shown(&desk, "check scenarios/proef.toml --lang en");
    assert!(
        told.contains("(16 passes") || told.contains("16 passes"),
        "{told}"
    );
    let told = shown(&desk, "run scenarios/proef.toml --lang en");
    for said in [
        "Side by side: 4 runs",
        "kritisch+meer_meldingen",
        "demand.first_melding_share",
        "Compared with v0_estafette, under neutraal and kritisch",
        "Compared with v0_estafette, under neutraal+meer_meldingen and kritisch+meer_meldingen",
    ] {
        assert!(told.contains(said), "{said}: {told}");
    }
    // A variant is compared with the same belief set without it.
    let table = fs::read_to_string(desk.at("results/proef/compare.csv")).unwrap();
    let row = |begin: &str| {
        let found = table.lines().find(|line| line.starts_with(begin));
        let fields = found.unwrap_or_else(|| panic!("{begin}")).split(',');
        fields.map(str::to_owned).collect::<Vec<_>>()
    };
    let more = row("kritisch+meer_meldingen,v0_estafette,Zeeland,load_percent,");
    let base = row("kritisch,v0_estafette,Zeeland,load_percent,");
    assert_eq!(
        (&*more[10], &*more[11], &*base[10]),
        ("kritisch", "replication", "neutraal")
    );
    let number = |row: &[String], at: usize| row[at].parse::<f64>().unwrap();
    let difference = number(&more, 5) - number(&base, 5);
    assert!((number(&more, 12) - difference).abs() < 1e-3 && difference.abs() > 0.01);
    // The first is the run as it would be alone, and each other reads as any run.
    let alone = SETTINGS.replace(
        "beliefs = [\"neutraal\", \"kritisch\"]",
        "belief = \"neutraal\"",
    );
    let alone = alone.split("[variants").next().unwrap().to_owned();
    fs::write(desk.at("scenarios/alleen.toml"), alone).unwrap();
    shown(&desk, "run scenarios/alleen.toml --tables-only");
    for name in ["kpis", "paired", "replications", "evidence", "journeys"] {
        let read =
            |run: &str| fs::read_to_string(desk.at(&format!("results/{run}/{name}.csv"))).unwrap();
        assert!(read("proef") == read("alleen"), "{name}");
    }
    let page = fs::read_to_string(desk.at("results/proef/report.html")).unwrap();
    for said in [
        "id=\"nl-beside\"",
        "id=\"en-beside\"",
        "De helft meer eerste meldingen",
    ] {
        assert!(page.contains(said), "{said}");
    }
    let nested = "results/proef/beside/kritisch+meer_meldingen";
    assert!(!desk.at(nested).join("report.html").exists());
    shown(&desk, &format!("report {nested}"));
    assert!(desk.at(nested).join("report.html").is_file());
    shown(&desk, "report results/proef");
    assert!(
        !desk
            .at("results/proef/beside")
            .join("kritisch.lock")
            .exists()
    );
    let told = shown(&desk, "compare results/proef --lang en");
    assert!(told.contains("Side by side: 4 runs"), "{told}");
    let told = shown(&desk, &format!("compare results/proef {nested}"));
    assert!(told.contains("demand.first_melding_share"), "{told}");
    // What somebody has put among them stays, all else is replaced.
    fs::write(desk.at(nested).join("notes.txt"), "mine").unwrap();
    let fewer = SETTINGS.replace("\"neutraal\", \"kritisch\"", "\"neutraal\"");
    fs::write(desk.at("scenarios/proef.toml"), fewer).unwrap();
    let told = shown(&desk, "run scenarios/proef.toml --tables-only --replace");
    assert!(
        told.contains("beside/kritisch+meer_meldingen/notes.txt"),
        "{told}"
    );
    let beside = fs::read_dir(desk.at("results/proef/beside")).unwrap();
    let mut beside: Vec<_> = beside.map(|one| one.unwrap().file_name()).collect();
    beside.sort();
    assert_eq!(
        beside,
        ["kritisch+meer_meldingen", "neutraal+meer_meldingen"]
    );
    assert_eq!(fs::read_dir(desk.at(nested)).unwrap().count(), 1);
    // A run beside it that is of something else is named.
    let manifest = desk.at("results/proef/beside/neutraal+meer_meldingen/manifest.json");
    let text = fs::read_to_string(&manifest).unwrap();
    fs::write(&manifest, text.replace("\"events\"", "\"event\"")).unwrap();
    let (code, told) = desk.types("report results/proef");
    assert!(
        code == 2 && told.contains("does not belong to the run"),
        "{told}"
    );
}
