//! What went wrong, as an exception of `rvtsim/_errors.py`.

use pyo3::exceptions::PyKeyboardInterrupt;
use pyo3::prelude::*;
use rvtsim::experiment::{PassFailure, RunError};
use rvtsim::report::FolderError;
use rvtsim::scenario::{Diagnostic, Diagnostics, Lang, Level};

/// Code, level, message, help, file, line, column, and all of it as the program shows it.
pub type Told = (
    &'static str,
    &'static str,
    String,
    Option<String>,
    Option<String>,
    Option<usize>,
    Option<usize>,
    String,
);

/// A diagnostic for Python.
pub fn told(one: &Diagnostic) -> Told {
    let place = one.place.as_ref();
    let level = match one.level {
        Level::Error => "error",
        Level::Warning => "warning",
    };
    (
        one.code,
        level,
        one.message.text(Lang::En),
        one.help.as_ref().map(|help| help.text(Lang::En)),
        place.map(|place| place.path().to_owned()),
        place.map(|place| place.line()),
        place.map(|place| place.column()),
        one.to_string(),
    )
}

fn raised<'py>(py: Python<'py>, class: &str, with: impl IntoPyObject<'py>) -> PyErr {
    let made = || py.import("rvtsim._errors")?.getattr(class)?.call1((with,));
    made().map_or_else(|error| error, PyErr::from_value)
}

/// What is wrong with a user's files.
pub fn of_files(py: Python<'_>, log: &Diagnostics) -> PyErr {
    let all: Vec<Told> = log.iter().map(told).collect();
    raised(py, "_told", all)
}

/// What a run would take that cannot be had.
pub fn of_excess(py: Python<'_>, excess: &Diagnostic) -> PyErr {
    raised(py, "_told", vec![told(excess)])
}

/// A bug that showed itself in a pass.
pub fn of_pass(py: Python<'_>, failure: &PassFailure) -> PyErr {
    raised(py, "PassError", failure.to_string())
}

/// Why there is no outcome.
pub fn of_run(py: Python<'_>, error: &RunError) -> PyErr {
    match error {
        RunError::Stopped => PyKeyboardInterrupt::new_err(()),
        RunError::Pass(failure) => of_pass(py, failure),
        RunError::Threads(_) | RunError::Store(_) => raised(py, "FolderError", error.to_string()),
    }
}

/// What stands where results should come, or a disk that fails.
pub fn of_folder(py: Python<'_>, error: &FolderError) -> PyErr {
    raised(py, "FolderError", error.to_string())
}
