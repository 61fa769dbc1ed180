//! `rvtsim run`.

use std::path::Path;

use super::progress::Display;
use super::report::publish;
use super::terminal::{has_color, note, quoted, say};
use super::{Problem, RunArguments};
use crate::experiment::{self, Outcome, PassFailure, Warning};
use crate::report::{self, Lang, Manifest, RunFolder};
use crate::scenario::{self, Changes, Scenario};

/// Reads, runs, writes, shows.
pub(super) fn run(arguments: &RunArguments) -> Result<(), Problem> {
    carry_out(arguments, &read(arguments)?, report::summary)
}

/// The scenario, with what the arguments change; its warnings are shown.
pub(super) fn read(arguments: &RunArguments) -> Result<Scenario, Problem> {
    let changes = Changes {
        replications: arguments.replications,
        seed: arguments.seed,
        regions: arguments.regions.as_deref().map(names),
        ..Changes::default()
    };
    let scenario = scenario::load(&arguments.file, &changes)?;
    for warning in &scenario.warnings {
        note(&warning.render(has_color()));
    }
    Ok(scenario)
}

/// Runs a scenario, writes its folder and shows a page of it.
pub(super) fn carry_out(
    arguments: &RunArguments,
    scenario: &Scenario,
    page: fn(&Scenario, &Outcome, &[Warning], Lang) -> String,
) -> Result<(), Problem> {
    let path = match &arguments.out {
        Some(path) => path.clone(),
        None => Path::new("results").join(&scenario.key),
    };
    let folder = RunFolder::claim(&path, &scenario.key)?;
    let n_threads = arguments.threads.map(usize::from);
    let outcome = experiment::run(scenario, n_threads, &Display::new())
        .map_err(|error| Problem::of_run(&error, |failure| again(&arguments.file, failure)))?;
    let warnings = experiment::warnings(scenario, &outcome);
    let manifest = Manifest::of(scenario, &outcome, &warnings);
    let tables = report::tables(scenario, &outcome);
    let placed = folder.write(&manifest, &scenario.to_toml(), tables, &[])?;
    say(&page(scenario, &outcome, &warnings, arguments.lang))?;
    note(&format!("\nwritten to {}", placed.path.display()));
    publish(&placed.path)?;
    if placed.is_replacement {
        note("an earlier run of the same scenario was there; it has been replaced");
    }
    Ok(())
}

/// Names as they were meant, without the spaces around a comma.
fn names(typed: &[String]) -> Vec<String> {
    typed.iter().map(|name| name.trim().to_owned()).collect()
}

/// The shortest command that repeats a pass: its region, up to its replication.
fn again(file: &Path, failure: &PassFailure) -> String {
    format!(
        "rvtsim run {} --regions {} --replications {} --seed {} --threads 1",
        quoted(&file.to_string_lossy()),
        quoted(&failure.region),
        failure.replication,
        failure.seed
    )
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_pass_can_be_repeated_by_what_is_printed() {
        let failure = PassFailure {
            form: "v0_estafette".to_owned(),
            region: "Hollands Midden".to_owned(),
            replication: 4,
            seed: 7,
            sentence: String::new(),
        };
        assert_eq!(
            again(Path::new("a.toml"), &failure),
            "rvtsim run a.toml --regions 'Hollands Midden' --replications 4 --seed 7 --threads 1"
        );
    }
}
