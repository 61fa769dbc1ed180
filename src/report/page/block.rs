//! What each building block contributes.

use super::super::Lang;
use super::super::block_figure::figures;
use super::super::chart::escaped;
use super::super::phrase::phrase;
use super::super::reading::Run;

/// The section, or nothing where the differences were not taken apart so.
pub(super) fn section(run: &Run, lang: Lang) -> String {
    let Some(parts) = &run.blocks else {
        return String::new();
    };
    let key = lang.pick("nl", "en");
    let [title, intro, guide, summary] = [
        "blocks_title",
        "blocks_intro",
        "blocks_guide",
        "guide_title",
    ]
    .map(|key| escaped(phrase(key, lang)));
    let figures = figures(run, parts, lang).into_iter();
    let figures: String = figures.map(|figure| figure.to_html(key, 3)).collect();
    format!(
        "<section class=\"view\" id=\"{key}-blocks\">\n<h2>{title}</h2>\n<p>{intro}</p>\n\
         <details class=\"guide\"><summary>{summary}</summary><p>{guide}</p></details>\n\
         {figures}</section>\n"
    )
}
