//! The workbook of a run, read by a spreadsheet that counts in Dutch. Without LibreOffice this test fails, and in the
//! plain command it is said to be ignored.

use std::collections::BTreeMap;
use std::fs;
use std::path::{Path, PathBuf};
use std::process::Command;

use crate::desk::{Desk, more_of_everybody};

const SMALL: &str = r#"
extends = "referentie.toml"
[scenario]
label = { nl = "=1+1; 'Proef'", en = "Trial" }
replications = 2
regions = ["Zeeland"]
warm_up = "26 weeks"
measured = "1 year"
"#;
/// Semicolons, every text in quotes and no number, as it is shown, every sheet a file.
const AS_SHOWN: &str =
    "csv:Text - txt - csv (StarCalc):59,34,76,1,,0,true,true,false,false,false,-1";
const DUTCH: &str = r#"<?xml version="1.0" encoding="UTF-8"?>
<oor:items xmlns:oor="http://openoffice.org/2001/registry" xmlns:xs="http://www.w3.org/2001/XMLSchema" xmlns:xsi="http://www.w3.org/2001/XMLSchema-instance">
<item oor:path="/org.openoffice.Setup/L10N"><prop oor:name="ooSetupSystemLocale" oor:op="fuse"><value>nl-NL</value></prop></item>
</oor:items>"#;

/// What a Dutch LibreOffice makes of a file in a format, in a folder of its own.
fn converted(file: &Path, format: &str, home: &Path) -> PathBuf {
    let profile = home.join("profile");
    fs::create_dir_all(profile.join("user")).unwrap();
    fs::write(profile.join("user/registrymodifications.xcu"), DUTCH).unwrap();
    let out = home.join(format.split(':').next().unwrap());
    let office = Command::new("soffice")
        .arg(format!(
            "-env:UserInstallation=file://{}",
            profile.display()
        ))
        .args(["--headless", "--convert-to", format, "--outdir"])
        .args([&out, file])
        .output();
    let office = office.unwrap_or_else(|error| {
        panic!("this test needs LibreOffice Calc, apt-get install libreoffice-calc-nogui: {error}")
    });
    assert!(office.status.success(), "{office:?}");
    out
}

/// The sheets as a Dutch spreadsheet shows them, by name.
fn opened(file: &Path, home: &Path) -> BTreeMap<String, String> {
    let stem = file.file_stem().unwrap().to_str().unwrap().to_owned() + "-";
    let sheets = fs::read_dir(converted(file, AS_SHOWN, home)).unwrap();
    let sheets = sheets.map(|entry| {
        let path = entry.unwrap().path();
        let name = path.file_stem().unwrap().to_str().unwrap();
        let text = fs::read_to_string(&path).unwrap();
        (name.strip_prefix(&stem).unwrap().to_owned(), text)
    });
    sheets.collect()
}

/// The sums that a Dutch spreadsheet makes of columns of a sheet, numbered from 0, below its head.
fn sums(book: &Path, sheet: &str, columns: std::ops::Range<usize>, home: &Path) -> Vec<f64> {
    let flat = converted(book, "fods", home).join("tabellen.fods");
    let text = fs::read_to_string(&flat).unwrap();
    let (before, after) = text.split_once("</office:spreadsheet>").unwrap();
    let letter = |column: usize| {
        assert!(column < 26, "a column of two letters");
        char::from(b'A' + column as u8)
    };
    let cell = |column: usize| {
        let letter = letter(column);
        format!("<table:table-cell table:formula=\"of:=SUM([${sheet}.{letter}2:.{letter}9999])\"/>")
    };
    let cells: String = columns.map(cell).collect();
    let added = home.join("som.fods");
    let row = format!("<table:table-row>{cells}</table:table-row>");
    let table = format!("<table:table table:name=\"Som\">{row}</table:table>");
    fs::write(
        &added,
        format!("{before}{table}</office:spreadsheet>{after}"),
    )
    .unwrap();
    let home = home.join("sums");
    let sheets = opened(&added, &home);
    fields(sheets["Som"].trim_end())
        .into_iter()
        .map(number)
        .collect()
}

/// A number as the country writes it.
fn number(shown: &str) -> f64 {
    let plain = shown.replace('.', "").replace(',', ".");
    plain
        .parse()
        .unwrap_or_else(|_| panic!("no number: {shown}"))
}

/// The fields of a line, with their quotes.
fn fields(line: &str) -> Vec<&str> {
    let mut is_inside = false;
    let split = line.split(|letter: char| {
        is_inside ^= letter == '"';
        letter == ';' && !is_inside
    });
    split.collect()
}

#[test]
#[ignore = "needs LibreOffice Calc: apt-get install libreoffice-calc-nogui"]
fn in_a_dutch_spreadsheet_every_number_is_the_number_of_the_table() {
    let desk = Desk::with(&(SMALL.to_owned() + &more_of_everybody(100)));
    let (code, said) = desk.types("run scenarios/proef.toml");
    assert_eq!(code, 0, "{said}");
    let run = desk.at("results/proef");
    let book = run.join("tabellen.xlsx");
    let sheets = opened(&book, &desk.at("office"));
    let names: Vec<&str> = sheets.keys().map(String::as_str).collect();
    assert_eq!(
        names,
        [
            "Aannames",
            "Regio's",
            "Samenvatting",
            "Teams",
            "Uitleg",
            "Vergelijking"
        ]
    );
    // A text that begins as a formula is a text.
    assert!(
        sheets["Samenvatting"].starts_with("\"=1+1; 'Proef'\""),
        "{}",
        sheets["Samenvatting"]
    );
    assert!(sheets["Samenvatting"].contains("voorgestelde varianten"));
    let mut table = csv::Reader::from_path(run.join("teams.csv")).unwrap();
    let known: Vec<csv::StringRecord> = table.records().map(Result::unwrap).collect();
    let lines: Vec<&str> = sheets["Teams"].lines().skip(1).collect();
    assert_eq!(lines.len(), known.len());
    let mut n_compared = 0;
    let columns = table.headers().unwrap().clone();
    for (line, known) in lines.iter().zip(&known) {
        for (shown, known) in fields(line).iter().zip(known).skip(3) {
            if known.is_empty() {
                assert!(shown.is_empty(), "{columns:?} {line}");
                continue;
            }
            assert!(
                !shown.contains('"'),
                "a text where a number is: {shown} in {line}"
            );
            let known: f64 = known.parse().unwrap();
            assert!(
                (number(shown) - known).abs() <= 0.05 + 1e-9,
                "{shown} of {known}"
            );
            n_compared += 1;
        }
    }
    assert!(n_compared > 200, "{n_compared}");
    // It adds them up, as it does of numbers alone.
    let of_column = |column: usize| -> f64 {
        let numbers = known
            .iter()
            .filter_map(|row| row[column].parse::<f64>().ok());
        numbers.sum()
    };
    let added = sums(&book, "Teams", 3..columns.len(), &desk.at("office"));
    for (column, sum) in (3..columns.len()).zip(added) {
        let known = of_column(column);
        let name = &columns[column];
        assert!(
            (sum - known).abs() <= 1e-6 * known.abs().max(1.0),
            "{name}: {sum}, not {known}"
        );
    }
    for name in ["Vergelijking", "Regio's", "Aannames"] {
        let n_numbers = sheets[name].lines().skip(1).flat_map(fields);
        let n_numbers =
            n_numbers.filter(|field| field.starts_with(|letter: char| letter.is_ascii_digit()));
        assert!(n_numbers.count() > 100, "{name}");
        let is_english = |field: &&str| field.parse::<f64>().is_ok() && field.contains('.');
        let strange: Vec<&str> = sheets[name]
            .lines()
            .flat_map(fields)
            .filter(is_english)
            .collect();
        let strange: Vec<&&str> = strange
            .iter()
            .filter(|field| field.split('.').next_back().unwrap().len() != 3)
            .collect();
        assert!(strange.is_empty(), "{name}: {strange:?}");
    }
}
