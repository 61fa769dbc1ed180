//! The folder `weighing` in a run folder.

use std::path::{Path, PathBuf};

use super::manifest::WeighingManifest;
use super::reading::Weighed;
use super::weigh::Weighing;
use crate::report::folder::folder_error::disk;
use crate::report::folder::manifest::Input;
use crate::report::folder::sealed::hash_of;
use crate::report::record::name::{MANIFEST, WEIGHING};
use crate::report::{FolderError, Renewal, Run, Table};
use crate::scenario::{Folder, Framework, harmless};

/// The tables of a sweep that is weighed with, as they are when it is read.
pub struct WeighedSweep {
    folder: PathBuf,
    tables: Vec<Input>,
}

impl WeighedSweep {
    /// Those in a folder.
    ///
    /// # Errors
    ///
    /// When they cannot be read.
    pub fn of(folder: &Path) -> Result<Self, FolderError> {
        let tables = ["design.csv", "results.csv"].map(|name| {
            let path = folder.join(name);
            Ok(Input {
                file: name.to_owned(),
                sha256: hash_of(&path).map_err(disk("read", &path))?,
            })
        });
        Ok(WeighedSweep {
            folder: folder.to_owned(),
            tables: tables.into_iter().collect::<Result<_, FolderError>>()?,
        })
    }
}

/// What was made by weighing a run.
pub struct WeighingFiles<'a> {
    /// What forms were weighed by.
    pub framework: &'a Framework,
    /// With which sweep.
    pub sweep: Option<WeighedSweep>,
    /// What came out.
    pub weighing: &'a Weighing,
    /// The same as tables.
    pub tables: Vec<Table<'a>>,
    /// What the terminal shows.
    pub page: &'a str,
}

/// Writes a weighing beside what else of its run is made anew, and reads it back.
///
/// # Errors
///
/// When the disk fails, or the run or the sweep is no longer what was weighed.
pub(crate) fn stage_weighing(
    renewal: &Renewal,
    run: &Run,
    files: WeighingFiles,
) -> Result<Option<Weighed>, FolderError> {
    let is_still = |sweep: &WeighedSweep| {
        WeighedSweep::of(&sweep.folder).is_ok_and(|now| now.tables == sweep.tables)
    };
    if let Some(other) = files.sweep.as_ref().filter(|sweep| !is_still(sweep)) {
        return Err(FolderError::Replaced(other.folder.clone()));
    }
    let path = run.folder.join(MANIFEST);
    let of_run = hash_of(&path).map_err(disk("read", &path))?;
    let sweep = files.sweep.map(|sweep| sweep.tables);
    let (framework, weighing) = (files.framework, files.weighing);
    let new = renewal.staging();
    let tables = files.tables.into_iter();
    let written = tables.map(|table| new.write_table_in("weighing/", table));
    let written = written.collect::<Result<_, _>>()?;
    let manifest = WeighingManifest::of(of_run, written, run.seed(), framework, sweep, weighing);
    new.write("weighing/weighing.txt", &*harmless(files.page))?;
    new.write("weighing/manifest.json", manifest.to_json())?;
    let folder = Folder::on_disk(&new.path().join(WEIGHING));
    Ok(Weighed::read(run, &folder)?)
}
