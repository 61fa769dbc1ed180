//! The terminal: colours, width, and writing that never panics.

use std::io::{self, ErrorKind, IsTerminal, Write};
use std::path::Path;

use super::Problem;

/// Writes results to standard output. Whoever stops reading, as `head` does,
/// has seen enough: that is no problem.
pub(super) fn say(text: &str) -> Result<(), Problem> {
    let mut out = io::stdout().lock();
    let written = out.write_all(text.as_bytes()).and_then(|()| out.flush());
    match written {
        Err(error) if error.kind() != ErrorKind::BrokenPipe => Err(Problem::world(format!(
            "cannot write to standard output: {error}"
        ))),
        _ => Ok(()),
    }
}

/// Writes a line to standard error, if it can be written to.
pub(super) fn note(line: &str) {
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

/// A word as a shell reads it: in quotes if it needs them.
pub(super) fn quoted(word: &str) -> String {
    let is_plain = |letter: char| letter.is_alphanumeric() || "-_./,:=+@%".contains(letter);
    if !word.is_empty() && word.chars().all(is_plain) {
        word.to_owned()
    } else {
        format!("'{}'", word.replace('\'', r"'\''"))
    }
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

#[cfg(test)]
mod tests {
    use super::quoted;

    #[test]
    fn a_shell_reads_back_what_was_quoted() {
        assert_eq!(quoted("scenarios/a.toml"), "scenarios/a.toml");
        assert_eq!(quoted("Gooi en Vechtstreek"), "'Gooi en Vechtstreek'");
        assert_eq!(quoted("o'neil"), r"'o'\''neil'");
        assert_eq!(quoted(""), "''");
    }
}
