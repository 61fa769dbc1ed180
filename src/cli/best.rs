//! `rvtsim best`.

use std::path::PathBuf;
use std::sync::Arc;

use clap::Args;

use super::progress::Display;
use super::run::{again, load, names};
use super::setting::{Other, SettingArguments};
use super::terminal::say;
use super::value::MAX_REPLICATION;
use super::{Problem, interruption, machine, value};
use crate::experiment::{Cost, Execution, PassFailure};
use crate::model::KPIS;
use crate::report::Lang;
use crate::scenario::{Changes, FIRST_REPLICATIONS, kpi_named, said};
use crate::study::{self, Contest, select};

pub(super) const ABOUT: &str = "\
Finds the form that is the best on one KPI, replication by replication: forms that are
clearly not the best are run no more, so that replications go where they decide. The chance
that the selected form is the best is 95 % or more, if it is better than any other by the
indifference or more (Kim and Nelson 2001); the forms meet the same families and the same chance.
Writes nothing to disk; an interruption loses what was made.";

pub(super) const EXAMPLES: &str = "\
Examples:
  rvtsim best scenarios/referentie.toml --kpi wait_first_help_mean_days --indifference 2
      the form with the shortest wait for help, to within two days
  rvtsim best scenarios/vergelijking.toml --kpi unsafe_days_per_family_year --indifference 0.5 --csv";

/// What `rvtsim best` is told.
#[derive(Clone, PartialEq, Debug, Args)]
pub struct BestArguments {
    /// The scenario, such as scenarios/vergelijking.toml
    #[arg(value_name = "FILE")]
    pub file: PathBuf,
    /// The KPI, by its key; columns.csv of a run lists them
    #[arg(long, value_name = "KEY")]
    pub kpi: String,
    /// A difference that nobody cares about, in the unit of the KPI
    #[arg(long, value_name = "X")]
    pub indifference: f64,
    /// Replications after which it ends all the same; it begins with ten
    #[arg(long, value_name = "N", default_value_t = 200, value_parser = value::whole::<u32>(FIRST_REPLICATIONS as i64..=MAX_REPLICATION))]
    pub at_most: u32,
    /// Number from which all chance follows, instead of what the file says
    #[arg(long, value_name = "S")]
    pub seed: Option<u64>,
    /// Only these veiligheidsregio's, with commas between; in quotes if a name has spaces
    #[arg(long, value_name = "A,B", value_delimiter = ',')]
    pub regions: Option<Vec<String>>,
    /// Which setting of the scenario.
    #[command(flatten)]
    pub setting: SettingArguments,
    /// Threads to use, instead of one for each core; no effect on results
    #[arg(long, value_name = "N", value_parser = value::whole::<u16>(1..=1024))]
    pub threads: Option<u16>,
    /// Writes a table for other programs
    #[arg(long)]
    pub csv: bool,
    /// Language of what is told
    #[arg(long, default_value = "nl", value_parser = value::lang())]
    pub lang: Lang,
}

/// Finds the best form and tells which it is.
pub(super) fn best(arguments: &BestArguments) -> Result<(), Problem> {
    let changes = Changes {
        // As many as are looked at first: what it will cost at least.
        replications: Some(FIRST_REPLICATIONS),
        seed: arguments.seed,
        regions: arguments.regions.as_deref().map(names),
        ..Changes::default()
    };
    let changes = arguments.setting.and(changes);
    let kpi = kpi_named(&arguments.kpi)?;
    if !(arguments.indifference > 0.0 && arguments.indifference.is_finite()) {
        return Err(Problem::request(said!(
            "--indifference is not above 0\nwrite a difference that nobody cares about, such as 1"
        )));
    }
    let contest = Contest::on(kpi, arguments.indifference, arguments.at_most);
    let contest = contest.ok_or_else(|| {
        Problem::request(said!(
            "more of `{}` is neither better nor worse by itself, so no form is the best on it",
            KPIS[kpi].key
        ))
    })?;
    let scenario = load(&arguments.file, &changes, Other::ByOption)?;
    machine::admit(
        &scenario,
        &Cost::of_run(&scenario, machine::n_threads(arguments.threads)),
    )?;
    let display = Arc::new(Display::new());
    let stop = interruption::watch(&display)?;
    let execution = Execution {
        n_threads: arguments.threads.map(usize::from),
        watcher: &*display,
        stop: &stop,
        ..Execution::default()
    };
    let verdict = select(&scenario, &contest, &execution);
    let verdict = verdict.map_err(|error| {
        Problem::of_run(&error, |failure: &PassFailure| {
            again(&arguments.file, failure)
        })
    })?;
    say(&match arguments.csv {
        true => study::contest_table(&scenario, &contest, &verdict),
        false => study::contest(&scenario, &contest, &verdict, arguments.lang),
    })
}
