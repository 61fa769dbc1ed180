//! Every table of a run folder, and the rows of the plainest of them.

use crate::experiment::{FEWEST_QUARTERS, Outcome, Track, is_measured, settlings, tracks};
use crate::model::{Function, KPIS, QUARTER_DAYS, Route};
use crate::report::check::ledger::Ledger;
use crate::report::monitor;
use crate::report::record::column::{rows_of_kpis, rows_of_series};
use crate::report::record::field::{KpiNumber, SeriesNumber, with_ends};
use crate::report::record::kpi_table::{EstimateRow, PairedRow, ReplicationRow, RouteRow};
use crate::report::record::series_table::{QuarterRow, WarmUpRow};
use crate::report::record::table::Table;
use crate::report::record::team_table::{QueueRow, TeamRow};
use crate::report::record::{
    change_over, distribution_table, flow_table, staffing_table, stage_table,
};
use crate::scenario::Scenario;
use crate::stats::{Estimate, Paired, welch};

/// Quarters to either side in a smoothed series: with the one in the middle a year and a quarter.
const WELCH_QUARTERS: usize = 2;

/// Every table of a run folder; the last is the dictionary of them all.
///
/// # Examples
///
/// ```
/// use rvtsim::experiment::{Execution, run};
/// use rvtsim::report::tables;
/// use rvtsim::scenario::{Changes, load};
/// use std::path::Path;
///
/// let changes = Changes { replications: Some(1), ..Changes::default() };
/// let scenario = load(Path::new("scenarios/referentie.toml"), &changes).expect("it is shipped");
/// let outcome = run(&scenario, &Execution::default()).expect("no pass fails");
/// let kpis = tables(&scenario, &outcome).into_iter().find(|table| table.name == "kpis");
/// let csv = kpis.expect("a table").to_csv();
/// assert!(csv.starts_with("form,region,kpi"), "{}", &csv[..40]);
/// ```
pub fn tables<'a>(scenario: &'a Scenario, outcome: &'a Outcome) -> Vec<Table<'a>> {
    let source = Source { scenario, outcome };
    let mut tables = vec![
        Table::of(source.replications()),
        Table::of(source.estimates()),
        Table::of(source.paired()),
        Table::of(source.teams()),
        Table::of(staffing_table::rows(scenario, outcome)),
        Table::of(source.queues()),
        Table::of(source.routes()),
        Table::of(distribution_table::rows(scenario, outcome)),
        Table::of(flow_table::rows(scenario, outcome)),
        Table::of(source.series()),
        Table::of(source.warm_up()),
        Ledger::whole(scenario).table(),
    ];
    if let Some(monitor) = &scenario.monitor {
        tables.push(Table::of(monitor::rows(scenario, outcome, monitor)));
        tables.push(Table::of(monitor::rows_observed(monitor)));
    }
    tables.extend(change_over::tables(scenario, outcome));
    tables.extend(stage_table::table(scenario));
    let mut tables = Table::described("columns", tables);
    let dictionary = tables.last_mut().expect("the dictionary is the last");
    dictionary.extend(rows_of_kpis().chain(rows_of_series()));
    tables
}

/// Where rows come from.
#[derive(Clone, Copy)]
struct Source<'a> {
    scenario: &'a Scenario,
    outcome: &'a Outcome,
}

impl<'a> Source<'a> {
    fn form(self, case: usize) -> &'a str {
        &self.scenario.cases[case].form.key
    }

    fn region(self, place: usize) -> &'a str {
        &self.outcome.places()[place]
    }

    /// Every form in every place, in that order.
    fn spots(self) -> impl Iterator<Item = (usize, usize)> + 'a {
        let places = 0..self.outcome.places().len();
        let cases = 0..self.scenario.cases.len();
        cases.flat_map(move |case| places.clone().map(move |place| (case, place)))
    }

    fn replications(self) -> impl Iterator<Item = ReplicationRow<'a>> + 'a {
        let replications = 1..=self.outcome.n_replications();
        let cases = 0..self.scenario.cases.len();
        let groups =
            cases.flat_map(move |case| replications.clone().map(move |number| (case, number)));
        groups.flat_map(move |(case, number)| {
            (0..self.outcome.places().len()).flat_map(move |place| {
                let sample = self.outcome.sample(case, number, place);
                let kpis = KPIS.iter().zip(&sample.kpis);
                kpis.map(move |(kpi, &value)| ReplicationRow {
                    form: self.form(case),
                    replication: number,
                    region: self.region(place),
                    kpi: kpi.key,
                    value,
                })
            })
        })
    }

    fn estimates(self) -> impl Iterator<Item = EstimateRow<'a>> + 'a {
        self.spots().flat_map(move |(case, place)| {
            let is_growing = !self.outcome.is_at_rest(case, place);
            KPIS.iter()
                .enumerate()
                .map(move |(number, kpi)| EstimateRow {
                    form: self.form(case),
                    region: self.region(place),
                    kpi: KpiNumber(number),
                    mean: self.outcome.estimate(case, place, number).into(),
                    at_rest: !(is_growing && kpi.rests_on_queues()),
                    chance_share: self.outcome.chance_share(case, place, number),
                })
        })
    }

    fn paired(self) -> impl Iterator<Item = PairedRow<'a>> + 'a {
        let baseline = self.scenario.baseline;
        let spots = self.spots().filter(move |&(case, _)| case != baseline);
        spots.flat_map(move |(case, place)| {
            let is_growing = [case, baseline]
                .into_iter()
                .any(|case| !self.outcome.is_at_rest(case, place));
            KPIS.iter().enumerate().map(move |(number, kpi)| {
                let outcome = self.outcome;
                let paired = outcome.paired(case, baseline, place, number);
                let spread = |variance: fn(&Paired) -> f64| {
                    paired.as_ref().map(|paired| variance(paired).sqrt())
                };
                PairedRow {
                    form: self.form(case),
                    baseline: self.form(baseline),
                    region: self.region(place),
                    kpi: KpiNumber(number),
                    difference: paired.map(|paired| paired.difference).into(),
                    sd_paired: spread(|paired| paired.variance_paired),
                    sd_unpaired: spread(|paired| paired.variance_unpaired),
                    at_rest: !(is_growing && kpi.rests_on_queues()),
                    chance_share: outcome.chance_share_of_difference(case, baseline, place, number),
                }
            })
        })
    }

    fn teams(self) -> impl Iterator<Item = TeamRow<'a>> + 'a {
        self.spots().flat_map(move |(case, place)| {
            let teams = self.scenario.cases[case].form.teams.iter().enumerate();
            teams.map(move |(number, team)| TeamRow {
                form: self.form(case),
                region: self.region(place),
                team: &team.key,
                figures: self.outcome.team_means(case, place, number),
            })
        })
    }

    fn queues(self) -> impl Iterator<Item = QueueRow<'a>> + 'a {
        self.spots().flat_map(move |(case, place)| {
            let form = &self.scenario.cases[case].form;
            let functions = Function::ALL.into_iter();
            let done = functions.filter(|&function| form.task(function).is_some());
            done.map(move |function| QueueRow {
                form: self.form(case),
                region: self.region(place),
                function: function.key(),
                figures: self.outcome.queue_means(case, place, function),
            })
        })
    }

    fn routes(self) -> impl Iterator<Item = RouteRow<'a>> + 'a {
        self.spots().flat_map(move |(case, place)| {
            let means = self.outcome.route_means(case, place);
            let all: f64 = means.iter().sum();
            Route::ALL.into_iter().map(move |route| {
                let cases = means[route as usize];
                RouteRow {
                    form: self.form(case),
                    region: self.region(place),
                    route: route.key(),
                    cases_per_year: cases,
                    share: (all > 0.0).then(|| cases / all),
                }
            })
        })
    }

    fn series(self) -> impl Iterator<Item = QuarterRow<'a>> + 'a {
        let period = self.scenario.period;
        let quarters = self.outcome.n_quarters();
        (0..self.scenario.cases.len()).flat_map(move |case| {
            let n_teams = self.scenario.cases[case].form.teams.len();
            tracks(n_teams).into_iter().flat_map(move |track| {
                let estimates = self.outcome.series(case, track);
                let mean = |estimate: &Option<Estimate>| estimate.map_or(f64::NAN, |one| one.mean);
                let means: Vec<f64> = estimates.iter().map(mean).collect();
                let smoothed = welch(&means, WELCH_QUARTERS);
                (0..quarters).map(move |quarter| {
                    let days = (quarter as u32 + 1) * QUARTER_DAYS - 1;
                    let is_measured = is_measured(&period, quarter);
                    QuarterRow {
                        form: self.form(case),
                        region: self.region(self.outcome.merged()),
                        date: period.first_day().plus_days(days as i32),
                        phase: if is_measured { "measured" } else { "warm_up" },
                        team: self.team(case, track),
                        series: SeriesNumber(track.row),
                        unit: track.series().unit,
                        mean: estimates[quarter].into(),
                        smoothed: Some(smoothed[quarter]),
                    }
                })
            })
        })
    }

    fn warm_up(self) -> impl Iterator<Item = WarmUpRow<'a>> + 'a {
        let given = self.scenario.period.warm_up_days / 7;
        let can_tell = self.outcome.n_quarters() >= FEWEST_QUARTERS;
        (0..self.scenario.cases.len()).flat_map(move |case| {
            let settlings = settlings(self.scenario, self.outcome, case).into_iter();
            settlings.map(move |settling| WarmUpRow {
                form: self.form(case),
                series: SeriesNumber(settling.track.row),
                team: self.team(case, settling.track),
                given_weeks: given,
                needed_weeks: settling.needed_weeks,
                settles: can_tell.then(|| settling.settles()),
                change: with_ends(settling.change),
            })
        })
    }

    /// Key of a series' team; none where it is of all together.
    fn team(self, case: usize, track: Track) -> Option<&'a str> {
        let teams = &self.scenario.cases[case].form.teams;
        track.team.map(|team| teams[team].key.as_str())
    }
}

#[cfg(test)]
mod tests {
    use std::collections::BTreeSet;

    use super::*;
    use crate::experiment::fixture::{outcome, scenario};
    use crate::report::record::table::Row;

    fn rows_of(name: &str, scenario: &Scenario, outcome: &Outcome) -> Vec<Row> {
        let mut tables = tables(scenario, outcome).into_iter();
        tables
            .find(|table| table.name == name)
            .unwrap()
            .rows
            .collect()
    }

    #[test]
    fn every_row_has_a_field_for_every_column() {
        let scenario = scenario(2);
        let outcome = outcome(&scenario);
        for table in tables(&scenario, &outcome) {
            let n_columns = table.columns.len();
            let mut rows = table.rows.peekable();
            assert!(rows.peek().is_some(), "{} is empty", table.name);
            assert!(rows.all(|row| row.len() == n_columns), "{}", table.name);
        }
    }

    #[test]
    fn the_dictionary_has_every_column_and_every_kpi_once() {
        let scenario = scenario(1);
        let outcome = outcome(&scenario);
        let described = rows_of("columns", &scenario, &outcome);
        let keys: BTreeSet<_> = described.iter().map(|row| (&row[0], &row[1])).collect();
        assert_eq!(keys.len(), described.len(), "something is described twice");
        for table in tables(&scenario, &outcome) {
            for column in &table.columns {
                let key = (&table.name.to_owned(), &column.name.to_owned());
                assert!(keys.contains(&key), "{key:?}");
            }
        }
        assert!(
            KPIS.iter()
                .all(|kpi| keys.contains(&(&"kpi".to_owned(), &kpi.key.to_owned())))
        );
        assert!(
            described
                .iter()
                .all(|row| !row[4].is_empty() && !row[5].is_empty())
        );
    }

    #[test]
    fn rows_stand_by_form_replication_and_region() {
        let scenario = scenario(2);
        let rows = rows_of("replications", &scenario, &outcome(&scenario));
        assert_eq!(rows.len(), 6 * 2 * 3 * KPIS.len());
        let at = |row: usize| rows[row * KPIS.len()][..3].join(" ");
        assert_eq!(at(0), "v0_estafette 1 Gooi en Vechtstreek");
        assert_eq!(at(2), "v0_estafette 1 totaal");
        assert_eq!(at(3), "v0_estafette 2 Gooi en Vechtstreek");
        assert_eq!(at(6), "v1_expertnetwerk 1 Gooi en Vechtstreek");
    }

    #[test]
    fn numbers_are_those_of_the_hand_computed_example() {
        let scenario = scenario(3);
        let rows = rows_of("paired", &scenario, &outcome(&scenario));
        let row = rows
            .iter()
            .find(|row| row[3] == "handovers_per_case")
            .unwrap();
        let expected = "v1_expertnetwerk,v0_estafette,Gooi en Vechtstreek,handovers_per_case,count,\
                        2,-13.1604,17.1604,3,2.64575,2.82843,true,1";
        assert_eq!(row.join(","), expected);
        let rows = rows_of("routes", &scenario, &outcome(&scenario));
        assert_eq!(
            rows[3].join(","),
            "v0_estafette,Gooi en Vechtstreek,beoordeling_hulp,1.5,0.75"
        );
    }
}
