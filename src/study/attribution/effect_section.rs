//! What the differences are made of.

use super::effect_figure::figures;
use super::effect_reading::Attributed;
use crate::report::chart::escaped;
use crate::report::words::phrase::{phrase, told};
use crate::report::{Lang, Run};

/// The section of the page.
pub(crate) fn section(run: &Run, attributed: &Attributed, lang: Lang) -> String {
    let key = lang.key();
    let beliefs = attributed.beliefs.iter();
    let beliefs: Vec<String> = beliefs
        .map(|one| lang.pick(&one.nl, &one.en).to_owned())
        .collect();
    let intro = told(
        "attribution_intro",
        lang,
        &[("beliefs", &beliefs.join("; "))],
    );
    let [title, guide, summary] = ["attribution_title", "attribution_guide", "guide_title"]
        .map(|key| escaped(phrase(key, lang)));
    let figures = figures(run, attributed, lang).into_iter();
    let figures: String = figures.map(|figure| figure.to_html(key, 3)).collect();
    format!(
        "<section class=\"view\" id=\"{key}-attribution\">\n<h2>{title}</h2>\n<p>{intro}</p>\n\
         <details class=\"guide\"><summary>{summary}</summary><p>{guide}</p></details>\n\
         {figures}</section>\n",
        intro = escaped(&intro)
    )
}
