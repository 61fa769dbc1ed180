//! Corrections of draws in the country, with slopes that the runs of all draws show together.
//!
//! By the time that draws are run in the country each stands near what it looks for, and far from the others and from the
//! chosen point. A slope from its own last step says little in sixty dimensions, and one from a design about the chosen point
//! is that of another place and of a sample of regions. So slopes are those of the design, corrected by a ridge regression on
//! every run of a draw in the country (slopes pooled over realisations, as in iterative ensemble smoothers: Chen & Oliver,
//! Computational Geosciences 17 (2013)). A draw then takes the least step towards its targets that these slopes ask for: what
//! no target depends on stays where the prior had it.
//!
//! A run that came out worse tells of the bend right there: steps anew from the same place take in what it showed beyond what
//! was foreseen (secants with some doubt; Broyden 1965 has them without). After a step that went well they do not: a slope
//! behind says less of what is ahead than the slopes of all.
//!
//! Slopes are those of the inverse hyperbolic sine of a distance, which is the distance near a target and its logarithm far off.

use super::ensemble::{centred, product};
use super::record::{Seen, squared};
use super::refinement::{FURTHEST, design_slopes, point_at, scores};
use super::space::bounded;
use crate::stats::Cholesky;

/// How sure the slopes of the design are: the squared doubt of what a run shows by that of a slope.
const RIDGE: f64 = 1.0;
/// With this damping a step of a draw is about one standard deviation of the prior long, no further than runs have told of.
const FIRST_DAMPING: f64 = 8.0;
const LEAST_DAMPING: f64 = 2.0;
/// And with this one about half of that: shorter ones would say little of anything.
const MOST_DAMPING: f64 = 32.0;
/// What the damping is multiplied by after a run that is better, and one that is not.
const AFTER_BETTER: f64 = 0.5;
const AFTER_WORSE: f64 = 2.0;
/// The squared length of a step by which what it shows is believed by half.
const SECANT_DOUBT: f64 = 0.1;

/// Slopes of all distances, bent, with all scores.
pub(crate) struct PooledSlopes {
    /// By the design alone: by target, by parameter.
    design: Vec<Vec<f64>>,
    /// With all that was learnt.
    slopes: Vec<Vec<f64>>,
    /// Scores of every run, and its bent distances.
    points: Vec<Vec<f64>>,
    distances: Vec<Vec<f64>>,
}

impl PooledSlopes {
    /// With what the runs of a design show.
    pub fn of_design(runs: &[Seen]) -> Self {
        let design = design_slopes(runs, bent);
        PooledSlopes {
            slopes: design.clone(),
            design,
            points: Vec::new(),
            distances: Vec::new(),
        }
    }

    /// Learns from more runs of draws.
    pub fn learn(&mut self, runs: &[Seen]) {
        self.points
            .extend(runs.iter().map(|run| scores(&run.point)));
        let bent = runs.iter().map(|run| bent(&run.distances));
        self.distances.extend(bent);
        let (points, distances) = (centred(&self.points), centred(&self.distances));
        let factor = Cholesky::of(&products(&points), RIDGE);
        let factor = factor.expect("squares and a ridge are positive");
        let of_target = |(design, seen): (&Vec<f64>, &Vec<f64>)| {
            let unforeseen = seen.iter().enumerate();
            let unforeseen = unforeseen.map(|(run, seen)| seen - mixed(&points, design, run));
            let unforeseen: Vec<f64> = unforeseen.collect();
            let right = points.iter().map(|point| product(point, &unforeseen));
            let pairs = design.iter().zip(factor.solve(&right.collect::<Vec<_>>()));
            pairs
                .map(|(slope, correction)| slope + correction)
                .collect()
        };
        self.slopes = self.design.iter().zip(&distances).map(of_target).collect();
    }

    /// Slopes at a run from which others were tried that came out worse.
    fn at(&self, from: &Seen, worse: &[Seen]) -> Vec<Vec<f64>> {
        let (point, distances) = (scores(&from.point), bent(&from.distances));
        let steps: Vec<Vec<f64>> = worse
            .iter()
            .map(|run| less(&scores(&run.point), &point))
            .collect();
        let factor = Cholesky::of(&products(&steps), SECANT_DOUBT);
        let factor = factor.expect("squares and a doubt are positive");
        let of_target = |(target, row): (usize, &Vec<f64>)| {
            let unforeseen = |(run, step): (&Seen, &Vec<f64>)| {
                bent(&run.distances)[target] - distances[target] - product(row, step)
            };
            let pairs = worse.iter().zip(&steps);
            let weights = factor.solve(&pairs.map(unforeseen).collect::<Vec<_>>());
            let slopes = row.iter().enumerate();
            slopes
                .map(|(i, slope)| slope + mixed(&steps, &weights, i))
                .collect()
        };
        self.slopes.iter().enumerate().map(of_target).collect()
    }

    /// The end of the least step from a run towards targets that are off by `errors`, by `damping` shorter; `worse` runs were
    /// tried from there before.
    fn step(&self, from: &Seen, worse: &[Seen], errors: &[f64], damping: f64) -> Vec<f64> {
        // A bent distance grows by one where the distance grows by so much at the target.
        let stretch: Vec<f64> = errors
            .iter()
            .map(|error| (1.0 + error * error).sqrt())
            .collect();
        let rest: Vec<f64> = (bent(&from.distances).iter().zip(bent(errors)).zip(&stretch))
            .map(|((seen, error), stretch)| stretch * (seen - error))
            .collect();
        let rows: Vec<Vec<f64>> = (self.at(from, worse).iter().zip(&stretch))
            .map(|(row, stretch)| row.iter().map(|slope| stretch * slope).collect())
            .collect();
        let factor = Cholesky::of(&products(&rows), damping);
        let weights = factor
            .expect("squares and a damping are positive")
            .solve(&rest);
        let moved: Vec<f64> = (scores(&from.point).into_iter().enumerate())
            .map(|(i, z)| z - mixed(&rows, &weights, i))
            .map(|z| z.clamp(-FURTHEST, FURTHEST))
            .collect();
        point_at(&moved)
    }
}

/// A draw that is corrected in the country.
pub(crate) struct Correction {
    /// What each target is taken to be off by.
    errors: Vec<f64>,
    /// The best run so far, once there is one.
    best: Option<Seen>,
    /// What was tried from there and came out worse.
    worse: Vec<Seen>,
    damping: f64,
    /// Where it is run next.
    pub next: Vec<f64>,
}

impl Correction {
    /// Of a draw that is run there first, towards targets that are off by `errors`.
    pub fn from(next: Vec<f64>, errors: Vec<f64>) -> Self {
        Correction {
            next,
            errors,
            best: None,
            worse: Vec::new(),
            damping: FIRST_DAMPING,
        }
    }

    /// Takes a run as where to go on from if none was better.
    pub fn see(&mut self, run: &Seen, slopes: &PooledSlopes) {
        let far = |run: &Seen| squared(&bounded(&less(&run.distances, &self.errors)));
        match &self.best {
            None => self.best = Some(run.clone()),
            Some(best) if far(run) < far(best) => {
                self.damping = (self.damping * AFTER_BETTER).max(LEAST_DAMPING);
                self.best = Some(run.clone());
                self.worse.clear();
            }
            Some(_) => {
                self.damping = (self.damping * AFTER_WORSE).min(MOST_DAMPING);
                self.worse.push(run.clone());
            }
        }
        let best = self.best.as_ref().expect("a run has been seen");
        self.next = slopes.step(best, &self.worse, &self.errors, self.damping);
    }
}

/// Distances, bent.
fn bent(distances: &[f64]) -> Vec<f64> {
    bounded(distances).into_iter().map(libm::asinh).collect()
}

fn less(one: &[f64], other: &[f64]) -> Vec<f64> {
    one.iter().zip(other).map(|(a, b)| a - b).collect()
}

/// Inner products of rows with each other: the lower triangle.
fn products(rows: &[Vec<f64>]) -> Vec<Vec<f64>> {
    let row = |i: usize| (0..=i).map(|j| product(&rows[i], &rows[j])).collect();
    (0..rows.len()).map(row).collect()
}

/// A place of the sum of rows, each so many times.
fn mixed(rows: &[Vec<f64>], times: &[f64], place: usize) -> f64 {
    rows.iter()
        .zip(times)
        .map(|(row, times)| row[place] * times)
        .sum()
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::study::calibration::refinement::design;

    /// Two targets of four parameters, of which the last says nothing; slopes are half as steep elsewhere as at the middle.
    fn seen(z: &[f64]) -> Seen {
        let bend = |x: f64| libm::tanh(x);
        let distances = vec![
            6.0 * bend(0.4 * (z[0] + z[1])) - 2.0,
            4.0 * (z[2] - 0.5 * z[0]),
        ];
        Seen {
            wave: 1,
            point: point_at(z),
            values: Vec::new(),
            distances,
        }
    }

    fn spread(n: usize) -> Vec<Vec<f64>> {
        let z = |draw: usize, i: usize| 1.5 * libm::sin((7 * draw + 3 * i + draw * i) as f64);
        (0..n)
            .map(|draw| (0..4).map(|i| z(draw, i)).collect())
            .collect()
    }

    /// A design that tells the truth of the middle, or nothing at all.
    fn designed(says: f64) -> PooledSlopes {
        let runs = design(&point_at(&[0.0; 4]));
        let runs = runs.iter().map(|point| {
            let mut run = seen(&scores(point));
            run.distances
                .iter_mut()
                .for_each(|distance| *distance *= says);
            run
        });
        PooledSlopes::of_design(&runs.collect::<Vec<_>>())
    }

    #[test]
    fn runs_teach_slopes_that_a_design_does_not_know() {
        let mut slopes = designed(0.0);
        assert!(slopes.slopes.iter().flatten().all(|slope| *slope == 0.0));
        let runs: Vec<Seen> = spread(60).iter().map(|z| seen(z)).collect();
        slopes.learn(&runs);
        let [one, other] = [&slopes.slopes[0], &slopes.slopes[1]];
        assert!(
            one[0] > 0.2 && one[1] > 0.2 && one[2].abs() < 0.1 && one[3].abs() < 0.1,
            "{one:?}"
        );
        assert!(
            other[2] > 0.3 && other[0] < -0.1 && other[3].abs() < 0.1,
            "{other:?}"
        );
    }

    #[test]
    fn a_step_is_the_least_that_reaches_the_targets() {
        let slopes = designed(1.0);
        let from = seen(&[0.1, 0.3, -0.2, 1.7]);
        let errors = [-1.0, 0.5];
        let to = scores(&slopes.step(&from, &[], &errors, 1e-9));
        let foreseen = |target: usize| {
            let moved = to
                .iter()
                .zip(scores(&from.point))
                .map(|(to, from)| to - from);
            bent(&from.distances)[target]
                + product(&slopes.slopes[target], &moved.collect::<Vec<_>>())
        };
        for (target, error) in errors.into_iter().enumerate() {
            assert!((foreseen(target) - libm::asinh(error)).abs() < 1e-6);
        }
        // Nothing hangs on the last parameter.
        assert!((to[3] - 1.7).abs() < 1e-9, "{to:?}");
        let damped = scores(&slopes.step(&from, &[], &errors, FIRST_DAMPING));
        let length = |to: &[f64]| {
            squared(
                &to.iter()
                    .zip(scores(&from.point))
                    .map(|(to, from)| to - from)
                    .collect::<Vec<_>>(),
            )
        };
        assert!(length(&damped) < 0.8 * length(&to));
    }

    #[test]
    fn a_run_that_came_out_worse_shortens_the_next_step() {
        let slopes = designed(1.0);
        let with = |point: Vec<f64>, distance: f64| Seen {
            distances: vec![distance, 0.0],
            point,
            ..seen(&[0.0; 4])
        };
        let from = with(point_at(&[0.0; 4]), -4.0);
        let first = slopes.step(&from, &[], &[0.0; 2], LEAST_DAMPING);
        let worse = with(first.clone(), 8.0);
        let second = slopes.step(&from, &[worse], &[0.0; 2], LEAST_DAMPING);
        let length = |to: &[f64]| squared(&scores(to)).sqrt();
        // From asinh(-4) it went to asinh(8), and should have gone to 0: 43 % of the way, and somewhat more for the doubt.
        let ratio = length(&second) / length(&first);
        assert!((0.4..0.6).contains(&ratio), "{ratio}");
    }

    #[test]
    fn draws_reach_their_targets_and_keep_what_hangs_on_none() {
        let mut slopes = designed(1.0);
        let errors = |draw: usize| vec![libm::sin(draw as f64), libm::cos(draw as f64)];
        let origins = spread(40);
        let all = origins.iter().enumerate();
        let mut draws: Vec<Correction> = all
            .map(|(draw, origin)| Correction::from(point_at(origin), errors(draw)))
            .collect();
        for _ in 0..8 {
            let at = draws.iter().map(|draw| seen(&scores(&draw.next)));
            let runs: Vec<Seen> = at.collect();
            slopes.learn(&runs);
            let pairs = draws.iter_mut().zip(&runs);
            pairs.for_each(|(draw, run)| draw.see(run, &slopes));
        }
        for (draw, (correction, origin)) in draws.iter().zip(&origins).enumerate() {
            let best = correction.best.as_ref().expect("it was run");
            for (distance, error) in best.distances.iter().zip(errors(draw)) {
                assert!(
                    (distance - error).abs() < 0.5,
                    "draw {draw}: {distance} for {error}"
                );
            }
            assert!(
                (scores(&best.point)[3] - origin[3]).abs() < 0.3,
                "draw {draw}"
            );
        }
    }
}
