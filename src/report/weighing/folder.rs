//! The folder `weighing` in a run folder.

use std::path::{Path, PathBuf};

use super::super::folder_error::{FolderError, disk};
use super::super::manifest::Input;
use super::super::sealed::hash_of;
use super::super::site::MANIFEST;
use super::super::staging::{Staging, remove_folder};
use super::super::{Run, Table};
use super::manifest::WeighingManifest;
use crate::experiment::Weighing;
use crate::scenario::{Framework, harmless};

/// Its name.
pub(in super::super) const WEIGHING: &str = "weighing";
/// Its name while it is filled.
const NEW: &str = "weighing.new";

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
    let hash = |path: PathBuf| hash_of(&path).map_err(disk("read", &path));
    let of_sweep = |folder: &Path| {
        let tables = ["design.csv", "results.csv"].map(|name| {
            Ok(Input {
                file: name.to_owned(),
                sha256: hash(folder.join(name))?,
            })
        });
        tables
            .into_iter()
            .collect::<Result<Vec<Input>, FolderError>>()
    };
    let sweep = sweep.map(of_sweep).transpose()?;
    let of_run = hash(run.path.join(MANIFEST))?;
    let new = Staging::begin(run.path.join(NEW))?;
    let written = tables.into_iter().map(|table| new.write_table(table));
    let written = written.collect::<Result<_, _>>()?;
    let manifest = WeighingManifest::of(of_run, written, run.seed(), framework, sweep, weighing);
    new.write("weighing.txt", &*harmless(page))?;
    new.write(MANIFEST, manifest.to_json())?;
    let path = run.path.join(WEIGHING);
    remove_folder(&path)?;
    new.put_at(&path)?;
    Ok(path)
}
