//! Intervals by drawing the sample again from itself.

use std::ops::Range;

/// A statistic with the interval that its bootstrap gives.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Ranged {
    /// The statistic of the sample as it is.
    pub value: f64,
    /// The lower end of the interval.
    pub low: f64,
    /// The upper end of the interval.
    pub high: f64,
}

/// How to draw a sample again.
///
/// Percentile intervals (B. Efron, "Bootstrap methods: another look at the
/// jackknife", Annals of Statistics 7, 1979): of the statistics of all
/// resamples, sorted, the ends cut off an equal number on either side.
/// `uniform(resample, index)` gives the chance.
#[derive(Clone, Copy, Debug)]
pub struct Bootstrap<U> {
    /// How often the sample is drawn again.
    pub n_resamples: usize,
    /// The confidence level of the intervals.
    pub level: f64,
    /// Uniform numbers in (0, 1).
    pub uniform: U,
}

impl<U: Fn(usize, usize) -> f64> Bootstrap<U> {
    /// The statistics of a sample of `n`, each with its interval.
    ///
    /// `statistics` is told how often each member of the sample counts.
    pub(super) fn intervals(
        &self,
        n: usize,
        statistics: impl Fn(&[f64]) -> Vec<f64>,
    ) -> Vec<Ranged> {
        let values = statistics(&vec![1.0; n]);
        let mut resampled: Vec<Vec<f64>> = vec![Vec::new(); values.len()];
        for resample in 0..self.n_resamples {
            let mut counts = vec![0.0; n];
            for index in 0..n {
                counts[((self.uniform)(resample, index) * n as f64) as usize] += 1.0;
            }
            for (all, value) in resampled.iter_mut().zip(statistics(&counts)) {
                all.push(value);
            }
        }
        // A single member drawn again is the same sample, and says nothing of its spread.
        let within = if n > 1 { self.within() } else { 0..0 };
        (values.into_iter().zip(resampled))
            .map(|(value, mut all)| {
                all.sort_by(f64::total_cmp);
                let ends = all.get(within.clone()).filter(|rest| !rest.is_empty());
                let (low, high) = ends.map_or((f64::NEG_INFINITY, f64::INFINITY), |rest| {
                    (rest[0], rest[rest.len() - 1])
                });
                Ranged { value, low, high }
            })
            .collect()
    }

    /// The sorted resamples that the interval spans.
    fn within(&self) -> Range<usize> {
        assert!(
            self.level > 0.0 && self.level < 1.0,
            "a confidence level lies strictly between 0 and 1"
        );
        let cut = (0.5 * (1.0 - self.level) * self.n_resamples as f64) as usize;
        cut..self.n_resamples - cut
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_ends_cut_off_what_the_level_leaves() {
        let counted = Bootstrap {
            n_resamples: 40,
            level: 0.95,
            uniform: |_: usize, _: usize| 0.5,
        };
        assert_eq!(counted.within(), 1..39);
    }

    #[test]
    fn resamples_count_members_and_give_their_range() {
        // Resample r draws member r alone, n times.
        let bootstrap = Bootstrap {
            n_resamples: 4,
            level: 0.5,
            uniform: |resample: usize, _: usize| (resample as f64 + 0.5) / 4.0,
        };
        let sample = [1.0, 2.0, 4.0, 8.0];
        let sum = |counts: &[f64]| vec![counts.iter().zip(&sample).map(|(c, x)| c * x).sum()];
        let expected = Ranged {
            value: 15.0,
            low: 8.0,
            high: 16.0,
        };
        assert_eq!(bootstrap.intervals(4, sum), [expected]);
    }

    #[test]
    fn a_single_member_has_no_interval() {
        let one = Bootstrap {
            n_resamples: 40,
            level: 0.9,
            uniform: |_: usize, _: usize| 0.5,
        };
        let found = one.intervals(1, |counts| vec![7.0 * counts[0]])[0];
        assert_eq!(found.value, 7.0);
        assert_eq!((found.low, found.high), (f64::NEG_INFINITY, f64::INFINITY));
    }

    #[test]
    fn without_resamples_the_interval_is_everything() {
        let none = Bootstrap {
            n_resamples: 0,
            level: 0.9,
            uniform: |_: usize, _: usize| 0.5,
        };
        let found = none.intervals(3, |_| vec![7.0])[0];
        assert_eq!((found.low, found.high), (f64::NEG_INFINITY, f64::INFINITY));
    }
}
