//! What happened to households: all of a pass, or one under several forms.

use std::sync::Arc;

use pyo3::exceptions::{PyKeyError, PyValueError};
use pyo3::prelude::*;
use rvtsim::experiment;
use rvtsim::model::{HouseholdName, KPIS};
use rvtsim::report::Lang;
use rvtsim::study::{Layout, Life, event_table, household_table, search};
use rvtsim::{scenario, study};

use crate::attend::attend;
use crate::fault;
use crate::scenario::Scenario;
use crate::table::{Ready, Table};

/// Lives of households of one region.
#[pyclass(frozen, module = "rvtsim._rvtsim")]
pub struct Lives {
    scenario: Arc<scenario::Scenario>,
    region: usize,
    lives: Vec<Life>,
}

#[pymethods]
impl Lives {
    /// A row for each event.
    fn events(&self, py: Python<'_>) -> Table {
        py.detach(|| Ready::of(event_table(&self.scenario, self.region, &self.lives)))
            .into_python(py)
    }

    /// A row for each household.
    fn households(&self, py: Python<'_>) -> Table {
        py.detach(|| Ready::of(household_table(&self.scenario, self.region, &self.lives)))
            .into_python(py)
    }

    fn __len__(&self) -> usize {
        self.lives.len()
    }
}

/// The lives of all households that come in a pass while it is measured.
#[pyfunction]
pub fn lives(
    py: Python<'_>,
    scenario: &Scenario,
    form: &str,
    region: &str,
    replication: u32,
) -> PyResult<Lives> {
    let (case, region) = (scenario.case(py, form)?, scenario.region(py, region)?);
    let inner = &*scenario.0;
    let found = attend(py, None, |_| {
        study::lives_of(inner, case, region, replication)
    })?;
    Ok(Lives {
        scenario: Arc::clone(&scenario.0),
        region,
        lives: found.map_err(|failure| fault::of_pass(py, &failure))?,
    })
}

/// Every KPI of a pass, with its value. It is run alone, after the replications before it.
#[pyfunction]
pub fn pass_kpis(
    py: Python<'_>,
    scenario: &Scenario,
    form: &str,
    region: &str,
    replication: u32,
) -> PyResult<Vec<(&'static str, Option<f64>)>> {
    let (case, region) = (scenario.case(py, form)?, scenario.region(py, region)?);
    let alone = scenario::Scenario {
        cases: vec![scenario.0.cases[case].clone()],
        baseline: 0,
        regions: vec![scenario.0.regions[region].clone()],
        replications: replication,
        ..(*scenario.0).clone()
    };
    let outcome = attend(py, None, |gauge| {
        experiment::run(&alone, &gauge.execution(None))
    })?;
    let outcome = outcome.map_err(|error| fault::of_run(py, &error))?;
    let sample = outcome.sample(0, replication, 0);
    let kpis = KPIS.iter().zip(&sample.kpis);
    Ok(kpis.map(|(kpi, &value)| (kpi.key, value)).collect())
}

/// A household's lives under some forms, told and as events; it is named, or the first that fits what is
/// looked for.
#[pyfunction]
#[expect(clippy::too_many_arguments, reason = "each has a name in Python")]
pub fn trace(
    py: Python<'_>,
    scenario: &Scenario,
    region: Option<String>,
    household: Option<String>,
    find: Option<String>,
    forms: Vec<String>,
    replication: u32,
    lang: &str,
) -> PyResult<(String, Lives)> {
    let inner = &*scenario.0;
    let wrong = |log| fault::of_files(py, &log);
    let cases = scenario::cases_named(inner, &forms).map_err(wrong)?;
    let (region, household) = match (household, find) {
        (Some(household), None) => {
            let region = match (region, &inner.regions[..]) {
                (Some(region), _) => scenario.region(py, &region)?,
                (None, [_]) => 0,
                _ => {
                    return Err(PyValueError::new_err(
                        "a household lives in one region: name it",
                    ));
                }
            };
            let name: Result<HouseholdName, _> = household.parse();
            (
                region,
                name.map_err(|error| PyValueError::new_err(error.to_string()))?,
            )
        }
        (None, Some(text)) => {
            let conditions = scenario::conditions(&text).map_err(wrong)?;
            let finding = attend(py, None, |gauge| {
                search(inner, &conditions, 1, replication, gauge)
            })?;
            let finding = finding.map_err(|error| fault::of_run(py, &error))?;
            let found = finding.found.first().copied();
            found.ok_or_else(|| PyKeyError::new_err(format!("no household fits {text:?}")))?
        }
        _ => {
            return Err(PyValueError::new_err(
                "give a household, or what to find: one of the two",
            ));
        }
    };
    let lives = attend(py, None, |_| {
        study::follow(inner, &cases, region, household, replication)
    })?;
    let lives = lives.map_err(|failure| fault::of_pass(py, &failure))?;
    let lives = lives.ok_or_else(|| {
        PyKeyError::new_err(format!(
            "no household {household} came in {}",
            inner.regions[region].name
        ))
    })?;
    let layout = Layout {
        width: Some(100),
        is_list: true,
    };
    let lang = match lang {
        "nl" => Lang::Nl,
        _ => Lang::En,
    };
    let story = study::story(inner, &lives, layout, lang);
    let lives = Lives {
        scenario: Arc::clone(&scenario.0),
        region,
        lives: lives.lives,
    };
    Ok((story, lives))
}
