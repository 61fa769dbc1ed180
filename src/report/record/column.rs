//! The dictionary: every column of every table, and every KPI.

use crate::experiment::{QUEUE_FIGURES, SERIES, SeriesRow, TEAM_FIGURES};
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
}

impl Column {
    /// The same column in another unit.
    pub(crate) const fn in_unit(self, unit: &'static str) -> Self {
        Column { unit, ..self }
    }
}

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
const CI_LOW_PER_100: Column = Column {
    unit: "per 100 families",
    ..CI_LOW
};
const CI_HIGH_PER_100: Column = Column {
    unit: "per 100 families",
    ..CI_HIGH
};
pub(crate) const AT_REST: Column = column(
    "at_rest",
    "",
    "false where the figure grows without end: a team of the form, in any of the regions, has a queue that does not come to rest, and the figure depends on how long the run is; true elsewhere.",
    "staat vast",
);
const CHANCE_SHARE: Column = column(
    "chance_share",
    "0 to 1",
    "Share of the squared spread over the replications that is chance, from those that run in one world; the rest is what worlds differ in, that is, assumptions. 1 where all run in one world, empty where no world was run twice or nothing differs.",
    "deel toeval",
);
const FUNCTION: Column = column(
    "function",
    "",
    "Key of the function that is waited for.",
    "taak",
);
pub(crate) const TEAM: Column = column("team", "", "Key of the team in the form.", "team");

/// Columns of replications.csv.
pub(crate) const REPLICATIONS: &[Column] = &[
    FORM,
    column(
        "replication",
        "",
        "Number of the replication, from 1: the same number has the same families and the same chance in every form.",
        "herhaling",
    ),
    REGION,
    KPI,
    column(
        "value",
        "of the kpi",
        "Value of the KPI; empty where nothing was observed that it could be about.",
        "waarde",
    ),
];

/// Columns of kpis.csv.
pub(crate) const ESTIMATES: &[Column] = &[
    FORM,
    REGION,
    KPI,
    UNIT,
    MEAN,
    CI_LOW,
    CI_HIGH,
    N,
    AT_REST,
    CHANCE_SHARE,
];

/// Columns of paired.csv.
pub(crate) const PAIRED: &[Column] = &[
    FORM,
    BASELINE,
    REGION,
    KPI,
    UNIT,
    column(
        "mean_difference",
        "of the kpi",
        "Mean over replications of the form's value less the baseline's in the same replication.",
        "gemiddeld verschil",
    ),
    Column {
        definition: "Lower end of the interval of the mean difference (Student t over replications); the intervals of all forms that are compared on this KPI hold at once with 95 % (Bonferroni). Where replications run in worlds of their own, of the difference in the next world. Empty with fewer than two values.",
        ..CI_LOW
    },
    Column {
        definition: "Upper end of that interval.",
        ..CI_HIGH
    },
    column(
        "n",
        "count",
        "Replications in which both forms have a value.",
        "aantal herhalingen",
    ),
    column(
        "sd_paired",
        "of the kpi",
        "Standard deviation of the difference within a replication.",
        "spreiding van het verschil",
    ),
    column(
        "sd_unpaired",
        "of the kpi",
        "Standard deviation that the difference would have had without the same families in both forms.",
        "spreiding zonder koppeling",
    ),
    Column {
        definition: "Whether the figure stands in both forms: false where it grows without end in either, and the difference is none to build on.",
        ..AT_REST
    },
    CHANCE_SHARE,
];

/// Columns of routes.csv.
pub(crate) const ROUTES: &[Column] = &[
    FORM,
    REGION,
    ROUTE,
    column(
        "cases_per_year",
        "per year",
        "Closed cases a year that went this way, mean over replications.",
        "zaken per jaar",
    ),
    column(
        "share",
        "share",
        "Share of all closed cases, 0 to 1; empty if none were closed.",
        "aandeel",
    ),
];

const COUNTED: Column = column(
    "counted",
    "",
    "What is counted: measures, all that the monitor counts and the model has; measures_without_voorlopige_ots; protection, OTS, voorlopige OTS and gezagsbeeindigingen; bans, huisverboden and contactverboden; a kind by its own name; families_with_measure, families with one or more. Of the monitor, measures are all with reclassering.",
    "wat er is geteld",
);

/// Columns of monitor.csv.
pub(crate) const MONITOR: &[Column] = &[
    FORM,
    column(
        "families_until",
        "date",
        "Last day on which support of a counted family began.",
        "gezinnen tot en met",
    ),
    column(
        "measures_until",
        "date",
        "Last day on which a counted measure was ordered; it was ordered after support began.",
        "maatregelen tot en met",
    ),
    column(
        "intake",
        "",
        "When support begins, each family once: help_begun, when voluntary help or drang begins after the first measured day; help_begun_or_running, also where it ran on that day; case_opened, when a melding or own intake opens a case.",
        "begin van de steun",
    ),
    column(
        "group",
        "",
        "Families by what they were when support began: all; light, light concerns and no drang; children; unsafe, structurally or acutely; unsafe_children; acute.",
        "groep gezinnen",
    ),
    column(
        "families",
        "count",
        "Families of the group, all regions together, mean over replications.",
        "gezinnen",
    ),
    column(
        "followed_days",
        "days",
        "Mean time from the beginning of support to measures_until.",
        "dagen gevolgd",
    ),
    column(
        "consult_share",
        "share",
        "Share of families about whom only advice was asked, 0 to 1, for whom families of the group light stand.",
        "aandeel alleen advies",
    ),
    COUNTED,
    column(
        "per_100",
        "per 100 families",
        "What is counted per 100 families, consult_share included, mean over replications.",
        "per 100 gezinnen",
    ),
    CI_LOW_PER_100,
    CI_HIGH_PER_100,
    N,
];

/// Columns of monitor_observed.csv.
pub(crate) const MONITOR_OBSERVED: &[Column] = &[
    column("until", "date", "Date of the monitor.", "peildatum"),
    column(
        "families",
        "count",
        "Families supported since the first day.",
        "gezinnen",
    ),
    column(
        "ended",
        "count",
        "Of those, families whose support had ended; empty where it is not known.",
        "steun gestopt",
    ),
    COUNTED,
    column("number", "count", "Number counted.", "aantal"),
    column(
        "per_100",
        "per 100 families",
        "Number per 100 families.",
        "per 100 gezinnen",
    ),
    column(
        "ci_low",
        "per 100 families",
        "Lower end of the exact 95 % interval (Clopper and Pearson), each measure taken for another family.",
        "ondergrens",
    ),
    column(
        "ci_high",
        "per 100 families",
        "Upper end of the exact 95 % interval (Clopper and Pearson), each measure taken for another family.",
        "bovengrens",
    ),
    column(
        "grade",
        "",
        "How well the count is known: A an official document.",
        "graad",
    ),
];

const SERIES_KEY: Column = column(
    "series",
    "",
    "Key of the series; its unit and definition stand in this dictionary under table series_key.",
    "reeks",
);
const TEAM_OF_SERIES: Column = column(
    "team",
    "",
    "Key of the team in the form; empty where the series is of all families or all teams of the chain together.",
    "team",
);

/// Columns of series.csv.
pub(crate) const QUARTERS: &[Column] = &[
    FORM,
    column(
        "region",
        "",
        "All regions of the run together: NL if none is left out, else totaal.",
        "regio",
    ),
    column(
        "date",
        "",
        "Last day of the quarter of thirteen weeks, counted from the first day of the warm-up.",
        "laatste dag van het kwartaal",
    ),
    column(
        "phase",
        "",
        "measured if the whole quarter lies in the measured period, else warm_up.",
        "fase",
    ),
    TEAM_OF_SERIES,
    SERIES_KEY,
    column("unit", "", "Unit of the series.", "eenheid"),
    column(
        "mean",
        "of the series",
        "Mean over the replications that have a value.",
        "gemiddelde",
    ),
    column(
        "ci_low",
        "of the series",
        "Lower end of the 95 % interval of the mean (Student t over replications); empty with fewer than two values.",
        "ondergrens",
    ),
    column(
        "ci_high",
        "of the series",
        "Upper end of the 95 % interval of the mean (Student t over replications); empty with fewer than two values.",
        "bovengrens",
    ),
    Column {
        name: "n_replications",
        ..N
    },
    column(
        "smoothed",
        "of the series",
        "Welch's moving average: the mean over five quarters with this one in the middle, fewer near the ends; empty where a quarter of them has no value. Where it becomes level the warm-up has ended.",
        "voortschrijdend gemiddelde",
    ),
];

/// Columns of warm_up.csv.
pub(crate) const WARM_UP: &[Column] = &[
    FORM,
    SERIES_KEY,
    TEAM_OF_SERIES,
    column(
        "given_weeks",
        "weeks",
        "Warm-up of the run, in whole weeks.",
        "inlooptijd",
    ),
    column(
        "needed_weeks",
        "weeks",
        "Warm-up that the series needs by the marginal standard error rule (MSER) over the quarters of the whole run, mean of replications; empty if the rule cuts in the second half, so that the series is not at rest within the run, or if the run has fewer than ten quarters.",
        "nodige inlooptijd",
    ),
    column(
        "settles",
        "",
        "true if the rule finds a rest and the measured quarters do not change by 2 % a year or more with an interval that excludes zero; empty if the run is too short to say.",
        "komt tot rust",
    ),
    column(
        "change_percent_per_year",
        "percent per year",
        "Slope of a straight line through the measured quarters as a share of their mean, mean of replications.",
        "verandering per jaar in de gemeten periode",
    ),
    column(
        "ci_low",
        "percent per year",
        "Lower end of the 95 % interval of the change (Student t over replications); empty with fewer than two values.",
        "ondergrens",
    ),
    column(
        "ci_high",
        "percent per year",
        "Upper end of the 95 % interval of the change (Student t over replications); empty with fewer than two values.",
        "bovengrens",
    ),
];

/// Columns of columns.csv.
pub(crate) const COLUMNS: &[Column] = &[
    column(
        "table",
        "",
        "Name of the table, without .csv; kpi for the KPIs themselves; * for all tables.",
        "tabel",
    ),
    column(
        "column",
        "",
        "Header of the column, or key of the KPI.",
        "kolom",
    ),
    column(
        "unit",
        "",
        "Unit of the values; empty for names.",
        "eenheid",
    ),
    column(
        "better",
        "",
        "Which way is better: lower, higher or neither by itself; empty where that makes no sense.",
        "beter",
    ),
    column(
        "definition_en",
        "",
        "What it is, in English.",
        "definitie (Engels)",
    ),
    column("label_nl", "", "Its Dutch name.", "naam (Nederlands)"),
];

/// Columns of teams.csv.
pub(crate) fn teams() -> Vec<Column> {
    let figures = TEAM_FIGURES.iter().map(|figure| Column {
        name: figure.key,
        unit: figure.unit,
        better: figure.better.key(),
        definition: figure.definition,
        label_nl: figure.nl,
    });
    [FORM, REGION, TEAM].into_iter().chain(figures).collect()
}

/// Columns of queues.csv.
pub(crate) fn queues() -> Vec<Column> {
    let figures = QUEUE_FIGURES.iter().map(|figure| Column {
        name: figure.key,
        unit: figure.unit,
        better: figure.better.key(),
        definition: figure.definition,
        label_nl: figure.nl,
    });
    [FORM, REGION, FUNCTION]
        .into_iter()
        .chain(figures)
        .collect()
}

/// How tables are opened without a number being misread.
const OPENING: [&str; 6] = [
    "*",
    "opening",
    "",
    "",
    "Tables are UTF-8, with commas between columns and a point before decimals; to Python and R they need nothing said. Where people write a decimal comma, do not double-click them. Excel: Data, From Text/CSV, Transform Data, then select all columns and Change Type, Using Locale, Decimal Number, English (United States), or set that locale under Options, Current Workbook, Regional Settings before. LibreOffice Calc: in the window that opens choose language English (USA) and the comma as separator. No number has exactly three decimals after at most three digits: Calc would take its point for one between thousands; a zero was added to those.",
    "Tabellen zijn UTF-8, met komma's tussen kolommen en een punt voor decimalen. Open ze niet met een dubbelklik. Excel: Gegevens, Uit tekst/CSV, Gegevens transformeren, kolommen selecteren, Type wijzigen, Met landinstelling, Decimaal getal, Engels (Verenigde Staten). LibreOffice Calc: kies in het venster dat opengaat taal Engels (VS) en de komma als scheidingsteken.",
];

/// Rows of a dictionary of that name: how to open the tables, their columns and its own.
pub(crate) fn dictionary<'t>(
    name: &str,
    tables: impl IntoIterator<Item = (&'t str, &'t [Column])>,
) -> Vec<Vec<String>> {
    let opening = OPENING.map(str::to_owned).to_vec();
    let tables = tables.into_iter();
    let described = tables.flat_map(|(name, columns)| rows_of_table(name, columns));
    let own = rows_of_table(name, COLUMNS);
    [opening].into_iter().chain(described).chain(own).collect()
}

/// Rows of columns.csv that describe the columns of a table.
pub(crate) fn rows_of_table(table: &str, columns: &[Column]) -> Vec<Vec<String>> {
    let row = |column: &Column| {
        [
            table,
            column.name,
            column.unit,
            column.better,
            column.definition,
            column.label_nl,
        ]
        .map(str::to_owned)
        .to_vec()
    };
    columns.iter().map(row).collect()
}

/// Rows of columns.csv that describe the KPIs.
pub(crate) fn rows_of_kpis() -> Vec<Vec<String>> {
    let row = |(number, kpi): (usize, &crate::model::Kpi)| {
        vec![
            "kpi".to_owned(),
            kpi.key.to_owned(),
            kpi.unit.to_owned(),
            kpi.better.key().to_owned(),
            kpi.definition.to_owned(),
            Lang::Nl.kpi_alone(number),
        ]
    };
    KPIS.iter().enumerate().map(row).collect()
}

/// Rows of columns.csv that describe the series.
pub(crate) fn rows_of_series() -> Vec<Vec<String>> {
    let row = |series: &SeriesRow| {
        let fields = [
            "series_key",
            series.key,
            series.unit,
            "",
            series.definition,
            series.nl,
        ];
        fields.map(str::to_owned).to_vec()
    };
    SERIES.iter().map(row).collect()
}
