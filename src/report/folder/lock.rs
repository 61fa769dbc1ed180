//! Who may change a place on the disk: one program at a time, or several that say so.

use std::ffi::OsString;
use std::fs::{self, File, TryLockError};
use std::io::{self, ErrorKind};
use std::path::{Path, PathBuf};

use super::deed;
use super::folder_error::{FolderError, disk};
use super::written::BESIDE;
use crate::report::record::name::MANIFEST;

/// A place that is this program's to change, until it is dropped.
///
/// Whatever writes to a folder locks it first: a run, a sweep and its merging, a weighing, a
/// page. That is a lock of the system on a file beside the folder, `NAME.lock`, so that it
/// outlives no program, however that ends; the file itself then stays, and means nothing. It stands
/// beside the folder because the folder may be replaced as a whole.
#[derive(Debug)]
pub(crate) struct Lock {
    file: File,
    path: PathBuf,
}

impl Lock {
    /// Takes a place for this program alone. The folder above it must be there.
    pub fn alone(place: &Path) -> Result<Self, FolderError> {
        Lock::take(place, beside(place), File::try_lock)
    }

    /// Takes it together with others that do so too.
    pub fn together(place: &Path) -> Result<Self, FolderError> {
        Lock::take(place, beside(place), File::try_lock_shared)
    }

    /// Takes a folder in which something is to be written, for this program alone. The lock stands in it
    /// where nothing can be written beside it: nobody can replace it then.
    pub fn within(folder: &Path) -> Result<Self, FolderError> {
        match Lock::alone(folder) {
            Err(FolderError::Disk { source, .. }) if is_closed(&source) => {
                Lock::take(folder, folder.join(INSIDE), File::try_lock)
            }
            locked => locked,
        }
    }

    fn take(
        place: &Path,
        path: PathBuf,
        lock: fn(&File) -> Result<(), TryLockError>,
    ) -> Result<Self, FolderError> {
        loop {
            let file = open(&path).map_err(disk("make", &path))?;
            match lock(&file) {
                Ok(()) => {}
                Err(TryLockError::WouldBlock) => return Err(FolderError::Busy(place.to_owned())),
                // A disk of a kind that knows no locks.
                Err(TryLockError::Error(error)) if error.kind() == ErrorKind::Unsupported => {}
                Err(TryLockError::Error(error)) => return Err(disk("lock", &path)(error)),
            }
            // Who had it before may have removed the file between the two.
            if is_still(&file, &path) {
                return Ok(Lock { file, path });
            }
        }
    }
}

/// Name of the lock in a folder beside which nothing can be written.
pub(crate) const INSIDE: &str = "rvtsim.lock";

/// The lock of a place, by whatever path it is named. A run in the folder of another has the lock of that
/// other: it is replaced with it.
fn beside(place: &Path) -> PathBuf {
    let place = fs::canonicalize(place).unwrap_or_else(|_| place.to_owned());
    let above = place.parent().filter(|above| above.ends_with(BESIDE));
    let owner = above.and_then(Path::parent);
    let owner = owner.filter(|owner| owner.join(MANIFEST).is_file());
    let place = owner.map_or(place.clone(), Path::to_owned);
    let name = place.file_name().unwrap_or_default();
    let name: OsString = [name, ".lock".as_ref()].into_iter().collect();
    place.with_file_name(name)
}

fn open(path: &Path) -> io::Result<File> {
    let made = File::options()
        .read(true)
        .write(true)
        .create(true)
        .truncate(false)
        .open(path);
    // Somebody else's, which may be locked all the same.
    made.or_else(|error| File::open(path).map_err(|_| error))
}

fn is_closed(error: &io::Error) -> bool {
    matches!(
        error.kind(),
        ErrorKind::PermissionDenied | ErrorKind::ReadOnlyFilesystem
    )
}

#[cfg(unix)]
fn is_still(file: &File, path: &Path) -> bool {
    use std::os::unix::fs::MetadataExt;

    let same = |one: &fs::Metadata, other: &fs::Metadata| {
        (one.dev(), one.ino()) == (other.dev(), other.ino())
    };
    let both = file
        .metadata()
        .and_then(|one| Ok((one, fs::metadata(path)?)));
    both.is_ok_and(|(one, other)| same(&one, &other))
}

/// Elsewhere the file is never removed.
#[cfg(not(unix))]
fn is_still(_: &File, _: &Path) -> bool {
    true
}

impl Drop for Lock {
    fn drop(&mut self) {
        // While others have it too, the last of them removes it.
        if cfg!(unix) && self.file.try_lock().is_ok() {
            let _ = deed::remove_file(&self.path);
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn is_busy(taken: Result<Lock, FolderError>) -> bool {
        matches!(taken, Err(FolderError::Busy(_)))
    }

    #[test]
    fn one_program_has_a_place_or_several_together_and_nothing_is_left_of_it() {
        let home = tempfile::tempdir().unwrap();
        let place = home.path().join("run");
        let first = Lock::alone(&place).unwrap();
        assert!(is_busy(Lock::alone(&place)) && is_busy(Lock::together(&place)));
        drop(first);
        let (one, other) = (
            Lock::together(&place).unwrap(),
            Lock::together(&place).unwrap(),
        );
        assert!(is_busy(Lock::alone(&place)));
        drop(one);
        assert!(is_busy(Lock::alone(&place)));
        drop(other);
        drop(Lock::alone(&place).unwrap());
        assert_eq!(fs::read_dir(home.path()).unwrap().count(), 0);
    }

    #[test]
    fn a_lock_that_was_left_behind_means_nothing() {
        let home = tempfile::tempdir().unwrap();
        let place = home.path().join("run");
        fs::write(home.path().join("run.lock"), "").unwrap();
        drop(Lock::alone(&place).unwrap());
        assert_eq!(fs::read_dir(home.path()).unwrap().count(), 0);
    }

    #[cfg(unix)]
    #[test]
    fn by_whatever_path_it_is_named_it_is_one_place() {
        let home = tempfile::tempdir().unwrap();
        let place = home.path().join("run");
        fs::create_dir(&place).unwrap();
        std::os::unix::fs::symlink(&place, home.path().join("latest")).unwrap();
        let _first = Lock::alone(&place).unwrap();
        assert!(is_busy(Lock::alone(&home.path().join("latest"))));
        assert!(is_busy(Lock::alone(&place.join("../run/."))));
    }

    #[test]
    fn threads_that_want_it_at_once_have_it_one_by_one() {
        use std::sync::atomic::{AtomicUsize, Ordering};

        let home = tempfile::tempdir().unwrap();
        let place = home.path().join("run");
        let (inside, n_turns) = (AtomicUsize::new(0), AtomicUsize::new(0));
        std::thread::scope(|scope| {
            for _ in 0..6 {
                scope.spawn(|| {
                    for _ in 0..300 {
                        if let Ok(_lock) = Lock::alone(&place) {
                            assert_eq!(inside.fetch_add(1, Ordering::SeqCst), 0);
                            n_turns.fetch_add(1, Ordering::SeqCst);
                            inside.fetch_sub(1, Ordering::SeqCst);
                        }
                    }
                });
            }
        });
        assert!(n_turns.load(Ordering::SeqCst) > 0);
        assert_eq!(fs::read_dir(home.path()).unwrap().count(), 0);
    }
}
