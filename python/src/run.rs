//! A run and its outcome.

use std::path::PathBuf;
use std::sync::Arc;

use pyo3::prelude::*;
use rvtsim::experiment::{self, Cost};
use rvtsim::page::{UNSEEN, drawn_from};
use rvtsim::report::{self, Draw, Earlier, Manifest, RunFolder};
use rvtsim::study::run_precisely;
use rvtsim::{scenario, study};

use crate::attend::attend;
use crate::fault;
use crate::scenario::Scenario;
use crate::table::{Ready, Table};

/// What a run has given.
#[pyclass(frozen, module = "rvtsim._rvtsim")]
pub struct Outcome {
    /// With as many replications as were made.
    scenario: Arc<scenario::Scenario>,
    outcome: experiment::Outcome,
}

/// Runs a scenario in one of its settings: as often as it says, until it is precise enough, or as often as is given.
#[pyfunction]
pub fn run(
    py: Python<'_>,
    scenario: &Scenario,
    replications: Option<u32>,
    threads: Option<usize>,
    progress: Option<Py<PyAny>>,
) -> PyResult<Outcome> {
    scenario.admit(py, &Cost::of_run(&scenario.0, threads.unwrap_or(1)))?;
    let mut scenario = (*scenario.0).clone();
    if let Some(replications) = replications {
        (scenario.replications, scenario.precision) = (replications, None);
    }
    let found = attend(py, progress.as_ref(), |gauge| {
        let found = run_precisely(&scenario, &gauge.execution(threads));
        found.map(|found| (found.scenario, found.outcome))
    })?;
    let (scenario, outcome) = found.map_err(|error| fault::of_run(py, &error))?;
    Ok(Outcome {
        scenario: Arc::new(scenario),
        outcome,
    })
}

#[pymethods]
impl Outcome {
    #[getter]
    fn scenario(&self) -> Scenario {
        Scenario(Arc::clone(&self.scenario))
    }

    /// Names of its tables.
    #[getter]
    fn names(&self) -> Vec<&'static str> {
        let tables = report::tables(&self.scenario, &self.outcome);
        tables.iter().map(|table| table.name).collect()
    }

    /// A table; none if it has none of that name.
    fn table(&self, py: Python<'_>, name: &str) -> Option<Table> {
        let ready = py.detach(|| Some(Ready::of(self.find(name)?)));
        Some(ready?.into_python(py))
    }

    /// The same as it stands in its file.
    fn csv(&self, py: Python<'_>, name: &str) -> Option<String> {
        py.detach(|| Some(self.find(name)?.to_csv()))
    }

    /// manifest.json of it.
    #[getter]
    fn manifest(&self, py: Python<'_>) -> String {
        py.detach(|| self.manifest_of().to_json())
    }

    /// Writes the folder that the program writes, with the outcomes of other settings beside it.
    fn write(
        &self,
        py: Python<'_>,
        others: Vec<PyRef<'_, Outcome>>,
        path: PathBuf,
        replace: bool,
        tables_only: bool,
        progress: Option<Py<PyAny>>,
    ) -> PyResult<PathBuf> {
        let scenario = &*self.scenario;
        let earlier = Earlier {
            is_resumed: false,
            is_replaced: replace,
        };
        let folder = RunFolder::claim(&path, scenario, earlier);
        let mut folder = folder.map_err(|error| fault::of_folder(py, &error))?;
        let others: Vec<&Outcome> = others.iter().map(|one| &**one).collect();
        let written = attend(py, progress.as_ref(), |gauge| {
            for other in others {
                let (scenario, manifest) = (&other.scenario, other.manifest_of());
                let (toml, tables) = (scenario.to_toml(), report::tables(scenario, &other.outcome));
                let written = folder.write_beside(&scenario.setting(), &manifest, &toml, tables);
                if let Err(error) = written {
                    return Ok(Err(error));
                }
            }
            let journeys = study::journeys(scenario, &gauge.execution(None));
            journeys.map(|journeys| {
                let tables = report::tables(scenario, &self.outcome);
                let tables = study::with_journeys(tables, scenario, &journeys);
                let drawn = drawn_from(UNSEEN);
                let draw: Option<Draw> = (!tables_only).then_some(&drawn);
                folder.write(&self.manifest_of(), &scenario.to_toml(), tables, &[], draw)
            })
        })?;
        let placed = written.map_err(|error| fault::of_run(py, &error))?;
        let placed = placed.map_err(|error| fault::of_folder(py, &error))?;
        Ok(placed.path)
    }
}

impl Outcome {
    fn find(&self, name: &str) -> Option<report::Table<'_>> {
        let mut tables = report::tables(&self.scenario, &self.outcome).into_iter();
        tables.find(|table| table.name == name)
    }

    fn manifest_of(&self) -> Manifest {
        let warnings = experiment::warnings(&self.scenario, &self.outcome);
        Manifest::of(&self.scenario, &self.outcome, &warnings)
    }
}
