//! A table of KPIs by form: a direction, a value with its range, and in how many regions it is so.

use crate::model::{Better, KPIS};
use crate::report::chart::escaped;
use crate::report::figure::picture::{decimals, name, row};
use crate::report::finding::breadth::Breadth;
use crate::report::finding::verdict::Verdict;
use crate::report::side::agreement::Agreement;
use crate::report::words::phrase::{phrase, told};
use crate::report::{Lang, Run, local};
use crate::stats::Estimate;

/// What stands in a cell: further attributes of it, and its contents.
pub(crate) type Cell = (String, String);

/// The table of these KPIs under a row of something else; page.js writes other numbers in it for a region.
pub(crate) fn grid(run: &Run, top: &str, kpis: &[&str], lang: Lang) -> String {
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
pub(crate) fn table(
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
pub(crate) fn heads(run: &Run, lang: Lang) -> String {
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
pub(crate) fn counts(breadth: Breadth, lang: Lang) -> String {
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
pub(crate) fn sign(verdict: Verdict, lang: Lang) -> String {
    spoken(verdict.sign(), verdict.words(lang))
}

/// A sign with its words for who cannot see it.
pub(crate) fn spoken(sign: &str, words: &str) -> String {
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
pub(crate) fn colour(kpi: usize, verdict: Verdict) -> &'static str {
    match (KPIS[kpi].better, verdict) {
        (Better::Lower, Verdict::Lower) | (Better::Higher, Verdict::Higher) => " class=\"good\"",
        (Better::Lower, Verdict::Higher) | (Better::Higher, Verdict::Lower) => " class=\"bad\"",
        _ => "",
    }
}

/// How the table is to be read.
pub(crate) fn legend(run: &Run, lang: Lang) -> String {
    let key = match run.merged() {
        1 if run.manifest.replications > 1 => run.manifest.of_spread("grid_legend_place"),
        _ => run.manifest.of_spread("grid_legend"),
    };
    legend_of(&key, run, lang)
}

/// The same in the words of a phrase.
pub(crate) fn legend_of(key: &str, run: &Run, lang: Lang) -> String {
    let all = run.merged().to_string();
    let parts = [
        ("all", &*all),
        ("grows", Verdict::Grows.sign()),
        ("depends", Agreement::Depends.sign()),
    ];
    escaped(&told(key, lang, &parts))
}
