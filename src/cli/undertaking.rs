//! A run from the claim of its folder to its place there, whatever comes between.

use std::env;
use std::ffi::OsString;
use std::path::{Path, PathBuf};
use std::sync::Arc;
use std::sync::atomic::AtomicBool;

use super::progress::Display;
use super::terminal::{command, note, page_is, quoted, say};
use super::{Problem, interruption};
use crate::experiment::{Execution, PassFailure, RunError};
use crate::page::{drawn_from, page_of};
use crate::report::{Draw, Earlier, File, Kept, Manifest, Placed, RunFolder, Table};
use crate::scenario::{Said, Scenario, said};

/// Work that may be ended and gone on with: its folder, its display, its end.
pub(super) struct Undertaking<'a> {
    folder: RunFolder<'a>,
    display: Arc<Display>,
    stop: Arc<AtomicBool>,
    /// Whether it gets a page with figures.
    pub(super) is_drawn: bool,
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
            let kept = Kept::of_passes(n).said();
            note(&said!("{} taken over from {}", kept, partial));
        }
        Ok(Undertaking {
            folder,
            display,
            stop,
            is_drawn: true,
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

    /// It can lead to nothing, however often it is gone on with: nothing of it is kept.
    pub(super) fn dead_end(self, why: Said) -> Problem {
        match self.folder.give_up() {
            Ok(()) => Problem::request(said!("{}\nnothing is kept of it", why)),
            Err(error) => error.into(),
        }
    }

    /// Writes the run of another setting, to stand beside the one that [`place`](Self::place) writes.
    pub(super) fn set_beside(
        &mut self,
        scenario: &Scenario,
        manifest: &Manifest,
        tables: Vec<Table>,
    ) -> Result<(), Problem> {
        let toml = scenario.to_toml();
        let written = self
            .folder
            .write_beside(&scenario.setting(), manifest, &toml, tables);
        written.map_err(|error| Problem::from(error).and(&self.kept()))
    }

    /// Writes the run folder, shows a page of it and says where it is.
    pub(super) fn place(
        mut self,
        manifest: &Manifest,
        scenario_toml: &str,
        tables: Vec<Table>,
        files: &[File],
        page: &str,
    ) -> Result<PathBuf, Problem> {
        let show = |n_drawn, n_all| self.display.drawn(n_drawn, n_all);
        let drawn = drawn_from(&show);
        let draw: Option<Draw> = self.is_drawn.then_some(&drawn);
        let placed = (self.folder).write(manifest, scenario_toml, tables, files, draw);
        let placed = placed.map_err(|error| Problem::from(error).and(&self.kept()))?;
        say(page)?;
        note_written(&placed);
        match self.is_drawn {
            true => note(&page_is(&page_of(&placed.path))),
            false => {
                let again = command("report", &placed.path, &[]);
                note(&said!(
                    "without page and figures; to make them:\n  {}",
                    again
                ));
            }
        }
        Ok(placed.path)
    }

    /// What is kept of it, and how to go on.
    fn kept(&self) -> Said {
        kept(
            Kept::of_passes(self.folder.n_kept()),
            self.folder.partial(),
            &go_on(env::args_os().skip(1)),
        )
    }
}

/// What is kept of something unfinished, and the command that goes on with it.
pub(super) fn kept(kept: Kept, partial: &Path, command: &str) -> Said {
    match kept.is_nothing() {
        true => said!("nothing was finished, so nothing is kept"),
        false => said!(
            "{} kept in {}; to go on:\n  {}",
            kept.said(),
            partial.display(),
            command
        ),
    }
}

/// Says where something was put, and what of an earlier one is in it.
pub(super) fn note_written(placed: &Placed) {
    const MOST: usize = 10;
    note(&said!("\nwritten to {}", placed.path.display()));
    if placed.is_replacement {
        note(&said!(
            "what was made there of the same scenario before has been replaced"
        ));
    }
    let own = placed.own.iter().take(MOST);
    let mut own: Vec<Said> = own.map(|name| name.display().into()).collect();
    if placed.own.len() > MOST {
        own.push(said!("{} more", placed.own.len() - MOST));
    }
    if !own.is_empty() {
        note(&said!(
            "left as it was, because rvtsim did not write it: {}",
            Said::joined(own, ", ")
        ));
    }
}

/// What was typed, as a command that goes on.
pub(super) fn go_on(typed: impl Iterator<Item = OsString>) -> String {
    let mut words = words(typed);
    if !words.iter().any(|word| word == "--resume") {
        words.push("--resume".to_owned());
    }
    format!("rvtsim {}", words.join(" "))
}

/// What was typed, as it may be typed again.
pub(super) fn words(typed: impl Iterator<Item = OsString>) -> Vec<String> {
    typed.map(|word| quoted(&word.to_string_lossy())).collect()
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
