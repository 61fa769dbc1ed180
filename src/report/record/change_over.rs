//! What a change-over comes to: two tables, the same read back from a run folder, and sentences for terminal and page.

use super::column::{BASELINE, Column, FORM, N, REGION, column};
use super::reading::{Columns, ReadingError, Record, Records};
use crate::engine::Date;
use crate::experiment::change_over::{ChangeOver, SeriesChange, changes_over};
use crate::experiment::{Outcome, SERIES};
use crate::report::Lang;
use crate::report::words::number::{decimals_for, signed, significant};
use crate::report::words::phrase::{phrase, told};
use crate::report::words::sentence::capital;
use crate::report::words::text::hang;
use crate::scenario::{Folder, Scenario, said};
use crate::stats::Estimate;

/// Names of the tables: what each path comes to, and by quarter.
const TABLE: &str = "changes";
const BY_QUARTER: &str = "changes_by_quarter";

/// Characters in a line.
const WIDTH: usize = 120;

const SERIES_KEY: Column = column(
    "series",
    "",
    "Key of the series; its unit and definition stand in the dictionary under table series_key.",
    "reeks",
);
const LOW: &str = "Lower end of the 95 % interval of the paired difference over replications, or worlds; those of all quarters of a path and series hold at once (Bonferroni); empty with fewer than two values.";
const HIGH: &str = "Upper end of that interval.";

/// Columns of changes.csv.
const COLUMNS: &[Column] = &[
    FORM,
    BASELINE,
    REGION,
    column(
        "from",
        "",
        "First day on which another form is in force there, on the path or on that of the baseline.",
        "eerste dag",
    ),
    column(
        "to",
        "",
        "Last day on which another form comes into force there, likewise.",
        "laatste dag",
    ),
    SERIES_KEY,
    column(
        "deepest_date",
        "",
        "Last day of the quarter in which the mean difference from the baseline is most to the worse; empty if it is so in none.",
        "diepste kwartaal",
    ),
    column(
        "deepest",
        "of the series",
        "That difference.",
        "verschil in het diepste kwartaal",
    ),
    column("deepest_low", "of the series", LOW, "ondergrens"),
    column("deepest_high", "of the series", HIGH, "bovengrens"),
    column(
        "worse_quarters",
        "quarters",
        "Quarters from the first change on of which the interval lies wholly to the worse.",
        "slechtere kwartalen",
    ),
    column(
        "extra",
        "of the series, times years",
        "The difference summed over time, from the first change to the end of the run.",
        "in totaal meer",
    ),
    column("extra_low", "of the series, times years", LOW, "ondergrens"),
    column(
        "extra_high",
        "of the series, times years",
        HIGH,
        "bovengrens",
    ),
    N,
    column(
        "better_from",
        "",
        "Last day of the first quarter from which on every interval lies wholly to the better, to the end of the run and for four quarters at least; empty if there is none, and where a queue grows without end.",
        "beter vanaf",
    ),
    column(
        "grows",
        "",
        "true where a queue grows without end there, on the path or on that of the baseline, so that how it ends depends on how long the run is; false elsewhere.",
        "wachtrij groeit",
    ),
];

/// Columns of changes_by_quarter.csv.
const QUARTER_COLUMNS: &[Column] = &[
    FORM,
    BASELINE,
    SERIES_KEY,
    column(
        "date",
        "",
        "Last day of the quarter of thirteen weeks.",
        "laatste dag van het kwartaal",
    ),
    column(
        "mean_difference",
        "of the series",
        "Mean over replications of the difference from the baseline, all regions together.",
        "gemiddeld verschil",
    ),
    column("ci_low", "of the series", LOW, "ondergrens"),
    column("ci_high", "of the series", HIGH, "bovengrens"),
    N,
];

/// The tables of a run in which a form comes into force.
pub(crate) fn tables<'a>(
    scenario: &'a Scenario,
    outcome: &'a Outcome,
) -> Vec<super::table::Table<'a>> {
    let changes = changes_over(scenario, outcome);
    if changes.is_empty() {
        return Vec::new();
    }
    let key = |case: usize| scenario.cases[case].form.key.clone();
    let baseline = key(scenario.baseline);
    let (mut whole, mut by_quarter) = (Vec::new(), Vec::new());
    for change in &changes {
        for one in &change.series {
            let series = SERIES[one.row].key.to_owned();
            let [mean, low, high, _] = cells(one.deepest.map(|(_, estimate)| estimate));
            let [extra, extra_low, extra_high, n] = cells(one.extra);
            let date = |date: Option<Date>| date.map_or(String::new(), |date| date.to_string());
            whole.push(vec![
                key(change.case),
                baseline.clone(),
                outcome.places()[change.place].clone(),
                change.from.to_string(),
                change.to.to_string(),
                series.clone(),
                date(one.deepest.map(|(date, _)| date)),
                mean,
                low,
                high,
                one.n_worse.to_string(),
                extra,
                extra_low,
                extra_high,
                n,
                date(one.better_from),
                change.grows.to_string(),
            ]);
            let is_whole = change.place == outcome.merged();
            for (date, estimate) in one.quarters.iter().filter(|_| is_whole) {
                let [mean, low, high, n] = cells(*estimate);
                by_quarter.push(vec![
                    key(change.case),
                    baseline.clone(),
                    series.clone(),
                    date.to_string(),
                    mean,
                    low,
                    high,
                    n,
                ]);
            }
        }
    }
    vec![
        super::table::Table::new(TABLE, COLUMNS, whole.into_iter()),
        super::table::Table::new(BY_QUARTER, QUARTER_COLUMNS, by_quarter.into_iter()),
    ]
}

/// Mean, interval and number of an estimate, as they are written.
fn cells(estimate: Option<Estimate>) -> [String; 4] {
    let end = |end: f64| significant(Some(end).filter(|end| end.is_finite()));
    match estimate {
        None => ["", "", "", "0"].map(str::to_owned),
        Some(one) => [
            significant(Some(one.mean)),
            end(one.low),
            end(one.high),
            one.n.to_string(),
        ],
    }
}

/// The changes of a run folder, if it has any.
pub(crate) fn read(
    folder: &Folder,
    forms: &[&str],
    places: &[&str],
    confidence: f64,
) -> Result<Option<Vec<ChangeOver>>, ReadingError> {
    if !folder.has(&format!("{TABLE}.csv")) {
        return Ok(None);
    }
    let keys: Vec<&str> = SERIES.iter().map(|series| series.key).collect();
    let date = |row: &Record, column: &str| match row.text(column) {
        "" => Ok(None),
        text => {
            let date: Result<Date, _> = text.parse();
            date.map(Some)
                .map_err(|_| row.broken(said!("{} is no date", text)))
        }
    };
    let needed = |row: &Record, column: &str| {
        let found = date(row, column)?;
        found.ok_or_else(|| row.broken(said!("{} is empty", column)))
    };
    let mut changes: Vec<ChangeOver> = Vec::new();
    let table = Records::read(folder, TABLE, Columns::Known(COLUMNS))?;
    for row in table.rows() {
        let case = row.among("form", forms)?;
        let place = row.among("region", places)?;
        let is_same = |last: &ChangeOver| (last.case, last.place) == (case, place);
        if !changes.last().is_some_and(is_same) {
            changes.push(ChangeOver {
                case,
                place,
                grows: row.text("grows") == "true",
                from: needed(&row, "from")?,
                to: needed(&row, "to")?,
                series: Vec::new(),
            });
        }
        let deepest = row.estimate(["deepest", "deepest_low", "deepest_high", "n"], confidence);
        let deepest = match date(&row, "deepest_date")? {
            None => None,
            Some(date) => deepest?.map(|estimate| (date, estimate)),
        };
        let series = SeriesChange {
            row: row.among("series", &keys)?,
            quarters: Vec::new(),
            deepest,
            n_worse: row.needed("worse_quarters")? as usize,
            extra: row.estimate(["extra", "extra_low", "extra_high", "n"], confidence)?,
            better_from: date(&row, "better_from")?,
        };
        let last = changes.last_mut().expect("one was pushed");
        last.series.push(series);
    }
    let table = Records::read(folder, BY_QUARTER, Columns::Known(QUARTER_COLUMNS))?;
    for row in table.rows() {
        let case = row.among("form", forms)?;
        let series = row.among("series", &keys)?;
        let estimate = row.estimate(["mean_difference", "ci_low", "ci_high", "n"], confidence)?;
        let of_case = changes
            .iter_mut()
            .filter(|one| (one.case, one.place) == (case, places.len() - 1));
        let mut found = of_case.flat_map(|change| &mut change.series);
        match found.find(|one| one.row == series) {
            Some(one) => one.quarters.push((needed(&row, "date")?, estimate)),
            None => return Err(row.broken(said!("this path has no such row in changes.csv"))),
        }
    }
    Ok(Some(changes))
}

/// What the change-overs of a run come to, for a terminal; nothing where nothing changes.
pub(crate) fn change_over_page(scenario: &Scenario, outcome: &Outcome, lang: Lang) -> String {
    let changes = changes_over(scenario, outcome);
    if changes.is_empty() {
        return String::new();
    }
    let mut text = format!("\n{}\n", phrase("change_title", lang));
    for change in changes.iter().filter(|one| one.place == outcome.merged()) {
        let lead = &scenario.cases[change.case].form.key;
        let when = told_when(change, lang);
        text += &hang("", &format!("{lead}: {when}"), WIDTH);
        for one in &change.series {
            text += &hang("  ", &sentence(change, one, lang), WIDTH);
        }
    }
    text + &hang("", phrase("change_legend", lang), WIDTH)
}

/// From when to when it changes.
pub(crate) fn told_when(change: &ChangeOver, lang: Lang) -> String {
    let (from, to) = (lang.date(change.from), lang.date(change.to));
    match change.from == change.to {
        true => told("change_on", lang, &[("from", &from)]),
        false => told("change_from_to", lang, &[("from", &from), ("to", &to)]),
    }
}

/// What a series comes to.
pub(crate) fn sentence(change: &ChangeOver, one: &SeriesChange, lang: Lang) -> String {
    let name = &*capital(lang.series(one.row));
    let range = |estimate: Estimate| {
        let number = |value| signed(value, decimals_for(estimate.mean), lang);
        match estimate.has_interval() {
            true => {
                let (low, high) = (number(estimate.low), number(estimate.high));
                format!(
                    "{} ({low} {} {high})",
                    number(estimate.mean),
                    phrase("to", lang)
                )
            }
            false => number(estimate.mean),
        }
    };
    if one.extra.is_some_and(|extra| !extra.has_interval()) {
        return told("change_once", lang, &[("series", name)]);
    }
    let mut said = match one.deepest {
        None => told("change_never_worse", lang, &[("series", name)]),
        Some((date, estimate)) => {
            let parts = [
                ("series", name),
                ("date", &*lang.date(date)),
                ("deepest", &range(estimate)),
            ];
            let key = match estimate.low > 0.0 {
                true => "change_deepest",
                false => "change_deepest_by_chance",
            };
            let n = one.n_worse.to_string();
            told(key, lang, &[&parts[..], &[("n", &n)]].concat())
        }
    };
    if let Some(extra) = one.extra {
        said += " ";
        said += &told("change_extra", lang, &[("extra", &range(extra))]);
    }
    said += " ";
    said += &match one.better_from {
        Some(date) => told("change_better", lang, &[("date", &lang.date(date))]),
        None if change.grows => phrase("change_grows", lang).to_owned(),
        None => phrase("change_not_better", lang).to_owned(),
    };
    said
}
