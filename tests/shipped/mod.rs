//! A copy of the shipped scenarios that a test may spoil.

use std::fs;
use std::path::Path;

/// Copies everything in `scenarios/` to a folder, which is made if need be.
pub fn copy_to(folder: &Path) {
    let shipped = Path::new(env!("CARGO_MANIFEST_DIR")).join("scenarios");
    copy_folder(&shipped, folder);
}

fn copy_folder(from: &Path, to: &Path) {
    fs::create_dir_all(to).unwrap();
    for entry in fs::read_dir(from).unwrap() {
        let path = entry.unwrap().path();
        let to = to.join(path.file_name().unwrap());
        match path.is_dir() {
            true => copy_folder(&path, &to),
            false => drop(fs::copy(&path, to).unwrap()),
        }
    }
}
