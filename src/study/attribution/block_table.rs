//! The table of what each building block contributes, and the same read back from a run folder.

use std::collections::BTreeMap;

use super::block::{BlockAttribution, BlockShare, BlockShares};
use crate::experiment::Outcome;
use crate::model::{Block, KPIS};
use crate::report::record::column::{self, column};
use crate::report::record::reading::{Columns, Record, Records};
use crate::report::record::table::{Row, fields_of};
use crate::report::{Column, ReadingError, Run, Table, significant};
use crate::scenario::{Scenario, said};
use crate::stats::Estimate;

/// Name of the table.
const TABLE: &str = "attribution_blocks";
/// In the column of the block: the difference itself.
const TOTAL: &str = "total";

/// Columns of attribution_blocks.csv.
const COLUMNS: &[Column] = &[
    column::FORM,
    column::BASELINE,
    column::REGION,
    column::KPI,
    column::UNIT,
    column(
        "block",
        "",
        "Building block by which the form differs from the baseline; total is the difference itself. A block that is not named contributes nothing.",
        "bouwsteen",
    ),
    column(
        "mean_difference",
        "of the kpi",
        "Mean over replications of the block's share of the difference: the Shapley value, what it changes on average over all orders in which the blocks may come. The shares add up to total.",
        "aandeel in het verschil",
    ),
    Column {
        definition: "Lower end of the interval of the mean (Student t over replications, and over pairs of orders where these are a sample); the intervals of all forms for this block hold at once with 95 % (Bonferroni). Empty with fewer than two values.",
        ..column::CI_LOW
    },
    Column {
        definition: "Upper end of that interval.",
        ..column::CI_HIGH
    },
    column(
        "n",
        "count",
        "Replications in which every composed form showed it.",
        "aantal herhalingen",
    ),
    column(
        "orders",
        "count",
        "Orders of the blocks that were sampled; empty where all were taken together, and the share is exact.",
        "volgordes",
    ),
    column(
        "order_error",
        "of the kpi",
        "Standard error of the share for want of all orders; it is in the interval.",
        "standaardfout door volgordes",
    ),
    column(
        "plus_one",
        "of the kpi",
        "Mean over replications of what the baseline with this block alone has more than the baseline.",
        "estafette plus deze bouwsteen",
    ),
    column(
        "plus_one_low",
        "of the kpi",
        "Lower end of its interval.",
        "ondergrens",
    ),
    column(
        "plus_one_high",
        "of the kpi",
        "Upper end of its interval.",
        "bovengrens",
    ),
    column(
        "less_one",
        "of the kpi",
        "Mean over replications of what the form without this block has more than the form.",
        "vorm min deze bouwsteen",
    ),
    column(
        "less_one_low",
        "of the kpi",
        "Lower end of its interval.",
        "ondergrens",
    ),
    column(
        "less_one_high",
        "of the kpi",
        "Upper end of its interval.",
        "bovengrens",
    ),
];

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
    let rows = cells.flat_map(move |(form, (place, name), kpi)| {
        let shares = attribution.shares(form, place, kpi);
        let orders = attribution.plan.n_orders(form);
        let lead = [
            scenario.cases[form].form.key.clone(),
            scenario.cases[scenario.baseline].form.key.clone(),
            name.clone(),
            KPIS[kpi].key.to_owned(),
            KPIS[kpi].unit.to_owned(),
        ];
        shares
            .map(|shares| rows_of(&lead, &shares, orders))
            .unwrap_or_default()
    });
    let table = Table::new(TABLE, COLUMNS, rows);
    let name = "attribution_blocks_columns";
    let described = column::dictionary(name, [(TABLE, table.columns.as_slice())]);
    let dictionary = Table::new(name, column::COLUMNS, described.into_iter());
    vec![table, dictionary]
}

fn rows_of(lead: &[String], shares: &BlockShares, orders: Option<usize>) -> Vec<Row> {
    let of_block = |one: &BlockShare| {
        let orders = orders.map_or(String::new(), |n| n.to_string());
        let error = significant(Some(one.order_error));
        row(lead, one.block.key(), one.share)
            .chain([orders, error])
            .chain(interval(&one.plus_one))
            .chain(interval(&one.less_one))
            .collect()
    };
    let total = row(lead, TOTAL, shares.total);
    let nothing = std::iter::repeat_n(String::new(), 8);
    let blocks = shares.blocks.iter().map(of_block);
    blocks.chain([total.chain(nothing).collect()]).collect()
}

fn row(lead: &[String], block: &str, share: Estimate) -> impl Iterator<Item = String> {
    let lead: Vec<String> = lead.iter().cloned().chain([block.to_owned()]).collect();
    lead.into_iter().chain(fields_of(Some(share)))
}

fn interval(estimate: &Estimate) -> [String; 3] {
    [estimate.mean, estimate.low, estimate.high].map(|value| significant(Some(value)))
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
        if !run.folder.has(&format!("{TABLE}.csv")) {
            return Ok(None);
        }
        let table = Records::read(&run.folder, TABLE, Columns::Known(COLUMNS))?;
        let (forms, kpis) = (run.form_keys(), KPIS.iter().map(|kpi| kpi.key));
        let kpis: Vec<&str> = kpis.collect();
        let confidence = run.manifest.confidence;
        let together = &run.places[run.merged()];
        let mut blocks: BTreeMap<(usize, usize), Vec<BlockShare>> = BTreeMap::new();
        let mut shares = BTreeMap::new();
        for row in table.rows() {
            if forms.get(run.baseline()) != Some(&row.text("baseline")) {
                return Err(row.broken(said!("another baseline than that of the run")));
            }
            let cell = (row.among("form", &forms)?, row.among("kpi", &kpis)?);
            if row.text("region") != together {
                continue;
            }
            let found = row.estimate(["mean_difference", "ci_low", "ci_high", "n"], confidence)?;
            let found = found.ok_or_else(|| row.broken(said!("mean_difference is empty")))?;
            if row.text("block") == TOTAL {
                let blocks = blocks.remove(&cell).unwrap_or_default();
                shares.insert(
                    cell,
                    BlockShares {
                        blocks,
                        total: found,
                    },
                );
                continue;
            }
            let keys = Block::ALL.map(Block::key);
            blocks.entry(cell).or_default().push(BlockShare {
                block: Block::ALL[row.among("block", &keys)?],
                share: found,
                order_error: row.needed("order_error")?,
                plus_one: told(&row, "plus_one", &found, confidence)?,
                less_one: told(&row, "less_one", &found, confidence)?,
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

/// The estimate in three columns that begin with a name, over as many replications as another.
fn told(
    row: &Record,
    name: &str,
    beside: &Estimate,
    confidence: f64,
) -> Result<Estimate, ReadingError> {
    let end = |end: &str| row.number(&format!("{name}_{end}"));
    let interval = end("low")?.zip(end("high")?);
    let mean = row.needed(name)?;
    Ok(Estimate::from_interval(
        mean, interval, beside.n, confidence,
    ))
}
