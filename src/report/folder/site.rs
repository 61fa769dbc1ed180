//! The place of a run, and what may be done with what stands there.

use std::ffi::OsString;
use std::fs;
use std::io::ErrorKind;
use std::path::{Path, PathBuf};

use super::deed;
use super::folder_error::{FolderError, disk};
use super::lock::Lock;
use super::manifest::{MOST_BYTES, Manifest};
use super::staging::Staging;
use super::written::{carry_over, has_tables};
use crate::report::record::name::MANIFEST;
use crate::scenario::{Scenario, read_plain_text};

/// Name of the run folder while it is written.
pub(crate) const NEW: &str = "run";
/// Name of an earlier run while it steps aside.
pub(crate) const OLD: &str = "earlier";

/// What may be done with earlier work that stands where a run should come.
#[derive(Clone, Copy, PartialEq, Eq, Default, Debug)]
pub struct Earlier {
    /// Whether its finished passes are taken over.
    pub is_resumed: bool,
    /// Whether it may be replaced, finished or not.
    pub is_replaced: bool,
}

/// Where a run folder was put.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct Placed {
    /// The folder.
    pub path: PathBuf,
    /// Whether an earlier run of the same scenario made place for it.
    pub is_replacement: bool,
    /// What was in that and is not this program's: it is in the new one now.
    pub own: Vec<PathBuf>,
}

/// Where a run comes, and beside it where everything stands that is not yet the run.
#[derive(Debug)]
pub(crate) struct Site<'a> {
    pub(crate) path: PathBuf,
    pub(crate) partial: PathBuf,
    scenario: &'a Scenario,
    pub(crate) earlier: Earlier,
}

impl<'a> Site<'a> {
    /// The place at a path, which must have a name.
    pub(crate) fn of(
        path: &Path,
        scenario: &'a Scenario,
        earlier: Earlier,
    ) -> Result<Self, FolderError> {
        let Some(name) = path.file_name() else {
            return Err(FolderError::NoName(path.to_owned()));
        };
        let name: OsString = [name, ".partial".as_ref()].into_iter().collect();
        Ok(Site {
            path: path.to_owned(),
            partial: path.with_file_name(name),
            scenario,
            earlier,
        })
    }

    /// Looks at the place: whether a finished run is there that may be replaced.
    pub(crate) fn look(&self) -> Result<bool, FolderError> {
        match fs::symlink_metadata(&self.path) {
            Err(error) if error.kind() == ErrorKind::NotFound => Ok(false),
            Err(error) => Err(disk("look at", &self.path)(error)),
            Ok(_) if !self.holds(Manifest::is_of_scenario) => Err(FolderError::Foreign {
                path: self.path.clone(),
                key: self.scenario.key.clone(),
            }),
            Ok(_) if self.earlier.is_replaced => Ok(true),
            // Ended between the last two steps of writing: it is the run itself.
            Ok(_) if self.earlier.is_resumed && self.holds(Manifest::is_of_run) => Ok(true),
            Ok(_) => Err(FolderError::Finished(self.path.clone())),
        }
    }

    /// Whether a run is there of which the manifest says so of the scenario. A manifest alone does
    /// not make a folder this program's.
    pub(crate) fn holds(&self, says: fn(&str, &Scenario) -> bool) -> bool {
        let text = read_plain_text(&self.path.join(MANIFEST), MOST_BYTES);
        text.is_ok_and(|text| says(&text, self.scenario)) && has_tables(&self.path)
    }

    /// Goes on with what a program was doing when it ended: an earlier run that had stepped aside
    /// comes back if nothing has come in its place, and goes if the new one has.
    pub(crate) fn settle(&self) -> Result<Vec<PathBuf>, FolderError> {
        let old = self.partial.join(OLD);
        if fs::symlink_metadata(&old).is_err() {
            return Ok(Vec::new());
        }
        if fs::symlink_metadata(&self.path).is_err() {
            deed::rename(&old, &self.path).map_err(disk("put back", &self.path))?;
            return Ok(Vec::new());
        }
        match self.holds(Manifest::is_of_scenario) {
            true => carry_over(&old, &self.path).map_err(disk("empty", &old)),
            // Somebody has put something else there: then it is the only one.
            false => Ok(Vec::new()),
        }
    }

    /// Puts a folder in its place, and looks whether it stands there as it should; an earlier run steps
    /// aside for it, and comes back if it does not.
    pub(crate) fn put(
        &self,
        new: Staging,
        is_right: impl FnOnce(&Path) -> Result<(), FolderError>,
    ) -> Result<Placed, FolderError> {
        let is_replacement = self.look()?;
        let (path, old) = (&self.path, self.partial.join(OLD));
        if is_replacement {
            deed::rename(path, &old).map_err(disk("move", path))?;
        }
        if let Err(error) = new.put_at(path) {
            self.settle()?;
            return Err(error);
        }
        if let Err(error) = is_right(path) {
            let aside = self.partial.join(NEW);
            deed::rename(path, &aside).map_err(disk("move", path))?;
            self.settle()?;
            return Err(error);
        }
        Ok(Placed {
            path: path.clone(),
            is_replacement,
            own: self.settle()?,
        })
    }

    /// Takes the place for this program alone; the folder above it is made.
    pub(crate) fn lock(&self) -> Result<Lock, FolderError> {
        self.lock_by(Lock::alone)
    }

    /// The same, by one of the ways to do so.
    pub(crate) fn lock_by(
        &self,
        way: fn(&Path) -> Result<Lock, FolderError>,
    ) -> Result<Lock, FolderError> {
        if let Some(above) = self
            .path
            .parent()
            .filter(|above| !above.as_os_str().is_empty())
        {
            deed::make_folders(above).map_err(disk("make", above))?;
        }
        way(&self.path)
    }
}
