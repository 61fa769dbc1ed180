//! Figures of what differences are made of: a waterfall for every form and belief set.

use super::effect::EffectPart;
use super::effect_reading::Attributed;
use crate::model::KPIS;
use crate::report::chart::{DotPanel, DotRow};
use crate::report::chart::{Drawn, Figure};
use crate::report::chart::{Waterfall, WaterfallBar, WaterfallPanel};
use crate::report::figure::picture::{BESIDE, is_measure, row, source};
use crate::report::finding::verdict::{Verdict, change, names};
use crate::report::words::phrase::{phrase, told};
use crate::report::words::sentence::capital;
use crate::report::words::text::{cut, length};
use crate::report::{Lang, Run};

/// The KPIs that are shown; all are in the table. Force never stands without safety.
pub(crate) const ATTRIBUTED: [&str; 7] = [
    "unsafe_days_per_family_year",
    "hermelding_12_months_percent",
    "ots_per_100_cases",
    "wait_first_help_mean_days",
    "handovers_per_case",
    "retells_per_case",
    "measures_missed_per_100_cases",
];

/// Characters of the title of a panel.
const TITLE_LENGTH: usize = 55;

/// The parts that add up.
const PARTS: [EffectPart; 3] = [
    EffectPart::Structure,
    EffectPart::Capacity,
    EffectPart::Behaviour,
];

/// Every figure of an attribution.
pub(crate) fn figures(run: &Run, attributed: &Attributed, lang: Lang) -> Vec<Figure> {
    let kpis = ATTRIBUTED.map(row).into_iter();
    // Of a short run some are never observed.
    let kpis = kpis.filter(|&kpi| is_observed(run, attributed, kpi));
    kpis.map(|kpi| of_kpi(run, attributed, kpi, lang)).collect()
}

fn is_observed(run: &Run, attributed: &Attributed, kpi: usize) -> bool {
    let beliefs = 0..attributed.beliefs.len();
    let total = |belief, form| attributed.part(belief, form, kpi, EffectPart::Total);
    let mut seen = beliefs.flat_map(|belief| run.variants().map(move |form| (belief, form)));
    seen.any(|(belief, form)| total(belief, form).is_some())
}

/// The name of a form as the title of a panel, in which nothing that says what it is is cut off.
pub(crate) fn title_of(run: &Run, form: usize, lang: Lang) -> String {
    let (form, whole) = (&run.forms()[form], run.heading(form, lang));
    let tag = whole
        .strip_prefix(form.short_name(lang))
        .unwrap_or_default();
    let room = TITLE_LENGTH.saturating_sub(length(tag));
    format!("{}{tag}", cut(form.short_name(lang), room))
}

fn of_kpi(run: &Run, attributed: &Attributed, kpi: usize, lang: Lang) -> Figure {
    let falls: Vec<(usize, Vec<Waterfall>)> = run
        .variants()
        .map(|form| (form, falls(run, attributed, form, kpi, lang)))
        .collect();
    let axis = Waterfall::axis(falls.iter().flat_map(|(_, falls)| falls), lang);
    let panels = falls.into_iter().map(|(form, falls)| {
        let title = title_of(run, form, lang);
        let words = falls.iter().map(|fall| {
            let bars = fall
                .bars
                .iter()
                .map(|bar| format!("{} {}", bar.name, bar.numbers));
            format!("{}: {}", fall.name, bars.collect::<Vec<_>>().join(", "))
        });
        let words = format!("{title}. {}.", words.collect::<Vec<_>>().join("; "));
        let axis = axis.clone();
        (WaterfallPanel { title, falls, axis }.draw(), words)
    });
    let mut panels: Vec<Drawn> = panels.collect();
    let mut notes = vec![phrase("attribution_depends", lang).to_owned()];
    if is_measure(kpi) {
        let safety = BESIDE.map(row).into_iter();
        let safety = safety.filter(|&other| is_observed(run, attributed, other));
        panels.extend(safety.map(|other| safety_beside(run, attributed, other, lang)));
        notes.push(phrase("measure_note", lang).to_owned());
    }
    notes.push(source(run, "attribution.csv", lang));
    Figure {
        key: format!("attribution_{}", KPIS[kpi].key),
        title: finding(run, attributed, kpi, lang),
        panels,
        n_columns: 2,
        guide: phrase("attribution_guide", lang).to_owned(),
        notes,
    }
}

/// The waterfalls of a form, one for each belief set.
fn falls(
    run: &Run,
    attributed: &Attributed,
    form: usize,
    kpi: usize,
    lang: Lang,
) -> Vec<Waterfall> {
    let stands = !run.difference_grows(form, run.merged(), kpi);
    let beliefs = attributed.beliefs.iter().enumerate();
    let fall = |(belief, named): (usize, &crate::report::folder::manifest::Named)| {
        let mut from = 0.0;
        let bars = EffectPart::ALL.into_iter().filter_map(|part| {
            let found = attributed.part(belief, form, kpi, part)?;
            let is_sum = part == EffectPart::Total;
            let bar = WaterfallBar {
                name: part_name(part, lang).to_owned(),
                from: if is_sum { 0.0 } else { from },
                part: found,
                numbers: change(Some(found), lang),
                is_shown: stands && is_shown(Verdict::of(Some(found))),
                is_sum,
            };
            from += found.mean;
            Some(bar)
        });
        Waterfall {
            name: lang.pick(&named.nl, &named.en).to_owned(),
            bars: bars.collect(),
        }
    };
    beliefs.map(fall).collect()
}

/// The whole difference of another KPI under every belief set.
fn safety_beside(run: &Run, attributed: &Attributed, kpi: usize, lang: Lang) -> Drawn {
    let name = capital(&lang.kpi_alone(kpi));
    let title = told("difference_of", lang, &[("kpi", &name)]);
    let rows = run.variants().flat_map(|form| {
        let beliefs = attributed.beliefs.iter().enumerate();
        let stands = !run.difference_grows(form, run.merged(), kpi);
        beliefs.map(move |(belief, named)| {
            let estimate = attributed.part(belief, form, kpi, EffectPart::Total);
            let form = run.forms()[form].short_name(lang);
            let belief = lang.pick(&named.nl, &named.en);
            // What stands before a colon is its name, what follows explains it.
            let belief = belief.split(':').next().unwrap_or(belief);
            DotRow {
                name: format!("{form} – {belief}"),
                estimate,
                numbers: change(estimate, lang),
                is_filled: stands && is_shown(Verdict::of(estimate)),
            }
        })
    });
    let panel = DotPanel {
        rows: rows.collect(),
        is_difference: true,
        title,
        lang,
    };
    let words = (panel.rows.iter()).map(|row| format!("{} {}", row.name, row.numbers));
    let words = format!("{}. {}.", panel.title, words.collect::<Vec<_>>().join("; "));
    (panel.draw(), words)
}

fn is_shown(verdict: Verdict) -> bool {
    matches!(verdict, Verdict::Lower | Verdict::Higher)
}

/// What the parts show: a direction only where it is the same under every belief set.
fn finding(run: &Run, attributed: &Attributed, kpi: usize, lang: Lang) -> String {
    let baseline = run.forms()[run.baseline()].short_name(lang);
    let verdict = |form: usize, part: EffectPart| {
        if run.difference_grows(form, run.merged(), kpi) {
            return Some(Verdict::Grows);
        }
        let beliefs = 0..attributed.beliefs.len();
        let mut verdicts = beliefs.map(|one| Verdict::of(attributed.part(one, form, kpi, part)));
        let first = verdicts.next()?;
        verdicts.all(|other| other == first).then_some(first)
    };
    let clause = |part: &str, clauses: &str| {
        let parts = [("part", part), ("clauses", clauses)];
        told("attribution_clause", lang, &parts)
    };
    let (mut clauses, mut nothing) = (Vec::new(), Vec::new());
    for part in PARTS {
        let told_of = |(asked, key): (Verdict, &str)| {
            let forms = run.variants();
            let forms: Vec<usize> = forms
                .filter(|&form| verdict(form, part) == Some(asked))
                .collect();
            let names = match forms.len() == run.variants().count() && forms.len() > 2 {
                true => told("finding_all", lang, &[("n", &forms.len().to_string())]),
                false => names(run, &forms, lang),
            };
            (!forms.is_empty()).then(|| told(key, lang, &[("forms", &names)]))
        };
        let shown = [
            (Verdict::Lower, "finding_lower"),
            (Verdict::Higher, "finding_higher"),
        ];
        let shown: Vec<String> = shown.into_iter().filter_map(told_of).collect();
        match shown.is_empty() {
            true => nothing.push(part_name(part, lang).to_owned()),
            false => clauses.push(clause(part_name(part, lang), &shown.join("; "))),
        }
    }
    if !nothing.is_empty() {
        let none = phrase("attribution_not_shown", lang);
        clauses.push(clause(&lang.list(&nothing), none));
    }
    let name = capital(&lang.kpi_alone(kpi));
    let parts = [
        ("kpi", &*name),
        ("baseline", baseline),
        ("clauses", &clauses.join(" ")),
    ];
    told("attribution_finding", lang, &parts)
}

/// A part as people call it.
pub(crate) fn part_name(part: EffectPart, lang: Lang) -> &'static str {
    let key = match part {
        EffectPart::Structure => "attribution_structure",
        EffectPart::Capacity => "attribution_capacity",
        EffectPart::Behaviour => "attribution_behaviour",
        EffectPart::Total => "attribution_total",
    };
    phrase(key, lang)
}
