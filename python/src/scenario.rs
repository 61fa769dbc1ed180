//! A scenario, read.

use std::collections::BTreeMap;
use std::path::PathBuf;
use std::sync::Arc;

use pyo3::prelude::*;
use rvtsim::experiment::Cost;
use rvtsim::report::Ledger;
use rvtsim::scenario::{self, Changes};

use crate::fault::{self, Told};
use crate::table::{Ready, Table};

/// A complete, valid input.
#[pyclass(frozen, module = "rvtsim._rvtsim")]
pub struct Scenario(pub Arc<scenario::Scenario>);

impl Scenario {
    /// The case of a form, by its key.
    pub fn case(&self, py: Python<'_>, form: &str) -> PyResult<usize> {
        let forms = scenario::cases_named(&self.0, &[form.to_owned()]);
        let cases = forms.map_err(|log| fault::of_files(py, &log))?;
        // The baseline is always among them, and comes first.
        Ok(*cases.last().expect("the baseline is there"))
    }

    /// Refuses what no machine can do.
    pub fn admit(&self, py: Python<'_>, cost: &Cost) -> PyResult<()> {
        match cost.excess(&self.0, None) {
            Some(excess) => Err(fault::of_excess(py, &excess)),
            None => Ok(()),
        }
    }
}

#[pymethods]
impl Scenario {
    /// Reads a scenario and all that it rests on; some of the files may be given as text.
    #[staticmethod]
    #[pyo3(signature = (path, texts, replications, seed, points, regions, belief))]
    fn load(
        py: Python<'_>,
        path: PathBuf,
        texts: BTreeMap<PathBuf, String>,
        replications: Option<u32>,
        seed: Option<u64>,
        points: Option<u32>,
        regions: Option<Vec<String>>,
        belief: Option<String>,
    ) -> PyResult<Self> {
        let changes = Changes {
            replications,
            seed,
            points,
            regions,
            belief,
            ..Changes::default()
        };
        let read = py.detach(|| scenario::load_given(&path, &texts, &changes));
        let scenario = read.map_err(|log| fault::of_files(py, &log))?;
        // Other settings that the file names are runs of their own.
        Ok(Scenario(Arc::new(scenario.alone())))
    }

    #[getter]
    fn key(&self) -> &str {
        &self.0.key
    }

    #[getter]
    fn labels(&self) -> (&str, &str) {
        (&self.0.label.nl, &self.0.label.en)
    }

    #[getter]
    fn replications(&self) -> u32 {
        self.0.replications
    }

    #[getter]
    fn seed(&self) -> u64 {
        self.0.seed
    }

    #[getter]
    fn regions(&self) -> Vec<&str> {
        self.0.regions.iter().map(|region| &*region.name).collect()
    }

    #[getter]
    fn forms(&self) -> Vec<&str> {
        self.0.cases.iter().map(|case| &*case.form.key).collect()
    }

    #[getter]
    fn baseline(&self) -> &str {
        &self.0.cases[self.0.baseline].form.key
    }

    #[getter]
    fn belief(&self) -> &str {
        &self.0.belief.key
    }

    /// First measured day, days of warm-up, days measured.
    #[getter]
    fn period(&self) -> (String, u32, u32) {
        let period = self.0.period;
        (
            period.start.to_string(),
            period.warm_up_days,
            period.measured_days,
        )
    }

    #[getter]
    fn warnings(&self) -> Vec<Told> {
        self.0.warnings.iter().map(fault::told).collect()
    }

    /// Every file that it was read from, from the folder of the library, with its hash.
    #[getter]
    fn inputs(&self) -> Vec<(&str, &str)> {
        let inputs = self.0.inputs.iter();
        inputs.map(|input| (&*input.path, &*input.sha256)).collect()
    }

    /// Every parameter: what is known of it and the value in effect.
    fn evidence(&self, py: Python<'_>) -> Table {
        Ready::of(Ledger::whole(&self.0).table()).into_python(py)
    }

    fn to_toml(&self) -> String {
        self.0.to_toml()
    }

    /// Passes, seconds and bytes that a run of it takes on so many threads.
    fn cost(&self, n_threads: usize) -> (f64, f64, f64) {
        let cost = match &self.0.sweep {
            None => Cost::of_run(&self.0, n_threads),
            Some(sweep) => Cost::of_sweep(&self.0, sweep, sweep.n_all_points() as usize, n_threads),
        };
        (cost.n_passes, cost.seconds, cost.bytes)
    }
}
