//! `rvtsim log`.

use std::env;
use std::io::{self, BufWriter, Write};
use std::path::PathBuf;

use clap::Args;

use super::run::{again, load, names, tell_warnings};
use super::setting::{Other, SettingArguments};
use super::terminal::note;
use super::value::MAX_REPLICATION;
use super::{Problem, machine, value};
use crate::experiment::{Cost, PassFailure};
use crate::report::{NewFile, Repetition, RepetitionError};
use crate::scenario::{self, Changes, Said, Scenario, cases_named, said};
use crate::study::{Life, LogFormat, LogWriter, lives_of};

pub(super) const ABOUT: &str = "\
Writes what happened to every family that came for the first time while it was measured, event by
event, for programs that mine processes: a case is one household under one form. Formats: csv, a
table; xes, for one notion of a case; ocel, for households and teams at once. The times are those of the
model's clock, Dutch winter time.

Of the folder of a finished run it tells what happened in that run, with its own seed, regions and
forms. If the program, the scenario or any file that it rests on has changed since, it says what, and
writes nothing.";

pub(super) const EXAMPLES: &str = "\
Examples:
  rvtsim log scenarios/referentie.toml --regions Zeeland --out zeeland.csv
  rvtsim log scenarios/referentie.toml --forms v0,v4 --format xes --out estafette.xes
  rvtsim log scenarios/referentie.toml --format ocel | head -c 500
  rvtsim log results/vergelijking --regions Utrecht --replication 2 --format xes --out utrecht.xes";

/// What `rvtsim log` is told.
#[derive(Clone, PartialEq, Debug, Args)]
pub struct LogArguments {
    /// The scenario, such as scenarios/referentie.toml, or the folder of a finished run
    #[arg(value_name = "FILE|RUN")]
    pub file: PathBuf,
    /// Format of the log
    #[arg(long, default_value = "csv", value_parser = value::word(LogFormat::ALL, LogFormat::key))]
    pub format: LogFormat,
    /// File for the log, which must not be there yet, instead of standard output
    #[arg(long, value_name = "PATH")]
    pub out: Option<PathBuf>,
    /// Only these forms and the baseline, with commas between; a beginning such as v4 will do
    #[arg(long, value_name = "A,B", value_delimiter = ',')]
    pub forms: Option<Vec<String>>,
    /// Only these veiligheidsregio's, with commas between; in quotes if a name has spaces
    #[arg(long, value_name = "A,B", value_delimiter = ',')]
    pub regions: Option<Vec<String>>,
    /// Which setting of the scenario, or of the run.
    #[command(flatten)]
    pub setting: SettingArguments,
    /// The replication
    #[arg(long, value_name = "K", default_value_t = 1, value_parser = value::whole::<u32>(1..=MAX_REPLICATION))]
    pub replication: u32,
    /// Number from which all chance follows, instead of what the file says
    #[arg(long, value_name = "S")]
    pub seed: Option<u64>,
}

/// The scenario and its file, whether it is named or the folder of a run made from it is; and that run.
fn read(arguments: &LogArguments) -> Result<(PathBuf, Scenario, Option<Repetition>), Problem> {
    let regions = arguments.regions.as_deref().map(names);
    if !arguments.file.is_dir() {
        let changes = arguments.setting.and(changes(arguments.seed, regions));
        let scenario = load(&arguments.file, &changes, Other::ByOption)?;
        return Ok((arguments.file.clone(), scenario, None));
    }
    if arguments.seed.is_some() {
        return Err(Problem::request(said!(
            "a finished run has its own seed: leave out --seed, or name the scenario"
        )));
    }
    let run = Repetition::read(&arguments.file)?;
    let run = in_setting(run, &arguments.setting)?;
    let file = run.scenario_file(&env::current_dir().unwrap_or_default())?;
    // As the run was read: what is run beside a scenario is read under a setting that is named, the scenario itself is not.
    let own = changes(Some(run.seed()), Some(run.regions().to_vec()));
    let itself = scenario::load(&file, &own)?;
    let own = match itself.setting() == run.setting() {
        true => own,
        false => run.asked_of(own),
    };
    let scenario = scenario::load(&file, &own)?.alone();
    run.must_be_of(&scenario)?;
    tell_warnings(std::slice::from_ref(&scenario));
    let scenario = match regions {
        None => scenario,
        Some(_) => scenario::load(&file, &Changes { regions, ..own })?,
    };
    run.must_have(arguments.replication, &scenario)?;
    Ok((file, scenario, Some(run)))
}

fn changes(seed: Option<u64>, regions: Option<Vec<String>>) -> Changes {
    Changes {
        replications: Some(1),
        seed,
        regions,
        ..Changes::default()
    }
}

/// The run in the setting that is asked for, of those that stand beside each other in its folder.
fn in_setting(run: Repetition, asked: &SettingArguments) -> Result<Repetition, Problem> {
    let settings = run.settings();
    if *asked != SettingArguments::default() {
        return Ok(run.in_setting(asked.belief.as_deref(), asked.variant.as_deref())?);
    }
    if settings.len() > 1 {
        let told = said!(
            "the run holds several settings ({}): what follows is of {}; for another: --belief KEY, --variant KEY",
            settings.join(", "),
            settings[0]
        );
        note(&told);
    }
    Ok(run)
}

impl From<RepetitionError> for Problem {
    fn from(error: RepetitionError) -> Self {
        if error.is_request() {
            Problem::request(error.said())
        } else {
            Problem::world(error.said())
        }
    }
}

/// Follows all families of one replication, and writes their log.
pub(super) fn log(arguments: &LogArguments) -> Result<(), Problem> {
    let (file, scenario, run) = read(arguments)?;
    let cases = cases_named(&scenario, arguments.forms.as_deref().unwrap_or_default())?;
    machine::admit(&scenario, &Cost::of_run(&scenario, 1))?;
    let mut new = arguments.out.as_deref().map(NewFile::begin).transpose()?;
    let out: &mut dyn Write = match &mut new {
        None => &mut io::stdout().lock(),
        Some(new) => new,
    };
    let lives = |case: usize, region: usize| -> Result<Vec<Life>, Problem> {
        lives_of(&scenario, case, region, arguments.replication).map_err(|failure| {
            let again = |failure: &PassFailure| again(&file, failure);
            Problem::bug(&failure, &again(&failure))
        })
    };
    let written = || -> Result<io::Result<(usize, usize)>, Problem> {
        let mut log = match LogWriter::begin(&scenario, arguments.format, BufWriter::new(out)) {
            Ok(log) => log,
            Err(error) => return Ok(Err(error)),
        };
        for &case in &cases {
            for region in 0..scenario.regions.len() {
                for life in lives(case, region)? {
                    if let Err(error) = log.life(region, &life) {
                        return Ok(Err(error));
                    }
                }
            }
        }
        Ok(log.end())
    };
    match written()? {
        Ok((n_cases, n_events)) => {
            if let Some(run) = run {
                run.must_be_there_still()?;
            }
            new.map(NewFile::place).transpose()?;
            note(&said!("{} cases, {} events", n_cases, n_events));
            Ok(())
        }
        // Whoever stops reading, as `head` does, has seen enough.
        Err(error) if error.kind() == io::ErrorKind::BrokenPipe => Ok(()),
        Err(error) => {
            let out = arguments.out.as_ref();
            let error = Said::of(&error);
            Err(Problem::world(match out {
                Some(out) => said!("cannot write {}: {}", out.display(), error),
                None => said!("cannot write to standard output: {}", error),
            }))
        }
    }
}
