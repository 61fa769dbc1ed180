//! A folder that is filled, and then put in its place.

use std::io::{self, Write};
use std::path::{Path, PathBuf};

use super::deed::{self, Out};
use super::folder_error::{FolderError, disk};
use super::written::is_written;
use crate::report::folder::sealed::{Meter, Sealed};
use crate::report::record::table::Table;

/// A folder that is being filled; removed unless it is put in its place.
#[derive(Debug)]
pub(crate) struct Staging(PathBuf);

impl Staging {
    /// Makes it anew.
    pub(crate) fn begin(path: PathBuf) -> Result<Self, FolderError> {
        remove_folder(&path)?;
        deed::make_folder(&path).map_err(disk("make", &path))?;
        Ok(Staging(path))
    }

    /// Where it is.
    pub(crate) fn path(&self) -> &Path {
        &self.0
    }

    /// Writes a file, in a folder of its own if its name says so.
    pub(crate) fn write(&self, name: &str, contents: impl AsRef<[u8]>) -> Result<(), FolderError> {
        self.fill(name, |file| file.write_all(contents.as_ref()))
    }

    /// Writes a table, and says what was written.
    pub(crate) fn write_table(&self, table: Table) -> Result<Sealed, FolderError> {
        self.write_table_in("", table)
    }

    /// Writes a table in a folder, whose name ends with a slash.
    pub(crate) fn write_table_in(&self, folder: &str, table: Table) -> Result<Sealed, FolderError> {
        let file = format!("{}.csv", table.name);
        let write = |out: &mut Meter| table.write(out).map_err(io::Error::other);
        let (sealed, _) = self.measured(&format!("{folder}{file}"), write)?;
        Ok(Sealed { file, ..sealed })
    }

    /// Writes a file, and says what was written, and how many bytes.
    pub(crate) fn measured(
        &self,
        name: &str,
        write: impl FnOnce(&mut Meter) -> io::Result<()>,
    ) -> Result<(Sealed, u64), FolderError> {
        let mut measured = None;
        self.fill(name, |file| {
            let mut out = Meter::of(file);
            write(&mut out)?;
            measured = Some(out.measured(name)?);
            Ok(())
        })?;
        Ok(measured.expect("measured when it was filled"))
    }

    /// Renames it.
    pub(crate) fn put_at(self, path: &Path) -> Result<(), FolderError> {
        deed::rename(&self.0, path).map_err(disk("make", path))?;
        if let Some(above) = path.parent() {
            deed::sync_folder(above);
        }
        Ok(())
    }

    /// Writes down to the disk itself: the passes behind a file are removed soon after.
    pub(crate) fn fill(
        &self,
        name: &str,
        write: impl FnOnce(&mut Out) -> io::Result<()>,
    ) -> Result<(), FolderError> {
        debug_assert!(
            is_written(Path::new(name)),
            "{name} is not among the names that are known to be the program's"
        );
        let path = self.0.join(name);
        let written = || {
            deed::make_folders(path.parent().unwrap_or(&self.0))?;
            let mut file = Out::create(&path)?;
            write(&mut file)?;
            file.sync()
        };
        written().map_err(disk("write", &path))
    }
}

impl Drop for Staging {
    fn drop(&mut self) {
        // Gone already if it was put in its place; nothing to do if it will not go.
        let _ = deed::remove_folder(&self.0);
    }
}

/// Removes a folder with all that is in it, if it is there.
pub(crate) fn remove_folder(path: &Path) -> Result<(), FolderError> {
    deed::remove_folder(path).map_err(disk("remove", path))
}
