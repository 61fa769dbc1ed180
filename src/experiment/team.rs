//! The table of team figures: what a reader sees of a team.

use crate::engine::{DAYS_PER_YEAR, MINUTES_PER_DAY};
use crate::model::{Better, TeamObservations, wait_horizon};

/// One row of the table.
#[derive(Clone, Copy, Debug)]
pub struct TeamFigure {
    /// Its column in teams.csv.
    pub key: &'static str,
    /// Its unit.
    pub unit: &'static str,
    /// Which way is better.
    pub better: Better,
    /// What a Dutch reader sees.
    pub nl: &'static str,
    /// How it is defined.
    pub definition: &'static str,
    formula: fn(&TeamObservations, f64) -> Option<f64>,
}

impl TeamFigure {
    /// Its value for a team that was observed for so many years, or `None`
    /// where nothing was observed that it could be about.
    pub fn value(&self, team: &TeamObservations, years: f64) -> Option<f64> {
        (self.formula)(team, years)
    }
}

/// The load of a team, first in the table \[percent\].
pub(crate) const LOAD: usize = 0;
/// The queue of a team, second in the table \[families\].
pub(crate) const QUEUE: usize = 1;
/// The mean wait for a team, fourth in the table \[days\].
pub(crate) const WAIT: usize = 3;

/// Every figure of a team.
pub const TEAM_FIGURES: &[TeamFigure] = &[
    TeamFigure {
        key: "load_percent",
        unit: "percent",
        better: Better::Neither,
        nl: "belasting (%)",
        definition: "Reserved hours as a share of available hours; for a team outside the chain, its places taken.",
        formula: |team, _| share(100.0 * team.reserved_hours, team.available_hours),
    },
    TeamFigure {
        key: "queue_mean",
        unit: "count",
        better: Better::Lower,
        nl: "verzoeken in de wachtrij",
        definition: "Mean number of requests that wait for the team, in all its areas together.",
        formula: |team, years| share(team.waiting_days, years * DAYS_PER_YEAR),
    },
    TeamFigure {
        key: "longest_wait_days",
        unit: "days",
        better: Better::Lower,
        nl: "langste wachttijd (dagen)",
        definition: "Longest wait seen in the queue at the end of any week of a replication.",
        formula: |team, _| Some(days(f64::from(team.longest_wait))),
    },
    TeamFigure {
        key: "wait_mean_days",
        unit: "days",
        better: Better::Lower,
        nl: "wachttijd, gemiddeld (dagen)",
        definition: "Mean time from asking the team to its start, of all who asked in the measured period, also who still waits or went another way (Kaplan and Meier); a wait beyond two years, or the measured period where that is shorter, counts as so long.",
        formula: |team, years| {
            let survival = team.wait.survival()?;
            Some(days(survival.restricted_mean(wait_horizon(years))))
        },
    },
    TeamFigure {
        key: "wait_p90_days",
        unit: "days",
        better: Better::Lower,
        nl: "wachttijd, P90 (dagen)",
        definition: "90th percentile over requests of the time from asking the team to its start, estimated and bounded as the mean.",
        formula: |team, years| {
            let survival = team.wait.survival()?;
            Some(days(survival.quantile(0.9).min(wait_horizon(years))))
        },
    },
    TeamFigure {
        key: "weeks_above_100_percent",
        unit: "percent",
        better: Better::Lower,
        nl: "weken boven 100 % belasting (%)",
        definition: "Share of the weeks, over the team's areas, with more hours reserved than available.",
        formula: |team, _| share(100.0 * team.weeks_above_full as f64, team.pool_weeks as f64),
    },
    TeamFigure {
        key: "vacancy_percent",
        unit: "percent",
        better: Better::Lower,
        nl: "vacatures (% van de plaatsen)",
        definition: "Share of the places of professionals that are vacant.",
        formula: |team, _| {
            share(
                100.0 * team.vacant_place_weeks as f64,
                team.place_weeks as f64,
            )
        },
    },
    TeamFigure {
        key: "leavers_per_year",
        unit: "per year",
        better: Better::Lower,
        nl: "vertrokken professionals per jaar",
        definition: "Professionals who leave the team, a year; empty for a team outside the chain.",
        formula: |team, years| of_staff(team, share(team.leavers as f64, years)),
    },
    TeamFigure {
        key: "caseload_per_professional",
        unit: "count",
        better: Better::Neither,
        nl: "gezinnen per professional",
        definition: "Families that a professional in post holds at a time, mean over the weeks.",
        formula: |team, _| {
            let in_post = team.place_weeks.saturating_sub(team.vacant_place_weeks);
            share(team.case_weeks as f64, in_post as f64)
        },
    },
    TeamFigure {
        key: "available_hours_per_week",
        unit: "hours",
        better: Better::Neither,
        nl: "beschikbare uren per week",
        definition: "Hours a week that the team's professionals have for families; empty for a team outside the chain.",
        formula: |team, years| {
            let weeks = years * DAYS_PER_YEAR / 7.0;
            of_staff(team, share(team.available_hours, weeks))
        },
    },
];

/// A value that is about professionals, of a team that has any.
fn of_staff(team: &TeamObservations, value: Option<f64>) -> Option<f64> {
    value.filter(|_| team.place_weeks > 0)
}

fn days(minutes: f64) -> f64 {
    minutes / f64::from(MINUTES_PER_DAY)
}

fn share(part: f64, whole: f64) -> Option<f64> {
    (whole > 0.0).then(|| part / whole)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::model::WaitEnd;

    fn value(key: &str, team: &TeamObservations) -> Option<f64> {
        let row = TEAM_FIGURES.iter().find(|figure| figure.key == key);
        row.unwrap().value(team, 2.0)
    }

    #[test]
    fn figures_are_what_they_say() {
        assert_eq!(TEAM_FIGURES[LOAD].key, "load_percent");
        assert_eq!(TEAM_FIGURES[WAIT].key, "wait_mean_days");
        assert_eq!(TEAM_FIGURES[QUEUE].key, "queue_mean");
        let mut team = TeamObservations {
            reserved_hours: 90.0,
            available_hours: 100.0,
            waiting_days: 2.0 * 730.5,
            place_weeks: 110,
            vacant_place_weeks: 10,
            case_weeks: 1500,
            leavers: 3,
            ..Default::default()
        };
        team.wait.record(2880, WaitEnd::Met, None);
        assert_eq!(value("load_percent", &team), Some(90.0));
        assert_eq!(value("queue_mean", &team), Some(2.0));
        // The middle of the bucket of 2880 minutes.
        let wait = value("wait_mean_days", &team).unwrap();
        assert!((wait - 2.0).abs() < 2.0 / 128.0, "{wait}");
        assert_eq!(value("caseload_per_professional", &team), Some(15.0));
        assert_eq!(value("leavers_per_year", &team), Some(1.5));
    }

    #[test]
    fn a_team_outside_the_chain_has_no_professionals() {
        let team = TeamObservations {
            available_hours: 10.0,
            ..Default::default()
        };
        assert_eq!(value("load_percent", &team), Some(0.0));
        assert_eq!(value("available_hours_per_week", &team), None);
        assert_eq!(value("leavers_per_year", &team), None);
        assert_eq!(value("caseload_per_professional", &team), None);
        assert_eq!(value("wait_p90_days", &team), None);
    }
}
