//! The lognormal distribution.

use crate::stats::normal_quantile;

/// A lognormal distribution, for durations and work.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct LogNormal {
    median: f64,
    /// The standard deviation of the logarithm.
    sigma: f64,
}

impl LogNormal {
    /// The lognormal distribution of a mean and a coefficient of variation.
    ///
    /// `cv` is the standard deviation over the mean; with 0 every value is
    /// the mean, exactly. σ² = ln(1 + cv²) and median = mean · e^(−σ²/2)
    /// (Johnson, Kotz & Balakrishnan, "Continuous Univariate Distributions",
    /// vol. 1, ch. 14).
    ///
    /// # Panics
    ///
    /// When `mean` or `cv` is negative or not finite.
    #[must_use]
    pub fn from_mean_cv(mean: f64, cv: f64) -> Self {
        assert!(mean.is_finite() && mean >= 0.0, "a mean is not negative");
        assert!(
            cv.is_finite() && cv >= 0.0,
            "a coefficient of variation is not negative"
        );
        let variance = libm::log1p(cv * cv);
        Self {
            median: mean * libm::exp(-0.5 * variance),
            sigma: variance.sqrt(),
        }
    }

    /// The same with all values `factor` times as large.
    #[inline]
    #[must_use]
    pub fn scaled(&self, factor: f64) -> Self {
        Self {
            median: factor * self.median,
            ..*self
        }
    }

    /// The quantile at `u` in (0, 1), in the unit of the mean.
    #[inline]
    #[must_use]
    pub fn at(&self, u: f64) -> f64 {
        self.median * libm::exp(self.sigma * normal_quantile(u))
    }
}

#[cfg(test)]
mod tests {
    use super::LogNormal;

    #[test]
    fn without_variation_every_value_is_the_mean() {
        let constant = LogNormal::from_mean_cv(7.3, 0.0);
        assert_eq!([1e-16, 0.4, 1.0 - 1e-16].map(|u| constant.at(u)), [7.3; 3]);
    }

    #[test]
    fn one_of_mean_one_scaled_is_that_of_another_mean_to_the_bit() {
        for mean in [0.1, 1.0, 13.7, 1e6] {
            let scaled = LogNormal::from_mean_cv(1.0, 0.75).scaled(mean);
            assert_eq!(scaled, LogNormal::from_mean_cv(mean, 0.75));
        }
    }

    #[test]
    fn median_is_the_mean_over_the_root_of_one_plus_cv_squared() {
        let median = LogNormal::from_mean_cv(50.0, 0.75).at(0.5);
        assert!((median - 40.0).abs() < 1e-13);
    }
}
