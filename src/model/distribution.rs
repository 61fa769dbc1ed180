//! How families are spread over classes: waits in days, and handovers.
//!
//! Histograms of waits have buckets whose ends are no days. What people read is counted in
//! classes of its own, so that a class holds exactly the families that it says.

use serde::{Deserialize, Serialize};

use super::Wait;
use crate::engine::MINUTES_PER_DAY;

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
    /// The wait for the execution of a measure.
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
            Quantity::WaitMeasure => &[91, 182, 273, 365, 548, 730, 1096],
            Quantity::Handovers => &[0, 1, 2, 3, 4, 5],
        }
    }

    /// The number of classes.
    pub fn n_classes(self) -> usize {
        self.ends().len() + 1
    }

    /// The quantity that a wait is, if it is counted in classes.
    pub(super) fn of_wait(wait: Wait) -> Option<Self> {
        match wait {
            Wait::Assessment => Some(Quantity::WaitAssessment),
            Wait::FirstHelp => Some(Quantity::WaitFirstHelp),
            Wait::Measure => Some(Quantity::WaitMeasure),
            _ => None,
        }
    }

    /// The class of a number, or of a wait in minutes; a wait of exactly so many days is the
    /// last of its class.
    fn class(self, value: u32) -> usize {
        let unit = if self.is_wait() { MINUTES_PER_DAY } else { 1 };
        let ends = self.ends().iter();
        ends.take_while(|&&end| value > end * unit).count()
    }
}

/// Families by class of one quantity.
#[derive(Clone, Copy, PartialEq, Eq, Debug, Default, Serialize, Deserialize)]
pub struct Distribution {
    counts: [u32; MOST_CLASSES],
}

impl Distribution {
    /// Counts a family with so many, or that waited so many minutes.
    pub fn record(&mut self, quantity: Quantity, value: u32) {
        self.counts[quantity.class(value)] += 1;
    }

    /// Adds what was seen elsewhere in the same time.
    pub fn merge(&mut self, other: &Self) {
        for (n, more) in self.counts.iter_mut().zip(other.counts) {
            *n += more;
        }
    }

    /// Families that were counted.
    pub fn n(&self) -> u64 {
        self.n_from(0)
    }

    /// Families in a class.
    pub fn n_in(&self, class: usize) -> u64 {
        self.counts[class].into()
    }

    /// Families in that class or a later one.
    pub fn n_from(&self, class: usize) -> u64 {
        self.counts[class..].iter().map(|&n| u64::from(n)).sum()
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_class_ends_with_the_last_minute_of_its_last_day() {
        let mut seen = Distribution::default();
        for minutes in [
            0,
            3 * 1440,
            3 * 1440 + 1,
            7 * 1440,
            91 * 1440,
            91 * 1440 + 1,
        ] {
            seen.record(Quantity::WaitAssessment, minutes);
        }
        let counts: Vec<u64> = (0..MOST_CLASSES).map(|class| seen.n_in(class)).collect();
        assert_eq!(counts, [2, 2, 0, 0, 0, 0, 0, 1, 1]);
        assert_eq!((seen.n(), seen.n_from(1), seen.n_from(8)), (6, 4, 1));
    }

    #[test]
    fn handovers_have_a_class_for_each_number_and_an_open_one() {
        let classes = [0, 1, 5, 6, 60].map(|n| Quantity::Handovers.class(n));
        assert_eq!(classes, [0, 1, 5, 6, 6]);
    }

    #[test]
    fn ends_rise_and_there_is_room_for_every_class() {
        for quantity in Quantity::ALL {
            assert!(quantity.ends().is_sorted() && quantity.n_classes() <= MOST_CLASSES);
        }
    }
}
