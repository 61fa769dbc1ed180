//! How many replications are enough.

use super::{Estimate, Moments};

/// How narrow an interval is to be.
#[derive(Clone, Copy, Debug, PartialEq)]
pub enum Target {
    /// A half-width of at most this, in the unit of the values.
    Absolute(f64),
    /// An error of at most this share γ of the true mean: a half-width of at
    /// most γ / (1 + γ) of the estimated one (Law, "Simulation Modeling and
    /// Analysis", 5th ed., 9.4.1).
    Relative(f64),
}

impl Target {
    /// The half-width that is asked for where the mean is estimated as `mean`.
    fn half_width(self, mean: f64) -> f64 {
        match self {
            Self::Absolute(width) => width,
            Self::Relative(share) => share / (1.0 + share) * mean.abs(),
        }
    }
}

/// A sequential rule for the number of replications.
///
/// It is fed one value a replication (or one paired difference), in order,
/// and is done at the first n ≥ `first` from which on the t interval has been
/// narrow enough for 5 replications more, or 5 % of n if that is more. To
/// stop as soon as the interval is narrow enough, as Y. S. Chow and H. Robbins
/// do ("On the asymptotic theory of fixed-width sequential confidence
/// intervals", Annals of Mathematical Statistics 36, 1965), is to stop when
/// the variance happens to look small; the look ahead mends most of that (K.
/// Hoad, S. Robinson and R. Davies, "Automated selection of the number of
/// replications for a discrete-event simulation", Journal of the Operational
/// Research Society 61, 2010).
///
/// The coverage is not exactly the level. For normal values, a level of 95 %
/// and `first` = 10 the interval holds the mean in 94 to 95 of 100 cases,
/// wherever it stops; for exponential values,
/// which are far more skew than means of a run, in 89 to 93
/// (tests/theory/statistical_stopping.rs).
#[derive(Clone, Debug)]
pub struct Stopping {
    target: Target,
    level: f64,
    first: u64,
    most: u64,
    moments: Moments,
    /// The half-width over the one that is asked for; infinite while there is none.
    excess: f64,
    /// Since which number of values the interval has been narrow enough.
    narrow_since: Option<u64>,
    is_done: bool,
}

/// What the rule says after a value.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Progress {
    /// More are needed: by the variance so far, about this many in all.
    GoOn {
        /// The expected number of values, those already seen included.
        expected: u64,
    },
    /// The interval is narrow enough, and values after this one are not taken in. It was so for
    /// fewer than the values of the look ahead if more are not allowed.
    Done,
    /// The most values that were allowed have been seen, and the interval is not narrow enough.
    LimitReached,
}

impl Stopping {
    /// A rule for intervals of confidence `level`, that looks at `first` values at least and at
    /// `most` values at most.
    ///
    /// # Panics
    ///
    /// When the target is not positive, `first` is below 2 or `most` below `first`.
    #[must_use]
    pub fn new(target: Target, level: f64, first: u64, most: u64) -> Self {
        let (Target::Absolute(width) | Target::Relative(width)) = target;
        assert!(width > 0.0, "a target is positive");
        assert!(
            first >= 2 && most >= first,
            "two values or more are looked at"
        );
        Self {
            target,
            level,
            first,
            most,
            moments: Moments::default(),
            excess: f64::INFINITY,
            narrow_since: None,
            is_done: false,
        }
    }

    /// Takes in the value of the next replication, unless the rule is at its end.
    pub fn observe(&mut self, value: f64) -> Progress {
        if self.progress_of_end().is_none() {
            self.moments.push(value);
            self.look();
        }
        self.progress()
    }

    /// What is known so far; `None` before the first value.
    #[must_use]
    pub fn estimate(&self) -> Option<Estimate> {
        Estimate::from_moments(&self.moments, self.level)
    }

    /// The half-width of the interval so far and the one that is asked for; `None` while there is
    /// no interval.
    #[must_use]
    pub fn half_widths(&self) -> Option<(f64, f64)> {
        let found = self.estimate().filter(Estimate::has_interval)?;
        let half_width = 0.5 * (found.high - found.low);
        Some((half_width, self.target.half_width(found.mean)))
    }

    /// The number of values from which on the interval has been narrow enough.
    #[must_use]
    pub fn narrow_since(&self) -> Option<u64> {
        self.narrow_since
    }

    /// What the rule says now.
    #[must_use]
    pub fn progress(&self) -> Progress {
        self.progress_of_end().unwrap_or_else(|| Progress::GoOn {
            expected: self.expected(),
        })
    }

    fn progress_of_end(&self) -> Option<Progress> {
        if self.is_done {
            return Some(Progress::Done);
        }
        (self.moments.n() >= self.most).then_some(Progress::LimitReached)
    }

    fn look(&mut self) {
        let n = self.moments.n();
        if let Some((half_width, asked)) = self.half_widths() {
            self.excess = match half_width {
                // Nothing varies, perhaps about zero: that is as narrow as can be.
                0.0 => 0.0,
                _ => half_width / asked,
            };
        }
        // Not "greater than one", so that a NaN is not narrow.
        let is_narrow = n >= self.first && self.excess <= 1.0;
        self.narrow_since = self.narrow_since.or(Some(n)).filter(|_| is_narrow);
        self.is_done = self
            .narrow_since
            .is_some_and(|since| n >= since + look_ahead(since) || n >= self.most);
    }

    /// By n ∝ half-width⁻², and the look ahead.
    fn expected(&self) -> u64 {
        let n = self.moments.n();
        let excess = self.excess;
        let since = match self.narrow_since {
            Some(since) => since,
            None if excess.is_finite() => (n as f64 * excess * excess).ceil() as u64,
            None => self.first,
        };
        let since = since.max(self.first);
        (since.saturating_add(look_ahead(since))).clamp((n + 1).min(self.most), self.most)
    }
}

/// How many values more must leave an interval narrow that is so from `n` values on.
fn look_ahead(n: u64) -> u64 {
    (n / 20).max(5)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn values_that_do_not_vary_need_the_first_and_a_look_ahead() {
        for (value, target) in [(3.0, Target::Relative(0.1)), (0.0, Target::Relative(0.1))] {
            let mut rule = Stopping::new(target, 0.95, 10, 100);
            for _ in 0..14 {
                assert_eq!(rule.observe(value), Progress::GoOn { expected: 15 });
            }
            assert_eq!(rule.observe(value), Progress::Done);
            assert_eq!(rule.narrow_since(), Some(10));
            // What comes after is not looked at.
            assert_eq!(rule.observe(1e9), Progress::Done);
            assert_eq!(rule.estimate().unwrap().mean, value);
        }
    }

    #[test]
    fn what_remains_is_expected_from_the_half_width() {
        // 0 and 2 in turn: after 16 values s² = 16/15, t = 2.131, half-width 0.5503.
        let mut rule = Stopping::new(Target::Absolute(0.2), 0.95, 10, 1000);
        let mut last = Progress::Done;
        for i in 0..16 {
            last = rule.observe(f64::from(i % 2 * 2));
        }
        // 16 · (0.5503 / 0.2)² = 121.1, and 6 more.
        assert_eq!(last, Progress::GoOn { expected: 128 });
        let mut limited = Stopping::new(Target::Absolute(0.2), 0.95, 10, 20);
        for i in 0..19 {
            let expected = Progress::GoOn { expected: 20 };
            let found = limited.observe(f64::from(i % 2 * 2));
            assert!(i == 0 || found == expected, "{found:?}");
        }
        assert_eq!(limited.observe(0.0), Progress::LimitReached);
    }

    #[test]
    fn what_is_narrow_at_the_limit_has_sufficed() {
        let mut rule = Stopping::new(Target::Absolute(5.0), 0.95, 10, 10);
        let found = (0..10).map(|i| rule.observe(f64::from(i % 2 * 2))).last();
        assert_eq!(found, Some(Progress::Done));
        let (half_width, asked) = rule.half_widths().unwrap();
        assert!(half_width < 1.0 && asked == 5.0);
    }

    #[test]
    fn a_value_that_widens_the_interval_begins_the_look_ahead_anew() {
        let mut rule = Stopping::new(Target::Absolute(1.0), 0.95, 3, 1000);
        for _ in 0..6 {
            rule.observe(0.0);
        }
        assert_eq!(rule.narrow_since(), Some(3));
        rule.observe(100.0);
        assert_eq!(rule.narrow_since(), None);
        assert!(matches!(rule.progress(), Progress::GoOn { expected } if expected > 1000 - 1));
    }

    #[test]
    fn a_missing_value_is_never_narrow() {
        let mut rule = Stopping::new(Target::Absolute(1.0), 0.95, 2, 20);
        let last = (0..20).map(|_| rule.observe(f64::NAN)).last();
        assert_eq!(last, Some(Progress::LimitReached));
    }
}
