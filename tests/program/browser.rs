//! The page in a real browser, driven by `tests/browser/check.mjs`. What it needs is
//! installed by `tests/browser/install`; without it this test fails, and in the plain
//! command it is said to be ignored.

use std::path::Path;
use std::process::Command;

const SMALL: [&str; 8] = [
    "run",
    "scenarios/referentie.toml",
    "--replications",
    "2",
    "--seed",
    "7",
    "--regions",
    "Zeeland",
];

fn rvtsim(arguments: &[&str], run: &Path) {
    let made = Command::new(env!("CARGO_BIN_EXE_rvtsim"))
        .args(arguments)
        .arg(run)
        .output()
        .unwrap();
    let said = String::from_utf8_lossy(&made.stderr);
    assert!(made.status.success(), "{said}");
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
    let home = tempfile::tempdir().unwrap();
    let run = home.path().join("run");
    rvtsim(&[&SMALL[..], &["--out"]].concat(), &run);
    rvtsim(&["weigh", "--draws", "500"], &run);
    must_pass("weighing.mjs", &run);
    must_pass("check.mjs", &run);
}

#[test]
#[ignore = "needs Chromium and Node.js: run tests/browser/install first"]
fn a_board_can_open_read_switch_choose_and_print_the_page() {
    let home = tempfile::tempdir().unwrap();
    let run = home.path().join("run");
    rvtsim(&[&SMALL[..], &["--out"]].concat(), &run);
    must_pass("check.mjs", &run);
}
