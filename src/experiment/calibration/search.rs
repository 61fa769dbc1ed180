//! The waves one after another.

use super::acceptance::Accepted;
use super::ensemble::assimilate;
use super::failure::{CalibrationError, nothing_fits};
use super::fit::Fit;
use super::record::{Record, Seen, squared};
use super::refinement::{N_STEPS_PER_WAVE, Refinement, design, n_design_runs};
use super::space::Space;
use super::wave::{Runner, Wave, baseline_with, run_wave};
use crate::experiment::{Execution, run};
use crate::random::{Chance, Draws};
use crate::scenario::{Calibration, Scenario};
use crate::stats::latin_hypercube;

/// The first wave in the whole country has one point for so many of a wave.
const POINTS_PER_COUNTRY_POINT: u32 = 10;
/// Then so many times: a design about the best run so far, and small waves that step from the best
/// one; at most so many, and no more after so many in a row that found hardly a better one.
const N_DESIGNS: u32 = 1;
const N_REFINEMENTS: u32 = 8;
const N_IDLE_REFINEMENTS: u32 = 3;
/// A misfit that is smaller by less than this is hardly better.
const HARDLY: f64 = 0.2;
/// The ensemble is moved and run again so often at most, until as many draws are accepted as the calibration asks for.
const MOST_ACCEPTANCE_WAVES: u32 = 3;
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
    let sample = (plan.n_waves + 1 + n_acceptance_waves) * plan.n_points + designs;
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
    let (members, accepted) = search.conclude(&mut record)?;
    let best = record.runs[record.best()].point.clone();
    let chosen = rounded(&best, &search);
    let outcome = runner(&baseline_with(scenario, &calibration.free, &chosen))?;
    let draws = match calibration.n_accepted {
        0 => members.clone(),
        n => {
            let others = accepted.points.iter().take(n as usize - 1).cloned();
            [best].into_iter().chain(others).collect()
        }
    };
    Ok(Fit::of(
        scenario,
        search.space,
        record,
        (&draws, accepted.n_tried, &members),
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
    /// All waves; gives the last members of the ensemble, and those with which runs agree.
    fn conclude(&self, record: &mut Record) -> Result<(Vec<Vec<f64>>, Accepted), CalibrationError> {
        let mut members = self.spread();
        for _ in 0..self.calibration.n_waves {
            self.wave(record, &members, Scope::Sample)?;
            let distances = record.last_wave().iter().map(|run| run.distances.clone());
            members = self.moved(record, &members, &distances.collect::<Vec<_>>());
        }
        self.wave(record, &members, Scope::Sample)?;
        let ensemble = record.last_wave().to_vec();
        let points = nearest(&ensemble, n_first_in_country(self.calibration) as usize);
        self.wave(record, &points, Scope::Country)?;
        record.begin_refinement();
        for _ in 0..N_DESIGNS {
            let mut refinement = self.look_about(record)?;
            self.refine(record, &mut refinement, Scope::Country)?;
        }
        let mut refinement = self.look_about(record)?;
        let best = record.runs[record.best()].point.clone();
        self.wave(record, &[best], Scope::Replicated)?;
        self.refine(record, &mut refinement, Scope::Replicated)?;
        match self.calibration.n_accepted {
            0 => Ok((members, Accepted::default())),
            _ => self.accept(record, ensemble),
        }
    }

    /// The ensemble a step nearer to the targets.
    fn moved(
        &self,
        record: &Record,
        members: &[Vec<f64>],
        distances: &[Vec<f64>],
    ) -> Vec<Vec<f64>> {
        let chance = self.draws(4000 + record.n_waves());
        assimilate(members, distances, self.calibration.n_waves.into(), chance)
    }

    /// Looks which members agree, and moves and runs the ensemble again until so many do as were asked for.
    fn accept(
        &self,
        record: &mut Record,
        mut ensemble: Vec<Seen>,
    ) -> Result<(Vec<Vec<f64>>, Accepted), CalibrationError> {
        let mut accepted = Accepted::default();
        let n_wanted = self.calibration.n_accepted as usize;
        let best = record.runs[record.best()].clone();
        // The best run of the country, made anew in the sample of regions with the chance of the ensemble's last wave.
        let points = [best.point.clone()];
        self.wave_by(record, &points, Scope::Sample, self.calibration.n_waves + 1)?;
        let mut anew = record.last_wave()[0].clone();
        let mut n_moves = 0;
        loop {
            let in_country = accepted.look_at(&best, &anew, &ensemble);
            let members: Vec<Vec<f64>> = ensemble.into_iter().map(|run| run.point).collect();
            if accepted.points.len() + 1 >= n_wanted || n_moves == MOST_ACCEPTANCE_WAVES {
                return Ok((members, accepted));
            }
            n_moves += 1;
            let mut points = vec![best.point.clone()];
            points.extend(self.moved(record, &members, &in_country));
            self.wave_by(record, &points, Scope::Sample, record.n_waves() + 1)?;
            let (first, others) = (record.last_wave().split_first()).expect("the best runs anew");
            (anew, ensemble) = (first.clone(), others.to_vec());
        }
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

/// The `n` points of which the runs show most nearly what is known.
fn nearest(runs: &[Seen], n: usize) -> Vec<Vec<f64>> {
    let mut runs: Vec<&Seen> = runs.iter().collect();
    runs.sort_by(|one, other| squared(&one.distances).total_cmp(&squared(&other.distances)));
    runs.iter().take(n).map(|run| run.point.clone()).collect()
}
