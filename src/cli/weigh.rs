//! `rvtsim weigh`.

use std::path::{Path, PathBuf};

use super::terminal::{has_color, note, say};
use super::{Problem, WeighArguments};
use crate::experiment::{self, N_DRAWS};
use crate::report::{
    FinishedRun, WeighingPage, read_sweep, weighing_page, weighing_tables, write_weighing,
};
use crate::scenario::{Entry, FRAMEWORK, Framework, evidence_beside};

/// Reads a finished run, weighs, writes, shows.
pub(super) fn weigh(arguments: &WeighArguments) -> Result<(), Problem> {
    let run = FinishedRun::read(&arguments.run)?;
    let file = framework_file(arguments)?;
    let framework = Framework::load(&file, &run.figures.forms)?;
    for warning in &framework.warnings {
        note(&warning.render(has_color()));
    }
    let folder = arguments.sweep.as_deref();
    let sweep = folder.map(|folder| read_sweep(folder, &run.figures.forms));
    let sweep = sweep.transpose()?;
    let entries = evidence_beside(&file)?;
    let entry = |key: &String| -> (String, Option<&Entry>) {
        let found = entries.iter().find(|entry| entry.spec.key == *key);
        (key.clone(), found)
    };
    let parameters = sweep.iter().flat_map(|sweep| &sweep.parameters);
    let parameters: Vec<(String, Option<&Entry>)> = parameters.map(entry).collect();
    let weighing = experiment::weigh(&framework, &run.figures, sweep.as_ref(), N_DRAWS, run.seed);
    let page = weighing_page(&WeighingPage {
        framework: &framework,
        run: &run,
        weighing: &weighing,
        parameters: &parameters,
        lang: arguments.lang,
    });
    let tables = weighing_tables(&framework, &run.figures, &weighing, &parameters);
    let path = write_weighing(&run, &framework, folder, tables, &page)?;
    say(&page)?;
    note(&format!("\nwritten to {}", path.display()));
    Ok(())
}

/// The framework that was named, or the shipped one.
fn framework_file(arguments: &WeighArguments) -> Result<PathBuf, Problem> {
    let shipped = Path::new("scenarios").join(FRAMEWORK);
    match &arguments.framework {
        Some(file) => Ok(file.clone()),
        None if shipped.exists() => Ok(shipped),
        None => Err(Problem::request(format!(
            "there is no {} here\nname a framework with --framework FILE, or go to the folder that holds scenarios/",
            shipped.display()
        ))),
    }
}
