//! `rvtsim monitor`.

use super::run::{carry_out, changes, tell_warnings};
use super::{Problem, RunArguments};
use crate::scenario::said;
use crate::{report, scenario};

pub(super) const ABOUT: &str = "\
Counts simulated families as the proeftuin monitor counted its own: families supported
since its first day, and the forced measures taken for them. Ends with what the monitor
counted, what the same rule counts under the scenario's forms in several groups of
families, and how not to read either.

Runs the scenario and writes everything that `rvtsim run` writes, with monitor.csv and
monitor_observed.csv. The scenario has a section [monitor] with the monitor's counts.";

pub(super) const EXAMPLES: &str = "\
Examples:
  rvtsim monitor scenarios/proeftuinmonitor.toml
      the estafettemodel, so without any RVT";

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
