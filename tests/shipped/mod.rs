//! The shipped scenarios, by a list: whoever works here has files of their own beside them.
// Every test program is one of its own and uses a part of this.
#![allow(dead_code)]

use std::fs;
use std::path::{Path, PathBuf};

/// Every file of `scenarios/` that ships, as paths from there.
pub fn files() -> impl Iterator<Item = &'static str> {
    include_str!("files.txt").lines()
}

/// Where a shipped file stands.
pub fn at(file: &str) -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR"))
        .join("scenarios")
        .join(file)
}

/// Copies every shipped file to a folder that a test may spoil, which is made if need be.
pub fn copy_to(folder: &Path) {
    for file in files() {
        let to = folder.join(file);
        fs::create_dir_all(to.parent().unwrap()).unwrap();
        fs::copy(at(file), to).unwrap();
    }
}

/// The same, with a comparison with hours as they are assigned: for tests of other things, which need not wait for work to
/// be found first.
pub fn copy_plain_to(folder: &Path) {
    copy_to(folder);
    let comparison = folder.join("vergelijking.toml");
    let text = fs::read_to_string(&comparison).unwrap();
    let (plain, ways) = text.split_once("\n[staffing]\n").unwrap();
    assert!(ways.contains("by_work"), "{ways}");
    // Then it is the relay itself that has today's hours.
    let form = ", \"uren_van_nu\"";
    assert!(plain.contains(form), "{plain}");
    fs::write(comparison, plain.replace(form, "")).unwrap();
}
