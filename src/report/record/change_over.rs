//! What a change-over comes to: two tables, the same read back from a run folder, and sentences for terminal and page.

use super::column::{BASELINE, CI_HIGH, CI_LOW, FORM, N, REGION, column};
use super::field::{Ends, Mean, SeriesNumber, with_ends};
use super::reading::{ReadingError, Records};
use super::row::record;
use super::series_table::SERIES_KEY;
use super::table::Table;
use crate::engine::Date;
use crate::experiment::Outcome;
use crate::experiment::change_over::{ChangeOver, SeriesChange, changes_over};
use crate::report::Lang;
use crate::report::words::number::{decimals_for, signed};
use crate::report::words::phrase::{phrase, told};
use crate::report::words::sentence::capital;
use crate::report::words::text::hang;
use crate::scenario::{Folder, Scenario, said};
use crate::stats::Estimate;

/// Characters in a line.
const WIDTH: usize = 120;

const LOW: &str = "Lower end of the 95 % interval of the paired difference over replications, or worlds; those of all quarters of a path and series hold at once (Bonferroni); empty with fewer than two values.";
const HIGH: &str = "Upper end of that interval.";
const KEY: &str =
    "Key of the series; its unit and definition stand in the dictionary under table series_key.";

record! {
    /// A row of changes.csv.
    struct ChangeRow<'a> in "changes" {
        form: &'a str = FORM;
        baseline: &'a str = BASELINE;
        region: &'a str = REGION;
        /// First day on which another form is in force there, on the path or on that of the baseline.
        from: Date = ("", "eerste dag");
        /// Last day on which another form comes into force there, likewise.
        to: Date = ("", "laatste dag");
        series: SeriesNumber = SERIES_KEY.meaning(KEY);
        /// Last day of the quarter in which the mean difference from the baseline is most to the worse; empty if it is so in none.
        deepest_date: Option<Date> = ("", "diepste kwartaal");
        deepest: Ends = [
            column("deepest", "of the series", "That difference.", "verschil in het diepste kwartaal"),
            column("deepest_low", "of the series", LOW, "ondergrens"),
            column("deepest_high", "of the series", HIGH, "bovengrens"),
        ];
        /// Quarters from the first change on of which the interval lies wholly to the worse.
        worse_quarters: usize = ("quarters", "slechtere kwartalen");
        extra: Mean = [
            column("extra", "of the series, times years", "The difference summed over time, from the first change to the end of the run.", "in totaal meer"),
            column("extra_low", "of the series, times years", LOW, "ondergrens"),
            column("extra_high", "of the series, times years", HIGH, "bovengrens"),
            N,
        ];
        /// Last day of the first quarter from which on every interval lies wholly to the better, to the end of the run and for four quarters at least; empty if there is none, and where a queue grows without end.
        better_from: Option<Date> = ("", "beter vanaf");
        /// true where a queue grows without end there, on the path or on that of the baseline, so that how it ends depends on how long the run is; false elsewhere.
        grows: bool = ("", "wachtrij groeit");
    }
}

record! {
    /// A row of changes_by_quarter.csv.
    struct QuarterRow<'a> in "changes_by_quarter" {
        form: &'a str = FORM;
        baseline: &'a str = BASELINE;
        series: SeriesNumber = SERIES_KEY.meaning(KEY);
        /// Last day of the quarter of thirteen weeks.
        date: Date = ("", "laatste dag van het kwartaal");
        difference: Mean = [
            column("mean_difference", "of the series", "Mean over replications of the difference from the baseline, all regions together.", "gemiddeld verschil"),
            CI_LOW.in_unit("of the series").meaning(LOW),
            CI_HIGH.in_unit("of the series").meaning(HIGH),
            N,
        ];
    }
}

/// The tables of a run in which a form comes into force.
pub(crate) fn tables<'a>(scenario: &'a Scenario, outcome: &'a Outcome) -> Vec<Table<'a>> {
    let changes = changes_over(scenario, outcome);
    if changes.is_empty() {
        return Vec::new();
    }
    let key = |case: usize| scenario.cases[case].form.key.as_str();
    let baseline = key(scenario.baseline);
    let (mut whole, mut by_quarter) = (Vec::new(), Vec::new());
    for change in &changes {
        for one in &change.series {
            let (form, series) = (key(change.case), SeriesNumber(one.row));
            whole.push(ChangeRow {
                form,
                baseline,
                region: &outcome.places()[change.place],
                from: change.from,
                to: change.to,
                series,
                deepest_date: one.deepest.map(|(date, _)| date),
                deepest: with_ends(one.deepest.map(|(_, estimate)| estimate)),
                worse_quarters: one.n_worse,
                extra: one.extra.into(),
                better_from: one.better_from,
                grows: change.grows,
            });
            let is_whole = change.place == outcome.merged();
            for &(date, estimate) in one.quarters.iter().filter(|_| is_whole) {
                by_quarter.push(QuarterRow {
                    form,
                    baseline,
                    series,
                    date,
                    difference: estimate.into(),
                });
            }
        }
    }
    vec![Table::of(whole), Table::of(by_quarter)]
}

/// The changes of a run folder, if it has any.
pub(crate) fn read(
    folder: &Folder,
    forms: &[&str],
    places: &[&str],
    confidence: f64,
) -> Result<Option<Vec<ChangeOver>>, ReadingError> {
    let Some(table) = Records::find::<ChangeRow>(folder)? else {
        return Ok(None);
    };
    let mut changes: Vec<ChangeOver> = Vec::new();
    for line in table.rows() {
        let row: ChangeRow = line.read()?;
        let case = line.among("form", row.form, forms)?;
        let place = line.among("region", row.region, places)?;
        let is_same = |last: &ChangeOver| (last.case, last.place) == (case, place);
        if !changes.last().is_some_and(is_same) {
            changes.push(ChangeOver {
                case,
                place,
                grows: row.grows,
                from: row.from,
                to: row.to,
                series: Vec::new(),
            });
        }
        let deepest = line.estimate(Mean::of(row.deepest, row.extra.n), confidence)?;
        let last = changes.last_mut().expect("one was pushed");
        last.series.push(SeriesChange {
            row: row.series.0,
            quarters: Vec::new(),
            deepest: row.deepest_date.zip(deepest),
            n_worse: row.worse_quarters,
            extra: line.estimate(row.extra, confidence)?,
            better_from: row.better_from,
        });
    }
    for line in Records::read::<QuarterRow>(folder)?.rows() {
        let row: QuarterRow = line.read()?;
        let case = line.among("form", row.form, forms)?;
        let estimate = line.estimate(row.difference, confidence)?;
        let of_case = changes
            .iter_mut()
            .filter(|one| (one.case, one.place) == (case, places.len() - 1));
        let mut found = of_case.flat_map(|change| &mut change.series);
        match found.find(|one| one.row == row.series.0) {
            Some(one) => one.quarters.push((row.date, estimate)),
            None => return Err(line.broken(said!("this path has no such row in changes.csv"))),
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
