//! The native half of the Python package `rvtsim`: the library behind a few classes and functions that hold and pass on
//! what it gives. What a researcher sees, with its types and documentation, is in `rvtsim/`.

mod attend;
mod fault;
mod lives;
mod run;
mod scenario;
mod sweep;
mod table;
mod weigh;

use mimalloc::MiMalloc;
use pyo3::prelude::*;
use rvtsim::experiment::CONFIDENCE;
use rvtsim::model::KPIS;
use rvtsim::stats::Estimate;

#[global_allocator]
static ALLOCATOR: MiMalloc = MiMalloc;

/// Mean, lower and upper end of the interval, and number of some values; nothing where there are none.
#[pyfunction]
fn estimate(values: Vec<f64>) -> Option<(f64, Option<f64>, Option<f64>, usize)> {
    let estimate = Estimate::of(&values, CONFIDENCE)?;
    let end = |end: f64| estimate.has_interval().then_some(end);
    Some((
        estimate.mean,
        end(estimate.low),
        end(estimate.high),
        estimate.n,
    ))
}

/// Key, unit, better, English name, definition and place at the head of the page of every KPI.
#[pyfunction]
fn kpis() -> Vec<(
    &'static str,
    &'static str,
    &'static str,
    &'static str,
    &'static str,
    bool,
)> {
    let row = |kpi: &'static rvtsim::model::Kpi| {
        (
            kpi.key,
            kpi.unit,
            kpi.better.key(),
            kpi.en,
            kpi.definition,
            kpi.is_headline,
        )
    };
    KPIS.iter().map(row).collect()
}

#[pymodule]
mod _rvtsim {
    #[pymodule_export]
    use super::lives::{Lives, lives, pass_kpis, trace};
    #[pymodule_export]
    use super::run::{Outcome, run};
    #[pymodule_export]
    use super::scenario::Scenario;
    #[pymodule_export]
    use super::sweep::{
        Samples, sweep_design, sweep_make, sweep_merge, sweep_open, sweep_part, sweep_points,
        sweep_put,
    };
    #[pymodule_export]
    use super::table::Table;
    #[pymodule_export]
    use super::weigh::{compare, weigh};
    #[pymodule_export]
    use super::{estimate, kpis};
}
