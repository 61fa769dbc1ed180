//! Variates with a quantile function in closed form.

use crate::stats::normal_quantile;

/// Whether an event of the given probability happens, that is `u` < `probability`.
///
/// A higher probability keeps every event that a lower one has.
#[inline]
#[must_use]
pub fn choose(u: f64, probability: f64) -> bool {
    u < probability
}

/// An exponential variable of the given mean: −mean · ln(1 − `u`).
///
/// `u` lies in (0, 1); the value has the unit of `mean`, which is not negative.
#[inline]
#[must_use]
pub fn exponential(u: f64, mean: f64) -> f64 {
    -mean * libm::log1p(-u)
}

/// A standard normal variable: the quantile at `u` in (0, 1).
///
/// See [`normal_quantile`] for the source.
#[inline]
#[must_use]
pub fn normal(u: f64) -> f64 {
    normal_quantile(u)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn closed_forms_hit_their_medians() {
        assert_eq!(exponential(0.5, 10.0), 10.0 * std::f64::consts::LN_2);
        assert_eq!(exponential(0.3, 0.0), 0.0);
        assert_eq!(normal(0.5), 0.0);
    }

    #[test]
    fn chances_are_nested() {
        assert!(choose(0.29, 0.3) && !choose(0.3, 0.3));
        assert!(!choose(1e-300, 0.0) && choose(1.0 - 1e-16, 1.0));
    }
}
