//! Whether the warm-up was long enough.
//!
//! Two looks at every series. The rule of [`mser`] over all quarters says how
//! much to cut off the beginning, or that the series is not at rest within the
//! run. The rule does not see a series that begins flat and grows later; so the
//! measured quarters are also asked how fast they move.

use super::comparison::{CONFIDENCE, excludes_zero};
use super::outcome::Outcome;
use super::series::{SERIES, Track, tracks};
use crate::model::{Period, QUARTER_DAYS, QUARTERS_PER_YEAR};
use crate::scenario::Scenario;
use crate::stats::{Estimate, mser, percent_change};

/// Weeks of a quarter.
pub const QUARTER_WEEKS: u32 = QUARTER_DAYS / 7;
/// Quarters that a run must have to judge its warm-up by.
pub const FEWEST_QUARTERS: usize = 10;
/// From this change on a series moves [percent a year]: over three measured
/// years it is about as large as the smaller differences between forms.
pub const MOVING: f64 = 2.0;
/// A queue, stock or wait smaller than this is not said to move [families, days].
const SMALL: f64 = 1.0;

/// What a series of a form says about the warm-up.
#[derive(Clone, Copy, PartialEq, Debug)]
pub struct Settling {
    /// The series.
    pub track: Track,
    /// Warm-up that it needs \[weeks\]; `None` where it is not at rest within
    /// the run, or the run is too short to say.
    pub needed_weeks: Option<u32>,
    /// Change in the measured quarters, over replications [percent a year].
    pub change: Option<Estimate>,
    /// Its mean in the measured quarters, in the unit of the series.
    pub level: f64,
}

impl Settling {
    /// Whether it still moves while it is measured, and not by chance: at 95 %
    /// where there are replications to tell by.
    pub fn is_moving(&self) -> bool {
        let is_sure = |change: &Estimate| !change.has_interval() || excludes_zero(change);
        self.level >= SMALL
            && (self.change).is_some_and(|change| change.mean.abs() >= MOVING && is_sure(&change))
    }

    /// Whether it comes to rest in the run, and stays there while it is measured.
    pub fn settles(&self) -> bool {
        self.needed_weeks.is_some() && !self.is_moving()
    }
}

/// What all forms together say about the warm-up, by the series of all teams
/// and families together.
#[derive(Clone, PartialEq, Debug)]
pub struct WarmUp {
    /// The warm-up that was given \[weeks\].
    pub given_weeks: u32,
    /// The longest that any series needs that settles \[weeks\]; `None` if none does.
    pub needed_weeks: Option<u32>,
    /// Numbers of the rows in [`SERIES`] that do not settle in some form.
    pub unsettled: Vec<usize>,
    /// Whether the run is long enough to say.
    pub is_known: bool,
}

/// A series that a reader should know of: it still moves in the measured
/// quarters, or it needs a longer warm-up than it had.
#[derive(Clone, PartialEq, Debug)]
pub struct Unsettled {
    /// Number of the row in [`SERIES`].
    pub row: usize,
    /// Indices of the forms, with what the series says there.
    pub forms: Vec<(usize, Settling)>,
}

/// Every series of a form with the warm-up that it needs.
pub fn settlings(scenario: &Scenario, outcome: &Outcome, case: usize) -> Vec<Settling> {
    let n_teams = scenario.cases[case].form.teams.len();
    let of = |track| outcome.settling(&scenario.period, case, track);
    tracks(n_teams).into_iter().map(of).collect()
}

/// What all forms together say about the warm-up.
pub fn warm_up(scenario: &Scenario, outcome: &Outcome) -> WarmUp {
    let all: Vec<Settling> = whole(scenario, outcome).map(|(_, one)| one).collect();
    let settled = all.iter().filter(|one| one.settles());
    let is_unsettled = |&row: &usize| {
        let mut forms = all.iter().filter(|one| one.track.row == row);
        forms.any(|one| !one.settles())
    };
    WarmUp {
        given_weeks: given_weeks(scenario),
        needed_weeks: settled.filter_map(|one| one.needed_weeks).max(),
        unsettled: (0..SERIES.len()).filter(is_unsettled).collect(),
        is_known: outcome.n_quarters() >= FEWEST_QUARTERS,
    }
}

/// The series that a reader should know of, and the number of others, form by
/// form, that do not settle by the rule, but move too little to matter or to tell
/// from chance.
pub(crate) fn unsettled(scenario: &Scenario, outcome: &Outcome) -> (Vec<Unsettled>, usize) {
    let given = given_weeks(scenario);
    let is_late = |one: &Settling| one.needed_weeks.is_some_and(|weeks| weeks > given);
    let all: Vec<(usize, Settling)> = whole(scenario, outcome).collect();
    let (named, others): (Vec<_>, Vec<_>) =
        (all.into_iter()).partition(|(_, one)| one.is_moving() || is_late(one));
    let n_others = others.iter().filter(|(_, one)| !one.settles()).count();
    let of_row = |row| Unsettled {
        row,
        forms: (named.iter().copied())
            .filter(|(_, one)| one.track.row == row)
            .collect(),
    };
    let rows = (0..SERIES.len()).map(of_row);
    (rows.filter(|one| !one.forms.is_empty()).collect(), n_others)
}

/// Weeks of warm-up in the scenario.
fn given_weeks(scenario: &Scenario) -> u32 {
    scenario.period.warm_up_days / 7
}

/// The series of all teams and families together, form by form.
fn whole<'a>(
    scenario: &'a Scenario,
    outcome: &'a Outcome,
) -> impl Iterator<Item = (usize, Settling)> + 'a {
    (0..scenario.cases.len()).flat_map(move |case| {
        (0..SERIES.len()).map(move |row| {
            let track = Track { row, team: None };
            (case, outcome.settling(&scenario.period, case, track))
        })
    })
}

/// Whether a quarter lies in what is measured as a whole.
pub fn is_measured(period: &Period, quarter: usize) -> bool {
    quarter as u32 * QUARTER_DAYS >= period.warm_up_days
}

impl Outcome {
    /// What a series of a form says about the warm-up: by the means over
    /// replications, without the quarters in which nothing was observed.
    pub fn settling(&self, period: &Period, case: usize, track: Track) -> Settling {
        let means = (0..self.n_quarters())
            .filter_map(|quarter| Some((quarter, self.mean_in(case, track, quarter)?)));
        let (quarters, values): (Vec<usize>, Vec<f64>) = means.unzip();
        // What is kept begins with a quarter; the warm-up ends where that begins.
        let needed = |cut: usize| quarters[cut] as u32 * QUARTER_WEEKS;
        let measured = (quarters.iter().zip(&values))
            .filter(|&(&quarter, _)| is_measured(period, quarter))
            .map(|(_, &value)| value);
        let (n, sum) = measured.fold((0, 0.0), |(n, sum), value| (n + 1, sum + value));
        Settling {
            track,
            needed_weeks: mser(&values).map(needed),
            change: self.change(period, case, track),
            level: if n > 0 { sum / f64::from(n) } else { 0.0 },
        }
    }

    /// Change of a series in the measured quarters, as a share of its mean there:
    /// a straight line through every replication [percent a year].
    fn change(&self, period: &Period, case: usize, track: Track) -> Option<Estimate> {
        let of_replication = |replication| {
            let quarters = self.quarters(case, replication).iter().enumerate();
            let points: Vec<(f64, f64)> = quarters
                .filter(|&(number, _)| is_measured(period, number))
                .filter_map(|(number, quarter)| Some((number as f64, track.value(quarter)?)))
                .collect();
            percent_change(&points, QUARTERS_PER_YEAR)
        };
        let changes: Vec<f64> = (1..=self.n_replications())
            .filter_map(of_replication)
            .collect();
        Estimate::of(&changes, CONFIDENCE)
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::experiment::fixture::{invented, on_threads, scenario};
    use crate::experiment::runner::run_with;
    use crate::experiment::{Warning, warnings};
    use crate::model::{Quarter, Setting};

    const OTS: Track = Track { row: 2, team: None };

    /// A run of so many quarters of which the stock of OTS is known, in each of two regions.
    fn outcome(scenario: &Scenario, n: usize, stock: fn(usize, u32) -> u64) -> Outcome {
        let model = |setting: &Setting, seed, replication| {
            let mut pass = invented(setting, seed, replication);
            let quarter = |number| Quarter {
                ots_stock: stock(number, replication),
                ..Quarter::new(setting.form.teams.len())
            };
            pass.observations.quarters = (0..n).map(quarter).collect();
            pass
        };
        run_with(scenario, &on_threads(1), model).unwrap()
    }

    fn ots(scenario: &Scenario, n: usize, stock: fn(usize, u32) -> u64) -> Settling {
        assert_eq!(OTS.series().key, "ots_stock");
        outcome(scenario, n, stock).settling(&scenario.period, 0, OTS)
    }

    #[test]
    fn a_series_that_comes_to_rest_needs_what_lies_before() {
        let scenario = scenario(2);
        let found = ots(
            &scenario,
            16,
            |number, _| if number < 4 { 450 } else { 250 },
        );
        assert_eq!(found.needed_weeks, Some(52));
        assert_eq!(found.level, 500.0);
        assert_eq!(found.change.unwrap().mean, 0.0);
        assert!(found.settles());
        let outcome = outcome(
            &scenario,
            16,
            |number, _| if number < 4 { 450 } else { 250 },
        );
        let all = warm_up(&scenario, &outcome);
        assert_eq!((all.given_weeks, all.needed_weeks), (104, Some(52)));
        let told = |one: &Warning| matches!(one, Warning::WarmUp { .. } | Warning::ShortRun { .. });
        assert!(!warnings(&scenario, &outcome).iter().any(told));
    }

    #[test]
    fn a_series_that_begins_flat_and_grows_later_moves() {
        let scenario = scenario(2);
        // Two years of warm-up end within quarter 8; of the seven after it the
        // middle one is number 12, at 250 + 4 · 12 = 298 in each region.
        let grows = |number: usize, _| 250 + 12 * (number as u64).saturating_sub(8);
        let found = ots(&scenario, 16, grows);
        let expected = 100.0 * 12.0 * (365.25 / 91.0) / 298.0;
        assert!((found.change.unwrap().mean - expected).abs() < 1e-9);
        assert!(found.is_moving() && !found.settles());
        let outcome = outcome(&scenario, 16, grows);
        let (named, _) = unsettled(&scenario, &outcome);
        let rows: Vec<usize> = named.iter().map(|one| one.row).collect();
        assert_eq!(rows, [OTS.row]);
        assert_eq!(named[0].forms.len(), scenario.cases.len());
        assert!(warm_up(&scenario, &outcome).unsettled.contains(&OTS.row));
    }

    #[test]
    fn what_may_be_chance_or_is_next_to_nothing_does_not_move() {
        let scenario = scenario(3);
        let undecided = |number: usize, replication: u32| match replication {
            2 => 400 - 10 * number as u64,
            _ => 250 + 15 * number as u64,
        };
        let found = ots(&scenario, 16, undecided);
        assert!(found.change.unwrap().mean > MOVING, "{found:?}");
        assert!(!found.is_moving());
        let tiny = ots(&scenario, 16, |number, _| u64::from(number == 15));
        assert!(tiny.change.unwrap().mean > MOVING, "{tiny:?}");
        assert!(!tiny.is_moving());
    }

    #[test]
    fn a_short_run_is_not_judged() {
        let scenario = scenario(2);
        assert_eq!(ots(&scenario, 9, |_, _| 5).needed_weeks, None);
        let outcome = outcome(&scenario, 9, |_, _| 5);
        let short = Warning::ShortRun { n_quarters: 9 };
        assert!(warnings(&scenario, &outcome).contains(&short));
    }
}
