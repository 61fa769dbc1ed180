//! Averages over time.

/// The exact time integral of a step function with whole values.
///
/// Time is a whole number of minutes and never runs back. Sums are kept in
/// `i128`, so no rounding enters, however long the run.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct TimeWeighted {
    start: u64,
    last: u64,
    value: i64,
    max: i64,
    /// The integral from `start` to `last`, in value-minutes.
    sum: i128,
}

impl TimeWeighted {
    /// A function that has `value` from minute `now` on.
    #[must_use]
    pub fn new(now: u64, value: i64) -> Self {
        Self {
            start: now,
            last: now,
            value,
            max: value,
            sum: 0,
        }
    }

    /// Changes the value at minute `now`.
    ///
    /// # Panics
    ///
    /// When `now` is before the previous change.
    pub fn set(&mut self, now: u64, value: i64) {
        self.sum = self.integral(now);
        self.last = now;
        self.value = value;
        self.max = self.max.max(value);
    }

    /// Changes the value at minute `now` by `delta`.
    ///
    /// # Panics
    ///
    /// When `now` is before the previous change.
    pub fn add(&mut self, now: u64, delta: i64) {
        self.set(now, self.value + delta);
    }

    /// The current value.
    #[must_use]
    pub fn value(&self) -> i64 {
        self.value
    }

    /// The largest value since the start, also when it held for no time.
    #[must_use]
    pub fn max(&self) -> i64 {
        self.max
    }

    /// The integral from the start to minute `now`, in value-minutes, exact.
    ///
    /// # Panics
    ///
    /// When `now` is before the previous change.
    #[must_use]
    pub fn integral(&self, now: u64) -> i128 {
        assert!(now >= self.last, "time does not run back");
        self.sum + i128::from(self.value) * i128::from(now - self.last)
    }

    /// The time average from the start to minute `now`.
    ///
    /// Over a span of no minutes this is the current value.
    ///
    /// # Panics
    ///
    /// When `now` is before the previous change.
    #[must_use]
    pub fn mean(&self, now: u64) -> f64 {
        if now == self.start {
            self.value as f64
        } else {
            self.integral(now) as f64 / (now - self.start) as f64
        }
    }

    /// Forgets everything before minute `now` but the current value.
    ///
    /// This cuts off the warm-up.
    ///
    /// # Panics
    ///
    /// When `now` is before the previous change.
    pub fn restart(&mut self, now: u64) {
        assert!(now >= self.last, "time does not run back");
        *self = Self::new(now, self.value);
    }
}

#[cfg(test)]
mod tests {
    use super::TimeWeighted;

    #[test]
    fn integrates_steps_exactly() {
        let mut queue = TimeWeighted::new(10, 2);
        queue.add(20, 3);
        queue.set(25, -1);
        assert_eq!(queue.integral(25), 20 + 25);
        assert_eq!(queue.integral(35), 20 + 25 - 10);
        assert_eq!(queue.mean(35), 35.0 / 25.0);
        assert_eq!((queue.value(), queue.max()), (-1, 5));
    }

    #[test]
    fn restart_keeps_only_the_value() {
        let mut queue = TimeWeighted::new(0, 9);
        queue.set(5, 4);
        queue.restart(8);
        assert_eq!(queue, TimeWeighted::new(8, 4));
        assert_eq!(queue.mean(8), 4.0);
        assert_eq!(queue.max(), 4);
    }

    #[test]
    fn does_not_round_or_overflow() {
        let mut large = TimeWeighted::new(0, i64::MAX);
        large.set(u64::MAX, 1);
        assert_eq!(
            large.integral(u64::MAX),
            i128::from(i64::MAX) * i128::from(u64::MAX)
        );
    }

    #[test]
    #[should_panic(expected = "time does not run back")]
    fn refuses_to_run_back() {
        TimeWeighted::new(5, 0).set(4, 1);
    }
}
