//! Simulated families counted as the proeftuin monitor counted its own.
//!
//! Who was in the proeftuinen is not known, so there is never one number: every
//! group of families, every beginning of support and every share of families about
//! whom only advice was asked has its own. Nothing is fitted.

use std::cmp::Ordering;

use super::comparison::CONFIDENCE;
use super::outcome::Outcome;
use crate::model::{MONITORED, Measure, Severity, Start, SupportClass, SupportCounts};
use crate::scenario::{MonitorCount, Scenario};
use crate::stats::{Estimate, exact_interval};

/// A group of families, by what they were like when their support began.
#[derive(Clone, Copy, Debug)]
pub struct SupportGroup {
    /// Its name in every table.
    pub key: &'static str,
    /// What a Dutch reader sees.
    pub nl: &'static str,
    /// What an English reader sees.
    pub en: &'static str,
    /// Whether it only stands for families about whom advice was asked; no
    /// proeftuin had such families alone.
    pub is_consult: bool,
    has: fn(&SupportClass) -> bool,
}

/// The groups, of which any may be nearest to the families of the proeftuinen.
pub const SUPPORT_GROUPS: [SupportGroup; 6] = [
    SupportGroup {
        key: "all",
        nl: "alle gezinnen",
        en: "all families",
        is_consult: false,
        has: |_| true,
    },
    SupportGroup {
        key: "light",
        nl: "lichte zorgen, zonder drang",
        en: "light concerns, without drang",
        is_consult: true,
        has: is_light,
    },
    SupportGroup {
        key: "children",
        nl: "met kinderen",
        en: "with children",
        is_consult: false,
        has: |class| class.has_children,
    },
    SupportGroup {
        key: "unsafe",
        nl: "structureel of acuut onveilig",
        en: "structurally or acutely unsafe",
        is_consult: false,
        has: |class| class.severity.is_unsafe(),
    },
    SupportGroup {
        key: "unsafe_children",
        nl: "… met kinderen",
        en: "… with children",
        is_consult: false,
        has: |class| class.severity.is_unsafe() && class.has_children,
    },
    SupportGroup {
        key: "acute",
        nl: "acuut onveilig",
        en: "acutely unsafe",
        is_consult: false,
        has: |class| class.severity == Severity::AcuutOnveilig,
    },
];

/// Who stands for a family about which only advice was asked: one with light
/// concerns that the lokaal team keeps in voluntary help.
fn is_light(class: &SupportClass) -> bool {
    !class.severity.is_unsafe() && !class.is_drang
}

/// Which families count as supported.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub struct Intake {
    /// Its name in every table.
    pub key: &'static str,
    /// What a Dutch reader sees.
    pub nl: &'static str,
    /// What an English reader sees.
    pub en: &'static str,
    starts: &'static [Start],
}

/// The ways to say when support begins: a proeftuin may have begun anywhere
/// between the melding and the help, and with families whom it had already.
pub const INTAKES: [Intake; 3] = [
    Intake {
        key: "help_begun",
        nl: "hulp of drang begonnen",
        en: "help or drang begun",
        starts: &[Start::Help],
    },
    Intake {
        key: "help_begun_or_running",
        nl: "… of liep al op de eerste dag",
        en: "… or running on the first day",
        starts: &[Start::Help, Start::Running],
    },
    Intake {
        key: "case_opened",
        nl: "zaak geopend",
        en: "case opened",
        starts: &[Start::Case],
    },
];

/// What is counted of a group of families.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub enum Counted {
    /// Every measure that the monitor counts and the model has.
    Measures,
    /// The same without voorlopige OTS, which an OTS may follow.
    WithoutVoorlopige,
    /// OTS, voorlopige OTS and gezagsbeëindigingen.
    Protection,
    /// Huisverboden and contactverboden.
    Bans,
    /// One kind of measure.
    Kind(Measure),
    /// Families with one measure or more.
    Families,
}

impl Counted {
    /// Everything that is counted.
    pub fn all() -> impl Iterator<Item = Counted> {
        let sums = [
            Counted::Measures,
            Counted::WithoutVoorlopige,
            Counted::Protection,
            Counted::Bans,
        ];
        let kinds = MONITORED.map(Counted::Kind);
        sums.into_iter().chain(kinds).chain([Counted::Families])
    }

    /// Its name in every table.
    pub fn key(self) -> &'static str {
        match self {
            Counted::Measures => "measures",
            Counted::WithoutVoorlopige => "measures_without_voorlopige_ots",
            Counted::Protection => "protection",
            Counted::Bans => "bans",
            Counted::Kind(measure) => measure.key(),
            Counted::Families => "families_with_measure",
        }
    }

    fn has(self, measure: Measure) -> bool {
        let is_ban = matches!(measure, Measure::Huisverbod | Measure::Contactverbod);
        match self {
            Counted::Measures => true,
            Counted::WithoutVoorlopige => measure != Measure::VoorlopigeOndertoezichtstelling,
            Counted::Protection => !is_ban,
            Counted::Bans => is_ban,
            Counted::Kind(kind) => measure == kind,
            Counted::Families => false,
        }
    }

    fn of(self, counts: &SupportCounts) -> u64 {
        if self == Counted::Families {
            return counts.families_with_measure;
        }
        let pairs = MONITORED.into_iter().zip(counts.measures);
        pairs
            .filter_map(|(kind, n)| self.has(kind).then_some(n))
            .sum()
    }

    /// The same of what the monitor counted: all with reclassering, `None` where it
    /// did not tell kinds apart.
    pub fn of_monitor(self, count: &MonitorCount) -> Option<u32> {
        let kinds = count.kinds;
        let kinds = kinds.map(|kinds| match self {
            Counted::Protection => Some(kinds.ondertoezichtstelling + kinds.gezagsbeeindiging),
            Counted::Bans => Some(kinds.huisverbod + kinds.contactverbod),
            Counted::Kind(Measure::Ondertoezichtstelling) => Some(kinds.ondertoezichtstelling),
            Counted::Kind(Measure::Gezagsbeeindiging) => Some(kinds.gezagsbeeindiging),
            Counted::Kind(Measure::Huisverbod) => Some(kinds.huisverbod),
            Counted::Kind(Measure::Contactverbod) => Some(kinds.contactverbod),
            _ => None,
        });
        match self {
            Counted::Measures => Some(count.measures),
            _ => kinds.flatten(),
        }
    }
}

/// What the model can be held against: what the monitor counted, without
/// reclassering where that is known.
pub fn comparable(count: &MonitorCount) -> u32 {
    count.measures - count.kinds.map_or(0, |kinds| kinds.reclassering)
}

/// A count by the monitor per 100 families, with its exact interval.
#[derive(Clone, Copy, PartialEq, Debug)]
pub struct Observed {
    /// Per 100 families.
    pub per_100: f64,
    /// Lower end of the interval.
    pub low: f64,
    /// Upper end of the interval.
    pub high: f64,
}

impl Observed {
    /// So many out of so many families. The interval takes each measure for
    /// another family, and families for independent of each other.
    pub fn of(n: u32, families: u32) -> Self {
        let (low, high) = exact_interval(n, families, CONFIDENCE);
        Observed {
            per_100: 100.0 * f64::from(n) / f64::from(families),
            low: 100.0 * low,
            high: 100.0 * high,
        }
    }

    /// Where an estimate lies beside the interval: `Less` or `Greater` if its own
    /// interval lies outside, `Equal` if the two cannot be told apart.
    pub fn beside(&self, estimate: &Estimate) -> Ordering {
        let (low, high) = match estimate.has_interval() {
            true => (estimate.low, estimate.high),
            false => (estimate.mean, estimate.mean),
        };
        if high < self.low {
            Ordering::Less
        } else if low > self.high {
            Ordering::Greater
        } else {
            Ordering::Equal
        }
    }
}

/// What is asked of an outcome: families of some kind, in all regions together.
#[derive(Clone, Copy, Debug)]
pub struct Supported<'a> {
    /// Index of the form.
    pub case: usize,
    /// Number of the reading: one for every date of the monitor, and last the
    /// families of the last date to the end of the run.
    pub reading: usize,
    /// When support begins.
    pub intake: &'a Intake,
    /// Which families.
    pub group: &'a SupportGroup,
}

impl Supported<'_> {
    /// Per 100 families, if a share of them are families about whom only advice
    /// was asked.
    pub fn per_100(self, outcome: &Outcome, counted: Counted, consult: f64) -> Option<Estimate> {
        let rate = |counts: SupportCounts| {
            let families = counts.families as f64;
            (families > 0.0).then(|| 100.0 * counted.of(&counts) as f64 / families)
        };
        self.estimate(outcome, |all, light| {
            Some(match consult {
                0.0 => rate(all)?,
                share => (1.0 - share) * rate(all)? + share * rate(light)?,
            })
        })
    }

    /// The mean number of families in a replication.
    pub fn families(self, outcome: &Outcome) -> Option<Estimate> {
        self.estimate(outcome, |all, _| Some(all.families as f64))
    }

    /// The mean time from the beginning of support to the end of the count \[days\].
    pub fn followed_days(self, outcome: &Outcome) -> Option<Estimate> {
        let day = f64::from(crate::engine::MINUTES_PER_DAY);
        self.estimate(outcome, |all, _| {
            (all.families > 0).then(|| all.followed as f64 / all.families as f64 / day)
        })
    }

    /// Over replications, of the group's counts and of those of light families.
    fn estimate(
        self,
        outcome: &Outcome,
        value: impl Fn(SupportCounts, SupportCounts) -> Option<f64>,
    ) -> Option<Estimate> {
        let samples = outcome.samples(self.case, outcome.merged());
        let values: Vec<f64> = samples
            .filter_map(|sample| {
                let seen = sample.readings.get(self.reading)?;
                let is_in = |class: &SupportClass| self.intake.starts.contains(&class.start);
                let all = seen.sum(|class| is_in(class) && (self.group.has)(class));
                value(all, seen.sum(|class| is_in(class) && is_light(class)))
            })
            .collect();
        Estimate::of(&values, CONFIDENCE)
    }
}

/// Why the monitor's percentages, and these, are easily misread.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub enum MonitorDoubt {
    /// A share without a measure is no reduction.
    NoReduction,
    /// There was no group to compare with, and this is none.
    NoControlGroup,
    /// Who was in the proeftuinen is not known.
    UnknownMix,
    /// When support began in the proeftuinen is not known.
    UnknownStart,
    /// Families about whom only advice was asked are not in the model.
    Consult,
    /// Measures that the model has otherwise than the monitor.
    Kinds,
    /// Intervals are narrower than the doubt.
    Narrow,
    /// Nothing was fitted.
    NotFitted,
}

impl MonitorDoubt {
    /// Every doubt, the gravest first; none if the scenario has no monitor.
    pub fn of(scenario: &Scenario) -> &'static [MonitorDoubt] {
        const ALL: [MonitorDoubt; 8] = [
            MonitorDoubt::NoReduction,
            MonitorDoubt::NoControlGroup,
            MonitorDoubt::UnknownMix,
            MonitorDoubt::UnknownStart,
            MonitorDoubt::Consult,
            MonitorDoubt::Kinds,
            MonitorDoubt::Narrow,
            MonitorDoubt::NotFitted,
        ];
        match scenario.monitor {
            Some(_) => &ALL,
            None => &[],
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::engine::Date;
    use crate::scenario::MonitorKinds;

    fn count() -> MonitorCount {
        MonitorCount {
            date: Date::new(2023, 9, 30).unwrap(),
            families: 200,
            ended: None,
            measures: 10,
            kinds: Some(MonitorKinds {
                ondertoezichtstelling: 3,
                gezagsbeeindiging: 1,
                huisverbod: 2,
                contactverbod: 0,
                reclassering: 4,
            }),
        }
    }

    #[test]
    fn sums_are_those_of_the_kinds() {
        let counts = SupportCounts {
            families: 100,
            families_with_measure: 5,
            measures: [1, 2, 4, 8, 16],
            ..SupportCounts::default()
        };
        let numbers: Vec<u64> = Counted::all().map(|counted| counted.of(&counts)).collect();
        assert_eq!(numbers, [31, 29, 7, 24, 1, 2, 4, 8, 16, 5]);
    }

    #[test]
    fn the_monitor_counts_reclassering_and_the_model_does_not() {
        let numbers: Vec<_> = Counted::all().map(|one| one.of_monitor(&count())).collect();
        let kinds = [Some(3), None, Some(1), Some(2), Some(0), None];
        assert_eq!(numbers[..4], [Some(10), None, Some(4), Some(2)]);
        assert_eq!(numbers[4..], kinds);
        assert_eq!(comparable(&count()), 6);
        let whole = MonitorCount {
            kinds: None,
            ..count()
        };
        assert_eq!(comparable(&whole), 10);
        assert_eq!(Counted::Bans.of_monitor(&whole), None);
    }

    #[test]
    fn what_overlaps_cannot_be_told_apart() {
        let observed = Observed::of(6, 200);
        assert_eq!(observed.per_100, 3.0);
        // 1.1 to 6.4; the estimates are 8 ± 2.5, 8 ± 0.2, 0.5 ± 0.2 and 3 alone.
        let beside = |values: &[f64]| observed.beside(&Estimate::of(values, CONFIDENCE).unwrap());
        assert_eq!(beside(&[7.0, 8.0, 9.0]), Ordering::Equal);
        assert_eq!(beside(&[7.9, 8.0, 8.1]), Ordering::Greater);
        assert_eq!(beside(&[0.4, 0.5, 0.6]), Ordering::Less);
        assert_eq!(beside(&[3.0]), Ordering::Equal);
        assert_eq!(beside(&[9.0]), Ordering::Greater);
    }

    #[test]
    fn light_families_stand_for_consult_and_for_nobody_else() {
        let class = |severity, is_drang| SupportClass {
            start: Start::Help,
            severity,
            has_children: true,
            is_drang,
        };
        let groups = |class: &SupportClass| -> Vec<&str> {
            let groups = SUPPORT_GROUPS.iter().filter(|group| (group.has)(class));
            groups.map(|group| group.key).collect()
        };
        let light = class(Severity::LichteZorgen, false);
        assert_eq!(groups(&light), ["all", "light", "children"]);
        let drang = class(Severity::LichteZorgen, true);
        assert_eq!(groups(&drang), ["all", "children"]);
        let acute = class(Severity::AcuutOnveilig, false);
        assert_eq!(
            groups(&acute),
            ["all", "children", "unsafe", "unsafe_children", "acute"]
        );
    }
}
