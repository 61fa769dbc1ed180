//! A copy of the shipped scenarios that a test may spoil.

use std::fs;
use std::path::{Path, PathBuf};

use tempfile::TempDir;

/// The copy; it is removed with this value.
pub struct Shipped(TempDir);

impl Shipped {
    /// A copy of everything in `scenarios/`.
    pub fn new() -> Self {
        let copy = tempfile::tempdir().unwrap();
        let shipped = Path::new(env!("CARGO_MANIFEST_DIR")).join("scenarios");
        copy_folder(&shipped, copy.path());
        Shipped(copy)
    }

    /// The path of one of its files.
    pub fn path(&self, file: &str) -> PathBuf {
        self.0.path().canonicalize().unwrap().join(file)
    }
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
