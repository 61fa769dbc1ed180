//! compare.csv: written, and read back.

use super::comparison::{Cell, SideBySide, Spot};
use crate::experiment::CONFIDENCE;
use crate::model::KPIS;
use crate::report::finding::verdict::Verdict;
use crate::report::record::column::{
    self, AT_REST, CI_HIGH, CI_LOW, Column, FORM, KPI, MEAN, N, REGION, UNIT, column,
};
use crate::report::record::reading::{Columns, ReadingError, Record, Records};
use crate::report::record::table::{Row, Table, described, fields_of};
use crate::report::words::number::significant;
use crate::scenario::{Folder, said};

/// Name of the table.
pub(crate) const TABLE: &str = "compare";
const DICTIONARY: &str = "compare_columns";

const COLUMNS: &[Column] = &[
    column(
        "run",
        "",
        "The run: the name of its folder, or of a scenario's belief set and variant.",
        "run",
    ),
    FORM,
    REGION,
    KPI,
    UNIT,
    MEAN,
    CI_LOW,
    CI_HIGH,
    N,
    AT_REST,
    column(
        "compared_with",
        "",
        "The run with which this one is compared, form by form; empty for the first, and where that has no such form or region.",
        "vergeleken met run",
    ),
    column(
        "pairing",
        "",
        "replication where both runs have the same seed, replications and regions, and so the same families and chances: the difference is one within replications. none where it is one between independent samples (Welch).",
        "koppeling",
    ),
    column(
        "mean_difference",
        "of the kpi",
        "The run's value less that of the run with which it is compared; empty where the figure grows without end in either.",
        "verschil tussen runs",
    ),
    Column {
        name: "difference_ci_low",
        definition: "Lower end of its interval; the intervals of all runs that are compared with the same one hold at once with 95 % (Bonferroni). Empty with fewer than two values.",
        ..CI_LOW
    },
    Column {
        name: "difference_ci_high",
        definition: "Upper end of that interval.",
        ..CI_HIGH
    },
    column(
        "n_difference",
        "count",
        "Replications on which the difference rests.",
        "aantal herhalingen van het verschil",
    ),
    column(
        "from_baseline",
        "",
        "What the form shows against the baseline of its own run, by paired.csv: lower, higher, not_shown, unknown (no interval), or grows where the figure grows without end in either. Empty for the baseline.",
        "ten opzichte van de basis",
    ),
    column(
        "in_all",
        "",
        "What that is in all runs that were asked together (the belief sets of one variant, or all runs that were named): lower, higher, not_shown, depends where it is not the same in all, grows where the figure grows without end in one of them. Empty where one of them cannot say.",
        "in alle runs",
    ),
];

/// The table of runs side by side, and what its columns mean.
pub fn comparison_tables(found: &SideBySide) -> Vec<Table<'_>> {
    let sides = 0..found.sides.len();
    let rows = sides.flat_map(move |side| {
        let spots = found.spots().into_iter();
        spots.filter_map(move |spot| Some(row(found, side, spot, found.cell(side, spot)?)))
    });
    let mut tables = vec![Table::new(TABLE, COLUMNS, rows)];
    let rows = column::dictionary(DICTIONARY, described(&tables));
    tables.push(Table::new(DICTIONARY, column::COLUMNS, rows.into_iter()));
    tables
}

fn row(found: &SideBySide, side: usize, spot: Spot, cell: &Cell) -> Row {
    let own = &found.sides[side];
    let kpi = &KPIS[spot.kpi];
    let mut row = vec![
        own.key.clone(),
        found.forms[spot.form].named.key.clone(),
        found.places[spot.place].clone(),
        kpi.key.to_owned(),
        kpi.unit.to_owned(),
    ];
    row.extend(fields_of(cell.value));
    row.push((!cell.grows).to_string());
    let with = own.with.filter(|&with| found.cell(with, spot).is_some());
    let pairing = match cell.is_paired {
        true => PAIRED,
        false => UNPAIRED,
    };
    let words = with.map(|with| [found.sides[with].key.clone(), pairing.to_owned()]);
    row.extend(words.unwrap_or_default());
    row.extend(match cell.difference {
        // A mean of one value has ends that no table holds.
        Some(one) => fields_of(Some(one)),
        None => [
            significant(None),
            String::new(),
            String::new(),
            "0".to_owned(),
        ],
    });
    row.push(cell.verdict.map_or("", Verdict::word).to_owned());
    let agreement = found.agreement(own.group, spot);
    row.push(agreement.map_or("", |one| one.key()).to_owned());
    row
}

const PAIRED: &str = "replication";
const UNPAIRED: &str = "none";

impl SideBySide {
    /// Reads the figures of runs that are known back from their table.
    pub(crate) fn fill(mut self, folder: &Folder) -> Result<Self, ReadingError> {
        let sheet = Records::read(folder, TABLE, Columns::Known(COLUMNS))?;
        let sides: Vec<&str> = self.sides.iter().map(|side| side.key.as_str()).collect();
        let forms: Vec<&str> = self
            .forms
            .iter()
            .map(|one| one.named.key.as_str())
            .collect();
        let places: Vec<&str> = self.places.iter().map(String::as_str).collect();
        let kpis: Vec<&str> = KPIS.iter().map(|kpi| kpi.key).collect();
        let words: Vec<&str> = Verdict::ALL.iter().map(|one| one.word()).collect();
        for line in sheet.rows() {
            let side = line.among("run", &sides)?;
            let spot = Spot {
                form: line.among("form", &forms)?,
                place: line.among("region", &places)?,
                kpi: line.among("kpi", &kpis)?,
            };
            let cell = cell(&line, &words)?;
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

fn cell(line: &Record, words: &[&str]) -> Result<Cell, ReadingError> {
    let difference = [
        "mean_difference",
        "difference_ci_low",
        "difference_ci_high",
        "n_difference",
    ];
    Ok(Cell {
        value: line.estimate(["mean", "ci_low", "ci_high", "n"], CONFIDENCE)?,
        grows: line.among("at_rest", &["true", "false"])? == 1,
        // Only its mean and ends are read again, so whose interval it is does not matter.
        difference: line.estimate(difference, CONFIDENCE)?,
        is_paired: line.text("pairing") == PAIRED,
        verdict: match line.text("from_baseline") {
            "" => None,
            _ => Some(Verdict::ALL[line.among("from_baseline", words)?]),
        },
    })
}
