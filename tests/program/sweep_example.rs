//! The examples of docs/ read a real sweep and draw their figure.
//!
//! Each needs an interpreter that not every machine has, so neither is part of `cargo test`:
//! it would pass unseen. Asked for by `--ignored` it fails where the interpreter is missing;
//! `.ci/run` asks for the first, and for the second where there is an Rscript.

use std::path::Path;
use std::process::Command;

use crate::desk::Desk;

const N_POINTS: usize = 6;
const SWEEP: &str = r#"
    [sweep]
    design = "one_at_a_time"
    kpis = ["handovers_per_case", "load_percent"]
    factors = ["staff.fte_lokaal_team", "staff.fte_rvdk"]
    [sweep.ranges]
    "v2_rnvt.teams.rnvt.generalist_share" = { levels = [0.3] }
"#;

/// Runs an example on a sweep, and gives how its figure begins.
///
/// Most points of this sweep leave the factor that is drawn as the scenario has it: an empty
/// cell of design.csv, which an example has to fill in from factors.csv.
fn figure(program: &str, example: &str, picture: &str) -> Vec<u8> {
    let desk = Desk::sweeping(SWEEP);
    let (code, told) = desk.types("sweep scenarios/proef.toml");
    assert_eq!(code, 0, "{told}");
    let example = Path::new(env!("CARGO_MANIFEST_DIR")).join(example);
    let output = Command::new(program)
        .arg(example)
        .args([
            "results/proef",
            "load_percent",
            "v2_rnvt",
            "staff.fte_rvdk",
            picture,
        ])
        .current_dir(desk.at("."))
        .output()
        .unwrap_or_else(|error| panic!("{program}: {error}"));
    let (out, err) = (
        String::from_utf8_lossy(&output.stdout),
        String::from_utf8_lossy(&output.stderr),
    );
    assert!(output.status.success(), "{err}");
    assert!(out.starts_with(&format!("{N_POINTS} points in")), "{out}");
    std::fs::read(desk.at(picture)).unwrap()
}

#[test]
#[ignore = "needs python3 with matplotlib: run by .ci/run"]
fn python_reads_a_sweep_and_draws() {
    assert!(figure("python3", "docs/example.py", "figure.png").starts_with(b"\x89PNG"));
}

#[test]
#[ignore = "needs Rscript: run by .ci/run where there is one"]
fn r_reads_a_sweep_and_draws() {
    assert!(figure("Rscript", "docs/example.R", "figure.pdf").starts_with(b"%PDF"));
}

#[test]
#[ignore = "needs Rscript: run by .ci/run where there is one"]
fn r_reads_a_run_and_draws() {
    let desk = Desk::sweeping("");
    let (code, told) = desk.types("run scenarios/proef.toml");
    assert_eq!(code, 0, "{told}");
    let output = Command::new("Rscript")
        .arg(Path::new(env!("CARGO_MANIFEST_DIR")).join("docs/run.R"))
        .args(["results/proef", "handovers_per_case", "figure.pdf"])
        .current_dir(desk.at("."))
        .output()
        .expect("there is an Rscript");
    let out = String::from_utf8_lossy(&output.stdout);
    let err = String::from_utf8_lossy(&output.stderr);
    assert!(output.status.success(), "{err}");
    assert!(
        out.contains("lower is better") && out.contains("v2_rnvt"),
        "{out}"
    );
    assert!(
        std::fs::read(desk.at("figure.pdf"))
            .unwrap()
            .starts_with(b"%PDF")
    );
}
