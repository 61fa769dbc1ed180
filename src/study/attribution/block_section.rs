//! What each building block contributes.

use super::block_figure::figures;
use super::block_table::BlockParts;
use crate::report::chart::escaped;
use crate::report::words::phrase::phrase;
use crate::report::{Lang, Run};

/// The section of the page.
pub(crate) fn section(run: &Run, parts: &BlockParts, lang: Lang) -> String {
    let key = lang.key();
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
