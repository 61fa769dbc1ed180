//! Whether the queues behind a figure are at rest.
//!
//! A figure of families who stand in queues has a value of its own only where every queue comes to rest. Where one grows,
//! the waits, the unsafe days and the measures that were seen depend on how long the run is, and so does what is counted
//! of closed cases, since who is stuck is not closed. Which team stands on which family's way is not told apart: any
//! team of the form counts. This is the one place that decides it; whoever marks a difference, ranks forms or writes a
//! verdict asks [`Outcome::grows`].
//!
//! What a team can do is not its hours: whoever has waited long becomes urgent, and for urgent work hours are stretched
//! up to a limit (`staff.urgent_limit`), at the price that each family gets less. A team that works above its hours and
//! below that limit has a queue that comes to rest; at the limit it has none.

use super::outcome::{Outcome, TeamSample};
use super::team::{LOAD, QUEUE, WAIT};
use crate::model::KPIS;

/// From this share of the most that a team can do on, its queue has no rest to come to \[percent\].
pub const FULL_LOAD: f64 = 98.0;
/// In so many of the replications a queue may grow before it is said so: a replication may be another world.
const FEW: f64 = 0.05;
/// From this share of unfinished waiting on, in every replication, a queue is
/// said to grow.
const GROWING_SHARE: f64 = 0.05;
/// Where so small a part of the families lives where a queue grows, what is said of all regions together stands: what
/// happens to them moves a mean of all by little, and a warning names their regions.
const FEW_FAMILIES: f64 = 0.05;
/// A wait shorter than this has not grown by more in all the years of a run \[days\].
const SHORT_WAIT: f64 = 7.0;
/// A queue shorter than this is not said to grow \[families\].
const SHORT_QUEUE: f64 = 1.0;

impl Outcome {
    /// Whether a team of a form has no rest in a place: more work than it can do, or a queue that grows.
    pub fn is_unstable(&self, case: usize, place: usize, team: usize) -> bool {
        let means = self.team_means(case, place, team);
        let full_load = FULL_LOAD * self.stretch[case][team];
        // A small team may be at its limit for some years, and hardly anybody waits for it.
        let grows = |team: &TeamSample| {
            team.figures[LOAD].is_some_and(|load| load >= full_load)
                && team.figures[WAIT].is_some_and(|wait| wait >= SHORT_WAIT)
        };
        let samples = self.samples(case, place);
        let n_growing = samples.filter(|sample| grows(&sample.teams[team])).count();
        let n_few = FEW * f64::from(self.n_replications());
        let is_full = means[LOAD].is_some_and(|load| load >= full_load)
            || n_few >= 1.0 && n_growing as f64 > n_few;
        let is_long = means[QUEUE].is_some_and(|queue| queue >= SHORT_QUEUE);
        is_full || is_long && self.unfinished_wait_share(case, place, team) > GROWING_SHARE
    }

    /// Whether every team of a form is at rest in a place; of all regions together, in those of nearly all families.
    pub fn is_at_rest(&self, case: usize, place: usize) -> bool {
        self.at_rest[case * self.places().len() + place]
    }

    /// Whether every form is at rest in every place, by form and place; the sizes of the regions are given \[meldingen a
    /// year\].
    pub(super) fn rest_of_all(&self, sizes: &[f64]) -> Vec<bool> {
        let of_case = |case: usize| {
            let is_at_rest = |region: usize| {
                let mut teams = 0..self.sample(case, 1, region).teams.len();
                !teams.any(|team| self.is_unstable(case, region, team))
            };
            let regions: Vec<bool> = (0..self.merged()).map(is_at_rest).collect();
            let growing = sizes.iter().zip(&regions).filter(|one| !one.1);
            let growing: f64 = growing.map(|(size, _)| size).sum();
            let whole: f64 = sizes.iter().sum();
            let together = growing < FEW_FAMILIES * whole || growing == 0.0;
            regions.into_iter().chain([together])
        };
        (0..self.n_cases()).flat_map(of_case).collect()
    }

    /// Whether a KPI of a form in a place has no value of its own, because a queue behind it grows without end.
    pub fn grows(&self, case: usize, place: usize, kpi: usize) -> bool {
        KPIS[kpi].rests_on_queues() && !self.is_at_rest(case, place)
    }

    /// The same of the difference between a form and another: of either.
    pub fn difference_grows(&self, case: usize, baseline: usize, place: usize, kpi: usize) -> bool {
        self.grows(case, place, kpi) || self.grows(baseline, place, kpi)
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::experiment::fixture::{growing_outcome, outcome, scenario};

    fn row(key: &str) -> usize {
        KPIS.iter().position(|kpi| kpi.key == key).unwrap()
    }

    #[test]
    fn nothing_that_rests_on_queues_stands_where_a_team_is_full() {
        let scenario = scenario(2);
        let outcome = growing_outcome(&scenario, "v1_expertnetwerk");
        let (gooi, zeeland, all) = (0, 1, outcome.merged());
        for key in [
            "wait_first_help_mean_days",
            "term_assessment_percent",
            "handovers_per_case",
            "unsafe_days_per_family_year",
            "ots_per_100_cases",
            "standing_queue",
        ] {
            assert!(outcome.grows(1, zeeland, row(key)), "{key}");
            assert!(outcome.grows(1, all, row(key)), "{key}");
            assert!(!outcome.grows(1, gooi, row(key)), "{key}");
            assert!(!outcome.grows(2, all, row(key)), "{key}");
            assert!(outcome.difference_grows(1, 0, all, row(key)), "{key}");
            assert!(outcome.difference_grows(2, 1, all, row(key)), "{key}");
        }
        assert!(!outcome.grows(1, all, row("load_percent")));
        assert!(!outcome.grows(1, all, row("first_meldingen_per_year")));
    }

    /// Whether a team has rest that is full in some worlds of forty, with waits of so many days in them.
    fn is_at_rest_though_full_in(worlds: &[usize], wait: f64) -> bool {
        let scenario = scenario(40);
        let mut outcome = outcome(&scenario);
        let n_places = outcome.places().len();
        for world in worlds {
            // The second form, the first region.
            let team = &mut outcome.samples[(40 + world) * n_places].teams[0];
            (team.figures[LOAD], team.figures[WAIT]) = (Some(150.0), Some(wait));
        }
        !outcome.is_unstable(1, 0, 0)
    }

    #[test]
    fn in_a_few_worlds_a_full_team_has_no_rest_only_where_families_wait_for_it() {
        assert!(is_at_rest_though_full_in(&[7, 21, 31], 4.0));
        assert!(!is_at_rest_though_full_in(&[7, 21, 31], 40.0));
        // Two of forty are one in twenty, and no more.
        assert!(is_at_rest_though_full_in(&[7, 31], 40.0));
    }

    #[test]
    fn a_queue_that_grows_for_few_families_leaves_what_is_said_of_all_of_them() {
        let mut outcome = growing_outcome(&scenario(2), "v1_expertnetwerk");
        let (gooi, zeeland, all) = (0, 1, outcome.merged());
        for (of_zeeland, stands) in [(4.0, true), (6.0, false)] {
            outcome.at_rest = outcome.rest_of_all(&[100.0 - of_zeeland, of_zeeland]);
            assert!(outcome.is_at_rest(1, gooi) && !outcome.is_at_rest(1, zeeland));
            assert_eq!(outcome.is_at_rest(1, all), stands);
        }
    }

    #[test]
    fn where_no_team_is_full_everything_stands() {
        let outcome = outcome(&scenario(2));
        assert!((0..outcome.n_cases()).all(|case| outcome.is_at_rest(case, outcome.merged())));
    }
}
