//! What each factor does alone.

use super::n_replications;
use crate::stats::{Estimate, Paired};

/// What one factor does to a result at each of its levels, the others as they are.
#[derive(Clone, Debug, PartialEq)]
pub struct Swing {
    /// The result at each level less that of the base, over the replications in which both are
    /// there; none where they never are.
    pub changes: Vec<Option<Estimate>>,
}

impl Swing {
    /// The largest change, whatever its direction.
    #[must_use]
    pub fn width(&self) -> f64 {
        let sizes = self
            .changes
            .iter()
            .flatten()
            .map(|change| change.mean.abs());
        sizes.fold(0.0, f64::max)
    }
}

/// The swings of all factors, from the values at a base and then, factor by factor, at each of
/// its levels; a factor has `n_levels` of them, most often two: its low and its high end.
///
/// Differences are taken replication by replication; with one replication
/// they have no interval. The intervals hold one by one, not all together.
///
/// # Panics
///
/// When there are more or fewer points than the base and all levels, or
/// points differ in their replications.
#[must_use]
pub fn tornado(values: &[Vec<f64>], n_levels: &[usize], level: f64) -> Vec<Swing> {
    n_replications(values);
    let (base, mut left) = values.split_first().expect("a tornado has a base");
    assert_eq!(
        left.len(),
        n_levels.iter().sum::<usize>(),
        "every level has a point"
    );
    let against_base = |values: &Vec<f64>| {
        let pairs = values.iter().zip(base);
        let pairs = pairs.filter(|(here, there)| here.is_finite() && there.is_finite());
        let (here, there): (Vec<f64>, Vec<f64>) = pairs.unzip();
        Some(Paired::of(&here, &there, level)?.difference)
    };
    (n_levels.iter())
        .map(|&n| {
            let (levels, others) = left.split_at(n);
            left = others;
            Swing {
                changes: levels.iter().map(against_base).collect(),
            }
        })
        .collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn common_chance_leaves_the_effects() {
        // A base of 10, factors that do (−3, +1) and (+2), and noise that all share.
        let noise = [0.0, 5.0, -2.0];
        let at = |mean: f64| noise.iter().map(|e| mean + e).collect();
        let swings = tornado(&[at(10.0), at(7.0), at(11.0), at(12.0)], &[2, 1], 0.95);
        let means = |swing: &Swing| -> Vec<f64> {
            let changes = swing.changes.iter().flatten();
            changes.map(|change| change.mean).collect()
        };
        assert_eq!(means(&swings[0]), [-3.0, 1.0]);
        assert_eq!(means(&swings[1]), [2.0]);
        assert_eq!(swings[0].changes[0].unwrap().standard_error, 0.0);
        assert_eq!((swings[0].width(), swings[1].width()), (3.0, 2.0));
    }

    #[test]
    fn what_is_missing_in_a_replication_is_left_out_of_it_alone() {
        let nothing = f64::NAN;
        let values = [
            vec![10.0, 20.0, nothing],
            vec![11.0, nothing, 40.0],
            vec![nothing; 3],
        ];
        let swings = tornado(&values, &[2], 0.95);
        let [one, none] = swings[0].changes[..] else {
            panic!("two levels")
        };
        assert_eq!(one.map(|one| (one.mean, one.n)), Some((1.0, 1)));
        assert_eq!((none, swings[0].width()), (None, 1.0));
    }

    #[test]
    #[should_panic(expected = "every level has a point")]
    fn points_and_levels_belong_together() {
        let _ = tornado(&[vec![1.0], vec![2.0]], &[2], 0.95);
    }
}
