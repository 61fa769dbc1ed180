//! Which of several systems is the best.

use super::Moments;

/// The fully sequential procedure KN: finds the system with the largest mean,
/// and drops the others as soon as they are clearly not it.
///
/// S.-H. Kim and B. L. Nelson, "A fully sequential procedure for
/// indifference-zone selection in simulation", ACM Transactions on Modeling
/// and Computer Simulation 11 (2001), with c = 1. After n₀ replications of all k systems
/// let S²_ij be the variance of the difference of i and j. With every
/// replication r from n₀ on a system i leaves when for a system j that is
/// still there
///
/// ```text
/// Σ_j − Σ_i > max(0, δ/2 · (h² S²_ij / δ² − r)),  h² = (n₀ − 1) ((2α / (k − 1))^(−2 / (n₀ − 1)) − 1)
/// ```
///
/// Σ being sums over replications, and the last one is selected. Where
/// replications are independent and their differences normal, and the best is
/// better than any other by the indifference δ or more, the selected one is
/// the best with probability 1 − α or more, whatever the correlation between
/// systems: common random numbers keep the guarantee and lower S². Where
/// others are within δ of the best, one of those may be selected instead,
/// which δ says is no loss.
///
/// All that are left meet every replication; for the smallest mean negate the
/// values.
#[derive(Clone, Debug)]
pub struct Selection {
    indifference: f64,
    n_first: u64,
    h_squared: f64,
    n: u64,
    survivors: Vec<usize>,
    /// Sums since the first replication, of all systems while they were there.
    sums: Vec<f64>,
    /// Differences i − j with j < i, of the first n₀ replications.
    differences: Vec<Vec<Moments>>,
    /// The number of replications after which each system left.
    left_after: Vec<Option<u64>>,
}

impl Selection {
    /// A selection among `n_systems`, for an indifference δ > 0, a chance α to be wrong and n₀
    /// replications before anything is dropped.
    ///
    /// # Panics
    ///
    /// When there is no system, n₀ is below 2, δ is not positive, or α is not
    /// between 0 and 1 − 1/k, which is chance alone.
    #[must_use]
    pub fn new(n_systems: usize, indifference: f64, alpha: f64, n_first: u64) -> Self {
        assert!(n_systems > 0, "there is a system to select");
        assert!(n_first >= 2, "a variance needs two replications");
        assert!(indifference > 0.0, "an indifference is positive");
        let others = (n_systems - 1) as f64;
        assert!(
            alpha > 0.0 && (n_systems == 1 || alpha < others / n_systems as f64),
            "a chance to be wrong is above 0 and below that of guessing"
        );
        let freedom = (n_first - 1) as f64;
        // η of the paper is half of what stands in brackets, and h² = 2 c η (n₀ − 1).
        let h_squared = freedom * (libm::pow(2.0 * alpha / others.max(1.0), -2.0 / freedom) - 1.0);
        Self {
            indifference,
            n_first,
            h_squared,
            n: 0,
            survivors: (0..n_systems).collect(),
            sums: vec![0.0; n_systems],
            differences: (0..n_systems)
                .map(|i| vec![Moments::default(); i])
                .collect(),
            left_after: vec![None; n_systems],
        }
    }

    /// Takes in the next replication: one value for each of the [`survivors`](Self::survivors), in
    /// their order. Once one system is left, nothing changes any more.
    ///
    /// # Panics
    ///
    /// When there are not as many values as survivors, or one is NaN.
    pub fn observe(&mut self, values: &[f64]) {
        assert_eq!(
            values.len(),
            self.survivors.len(),
            "a value for each survivor"
        );
        assert!(!values.iter().any(|x| x.is_nan()), "every value is known");
        if self.best().is_some() {
            return;
        }
        self.n += 1;
        for (&system, value) in self.survivors.iter().zip(values) {
            self.sums[system] += value;
        }
        if self.n <= self.n_first {
            for (i, x) in values.iter().enumerate() {
                for (j, y) in values[..i].iter().enumerate() {
                    self.differences[i][j].push(x - y);
                }
            }
        }
        if self.n >= self.n_first {
            self.screen();
        }
    }

    /// The systems that may still be the best, in order of number.
    #[must_use]
    pub fn survivors(&self) -> &[usize] {
        &self.survivors
    }

    /// The best, once it is known.
    #[must_use]
    pub fn best(&self) -> Option<usize> {
        match self.survivors[..] {
            [best] => Some(best),
            _ => None,
        }
    }

    /// The number of replications so far.
    #[must_use]
    pub fn n(&self) -> u64 {
        self.n
    }

    /// The number of replications after which a system left, `None` for those that are still there.
    #[must_use]
    pub fn left_after(&self, system: usize) -> Option<u64> {
        self.left_after[system]
    }

    /// The most replications that can still be needed in all, `None` before n₀.
    #[must_use]
    pub fn most_needed(&self) -> Option<u64> {
        let pairs = (self.survivors.iter()).flat_map(|&i| {
            let below = self.survivors.iter().take_while(move |&&j| j < i);
            below.map(move |&j| self.bound(i, j))
        });
        (self.n >= self.n_first).then(|| {
            let last = pairs.fold(0.0, f64::max).floor() as u64 + 1;
            if self.best().is_some() {
                self.n
            } else {
                last.max(self.n)
            }
        })
    }

    /// The number of replications h² S² / δ² after which i and j are told apart by any difference.
    fn bound(&self, i: usize, j: usize) -> f64 {
        let variance = self.differences[i.max(j)][i.min(j)].variance();
        self.h_squared * variance / (self.indifference * self.indifference)
    }

    fn screen(&mut self) {
        let is_beaten = |&i: &usize| {
            self.survivors.iter().any(|&j| {
                let room = || 0.5 * self.indifference * (self.bound(i, j) - self.n as f64);
                i != j && self.sums[j] - self.sums[i] > room().max(0.0)
            })
        };
        let (beaten, mut left): (Vec<usize>, Vec<usize>) =
            self.survivors.iter().copied().partition(is_beaten);
        // After the last bound nothing but the sum decides, and of equal sums the lowest number.
        if self.most_needed() <= Some(self.n) && left.len() > 1 {
            for system in left.split_off(1) {
                self.left_after[system] = Some(self.n);
            }
        }
        for system in beaten {
            self.left_after[system] = Some(self.n);
        }
        self.survivors = left;
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    /// h² for n₀ = 3, α = 0.125 and two systems: 2 (0.25⁻¹ − 1) = 6.
    #[test]
    fn the_worse_of_two_leaves_by_the_formula() {
        let mut selection = Selection::new(2, 1.0, 0.125, 3);
        assert_eq!(selection.h_squared, 6.0);
        // Differences −1, −2, −3: S² = 1, so 6 replications tell them apart by any difference.
        // After 3 a sum of 6 is beyond ½ (6 − 3), after 2 nothing is looked at.
        for values in [[10.0, 9.0], [11.0, 9.0]] {
            selection.observe(&values);
            assert_eq!((selection.best(), selection.most_needed()), (None, None));
        }
        selection.observe(&[12.0, 9.0]);
        assert_eq!(
            (selection.best(), selection.left_after(1)),
            (Some(0), Some(3))
        );
        assert_eq!((selection.n(), selection.most_needed()), (3, Some(3)));
        selection.observe(&[0.0]);
        assert_eq!((selection.best(), selection.n()), (Some(0), 3));
    }

    #[test]
    fn equals_are_decided_after_the_last_bound_by_the_sum_or_the_number() {
        for (last, best) in [([0.0, 0.0], 0), ([0.0, 1e-9], 1)] {
            let mut selection = Selection::new(2, 1.0, 0.125, 3);
            for values in [[1.0, 0.0], [0.0, 1.0], [0.0, 0.0]] {
                selection.observe(&values);
            }
            // S² = 1 and a bound of 6: the seventh is the last.
            assert_eq!(selection.most_needed(), Some(7));
            for _ in 0..3 {
                selection.observe(&[5.0, 5.0]);
                assert_eq!(selection.survivors(), [0, 1]);
            }
            selection.observe(&last);
            assert_eq!(selection.best(), Some(best));
        }
    }

    #[test]
    fn systems_that_share_all_chance_are_told_apart_at_once() {
        let mut selection = Selection::new(3, 0.1, 0.05, 2);
        for common in [3.0, 700.0] {
            selection.observe(&[common, common + 0.5, common + 0.25]);
        }
        assert_eq!((selection.best(), selection.n()), (Some(1), 2));
        assert_eq!(Selection::new(1, 0.1, 0.05, 2).best(), Some(0));
    }
}
