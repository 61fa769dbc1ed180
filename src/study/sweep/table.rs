//! The tables of a sweep, beside its results.

use std::collections::HashMap;
use std::fmt::Write;
use std::io;

use super::analysis::{Effect, Remark, Sensitivity, Values};
use super::design::SweepDesign;
use super::package::Field;
use super::run::PointSample;
use crate::model::KPIS;
use crate::report::record::column::{FORM, KPI, Meaning, column, dictionary, rows_of_kpis};
use crate::report::record::field::{Ends, Exact};
use crate::report::record::row::{Record, record};
use crate::report::record::table::described;
use crate::report::words::number::exact;
use crate::report::words::text::write_row;
use crate::report::{Column, Kind, Table};
use crate::scenario::{Factor, Grade, Lever, Range, Value};

pub(crate) const POINT: Column = Column {
    kind: Kind::Whole,
    ..column("point", "", "Number of the point, from 1.", "punt")
};

record! {
    /// A row of results.csv.
    pub(crate) struct ResultRow<'a> in "results" {
        point: u32 = POINT;
        form: &'a str = FORM;
        /// Number of the replication, from 1: the same number has the same families and the same chance in every form, at every point.
        replication: u32 = ("", "herhaling");
        kpi: &'a str = KPI;
        /// Value of the KPI, all regions together; empty where nothing was observed that it could be about.
        value: Option<f64> = ("of the kpi", "waarde");
    }
}

record! {
    /// A row of factors.csv.
    struct FactorRow<'a> in "factors" {
        /// Name of the factor: a parameter, or the path of a setting. Its column in design.csv.
        factor: &'a str = ("", "factor");
        /// Unit of its values.
        unit: &'a str = ("", "eenheid");
        /// Value that the scenario has without the sweep; empty where forms differ, or it is a word.
        base: Option<Exact> = ("of the factor", "uitgangswaarde");
        /// Lower end of its range.
        low: Option<Exact> = ("of the factor", "laag");
        /// Upper end of its range.
        high: Option<Exact> = ("of the factor", "hoog");
        /// How values are spread over the range: the distribution of evidence.toml, uniform, or the levels.
        range: String = ("", "spreiding");
        /// How well the parameter is known, A best, D an assumption; empty for a setting.
        grade: Option<Grade> = ("", "zekerheid");
        /// What kind of effect the parameter has on the comparison of forms.
        family: Option<&'a str> = ("", "soort effect");
        /// Where the parameter's value and range come from.
        source: Option<&'a str> = ("", "bron");
    }
}

/// results.csv for some samples.
pub fn results_table<'a>(design: &'a SweepDesign, samples: &'a [PointSample]) -> Table<'a> {
    let rows = samples.iter().flat_map(|sample| {
        let kpis = design.sweep().kpis.iter().zip(&sample.kpis);
        kpis.map(|(&row, &value)| ResultRow {
            point: sample.point as u32,
            form: &design.scenario().cases[sample.case].form.key,
            replication: sample.replication,
            kpi: KPIS[row].key,
            value,
        })
    });
    Table::of(rows)
}

/// Writes design.csv: a column for each factor, a row for each point.
pub(crate) fn write_design(design: &SweepDesign, out: impl io::Write) -> csv::Result<()> {
    let mut out = csv::Writer::from_writer(out);
    let factors = design.sweep().factors.iter();
    let header: Vec<&str> = factors.map(|factor| factor.key.as_str()).collect();
    out.write_record(std::iter::once(POINT.name).chain(header))?;
    for number in 1..=design.n_points() {
        let cells = design.point(number).into_iter();
        let cells = cells.map(|value| value.map_or_else(String::new, |value| cell(&value)));
        write_row(&mut out, std::iter::once(number.to_string()).chain(cells))?;
    }
    Ok(out.flush()?)
}

/// The fields of design.csv.
pub(crate) fn design_fields(design: &SweepDesign) -> Vec<Field> {
    let factors = design.sweep().factors.iter();
    std::iter::once(Field::of(&POINT))
        .chain(factors.map(|factor| Field {
            name: factor.key.clone(),
            unit: unit(design, factor),
            kind: Kind::of_unit(unit(design, factor)),
            title: "factor",
            description: "Value of the factor, which factors.csv describes; empty: as the scenario has it.",
        }))
        .collect()
}

/// Reads rows of results.csv back.
pub(crate) struct ResultReader {
    forms: HashMap<String, usize>,
    /// By the key of the KPI.
    kpis: HashMap<&'static str, usize>,
}

impl ResultReader {
    pub(crate) fn of(design: &SweepDesign) -> Self {
        let cases = design.scenario().cases.iter().enumerate();
        let kpis = design.sweep().kpis.iter().enumerate();
        ResultReader {
            forms: cases
                .map(|(case, one)| (one.form.key.clone(), case))
                .collect(),
            kpis: kpis.map(|(kpi, &row)| (KPIS[row].key, kpi)).collect(),
        }
    }

    /// Takes the value of a row.
    pub(crate) fn read(&self, line: &str, values: &mut Values) -> io::Result<()> {
        let cells: Vec<&str> = line.trim_end().split(',').collect();
        let wrong =
            || io::Error::other(format!("`{}` is no result of this sweep", line.trim_end()));
        let [point, form, replication, kpi, value] = cells[..] else {
            return Err(wrong());
        };
        let place = || {
            let (point, replication) = (point.parse().ok()?, replication.parse().ok()?);
            Some((
                point,
                *self.forms.get(form)?,
                replication,
                *self.kpis.get(kpi)?,
            ))
        };
        let (point, case, replication, kpi) = place().ok_or_else(wrong)?;
        let value = match value {
            "" => f64::NAN,
            value => value.parse().map_err(|_| wrong())?,
        };
        values.take(point, case, replication, kpi, value);
        Ok(())
    }
}

record! {
    /// A row of sensitivity.csv.
    struct EffectRow<'a> in "sensitivity" {
        kpi: &'a str = KPI;
        form: &'a str = FORM;
        /// level: the KPI of the form itself. difference: that of the form less that of the baseline, replication by replication.
        measure: &'a str = ("", "maat");
        /// Name of the factor; empty for what is said of all together.
        factor: Option<&'a str> = ("", "factor");
        /// Morris: mu, mu_star (mean and mean absolute change of the KPI over the whole range of the factor), sigma (how much it changes from place to place), noise (standard deviation that chance alone gives a change). Saltelli: first_order and total, shares of the variance; variance; noise_share, the share of chance in what a point shows. One at a time: the change at the low end, high end or level.
        statistic: &'a str = ("", "grootheid");
        value: Ends = [
            column("value", "of the statistic", "Its value: in the unit of the KPI, squared for a variance; shares of 1. Empty where remark says why.", "waarde"),
            column("ci_low", "of the statistic", "Lower end of its 95 % interval: bootstrap over trajectories or rows, Student t over replications for one at a time. Empty with fewer than two of these.", "ondergrens"),
            column("ci_high", "of the statistic", "Upper end of its 95 % interval.", "bovengrens"),
        ];
        /// What it was computed from: trajectories of Morris, rows of Saltelli, replications of one at a time, in which every value is there.
        n: usize = ("count", "aantal");
        /// How many of these were left out because the KPI has no value somewhere in them. Those that are left are then no random part of the ranges.
        n_missing: usize = ("count", "aantal weggelaten");
        /// noise: a share below 0 or above 1, or of a variance that cannot be told from 0, is chance and no share, and has no value where the variance came out below 0; more points or replications are needed. missing: nothing was whole. fixed: in what was whole the factor has one value only. constant: the KPI does not vary. Empty otherwise.
        remark: Option<&'a str> = ("", "opmerking");
    }
}

fn effect_row<'a>(design: &'a SweepDesign, one: &Sensitivity, effect: &'a Effect) -> EffectRow<'a> {
    let (sweep, scenario) = (design.sweep(), design.scenario());
    EffectRow {
        kpi: KPIS[sweep.kpis[one.measure.kpi]].key,
        form: &scenario.cases[one.measure.case].form.key,
        measure: match one.measure.is_difference {
            true => "difference",
            false => "level",
        },
        factor: one.factor.map(|factor| sweep.factors[factor].key.as_str()),
        statistic: &effect.statistic,
        value: [effect.value, effect.low, effect.high],
        n: effect.n,
        n_missing: effect.n_missing,
        remark: effect.remark.map(Remark::key),
    }
}

/// Every table but the design and the results; the last is the dictionary.
pub fn sweep_tables<'a>(
    design: &'a SweepDesign<'a>,
    sensitivities: Option<&'a [Sensitivity]>,
) -> Vec<Table<'a>> {
    let factors = design.sweep().factors.iter();
    let mut tables = vec![Table::of(factors.map(|factor| factor_row(design, factor)))];
    if let Some(all) = sensitivities {
        tables.push(Table::of(all.iter().flat_map(move |one| {
            let effects = one.effects.iter();
            effects.map(move |effect| effect_row(design, one, effect))
        })));
    }
    let results = ResultRow::columns();
    let first = [("design", &[POINT][..]), (ResultRow::TABLE, &results)];
    let rows = dictionary("columns", first.into_iter().chain(described(&tables)));
    let rows = rows.into_iter().chain(rows_of_kpis());
    tables.push(Table::new("columns", Meaning::columns(), rows));
    tables
}

/// A value of a factor as it stands in a table.
fn cell(value: &Value) -> String {
    match value {
        Value::Number(number) => exact(*number),
        value => value.to_string(),
    }
}

fn unit(design: &SweepDesign, factor: &Factor) -> &'static str {
    match (&factor.lever, &factor.range) {
        (Lever::Parameter(row), _) => design.scenario().ledger[*row].spec.unit.key(),
        (Lever::WarmUp | Lever::Measured, _) => "days",
        (Lever::Setting(_), Range::Between(..)) => "of the setting",
        (Lever::Setting(_) | Lever::Block(_), _) => "",
    }
}

fn factor_row<'a>(design: &'a SweepDesign, factor: &'a Factor) -> FactorRow<'a> {
    let ledger = &design.scenario().ledger;
    let entry = match factor.lever {
        Lever::Parameter(row) => Some(&ledger[row]),
        _ => None,
    };
    let (ends, range) = match &factor.range {
        Range::Evidence(entry) => (
            Some((entry.low, entry.high)),
            entry.distribution.key().to_owned(),
        ),
        &Range::Between(low, high) => (Some((low, high)), "uniform".to_owned()),
        Range::Levels(levels) => {
            let levels: Vec<String> = levels.iter().map(cell).collect();
            (None, levels.join(" | "))
        }
    };
    FactorRow {
        factor: &factor.key,
        unit: unit(design, factor),
        base: entry.map(|entry| Exact(entry.value_in_effect)),
        low: ends.map(|(low, _)| Exact(low)),
        high: ends.map(|(_, high)| Exact(high)),
        range,
        grade: entry.map(|entry| entry.grade),
        family: entry.map(|entry| entry.family.key()),
        source: entry.map(|entry| entry.source.as_str()),
    }
}

/// The scenario as it was resolved, with a sweep over the points of design.csv: run beside it, in
/// the same library, it gives the same results.
pub(crate) fn scenario_toml(design: &SweepDesign) -> String {
    let mut text = design.scenario().to_toml();
    let kpis = design
        .sweep()
        .kpis
        .iter()
        .map(|&row| format!("{:?}", KPIS[row].key));
    let kpis: Vec<String> = kpis.collect();
    let _ = write!(
        text,
        "\n[sweep]\ndesign = \"list\"\nlist = \"design.csv\"\nkpis = [{}]\n",
        kpis.join(", ")
    );
    text
}
