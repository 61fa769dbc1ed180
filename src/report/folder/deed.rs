//! Every change that is made to the disk, one at a time.
//!
//! Nothing else in the program writes, renames or removes, so that a test can end the program before any of
//! its deeds or let the disk be full at it: a build with debug assertions heeds `RVTSIM_TRIAL`,
//! `end:17` to end at the seventeenth deed, `full:17` to have no room from the seventeenth write on, `tell:0` to
//! tell of every one. Others know nothing of it.

use std::fs::{self, File};
use std::io::{self, Read, Seek, SeekFrom, Write};
use std::path::Path;

/// A file that is being written.
#[derive(Debug)]
pub(crate) struct Out(File);

impl Out {
    /// A new one, in place of what is there.
    pub fn create(path: &Path) -> io::Result<Self> {
        trial::of_deed("create", path);
        File::create(path).map(Out)
    }

    /// A new one where nothing is, to be read as well.
    pub fn create_new(path: &Path) -> io::Result<Self> {
        trial::of_deed("create_new", path);
        let options = File::options()
            .read(true)
            .write(true)
            .create_new(true)
            .open(path);
        options.map(Out)
    }

    /// One that is there, to be read and added to.
    pub fn open(path: &Path) -> io::Result<Self> {
        File::options().read(true).write(true).open(path).map(Out)
    }

    /// How long it is \[bytes\].
    pub fn length(&self) -> io::Result<u64> {
        Ok(self.0.metadata()?.len())
    }

    /// Cuts it off.
    pub fn cut(&self, length: u64) -> io::Result<()> {
        trial::of_deed("cut", Path::new(""));
        self.0.set_len(length)
    }

    /// Waits until it is on the disk itself.
    pub fn sync(&self) -> io::Result<()> {
        trial::of_deed("sync", Path::new(""));
        self.0.sync_all()
    }
}

impl Write for Out {
    fn write(&mut self, bytes: &[u8]) -> io::Result<usize> {
        let fits = trial::of_write(&mut self.0, bytes)?;
        self.0.write(&bytes[..fits])
    }

    fn flush(&mut self) -> io::Result<()> {
        self.0.flush()
    }
}

impl Read for Out {
    fn read(&mut self, bytes: &mut [u8]) -> io::Result<usize> {
        self.0.read(bytes)
    }
}

impl Seek for Out {
    fn seek(&mut self, to: SeekFrom) -> io::Result<u64> {
        self.0.seek(to)
    }
}

/// Makes a folder in one that is there.
pub(crate) fn make_folder(path: &Path) -> io::Result<()> {
    trial::of_deed("make_folder", path);
    fs::create_dir(path)
}

/// Makes a folder, and those above it.
pub(crate) fn make_folders(path: &Path) -> io::Result<()> {
    if path.is_dir() {
        return Ok(());
    }
    trial::of_deed("make_folders", path);
    fs::create_dir_all(path)
}

/// Gives a file or a folder another name, in place of a file that has it.
pub(crate) fn rename(from: &Path, to: &Path) -> io::Result<()> {
    trial::of_deed("rename", from);
    fs::rename(from, to)
}

/// Gives a file a name that nothing has, in one step, and takes the other away.
pub(crate) fn rename_new(from: &Path, to: &Path) -> io::Result<()> {
    trial::of_deed("rename_new", from);
    match fs::hard_link(from, to) {
        Ok(()) => remove_file(from),
        Err(error) if error.kind() == io::ErrorKind::AlreadyExists => Err(error),
        // A disk of a kind that knows no second names.
        Err(_) if fs::symlink_metadata(to).is_ok() => Err(io::ErrorKind::AlreadyExists.into()),
        Err(_) => rename(from, to),
    }
}

/// Removes a file.
pub(crate) fn remove_file(path: &Path) -> io::Result<()> {
    trial::of_deed("remove_file", path);
    fs::remove_file(path)
}

/// Removes a folder that is empty.
pub(crate) fn remove_empty(path: &Path) -> io::Result<()> {
    trial::of_deed("remove_empty", path);
    fs::remove_dir(path)
}

/// Removes a folder with all that is in it, one by one, if it is there.
pub(crate) fn remove_folder(path: &Path) -> io::Result<()> {
    let entries = match fs::read_dir(path) {
        Err(error) if error.kind() == io::ErrorKind::NotFound => return Ok(()),
        entries => entries?,
    };
    for entry in entries {
        let entry = entry?;
        match entry.file_type()?.is_dir() {
            true => remove_folder(&entry.path())?,
            false => remove_file(&entry.path())?,
        }
    }
    remove_empty(path)
}

/// Waits until the names in a folder are on the disk itself.
pub(crate) fn sync_folder(path: &Path) {
    // Where folders cannot be opened, as on Windows, the system sees to it.
    if let Ok(folder) = File::open(path) {
        let _ = folder.sync_all();
    }
}

#[cfg(debug_assertions)]
mod trial {
    use std::fs::File;
    use std::io::{self, Write};
    use std::path::Path;
    use std::process;
    use std::sync::LazyLock;
    use std::sync::atomic::{AtomicU64, Ordering};

    /// What a program that is killed gives to a shell.
    const KILLED: i32 = 137;

    #[derive(Clone, Copy, PartialEq)]
    enum Fault {
        End,
        Full,
        Tell,
    }

    static FAULT: LazyLock<Option<(Fault, u64)>> = LazyLock::new(|| {
        let told = std::env::var("RVTSIM_TRIAL").ok()?;
        let (kind, number) = told.split_once(':')?;
        let fault = match kind {
            "end" => Fault::End,
            "full" => Fault::Full,
            "tell" => Fault::Tell,
            _ => return None,
        };
        Some((fault, number.parse().ok()?))
    });
    static N_DEEDS: AtomicU64 = AtomicU64::new(0);
    static N_WRITES: AtomicU64 = AtomicU64::new(0);

    fn is_time_to_end(kind: &str, path: &Path) -> bool {
        let n = N_DEEDS.fetch_add(1, Ordering::SeqCst) + 1;
        if matches!(*FAULT, Some((Fault::Tell, _))) {
            eprintln!("deed {n} {kind} {}", path.display());
        }
        *FAULT == Some((Fault::End, n))
    }

    /// Before anything is changed.
    pub fn of_deed(kind: &str, path: &Path) {
        if is_time_to_end(kind, path) {
            process::exit(KILLED);
        }
    }

    /// Before bytes are written: how many of them fit.
    pub fn of_write(file: &mut File, bytes: &[u8]) -> io::Result<usize> {
        if is_time_to_end("write", Path::new("")) {
            let _ = file.write_all(&bytes[..bytes.len() / 2]);
            process::exit(KILLED);
        }
        let n = N_WRITES.fetch_add(1, Ordering::SeqCst) + 1;
        match *FAULT {
            // The first of which only a part fits.
            Some((Fault::Full, first)) if n == first && bytes.len() > 1 => Ok(bytes.len() / 2),
            Some((Fault::Full, first)) if n >= first => Err(io::ErrorKind::StorageFull.into()),
            _ => Ok(bytes.len()),
        }
    }
}

#[cfg(not(debug_assertions))]
mod trial {
    use std::fs::File;
    use std::io;
    use std::path::Path;

    pub fn of_deed(_: &str, _: &Path) {}

    pub fn of_write(_: &mut File, bytes: &[u8]) -> io::Result<usize> {
        Ok(bytes.len())
    }
}
