//! The figures of a run, from its tables; here those of a KPI.

use super::chart::{DotPanel, DotRow, Drawn, Figure};
use super::headline::FIRST;
use super::page::decimals;
use super::phrase::{phrase, told};
use super::reading::Run;
use super::sentence::capital;
use super::verdict::{Verdict, difference, finding, numbers};
use super::{
    Lang, attribution_figure, block_figure, hours_figure, local, map, share, stream, timeline,
    weighing,
};
use crate::model::{Better, KPIS};
use crate::scenario::Grade;

/// KPIs that stand beside every measure.
pub(super) const BESIDE: [&str; 3] = [
    "measures_missed_per_100_cases",
    "unsafe_days_per_family_year",
    "safe_after_18_months_percent",
];

/// Every figure of a run.
pub(super) fn figures(run: &Run, lang: Lang) -> Vec<Figure> {
    let mut figures: Vec<Figure> = FIRST
        .iter()
        .map(|key| of_kpi(run, row(key), lang))
        .collect();
    figures.extend(share::figures(run, lang));
    figures.extend(stream::figures(run, lang));
    figures.push(timeline::queues(run, lang));
    figures.extend((0..run.forms().len()).map(|form| timeline::teams(run, form, lang)));
    figures.push(timeline::warm_up(run, lang));
    figures.push(map::map(run, lang));
    let weighed = run.weighed.iter();
    figures.extend(weighed.flat_map(|weighed| weighing::figure::figures(run, weighed, lang)));
    let attributed = run.attributed.iter();
    figures.extend(attributed.flat_map(|found| attribution_figure::figures(run, found, lang)));
    let blocks = run.blocks.iter();
    figures.extend(blocks.flat_map(|parts| block_figure::figures(run, parts, lang)));
    let hours = run.hours.iter();
    figures.extend(hours.flat_map(|hours| hours_figure::figures(run, hours, lang)));
    figures.extend(run.changes.iter().map(|_| timeline::change_over(run, lang)));
    figures.extend(super::journey::figures(run, lang));
    // A file says it by itself; the page says it once for all of them.
    if run.forms().iter().any(|form| form.is_proposal) {
        for figure in &mut figures {
            figure
                .notes
                .insert(0, phrase("proposals_note", lang).to_owned());
        }
    }
    figures
}

/// Number of the row of a KPI.
pub(super) fn row(key: &str) -> usize {
    let found = KPIS.iter().position(|kpi| kpi.key == key);
    found.expect("a KPI of the table")
}

/// A KPI under every form, and its difference from the baseline; a measure with safety beside it.
pub(super) fn of_kpi(run: &Run, kpi: usize, lang: Lang) -> Figure {
    let by_form = told("values", lang, &[("better", better(kpi, lang))]);
    let mut panels = vec![values(run, kpi, by_form, lang)];
    let has_variants = run.variants().next().is_some();
    if has_variants {
        let baseline = run.forms()[run.baseline()].short_name(lang);
        let title = told("differences", lang, &[("baseline", baseline)]);
        panels.push(differences(run, kpi, title, lang));
    }
    let mut notes = Vec::new();
    if is_measure(kpi) {
        for other in BESIDE.map(row) {
            if has_variants {
                let title = told(
                    "difference_of",
                    lang,
                    &[("kpi", &capital(&lang.kpi_alone(other)))],
                );
                panels.push(differences(run, other, title, lang));
            } else {
                panels.push(values(run, other, capital(&lang.kpi_alone(other)), lang));
            }
        }
        notes.push(phrase("measure_note", lang).to_owned());
    }
    notes.push(source(run, "kpis.csv, paired.csv", lang));
    Figure {
        key: KPIS[kpi].key.to_owned(),
        title: finding(run, kpi, lang),
        n_columns: 2,
        panels,
        guide: guide(run, "guide_dots", lang),
        notes,
    }
}

/// Whether it counts measures, which never stand alone.
pub(super) fn is_measure(kpi: usize) -> bool {
    KPIS[kpi].better == Better::Neither && KPIS[kpi].key.ends_with("_per_100_cases")
}

/// Which way is better, in words.
pub(super) fn better(kpi: usize, lang: Lang) -> &'static str {
    let key = match KPIS[kpi].better {
        Better::Lower => "lower_is_better",
        Better::Higher => "higher_is_better",
        Better::Neither => "neither_is_better",
    };
    phrase(key, lang)
}

/// A KPI under every form.
pub(super) fn values(run: &Run, kpi: usize, title: String, lang: Lang) -> Drawn {
    let row = |form: usize| {
        let estimate = run.estimate(form, run.merged(), kpi);
        DotRow {
            name: run.heading(form, lang),
            estimate,
            numbers: match run.grows(form, run.merged(), kpi) {
                true => phrase("grows", lang).to_owned(),
                false => numbers(estimate, decimals(run, kpi), lang),
            },
            is_filled: true,
        }
    };
    dots(
        title,
        (0..run.forms().len()).map(row).collect(),
        false,
        lang,
    )
}

/// Its difference from the baseline.
pub(super) fn differences(run: &Run, kpi: usize, title: String, lang: Lang) -> Drawn {
    // The baseline has its row too, so that a form stands as high as beside it.
    let row = |form: usize| {
        let estimate = run.difference(form, run.merged(), kpi);
        let is_baseline = form == run.baseline();
        DotRow {
            name: run.heading(form, lang),
            estimate,
            numbers: match is_baseline {
                true => phrase("form_baseline", lang).to_owned(),
                false => difference(run, form, kpi, lang),
            },
            is_filled: matches!(Verdict::of(estimate), Verdict::Lower | Verdict::Higher),
        }
    };
    let rows = (0..run.forms().len()).map(row).collect();
    dots(title, rows, true, lang)
}

fn dots(title: String, rows: Vec<DotRow>, is_difference: bool, lang: Lang) -> Drawn {
    let words = rows
        .iter()
        .map(|row| format!("{} {}", row.name, row.numbers));
    let words = words.collect::<Vec<_>>().join("; ");
    let words = format!("{title}. {words}.");
    let panel = DotPanel {
        title,
        rows,
        is_difference,
        lang,
    };
    (panel.draw(), words)
}

/// How to read a figure.
pub(super) fn guide(run: &Run, key: &str, lang: Lang) -> String {
    let n = run.manifest.replications;
    told(&run.manifest.of_spread(key), lang, &[("n", &n.to_string())])
}

/// Where the numbers of a figure come from, and how many of those they rest on are assumptions.
pub(super) fn source(run: &Run, files: &str, lang: Lang) -> String {
    let manifest = &run.manifest;
    let parts = [
        ("version", &*manifest.version),
        ("run", &manifest.scenario.key),
        ("seed", &manifest.seed.to_string()),
        ("n", &manifest.replications.to_string()),
        ("place", &place(run, lang)),
        ("files", files),
    ];
    format!("{} {}", told("source", lang, &parts), grade_d(run, lang))
}

/// How many of the parameters are assumptions.
pub(super) fn grade_d(run: &Run, lang: Lang) -> String {
    let (n, all) = (run.n_of_grade(Grade::D), run.parameters.len());
    let percent = local(100.0 * n as f64 / all as f64, 0, lang);
    let parts = [
        ("n", &*n.to_string()),
        ("all", &all.to_string()),
        ("percent", &percent),
    ];
    told("grade_d", lang, &parts)
}

/// Of which regions the numbers are.
pub(super) fn place(run: &Run, lang: Lang) -> String {
    match &run.manifest.regions[..] {
        [one] => told("place_one", lang, &[("name", one)]),
        _ if run.places[run.merged()] == "NL" => phrase("place_all", lang).to_owned(),
        some => told("place_some", lang, &[("n", &some.len().to_string())]),
    }
}
