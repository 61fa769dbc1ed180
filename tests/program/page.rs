//! What the numbers of a run are said to be.

use std::collections::BTreeMap;

use crate::desk::{Desk, rows};

/// So few people that requests pile up: of a family more than one waits, also after it has gone.
const STARVED: &str = r#"
extends = "referentie.toml"
[scenario]
label = { nl = "Te weinig mensen", en = "Too few people" }
replications = 1
regions = ["Zeeland"]
forms = ["v0_estafette", "v1_expertnetwerk"]
warm_up = "1 year"
measured = "2 years"
[evidence]
staff.fte_veilig_thuis = "70 % less"
staff.fte_gi_jeugdbescherming = "70 % less"
staff.fte_lokaal_team = "70 % less"
"#;

#[test]
fn what_is_called_families_never_exceeds_the_families_there_are() {
    let desk = Desk::with(STARVED);
    let (code, said) = desk.types("run scenarios/proef.toml");
    assert_eq!(code, 0, "{said}");
    let files = desk.results();
    let labels: BTreeMap<(String, String), String> = rows(&files["columns.csv"])
        .into_iter()
        .map(|row| {
            (
                (row["table"].clone(), row["column"].clone()),
                row["label_nl"].clone(),
            )
        })
        .collect();
    let label = |table: &str, key: &str| labels[&(table.to_owned(), key.to_owned())].as_str();
    let number = |text: &str| text.parse::<f64>().unwrap_or(0.0);
    let series = rows(&files["series.csv"]);
    let there = |row: &BTreeMap<String, String>| {
        let mut open = series.iter().filter(|one| one["series"] == "open_cases");
        let open = open.find(|one| one["form"] == row["form"] && one["date"] == row["date"]);
        number(&open.unwrap()["mean"])
    };
    let mut n_requests_above = 0;
    for row in &series {
        let value = number(&row["mean"]);
        if label("series_key", &row["series"]).starts_with("gezinnen") {
            assert!(value <= there(row), "{row:?}");
        } else if row["series"] == "queue_mean" && value > there(row) {
            n_requests_above += 1;
        }
    }
    assert!(n_requests_above > 0, "this run would not show the fault");
    let kpis = rows(&files["kpis.csv"]);
    for row in &kpis {
        let is_count = row["unit"] == "count" && label("kpi", &row["kpi"]).starts_with("gezinnen");
        let open = kpis.iter().find(|one| {
            one["kpi"] == "open_cases"
                && one["form"] == row["form"]
                && one["region"] == row["region"]
        });
        assert!(
            !is_count || number(&row["mean"]) <= number(&open.unwrap()["mean"]),
            "{row:?}"
        );
    }
}
