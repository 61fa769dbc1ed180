//! A table of KPIs by form: a direction, a value with its range, and in how many regions it is so.

use super::super::breadth::Breadth;
use super::super::chart::escaped;
use super::super::number::decimals_for;
use super::super::phrase::{phrase, phrases, told};
use super::super::picture::row;
use super::super::reading::Run;
use super::super::sentence::capital;
use super::super::side::Agreement;
use super::super::verdict::Verdict;
use super::super::{Lang, local};
use crate::model::{Better, KPIS};
use crate::stats::Estimate;

/// More decimals than these say nothing to a board.
const MOST_DECIMALS: usize = 2;

/// Decimals of a KPI: the same in every form and place.
pub(in super::super) fn decimals(run: &Run, kpi: usize) -> usize {
    let forms = 0..run.forms().len();
    let means = forms.filter_map(|form| run.estimate(form, run.merged(), kpi));
    let largest = means.map(|one| one.mean.abs()).fold(0.0, f64::max);
    decimals_for(largest).min(MOST_DECIMALS)
}

/// The name of a KPI for a board.
pub(in super::super) fn name(kpi: usize, lang: Lang) -> String {
    let own = phrases("row_", lang);
    let own = own.get(KPIS[kpi].key).map(|name| (*name).to_owned());
    own.unwrap_or_else(|| capital(&lang.kpi_alone(kpi)))
}

/// What stands in a cell: further attributes of it, and its contents.
pub(super) type Cell = (String, String);

/// The table of these KPIs under a row of something else; page.js writes other numbers in it for a region.
pub(super) fn grid(run: &Run, top: &str, kpis: &[&str], lang: Lang) -> String {
    let cell = |form, kpi| -> Cell {
        let verdict = Verdict::of_kpi(run, form, run.merged(), kpi);
        let colour = match form == run.baseline() {
            true => "",
            false => colour(kpi, verdict),
        };
        (colour.to_owned(), figure(run, form, kpi, lang))
    };
    table(run, top, kpis, lang, cell)
}

/// The same with something else in its cells, by the number of the form and of the KPI.
pub(super) fn table(
    run: &Run,
    top: &str,
    kpis: &[&str],
    lang: Lang,
    cell: impl Fn(usize, usize) -> Cell,
) -> String {
    let rows = kpis.iter().map(|key| {
        let kpi = row(key);
        let cells = (0..run.forms().len()).map(|form| {
            let label = escaped(run.forms()[form].short_name(lang));
            let (attributes, figure) = cell(form, kpi);
            format!("<td data-label=\"{label}\" data-f=\"{form}\" data-k=\"{kpi}\"{attributes}>{figure}</td>")
        });
        let cells: String = cells.collect();
        let name = escaped(&name(kpi, lang));
        format!("<tr><th scope=\"row\">{name}</th>{cells}</tr>\n")
    });
    let rows: String = rows.collect();
    format!(
        "<table class=\"grid\">\n<thead><tr><td></td>{}</tr></thead>\n<tbody>\n{top}{rows}</tbody>\n</table>\n",
        heads(run, lang)
    )
}

/// The forms as heads of columns, each with the regions in which it gets stuck.
pub(super) fn heads(run: &Run, lang: Lang) -> String {
    let head = |form: usize| {
        let name = escaped(&run.heading(form, lang));
        let n = run.n_growing(form);
        let stuck = match (n, run.merged()) {
            (0, _) => String::new(),
            (_, 1) => phrase("script_stuck", lang).to_owned(),
            (n, all) => told(
                "stuck_in",
                lang,
                &[("n", &n.to_string()), ("all", &all.to_string())],
            ),
        };
        let stuck = escaped(&stuck);
        format!(
            "<th scope=\"col\">{name} <small class=\"stuck\" data-stuck=\"{form}\">{stuck}</small></th>"
        )
    };
    (0..run.forms().len()).map(head).collect()
}

/// A figure of all regions together.
fn figure(run: &Run, form: usize, kpi: usize, lang: Lang) -> String {
    let is_baseline = form == run.baseline();
    let verdict = Verdict::of_kpi(run, form, run.merged(), kpi);
    let sign = match is_baseline && !run.grows(form, run.merged(), kpi) {
        true => String::new(),
        false => sign(verdict, lang),
    };
    let estimate = run.estimate(form, run.merged(), kpi);
    let value = estimate.map_or(String::new(), |one| {
        local(one.mean, decimals(run, kpi), lang)
    });
    let breadth = match is_baseline || run.grows(run.baseline(), run.merged(), kpi) {
        true => String::new(),
        false => counts(Breadth::of(run, form, kpi), lang),
    };
    format!(
        "{sign}<b>{value}</b>{}{breadth}",
        range(estimate, decimals(run, kpi), lang)
    )
}

/// In how many regions a figure is lower and higher; nothing of a run of one region.
pub(super) fn counts(breadth: Breadth, lang: Lang) -> String {
    breadth.sentence(lang).map_or(String::new(), |sentence| {
        format!(
            " <small class=\"breadth\" role=\"img\" aria-label=\"{}\">▼{} ▲{}</small>",
            escaped(&sentence),
            breadth.lower,
            breadth.higher
        )
    })
}

/// The sign of a verdict, with its words for who cannot see it.
pub(super) fn sign(verdict: Verdict, lang: Lang) -> String {
    spoken(verdict.sign(), verdict.words(lang))
}

/// A sign with its words for who cannot see it.
pub(super) fn spoken(sign: &str, words: &str) -> String {
    let words = escaped(words);
    format!("<span role=\"img\" aria-label=\"{words}\">{sign}</span> ")
}

fn range(estimate: Option<Estimate>, decimals: usize, lang: Lang) -> String {
    let Some(one) = estimate.filter(Estimate::has_interval) else {
        return String::new();
    };
    let [low, high] = [one.low, one.high].map(|end| local(end, decimals, lang));
    format!(" <small>({low}–{high})</small>")
}

/// The colour of a cell: whether a difference from the baseline is for the better.
pub(super) fn colour(kpi: usize, verdict: Verdict) -> &'static str {
    match (KPIS[kpi].better, verdict) {
        (Better::Lower, Verdict::Lower) | (Better::Higher, Verdict::Higher) => " class=\"good\"",
        (Better::Lower, Verdict::Higher) | (Better::Higher, Verdict::Lower) => " class=\"bad\"",
        _ => "",
    }
}

/// How the table is to be read.
pub(super) fn legend(run: &Run, lang: Lang) -> String {
    let key = match run.merged() {
        1 if run.manifest.replications > 1 => "grid_legend_place".to_owned(),
        _ => run.manifest.of_spread("grid_legend"),
    };
    legend_of(&key, run, lang)
}

/// The same in the words of a phrase.
pub(super) fn legend_of(key: &str, run: &Run, lang: Lang) -> String {
    let all = run.merged().to_string();
    let parts = [
        ("all", &*all),
        ("grows", Verdict::Grows.sign()),
        ("depends", Agreement::Depends.sign()),
    ];
    escaped(&told(key, lang, &parts))
}
