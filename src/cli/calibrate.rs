//! `rvtsim calibrate`.

use super::run::load;
use super::setting::Other;
use super::terminal::{command, note};
use super::undertaking::Undertaking;
use super::{CalibrateArguments, Problem, machine};
use crate::experiment::{self, CalibrationError, Cost};
use crate::report::{self, File, Manifest};
use crate::scenario::{Changes, said};

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
    let fit = experiment::calibrate(&scenario, &undertaking.execution(arguments.threads));
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
    tables.extend(report::fit_tables(&scenario, &fit));
    let files = [File {
        name: "calibrated.toml".to_owned(),
        contents: report::calibrated_toml(&scenario, &fit).into_bytes(),
    }];
    let page = report::fit_summary(&scenario, &fit, arguments.lang);
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
