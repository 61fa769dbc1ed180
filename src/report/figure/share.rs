//! Figures of how families are spread: of a hundred, so many wait longer than this.

use super::picture::{guide, source};
use crate::model::Quantity;
use crate::report::Lang;
use crate::report::chart::{BarPanel, BarRow, Drawn, Figure};
use crate::report::finding::verdict::{Verdict, clauses_of};
use crate::report::record::distribution_table::ClassShare;
use crate::report::run::reading::Run;
use crate::report::words::number::local;
use crate::report::words::phrase::{phrase, told};
use crate::stats::Estimate;

/// The class that a title tells of, for each quantity: who waited longer than it begins, or was
/// handed over as often. A week is the legal term of the assessment, five working days.
const TOLD: [usize; Quantity::COUNT] = [2, 5, 4, 2];
/// Handovers of which a figure has a bar: once or more, up to so many or more.
const MOST_HANDOVERS: usize = 4;
/// Letters of a title with the level of today in it.
const TITLE_LENGTH: usize = 70;
/// Shares from here on are told without a decimal \[percent\].
const WHOLE: f64 = 9.95;

/// A figure of each quantity.
pub(crate) fn figures(run: &Run, lang: Lang) -> impl Iterator<Item = Figure> {
    let quantities = Quantity::ALL.into_iter();
    quantities.map(move |quantity| figure(run, quantity, lang))
}

/// The figure of a quantity.
pub(crate) fn figure(run: &Run, quantity: Quantity, lang: Lang) -> Figure {
    let forms = || std::iter::once(run.baseline()).chain(run.variants());
    let ends = forms().flat_map(|form| classes(run, form, quantity));
    let ends = ends.filter_map(|class| class.beyond);
    let high = ends
        .map(|one| one.high.clamp(one.mean, 100.0))
        .fold(0.0, f64::max);
    let notes = vec![
        phrase(
            match quantity.is_wait() {
                true => "share_note_wait",
                false => "share_note_handovers",
            },
            lang,
        )
        .to_owned(),
        source(run, "distributions.csv", lang),
    ];
    Figure {
        key: format!("share_{}", quantity.key()),
        title: title(run, quantity, lang),
        panels: forms()
            .map(|form| panel(run, form, quantity, high, lang))
            .collect(),
        n_columns: 3,
        guide: guide_of(run, lang),
        notes,
    }
}

/// How to read the bars.
pub(crate) fn guide_of(run: &Run, lang: Lang) -> String {
    match run.variants().next() {
        Some(_) => {
            let baseline = run.forms()[run.baseline()].short_name(lang);
            let n = run.manifest.replications.to_string();
            let key = run.manifest.of_spread("guide_bars");
            told(&key, lang, &[("n", &n), ("baseline", baseline)])
        }
        None => guide(run, "guide_bars_alone", lang),
    }
}

/// The classes that have a bar.
fn classes(run: &Run, form: usize, quantity: Quantity) -> impl Iterator<Item = &ClassShare> {
    let all = run.shares.of(form, run.merged(), quantity);
    let n = match quantity.is_wait() {
        true => all.len(),
        false => MOST_HANDOVERS + 1,
    };
    all.iter().take(n).skip(1)
}

fn title(run: &Run, quantity: Quantity, lang: Lang) -> String {
    let row = TOLD[quantity as usize];
    let class = |form: usize| run.shares.of(form, run.merged(), quantity)[row];
    let baseline = run.baseline();
    let what = told(
        &format!("share_{}", quantity.key()),
        lang,
        &[("than", &than(quantity, class(baseline).from, lang))],
    );
    let level = numbers(class(baseline).beyond, lang);
    let verdict = |form: usize| match run.is_at_rest(form, run.merged())
        && run.is_at_rest(baseline, run.merged())
    {
        true => Verdict::of(class(form).difference),
        false => Verdict::Grows,
    };
    let clauses = clauses_of(
        run,
        lang,
        verdict,
        TITLE_LENGTH.saturating_sub(what.chars().count()),
    );
    let mut parts = vec![("what", &*what), ("level", &level)];
    match &clauses {
        Some(clauses) => {
            parts.push(("clauses", clauses));
            told("share_title", lang, &parts)
        }
        None => told("share_title_alone", lang, &parts),
    }
}

fn panel(run: &Run, form: usize, quantity: Quantity, high: f64, lang: Lang) -> Drawn {
    let is_baseline = form == run.baseline();
    let stands = [form, run.baseline()]
        .into_iter()
        .all(|form| run.is_at_rest(form, run.merged()));
    let behind = |number: usize| {
        let mut behind = classes(run, run.baseline(), quantity);
        behind.nth(number)?.beyond.map(|one| one.mean)
    };
    let row = |(number, class): (usize, &ClassShare)| BarRow {
        name: than(quantity, class.from, lang),
        estimate: class.beyond.map(within),
        numbers: numbers(class.beyond, lang),
        behind: behind(number).filter(|_| !is_baseline),
        is_filled: is_baseline
            || stands
                && matches!(
                    Verdict::of(class.difference),
                    Verdict::Lower | Verdict::Higher
                ),
    };
    let rows: Vec<BarRow> = classes(run, form, quantity).enumerate().map(row).collect();
    let head = phrase(
        match quantity.is_wait() {
            true => "share_head_wait",
            false => "share_head_handovers",
        },
        lang,
    );
    let title = run.heading(form, lang);
    let told_rows = rows
        .iter()
        .map(|row| format!("{} {}", row.name, row.numbers));
    let told_rows = told_rows.collect::<Vec<_>>().join("; ");
    let parts = [("form", &*title), ("head", head), ("values", &told_rows)];
    let words = told("share_alt", lang, &parts);
    let panel = BarPanel {
        title,
        head: head.to_owned(),
        rows,
        high,
        lang,
    };
    (panel.draw(), words)
}

/// What a bar is about: longer than this, or as often as this.
fn than(quantity: Quantity, from: u32, lang: Lang) -> String {
    if !quantity.is_wait() {
        return told("share_times", lang, &[("n", &from.to_string())]);
    }
    let years = f64::from(from) / 365.0;
    let (key, n) = match from {
        0..7 => ("share_days", from.to_string()),
        365.. => {
            let half = (2.0 * years).round() / 2.0;
            (
                "share_years",
                local(half, usize::from(half.fract() > 0.0), lang),
            )
        }
        91.. => ("share_months", (f64::from(from) / 30.4).round().to_string()),
        _ => ("share_weeks", (from / 7).to_string()),
    };
    told(key, lang, &[("n", &n)])
}

/// A share that no interval makes less than none or more than all.
fn within(one: Estimate) -> Estimate {
    Estimate {
        low: one.low.max(0.0),
        high: one.high.min(100.0),
        ..one
    }
}

fn numbers(estimate: Option<Estimate>, lang: Lang) -> String {
    let Some(one) = estimate.map(within) else {
        return "–".to_owned();
    };
    let is_none = one.high < 0.05;
    let decimals = usize::from(one.mean < WHOLE && !is_none);
    let number = |value| local(value, decimals, lang);
    match one.has_interval() && !is_none {
        true => {
            let to = phrase("to", lang);
            let (mean, low, high) = (number(one.mean), number(one.low), number(one.high));
            format!("{mean} ({low} {to} {high})")
        }
        false => number(one.mean),
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::experiment::fixture::scenario;
    use crate::report::run::reading::tests::written;

    #[test]
    fn a_title_says_no_more_than_the_intervals_allow() {
        let (_home, path) = written(&scenario(3));
        let run = Run::read(&path).unwrap();
        let figure = figure(&run, Quantity::Handovers, Lang::Nl);
        // Two handovers or more: in Zeeland always, elsewhere in one replication of three.
        assert!(
            figure.title.contains("geen verschil aangetoond"),
            "{}",
            figure.title
        );
        assert!(!figure.title.contains("lager bij"), "{}", figure.title);
        assert_eq!(figure.panels.len(), run.forms().len());
        let words = &figure.panels[0].1;
        assert!(
            words.to_lowercase().contains("estafettemodel") && words.contains("2 keer"),
            "{words}"
        );
    }

    #[test]
    fn lengths_are_told_in_the_largest_unit_that_fits() {
        let told = [3, 7, 28, 56, 91, 182, 273, 365, 548, 1096]
            .map(|days| than(Quantity::WaitMeasure, days, Lang::Nl));
        let expected = [
            "3 dagen",
            "1 week",
            "4 weken",
            "8 weken",
            "3 maanden",
            "6 maanden",
            "9 maanden",
            "1 jaar",
            "1,5 jaar",
            "3 jaar",
        ];
        assert_eq!(told, expected);
        assert_eq!(than(Quantity::WaitMeasure, 7, Lang::En), "1 week");
    }

    #[test]
    fn shares_have_decimals_only_where_they_are_small_and_never_leave_a_hundred() {
        let estimate = |values: &[f64]| Estimate::of(values, 0.95);
        assert_eq!(
            numbers(estimate(&[40.0, 41.0, 42.0]), Lang::Nl),
            "41 (39 tot 43)"
        );
        assert_eq!(
            numbers(estimate(&[0.0, 1.0]), Lang::Nl),
            "0,5 (0,0 tot 6,9)"
        );
        assert_eq!(numbers(estimate(&[7.25]), Lang::En), "7.2");
        assert_eq!(numbers(None, Lang::En), "–");
    }
}
