//! An interval for a chance of which so many out of so many were seen.

use super::beta_i_inverse;

/// The exact interval for a chance, with `hits` seen in `n` trials.
///
/// C. J. Clopper and E. S. Pearson, Biometrika 26 (1934): the chances under which
/// as many hits or more, and as many or fewer, each have a probability of at least
/// (1 − `level`) / 2. It covers at least `level`, for few hits much more.
///
/// # Panics
///
/// When `hits` is more than `n`, `n` is 0 or `level` is outside (0, 1).
#[must_use]
pub fn exact_interval(hits: u32, n: u32, level: f64) -> (f64, f64) {
    assert!(hits <= n && n > 0, "hits are among the trials");
    assert!(
        level > 0.0 && level < 1.0,
        "a confidence level lies strictly between 0 and 1"
    );
    let tail = 0.5 * (1.0 - level);
    let (misses, hits) = (f64::from(n - hits), f64::from(hits));
    let low = match hits {
        0.0 => 0.0,
        _ => beta_i_inverse(hits, misses + 1.0, tail),
    };
    let high = match misses {
        0.0 => 1.0,
        _ => beta_i_inverse(hits + 1.0, misses, 1.0 - tail),
    };
    (low, high)
}

#[cfg(test)]
mod tests {
    use super::exact_interval;

    /// The probability of so many hits or fewer, summed term by term.
    fn at_most(hits: u32, n: u32, p: f64) -> f64 {
        let mut term = (1.0 - p).powi(n as i32);
        let mut sum = term;
        for k in 0..hits {
            term *= f64::from(n - k) / f64::from(k + 1) * p / (1.0 - p);
            sum += term;
        }
        sum
    }

    #[test]
    fn both_tails_have_their_probability() {
        for (hits, n) in [(1, 10), (11, 273), (27, 513), (40, 50)] {
            let (low, high) = exact_interval(hits, n, 0.95);
            let as_many_or_more = 1.0 - at_most(hits - 1, n, low);
            assert!(
                (as_many_or_more - 0.025).abs() < 1e-9,
                "{hits} of {n}: {low}"
            );
            let as_many_or_fewer = at_most(hits, n, high);
            assert!(
                (as_many_or_fewer - 0.025).abs() < 1e-9,
                "{hits} of {n}: {high}"
            );
        }
    }

    #[test]
    fn none_and_all_have_an_end_of_their_own() {
        // 1 - 0.025^(1/10).
        let (low, high) = exact_interval(0, 10, 0.95);
        assert_eq!(low, 0.0);
        assert!((high - 0.308_497_1).abs() < 1e-7);
        let (low, high) = exact_interval(10, 10, 0.95);
        assert!((low - 0.691_502_9).abs() < 1e-7);
        assert_eq!(high, 1.0);
    }
}
