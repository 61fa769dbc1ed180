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
    /// The same with nothing beside it, as a sweep has it.
    pub fn alone(&self) -> scenario::Scenario {
        (*self.0).clone().alone()
    }

    /// The case of a form, by its key or a word that means it.
    pub fn case(&self, py: Python<'_>, form: &str) -> PyResult<usize> {
        let forms = scenario::cases_named(&self.0, &[form.to_owned()]);
        let cases = forms.map_err(|log| fault::of_files(py, &log))?;
        // The baseline is always among them, and comes first.
        Ok(*cases.last().expect("the baseline is there"))
    }

    /// The place of a region, by its name or number.
    pub fn region(&self, py: Python<'_>, word: &str) -> PyResult<usize> {
        let place = scenario::region_named(&self.0, word);
        place.map_err(|log| fault::of_files(py, &log))
    }

    /// Refuses what no machine can do.
    pub fn admit(&self, py: Python<'_>, cost: &Cost) -> PyResult<()> {
        match cost.excess(&self.0, None) {
            Some(excess) => Err(fault::of_excess(py, &excess)),
            None => Ok(()),
        }
    }
}

/// What is changed of a file.
#[derive(FromPyObject)]
#[pyo3(from_item_all)]
pub struct Options {
    replications: Option<u32>,
    seed: Option<u64>,
    points: Option<u32>,
    regions: Option<Vec<String>>,
    belief: Option<String>,
    variant: Option<String>,
    is_alone: bool,
}

impl Options {
    fn changes(self) -> Changes {
        Changes {
            replications: self.replications,
            seed: self.seed,
            points: self.points,
            regions: self.regions,
            belief: self.belief,
            variant: self.variant,
            ..Changes::default()
        }
    }
}

#[pymethods]
impl Scenario {
    /// Reads a scenario and all that it rests on; some of the files may be given as text.
    #[staticmethod]
    fn load(
        py: Python<'_>,
        path: PathBuf,
        texts: BTreeMap<PathBuf, String>,
        options: Options,
    ) -> PyResult<Self> {
        // A variant is run beside something, and has nothing beside it.
        let is_alone = options.is_alone || options.variant.is_some();
        let changes = options.changes();
        let read = py.detach(|| scenario::load_given(&path, &texts, &changes));
        let scenario = read.map_err(|log| fault::of_files(py, &log))?;
        Ok(Scenario(Arc::new(match is_alone {
            true => scenario.alone(),
            false => scenario,
        })))
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

    /// The key of the form that a word means.
    fn form(&self, py: Python<'_>, word: &str) -> PyResult<&str> {
        Ok(&self.0.cases[self.case(py, word)?].form.key)
    }

    #[getter]
    fn belief(&self) -> &str {
        &self.0.belief.key
    }

    #[getter]
    fn beliefs(&self) -> Vec<&str> {
        self.0.beliefs.iter().map(|one| &*one.key).collect()
    }

    #[getter]
    fn variant(&self) -> Option<&str> {
        self.0.variant.as_ref().map(|one| &*one.key)
    }

    #[getter]
    fn variants(&self) -> Vec<&str> {
        self.0.variants.iter().map(|one| &*one.key).collect()
    }

    /// Its name among those that are run side by side.
    #[getter]
    fn setting(&self) -> String {
        self.0.setting()
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
