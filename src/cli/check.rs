//! `rvtsim check`.

use super::value;
use crate::report::Lang;
use clap::Args;
use std::collections::BTreeSet;
use std::path::Path;
use std::path::PathBuf;

use super::Problem;
use super::machine::{free_bytes, n_threads};
use super::terminal::{has_color, note_as_it_is, say, width};
use super::tongue::tongue;
use crate::experiment::Cost;
use crate::report::{check as page, check_part};
use crate::scenario::{Diagnostic, Subject, examine, said};

pub(super) const ABOUT: &str = "\
Tells what files mean, without running anything: forms, regions, dates, replications, beliefs,
every value that a file gives with what would hold without it, and about how long a run will
take and how much memory it needs. Says everything that is wrong with all of the files at once.

Takes scenarios, and forms, belief sets and evidence too.";

pub(super) const EXAMPLES: &str = "\
Examples:
  rvtsim check scenarios/mijn_scenario.toml
  rvtsim check scenarios/*.toml scenarios/forms/*.toml";

/// What `rvtsim check` is told.
#[derive(Clone, PartialEq, Debug, Args)]
pub struct CheckArguments {
    /// Scenarios, forms, belief sets, evidence
    #[arg(value_name = "FILE", required = true)]
    pub files: Vec<PathBuf>,
    /// Threads that a run would use, instead of one for each core
    #[arg(long, value_name = "N", value_parser = value::whole::<u16>(1..=1024))]
    pub threads: Option<u16>,
    /// Characters in a line, instead of as many as the terminal has
    #[arg(long, value_name = "N")]
    pub width: Option<usize>,
    /// Language of what is told
    #[arg(long, default_value = "nl", value_parser = value::lang())]
    pub lang: Lang,
}

/// Characters in a line where nothing tells how many there are.
const WIDTH: usize = 120;

/// Reads every file and tells what it means, or what is wrong; runs nothing.
pub(super) fn check(arguments: &CheckArguments) -> Result<(), Problem> {
    // What is wrong with a file that several rest on is told once.
    let mut told = BTreeSet::new();
    let mut tell = |diagnostics: &mut dyn Iterator<Item = &Diagnostic>| {
        for one in diagnostics {
            let text = one.render(has_color(), tongue());
            if told.insert(text.clone()) {
                note_as_it_is(&format!("{text}\n"));
            }
        }
    };
    let mut n_bad = 0;
    for file in &arguments.files {
        match examine(file) {
            Err(diagnostics) => {
                n_bad += 1;
                tell(&mut diagnostics.iter());
            }
            Ok(subject) => {
                let (text, warnings, excess) = told_of(&subject, file, arguments);
                tell(&mut warnings.iter());
                say(&text)?;
                tell(&mut excess.iter());
                n_bad += usize::from(excess.is_some());
            }
        }
    }
    match (n_bad, arguments.files.len()) {
        (0, _) => Ok(()),
        (1, 1) => Err(Problem::request(said!("this file cannot be run as it is"))),
        (n_bad, n) => Err(Problem::request(said!(
            "{} of {} files cannot be used as they are",
            n_bad,
            n
        ))),
    }
}

/// What is said of a file that is in order, and why it cannot be run all the same.
fn told_of<'a>(
    subject: &'a Subject,
    file: &Path,
    arguments: &CheckArguments,
) -> (String, &'a [Diagnostic], Option<Diagnostic>) {
    let (width, lang) = (
        arguments.width.or_else(width).unwrap_or(WIDTH),
        arguments.lang,
    );
    match subject {
        Subject::Part(part) => {
            let name = file.display().to_string();
            (check_part(&name, part, width, lang), &part.warnings, None)
        }
        Subject::Scenario(settings) => {
            let scenario = &settings[0];
            let n_threads = n_threads(arguments.threads);
            let cost = match (&scenario.calibration, &scenario.sweep) {
                (Some(plan), _) => Cost::of_calibration(scenario, plan, n_threads),
                (None, Some(sweep)) => {
                    let n_points = sweep.n_all_points() as usize;
                    Cost::of_sweep(scenario, sweep, n_points, n_threads)
                }
                (None, None) => Cost::of_settings(settings, n_threads),
            };
            let text = page(settings, &cost, width, lang);
            let excess = cost.excess(scenario, free_bytes());
            (text, &scenario.warnings, excess)
        }
    }
}
