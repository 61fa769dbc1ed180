//! Morris screening: which factors matter at all.

use super::{Bootstrap, Ranged, is_complete, mean, n_replications};
use crate::stats::{Moments, PointSet};

/// What the elementary effects of one factor come to.
///
/// An elementary effect is the change of the result over a step of a
/// trajectory, divided by the change of the factor [result per unit of the
/// cube].
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Screened {
    /// μ, the mean of the effects.
    pub mean: f64,
    /// μ*, the mean of the absolute effects, which opposite effects do not cancel
    /// (F. Campolongo, J. Cariboni and A. Saltelli, Environmental Modelling &
    /// Software 22, 2007), with its bootstrap interval over trajectories.
    pub mean_absolute: Ranged,
    /// σ, the standard deviation of the effects: what is not linear, or depends
    /// on other factors; NaN for a single trajectory.
    pub deviation: f64,
    /// The standard deviation that replications alone give an effect, `None`
    /// with one replication.
    ///
    /// An effect that is nothing but noise has a μ* of about 0.8 of this and
    /// a σ of this.
    pub noise: Option<f64>,
}

/// Screens all factors, from the values at the points of
/// [`Trajectories`](crate::stats::Trajectories) or of other walks that move
/// every factor once.
///
/// M. D. Morris, "Factorial sampling plans for preliminary computational
/// experiments", Technometrics 33 (1991). `None` when no trajectory is
/// complete.
///
/// Intervals are too narrow where trajectories are few: of 95 % with 10 of them
/// they cover about 92 %, with 40 about 94 % (tests/theory/statistical_sensitivity.rs).
///
/// # Panics
///
/// When the values are not those of walks, or points differ in their
/// replications.
#[must_use]
pub fn screen<U: Fn(usize, usize) -> f64>(
    points: &(impl PointSet + ?Sized),
    values: &[Vec<f64>],
    bootstrap: &Bootstrap<U>,
) -> Option<Vec<Screened>> {
    assert_eq!(points.n_points(), values.len(), "every point has values");
    let n_replications = n_replications(values) as f64;
    let length = points.point(0).len() + 1;
    assert_eq!(values.len() % length, 0, "a walk moves every factor once");
    // Effects and squares of their noise, factor by factor.
    let mut effects: Vec<Vec<f64>> = vec![Vec::new(); length - 1];
    let mut noise: Vec<f64> = vec![0.0; length - 1];
    for (walk, values) in values.chunks(length).enumerate() {
        if !is_complete(values) {
            continue;
        }
        let mut here = points.point(walk * length);
        for step in 1..length {
            let there = points.point(walk * length + step);
            let (factor, change) = moved(&here, &there);
            let mut differences = Moments::default();
            for (before, after) in values[step - 1].iter().zip(&values[step]) {
                differences.push(after - before);
            }
            effects[factor].push(differences.mean() / change);
            noise[factor] += differences.variance() / n_replications / (change * change);
            here = there;
        }
    }
    let n = effects.first()?.len();
    assert!(
        effects.iter().all(|of_factor| of_factor.len() == n),
        "a walk moves every factor once"
    );
    if n == 0 {
        return None;
    }
    let absolute = |counts: &[f64]| {
        (effects.iter())
            .map(|of_factor| {
                let sum: f64 = (of_factor.iter().zip(counts))
                    .map(|(e, c)| c * e.abs())
                    .sum();
                sum / n as f64
            })
            .collect()
    };
    let intervals = bootstrap.intervals(n, absolute);
    let screened = |((of_factor, noise), mean_absolute): ((&Vec<f64>, f64), Ranged)| {
        let mut moments = Moments::default();
        of_factor.iter().for_each(|&effect| moments.push(effect));
        Screened {
            mean: mean(of_factor.iter().copied()),
            mean_absolute,
            deviation: moments.variance().sqrt(),
            noise: (n_replications > 1.0).then(|| (noise / n as f64).sqrt()),
        }
    };
    Some(
        effects
            .iter()
            .zip(noise)
            .zip(intervals)
            .map(screened)
            .collect(),
    )
}

/// The one factor that differs between two points, and by how much.
fn moved(here: &[f64], there: &[f64]) -> (usize, f64) {
    let mut changes = (here.iter().zip(there).enumerate())
        .map(|(factor, (from, to))| (factor, to - from))
        .filter(|&(_, change)| change != 0.0);
    let first = changes.next().expect("a step moves a factor");
    assert!(changes.next().is_none(), "a step moves one factor alone");
    first
}

#[cfg(test)]
mod tests {
    use super::*;

    fn fixed(_: usize, index: usize) -> f64 {
        (index as f64 * 0.618_033_988_749_894_9 + 0.1).fract()
    }

    const BOOTSTRAP: Bootstrap<fn(usize, usize) -> f64> = Bootstrap {
        n_resamples: 20,
        level: 0.9,
        uniform: fixed,
    };

    #[test]
    fn effects_by_hand() {
        // y = 4 x₁ x₂ on two walks: x₁ has the effects 4 · 0 and 4 · 1, x₂ 4 · 1 and 4 · 0.
        let points = vec![
            vec![0.0, 0.0],
            vec![1.0, 0.0],
            vec![1.0, 1.0],
            vec![1.0, 1.0],
            vec![0.0, 1.0],
            vec![0.0, 0.0],
        ];
        // The last replication is 10 higher everywhere.
        let values: Vec<Vec<f64>> = (points.iter())
            .map(|p| 4.0 * p[0] * p[1])
            .map(|y| vec![y, y, y + 10.0])
            .collect();
        let found = screen(&points, &values, &BOOTSTRAP).unwrap();
        for factor in found {
            assert_eq!(factor.mean, 2.0);
            assert_eq!(factor.mean_absolute.value, 2.0);
            assert_eq!(factor.deviation, 8.0_f64.sqrt());
            assert_eq!(factor.noise, Some(0.0));
        }
    }

    #[test]
    fn noise_is_what_replications_disagree_on() {
        let points = vec![vec![0.0], vec![0.5]];
        // Differences 1 and 3, so effects 2 and 6 with variance 8, of the mean of two 4.
        let found = screen(&points, &[vec![0.0, 1.0], vec![1.0, 4.0]], &BOOTSTRAP).unwrap();
        assert_eq!((found[0].mean, found[0].noise), (4.0, Some(2.0)));
    }

    #[test]
    fn a_walk_with_a_gap_is_left_out() {
        let points = vec![vec![0.0], vec![0.5], vec![0.5], vec![0.0]];
        let mut values = vec![vec![1.0], vec![2.0], vec![f64::NAN], vec![0.0]];
        let found = screen(&points, &values, &BOOTSTRAP).unwrap();
        assert_eq!((found[0].mean, found[0].noise), (2.0, None));
        values[0][0] = f64::INFINITY;
        assert_eq!(screen(&points, &values, &BOOTSTRAP), None);
    }

    #[test]
    #[should_panic(expected = "one factor alone")]
    fn other_points_are_refused() {
        let points = vec![vec![0.0, 0.0], vec![0.5, 0.5], vec![0.5, 0.0]];
        let _ = screen(&points, &vec![vec![0.0]; 3], &BOOTSTRAP);
    }
}
