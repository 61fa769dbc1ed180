//! `rvtsim attribute`.

use std::path::Path;

use clap::Args;
use clap::builder::{PossibleValuesParser, TypedValueParser};

use super::machine::taking;
use super::run::{read_believing, without_paths};
use super::terminal::{command, note};
use super::undertaking::Undertaking;
use super::{Problem, RunArguments, machine, value};
use crate::experiment::{Cost, Outcome, PassFailure, RunError};
use crate::report::{Manifest, Table};
use crate::scenario::{Scenario, said};
use crate::study::{self, BlockPlan};
use crate::{experiment, report};

pub(super) const ABOUT: &str = "\
Tells what differences between forms are made of, the same families each time.

By effects: runs the scenario with and without queues for staff, and with and without what a
belief set assumes of people. So every difference from the baseline falls into a part of the
organisation itself, a part of capacity and a part of behaviour, which add up, with intervals.
Takes four runs for one belief set and two more for each other.

By blocks: takes every form apart into its building blocks (one dossier, the face that stays,
joining, staff in one team and so on), runs it with every combination of them, and tells what
each contributes to every difference: its share over all orders in which the blocks may come
(Shapley value), what the baseline does with that block alone, and the form without it. Where
all combinations are too many, as many orders as --permutations says stand for them.

Writes what `rvtsim run` writes, with attribution.csv to results/NAME_attribution, or with
attribution_blocks.csv to results/NAME_blocks.";

pub(super) const EXAMPLES: &str = "\
Examples:
  rvtsim attribute scenarios/referentie.toml
  rvtsim attribute scenarios/vergelijking.toml --belief kritisch --replications 3
  rvtsim attribute scenarios/referentie.toml --by blocks --replications 3 --permutations 8";

/// What differences are taken apart into.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub enum Parts {
    /// Families of effects: structure, capacity, behaviour.
    Effects,
    /// Building blocks of a form.
    Blocks,
}

impl Parts {
    const KEYS: [&'static str; 2] = ["effects", "blocks"];

    fn from_key(key: &str) -> Parts {
        match key {
            "blocks" => Parts::Blocks,
            _ => Parts::Effects,
        }
    }
}

/// What `rvtsim attribute` is told.
#[derive(Clone, PartialEq, Debug, Args)]
pub struct AttributeArguments {
    /// What is run.
    #[command(flatten)]
    pub run: RunArguments,
    /// What differences are taken apart into
    #[arg(
        long,
        default_value = "effects",
        value_parser = PossibleValuesParser::new(Parts::KEYS).map(|key| Parts::from_key(&key))
    )]
    pub by: Parts,
    /// Belief sets, with commas between: by effects programma,kritisch if it is not said; by
    /// blocks one, the scenario's own if it is not said
    #[arg(long, value_name = "A,B", value_delimiter = ',')]
    pub belief: Option<Vec<String>>,
    /// Orders of a form's blocks that are sampled where all would take more
    #[arg(long, value_name = "N", default_value_t = 32, value_parser = value::whole::<u32>(2..=10_000))]
    pub permutations: u32,
}

/// Reads the scenario, runs it in every world or with every combination of blocks, writes, shows.
pub(super) fn attribute(arguments: &AttributeArguments) -> Result<(), Problem> {
    match arguments.by {
        Parts::Effects => by_effects(arguments),
        Parts::Blocks => by_blocks(arguments),
    }
}

fn by_effects(arguments: &AttributeArguments) -> Result<(), Problem> {
    let run = &arguments.run;
    let own = read_believing(run, None)?;
    without_paths(&own)?;
    let believing = |belief: &str| read_believing(run, Some(belief.trim()));
    let scenarios: Result<Vec<Scenario>, Problem> = match &arguments.belief {
        Some(beliefs) => beliefs.iter().map(|one| believing(one)).collect(),
        None => ["programma", "kritisch"]
            .into_iter()
            .map(believing)
            .collect(),
    };
    let scenarios = scenarios?;
    let cost = Cost::of_run(&own, machine::n_threads(run.threads));
    machine::admit(&own, &cost)?;
    let undertaking = begin(&own, run, "attribution")?;
    let execution = undertaking.execution(run.threads);
    let failed = |error: RunError| undertaking.failure(&error, again(run));
    let each = |scenario: &Scenario| experiment::run(scenario, &execution);
    let attributions = study::attribute(&scenarios, each).map_err(failed)?;
    let outcome = each(&own).map_err(failed)?;
    let tables = study::attribution_tables(&scenarios, &attributions);
    let page = study::attribution_page(&scenarios, &attributions, run.lang);
    place(undertaking, &own, &outcome, tables, &page)
}

fn by_blocks(arguments: &AttributeArguments) -> Result<(), Problem> {
    let run = &arguments.run;
    let belief = match arguments.belief.as_deref() {
        None => None,
        Some([belief]) => Some(belief.trim()),
        Some(_) => {
            let fact = said!("--by blocks takes one belief set; run it once for each");
            return Err(Problem::request(fact));
        }
    };
    let own = read_believing(run, belief)?;
    without_paths(&own)?;
    let plan = BlockPlan::new(&own, arguments.permutations);
    if plan.n_cases() == 0 {
        let fact = said!("there is no form beside the baseline, so no difference to take apart");
        return Err(Problem::request(fact));
    }
    let cost = plan.cost(machine::n_threads(run.threads));
    machine::admit(&own, &cost)?;
    note(&said!(
        "{} composed forms: {}",
        plan.n_cases(),
        taking(&cost)
    ));
    let undertaking = begin(&own, run, "blocks")?;
    let execution = undertaking.execution(run.threads);
    let failed = |error: RunError| undertaking.failure(&error, again(run));
    let each = |scenario: &Scenario| experiment::run(scenario, &execution);
    let attribution = plan.run(each).map_err(failed)?;
    let outcome = each(&own).map_err(failed)?;
    let tables = study::block_tables(&own, &outcome, &attribution);
    let page = study::block_page(&own, &outcome, &attribution, run.lang);
    place(undertaking, &own, &outcome, tables, &page)
}

/// Claims the folder that was asked for, or else one with the scenario's name and a word.
pub(super) fn begin<'a>(
    own: &'a Scenario,
    run: &RunArguments,
    word: &str,
) -> Result<Undertaking<'a>, Problem> {
    let usual = Path::new("results").join(format!("{}_{word}", own.key));
    let out = run.out.as_deref().unwrap_or(&usual);
    let mut undertaking = Undertaking::begin(own, Some(out), run.earlier.allowed())?;
    undertaking.is_drawn = !run.tables_only;
    Ok(undertaking)
}

fn again(run: &RunArguments) -> impl Fn(&PassFailure) -> String + '_ {
    |_| command("attribute", &run.file, &[])
}

/// Writes the run with the tables of what was asked beside it.
pub(super) fn place(
    undertaking: Undertaking,
    own: &Scenario,
    outcome: &Outcome,
    parts: Vec<Table>,
    page: &str,
) -> Result<(), Problem> {
    let warnings = experiment::warnings(own, outcome);
    let manifest = Manifest::of(own, outcome, &warnings);
    let mut tables = report::tables(own, outcome);
    tables.extend(parts);
    undertaking.place(&manifest, &own.to_toml(), tables, &[], page)?;
    Ok(())
}
