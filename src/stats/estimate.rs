//! A mean with its confidence interval.

use super::{Moments, student_t_quantile};

/// The mean of independent replications with a Student t interval.
///
/// One replication has a mean but says nothing about its spread: then
/// `standard_error` and the interval are infinite.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Estimate {
    /// The sample mean, in the unit of the values.
    pub mean: f64,
    /// The lower end of the interval, −∞ for one value.
    pub low: f64,
    /// The upper end of the interval, +∞ for one value.
    pub high: f64,
    /// The number of values, at least 1.
    pub n: usize,
    /// The standard error of the mean, +∞ for one value.
    pub standard_error: f64,
}

impl Estimate {
    /// Estimates the mean of `values`, with an interval of confidence `level`.
    ///
    /// The interval is mean ± t · s / √n, t the quantile of Student's t with
    /// n − 1 degrees of freedom (Law, "Simulation Modeling and Analysis",
    /// 5th ed., 4.5). `None` when there are no values.
    ///
    /// # Panics
    ///
    /// When `level` is outside the open interval (0, 1).
    #[must_use]
    pub fn of(values: &[f64], level: f64) -> Option<Self> {
        let mut moments = Moments::default();
        for &value in values {
            moments.push(value);
        }
        Self::from_moments(&moments, level)
    }

    /// The estimate from a sample of which only the moments are known.
    pub fn from_moments(moments: &Moments, level: f64) -> Option<Self> {
        assert!(
            level > 0.0 && level < 1.0,
            "a confidence level lies strictly between 0 and 1"
        );
        let n = moments.n() as usize;
        let mean = moments.mean();
        let (standard_error, half_width) = match n {
            0 => return None,
            1 => (f64::INFINITY, f64::INFINITY),
            _ => {
                let error = (moments.variance() / n as f64).sqrt();
                let t = student_t_quantile(0.5 + 0.5 * level, (n - 1) as f64);
                (error, t * error)
            }
        };
        Some(Self {
            mean,
            low: mean - half_width,
            high: mean + half_width,
            n,
            standard_error,
        })
    }

    /// The mean of `values`, with an interval in which one more value lies with probability `level`.
    ///
    /// Between the two order statistics that n + 1 equally likely places for the next value leave outside as often on
    /// either side, whatever the distribution (Wilks, Annals of Mathematical Statistics 12 (1941)); with too few values
    /// for that, 39 for 95 %, mean ± t · s · √(1 + 1/n), as if they were normal. `None` when there are no values.
    ///
    /// # Panics
    ///
    /// When `level` is outside the open interval (0, 1).
    #[must_use]
    pub fn of_next(values: &[f64], level: f64) -> Option<Self> {
        let mean = Self::of(values, level)?;
        let n = values.len();
        let place = 0.5 * (1.0 - level) * (n as f64 + 1.0);
        // A whole number of places that rounding has brought just below it is one.
        let nth = (place + 1e-9).floor() as usize;
        if nth == 0 {
            let wider = (n as f64 + 1.0).sqrt();
            let half_width = wider * (mean.high - mean.mean);
            return Some(Self {
                low: mean.mean - half_width,
                high: mean.mean + half_width,
                ..mean
            });
        }
        let mut sorted = values.to_vec();
        sorted.sort_by(f64::total_cmp);
        let between = |lower: usize, upper: usize| {
            let part = (place - nth as f64).max(0.0);
            sorted[lower] + part * (sorted[upper] - sorted[lower])
        };
        Some(Self {
            low: between(nth - 1, nth),
            high: between(n - nth, n - nth - 1),
            ..mean
        })
    }

    /// The estimate of confidence `level` that was written as a mean, an interval
    /// (without one where `n` is one) and a number of values.
    ///
    /// # Panics
    ///
    /// When `level` is outside the open interval (0, 1), or `n` is zero.
    #[must_use]
    pub fn from_interval(mean: f64, interval: Option<(f64, f64)>, n: usize, level: f64) -> Self {
        assert!(n > 0, "an estimate rests on a value");
        let (low, high) = interval.unwrap_or((f64::NEG_INFINITY, f64::INFINITY));
        let standard_error = match n {
            1 => f64::INFINITY,
            _ => 0.5 * (high - low) / student_t_quantile(0.5 + 0.5 * level, (n - 1) as f64),
        };
        Self {
            mean,
            low,
            high,
            n,
            standard_error,
        }
    }

    /// Whether the interval is finite, that is, rests on two values or more.
    #[must_use]
    pub fn has_interval(&self) -> bool {
        self.n > 1
    }
}

#[cfg(test)]
mod tests {
    use super::Estimate;

    #[test]
    fn gives_the_textbook_interval() {
        // Law, "Simulation Modeling and Analysis", 4.5: the ten observations
        // whose 90 % interval is 1.34 ± 0.24.
        let values = [1.20, 1.50, 1.68, 1.89, 0.95, 1.49, 1.58, 1.55, 0.50, 1.09];
        let estimate = Estimate::of(&values, 0.9).unwrap();
        assert!((estimate.mean - 1.343).abs() < 1e-12);
        assert!((estimate.high - estimate.mean - 0.24).abs() < 0.005);
        assert!((estimate.mean - estimate.low - 0.24).abs() < 0.005);
        assert_eq!(estimate.n, 10);
        assert!(estimate.has_interval());
    }

    #[test]
    fn what_was_written_can_be_read_back() {
        for values in [&[1.0, 2.0, 6.0][..], &[4.0]] {
            let written = Estimate::of(values, 0.95).unwrap();
            let interval = written
                .has_interval()
                .then_some((written.low, written.high));
            let read = Estimate::from_interval(written.mean, interval, written.n, 0.95);
            assert_eq!(
                (read.mean, read.low, read.high),
                (written.mean, written.low, written.high)
            );
            let is_same = read.standard_error == written.standard_error;
            assert!(is_same || (read.standard_error - written.standard_error).abs() < 1e-12);
        }
    }

    #[test]
    fn one_value_has_no_interval_and_none_has_no_estimate() {
        let one = Estimate::of(&[7.0], 0.95).unwrap();
        assert_eq!((one.mean, one.n), (7.0, 1));
        assert_eq!((one.low, one.high), (f64::NEG_INFINITY, f64::INFINITY));
        assert_eq!(one.standard_error, f64::INFINITY);
        assert!(!one.has_interval());
        assert_eq!(Estimate::of(&[], 0.95), None);
    }
}
