//! Why a run folder cannot be claimed or written.

use std::fmt;
use std::io;
use std::path::{Path, PathBuf};

use super::record::ReadingError;
use super::{Lang, counted};

/// Why a run folder cannot be claimed or written. Nothing was lost by it.
#[derive(Debug, thiserror::Error)]
pub enum FolderError {
    /// The path names no folder that could be made.
    #[error("{} cannot be a run folder: give it a name of its own, such as results/proef", .0.display())]
    NoName(PathBuf),
    /// Something else is there.
    #[error(
        "{} is there already and holds no run of scenario {key}: it is left as it is\n\
         write to another folder with --out DIR, or remove it yourself",
        path.display()
    )]
    Foreign {
        /// What is there.
        path: PathBuf,
        /// The scenario of which it should have held a run.
        key: String,
    },
    /// Something is there, and nothing may come in its place.
    #[error("{} is there already, and is left as it is: give another name", .0.display())]
    Taken(PathBuf),
    /// Something else is where finished passes would come.
    #[error(
        "{} is there already and holds no unfinished run: it is left as it is\n\
         write to another folder with --out DIR, or remove it yourself",
        .0.display()
    )]
    ForeignPasses(PathBuf),
    /// A finished run is there, and nobody said that it may be replaced.
    #[error(
        "{} holds a finished run: it is left as it is\n\
         write to another folder with --out DIR, or replace it with --replace",
        .0.display()
    )]
    Finished(PathBuf),
    /// An unfinished run is there, and nobody said what to do with it.
    #[error(
        "{} holds {} of a run that was interrupted\n\
         go on with --resume, or drop them and begin anew with --replace",
        path.display(), kept
    )]
    Unfinished {
        /// Where its finished passes are.
        path: PathBuf,
        /// How many they are.
        kept: Kept,
    },
    /// An unfinished run is there that was made from something else.
    #[error(
        "{} holds {} of a run that was interrupted, and made from other input:\n  {}\n\
         put back what has changed and go on with --resume, or drop them and begin anew with --replace alone",
        path.display(), kept, changes.join("\n  ")
    )]
    Changed {
        /// Where its finished passes are.
        path: PathBuf,
        /// How many they are.
        kept: Kept,
        /// What has changed since, a line for each.
        changes: Vec<String>,
    },
    /// There is nothing to go on with.
    #[error(
        "there is no unfinished run to go on with: {} is not there\nleave out --resume to begin one",
        .0.display()
    )]
    NothingToResume(PathBuf),
    /// A part of a sweep is not as it was written.
    #[error(
        "{} is not as it was written: it was cut off, or changed by somebody\n\
         remove it, and make its points again",
        .0.display()
    )]
    Damaged(PathBuf),
    /// Points of a sweep have not been made.
    #[error(
        "{n_missing} of {} {} not been made yet; the first is point {first}\n\
         make them with `rvtsim sweep run`, then merge",
        counted(*n_points, "point", Lang::En), if *n_missing == 1 { "has" } else { "have" }
    )]
    Missing {
        /// How many they are.
        n_missing: usize,
        /// How many points there are.
        n_points: usize,
        /// The first of them.
        first: usize,
    },
    /// Another program has it.
    #[error(
        "{} is in use: another rvtsim is writing it\n\
         wait until that is done, or name another place",
        .0.display()
    )]
    Busy(PathBuf),
    /// Another run has come to the place of the one of which something was made.
    #[error(
        "{} holds another run than when this began: nothing is written\n\
         do it again, for the run that is there now",
        .0.display()
    )]
    Replaced(PathBuf),
    /// What was put in its place cannot be read back.
    #[error(
        "{} could not be read back as it was written, so it has not been kept; what it was made from has\n\
         look at the disk, and do this again",
        .0.display()
    )]
    Unread(PathBuf),
    /// What stands in a folder is not a whole run.
    #[error(transparent)]
    Reading(#[from] ReadingError),
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

    /// The verb after it.
    pub fn verb(self) -> &'static str {
        match self.points + self.passes {
            1 => "is",
            _ => "are",
        }
    }
}

impl fmt::Display for Kept {
    fn fmt(&self, out: &mut fmt::Formatter<'_>) -> fmt::Result {
        let plural = |n: usize, many: &'static str| if n == 1 { "" } else { many };
        let Kept { points, passes } = *self;
        if points > 0 {
            write!(out, "{points} finished point{}", plural(points, "s"))?;
        }
        if points > 0 && passes > 0 {
            out.write_str(" and ")?;
        }
        if passes > 0 || points == 0 {
            write!(out, "{passes} finished pass{}", plural(passes, "es"))?;
        }
        Ok(())
    }
}

/// Puts a deed and a path to what the disk says.
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
