//! `rvtsim hours`.

use clap::Args;

use super::attribute::{begin, place};
use super::machine::taking;
use super::run::{changes, load, without_paths};
use super::setting::{Other, SettingArguments};
use super::terminal::{command, has_color, note, note_as_it_is};
use super::tongue::tongue;
use super::{Problem, RunArguments, machine};
use crate::experiment::{self, PassFailure};
use crate::scenario::{Scenario, said, service_targets};
use crate::study::{self, FACTORS, Ladder};

pub(super) const ABOUT: &str = "\
Tells how many hours each form needs for a service: the least with which every target is met
and the queues come to rest. Runs the scenario with less and with more of today's staff, as
much for every organisation, with the same families each time; between the hours that were
tried the answer is taken in proportion. Says also what each form needs more than the
baseline at the same service, with intervals.

Writes what `rvtsim run` writes, with hours.csv and hours_needed.csv, to results/NAME_hours.";

pub(super) const EXAMPLES: &str = "\
Examples:
  rvtsim hours scenarios/referentie.toml --target 'term_assessment_percent >= 80' \\
      --target 'wait_first_help_p90_days <= 56'
  rvtsim hours scenarios/referentie.toml --target 'wait_first_help_p90_days <= 56' \\
      --factors 1,1.5,2,3 --euros-per-fte 95000
      with up to three times the hours of today, and in euros";

/// The least and the most of today's hours that may be tried.
const LEAST: f64 = 0.1;
const MOST: f64 = 100.0;
/// As many factors may be tried.
const MOST_FACTORS: usize = 50;

/// What `rvtsim hours` is told.
#[derive(Clone, PartialEq, Debug, Args)]
pub struct HoursArguments {
    /// What is run.
    #[command(flatten)]
    pub run: RunArguments,
    /// Which setting of the scenario.
    #[command(flatten)]
    pub setting: SettingArguments,
    /// What is asked: a KPI, >= or <=, and a number, in quotes; once for each KPI
    #[arg(long = "target", value_name = "KPI >= X", required = true)]
    pub targets: Vec<String>,
    /// Times today's hours, with commas between, instead of 0.9 to 1.5 in eight steps
    #[arg(long, value_name = "A,B", value_delimiter = ',')]
    pub factors: Option<Vec<f64>>,
    /// What an fte costs in a year; then the answer is in euros too
    #[arg(long, value_name = "X")]
    pub euros_per_fte: Option<f64>,
}

/// Reads the scenario, runs it with all these hours, writes, shows.
pub(super) fn hours(arguments: &HoursArguments) -> Result<(), Problem> {
    let run = &arguments.run;
    let (targets, odd) = service_targets(&arguments.targets)?;
    let factors = factors(arguments)?;
    if arguments
        .euros_per_fte
        .is_some_and(|price| !(price > 0.0 && price.is_finite()))
    {
        return Err(Problem::request(said!(
            "--euros-per-fte is not above 0\nwrite what an fte costs in a year, such as 95000"
        )));
    }
    for warning in &odd {
        note_as_it_is(&warning.render(has_color(), tongue()));
    }
    let own = load(
        &run.file,
        &arguments.setting.and(changes(run, None)),
        Other::ByOption,
    )?;
    without_paths(&own)?;
    let ladder = Ladder::new(&own, targets, factors);
    let cost = ladder.cost(machine::n_threads(run.threads));
    machine::admit(&own, &cost)?;
    note(&said!("{} runs: {}", ladder.n_runs(), taking(&cost)));
    let undertaking = begin(&own, run, "hours")?;
    let execution = undertaking.execution(run.threads);
    let again = |_: &PassFailure| {
        let targets = arguments.targets.iter();
        let targets = targets.map(|target| ("target", Some(target.clone())));
        let options = targets.chain(arguments.setting.options());
        command("hours", &run.file, &options.collect::<Vec<_>>())
    };
    let each = |scenario: &Scenario| experiment::run(scenario, &execution);
    let found = ladder.run(each);
    let (mut hours, outcome) = found.map_err(|error| undertaking.failure(&error, again))?;
    hours.euros_per_fte = arguments.euros_per_fte;
    let tables = study::hours_tables(&own, &hours);
    let page = study::hours_page(&own, &hours, run.lang);
    place(undertaking, &own, &outcome, tables, &page)
}

/// Times today's hours, as they are asked for.
fn factors(arguments: &HoursArguments) -> Result<Vec<f64>, Problem> {
    let factors = arguments.factors.clone().unwrap_or(FACTORS.to_vec());
    let can_be = |factor: &f64| (LEAST..=MOST).contains(factor);
    if !(2..=MOST_FACTORS).contains(&factors.len()) || !factors.iter().all(can_be) {
        return Err(Problem::request(said!(
            "--factors are not 2 to {} numbers from {} to {}\nwrite times today's hours with commas between, such as 1,1.2,1.5,2",
            MOST_FACTORS,
            LEAST,
            MOST
        )));
    }
    Ok(factors)
}
