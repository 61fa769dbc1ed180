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
    assert_eq!(dates, [("later", "2027-04-01", "2027-10-01"); 3]);
    // What is summed is the sum of the quarters.
    let quarters = rows(&read(1, "changes_by_quarter.csv"));
    for change in &changes {
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
