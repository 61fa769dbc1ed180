//! The beta distribution.

use super::table::Table;
use crate::stats::{beta_power, beta_quantile};

/// A beta distribution, with its quantile function in a table.
///
/// The table holds the log-odds ln(x / (1 − x)) of the quantile; between its
/// nodes the error relative to the smaller of x and 1 − x is below 1e-6, or
/// below 3e-5 when a + b is under ½ and the density is a steep U.
/// Probabilities within 1e-9 of 0 or 1 are inverted exactly.
#[derive(Clone, Debug, PartialEq)]
pub struct Beta {
    a: f64,
    b: f64,
    log_odds: Table,
}

impl Beta {
    /// The distribution Beta(`a`, `b`), of mean a / (a + b).
    ///
    /// # Panics
    ///
    /// When `a` or `b` is outside [0.05, 1e6], where the table would underflow
    /// or be slow.
    #[must_use]
    pub fn new(a: f64, b: f64) -> Self {
        let range = 0.05..=1e6;
        assert!(
            range.contains(&a) && range.contains(&b),
            "the shapes of a beta distribution lie in [0.05, 1e6]"
        );
        let log_odds = Table::new(|p, q| {
            let (x, y) = beta_quantile(a, b, p, q);
            (libm::log(x) - libm::log(y), 1.0 / beta_power(a, b, x, y))
        });
        Self { a, b, log_odds }
    }

    /// The quantile at `u` in (0, 1), a share in \[0, 1\].
    #[inline]
    #[must_use]
    pub fn at(&self, u: f64) -> f64 {
        match self.log_odds.at(u) {
            Some(log_odds) => 1.0 / (1.0 + libm::exp(-log_odds)),
            None => beta_quantile(self.a, self.b, u, 1.0 - u).0,
        }
    }
}

#[cfg(test)]
mod tests {
    use super::Beta;
    use crate::stats::beta_quantile;

    #[test]
    fn table_is_within_its_stated_error() {
        let shapes = [0.05, 0.5, 1.0, 3.0, 40.0, 1e4];
        for (a, b) in shapes.iter().flat_map(|&a| shapes.map(|b| (a, b))) {
            let beta = Beta::new(a, b);
            let bound = if a + b < 0.5 { 3e-5 } else { 1e-6 };
            for i in 1..200 {
                let u = f64::from(i) / 200.0;
                let (x, y) = beta_quantile(a, b, u, 1.0 - u);
                // An x near 1 itself has but 1e-16 of absolute accuracy.
                let apart = (beta.at(u) - x).abs();
                assert!(
                    apart < bound * x.min(y) + f64::EPSILON,
                    "({a}, {b}) at {u}: {apart:e}"
                );
            }
        }
    }
}
