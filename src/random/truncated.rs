//! Distributions cut to an interval, by inversion of the part inside it.

use crate::stats::{normal_cdf, normal_quantile};

/// A normal variable, given that it lies in [`low`, `high`].
///
/// `u` lies in (0, 1); `mean`, `sd`, `low` and `high` share the unit of the
/// value, and the ends may be infinite. The quantile at (1 − u) F(low) +
/// u F(high), taken from the smaller tail, so that it stays accurate far out
/// (Johnson, Kotz & Balakrishnan, "Continuous Univariate Distributions",
/// vol. 1, ch. 13). An interval more than 37 standard deviations above or
/// below the mean holds no probability in an `f64`, and gives one of its ends.
///
/// # Panics
///
/// When `sd` is not positive or `low` exceeds `high`.
#[must_use]
pub fn truncated_normal(u: f64, mean: f64, sd: f64, low: f64, high: f64) -> f64 {
    assert!(sd > 0.0, "a standard deviation is positive");
    let (a, b) = ((low - mean) / sd, (high - mean) / sd);
    let p = (1.0 - u) * normal_cdf(a) + u * normal_cdf(b);
    let q = (1.0 - u) * normal_cdf(-a) + u * normal_cdf(-b);
    let z = if p <= q {
        normal_quantile(p)
    } else {
        -normal_quantile(q)
    };
    (mean + sd * z).clamp(low, high)
}

/// An exponential variable of the given mean, given that it lies in [`low`, `high`].
///
/// `u` lies in (0, 1); `mean`, `low` and `high` share the unit of the value,
/// and `high` may be infinite. By the lack of memory it is `low` plus an
/// exponential cut at `high − low`: −mean · ln(1 − u (1 − e^(−(high−low)/mean))).
///
/// # Panics
///
/// When `mean` is not positive or `low` exceeds `high`.
#[must_use]
pub fn truncated_exponential(u: f64, mean: f64, low: f64, high: f64) -> f64 {
    assert!(mean > 0.0, "the mean of an exponential is positive");
    let inside = libm::expm1((low - high) / mean);
    (low - mean * libm::log1p(u * inside)).clamp(low, high)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn fills_its_interval_and_stays_in_it() {
        let (least, most) = (f64::EPSILON / 2.0, 1.0 - f64::EPSILON / 2.0);
        for (low, high) in [(-1.0, 2.0), (30.0, 31.0), (-31.0, -30.0), (-9.0, 9.0)] {
            let ends = [least, most].map(|u| truncated_normal(u, 0.0, 1.0, low, high));
            assert!(ends[0] >= low && ends[1] <= high);
            assert!((ends[0] - low).abs() < 1.0 && (ends[1] - high).abs() < 1.0);
        }
        assert_eq!(truncated_exponential(least, 10.0, 3.0, 3.0), 3.0);
        assert!(truncated_exponential(most, 10.0, 3.0, 4.0) <= 4.0);
    }

    #[test]
    fn an_infinite_end_cuts_nothing() {
        let most = 1.0 - f64::EPSILON / 2.0;
        assert!(truncated_normal(most, 0.0, 1.0, 0.0, f64::INFINITY) < 9.0);
        for u in [1e-9, 0.3, 0.5, 0.9, most] {
            let whole = truncated_normal(u, 5.0, 2.0, f64::NEG_INFINITY, f64::INFINITY);
            assert!((whole - (5.0 + 2.0 * normal_quantile(u))).abs() < 1e-12);
            let memoryless = truncated_exponential(u, 2.0, 5.0, f64::INFINITY);
            assert!((memoryless - (5.0 - 2.0 * libm::log1p(-u))).abs() < 1e-12);
        }
    }
}
