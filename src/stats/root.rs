//! Inversion of distribution functions on the positive axis.

/// Terms that a series or a continued fraction may take. The number grows with the root of the largest
/// shape, of which this is enough to about 10⁸; what is larger, and what is no number, ends as well, with
/// fewer digits.
pub(super) const MOST_TERMS: u32 = 100_000;

/// A distribution function at one point: both tails and the density times x.
pub(super) struct Point {
    /// The probability of at most x.
    pub lower: f64,
    /// The probability of more than x.
    pub upper: f64,
    /// The derivative of `lower` with respect to ln x.
    pub slope: f64,
}

/// The x in (0, `high`) whose lower tail is `p` and upper tail `q` = 1 − `p`.
///
/// Newton's method for the logarithm of the smaller tail as a function of
/// ln x: that curve is nearly straight in the far tail, so the method starts
/// close and keeps relative accuracy there. A bracket catches the steps that
/// would leave the interval.
pub(super) fn solve(p: f64, q: f64, start: f64, high: f64, at: impl Fn(f64) -> Point) -> f64 {
    let (mut low, mut high) = (0.0_f64, high);
    let mut x = start;
    for _ in 0..200 {
        // Below the smallest normal number a quantile is 0 for every purpose.
        if x < f64::MIN_POSITIVE {
            return 0.0;
        }
        let point = at(x);
        // How far the logarithm of the tail is from its target, signed so
        // that a positive excess means that x is too high.
        let (excess, rate) = if p <= q {
            (libm::log(point.lower / p), point.slope / point.lower)
        } else {
            (-libm::log(point.upper / q), point.slope / point.upper)
        };
        if excess > 0.0 {
            high = high.min(x);
        } else {
            low = low.max(x);
        }
        let step = -excess / rate;
        // A tail that underflowed says only in which direction to go.
        let step = if step.is_finite() {
            step.clamp(-4.0, 4.0)
        } else {
            -excess.signum()
        };
        let next = x * libm::exp(step);
        // Convergence is quadratic: the error left is about the step squared.
        if step.abs() < 1e-9 {
            return next;
        }
        // The roots apart: the product may underflow.
        x = if next <= low {
            low.sqrt() * x.sqrt()
        } else if next >= high {
            high.sqrt() * x.sqrt()
        } else {
            next
        };
    }
    x
}
