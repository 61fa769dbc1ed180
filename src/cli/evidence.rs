//! `rvtsim evidence`.

use std::path::{Path, PathBuf};

use super::run::load;
use super::setting::Other;
use super::terminal::{say, width};
use super::{EvidenceArguments, Problem};
use crate::report::Ledger;
use crate::scenario::said;
use crate::scenario::{self, Changes};

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
