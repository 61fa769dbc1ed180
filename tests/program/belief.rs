//! Several belief sets of one scenario, as the commands meet them.

use std::collections::BTreeSet;
use std::fs;

use crate::desk::{Desk, rows};
use crate::weighing_page::small;

const SETS: &str = "beliefs = [\"neutraal\", \"kritisch\"]";

/// The text between the beginning of an element and its end.
fn element<'a>(html: &'a str, begin: &str, end: &str) -> &'a str {
    let (_, rest) = html.split_once(begin).unwrap_or_else(|| panic!("{begin}"));
    rest.split_once(end).unwrap_or_else(|| panic!("{end}")).0
}

/// What is told to standard output and to standard error.
fn told(desk: &Desk, line: &str) -> [String; 2] {
    let output = desk.command(line).output().unwrap();
    let text = [output.stdout, output.stderr].map(|text| String::from_utf8(text).unwrap());
    assert!(output.status.success(), "{line}: {}", text[1]);
    text
}

/// The forms that are first most often with each profile under each belief set, as a reader of the table sees it.
fn tops(table: &[u8]) -> Vec<(String, String, BTreeSet<String>)> {
    let rows = rows(table);
    let known = rows.iter().filter(|row| row["scope"] == "known");
    let known: Vec<_> = known.collect();
    let mut spots: Vec<(String, String)> = (known.iter())
        .map(|row| (row["belief"].clone(), row["profile"].clone()))
        .collect();
    spots.dedup();
    let top = |(belief, profile): (String, String)| {
        let own = known
            .iter()
            .filter(|row| row["belief"] == belief && row["profile"] == profile);
        let own: Vec<(f64, String)> = own
            .map(|row| {
                (
                    (100.0 * row["first"].parse::<f64>().unwrap()).round(),
                    row["form"].clone(),
                )
            })
            .collect();
        let most = own.iter().map(|one| one.0).fold(0.0, f64::max);
        let forms = own.into_iter().filter(|one| one.0 == most).map(|one| one.1);
        (belief, profile, forms.collect())
    };
    spots.into_iter().map(top).collect()
}

#[test]
fn a_run_under_several_belief_sets_is_weighed_under_each_and_its_first_screen_has_ranges() {
    let desk = Desk::with(&small().replace("belief = \"neutraal\"", SETS));
    told(&desk, "run scenarios/proef.toml");
    let [page, _] = told(&desk, "weigh results/proef --draws 300");
    let files = desk.results();
    let table = &files["weighing/beliefs.csv"];

    // Under its own belief set the table has what weighing.csv has, and under the other what that run has by itself.
    let own = rows(table);
    told(&desk, "weigh results/proef/beside/kritisch --draws 300");
    let beside = desk.at("results/proef/beside/kritisch/weighing/weighing.csv");
    for (belief, alone) in [
        ("neutraal", files["weighing/weighing.csv"].clone()),
        ("kritisch", fs::read(beside).unwrap()),
    ] {
        let of_belief: Vec<_> = own.iter().filter(|row| row["belief"] == belief).collect();
        let alone = rows(&alone);
        let n_unranked = match of_belief[0]["known"].as_str() {
            "0" => alone.len() / 2,
            _ => 0,
        };
        assert_eq!(of_belief.len(), alone.len() - n_unranked);
        for row in &of_belief {
            let is_same = |other: &&std::collections::BTreeMap<String, String>| {
                let keys = ["profile", "scope", "form", "mean", "low", "high", "first"];
                keys.iter().all(|key| row[*key] == other[*key])
            };
            assert!(alone.iter().any(|other| is_same(&other)), "{row:?}");
        }
    }

    // The words are those that the table allows.
    let tops = tops(table);
    let of = |belief: &str| {
        let own = tops.iter().filter(|one| one.0 == belief);
        own.map(|one| (one.1.clone(), one.2.clone()))
            .collect::<Vec<_>>()
    };
    let (first, second) = (of("neutraal"), of("kritisch"));
    let is_known = !first.is_empty() && !second.is_empty();
    let is_same = is_known && first == second;
    let html = String::from_utf8(files["report.html"].clone()).unwrap();
    let section = element(&html, "id=\"nl-weighing\"", "</section>");
    let page = page.split_whitespace().collect::<Vec<_>>().join(" ");
    assert!(
        page.contains("Eerste (%), bekend, per aannameset"),
        "{page}"
    );
    for text in [section, &page] {
        for (words, are_right) in [
            ("hangt af van de aannameset", is_known && !is_same),
            ("Niet onder elke aannameset is er een rangorde", !is_known),
            ("onder alle 2 aannamesets", is_same),
        ] {
            assert_eq!(text.contains(words), are_right, "{words}: {text}");
        }
    }
    let heads = element(section, "Hoe vaak eerste van 100 trekkingen", "</thead>");
    assert!(
        heads.contains(">Neutraal") && heads.contains(">Kritisch<"),
        "{heads}"
    );
    // What a council reads stands unfolded; what explains it does not.
    let unfolded = section.split("<details").next().unwrap();
    assert!(unfolded.contains("class=\"standing\"") && !unfolded.contains("type=\"range\""));
    assert_eq!(
        section.matches("<details").count(),
        section.matches("</details>").count()
    );

    // The first screen: ranges in every cell, of the table that holds every belief set.
    let screen = element(&html, "id=\"nl-first\"", "</section>");
    assert!(screen.contains("Staat vast onder alle aannamesets"));
    assert!(screen.contains("Hangt af van wat u gelooft"));
    assert_eq!(screen.matches(" data-r=\"").count(), 7 * 3);
    assert!(!screen.contains("class=\"what\"><th"));
    let compared = rows(&files["compare.csv"]);
    let handovers: Vec<f64> = compared
        .iter()
        .filter(|row| {
            row["form"] == "v4_openbaar_lichaam"
                && row["region"] == "totaal"
                && row["kpi"] == "handovers_per_case"
        })
        .map(|row| row["mean"].parse().unwrap())
        .collect();
    assert_eq!(handovers.len(), 2);
    let cell = screen
        .split("<td ")
        .find(|cell| cell.contains("data-f=\"1\"") && cell.contains("data-r=\"4\""));
    let shown = element(cell.unwrap(), "<b>", "</b>").replace(',', ".");
    let ends: Vec<f64> = shown.split('–').map(|end| end.parse().unwrap()).collect();
    let near = |shown: f64, known: f64| (shown - known).abs() < 0.006;
    let [low, high] =
        [f64::min, f64::max].map(|end| handovers.iter().copied().reduce(end).unwrap());
    assert!(
        near(ends[0], low) && near(*ends.last().unwrap(), high),
        "{shown} {handovers:?}"
    );
    // Elsewhere the page says under which belief set its numbers hold.
    let waiting = element(&html, "id=\"nl-waiting\"", "</section>");
    assert!(waiting.contains("onder één aannameset: Neutraal"));

    // The page is made of the folder alone.
    fs::remove_file(desk.at("results/proef/report.html")).unwrap();
    told(&desk, "report results/proef");
    assert!(fs::read(desk.at("results/proef/report.html")).unwrap() == html.into_bytes());
}

const SETTINGS: &str = r#"
extends = "vergelijking.toml"
[scenario]
label = { nl = "Met en zonder", en = "With and without" }
warm_up = "14 days"
measured = "182 days"
replications = 2
regions = ["Zeeland"]
beliefs = ["neutraal", "kritisch"]
forms = ["v0_estafette", "v4_openbaar_lichaam"]
[variants.meer_meldingen]
label = { nl = "Meer eerste meldingen", en = "More first meldingen" }
evidence.demand.first_melding_share = "50 % more"
"#;

#[test]
fn a_command_about_one_setting_says_which_it_is_and_takes_another() {
    let desk = Desk::with(SETTINGS);
    let others = " --belief kritisch --variant meer_meldingen";
    for line in [
        "trace scenarios/proef.toml --region Zeeland --household 3",
        "log scenarios/proef.toml",
        "evidence staff.turnover --scenario scenarios/proef.toml",
        "hours scenarios/proef.toml --target load_percent<=90 --factors 1,4 --tables-only --lang en",
    ] {
        let [_, notes] = told(&desk, line);
        for said in [
            "proef has several belief sets (neutraal, kritisch): what follows is under neutraal; for another: --belief KEY",
            "proef has variants (meer_meldingen): what follows is without them; for one of them: --variant KEY",
        ] {
            assert!(notes.contains(said), "{line}: {notes}");
        }
        let place = match line.starts_with("hours") {
            true => " --out results/ander",
            false => "",
        };
        let [_, notes] = told(&desk, &format!("{line}{others}{place}"));
        assert!(!notes.contains("what follows is"), "{line}: {notes}");
    }
    let manifest = fs::read_to_string(desk.at("results/ander/manifest.json")).unwrap();
    let manifest: serde_json::Value = serde_json::from_str(&manifest).unwrap();
    assert_eq!(manifest["belief"]["key"], "kritisch");
    assert_eq!(manifest["variant"]["key"], "meer_meldingen");
    let dutch = "trace scenarios/proef.toml --region Zeeland --household 3 --lang nl";
    assert!(told(&desk, dutch)[1].contains("proef heeft meer aannamesets (neutraal, kritisch)"));
    let (code, said) = desk.types("log scenarios/proef.toml --variant meldingen");
    assert_eq!(code, 2);
    assert!(
        said.contains("no variant `meldingen`") && said.contains("meer_meldingen"),
        "{said}"
    );
}

#[test]
fn a_log_of_a_run_is_of_the_setting_that_is_asked_for() {
    let desk = Desk::with(SETTINGS);
    told(&desk, "run scenarios/proef.toml --tables-only");
    let [first, notes] = told(&desk, "log results/proef");
    let said = "the run holds several settings (neutraal, neutraal+meer_meldingen, kritisch, kritisch+meer_meldingen): \
                what follows is of neutraal";
    assert!(notes.contains(said), "{notes}");
    let asked = "--belief kritisch --variant meer_meldingen";
    let [other, notes] = told(&desk, &format!("log results/proef {asked}"));
    assert!(!notes.contains("what follows is"), "{notes}");
    assert!(other != first && other.lines().count() > 100);
    for line in [
        "log results/proef/beside/kritisch+meer_meldingen".to_owned(),
        format!("log scenarios/proef.toml {asked}"),
    ] {
        assert!(told(&desk, &line)[0] == other, "{line}");
    }
    let (code, said) = desk.types("log results/proef --belief programma");
    assert!(
        code == 2 && said.contains("is not of programma, but of neutraal, "),
        "{said}"
    );
}
