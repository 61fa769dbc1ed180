//! What this machine has, and whether a run fits in it.

use std::num::NonZero;
use std::thread;

use sysinfo::System;

use super::Problem;
use super::terminal::has_color;
use super::tongue::tongue;
use crate::experiment::Cost;
use crate::scenario::{Said, Scenario, said};

/// Threads that a run gets: as many as were asked for, or one for each core.
pub(super) fn n_threads(asked: Option<u16>) -> usize {
    let cores = || thread::available_parallelism().map_or(1, NonZero::get);
    asked.map_or_else(cores, usize::from)
}

/// Memory that is free \[bytes\], within the limits of a container; `None` if
/// the system does not say.
pub(super) fn free_bytes() -> Option<u64> {
    let mut system = System::new().ok()?;
    system.refresh_memory();
    let free = system.available_memory();
    let limit = system.cgroup_limits().map(|limits| limits.free_memory);
    // A group without a limit may say that nothing is free in it.
    let free = limit
        .filter(|&limit| limit > 0)
        .map_or(free, |limit| limit.min(free));
    (free > 0).then_some(free)
}

/// Refuses what the machine cannot do, before it begins.
pub(super) fn admit(scenario: &Scenario, cost: &Cost) -> Result<(), Problem> {
    match cost.excess(scenario, free_bytes()) {
        Some(excess) => Err(Problem::Request(excess.render(has_color(), tongue()))),
        None => Ok(()),
    }
}

/// What something will take.
pub(super) fn taking(cost: &Cost) -> Said {
    said!(
        "{} passes, about {} minutes on {} threads",
        format!("{:.0}", cost.n_passes),
        format!("{:.0}", (cost.seconds / 60.0).ceil()),
        cost.n_threads
    )
}
