//! The scenarios that ship, and the order in which values override each other.

use std::fs;
use std::path::{Path, PathBuf};

use rvtsim::model::Parameters;
use rvtsim::scenario::{Changes, Scenario, load};

fn library() -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).join("scenarios")
}

fn loaded(path: &Path) -> Scenario {
    match load(path, &Changes::default()) {
        Ok(scenario) => scenario,
        Err(log) => panic!("{}", log.render(false)),
    }
}

#[test]
fn every_shipped_scenario_loads() {
    let others = ["evidence.toml"];
    let mut n_scenarios = 0;
    for entry in fs::read_dir(library()).unwrap() {
        let path = entry.unwrap().path();
        let name = path.file_name().unwrap().to_str().unwrap();
        if path
            .extension()
            .is_some_and(|extension| extension == "toml")
            && !others.contains(&name)
        {
            let scenario = loaded(&path);
            for warning in &scenario.warnings {
                println!("{}\n", warning.render(false));
            }
            assert_eq!(scenario.ledger.len(), Parameters::TABLE.len(), "{name}");
            n_scenarios += 1;
        }
    }
    assert!(n_scenarios > 0, "no scenario in {}", library().display());
}
