//! Figures of what each building block contributes: a waterfall for every form.

use super::block::{BlockShare, BlockShares};
use super::block_table::BlockParts;
use super::effect_figure::{ATTRIBUTED, title_of};
use crate::model::{Block, KPIS};
use crate::report::chart::{Drawn, Figure};
use crate::report::chart::{Waterfall, WaterfallBar, WaterfallPanel};
use crate::report::figure::picture::{is_measure, row, source};
use crate::report::finding::verdict::{Verdict, change, names};
use crate::report::words::phrase::{phrase, told};
use crate::report::words::sentence::capital;
use crate::report::{Lang, Run};
use crate::stats::Estimate;

/// How many blocks a sentence names.
const NAMED: usize = 3;

/// Every figure of what blocks contribute.
pub(crate) fn figures(run: &Run, parts: &BlockParts, lang: Lang) -> Vec<Figure> {
    let kpis = ATTRIBUTED.map(row).into_iter();
    let kpis = kpis.filter(|&kpi| run.variants().any(|form| parts.shares(form, kpi).is_some()));
    kpis.map(|kpi| of_kpi(run, parts, kpi, lang)).collect()
}

/// A block as people call it.
pub(crate) fn block_name(block: Block, lang: Lang) -> &'static str {
    phrase(&format!("block_{}", block.key()), lang)
}

/// What makes a difference, in words: the blocks whose share is shown, those that matter most
/// first, no more than a few; none where no share is.
pub(crate) fn what_makes_it(shares: &BlockShares, lang: Lang) -> Option<String> {
    let shown = |asked: Verdict| {
        let blocks = shares.largest_first().into_iter();
        let blocks = blocks.filter(|one| Verdict::of(Some(one.share)) == asked);
        let blocks: Vec<&BlockShare> = blocks.take(NAMED).collect();
        let names: Vec<String> = blocks
            .iter()
            .map(|one| block_name(one.block, lang).to_owned())
            .collect();
        (!names.is_empty()).then(|| lang.list(&names))
    };
    let clause = |key: &str, blocks: String| told(key, lang, &[("blocks", &blocks)]);
    let lower = shown(Verdict::Lower).map(|blocks| clause("blocks_lower", blocks));
    let higher = shown(Verdict::Higher).map(|blocks| clause("blocks_higher", blocks));
    let clauses: Vec<String> = lower.into_iter().chain(higher).collect();
    (!clauses.is_empty()).then(|| clauses.join("; "))
}

fn of_kpi(run: &Run, parts: &BlockParts, kpi: usize, lang: Lang) -> Figure {
    let falls: Vec<(usize, Waterfall)> = run
        .variants()
        .filter_map(|form| {
            let stands = !run.difference_grows(form, run.merged(), kpi);
            Some((form, fall(parts.shares(form, kpi)?, stands, lang)))
        })
        .collect();
    let axis = Waterfall::axis(falls.iter().map(|(_, fall)| fall), lang);
    let panels = falls.into_iter().map(|(form, fall)| {
        let title = title_of(run, form, lang);
        let bars = fall.bars.iter();
        let bars: Vec<String> = bars
            .map(|bar| format!("{} {}", bar.name, bar.numbers))
            .collect();
        let words = format!("{title}. {}.", bars.join(", "));
        let axis = axis.clone();
        let falls = vec![fall];
        (WaterfallPanel { title, falls, axis }.draw(), words)
    });
    let panels: Vec<Drawn> = panels.collect();
    let mut notes = Vec::new();
    if is_measure(kpi) {
        notes.push(phrase("measure_note", lang).to_owned());
    }
    notes.push(source(run, "attribution_blocks.csv", lang));
    Figure {
        key: format!("blocks_{}", KPIS[kpi].key),
        title: finding(run, parts, kpi, lang),
        panels,
        n_columns: 2,
        guide: phrase("blocks_guide", lang).to_owned(),
        notes,
    }
}

fn fall(shares: &BlockShares, stands: bool, lang: Lang) -> Waterfall {
    let mut from = 0.0;
    let mut bar = |name: &str, part: Estimate, is_sum: bool| {
        let bar = WaterfallBar {
            name: name.to_owned(),
            from: if is_sum { 0.0 } else { from },
            part,
            numbers: change(Some(part), lang),
            is_shown: stands && matches!(Verdict::of(Some(part)), Verdict::Lower | Verdict::Higher),
            is_sum,
        };
        from += part.mean;
        bar
    };
    let mut bars: Vec<WaterfallBar> = shares
        .blocks
        .iter()
        .map(|one| bar(block_name(one.block, lang), one.share, false))
        .collect();
    bars.push(bar(phrase("attribution_total", lang), shares.total, true));
    Waterfall {
        name: phrase("blocks_fall", lang).to_owned(),
        bars,
    }
}

/// What makes the difference under every form, where something is shown.
fn finding(run: &Run, parts: &BlockParts, kpi: usize, lang: Lang) -> String {
    let clause = |form: usize| {
        let shares = parts.shares(form, kpi)?;
        let blocks = match run.difference_grows(form, run.merged(), kpi) {
            true => phrase("grows", lang).to_owned(),
            false => what_makes_it(shares, lang)?,
        };
        let form = names(run, &[form], lang);
        Some(told(
            "blocks_clause",
            lang,
            &[("form", &form), ("blocks", &blocks)],
        ))
    };
    let mut clauses: Vec<String> = run.variants().filter_map(clause).collect();
    if clauses.is_empty() {
        clauses.push(phrase("blocks_none", lang).to_owned());
    }
    let name = capital(&lang.kpi_alone(kpi));
    let baseline = run.forms()[run.baseline()].short_name(lang);
    let parts = [
        ("kpi", &*name),
        ("baseline", baseline),
        ("clauses", &clauses.join(" ")),
    ];
    told("blocks_finding", lang, &parts)
}
