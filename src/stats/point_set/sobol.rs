//! Sobol' sequences.

use super::PointSet;

/// Directions and lines of the table below.
static TABLE: &str = include_str!("joe_kuo.txt");

/// Binary digits of a coordinate.
const N_DIGITS: usize = 32;

/// The first points of a scrambled Sobol' sequence.
///
/// Point i is the sum without carry of the direction numbers v_k of the
/// binary digits k of i that are one (I. M. Sobol', USSR Computational
/// Mathematics and Mathematical Physics 7, 1967), with those of Joe and Kuo
/// (2008). The first 2^m points have in every dimension one point in each of
/// 2^m equal parts, and are spread as evenly as that over many boxes of two
/// and more dimensions. Other numbers of points are allowed, and are less even.
///
/// The digits are scrambled in every dimension by a random lower triangular
/// matrix and a random shift (J. Matoušek, "On the L₂-discrepancy for
/// anchored boxes", Journal of Complexity 14, 1998). A single point is then
/// uniform, so a mean over the points has no bias, and the points stay as
/// even as they were; the variance of such a mean is that of Owen's full
/// scrambling (A. B. Owen, "Variance with alternative scramblings of digital
/// nets", ACM Transactions on Modeling and Computer Simulation 13, 2003), for
/// a smooth function about 1/n³ in place of 1/n.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Sobol {
    n_points: usize,
    dimensions: Vec<Dimension>,
}

/// What one dimension adds for each digit of a point's number, and to all points.
#[derive(Clone, Debug, PartialEq, Eq)]
struct Dimension {
    directions: [u32; N_DIGITS],
    shift: u32,
}

impl Sobol {
    /// The most dimensions that a sequence can have.
    pub const MOST_DIMENSIONS: usize = 1000;

    /// The first `n_points` points, scrambled by `uniform(dimension, index)`.
    ///
    /// # Panics
    ///
    /// When there are more than [`MOST_DIMENSIONS`](Self::MOST_DIMENSIONS)
    /// dimensions or more than 2³² points.
    #[must_use]
    pub fn new(
        n_points: usize,
        n_dimensions: usize,
        uniform: impl Fn(usize, usize) -> f64,
    ) -> Self {
        let mut plain = Self::plain(n_points, n_dimensions);
        for (number, dimension) in plain.dimensions.iter_mut().enumerate() {
            let word = |index| (uniform(number, index) * 2.0_f64.powi(N_DIGITS as i32)) as u32;
            let rows: [u32; N_DIGITS] = std::array::from_fn(|row| triangular(word(row), row));
            for direction in &mut dimension.directions {
                *direction = product(&rows, *direction);
            }
            dimension.shift = word(N_DIGITS);
        }
        plain
    }

    /// The sequence as it was printed.
    fn plain(n_points: usize, n_dimensions: usize) -> Self {
        assert!(n_points as u64 <= 1 << N_DIGITS, "at most 2^32 points");
        assert!(
            n_dimensions <= Self::MOST_DIMENSIONS,
            "at most {} dimensions",
            Self::MOST_DIMENSIONS
        );
        let first = std::array::from_fn(|k| 1 << (N_DIGITS - 1 - k));
        let lines = TABLE.lines().filter(|line| !line.starts_with('#'));
        let dimensions = std::iter::once(first)
            .chain(lines.map(directions))
            .map(|directions| Dimension {
                directions,
                shift: 0,
            })
            .take(n_dimensions)
            .collect();
        Self {
            n_points,
            dimensions,
        }
    }

    /// The digits of a point, each coordinate as a fraction of 2³².
    fn digits(&self, number: usize) -> impl Iterator<Item = u32> {
        assert!(number < self.n_points, "no such point");
        self.dimensions.iter().map(move |dimension| {
            let of_ones = (dimension.directions.iter().enumerate())
                .filter(|&(digit, _)| number >> digit & 1 == 1);
            of_ones.fold(dimension.shift, |sum, (_, direction)| sum ^ direction)
        })
    }
}

impl PointSet for Sobol {
    fn n_points(&self) -> usize {
        self.n_points
    }

    /// In the middle of the part of (0, 1) that the digits name, so neither 0 nor 1.
    fn point(&self, number: usize) -> Vec<f64> {
        let unit = 2.0_f64.powi(-(N_DIGITS as i32));
        let digits = self.digits(number);
        digits.map(|x| (f64::from(x) + 0.5) * unit).collect()
    }
}

/// The direction numbers of a line of the table, the first digit uppermost.
///
/// With the primitive polynomial x^s + a₁x^(s−1) + … + a_(s−1)x + 1,
///
/// ```text
/// v_k = a₁ v_(k−1) ⊕ … ⊕ a_(s−1) v_(k−s+1) ⊕ v_(k−s) ⊕ v_(k−s) / 2^s
/// ```
fn directions(line: &str) -> [u32; N_DIGITS] {
    let mut numbers = line.split(' ').map(|number| {
        let number: u32 = number.parse().expect("the table holds whole numbers");
        number
    });
    let mut next = || numbers.next().expect("a line has d, s, a and s numbers");
    let (_, degree, inner) = (next(), next() as usize, next());
    let mut v = [0_u32; N_DIGITS];
    for k in 0..N_DIGITS {
        v[k] = if k < degree {
            next() << (N_DIGITS - 1 - k)
        } else {
            let last = v[k - degree] ^ (v[k - degree] >> degree);
            (1..degree)
                .filter(|i| inner >> (degree - 1 - i) & 1 == 1)
                .fold(last, |sum, i| sum ^ v[k - i])
        };
    }
    v
}

/// A row of a lower triangular matrix with ones on the diagonal, from random digits.
fn triangular(digits: u32, row: usize) -> u32 {
    let diagonal = 1 << (N_DIGITS - 1 - row);
    digits & !(diagonal - 1) | diagonal
}

/// A matrix times a column of digits.
fn product(rows: &[u32; N_DIGITS], column: u32) -> u32 {
    rows.iter().fold(0, |digits, row| {
        digits << 1 | (row & column).count_ones() & 1
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    /// The first points as the program of Joe and Kuo prints them, which takes
    /// i ⊕ i/2 for i: the same points in another order.
    #[test]
    fn the_plain_points_are_the_published_ones() {
        let plain = Sobol::plain(16, 6);
        let published = [
            [0.0, 0.0, 0.0, 0.0, 0.0, 0.0],
            [0.5, 0.5, 0.5, 0.5, 0.5, 0.5],
            [0.75, 0.25, 0.25, 0.25, 0.75, 0.75],
            [0.25, 0.75, 0.75, 0.75, 0.25, 0.25],
            [0.375, 0.375, 0.625, 0.875, 0.375, 0.125],
            [0.875, 0.875, 0.125, 0.375, 0.875, 0.625],
            [0.625, 0.125, 0.875, 0.625, 0.625, 0.875],
            [0.125, 0.625, 0.375, 0.125, 0.125, 0.375],
        ];
        for (i, point) in published.iter().enumerate() {
            let digits = plain.digits(i ^ (i >> 1));
            let found: Vec<f64> = digits.map(|x| f64::from(x) / 2.0_f64.powi(32)).collect();
            assert_eq!(found, point);
        }
    }

    #[test]
    fn the_table_has_all_dimensions_and_numbers_that_fit() {
        let plain = Sobol::plain(2, Sobol::MOST_DIMENSIONS);
        assert_eq!(plain.dimensions.len(), 1000);
        for dimension in &plain.dimensions {
            // Digit k of a point decides the k-th digit of its coordinate: m_k is odd and below 2^k.
            for (k, v) in dimension.directions.iter().enumerate() {
                assert_eq!(v.trailing_zeros(), 31 - k as u32);
            }
        }
    }

    #[test]
    fn scrambling_keeps_the_diagonal_and_multiplies_by_rows() {
        assert_eq!(triangular(!0, 3), 0xF000_0000);
        assert_eq!(triangular(0, 3), 0x1000_0000);
        let rows = std::array::from_fn(|row| triangular(0, row));
        assert_eq!(product(&rows, 0x1234_5678), 0x1234_5678);
        let rows = std::array::from_fn(|row| triangular(!0, row));
        // Every digit is the parity of those before it and itself.
        assert_eq!(product(&rows, 0xA000_0000), 0xC000_0000);
    }
}
