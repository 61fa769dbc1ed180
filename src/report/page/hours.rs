//! How many hours a service takes.

use super::super::Lang;
use super::super::chart::escaped;
use super::super::hours_figure::figures;
use super::super::hours_page::{intro, sentence};
use super::super::phrase::phrase;
use super::super::reading::Run;

/// The section, or nothing where that was not asked.
pub(super) fn section(run: &Run, lang: Lang) -> String {
    let Some(hours) = &run.hours else {
        return String::new();
    };
    let key = lang.pick("nl", "en");
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
