//! `rvtsim sweep`.

use std::ops::Range;
use std::path::{Path, PathBuf};
use std::sync::Arc;
use std::time::Duration;
use std::{env, thread};

use clap::{Args, Subcommand};

use super::progress::Display;
use super::run::{load, names};
use super::setting::EarlierArguments;
use super::setting::{Other, SettingArguments};
use super::terminal::{note, quoted, say};
use super::tongue::tongue;
use super::undertaking::{go_on, kept, note_written, words};
use super::value::MAX_REPLICATION;
use super::{Problem, interruption, machine, value};
use crate::experiment::{
    Cost, Design, Execution, InPart, PassFailure, Progress, Watcher, points_together,
};
use crate::report::{Earlier, FolderError, Lang, counted};
use crate::scenario::{Changes, Said, Scenario, said};
use crate::study::{
    self, Chunk, Standing, SweepDesign, SweepFolder, must_be_all, results_table, run_points,
};

/// How soon it is seen that another program is done.
const A_MOMENT: Duration = Duration::from_millis(100);

pub(super) const ABOUT: &str = "\
Runs a scenario at every point of its section [sweep]: the same families, forms and
replications at each, other values of what varies. Writes design.csv (the points), results.csv
(a row for each point, form, replication and KPI), factors.csv (what varies, how far, and how well
it is known), for designs that can tell sensitivity.csv (what matters), and a
datapackage.json that describes them. docs/sweep.md tells how to read them in R and Python.

A sweep is made in parts, and may be interrupted and gone on with at any moment. Many machines
that share a disk can each make a chunk of it.";

pub(super) const EXAMPLES: &str = "\
Examples:
  rvtsim sweep scenarios/studies/aannames.toml             all of it
  rvtsim sweep scenarios/studies/aannames.toml --resume    after an interruption
  rvtsim sweep plan scenarios/studies/aannames.toml        how many points and how long, running nothing
  rvtsim sweep run scenarios/studies/aannames.toml --chunk 3/40
      one of forty parts, on any machine that shares the disk
  rvtsim sweep status scenarios/studies/aannames.toml      what has been made
  rvtsim sweep merge scenarios/studies/aannames.toml       the tables, once all has been made";

/// What `rvtsim sweep` is told: everything at once, or a step.
#[derive(Clone, PartialEq, Debug, Args)]
#[command(
    args_conflicts_with_subcommands = true,
    subcommand_value_name = "STEP",
    subcommand_help_heading = "Steps"
)]
pub struct SweepArguments {
    /// One step of a sweep that several programs make together.
    #[command(subcommand)]
    pub step: Option<SweepStep>,
    /// All steps at once.
    #[command(flatten)]
    pub whole: Option<SweepTarget>,
    /// What may be done with earlier work.
    #[command(flatten)]
    pub earlier: EarlierArguments,
}

/// Which sweep, and where; every step of a sweep is told the same.
#[derive(Clone, PartialEq, Debug, Args)]
pub struct SweepTarget {
    /// A scenario with a section `[sweep]`, such as scenarios/studies/aannames.toml
    #[arg(value_name = "FILE")]
    pub file: PathBuf,
    /// Folder for the results, instead of results/NAME
    #[arg(long, value_name = "DIR")]
    pub out: Option<PathBuf>,
    /// How often everything is repeated with other chance, instead of what the file says
    #[arg(long, value_name = "N", value_parser = value::whole::<u32>(1..=MAX_REPLICATION))]
    pub replications: Option<u32>,
    /// Points, as the design counts them, instead of what the file says
    #[arg(long, value_name = "N", value_parser = value::whole::<u32>(1..=u32::MAX.into()))]
    pub points: Option<u32>,
    /// Number from which all chance follows, instead of what the file says
    #[arg(long, value_name = "S")]
    pub seed: Option<u64>,
    /// Only these veiligheidsregio's, with commas between; in quotes if a name has spaces
    #[arg(long, value_name = "A,B", value_delimiter = ',')]
    pub regions: Option<Vec<String>>,
    // Not flattened as elsewhere: an optional group within which another stands is never there for clap.
    /// The belief set, a file in scenarios/beliefs/ without .toml, instead of the scenario's own
    #[arg(long, value_name = "KEY")]
    pub belief: Option<String>,
    /// A variant of the scenario, instead of the scenario without its variants
    #[arg(long, value_name = "KEY")]
    pub variant: Option<String>,
    /// Threads to use, instead of one for each core; no effect on results
    #[arg(long, value_name = "N", value_parser = value::whole::<u16>(1..=1024))]
    pub threads: Option<u16>,
    /// Language of what is told
    #[arg(long, default_value = "nl", value_parser = value::lang())]
    pub lang: Lang,
    /// Writes the results as results.parquet too
    #[arg(long)]
    pub parquet: bool,
}

/// A step of a sweep.
#[derive(Clone, PartialEq, Debug, Subcommand)]
pub enum SweepStep {
    /// Tells how many points there are and what they will take; runs nothing
    Plan(SweepTarget),
    /// Makes a chunk of the points, or what is missing of all
    Run {
        /// Which sweep.
        #[command(flatten)]
        target: SweepTarget,
        /// Which of how many chunks of about the same size, such as 3/40
        #[arg(long, value_name = "I/N", default_value = "1/1", value_parser = value::chunk)]
        chunk: Chunk,
    },
    /// Tells which points have been made
    Status(SweepTarget),
    /// Puts everything that has been made together
    Merge {
        /// Which sweep.
        #[command(flatten)]
        target: SweepTarget,
        /// Replace an earlier sweep of the same scenario that is in the folder
        #[arg(long)]
        replace: bool,
    },
}

impl SweepTarget {
    fn setting(&self) -> SettingArguments {
        SettingArguments {
            belief: self.belief.clone(),
            variant: self.variant.clone(),
        }
    }
}

/// Makes a sweep, or a step of it.
pub(super) fn sweep(arguments: &SweepArguments) -> Result<(), Problem> {
    match (&arguments.step, &arguments.whole) {
        (Some(SweepStep::Plan(target)), _) => plan(target),
        (Some(SweepStep::Run { target, chunk }), _) => run_chunk(target, *chunk),
        (Some(SweepStep::Status(target)), _) => status(target),
        (Some(SweepStep::Merge { target, replace }), _) => merge(target, *replace),
        (None, Some(target)) => make(target, arguments.earlier),
        (None, None) => Err(Problem::request(said!("no scenario is given"))),
    }
}

/// All of it, from beginning to end.
fn make(target: &SweepTarget, earlier: EarlierArguments) -> Result<(), Problem> {
    let scenario = read(target)?;
    let design = design(&scenario, target)?;
    let is_resumed = earlier.resume && !earlier.replace;
    if is_resumed && standing(target, &design)? == Standing::Finished {
        return finished(target, &design);
    }
    let folder = open(target, &design, earlier.allowed())?;
    let again = go_on(env::args_os().skip(1));
    run(target, &design, &folder, Chunk::WHOLE, &again)?;
    conclude(target, &design, &folder, &again)
}

/// What it will take.
fn plan(target: &SweepTarget) -> Result<(), Problem> {
    let scenario = read(target)?;
    let design = design(&scenario, target)?;
    let cost = cost(target, &design, design.n_points());
    say(&study::sweep_plan(&design, &cost, target.lang))
}

/// A chunk of it.
fn run_chunk(target: &SweepTarget, chunk: Chunk) -> Result<(), Problem> {
    let scenario = read(target)?;
    let design = design(&scenario, target)?;
    // A scheduler may come back to a chunk when all has been done.
    match standing(target, &design)? {
        Standing::Finished => return finished(target, &design),
        there if is_whole(&there, &design) => {
            note(&all_made(target));
            return Ok(());
        }
        _ => {}
    }
    let path = out(target, &scenario);
    let folder = SweepFolder::open_together(&path, &scenario, design.n_points())?;
    // The same chunk: whoever asked for it has others made elsewhere.
    run(target, &design, &folder, chunk, &typed())?;
    let missing = folder.made()?.missing_in(1..design.n_points() + 1);
    match missing.n_points() {
        0 => note(&all_made(target)),
        n => note(&said!(
            "left to other chunks: {}",
            counted(n, "point", tongue())
        )),
    }
    Ok(())
}

/// Nothing has to be done any more.
fn finished(target: &SweepTarget, design: &SweepDesign) -> Result<(), Problem> {
    let path = out(target, design.scenario());
    SweepFolder::clear(&path, design.scenario(), design.n_points())?;
    note(&said!(
        "the whole sweep is finished: there is nothing to do"
    ));
    Ok(())
}

/// What to do when every point has been made.
fn all_made(target: &SweepTarget) -> Said {
    let merge = command("merge", target);
    said!("all points have been made; next:\n  {}", merge)
}

/// What has been made of it.
fn status(target: &SweepTarget) -> Result<(), Problem> {
    let scenario = read(target)?;
    let design = design(&scenario, target)?;
    let standing = standing(target, &design)?;
    let path = out(target, &scenario);
    say(&study::sweep_status(&design, &standing, &path, target.lang))
}

fn standing(target: &SweepTarget, design: &SweepDesign) -> Result<Standing, Problem> {
    let path = out(target, design.scenario());
    Ok(SweepFolder::standing(
        &path,
        design.scenario(),
        design.n_points(),
    )?)
}

/// Puts together what has been made of it.
fn merge(target: &SweepTarget, is_replaced: bool) -> Result<(), Problem> {
    let scenario = read(target)?;
    let design = design(&scenario, target)?;
    // What has been made is never dropped here.
    let earlier = Earlier {
        is_resumed: true,
        is_replaced,
    };
    let path = out(target, &scenario);
    let mut is_waiting = false;
    loop {
        match standing(target, &design)? {
            Standing::Finished if !is_replaced => {
                if target.parquet && !path.join("results.parquet").exists() {
                    return Err(Problem::request(said!(
                        "the sweep was merged before, without --parquet, and its parts are gone"
                    )));
                }
                return finished(target, &design);
            }
            // Before the place is locked: others may be making what is missing.
            Standing::Parts { made, .. } => must_be_all(&made, design.n_points())?,
            _ => {}
        }
        match SweepFolder::open(&path, &scenario, design.n_points(), earlier) {
            Ok(folder) => return conclude(target, &design, &folder, &typed()),
            // Every job of an array may end with a merge: one of them does it, the others see it done.
            Err(FolderError::Busy(_)) => {
                if !is_waiting {
                    note(&said!(
                        "another rvtsim is writing this sweep: waiting for it"
                    ));
                    is_waiting = true;
                }
                thread::sleep(A_MOMENT);
            }
            Err(FolderError::NothingToResume(_))
                if !is_replaced && standing(target, &design)? == Standing::Finished => {}
            Err(error) => return Err(error.into()),
        }
    }
}

/// Whether every point has been made.
fn is_whole(standing: &Standing, design: &SweepDesign) -> bool {
    match standing {
        Standing::Nothing => false,
        Standing::Parts { made, .. } => made.n_points() == design.n_points(),
        Standing::Finished => true,
    }
}

fn read(target: &SweepTarget) -> Result<Scenario, Problem> {
    if target.parquet && !study::HAS_PARQUET {
        return Err(Problem::request(said!(
            "this rvtsim was built without Parquet; build one that has it:\n  cargo build --release --features parquet"
        )));
    }
    let changes = Changes {
        replications: target.replications,
        seed: target.seed,
        points: target.points,
        regions: target.regions.as_deref().map(names),
        ..Changes::default()
    };
    load(
        &target.file,
        &target.setting().and(changes),
        Other::ByOption,
    )
}

fn design<'a>(scenario: &'a Scenario, target: &SweepTarget) -> Result<SweepDesign<'a>, Problem> {
    let Some(sweep) = &scenario.sweep else {
        return Err(Problem::request(said!(
            "{} has no section [sweep]\nscenarios/studies/aannames.toml shows what it looks like",
            target.file.display()
        )));
    };
    // Before its points are made: there may be more than fit in memory.
    let n_threads = machine::n_threads(target.threads);
    let n_points = sweep.n_all_points() as usize;
    machine::admit(
        scenario,
        &Cost::of_sweep(scenario, sweep, n_points, n_threads),
    )?;
    Ok(SweepDesign::new(scenario).expect("it has a sweep"))
}

fn cost(target: &SweepTarget, design: &SweepDesign, n_points: usize) -> Cost {
    let n_threads = machine::n_threads(target.threads);
    Cost::of_sweep(design.scenario(), design.sweep(), n_points, n_threads)
}

fn out(target: &SweepTarget, scenario: &Scenario) -> PathBuf {
    let usual = || Path::new("results").join(&scenario.key);
    target.out.clone().unwrap_or_else(usual)
}

fn open<'a>(
    target: &SweepTarget,
    design: &SweepDesign<'a>,
    earlier: Earlier,
) -> Result<SweepFolder<'a>, Problem> {
    let path = out(target, design.scenario());
    Ok(SweepFolder::open(
        &path,
        design.scenario(),
        design.n_points(),
        earlier,
    )?)
}

/// Makes what is missing of a chunk.
fn run(
    target: &SweepTarget,
    design: &SweepDesign,
    folder: &SweepFolder,
    chunk: Chunk,
    again: &str,
) -> Result<(), Problem> {
    let points = chunk.points(design.n_points());
    let missing = folder.made()?.missing_in(points);
    let cost = cost(target, design, missing.n_points());
    machine::admit(design.scenario(), &cost)?;
    let display = Arc::new(Display::new());
    let stop = interruption::watch(&display)?;
    let whole = Design::new(design.scenario());
    let n_missing = missing.n_points();
    display.tell(Progress::Planned {
        n_passes: n_missing * whole.n_passes(),
        work: n_missing as u64 * whole.total_work(),
        n_threads: machine::n_threads(target.threads),
    });
    let make = |points: Range<usize>| -> Result<(), Problem> {
        let part = folder.begin_part(&points)?;
        let execution = Execution {
            n_threads: target.threads.map(usize::from),
            watcher: &InPart(&*display),
            store: part.store(),
            stop: &stop,
        };
        let samples = run_points(design, points, &execution);
        let repeated = |failure: &PassFailure| repeated(target, failure, design.n_points());
        let samples = samples.map_err(|error| Problem::of_run(&error, repeated))?;
        Ok(part.finish(&results_table(design, &samples).rows_to_csv())?)
    };
    let made = missing
        .in_pieces(points_together(design.scenario()))
        .try_for_each(make);
    display.tell(Progress::Ended);
    made.map_err(|problem| problem.and(&left(folder, again)))
}

/// What is kept, and how to go on.
fn left(folder: &SweepFolder, again: &str) -> Said {
    let there = folder.kept().unwrap_or_default();
    kept(there, folder.partial(), again)
}

/// What was typed, as it may be typed again.
fn typed() -> String {
    format!("rvtsim {}", words(env::args_os().skip(1)).join(" "))
}

/// Puts the tables in their place, and tells what they say.
fn conclude(
    target: &SweepTarget,
    design: &SweepDesign,
    folder: &SweepFolder,
    again: &str,
) -> Result<(), Problem> {
    let merged = folder.merge(design, target.parquet);
    let (placed, sensitivities) =
        merged.map_err(|error| Problem::from(error).and(&left(folder, again)))?;
    say(&study::sweep_summary(design, &sensitivities, target.lang))?;
    note_written(&placed);
    Ok(())
}

/// A step of the same sweep, as it may be typed.
fn command(step: &str, target: &SweepTarget) -> String {
    let mut command = format!(
        "rvtsim sweep {step} {}",
        quoted(&target.file.to_string_lossy())
    );
    let text = |value: Option<u64>| value.map(|value| value.to_string());
    let options = [
        (
            "out",
            target
                .out
                .as_ref()
                .map(|path| path.to_string_lossy().into_owned()),
        ),
        ("replications", text(target.replications.map(u64::from))),
        ("points", text(target.points.map(u64::from))),
        ("seed", text(target.seed)),
        (
            "regions",
            target.regions.as_ref().map(|regions| regions.join(",")),
        ),
    ];
    for (option, value) in options.into_iter().chain(target.setting().options()) {
        if let Some(value) = value {
            command += &format!(" --{option} {}", quoted(&value));
        }
    }
    if target.parquet {
        command += " --parquet";
    }
    command
}

/// The shortest command that repeats a pass that failed: a chunk of one point.
fn repeated(target: &SweepTarget, failure: &PassFailure, n_points: usize) -> String {
    let point = failure.point.unwrap_or(1);
    let command = command("run", target);
    format!("{command} --threads 1 --chunk {point}/{n_points}")
}
