//! Why a command could not be carried out.

use std::process::ExitCode;

use super::tongue::{told, tongue};
use super::{interruption, terminal};
use crate::experiment::{PassFailure, RunError};
use crate::report::{FolderError, ReadingError, WriteError};
use crate::scenario::{Diagnostics, Said, said};

/// What the user is told, and who should act.
#[derive(Clone, PartialEq, Eq, Debug)]
pub enum Problem {
    /// The user: a file or an argument must be changed. Exit code 2.
    Request(String),
    /// Something else: a disk and what stands on it, or a bug of ours. Exit code 1.
    World(String),
    /// Somebody has ended it. Exit code 130, as shells have it.
    Interruption(String),
}

impl Problem {
    /// A fault in the arguments.
    pub(super) fn request(said: Said) -> Self {
        Problem::Request(told(&said!("error: {}", said)))
    }

    /// A fault of the world.
    pub(super) fn world(said: Said) -> Self {
        Problem::World(told(&said!("error: {}", said)))
    }

    /// A bug that showed itself in a pass, and the command that shows it again.
    pub(super) fn bug(failure: &PassFailure, command: &str) -> Self {
        Problem::world(said!(
            "{}\nthis is a bug in rvtsim; to see it again:\n  {}",
            failure.said(),
            command
        ))
    }

    /// Writes it to standard error.
    pub fn show(&self) {
        let (Problem::Request(text) | Problem::World(text) | Problem::Interruption(text)) = self;
        terminal::note_as_it_is(text);
    }

    /// The exit code that it gives the program.
    pub fn exit_code(&self) -> ExitCode {
        match self {
            Problem::Request(_) => ExitCode::from(2),
            Problem::World(_) => ExitCode::from(1),
            Problem::Interruption(_) => ExitCode::from(interruption::EXIT_CODE),
        }
    }
}

impl From<Diagnostics> for Problem {
    fn from(diagnostics: Diagnostics) -> Self {
        Problem::Request(diagnostics.render(terminal::has_color(), tongue()))
    }
}

impl From<WriteError> for Problem {
    fn from(error: WriteError) -> Self {
        match error {
            WriteError::Exists(_) => Problem::request(error.said()),
            WriteError::Busy(_) | WriteError::Disk { .. } => Problem::world(error.said()),
        }
    }
}

impl From<ReadingError> for Problem {
    fn from(error: ReadingError) -> Self {
        FolderError::from(error).into()
    }
}

impl From<FolderError> for Problem {
    fn from(error: FolderError) -> Self {
        if error.is_request() {
            Problem::request(error.said())
        } else {
            Problem::world(error.said())
        }
    }
}

impl Problem {
    /// Why a run gave no outcome; `again` makes the command that repeats a pass.
    pub(super) fn of_run(error: &RunError, again: impl Fn(&PassFailure) -> String) -> Self {
        match error {
            RunError::Pass(failure) => Problem::bug(failure, &again(failure)),
            RunError::Threads(_) | RunError::Store(_) => Problem::world(error.said()),
            RunError::Stopped => Problem::Interruption(told(&said!("interrupted"))),
        }
    }

    /// The same, and what is kept of the run.
    pub(super) fn and(self, kept: &Said) -> Self {
        let add = |text: String| format!("{text}\n{}", told(kept));
        match self {
            Problem::Request(text) => Problem::Request(add(text)),
            Problem::World(text) => Problem::World(add(text)),
            Problem::Interruption(text) => Problem::Interruption(add(text)),
        }
    }
}
