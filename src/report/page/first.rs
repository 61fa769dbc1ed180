//! The first screen: what this is, what holds, and the forms beside each other.

use super::super::Lang;
use super::super::caution_title::titles;
use super::super::chart::escaped;
use super::super::phrase::{counted, phrase, told};
use super::super::reading::Run;
use super::super::workbook::workbook_name;
use super::beside;
use crate::scenario::Grade;

/// What this is, in two lines.
pub(in super::super) fn what(run: &Run, lang: Lang) -> String {
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

/// Where it stands what holds under all belief sets of a run; of a run with one, that it has one.
pub(super) fn beliefs(run: &Run, lang: Lang) -> String {
    if let Some(name) = beside::name(run, lang) {
        let key = lang.pick("nl", "en");
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
pub(super) fn alarm(run: &Run, lang: Lang) -> String {
    let titles = titles(run, lang);
    let Some((first, _)) = titles.first() else {
        return String::new();
    };
    let all = counted(titles.len(), "warning", lang);
    format!(
        "<p class=\"alarm\"><strong>{}</strong> <a href=\"#{}-assumptions\">{all}</a></p>",
        escaped(first),
        lang.pick("nl", "en"),
    )
}

/// What the forms are, each in two sentences, as a row of the table.
pub(super) fn forms(run: &Run, lang: Lang) -> String {
    let form = |form: &super::super::manifest::Form| {
        let what = form.what.as_ref();
        let what = what.map_or("–", |what| lang.pick(&what.nl, &what.en));
        let (name, what) = (escaped(form.short_name(lang)), escaped(what));
        format!("<td data-label=\"{name}\">{what}</td>")
    };
    let cells: String = run.forms().iter().map(form).collect();
    let name = escaped(phrase("form_what", lang));
    format!("<tr class=\"what\"><th scope=\"row\">{name}</th>{cells}</tr>\n")
}

/// What else there is of the run: paper, a workbook, pictures.
pub(super) fn buttons(lang: Lang) -> String {
    let [print, book, pictures] =
        ["button_print", "button_book", "button_pictures"].map(|key| escaped(phrase(key, lang)));
    format!(
        "<button type=\"button\" data-print>{print}</button> <a class=\"button\" href=\"{}\">{book}</a> \
         <a class=\"button\" href=\"charts/{}/\">{pictures}</a>",
        workbook_name(lang),
        lang.pick("nl", "en"),
    )
}
