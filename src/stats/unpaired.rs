//! The difference of two variants that met other chances.

use super::{Estimate, Moments, student_t_quantile};

/// The difference of the means of two independent samples, values less baseline, with an interval of
/// confidence `level`.
///
/// The variances may differ: t · √(s²/n + s²/n) with the degrees of freedom of B. L. Welch (Biometrika 34,
/// 1947). `n` of the estimate is that of the smaller sample. `None` when either has no values; without an
/// interval when either has one.
///
/// # Panics
///
/// When `level` is outside the open interval (0, 1).
#[must_use]
pub fn unpaired(values: &[f64], baseline: &[f64], level: f64) -> Option<Estimate> {
    let [here, there] = [values, baseline].map(|sample| {
        let mut moments = Moments::default();
        sample.iter().for_each(|&value| moments.push(value));
        moments
    });
    let smaller = here.n().min(there.n());
    if smaller == 0 {
        return None;
    }
    let mean = here.mean() - there.mean();
    if smaller == 1 {
        return Some(Estimate::from_interval(mean, None, 1, level));
    }
    let [a, b] = [&here, &there].map(|one| one.variance() / one.n() as f64);
    let error = (a + b).sqrt();
    let freedom = |part: f64, n: u64| part * part / (n - 1) as f64;
    let freedom = (a + b) * (a + b) / (freedom(a, here.n()) + freedom(b, there.n()));
    let t = match error > 0.0 {
        true => student_t_quantile(0.5 + 0.5 * level, freedom),
        false => 0.0,
    };
    Some(Estimate {
        mean,
        low: mean - t * error,
        high: mean + t * error,
        n: smaller as usize,
        standard_error: error,
    })
}

#[cfg(test)]
mod tests {
    use super::unpaired;

    #[test]
    fn gives_the_interval_of_welch() {
        // Variances 1 and 12 over 3 and 4 values: error √(1/3 + 3).
        let values = [1.0, 2.0, 3.0];
        let baseline = [6.0, 6.0, 12.0, 12.0];
        let found = unpaired(&values, &baseline, 0.95).unwrap();
        assert_eq!((found.mean, found.n), (-7.0, 3));
        let error = (1.0_f64 / 3.0 + 12.0 / 4.0).sqrt();
        assert!((found.standard_error - error).abs() < 1e-12);
        let freedom = (10.0_f64 / 3.0).powi(2) / (1.0 / 18.0 + 9.0 / 3.0);
        let t = crate::stats::student_t_quantile(0.975, freedom);
        assert!((found.high - found.mean - t * error).abs() < 1e-9);
    }

    #[test]
    fn too_few_values_have_no_interval() {
        assert_eq!(unpaired(&[], &[1.0], 0.95), None);
        let one = unpaired(&[3.0], &[1.0, 2.0], 0.95).unwrap();
        assert!(!one.has_interval() && one.mean == 1.5);
        let same = unpaired(&[1.0, 1.0], &[2.0, 2.0], 0.95).unwrap();
        assert_eq!((same.low, same.high), (-1.0, -1.0));
    }
}
