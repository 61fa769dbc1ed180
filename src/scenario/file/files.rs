//! Where files are read from: memory, the disk, or memory before the disk.

use std::collections::{BTreeMap, BTreeSet};
use std::io::{self, Cursor, ErrorKind, Read};
use std::path::{Component, Path, PathBuf};
use std::sync::Arc;

use super::plain_file::{open_plain, read_all, text_of, too_large};

/// Files that are given, by their path, and after them those on disk, if it is looked at.
#[derive(Clone, Debug)]
pub struct Files {
    given: Arc<BTreeMap<PathBuf, Arc<[u8]>>>,
    is_disk_too: bool,
}

impl Default for Files {
    /// Those on disk.
    fn default() -> Self {
        Files {
            given: Arc::default(),
            is_disk_too: true,
        }
    }
}

impl Files {
    /// These and no others: nothing is asked of the disk.
    pub fn alone(given: impl IntoIterator<Item = (PathBuf, Vec<u8>)>) -> Self {
        let given = given.into_iter();
        let given = given.map(|(path, bytes)| (path, Arc::from(bytes)));
        Files {
            given: Arc::new(given.collect()),
            is_disk_too: false,
        }
    }

    /// Those on disk, and before them these.
    pub fn before_disk(given: impl IntoIterator<Item = (PathBuf, Vec<u8>)>) -> Self {
        let given = given.into_iter();
        Files {
            is_disk_too: true,
            ..Files::alone(given.map(|(path, bytes)| (full(&path), bytes)))
        }
    }

    /// Whether there is a file or a folder of that path.
    pub fn exists(&self, path: &Path) -> bool {
        let is_given = || self.given.keys().any(|one| one.starts_with(path));
        is_given() || (self.is_disk_too && path.exists())
    }

    /// Opens a file for reading, if it is one and no larger than so many bytes.
    ///
    /// # Errors
    ///
    /// As [`open_plain`].
    pub fn open(&self, path: &Path, most: u64) -> io::Result<Box<dyn Read>> {
        match self.given.get(path) {
            Some(bytes) if bytes.len() as u64 > most => Err(too_large(most)),
            Some(bytes) => Ok(Box::new(Cursor::new(Arc::clone(bytes)))),
            None if self.is_disk_too => Ok(Box::new(open_plain(path, most)?)),
            None if self.exists(path) => Err(ErrorKind::InvalidInput.into()),
            None => Err(ErrorKind::NotFound.into()),
        }
    }

    /// Reads a file into memory, if it is one and no larger than so many bytes.
    ///
    /// # Errors
    ///
    /// As [`open_plain`].
    pub fn read(&self, path: &Path, most: u64) -> io::Result<Vec<u8>> {
        read_all(self.open(path, most)?, most)
    }

    /// The same of a file that must be text.
    ///
    /// # Errors
    ///
    /// As [`open_plain`], and of kind [`ErrorKind::InvalidData`] for what is no text.
    pub fn read_text(&self, path: &Path, most: u64) -> io::Result<String> {
        text_of(self.read(path, most)?)
    }

    /// The names of the files in a folder that end like this, without the ending and in their order.
    pub(crate) fn names(&self, folder: &Path, ending: &str) -> Vec<String> {
        let given = self.given.keys();
        let given = given.filter(|path| path.parent() == Some(folder)).cloned();
        let on_disk = self.is_disk_too.then(|| std::fs::read_dir(folder).ok());
        let on_disk = on_disk.flatten().into_iter().flatten();
        let on_disk = on_disk.filter_map(|entry| Some(entry.ok()?.path()));
        let names = given
            .chain(on_disk)
            .filter(|path| path.extension().is_some_and(|one| one == ending))
            .filter_map(|path| Some(path.file_stem()?.to_str()?.to_owned()));
        names.collect::<BTreeSet<_>>().into_iter().collect()
    }

    /// A path in full, without links, so that two ways to one file are one path.
    pub(crate) fn full(&self, path: &Path) -> PathBuf {
        match self.is_disk_too {
            true => full(path),
            false => plain(path),
        }
    }

    /// Whether a file is given rather than on disk.
    pub(crate) fn is_given(&self, path: &Path) -> bool {
        self.given.contains_key(path)
    }
}

/// A path without `.` and `..`, where no links can be.
fn plain(path: &Path) -> PathBuf {
    let mut plain = PathBuf::new();
    for part in path.components() {
        match part {
            Component::CurDir => {}
            Component::ParentDir if plain.file_name().is_some() => drop(plain.pop()),
            part => plain.push(part),
        }
    }
    plain
}

/// A path of the disk in full, without links.
pub(crate) fn full(path: &Path) -> PathBuf {
    let plain = || std::path::absolute(path).unwrap_or_else(|_| path.to_owned());
    path.canonicalize().unwrap_or_else(|_| plain())
}

/// A folder of which files are read.
#[derive(Clone, Debug)]
pub struct Folder {
    files: Files,
    path: PathBuf,
}

impl Folder {
    /// A folder on disk.
    pub fn on_disk(path: &Path) -> Self {
        Folder::of(&Files::default(), path)
    }

    /// A folder of some files.
    pub fn of(files: &Files, path: &Path) -> Self {
        Folder {
            files: files.clone(),
            path: path.to_owned(),
        }
    }

    /// A folder in it.
    pub fn folder(&self, name: &str) -> Self {
        Folder::of(&self.files, &self.path.join(name))
    }

    /// Where it is.
    pub fn path(&self) -> &Path {
        &self.path
    }

    /// The path of a file in it.
    pub fn join(&self, name: impl AsRef<Path>) -> PathBuf {
        self.path.join(name)
    }

    /// Whether there is a file or a folder of that name.
    pub fn has(&self, name: &str) -> bool {
        self.files.exists(&self.path.join(name))
    }

    /// Whether it is there itself.
    pub fn exists(&self) -> bool {
        self.files.exists(&self.path)
    }

    /// The files of which it is a folder.
    pub fn files(&self) -> &Files {
        &self.files
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_is_given_comes_before_the_disk_and_alone_hides_it() {
        let home = tempfile::tempdir().unwrap();
        let home = full(home.path());
        for name in ["a.toml", "b.toml"] {
            std::fs::write(home.join(name), "disk").unwrap();
        }
        let given = || ["b.toml", "c.toml"].map(|name| (home.join(name), b"memory".to_vec()));
        let (both, alone) = (Files::before_disk(given()), Files::alone(given()));
        let text = |files: &Files, name| files.read_text(&home.join(name), 9).ok();
        let disk = Some("disk".to_owned());
        let memory = Some("memory".to_owned());
        let texts = |files: &Files| ["a.toml", "b.toml", "c.toml"].map(|name| text(files, name));
        assert_eq!(texts(&Files::default()), [disk.clone(), disk.clone(), None]);
        assert_eq!(texts(&both), [disk, memory.clone(), memory.clone()]);
        assert_eq!(texts(&alone), [None, memory.clone(), memory]);
        assert_eq!(both.names(&home, "toml"), ["a", "b", "c"]);
        assert_eq!(alone.names(&home, "toml"), ["b", "c"]);
        assert!(alone.exists(&home) && !alone.exists(&home.join("a.toml")));
    }

    #[test]
    fn what_is_given_is_refused_as_on_disk() {
        let files = Files::alone([(PathBuf::from("a/b"), b"12345".to_vec())]);
        let kind = |path: &str, most| files.read(Path::new(path), most).unwrap_err().kind();
        assert_eq!(files.read(Path::new("a/b"), 5).unwrap(), b"12345");
        assert_eq!(kind("a/b", 4), ErrorKind::FileTooLarge);
        assert_eq!(kind("a", 9), ErrorKind::InvalidInput);
        assert_eq!(kind("c", 9), ErrorKind::NotFound);
    }
}
