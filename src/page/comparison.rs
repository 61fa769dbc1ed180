//! Runs side by side, as a page of their own.

use super::document::{Whole, whole};
use crate::report::chart::escaped;
use crate::report::words::phrase::{fill, phrase, told};
use crate::report::{Lang, SideBySide, counted};

/// Name of the page in a folder.
pub(crate) const PAGE: &str = "compare.html";

const SCRIPT: &str = include_str!("comparison.js");
const MAIN: &str = include_str!("comparison.html");
const PAGE_MARKS: (&str, &str) = ("[[", "]]");

/// The page of runs side by side: one file that holds everything, in both languages.
pub(crate) fn comparison_page(found: &SideBySide) -> String {
    whole(&Whole {
        version: env!("CARGO_PKG_VERSION"),
        data: "",
        script: SCRIPT.trim(),
        title: &|lang| escaped(&title(found, lang)),
        main: &|lang| main(found, lang),
    })
}

fn title(found: &SideBySide, lang: Lang) -> String {
    told("side_title", lang, &[("n", &found.sides.len().to_string())])
}

fn main(found: &SideBySide, lang: Lang) -> String {
    let all: Vec<usize> = (0..found.sides.len()).collect();
    fill(MAIN, PAGE_MARKS, |slot| match slot {
        "heading" => escaped(&title(found, lang)),
        "runs" => all.iter().map(|&side| run(found, side, lang)).collect(),
        "contrasts" => found.contrasts_html(lang),
        "agreement" => agreement(found, lang),
        "guide" => escaped(&found.guide(lang)),
        "tables" => found.tables_html(&all, lang),
        word => escaped(phrase(word, lang)),
    })
}

fn run(found: &SideBySide, side: usize, lang: Lang) -> String {
    let one = &found.sides[side];
    let n = counted(one.replications as usize, "replication", lang);
    let (key, name) = (escaped(&one.key), escaped(lang.pick(&one.nl, &one.en)));
    format!("<li><code>{key}</code> {name} · {}</li>\n", escaped(&n))
}

/// What holds in all runs that say so together, for each such group.
fn agreement(found: &SideBySide, lang: Lang) -> String {
    let groups = (0..found.sides.len()).filter(|&group| found.group(group).len() > 1);
    let told = |group: usize| {
        let sides = found.group(group);
        let names = sides.iter().map(|&side| found.sides[side].key.clone());
        let parts = [
            ("baseline", &*found.sides[sides[0]].baseline),
            ("runs", &lang.list(&names.collect::<Vec<_>>())),
        ];
        let intro = escaped(&told("side_agree", lang, &parts));
        format!("<p>{intro}</p>\n{}", found.agreement_html(group, lang))
    };
    groups.map(told).collect()
}
