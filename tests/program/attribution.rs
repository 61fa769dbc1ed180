//! What differences are made of, as somebody types it.

use std::collections::BTreeMap;

use crate::desk::{Desk, rows};

/// Two forms in a small region for two years.
const SMALL: &str = r#"
extends = "vergelijking.toml"
[scenario]
label = { nl = "Een kleine proef", en = "A small trial" }
warm_up = "1 year"
measured = "1 year"
replications = 2
regions = ["Gooi en Vechtstreek"]
forms = ["v0_estafette", "v4_openbaar_lichaam"]
belief = "programma"
"#;
const COMMAND: &str =
    "attribute scenarios/proef.toml --belief neutraal,programma --out results/proef --threads";

fn number(row: &BTreeMap<String, String>, column: &str) -> f64 {
    row[column].parse().expect("a number")
}

#[test]
fn parts_add_up_to_the_difference_and_threads_change_nothing() {
    let (one, two) = (Desk::with(SMALL), Desk::with(SMALL));
    for (desk, threads) in [(&one, 1), (&two, 2)] {
        let (code, said) = desk.types(&format!("{COMMAND} {threads}"));
        assert_eq!(code, 0, "{said}");
    }
    let files = one.results();
    assert!(files == two.results(), "threads change something");

    let table = rows(&files["attribution.csv"]);
    let mut sums: BTreeMap<(&str, &str), [f64; 4]> = BTreeMap::new();
    let parts = ["structure", "capacity", "behaviour", "total"];
    for row in &table {
        assert_eq!(row["form"], "v4_openbaar_lichaam");
        assert_eq!(row["baseline"], "v0_estafette");
        assert!(number(row, "ci_low") <= number(row, "ci_high"), "{row:?}");
        let part = parts.iter().position(|part| *part == row["part"]);
        let own = sums.entry((&row["belief"], &row["kpi"]));
        own.or_default()[part.expect("a part")] = number(row, "mean_difference");
    }
    assert!(sums.len() > 60, "{}", sums.len());
    let mut has_behaviour = false;
    for ((belief, kpi), [structure, capacity, behaviour, total]) in sums {
        // Tables have six digits.
        let most = [structure, capacity, behaviour, total]
            .map(f64::abs)
            .into_iter()
            .fold(0.0, f64::max);
        let off = (structure + capacity + behaviour - total).abs();
        assert!(off <= 2e-5 * most, "{belief} {kpi}: {off}");
        if belief == "neutraal" {
            assert_eq!(behaviour, 0.0, "{kpi}: {belief} assumes nothing of people");
        }
        has_behaviour |= behaviour != 0.0;
    }
    assert!(has_behaviour, "programma assumes something of people");

    // The whole is the difference that the run itself has, interval and all.
    let mut n = 0;
    for paired in rows(&files["paired.csv"]) {
        let of = |row: &&BTreeMap<String, String>| {
            row["belief"] == "programma" && row["part"] == "total" && row["kpi"] == paired["kpi"]
        };
        let Some(total) = table.iter().find(of) else {
            continue;
        };
        if paired["region"] == "totaal" {
            for column in ["mean_difference", "ci_low", "ci_high", "n"] {
                assert_eq!(total[column], paired[column], "{} {column}", paired["kpi"]);
            }
            n += 1;
        }
    }
    assert!(n > 30, "{n}");

    let names: Vec<String> = rows(&files["attribution_beliefs.csv"])
        .iter()
        .map(|row| row["belief"].clone())
        .collect();
    assert_eq!(names, ["neutraal", "programma"]);
    // The page shows it, and each figure stands in a file too.
    let page = String::from_utf8(files["report.html"].clone()).unwrap();
    for lang in ["nl", "en"] {
        assert!(page.contains(&format!("id=\"{lang}-attribution\">")));
        let measures = format!("charts/{lang}/attribution_ots_per_100_cases.svg");
        let figure = String::from_utf8(files[&measures].clone()).unwrap();
        let safety = ["Onveilige dagen per gezin", "Unsafe days per family"];
        assert!(safety.iter().any(|words| figure.contains(words)));
    }
}

#[test]
fn a_belief_set_that_is_not_there_is_refused_before_anything_is_run() {
    let desk = Desk::with(SMALL);
    let (code, said) = desk.types("attribute scenarios/proef.toml --belief programma,onzin");
    assert_eq!(code, 2, "{said}");
    assert!(said.contains("onzin"), "{said}");
    assert!(!desk.at("results").exists());
}

const BY_BLOCKS: &str = "attribute scenarios/proef.toml --by blocks --belief neutraal --permutations 4 --out results/proef --threads";

#[test]
fn shares_of_blocks_add_up_to_the_difference_and_threads_change_nothing() {
    let (one, two) = (Desk::with(SMALL), Desk::with(SMALL));
    for (desk, threads) in [(&one, 1), (&two, 2)] {
        let (code, said) = desk.types(&format!("{BY_BLOCKS} {threads}"));
        assert_eq!(code, 0, "{said}");
        assert!(said.contains("composed forms: "), "{said}");
    }
    let files = one.results();
    assert!(files == two.results(), "threads change something");

    let table = rows(&files["attribution_blocks.csv"]);
    let mut sums: BTreeMap<(&str, &str), [f64; 3]> = BTreeMap::new();
    let mut blocks = std::collections::BTreeSet::new();
    for row in &table {
        assert_eq!(row["form"], "v4_openbaar_lichaam");
        assert_eq!(row["baseline"], "v0_estafette");
        // Seen in one replication only, in every one of its parts.
        if row["ci_low"].is_empty() {
            continue;
        }
        assert!(number(row, "ci_low") <= number(row, "ci_high"), "{row:?}");
        let mean = number(row, "mean_difference");
        let own = sums.entry((&row["region"], &row["kpi"])).or_default();
        own[2] = own[2].max(mean.abs());
        if row["block"] == "total" {
            own[1] = mean;
        } else {
            own[0] += mean;
            assert_eq!(row["orders"], "4");
            assert!(number(row, "order_error") >= 0.0);
            assert!(number(row, "plus_one_low") <= number(row, "plus_one_high"));
            assert!(number(row, "less_one_low") <= number(row, "less_one_high"));
            blocks.insert(row["block"].as_str());
        }
    }
    let own = "check dossier face generalists joining local_room pooling tafel";
    assert_eq!(blocks.into_iter().collect::<Vec<_>>().join(" "), own);
    assert!(sums.len() > 100, "{}", sums.len());
    for ((region, kpi), [sum, total, size]) in sums {
        // Tables have six digits.
        assert!((sum - total).abs() <= 4e-5 * size, "{region} {kpi}");
    }
    // The whole is the difference that the run itself has, interval and all.
    let mut n = 0;
    for paired in rows(&files["paired.csv"]) {
        let of = |row: &&BTreeMap<String, String>| {
            row["block"] == "total"
                && ["kpi", "region"]
                    .iter()
                    .all(|key| row[*key] == paired[*key])
        };
        let Some(total) = table.iter().find(of) else {
            continue;
        };
        // Parts are of replications in which every composed form shows the KPI.
        if total["n"] != paired["n"] {
            continue;
        }
        for column in ["mean_difference", "ci_low", "ci_high"] {
            assert_eq!(total[column], paired[column], "{} {column}", paired["kpi"]);
        }
        n += 1;
    }
    assert!(n > 60, "{n}");
    let page = String::from_utf8(files["report.html"].clone()).unwrap();
    for lang in ["nl", "en"] {
        assert!(page.contains(&format!("id=\"{lang}-blocks\">")));
        assert!(files.contains_key(&format!(
            "charts/{lang}/blocks_unsafe_days_per_family_year.svg"
        )));
    }
}

#[test]
fn blocks_are_asked_of_one_belief_set_and_of_forms_beside_the_baseline() {
    let alone = SMALL.replace(", \"v4_openbaar_lichaam\"", "");
    let desk = Desk::with(&alone);
    let (code, said) = desk.types("attribute scenarios/proef.toml --by blocks");
    assert_eq!(code, 2, "{said}");
    assert!(said.contains("no form beside the baseline"), "{said}");
    let (code, said) = desk.types("attribute scenarios/proef.toml --by blocks --belief a,b");
    assert_eq!(code, 2, "{said}");
    assert!(said.contains("one belief set"), "{said}");
    assert!(!desk.at("results").exists());
}
