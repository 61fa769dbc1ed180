//! `rvtsim monitor`.

use super::run::{carry_out, changes, tell_warnings};
use super::{Problem, RunArguments};
use crate::scenario::said;
use crate::{report, scenario};

/// Reads, runs and writes as `rvtsim run` does, and shows the monitor's page.
pub(super) fn monitor(arguments: &RunArguments) -> Result<(), Problem> {
    let settings = scenario::load_settings(&arguments.file, &changes(arguments, None))?;
    tell_warnings(&settings);
    if settings.iter().any(|one| one.monitor.is_none()) {
        return Err(Problem::request(said!(
            "{} has no section [monitor], so there is nothing to set beside simulated families\n\
             try scenarios/proeftuinmonitor.toml, or extend it",
            arguments.file.display()
        )));
    }
    carry_out(
        arguments,
        &settings,
        report::monitor,
        report::monitor_beside,
    )
}
