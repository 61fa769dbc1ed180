//! The page in a real browser, driven by `tests/browser/check.mjs`. What it needs is
//! installed by `tests/browser/install`; without it this test fails, and in the plain
//! command it is said to be ignored.

use std::path::{Path, PathBuf};
use std::process::Command;
use std::sync::Mutex;

use rvtsim::experiment::{Design, Execution, PassId, PassStore, StoreError, make_pass};
use rvtsim::model::{FixedRoute, Pass, structure};
use rvtsim::scenario::{Changes, load};
use sha2::{Digest, Sha256};

use crate::desk::{Desk, more_of_everybody};
use crate::shipped;

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

fn must_pass(script: &str, arguments: &[&Path]) {
    let checked = Command::new("node")
        .arg(Path::new("tests/browser").join(script))
        .args(arguments)
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
    let page = desk.at("results/proef/report.html");
    must_pass("weighing.mjs", &[&page]);
    must_pass("check.mjs", &[&page]);
}

#[test]
#[ignore = "needs Chromium and Node.js: run tests/browser/install first"]
fn a_board_can_open_read_switch_choose_and_print_the_page() {
    let desk = run();
    must_pass("check.mjs", &[&desk.at("results/proef/report.html")]);
}

/// Every form of the comparison, in two regions, so that nothing of the first screen is shorter than in the country.
const SETS: &str = r#"
extends = "vergelijking.toml"
[scenario]
label = { nl = "De vergelijking onder drie aannamesets", en = "The comparison under three belief sets" }
warm_up = "1 years"
measured = "1 years"
replications = 2
regions = ["Zeeland", "Gooi en Vechtstreek"]
beliefs = ["neutraal", "programma", "kritisch"]
"#;

#[test]
#[ignore = "needs Chromium and Node.js: run tests/browser/install first"]
fn a_board_can_read_what_holds_under_all_belief_sets_on_the_first_screen() {
    for scenario in [SETS.to_owned(), SETS.to_owned() + &more_of_everybody(100)] {
        let desk = Desk::with(&scenario);
        types(&desk, "run scenarios/proef.toml");
        types(&desk, "weigh results/proef --draws 300");
        let page = desk.at("results/proef/report.html");
        must_pass("check.mjs", &[&page]);
        must_pass("belief.mjs", &[&page]);
    }
}

/// A question small enough to be run twice, with hours that are divided by work and with a form of each kind.
const QUESTION: &str = r#"
extends = "vergelijking.toml"
[scenario]
label = { nl = "Een kleine proef", en = "A small trial" }
warm_up = "1 years"
measured = "1 years"
replications = 2
regions = ["Zeeland"]
forms = ["v0_estafette", "v2_rnvt", "v4_openbaar_lichaam"]
"#;

#[test]
#[ignore = "needs Chromium, Node.js and the page: run tests/browser/install and web/build first"]
fn the_page_with_the_model_in_it_makes_the_same_bytes_as_the_program() {
    let home = tempfile::tempdir().unwrap();
    let scenarios = home.path().join("scenarios");
    shipped::copy_to(&scenarios);
    let loaded = scenarios.join("proef_geladen.toml");
    std::fs::write(&loaded, QUESTION).unwrap();
    let page = Path::new("target/web/rvtsim-rekenmodel.html");
    assert!(page.exists(), "web/build makes the page");
    let saved = home.path().join("saved");
    must_pass("model.mjs", &[page, &saved, &loaded]);

    // What was saved, with the file with which it begins, is a scenario like any other.
    for file in files_in(&saved.join("scenarios")) {
        let name = file.strip_prefix(saved.join("scenarios")).unwrap();
        std::fs::copy(&file, scenarios.join(name)).unwrap();
    }
    let run = Command::new(env!("CARGO_BIN_EXE_rvtsim"))
        .args(["run", "scenarios/mijn_vraag.toml"])
        .current_dir(home.path())
        .output()
        .unwrap();
    assert!(
        run.status.success(),
        "{}",
        String::from_utf8_lossy(&run.stderr)
    );
    let files = files_in(&saved.join("run"));
    for path in &files {
        let name = path.strip_prefix(saved.join("run")).unwrap();
        let own = std::fs::read(home.path().join("results/mijn_vraag").join(name)).unwrap();
        let is_same = std::fs::read(path).unwrap() == own;
        assert!(is_same, "{} is another in the page", name.display());
    }
    let n_files = files.len();
    assert!(n_files > 40, "{n_files} files");

    // So is a form that was made there, and its counts are those of the engine.
    let own = load(&scenarios.join("met_eigen_vorm.toml"), &Changes::default()).unwrap();
    let case = own
        .cases
        .iter()
        .position(|case| case.form.key == "eigen_vorm");
    let design = Design::new(&own);
    let mut keys = design.in_starting_order();
    let key = keys.find(|key| Some(key.case) == case).unwrap();
    let counts = FixedRoute::ALL.map(|route| {
        let found = structure(design.unstaffed(key), route);
        format!(
            "{} / {} / {}",
            found.handovers, found.retells, found.assessments
        )
    });
    let told = std::fs::read_to_string(saved.join("tellingen.txt")).unwrap();
    assert_eq!(told, counts.join("\n"));

    // And one that ships with another share of generalists, beside itself.
    let path = scenarios.join("met_generalisten.toml");
    let forms = load(&path, &Changes::default()).unwrap().cases;
    let shares = forms.iter().filter_map(|case| {
        let team = case.form.teams.iter().find(|team| team.key == "rnvt")?;
        Some((case.form.key.as_str(), team.generalist_share))
    });
    let shares: Vec<_> = shares.collect();
    assert_eq!(shares, [("v2_rnvt", 0.4), ("v2_rnvt_generalisten", 0.6)]);
}

/// Every file below a folder.
fn files_in(folder: &Path) -> Vec<PathBuf> {
    let entries = std::fs::read_dir(folder).unwrap();
    let paths = entries.map(|entry| entry.unwrap().path());
    paths
        .flat_map(|path| match path.is_dir() {
            true => files_in(&path),
            false => vec![path],
        })
        .collect()
}

/// Everything that a pass takes, in the order in which it was made.
#[derive(Default)]
struct Taken(Mutex<Vec<([u8; 32], Pass)>>);

impl PassStore for Taken {
    fn find(&self, id: &PassId) -> Result<Option<Pass>, StoreError> {
        let taken = self.0.lock().unwrap();
        let found = taken.iter().find(|(one, _)| *one == id.0);
        Ok(found.map(|(_, pass)| pass.clone()))
    }

    fn keep(&self, id: &PassId, pass: &Pass) -> Result<(), StoreError> {
        self.0.lock().unwrap().push((id.0, pass.clone()));
        Ok(())
    }
}

#[test]
#[ignore = "needs Node.js and the page: run tests/browser/install and web/build first"]
fn every_shipped_example_is_observed_in_a_browser_to_the_bit() {
    let home = tempfile::tempdir().unwrap();
    let scenarios = home.path().join("scenarios");
    shipped::copy_to(&scenarios);
    let examples = shipped::files().filter(|file| file.starts_with("voorbeelden/"));
    let small = examples.chain(["vergelijking.toml"]).map(|example| {
        // One is about an area of its own; a run lasts until the last change of its paths.
        let (region, years) = match example {
            "voorbeelden/eigen_gebied.toml" => ("Zaanstreek-Waterland", 2),
            "voorbeelden/overgangsgeld.toml" => ("Zeeland", 6),
            _ => ("Zeeland", 1),
        };
        let text = format!(
            "extends = \"{example}\"\n[scenario]\nwarm_up = \"1 years\"\nmeasured = \"{years} years\"\n\
             replications = 1\nregions = [\"{region}\"]\n"
        );
        let path = scenarios.join(example.replace('/', "_").replace(".toml", "_klein.toml"));
        std::fs::write(&path, text).unwrap();
        path
    });
    let small: Vec<PathBuf> = small.collect();
    let seen = Command::new("node")
        .arg("tests/browser/same.mjs")
        .arg("target/web/wasm32-unknown-unknown/release/rvtsim_web.wasm")
        .args(&small)
        .output()
        .expect("node can be started");
    let complaint = String::from_utf8_lossy(&seen.stderr);
    assert!(seen.status.success(), "{complaint}");
    let mut own = String::new();
    for path in &small {
        let scenario = load(path, &Changes::default()).unwrap().alone();
        let design = Design::new(&scenario);
        let store = Taken::default();
        let execution = Execution {
            store: &store,
            ..Execution::default()
        };
        let mut n_before = 0;
        for (number, key) in design.in_starting_order().enumerate() {
            make_pass(&design, key, &execution).unwrap();
            let taken = store.0.lock().unwrap();
            let bytes = postcard::to_stdvec(&taken[n_before..]).unwrap();
            n_before = taken.len();
            let name = path.file_name().unwrap().to_str().unwrap();
            own += &format!("{name} {number} {:x}\n", Sha256::digest(bytes));
        }
    }
    assert_eq!(String::from_utf8_lossy(&seen.stdout), own);
}
