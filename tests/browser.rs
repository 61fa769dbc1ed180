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

#[test]
#[ignore = "needs Chromium and Node.js: run tests/browser/install first"]
fn a_board_can_open_read_switch_choose_and_print_the_page() {
    let home = tempfile::tempdir().unwrap();
    let run = home.path().join("run");
    let made = Command::new(env!("CARGO_BIN_EXE_rvtsim"))
        .args(SMALL)
        .arg("--out")
        .arg(&run)
        .output()
        .unwrap();
    assert!(
        made.status.success(),
        "{}",
        String::from_utf8_lossy(&made.stderr)
    );
    let checked = Command::new("node")
        .arg(Path::new("tests/browser/check.mjs"))
        .arg(run.join("report.html"))
        .output()
        .expect("node can be started");
    let said = String::from_utf8_lossy(&checked.stdout);
    let complaint = String::from_utf8_lossy(&checked.stderr);
    assert!(checked.status.success(), "{said}\n{complaint}");
    assert!(said.contains("ok  ") && !said.contains("FAIL"), "{said}");
}
