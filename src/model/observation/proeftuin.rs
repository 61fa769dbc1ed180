//! The counting rule of the proeftuin monitor, for families under any form.
//!
//! The programme's monitor counted the families that proeftuinen had supported
//! since its first day, and the forced measures taken for them. A [`Reading`] is
//! such a count at one date. Families are counted apart by [`SupportClass`], so
//! that every group of families is a sum of classes; who was in the proeftuinen is
//! not known. Nothing is counted unless the setting has readings, and nothing in
//! the chain depends on it.

use serde::{Deserialize, Serialize};
use serde_big_array::BigArray;

use crate::engine::MINUTES_PER_DAY;
use crate::model::chain::{Chain, HouseholdId};
use crate::model::law::Track;
use crate::model::{Function, Measure, Severity};

/// Measures that the monitor counts and the model has; the reclassering of a
/// parent or child in a supported family is not in the model.
pub const MONITORED: [Measure; 5] = [
    Measure::Ondertoezichtstelling,
    Measure::VoorlopigeOndertoezichtstelling,
    Measure::Gezagsbeeindiging,
    Measure::Huisverbod,
    Measure::Contactverbod,
];

/// What is counted: families supported before one day, and measures ordered for
/// them before another. Days are counted from the first measured one, which is 0.
#[derive(Clone, Copy, PartialEq, Eq, Debug, Serialize)]
pub struct Reading {
    /// Support began before this day.
    pub families_before_day: u32,
    /// The measure was ordered before this day, and after support began.
    pub measures_before_day: u32,
}

/// What counts as the beginning of support.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
#[repr(u8)]
pub enum Start {
    /// Voluntary help or drang began, a first time since the first day.
    Help,
    /// Voluntary help or drang was running on the first day.
    Running,
    /// A melding or own intake opened a case, a first time since the first day.
    Case,
}

impl Start {
    /// Every beginning.
    pub const ALL: [Start; 3] = [Start::Help, Start::Running, Start::Case];

    /// A family is counted once by help, begun or running, and once by its case.
    fn record(self) -> usize {
        usize::from(self == Start::Case)
    }
}

/// What a family was like when its support began.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub struct SupportClass {
    /// What counted as the beginning.
    pub start: Start,
    /// How unsafe the home was.
    pub severity: Severity,
    /// Whether there are children.
    pub has_children: bool,
    /// Whether support began with drang.
    pub is_drang: bool,
}

impl SupportClass {
    /// The number of classes.
    pub const COUNT: usize = Start::ALL.len() * Severity::ALL.len() * 4;

    /// Every class, in the order of their numbers.
    pub fn all() -> impl Iterator<Item = SupportClass> {
        let severities = |start| Severity::ALL.map(|severity| (start, severity));
        let pairs = Start::ALL.into_iter().flat_map(severities);
        pairs.flat_map(|(start, severity)| {
            [(false, false), (false, true), (true, false), (true, true)].map(
                |(has_children, is_drang)| SupportClass {
                    start,
                    severity,
                    has_children,
                    is_drang,
                },
            )
        })
    }

    fn number(self) -> usize {
        let severity = self.start as usize * Severity::ALL.len() + self.severity as usize;
        4 * severity + 2 * usize::from(self.has_children) + usize::from(self.is_drang)
    }
}

/// The support of one family, from its beginning on.
#[derive(Clone, Copy, Debug)]
pub(crate) struct Support {
    class: SupportClass,
    /// When it began \[minutes since the first measured moment\].
    since: u32,
    /// Readings that have counted a measure for this family, a bit for each.
    measured_in: u32,
}

/// Families and measures of one class, or of several together.
#[derive(Clone, Copy, PartialEq, Eq, Debug, Default, Serialize, Deserialize)]
pub struct SupportCounts {
    /// Families supported.
    pub families: u64,
    /// Time from the beginning of their support to the end of the count \[minutes\].
    pub followed: u64,
    /// Families with one measure or more.
    pub families_with_measure: u64,
    /// Measures, by place in [`MONITORED`]; a family may have several.
    pub measures: [u64; MONITORED.len()],
}

impl SupportCounts {
    fn add(&mut self, other: &SupportCounts) {
        self.families += other.families;
        self.followed += other.followed;
        self.families_with_measure += other.families_with_measure;
        for (n, more) in self.measures.iter_mut().zip(other.measures) {
            *n += more;
        }
    }
}

/// What one reading has counted.
#[derive(Clone, PartialEq, Eq, Debug, Serialize, Deserialize)]
pub struct ReadingObservations {
    #[serde(with = "BigArray")]
    classes: [SupportCounts; SupportClass::COUNT],
}

impl Default for ReadingObservations {
    fn default() -> Self {
        ReadingObservations {
            classes: [SupportCounts::default(); SupportClass::COUNT],
        }
    }
}

impl ReadingObservations {
    /// The counts of all classes that are meant, together.
    pub fn sum(&self, is_meant: impl Fn(&SupportClass) -> bool) -> SupportCounts {
        let mut sum = SupportCounts::default();
        for (class, counts) in SupportClass::all().zip(&self.classes) {
            if is_meant(&class) {
                sum.add(counts);
            }
        }
        sum
    }

    /// Adds what was counted elsewhere in the same time.
    pub(crate) fn merge(&mut self, other: &Self) {
        for (counts, more) in self.classes.iter_mut().zip(&other.classes) {
            counts.add(more);
        }
    }

    /// A family's support has begun.
    fn count_family(&mut self, reading: Reading, support: &Support) {
        if support.since < reading.families_before_day * MINUTES_PER_DAY {
            let end = reading.measures_before_day * MINUTES_PER_DAY;
            let counts = &mut self.classes[support.class.number()];
            counts.families += 1;
            counts.followed += u64::from(end.saturating_sub(support.since));
        }
    }

    /// A measure was ordered for it, so many minutes after the first measured moment.
    fn count_measure(
        &mut self,
        reading: Reading,
        bit: u32,
        support: &mut Support,
        at: u32,
        n: usize,
    ) {
        let is_counted = support.since < reading.families_before_day * MINUTES_PER_DAY
            && at < reading.measures_before_day * MINUTES_PER_DAY;
        if is_counted {
            let counts = &mut self.classes[support.class.number()];
            counts.measures[n] += 1;
            counts.families_with_measure += u64::from(support.measured_in & bit == 0);
            support.measured_in |= bit;
        }
    }
}

impl Chain {
    /// Support of a family begins, unless it has before.
    pub(crate) fn start_support(&mut self, household: HouseholdId, start: Start, is_drang: bool) {
        let is_asked = self.is_measuring && !self.setting.readings.is_empty();
        if !is_asked || !self.is_counted(household) {
            return;
        }
        let since = self.now.since(self.measuring_from);
        let home = &mut self.households[household];
        let record = &mut home.supports[start.record()];
        if record.is_some() {
            return;
        }
        let class = SupportClass {
            start,
            severity: home.severity,
            has_children: home.has_children,
            is_drang,
        };
        let support = record.insert(Support {
            class,
            since,
            measured_in: 0,
        });
        for (&reading, seen) in self.setting.readings.iter().zip(&mut self.seen.readings) {
            seen.count_family(reading, support);
        }
    }

    /// On the first measured day: support that runs, also where a leaver is being replaced.
    pub(crate) fn start_running_support(&mut self) {
        for household in self.households.ids() {
            let running = self.main_activity(household).filter(|activity| {
                activity.track == Track::Main && (activity.is_running || activity.is_resumed)
            });
            let is_drang = match running.map(|activity| activity.function) {
                Some(Function::VrijwilligeHulp) => false,
                Some(Function::Drang) => true,
                _ => continue,
            };
            self.start_support(household, Start::Running, is_drang);
        }
    }

    /// A measure is ordered: it counts for a family whose support has begun.
    pub(crate) fn count_for_supported(&mut self, household: HouseholdId, measure: Measure) {
        let Some(n) = MONITORED.iter().position(|&one| one == measure) else {
            return;
        };
        let supports = &mut self.households[household].supports;
        for support in supports.iter_mut().flatten() {
            let at = self.now.since(self.measuring_from);
            let readings = self.setting.readings.iter().zip(&mut self.seen.readings);
            for (number, (&reading, seen)) in readings.enumerate() {
                seen.count_measure(reading, 1 << number, support, at, n);
            }
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    const OTS: usize = 0;
    const HUISVERBOD: usize = 3;

    fn support(day: u32, severity: Severity) -> Support {
        let class = SupportClass {
            start: Start::Help,
            severity,
            has_children: true,
            is_drang: false,
        };
        Support {
            class,
            since: day * MINUTES_PER_DAY,
            measured_in: 0,
        }
    }

    #[test]
    fn three_families_and_four_measures_are_counted_as_by_hand() {
        // Families up to day 90, measures up to day 90; and the same families up to day 200.
        let readings = [90, 200].map(|measures_before_day| Reading {
            families_before_day: 90,
            measures_before_day,
        });
        let mut seen = [const { 0 }; 2].map(|_: u32| ReadingObservations::default());
        let mut families = [
            support(10, Severity::AcuutOnveilig),
            support(89, Severity::LichteZorgen),
            // Too late for both.
            support(90, Severity::AcuutOnveilig),
        ];
        // Family, day, measure: the first has two before day 90, the second one after it.
        let measures = [
            (0, 20, OTS),
            (0, 89, HUISVERBOD),
            (1, 90, OTS),
            (2, 95, OTS),
        ];
        for (number, &reading) in readings.iter().enumerate() {
            for family in &families {
                seen[number].count_family(reading, family);
            }
            for (family, day, n) in measures {
                let at = day * MINUTES_PER_DAY;
                let family = &mut families[family];
                seen[number].count_measure(reading, 1 << number, family, at, n);
            }
        }
        let [short, long] = [&seen[0], &seen[1]].map(|seen| seen.sum(|_| true));
        assert_eq!((short.families, long.families), (2, 2));
        assert_eq!(short.measures, [1, 0, 0, 1, 0]);
        assert_eq!(long.measures, [2, 0, 0, 1, 0]);
        assert_eq!(
            (short.families_with_measure, long.families_with_measure),
            (1, 2)
        );
        let days = |counts: SupportCounts| counts.followed / u64::from(MINUTES_PER_DAY);
        assert_eq!((days(short), days(long)), (80 + 1, 190 + 111));
        let acute = seen[1].sum(|class| class.severity == Severity::AcuutOnveilig);
        assert_eq!((acute.families, acute.measures), (1, [1, 0, 0, 1, 0]));
    }

    #[test]
    fn classes_stand_at_their_numbers() {
        assert_eq!(SupportClass::all().count(), SupportClass::COUNT);
        for (number, class) in SupportClass::all().enumerate() {
            assert_eq!(class.number(), number, "{class:?}");
        }
    }
}
