//! In which language the program says what is wrong, and how it is used.

use std::fs;

use assert_cmd::Command;

use crate::desk::Desk;

/// What is written to standard output and error, in a place with this locale.
fn told(locale: &str, line: &[&str]) -> (String, String) {
    let told = Command::new(env!("CARGO_BIN_EXE_rvtsim"))
        .env("NO_COLOR", "1")
        .env("LC_ALL", locale)
        .args(line)
        .output()
        .expect("the program starts");
    let text = |bytes| String::from_utf8(bytes).expect("UTF-8");
    (text(told.stdout), text(told.stderr))
}

#[test]
fn errors_are_in_the_language_that_is_asked_for_or_else_of_the_system() {
    const DUTCH: &str = "fout[S001]: weg.toml kan niet worden gelezen: zo'n bestand is er niet";
    const ENGLISH: &str = "error[S001]: weg.toml cannot be read: there is no such file";
    for (locale, line, expected) in [
        ("C", "check weg.toml", ENGLISH),
        ("C", "check weg.toml --lang nl", DUTCH),
        ("C", "--lang nl check weg.toml", DUTCH),
        ("nl_NL.UTF-8", "run weg.toml", DUTCH),
        ("nl_NL.UTF-8", "run weg.toml --lang=en", ENGLISH),
    ] {
        let line: Vec<&str> = line.split(' ').collect();
        let (_, error) = told(locale, &line);
        assert!(error.starts_with(expected), "{locale} {line:?}: {error}");
    }
}

#[test]
fn help_is_in_dutch_where_dutch_is_asked_for() {
    for (locale, line) in [
        ("C", &["--lang", "nl", "--help"][..]),
        ("C", &["run", "--help", "--lang", "nl"]),
        ("nl_NL.UTF-8", &["help", "sweep"]),
        ("nl_NL.UTF-8", &["sweep", "merge", "-h"]),
    ] {
        let (text, _) = told(locale, line);
        assert!(text.contains("Gebruik: rvtsim"), "{line:?}: {text}");
        assert!(text.contains("Opties:"), "{line:?}: {text}");
        assert!(!text.contains("Usage:"), "{line:?}: {text}");
    }
    let (text, _) = told("C", &["run", "--help"]);
    assert!(text.contains("Usage: rvtsim run"), "{text}");
}

#[test]
fn a_language_before_the_command_is_that_of_what_it_tells() {
    let told = |line: &[&str]| told("C", line).0;
    let scenario = concat!(env!("CARGO_MANIFEST_DIR"), "/scenarios/vergelijking.toml");
    let [before, behind, usual] = [
        &[
            "--lang",
            "en",
            "evidence",
            "staff.turnover",
            "--scenario",
            scenario,
        ][..],
        &[
            "evidence",
            "staff.turnover",
            "--scenario",
            scenario,
            "--lang",
            "en",
        ],
        &["evidence", "staff.turnover", "--scenario", scenario],
    ]
    .map(told);
    assert_eq!(before, behind);
    assert_ne!(before, usual);
}

#[test]
fn what_is_typed_wrongly_is_told_with_what_to_write() {
    for (line, expected) in [
        (
            "run",
            "fout: dit ontbreekt: <FILE>\ngebruik: rvtsim run <FILE>\nalles wat kan: --help",
        ),
        (
            "run a.toml --replication 3",
            "fout: er is hier geen argument --replication\nbedoelde u --replications?",
        ),
        (
            "run a.toml --replications veel",
            "fout: `veel` is geen waarde voor --replications <N>\nschrijf een geheel getal van 1 tot en met 100000",
        ),
        (
            "run a.toml --replications 0",
            "fout: `0` is geen waarde voor --replications <N>\nschrijf een geheel getal van 1 tot en met 100000",
        ),
        (
            "run a.toml --seed veel",
            "fout: `veel` is geen waarde voor --seed <S>\nschrijf een geheel getal",
        ),
        (
            "best a.toml --kpi x --indifference veel",
            "fout: `veel` is geen waarde voor --indifference <X>\nschrijf een getal",
        ),
        ("run a.toml --out", "fout: --out <DIR> heeft geen waarde"),
        (
            "run a.toml --seed 1 --seed 2",
            "fout: --seed <S> staat er twee keer\nhaal een van de twee weg",
        ),
        (
            "run a.toml --replace=ja",
            "fout: --replace krijgt geen waarde",
        ),
        (
            "rum a.toml",
            "fout: er is geen opdracht rum\nbedoelde u run?",
        ),
        (
            "check a.toml --lang fr",
            "fout: `fr` is geen waarde voor --lang <LANG>\nschrijf een van deze: nl, en",
        ),
        (
            "trace a.toml --household 1 --find wait>1",
            "fout: --household <N> gaat niet samen met --find <KEY=VALUE ...>",
        ),
        (
            "trace a.toml --region Zeeland --household stock:1",
            "fout: `stock:1` is geen waarde voor --household <N>\nschrijf een nummer zoals 12",
        ),
        (
            "sweep run a.toml --chunk 5/4",
            "fout: `5/4` is geen waarde voor --chunk <I/N>\nschrijf het hoeveelste stuk van hoeveel",
        ),
    ] {
        let line: Vec<&str> = line.split(' ').collect();
        let (told, error) = told("nl_NL.UTF-8", &line);
        assert!(error.starts_with(expected), "{line:?}: {error}");
        assert!(told.is_empty(), "{line:?}: {told}");
    }
    let (_, error) = told("C", &["run", "a.toml", "--replication", "3"]);
    assert!(
        error.starts_with(
            "error: there is no argument --replication here\ndid you mean --replications?"
        ),
        "{error}"
    );
}

#[test]
fn what_a_command_does_and_what_stops_it_is_told_in_dutch() {
    let desk = Desk::with(
        "extends = \"referentie.toml\"\n[scenario]\nlabel = { nl = \"Kort\", en = \"Short\" }\n\
         warm_up = \"28 days\"\nmeasured = \"56 days\"\nreplications = 1\nregions = [\"Zeeland\"]\n\
         forms = [\"v0_estafette\"]\n",
    );
    let run = "run scenarios/proef.toml --tables-only --lang nl";
    let (code, told) = desk.types(run);
    assert_eq!(code, 0, "{told}");
    for words in [
        "1 passage op ",
        "100 %: 1/1 passages, ",
        "geschreven naar results/proef",
        "zonder pagina en figuren; om ze te maken:\n  rvtsim report results/proef",
    ] {
        assert!(told.contains(words), "{words}: {told}");
    }
    let (code, told) = desk.types(run);
    assert_eq!(code, 1);
    assert!(
        told.contains("fout: in results/proef staat een run die klaar is: die blijft zoals hij is\nschrijf naar een andere map met --out MAP"),
        "{told}"
    );
    fs::write(desk.at("results/proef/kpis.csv"), "form\n").unwrap();
    // No language of its own: it is that of errors and help.
    for (line, expected) in [
        (
            "report results/proef --lang nl",
            "fout: results/proef/kpis.csv: er staan 0 regels in, en ",
        ),
        (
            "report weg --lang nl",
            "fout: in weg staat geen run van rvtsim: de manifest.json daarvan is er niet",
        ),
        (
            "man scenarios/proef.toml/x --lang nl",
            "fout: scenarios/proef.toml/x kan niet worden geschreven: het is geen map",
        ),
        (
            "weigh results/proef --framework weg.toml --lang nl",
            "fout: results/proef/kpis.csv: ",
        ),
    ] {
        let (_, told) = desk.types(line);
        assert!(told.starts_with(expected), "{line}: {told}");
    }
}
