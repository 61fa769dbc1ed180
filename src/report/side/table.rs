//! compare.csv: written, and read back.

use super::agreement::Agreement;
use super::comparison::{Cell, SideBySide, Spot};
use crate::experiment::CONFIDENCE;
use crate::report::finding::verdict::Verdict;
use crate::report::record::column::{
    AT_REST, CI_HIGH, CI_LOW, FORM, KPI, MEAN, N, REGION, UNIT, column,
};
use crate::report::record::field::{KpiNumber, Mean, words};
use crate::report::record::reading::{ReadingError, Records};
use crate::report::record::row::record;
use crate::report::record::table::Table;
use crate::scenario::{Folder, said};

words! {
    Agreement, Agreement::ALL, Agreement::key;
    Verdict, Verdict::ALL, |one: Verdict| one.word();
}

record! {
    /// A row of compare.csv.
    pub(crate) struct SideRow<'a> in "compare" {
        /// The run: the name of its folder, or of a scenario's belief set and variant.
        run: &'a str = ("", "run");
        form: &'a str = FORM;
        region: &'a str = REGION;
        kpi: KpiNumber = [KPI, UNIT];
        mean: Mean = [MEAN, CI_LOW, CI_HIGH, N];
        at_rest: bool = AT_REST;
        /// The run with which this one is compared, form by form; empty for the first, and where that has no such form or region.
        compared_with: Option<&'a str> = ("", "vergeleken met run");
        /// replication where both runs have the same seed, replications and regions, and so the same families and chances: the difference is one within replications. none where it is one between independent samples (Welch).
        pairing: Option<&'a str> = ("", "koppeling");
        difference: Mean = [
            column("mean_difference", "of the kpi", "The run's value less that of the run with which it is compared; empty where the figure grows without end in either.", "verschil tussen runs"),
            CI_LOW.named("difference_ci_low").meaning("Lower end of its interval; the intervals of all runs that are compared with the same one hold at once with 95 % (Bonferroni). Empty with fewer than two values."),
            CI_HIGH.named("difference_ci_high").meaning("Upper end of that interval."),
            column("n_difference", "count", "Replications on which the difference rests.", "aantal herhalingen van het verschil"),
        ];
        /// What the form shows against the baseline of its own run, by paired.csv: lower, higher, not_shown, unknown (no interval), or grows where the figure grows without end in either. Empty for the baseline.
        from_baseline: Option<Verdict> = ("", "ten opzichte van de basis");
        /// What that is in all runs that were asked together (the belief sets of one variant, or all runs that were named): lower, higher, not_shown, depends where it is not the same in all, grows where the figure grows without end in one of them. Empty where one of them cannot say.
        in_all: Option<Agreement> = ("", "in alle runs");
    }
}

/// The table of runs side by side, and what its columns mean.
pub fn comparison_tables(found: &SideBySide) -> Vec<Table<'_>> {
    let sides = 0..found.sides.len();
    let rows = sides.flat_map(move |side| {
        let spots = found.spots().into_iter();
        spots.filter_map(move |spot| Some(row(found, side, spot, found.cell(side, spot)?)))
    });
    Table::described("compare_columns", vec![Table::of(rows)])
}

fn row<'a>(found: &'a SideBySide, side: usize, spot: Spot, cell: &Cell) -> SideRow<'a> {
    let own = &found.sides[side];
    let with = own.with.filter(|&with| found.cell(with, spot).is_some());
    let pairing = if cell.is_paired { PAIRED } else { UNPAIRED };
    SideRow {
        run: &own.key,
        form: &found.forms[spot.form].named.key,
        region: &found.places[spot.place],
        kpi: KpiNumber(spot.kpi),
        mean: cell.value.into(),
        at_rest: !cell.grows,
        compared_with: with.map(|with| found.sides[with].key.as_str()),
        pairing: with.map(|_| pairing),
        difference: cell.difference.into(),
        from_baseline: cell.verdict,
        in_all: found.agreement(own.group, spot),
    }
}

const PAIRED: &str = "replication";
const UNPAIRED: &str = "none";

impl SideBySide {
    /// Reads the figures of runs that are known back from their table.
    pub(crate) fn fill(mut self, folder: &Folder) -> Result<Self, ReadingError> {
        let sheet = Records::read::<SideRow>(folder)?;
        let sides: Vec<&str> = self.sides.iter().map(|side| side.key.as_str()).collect();
        let forms: Vec<&str> = self
            .forms
            .iter()
            .map(|one| one.named.key.as_str())
            .collect();
        for line in sheet.rows() {
            let row: SideRow = line.read()?;
            let side = line.among("run", row.run, &sides)?;
            let spot = Spot {
                form: line.among("form", row.form, &forms)?,
                place: line.among("region", row.region, &self.places)?,
                kpi: row.kpi.0,
            };
            let cell = Cell {
                value: line.estimate(row.mean, CONFIDENCE)?,
                grows: !row.at_rest,
                // Only its mean and ends are read again, so whose interval it is does not matter.
                difference: line.estimate(row.difference, CONFIDENCE)?,
                is_paired: row.pairing == Some(PAIRED),
                verdict: row.from_baseline,
            };
            if self.cells.insert((side, spot), cell).is_some() {
                return Err(line.broken(said!("this row is twice there")));
            }
        }
        let n = self.sides.len() * self.spots().len();
        match self.cells.len() == n {
            true => Ok(self),
            false => Err(sheet.broken(said!("rows of a run are missing"))),
        }
    }
}
