//! The library of files need not be on disk.

use std::fs;
use std::path::{Path, PathBuf};

use rvtsim::scenario::{Changes, Files, load, load_from};

use crate::shipped;

#[test]
fn scenarios_from_memory_are_those_from_disk() {
    let given = shipped::files().map(|file| {
        let bytes = fs::read(shipped::at(file)).unwrap();
        (Path::new("scenarios").join(file), bytes)
    });
    let given: Vec<(PathBuf, Vec<u8>)> = given.collect();
    let files = Files::alone(given);
    for name in [
        "referentie.toml",
        "voorbeelden/eigen_vorm.toml",
        "aannamesets.toml",
    ] {
        let changes = Changes::default();
        let mut on_disk = load(&shipped::at(name), &changes).expect("it ships");
        let mut in_memory =
            load_from(&Path::new("scenarios").join(name), &files, &changes).unwrap();
        // Warnings say where a file is, from where somebody stands.
        on_disk.warnings.clear();
        in_memory.warnings.clear();
        assert_eq!(in_memory, on_disk, "{name}");
    }
}

#[test]
fn what_is_not_given_is_not_looked_for_on_disk() {
    let path = Path::new("scenarios/referentie.toml");
    let text = fs::read(path).unwrap();
    let files = Files::alone([(path.to_owned(), text)]);
    let log = load_from(path, &files, &Changes::default()).unwrap_err();
    assert!(log.to_string().contains("evidence.toml"), "{log}");
    let log = load_from(path, &Files::alone([]), &Changes::default()).unwrap_err();
    assert!(log.to_string().contains("there is no such file"), "{log}");
}
