//! In which language the program says what is wrong, and how it is used.

use assert_cmd::Command;

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
