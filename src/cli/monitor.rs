//! `rvtsim monitor`.

use super::run::{carry_out, read};
use super::{Problem, RunArguments};
use crate::report;

/// Reads, runs and writes as `rvtsim run` does, and shows the monitor's page.
pub(super) fn monitor(arguments: &RunArguments) -> Result<(), Problem> {
    let scenario = read(arguments)?;
    if scenario.monitor.is_none() {
        return Err(Problem::request(format!(
            "{} has no section [monitor], so there is nothing to set beside simulated families\n\
             try scenarios/proeftuinmonitor.toml, or extend it",
            arguments.file.display()
        )));
    }
    carry_out(arguments, std::slice::from_ref(&scenario), report::monitor)
}
