//! `rvtsim run`.

use std::collections::BTreeSet;
use std::path::{Path, PathBuf};

use clap::Args;

use super::setting::EarlierArguments;
use super::setting::{Other, one_of};
use super::terminal::{command, has_color, note, note_as_it_is, say};
use super::tongue::tongue;
use super::undertaking::Undertaking;
use super::value::MAX_REPLICATION;
use super::{Problem, machine, value};
use crate::experiment::{Cost, Outcome, PassFailure, Warning};
use crate::report::{FolderError, Lang, Manifest, SideBySide, counted, side_by_side, significant};
use crate::scenario::{self, Changes, Said, Scenario, said};
use crate::study::{self, TooWide, run_precisely};
use crate::{experiment, report};

pub(super) const ABOUT: &str = "\
Simulates every form of a scenario in every region, a number of times, and writes tables
and a manifest to results/NAME, NAME being the file's name without .toml. Ends with one
table: the headline indicators of every form, their difference from the baseline, and what
to doubt. Several belief sets and variants of the scenario are run side by side.

A folder that holds an earlier run is left alone, unless --replace says otherwise. Finished
parts of a run are kept in results/NAME.partial until it is complete: Ctrl-C ends it, and
--resume goes on from there, also after a crash. The same scenario and seed give the same
files, on any computer and any number of threads, in one go or in several.";

pub(super) const EXAMPLES: &str = "\
Examples:
  rvtsim run scenarios/vergelijking.toml
      everything as the file says
  rvtsim run scenarios/vergelijking.toml --regions Zeeland,Drenthe --replications 3
      a quick look: two regions, three replications
  rvtsim run scenarios/vergelijking.toml --seed 2 --out results/ander_toeval
      the same question with other chance, kept in a folder of its own
  rvtsim run scenarios/vergelijking.toml --resume
      go on with a run that was interrupted
  rvtsim run scenarios/vergelijking.toml --tables-only
      for R or Python: no page and no figures

Written:
  report.html        one page with the answer and all figures, Dutch and English
  charts/            every figure of it as an SVG and a PNG file
  kpis.csv           indicators of every form and region, with their intervals
  paired.csv         differences from the baseline, with their intervals
  queues.csv         how long one waits for each function, and what still waits
  teams.csv          load, queue and staff of every team
  routes.csv         ways that cases have gone
  distributions.csv  how many of a hundred families wait how long, or are handed over how often
  flows.csv          from which step to which families go, and who does it
  replications.csv   indicators of every replication
  compare.csv        belief sets and variants side by side, if there are several
  beside/            each of them but the first, as a run of its own
  journeys.csv       one family of three kinds under every form, day by day
  journey_types.csv  how many families live like it, and what it has beside their median
  evidence.csv       every parameter with value, range, grade and source
  columns.csv        what every column and every indicator means
  scenario.toml      every value that was used
  manifest.json      what was run, from which files, and what to doubt";

/// What `rvtsim run` and `rvtsim monitor` are told.
#[derive(Clone, PartialEq, Debug, Args)]
pub struct RunArguments {
    /// The scenario, such as scenarios/vergelijking.toml
    #[arg(value_name = "FILE")]
    pub file: PathBuf,
    /// Folder for the results, instead of results/NAME
    #[arg(long, value_name = "DIR")]
    pub out: Option<PathBuf>,
    /// How often everything is repeated with other chance, instead of what the file says
    #[arg(long, value_name = "N", value_parser = value::whole::<u32>(1..=MAX_REPLICATION))]
    pub replications: Option<u32>,
    /// Number from which all chance follows, instead of what the file says
    #[arg(long, value_name = "S")]
    pub seed: Option<u64>,
    /// Threads to use, instead of one for each core; no effect on results
    #[arg(long, value_name = "N", value_parser = value::whole::<u16>(1..=1024))]
    pub threads: Option<u16>,
    /// What may be done with earlier work.
    #[command(flatten)]
    pub earlier: EarlierArguments,
    /// Only these veiligheidsregio's, with commas between; in quotes if a name has spaces
    #[arg(long, value_name = "A,B", value_delimiter = ',')]
    pub regions: Option<Vec<String>>,
    /// Leaves out page and figures; `rvtsim report RUN` makes them later
    #[arg(long)]
    pub tables_only: bool,
    /// Language of the table
    #[arg(long, default_value = "nl", value_parser = value::lang())]
    pub lang: Lang,
}

/// Reads, runs, writes, shows.
pub(super) fn run(arguments: &RunArguments) -> Result<(), Problem> {
    let settings = scenario::load_settings(&arguments.file, &changes(arguments, None))?;
    tell_warnings(&settings);
    carry_out(arguments, &settings, report::summary, |_, _, _| {
        String::new()
    })
}

/// Warnings of a scenario in its settings, each once.
pub(super) fn tell_warnings(settings: &[Scenario]) {
    let mut told = BTreeSet::new();
    for warning in settings.iter().flat_map(|one| &one.warnings) {
        let text = warning.render(has_color(), tongue());
        if told.insert(text.clone()) {
            note_as_it_is(&text);
        }
    }
}

/// The scenario, with what the arguments change, under another belief set, if one is named.
pub(super) fn read_believing(
    arguments: &RunArguments,
    belief: Option<&str>,
) -> Result<Scenario, Problem> {
    load(&arguments.file, &changes(arguments, belief), Other::ByFile)
}

pub(super) fn changes(arguments: &RunArguments, belief: Option<&str>) -> Changes {
    Changes {
        belief: belief.map(str::to_owned),
        replications: arguments.replications,
        seed: arguments.seed,
        regions: arguments.regions.as_deref().map(names),
        ..Changes::default()
    }
}

/// A scenario out of its file, without what is run beside it; its warnings are shown, and which of its settings it is.
pub(super) fn load(file: &Path, changes: &Changes, other: Other) -> Result<Scenario, Problem> {
    let scenario = one_of(scenario::load(file, changes)?, other);
    tell_warnings(std::slice::from_ref(&scenario));
    Ok(scenario)
}

/// Refuses a scenario with paths, of which a command cannot say what it says of forms.
pub(super) fn without_paths(scenario: &Scenario) -> Result<(), Problem> {
    let path = scenario.cases.iter().find(|case| case.course.is_some());
    path.map_or(Ok(()), |path| {
        Err(Problem::request(said!("`{}` is a path, and this is asked of forms\ntake the paths out of `forms`, and name the forms themselves", path.form.key)))
    })
}

/// Runs a scenario in its settings, writes its folder and shows a page of it.
pub(super) fn carry_out(
    arguments: &RunArguments,
    settings: &[Scenario],
    page: fn(&Scenario, &Outcome, &[Warning], Lang) -> String,
    beside: fn(&Scenario, &Outcome, Lang) -> String,
) -> Result<(), Problem> {
    let (scenario, others) = settings.split_first().expect("a scenario has a setting");
    let cost = Cost::of_settings(settings, machine::n_threads(arguments.threads));
    machine::admit(scenario, &cost)?;
    let earlier = arguments.earlier.allowed();
    let mut undertaking = Undertaking::begin(scenario, arguments.out.as_deref(), earlier)?;
    undertaking.is_drawn = !arguments.tables_only;
    let found = run_precisely(scenario, &undertaking.execution(arguments.threads));
    let again = |failure: &PassFailure| again(&arguments.file, failure);
    let found = found.map_err(|error| undertaking.failure(&error, again))?;
    let (scenario, outcome) = (&found.scenario, &found.outcome);
    for one in &found.too_wide {
        note(&too_wide(scenario, one));
    }
    let mut more = String::new();
    for other in others {
        // As often as the first, so that they are paired.
        let other = Scenario {
            replications: scenario.replications,
            ..other.clone().alone()
        };
        let outcome = experiment::run(&other, &undertaking.execution(arguments.threads));
        let outcome = outcome.map_err(|error| undertaking.failure(&error, again))?;
        let warnings = experiment::warnings(&other, &outcome);
        let manifest = Manifest::of(&other, &outcome, &warnings);
        more += &beside(&other, &outcome, arguments.lang);
        undertaking.set_beside(&other, &manifest, report::tables(&other, &outcome))?;
    }
    let warnings = experiment::warnings(scenario, outcome);
    let manifest = Manifest::of(scenario, outcome, &warnings);
    let journeys = study::journeys(scenario, &undertaking.execution(arguments.threads));
    let journeys = journeys.map_err(|error| undertaking.failure(&error, again))?;
    let tables = report::tables(scenario, outcome);
    let tables = study::with_journeys(tables, scenario, &journeys);
    let page = page(scenario, outcome, &warnings, arguments.lang) + &more;
    let path = undertaking.place(&manifest, &scenario.to_toml(), tables, &[], &page)?;
    if !others.is_empty() {
        let found = SideBySide::read(&[path]).map_err(FolderError::from)?;
        say(&side_by_side(&found, arguments.lang))?;
    }
    Ok(())
}

/// That a difference is not known as well as was asked.
fn too_wide(scenario: &Scenario, one: &TooWide) -> Said {
    let form = &scenario.cases[one.case].form.key;
    let all = counted(scenario.replications as usize, "replication", tongue());
    let all = match one.n == scenario.replications {
        true => all.into(),
        false => said!("{}, {} of which show it", all, one.n),
    };
    match one.half_widths {
        Some((reached, asked)) => said!(
            "warning: {}: the difference of {} is known to ± {}, not to ± {} as asked",
            all,
            form,
            significant(Some(reached)),
            significant(Some(asked))
        ),
        None => said!(
            "warning: {}: too few for an interval of the difference of {}",
            all,
            form
        ),
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
