//! `rvtsim new`.

use super::Problem;
use super::terminal::{quoted, say};
use super::value;
use crate::report::Lang;
use crate::report::{begun, template, template_name, write_new};
use crate::scenario::nook;
use clap::Args;
use std::path::PathBuf;

pub(super) const ABOUT: &str = "\
Writes a scenario of some twenty lines to begin with: it runs as it is, and says behind
every line what it means. A name without a folder is put in scenarios/; a file that is there
already is left alone.";

pub(super) const EXAMPLES: &str = "\
Examples:
  rvtsim new                       scenarios/mijn_scenario.toml
  rvtsim new noorden               scenarios/noorden.toml
  rvtsim new --lang en             scenarios/my_scenario.toml, in English";

/// What `rvtsim new` is told.
#[derive(Clone, PartialEq, Debug, Args)]
pub struct NewArguments {
    /// The scenario, instead of scenarios/mijn_scenario.toml
    #[arg(value_name = "FILE")]
    pub file: Option<PathBuf>,
    /// Language of its comments
    #[arg(long, default_value = "nl", value_parser = value::lang())]
    pub lang: Lang,
}

/// Finds a place, writes a scenario there, tells what to do next.
pub(super) fn new(arguments: &NewArguments) -> Result<(), Problem> {
    let lang = arguments.lang;
    let file = arguments.file.clone();
    let nook = nook(&file.unwrap_or_else(|| template_name(lang).into()))?;
    write_new(&nook.path, &template(&nook, lang))?;
    let file = quoted(&nook.path.to_string_lossy());
    say(&begun(&file, lang))
}
