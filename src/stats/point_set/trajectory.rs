//! Walks through a grid that move every dimension once.

use super::PointSet;

/// The trajectories of Morris screening.
///
/// A trajectory has d + 1 points on the grid 0, 1/(p − 1), …, 1. From one to
/// the next a single dimension moves by
///
/// ```text
/// Δ = p / (2 (p − 1))
/// ```
///
/// up or down, in random order, so that every level is as likely as any other
/// (M. D. Morris, "Factorial sampling plans for preliminary computational
/// experiments", Technometrics 33, 1991). The ends 0 and 1 of the cube occur.
#[derive(Clone, Debug, PartialEq)]
pub struct Trajectories {
    trajectories: Vec<Trajectory>,
    n_dimensions: usize,
}

/// Where each dimension comes from, where it goes, and the step at which it does.
#[derive(Clone, Debug, PartialEq)]
struct Trajectory {
    from: Vec<f64>,
    to: Vec<f64>,
    step: Vec<usize>,
}

impl Trajectories {
    /// So many trajectories on a grid of `n_levels` levels, from `uniform(trajectory, index)`.
    ///
    /// # Panics
    ///
    /// When the number of levels is odd or zero: only with an even number can
    /// all levels be equally likely.
    #[must_use]
    pub fn new(
        n_trajectories: usize,
        n_dimensions: usize,
        n_levels: u32,
        uniform: impl Fn(usize, usize) -> f64,
    ) -> Self {
        assert!(
            n_levels > 0 && n_levels.is_multiple_of(2),
            "the number of levels is even"
        );
        let of = |trajectory: usize| {
            let uniform = |index| uniform(trajectory, index);
            let mut from = Vec::with_capacity(n_dimensions);
            let mut to = Vec::with_capacity(n_dimensions);
            for j in 0..n_dimensions {
                // A level of all says where it begins, and with that whether it goes up.
                let half = n_levels / 2;
                let begin = (uniform(j) * f64::from(n_levels)) as u32;
                let end = if begin < half {
                    begin + half
                } else {
                    begin - half
                };
                from.push(f64::from(begin) / f64::from(n_levels - 1));
                to.push(f64::from(end) / f64::from(n_levels - 1));
            }
            let key = |j: usize| uniform(n_dimensions + j);
            let mut order: Vec<usize> = (0..n_dimensions).collect();
            order.sort_by(|&a, &b| key(a).total_cmp(&key(b)));
            let mut step = vec![0; n_dimensions];
            for (place, j) in order.into_iter().enumerate() {
                step[j] = place;
            }
            Trajectory { from, to, step }
        };
        Self {
            trajectories: (0..n_trajectories).map(of).collect(),
            n_dimensions,
        }
    }
}

impl PointSet for Trajectories {
    fn n_points(&self) -> usize {
        self.trajectories.len() * (self.n_dimensions + 1)
    }

    fn point(&self, number: usize) -> Vec<f64> {
        let length = self.n_dimensions + 1;
        let (trajectory, n_moved) = (&self.trajectories[number / length], number % length);
        let ends = trajectory.from.iter().zip(&trajectory.to);
        let at = |((&from, &to), &step)| if step < n_moved { to } else { from };
        ends.zip(&trajectory.step).map(at).collect()
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_dimension_moves_once_and_visits_every_level_alike() {
        // A Weyl sequence is spread evenly.
        let uniform =
            |t: usize, i: usize| ((t * 31 + i) as f64 * 0.618_033_988_749_894_9 + 0.05).fract();
        let (n, d, p) = (200, 4, 4);
        let set = Trajectories::new(n, d, p, uniform);
        assert_eq!(set.n_points(), n * (d + 1));
        let mut visits = [0; 4];
        let mut first_mover = [0; 4];
        for t in 0..n {
            let mut moves = vec![0; d];
            for s in 0..=d {
                let here = set.point(t * (d + 1) + s);
                if s == 0 || s == d {
                    visits[(here[0] * 3.0).round() as usize] += 1;
                }
                if s == 0 {
                    continue;
                }
                let before = set.point(t * (d + 1) + s - 1);
                for j in 0..d {
                    let move_by = (here[j] - before[j]).abs();
                    if move_by > 0.0 {
                        assert!((move_by - 2.0 / 3.0).abs() < 1e-15);
                        moves[j] += 1;
                        first_mover[j] += usize::from(s == 1);
                    }
                }
            }
            assert_eq!(moves, [1; 4]);
        }
        let share = |count: usize| count as f64 / (2 * n) as f64;
        assert!(visits.iter().all(|&v| (share(v) - 0.25).abs() < 0.03));
        assert!(first_mover.iter().all(|&m| m > n / 10));
    }
}
