//! `rvtsim calibrate`, as its user sees it.

use crate::shipped;
use std::fs;
use std::path::Path;
use std::process::Stdio;
use std::thread::sleep;
use std::time::Duration;

use assert_cmd::Command;

/// A calibration small enough for a test: one region, months instead of years.
const SMALL: &str = r#"
extends = "vergelijking.toml"

[scenario]

belief = "neutraal"
label = { nl = "Klein", en = "Small" }
regions = ["Zeeland"]
forms = ["v0_estafette"]
warm_up = "60 days"
measured = "120 days"
replications = 3

[calibration]
waves = 1
points = 12
draws = 3
regions = ["Zeeland"]
free = ["staff.fte_veilig_thuis", "danger.repeat_probability"]

[targets.meldingen]
label = { nl = "meldingen per jaar", en = "meldingen a year" }
kpi = "meldingen_per_year"
value = 100000
low = 80000
high = 120000
use = "fit"
grade = "A"
source = "test"

[targets.kept]
label = { nl = "blijft (%)", en = "kept (%)" }
kpi = "kept_percent"
value = 42
low = 30
high = 50
use = "validation"
grade = "A"
source = "test"
"#;

/// A copy of the shipped scenarios with one more.
fn copy(into: &Path) {
    shipped::copy_plain_to(into);
    let _ = fs::remove_file(into.join("calibrated.toml"));
    fs::write(into.join("klein.toml"), SMALL).unwrap();
}

fn rvtsim(folder: &Path, line: &str) -> std::process::Output {
    let mut command = Command::cargo_bin("rvtsim").unwrap();
    command.current_dir(folder).args(line.split(' '));
    command.output().unwrap()
}

#[test]
fn a_fit_is_reported_and_its_values_are_used() {
    let home = tempfile::tempdir().unwrap();
    copy(&home.path().join("scenarios"));
    let output = rvtsim(home.path(), "calibrate scenarios/klein.toml --lang en");
    let (said, told) = (output.stdout.clone(), output.stderr.clone());
    assert!(
        output.status.success(),
        "{}",
        String::from_utf8_lossy(&told)
    );
    let page = String::from_utf8(said).unwrap();
    for word in [
        "Fitted to",
        "Kept apart",
        "meldingen a year",
        "left",
        "runs in",
    ] {
        assert!(page.contains(word), "{word} in {page}");
    }
    let folder = home.path().join("results/klein");
    for (name, first) in [
        (
            "targets.csv",
            "target,label_nl,label_en,kpi,unit,regions,use,grade,value",
        ),
        ("parameters.csv", "parameter,unit,grade,prior_value"),
        ("waves.csv", "wave,scope,n_runs"),
        ("runs.csv", "run,wave,kind,key,value"),
        ("draws.csv", "draw,parameter,value"),
        ("fit_columns.csv", "table,column,unit"),
        ("kpis.csv", "form,region,kpi"),
    ] {
        let text = fs::read_to_string(folder.join(name)).unwrap();
        assert!(
            text.starts_with(first),
            "{name}: {}",
            &text[..80.min(text.len())]
        );
        assert!(text.lines().count() > 1, "{name}");
    }
    // What it has found is what a run then uses, unless somebody says otherwise.
    let fitted = fs::read_to_string(folder.join("calibrated.toml")).unwrap();
    fs::write(home.path().join("scenarios/calibrated.toml"), &fitted).unwrap();
    let output = rvtsim(home.path(), "evidence staff.fte_veilig_thuis --csv");
    let ledger = String::from_utf8(output.stdout).unwrap();
    assert!(ledger.contains("calibrated.toml"), "{ledger}");
    let line = fitted
        .lines()
        .find(|line| line.starts_with("staff.fte_veilig_thuis"));
    let value = line.unwrap().split(['=', '#']).nth(1).unwrap().trim();
    assert!(ledger.contains(value), "{value} in {ledger}");
    // What it knows and shows is told of the region, by the files that it leaves.
    for (name, own) in [
        ("targets.csv", "calibrated_targets.csv"),
        ("draws.csv", "calibrated_draws.csv"),
    ] {
        fs::copy(folder.join(name), home.path().join("scenarios").join(own)).unwrap();
    }
    let output = rvtsim(home.path(), "check scenarios/klein.toml --lang nl");
    let told = String::from_utf8(output.stdout).unwrap();
    assert!(
        told.contains("Hoe goed past het model bij Zeeland?"),
        "{told}"
    );
    // Beginning at those values it looks about them, and not through the whole prior.
    let output = rvtsim(
        home.path(),
        "calibrate scenarios/klein.toml --from-fitted --out results/near",
    );
    assert!(
        output.status.success(),
        "{}",
        String::from_utf8_lossy(&output.stderr)
    );
    let waves = |name: &str| {
        let waves = fs::read_to_string(home.path().join("results").join(name).join("waves.csv"));
        waves.unwrap().lines().nth(1).unwrap().to_owned()
    };
    assert!(
        waves("klein").starts_with("1,sample,12,"),
        "{}",
        waves("klein")
    );
    assert!(
        waves("near").starts_with("1,country,1,"),
        "{}",
        waves("near")
    );
    // Fitting again begins with the evidence, and finds the same; also if it is killed and goes on.
    let line = "calibrate scenarios/klein.toml --threads 1 --out results/again";
    let passes = home.path().join("results/again.partial/passes");
    let n_bytes = || fs::metadata(&passes).map_or(0, |found| found.len());
    let mut child = std::process::Command::new(env!("CARGO_BIN_EXE_rvtsim"))
        .current_dir(home.path())
        .args(line.split(' '))
        .stderr(Stdio::null())
        .spawn()
        .unwrap();
    while n_bytes() < 50_000 && child.try_wait().unwrap().is_none() {
        sleep(Duration::from_millis(1));
    }
    child.kill().unwrap();
    child.wait().unwrap();
    assert!(n_bytes() >= 50_000, "killed on its way");
    let output = rvtsim(home.path(), &format!("{line} --resume"));
    let told = String::from_utf8(output.stderr).unwrap();
    assert!(output.status.success(), "{told}");
    let taken_over = told.lines().find(|line| line.contains("taken over from"));
    let n = taken_over.and_then(|line| line.split(' ').next()?.parse::<u32>().ok());
    assert!(n.is_some_and(|n| n > 0), "{told}");
    for name in ["calibrated.toml", "draws.csv", "runs.csv", "kpis.csv"] {
        let [one, other] = ["klein", "again"].map(|folder| {
            let path = home.path().join("results").join(folder).join(name);
            fs::read(path).unwrap()
        });
        assert!(one == other, "{name}");
    }
}

#[test]
fn where_nothing_fits_that_is_said_and_the_folder_is_not_to_blame() {
    let home = tempfile::tempdir().unwrap();
    copy(&home.path().join("scenarios"));
    // In four months nobody is out of a measure and back in one within a year after.
    let unseen = SMALL.replace("meldingen_per_year", "hermelding_12_months_percent");
    let unseen = unseen
        .replace("value = 100000", "value = 40")
        .replace("low = 80000", "low = 30");
    let unseen = unseen.replace("high = 120000", "high = 50");
    fs::write(home.path().join("scenarios/klein.toml"), unseen).unwrap();
    for _ in 0..2 {
        let output = rvtsim(home.path(), "calibrate scenarios/klein.toml");
        let told = String::from_utf8(output.stderr).unwrap();
        assert_eq!(output.status.code(), Some(2), "{told}");
        assert!(
            told.contains("nothing fits") && !told.contains("NaN"),
            "{told}"
        );
        assert!(told.contains("meldingen: not seen at any point"), "{told}");
        let results = fs::read_dir(home.path().join("results")).unwrap();
        assert_eq!(
            results.count(),
            0,
            "nothing is kept that would only lead there again"
        );
    }
}

#[test]
fn a_scenario_without_calibration_is_refused() {
    let output = rvtsim(Path::new("."), "calibrate scenarios/referentie.toml");
    assert_eq!(output.status.code(), Some(2));
    let told = String::from_utf8(output.stderr).unwrap();
    assert!(told.contains("no section [calibration]"), "{told}");
}
