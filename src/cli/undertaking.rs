//! A run from the claim of its folder to its place there, whatever comes between.

use std::env;
use std::ffi::OsString;
use std::path::{Path, PathBuf};
use std::sync::Arc;
use std::sync::atomic::AtomicBool;

use super::progress::Display;
use super::terminal::{note, quoted, say};
use super::{Problem, interruption};
use crate::experiment::{Execution, PassFailure, RunError};
use crate::report::{Earlier, File, Kept, Manifest, RunFolder, Table};
use crate::scenario::Scenario;

/// Work that may be ended and gone on with: its folder, its display, its end.
pub(super) struct Undertaking<'a> {
    folder: RunFolder<'a>,
    display: Arc<Display>,
    stop: Arc<AtomicBool>,
}

impl<'a> Undertaking<'a> {
    /// Claims `out`, or else `results/` and the scenario's name.
    pub(super) fn begin(
        scenario: &'a Scenario,
        out: Option<&Path>,
        earlier: Earlier,
    ) -> Result<Self, Problem> {
        let usual = || Path::new("results").join(&scenario.key);
        let path = out.map_or_else(usual, Path::to_owned);
        // Before there is anything that an interruption could leave behind.
        let display = Arc::new(Display::new());
        let stop = interruption::watch(&display)?;
        let folder = RunFolder::claim(&path, scenario, earlier)?;
        let (n, partial) = (folder.n_kept(), folder.partial().display());
        if earlier.is_resumed {
            note(&format!("{} taken over from {partial}", passes_are(n)));
        }
        Ok(Undertaking {
            folder,
            display,
            stop,
        })
    }

    /// How its passes are made.
    pub(super) fn execution(&self, n_threads: Option<u16>) -> Execution<'_> {
        Execution {
            n_threads: n_threads.map(usize::from),
            watcher: &*self.display,
            store: self.folder.store(),
            stop: &self.stop,
        }
    }

    /// Why it gave no outcome, and what is kept; `again` makes the command that
    /// repeats a pass.
    pub(super) fn failure(
        &self,
        error: &RunError,
        again: impl Fn(&PassFailure) -> String,
    ) -> Problem {
        Problem::of_run(error, again).and(&self.kept())
    }

    /// Writes the run folder, shows a page of it and says where it is.
    pub(super) fn place(
        self,
        manifest: &Manifest,
        scenario_toml: &str,
        tables: Vec<Table>,
        files: &[File],
        page: &str,
    ) -> Result<PathBuf, Problem> {
        let kept = self.kept();
        let placed = self.folder.write(manifest, scenario_toml, tables, files);
        let placed = placed.map_err(|error| Problem::from(error).and(&kept))?;
        say(page)?;
        note(&format!("\nwritten to {}", placed.path.display()));
        if placed.is_replacement {
            note("an earlier run of the same scenario was there; it has been replaced");
        }
        Ok(placed.path)
    }

    /// What is kept of it, and how to go on.
    fn kept(&self) -> String {
        match self.folder.n_kept() {
            0 => "no pass was finished, so nothing is kept".to_owned(),
            n => format!(
                "{} kept in {}; to go on:\n  {}",
                passes_are(n),
                self.folder.partial().display(),
                go_on(env::args_os().skip(1))
            ),
        }
    }
}

/// So many finished passes and the verb after them.
fn passes_are(n: usize) -> String {
    let verb = if n == 1 { "is" } else { "are" };
    format!("{} {verb}", Kept::Passes(n))
}

/// What was typed, as a command that goes on.
fn go_on(typed: impl Iterator<Item = OsString>) -> String {
    let mut words: Vec<String> = typed.map(|word| quoted(&word.to_string_lossy())).collect();
    if !words.iter().any(|word| word == "--resume") {
        words.push("--resume".to_owned());
    }
    format!("rvtsim {}", words.join(" "))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_command_to_go_on_is_what_was_typed_with_resume_once() {
        let typed = |line: &str| go_on(line.split('|').map(OsString::from));
        let expected = "rvtsim run a.toml --regions 'Hollands Midden' --resume";
        assert_eq!(typed("run|a.toml|--regions|Hollands Midden"), expected);
        assert_eq!(
            typed("run|a.toml|--regions|Hollands Midden|--resume"),
            expected
        );
    }
}
