//! The question, and the answer in five sentences.

use super::super::phrase::{phrase, told};
use super::super::picture::{grade_d, row};
use super::super::reading::Run;
use super::super::verdict::{Verdict, finding, sentence};
use super::super::{Lang, local};
use crate::experiment::headlines;
use crate::stats::of_each;

/// KPIs of the first three sentences.
const FIRST: [&str; 3] = [
    "wait_first_help_mean_days",
    "handovers_per_case",
    "unsafe_days_per_family_year",
];

/// What was asked.
pub(super) fn question(run: &Run, lang: Lang) -> String {
    let baseline = run.forms()[run.baseline()].short_name(lang);
    let variants = match run.variants().count() {
        0 => return told("question_alone", lang, &[("baseline", baseline)]),
        1 => phrase("variants_one", lang).to_owned(),
        n => told("variants_many", lang, &[("n", &n.to_string())]),
    };
    told(
        "question",
        lang,
        &[("baseline", baseline), ("variants", &variants)],
    )
}

/// The answer, a sentence each about waiting, handovers, safety, measures and certainty.
pub(super) fn answer(run: &Run, lang: Lang) -> Vec<String> {
    let mut answer: Vec<String> = FIRST.map(|key| sentence(run, row(key), lang)).into();
    let measures = sentence(run, row("ots_per_100_cases"), lang);
    let hermelding = finding(run, row("hermelding_12_months_percent"), lang);
    let parts = [("sentence", &*measures), ("hermelding", &hermelding)];
    answer.push(told("answer_measures", lang, &parts));
    answer.push(certainty(run, lang));
    answer
}

fn certainty(run: &Run, lang: Lang) -> String {
    let is_unstable = |code: &str| code == "unstable_queue";
    let is_unstable = run
        .manifest
        .warnings
        .iter()
        .any(|one| is_unstable(&one.code));
    let unstable = if is_unstable {
        phrase("answer_unstable", lang)
    } else {
        ""
    };
    let verdicts = run
        .variants()
        .flat_map(|form| headlines().map(move |kpi| Verdict::of_kpi(run, form, run.merged(), kpi)));
    let is_told = |one: &Verdict| !matches!(one, Verdict::Unknown | Verdict::Grows);
    let verdicts: Vec<Verdict> = verdicts.filter(is_told).collect();
    let found = verdicts
        .iter()
        .filter(|one| **one != Verdict::NotShown)
        .count();
    // The intervals of a KPI hold for all variants at once, so each for itself with more.
    let confidence = of_each(run.manifest.confidence, run.variants().count());
    let chance = (1.0 - confidence) * verdicts.len() as f64;
    let parts = [
        ("n", &*verdicts.len().to_string()),
        ("found", &found.to_string()),
        ("chance", &local((chance - 1e-9).ceil(), 0, lang)),
        ("grade_d", &grade_d(run, lang)),
        ("unstable", unstable),
    ];
    let key = match run.manifest.replications {
        1 => "answer_unsure",
        _ => "answer_sure",
    };
    told(key, lang, &parts)
}
