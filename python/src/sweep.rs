//! A sweep: points in, parts out.

use std::iter;
use std::ops::Range;
use std::path::PathBuf;
use std::sync::Arc;

use pyo3::prelude::*;
use rvtsim::experiment::{
    Cost, Design, Execution, InPart, Progress, RunError, Watcher, points_together,
};
use rvtsim::report::{Earlier, FolderError, significant};
use rvtsim::scenario::{self, Value};
use rvtsim::study::{
    Coverage, PointSample, SweepDesign, SweepFolder, Values, results_table, run_points,
    sweep_tables,
};

use crate::attend::{Gauge, attend};
use crate::fault;
use crate::scenario::Scenario;
use crate::table::{Ready, Table};

/// What forms have shown at some points.
#[pyclass(frozen, module = "rvtsim._rvtsim")]
pub struct Samples {
    scenario: Arc<scenario::Scenario>,
    samples: Vec<PointSample>,
}

/// A cell of a design.
#[derive(IntoPyObject)]
pub enum Cell {
    Number(f64),
    Word(String),
}

/// Points of a sweep, and how many are made together; none if the scenario has no sweep.
#[pyfunction]
pub fn sweep_points(py: Python<'_>, scenario: &Scenario) -> PyResult<Option<(usize, usize)>> {
    let Some(sweep) = &scenario.0.sweep else {
        return Ok(None);
    };
    let n_points = sweep.n_all_points() as usize;
    scenario.admit(py, &Cost::of_sweep(&scenario.0, sweep, n_points, 1))?;
    Ok(Some((n_points, points_together(&scenario.0))))
}

/// The factors of a sweep, and the values of each at every point; none where it is the scenario's own.
#[pyfunction]
pub fn sweep_design(scenario: &Scenario) -> Vec<(String, Vec<Option<Cell>>)> {
    let design = design(&scenario.0);
    let factors = design.sweep().factors.iter();
    let mut columns: Vec<(String, Vec<Option<Cell>>)> = factors
        .map(|factor| (factor.key.clone(), Vec::new()))
        .collect();
    for number in 1..=design.n_points() {
        for (column, value) in columns.iter_mut().zip(design.point(number)) {
            column.1.push(value.map(|value| match value {
                Value::Number(number) => Cell::Number(number),
                word => Cell::Word(word.to_string()),
            }));
        }
    }
    columns
}

#[pymethods]
impl Samples {
    /// A row for each point, form, replication and KPI.
    fn results(&self, py: Python<'_>) -> Table {
        py.detach(|| Ready::of(results_table(&design(&self.scenario), &self.samples)))
            .into_python(py)
    }

    /// The same as the text of a part.
    fn rows(&self, py: Python<'_>) -> String {
        py.detach(|| results_table(&design(&self.scenario), &self.samples).rows_to_csv())
    }

    /// Factors, what the design can tell of them if these are all points, and the dictionary.
    fn tables(&self, py: Python<'_>) -> Vec<Table> {
        let ready = py.detach(|| {
            let design = design(&self.scenario);
            let mut values = Values::of(&design);
            if let Some(values) = &mut values {
                self.samples.iter().for_each(|sample| take(values, sample));
            }
            let sensitivities: Option<Vec<_>> =
                values.map(|values| values.sensitivities().collect());
            let tables = sweep_tables(&design, sensitivities.as_deref());
            tables.into_iter().map(Ready::of).collect::<Vec<Ready>>()
        });
        ready
            .into_iter()
            .map(|ready| ready.into_python(py))
            .collect()
    }
}

/// Takes the values as they stand in a table, so that all that follows is the same.
fn take(values: &mut Values<'_>, sample: &PointSample) {
    for (kpi, &value) in sample.kpis.iter().enumerate() {
        let value = significant(value).parse().unwrap_or(f64::NAN);
        values.take(sample.point, sample.case, sample.replication, kpi, value);
    }
}

fn design(scenario: &scenario::Scenario) -> SweepDesign<'_> {
    SweepDesign::new(scenario).expect("Python has seen that it has a sweep")
}

/// Tells the gauge what there is to do.
fn plan(gauge: &Gauge, scenario: &scenario::Scenario, n_points: usize) {
    let whole = Design::new(scenario);
    gauge.tell(Progress::Planned {
        n_passes: n_points * whole.n_passes(),
        work: n_points as u64 * whole.total_work(),
        n_threads: 0,
    });
}

/// Points in pieces, each of which is kept in memory while it is made.
fn pieces(scenario: &scenario::Scenario, points: &Coverage) -> Vec<Range<usize>> {
    points.in_pieces(points_together(scenario)).collect()
}

/// Runs the points from a number to before another, in memory.
#[pyfunction]
pub fn sweep_make(
    py: Python<'_>,
    scenario: &Scenario,
    first: usize,
    end: usize,
    threads: Option<usize>,
    progress: Option<Py<PyAny>>,
) -> PyResult<Samples> {
    let inner = &*scenario.0;
    let made = attend(py, progress.as_ref(), |gauge| {
        plan(gauge, inner, end - first);
        let watcher = InPart(gauge);
        let execution = Execution {
            watcher: &watcher,
            ..gauge.execution(threads)
        };
        let design = design(inner);
        let points = Coverage::of(iter::once(first..end).collect());
        let pieces = pieces(inner, &points).into_iter();
        let samples = pieces.map(|points| run_points(&design, points, &execution));
        samples.collect::<Result<Vec<_>, _>>()
    })?;
    let samples = made.map_err(|error| fault::of_run(py, &error))?;
    Ok(Samples {
        scenario: Arc::clone(&scenario.0),
        samples: samples.into_iter().flatten().collect(),
    })
}

/// Claims a folder for a sweep, and gives the pieces that have not been made.
#[pyfunction]
pub fn sweep_open(
    py: Python<'_>,
    scenario: &Scenario,
    path: PathBuf,
    resume: bool,
    replace: bool,
) -> PyResult<Vec<(usize, usize)>> {
    let (inner, n_points) = (&scenario.alone(), design(&scenario.0).n_points());
    let earlier = Earlier {
        is_resumed: resume,
        is_replaced: replace,
    };
    let missing = py.detach(|| {
        let folder = SweepFolder::open(&path, inner, n_points, earlier)?;
        Ok(folder.made()?.missing_in(1..n_points + 1))
    });
    let missing = missing.map_err(|error: FolderError| fault::of_folder(py, &error))?;
    let pieces = pieces(inner, &missing).into_iter();
    Ok(pieces.map(|points| (points.start, points.end)).collect())
}

enum Fault {
    Run(RunError),
    Folder(FolderError),
}

impl From<FolderError> for Fault {
    fn from(error: FolderError) -> Self {
        Fault::Folder(error)
    }
}

/// Makes a part of a folder that was claimed; what is finished of it is kept if it does not come to its end.
#[pyfunction]
pub fn sweep_part(
    py: Python<'_>,
    scenario: &Scenario,
    path: PathBuf,
    first: usize,
    end: usize,
    threads: Option<usize>,
    progress: Option<Py<PyAny>>,
) -> PyResult<()> {
    let inner = &scenario.alone();
    let made = attend(py, progress.as_ref(), |gauge| {
        plan(gauge, inner, end - first);
        let design = design(inner);
        let folder = SweepFolder::open_together(&path, inner, design.n_points())?;
        let part = folder.begin_part(&(first..end))?;
        let watcher = InPart(gauge);
        let execution = Execution {
            watcher: &watcher,
            store: part.store(),
            ..gauge.execution(threads)
        };
        let samples = run_points(&design, first..end, &execution).map_err(Fault::Run)?;
        Ok(part.finish(&results_table(&design, &samples).rows_to_csv())?)
    })?;
    made.map_err(|fault| match fault {
        Fault::Run(error) => fault::of_run(py, &error),
        Fault::Folder(error) => fault::of_folder(py, &error),
    })
}

/// Puts the rows of a part that was made elsewhere into a folder that was claimed.
#[pyfunction]
pub fn sweep_put(
    py: Python<'_>,
    scenario: &Scenario,
    path: PathBuf,
    first: usize,
    end: usize,
    rows: &str,
) -> PyResult<()> {
    let (inner, n_points) = (&scenario.alone(), design(&scenario.0).n_points());
    let put = py.detach(|| {
        let folder = SweepFolder::open_together(&path, inner, n_points)?;
        folder.begin_part(&(first..end))?.finish(rows)
    });
    put.map_err(|error| fault::of_folder(py, &error))
}

/// Merges the parts of a folder, all of which are there.
#[pyfunction]
pub fn sweep_merge(
    py: Python<'_>,
    scenario: &Scenario,
    path: PathBuf,
    replace: bool,
) -> PyResult<PathBuf> {
    let inner = &scenario.alone();
    let earlier = Earlier {
        is_resumed: true,
        is_replaced: replace,
    };
    let placed = py.detach(|| {
        let design = design(inner);
        let folder = SweepFolder::open(&path, inner, design.n_points(), earlier)?;
        let (placed, _) = folder.merge(&design, false)?;
        Ok(placed.path)
    });
    placed.map_err(|error: FolderError| fault::of_folder(py, &error))
}
