//! A run with paths: forms that come into force while families are in the chain.

use std::fs;

use crate::desk::{Desk, rows};

const PATHS: &str = r#"
extends = "vergelijking.toml"
[scenario]
label = { nl = "Paden", en = "Paths" }
start = 2027-01-01
warm_up = "26 weeks"
measured = "104 weeks"
replications = 2
regions = ["Zeeland", "Gooi en Vechtstreek"]
forms = ["niets", "later", "v0_estafette"]
baseline = "niets"
[paths.niets]
label = { nl = "Geen besluit", en = "No decision" }
start = "v0_estafette"
[paths.later]
label = { nl = "Later", en = "Later" }
start = "v0_estafette"
[[paths.later.change]]
form = "v4_openbaar_lichaam"
from = 2027-04-01
to_last = 2027-10-01
regions = ["Zeeland", "Gooi en Vechtstreek"]
order = ["Zeeland"]
"#;

const TABLES: [&str; 5] = [
    "replications.csv",
    "series.csv",
    "staffing.csv",
    "changes.csv",
    "changes_by_quarter.csv",
];

#[test]
fn a_path_is_compared_with_no_decision_to_the_same_bytes_on_any_threads() {
    let desk = Desk::with(PATHS);
    for (n, drawn) in [(1, ""), (2, " --tables-only")] {
        let (code, said) = desk.types(&format!(
            "run scenarios/proef.toml{drawn} --threads {n} --out results/on_{n}"
        ));
        assert_eq!(code, 0, "{said}");
    }
    let read = |n: u32, name: &str| fs::read(desk.at(&format!("results/on_{n}/{name}"))).unwrap();
    for name in TABLES {
        assert!(read(1, name) == read(2, name), "{name}");
    }
    // A path without a change is the form by itself.
    let replications = rows(&read(1, "replications.csv"));
    let of = |form: &str| -> Vec<String> {
        let rows = replications.iter().filter(|row| row["form"] == form);
        rows.map(|row| row["value"].clone()).collect()
    };
    assert_eq!(of("niets"), of("v0_estafette"));
    assert_ne!(of("niets"), of("later"));
    // Up to its first change a path is what it is compared with.
    let series = rows(&read(1, "series.csv"));
    let before = |form: &str| -> Vec<String> {
        let rows = series
            .iter()
            .filter(|row| row["form"] == form && row["date"].as_str() < "2027-04-01");
        rows.map(|row| row["mean"].clone()).collect()
    };
    assert!(!before("later").is_empty());
    assert_eq!(before("later"), before("niets"));
    let changes = rows(&read(1, "changes.csv"));
    let dates: Vec<_> = changes
        .iter()
        .map(|row| (&*row["form"], &*row["from"], &*row["to"]))
        .collect();
    let (whole, zeeland, gooi) = (dates[..3].to_vec(), &dates[6..], &dates[3..6]);
    assert_eq!(whole, [("later", "2027-04-01", "2027-10-01"); 3]);
    assert_eq!(zeeland, [("later", "2027-04-01", "2027-04-01"); 3]);
    assert_eq!(gooi, [("later", "2027-10-01", "2027-10-01"); 3]);
    // Stocks of all regions are the sum of those of each; where a queue grows nothing is called better.
    let extra = |region: &str, series: &str| -> f64 {
        let mut rows = changes.iter();
        let found = rows.find(|row| row["region"] == region && row["series"] == series);
        found.unwrap()["extra"].parse().unwrap()
    };
    for series in ["unsafe_stock", "waiting_stock"] {
        let [all, one, other] =
            ["totaal", "Zeeland", "Gooi en Vechtstreek"].map(|region| extra(region, series));
        // That of the last region is summed from its own change on; before it there is no difference.
        assert!(
            (one + other - all).abs() <= 2e-3 * (one.abs() + other.abs()),
            "{series}: {one} + {other}, {all}"
        );
    }
    assert!(
        changes
            .iter()
            .all(|row| row["grows"] == "false" || row["better_from"].is_empty())
    );
    // What is summed is the sum of the quarters.
    let quarters = rows(&read(1, "changes_by_quarter.csv"));
    for change in changes.iter().filter(|row| row["region"] == "totaal") {
        let of_series = quarters
            .iter()
            .filter(|row| row["series"] == change["series"]);
        let sum: f64 = of_series
            .map(|row| row["mean_difference"].parse::<f64>().unwrap())
            .sum();
        let extra: f64 = change["extra"].parse().unwrap();
        let per_year = 365.25 / 91.0;
        assert!(
            (sum / per_year - extra).abs() <= 1e-3 * extra.abs() + 0.1,
            "{change:?}: {sum}"
        );
    }
    let page = String::from_utf8(read(1, "report.html")).unwrap();
    assert!(page.contains("id=\"nl-change\"") && page.contains("id=\"en-change\""));
    assert!(page.contains("Wat de overgang kost en oplevert"));
    assert!(page.contains("<div class=\"of-place\" data-p=\"1\" hidden>\n<p><b>Zeeland.</b> Nieuwe vorm vanaf 1 april 2027.</p>"));
    // Who does what, and what it costs a family, in each form of the path that changes.
    let stages = rows(&read(1, "stages.csv"));
    let stages: Vec<_> = stages
        .iter()
        .map(|row| {
            ["form", "stage", "from", "to_last", "places", "R1", "R4"].map(|name| &*row[name])
        })
        .collect();
    assert_eq!(
        stages,
        [
            [
                "later",
                "v0_estafette",
                "2026-07-03",
                "2026-07-03",
                "",
                "1/2/2",
                "4/6/5"
            ],
            [
                "later",
                "v4_openbaar_lichaam",
                "2027-04-01",
                "2027-10-01",
                "",
                "0/2/1",
                "0/3/2"
            ],
        ]
    );
    for words in [
        "Wie doet wat in elke vorm",
        "Who does what in each form",
        "<td data-label=\"R4\">4/6/5</td>",
        "Neemt over: Lokaal team, Veilig Thuis, Raad voor de Kinderbescherming",
    ] {
        assert!(page.contains(words), "{words}");
    }
    // What is asked of forms is not answered of paths.
    for command in [
        "attribute scenarios/proef.toml --by blocks",
        "attribute scenarios/proef.toml",
        "hours scenarios/proef.toml --target wait_first_help_mean_days<=30",
    ] {
        let (code, said) = desk.types(command);
        assert!(
            code == 2 && said.contains("`niets` is a path"),
            "{command}: {said}"
        );
    }
    // Read back and drawn again it is the same page.
    let (code, said) = desk.types("report results/on_1");
    assert_eq!(code, 0, "{said}");
    assert_eq!(page.as_bytes(), read(1, "report.html"));
}

#[test]
fn a_pilot_stands_on_the_page_with_its_place_and_the_counts_of_the_docs() {
    let desk = Desk::with(
        "extends = \"proeftuinen/friesland.toml\"\n[scenario]\nlabel = { nl = \"Een proeftuin\", en = \"A pilot\" }\n\
         warm_up = \"13 weeks\"\nmeasured = \"13 weeks\"\nreplications = 1\n",
    );
    let (code, said) = desk.types("run scenarios/proef.toml");
    assert_eq!(code, 0, "{said}");
    let docs = fs::read_to_string("docs/proeftuinen.md").unwrap();
    let page = fs::read_to_string(desk.at("results/proef/report.html")).unwrap();
    let stages = rows(&fs::read(desk.at("results/proef/stages.csv")).unwrap());
    assert_eq!(stages.len(), 2);
    for stage in &stages {
        let counts = ["R1", "R2", "R3", "R4", "R5"].map(|route| &*stage[route]);
        let row = docs
            .lines()
            .find(|line| line.starts_with(&format!("| `{}` |", stage["stage"])));
        assert!(
            row.unwrap()
                .ends_with(&format!("| {} |", counts.join(" | "))),
            "{stage:?}"
        );
        let cells = counts
            .iter()
            .zip(1..)
            .map(|(one, n)| format!("<td data-label=\"R{n}\">{one}</td>"));
        assert!(page.contains(&cells.collect::<String>()), "{stage:?}");
    }
    let pilot = &stages[1];
    assert_eq!(
        (&*pilot["places"], &*pilot["from"]),
        ("Heerenveen", "2023-01-10")
    );
    let told = format!("Heerenveen ({}", &pilot["inhabitants"][..2]);
    assert!(page.contains(&told), "{told}");
    // Less than a year follows: nothing is said of what the change-over costs.
    assert!(!desk.at("results/proef/changes.csv").exists());
}

#[test]
fn a_story_and_a_log_tell_of_the_change_and_of_who_keeps_the_family() {
    let desk = Desk::with(PATHS);
    let (code, said) =
        desk.types("log scenarios/proef.toml --forms later --regions Zeeland --out log.csv");
    assert_eq!(code, 0, "{said}");
    let log = rows(&fs::read(desk.at("log.csv")).unwrap());
    let changes: Vec<_> = log
        .iter()
        .filter(|row| row["activity"] == "form_changed")
        .collect();
    assert!(changes.len() > 100, "{}", changes.len());
    for row in &changes {
        assert!(row["timestamp"].starts_with("2027-04-01T00:00"), "{row:?}");
    }
    let mut cases: Vec<&String> = changes.iter().map(|row| &row["case"]).collect();
    let n = cases.len();
    cases.dedup();
    assert_eq!(cases.len(), n, "a family is told once");
    // Of those who are with somebody then, one that goes over from another team.
    let held = changes.iter().find(|row| {
        let is_named = row["household"].parse::<u32>().is_ok();
        let life = log.iter().filter(|one| one["case"] == row["case"]);
        let before: Vec<_> = life
            .take_while(|one| one["activity"] != "form_changed")
            .collect();
        let is_with = |one: &&&std::collections::BTreeMap<String, String>| {
            one["professional"] == row["professional"]
        };
        let last = before.iter().rev().find(is_with);
        is_named
            && !row["professional"].is_empty()
            && last.is_some_and(|one| one["team"] != row["team"])
    });
    let row = held.expect("somebody goes over");
    let (household, professional) = (&row["household"], &row["professional"]);
    let line = format!(
        "trace scenarios/proef.toml --region Zeeland --household {household} --forms later --list"
    );
    for (lang, over) in [
        ("nl", "het gezin gaat met zijn "),
        ("en", "the family goes over with its "),
    ] {
        let flat = shown(&desk, &format!("{line} --lang {lang}"));
        let told = flat.split("2027-04-01 ").nth(1).unwrap_or_default();
        let form = match lang {
            "nl" => "Andere vorm (",
            _ => "Another form (",
        };
        assert!(told.starts_with(form), "{flat}");
        assert!(
            told.contains(over) && told.contains(&format!("professional ({professional})")),
            "{flat}"
        );
        // The path with which it is compared changes nothing.
        assert_eq!(flat.matches(form).count(), 1, "{flat}");
    }
}

/// What a command shows, in one line.
fn shown(desk: &Desk, line: &str) -> String {
    let output = desk.command(line).output().unwrap();
    assert!(output.status.success(), "{line}");
    let text = String::from_utf8(output.stdout).unwrap();
    text.split_whitespace().collect::<Vec<_>>().join(" ")
}

const SLIPPING: &str = r#"
extends = "vergelijking.toml"
[scenario]
label = { nl = "Een wet die schuift", en = "A law that slips" }
start = 2027-01-01
warm_up = "26 weeks"
measured = "104 weeks"
replications = 3
regions = ["Zeeland", "Gooi en Vechtstreek"]
forms = ["niets", "wet", "andere_wet"]
baseline = "niets"
[paths.niets]
label = { nl = "Geen besluit", en = "No decision" }
start = "v0_estafette"
[paths.wet]
label = { nl = "De wet", en = "The law" }
start = "v0_estafette"
[[paths.wet.change]]
form = "v4_openbaar_lichaam"
from = { earliest = 2027-02-01, likely = 2027-07-01, latest = 2028-06-01 }
[paths.andere_wet]
label = { nl = "Een andere wet", en = "Another law" }
start = "v0_estafette"
[[paths.andere_wet.change]]
form = "v2_rnvt"
from = { earliest = 2027-02-01, likely = 2027-07-01, latest = 2028-06-01 }
to_last = 2027-07-31
order = ["Zeeland"]
"#;

#[test]
fn a_law_that_slips_comes_on_one_day_in_a_replication_whatever_the_form() {
    let desk = Desk::with(SLIPPING);
    let mut days = Vec::new();
    for replication in 1..=3 {
        let out = format!("log_{replication}.csv");
        let (code, said) = desk.types(&format!(
            "log scenarios/proef.toml --forms wet,andere_wet --replication {replication} --out {out}"
        ));
        assert_eq!(code, 0, "{said}");
        let log = rows(&fs::read(desk.at(&out)).unwrap());
        let on = |form: &str, region: &str| -> String {
            let of = |row: &&std::collections::BTreeMap<String, String>| {
                row["activity"] == "form_changed" && row["form"] == form && row["region"] == region
            };
            let days: std::collections::BTreeSet<&str> = log
                .iter()
                .filter(of)
                .map(|row| &row["timestamp"][..10])
                .collect();
            assert_eq!(days.len(), 1, "{form} {region} {replication}: {days:?}");
            (*days.first().unwrap()).to_owned()
        };
        let day = on("wet", "Zeeland");
        assert!(
            day.ends_with("-01") && ("2027-02-01".."2028-06-02").contains(&&*day),
            "{day}"
        );
        assert_eq!(day, on("wet", "Gooi en Vechtstreek"));
        assert_eq!(day, on("andere_wet", "Zeeland"));
        // The region that follows keeps its thirty days.
        assert!(on("andere_wet", "Gooi en Vechtstreek") > day);
        days.push(day);
    }
    days.dedup();
    assert!(days.len() > 1, "{days:?}");
    // Up to the earliest day a path is what it is compared with, and any number of threads gives the same bytes.
    for n in [1, 2] {
        let (code, said) = desk.types(&format!(
            "run scenarios/proef.toml --tables-only --threads {n} --out results/on_{n}"
        ));
        assert_eq!(code, 0, "{said}");
    }
    let read = |n: u32, name: &str| fs::read(desk.at(&format!("results/on_{n}/{name}"))).unwrap();
    for name in TABLES {
        assert!(read(1, name) == read(2, name), "{name}");
    }
    let series = rows(&read(1, "series.csv"));
    let before = |form: &str| -> Vec<String> {
        let rows = series
            .iter()
            .filter(|row| row["form"] == form && row["date"].as_str() < "2027-02-01");
        rows.map(|row| row["mean"].clone()).collect()
    };
    assert!(!before("wet").is_empty());
    assert_eq!(before("wet"), before("niets"));
    let changes = rows(&read(1, "changes.csv"));
    assert_eq!(
        (&*changes[0]["from"], &*changes[0]["to"]),
        ("2027-02-01", "2028-06-01")
    );
    let stages = rows(&read(1, "stages.csv"));
    let law = stages
        .iter()
        .find(|row| row["form"] == "wet" && row["stage"] == "v4_openbaar_lichaam");
    let law = ["from", "earliest", "latest"].map(|name| law.unwrap()[name].clone());
    assert_eq!(law, ["2027-07-01", "2027-02-01", "2028-06-01"]);
    let flat = shown(&desk, "check scenarios/proef.toml --lang nl");
    assert!(
        flat.contains("wet: de wet voor v4_openbaar_lichaam kan schuiven: per herhaling geloot, op zijn vroegst 1 februari 2027, waarschijnlijk 1 juli 2027, op zijn laatst 1 juni 2028"),
        "{flat}"
    );
    let (code, said) = desk.types("report results/on_1");
    assert_eq!(code, 0, "{said}");
    let page = String::from_utf8(read(1, "report.html")).unwrap();
    for words in [
        "kan schuiven: per herhaling geloot",
        "may slip: drawn in every replication",
        "geloot per herhaling: de eerste op 1 februari 2027 tot 1 juni 2028",
    ] {
        assert!(page.contains(words), "{words}");
    }
}
