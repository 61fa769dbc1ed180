//! A weighing on the page, as its users meet it.

use std::collections::BTreeMap;
use std::fs;
use std::path::Path;

use crate::desk::{Desk, more_of_everybody};

/// Three forms in a small region, long enough to see what happens within a year of a case, with so many hours that every
/// queue is at rest: by what grows without end nothing is ranked.
const SMALL: &str = r#"
extends = "vergelijking.toml"
[scenario]
belief = "neutraal"
label = { nl = "Een kleine proef", en = "A small trial" }
warm_up = "1 year"
measured = "2 years"
replications = 2
regions = ["Gooi en Vechtstreek"]
forms = ["v0_estafette", "v4_openbaar_lichaam", "v5_integraal_landelijk"]
"#;
const RUN: &str = "run scenarios/proef.toml";
const WEIGH: &str = "weigh results/proef --draws 300";

pub(crate) fn small() -> String {
    SMALL.to_owned() + &more_of_everybody(40)
}

/// That run.
pub(crate) fn at_rest() -> Desk {
    run_of(&small())
}

fn run_of(scenario: &str) -> Desk {
    let desk = Desk::with(scenario);
    let (code, said) = desk.types(RUN);
    assert_eq!(code, 0, "{said}");
    desk
}

fn succeeds(desk: &Desk, line: &str) {
    let (code, said) = desk.types(line);
    assert_eq!(code, 0, "{said}");
}

fn page(files: &BTreeMap<String, Vec<u8>>) -> String {
    String::from_utf8(files["report.html"].clone()).unwrap()
}

#[test]
fn weighing_twice_gives_the_same_bytes_and_the_page_shows_it() {
    let desk = at_rest();
    let before = desk.results();
    assert!(!page(&before).contains("id=\"nl-weighing\""));
    succeeds(&desk, WEIGH);
    let first = desk.results();
    succeeds(&desk, WEIGH);
    assert!(desk.results() == first, "a second weighing is another");
    // The page is a function of the folder alone.
    fs::remove_file(desk.at("results/proef/report.html")).unwrap();
    succeeds(&desk, "report results/proef");
    assert!(desk.results() == first, "the page made anew is another");
    // Nothing of the run has changed but its page.
    for (name, bytes) in &before {
        let is_page = name == "report.html";
        assert!(is_page || *bytes == first[name], "{name} has changed");
    }
    let html = page(&first);
    assert!(html.len() < 5_000_000, "{}", html.len());
    for lang in ["nl", "en"] {
        assert!(html.contains(&format!("id=\"{lang}-weighing\"")));
        for figure in ["weighing_first", "weighing_ranks"] {
            assert!(first.contains_key(&format!("charts/{lang}/{figure}.svg")));
        }
    }
    // What is precise is said not to be true, before any number.
    let caveat = html
        .find("vaak eerste is niet hetzelfde als de beste")
        .unwrap();
    assert!(caveat < html.find("nl-weighing_first").unwrap());
    // And once: below a figure it stands where that is read by itself.
    let is_said = "Het is niet de kans dat die vorm in het echt de beste is";
    assert_eq!(html.matches(is_said).count(), 1);
}

/// What every form is worth with every principle alike, and within it every criterion, by form, from
/// the tables of the weighing alone.
fn worth_of_equal_weights(files: &BTreeMap<String, Vec<u8>>) -> BTreeMap<String, f64> {
    let manifest = &files["weighing/manifest.json"];
    let manifest: serde_json::Value = serde_json::from_slice(manifest).unwrap();
    let known = manifest["criteria"].as_array().unwrap().iter();
    let known: Vec<(&str, &str)> = known
        .filter(|one| one["is_known"] == true)
        .map(|one| (one["key"].as_str().unwrap(), one["group"].as_str().unwrap()))
        .collect();
    let groups: std::collections::BTreeSet<&str> = known.iter().map(|one| one.1).collect();
    let mut worth = BTreeMap::new();
    let mut table = csv::Reader::from_reader(files["weighing/criteria.csv"].as_slice());
    for row in table.deserialize() {
        let row: BTreeMap<String, String> = row.unwrap();
        let Some((_, group)) = known.iter().find(|one| one.0 == row["criterion"]) else {
            continue;
        };
        let n = known.iter().filter(|one| one.1 == *group).count();
        let mean: f64 = row["mean"].parse().unwrap();
        *worth.entry(row["form"].clone()).or_insert(0.0) += mean / (n * groups.len()) as f64;
    }
    worth
}

#[test]
fn without_a_script_the_forms_stand_in_the_order_of_equal_weights() {
    let desk = at_rest();
    succeeds(&desk, WEIGH);
    let files = desk.results();
    let forms = [
        "v0_estafette",
        "v4_openbaar_lichaam",
        "v5_integraal_landelijk",
    ];
    let worth = worth_of_equal_weights(&files);
    let html = page(&files);
    let rows = html.split("<tr data-form=\"").skip(1).take(forms.len());
    let shown: Vec<(f64, f64)> = rows
        .map(|row| {
            let form: usize = row[..row.find('"').unwrap()].parse().unwrap();
            let (_, rest) = row.split_once("<span data-worth>").unwrap();
            let number = rest.split(' ').next().unwrap();
            (100.0 * worth[forms[form]], number.parse().unwrap())
        })
        .collect();
    assert!(
        shown.is_sorted_by(|one, other| one.0 >= other.0),
        "{shown:?}"
    );
    for (expected, told) in shown {
        assert!((expected - told).abs() <= 0.5, "{told} and not {expected}");
    }
}

#[test]
fn little_force_never_stands_without_safety() {
    let desk = at_rest();
    succeeds(&desk, WEIGH);
    let html = page(&desk.results());
    let begin = html.find("id=\"nl-weighing\"").unwrap();
    let section = &html[begin..begin + html[begin..].find("</section>").unwrap()];
    // In the table of criteria and among the sliders the one right after the other.
    let labels: Vec<&str> = (section.split("<th scope=\"row\">").skip(1))
        .map(|rest| &rest[..rest.find('<').unwrap()])
        .collect();
    let force = labels.iter().position(|name| *name == "Weinig dwang");
    let force = force.expect("it is in the table");
    assert_eq!(labels[force - 1], "Veiligheid van het kind eerst");
    let sliders: Vec<&str> = (section.split("data-criterion=").skip(1))
        .map(|rest| &rest[..rest.find("</div>").unwrap()])
        .collect();
    assert!(sliders.len() >= 15, "{}", sliders.len());
    assert!(section.contains("alleen naast Veiligheid van het kind eerst, en nooit zwaarder"));
    // A run that is too short to show safety says nothing of force either.
    let desk = run_of(&small().replace("measured = \"2 years\"", "measured = \"1 year\""));
    succeeds(&desk, WEIGH);
    let html = page(&desk.results());
    assert!(!html.contains("<th scope=\"row\">Weinig dwang"));
    assert!(html.contains("Weinig dwang: telt alleen naast Veiligheid van het kind eerst"));
}

#[test]
fn a_weighing_that_is_cut_off_or_of_another_run_is_told_and_can_be_made_again() {
    let desk = at_rest();
    succeeds(&desk, WEIGH);
    let whole = desk.results();
    let folder = desk.at("results/proef/weighing");
    let half = |text: String| text[..text.len() / 2].to_owned();
    let cases: [(&str, &dyn Fn(String) -> String); 5] = [
        ("manifest.json", &half),
        ("manifest.json", &|text| {
            text.replacen("\"run\": \"", "\"run\": \"0", 1)
        }),
        ("ranks.csv", &|text| text.replace("gelijk,", "gelijker,")),
        ("worlds.csv", &half),
        ("criteria.csv", &half),
    ];
    for (name, change) in cases {
        let file = folder.join(name);
        let text = fs::read_to_string(&file).unwrap();
        fs::write(&file, change(text)).unwrap();
        let (code, said) = desk.types("report results/proef");
        assert_eq!(code, 2, "{name}: {said}");
        assert!(
            said.contains(name) && said.contains("rvtsim weigh"),
            "{said}"
        );
        succeeds(&desk, WEIGH);
        assert!(desk.results() == whole, "{name}");
    }
}

#[test]
fn names_in_a_framework_are_text_and_harm_nothing() {
    let desk = at_rest();
    let shipped = fs::read_to_string(Path::new("scenarios/afwegingskader.toml")).unwrap();
    for trick in [
        "</script><script>alert(1)</script>",
        "<img src=x onerror=alert(1)>",
        "' onmouseover='alert(1)",
        "[[caveat]] {form} ]]>",
        "\\u2028\\u202e",
    ] {
        let name = format!("\"{trick}\"");
        let hostile: Vec<String> = shipped
            .lines()
            .map(|line| {
                let is_text = ["label =", "definition =", "not_yet ="]
                    .iter()
                    .any(|key| line.starts_with(key));
                match (is_text, line.starts_with("source =")) {
                    (true, _) => {
                        let key = line.split(' ').next().unwrap();
                        format!("{key} = {{ nl = {name}, en = {name} }}")
                    }
                    (false, true) => format!("source = {name}"),
                    (false, false) => line.to_owned(),
                }
            })
            .collect();
        fs::write(desk.at("scenarios/kader.toml"), hostile.join("\n")).unwrap();
        succeeds(&desk, &format!("{WEIGH} --framework scenarios/kader.toml"));
        let files = desk.results();
        let html = page(&files);
        assert_eq!(html.matches("<script").count(), 2, "{trick}");
        assert_eq!(html.matches("</script").count(), 2, "{trick}");
        // In the numbers for the script a quotation mark is text; elsewhere it is escaped.
        let (before, rest) = html.split_once("id=\"data\">").unwrap();
        let (numbers, after) = rest.split_once("</script>").unwrap();
        serde_json::from_str::<serde_json::Value>(numbers).unwrap();
        for word in ["<img", "onerror=alert(1)>", "' onmouseover"] {
            assert!(!before.contains(word), "{trick}: {word}");
            assert!(!after.contains(word), "{trick}: {word}");
        }
        assert!(!html.contains(['\u{2028}', '\u{202e}']), "{trick}");
        for (name, bytes) in files.iter().filter(|(name, _)| name.ends_with(".svg")) {
            let svg = String::from_utf8(bytes.clone()).unwrap();
            assert!(!svg.contains("<script") && !svg.contains("<img"), "{name}");
        }
    }
}

#[test]
fn forms_of_which_a_queue_grows_without_end_have_no_rank() {
    // Few people at Veilig Thuis: every form with a team of its own for it has a queue that grows.
    let few = small().replace(
        "staff.fte_veilig_thuis = \"40 % more\"",
        "staff.fte_veilig_thuis = \"90 % less\"",
    );
    let desk = run_of(&few);
    let kpis = fs::read_to_string(desk.at("results/proef/kpis.csv")).unwrap();
    let of_relay = |kpi: &str| {
        let mut lines = kpis.lines();
        let own = lines.find(|line| line.starts_with(&format!("v0_estafette,totaal,{kpi},")));
        own.expect("a row of the relay").to_owned()
    };
    assert!(of_relay("wait_first_help_mean_days").contains(",false,"));
    assert!(of_relay("load_percent").contains(",true,"));
    let output = desk.command(WEIGH).output().unwrap();
    assert!(output.status.success());
    let said = String::from_utf8(output.stdout).unwrap();
    assert!(said.contains("Groeit zonder einde: v0_estafette"), "{said}");
    assert!(!said.contains("v0_estafette onder elk profiel"), "{said}");
    let html = page(&desk.results());
    assert!(html.contains("Geen rangorde: bij"), "the page ranks forms");
    assert!(html.contains("groeit zonder einde"));
}

/// The relay beside a copy of it: what is level in numbers is level in words.
#[test]
fn forms_that_are_the_same_are_told_together() {
    let same = small().replace(
        "\"v4_openbaar_lichaam\", \"v5_integraal_landelijk\"",
        "\"kopie\"",
    );
    let desk = Desk::with(&same);
    let copy = "extends = \"v0_estafette\"\n[form]\nlabel = { nl = \"Kopie\", en = \"Copy\" }\nsource = \"copy\"\n";
    fs::write(desk.at("scenarios/forms/kopie.toml"), copy).unwrap();
    succeeds(&desk, RUN);
    let output = desk.command(WEIGH).output().unwrap();
    let said = String::from_utf8(output.stdout).unwrap();
    let said = said.split_whitespace().collect::<Vec<_>>().join(" ");
    for words in [
        "zijn v0_estafette en kopie onder elk profiel even vaak de eerste",
        "Daartussen is geen voorkeur.",
        "kopie gelijk aan v0_estafette",
    ] {
        assert!(said.contains(words), "{words}: {said}");
    }
}
