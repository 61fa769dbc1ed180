//! The first screen: what this is, what holds, and the forms beside each other.

use super::board::Board;
use super::workbook::workbook_name;
use super::{belief, beside, grid};
use crate::report::chart::escaped;
use crate::report::finding::warning_title::titles;
use crate::report::words::board_kpi::FIRST;
use crate::report::words::phrase::{phrase, told};
use crate::report::{Lang, Run, counted};
use crate::scenario::Grade;

/// What this is, in two lines.
pub(crate) fn what(run: &Run, lang: Lang) -> String {
    let all = run.parameters.len().to_string();
    let n = run.n_of_grade(Grade::D).to_string();
    let has_proposals = run.forms().iter().any(|form| form.is_proposal);
    let proposals = if has_proposals {
        phrase("what_proposals", lang)
    } else {
        ""
    };
    told("what_this_is", lang, &[("n", &n), ("all", &all)]) + proposals
}

/// What holds under all belief sets of a run; of a run with one, that it has one.
pub(crate) fn beliefs(run: &Board, lang: Lang) -> String {
    if let Some(found) = belief::several(run) {
        return belief::lists(run, found, lang);
    }
    if let Some(name) = beside::name(run, lang) {
        let key = lang.key();
        return format!(
            "<p class=\"beliefs\"><a href=\"#{key}-beside\">{}</a></p>",
            escaped(name)
        );
    }
    let belief = &run.manifest.belief;
    let parts = [("belief", lang.pick(&belief.nl, &belief.en))];
    let alone = told("belief_alone", lang, &parts);
    format!("<p class=\"beliefs\">{}</p>", escaped(&alone))
}

/// What is most wrong with the run, and where the rest is told.
pub(crate) fn alarm(run: &Board, lang: Lang) -> String {
    let titles = titles(run, lang);
    let Some((first, _)) = titles.first() else {
        return String::new();
    };
    let all = counted(titles.len(), "warning", lang);
    format!(
        "<p class=\"alarm\"><strong>{}</strong> <a href=\"#{}-assumptions\">{all}</a></p>",
        escaped(first),
        lang.key(),
    )
}

/// The headline figures of every form: under several belief sets their ranges, and what the forms are below them,
/// folded, because the lists above take its room.
pub(crate) fn table(run: &Board, lang: Lang) -> String {
    match belief::several(run) {
        Some(found) => belief::table(run, found, lang) + &forms_below(run, lang),
        None => grid::grid(run, &forms(run, lang), FIRST, lang),
    }
}

/// What the forms are, each in two sentences, as a row of the table.
fn forms(run: &Board, lang: Lang) -> String {
    let cells = descriptions(run, lang)
        .map(|(name, what)| format!("<td data-label=\"{name}\">{what}</td>"));
    let cells: String = cells.collect();
    let name = escaped(phrase("form_what", lang));
    format!("<tr class=\"what\"><th scope=\"row\">{name}</th>{cells}</tr>\n")
}

/// The same as a list, which paper shows unfolded.
fn forms_below(run: &Board, lang: Lang) -> String {
    let lines = descriptions(run, lang)
        .map(|(name, what)| format!("<li><strong>{name}:</strong> {what}</li>\n"));
    let lines: String = lines.collect();
    let name = escaped(phrase("form_what", lang));
    format!("<details class=\"forms\"><summary>{name}</summary>\n<ul>\n{lines}</ul>\n</details>\n")
}

/// Name and description of every form.
fn descriptions(run: &Board, lang: Lang) -> impl Iterator<Item = (String, String)> {
    run.forms().iter().map(move |form| {
        let what = form.what.as_ref();
        let what = what.map_or("–", |what| lang.pick(&what.nl, &what.en));
        (escaped(form.short_name(lang)), escaped(what))
    })
}

/// How the table is to be read.
pub(crate) fn legend(run: &Board, lang: Lang) -> String {
    match belief::several(run) {
        Some(_) if run.merged() > 1 => grid::legend_of("grid_legend_sets", run, lang),
        Some(_) => grid::legend_of("grid_legend_sets_place", run, lang),
        None => grid::legend(run, lang),
    }
}

/// What else there is of the run: paper, a workbook, pictures.
pub(crate) fn buttons(lang: Lang) -> String {
    let [print, book, pictures] =
        ["button_print", "button_book", "button_pictures"].map(|key| escaped(phrase(key, lang)));
    format!(
        "<button type=\"button\" data-print>{print}</button> <a class=\"button\" href=\"{}\">{book}</a> \
         <a class=\"button\" href=\"charts/{}/\">{pictures}</a>",
        workbook_name(lang),
        lang.key(),
    )
}
