//! `rvtsim run`.

use std::path::Path;

use super::terminal::{command, has_color, note, note_as_it_is};
use super::undertaking::Undertaking;
use super::{Problem, RunArguments, machine};
use crate::experiment::{self, Cost, Outcome, PassFailure, TooWide, Warning, run_precisely};
use crate::report::{self, Lang, Manifest, counted, significant};
use crate::scenario::{self, Changes, Scenario};

/// Reads, runs, writes, shows.
pub(super) fn run(arguments: &RunArguments) -> Result<(), Problem> {
    carry_out(arguments, &read(arguments)?, report::summary)
}

/// The scenario, with what the arguments change.
pub(super) fn read(arguments: &RunArguments) -> Result<Scenario, Problem> {
    read_believing(arguments, None)
}

/// The same under another belief set, if one is named.
pub(super) fn read_believing(
    arguments: &RunArguments,
    belief: Option<&str>,
) -> Result<Scenario, Problem> {
    let changes = Changes {
        belief: belief.map(str::to_owned),
        replications: arguments.replications,
        seed: arguments.seed,
        regions: arguments.regions.as_deref().map(names),
        ..Changes::default()
    };
    load(&arguments.file, &changes)
}

/// A scenario out of its file; its warnings are shown.
pub(super) fn load(file: &Path, changes: &Changes) -> Result<Scenario, Problem> {
    let scenario = scenario::load(file, changes)?;
    for warning in &scenario.warnings {
        note_as_it_is(&warning.render(has_color()));
    }
    Ok(scenario)
}

/// Runs a scenario, writes its folder and shows a page of it.
pub(super) fn carry_out(
    arguments: &RunArguments,
    scenario: &Scenario,
    page: fn(&Scenario, &Outcome, &[Warning], Lang) -> String,
) -> Result<(), Problem> {
    let cost = Cost::of_run(scenario, machine::n_threads(arguments.threads));
    machine::admit(scenario, &cost)?;
    let earlier = arguments.earlier.allowed();
    let undertaking = Undertaking::begin(scenario, arguments.out.as_deref(), earlier)?;
    let found = run_precisely(scenario, &undertaking.execution(arguments.threads));
    let again = |failure: &PassFailure| again(&arguments.file, failure);
    let found = found.map_err(|error| undertaking.failure(&error, again))?;
    let (scenario, outcome) = (&found.scenario, &found.outcome);
    for one in &found.too_wide {
        note(&too_wide(scenario, one));
    }
    let warnings = experiment::warnings(scenario, outcome);
    let manifest = Manifest::of(scenario, outcome, &warnings);
    let journeys = experiment::journeys(scenario, &undertaking.execution(arguments.threads));
    let journeys = journeys.map_err(|error| undertaking.failure(&error, again))?;
    let tables = report::tables(scenario, outcome);
    let tables = report::with_journeys(tables, scenario, &journeys);
    let page = page(scenario, outcome, &warnings, arguments.lang);
    undertaking.place(&manifest, &scenario.to_toml(), tables, &[], &page)?;
    Ok(())
}

/// That a difference is not known as well as was asked.
fn too_wide(scenario: &Scenario, one: &TooWide) -> String {
    let form = &scenario.cases[one.case].form.key;
    let all = counted(scenario.replications as usize, "replication", Lang::En);
    let seen = match one.n == scenario.replications {
        true => String::new(),
        false => format!(", {} of which show it", one.n),
    };
    match one.half_widths {
        Some((reached, asked)) => format!(
            "warning: {all}{seen}: the difference of {form} is known to ± {}, not to ± {} as asked",
            significant(Some(reached)),
            significant(Some(asked))
        ),
        None => {
            format!("warning: {all}{seen}: too few for an interval of the difference of {form}")
        }
    }
}

/// Names as they were meant, without the spaces around a comma.
pub(super) fn names(typed: &[String]) -> Vec<String> {
    typed.iter().map(|name| name.trim().to_owned()).collect()
}

/// The shortest command that repeats a pass: its region, up to its replication.
pub(super) fn again(file: &Path, failure: &PassFailure) -> String {
    let options = [
        ("regions", Some(failure.region.clone())),
        ("replications", Some(failure.replication.to_string())),
        ("seed", Some(failure.seed.to_string())),
        ("threads", Some("1".to_owned())),
    ];
    command("run", file, &options)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_pass_can_be_repeated_by_what_is_printed() {
        let failure = PassFailure {
            case: 0,
            point: None,
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
