//! Single files that belong to no run folder.

use std::fs::{self, OpenOptions};
use std::io::{self, ErrorKind, Write};
use std::path::{Path, PathBuf};

/// Why a file was not written.
#[derive(Debug, thiserror::Error)]
pub enum WriteError {
    /// Something is there already.
    #[error("{} is there already, and is left as it is: give another name", .0.display())]
    Exists(PathBuf),
    /// The disk does not do what it is asked.
    #[error("cannot write {}: {source}", path.display())]
    Disk {
        /// What was to be written.
        path: PathBuf,
        /// Why it was not.
        source: io::Error,
    },
}

/// Writes a file that is not there yet.
///
/// # Errors
///
/// When anything is there, or the disk fails.
pub fn write_new(path: &Path, text: &str) -> Result<(), WriteError> {
    let disk = |source| WriteError::Disk {
        path: path.to_owned(),
        source,
    };
    let file = OpenOptions::new().write(true).create_new(true).open(path);
    let mut file = file.map_err(|error| match error.kind() {
        ErrorKind::AlreadyExists => WriteError::Exists(path.to_owned()),
        _ => disk(error),
    })?;
    file.write_all(text.as_bytes()).map_err(disk)
}

/// Writes files to a folder, which is made if need be; those of the same names are replaced.
///
/// # Errors
///
/// When the disk fails.
pub fn write_all(folder: &Path, files: &[(String, Vec<u8>)]) -> Result<(), WriteError> {
    let disk = |path: &Path| {
        let path = path.to_owned();
        |source| WriteError::Disk { path, source }
    };
    fs::create_dir_all(folder).map_err(disk(folder))?;
    for (name, bytes) in files {
        let path = folder.join(name);
        fs::write(&path, bytes).map_err(disk(&path))?;
    }
    Ok(())
}
