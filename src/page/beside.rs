//! The same scenario under other belief sets and with its variants.

use super::board::Board;
use crate::report::chart::escaped;
use crate::report::figure::picture::row;
use crate::report::words::phrase::{phrase, told};
use crate::report::{Lang, SideBySide};

/// KPIs of the two tables that stand on the page unfolded.
const FIRST: [&str; 6] = [
    "wait_first_help_mean_days",
    "handovers_per_case",
    "unsafe_days_per_family_year",
    "safe_after_18_months_percent",
    "hermelding_12_months_percent",
    "ots_per_100_cases",
];

/// The section, or nothing where the scenario was run in one setting.
pub(crate) fn section(run: &Board, lang: Lang) -> String {
    let Some(found) = &run.beside else {
        return String::new();
    };
    let key = lang.key();
    let kpis = FIRST.map(row);
    let mut html = format!("<section id=\"{key}-beside\" class=\"view place\">\n");
    html += &format!("<h2>{}</h2>\n", escaped(title(found, lang)));
    if found.group(0).len() > 1 {
        html += &beliefs(found, &kpis, lang);
    }
    html += &found.variants_html(&kpis, lang);
    let all: Vec<usize> = found.all();
    let show = escaped(phrase("beside_show", lang));
    html += &format!(
        "<details class=\"fold\"><summary>{show}</summary>\n<p>{}</p>\n{}{}</details>\n</section>\n",
        escaped(&found.guide(lang)),
        agreement(found, lang),
        found.tables_html(&all, lang)
    );
    html
}

/// What it is called, for the first screen.
pub(crate) fn name(run: &Board, lang: Lang) -> Option<&'static str> {
    run.beside.as_ref().map(|found| title(found, lang))
}

fn title(found: &SideBySide, lang: Lang) -> &'static str {
    let has_beliefs = found.group(0).len() > 1;
    let has_variants = found.group(0).len() < found.all().len();
    let key = match (has_beliefs, has_variants) {
        (true, false) => "beside_beliefs",
        (false, _) => "beside_variants",
        (true, true) => "beside_both",
    };
    phrase(key, lang)
}

fn beliefs(found: &SideBySide, kpis: &[usize], lang: Lang) -> String {
    let n = found.group(0).len().to_string();
    let intro = told(
        "beside_beliefs_intro",
        lang,
        &[("n", &n), ("sets", &found.names(&found.group(0), lang))],
    );
    format!(
        "<p>{}</p>\n{}",
        escaped(&intro),
        found.ranges_html(0, kpis, lang)
    )
}

fn agreement(found: &SideBySide, lang: Lang) -> String {
    match found.group(0).len() > 1 {
        true => found.agreement_html(0, lang),
        false => String::new(),
    }
}
