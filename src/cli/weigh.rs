//! `rvtsim weigh`.

use std::path::{Path, PathBuf};

use clap::Args;

use super::terminal::{has_color, note, note_as_it_is, page_is, say};
use super::tongue::tongue;
use super::{Problem, value};
use crate::page::write_weighing;
use crate::report::{Lang, Renewal, Run};
use crate::scenario::{Entry, FRAMEWORK, Framework, evidence_beside, said};
use crate::study::{
    self, Believing, N_DRAWS, WeighedSweep, WeighingFiles, WeighingPage, read_sweep, weigh_others,
    weighing_page, weighing_tables,
};

pub(super) const ABOUT: &str = "\
Weighs the forms of a finished run by a framework of criteria. Draws everything that is
uncertain, ten thousand times: the outcome of the simulation, what experts say (anything, where
nobody has said something), the weights that each profile admits, and with --sweep the
parameters of the model. Says which form is first how often, what that rests on, at which weight
it tips, and with --sweep which assumption is most worth knowing.

Writes to the folder `weighing` in the run's own, in place of an earlier weighing, and makes the
page of the run anew, with the weighing on it. The rest of the run is left as it is.

Of a run that holds several belief sets each is weighed, and they stand side by side: how often
each form is first under each, and whether that holds under all. With --sweep, which is of one
belief set, the first alone is weighed. Variants are runs of their own, in the folder `beside` of
the run, and are weighed there.";

pub(super) const EXAMPLES: &str = "\
Examples:
  rvtsim weigh results/vergelijking
  rvtsim weigh results/vergelijking --framework scenarios/mijn_kader.toml --lang en
  rvtsim weigh results/vergelijking --sweep results/sweep

Written:
  weighing.csv       worth of every form, how often it is first, by two methods
  ranks.csv          how often it has each rank
  criteria.csv       worth on every criterion
  pairs.csv          how often it beats each other form
  weights.csv        weights on average, and those that make each form first
  worlds.csv         worth on every criterion in 200 draws, for the sliders of the page
  tipping.csv        weights at which another form comes first
  beliefs.csv        worth and how often first under each belief set, of a run with several
  evppi.csv          what it is worth to know each parameter (with --sweep)
  columns.csv        what every column means
  weighing.txt       what the terminal shows
  manifest.json      from which files";

/// What `rvtsim weigh` is told.
#[derive(Clone, PartialEq, Debug, Args)]
pub struct WeighArguments {
    /// Folder of a finished run, such as results/vergelijking
    #[arg(value_name = "RUN")]
    pub run: PathBuf,
    /// What is weighed by, instead of scenarios/afwegingskader.toml
    #[arg(long, value_name = "FILE")]
    pub framework: Option<PathBuf>,
    /// Folder of a sweep of the same forms: how uncertain the parameters are
    #[arg(long, value_name = "DIR")]
    pub sweep: Option<PathBuf>,
    /// How often everything that is uncertain is drawn
    #[arg(
        long,
        value_name = "N",
        default_value_t = N_DRAWS as u32,
        value_parser = value::whole::<u32>(100..=1_000_000)
    )]
    pub draws: u32,
    /// Language of what is told
    #[arg(long, default_value = "nl", value_parser = value::lang())]
    pub lang: Lang,
}

/// Reads a finished run, weighs, writes, shows.
pub(super) fn weigh(arguments: &WeighArguments) -> Result<(), Problem> {
    let renewal = Renewal::begin(&arguments.run)?;
    let run = Run::read(&arguments.run)?;
    let figures = run.figures()?;
    let file = framework_file(arguments)?;
    let framework = Framework::load(&file, &figures.forms)?;
    for warning in &framework.warnings {
        note_as_it_is(&warning.render(has_color(), tongue()));
    }
    let folder = arguments.sweep.as_deref();
    // Before it is read, so that it is known whether it is still the same afterwards.
    let of_sweep = folder.map(WeighedSweep::of).transpose();
    let sweep = folder.map(|folder| read_sweep(folder, &figures.forms));
    let (sweep, of_sweep) = (sweep.transpose()?, of_sweep?);
    let entries = evidence_beside(&file)?;
    let entry = |key: &String| -> (String, Option<&Entry>) {
        let found = entries.iter().find(|entry| entry.spec.key == *key);
        (key.clone(), found)
    };
    let parameters = sweep.iter().flat_map(|sweep| &sweep.parameters);
    let parameters: Vec<(String, Option<&Entry>)> = parameters.map(entry).collect();
    let n_draws = arguments.draws as usize;
    let weighing = study::weigh(&framework, &figures, sweep.as_ref(), n_draws, run.seed());
    let others = match of_sweep {
        None => weigh_others(&run, &framework, n_draws)?,
        Some(_) => alone(&run),
    };
    let page = weighing_page(&WeighingPage {
        framework: &framework,
        run: &run,
        figures: &figures,
        weighing: &weighing,
        parameters: &parameters,
        others: &others,
        lang: arguments.lang,
    });
    let tables = weighing_tables(&framework, &figures, &weighing, &parameters, &run, &others);
    let files = WeighingFiles {
        framework: &framework,
        sweep: of_sweep,
        weighing: &weighing,
        tables,
        page: &page,
    };
    let [path, page_of_run] = write_weighing(renewal, run, files)?;
    say(&page)?;
    note(&said!("\nwritten to {}", path.display()));
    note(&page_is(&page_of_run));
    Ok(())
}

/// No run beside one that is weighed with a sweep, which is of one belief set; where there are some, that is said.
fn alone(run: &Run) -> Vec<Believing> {
    if run.has_other_beliefs() {
        let told = said!(
            "the run holds several belief sets, and a sweep is of one: weighed is {} alone",
            run.belief()
        );
        note(&told);
    }
    Vec::new()
}

/// The framework that was named, or the shipped one.
fn framework_file(arguments: &WeighArguments) -> Result<PathBuf, Problem> {
    let shipped = Path::new("scenarios").join(FRAMEWORK);
    match &arguments.framework {
        Some(file) => Ok(file.clone()),
        None if shipped.exists() => Ok(shipped),
        None => Err(Problem::request(said!(
            "there is no {} here\nname a framework with --framework FILE, or go to the folder that holds scenarios/",
            shipped.display()
        ))),
    }
}
