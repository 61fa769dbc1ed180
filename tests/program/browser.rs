//! The page in a real browser, driven by `tests/browser/check.mjs`. What it needs is
//! installed by `tests/browser/install`; without it this test fails, and in the plain
//! command it is said to be ignored.

use std::path::Path;
use std::process::Command;

use crate::desk::{Desk, more_of_everybody};

const SMALL: &str = r#"
extends = "referentie.toml"
[scenario]
label = { nl = "Genoeg mensen", en = "Enough people" }
seed = 7
replications = 2
regions = ["Zeeland"]
"#;

fn run() -> Desk {
    let desk = Desk::with(&(SMALL.to_owned() + &more_of_everybody(100)));
    types(&desk, "run scenarios/proef.toml");
    desk
}

fn types(desk: &Desk, line: &str) {
    let (code, said) = desk.types(line);
    assert_eq!(code, 0, "{said}");
}

fn must_pass(script: &str, run: &Path) {
    let checked = Command::new("node")
        .arg(Path::new("tests/browser").join(script))
        .arg(run.join("report.html"))
        .output()
        .expect("node can be started");
    let said = String::from_utf8_lossy(&checked.stdout);
    let complaint = String::from_utf8_lossy(&checked.stderr);
    assert!(checked.status.success(), "{said}\n{complaint}");
    assert!(said.contains("ok  ") && !said.contains("FAIL"), "{said}");
}

#[test]
#[ignore = "needs Chromium and Node.js: run tests/browser/install first"]
fn a_board_can_try_weights_and_they_rank_as_the_program_does() {
    let desk = run();
    types(&desk, "weigh results/proef --draws 500");
    must_pass("weighing.mjs", &desk.at("results/proef"));
    must_pass("check.mjs", &desk.at("results/proef"));
}

#[test]
#[ignore = "needs Chromium and Node.js: run tests/browser/install first"]
fn a_board_can_open_read_switch_choose_and_print_the_page() {
    let desk = run();
    must_pass("check.mjs", &desk.at("results/proef"));
}
