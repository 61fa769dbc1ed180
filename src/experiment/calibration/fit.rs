//! The waves one after another, and what they lead to.

use super::emulator::{Emulators, Knowledge, RULED_OUT, Space, distance};
use super::posterior::{Sample, sample};
use super::wave::{Runner, blow_up, blown_up, row_of, run_wave, with_values};
use crate::experiment::{CONFIDENCE, Execution, Outcome, RunError, run};
use crate::model::Parameters;
use crate::random::{Chance, Draws, latin_hypercube};
use crate::scenario::{Calibration, Case, Scenario, Target};
use crate::stats::Estimate;

/// Chains for each free parameter, and rounds of the population.
const CHAINS_PER_DIMENSION: usize = 3;
const N_ROUNDS: u32 = 12_000;
const THINNING: u32 = 100;
/// Draws that are written down.
const N_DRAWS: usize = 500;
/// Points of the prior at which it is looked how much has been ruled out.
const N_PRIOR_POINTS: u32 = 20_000;
/// The first wave in the whole country has one point for so many of a wave.
const POINTS_PER_COUNTRY_POINT: u32 = 10;
/// Then so many small waves, each about the best run so far.
const N_REFINEMENTS: u32 = 6;
const N_REFINED_POINTS: usize = 6;
const N_REFINING_ROUNDS: u32 = 2000;
/// How far these look from the best run, in each dimension of the unit cube (standard deviation).
const REACH: f64 = 0.15;

/// What a calibration has led to.
#[derive(Clone, PartialEq, Debug)]
pub struct Fit {
    /// The waves, those in the whole country last.
    pub waves: Vec<WaveFit>,
    /// Every run of every wave.
    pub runs: Vec<Run>,
    /// The free parameters, in the order of the calibration.
    pub parameters: Vec<ParameterFit>,
    /// Draws of the free parameters that agree with the targets.
    pub draws: Vec<Vec<f64>>,
    /// Pairs of free parameters that the targets tie together, by their correlation over the
    /// draws, the strongest first.
    pub ties: Vec<(usize, usize, f64)>,
    /// Potential scale reduction of the last sample; 1 when its chains agree.
    pub disagreement: f64,
    /// The chosen point in all regions of the scenario, with all replications.
    pub outcome: Outcome,
    /// What a count in these regions is multiplied by to be one of the country; 1 if none is
    /// left out.
    pub blow_up: f64,
}

/// What a wave has taught.
#[derive(Clone, PartialEq, Debug)]
pub struct WaveFit {
    /// Whether it ran in the whole country, rather than in a sample of regions.
    pub is_country: bool,
    /// Number of runs.
    pub n_runs: usize,
    /// Runs in which every fitted target is within three standard deviations of its doubt.
    pub n_not_ruled_out: usize,
    /// The largest distance from a fitted target, in the run where it is smallest.
    pub least_distance: f64,
    /// Share of the variance of each target that its emulator predicts at runs unseen, by
    /// number of the target; none for a target kept apart.
    pub predicted_shares: Vec<Option<f64>>,
    /// Share of the prior that the emulators do not rule out.
    pub prior_left: f64,
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

/// Fits the free parameters of a scenario's baseline to what is known of the country.
///
/// The scenario must have been read as a prior, with all regions. The same scenario gives the
/// same fit however it is carried out.
///
/// # Errors
///
/// As [`run`].
///
/// # Panics
///
/// When the scenario has no calibration.
pub fn calibrate(scenario: &Scenario, execution: &Execution) -> Result<Fit, RunError> {
    let runner = |scenario: &Scenario| run(scenario, execution);
    calibrate_with(scenario, &runner)
}

/// The same with any runner.
pub(super) fn calibrate_with(scenario: &Scenario, runner: Runner) -> Result<Fit, RunError> {
    let calibration = scenario.calibration.as_ref();
    let calibration = calibration.expect("the scenario says how to calibrate it");
    let space = Space::of(scenario, calibration);
    let search = Search {
        scenario,
        calibration,
        space: &space,
        runner,
    };
    search.conclude()
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
        let mut scenario = scenario.clone();
        let mut case = scenario.cases[scenario.baseline].clone();
        case.parameters = self.parameters_of(&scenario);
        for one in &self.parameters {
            scenario.ledger[one.row].value_in_effect = one.chosen;
            scenario.ledger[one.row]
                .overridden_by
                .push("the fit".to_owned());
        }
        Scenario {
            cases: vec![case],
            baseline: 0,
            ..scenario
        }
    }

    fn parameters_of(&self, scenario: &Scenario) -> Parameters {
        let (rows, values): (Vec<usize>, Vec<f64>) = self
            .parameters
            .iter()
            .map(|one| (one.row, one.chosen))
            .unzip();
        with_values(scenario, &rows, &values)
    }
}

struct Search<'a> {
    scenario: &'a Scenario,
    calibration: &'a Calibration,
    space: &'a Space<'a>,
    runner: Runner<'a>,
}

/// Runs so far.
#[derive(Default)]
struct Record {
    points: Vec<Vec<f64>>,
    values: Vec<Vec<Option<f64>>>,
    waves: Vec<u32>,
    is_country: Vec<bool>,
    fits: Vec<WaveFit>,
}

impl Record {
    fn n_waves(&self) -> u32 {
        self.fits.len() as u32
    }

    /// Runs of this wave and later ones, in a sample of regions or in the country.
    fn since(&self, wave: u32, is_country: bool) -> Vec<(&[f64], &[Option<f64>])> {
        let runs = self
            .points
            .iter()
            .zip(&self.values)
            .zip(&self.waves)
            .zip(&self.is_country);
        runs.filter(|&((_, &one), &in_country)| one >= wave && in_country == is_country)
            .map(|(((point, values), _), _)| (point.as_slice(), values.as_slice()))
            .collect()
    }
}

impl Search<'_> {
    fn conclude(&self) -> Result<Fit, RunError> {
        let mut record = Record::default();
        let mut points = self.spread();
        let mut knowledge = Knowledge::none(self.space);
        let mut found = None;
        for _ in 0..self.calibration.n_waves {
            self.wave(&mut record, &points, false)?;
            let agreeing = self.learn(&mut record, &mut knowledge);
            let chance = self.draws(4000 + record.n_waves());
            points = some(&agreeing.draws, self.calibration.n_points as usize, chance);
            found = Some(agreeing);
        }
        let agreeing = found.expect("at least one wave");
        let first_country_wave = record.n_waves() + 1;
        let n = (self.calibration.n_points / POINTS_PER_COUNTRY_POINT).max(5);
        self.wave(&mut record, &likeliest(&agreeing.draws, n as usize), true)?;
        knowledge.shift_to(&record.since(first_country_wave, true));
        let agreeing = self.sample_of(&knowledge, record.n_waves());
        self.note(&mut record, &knowledge);
        for _ in 0..N_REFINEMENTS {
            let points = self.about_the_best(&record, &knowledge);
            self.wave(&mut record, &points, true)?;
            self.note(&mut record, &knowledge);
        }
        let chosen = self.best(&record);
        let chosen = rounded(&self.space.values(&record.points[chosen]), self);
        let outcome = (self.runner)(&self.baseline_at(&chosen))?;
        Ok(self.fit(record, &agreeing, &chosen, outcome))
    }

    /// Points near the best run in the country that should lie nearer to the targets: what the
    /// emulators say of the change from that run, added to what it showed.
    fn about_the_best(&self, record: &Record, knowledge: &Knowledge) -> Vec<Vec<f64>> {
        let best = self.best(record);
        let centre = &record.points[best];
        let emulators = knowledge.last().anchored(centre, &record.values[best]);
        let density = |point: &[f64]| {
            let steps = point.iter().zip(centre).map(|(x, y)| (x - y) / REACH);
            emulators.log_likelihood(point) - 0.5 * steps.map(|x| x * x).sum::<f64>()
        };
        let wave = record.n_waves();
        let starts = (0..self.n_chains()).map(|_| centre.clone()).collect();
        let near = sample(
            starts,
            N_REFINING_ROUNDS,
            10,
            self.draws(6000 + wave),
            density,
        );
        likeliest(&near.draws, N_REFINED_POINTS)
    }

    /// Chains of a population.
    fn n_chains(&self) -> usize {
        (CHAINS_PER_DIMENSION * self.space.n_dimensions()).max(10)
    }

    fn draws(&self, wave: u32) -> Draws {
        Chance::new(self.scenario.seed, 0, 0).of(wave)
    }

    /// The first wave: spread over the prior.
    fn spread(&self) -> Vec<Vec<f64>> {
        let (n, draws) = (self.calibration.n_points as usize, self.draws(0));
        latin_hypercube(n, self.space.n_dimensions(), |dimension, index| {
            draws.uniform(dimension as u16, index as u32)
        })
    }

    fn wave(
        &self,
        record: &mut Record,
        points: &[Vec<f64>],
        is_country: bool,
    ) -> Result<(), RunError> {
        let number = record.n_waves() + 1;
        let everywhere: Vec<usize> = (0..self.scenario.regions.len()).collect();
        let regions = if is_country {
            &everywhere
        } else {
            &self.calibration.regions
        };
        // One seed for a wave: at all its points the same families meet the same chance. The waves
        // in the country share one, so that their runs can be compared.
        let seed_number = number.min(self.calibration.n_waves + 1);
        let seed = self.scenario.seed.wrapping_add(seed_number.into());
        let values = run_wave(
            self.scenario,
            self.calibration,
            self.space,
            (points, seed),
            regions,
            self.runner,
        )?;
        let distances: Vec<f64> = values
            .iter()
            .map(|values| self.largest_distance(values))
            .collect();
        record.fits.push(WaveFit {
            is_country,
            n_runs: points.len(),
            n_not_ruled_out: distances.iter().filter(|&&x| x <= RULED_OUT).count(),
            least_distance: distances.into_iter().fold(f64::INFINITY, f64::min),
            predicted_shares: Vec::new(),
            prior_left: 1.0,
        });
        record.waves.extend(points.iter().map(|_| number));
        record.is_country.extend(points.iter().map(|_| is_country));
        record.points.extend_from_slice(points);
        record.values.extend(values);
        Ok(())
    }

    /// Learns from the last two waves; gives points that agree with the targets.
    fn learn<'k>(&'k self, record: &mut Record, knowledge: &mut Knowledge<'k>) -> Sample {
        let last = record.n_waves();
        let runs = record.since(last.saturating_sub(1), false);
        knowledge.learn(Emulators::fit(self.space, &self.calibration.targets, &runs));
        self.note(record, knowledge);
        self.sample_of(knowledge, last)
    }

    fn sample_of(&self, knowledge: &Knowledge, wave: u32) -> Sample {
        let n_dimensions = self.space.n_dimensions();
        let starts = self.draws(1000 + wave);
        let starts = latin_hypercube(self.n_chains(), n_dimensions, |dimension, index| {
            starts.uniform(dimension as u16, index as u32)
        });
        let density = |point: &[f64]| knowledge.log_density(point);
        sample(starts, N_ROUNDS, THINNING, self.draws(2000 + wave), density)
    }

    /// Writes down what is known after a wave.
    fn note(&self, record: &mut Record, knowledge: &Knowledge) {
        let draws = self.draws(3000 + record.n_waves());
        let n_dimensions = self.space.n_dimensions() as u32;
        let is_left = |index: &u32| {
            let point: Vec<f64> = (0..n_dimensions)
                .map(|dimension| draws.uniform(dimension as u16, *index))
                .collect();
            knowledge.leaves(&point)
        };
        let n_left = (0..N_PRIOR_POINTS).filter(is_left).count();
        let shares: Vec<_> = knowledge.last().predicted_shares().collect();
        let share_of = |target| shares.iter().find(|(one, _)| std::ptr::eq(*one, target));
        let targets = self.calibration.targets.iter();
        let wave = record.fits.last_mut().expect("a wave has been run");
        wave.predicted_shares = targets
            .map(|one| share_of(one).map(|pair| pair.1))
            .collect();
        wave.prior_left = n_left as f64 / f64::from(N_PRIOR_POINTS);
    }

    fn distances<'v>(&'v self, values: &'v [Option<f64>]) -> impl Iterator<Item = f64> + 'v {
        let pairs = self.calibration.targets.iter().zip(values);
        pairs
            .filter(|(target, _)| target.is_fitted())
            // What was never seen is as far off as can be.
            .map(|(target, value)| value.map_or(f64::INFINITY, |value| distance(target, value)))
    }

    fn largest_distance(&self, values: &[Option<f64>]) -> f64 {
        self.distances(values).map(f64::abs).fold(0.0, f64::max)
    }

    /// The run in the country with the smallest sum of squared distances.
    fn best(&self, record: &Record) -> usize {
        let sum = |run: &usize| {
            self.distances(&record.values[*run])
                .map(|x| x * x)
                .sum::<f64>()
        };
        let runs = (0..record.points.len()).filter(|&run| record.is_country[run]);
        runs.min_by(|one, other| sum(one).total_cmp(&sum(other)))
            .expect("a run in the country")
    }

    /// The baseline with these values, as often as the scenario says.
    fn baseline_at(&self, values: &[f64]) -> Scenario {
        let parameters = with_values(self.scenario, &self.calibration.free, values);
        let case = Case {
            parameters,
            ..self.scenario.cases[self.scenario.baseline].clone()
        };
        Scenario {
            cases: vec![case],
            baseline: 0,
            ..self.scenario.clone()
        }
    }

    fn fit(&self, record: Record, agreeing: &Sample, chosen: &[f64], outcome: Outcome) -> Fit {
        let cube: Vec<&Vec<f64>> = agreeing.draws.iter().map(|(point, _)| point).collect();
        let parameters = self
            .calibration
            .free
            .iter()
            .enumerate()
            .map(|(dimension, &row)| {
                let mut places: Vec<f64> = cube.iter().map(|point| point[dimension]).collect();
                places.sort_by(f64::total_cmp);
                let entry = &self.scenario.ledger[row];
                let quantile = |p: f64| entry.quantile(places[(p * places.len() as f64) as usize]);
                ParameterFit {
                    row,
                    chosen: chosen[dimension],
                    quantiles: [0.05, 0.5, 0.95].map(quantile),
                    spread_left: moments(&places).1 * 12_f64.sqrt(),
                }
            });
        let runs = record.points.iter().zip(record.values).zip(&record.waves);
        Fit {
            parameters: parameters.collect(),
            ties: ties(&cube),
            draws: some(&agreeing.draws, N_DRAWS, self.draws(5000))
                .iter()
                .map(|point| self.space.values(point))
                .collect(),
            disagreement: agreeing.disagreement,
            runs: runs
                .map(|((point, values), &wave)| Run {
                    wave,
                    parameters: self.space.values(point),
                    values,
                })
                .collect(),
            waves: record.fits,
            outcome,
            blow_up: blow_up(&self.scenario.regions),
        }
    }
}

/// Values with four significant digits: as they will stand in a file.
fn rounded(values: &[f64], search: &Search) -> Vec<f64> {
    let free = search
        .calibration
        .free
        .iter()
        .map(|&row| &search.scenario.ledger[row]);
    let round = |value: f64| format!("{value:.3e}").parse::<f64>().unwrap_or(value);
    values
        .iter()
        .zip(free)
        .map(|(&value, entry)| round(value).clamp(entry.low, entry.high))
        .collect()
}

/// `n` of the draws, or all if there are fewer, in an order of chance: a stride through the
/// rounds of the population would meet the same few chains again and again.
fn some(draws: &[(Vec<f64>, f64)], n: usize, chance: Draws) -> Vec<Vec<f64>> {
    let key = |index: &usize| chance.uniform(0, *index as u32);
    let mut order: Vec<usize> = (0..draws.len()).collect();
    order.sort_by(|one, other| key(one).total_cmp(&key(other)));
    points_at(draws, &order[..n.min(order.len())])
}

/// The `n` different draws with the highest density.
fn likeliest(draws: &[(Vec<f64>, f64)], n: usize) -> Vec<Vec<f64>> {
    let mut order: Vec<usize> = (0..draws.len()).collect();
    order.sort_by(|&a, &b| draws[b].1.total_cmp(&draws[a].1));
    // A chain that stands still gives the same draw again.
    order.dedup_by(|a, b| draws[*a].0 == draws[*b].0);
    points_at(draws, &order[..n.min(order.len())])
}

fn points_at(draws: &[(Vec<f64>, f64)], indices: &[usize]) -> Vec<Vec<f64>> {
    let points = indices.iter().map(|&index| draws[index].0.clone());
    points.collect()
}

fn moments(values: &[f64]) -> (f64, f64) {
    let n = values.len() as f64;
    let mean = values.iter().sum::<f64>() / n;
    let square = values.iter().map(|x| (x - mean) * (x - mean)).sum::<f64>();
    (mean, (square / n).sqrt())
}

/// Correlations beyond a half, either way, between the dimensions of points.
fn ties(points: &[&Vec<f64>]) -> Vec<(usize, usize, f64)> {
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
