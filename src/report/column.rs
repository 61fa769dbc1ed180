//! The dictionary: every column of every table, and every KPI.

use super::Lang;
use crate::experiment::TEAM_FIGURES;
use crate::model::KPIS;

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

pub(super) const fn column(
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

const FORM: Column = column("form", "", "Key of the form of organisation.", "vorm");
const REGION: Column = column(
    "region",
    "",
    "Name of the veiligheidsregio; NL is all 25 together, totaal all regions of a run with fewer. All together is computed from the families of all regions, not from the regions' figures.",
    "regio",
);
const KPI: Column = column(
    "kpi",
    "",
    "Key of the KPI; its unit, definition and which way is better stand in this dictionary under table kpi.",
    "indicator",
);
const UNIT: Column = column("unit", "", "Unit of the KPI.", "eenheid");
const CI_LOW: Column = column(
    "ci_low",
    "of the kpi",
    "Lower end of the 95 % interval of the mean (Student t over replications); empty with fewer than two values.",
    "ondergrens",
);
const CI_HIGH: Column = column(
    "ci_high",
    "of the kpi",
    "Upper end of the 95 % interval of the mean (Student t over replications); empty with fewer than two values.",
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
const TEAM: Column = column("team", "", "Key of the team in the form.", "team");

/// Columns of replications.csv.
pub(super) const REPLICATIONS: &[Column] = &[
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
pub(super) const ESTIMATES: &[Column] = &[
    FORM,
    REGION,
    KPI,
    UNIT,
    column(
        "mean",
        "of the kpi",
        "Mean over the replications that have a value.",
        "gemiddelde",
    ),
    CI_LOW,
    CI_HIGH,
    column(
        "n",
        "count",
        "Replications that have a value.",
        "aantal herhalingen",
    ),
];

const PARAMETER: Column = column("parameter", "", "Key of a free parameter.", "parameter");
const WAVE: Column = column("wave", "", "Number of the wave, from 1.", "golf");

/// Columns of targets.csv.
pub(super) const TARGETS: &[Column] = &[
    column("target", "", "Key of the target.", "doel"),
    KPI,
    UNIT,
    column(
        "regions",
        "",
        "Regions that it is about; empty for the country. A share is that of these regions in the country's number.",
        "regio's",
    ),
    column(
        "use",
        "",
        "fit: the fit saw it. validation: it was kept apart, to test the fit.",
        "gebruik",
    ),
    column(
        "grade",
        "",
        "How well the target is known: A, A°, B, C or D.",
        "graad",
    ),
    column("value", "of the kpi", "The known value.", "bekend"),
    column(
        "low",
        "of the kpi",
        "Lower end of its band.",
        "ondergrens band",
    ),
    column(
        "high",
        "of the kpi",
        "Upper end of its band.",
        "bovengrens band",
    ),
    column(
        "simulated_mean",
        "of the kpi",
        "Mean over replications of the estafettemodel with the chosen values.",
        "gesimuleerd",
    ),
    CI_LOW,
    CI_HIGH,
    column(
        "n",
        "count",
        "Replications that have a value.",
        "aantal herhalingen",
    ),
    column(
        "is_in_band",
        "",
        "Whether the mean lies in the band.",
        "binnen de band",
    ),
    column(
        "distance",
        "standard deviations",
        "How far the mean lies from the value, on the scale of logarithms or log-odds, the band taken for a 95 % interval.",
        "afstand",
    ),
    column(
        "source",
        "",
        "Where the target comes from, and how wide its band is.",
        "bron",
    ),
];

/// Columns of parameters.csv.
pub(super) const PARAMETERS: &[Column] = &[
    PARAMETER,
    column("unit", "", "Its unit.", "eenheid"),
    column(
        "grade",
        "",
        "How well it is known without the fit.",
        "graad",
    ),
    column(
        "prior_value",
        "of the parameter",
        "Value of the evidence.",
        "vooraf",
    ),
    column(
        "prior_low",
        "of the parameter",
        "Lower end of its range.",
        "vooraf laag",
    ),
    column(
        "prior_high",
        "of the parameter",
        "Upper end of its range.",
        "vooraf hoog",
    ),
    column(
        "chosen",
        "of the parameter",
        "The value that the baseline now has.",
        "gekozen",
    ),
    column(
        "p05",
        "of the parameter",
        "5 % of the draws lie below it.",
        "5 %",
    ),
    column(
        "p50",
        "of the parameter",
        "Half of the draws lie below it.",
        "50 %",
    ),
    column(
        "p95",
        "of the parameter",
        "95 % of the draws lie below it.",
        "95 %",
    ),
    column(
        "spread_left",
        "share",
        "Spread of the draws against that of the prior, on the prior's own scale: 1 when the targets say nothing about it.",
        "spreiding over",
    ),
    column(
        "verdict",
        "",
        "identified: at most half of the spread is left. not_identified: nine tenths or more. Else partly.",
        "oordeel",
    ),
];

/// Columns of waves.csv.
pub(super) const WAVES: &[Column] = &[
    WAVE,
    column(
        "scope",
        "",
        "sample: some regions. country: all 25.",
        "gebied",
    ),
    column("n_runs", "count", "Runs of the wave.", "aantal runs"),
    column(
        "n_not_ruled_out",
        "count",
        "Runs in which every fitted target is within three standard deviations.",
        "niet uitgesloten",
    ),
    column(
        "least_distance",
        "standard deviations",
        "The largest distance from a fitted target, in the run where it is smallest.",
        "kleinste afstand",
    ),
    column(
        "prior_left",
        "share",
        "Share of the prior in which the emulators keep every target within three standard deviations.",
        "vooraf over",
    ),
    column("target", "", "Key of a fitted target.", "doel"),
    column(
        "predicted_share",
        "share",
        "Share of the variance of its values that its emulator predicts at runs it has not seen.",
        "voorspeld",
    ),
];

/// Columns of runs.csv.
pub(super) const RUNS: &[Column] = &[
    column("run", "", "Number of the run, from 1.", "run"),
    WAVE,
    column("kind", "", "parameter, or target.", "soort"),
    column(
        "key",
        "",
        "Key of the parameter or of the target.",
        "sleutel",
    ),
    column(
        "value",
        "of the key",
        "Value of the parameter, or what the run showed, blown up to the country.",
        "waarde",
    ),
];

/// Columns of draws.csv.
pub(super) const DRAWS: &[Column] = &[
    column(
        "draw",
        "",
        "Number of a draw, from 1: values of all free parameters that together agree with the targets.",
        "trekking",
    ),
    PARAMETER,
    column(
        "value",
        "of the parameter",
        "Value of the parameter.",
        "waarde",
    ),
];

/// Columns of paired.csv.
pub(super) const PAIRED: &[Column] = &[
    FORM,
    column(
        "baseline",
        "",
        "Key of the form with which it is compared.",
        "vergeleken met",
    ),
    REGION,
    KPI,
    UNIT,
    column(
        "mean_difference",
        "of the kpi",
        "Mean over replications of the form's value less the baseline's in the same replication.",
        "gemiddeld verschil",
    ),
    CI_LOW,
    CI_HIGH,
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
];

/// Columns of routes.csv.
pub(super) const ROUTES: &[Column] = &[
    FORM,
    REGION,
    column(
        "route",
        "",
        "Way that a closed case has gone through the chain.",
        "route",
    ),
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
pub(super) const MONITOR: &[Column] = &[
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
    column(
        "n",
        "count",
        "Replications that have a value.",
        "aantal herhalingen",
    ),
];

/// Columns of monitor_observed.csv.
pub(super) const MONITOR_OBSERVED: &[Column] = &[
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

/// Columns of columns.csv.
pub(super) const COLUMNS: &[Column] = &[
    column(
        "table",
        "",
        "Name of the table, without .csv; kpi for the KPIs themselves.",
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
pub(super) fn teams() -> Vec<Column> {
    let figures = TEAM_FIGURES.iter().map(|figure| Column {
        name: figure.key,
        unit: figure.unit,
        better: figure.better.key(),
        definition: figure.definition,
        label_nl: figure.nl,
    });
    [FORM, REGION, TEAM].into_iter().chain(figures).collect()
}

/// Rows of columns.csv that describe the columns of a table.
pub(super) fn rows_of_table(table: &str, columns: &[Column]) -> Vec<Vec<String>> {
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
pub(super) fn rows_of_kpis() -> Vec<Vec<String>> {
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
