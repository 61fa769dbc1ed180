//! Mean and variance in one pass.

/// Running count, mean and variance of the values pushed so far.
///
/// B. P. Welford, "Note on a method for calculating corrected sums of squares
/// and products", Technometrics 4 (1962); merging after T. F. Chan, G. H.
/// Golub and R. J. LeVeque, "Algorithms for computing the sample variance",
/// The American Statistician 37 (1983).
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Moments {
    n: u64,
    mean: f64,
    /// Sum of squared deviations from the mean.
    squares: f64,
}

impl Moments {
    /// Takes in one value.
    pub fn push(&mut self, value: f64) {
        self.n += 1;
        let deviation = value - self.mean;
        self.mean += deviation / self.n as f64;
        self.squares += deviation * (value - self.mean);
    }

    /// Takes in all values of another accumulator.
    ///
    /// `a` merged with `b` has the same bits as `b` merged with `a`; the
    /// grouping of three or more shows in the last bits.
    pub fn merge(&mut self, other: &Self) {
        if self.n == 0 || other.n == 0 {
            // One of the two is zero, and adding zeros is exact.
            self.n += other.n;
            self.mean += other.mean;
            self.squares += other.squares;
            return;
        }
        let (here, there) = (self.n as f64, other.n as f64);
        let n = here + there;
        let apart = other.mean - self.mean;
        self.squares = self.squares + other.squares + apart * apart * (here * there / n);
        self.mean = (here * self.mean + there * other.mean) / n;
        self.n += other.n;
    }

    /// The number of values.
    #[must_use]
    pub fn n(&self) -> u64 {
        self.n
    }

    /// The mean, NaN when there is no value.
    #[must_use]
    pub fn mean(&self) -> f64 {
        if self.n == 0 { f64::NAN } else { self.mean }
    }

    /// The sample variance (divisor n − 1), NaN below two values.
    #[must_use]
    pub fn variance(&self) -> f64 {
        if self.n < 2 {
            f64::NAN
        } else {
            self.squares / (self.n - 1) as f64
        }
    }
}

#[cfg(test)]
mod tests {
    use super::Moments;

    fn of(values: &[f64]) -> Moments {
        let mut moments = Moments::default();
        for &value in values {
            moments.push(value);
        }
        moments
    }

    #[test]
    fn knows_a_small_sample() {
        let moments = of(&[2.0, 4.0, 4.0, 4.0, 5.0, 5.0, 7.0, 9.0]);
        assert_eq!(moments.n(), 8);
        assert_eq!(moments.mean(), 5.0);
        assert!((moments.variance() - 32.0 / 7.0).abs() < 1e-15);
    }

    #[test]
    fn keeps_a_small_variance_beside_a_large_mean() {
        let moments = of(&[1e9 + 4.0, 1e9 + 7.0, 1e9 + 13.0, 1e9 + 16.0]);
        assert_eq!(moments.variance(), 30.0);
    }

    #[test]
    fn merging_is_pushing_and_has_no_order() {
        let (left, right) = ([1.0, 2.5, -4.0], [100.0, 1e-3]);
        let (mut a, mut b) = (of(&left), of(&right));
        a.merge(&of(&right));
        b.merge(&of(&left));
        assert_eq!(a, b);
        let all = of(&[1.0, 2.5, -4.0, 100.0, 1e-3]);
        assert_eq!(a.n(), all.n());
        assert!((a.mean() / all.mean() - 1.0).abs() < 1e-15);
        assert!((a.variance() / all.variance() - 1.0).abs() < 1e-15);
    }

    #[test]
    fn nothing_is_neutral_and_has_no_mean() {
        let mut empty = Moments::default();
        assert!(empty.mean().is_nan() && empty.variance().is_nan());
        assert!(of(&[3.0]).variance().is_nan());
        let mut some = of(&[0.1, 0.2, 0.7]);
        some.merge(&empty);
        assert_eq!(some, of(&[0.1, 0.2, 0.7]));
        empty.merge(&some);
        assert_eq!(empty, some);
    }
}
