//! A run folder: written as a whole, or not at all.

use std::fs;
use std::io;
use std::path::{Path, PathBuf};

use super::manifest::PROGRAM;
use super::{Manifest, Table};

/// Name of the file by which a run folder is known.
pub(super) const MANIFEST: &str = "manifest.json";

/// Why a run folder cannot be written.
#[derive(Debug, thiserror::Error)]
pub enum FolderError {
    /// The path names no folder that could be made.
    #[error("{} cannot be a run folder: give it a name of its own, such as results/proef", .0.display())]
    NoName(PathBuf),
    /// Something else is there.
    #[error(
        "{} is there already and holds no run of scenario {key}: it is left as it is\nwrite to another folder with --out DIR, or remove it yourself",
        path.display()
    )]
    Foreign {
        /// What is there.
        path: PathBuf,
        /// The scenario of which it should have held a run.
        key: String,
    },
    /// The disk does not do what it is asked.
    #[error("cannot {deed} {}: {source}", path.display())]
    Disk {
        /// What was to be done.
        deed: &'static str,
        /// To what.
        path: PathBuf,
        /// Why it was not.
        source: io::Error,
    },
}

impl FolderError {
    /// Whether the user asked for something that cannot be, rather than the
    /// disk failing him.
    pub fn is_request(&self) -> bool {
        !matches!(self, FolderError::Disk { .. })
    }
}

/// A file of text in a run folder, other than a table.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct File {
    /// Its name, with its ending.
    pub name: &'static str,
    /// What stands in it.
    pub text: String,
}

/// Where a run folder was put.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct Placed {
    /// The folder.
    pub path: PathBuf,
    /// Whether an earlier run of the same scenario made place for it.
    pub is_replacement: bool,
}

/// The place of a run folder, looked at before the run so that hours of work
/// do not end at a closed door.
///
/// Everything is written to a sibling, `.NAME.new-PID`, which is renamed when
/// it is complete. An existing folder is replaced only if its `manifest.json`
/// says that this program made it from a scenario of the same key; it then
/// steps aside as `.NAME.old-PID` and is removed, with all that is in it.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct RunFolder {
    path: PathBuf,
    key: String,
    is_replacement: bool,
}

impl RunFolder {
    /// Looks whether a run of the scenario `key` can be put at `path`.
    ///
    /// # Errors
    ///
    /// When something else is there, or nothing can be written beside it.
    pub fn claim(path: &Path, key: &str) -> Result<Self, FolderError> {
        if path.file_name().is_none() {
            return Err(FolderError::NoName(path.to_owned()));
        }
        let is_replacement = match fs::symlink_metadata(path) {
            Ok(_) if is_run_of(path, key) => true,
            Ok(_) => {
                return Err(FolderError::Foreign {
                    path: path.to_owned(),
                    key: key.to_owned(),
                });
            }
            Err(error) if error.kind() == io::ErrorKind::NotFound => false,
            Err(error) => return Err(disk("look at", path)(error)),
        };
        let folder = RunFolder {
            path: path.to_owned(),
            key: key.to_owned(),
            is_replacement,
        };
        // Made and removed: only to learn whether it can be made.
        Staging::begin(&folder).map(drop)?;
        Ok(folder)
    }

    /// Writes everything, and puts it in its place.
    ///
    /// # Errors
    ///
    /// When the disk fails, or something else has come to the place since it
    /// was claimed. Then nothing is left behind and what was there is unharmed.
    pub fn write(
        self,
        manifest: &Manifest,
        scenario_toml: &str,
        tables: Vec<Table>,
        files: &[File],
    ) -> Result<Placed, FolderError> {
        let staging = Staging::begin(&self)?;
        for table in tables {
            write_table(&staging.path.join(format!("{}.csv", table.name)), table)?;
        }
        for file in files {
            write_text(&staging.path.join(file.name), &file.text)?;
        }
        write_text(&staging.path.join("scenario.toml"), scenario_toml)?;
        // Last, so that a folder with a manifest is complete.
        write_text(&staging.path.join(MANIFEST), &manifest.to_json())?;
        let folder = RunFolder::claim_again(self)?;
        staging.put_at(&folder)?;
        Ok(Placed {
            path: folder.path,
            is_replacement: folder.is_replacement,
        })
    }

    /// The same place, as it is now.
    fn claim_again(self) -> Result<Self, FolderError> {
        let is_there = fs::symlink_metadata(&self.path).is_ok();
        if is_there && !is_run_of(&self.path, &self.key) {
            return Err(FolderError::Foreign {
                path: self.path,
                key: self.key,
            });
        }
        Ok(RunFolder {
            is_replacement: is_there,
            ..self
        })
    }

    /// A hidden name beside the folder.
    fn sibling(&self, end: &str) -> PathBuf {
        let name = self.path.file_name().unwrap_or_default();
        let name = format!(".{}.{end}-{}", name.to_string_lossy(), std::process::id());
        self.path.with_file_name(name)
    }
}

/// Whether a folder holds a run that this program made of a scenario.
fn is_run_of(path: &Path, key: &str) -> bool {
    let Ok(text) = fs::read_to_string(path.join(MANIFEST)) else {
        return false;
    };
    serde_json::from_str::<serde_json::Value>(&text)
        .is_ok_and(|found| found["program"] == PROGRAM && found["scenario"]["key"] == key)
}

/// A folder that is being filled; removed unless it is put in its place.
struct Staging {
    path: PathBuf,
}

impl Staging {
    fn begin(folder: &RunFolder) -> Result<Self, FolderError> {
        if let Some(parent) = folder.path.parent() {
            fs::create_dir_all(parent).map_err(disk("make", parent))?;
        }
        let path = folder.sibling("new");
        fs::create_dir(&path).map_err(disk("make", &path))?;
        Ok(Staging { path })
    }

    /// Renames it; what was there steps aside first, and back if that fails.
    fn put_at(self, folder: &RunFolder) -> Result<(), FolderError> {
        let target = &folder.path;
        if !folder.is_replacement {
            return fs::rename(&self.path, target).map_err(disk("make", target));
        }
        let old = folder.sibling("old");
        fs::rename(target, &old).map_err(disk("move", target))?;
        if let Err(error) = fs::rename(&self.path, target) {
            fs::rename(&old, target).map_err(disk("put back", target))?;
            return Err(disk("make", target)(error));
        }
        fs::remove_dir_all(&old).map_err(disk("remove", &old))
    }
}

impl Drop for Staging {
    fn drop(&mut self) {
        // Gone already if it was put in its place; nothing to do if it will not go.
        let _ = fs::remove_dir_all(&self.path);
    }
}

fn write_table(path: &Path, table: Table) -> Result<(), FolderError> {
    let written = || table.write(fs::File::create(path)?);
    written().map_err(|error| disk("write", path)(io::Error::other(error)))
}

fn write_text(path: &Path, text: &str) -> Result<(), FolderError> {
    fs::write(path, text).map_err(disk("write", path))
}

pub(super) fn disk<'a>(
    deed: &'static str,
    path: &'a Path,
) -> impl FnOnce(io::Error) -> FolderError + 'a {
    move |source| FolderError::Disk {
        deed,
        path: path.to_owned(),
        source,
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::experiment::fixture::{outcome, scenario};
    use crate::experiment::warnings;
    use crate::report::tables;

    fn write(path: &Path) -> Result<Placed, FolderError> {
        let scenario = scenario(1);
        let outcome = outcome(&scenario);
        let manifest = Manifest::of(&scenario, &outcome, &warnings(&scenario, &outcome));
        let folder = RunFolder::claim(path, &scenario.key)?;
        let tables = tables(&scenario, &outcome);
        folder.write(&manifest, "x = 1\n", tables, &[])
    }

    fn names(path: &Path) -> Vec<String> {
        let entries = fs::read_dir(path).unwrap();
        let name = |entry: io::Result<fs::DirEntry>| entry.unwrap().file_name();
        let mut names: Vec<_> = entries
            .map(|entry| name(entry).into_string().unwrap())
            .collect();
        names.sort();
        names
    }

    #[test]
    fn an_earlier_run_of_the_scenario_is_replaced_and_nothing_is_left_beside_it() {
        let home = tempfile::tempdir().unwrap();
        let path = home.path().join("deep/run");
        assert!(!write(&path).unwrap().is_replacement);
        fs::write(path.join("stray.csv"), "old").unwrap();
        assert!(write(&path).unwrap().is_replacement);
        assert_eq!(
            names(&path),
            [
                "columns.csv",
                "evidence.csv",
                "kpis.csv",
                "manifest.json",
                "paired.csv",
                "replications.csv",
                "routes.csv",
                "scenario.toml",
                "series.csv",
                "teams.csv",
                "warm_up.csv"
            ]
        );
        assert_eq!(names(&home.path().join("deep")), ["run"]);
    }

    #[test]
    fn a_folder_of_something_else_is_left_alone() {
        let home = tempfile::tempdir().unwrap();
        for manifest in [
            None,
            Some("{}"),
            Some("[1]"),
            Some("{\"program\": \"rvtsim\"}"),
        ] {
            let path = home.path().join("mine");
            fs::create_dir_all(&path).unwrap();
            fs::write(path.join("letter.txt"), "dear").unwrap();
            if let Some(text) = manifest {
                fs::write(path.join(MANIFEST), text).unwrap();
            }
            let error = write(&path).unwrap_err();
            assert!(matches!(error, FolderError::Foreign { .. }), "{error}");
            assert!(error.is_request());
            assert_eq!(fs::read_to_string(path.join("letter.txt")).unwrap(), "dear");
            assert_eq!(names(home.path()), ["mine"]);
        }
    }

    #[test]
    fn a_path_without_a_name_is_refused() {
        for path in ["/", "..", "a/.."] {
            let error = RunFolder::claim(Path::new(path), "x").unwrap_err();
            assert!(matches!(error, FolderError::NoName(_)), "{path}: {error}");
        }
    }
}
