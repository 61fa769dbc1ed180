//! `rvtsim attribute`.

use std::path::Path;

use clap::Args;

use super::run::read_believing;
use super::terminal::command;
use super::undertaking::Undertaking;
use super::{Problem, RunArguments, machine};
use crate::experiment::{self, Cost, PassFailure};
use crate::report::{self, Manifest};
use crate::scenario::Scenario;

pub(super) const ABOUT: &str = "\
Tells what differences between forms are made of. Runs the scenario with and without queues for
staff, and with and without what a belief set assumes of people: the same families each time. So
every difference from the baseline falls into a part of the organisation itself, a part of
capacity and a part of behaviour, which add up, with intervals.

Takes four runs for one belief set and two more for each other. Writes what `rvtsim run` writes,
with attribution.csv, to results/NAME_attribution.";

pub(super) const EXAMPLES: &str = "\
Examples:
  rvtsim attribute scenarios/referentie.toml
  rvtsim attribute scenarios/vergelijking.toml --belief kritisch --replications 3";

/// What `rvtsim attribute` is told.
#[derive(Clone, PartialEq, Debug, Args)]
pub struct AttributeArguments {
    /// What is run.
    #[command(flatten)]
    pub run: RunArguments,
    /// Belief sets, with commas between
    #[arg(
        long,
        value_name = "A,B",
        value_delimiter = ',',
        default_value = "programma,kritisch"
    )]
    pub belief: Vec<String>,
}

/// Reads the scenario under every belief set, runs it in every world, writes, shows.
pub(super) fn attribute(arguments: &AttributeArguments) -> Result<(), Problem> {
    let run = &arguments.run;
    let own = read_believing(run, None)?;
    let believing = |belief: &String| read_believing(run, Some(belief.trim()));
    let scenarios: Result<Vec<Scenario>, Problem> =
        arguments.belief.iter().map(believing).collect();
    let scenarios = scenarios?;
    let cost = Cost::of_run(&own, machine::n_threads(run.threads));
    machine::admit(&own, &cost)?;
    let usual = Path::new("results").join(format!("{}_attribution", own.key));
    let out = run.out.as_deref().unwrap_or(&usual);
    let undertaking = Undertaking::begin(&own, Some(out), run.earlier.allowed())?;
    let execution = undertaking.execution(run.threads);
    let again = |_: &PassFailure| command("attribute", &run.file, &[]);
    let failed = |error| undertaking.failure(&error, again);
    let each = |scenario: &Scenario| experiment::run(scenario, &execution);
    let attributions = experiment::attribute(&scenarios, each).map_err(failed)?;
    let outcome = each(&own).map_err(failed)?;
    let warnings = experiment::warnings(&own, &outcome);
    let manifest = Manifest::of(&own, &outcome, &warnings);
    let mut tables = report::tables(&own, &outcome);
    tables.extend(report::attribution_tables(&scenarios, &attributions));
    let pictures = report::pictures(&own, &outcome, run.lang);
    let page = report::attribution_page(&scenarios, &attributions, run.lang);
    undertaking.place(&manifest, &own.to_toml(), tables, &pictures, &page)?;
    Ok(())
}
