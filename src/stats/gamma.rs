//! The gamma function and the regularised incomplete gamma function.

use std::f64::consts::PI;

use super::root::{MOST_TERMS, Point, solve};

/// The natural logarithm of the gamma function, for `x` > 0.
///
/// This is `libm::lgamma` (the FreeBSD msun implementation).
#[must_use]
pub fn ln_gamma(x: f64) -> f64 {
    libm::lgamma(x)
}

/// What Stirling's formula for ln Γ(x) leaves out, for `x` ≥ 10.
///
/// ln Γ(x) = (x − ½) ln x − x + ½ ln 2π + remainder; the series is
/// Abramowitz & Stegun 6.1.41, its first omitted term below 1e-15.
pub(super) fn stirling_remainder(x: f64) -> f64 {
    const SERIES: [f64; 6] = [
        1.0 / 12.0,
        -1.0 / 360.0,
        1.0 / 1260.0,
        -1.0 / 1680.0,
        1.0 / 1188.0,
        -691.0 / 360_360.0,
    ];
    let square = 1.0 / (x * x);
    SERIES.iter().rev().fold(0.0, |sum, c| sum * square + c) / x
}

/// The unit-scale gamma density of shape `a` at `x`, times `x`: x^a e^−x / Γ(a).
///
/// For large shapes the saddle-point form of C. Loader, "Fast and accurate
/// computation of binomial probabilities" (2000), avoids the cancellation
/// of large logarithms.
fn gamma_power(a: f64, x: f64) -> f64 {
    if a < 10.0 {
        return libm::exp(a * libm::log(x) - x - ln_gamma(a));
    }
    let away = (x - a) / a;
    let exponent = a * (ln_ratio(x / a, away) - away) - stirling_remainder(a);
    libm::exp(exponent) * (a / (2.0 * PI)).sqrt()
}

/// The logarithm of `ratio` = 1 + `away`, from whichever has more digits.
pub(super) fn ln_ratio(ratio: f64, away: f64) -> f64 {
    if away.abs() < 0.5 {
        libm::log1p(away)
    } else {
        libm::log(ratio)
    }
}

/// The probability that a gamma variable of shape `a` and scale 1 is at most `x`.
///
/// The regularised lower incomplete gamma function P(a, x); 0 for `x` ≤ 0.
/// Power series below a + 1, Legendre's continued fraction above it
/// (Abramowitz & Stegun 6.5.29 and 6.5.31). The number of terms grows with √a, up to a limit: all digits
/// up to shapes of about 10⁸.
///
/// # Panics
///
/// When `a` is not positive.
#[must_use]
pub fn gamma_p(a: f64, x: f64) -> f64 {
    tails(a, x).lower
}

fn tails(a: f64, x: f64) -> Point {
    assert!(a > 0.0, "the shape of a gamma distribution is positive");
    // Of a shape whose inverse is no number all lies at nought, to the last digit.
    if x <= 0.0 || x == f64::INFINITY || a < f64::MIN_POSITIVE {
        let lower = f64::from(x > 0.0);
        return Point {
            lower,
            upper: 1.0 - lower,
            slope: 0.0,
        };
    }
    let slope = gamma_power(a, x);
    if x < a + 1.0 {
        let lower = slope * series(a, x);
        Point {
            lower,
            upper: 1.0 - lower,
            slope,
        }
    } else {
        let upper = slope * continued_fraction(a, x);
        Point {
            lower: 1.0 - upper,
            upper,
            slope,
        }
    }
}

/// P(a, x) / [`gamma_power`].
fn series(a: f64, x: f64) -> f64 {
    let mut term = 1.0 / a;
    let mut sum = term;
    let mut n = a;
    for _ in 0..MOST_TERMS {
        if term <= sum * 1e-17 || term.is_nan() {
            break;
        }
        n += 1.0;
        term *= x / n;
        sum += term;
    }
    sum
}

/// Q(a, x) / [`gamma_power`], by the modified Lentz method.
fn continued_fraction(a: f64, x: f64) -> f64 {
    let mut b = x + 1.0 - a;
    let mut c = f64::INFINITY;
    let mut d = 1.0 / b;
    let mut value = d;
    let mut i = 1.0;
    for _ in 0..MOST_TERMS {
        let numerator = -i * (i - a);
        b += 2.0;
        d = 1.0 / (numerator * d + b);
        c = b + numerator / c;
        let factor = c * d;
        value *= factor;
        let away = (factor - 1.0).abs();
        if away < 2e-16 || away.is_nan() {
            break;
        }
        i += 1.0;
    }
    value
}

/// The x at which [`gamma_p`] reaches `p`, for `p` in \[0, 1\].
///
/// Newton's method on the logarithm of the smaller tail. 0 gives 0, 1 gives
/// +∞. Relative accuracy about 1e-12, except that a quantile below 1e-307
/// is returned as 0.
///
/// # Panics
///
/// When `a` is not positive or `p` is outside \[0, 1\].
#[must_use]
pub fn gamma_p_inverse(a: f64, p: f64) -> f64 {
    gamma_quantile(a, p, 1.0 - p)
}

/// [`gamma_p_inverse`] for a probability given by both tails, `p` + `q` = 1.
fn gamma_quantile(a: f64, p: f64, q: f64) -> f64 {
    assert!(a > 0.0, "the shape of a gamma distribution is positive");
    assert!((0.0..=1.0).contains(&p), "a probability lies in [0, 1]");
    if p == 0.0 {
        return 0.0;
    }
    if q == 0.0 {
        return f64::INFINITY;
    }
    // P(a, x) < x^a / Γ(a + 1), so this start is never too high; Wilson and
    // Hilferty's cube (1931) is close for shapes that are not small.
    let bound = libm::exp((libm::log(p) + ln_gamma(a + 1.0)) / a);
    let z = if p <= q {
        super::normal_quantile(p)
    } else {
        -super::normal_quantile(q)
    };
    let root = 1.0 - 1.0 / (9.0 * a) + z / (3.0 * a.sqrt());
    let start = bound.max(a * root * root * root);
    solve(p, q, start, f64::INFINITY, |x| tails(a, x))
}

#[cfg(test)]
mod tests {
    use super::*;

    /// Computed with mpmath 1.3 at 40 digits.
    #[test]
    fn has_all_digits() {
        for (a, x, exact) in [
            (0.05, 1e-3, 7.271_792_290_529_226e-1),
            (0.5, 0.25, 5.204_998_778_130_465e-1),
            (1.0, 1.0, 6.321_205_588_285_577e-1),
            (3.7, 1.2, 5.059_739_849_856_251e-2),
            (3.7, 12.0, 9.984_795_533_808_81e-1),
            (9.9, 10.0, 5.547_901_655_660_121e-1),
            (10.0, 3.0, 1.102_488_130_115_479_7e-3),
            (50.0, 70.0, 9.948_594_975_414_94e-1),
            (1e3, 900.0, 5.499_022_657_117_829e-4),
            (1e6, 1.001e6, 8.413_447_863_683_403e-1),
        ] {
            let relative = gamma_p(a, x) / exact - 1.0;
            assert!(relative.abs() < 1e-12, "P({a}, {x}) off by {relative:e}");
        }
        for (a, p, exact) in [
            (0.05, 0.001, 5.844_632_057_286_547e-61),
            (0.05, 0.5, 5.573_878_440_746_248e-7),
            (0.5, 0.5, 2.274_682_115_597_863_7e-1),
            (2.5, 1e-9, 4.061_447_828_328_270_5e-4),
            (2.5, 0.3, 1.499_954_066_379_953),
            (2.5, 0.999, 10.257_502_826_216_438),
            (40.0, 0.5, 39.667_165_010_689_1),
            (1e3, 0.25, 978.492_966_494_692_8),
        ] {
            let relative = gamma_p_inverse(a, p) / exact - 1.0;
            assert!(relative.abs() < 2e-12, "P^-1({a}, {p}) off by {relative:e}");
        }
    }

    #[test]
    fn agrees_with_statrs() {
        for a in [0.1, 0.5, 1.0, 2.5, 9.0, 11.0, 80.0] {
            for i in 1..40 {
                let x = a * f64::from(i) / 10.0;
                let apart = gamma_p(a, x) - statrs::function::gamma::gamma_lr(a, x);
                assert!(apart.abs() < 1e-11, "P({a}, {x}) off by {apart:e}");
            }
        }
    }

    #[test]
    fn of_the_smallest_shapes_all_lies_at_nought() {
        for a in [5e-324, 2.7e-309, 1e-300] {
            assert!((gamma_p(a, 1e-38) - 1.0).abs() < 1e-9, "{a:e}");
            assert_eq!(gamma_p_inverse(a, 0.5), 0.0, "{a:e}");
        }
    }

    #[test]
    fn inverse_undoes_both_tails() {
        for a in [0.05, 0.3, 1.0, 4.2, 10.0, 300.0, 1e5] {
            for tail in [1e-200, 1e-15, 1e-6, 0.01, 0.3, 0.5] {
                let low = gamma_quantile(a, tail, 1.0 - tail);
                // A quantile that underflows is 0 by contract.
                let found = if low == 0.0 {
                    tail
                } else {
                    tails(a, low).lower
                };
                let high = gamma_quantile(a, 1.0 - tail, tail);
                for relative in [found / tail - 1.0, tails(a, high).upper / tail - 1.0] {
                    assert!(relative.abs() < 1e-9, "{a}, tail {tail}: {relative:e}");
                }
            }
        }
        assert_eq!(gamma_p_inverse(2.0, 0.0), 0.0);
        assert_eq!(gamma_p_inverse(2.0, 1.0), f64::INFINITY);
    }
}
