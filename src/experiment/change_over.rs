//! What a change-over costs and brings, quarter by quarter, against the path with which it is compared.

use super::{CONFIDENCE, Outcome, SERIES, Track};
use crate::engine::Date;
use crate::model::{QUARTER_DAYS, QUARTERS_PER_YEAR};
use crate::scenario::Scenario;
use crate::stats::{Estimate, of_each};

/// Series of which less is better whatever happens to the others: a mean of waits that ended is none of them, for it
/// falls when nobody is served any more; nor is the number of requests in queues, of which forms have other kinds.
const JUDGED: [&str; 3] = ["unsafe_stock", "waiting_stock", "lead_changes_per_year"];

/// Quarters that it must have been better at the end of the run before that is called for good.
const LEAST_BETTER: usize = 4;

/// A path in which a form comes into force within the run.
#[derive(Clone, PartialEq, Debug)]
pub struct ChangeOver {
    /// Number of the case.
    pub case: usize,
    /// The first day on which another form is in force somewhere, on the path or on that of the baseline.
    pub from: Date,
    /// The last day on which one comes into force somewhere, likewise.
    pub to: Date,
    /// What became of each series that is judged.
    pub series: Vec<SeriesChange>,
}

/// A series of a path against that of the baseline, all regions together, from the first quarter in which something
/// changes.
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
    /// chance alone.
    pub better_from: Option<Date>,
}

/// What every path of a scenario comes to that changes otherwise than the baseline; nothing where less than a year of
/// whole quarters follows.
pub fn changes_over(scenario: &Scenario, outcome: &Outcome) -> Vec<ChangeOver> {
    let first_day = scenario.period.first_day();
    let days = |case: usize| {
        let stages = scenario.cases[case]
            .course
            .iter()
            .flat_map(|one| &one.stages);
        stages.flat_map(|stage| stage.moments.iter().flatten().map(|one| one.day))
    };
    let cases = (0..scenario.cases.len()).filter(|&case| case != scenario.baseline);
    let change_over = |case: usize| {
        let (own, baseline) = (days(case), days(scenario.baseline));
        let all: Vec<u32> = own.chain(baseline).collect();
        let (from, to) = (*all.iter().min()?, *all.iter().max()?);
        let n_quarters = outcome
            .n_quarters()
            .saturating_sub((from / QUARTER_DAYS) as usize);
        let date = |day: u32| first_day.plus_days(day as i32);
        let series = |key: &&str| {
            let row = SERIES.iter().position(|series| series.key == *key);
            let row = row.expect("a series of the table");
            SeriesChange::of(outcome, [case, scenario.baseline], row, from, &date)
        };
        (n_quarters >= LEAST_BETTER).then(|| ChangeOver {
            case,
            from: date(from),
            to: date(to),
            series: JUDGED.iter().map(series).collect(),
        })
    };
    cases.filter_map(change_over).collect()
}

impl SeriesChange {
    fn of(
        outcome: &Outcome,
        [case, baseline]: [usize; 2],
        row: usize,
        from: u32,
        date: &impl Fn(u32) -> Date,
    ) -> Self {
        let track = Track { row, team: None };
        // Of each replication the difference in every quarter that ends after the change.
        let first = (from / QUARTER_DAYS) as usize;
        let numbers = first..outcome.n_quarters();
        let difference = |replication: u32, quarter: usize| {
            let value = |case| track.value(&outcome.quarters(case, replication)[quarter]);
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
            row,
            deepest: worst.filter(|(_, one)| one.mean > 0.0),
            n_worse: known.filter(|(_, one)| is_worse(one)).count(),
            extra: outcome.interval(&sums),
            better_from: (n_better >= LEAST_BETTER).then(|| quarters[quarters.len() - n_better].0),
            quarters,
        }
    }
}
