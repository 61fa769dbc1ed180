//! What each factor does alone.

use super::n_replications;
use crate::stats::{Estimate, Paired};

/// What one factor at its ends does to a result.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Swing {
    /// The result with the factor low, less that of the base.
    pub low: Estimate,
    /// The result with the factor high, less that of the base.
    pub high: Estimate,
}

impl Swing {
    /// The larger of the two changes, whatever its direction.
    #[must_use]
    pub fn width(&self) -> f64 {
        self.low.mean.abs().max(self.high.mean.abs())
    }
}

/// The swings of all factors, from the values at the points of
/// [`one_at_a_time`](crate::stats::one_at_a_time).
///
/// Differences are taken replication by replication; with one replication
/// they have no interval. The intervals hold one by one, not all together.
///
/// # Panics
///
/// When the number of points is not 1 + 2d, or points differ in their
/// replications.
#[must_use]
pub fn tornado(values: &[Vec<f64>], level: f64) -> Vec<Swing> {
    n_replications(values);
    let (base, ends) = values.split_first().expect("a tornado has a base");
    let (ends, rest) = ends.as_chunks::<2>();
    assert!(rest.is_empty(), "every factor has two ends");
    let against_base = |values: &[f64]| {
        let paired = Paired::of(values, base, level).expect("a point has a replication");
        paired.difference
    };
    (ends.iter())
        .map(|[low, high]| Swing {
            low: against_base(low),
            high: against_base(high),
        })
        .collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn common_chance_leaves_the_effects() {
        // A base of 10, factors that do (−3, +1) and (0, +2), and noise that all share.
        let noise = [0.0, 5.0, -2.0];
        let at = |mean: f64| noise.iter().map(|e| mean + e).collect();
        let swings = tornado(&[at(10.0), at(7.0), at(11.0), at(10.0), at(12.0)], 0.95);
        let means: Vec<_> = (swings.iter()).map(|s| (s.low.mean, s.high.mean)).collect();
        assert_eq!(means, [(-3.0, 1.0), (0.0, 2.0)]);
        assert_eq!(swings[0].low.standard_error, 0.0);
        assert_eq!(swings[0].width(), 3.0);
    }
}
