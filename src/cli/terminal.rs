//! The terminal: colours, width, and writing that never panics.

use std::io::{self, ErrorKind, IsTerminal, Write};
use std::path::Path;

use super::Problem;
use super::tongue::told;
pub(super) use crate::report::quoted;
use crate::scenario::{Said, harmless, said};

/// Writes results to standard output. Whoever stops reading, as `head` does,
/// has seen enough: that is no problem.
pub(super) fn say(text: &str) -> Result<(), Problem> {
    let mut out = io::stdout().lock();
    let written = out
        .write_all(harmless(text).as_bytes())
        .and_then(|()| out.flush());
    match written {
        Err(error) if error.kind() != ErrorKind::BrokenPipe => Err(Problem::world(said!(
            "cannot write to standard output: {}",
            Said::of(&error)
        ))),
        _ => Ok(()),
    }
}

/// Writes something to standard error, if it can be written to.
pub(super) fn note(said: &Said) {
    note_as_it_is(&told(said));
}

/// The same of a diagnostic, which has colours of ours and nothing harmful of others, and of a problem.
pub(super) fn note_as_it_is(line: &str) {
    let _ = writeln!(io::stderr(), "{line}");
}

/// Whether messages on standard error may have colours (<https://no-color.org>).
pub(super) fn has_color() -> bool {
    let is_unwanted = std::env::var_os("NO_COLOR").is_some_and(|value| !value.is_empty());
    is_interactive() && !is_unwanted
}

/// Whether somebody watches standard error.
pub(super) fn is_interactive() -> bool {
    io::stderr().is_terminal()
}

/// Characters in a line of standard output, if it is a terminal.
pub(super) fn width() -> Option<usize> {
    let columns = console::Term::stdout().size_checked();
    columns.map(|(_, width)| usize::from(width))
}

/// Where the page of a run is.
pub(super) fn page_is(page: &Path) -> Said {
    said!("the page for a board is {}", page.display())
}

/// A command on a file as it may be typed, with the options that have a value.
pub(super) fn command(name: &str, file: &Path, options: &[(&str, Option<String>)]) -> String {
    let mut command = format!("rvtsim {name} {}", quoted(&file.to_string_lossy()));
    for (option, value) in options {
        if let Some(value) = value {
            command += &format!(" --{option} {}", quoted(value));
        }
    }
    command
}
