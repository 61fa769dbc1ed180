//! What a calibration will take.

use super::search::most_runs;
use crate::experiment::Cost;
use crate::experiment::cost::SECONDS_PER_EVENT;
use crate::scenario::{Calibration, Scenario};

impl Cost {
    /// The cost of a calibration: runs of one replication in a sample of regions
    /// and in the country, and the run with the chosen values.
    pub fn of_calibration(scenario: &Scenario, plan: &Calibration, n_threads: usize) -> Self {
        let once = |regions: &[usize]| {
            let mut scenario = scenario.clone();
            scenario.cases = vec![scenario.cases[scenario.baseline].clone()];
            scenario.baseline = 0;
            scenario.replications = 1;
            let chosen = regions
                .iter()
                .map(|&number| scenario.regions[number].clone());
            scenario.regions = chosen.collect();
            Cost::of_run(&scenario, n_threads)
        };
        let everywhere: Vec<usize> = (0..scenario.regions.len()).collect();
        let points = f64::from(plan.n_points);
        let mut cost = Cost::of_run(scenario, n_threads);
        let [in_sample, in_country] = most_runs(plan);
        let waves = [
            (once(&plan.regions), in_sample),
            (once(&everywhere), in_country),
        ];
        for (run, n) in waves {
            cost.n_passes += n * run.n_passes;
            cost.family_years += n * run.family_years;
            cost.n_events += n * run.n_events;
            // The points of a wave are made side by side.
            cost.seconds += n * run.n_events * SECONDS_PER_EVENT / n_threads as f64;
            // All points of a wave are kept until it ends.
            cost.bytes = cost.bytes.max(run.bytes + points * run.bytes_kept);
        }
        cost
    }
}
