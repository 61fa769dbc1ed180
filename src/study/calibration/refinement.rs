//! Refinement: from the best run in the country, step by step, to one that shows what is known.
//!
//! The parameters are taken on the scale on which their prior is standard normal. What is made as
//! small as can be is the *misfit*: the sum of squares of all distances from the targets, and of
//! how far the parameters have moved from where they began. Where they begin is a member of the
//! ensemble; what comes out is then a draw too, and no more extreme than the targets make it (randomised maximum likelihood: Oliver, He & Reynolds, 5th
//! European Conference on the Mathematics of Oil Recovery (1996)). Other draws begin elsewhere, with the targets moved by errors drawn from their doubt.
//! The steps are those of Levenberg and Marquardt
//! (Marquardt, SIAM Journal 11 (1963)). Slopes come from a two-level design about the best run,
//! in which every run says something of every slope (Plackett & Burman, Biometrika 33 (1946));
//! each step corrects them (Broyden, Mathematics of Computation 19 (1965)). Several dampings are
//! tried in one wave, as PEST does (Doherty, Calibration and Uncertainty Analysis for Complex
//! Environmental Models (2015)).

use super::record::{Seen, squared};
use super::space::bounded;
use crate::stats::{Cholesky, normal_cdf, normal_quantile};

/// A wave tries the damping that did best before, and these multiples of it.
const DAMPINGS: [f64; N_STEPS_PER_WAVE] = [1.0 / 8.0, 1.0, 8.0];
/// Steps that a wave tries.
pub(crate) const N_STEPS_PER_WAVE: usize = 3;
/// What the damping is multiplied by when no step was an improvement.
const CAUTION: f64 = 8.0;
/// No parameter goes further than this from the middle of its prior [standard deviations].
pub(crate) const FURTHEST: f64 = 2.5;
/// The damping that is tried first.
const FIRST_DAMPING: f64 = 16.0;
/// How far a design moves every parameter.
const DESIGN_STEP: f64 = 0.2;

/// The scores of a point of the unit cube: each parameter on the scale on which its prior is
/// standard normal.
pub(crate) fn scores(point: &[f64]) -> Vec<f64> {
    let bounded = |u: &f64| u.clamp(normal_cdf(-FURTHEST), normal_cdf(FURTHEST));
    point.iter().map(|u| normal_quantile(bounded(u))).collect()
}

/// The point of the unit cube with these scores.
pub(crate) fn point_at(scores: &[f64]) -> Vec<f64> {
    scores.iter().map(|&z| normal_cdf(z)).collect()
}

/// Sum of squared distances from the targets, and of what the scores differ from those of the
/// origin.
pub(crate) fn misfit(point: &[f64], distances: &[f64], origin: &[f64]) -> f64 {
    let moved = scores(point).into_iter().zip(origin);
    let moved: f64 = moved.map(|(z, origin)| (z - origin) * (z - origin)).sum();
    squared(distances) + moved
}

/// Which way a run of the design moves a parameter: the columns of a Hadamard matrix, but for
/// the first, are orthogonal (Sylvester's construction).
fn sign(run: usize, dimension: usize) -> f64 {
    let is_even = (run & (dimension + 1)).count_ones().is_multiple_of(2);
    if is_even { 1.0 } else { -1.0 }
}

/// Runs of a design of so many parameters.
pub(crate) fn n_design_runs(n_dimensions: usize) -> usize {
    (n_dimensions + 1).next_power_of_two()
}

/// The points of the design about a point: every parameter a little more in half of them, a
/// little less in the other half.
pub(crate) fn design(about: &[f64]) -> Vec<Vec<f64>> {
    let n_runs = n_design_runs(about.len());
    let centre = scores(about);
    let moved = |run| {
        let scores = centre.iter().enumerate();
        let moved: Vec<f64> = scores
            .map(|(dimension, z)| z + DESIGN_STEP * sign(run, dimension))
            .collect();
        point_at(&moved)
    };
    (0..n_runs).map(moved).collect()
}

/// Change of every distance, on the scale that `scaled` puts it on, with every score, as the runs of a design show it: by
/// target, by parameter.
pub(crate) fn design_slopes(runs: &[Seen], scaled: impl Fn(&[f64]) -> Vec<f64>) -> Vec<Vec<f64>> {
    let n_dimensions = runs[0].point.len();
    let distances: Vec<Vec<f64>> = runs.iter().map(|run| scaled(&run.distances)).collect();
    let slope = |target: usize, dimension: usize| {
        // A target that a run has not seen has no slope.
        if !runs.iter().all(|run| run.distances[target].is_finite()) {
            return 0.0;
        }
        let signed = distances.iter().enumerate();
        let sum: f64 = signed
            .map(|(run, seen)| sign(run, dimension) * seen[target])
            .sum();
        sum / (runs.len() as f64 * DESIGN_STEP)
    };
    let of_target = |target| (0..n_dimensions).map(|d| slope(target, d)).collect();
    (0..runs[0].distances.len()).map(of_target).collect()
}

/// A search for the least misfit.
#[derive(Clone)]
pub(crate) struct Refinement {
    /// Scores of the point where it began.
    origin: Vec<f64>,
    /// What each target is taken to be off by [standard deviations of its doubt].
    errors: Vec<f64>,
    /// Change of every distance with every score: by target, by parameter.
    slopes: Vec<Vec<f64>>,
    damping: f64,
}

impl Refinement {
    /// With the slopes that the runs of a design show.
    pub fn of_design(runs: &[Seen], origin: &[f64]) -> Self {
        Refinement {
            origin: origin.to_vec(),
            errors: vec![0.0; runs[0].distances.len()],
            slopes: design_slopes(runs, bounded),
            damping: FIRST_DAMPING,
        }
    }

    /// Takes the search to another origin, and to targets that are off by `errors`.
    pub fn aim(&mut self, origin: Vec<f64>, errors: Vec<f64>) {
        (self.origin, self.errors) = (origin, errors);
    }

    fn distances(&self, run: &Seen) -> Vec<f64> {
        let pairs = run.distances.iter().zip(&self.errors);
        pairs.map(|(distance, error)| distance - error).collect()
    }

    /// The same, of which none counts for more than the farthest: how far off a queue is that explodes says nothing.
    fn near(&self, run: &Seen) -> Vec<f64> {
        bounded(&self.distances(run))
    }

    /// Where to go from a run: a point for each damping that a wave tries.
    pub fn steps(&self, from: &Seen) -> Vec<Vec<f64>> {
        self.points(from, &DAMPINGS)
    }

    /// The whole of Newton's step from a run.
    pub fn whole_step(&self, from: &Seen) -> Vec<f64> {
        self.points(from, &[0.0]).swap_remove(0)
    }

    /// The end of Newton's step of the sum of squares, in which the part of the origin is the unit matrix, by multiples of
    /// the damping that is held.
    fn points(&self, from: &Seen, dampings: &[f64]) -> Vec<Vec<f64>> {
        let (from, distances) = (scores(&from.point), self.near(from));
        let n = from.len();
        let products: Vec<Vec<f64>> = (0..n)
            .map(|i| {
                let product = |j: usize| self.slopes.iter().map(|row| row[i] * row[j]).sum::<f64>();
                (0..=i).map(product).collect()
            })
            .collect();
        let downhill: Vec<f64> = (0..n)
            .map(|i| {
                let pairs = self.slopes.iter().zip(&distances);
                self.origin[i]
                    - from[i]
                    - pairs.map(|(row, distance)| row[i] * distance).sum::<f64>()
            })
            .collect();
        let step = |damping: f64| {
            let factor = Cholesky::of(&products, 1.0 + damping)
                .expect("a matrix of squares with one on its diagonal is positive");
            let moved = from.iter().zip(factor.solve(&downhill));
            let moved: Vec<f64> = moved
                .map(|(z, step)| (z + step).clamp(-FURTHEST, FURTHEST))
                .collect();
            point_at(&moved)
        };
        dampings
            .iter()
            .map(|factor| step(factor * self.damping))
            .collect()
    }

    /// Learns from a step: what the run at its end shows beyond what was foreseen.
    pub fn learn(&mut self, from: &Seen, to: &Seen) {
        let step: Vec<f64> = (scores(&to.point).iter().zip(scores(&from.point)))
            .map(|(new, old)| new - old)
            .collect();
        let length: f64 = step.iter().map(|x| x * x).sum();
        let is_seen = |run: &Seen| run.distances.iter().all(|distance| distance.is_finite());
        if length == 0.0 || !is_seen(from) || !is_seen(to) {
            return;
        }
        let (new, old) = (self.near(to), self.near(from));
        let seen: Vec<f64> = new.iter().zip(old).map(|(new, old)| new - old).collect();
        for (row, change) in self.slopes.iter_mut().zip(seen) {
            let foreseen: f64 = row.iter().zip(&step).map(|(a, b)| a * b).sum();
            for (slope, part) in row.iter_mut().zip(&step) {
                *slope += (change - foreseen) * part / length;
            }
        }
    }

    /// Sets the damping by which step of the last wave did best; `None` if none did.
    pub fn adapt(&mut self, best_step: Option<usize>) {
        self.damping *= best_step.map_or(CAUTION, |number| DAMPINGS[number]);
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    /// Distances that bend: two targets of three parameters.
    fn seen(at: &[f64]) -> Seen {
        let z = scores(at);
        let distances = vec![
            3.0 * z[0] + z[1] + 0.5 * z[0] * z[0] - 6.0,
            2.0 * (z[1] - z[0]) - 1.0,
        ];
        Seen {
            wave: 1,
            point: at.to_vec(),
            values: Vec::new(),
            distances,
        }
    }

    const ORIGIN: [f64; 3] = [0.5, -0.5, 1.0];

    fn designed() -> Refinement {
        let runs = design(&point_at(&ORIGIN));
        let runs: Vec<Seen> = runs.iter().map(|one| seen(one)).collect();
        assert_eq!(runs.len(), 4);
        Refinement::of_design(&runs, &ORIGIN)
    }

    fn misfit_of(seen: &Seen) -> f64 {
        misfit(&seen.point, &seen.distances, &ORIGIN)
    }

    #[test]
    fn a_design_gives_slopes_of_all_parameters_at_once() {
        let found = designed().slopes;
        // The square bends half as much again at 0.5.
        let expected = [[3.5, 1.0, 0.0], [-2.0, 2.0, 0.0]];
        for (row, expected) in found.iter().zip(expected) {
            for (slope, expected) in row.iter().zip(expected) {
                assert!((slope - expected).abs() < 1e-6, "{found:?}");
            }
        }
    }

    #[test]
    fn steps_lead_to_the_least_misfit() {
        let mut refinement = designed();
        let mut best = seen(&point_at(&ORIGIN));
        for _ in 0..20 {
            let tried: Vec<Seen> = refinement
                .steps(&best)
                .iter()
                .map(|one| seen(one))
                .collect();
            tried.iter().for_each(|to| refinement.learn(&best, to));
            let gains = tried.iter().map(|to| misfit_of(&best) - misfit_of(to));
            let gain = gains
                .enumerate()
                .max_by(|a, b| a.1.total_cmp(&b.1))
                .unwrap();
            refinement.adapt((gain.1 > 0.0).then_some(gain.0));
            if gain.1 > 0.0 {
                best = tried[gain.0].clone();
            }
        }
        // What no target depends on stays where it was, and nothing near fits better.
        let found = scores(&best.point);
        assert!((found[2] - ORIGIN[2]).abs() < 1e-3, "{found:?}");
        for dimension in 0..3 {
            for step in [-0.01, 0.01] {
                let mut beside = found.clone();
                beside[dimension] += step;
                assert!(misfit_of(&seen(&point_at(&beside))) > misfit_of(&best));
            }
        }
    }
}
