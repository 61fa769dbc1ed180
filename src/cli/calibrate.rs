//! `rvtsim calibrate`.

use super::run::load;
use super::setting::EarlierArguments;
use super::setting::Other;
use super::terminal::{command, note};
use super::undertaking::Undertaking;
use super::value::{self, MAX_REPLICATION};
use super::{Problem, machine};
use crate::experiment::Cost;
use crate::report::Lang;
use crate::report::{File, Manifest};
use crate::scenario::{Changes, said};
use crate::study::CalibrationError;
use crate::{experiment, report, study};
use clap::Args;
use std::path::PathBuf;

pub(super) const ABOUT: &str = "\
Fits the free parameters of a scenario's section [calibration] to what is known of the
country, by an ensemble of runs that moves towards it, and tests the outcome on targets that
the fit has not seen. Starts from evidence.toml alone: values fitted before are left out.

Writes to results/NAME, besides the tables of an ordinary run with the chosen values:
targets.csv, parameters.csv, waves.csv, runs.csv, draws.csv, fit_columns.csv (what their
columns mean) and calibrated.toml, which is to be copied beside evidence.toml. May be
interrupted and resumed as `rvtsim run`.";

pub(super) const EXAMPLES: &str = "\
Examples:
  rvtsim calibrate scenarios/ijking.toml
      the shipped baseline; takes forty minutes on two free cores
  rvtsim calibrate scenarios/ijking.toml --waves 2 --points 40 --replications 2 --out results/proef
      a quick look at how it goes; its values are worth nothing";

/// What `rvtsim calibrate` is told.
#[derive(Clone, PartialEq, Debug, Args)]
pub struct CalibrateArguments {
    /// A scenario with a section `[calibration]`, such as scenarios/ijking.toml
    #[arg(value_name = "FILE")]
    pub file: PathBuf,
    /// Folder for the results, instead of results/NAME
    #[arg(long, value_name = "DIR")]
    pub out: Option<PathBuf>,
    /// Begins at the fitted values that there are (calibrated.toml) instead of the whole prior
    #[arg(long)]
    pub from_fitted: bool,
    /// Waves in the sample of regions, instead of what the file says
    #[arg(long, value_name = "N", value_parser = value::whole::<u32>(1..=20))]
    pub waves: Option<u32>,
    /// Points of a wave, instead of what the file says
    #[arg(long, value_name = "N", value_parser = value::whole::<u32>(10..=10_000))]
    pub points: Option<u32>,
    /// Replications of the run with the chosen values, instead of what the file says
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
    /// Language of the report
    #[arg(long, default_value = "nl", value_parser = value::lang())]
    pub lang: Lang,
}

/// Reads what was known before, fits, writes, shows.
pub(super) fn calibrate(arguments: &CalibrateArguments) -> Result<(), Problem> {
    let changes = Changes {
        replications: arguments.replications,
        seed: arguments.seed,
        is_prior: true,
        starts_fitted: arguments.from_fitted,
        ..Changes::default()
    };
    let mut scenario = load(&arguments.file, &changes, Other::ByFile)?;
    let Some(mut plan) = scenario.calibration.take() else {
        return Err(Problem::request(said!(
            "{} has no section [calibration]\nscenarios/ijking.toml shows what it looks like",
            arguments.file.display()
        )));
    };
    plan.n_waves = arguments.waves.unwrap_or(plan.n_waves);
    plan.n_points = arguments.points.unwrap_or(plan.n_points);
    let cost = Cost::of_calibration(&scenario, &plan, machine::n_threads(arguments.threads));
    scenario.calibration = Some(plan);
    machine::admit(&scenario, &cost)?;
    let earlier = arguments.earlier.allowed();
    let undertaking = Undertaking::begin(&scenario, arguments.out.as_deref(), earlier)?;
    let fit = study::calibrate(&scenario, &undertaking.execution(arguments.threads));
    let fit = match fit {
        Ok(fit) => fit,
        Err(CalibrationError::Run(error)) => {
            return Err(undertaking.failure(&error, |_| again(arguments)));
        }
        Err(error) => return Err(undertaking.dead_end(error.said())),
    };
    let baseline = fit.baseline(&scenario);
    let warnings = experiment::warnings(&baseline, &fit.outcome);
    let manifest = Manifest::of(&baseline, &fit.outcome, &warnings);
    let mut tables = report::tables(&baseline, &fit.outcome);
    tables.extend(study::fit_tables(&scenario, &fit));
    let files = [File {
        name: "calibrated.toml".to_owned(),
        contents: study::calibrated_toml(&scenario, &fit).into_bytes(),
    }];
    let page = study::fit_summary(&scenario, &fit, arguments.lang);
    let path = undertaking.place(&manifest, &baseline.to_toml(), tables, &files, &page)?;
    note(&said!(
        "copy {} to the folder of evidence.toml to let every run use these values",
        path.join("calibrated.toml").display()
    ));
    Ok(())
}

/// The command itself: a point of a wave has no shorter one.
fn again(arguments: &CalibrateArguments) -> String {
    let text = |value: Option<u64>| value.map(|value| value.to_string());
    let options = [
        ("threads", text(Some(1))),
        ("seed", text(arguments.seed)),
        ("waves", text(arguments.waves.map(u64::from))),
        ("points", text(arguments.points.map(u64::from))),
        ("replications", text(arguments.replications.map(u64::from))),
    ];
    let command = command("calibrate", &arguments.file, &options);
    match arguments.from_fitted {
        true => command + " --from-fitted",
        false => command,
    }
}
