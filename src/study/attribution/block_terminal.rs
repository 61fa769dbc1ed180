//! What each building block contributes, as a terminal shows it.

use super::block::{BlockAttribution, BlockShare};
use super::block_figure::{block_name, what_makes_it};
use super::effect_figure::ATTRIBUTED;
use crate::experiment::{Outcome, excludes_zero};
use crate::report::Lang;
use crate::report::figure::picture::row;
use crate::report::words::number::{decimals_for, signed};
use crate::report::words::phrase::{phrase, told};
use crate::report::words::text::{cut, hang, length};
use crate::scenario::Scenario;
use crate::stats::Estimate;

/// Characters in a line.
const WIDTH: usize = 120;
/// Characters of the name of a KPI.
const NAME_WIDTH: usize = 44;
/// Characters of a difference.
const NUMBER_WIDTH: usize = 10;

/// Characters of the name of a row.
const LEAD_WIDTH: usize = 16;
/// A row of what is told of every block: its name, and what stands in it.
type BlockRow = (&'static str, fn(&BlockShare) -> Estimate);
/// Every one of them.
const ROWS: [BlockRow; 3] = [
    ("blocks_row_share", |one| one.share),
    ("blocks_row_plus_one", |one| one.plus_one),
    ("blocks_row_less_one", |one| one.less_one),
];

/// For each form what makes its differences from the baseline, and its blocks one by one.
pub fn block_page(
    scenario: &Scenario,
    outcome: &Outcome,
    attribution: &BlockAttribution,
    lang: Lang,
) -> String {
    let place = scenario.regions.len();
    let baseline = &scenario.cases[scenario.baseline].form.key;
    let belief = lang.label(&scenario.belief.label);
    let mut text = told(
        "blocks_page_title",
        lang,
        &[("baseline", baseline), ("belief", belief)],
    );
    text.push('\n');
    let forms = scenario.cases.iter().enumerate();
    for (form, case) in forms.filter(|(form, _)| *form != scenario.baseline) {
        let orders = match attribution.plan.n_orders(form) {
            Some(n) => told("blocks_sampled", lang, &[("n", &n.to_string())]),
            None => phrase("blocks_exact", lang).to_owned(),
        };
        text += &format!("\n{} ({orders})\n", case.form.key);
        for kpi in ATTRIBUTED.map(row) {
            let Some(shares) = attribution.shares(form, place, kpi) else {
                continue;
            };
            let stands = !outcome.difference_grows(form, scenario.baseline, place, kpi);
            let number = |estimate: &Estimate| number(estimate, stands, lang);
            let name = cut(&lang.kpi_alone(kpi), NAME_WIDTH - 2);
            let space = NAME_WIDTH - length(&name);
            let lead = format!(
                "{name}{:space$}{:>NUMBER_WIDTH$}  ",
                "",
                number(&shares.total)
            );
            let words = match (stands, what_makes_it(&shares, lang)) {
                (false, _) => phrase("grows", lang).to_owned(),
                (true, Some(words)) => told("blocks_make", lang, &[("blocks", &words)]),
                (true, None) => phrase("blocks_none", lang).to_owned(),
            };
            text += &hang(&lead, &words, WIDTH);
            for (lead, of) in ROWS {
                let blocks = shares.largest_first().into_iter();
                let numbers: Vec<String> = blocks
                    .map(|one| format!("{} {}", block_name(one.block, lang), number(&of(one))))
                    .collect();
                text += &hang(
                    &format!("  {:LEAD_WIDTH$}", phrase(lead, lang)),
                    &numbers.join(" · "),
                    WIDTH,
                );
            }
        }
    }
    text + "\n" + &hang("", phrase("blocks_page_legend", lang), WIDTH)
}

/// A difference, with a star where it stands and its interval leaves out zero.
fn number(estimate: &Estimate, stands: bool, lang: Lang) -> String {
    let star = if stands && excludes_zero(estimate) {
        "*"
    } else {
        ""
    };
    let decimals = decimals_for(estimate.mean).min(2);
    format!("{}{star}", signed(estimate.mean, decimals, lang))
}
