//! `rvtsim trace`.

use super::terminal::{quoted, say, width};
use super::{Problem, TraceArguments};
use crate::experiment;
use crate::report;
use crate::scenario::{self, Changes};

/// Reads, follows, tells.
pub(super) fn trace(arguments: &TraceArguments) -> Result<(), Problem> {
    let changes = Changes {
        replications: None,
        seed: arguments.seed,
        regions: Some(vec![arguments.region.trim().to_owned()]),
        ..Changes::default()
    };
    let scenario = scenario::load(&arguments.file, &changes)?;
    if scenario.regions.len() != 1 {
        return Err(Problem::request(
            "a household lives in one region: name one",
        ));
    }
    let (household, replication) = (arguments.household, arguments.replication);
    let lives = experiment::follow(&scenario, 0, household, replication)
        .map_err(|failure| Problem::bug(&failure, &again(arguments)))?;
    if lives.iter().all(|life| life.entries.is_empty()) {
        return Err(Problem::request(format!(
            "no household {household} came in {} in replication {replication}\n\
             households are numbered from 0 in order of their coming: try a smaller number",
            arguments.region
        )));
    }
    let width = arguments.width.or_else(width);
    say(&report::story(&scenario, &lives, width, arguments.lang))
}

/// The command itself.
fn again(arguments: &TraceArguments) -> String {
    let seed = arguments.seed.map(|seed| format!(" --seed {seed}"));
    format!(
        "rvtsim trace {} --region {} --household {} --replication {}{}",
        quoted(&arguments.file.to_string_lossy()),
        quoted(&arguments.region),
        arguments.household,
        arguments.replication,
        seed.unwrap_or_default()
    )
}
