//! How families are spread over classes: waits in days, and handovers.
//!
//! Shares of waits are estimated, since not every wait has been seen to its end ([`Wait`]); an end of a class may be
//! off by a 64th of it.

use serde::{Deserialize, Serialize};

use super::wait::Wait;
use crate::engine::MINUTES_PER_DAY;
use crate::model::Observations;

/// Classes that a quantity has at most.
const MOST_CLASSES: usize = 9;

/// What is counted in classes.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
#[repr(u8)]
pub enum Quantity {
    /// The wait for the veiligheidsbeoordeling.
    WaitAssessment,
    /// The wait for the first help.
    WaitFirstHelp,
    /// The wait from the request for a measure to its execution.
    WaitMeasure,
    /// Handovers in a closed case.
    Handovers,
}

impl Quantity {
    /// The number of quantities.
    pub const COUNT: usize = 4;

    /// Every quantity.
    pub const ALL: [Quantity; Quantity::COUNT] = [
        Quantity::WaitAssessment,
        Quantity::WaitFirstHelp,
        Quantity::WaitMeasure,
        Quantity::Handovers,
    ];

    /// Its name in distributions.csv.
    pub fn key(self) -> &'static str {
        match self {
            Quantity::WaitAssessment => "wait_assessment",
            Quantity::WaitFirstHelp => "wait_first_help",
            Quantity::WaitMeasure => "wait_measure",
            Quantity::Handovers => "handovers_per_case",
        }
    }

    /// Whether it is a length of time, and not a number.
    pub fn is_wait(self) -> bool {
        self != Quantity::Handovers
    }

    /// The last value of every class but the open one [days, or a number].
    pub fn ends(self) -> &'static [u32] {
        match self {
            Quantity::WaitAssessment => &[3, 7, 14, 21, 28, 42, 56, 91],
            Quantity::WaitFirstHelp => &[7, 14, 28, 42, 56, 91, 182, 365],
            Quantity::WaitMeasure => &[28, 56, 91, 182, 273, 365, 548],
            Quantity::Handovers => &[0, 1, 2, 3, 4, 5],
        }
    }

    /// The number of classes.
    pub fn n_classes(self) -> usize {
        self.ends().len() + 1
    }

    /// The wait that it is, if it is one.
    fn wait(self) -> Option<Wait> {
        match self {
            Quantity::WaitAssessment => Some(Wait::Assessment),
            Quantity::WaitFirstHelp => Some(Wait::FirstHelp),
            Quantity::WaitMeasure => Some(Wait::Measure),
            Quantity::Handovers => None,
        }
    }
}

impl Observations {
    /// The share of families who are in a class of a quantity or a later one, by class; `None` if it was seen of nobody.
    pub fn shares_from(&self, quantity: Quantity) -> Option<Vec<f64>> {
        let Some(wait) = quantity.wait() else {
            return self.handovers.shares_from(quantity.n_classes());
        };
        let survival = self.wait(wait).survival()?;
        let ends = quantity.ends().iter();
        let after = ends.map(|&end| survival.after(f64::from(end * MINUTES_PER_DAY)));
        Some(std::iter::once(1.0).chain(after).collect())
    }
}

/// Closed cases by the number of their handovers.
#[derive(Clone, Copy, PartialEq, Eq, Debug, Default, Serialize, Deserialize)]
pub struct Distribution {
    counts: [u32; MOST_CLASSES],
}

impl Distribution {
    /// Counts a case with so many.
    pub fn record(&mut self, n: u32) {
        let ends = Quantity::Handovers.ends().iter();
        self.counts[ends.take_while(|&&end| n > end).count()] += 1;
    }

    /// Adds what was seen elsewhere in the same time.
    pub fn merge(&mut self, other: &Self) {
        for (n, more) in self.counts.iter_mut().zip(other.counts) {
            *n += more;
        }
    }

    fn shares_from(&self, n_classes: usize) -> Option<Vec<f64>> {
        let share = |class| self.n_from(class) as f64 / self.n() as f64;
        (self.n() > 0).then(|| (0..n_classes).map(share).collect())
    }

    /// Cases that were counted.
    pub fn n(&self) -> u64 {
        self.n_from(0)
    }

    /// Cases in a class.
    pub fn n_in(&self, class: usize) -> u64 {
        self.counts[class].into()
    }

    /// Cases in that class or a later one.
    pub fn n_from(&self, class: usize) -> u64 {
        self.counts[class..].iter().map(|&n| u64::from(n)).sum()
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::model::observation::wait::WaitEnd;

    #[test]
    fn a_wait_of_so_many_days_is_the_last_of_its_class() {
        let mut seen = Observations::new(0);
        for minutes in [0, 2 * 1440, 5 * 1440, 7 * 1440, 200 * 1440] {
            seen.waits[Wait::Assessment as usize].record(minutes, WaitEnd::Met, None);
        }
        let shares = seen.shares_from(Quantity::WaitAssessment).unwrap();
        let expected = [1.0, 0.6, 0.2, 0.2, 0.2, 0.2, 0.2, 0.2, 0.2];
        let is_close = |(one, other): (&f64, &f64)| (one - other).abs() < 1e-12;
        assert!(shares.iter().zip(&expected).all(is_close), "{shares:?}");
        assert_eq!(seen.shares_from(Quantity::WaitMeasure), None);
    }

    #[test]
    fn handovers_have_a_class_for_each_number_and_an_open_one() {
        let mut seen = Observations::new(0);
        for n in [0, 1, 5, 6, 60] {
            seen.handovers.record(n);
        }
        let counts: Vec<u64> = (0..7).map(|class| seen.handovers.n_in(class)).collect();
        assert_eq!(counts, [1, 1, 0, 0, 0, 1, 2]);
        let shares = seen.shares_from(Quantity::Handovers).unwrap();
        assert_eq!((shares[0], shares[1], shares[6]), (1.0, 0.8, 0.4));
    }

    #[test]
    fn ends_rise_and_there_is_room_for_every_class() {
        for quantity in Quantity::ALL {
            assert!(quantity.ends().is_sorted() && quantity.n_classes() <= MOST_CLASSES);
        }
    }
}
