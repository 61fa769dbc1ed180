//! What a sweep will take.

use crate::experiment::cost::{SECONDS_PER_EVENT, SECONDS_PER_PASS};
use crate::experiment::{Cost, points_together};
use crate::scenario::{Plan, Scenario, Sweep};

impl Cost {
    /// The cost of so many points of a sweep.
    pub fn of_sweep(scenario: &Scenario, sweep: &Sweep, n_points: usize, n_threads: usize) -> Self {
        let mut cost = Cost::of_run(scenario, n_threads);
        let n = n_points as f64;
        cost.n_passes *= n;
        cost.family_years *= n;
        cost.n_events *= n;
        // The points are made side by side.
        let busy = cost.n_events * SECONDS_PER_EVENT + cost.n_passes * SECONDS_PER_PASS;
        cost.seconds = busy / n_threads as f64;
        // Some are made together, the others when these are on disk.
        let n_together = points_together(scenario).min(n_points);
        let kept = cost.bytes_kept * (n_together as f64 - 1.0);
        // A Latin hypercube cannot be made point by point: its coordinates are kept, and an order.
        let coordinates = match sweep.plan {
            Plan::LatinHypercube => {
                sweep.n_all_points() * (8.0 * sweep.factors.len() as f64 + 16.0)
            }
            _ => 0.0,
        };
        cost.bytes += kept.max(0.0) + coordinates;
        cost
    }
}
