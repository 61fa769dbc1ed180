//! The figures of a run, from its tables; here those of a KPI.

use crate::model::{Better, KPIS};
use crate::report::Lang;
use crate::report::chart::{DotPanel, DotRow, Drawn, Figure};
use crate::report::finding::verdict::{Verdict, difference, finding, numbers};
use crate::report::run::reading::Run;
use crate::report::words::number::{decimals_for, local};
use crate::report::words::phrase::{phrase, phrases, told};
use crate::report::words::sentence::capital;
use crate::scenario::Grade;

/// KPIs that stand beside every measure.
pub(crate) const BESIDE: [&str; 3] = [
    "measures_missed_per_100_cases",
    "unsafe_days_per_family_year",
    "safe_after_18_months_percent",
];

/// More decimals than these say nothing to a board.
const MOST_DECIMALS: usize = 2;

/// Decimals of a KPI: the same in every form and place.
pub(crate) fn decimals(run: &Run, kpi: usize) -> usize {
    let forms = 0..run.forms().len();
    let means = forms.filter_map(|form| run.estimate(form, run.merged(), kpi));
    let largest = means.map(|one| one.mean.abs()).fold(0.0, f64::max);
    decimals_for(largest).min(MOST_DECIMALS)
}

/// The name of a KPI for a board.
pub(crate) fn name(kpi: usize, lang: Lang) -> String {
    let own = phrases("row_", lang);
    let own = own.get(KPIS[kpi].key).map(|name| (*name).to_owned());
    own.unwrap_or_else(|| capital(&lang.kpi_alone(kpi)))
}

/// Number of the row of a KPI.
pub(crate) fn row(key: &str) -> usize {
    let found = KPIS.iter().position(|kpi| kpi.key == key);
    found.expect("a KPI of the table")
}

/// A KPI under every form, and its difference from the baseline; a measure with safety beside it.
pub(crate) fn of_kpi(run: &Run, kpi: usize, lang: Lang) -> Figure {
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
pub(crate) fn is_measure(kpi: usize) -> bool {
    KPIS[kpi].better == Better::Neither && KPIS[kpi].key.ends_with("_per_100_cases")
}

/// Which way is better, in words.
pub(crate) fn better(kpi: usize, lang: Lang) -> &'static str {
    let key = match KPIS[kpi].better {
        Better::Lower => "lower_is_better",
        Better::Higher => "higher_is_better",
        Better::Neither => "neither_is_better",
    };
    phrase(key, lang)
}

/// A KPI under every form.
pub(crate) fn values(run: &Run, kpi: usize, title: String, lang: Lang) -> Drawn {
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
pub(crate) fn differences(run: &Run, kpi: usize, title: String, lang: Lang) -> Drawn {
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
pub(crate) fn guide(run: &Run, key: &str, lang: Lang) -> String {
    let n = run.manifest.replications;
    told(&run.manifest.of_spread(key), lang, &[("n", &n.to_string())])
}

/// Where the numbers of a figure come from, and how many of those they rest on are assumptions.
pub(crate) fn source(run: &Run, files: &str, lang: Lang) -> String {
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
pub(crate) fn grade_d(run: &Run, lang: Lang) -> String {
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
pub(crate) fn place(run: &Run, lang: Lang) -> String {
    match &run.manifest.regions[..] {
        [one] => told("place_one", lang, &[("name", one)]),
        _ if run.places[run.merged()] == "NL" => phrase("place_all", lang).to_owned(),
        some => told("place_some", lang, &[("n", &some.len().to_string())]),
    }
}
