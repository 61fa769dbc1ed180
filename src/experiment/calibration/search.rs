//! The waves one after another.

use super::acceptance::Accepted;
use super::emulator::{Emulators, Knowledge, Space};
use super::failure::{CalibrationError, nothing_fits};
use super::fit::Fit;
use super::posterior::{Sample, sample};
use super::record::Record;
use super::refinement::{N_STEPS_PER_WAVE, Refinement, design, n_design_runs};
use super::wave::{Runner, Wave, baseline_with, run_wave};
use crate::experiment::{Execution, run};
use crate::random::{Chance, Draws};
use crate::scenario::{Calibration, Scenario};
use crate::stats::latin_hypercube;

/// Chains for each free parameter, and rounds of the population.
const CHAINS_PER_DIMENSION: usize = 3;
const N_ROUNDS: u32 = 24_000;
const THINNING: u32 = 200;
/// Draws that are written down.
const N_DRAWS: usize = 500;
/// Points of the prior at which it is looked how much has been ruled out.
const N_PRIOR_POINTS: u32 = 20_000;
/// The first wave in the whole country has one point for so many of a wave.
const POINTS_PER_COUNTRY_POINT: u32 = 10;
/// Then so many times: a design about the best run so far, and small waves that step from the best
/// one; at most so many, and no more after so many in a row that found hardly a better one.
const N_DESIGNS: u32 = 1;
const N_REFINEMENTS: u32 = 8;
const N_IDLE_REFINEMENTS: u32 = 3;
/// A misfit that is smaller by less than this is hardly better.
const HARDLY: f64 = 0.2;
/// Draws are run in so many waves at most, until as many are accepted as the calibration asks for.
const MOST_ACCEPTANCE_WAVES: u32 = 4;
/// The last of them have so many replications: one replication has luck of its own.
const N_LAST_REPLICATIONS: u32 = 4;

/// Fits the free parameters of a scenario's baseline to what is known of the country.
///
/// The scenario must have been read as a prior, with all regions. The same scenario gives the
/// same fit however it is carried out.
///
/// # Errors
///
/// As [`run`], and where at no point the model shows something of every target.
///
/// # Panics
///
/// When the scenario has no calibration.
pub fn calibrate(scenario: &Scenario, execution: &Execution) -> Result<Fit, CalibrationError> {
    let runner = |scenario: &Scenario| run(scenario, execution);
    calibrate_with(scenario, &runner)
}

/// Runs of the baseline that a calibration takes at most, in its sample of regions and in the
/// country, besides the last report.
pub fn most_runs(plan: &Calibration) -> [f64; 2] {
    let designs = (N_DESIGNS + 1) * n_design_runs(plan.free.len()) as u32;
    let steps = (N_DESIGNS + N_LAST_REPLICATIONS) * N_REFINEMENTS * N_STEPS_PER_WAVE as u32;
    let n_acceptance_waves = match plan.n_accepted {
        0 => 0,
        _ => MOST_ACCEPTANCE_WAVES,
    };
    let sample = (plan.n_waves + n_acceptance_waves) * plan.n_points + designs;
    let country = n_first_in_country(plan) + steps + N_LAST_REPLICATIONS;
    [sample, country].map(f64::from)
}

/// Runs of the first wave in the country.
fn n_first_in_country(plan: &Calibration) -> u32 {
    (plan.n_points / POINTS_PER_COUNTRY_POINT).max(5)
}

/// The same with any runner.
pub(super) fn calibrate_with(scenario: &Scenario, runner: Runner) -> Result<Fit, CalibrationError> {
    let calibration = scenario.calibration.as_ref();
    let calibration = calibration.expect("the scenario says how to calibrate it");
    let search = Search {
        scenario,
        calibration,
        space: &Space::of(scenario, calibration),
        runner,
    };
    let mut record = Record::default();
    let (agreeing, accepted) = search.conclude(&mut record)?;
    let best = record.runs[record.best()].point.clone();
    let chosen = rounded(&best, &search);
    let outcome = runner(&baseline_with(scenario, &calibration.free, &chosen))?;
    let draws = match calibration.n_accepted {
        0 => some(&agreeing.draws, N_DRAWS, search.draws(5000)),
        n => {
            let others = accepted.points.iter().take(n as usize - 1).cloned();
            [best].into_iter().chain(others).collect()
        }
    };
    Ok(Fit::of(
        scenario,
        search.space,
        record,
        &agreeing,
        (&draws, accepted.n_tried),
        (&chosen, outcome),
    ))
}

struct Search<'a> {
    scenario: &'a Scenario,
    calibration: &'a Calibration,
    space: &'a Space<'a>,
    runner: Runner<'a>,
}

impl Search<'_> {
    /// All waves; gives points that agree with the targets by the emulators, about the best run of the last one, and
    /// those of them with which runs agree.
    fn conclude(&self, record: &mut Record) -> Result<(Sample, Accepted), CalibrationError> {
        let mut points = self.spread();
        let mut knowledge = Knowledge::none(self.space);
        let mut found = None;
        for _ in 0..self.calibration.n_waves {
            self.wave(record, &points, Scope::Sample)?;
            let agreeing = self.learn(record, &mut knowledge);
            let chance = self.draws(4000 + record.n_waves());
            points = some(&agreeing.draws, self.calibration.n_points as usize, chance);
            found = Some(agreeing);
        }
        let agreeing = found.expect("at least one wave");
        let n = n_first_in_country(self.calibration);
        let points = likeliest(&agreeing.draws, n as usize);
        self.wave(record, &points, Scope::Country)?;
        knowledge.shift_to(&record.since(record.n_waves()));
        self.note(record, &knowledge);
        record.begin_refinement();
        for _ in 0..N_DESIGNS {
            let mut refinement = self.look_about(record)?;
            self.refine(record, &mut refinement, Scope::Country)?;
        }
        let mut refinement = self.look_about(record)?;
        let best = record.runs[record.best()].point.clone();
        self.wave(record, &[best], Scope::Replicated)?;
        self.refine(record, &mut refinement, Scope::Replicated)?;
        knowledge.shift_to(&[&record.runs[record.best()]]);
        let agreeing = self.sample_of(&knowledge, record.n_waves());
        self.accept(record, &mut knowledge, agreeing)
    }

    /// Runs draws until so many are accepted as were asked for.
    fn accept<'k>(
        &'k self,
        record: &mut Record,
        knowledge: &mut Knowledge<'k>,
        mut agreeing: Sample,
    ) -> Result<(Sample, Accepted), CalibrationError> {
        let (targets, mut accepted) = (&self.calibration.targets, Accepted::default());
        let n_wanted = self.calibration.n_accepted as usize;
        let best = record.runs[record.best()].clone();
        let before = record.n_waves();
        while accepted.points.len() < n_wanted && record.n_waves() < before + MOST_ACCEPTANCE_WAVES
        {
            let chance = self.draws(6000 + record.n_waves());
            let mut points = vec![best.point.clone()];
            points.extend(some(
                &agreeing.draws,
                self.calibration.n_points as usize,
                chance,
            ));
            let first = record.runs.len();
            self.wave_by(record, &points, Scope::Sample, record.n_waves() + 1)?;
            accepted.look_at(&best, &record.runs[first..]);
            knowledge.learn(Emulators::fit(
                self.space,
                targets,
                &record.since(before + 1),
            ));
            knowledge.shift_to(&[&best]);
            self.note(record, knowledge);
            agreeing = self.sample_of(knowledge, record.n_waves());
        }
        Ok((agreeing, accepted))
    }

    /// Slopes about the best run so far, from a design in the sample of regions.
    fn look_about(&self, record: &mut Record) -> Result<Refinement, CalibrationError> {
        let first = record.runs.len();
        let points = design(&record.runs[record.best()].point);
        self.wave(record, &points, Scope::Sample)?;
        Ok(Refinement::of_design(&record.runs[first..], &record.origin))
    }

    /// Steps from the best run so far to better ones.
    fn refine(
        &self,
        record: &mut Record,
        refinement: &mut Refinement,
        scope: Scope,
    ) -> Result<(), CalibrationError> {
        let mut n_idle = 0;
        for _ in 0..N_REFINEMENTS {
            let from = record.runs[record.best()].clone();
            let first = record.runs.len();
            self.wave(record, &refinement.steps(&from), scope)?;
            for to in &record.runs[first..] {
                refinement.learn(&from, to);
            }
            let best = record.best();
            refinement.adapt((best >= first).then(|| best - first));
            let gain = record.misfit(&from) - record.misfit(&record.runs[best]);
            n_idle = if gain < HARDLY { n_idle + 1 } else { 0 };
            if n_idle == N_IDLE_REFINEMENTS {
                break;
            }
        }
        Ok(())
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
        scope: Scope,
    ) -> Result<(), CalibrationError> {
        // One seed for a wave: at all its points the same families meet the same chance. The waves
        // in the country share one, so that their runs can be compared.
        let seed_number = (record.n_waves() + 1).min(self.calibration.n_waves + 1);
        self.wave_by(record, points, scope, seed_number)
    }

    /// The same with a seed of this number.
    fn wave_by(
        &self,
        record: &mut Record,
        points: &[Vec<f64>],
        scope: Scope,
        seed_number: u32,
    ) -> Result<(), CalibrationError> {
        let is_country = scope != Scope::Sample;
        let replications = match scope {
            Scope::Replicated => N_LAST_REPLICATIONS,
            _ => 1,
        };
        let everywhere: Vec<usize> = (0..self.scenario.regions.len()).collect();
        let wave = Wave {
            points,
            regions: if is_country {
                &everywhere
            } else {
                &self.calibration.regions
            },
            seed: self.scenario.seed.wrapping_add(seed_number.into()),
            replications,
        };
        let values = run_wave(
            self.scenario,
            self.calibration,
            self.space,
            &wave,
            self.runner,
        )?;
        let runs = points.iter().cloned().zip(values);
        record.add(&self.calibration.targets, runs, (is_country, replications));
        match record.misfit(&record.runs[record.best()]).is_finite() {
            true => Ok(()),
            false => Err(nothing_fits(record, &self.calibration.targets)),
        }
    }

    /// Learns from the last two waves; gives points that agree with the targets.
    fn learn<'k>(&'k self, record: &mut Record, knowledge: &mut Knowledge<'k>) -> Sample {
        let last = record.n_waves();
        let runs = record.since(last.saturating_sub(1));
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
        let wave = record.waves.last_mut().expect("a wave has been run");
        wave.predicted_shares = vec![None; self.calibration.targets.len()];
        for (number, share) in knowledge.last().predicted_shares() {
            wave.predicted_shares[number] = Some(share);
        }
        wave.prior_left = Some(n_left as f64 / f64::from(N_PRIOR_POINTS));
    }
}

/// Where a wave runs, and how often.
#[derive(Clone, Copy, PartialEq, Eq)]
enum Scope {
    /// Once in a sample of regions.
    Sample,
    /// Once in the whole country.
    Country,
    /// Several times in the whole country.
    Replicated,
}

/// The values at a point with four significant digits: as they will stand in a file.
fn rounded(point: &[f64], search: &Search) -> Vec<f64> {
    let free = search
        .calibration
        .free
        .iter()
        .map(|&row| &search.scenario.ledger[row]);
    let round = |value: f64| format!("{value:.3e}").parse::<f64>().unwrap_or(value);
    search
        .space
        .values(point)
        .into_iter()
        .zip(free)
        .map(|(value, entry)| round(value).clamp(entry.low, entry.high))
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
