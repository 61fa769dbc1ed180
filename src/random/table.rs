//! A quantile function by table, for distributions that are slow to invert.

use crate::stats::{normal_cdf, normal_density, normal_quantile};

/// Nodes a unit of the normal scale.
const DENSITY: f64 = 16.0;
/// The table covers this many standard deviations to either side.
const REACH: f64 = 6.0;
const INTERVALS: usize = (2.0 * REACH * DENSITY) as usize;

/// A smooth increasing function of the normal quantile z, on [−6, 6].
///
/// Seen from the normal scale, the logarithm of a gamma variable and the
/// log-odds of a beta variable are nearly straight, so that cubic Hermite
/// interpolation between exact values with exact slopes is off by at most
/// h⁴/384 times the fourth derivative, with h = 1/16.
#[derive(Clone, Debug, PartialEq)]
pub(super) struct Table {
    /// Value and slope times h, at every node.
    nodes: Box<[(f64, f64)]>,
}

impl Table {
    /// Tabulates a function given by its value and derivative at (p, 1 − p).
    pub(super) fn new(exact: impl Fn(f64, f64) -> (f64, f64)) -> Self {
        let mut nodes: Box<[(f64, f64)]> = (0..=INTERVALS)
            .map(|i| {
                let z = i as f64 / DENSITY - REACH;
                let (value, derivative) = exact(normal_cdf(z), normal_cdf(-z));
                (value, derivative * normal_density(z) / DENSITY)
            })
            .collect();
        // A cubic is monotone when its end slopes are at most three times the
        // secant (Fritsch & Carlson, SIAM J. Numer. Anal. 17, 1980).
        for i in 0..INTERVALS {
            let limit = 3.0 * (nodes[i + 1].0 - nodes[i].0);
            nodes[i].1 = nodes[i].1.min(limit);
            nodes[i + 1].1 = nodes[i + 1].1.min(limit);
        }
        Self { nodes }
    }

    /// The function at probability `u`, or `None` where the table ends.
    #[inline]
    pub(super) fn at(&self, u: f64) -> Option<f64> {
        let position = (normal_quantile(u) + REACH) * DENSITY;
        if !(0.0..INTERVALS as f64).contains(&position) {
            return None;
        }
        let i = position as usize;
        let t = position - i as f64;
        let ((left, rise_left), (right, rise_right)) = (self.nodes[i], self.nodes[i + 1]);
        let secant = right - left;
        // The cubic with the given values and slopes at t = 0 and t = 1.
        let square = 3.0 * secant - 2.0 * rise_left - rise_right;
        let cube = rise_left + rise_right - 2.0 * secant;
        Some(left + t * (rise_left + t * (square + t * cube)))
    }
}
