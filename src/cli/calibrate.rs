//! `rvtsim calibrate`.

use std::path::Path;

use super::progress::Display;
use super::report::publish;
use super::terminal::{has_color, note, quoted, say};
use super::{CalibrateArguments, Problem};
use crate::experiment;
use crate::report::{self, File, Manifest, RunFolder};
use crate::scenario::{self, Changes};

/// Reads what was known before, fits, writes, shows.
pub(super) fn calibrate(arguments: &CalibrateArguments) -> Result<(), Problem> {
    let changes = Changes {
        replications: arguments.replications,
        seed: arguments.seed,
        is_prior: true,
        ..Changes::default()
    };
    let mut scenario = scenario::load(&arguments.file, &changes)?;
    for warning in &scenario.warnings {
        note(&warning.render(has_color()));
    }
    let Some(calibration) = &mut scenario.calibration else {
        return Err(Problem::request(format!(
            "{} has no section [calibration]\nscenarios/ijking.toml shows what it looks like",
            arguments.file.display()
        )));
    };
    calibration.n_waves = arguments.waves.unwrap_or(calibration.n_waves);
    calibration.n_points = arguments.points.unwrap_or(calibration.n_points);
    let path = match &arguments.out {
        Some(path) => path.clone(),
        None => Path::new("results").join(&scenario.key),
    };
    let folder = RunFolder::claim(&path, &scenario.key)?;
    let n_threads = arguments.threads.map(usize::from);
    let fit = experiment::calibrate(&scenario, n_threads, &Display::new())
        .map_err(|error| Problem::of_run(&error, |_| again(arguments)))?;
    let baseline = fit.baseline(&scenario);
    let warnings = experiment::warnings(&baseline, &fit.outcome);
    let manifest = Manifest::of(&baseline, &fit.outcome, &warnings);
    let mut tables = report::tables(&baseline, &fit.outcome);
    tables.extend(report::fit_tables(&scenario, &fit));
    let files = [File {
        name: "calibrated.toml",
        text: report::calibrated_toml(&scenario, &fit),
    }];
    let placed = folder.write(&manifest, &baseline.to_toml(), tables, &files)?;
    say(&report::fit_summary(&scenario, &fit, arguments.lang))?;
    note(&format!("\nwritten to {}", placed.path.display()));
    publish(&placed.path)?;
    note(&format!(
        "copy {} to the folder of evidence.toml to let every run use these values",
        placed.path.join("calibrated.toml").display()
    ));
    Ok(())
}

/// The command itself: a point of a wave has no shorter one.
fn again(arguments: &CalibrateArguments) -> String {
    let file = quoted(&arguments.file.to_string_lossy());
    let mut command = format!("rvtsim calibrate {file} --threads 1");
    for (name, value) in [
        ("seed", arguments.seed),
        ("waves", arguments.waves.map(u64::from)),
        ("points", arguments.points.map(u64::from)),
        ("replications", arguments.replications.map(u64::from)),
    ] {
        if let Some(value) = value {
            command += &format!(" --{name} {value}");
        }
    }
    command
}
