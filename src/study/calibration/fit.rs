//! What a calibration has led to.

use super::record::{Record, WaveFit};
use super::space::Space;
use super::wave::{baseline_with, blow_up, blown_up, row_of};
use crate::experiment::{CONFIDENCE, Outcome};
use crate::scenario::{Scenario, Target};
use crate::stats::Estimate;

/// With fewer draws than this, what the targets leave open is told as if the model were linear about the chosen point.
const FEW: usize = 30;

/// What a calibration has led to.
#[derive(Clone, PartialEq, Debug)]
pub struct Fit {
    /// The waves, those in the whole country last.
    pub waves: Vec<WaveFit>,
    /// Every run of every wave.
    pub runs: Vec<Run>,
    /// The free parameters, in the order of the calibration.
    pub parameters: Vec<ParameterFit>,
    /// Draws of the free parameters: those whose runs agree with the targets, the chosen point first; empty where none were
    /// asked for.
    pub draws: Vec<Vec<f64>>,
    /// Draws that were run to see whether they do; 0 where that was not asked for.
    pub n_tried: usize,
    /// Pairs of free parameters that the targets tie together, by their correlation over the
    /// draws, the strongest first.
    pub ties: Vec<(usize, usize, f64)>,
    /// The chosen point in all regions of the scenario, with all replications.
    pub outcome: Outcome,
    /// What a count in these regions is multiplied by to be one of the country; 1 if none is
    /// left out.
    pub blow_up: f64,
}

/// One run of a wave.
#[derive(Clone, PartialEq, Debug)]
pub struct Run {
    /// Number of the wave, from 1.
    pub wave: u32,
    /// Values of the free parameters.
    pub parameters: Vec<f64>,
    /// Values of the targets' KPIs.
    pub values: Vec<Option<f64>>,
}

/// What has become known of a free parameter.
#[derive(Clone, Copy, PartialEq, Debug)]
pub struct ParameterFit {
    /// Its row in the ledger.
    pub row: usize,
    /// The chosen value.
    pub chosen: f64,
    /// The values below which 5, 50 and 95 % of the draws lie.
    pub quantiles: [f64; 3],
    /// Spread of the draws against that of the prior, on the prior's own scale: 1 when the
    /// targets say nothing about it.
    pub spread_left: f64,
}

impl Fit {
    /// What the chosen point shows of a target in the whole country, over the replications.
    pub fn estimate(&self, target: &Target) -> Option<Estimate> {
        let outcome = &self.outcome;
        let value = |replication, place| outcome.sample(0, replication, place).kpis[row_of(target)];
        let values = (1..=outcome.n_replications()).filter_map(|replication| {
            if target.regions.is_empty() {
                let value = value(replication, outcome.merged())?;
                return Some(blown_up(target, value, self.blow_up));
            }
            let regions = target
                .regions
                .iter()
                .map(|&region| value(replication, region));
            let regions = regions.sum::<Option<f64>>()?;
            if target.is_share {
                Some(100.0 * regions / (self.blow_up * value(replication, outcome.merged())?))
            } else {
                Some(regions)
            }
        });
        Estimate::of(&values.collect::<Vec<f64>>(), CONFIDENCE)
    }

    /// The scenario's baseline at the chosen point, of which [`Fit::outcome`] is the outcome.
    pub fn baseline(&self, scenario: &Scenario) -> Scenario {
        let (rows, values): (Vec<usize>, Vec<f64>) = self
            .parameters
            .iter()
            .map(|one| (one.row, one.chosen))
            .unzip();
        baseline_with(scenario, &rows, &values)
    }

    /// What the waves, the draws (points of the unit cube) and the outcome at the chosen values come to.
    pub(crate) fn of(
        scenario: &Scenario,
        space: &Space,
        record: Record,
        (draws, n_tried, linear): (&[Vec<f64>], usize, &[Vec<f64>]),
        (chosen, outcome): (&[f64], Outcome),
    ) -> Self {
        // What the targets leave open is seen of a few dozen draws at least.
        let spread = match draws.len() >= FEW {
            true => draws,
            false => linear,
        };
        let parameters = space.rows().zip(chosen).enumerate();
        let parameters = parameters.map(|(dimension, (row, &chosen))| {
            let mut places: Vec<f64> = spread.iter().map(|point| point[dimension]).collect();
            places.sort_by(f64::total_cmp);
            let entry = &scenario.ledger[row];
            let quantile = |p: f64| entry.quantile(places[(p * places.len() as f64) as usize]);
            ParameterFit {
                row,
                chosen,
                quantiles: [0.05, 0.5, 0.95].map(quantile),
                spread_left: moments(&places).1 * 12_f64.sqrt(),
            }
        });
        Fit {
            parameters: parameters.collect(),
            ties: ties(spread),
            draws: draws.iter().map(|point| space.values(point)).collect(),
            n_tried,
            runs: record
                .runs
                .into_iter()
                .map(|run| Run {
                    wave: run.wave,
                    parameters: space.values(&run.point),
                    values: run.values,
                })
                .collect(),
            waves: record.waves,
            outcome,
            blow_up: blow_up(&scenario.regions),
        }
    }
}

/// Mean and standard deviation.
fn moments(values: &[f64]) -> (f64, f64) {
    let n = values.len() as f64;
    let mean = values.iter().sum::<f64>() / n;
    let square = values.iter().map(|x| (x - mean) * (x - mean)).sum::<f64>();
    (mean, (square / n).sqrt())
}

/// Correlations beyond a half, either way, between the dimensions of points.
fn ties(points: &[Vec<f64>]) -> Vec<(usize, usize, f64)> {
    let n_dimensions = points.first().map_or(0, |point| point.len());
    let column = |d: usize| points.iter().map(|point| point[d]).collect::<Vec<f64>>();
    let columns: Vec<Vec<f64>> = (0..n_dimensions).map(column).collect();
    let standard: Vec<(f64, f64)> = columns.iter().map(|values| moments(values)).collect();
    let mut ties = Vec::new();
    for i in 0..n_dimensions {
        for j in i + 1..n_dimensions {
            let pairs = columns[i].iter().zip(&columns[j]);
            let product: f64 = pairs
                .map(|(x, y)| (x - standard[i].0) * (y - standard[j].0))
                .sum();
            let r = product / points.len() as f64 / (standard[i].1 * standard[j].1);
            if r.abs() >= 0.5 {
                ties.push((i, j, r));
            }
        }
    }
    ties.sort_by(|one, other| other.2.abs().total_cmp(&one.2.abs()));
    ties
}
