//! The standard normal distribution.

#![expect(
    clippy::excessive_precision,
    reason = "the coefficients stand as printed, to be checked against the paper"
)]

use std::f64::consts::FRAC_1_SQRT_2;

/// Half the width of a 95 % interval of a normal distribution \[standard deviations\].
pub(crate) const HALF_WIDTH_OF_95_PERCENT: f64 = 1.959_963_984_540_054;

/// The probability that a standard normal variable is at most `x`.
///
/// Uses Φ(x) = erfc(−x/√2) / 2, which keeps full relative accuracy in the
/// lower tail (Abramowitz & Stegun, 26.2.29).
#[must_use]
pub fn normal_cdf(x: f64) -> f64 {
    0.5 * libm::erfc(-x * FRAC_1_SQRT_2)
}

/// The value that a standard normal variable stays below with probability `p`.
///
/// `p` lies in \[0, 1\]; 0 gives −∞, 1 gives +∞, anything else NaN. Relative
/// accuracy about 1e-16: algorithm AS 241, routine PPND16, of M. J. Wichura,
/// "The percentage points of the normal distribution", Applied Statistics 37
/// (1988), 477–484.
#[must_use]
pub fn normal_quantile(p: f64) -> f64 {
    let q = p - 0.5;
    if q.abs() <= 0.425 {
        let r = 0.180625 - q * q;
        return q * ratio(r, &CENTRE);
    }
    let tail = if q < 0.0 { p } else { 1.0 - p };
    if tail == 0.0 {
        return f64::INFINITY.copysign(q);
    }
    let r = (-libm::log(tail)).sqrt();
    let magnitude = if r <= 5.0 {
        ratio(r - 1.6, &MIDDLE)
    } else {
        ratio(r - 5.0, &FAR)
    };
    magnitude.copysign(q)
}

/// Numerator and denominator of a rational approximation, lowest power first.
type Rational = ([f64; 8], [f64; 8]);

fn ratio(x: f64, (numerator, denominator): &Rational) -> f64 {
    let horner = |c: &[f64; 8]| c.iter().rev().fold(0.0, |sum, c| sum * x + c);
    horner(numerator) / horner(denominator)
}

/// |p − ½| ≤ 0.425, in 0.425² − (p − ½)².
const CENTRE: Rational = (
    [
        3.3871328727963666080e0,
        1.3314166789178437745e2,
        1.9715909503065514427e3,
        1.3731693765509461125e4,
        4.5921953931549871457e4,
        6.7265770927008700853e4,
        3.3430575583588128105e4,
        2.5090809287301226727e3,
    ],
    [
        1.0,
        4.2313330701600911252e1,
        6.8718700749205790830e2,
        5.3941960214247511077e3,
        2.1213794301586595867e4,
        3.9307895800092710610e4,
        2.8729085735721942674e4,
        5.2264952788528545610e3,
    ],
);

/// Tails down to e^−25, in √(−ln tail) − 1.6.
const MIDDLE: Rational = (
    [
        1.42343711074968357734e0,
        4.63033784615654529590e0,
        5.76949722146069140550e0,
        3.64784832476320460504e0,
        1.27045825245236838258e0,
        2.41780725177450611770e-1,
        2.27238449892691845833e-2,
        7.74545014278341407640e-4,
    ],
    [
        1.0,
        2.05319162663775882187e0,
        1.67638483018380384940e0,
        6.89767334985100004550e-1,
        1.48103976427480074590e-1,
        1.51986665636164571966e-2,
        5.47593808499534494600e-4,
        1.05075007164441684324e-9,
    ],
);

/// Tails beyond e^−25, in √(−ln tail) − 5.
const FAR: Rational = (
    [
        6.65790464350110377720e0,
        5.46378491116411436990e0,
        1.78482653991729133580e0,
        2.96560571828504891230e-1,
        2.65321895265761230930e-2,
        1.24266094738807843860e-3,
        2.71155556874348757815e-5,
        2.01033439929228813265e-7,
    ],
    [
        1.0,
        5.99832206555887937690e-1,
        1.36929880922735805310e-1,
        1.48753612908506148525e-2,
        7.86869131145613259100e-4,
        1.84631831751005468180e-5,
        1.42151175831644588870e-7,
        2.04426310338993978564e-15,
    ],
);

#[cfg(test)]
mod tests {
    use super::*;
    use statrs::distribution::{ContinuousCDF, Normal};

    /// Computed with mpmath 1.3 at 40 digits.
    #[test]
    fn has_all_digits() {
        for (x, exact) in [
            (-30.0, 4.906_713_927_148_187e-198),
            (-8.0, 6.220_960_574_271_785e-16),
            (-1.5, 6.680_720_126_885_807e-2),
            (0.25, 5.987_063_256_829_237e-1),
            (3.0, 9.986_501_019_683_699e-1),
        ] {
            let relative = normal_cdf(x) / exact - 1.0;
            assert!(relative.abs() < 3e-13, "cdf at {x} off by {relative:e}");
        }
        for (p, exact) in [
            (1e-300, -37.047_096_299_361_2),
            (1e-12, -7.034_483_825_301_132),
            (0.025, -1.959_963_984_540_054_2),
            (0.2, -8.416_212_335_729_142e-1),
            (0.7, 5.244_005_127_080_407e-1),
        ] {
            let relative = normal_quantile(p) / exact - 1.0;
            assert!(
                relative.abs() < 1e-15,
                "quantile at {p} off by {relative:e}"
            );
        }
    }

    #[test]
    fn agrees_with_statrs() {
        let oracle = Normal::standard();
        for i in -60..=60 {
            let x = f64::from(i) / 10.0;
            let apart = normal_cdf(x) - oracle.cdf(x);
            assert!(apart.abs() < 1e-10, "cdf at {x} off by {apart:e}");
        }
        for i in 1..100 {
            let p = f64::from(i) / 100.0;
            let apart = normal_quantile(p) - oracle.inverse_cdf(p);
            assert!(apart.abs() < 1e-9, "quantile at {p} off by {apart:e}");
        }
    }

    #[test]
    fn ends_are_infinite_and_the_outside_is_nan() {
        assert_eq!(normal_quantile(0.0), f64::NEG_INFINITY);
        assert_eq!(normal_quantile(1.0), f64::INFINITY);
        assert_eq!(normal_quantile(0.5), 0.0);
        assert!(normal_quantile(-0.1).is_nan() && normal_quantile(1.1).is_nan());
    }
}
