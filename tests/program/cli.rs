//! The real program, as a policy maker runs it.

use crate::shipped;
use std::collections::{BTreeMap, BTreeSet};
use std::fs;
use std::path::{Path, PathBuf};

use assert_cmd::Command;
use assert_cmd::assert::Assert;
use rvtsim::model::Parameters;
use tempfile::TempDir;

/// A folder with a copy of the shipped scenarios and a small one among them.
struct Desk {
    home: TempDir,
}

impl Desk {
    fn new() -> Self {
        let home = tempfile::tempdir().unwrap();
        shipped::copy_plain_to(&home.path().join("scenarios"));
        let small = r#"
            extends = "vergelijking.toml"
            [scenario]
            belief = "neutraal"
            label = { nl = "Een kleine proef", en = "A small trial" }
            warm_up = "1 year"
            measured = "1 year"
            replications = 2
            regions = ["Gooi en Vechtstreek"]
        "#;
        fs::write(home.path().join("scenarios/proef.toml"), small).unwrap();
        Desk { home }
    }

    /// Types a line after the program's name.
    fn types(&self, line: &[&str]) -> Assert {
        Command::new(env!("CARGO_BIN_EXE_rvtsim"))
            .current_dir(self.home.path())
            .env("NO_COLOR", "1")
            .env("LC_ALL", "C")
            .env_remove("RUST_BACKTRACE")
            .args(line)
            .assert()
    }

    fn at(&self, path: &str) -> PathBuf {
        self.home.path().join(path)
    }
}

/// Every file in and below a folder with its bytes.
fn files(folder: &Path) -> BTreeMap<String, Vec<u8>> {
    let mut found = BTreeMap::new();
    for entry in fs::read_dir(folder).unwrap() {
        let path = entry.unwrap().path();
        let name = path.file_name().unwrap().to_str().unwrap().to_owned();
        if path.is_dir() {
            let below = files(&path).into_iter();
            found.extend(below.map(|(file, bytes)| (format!("{name}/{file}"), bytes)));
        } else {
            found.insert(name, fs::read(&path).unwrap());
        }
    }
    found
}

fn text(bytes: &[u8]) -> String {
    String::from_utf8(bytes.to_vec()).unwrap()
}

fn said(assert: &Assert) -> (String, String) {
    let output = assert.get_output();
    (text(&output.stdout), text(&output.stderr))
}

/// Header and rows of a table.
fn table(bytes: &[u8]) -> (Vec<String>, Vec<Vec<String>>) {
    let mut reader = csv::Reader::from_reader(bytes);
    let fields = |record: &csv::StringRecord| record.iter().map(str::to_owned).collect();
    let header = fields(reader.headers().unwrap());
    let rows = reader.records().map(|row| fields(&row.unwrap())).collect();
    (header, rows)
}

#[test]
fn a_warm_up_that_is_too_short_is_told() {
    let desk = Desk::new();
    let short = r#"
        extends = "proef.toml"
        [scenario]
        warm_up = "13 weeks"
        measured = "3 years"
        forms = ["v0_estafette"]
    "#;
    fs::write(desk.at("scenarios/kort.toml"), short).unwrap();
    let line = [
        "run",
        "scenarios/kort.toml",
        "--tables-only",
        "--lang",
        "en",
    ];
    let (out, _) = said(&desk.types(&line).success());
    let told = out.split_whitespace().collect::<Vec<_>>().join(" ");
    assert!(told.contains("The warm-up is too short for:"), "{out}");
}

/// Whether the last column of series.csv is the mean over five quarters of the same series, and of
/// nothing but itself at the ends.
fn assert_smoothed(rows: &[Vec<String>], n_quarters: usize) {
    let number = |cell: &String| cell.parse::<f64>().unwrap_or(f64::NAN);
    let mut n_compared = 0;
    for series in rows.chunks(n_quarters) {
        assert_eq!(series[0][11], series[0][7]);
        for window in series.windows(5) {
            let expected = window.iter().map(|row| number(&row[7])).sum::<f64>() / 5.0;
            let found = number(&window[2][11]);
            assert_eq!(found.is_nan(), expected.is_nan(), "{window:?}");
            // Both means are written with six digits.
            if found.is_nan() {
                continue;
            }
            let error = (found - expected).abs();
            assert!(error <= 1e-5 * expected.abs(), "{window:?}");
            n_compared += 1;
        }
    }
    assert!(n_compared > 100, "{n_compared}");
}

#[test]
fn a_run_ends_with_a_table_and_a_whole_folder() {
    let desk = Desk::new();
    let (out, err) = said(&desk.types(&["run", "scenarios/proef.toml"]).success());
    assert!(out.contains("Een kleine proef"), "{out}");
    assert!(out.contains("voorgestelde variant"), "{out}");
    assert!(out.contains("graad D"), "{out}");
    assert!(out.contains("Er zijn maar 2 herhalingen"), "{out}");
    assert!(out.lines().all(|line| line.chars().count() <= 120), "{out}");
    assert!(err.contains("written to results/proef"), "{err}");
    assert!(err.contains("100 %: 12/12 passes"), "{err}");

    let files = files(&desk.at("results/proef"));
    let names = files.keys().map(String::as_str);
    let (charts, names): (Vec<&str>, Vec<&str>) =
        names.partition(|name| name.starts_with("charts/"));
    assert_eq!(
        names,
        [
            "columns.csv",
            "distributions.csv",
            "evidence.csv",
            "flows.csv",
            "journey_types.csv",
            "journeys.csv",
            "kpis.csv",
            "manifest.json",
            "paired.csv",
            "queues.csv",
            "replications.csv",
            "report.html",
            "routes.csv",
            "scenario.toml",
            "series.csv",
            "staffing.csv",
            "tabellen.xlsx",
            "tables.xlsx",
            "teams.csv",
            "warm_up.csv"
        ]
    );
    assert!(charts.len() > 50);
    let (svgs, pngs): (Vec<&str>, Vec<&str>) =
        charts.into_iter().partition(|name| name.ends_with(".svg"));
    for svg in &svgs {
        assert_well_formed(&text(&files[*svg]));
        let png = svg.replace(".svg", ".png");
        assert!(files[&png].starts_with(b"\x89PNG"), "{png}");
    }
    assert_eq!(pngs.len(), svgs.len());
    let manifest: serde_json::Value = serde_json::from_slice(&files["manifest.json"]).unwrap();
    assert_eq!(manifest["program"], "rvtsim");
    assert_eq!(manifest["scenario"]["key"], "proef");
    assert_eq!(manifest["replications"], 2);
    assert_eq!(manifest["regions"][0], "Gooi en Vechtstreek");
    assert!(manifest["events"].as_u64().unwrap() > 1000);
    let inputs = manifest["inputs"].as_array().unwrap();
    assert!(inputs.iter().any(|input| input["file"] == "proef.toml"));
    assert!(
        inputs
            .iter()
            .all(|input| input["sha256"].as_str().unwrap().len() == 64)
    );
    assert_eq!(manifest["warm_up"]["given_weeks"], 52);
    assert!(
        out.contains("Inlooptijd 52 weken; de run is te kort"),
        "{out}"
    );
    assert!(out.contains("met 8 kwartalen te kort"), "{out}");
    let (_, rows) = table(&files["series.csv"]);
    let dates: BTreeSet<(&str, &str)> = rows.iter().map(|row| (&row[2][..], &row[3][..])).collect();
    assert_eq!(dates.len(), 8);
    // Thirteen weeks from 1 January 2025, its last day included.
    assert_eq!(dates.first(), Some(&("2025-04-01", "warm_up")));
    assert_eq!(dates.last(), Some(&("2026-12-29", "measured")));
    assert_smoothed(&rows, dates.len());
    let (_, rows) = table(&files["replications.csv"]);
    let places: BTreeSet<&str> = rows.iter().map(|row| row[2].as_str()).collect();
    assert_eq!(places, BTreeSet::from(["Gooi en Vechtstreek", "totaal"]));
}

/// Checks that every tag is closed by its own, and that there is text for who cannot see.
fn assert_well_formed(svg: &str) {
    let mut open = Vec::new();
    for part in svg.split('<').skip(1) {
        let (tag, after) = part.split_once('>').expect("a tag that ends");
        assert!(!after.contains('>'), "an unescaped > after {tag}");
        let name = tag.split_whitespace().next().unwrap_or_default();
        match name.strip_prefix('/') {
            Some(name) => assert_eq!(open.pop(), Some(name)),
            None if tag.ends_with('/') => {}
            None => open.push(name),
        }
        assert!(tag.matches('"').count().is_multiple_of(2), "{tag}");
        assert!(!tag.contains("NaN") && !tag.contains("inf"), "{tag}");
    }
    assert!(open.is_empty(), "{open:?} is never closed");
    assert!(svg.contains("<title") && svg.contains("<desc"));
    let entities = ["amp;", "lt;", "gt;", "quot;", "apos;"];
    let is_entity = |after: &str| entities.iter().any(|name| after.starts_with(name));
    assert!(svg.split('&').skip(1).all(is_entity), "{svg}");
}

#[test]
fn a_page_is_made_again_from_the_folder_alone() {
    let desk = Desk::new();
    let (_, err) = said(&desk.types(&["run", "scenarios/proef.toml"]).success());
    let whole = files(&desk.at("results/proef"));
    let n_figures = whole.keys().filter(|name| name.ends_with(".png")).count();
    let told = format!("drawing the page and {n_figures} figures");
    assert!(err.contains(&told), "{err}");
    let line = ["run", "scenarios/proef.toml", "--replace", "--tables-only"];
    let (_, err) = said(&desk.types(&line).success());
    assert!(
        err.contains("to make them:\n  rvtsim report results/proef"),
        "{err}"
    );
    assert!(!err.contains("drawing"), "{err}");
    let is_drawn = |name: &String| !name.ends_with(".csv") && !whole[name].starts_with(b"{");
    let tables = files(&desk.at("results/proef"));
    let drawn: Vec<&String> = tables.keys().filter(|name| is_drawn(name)).collect();
    assert_eq!(
        drawn,
        ["scenario.toml"],
        "of the page before it nothing is left"
    );
    fs::remove_dir_all(desk.at("scenarios")).unwrap();
    let (_, err) = said(&desk.types(&["report", "results/proef"]).success());
    assert!(err.contains("results/proef/report.html"), "{err}");
    assert_eq!(files(&desk.at("results/proef")), whole);

    let (_, err) = said(&desk.types(&["report", "results"]).code(2));
    assert!(err.contains("holds no run of rvtsim"), "{err}");
    fs::write(desk.at("results/proef/paired.csv"), "form\n").unwrap();
    let (_, err) = said(&desk.types(&["report", "results/proef"]).code(2));
    assert!(err.contains("paired.csv: it has 0 rows, and"), "{err}");
}

#[test]
fn one_and_two_threads_write_the_same_bytes_wherever_they_are() {
    let (one, two) = (Desk::new(), Desk::new());
    let regions = "Zeeland,Gooi en Vechtstreek";
    let line = [
        "run",
        "scenarios/proef.toml",
        "--regions",
        regions,
        "--threads",
    ];
    one.types(&[&line[..], &["1"]].concat()).success();
    two.types(&[&line[..], &["2", "--out", "elders/run"]].concat())
        .success();
    let first = files(&one.at("results/proef"));
    let second = files(&two.at("elders/run"));
    assert_eq!(
        first.keys().collect::<Vec<_>>(),
        second.keys().collect::<Vec<_>>()
    );
    let home = one.home.path().to_str().unwrap();
    for (name, bytes) in &first {
        assert!(*bytes == second[name], "{name} differs");
        let said = String::from_utf8_lossy(bytes);
        assert!(!said.contains(home), "{name} names the folder");
    }
}

#[test]
fn another_seed_gives_other_numbers() {
    let desk = Desk::new();
    let line = [
        "run",
        "scenarios/proef.toml",
        "--tables-only",
        "--replications",
        "1",
    ];
    desk.types(&[&line[..], &["--out", "a"]].concat()).success();
    desk.types(&[&line[..], &["--out", "b", "--seed", "2"]].concat())
        .success();
    assert!(files(&desk.at("a"))["kpis.csv"] != files(&desk.at("b"))["kpis.csv"]);
}

#[test]
fn the_dictionary_describes_every_column_of_every_table() {
    let desk = Desk::new();
    desk.types(&[
        "run",
        "scenarios/proef.toml",
        "--tables-only",
        "--replications",
        "1",
    ])
    .success();
    let files = files(&desk.at("results/proef"));
    let (header, rows) = table(&files["columns.csv"]);
    let expected = [
        "table",
        "column",
        "unit",
        "better",
        "definition_en",
        "label_nl",
    ];
    assert_eq!(header, expected);
    let described: BTreeSet<(&str, &str)> = rows
        .iter()
        .map(|row| (row[0].as_str(), row[1].as_str()))
        .collect();
    for (name, bytes) in &files {
        let Some(table_name) = name.strip_suffix(".csv") else {
            continue;
        };
        let (header, rows) = table(bytes);
        assert!(!rows.is_empty(), "{name} is empty");
        for column in &header {
            assert!(
                described.contains(&(table_name, column)),
                "{name}: {column}"
            );
        }
        if let Some(kpi) = header.iter().position(|column| column == "kpi") {
            for row in rows {
                assert!(
                    described.contains(&("kpi", &row[kpi])),
                    "{name}: {}",
                    row[kpi]
                );
            }
        }
    }
}

#[test]
fn a_second_run_replaces_the_first_only_when_asked_and_says_so() {
    let desk = Desk::new();
    let line = [
        "run",
        "scenarios/proef.toml",
        "--tables-only",
        "--replications",
        "1",
    ];
    desk.types(&line).success();
    let first = files(&desk.at("results/proef"));
    fs::write(desk.at("results/proef/kpis.csv"), "spoiled").unwrap();
    let (out, err) = said(&desk.types(&line).code(1));
    assert!(err.contains("results/proef holds a finished run"), "{err}");
    assert!(err.contains("--replace") && err.contains("--out"), "{err}");
    assert!(
        out.is_empty() && !err.contains("passes on"),
        "refused before the run: {err}"
    );
    assert_eq!(files(&desk.at("results/proef"))["kpis.csv"], b"spoiled");
    let (_, err) = said(&desk.types(&[&line[..], &["--replace"]].concat()).success());
    assert!(err.contains("has been replaced"), "{err}");
    assert!(files(&desk.at("results/proef")) == first);
    let beside = fs::read_dir(desk.at("results")).unwrap().count();
    assert_eq!(beside, 1, "nothing is left beside the run folder");
}

#[test]
fn a_foreign_folder_is_refused_and_left_alone() {
    let desk = Desk::new();
    let line = [
        "run",
        "scenarios/proef.toml",
        "--replace",
        "--out",
        "scenarios",
    ];
    let before = files(&desk.at("scenarios/forms"));
    let (out, err) = said(&desk.types(&line).code(1));
    assert!(err.contains("scenarios is there already"), "{err}");
    assert!(err.contains("--out"), "{err}");
    assert!(
        out.is_empty() && !err.contains("passes"),
        "refused before the run: {err}"
    );
    assert!(files(&desk.at("scenarios/forms")) == before);
    let file = "scenarios/proef.toml";
    let text = fs::read(desk.at(file)).unwrap();
    let (_, err) = said(
        &desk
            .types(&["run", file, "--replace", "--out", file])
            .code(1),
    );
    assert!(
        err.contains("scenarios/proef.toml is there already"),
        "{err}"
    );
    assert!(fs::read(desk.at(file)).unwrap() == text);
}

#[test]
fn a_disk_that_fails_is_exit_code_1() {
    let desk = Desk::new();
    let line = [
        "run",
        "scenarios/proef.toml",
        "--out",
        "scenarios/regions.csv/run",
    ];
    let (_, err) = said(&desk.types(&line).code(1));
    assert!(err.contains("regions.csv"), "{err}");
}

#[test]
fn a_mistake_in_the_file_or_the_arguments_is_exit_code_2() {
    let desk = Desk::new();
    let (_, err) = said(
        &desk
            .types(&["run", "scenarios/proef.toml", "--regions", "Zeland"])
            .code(2),
    );
    assert!(err.contains("Zeland") && err.contains("Zeeland"), "{err}");
    let (_, err) = said(&desk.types(&["run", "scenarios/nergens.toml"]).code(2));
    assert!(err.contains("nergens.toml"), "{err}");
    fs::write(
        desk.at("scenarios/fout.toml"),
        "extends = \"vergelijking.toml\"\n[scenari]\n",
    )
    .unwrap();
    let (_, err) = said(&desk.types(&["run", "scenarios/fout.toml"]).code(2));
    assert!(err.contains("fout.toml:2:"), "{err}");
    desk.types(&["run"]).code(2);
    desk.types(&["run", "scenarios/proef.toml", "--threads", "0"])
        .code(2);
    assert!(!desk.at("results").exists());
}

#[test]
fn a_trace_tells_one_household_under_every_form() {
    let desk = Desk::new();
    let line = [
        "trace",
        "scenarios/proef.toml",
        "--region",
        "Zeeland",
        "--household",
        "3",
    ];
    let (table, err) = said(&desk.types(&line).success());
    assert!(table.contains("Gezin 3 in Zeeland"), "{table}");
    assert!(err.contains("--list"), "{err}");
    let list = [&line[..], &["--list"]].concat();
    let (told, _) = said(&desk.types(&list).success());
    assert!(told.starts_with(&table), "a list adds to the table");
    assert!(told.contains("Eerste melding over het gezin"), "{told}");
    for form in [
        "v0_estafette:",
        "v1_expertnetwerk:",
        "v5_integraal_landelijk:",
    ] {
        assert!(told.contains(form), "{form} in {told}");
    }
    let (again, _) = said(&desk.types(&list).success());
    assert_eq!(told, again);
    let two = [&line[..], &["--forms", "v4", "--lang", "en"]].concat();
    let (english, _) = said(&desk.types(&two).success());
    assert!(
        english.contains("v0_estafette: Relay model  ") && english.contains("v4_openbaar_lichaam:"),
        "{english}"
    );
    assert!(
        english.contains("First melding about the family"),
        "{english}"
    );
    assert!(!english.contains("v1_expertnetwerk"), "{english}");
    let (_, err) = said(&desk.types(&[&line[..5], &["9999999"]].concat()).code(2));
    assert!(
        err.contains("no household 9999999 came in Zeeland"),
        "{err}"
    );
}

#[test]
fn a_trace_finds_a_household_and_says_how_many_are_like_it() {
    let desk = Desk::new();
    let line = ["trace", "scenarios/proef.toml", "--forms", "v0", "--find"];
    let (told, _) = said(
        &desk
            .types(&[&line[..], &["step=vrijwillige_hulp wait>3"]].concat())
            .success(),
    );
    assert!(told.contains("gezinnen ("), "{told}");
    assert!(told.contains("Hier staat nummer 1: gezin "), "{told}");
    assert!(told.contains("vrijwillige hulp"), "{told}");
    let second = ["step=vrijwillige_hulp wait>3", "--number", "2"];
    let (other, _) = said(&desk.types(&[&line[..], &second].concat()).success());
    assert!(other.contains("Hier staat nummer 2: gezin "), "{other}");
    // What is found can be asked for by its name.
    let name = |told: &str| {
        let (_, rest) = told.split_once("nummer 1: gezin ").unwrap();
        rest.split_whitespace().next().unwrap().to_owned()
    };
    let region = "Gooi en Vechtstreek";
    let by_name = ["--region", region, "--household", &name(&told)];
    let (alone, _) = said(&desk.types(&[&line[..4], &by_name].concat()).success());
    assert!(told.ends_with(&alone), "{told}\nends with\n{alone}");

    let (out, err) = said(
        &desk
            .types(&[&line[..], &["wait>99999 children=no"]].concat())
            .code(2),
    );
    assert!(out.is_empty(), "{out}");
    assert!(
        err.contains("0 van ") && err.contains("wait>99999 "),
        "{err}"
    );
    let (_, err) = said(
        &desk
            .types(&[
                "trace",
                "scenarios/proef.toml",
                "--region",
                "Zeland",
                "--find",
                "wat>1 children=x",
            ])
            .code(2),
    );
    for words in ["`wait`", "yes, no", "\"Zeeland\""] {
        assert!(err.contains(words), "{words} in {err}");
    }
    let (_, err) = said(
        &desk
            .types(&[&line[..3], &["v9,w", "--find", "wait>1"]].concat())
            .code(2),
    );
    assert_eq!(err.matches("S020").count(), 2, "{err}");
    let (help, _) = said(&desk.types(&["help", "trace"]).success());
    assert!(help.contains("voorlopige_ondertoezichtstelling"), "{help}");
    assert!(
        help.lines().all(|line| line.chars().count() <= 110),
        "{help}"
    );
}

#[test]
fn the_monitor_stands_beside_the_same_count_without_an_rvt() {
    let desk = Desk::new();
    let small = r#"
        extends = "proeftuinmonitor.toml"
        [scenario]
        label = { nl = "Een kleine telling", en = "A small count" }
        warm_up = "1 year"
        measured = "1 year"
        replications = 2
        areas = ["Zeeland"]
        beliefs = ["neutraal", "programma"]
    "#;
    fs::write(desk.at("scenarios/telling.toml"), small).unwrap();
    let line = ["monitor", "scenarios/telling.toml", "--threads"];
    let (out, err) = said(&desk.types(&[&line[..], &["1"]].concat()).success());
    assert!(err.contains("written to results/telling"), "{err}");
    for words in [
        "4,0 (2,0–7,1)",
        "5,3 (3,5–7,6)",
        "zonder reclassering",
        "geen vergelijkingsgroep",
        "dezelfde tot 31",
        "structureel of acuut onveilig",
        "programma, met_proeftuinen",
        "alleen geteld: gezinnen in Zeeland",
    ] {
        assert!(out.contains(words), "{words} in {out}");
    }
    assert!(out.lines().all(|line| line.chars().count() <= 120), "{out}");
    let (english, _) = said(
        &desk
            .types(&[&line[..], &["2", "--lang", "en", "--out", "b"]].concat())
            .success(),
    );
    assert!(english.contains("Counted in the proeftuinen"), "{english}");
    assert!(
        english.lines().all(|line| line.chars().count() <= 120),
        "{english}"
    );
    // Pictures are in the language that was asked for, so Dutch again.
    let dutch = [&line[..], &["2", "--out", "c"]].concat();
    desk.types(&dutch).success();
    let one = files(&desk.at("results/telling"));
    assert!(
        one == files(&desk.at("c")),
        "the same bytes on 1 and 2 threads"
    );

    let (header, rows) = table(&one["monitor.csv"]);
    let column = |name: &str| header.iter().position(|one| one == name).unwrap();
    // Two paths, three readings, three intakes, six groups, three shares of advice, ten counts.
    assert_eq!(rows.len(), 2 * 3 * 3 * 6 * 3 * 10);
    let sum_of = |counted: &str| -> f64 {
        let rows = rows.iter().filter(|row| {
            row[column("counted")] == counted
                && row[column("group")] == "all"
                && row[column("intake")] == "case_opened"
                && row[column("measures_until")] == "2023-12-31"
                && row[column("consult_share")] == "0"
        });
        rows.map(|row| row[column("per_100")].parse::<f64>().unwrap())
            .sum()
    };
    let parts = sum_of("protection") + sum_of("bans");
    assert!(parts > 0.0 && (sum_of("measures") - parts).abs() < 1e-4);
    let (_, observed) = table(&one["monitor_observed.csv"]);
    let row = [
        "2023-09-30",
        "513",
        "156",
        "measures_without_reclassering",
        "22",
    ];
    assert!(observed.iter().any(|one| one[..5] == row), "{observed:?}");
    assert!(text(&one["scenario.toml"]).contains("families = 513, ended = 156, measures = 27"));
    let manifest = text(&one["manifest.json"]);
    assert!(manifest.contains("monitor_no_control_group"), "{manifest}");

    let (_, err) = said(&desk.types(&["monitor", "scenarios/proef.toml"]).code(2));
    assert!(err.contains("no section [monitor]"), "{err}");
    assert!(!desk.at("results/proef").exists());
}

#[test]
fn the_evidence_is_listed_the_weakest_first() {
    let desk = Desk::new();
    let line = ["evidence", "--width", "80", "--lang", "en"];
    let (out, err) = said(&desk.types(&line).success());
    let lines: Vec<&str> = out.lines().collect();
    let n = Parameters::TABLE.len();
    assert!(
        lines[1].contains(&format!("{n} of {n} parameters")),
        "{out}"
    );
    let names = |line: &str| line.split_whitespace().collect::<Vec<_>>().join(" ");
    assert_eq!(names(lines[4]), "parameter value range");
    assert_eq!(names(lines[5]), "unit · distribution · family · source");
    assert!(
        lines[7].starts_with("D: assumption of this project ("),
        "{out}"
    );
    assert!(lines.iter().all(|line| line.chars().count() <= 80), "{out}");
    let at = |start: &str| {
        lines
            .iter()
            .position(|line| line.starts_with(start))
            .unwrap()
    };
    assert!(at("C: ") < at("B: ") && at("B: ") < at("A: "), "{out}");
    assert!(out.contains("calibrated.toml"), "{out}");
    assert!(
        out.replace('\n', " ")
            .contains("Given by another file than evidence.toml: "),
        "{out}"
    );
    assert!(err.is_empty(), "{err}");
}

#[test]
fn one_parameter_gets_a_card_with_its_whole_source() {
    let desk = Desk::new();
    let file = "extends = \"vergelijking.toml\"\n[evidence]\nstaff.turnover = 0.22\n";
    fs::write(desk.at("scenarios/ander.toml"), file).unwrap();
    let line = [
        "evidence",
        "staff.turnover",
        "--scenario",
        "scenarios/ander.toml",
    ];
    let (out, _) = said(&desk.types(&line).success());
    assert!(
        out.contains("Chance a year that a professional leaves."),
        "{out}"
    );
    assert!(out.contains("waarde      0,22 per jaar"), "{out}");
    assert!(out.contains("ander.toml (evidence.toml: 0,2)"), "{out}");
    let told: Vec<&str> = out.split_whitespace().collect();
    let evidence = fs::read_to_string(desk.at("scenarios/evidence.toml")).unwrap();
    let (_, entry) = evidence.split_once("[staff.turnover]").unwrap();
    let (_, source) = entry.split_once("source = \"").unwrap();
    let (source, _) = source.split_once("\"\n").unwrap();
    let source: Vec<&str> = source.split_whitespace().collect();
    assert!(told.ends_with(&source), "{out}");
}

#[test]
fn evidence_as_a_table_has_a_row_for_every_parameter() {
    let desk = Desk::new();
    let (out, _) = said(&desk.types(&["evidence", "--csv"]).success());
    let (header, rows) = table(out.as_bytes());
    assert_eq!(
        header.join(" "),
        "key grade family value low high distribution unit evidence_value overridden_by form_values definition source"
    );
    let keys: BTreeSet<&str> = rows.iter().map(|row| row[0].as_str()).collect();
    let expected: BTreeSet<&str> = Parameters::TABLE.iter().map(|spec| spec.key).collect();
    assert_eq!((keys, rows.len()), (expected, Parameters::TABLE.len()));
    for row in &rows {
        let number = |column: usize| row[column].parse::<f64>().unwrap();
        assert!(number(4) <= number(8) && number(8) <= number(5), "{row:?}");
        assert!(number(3).is_finite() && !row[12].is_empty(), "{row:?}");
    }
    let line = [
        "evidence",
        "work",
        "--csv",
        "--grade",
        "C",
        "--family",
        "context,capacity",
    ];
    let (out, _) = said(&desk.types(&line).success());
    let (_, some) = table(out.as_bytes());
    assert!(!some.is_empty());
    assert!(
        some.iter()
            .all(|row| row[1] == "C" && row[0].starts_with("work."))
    );
}

#[test]
fn evidence_that_is_not_there_is_exit_code_2() {
    let desk = Desk::new();
    let (out, err) = said(&desk.types(&["evidence", "staff.turnovr"]).code(2));
    assert!(err.contains("did you mean `staff.turnover`?"), "{err}");
    assert!(out.is_empty(), "{out}");
    desk.types(&["evidence", "--grade", "E"]).code(2);
    fs::remove_file(desk.at("scenarios/vergelijking.toml")).unwrap();
    let (_, err) = said(&desk.types(&["evidence"]).code(2));
    assert!(err.contains("--scenario FILE"), "{err}");
}

#[test]
fn help_tells_what_to_type() {
    let desk = Desk::new();
    let (out, _) = said(&desk.types(&["help"]).success());
    assert!(out.contains("rvtsim run scenarios/"), "{out}");
    let (out, _) = said(&desk.types(&["help", "run"]).success());
    assert!(out.contains("--regions Zeeland,Drenthe"), "{out}");
    let (evidence, _) = said(&desk.types(&["help", "evidence"]).success());
    assert!(evidence.contains("overridden_by"), "{evidence}");
    for line in out.lines().chain(evidence.lines()) {
        assert!(line.chars().count() <= 110, "{line}");
    }
}
