//! The waves one after another.

use super::acceptance::{Accepted, N_CORRECTIONS, N_PARTS, Pursuit, agrees, compared};
use super::correction::{Correction, PooledSlopes};
use super::ensemble::assimilate;
use super::failure::{CalibrationError, nothing_fits};
use super::fit::Fit;
use super::record::{Record, Seen, squared};
use super::refinement::{N_STEPS_PER_WAVE, Refinement, design, n_design_runs, scores};
use super::space::Space;
use super::wave::{Runner, Wave, baseline_with, run_wave};
use crate::experiment::{Execution, run};
use crate::random::{Chance, Draws, normal};
use crate::scenario::{Calibration, Scenario};
use crate::stats::latin_hypercube;

/// The first wave in the whole country has one point for so many of a wave.
const POINTS_PER_COUNTRY_POINT: u32 = 10;
/// Small waves that step from the best run so far: at most so many, and no more after so many in a row that found hardly a
/// better one.
const N_REFINEMENTS: u32 = 8;
const N_IDLE_REFINEMENTS: u32 = 2;
/// A misfit that is smaller by less than this is hardly better.
const HARDLY: f64 = 0.2;
/// Draws by which the spread of what is left is told where none, or too few, were looked for.
const N_LINEAR: usize = 200;
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
    let (n_designs, refinements, ensemble) = match &plan.start {
        Some(_) => (1, N_LAST_REPLICATIONS, [0, 1]),
        None => (
            2,
            1 + N_LAST_REPLICATIONS,
            [(plan.n_waves + 1) * plan.n_points, n_first_in_country(plan)],
        ),
    };
    let steps = refinements * N_REFINEMENTS * N_STEPS_PER_WAVE as u32;
    let designs = n_designs * n_design_runs(plan.free.len()) as u32;
    let sample = ensemble[0] + designs + plan.n_draws * N_PARTS;
    let country = ensemble[1] + steps + N_LAST_REPLICATIONS + plan.n_draws * N_CORRECTIONS;
    [sample, country].map(f64::from)
}

/// Runs of the first wave in the country.
fn n_first_in_country(plan: &Calibration) -> u32 {
    (plan.n_points / POINTS_PER_COUNTRY_POINT).max(5)
}

/// The same with any runner.
pub(crate) fn calibrate_with(scenario: &Scenario, runner: Runner) -> Result<Fit, CalibrationError> {
    let calibration = scenario.calibration.as_ref();
    let calibration = calibration.expect("the scenario says how to calibrate it");
    let search = Search {
        scenario,
        calibration,
        space: &Space::of(scenario, calibration),
        runner,
    };
    let mut record = Record::default();
    let (linear, accepted) = search.conclude(&mut record)?;
    let best = record.runs[record.best()].point.clone();
    let chosen = rounded(&best, &search);
    let outcome = runner(&baseline_with(scenario, &calibration.free, &chosen))?;
    let draws: Vec<Vec<f64>> = match calibration.n_draws {
        0 => Vec::new(),
        _ => [best].into_iter().chain(accepted.points).collect(),
    };
    Ok(Fit::of(
        scenario,
        search.space,
        record,
        (&draws, accepted.n_tried, &linear),
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
    /// All waves; gives where draws would lie if the model were linear about the chosen point, and those with which runs
    /// agree.
    fn conclude(&self, record: &mut Record) -> Result<(Vec<Vec<f64>>, Accepted), CalibrationError> {
        match &self.calibration.start {
            Some(values) => {
                self.wave(record, &[self.space.point(values)], Scope::Country)?;
                record.begin_refinement();
            }
            None => {
                self.assimilate(record)?;
                let n_points = n_first_in_country(self.calibration) as usize;
                let points = nearest(record.last_wave(), n_points);
                self.wave(record, &points, Scope::Country)?;
                record.begin_refinement();
                let mut refinement = self.look_about(record)?;
                self.refine(record, &mut refinement, Scope::Country)?;
            }
        }
        let mut refinement = self.look_about(record)?;
        let pooled = PooledSlopes::of_design(record.last_wave());
        let best = record.runs[record.best()].point.clone();
        self.wave(record, &[best], Scope::Replicated)?;
        self.refine(record, &mut refinement, Scope::Replicated)?;
        let chosen = &record.runs[record.best()];
        let aims = self.aims(N_LINEAR).into_iter();
        let linear = aims.map(|aim| Pursuit::in_one_go(chosen, &refinement, aim));
        let linear = linear.collect();
        let accepted = match self.calibration.n_draws {
            0 => Accepted::default(),
            _ => self.pursue(record, &refinement, pooled)?,
        };
        Ok((linear, accepted))
    }

    /// The ensemble moves towards the targets, and is run where it has come to.
    fn assimilate(&self, record: &mut Record) -> Result<(), CalibrationError> {
        let mut members = self.spread();
        for _ in 0..self.calibration.n_waves {
            self.wave(record, &members, Scope::Sample)?;
            let distances = record.last_wave().iter().map(|run| run.distances.clone());
            let chance = self.draws(4000 + record.n_waves());
            let n_steps = self.calibration.n_waves.into();
            members = assimilate(&members, &distances.collect::<Vec<_>>(), n_steps, chance);
        }
        self.wave(record, &members, Scope::Sample)
    }

    /// Looks for as many draws as were asked for, all of them side by side.
    fn pursue(
        &self,
        record: &mut Record,
        slopes: &Refinement,
        mut pooled: PooledSlopes,
    ) -> Result<Accepted, CalibrationError> {
        // The chosen point is the first.
        let n_tried = self.calibration.n_draws as usize - 1;
        let chosen = record.runs[record.best()].clone();
        let aims = self.aims(n_tried);
        let mut pursuits: Vec<Pursuit> = (aims.into_iter())
            .map(|aim| Pursuit::new(&chosen, slopes, aim))
            .collect();
        for part in 1..=N_PARTS {
            let points = pursuits.iter().map(|one| &one.next);
            let runs = self.runs_of(record, &chosen, points, Scope::Sample)?;
            for (one, run) in pursuits.iter_mut().zip(runs) {
                one.see_on_the_way(&chosen, run, part);
            }
        }
        // In the order of the draws: those that agree soon are not like those that do so late, and whoever takes the first
        // few takes some of each.
        let mut found: Vec<Option<Vec<f64>>> = vec![None; n_tried];
        let all = pursuits.into_iter().map(Pursuit::in_country).enumerate();
        let mut left: Vec<(usize, Correction)> = all.collect();
        for _ in 0..N_CORRECTIONS {
            let points = left.iter().map(|(_, draw)| &draw.next);
            let runs = self.runs_of(record, &chosen, points, Scope::Country)?;
            pooled.learn(&runs);
            let mut open = Vec::new();
            for (run, (number, mut draw)) in runs.into_iter().zip(left) {
                if agrees(&run.distances) {
                    found[number] = Some(run.point);
                } else {
                    draw.see(&run, &pooled);
                    open.push((number, draw));
                }
            }
            left = open;
            if left.is_empty() {
                break;
            }
        }
        let points = found.into_iter().flatten().collect();
        Ok(Accepted { points, n_tried })
    }

    /// A run at every point, and one of the chosen point with the same chance by which its luck is taken off.
    fn runs_of<'p>(
        &self,
        record: &mut Record,
        chosen: &Seen,
        points: impl Iterator<Item = &'p Vec<f64>>,
        scope: Scope,
    ) -> Result<Vec<Seen>, CalibrationError> {
        let points: Vec<_> = [chosen.point.clone()]
            .into_iter()
            .chain(points.cloned())
            .collect();
        self.wave(record, &points, scope)?;
        let (anew, runs) = record.last_wave().split_first().expect("a run of each");
        Ok(runs.iter().map(|run| compared(run, anew, chosen)).collect())
    }

    /// Where draws go: scores of points spread over the prior, and what each takes the targets to be off by.
    fn aims(&self, n: usize) -> Vec<(Vec<f64>, Vec<f64>)> {
        let points = latin_hypercube(n, self.space.n_dimensions(), |dimension, index| {
            self.draws(5001).uniform(dimension as u16, index as u32)
        });
        let aim = |(draw, point): (usize, &Vec<f64>)| (scores(point), self.errors(draw));
        points.iter().enumerate().map(aim).collect()
    }

    /// What a draw takes each target to be off by.
    fn errors(&self, draw: usize) -> Vec<f64> {
        let chance = self.draws(5000);
        let targets = self.calibration.targets.iter();
        let fitted = targets.filter(|target| target.is_fitted()).enumerate();
        fitted
            .map(|(number, _)| normal(chance.uniform(number as u16, draw as u32)))
            .collect()
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
        let seed_number = match self.calibration.start {
            Some(_) => self.calibration.n_waves + 1,
            None => (record.n_waves() + 1).min(self.calibration.n_waves + 1),
        };
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
