//! The difference of two variants that met the same chances.

use super::{Estimate, Moments};

/// A comparison of two variants, replication by replication.
///
/// With common random numbers the two values of one replication are
/// positively correlated, and the variance of their difference drops below
/// that of independent samples; both variances are given, so that their
/// ratio shows what the common numbers bought (Law, "Simulation Modeling and
/// Analysis", 5th ed., 11.2).
///
/// # Examples
///
/// ```
/// use rvtsim::stats::{Estimate, Paired};
///
/// let (relay, team) = ([10.0, 14.0, 12.0], [9.0, 13.1, 11.1]);
/// let paired = Paired::of(&team, &relay, 0.95).expect("as many values");
/// assert!(paired.difference.high < 0.0);
/// // Each by itself says nothing of the kind.
/// let [relay, team] = [relay, team].map(|values| Estimate::of(&values, 0.95).expect("values"));
/// assert!(team.high > relay.low);
/// ```
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Paired {
    /// The mean difference, variant minus baseline, with its t interval.
    pub difference: Estimate,
    /// The variance of one difference, NaN for a single pair.
    pub variance_paired: f64,
    /// The sum of the variances of the two samples, NaN for a single pair.
    ///
    /// This is the variance that one difference would have had, had the
    /// samples been independent.
    pub variance_unpaired: f64,
}

impl Paired {
    /// Compares `values` with `baseline`; equal places are one replication.
    ///
    /// `level` is the confidence level of the interval. `None` when there are
    /// no values.
    ///
    /// # Panics
    ///
    /// When the samples differ in length or `level` is outside the open
    /// interval (0, 1).
    #[must_use]
    pub fn of(values: &[f64], baseline: &[f64], level: f64) -> Option<Self> {
        Self::with(values, baseline, |differences| {
            Estimate::of(differences, level)
        })
    }

    /// The same with an interval in which the next difference lies with probability `level`
    /// ([`Estimate::of_next`]).
    ///
    /// # Panics
    ///
    /// As [`of`](Self::of).
    #[must_use]
    pub fn of_next(values: &[f64], baseline: &[f64], level: f64) -> Option<Self> {
        Self::with(values, baseline, |differences| {
            Estimate::of_next(differences, level)
        })
    }

    fn with(
        values: &[f64],
        baseline: &[f64],
        estimate: impl Fn(&[f64]) -> Option<Estimate>,
    ) -> Option<Self> {
        assert_eq!(
            values.len(),
            baseline.len(),
            "a paired comparison has two values a replication"
        );
        let (mut here, mut there) = (Moments::default(), Moments::default());
        let mut difference = Moments::default();
        let mut differences = Vec::with_capacity(values.len());
        for (&a, &b) in values.iter().zip(baseline) {
            here.push(a);
            there.push(b);
            difference.push(a - b);
            differences.push(a - b);
        }
        Some(Self {
            difference: estimate(&differences)?,
            variance_paired: difference.variance(),
            variance_unpaired: here.variance() + there.variance(),
        })
    }
}

#[cfg(test)]
mod tests {
    use super::Paired;
    use crate::stats::Estimate;

    #[test]
    fn shared_noise_cancels() {
        let paired = Paired::of(&[11.0, 22.0, 33.0], &[10.0, 20.0, 30.0], 0.95).unwrap();
        assert_eq!(
            Some(paired.difference),
            Estimate::of(&[1.0, 2.0, 3.0], 0.95)
        );
        assert_eq!(paired.variance_paired, 1.0);
        assert_eq!(paired.variance_unpaired, 121.0 + 100.0);
    }

    #[test]
    fn nothing_compares_to_nothing() {
        assert_eq!(Paired::of(&[], &[], 0.95), None);
        let one = Paired::of(&[3.0], &[1.0], 0.95).unwrap();
        assert_eq!(one.difference.mean, 2.0);
        assert!(!one.difference.has_interval());
        assert!(one.variance_paired.is_nan() && one.variance_unpaired.is_nan());
    }

    #[test]
    #[should_panic(expected = "two values a replication")]
    fn refuses_unequal_samples() {
        let _ = Paired::of(&[1.0], &[], 0.95);
    }
}
