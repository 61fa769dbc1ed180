//! Estimates over replications, and differences paired by replication.

use super::Outcome;
use super::team::TEAM_FIGURES;
use crate::model::Route;
use crate::stats::{Estimate, Paired};

/// Confidence of every interval.
pub const CONFIDENCE: f64 = 0.95;

/// Whether the interval of a difference leaves out zero.
pub fn excludes_zero(difference: &Estimate) -> bool {
    difference.low > 0.0 || difference.high < 0.0
}

impl Outcome {
    /// Mean and interval of a KPI, over the replications that have a value.
    pub fn estimate(&self, case: usize, place: usize, kpi: usize) -> Option<Estimate> {
        let values: Vec<f64> = self.values(case, place, kpi).flatten().collect();
        Estimate::of(&values, CONFIDENCE)
    }

    /// Difference of a KPI between a form and another, over the replications
    /// in which both have a value.
    pub fn paired(&self, case: usize, baseline: usize, place: usize, kpi: usize) -> Option<Paired> {
        let here = self.values(case, place, kpi);
        let there = self.values(baseline, place, kpi);
        let (here, there): (Vec<f64>, Vec<f64>) =
            here.zip(there).filter_map(|(a, b)| a.zip(b)).unzip();
        Paired::of(&here, &there, CONFIDENCE)
    }

    /// Means of a team's figures, by the number of the row in [`TEAM_FIGURES`].
    pub fn team_means(&self, case: usize, place: usize, team: usize) -> Vec<Option<f64>> {
        (0..TEAM_FIGURES.len())
            .map(|figure| {
                let samples = self.samples(case, place);
                mean(samples.filter_map(|sample| sample.teams[team].figures[figure]))
            })
            .collect()
    }

    /// Mean number of closed cases a year, by [`Route`] number.
    pub fn route_means(&self, case: usize, place: usize) -> [f64; Route::ALL.len()] {
        std::array::from_fn(|route| {
            let samples = self.samples(case, place);
            mean(samples.map(|sample| sample.routes[route])).unwrap_or_default()
        })
    }

    /// The share of the time in a team's queue that was spent by families who
    /// had not been helped when the run ended, over all replications.
    ///
    /// In a queue that is at rest the time that families spend in it is that
    /// of the families who leave it (J. D. C. Little, Operations Research 9
    /// (1961)); where it is much more, the queue grows. Never below zero.
    pub fn unfinished_wait_share(&self, case: usize, place: usize, team: usize) -> f64 {
        let (mut waiting, mut waited) = (0.0, 0.0);
        for sample in self.samples(case, place) {
            waiting += sample.teams[team].waiting_days;
            waited += sample.teams[team].waited_days;
        }
        if waiting > 0.0 {
            (1.0 - waited / waiting).max(0.0)
        } else {
            0.0
        }
    }

    fn values(&self, case: usize, place: usize, kpi: usize) -> impl Iterator<Item = Option<f64>> {
        self.samples(case, place)
            .map(move |sample| sample.kpis[kpi])
    }
}

fn mean(values: impl Iterator<Item = f64>) -> Option<f64> {
    let (n, sum) = values.fold((0, 0.0), |(n, sum), value| (n + 1, sum + value));
    (n > 0).then(|| sum / f64::from(n))
}

#[cfg(test)]
mod tests {
    use super::super::fixture::{outcome, scenario};
    use super::*;
    use crate::model::KPIS;

    fn row(key: &str) -> usize {
        KPIS.iter().position(|kpi| kpi.key == key).unwrap()
    }

    #[test]
    fn differences_are_paired_by_replication() {
        let outcome = outcome(&scenario(3));
        let kpi = row("handovers_per_case");
        // 1, 2, 6 against 0, 2, 1: differences 1, 0, 5.
        let paired = outcome.paired(1, 0, 0, kpi).unwrap();
        assert_eq!(paired.difference.mean, 2.0);
        assert!((paired.variance_paired - 7.0).abs() < 1e-12);
        assert!((paired.variance_unpaired - 8.0).abs() < 1e-12);
        // t of 2 degrees of freedom at 95 %: 4.302653; 2 - 4.302653 sqrt(7 / 3).
        assert!((paired.difference.low - -4.572_411).abs() < 1e-6);
        assert!(!excludes_zero(&paired.difference));
    }

    #[test]
    fn the_merged_value_is_one_of_families_and_not_of_regions() {
        let outcome = outcome(&scenario(3));
        let kpi = row("handovers_per_case");
        // One case with 0 handovers and three with 10.
        let sample = outcome.sample(0, 1, outcome.merged());
        assert_eq!(sample.kpis[kpi], Some(7.5));
        assert_eq!(
            outcome.places(),
            ["Gooi en Vechtstreek", "Zeeland", "totaal"]
        );
    }

    #[test]
    fn what_was_not_observed_has_no_estimate() {
        let outcome = outcome(&scenario(2));
        assert_eq!(outcome.estimate(0, 0, row("wait_raad_mean_days")), None);
        assert_eq!(outcome.paired(1, 0, 0, row("wait_raad_mean_days")), None);
    }

    #[test]
    fn means_of_teams_and_routes_are_over_replications() {
        let outcome = outcome(&scenario(2));
        assert_eq!(outcome.team_means(0, 0, 0)[0], Some(90.0));
        assert_eq!(outcome.team_means(0, 2, 0)[0], Some(94.5));
        assert_eq!(outcome.route_means(0, 2)[3], 3.0);
    }
}
