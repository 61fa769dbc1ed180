//! How many hours a service takes.

use super::figure::figures;
use super::ladder::Hours;
use super::terminal::{intro, sentence};
use crate::report::chart::escaped;
use crate::report::words::phrase::phrase;
use crate::report::{Lang, Run};

/// The section of the page.
pub(crate) fn section(run: &Run, hours: &Hours, lang: Lang) -> String {
    let key = lang.key();
    let [title, guide, legend, summary] =
        ["hours_title", "hours_guide", "hours_legend", "guide_title"]
            .map(|key| escaped(phrase(key, lang)));
    let baseline = run.forms()[run.baseline()].short_name(lang);
    let forms = run.forms().iter().zip(&hours.forms);
    let forms: String = forms
        .map(|(form, of_form)| {
            let sentence = sentence(hours, of_form, baseline, lang);
            let (name, sentence) = (escaped(form.short_name(lang)), escaped(&sentence));
            format!("<li><strong>{name}</strong>: {sentence}</li>\n")
        })
        .collect();
    let figures = figures(run, hours, lang).into_iter();
    let figures: String = figures.map(|figure| figure.to_html(key, 3)).collect();
    format!(
        "<section class=\"view\" id=\"{key}-hours\">\n<h2>{title}</h2>\n<p>{intro}</p>\n<ul>\n{forms}</ul>\n\
         <p class=\"fine\">{legend}</p>\n\
         <details class=\"guide\"><summary>{summary}</summary><p>{guide}</p></details>\n\
         {figures}</section>\n",
        intro = escaped(&intro(hours, lang))
    )
}
