//! One fault is one error: what else is wrong because of it is not told. That ten faults are
//! ten errors is the bad file `ten_faults` in tests/bad.

use crate::shipped;
use std::fs;
use std::path::Path;

use rvtsim::scenario::{Changes, Diagnostics, load};

/// What is said of a scenario while a line of a file is another one.
fn said(library: &Path, scenario: &str, file: &str, index: usize, line: &str) -> Diagnostics {
    let path = library.join(file);
    let text = fs::read_to_string(&path).unwrap();
    let mut lines: Vec<&str> = text.lines().collect();
    lines[index] = line;
    fs::write(&path, lines.join("\n")).unwrap();
    let log = load(&library.join(scenario), &Changes::default()).err();
    fs::write(&path, text).unwrap();
    log.unwrap_or_default()
}

/// Ways in which a line can be wrong: name, new line, whether there must be an error.
fn faults(line: &str) -> Vec<(&'static str, String, bool)> {
    if line.starts_with('[') {
        return vec![
            ("a slip in a header", line.replacen(']', "x]", 1), true),
            ("an open header", line.replacen(']', "", 1), true),
        ];
    }
    let Some((key, value)) = line.split_once(" = ") else {
        return Vec::new();
    };
    let mut faults = vec![
        ("a slip in a key", format!("{key}x = {value}"), true),
        ("no value", format!("{key} ="), true),
        ("a wrong kind", format!("{key} = [[]]"), true),
        ("an absurd number", format!("{key} = -1e300"), true),
        ("an empty text", format!("{key} = \"\""), true),
        ("no quotes", format!("{key} = een woord"), true),
        ("a strange word", format!("{key} = \"xyz\""), false),
    ];
    if let Some(at) = value.find('"') {
        let mut value = value.to_owned();
        value.insert(at + 1, 'x');
        faults.push(("a slip in a text", format!("{key} = {value}"), false));
    }
    faults
}

#[test]
fn one_fault_is_one_error() {
    let copy = tempfile::tempdir().unwrap();
    let library = copy.path();
    shipped::copy_to(library);
    let files = [
        ("vergelijking.toml", "vergelijking.toml", 1),
        ("proeftuinmonitor.toml", "proeftuinmonitor.toml", 1),
        ("forms/v0_estafette.toml", "vergelijking.toml", 7),
        ("forms/v1_expertnetwerk.toml", "vergelijking.toml", 5),
        ("forms/v4_openbaar_lichaam.toml", "vergelijking.toml", 7),
        ("beliefs/neutraal.toml", "vergelijking.toml", 1),
        ("evidence.toml", "vergelijking.toml", 97),
    ];
    let (mut wrong, mut n_faults) = (Vec::new(), 0);
    for (file, scenario, step) in files {
        let text = fs::read_to_string(library.join(file)).unwrap();
        // A list or table over several lines is no longer one if its first line is spoilt.
        let is_alone = |line: &&str| !line.ends_with(['[', '{']) && !line.starts_with([' ', '#']);
        let lines = text.lines().enumerate().filter(|(_, line)| is_alone(line));
        for (index, line) in lines.step_by(step) {
            for (name, new, is_error) in faults(line) {
                n_faults += 1;
                let log = said(library, scenario, file, index, &new);
                let n_errors = log.errors().count();
                if n_errors > 1 || is_error && n_errors == 0 {
                    let number = index + 1;
                    wrong.push(format!(
                        "{file}:{number}: {name}: {n_errors} errors: {new}\n{log}"
                    ));
                }
            }
        }
    }
    assert!(n_faults > 250, "only {n_faults} faults");
    assert!(
        wrong.is_empty(),
        "{} of {n_faults}\n{}",
        wrong.len(),
        wrong.join("\n\n")
    );
}
