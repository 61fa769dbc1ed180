//! Finished runs: weighed by a framework, or side by side.

use std::path::PathBuf;

use pyo3::prelude::*;
use rvtsim::report::{FolderError, ReadingError, Run, SideBySide, comparison_tables};
use rvtsim::scenario::{Diagnostics, Framework, evidence_beside};
use rvtsim::study;
use rvtsim::study::{read_sweep, weigh_others, weighing_tables};

use crate::attend::attend;
use crate::fault;
use crate::table::{Ready, Table};

enum Fault {
    Files(Diagnostics),
    Folder(FolderError),
}

/// Every table of a weighing of a run folder, and of a sweep if there is one.
#[pyfunction]
pub fn weigh(
    py: Python<'_>,
    run: PathBuf,
    framework: PathBuf,
    sweep: Option<PathBuf>,
    draws: usize,
) -> PyResult<Vec<Table>> {
    let tables = attend(py, None, |_| {
        let run = Run::read(&run).map_err(|error| Fault::Folder(error.into()))?;
        let figures = run.figures().map_err(|error| Fault::Folder(error.into()))?;
        let weighed_by = Framework::load(&framework, &figures.forms).map_err(Fault::Files)?;
        let sweep = sweep
            .map(|folder| read_sweep(&folder, &figures.forms))
            .transpose();
        let sweep = sweep.map_err(|error| Fault::Folder(error.into()))?;
        let entries = evidence_beside(&framework).map_err(Fault::Files)?;
        let parameters: Vec<_> = sweep
            .iter()
            .flat_map(|sweep| &sweep.parameters)
            .map(|key| {
                (
                    key.clone(),
                    entries.iter().find(|entry| entry.spec.key == *key),
                )
            })
            .collect();
        let weighing = study::weigh(&weighed_by, &figures, sweep.as_ref(), draws, run.seed());
        // A sweep is of one belief set.
        let others = match &sweep {
            None => weigh_others(&run, &weighed_by, draws).map_err(Fault::Folder)?,
            Some(_) => Vec::new(),
        };
        let tables = weighing_tables(&weighed_by, &figures, &weighing, &parameters, &run, &others);
        Ok(tables.into_iter().map(Ready::of).collect::<Vec<Ready>>())
    })?;
    let tables = tables.map_err(|fault| match fault {
        Fault::Files(log) => fault::of_files(py, &log),
        Fault::Folder(error) => fault::of_folder(py, &error),
    })?;
    Ok(tables
        .into_iter()
        .map(|ready| ready.into_python(py))
        .collect())
}

/// The table of finished runs side by side, or of the settings of one, and its dictionary.
#[pyfunction]
pub fn compare(py: Python<'_>, runs: Vec<PathBuf>) -> PyResult<Vec<Table>> {
    let tables = attend(py, None, |_| {
        let found = SideBySide::read(&runs)?;
        let tables = comparison_tables(&found).into_iter();
        Ok(tables.map(Ready::of).collect::<Vec<Ready>>())
    })?;
    let tables = tables.map_err(|error: ReadingError| fault::of_folder(py, &error.into()))?;
    Ok(tables
        .into_iter()
        .map(|ready| ready.into_python(py))
        .collect())
}
