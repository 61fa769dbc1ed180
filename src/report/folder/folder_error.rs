//! Why a run folder cannot be claimed or written.

use std::io;
use std::path::{Path, PathBuf};

use crate::report::Lang;
use crate::report::record::reading::ReadingError;
use crate::scenario::{Said, said};

/// Why a run folder cannot be claimed or written. Nothing was lost by it.
#[derive(Debug, thiserror::Error)]
#[error("{}", self.said().text(Lang::En))]
pub enum FolderError {
    /// The path names no folder that could be made.
    NoName(PathBuf),
    /// Something else is there.
    Foreign {
        /// What is there.
        path: PathBuf,
        /// The scenario of which it should have held a run.
        key: String,
    },
    /// Something is there, and nothing may come in its place.
    Taken(PathBuf),
    /// Something else is where finished passes would come.
    ForeignPasses(PathBuf),
    /// A finished run is there, and nobody said that it may be replaced.
    Finished(PathBuf),
    /// An unfinished run is there, and nobody said what to do with it.
    Unfinished {
        /// Where its finished passes are.
        path: PathBuf,
        /// How many they are.
        kept: Kept,
    },
    /// An unfinished run is there that was made from something else.
    Changed {
        /// Where its finished passes are.
        path: PathBuf,
        /// How many they are.
        kept: Kept,
        /// What has changed since, a line for each.
        changes: Vec<Said>,
    },
    /// There is nothing to go on with.
    NothingToResume(PathBuf),
    /// A part of a sweep is not as it was written.
    Damaged(PathBuf),
    /// Points of a sweep have not been made.
    Missing {
        /// How many they are.
        n_missing: usize,
        /// How many points there are.
        n_points: usize,
        /// The first of them.
        first: usize,
    },
    /// Another program has it.
    Busy(PathBuf),
    /// Another run has come to the place of the one of which something was made.
    Replaced(PathBuf),
    /// What was put in its place cannot be read back.
    Unread(PathBuf),
    /// What stands in a folder is not a whole run.
    Reading(#[from] ReadingError),
    /// The disk does not do what it is asked.
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
    /// What it says.
    pub fn said(&self) -> Said {
        match self {
            FolderError::NoName(path) => said!(
                "{} cannot be a run folder: give it a name of its own, such as results/proef",
                path.display()
            ),
            FolderError::Foreign { path, key } => said!(
                "{} is there already and holds no run of scenario {}: it is left as it is\n\
                 write to another folder with --out DIR, or remove it yourself",
                path.display(),
                key
            ),
            FolderError::Taken(path) => said!(
                "{} is there already, and is left as it is: give another name",
                path.display()
            ),
            FolderError::ForeignPasses(path) => said!(
                "{} is there already and holds no unfinished run: it is left as it is\n\
                 write to another folder with --out DIR, or remove it yourself",
                path.display()
            ),
            FolderError::Finished(path) => said!(
                "{} holds a finished run: it is left as it is\n\
                 write to another folder with --out DIR, or replace it with --replace",
                path.display()
            ),
            FolderError::Unfinished { path, kept } => said!(
                "{} holds {} of a run that was interrupted\n\
                 go on with --resume, or drop them and begin anew with --replace",
                path.display(),
                kept.said()
            ),
            FolderError::Changed {
                path,
                kept,
                changes,
            } => said!(
                "{} holds {} of a run that was interrupted, and made from other input:\n  {}\n\
                 put back what has changed and go on with --resume, or drop them and begin anew with --replace alone",
                path.display(),
                kept.said(),
                Said::joined(changes.iter().cloned(), "\n  ")
            ),
            FolderError::NothingToResume(path) => said!(
                "there is no unfinished run to go on with: {} is not there\nleave out --resume to begin one",
                path.display()
            ),
            FolderError::Damaged(path) => said!(
                "{} is not as it was written: it was cut off, or changed by somebody\n\
                 remove it, and make its points again",
                path.display()
            ),
            FolderError::Missing {
                n_missing,
                n_points,
                first,
            } => said!(
                "not made yet: {} of {} points, the first of which is point {}\n\
                 make them with `rvtsim sweep run`, then merge",
                n_missing,
                n_points,
                first
            ),
            FolderError::Busy(path) => said!(
                "{} is in use: another rvtsim is writing it\n\
                 wait until that is done, or name another place",
                path.display()
            ),
            FolderError::Replaced(path) => said!(
                "{} holds another run than when this began: nothing is written\n\
                 do it again, for the run that is there now",
                path.display()
            ),
            FolderError::Unread(path) => said!(
                "{} could not be read back as it was written, so it has not been kept; what it was made from has\n\
                 look at the disk, and do this again",
                path.display()
            ),
            FolderError::Reading(error) => error.said(),
            FolderError::Disk { deed, path, source } => said!(
                "cannot {} {}: {}",
                Said::word(deed),
                path.display(),
                Said::of(source)
            ),
        }
    }

    /// Whether the argument itself is wrong, rather than something that stands
    /// on the disk.
    pub fn is_request(&self) -> bool {
        match self {
            FolderError::NoName(_) => true,
            FolderError::Reading(error) => !matches!(error, ReadingError::Disk { .. }),
            _ => false,
        }
    }
}

/// What an unfinished run has kept.
#[derive(Clone, Copy, PartialEq, Eq, Default, Debug)]
pub struct Kept {
    /// Finished points of a sweep.
    pub points: usize,
    /// Finished passes; of a sweep those of points that are not finished.
    pub passes: usize,
}

impl Kept {
    /// Nothing but passes.
    pub fn of_passes(passes: usize) -> Self {
        Kept { points: 0, passes }
    }

    /// Whether nothing has been kept.
    pub fn is_nothing(self) -> bool {
        self == Kept::default()
    }

    /// How much it is.
    pub fn said(self) -> Said {
        let points = match self.points {
            1 => said!("1 finished point"),
            n => said!("{} finished points", n),
        };
        let passes = match self.passes {
            1 => said!("1 finished pass"),
            n => said!("{} finished passes", n),
        };
        match (self.points, self.passes) {
            (0, _) => passes,
            (_, 0) => points,
            _ => said!("{} and {}", points, passes),
        }
    }
}

/// Puts a deed and a path to what the disk says.
pub(crate) fn disk<'a>(
    deed: &'static str,
    path: &'a Path,
) -> impl FnOnce(io::Error) -> FolderError + 'a {
    move |source| FolderError::Disk {
        deed,
        path: path.to_owned(),
        source,
    }
}
