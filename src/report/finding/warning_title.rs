//! Warnings by kind, each kind under a title that says what is wrong.

use super::verdict::Verdict;
use crate::experiment::headlines;
use crate::report::Lang;
use crate::report::run::reading::Run;
use crate::report::words::phrase::{phrases, told};

/// The kinds, in the order of the manifest, the gravest first: a title, and what is told of it.
pub(crate) fn titles<'a>(run: &'a Run, lang: Lang) -> Vec<(String, Vec<&'a str>)> {
    let known = phrases("warning_", lang);
    let mut kinds: Vec<(&str, Vec<&str>)> = Vec::new();
    for warning in &run.manifest.warnings {
        let text = lang.pick(&warning.nl, &warning.en);
        let key = match known.contains_key(&*warning.code) {
            true => &*warning.code,
            false => "other",
        };
        match kinds.iter_mut().find(|kind| kind.0 == key) {
            Some(kind) => kind.1.push(text),
            None => kinds.push((key, vec![text])),
        }
    }
    let title = |(key, texts): (&str, Vec<&'a str>)| {
        let n = texts.len();
        let forms = match n == run.forms().len() && n > 1 {
            true => told("all_forms", lang, &[("n", &n.to_string())]),
            false => told(
                "some_forms",
                lang,
                &[
                    ("n", &n.to_string()),
                    ("all", &run.forms().len().to_string()),
                ],
            ),
        };
        let parts = [("forms", &*forms), ("found", &n_found(run).to_string())];
        (told(&format!("warning_{key}"), lang, &parts), texts)
    };
    kinds.into_iter().map(title).collect()
}

/// Differences that are larger than chance in the model makes them.
fn n_found(run: &Run) -> usize {
    let verdicts = run
        .variants()
        .flat_map(|form| headlines().map(move |kpi| Verdict::of_kpi(run, form, run.merged(), kpi)));
    verdicts
        .filter(|one| matches!(one, Verdict::Lower | Verdict::Higher))
        .count()
}
