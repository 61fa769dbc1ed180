//! A folder that is filled, and then put in its place.

use std::fs::{self, File};
use std::io::{self, ErrorKind, Write};
use std::path::{Path, PathBuf};

use super::Table;
use super::folder_error::{FolderError, disk};
use super::sealed::{Meter, Sealed};

/// A folder that is being filled; removed unless it is put in its place.
pub(super) struct Staging(PathBuf);

impl Staging {
    /// Makes it anew.
    pub(super) fn begin(path: PathBuf) -> Result<Self, FolderError> {
        remove_folder(&path)?;
        fs::create_dir(&path).map_err(disk("make", &path))?;
        Ok(Staging(path))
    }

    /// Where it is.
    pub(super) fn path(&self) -> &Path {
        &self.0
    }

    /// Writes a file, in a folder of its own if its name says so.
    pub(super) fn write(&self, name: &str, contents: impl AsRef<[u8]>) -> Result<(), FolderError> {
        self.fill(name, |mut file| file.write_all(contents.as_ref()))
    }

    /// Writes a table, and says what was written.
    pub(super) fn write_table(&self, table: Table) -> Result<Sealed, FolderError> {
        let name = format!("{}.csv", table.name);
        let write = |out: &mut Meter| table.write(out).map_err(io::Error::other);
        self.measured(&name, write).map(|(sealed, _)| sealed)
    }

    /// Writes a file, and says what was written, and how many bytes.
    pub(super) fn measured(
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
    pub(super) fn put_at(self, path: &Path) -> Result<(), FolderError> {
        fs::rename(&self.0, path).map_err(disk("make", path))
    }

    /// Writes down to the disk itself: the passes behind a file are removed soon after.
    pub(super) fn fill(
        &self,
        name: &str,
        write: impl FnOnce(&File) -> io::Result<()>,
    ) -> Result<(), FolderError> {
        let path = self.0.join(name);
        let written = || {
            fs::create_dir_all(path.parent().unwrap_or(&self.0))?;
            let file = File::create(&path)?;
            write(&file)?;
            file.sync_all()
        };
        written().map_err(disk("write", &path))
    }
}

impl Drop for Staging {
    fn drop(&mut self) {
        // Gone already if it was put in its place; nothing to do if it will not go.
        let _ = fs::remove_dir_all(&self.0);
    }
}

/// Removes a folder with all that is in it, if it is there.
pub(super) fn remove_folder(path: &Path) -> Result<(), FolderError> {
    match fs::remove_dir_all(path) {
        Err(error) if error.kind() != ErrorKind::NotFound => Err(disk("remove", path)(error)),
        _ => Ok(()),
    }
}
