//! What a change-over costs and brings, quarter by quarter, against the path with which it is compared.

use super::comparison::CONFIDENCE;
use super::outcome::Outcome;
use super::series::{SERIES, Track};
use crate::engine::Date;
use crate::model::{QUARTER_DAYS, QUARTERS_PER_YEAR, Quarter};
use crate::scenario::Scenario;
use crate::stats::{Estimate, of_each};

/// Series of which less is better whatever happens to the others: a mean of waits that ended is none of them, for it
/// falls when nobody is served any more; nor is the number of requests in queues, of which forms have other kinds.
pub(super) const JUDGED: [&str; 3] = ["unsafe_stock", "waiting_stock", "lead_changes_per_year"];

/// Quarters that it must have been better at the end of the run before that is called for good.
const LEAST_BETTER: usize = 4;

/// A path in which a form comes into force within the run, in one place.
#[derive(Clone, PartialEq, Debug)]
pub struct ChangeOver {
    /// Number of the case.
    pub case: usize,
    /// The place: a region in which a form comes into force, or all together.
    pub place: usize,
    /// The first day on which another form is in force somewhere in it, on the path or on that of the baseline.
    pub from: Date,
    /// The last day on which one comes into force somewhere in it, likewise.
    pub to: Date,
    /// Whether a queue grows without end there, on either: how it ends depends on how long the run is.
    pub grows: bool,
    /// What became of each series that is judged.
    pub series: Vec<SeriesChange>,
}

/// A series of a path against that of the baseline, from the first quarter in which something changes.
#[derive(Clone, PartialEq, Debug)]
pub struct SeriesChange {
    /// Number of the row in [`SERIES`].
    pub row: usize,
    /// The paired difference in every quarter, by its last day.
    pub quarters: Vec<(Date, Option<Estimate>)>,
    /// The quarter in which it is most worse, if its mean is worse in any.
    pub deepest: Option<(Date, Estimate)>,
    /// Quarters of which the interval lies wholly to the worse.
    pub n_worse: usize,
    /// All that it is more, summed over time [unit of the series times years].
    pub extra: Option<Estimate>,
    /// The last day of the first quarter from which on it is better in every quarter, of four at least, and not by
    /// chance alone; none where a queue grows without end.
    pub better_from: Option<Date>,
}

/// The values of [`JUDGED`] in a quarter.
pub(super) fn judged(quarter: &Quarter) -> [Option<f64>; JUDGED.len()] {
    JUDGED.map(|key| {
        let track = Track {
            row: row_of(key),
            team: None,
        };
        track.value(quarter)
    })
}

/// The number of a series in [`SERIES`].
fn row_of(key: &str) -> usize {
    let row = SERIES.iter().position(|series| series.key == key);
    row.expect("a series of the table")
}

/// What every path of a scenario comes to that changes otherwise than the baseline, for all regions together and then
/// for each in which something changes; nothing where less than a year of whole quarters follows.
pub fn changes_over(scenario: &Scenario, outcome: &Outcome) -> Vec<ChangeOver> {
    let first_day = scenario.period.first_day();
    let all = outcome.merged();
    let days = |case: usize, place: usize| {
        let stages = scenario.cases[case]
            .course
            .iter()
            .flat_map(|one| &one.stages);
        stages.flat_map(move |stage| {
            let moments = stage.moments.iter().enumerate();
            let here = moments.filter(move |&(region, _)| place == all || place == region);
            let days = here.filter_map(|(_, moment)| Some(moment.as_ref()?.day));
            days.flat_map(|day| stage.ends(day))
        })
    };
    let cases = (0..scenario.cases.len()).filter(|&case| case != scenario.baseline);
    let places = [all].into_iter().chain(0..all);
    let pairs = cases.flat_map(|case| places.clone().map(move |place| (case, place)));
    let change_over = |(case, place): (usize, usize)| {
        let (own, baseline) = (days(case, place), days(scenario.baseline, place));
        let days: Vec<u32> = own.chain(baseline).collect();
        let (from, to) = (*days.iter().min()?, *days.iter().max()?);
        let n_quarters = outcome
            .n_quarters()
            .saturating_sub((from / QUARTER_DAYS) as usize);
        let date = |day: u32| first_day.plus_days(day as i32);
        let at_rest = |case: usize| outcome.is_at_rest(case, place);
        let grows = !at_rest(case) || !at_rest(scenario.baseline);
        let series = |number: usize| {
            let of = SeriesChange::of(
                outcome,
                [case, scenario.baseline],
                (place, number),
                from,
                &date,
            );
            SeriesChange {
                better_from: of.better_from.filter(|_| !grows),
                ..of
            }
        };
        (n_quarters >= LEAST_BETTER).then(|| ChangeOver {
            case,
            place,
            from: date(from),
            to: date(to),
            grows,
            series: (0..JUDGED.len()).map(series).collect(),
        })
    };
    pairs.filter_map(change_over).collect()
}

impl SeriesChange {
    fn of(
        outcome: &Outcome,
        [case, baseline]: [usize; 2],
        (place, number): (usize, usize),
        from: u32,
        date: &impl Fn(u32) -> Date,
    ) -> Self {
        // Of each replication the difference in every quarter that ends after the change.
        let first = (from / QUARTER_DAYS) as usize;
        let numbers = first..outcome.n_quarters();
        let difference = |replication: u32, quarter: usize| {
            let value = |case| outcome.sample(case, replication, place).judged[quarter][number];
            Some(value(case)? - value(baseline)?)
        };
        let replications = || 1..=outcome.n_replications();
        let last_day = |quarter: usize| date((quarter as u32 + 1) * QUARTER_DAYS - 1);
        // The intervals of all quarters hold at once (Bonferroni): the deepest is one of them.
        let confidence = of_each(CONFIDENCE, numbers.len());
        let quarters: Vec<(Date, Option<Estimate>)> = (numbers.clone())
            .map(|quarter| {
                let values = replications().filter_map(|one| difference(one, quarter));
                let values: Vec<f64> = values.collect();
                (last_day(quarter), outcome.interval_of(&values, confidence))
            })
            .collect();
        let known = quarters.iter().filter_map(|&(day, one)| Some((day, one?)));
        let worst = known.clone().max_by(|a, b| a.1.mean.total_cmp(&b.1.mean));
        let is_worse = |one: &Estimate| one.has_interval() && one.low > 0.0;
        let is_better = |one: &Estimate| one.has_interval() && one.high < 0.0;
        let sums: Vec<f64> = replications()
            .map(|one| {
                let all = numbers
                    .clone()
                    .filter_map(|quarter| difference(one, quarter));
                all.sum::<f64>() / QUARTERS_PER_YEAR
            })
            .collect();
        let n_better = quarters
            .iter()
            .rev()
            .take_while(|one| one.1.as_ref().is_some_and(is_better));
        let n_better = n_better.count();
        SeriesChange {
            row: row_of(JUDGED[number]),
            deepest: worst.filter(|(_, one)| one.mean > 0.0),
            n_worse: known.filter(|(_, one)| is_worse(one)).count(),
            extra: outcome.interval(&sums),
            better_from: (n_better >= LEAST_BETTER).then(|| quarters[quarters.len() - n_better].0),
            quarters,
        }
    }
}
