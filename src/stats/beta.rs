//! The regularised incomplete beta function.

use std::f64::consts::PI;

use super::gamma::{ln_gamma, ln_ratio, stirling_remainder};
use super::root::{MOST_TERMS, Point, solve};

/// ln B(a, b), without the cancellation of large logarithms of Γ.
fn ln_beta(a: f64, b: f64) -> f64 {
    let (small, large) = if a < b { (a, b) } else { (b, a) };
    if large < 10.0 {
        return ln_gamma(small) + ln_gamma(large) - ln_gamma(small + large);
    }
    // ln Γ(large) − ln Γ(small + large) by Stirling's formula, with the terms
    // of size large · ln large cancelled by hand.
    let sum = small + large;
    ln_gamma(small) + stirling_remainder(large)
        - stirling_remainder(sum)
        - (large - 0.5) * libm::log1p(small / large)
        - small * (libm::log(sum) - 1.0)
}

/// The beta density at `x` = 1 − `y`, times `x` `y`: x^a y^b / B(a, b).
///
/// The caller gives `x` and `y` both, so that neither end loses digits.
fn beta_power(a: f64, b: f64, x: f64, y: f64) -> f64 {
    if a.min(b) < 10.0 {
        let (ln_x, ln_y) = if x < y {
            (libm::log(x), libm::log1p(-x))
        } else {
            (libm::log1p(-y), libm::log(y))
        };
        return libm::exp(a * ln_x + b * ln_y - ln_beta(a, b));
    }
    // Loader's saddle-point form, as in `gamma_power`.
    let sum = a + b;
    let away = if x < y { sum * x - a } else { b - sum * y };
    let exponent = a * ln_ratio(sum * x / a, away / a)
        + b * ln_ratio(sum * y / b, -away / b)
        + stirling_remainder(sum)
        - stirling_remainder(a)
        - stirling_remainder(b);
    libm::exp(exponent) * (a * (b / (2.0 * PI * sum))).sqrt()
}

/// The probability that a Beta(`a`, `b`) variable is at most `x`.
///
/// The regularised incomplete beta function I_x(a, b); 0 for `x` ≤ 0, 1 for
/// `x` ≥ 1. Continued fraction of Abramowitz & Stegun 26.5.8, on the side of
/// the mean where it converges fast (Press et al., "Numerical Recipes",
/// §6.4). The number of terms grows with √max(a, b), up to a limit: all digits up to shapes of about 10⁶, nine at 10⁸.
///
/// # Panics
///
/// When `a` or `b` is not positive.
#[must_use]
pub fn beta_i(a: f64, b: f64, x: f64) -> f64 {
    tails(a, b, x, 1.0 - x).lower
}

fn tails(a: f64, b: f64, x: f64, y: f64) -> Point {
    assert!(
        a > 0.0 && b > 0.0,
        "the shapes of a beta distribution are positive"
    );
    if x <= 0.0 || y <= 0.0 {
        let lower = f64::from(y <= 0.0);
        return Point {
            lower,
            upper: 1.0 - lower,
            slope: 0.0,
        };
    }
    let power = beta_power(a, b, x, y);
    let slope = power / y;
    if x < (a + 1.0) / (a + b + 2.0) {
        let lower = power * continued_fraction(a, b, x) / a;
        Point {
            lower,
            upper: 1.0 - lower,
            slope,
        }
    } else {
        let upper = power * continued_fraction(b, a, y) / b;
        Point {
            lower: 1.0 - upper,
            upper,
            slope,
        }
    }
}

/// I_x(a, b) · a / [`beta_power`], by the modified Lentz method.
fn continued_fraction(a: f64, b: f64, x: f64) -> f64 {
    let mut c = 1.0;
    let mut d = 1.0 / (1.0 - (a + b) * x / (a + 1.0));
    let mut value = d;
    let mut m = 1.0;
    for _ in 0..MOST_TERMS {
        let even = m * (b - m) * x / ((a + 2.0 * m - 1.0) * (a + 2.0 * m));
        let odd = -(a + m) * (a + b + m) * x / ((a + 2.0 * m) * (a + 2.0 * m + 1.0));
        let mut factor = 1.0;
        for numerator in [even, odd] {
            d = 1.0 / (1.0 + numerator * d);
            c = 1.0 + numerator / c;
            factor *= c * d;
        }
        value *= factor;
        let away = (factor - 1.0).abs();
        if away < 4e-16 || away.is_nan() {
            break;
        }
        m += 1.0;
    }
    value
}

/// The x at which [`beta_i`] reaches `p`, for `p` in \[0, 1\].
///
/// Newton's method on the logarithm of the smaller tail, on the side of ½
/// where x is small. Accuracy about 1e-12 relative to the smaller of x and
/// 1 − x, as far as an `f64` near 1 can hold it.
///
/// # Panics
///
/// When `a` or `b` is not positive or `p` is outside \[0, 1\].
#[must_use]
pub fn beta_i_inverse(a: f64, b: f64, p: f64) -> f64 {
    beta_quantile(a, b, p, 1.0 - p).0
}

/// [`beta_i_inverse`] as (x, 1 − x), for a probability given by both tails.
pub(super) fn beta_quantile(a: f64, b: f64, p: f64, q: f64) -> (f64, f64) {
    assert!((0.0..=1.0).contains(&p), "a probability lies in [0, 1]");
    let half = tails(a, b, 0.5, 0.5);
    // Compare the smaller tails, which are the accurate ones.
    let below = if p <= q {
        p <= half.lower
    } else {
        q >= half.upper
    };
    if below {
        let x = lower_half(a, b, p, q);
        (x, 1.0 - x)
    } else {
        let y = lower_half(b, a, q, p);
        (1.0 - y, y)
    }
}

/// The quantile when it is known to be at most ½.
fn lower_half(a: f64, b: f64, p: f64, q: f64) -> f64 {
    if p == 0.0 {
        return 0.0;
    }
    // I_x is close to x^a / (a B(a, b)) for small x.
    let bound = libm::exp((libm::log(p) + libm::log(a) + ln_beta(a, b)) / a);
    let start = bound.min(0.5);
    // The solution may be ½ itself, which the open bracket must contain.
    solve(p, q, start, 0.5 + f64::EPSILON, |x| tails(a, b, x, 1.0 - x))
}

#[cfg(test)]
mod tests {
    use super::*;

    /// Computed with mpmath 1.3 at 40 digits.
    #[test]
    fn has_all_digits() {
        for (a, b, x, exact) in [
            (0.05, 0.05, 0.25, 4.744_006_595_158_953_4e-1),
            (0.5, 0.5, 0.125, 2.300_534_561_626_158_8e-1),
            (2.0, 3.0, 0.5, 0.6875),
            (2.5, 0.7, 0.9375, 7.228_654_721_349_92e-1),
            (12.0, 30.0, 0.25, 3.176_656_858_192_169_5e-1),
            (12.0, 0.5, 0.75, 9.293_697_430_393_877e-3),
            (500.0, 0.5, 0.996, 4.533_809_519_725_204e-2),
            (200.0, 300.0, 0.4375, 9.556_000_941_340_389e-1),
        ] {
            let relative = beta_i(a, b, x) / exact - 1.0;
            assert!(
                relative.abs() < 1e-12,
                "I_{x}({a}, {b}) off by {relative:e}"
            );
        }
        for (a, b, p, exact) in [
            (0.05, 0.5, 0.125, 3.213_372_878_681_968e-18),
            (0.5, 0.5, 0.25, 1.464_466_094_067_262_4e-1),
            (2.0, 3.0, 0.5, 3.857_275_681_323_895_5e-1),
            (2.5, 0.7, 0.01, 1.959_747_903_374_099_5e-1),
            (12.0, 30.0, 1e-9, 2.837_914_113_132_627_5e-2),
            (12.0, 30.0, 0.75, 3.308_551_731_886_479_5e-1),
            (200.0, 300.0, 0.025, 3.575_004_924_537_632e-1),
        ] {
            let relative = beta_i_inverse(a, b, p) / exact - 1.0;
            assert!(
                relative.abs() < 1e-12,
                "I^-1_{p}({a}, {b}) off by {relative:e}"
            );
        }
    }

    #[test]
    fn agrees_with_statrs() {
        let shapes = [0.1, 0.5, 1.0, 2.5, 11.0, 80.0];
        for (a, b) in shapes.iter().flat_map(|&a| shapes.map(|b| (a, b))) {
            for i in 1..32 {
                let x = f64::from(i) / 32.0;
                let apart = beta_i(a, b, x) - statrs::function::beta::beta_reg(a, b, x);
                assert!(apart.abs() < 1e-11, "I_{x}({a}, {b}) off by {apart:e}");
            }
        }
    }

    #[test]
    fn inverse_undoes_both_tails() {
        let shapes = [0.05, 0.3, 1.0, 4.2, 10.0, 300.0, 1e5];
        for (a, b) in shapes.iter().flat_map(|&a| shapes.map(|b| (a, b))) {
            for tail in [1e-12, 1e-6, 0.01, 0.3, 0.5] {
                let (x, y) = beta_quantile(a, b, tail, 1.0 - tail);
                let relative = tails(a, b, x, y).lower / tail - 1.0;
                assert!(relative.abs() < 1e-9, "({a}, {b}) {tail}: {relative:e}");
                let (x, y) = beta_quantile(a, b, 1.0 - tail, tail);
                let relative = tails(a, b, x, y).upper / tail - 1.0;
                assert!(relative.abs() < 1e-9, "({a}, {b}) 1 - {tail}: {relative:e}");
            }
        }
        assert_eq!(beta_i_inverse(2.0, 3.0, 0.0), 0.0);
        assert_eq!(beta_i_inverse(2.0, 3.0, 1.0), 1.0);
    }
}
