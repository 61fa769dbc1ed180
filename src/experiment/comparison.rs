//! Estimates over replications, and differences paired by replication.

use super::outcome::Outcome;
use super::queue::QUEUE_FIGURES;
use super::team::TEAM_FIGURES;
use crate::model::{Function, Route};
use crate::stats::{Estimate, Paired, of_each, share_within, unpaired};

/// Confidence of every interval.
pub const CONFIDENCE: f64 = 0.95;

/// Whether the interval of a difference leaves out zero.
pub fn excludes_zero(difference: &Estimate) -> bool {
    difference.low > 0.0 || difference.high < 0.0
}

/// How two runs are compared.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub enum Pairing {
    /// The same families and chances in each replication.
    Replication,
    /// The same, each replication in a world of its own, which both runs share.
    World,
    /// Independent samples.
    None,
}

/// Difference of a figure between two runs, from its value in every replication; `n` runs are compared with
/// that other one, and intervals of means hold for all of them at once ([`of_each`]). That of worlds is the one in
/// which one more lies.
pub fn between(
    here: &[Option<f64>],
    there: &[Option<f64>],
    pairing: Pairing,
    n: usize,
) -> Option<Estimate> {
    let level = of_each(CONFIDENCE, n);
    if pairing != Pairing::None {
        let pairs = here.iter().zip(there);
        let (here, there): (Vec<f64>, Vec<f64>) = pairs.filter_map(|(a, b)| a.zip(*b)).unzip();
        let paired = paired(&here, &there, pairing == Pairing::World, level);
        return Some(paired?.difference);
    }
    let [here, there] = [here, there].map(|all| all.iter().copied().flatten().collect::<Vec<_>>());
    unpaired(&here, &there, level)
}

/// A difference with its interval: that in which one more world's lies, else of confidence `level` for the mean.
fn paired(here: &[f64], there: &[f64], has_worlds: bool, level: f64) -> Option<Paired> {
    match has_worlds {
        true => Paired::of_next(here, there, CONFIDENCE),
        false => Paired::of(here, there, level),
    }
}

impl Outcome {
    /// Mean of one value a replication, with an interval of the confidence of every interval: of the mean where all
    /// replications run in one world, else that in which one more world lies.
    pub(crate) fn interval(&self, values: &[f64]) -> Option<Estimate> {
        self.interval_of(values, CONFIDENCE)
    }

    /// The same with another confidence.
    pub(crate) fn interval_of(&self, values: &[f64], confidence: f64) -> Option<Estimate> {
        match self.n_worlds > 0 {
            true => Estimate::of_next(values, confidence),
            false => Estimate::of(values, confidence),
        }
    }

    /// The same of a difference. Those of means hold for all forms that are compared with one baseline at once
    /// ([`of_each`]), those of worlds each by itself.
    pub(crate) fn paired_interval(&self, here: &[f64], there: &[f64]) -> Option<Paired> {
        paired(here, there, self.n_worlds > 0, self.confidence_of_each())
    }

    /// Mean and interval of a KPI, over the replications that have a value.
    pub fn estimate(&self, case: usize, place: usize, kpi: usize) -> Option<Estimate> {
        let values: Vec<f64> = self.values(case, place, kpi).flatten().collect();
        self.interval(&values)
    }

    /// Difference of a KPI between a form and another, over the replications
    /// in which both have a value.
    pub fn paired(&self, case: usize, baseline: usize, place: usize, kpi: usize) -> Option<Paired> {
        let here = self.values(case, place, kpi);
        let there = self.values(baseline, place, kpi);
        let (here, there): (Vec<f64>, Vec<f64>) =
            here.zip(there).filter_map(|(a, b)| a.zip(b)).unzip();
        self.paired_interval(&here, &there)
    }

    /// Share of the squared spread of a KPI over the replications that is chance: the rest is what worlds differ in. `None`
    /// where no world was run twice.
    pub fn chance_share(&self, case: usize, place: usize, kpi: usize) -> Option<f64> {
        self.share_of_chance(self.values(case, place, kpi))
    }

    /// The same of the difference between a form and another.
    pub fn chance_share_of_difference(
        &self,
        case: usize,
        baseline: usize,
        place: usize,
        kpi: usize,
    ) -> Option<f64> {
        let here = self.values(case, place, kpi);
        let pairs = here.zip(self.values(baseline, place, kpi));
        self.share_of_chance(pairs.map(|(here, there)| Some(here? - there?)))
    }

    fn share_of_chance(&self, values: impl Iterator<Item = Option<f64>>) -> Option<f64> {
        let world = |replication: usize| (replication % self.n_worlds.max(1)) as u32;
        let known = values.enumerate();
        let known = known.filter_map(|(replication, value)| Some((value?, world(replication))));
        let (values, worlds): (Vec<f64>, Vec<u32>) = known.unzip();
        share_within(&values, &worlds)
    }

    /// The confidence of each comparison with a baseline, with which those of all forms hold at once.
    pub(crate) fn confidence_of_each(&self) -> f64 {
        of_each(CONFIDENCE, self.n_cases() - 1)
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

    /// Means of the figures of the queue for a function, by the number of the row in
    /// [`QUEUE_FIGURES`](super::queue::QUEUE_FIGURES).
    pub fn queue_means(&self, case: usize, place: usize, function: Function) -> Vec<Option<f64>> {
        (0..QUEUE_FIGURES.len())
            .map(|figure| {
                let samples = self.samples(case, place);
                mean(samples.filter_map(|sample| sample.queues[function as usize][figure]))
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
    /// had not been helped when the run ended, in the replication where it is
    /// least: one replication may happen to end with many waiting, a queue that
    /// grows does so in all.
    ///
    /// In a queue that is at rest the time that families spend in it is that
    /// of the families who leave it (J. D. C. Little, Operations Research 9
    /// (1961)); where it is more, the queue grows. Never below zero.
    pub fn unfinished_wait_share(&self, case: usize, place: usize, team: usize) -> f64 {
        let shares = self.samples(case, place).map(|sample| {
            let team = &sample.teams[team];
            if team.waiting_days > 0.0 {
                (1.0 - team.waited_days / team.waiting_days).max(0.0)
            } else {
                0.0
            }
        });
        shares.reduce(f64::min).unwrap_or(0.0)
    }

    fn values(&self, case: usize, place: usize, kpi: usize) -> impl Iterator<Item = Option<f64>> {
        self.samples(case, place)
            .map(move |sample| sample.kpis[kpi])
    }
}

pub(crate) fn mean(values: impl Iterator<Item = f64>) -> Option<f64> {
    let (n, sum) = values.fold((0, 0.0), |(n, sum), value| (n + 1, sum + value));
    (n > 0).then(|| sum / f64::from(n))
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::engine::MINUTES_PER_DAY;
    use crate::experiment::fixture::{invented, on_threads, outcome, scenario};
    use crate::experiment::runner::run_with;
    use crate::model::{KPIS, Setting};

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
        // Five at once: t of 2 degrees of freedom at 99 % is 9.924843; 2 - 9.924843 sqrt(7 / 3).
        assert!((paired.difference.low - -13.160_448).abs() < 1e-6);
        assert!(!excludes_zero(&paired.difference));
    }

    #[test]
    fn runs_with_the_same_chances_are_compared_replication_by_replication() {
        let (here, there) = (
            [Some(11.0), Some(22.0), None],
            [Some(10.0), Some(20.0), Some(7.0)],
        );
        let paired = between(&here, &there, Pairing::Replication, 1).unwrap();
        assert_eq!(Some(paired), Estimate::of(&[1.0, 2.0], CONFIDENCE));
        let apart = between(&here, &there, Pairing::None, 1).unwrap();
        assert_eq!((apart.mean, apart.n), (16.5 - 37.0 / 3.0, 2));
        // Of two runs each interval is wider, so that both hold at once.
        let one_of_two = between(&here, &there, Pairing::Replication, 2).unwrap();
        assert!(one_of_two.high - one_of_two.low > paired.high - paired.low);
        assert_eq!(
            between(&[None], &[Some(1.0)], Pairing::Replication, 1),
            None
        );
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
        assert_eq!(outcome.team_means(0, 2, 0)[0], Some(93.5));
        assert_eq!(outcome.route_means(0, 2)[3], 3.0);
    }

    #[test]
    fn a_queue_grows_only_if_it_grows_in_every_replication() {
        let scenario = scenario(2);
        // 100 family-days in the queue; 60 and 90, or 60 and 110, of families who were helped.
        for (waited_in_second, least) in [(90, 0.1), (110, 0.0)] {
            let model = |setting: &Setting, seed, replication| {
                let mut pass = invented(setting, seed, replication);
                let days = if replication == 1 {
                    60
                } else {
                    waited_in_second
                };
                let team = &mut pass.observations.teams[0];
                team.waiting_days = 100.0;
                team.waited_minutes = u64::from(days * MINUTES_PER_DAY);
                pass
            };
            let outcome = run_with(&scenario, &on_threads(1), model).unwrap();
            assert!((outcome.unfinished_wait_share(0, 0, 0) - least).abs() < 1e-12);
        }
    }
}
