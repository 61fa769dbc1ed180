//! The dictionary: every column of every table, and every KPI.

use super::row::{Record, record};
use super::table::Row;
use super::typed::Kind;
use crate::experiment::SERIES;
use crate::model::KPIS;
use crate::report::Lang;

/// A column of a table.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub struct Column {
    /// Its header.
    pub name: &'static str,
    /// Its unit; empty for a name.
    pub unit: &'static str,
    /// Which way is better; empty where that makes no sense.
    pub better: &'static str,
    /// What it is.
    pub definition: &'static str,
    /// Its Dutch name.
    pub label_nl: &'static str,
    /// What it holds.
    pub kind: Kind,
}

impl Column {
    /// The same column in another unit.
    pub(crate) const fn in_unit(self, unit: &'static str) -> Self {
        Column { unit, ..self }
    }

    /// The same column with another meaning.
    pub(crate) const fn meaning(self, definition: &'static str) -> Self {
        Column { definition, ..self }
    }

    /// The same column under another name.
    pub(crate) const fn named(self, name: &'static str) -> Self {
        Column { name, ..self }
    }
}

/// A column of numbers if it has a unit, else of words.
pub(crate) const fn column(
    name: &'static str,
    unit: &'static str,
    definition: &'static str,
    label_nl: &'static str,
) -> Column {
    Column {
        name,
        unit,
        better: "",
        definition,
        label_nl,
        kind: Kind::of_unit(unit),
    }
}

pub(crate) const FORM: Column = column("form", "", "Key of the form of organisation.", "vorm");
pub(crate) const REGION: Column = column(
    "region",
    "",
    "Name of the veiligheidsregio; NL is all 25 together, totaal all regions of a run with fewer. All together is computed from the families of all regions, not from the regions' figures.",
    "regio",
);
pub(crate) const KPI: Column = column(
    "kpi",
    "",
    "Key of the KPI; its unit, definition and which way is better stand in this dictionary under table kpi.",
    "indicator",
);
pub(crate) const BASELINE: Column = column(
    "baseline",
    "",
    "Key of the form with which it is compared.",
    "vergeleken met",
);
pub(crate) const MEAN: Column = column(
    "mean",
    "of the kpi",
    "Mean over the replications that have a value.",
    "gemiddelde",
);
pub(crate) const N: Column = column(
    "n",
    "count",
    "Replications that have a value.",
    "aantal herhalingen",
);
pub(crate) const ROUTE: Column = column(
    "route",
    "",
    "Way that a closed case has gone through the chain.",
    "route",
);
pub(crate) const UNIT: Column = column("unit", "", "Unit of the KPI.", "eenheid");
pub(crate) const CI_LOW: Column = column(
    "ci_low",
    "of the kpi",
    "Lower end of the 95 % interval of the mean (Student t over replications), or, where replications run in worlds of their own, of the next world; empty with fewer than two values.",
    "ondergrens",
);
pub(crate) const CI_HIGH: Column = column(
    "ci_high",
    "of the kpi",
    "Upper end of that interval.",
    "bovengrens",
);
pub(crate) const AT_REST: Column = column(
    "at_rest",
    "",
    "false where the figure grows without end: a team of the form, in any of the regions, has a queue that does not come to rest, and the figure depends on how long the run is; true elsewhere.",
    "staat vast",
);
pub(crate) const TEAM: Column = column("team", "", "Key of the team in the form.", "team");

record! {
    /// A row of a dictionary.
    pub(crate) struct Meaning<'a> in "columns" {
        /// Name of the table, without .csv; kpi for the KPIs themselves; * for all tables.
        table: &'a str = ("", "tabel");
        /// Header of the column, or key of the KPI.
        column: &'a str = ("", "kolom");
        /// Unit of the values; empty for names.
        unit: &'a str = ("", "eenheid");
        /// Which way is better: lower, higher or neither by itself; empty where that makes no sense.
        better: &'a str = ("", "beter");
        /// What it is, in English.
        definition_en: &'a str = ("", "definitie (Engels)");
        /// Its Dutch name.
        label_nl: String = ("", "naam (Nederlands)");
    }
}

/// How tables are opened without a number being misread.
const OPENING: [&str; 2] = [
    "Tables are UTF-8, with commas between columns and a point before decimals; to Python and R they need nothing said. Where people write a decimal comma, do not double-click them. Excel: Data, From Text/CSV, Transform Data, then select all columns and Change Type, Using Locale, Decimal Number, English (United States), or set that locale under Options, Current Workbook, Regional Settings before. LibreOffice Calc: in the window that opens choose language English (USA) and the comma as separator. No number has exactly three decimals after at most three digits: Calc would take its point for one between thousands; a zero was added to those.",
    "Tabellen zijn UTF-8, met komma's tussen kolommen en een punt voor decimalen. Open ze niet met een dubbelklik. Excel: Gegevens, Uit tekst/CSV, Gegevens transformeren, kolommen selecteren, Type wijzigen, Met landinstelling, Decimaal getal, Engels (Verenigde Staten). LibreOffice Calc: kies in het venster dat opengaat taal Engels (VS) en de komma als scheidingsteken.",
];

/// Rows of a dictionary of that name: how to open the tables, their columns and its own.
pub(crate) fn dictionary<'t>(
    name: &str,
    tables: impl IntoIterator<Item = (&'t str, &'t [Column])>,
) -> Vec<Row> {
    let [definition_en, label_nl] = OPENING;
    let opening = Meaning {
        table: "*",
        column: "opening",
        unit: "",
        better: "",
        definition_en,
        label_nl: label_nl.to_owned(),
    };
    let tables = tables.into_iter();
    let described = tables.flat_map(|(name, columns)| rows_of_table(name, columns));
    let own = rows_of_table(name, &Meaning::columns());
    let opening = [opening.write()].into_iter();
    opening.chain(described).chain(own).collect()
}

/// Rows of columns.csv that describe the columns of a table.
pub(crate) fn rows_of_table(table: &str, columns: &[Column]) -> Vec<Row> {
    let row = |column: &Column| Meaning {
        table,
        column: column.name,
        unit: column.unit,
        better: column.better,
        definition_en: column.definition,
        label_nl: column.label_nl.to_owned(),
    };
    columns.iter().map(|one| row(one).write()).collect()
}

/// Rows of columns.csv that describe the KPIs.
pub(crate) fn rows_of_kpis() -> impl Iterator<Item = Row> {
    let rows = KPIS.iter().enumerate().map(|(number, kpi)| Meaning {
        table: "kpi",
        column: kpi.key,
        unit: kpi.unit,
        better: kpi.better.key(),
        definition_en: kpi.definition,
        label_nl: Lang::Nl.kpi_alone(number),
    });
    rows.map(Meaning::write)
}

/// Rows of columns.csv that describe the series.
pub(crate) fn rows_of_series() -> impl Iterator<Item = Row> {
    let rows = SERIES.iter().map(|series| Meaning {
        table: "series_key",
        column: series.key,
        unit: series.unit,
        better: "",
        definition_en: series.definition,
        label_nl: series.nl.to_owned(),
    });
    rows.map(Meaning::write)
}
