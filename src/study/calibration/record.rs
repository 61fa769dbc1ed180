//! What the waves have shown so far.

use super::refinement::{misfit, scores};
use super::space::{RULED_OUT, distance};
use crate::scenario::Target;

/// What a wave has taught.
#[derive(Clone, PartialEq, Debug)]
pub struct WaveFit {
    /// Whether it ran in the whole country, rather than in a sample of regions.
    pub is_country: bool,
    /// Replications of each of its runs.
    pub n_replications: u32,
    /// Number of runs.
    pub n_runs: usize,
    /// Runs in which every fitted target is within three standard deviations of its doubt.
    pub n_not_ruled_out: usize,
    /// The largest distance from a fitted target, in the run where it is smallest.
    pub least_distance: f64,
    /// The least misfit of its runs: sum of squared distances from the targets and, once a
    /// refinement has begun, of what the parameters have moved since.
    pub least_misfit: f64,
}

/// One run of a wave.
#[derive(Clone, PartialEq, Debug)]
pub(crate) struct Seen {
    /// Number of the wave, from 1.
    pub wave: u32,
    /// The point of the unit cube.
    pub point: Vec<f64>,
    /// Values of the targets' KPIs, by number of the target.
    pub values: Vec<Option<f64>>,
    /// Distances from the fitted targets.
    pub distances: Vec<f64>,
}

impl Seen {
    fn largest_distance(&self) -> f64 {
        let distances = self.distances.iter();
        distances.map(|x| x.abs()).fold(0.0, f64::max)
    }
}

/// Every run, and every wave.
#[derive(Default)]
pub(crate) struct Record {
    pub runs: Vec<Seen>,
    pub waves: Vec<WaveFit>,
    /// Scores of the point where a refinement began; none before.
    pub origin: Vec<f64>,
}

impl Record {
    pub fn n_waves(&self) -> u32 {
        self.waves.len() as u32
    }

    /// Writes a wave down: its points with what they showed of the targets.
    pub fn add(
        &mut self,
        targets: &[Target],
        runs: impl Iterator<Item = (Vec<f64>, Vec<Option<f64>>)>,
        (is_country, n_replications): (bool, u32),
    ) {
        let wave = self.n_waves() + 1;
        let first = self.runs.len();
        self.runs.extend(runs.map(|(point, values)| Seen {
            wave,
            distances: distances(targets, &values),
            point,
            values,
        }));
        let new = &self.runs[first..];
        let is_left = |run: &&Seen| run.largest_distance() <= RULED_OUT;
        self.waves.push(WaveFit {
            is_country,
            n_replications,
            n_runs: new.len(),
            n_not_ruled_out: new.iter().filter(is_left).count(),
            least_distance: least(new.iter().map(Seen::largest_distance)),
            least_misfit: least(new.iter().map(|run| self.misfit(run))),
        });
    }

    /// Runs of the last wave.
    pub fn last_wave(&self) -> &[Seen] {
        let n = self.waves.last().map_or(0, |wave| wave.n_runs);
        &self.runs[self.runs.len() - n..]
    }

    /// Where a refinement begins: the best run so far.
    pub fn begin_refinement(&mut self) {
        self.origin = scores(&self.runs[self.best()].point);
    }

    /// Sum of squared distances from the targets, and of what the parameters have moved.
    pub fn misfit(&self, run: &Seen) -> f64 {
        misfit(&run.point, &run.distances, &self.origin)
    }

    /// Number of the best of the runs that say most: in as many regions, and with as many
    /// replications, as any.
    ///
    /// # Panics
    ///
    /// Before the first wave.
    pub fn best(&self) -> usize {
        let says = |wave: &WaveFit| (wave.is_country, wave.n_replications);
        let most = self.waves.iter().map(says).max();
        let of_run = |run: usize| says(&self.waves[self.runs[run].wave as usize - 1]);
        let runs = (0..self.runs.len()).filter(|&run| Some(of_run(run)) == most);
        let misfit = |run: usize| self.misfit(&self.runs[run]);
        runs.min_by(|&one, &other| misfit(one).total_cmp(&misfit(other)))
            .expect("a wave has been run")
    }
}

/// Sum of squared distances from the targets.
pub(crate) fn squared(distances: &[f64]) -> f64 {
    distances.iter().map(|one| one * one).sum()
}

fn least(values: impl Iterator<Item = f64>) -> f64 {
    values.fold(f64::INFINITY, f64::min)
}

/// Distances of values from the fitted targets.
fn distances(targets: &[Target], values: &[Option<f64>]) -> Vec<f64> {
    let pairs = targets.iter().zip(values);
    let fitted = pairs.filter(|(target, _)| target.is_fitted());
    // What was never seen is as far off as can be.
    fitted
        .map(|(target, value)| value.map_or(f64::INFINITY, |value| distance(target, value)))
        .collect()
}
