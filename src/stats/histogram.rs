//! Counts of durations in buckets of constant relative width.

use serde::{Deserialize, Serialize};

/// Sub-buckets an octave; values below twice this number are exact.
const STEPS: u32 = 64;

/// A histogram of `u32` values (minutes) with log-linear buckets.
///
/// Every octave from 64 up is cut into 64 equal buckets, values below 128
/// have a bucket each: the layout of G. Tene's HdrHistogram. Counts are whole
/// numbers, so merging is exact and its order is irrelevant. An empty
/// histogram takes no memory on the heap, a full one 1728 counts.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct Histogram {
    n: u64,
    /// Up to the last bucket that was hit, so that equal contents are equal.
    counts: Vec<u64>,
}

impl Histogram {
    /// Counts one value.
    pub fn record(&mut self, value: u32) {
        let bucket = bucket_of(value);
        if bucket >= self.counts.len() {
            self.counts.resize(bucket + 1, 0);
        }
        self.counts[bucket] += 1;
        self.n += 1;
    }

    /// Counts all values of another histogram.
    pub fn merge(&mut self, other: &Self) {
        if other.counts.len() > self.counts.len() {
            self.counts.resize(other.counts.len(), 0);
        }
        for (count, more) in self.counts.iter_mut().zip(&other.counts) {
            *count += more;
        }
        self.n += other.n;
    }

    /// The number of values counted.
    #[must_use]
    pub fn n(&self) -> u64 {
        self.n
    }

    /// The middles of all buckets that hold something here or in another histogram, in rising order, with how many
    /// each holds.
    pub(super) fn beside<'a>(
        &'a self,
        other: &'a Self,
    ) -> impl Iterator<Item = (f64, u64, u64)> + 'a {
        let n_buckets = self.counts.len().max(other.counts.len());
        let count = |counts: &[u64], bucket: usize| counts.get(bucket).copied().unwrap_or(0);
        (0..n_buckets)
            .map(move |bucket| {
                let (here, there) = (count(&self.counts, bucket), count(&other.counts, bucket));
                (middle_of(bucket as u32), here, there)
            })
            .filter(|(_, here, there)| here + there > 0)
    }

    /// The smallest value that at least a share `q` of all values do not exceed.
    ///
    /// `None` when the histogram is empty. Exact below 128; above it the
    /// middle of the bucket, which is off by less than 1/128 of the value.
    /// `q` = 0 gives the smallest value, 1 the largest (to the same accuracy).
    ///
    /// # Panics
    ///
    /// When `q` is outside \[0, 1\].
    #[must_use]
    pub fn quantile(&self, q: f64) -> Option<f64> {
        assert!((0.0..=1.0).contains(&q), "a share lies in [0, 1]");
        let rank = ((q * self.n as f64).ceil() as u64).clamp(1, self.n.max(1));
        let mut seen = 0;
        let bucket = self.counts.iter().position(|count| {
            seen += count;
            seen >= rank
        })?;
        Some(middle_of(bucket as u32))
    }
}

fn bucket_of(value: u32) -> usize {
    let shift = value.max(STEPS).ilog2() - STEPS.ilog2();
    (STEPS * shift + (value >> shift)) as usize
}

/// The mean of the smallest and the largest value of a bucket.
fn middle_of(bucket: u32) -> f64 {
    let shift = (bucket / STEPS).saturating_sub(1);
    let low = u64::from(bucket - STEPS * shift) << shift;
    let width = 1_u64 << shift;
    low as f64 + (width - 1) as f64 / 2.0
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn buckets_are_adjacent_and_narrow() {
        let mut last = 0;
        let mut value = 0_u32;
        while let Some(next) = value.checked_add(1 + value / 1000) {
            let bucket = bucket_of(value);
            assert!(bucket == last || bucket == last + 1 || value > 60_000);
            let error = (middle_of(bucket as u32) - f64::from(value)).abs();
            let bound = if value < 128 {
                0.0
            } else {
                f64::from(value) / 128.0
            };
            assert!(error <= bound, "{value} off by {error}");
            (last, value) = (bucket, next);
        }
        assert_eq!(bucket_of(u32::MAX), 1727);
    }

    #[test]
    fn small_quantiles_are_exact() {
        let mut histogram = Histogram::default();
        for value in [5, 1, 4, 2, 3, 120] {
            histogram.record(value);
        }
        let quantiles = [0.0, 1.0 / 6.0, 0.5, 0.51, 1.0].map(|q| histogram.quantile(q));
        assert_eq!(quantiles, [1.0, 1.0, 3.0, 4.0, 120.0].map(Some));
    }

    #[test]
    fn empty_is_neutral_and_free() {
        let empty = Histogram::default();
        assert_eq!(empty.quantile(0.5), None);
        assert_eq!(empty.counts.capacity(), 0);
        let mut one = Histogram::default();
        one.record(1000);
        let mut merged = empty.clone();
        merged.merge(&one);
        assert_eq!(merged, one);
        one.merge(&empty);
        assert_eq!(merged, one);
    }
}
