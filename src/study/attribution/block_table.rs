//! The table of what each building block contributes, and the same read back from a run folder.

use std::collections::BTreeMap;

use super::block::{BlockAttribution, BlockShare, BlockShares};
use crate::experiment::Outcome;
use crate::model::{Block, KPIS};
use crate::report::record::column::{
    BASELINE, CI_HIGH, CI_LOW, FORM, KPI, N, REGION, UNIT, column,
};
use crate::report::record::field::{Ends, KpiNumber, Mean, with_ends};
use crate::report::record::reading::Records;
use crate::report::record::row::record;
use crate::report::{ReadingError, Run, Table};
use crate::scenario::{Scenario, said};
use crate::stats::Estimate;

/// In the column of the block: the difference itself.
const TOTAL: &str = "total";
const LOW: &str = "Lower end of its interval.";
const HIGH: &str = "Upper end of its interval.";

record! {
    /// A row of attribution_blocks.csv.
    #[derive(Clone)]
    struct BlockRow<'a> in "attribution_blocks" {
        form: &'a str = FORM;
        baseline: &'a str = BASELINE;
        region: &'a str = REGION;
        kpi: KpiNumber = [KPI, UNIT];
        /// Building block by which the form differs from the baseline; total is the difference itself. A block that is not named contributes nothing.
        block: &'a str = ("", "bouwsteen");
        difference: Mean = [
            column("mean_difference", "of the kpi", "Mean over replications of the block's share of the difference: the Shapley value, what it changes on average over all orders in which the blocks may come. The shares add up to total.", "aandeel in het verschil"),
            CI_LOW.meaning("Lower end of the interval of the mean (Student t over replications, and over pairs of orders where these are a sample); the intervals of all forms for this block hold at once with 95 % (Bonferroni). Empty with fewer than two values."),
            CI_HIGH.meaning("Upper end of that interval."),
            N.meaning("Replications in which every composed form showed it."),
        ];
        /// Orders of the blocks that were sampled; empty where all were taken together, and the share is exact.
        orders: Option<usize> = ("count", "volgordes");
        /// Standard error of the share for want of all orders; it is in the interval.
        order_error: Option<f64> = ("of the kpi", "standaardfout door volgordes");
        plus_one: Ends = [
            column("plus_one", "of the kpi", "Mean over replications of what the baseline with this block alone has more than the baseline.", "estafette plus deze bouwsteen"),
            column("plus_one_low", "of the kpi", LOW, "ondergrens"),
            column("plus_one_high", "of the kpi", HIGH, "bovengrens"),
        ];
        less_one: Ends = [
            column("less_one", "of the kpi", "Mean over replications of what the form without this block has more than the form.", "vorm min deze bouwsteen"),
            column("less_one_low", "of the kpi", LOW, "ondergrens"),
            column("less_one_high", "of the kpi", HIGH, "bovengrens"),
        ];
    }
}

/// The table of the parts of every difference in every place, and its dictionary.
pub fn block_tables<'a>(
    scenario: &'a Scenario,
    outcome: &'a Outcome,
    attribution: &'a BlockAttribution,
) -> Vec<Table<'a>> {
    let forms = 0..scenario.cases.len();
    let cells = forms.flat_map(|form| {
        let places = outcome.places().iter().enumerate();
        places.flat_map(move |place| (0..KPIS.len()).map(move |kpi| (form, place, kpi)))
    });
    let rows = cells.flat_map(move |(form, (place, region), kpi)| {
        let Some(shares) = attribution.shares(form, place, kpi) else {
            return Vec::new();
        };
        let total = BlockRow {
            form: &scenario.cases[form].form.key,
            baseline: &scenario.cases[scenario.baseline].form.key,
            region,
            kpi: KpiNumber(kpi),
            block: TOTAL,
            difference: shares.total.into(),
            orders: None,
            order_error: None,
            plus_one: with_ends(None),
            less_one: with_ends(None),
        };
        let of_block = |one: &BlockShare| BlockRow {
            block: one.block.key(),
            difference: one.share.into(),
            orders: attribution.plan.n_orders(form),
            order_error: Some(one.order_error),
            plus_one: with_ends(Some(one.plus_one)),
            less_one: with_ends(Some(one.less_one)),
            ..total.clone()
        };
        let mut rows: Vec<BlockRow> = shares.blocks.iter().map(of_block).collect();
        rows.push(total);
        rows
    });
    Table::described("attribution_blocks_columns", vec![Table::of(rows)])
}

/// The parts of every difference from the baseline, all regions together, read back.
#[derive(Clone, PartialEq, Debug)]
pub(crate) struct BlockParts {
    /// By form and KPI.
    shares: BTreeMap<(usize, usize), BlockShares>,
}

impl BlockParts {
    /// Reads the parts; none if the folder is one of a run alone.
    ///
    /// # Errors
    ///
    /// When the table is there and not whole.
    pub(crate) fn read(run: &Run) -> Result<Option<Self>, ReadingError> {
        let Some(table) = Records::find::<BlockRow>(&run.folder)? else {
            return Ok(None);
        };
        let forms = run.form_keys();
        let confidence = run.manifest.confidence;
        let together = &run.places[run.merged()];
        let mut blocks: BTreeMap<(usize, usize), Vec<BlockShare>> = BTreeMap::new();
        let mut shares = BTreeMap::new();
        for line in table.rows() {
            let row: BlockRow = line.read()?;
            if forms.get(run.baseline()) != Some(&row.baseline) {
                return Err(line.broken(said!("another baseline than that of the run")));
            }
            let cell = (line.among("form", row.form, &forms)?, row.kpi.0);
            if row.region != together {
                continue;
            }
            let found = line.estimate(row.difference, confidence)?;
            let found = line.needed("mean_difference", found)?;
            if row.block == TOTAL {
                let blocks = blocks.remove(&cell).unwrap_or_default();
                let total = found;
                shares.insert(cell, BlockShares { blocks, total });
                continue;
            }
            // Over as many replications as the share.
            let whole = |name: &str, [mean, low, high]: Ends| {
                let mean = line.needed(name, mean)?;
                let interval = low.zip(high);
                Ok(Estimate::from_interval(mean, interval, found.n, confidence))
            };
            let keys = Block::ALL.map(Block::key);
            blocks.entry(cell).or_default().push(BlockShare {
                block: Block::ALL[line.among("block", row.block, &keys)?],
                share: found,
                order_error: line.needed("order_error", row.order_error)?,
                plus_one: whole("plus_one", row.plus_one)?,
                less_one: whole("less_one", row.less_one)?,
            });
        }
        if shares.is_empty() || !blocks.is_empty() {
            return Err(table.broken(said!("rows are missing")));
        }
        Ok(Some(BlockParts { shares }))
    }

    /// The parts of the difference of a KPI between a form and the baseline.
    pub(crate) fn shares(&self, form: usize, kpi: usize) -> Option<&BlockShares> {
        self.shares.get(&(form, kpi))
    }
}
