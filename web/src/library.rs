//! The library of files that ships in the page, and the scenario of whoever uses it.

use std::path::{Path, PathBuf};

use rvtsim::scenario::Files;

/// The folder of the library, as it is on disk.
const FOLDER: &str = "scenarios";

/// Every file by its path in the folder.
const SHIPPED: &[(&str, &[u8])] = include!(concat!(env!("OUT_DIR"), "/library.rs"));

/// The path of a file in the library.
pub(crate) fn place(name: &str) -> PathBuf {
    Path::new(FOLDER).join(name)
}

/// The shipped files, and these before them.
pub(crate) fn with(own: &[(String, String)]) -> Files {
    let shipped = SHIPPED.iter();
    let shipped = shipped.map(|&(name, bytes)| (place(name), bytes.to_vec()));
    let own = own.iter();
    let own = own.map(|(name, text)| (place(name), text.clone().into_bytes()));
    Files::alone(shipped.chain(own))
}

/// The names of the shipped files in a folder of the library, without the ending of TOML files.
pub(crate) fn names(folder: &str) -> Vec<&'static str> {
    let names = SHIPPED.iter().map(|&(name, _)| name);
    let inside = names.filter_map(|name| match folder {
        "" => Some(name),
        folder => name.strip_prefix(folder)?.strip_prefix('/'),
    });
    let names = inside.filter_map(|name| name.strip_suffix(".toml"));
    names.filter(|name| !name.contains('/')).collect()
}
