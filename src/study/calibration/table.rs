//! The tables of a calibration.

use super::fit::{Fit, ParameterFit};
use super::space::distance;
use crate::report::Table;
use crate::report::record::column::{CI_HIGH, CI_LOW, Column, KPI, N, UNIT, column};
use crate::report::record::field::Mean;
use crate::report::record::row::record;
use crate::scenario::{Calibration, Grade, Scenario, Target};
use crate::stats::Estimate;

/// Up to this spread left, against the prior's, a parameter is said to be identified; from the
/// other on, not.
const IDENTIFIED: f64 = 0.5;
const NOT_IDENTIFIED: f64 = 0.9;

const PARAMETER: Column = column("parameter", "", "Key of a free parameter.", "parameter");
const WAVE: Column = column("wave", "", "Number of the wave, from 1.", "golf");

record! {
    /// A row of targets.csv.
    struct TargetRow<'a> in "targets" {
        /// Key of the target.
        target: &'a str = ("", "doel");
        /// What it is, in Dutch.
        label_nl: &'a str = ("", "wat");
        /// The same in English.
        label_en: &'a str = ("", "wat (Engels)");
        kpi: &'a str = KPI;
        unit: &'a str = UNIT;
        /// Regions that it is about; empty for the country. A share is that of these regions in the country's number.
        regions: String = ("", "regio's");
        role: &'a str = column("use", "", "fit: the fit saw it. validation: nothing rests on it, it tests the fit. consistency: not fitted, but an input or a prior rests on it.", "gebruik");
        /// How well the target is known: A, A°, B, C or D.
        grade: Grade = ("", "graad");
        /// The known value.
        value: f64 = ("of the kpi", "bekend");
        /// Lower end of its band.
        low: f64 = ("of the kpi", "ondergrens band");
        /// Upper end of its band.
        high: f64 = ("of the kpi", "bovengrens band");
        simulated: Mean = [
            column("simulated_mean", "of the kpi", "Mean over replications of the estafettemodel with the chosen values.", "gesimuleerd"),
            CI_LOW,
            CI_HIGH,
            N,
        ];
        /// Whether the mean lies in the band.
        is_in_band: Option<bool> = ("", "binnen de band");
        /// How far the mean lies from the value, on the scale of logarithms or log-odds, the band taken for a 95 % interval.
        distance: Option<f64> = ("standard deviations", "afstand");
        /// Where the target comes from, and how wide its band is.
        source: &'a str = ("", "bron");
    }
}

record! {
    /// A row of parameters.csv.
    struct ParameterRow<'a> in "parameters" {
        parameter: &'a str = PARAMETER;
        /// Its unit.
        unit: &'a str = ("", "eenheid");
        /// How well it is known without the fit.
        grade: Grade = ("", "graad");
        /// Value of the evidence.
        prior_value: f64 = ("of the parameter", "vooraf");
        /// Lower end of its range.
        prior_low: f64 = ("of the parameter", "vooraf laag");
        /// Upper end of its range.
        prior_high: f64 = ("of the parameter", "vooraf hoog");
        /// The value that the baseline now has.
        chosen: f64 = ("of the parameter", "gekozen");
        quantiles: [f64; 3] = [
            column("p05", "of the parameter", "5 % of the draws lie below it.", "5 %"),
            column("p50", "of the parameter", "Half of the draws lie below it.", "50 %"),
            column("p95", "of the parameter", "95 % of the draws lie below it.", "95 %"),
        ];
        /// Spread of the draws against that of the prior, on the prior's own scale: 1 when the targets say nothing about it.
        spread_left: f64 = ("share", "spreiding over");
        /// identified: at most half of the spread is left. not_identified: nine tenths or more. Else partly.
        verdict: &'a str = ("", "oordeel");
    }
}

record! {
    /// A row of waves.csv.
    struct WaveRow<'a> in "waves" {
        wave: usize = WAVE;
        /// sample: some regions. country: all 25.
        scope: &'a str = ("", "gebied");
        /// Runs of the wave.
        n_runs: usize = ("count", "aantal runs");
        /// Runs in which every fitted target is within three standard deviations.
        n_not_ruled_out: usize = ("count", "niet uitgesloten");
        /// The largest distance from a fitted target, in the run where it is smallest.
        least_distance: f64 = ("standard deviations", "kleinste afstand");
        /// Sum of squared distances from all fitted targets and, once the refinement has begun, of how far the parameters have moved since, each on the scale on which its prior is standard normal; in the run where it is smallest.
        least_misfit: f64 = ("", "kleinste misfit");
    }
}

record! {
    /// A row of runs.csv.
    struct RunRow<'a> in "runs" {
        /// Number of the run, from 1.
        run: usize = ("", "run");
        wave: u32 = WAVE;
        /// parameter, or target.
        kind: &'a str = ("", "soort");
        /// Key of the parameter or of the target.
        key: &'a str = ("", "sleutel");
        /// Value of the parameter, or what the run showed, blown up to the country.
        value: Option<f64> = ("of the key", "waarde");
    }
}

record! {
    /// A row of draws.csv.
    struct DrawRow<'a> in "draws" {
        /// Number of a draw, from 1: values of all free parameters that together agree with the targets.
        draw: usize = ("", "trekking");
        parameter: &'a str = PARAMETER;
        /// Value of the parameter.
        value: f64 = ("of the parameter", "waarde");
    }
}

/// The tables of a calibration, without those of the run at the chosen point.
pub fn fit_tables<'a>(scenario: &'a Scenario, fit: &'a Fit) -> Vec<Table<'a>> {
    let Some(calibration) = &scenario.calibration else {
        return Vec::new();
    };
    let targets = calibration.targets.iter();
    let parameters = fit.parameters.iter();
    let tables = vec![
        Table::of(targets.map(|target| target_row(scenario, fit, target))),
        Table::of(parameters.map(|one| parameter_row(scenario, one))),
        Table::of(wave_rows(fit)),
        Table::of(run_rows(scenario, calibration, fit)),
        Table::of(draw_rows(scenario, fit)),
    ];
    Table::described("fit_columns", tables)
}

fn target_row<'a>(scenario: &Scenario, fit: &Fit, target: &'a Target) -> TargetRow<'a> {
    let estimate = fit.estimate(target);
    let regions = target.regions.iter();
    let regions: Vec<&str> = regions
        .map(|&number| scenario.regions[number].name.as_str())
        .collect();
    TargetRow {
        target: &target.key,
        label_nl: &target.label.nl,
        label_en: &target.label.en,
        kpi: target.kpi.key,
        unit: unit(target),
        regions: regions.join("; "),
        role: target.role.key(),
        grade: target.grade,
        value: target.value,
        low: target.low,
        high: target.high,
        simulated: estimate.into(),
        is_in_band: estimate.map(|one| is_inside(target, &one)),
        distance: estimate.map(|one| distance(target, one.mean)),
        source: &target.source,
    }
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

fn parameter_row<'a>(scenario: &'a Scenario, one: &ParameterFit) -> ParameterRow<'a> {
    let entry = &scenario.ledger[one.row];
    ParameterRow {
        parameter: entry.spec.key,
        unit: entry.spec.unit.key(),
        grade: entry.grade,
        prior_value: entry.value,
        prior_low: entry.low,
        prior_high: entry.high,
        chosen: one.chosen,
        quantiles: one.quantiles,
        spread_left: one.spread_left,
        verdict: verdict(one),
    }
}

pub(crate) fn verdict(one: &ParameterFit) -> &'static str {
    match one.spread_left {
        left if left <= IDENTIFIED => "identified",
        left if left < NOT_IDENTIFIED => "partly",
        _ => "not_identified",
    }
}

fn wave_rows(fit: &Fit) -> impl Iterator<Item = WaveRow<'_>> {
    let waves = fit.waves.iter().zip(1..);
    waves.map(|(wave, number)| WaveRow {
        wave: number,
        scope: if wave.is_country { "country" } else { "sample" },
        n_runs: wave.n_runs,
        n_not_ruled_out: wave.n_not_ruled_out,
        least_distance: wave.least_distance,
        least_misfit: wave.least_misfit,
    })
}

fn run_rows<'a>(
    scenario: &'a Scenario,
    calibration: &'a Calibration,
    fit: &'a Fit,
) -> impl Iterator<Item = RunRow<'a>> {
    fit.runs.iter().zip(1..).flat_map(move |(run, number)| {
        let row = move |kind, key, value| RunRow {
            run: number,
            wave: run.wave,
            kind,
            key,
            value,
        };
        let parameters = calibration.free.iter().zip(&run.parameters);
        let parameters = parameters.map(move |(&place, &value)| {
            row("parameter", scenario.ledger[place].spec.key, Some(value))
        });
        let targets = calibration.targets.iter().zip(&run.values);
        let country = targets.filter(|(target, _)| target.regions.is_empty());
        parameters.chain(country.map(move |(target, &value)| row("target", &*target.key, value)))
    })
}

fn draw_rows<'a>(scenario: &'a Scenario, fit: &'a Fit) -> impl Iterator<Item = DrawRow<'a>> {
    fit.draws.iter().zip(1..).flat_map(move |(values, draw)| {
        let values = fit.parameters.iter().zip(values);
        values.map(move |(one, &value)| DrawRow {
            draw,
            parameter: scenario.ledger[one.row].spec.key,
            value,
        })
    })
}
