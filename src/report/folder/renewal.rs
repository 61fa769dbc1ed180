//! A part of a run folder that is made anew: a weighing, a page and its figures.

use std::fs;
use std::path::{Path, PathBuf};

use sha2::{Digest, Sha256};

use super::deed;
use super::folder_error::{FolderError, disk};
use super::lock::Lock;
use super::manifest::Manifest;
use super::staging::{Staging, remove_folder};
use super::written::{carry_over, is_number};
use crate::report::record::name::MANIFEST;
use crate::scenario::Folder;

/// What is being written.
const NEW: &str = "renewal.new";
/// What has been written, and is on its way to its place.
const READY: &str = "renewal";
/// What it comes in place of.
const OLD: &str = "renewal.old";
/// Their names.
pub(crate) const RENEWALS: [&str; 3] = [NEW, READY, OLD];

/// Files that come into a run folder together.
///
/// They are written aside, in a folder in the run's own, and that is renamed once all are there: from
/// then on they are the run's, and if the program ends before each stands in its place, the next
/// one that writes to the run goes on with that. Whatever the folder held under the same names goes, but for what is
/// somebody's own. While it lasts nobody else writes to the run; and if all the same another run
/// has come to its place, nothing is written.
#[derive(Debug)]
pub struct Renewal {
    folder: PathBuf,
    /// SHA-256 of the manifest of the run.
    run: [u8; 32],
    new: Staging,
    _lock: Lock,
}

impl Renewal {
    /// Begins to make something of the run in a folder.
    ///
    /// # Errors
    ///
    /// When the folder holds no run, another program writes to it, or the disk fails.
    pub fn begin(folder: &Path) -> Result<Self, FolderError> {
        Manifest::read(&Folder::on_disk(folder))?;
        let lock = Lock::within(folder)?;
        settle(folder)?;
        Ok(Renewal {
            folder: folder.to_owned(),
            run: hash(folder)?,
            new: Staging::begin(folder.join(NEW))?,
            _lock: lock,
        })
    }

    /// The folder of the run.
    pub(crate) fn folder(&self) -> &Path {
        &self.folder
    }

    /// Where the files are until they come to their place.
    pub(crate) fn staging(&self) -> &Staging {
        &self.new
    }

    /// Puts everything in its place.
    pub(crate) fn place(self) -> Result<(), FolderError> {
        match hash(&self.folder) {
            Ok(run) if run == self.run => {}
            _ => return Err(FolderError::Replaced(self.folder)),
        }
        self.new.put_at(&self.folder.join(READY))?;
        settle(&self.folder)
    }
}

/// Puts what is ready in its place, and removes what is left of others.
fn settle(folder: &Path) -> Result<(), FolderError> {
    let moved = || {
        let (ready, old) = (folder.join(READY), folder.join(OLD));
        if ready.exists() {
            for entry in fs::read_dir(&ready)? {
                let (from, to) = {
                    let entry = entry?;
                    (entry.path(), folder.join(entry.file_name()))
                };
                if from.is_dir() && to.is_dir() {
                    deed::make_folders(&old)?;
                    let aside = old.join(to.file_name().unwrap_or_default());
                    deed::rename(&to, &aside)?;
                }
                deed::rename(&from, &to)?;
            }
            deed::remove_empty(&ready)?;
        }
        if old.exists() {
            carry_over(&old, folder)?;
        }
        // What an earlier build left when it was killed.
        for entry in fs::read_dir(folder)? {
            let path = entry?.path();
            let ending = path.extension().and_then(|ending| ending.to_str());
            let is_left = ending.and_then(|ending| ending.strip_prefix("new-"));
            if is_left.is_some_and(is_number) && path.is_file() {
                deed::remove_file(&path)?;
            }
        }
        Ok(())
    };
    for name in [NEW, "weighing.new"] {
        remove_folder(&folder.join(name))?;
    }
    moved().map_err(disk("settle", folder))
}

fn hash(folder: &Path) -> Result<[u8; 32], FolderError> {
    let path = folder.join(MANIFEST);
    let bytes = fs::read(&path).map_err(disk("read", &path))?;
    Ok(Sha256::digest(bytes).into())
}
