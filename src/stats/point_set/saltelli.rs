//! Pairs of points between which the coordinates change hands.

use super::{PointSet, Sobol};

/// Saltelli's scheme: the points from which Sobol' indices are estimated.
///
/// A row begins with two independent points of d dimensions, a and b, which
/// are the two halves of one point of a scrambled [`Sobol`] sequence. The
/// points of a row are
///
/// ```text
/// a, ab₁, …, ab_d, (ba₁, …, ba_d,) b
/// ```
///
/// where ab_i is a with coordinate i from b, and ba_i is b with coordinate i
/// from a; the ba are there for indices of pairs alone (A. Saltelli, "Making
/// best use of model evaluations to compute sensitivity indices", Computer
/// Physics Communications 145, 2002). Their order is that of SALib. Rows are
/// d + 2 or 2d + 2 points long; a power of two is the best number of them.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Saltelli {
    base: Sobol,
    n_dimensions: usize,
    has_pairs: bool,
}

impl Saltelli {
    /// The most dimensions that a scheme can have.
    pub const MOST_DIMENSIONS: usize = Sobol::MOST_DIMENSIONS / 2;

    /// A scheme of `n_rows` rows, scrambled by `uniform(dimension, index)`.
    ///
    /// `has_pairs` asks for the points of the second order.
    ///
    /// # Panics
    ///
    /// When there are more than [`MOST_DIMENSIONS`](Self::MOST_DIMENSIONS)
    /// dimensions.
    #[must_use]
    pub fn new(
        n_rows: usize,
        n_dimensions: usize,
        has_pairs: bool,
        uniform: impl Fn(usize, usize) -> f64,
    ) -> Self {
        Self {
            base: Sobol::new(n_rows, 2 * n_dimensions, uniform),
            n_dimensions,
            has_pairs,
        }
    }

    /// The number of points in a row.
    #[must_use]
    pub fn row_length(&self) -> usize {
        row_length(self.n_dimensions, self.has_pairs)
    }
}

/// The number of points in a row of a scheme.
pub(in crate::stats) fn row_length(n_dimensions: usize, has_pairs: bool) -> usize {
    n_dimensions * if has_pairs { 2 } else { 1 } + 2
}

impl PointSet for Saltelli {
    fn n_points(&self) -> usize {
        self.base.n_points() * self.row_length()
    }

    fn point(&self, number: usize) -> Vec<f64> {
        let (row, place) = (number / self.row_length(), number % self.row_length());
        let d = self.n_dimensions;
        let mut a = self.base.point(row);
        let mut b = a.split_off(d);
        if place == self.row_length() - 1 {
            return b;
        }
        match place.checked_sub(1) {
            None => a,
            Some(i) if i < d => {
                a[i] = b[i];
                a
            }
            Some(i) => {
                b[i - d] = a[i - d];
                b
            }
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_row_swaps_one_coordinate_at_a_time() {
        let uniform = |dimension: usize, index: usize| {
            (dimension as f64 * 0.37 + index as f64 * 0.61 + 0.1).fract()
        };
        for has_pairs in [false, true] {
            let scheme = Saltelli::new(4, 3, has_pairs, uniform);
            let length = if has_pairs { 8 } else { 5 };
            assert_eq!(
                (scheme.row_length(), scheme.n_points()),
                (length, 4 * length)
            );
            let row = |place| scheme.point(2 * length + place);
            let (a, b) = (row(0), row(length - 1));
            assert_eq!([a.clone(), b.clone()].concat(), scheme.base.point(2));
            assert_eq!(row(2), [a[0], b[1], a[2]]);
            if has_pairs {
                assert_eq!(row(4), [a[0], b[1], b[2]]);
                assert_eq!(row(6), [b[0], b[1], a[2]]);
            }
        }
    }
}
