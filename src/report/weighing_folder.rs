//! The folder `weighing` in a run folder.

use std::path::{Path, PathBuf};

use serde::Serialize;
use sha2::{Digest, Sha256};

use super::folder_error::{FolderError, disk};
use super::site::MANIFEST;
use super::staging::{Staging, remove_folder};
use super::{Run, Table};
use crate::experiment::Weighing;
use crate::scenario::Framework;

/// Its name.
const WEIGHING: &str = "weighing";
/// Its name while it is filled.
const NEW: &str = "weighing.new";

#[derive(Serialize)]
struct Manifest<'a> {
    program: &'static str,
    version: &'static str,
    /// SHA-256 of the run's own manifest.
    run: String,
    framework: Vec<Input<'a>>,
    sweep: Option<Vec<(&'static str, String)>>,
    seed: u64,
    draws: usize,
}

#[derive(Serialize)]
struct Input<'a> {
    file: &'a str,
    sha256: &'a str,
}

/// Writes tables to the folder `weighing` of a run, in place of an earlier weighing: whole or not
/// at all. Nothing of the run itself is touched.
///
/// # Errors
///
/// When the disk fails. Then an earlier weighing is as it was, unless it had been removed already.
pub fn write_weighing(
    run: &Run,
    framework: &Framework,
    sweep: Option<&Path>,
    weighing: &Weighing,
    tables: Vec<Table>,
    page: &str,
) -> Result<PathBuf, FolderError> {
    let hash = |bytes: &[u8]| -> String { format!("{:x}", Sha256::digest(bytes)) };
    let of_sweep = |name: &'static str| {
        let bytes = sweep.and_then(|folder| std::fs::read(folder.join(name)).ok());
        (name, hash(&bytes.unwrap_or_default()))
    };
    let path = run.path.join(MANIFEST);
    let of_run = std::fs::read(&path).map_err(disk("read", &path))?;
    let manifest = Manifest {
        program: env!("CARGO_PKG_NAME"),
        version: env!("CARGO_PKG_VERSION"),
        run: hash(&of_run),
        framework: framework
            .inputs
            .iter()
            .map(|input| Input {
                file: &input.path,
                sha256: &input.sha256,
            })
            .collect(),
        sweep: sweep.map(|_| ["design.csv", "results.csv"].map(of_sweep).to_vec()),
        seed: run.seed(),
        draws: weighing.n_draws,
    };
    let new = Staging::begin(run.path.join(NEW))?;
    for table in tables {
        new.write_table(table)?;
    }
    new.write("weighing.txt", page)?;
    let json = serde_json::to_string_pretty(&manifest);
    let json = json.expect("a manifest has text keys only") + "\n";
    new.write("manifest.json", &json)?;
    let path = run.path.join(WEIGHING);
    remove_folder(&path)?;
    new.put_at(&path)?;
    Ok(path)
}
