//! Single files that belong to no run folder.

use std::ffi::OsString;
use std::fs;
use std::io::{self, ErrorKind, Write};
use std::path::{Path, PathBuf};

use super::deed::{self, Out};
use super::folder_error::FolderError;
use super::lock::Lock;
use crate::report::Lang;
use crate::scenario::{Said, said};

/// Why a file was not written.
#[derive(Debug, thiserror::Error)]
#[error("{}", self.said().text(Lang::En))]
pub enum WriteError {
    /// Something is there already.
    Exists(PathBuf),
    /// Another program has it.
    Busy(PathBuf),
    /// The disk does not do what it is asked.
    Disk {
        /// What was to be written.
        path: PathBuf,
        /// Why it was not.
        source: io::Error,
    },
}

impl WriteError {
    /// What it says.
    pub fn said(&self) -> Said {
        match self {
            WriteError::Exists(path) => said!(
                "{} is there already, and is left as it is: give another name",
                path.display()
            ),
            WriteError::Busy(path) => said!(
                "{} is in use: another rvtsim is writing it\n\
                 wait until that is done, or name another place",
                path.display()
            ),
            WriteError::Disk { path, source } => {
                said!("cannot write {}: {}", path.display(), Said::of(source))
            }
        }
    }
}

/// A file that is not there yet, written beside its place until it is whole: `NAME.new`.
#[derive(Debug)]
pub struct NewFile {
    path: PathBuf,
    beside: PathBuf,
    out: Out,
    _lock: Lock,
}

impl NewFile {
    /// Begins one.
    ///
    /// # Errors
    ///
    /// When anything is at its place, another program is writing it, or the disk fails.
    pub fn begin(path: &Path) -> Result<Self, WriteError> {
        let lock = Lock::alone(path).map_err(|error| match error {
            FolderError::Disk { .. } if fs::symlink_metadata(path).is_ok() => {
                WriteError::Exists(path.to_owned())
            }
            FolderError::Disk { source, .. } => disk(path)(source),
            _ => WriteError::Busy(path.to_owned()),
        })?;
        let name = path.file_name().unwrap_or_default();
        let name: OsString = [name, ".new".as_ref()].into_iter().collect();
        let beside = path.with_file_name(name);
        // Of a program that was killed. It may be the file itself under its other name, so it is not written to.
        match deed::remove_file(&beside) {
            Err(error) if error.kind() != ErrorKind::NotFound => return Err(disk(&beside)(error)),
            _ => {}
        }
        if fs::symlink_metadata(path).is_ok() {
            return Err(WriteError::Exists(path.to_owned()));
        }
        Ok(NewFile {
            path: path.to_owned(),
            out: Out::create_new(&beside).map_err(disk(&beside))?,
            beside,
            _lock: lock,
        })
    }

    /// Gives it its name.
    ///
    /// # Errors
    ///
    /// When something has come to its place meanwhile, or the disk fails.
    pub fn place(self) -> Result<(), WriteError> {
        let path = &self.path;
        self.out.sync().map_err(disk(path))?;
        deed::rename_new(&self.beside, path).map_err(|error| match error.kind() {
            ErrorKind::AlreadyExists => WriteError::Exists(path.clone()),
            _ => disk(path)(error),
        })
    }
}

impl Write for NewFile {
    fn write(&mut self, bytes: &[u8]) -> io::Result<usize> {
        self.out.write(bytes)
    }

    fn flush(&mut self) -> io::Result<()> {
        self.out.flush()
    }
}

impl Drop for NewFile {
    fn drop(&mut self) {
        // Gone already if it has its name.
        let _ = deed::remove_file(&self.beside);
    }
}

/// Writes a file that is not there yet, whole or not at all.
///
/// # Errors
///
/// When anything is there, or the disk fails.
pub fn write_new(path: &Path, text: &str) -> Result<(), WriteError> {
    let mut file = NewFile::begin(path)?;
    file.write_all(text.as_bytes()).map_err(disk(path))?;
    file.place()
}

/// Writes files to a folder, which is made if need be; those of the same names are replaced, each in
/// one step.
///
/// # Errors
///
/// When the disk fails.
pub fn write_all(folder: &Path, files: &[(String, Vec<u8>)]) -> Result<(), WriteError> {
    deed::make_folders(folder).map_err(disk(folder))?;
    for (name, bytes) in files {
        let path = folder.join(name);
        let beside = folder.join(format!("{name}.new"));
        let written = || {
            let mut file = Out::create(&beside)?;
            file.write_all(bytes)?;
            file.sync()?;
            deed::rename(&beside, &path)
        };
        written().map_err(|error| {
            let _ = deed::remove_file(&beside);
            disk(&path)(error)
        })?;
    }
    Ok(())
}

fn disk(path: &Path) -> impl FnOnce(io::Error) -> WriteError {
    let path = path.to_owned();
    |source| WriteError::Disk { path, source }
}
