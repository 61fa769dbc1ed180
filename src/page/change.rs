//! What a change-over costs and brings.

use super::stage;
use crate::experiment::change_over::ChangeOver;
use crate::report::chart::escaped;
use crate::report::figure::timeline;
use crate::report::record::change_over::{sentence, told_when};
use crate::report::words::number::local_exact;
use crate::report::words::phrase::{phrase, told};
use crate::report::{Lang, Run};

/// The section, or nothing where no form comes into force in the run.
pub(crate) fn section(run: &Run, lang: Lang) -> String {
    let stages = stage::table(run, lang);
    let changes = match &run.changes {
        Some(changes) => told_changes(run, changes, lang),
        None if stages.is_empty() => return String::new(),
        None => String::new(),
    };
    let key = lang.key();
    let title = escaped(phrase("change_title", lang));
    format!(
        "<section class=\"view\" id=\"{key}-change\">\n<h2>{title}</h2>\n{changes}{stages}</section>\n"
    )
}

/// What each path comes to.
fn told_changes(run: &Run, changes: &[ChangeOver], lang: Lang) -> String {
    let paths = changes.iter().map(|change| {
        let place = change.place;
        let name = match place == run.merged() {
            true => escaped(run.forms()[change.case].short_name(lang)),
            false => escaped(&run.places[place]),
        };
        let when = escaped(&told_when(change, lang));
        let said = change.series.iter().map(|one| {
            let said = escaped(&sentence(change, one, lang));
            format!("<li>{said}</li>\n")
        });
        let said: String = said.collect();
        match place == run.merged() {
            true => format!("<h3>{name}</h3>\n<p>{when}</p>\n<ul>\n{said}</ul>\n"),
            // Shown where that region is looked at.
            false => format!(
                "<div class=\"of-place\" data-p=\"{place}\" hidden>\n<p><b>{name}.</b> {when}</p>\n<ul>\n{said}</ul>\n</div>\n"
            ),
        }
    });
    let paths: String = paths.collect();
    format!(
        "<p>{costs}</p>\n{figure}{paths}<p class=\"fine\">{legend}</p>\n",
        costs = escaped(&costs(run, lang)),
        figure = timeline::change_over(run, lang).to_html(lang.key(), 3),
        legend = escaped(phrase("change_legend", lang)),
    )
}

/// What the change itself is assumed to cost.
fn costs(run: &Run, lang: Lang) -> String {
    let assumed = run.parameters.iter();
    let assumed = assumed.filter(|one| one.key.starts_with("transition.") && one.value.0 != 0.0);
    let told_one = |one: &crate::report::check::ledger::Parameter| {
        format!("{} {}", one.meaning(lang), local_exact(one.value.0, lang))
    };
    let costs: Vec<String> = assumed.map(told_one).collect();
    match costs.is_empty() {
        true => phrase("change_costs_nothing", lang).to_owned(),
        false => told("change_costs", lang, &[("costs", &costs.join("; "))]),
    }
}
