//! `rvtsim evidence`.

use super::setting::SettingArguments;
use super::value;
use crate::report::Lang;
use crate::report::ledger_columns;
use crate::scenario::Family;
use crate::scenario::Grade;
use clap::Args;
use std::path::{Path, PathBuf};

use super::Problem;
use super::run::load;
use super::setting::Other;
use super::terminal::{say, width};
use crate::report::Ledger;
use crate::scenario::{self, Changes, said};

pub(super) const ABOUT: &str = "\
Lists the parameters of the model: the value that a scenario runs with, how far it may be
off, how well it is known, where it comes from and which file gave it. The weakest grade
comes first, because what is assumed is what to ask about. One parameter gets a card with
its definition and its whole source.";

pub(super) const EXAMPLES: &str = "\
Examples:
  rvtsim evidence                              every parameter
  rvtsim evidence staff.turnover               one of them, with its whole source
  rvtsim evidence help 'staff.fte*'            a group, and all whose key begins so
  rvtsim evidence --grade A,B --lang en        what is best known
  rvtsim evidence --family capacity --csv      as a table for other programs

Columns of --csv, a row for every parameter:";

/// What `rvtsim evidence` is told.
#[derive(Clone, PartialEq, Debug, Args)]
pub struct EvidenceArguments {
    /// A parameter (staff.turnover), a group (staff), or a beginning with a star ('staff.fte*')
    #[arg(value_name = "KEY")]
    pub keys: Vec<String>,
    /// The scenario whose values are shown, instead of scenarios/vergelijking.toml
    #[arg(long, value_name = "FILE")]
    pub scenario: Option<PathBuf>,
    /// Which setting of the scenario.
    #[command(flatten)]
    pub setting: SettingArguments,
    /// Only these grades, with commas between
    #[arg(
        long,
        value_name = "D,C",
        value_delimiter = ',',
        value_parser = value::word(Grade::ALL, Grade::key)
    )]
    pub grade: Vec<Grade>,
    /// Only these families of effects, with commas between
    #[arg(
        long,
        value_name = "A,B",
        value_delimiter = ',',
        value_parser = value::word(Family::ALL, Family::key)
    )]
    pub family: Vec<Family>,
    /// Writes a table for other programs, with every source in full
    #[arg(long)]
    pub csv: bool,
    /// Characters in a line, instead of as many as the terminal has
    #[arg(long, value_name = "N")]
    pub width: Option<usize>,
    /// Language of the list; a table for other programs is in English
    #[arg(long, default_value = "nl", value_parser = value::lang())]
    pub lang: Lang,
}

pub(super) fn examples() -> String {
    format!("{EXAMPLES}\n{}", ledger_columns())
}

/// The scenario whose values are shown where none is named.
const SHIPPED: &str = "scenarios/vergelijking.toml";
/// Characters in a line where nothing tells how many there are.
const WIDTH: usize = 120;

/// Reads, chooses, shows.
pub(super) fn evidence(arguments: &EvidenceArguments) -> Result<(), Problem> {
    let rows = scenario::parameters_named(&arguments.keys)?;
    let scenario = load(
        &file(arguments)?,
        &arguments.setting.and(Changes::default()),
        Other::ByOption,
    )?;
    let ledger = Ledger::of(&scenario, rows, &arguments.grade, &arguments.family);
    if arguments.csv {
        return say(&ledger.table().to_csv());
    }
    let width = arguments.width.or_else(width).unwrap_or(WIDTH);
    say(&ledger.text(width, arguments.lang))
}

fn file(arguments: &EvidenceArguments) -> Result<PathBuf, Problem> {
    match &arguments.scenario {
        Some(file) => Ok(file.clone()),
        None if Path::new(SHIPPED).exists() => Ok(SHIPPED.into()),
        None => Err(Problem::request(said!(
            "there is no {} here\nname a scenario with --scenario FILE, or go to the folder that holds scenarios/",
            SHIPPED
        ))),
    }
}
