//! The tables of a calibration.

use super::fit::{Fit, ParameterFit};
use super::space::distance;
use crate::report::record::column::{CI_HIGH, CI_LOW, COLUMNS, KPI, N, UNIT, column, dictionary};
use crate::report::record::table::{Row, described, fields_of};
use crate::report::{Column, Table, significant};
use crate::scenario::{Calibration, Scenario, Target};
use crate::stats::Estimate;

/// Up to this spread left, against the prior's, a parameter is said to be identified; from the
/// other on, not.
const IDENTIFIED: f64 = 0.5;
const NOT_IDENTIFIED: f64 = 0.9;

const PARAMETER: Column = column("parameter", "", "Key of a free parameter.", "parameter");
const WAVE: Column = column("wave", "", "Number of the wave, from 1.", "golf");

/// Columns of targets.csv.
const TARGETS: &[Column] = &[
    column("target", "", "Key of the target.", "doel"),
    column("label_nl", "", "What it is, in Dutch.", "wat"),
    column("label_en", "", "The same in English.", "wat (Engels)"),
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
        "fit: the fit saw it. validation: nothing rests on it, it tests the fit. consistency: not fitted, but an input or a prior rests on it.",
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
    N,
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
const PARAMETERS: &[Column] = &[
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
const WAVES: &[Column] = &[
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
        "least_misfit",
        "",
        "Sum of squared distances from all fitted targets and, once the refinement has begun, of how far the parameters have moved since, each on the scale on which its prior is standard normal; in the run where it is smallest.",
        "kleinste misfit",
    ),
];

/// Columns of runs.csv.
const RUNS: &[Column] = &[
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
const DRAWS: &[Column] = &[
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

/// The tables of a calibration, without those of the run at the chosen point.
pub fn fit_tables<'a>(scenario: &'a Scenario, fit: &'a Fit) -> Vec<Table<'a>> {
    let Some(calibration) = &scenario.calibration else {
        return Vec::new();
    };
    let targets = calibration.targets.iter();
    let parameters = fit.parameters.iter();
    let mut tables = vec![
        Table::new(
            "targets",
            TARGETS,
            targets.map(|target| target_row(scenario, fit, target)),
        ),
        Table::new(
            "parameters",
            PARAMETERS,
            parameters.map(|one| parameter_row(scenario, one)),
        ),
        Table::new("waves", WAVES, wave_rows(fit)),
        Table::new("runs", RUNS, run_rows(scenario, calibration, fit)),
        Table::new("draws", DRAWS, draw_rows(scenario, fit)),
    ];
    let rows = dictionary("fit_columns", described(&tables)).into_iter();
    tables.push(Table::new("fit_columns", COLUMNS, rows));
    tables
}

fn target_row(scenario: &Scenario, fit: &Fit, target: &Target) -> Row {
    let estimate = fit.estimate(target);
    let regions = target.regions.iter();
    let regions: Vec<&str> = regions
        .map(|&number| scenario.regions[number].name.as_str())
        .collect();
    let mut row = vec![
        target.key.clone(),
        target.label.nl.clone(),
        target.label.en.clone(),
        target.kpi.key.to_owned(),
        unit(target).to_owned(),
        regions.join("; "),
        target.role.key().to_owned(),
        target.grade.key().to_owned(),
        significant(Some(target.value)),
        significant(Some(target.low)),
        significant(Some(target.high)),
    ];
    row.extend(fields_of(estimate));
    row.push(estimate.map_or(String::new(), |one| is_inside(target, &one).to_string()));
    row.push(significant(estimate.map(|one| distance(target, one.mean))));
    row.push(target.source.clone());
    row
}

fn unit(target: &Target) -> &'static str {
    if target.is_share {
        "percent"
    } else {
        target.kpi.unit
    }
}

pub(crate) fn is_inside(target: &Target, estimate: &Estimate) -> bool {
    (target.low..=target.high).contains(&estimate.mean)
}

fn parameter_row(scenario: &Scenario, one: &ParameterFit) -> Row {
    let entry = &scenario.ledger[one.row];
    let [p05, p50, p95] = one.quantiles;
    let numbers = [
        entry.value,
        entry.low,
        entry.high,
        one.chosen,
        p05,
        p50,
        p95,
        one.spread_left,
    ];
    let mut row = vec![
        entry.spec.key.to_owned(),
        entry.spec.unit.key().to_owned(),
        entry.grade.key().to_owned(),
    ];
    row.extend(numbers.map(|number| significant(Some(number))));
    row.push(verdict(one).to_owned());
    row
}

pub(crate) fn verdict(one: &ParameterFit) -> &'static str {
    match one.spread_left {
        left if left <= IDENTIFIED => "identified",
        left if left < NOT_IDENTIFIED => "partly",
        _ => "not_identified",
    }
}

fn wave_rows(fit: &Fit) -> impl Iterator<Item = Row> {
    fit.waves.iter().enumerate().map(|(number, wave)| {
        let scope = if wave.is_country { "country" } else { "sample" };
        vec![
            (number + 1).to_string(),
            scope.to_owned(),
            wave.n_runs.to_string(),
            wave.n_not_ruled_out.to_string(),
            significant(Some(wave.least_distance)),
            significant(Some(wave.least_misfit)),
        ]
    })
}

fn run_rows<'a>(
    scenario: &'a Scenario,
    calibration: &'a Calibration,
    fit: &'a Fit,
) -> impl Iterator<Item = Row> + 'a {
    fit.runs.iter().enumerate().flat_map(move |(number, run)| {
        let row = move |kind: &str, key: &str, value| {
            vec![
                (number + 1).to_string(),
                run.wave.to_string(),
                kind.to_owned(),
                key.to_owned(),
                significant(value),
            ]
        };
        let parameters = calibration.free.iter().zip(&run.parameters);
        let parameters = parameters.map(move |(&place, &value)| {
            row("parameter", scenario.ledger[place].spec.key, Some(value))
        });
        let targets = calibration.targets.iter().zip(&run.values);
        let country = targets.filter(|(target, _)| target.regions.is_empty());
        parameters.chain(country.map(move |(target, &value)| row("target", &target.key, value)))
    })
}

fn draw_rows<'a>(scenario: &'a Scenario, fit: &'a Fit) -> impl Iterator<Item = Row> + 'a {
    fit.draws
        .iter()
        .enumerate()
        .flat_map(move |(number, values)| {
            fit.parameters.iter().zip(values).map(move |(one, &value)| {
                vec![
                    (number + 1).to_string(),
                    scenario.ledger[one.row].spec.key.to_owned(),
                    significant(Some(value)),
                ]
            })
        })
}
