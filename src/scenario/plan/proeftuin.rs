//! The section `[monitor]`: what the proeftuin monitor counted, to set simulated
//! families beside it.

use crate::engine::Date;
use crate::model::{Period, Reading};
use crate::scenario::evidence::Grade;
use crate::scenario::fault::code;
use crate::scenario::fault::diagnostic::{Diagnostic, Diagnostics};
use crate::scenario::fault::said::said;
use crate::scenario::file::raw::Node;
use crate::scenario::period;
use crate::scenario::section::Section;
use crate::scenario::section::shape::{Key, Kind, Need, always, may, words_of};

/// More dates than this do not fit on a page.
const MAX_COUNTS: usize = 6;
/// More consult shares than this do not fit on a page.
const MAX_SHARES: usize = 4;

/// No monitor counts more families than this.
const MOST: u64 = 1_000_000;
const NUMBER: Kind = Kind::Whole(0, MOST);

/// The section `[monitor]`.
pub(crate) const KEYS: &[Key] = &[
    always(
        "source",
        Kind::Text,
        "\"...\"",
        "Where the counts come from.",
    ),
    always(
        "grade",
        Kind::Word(|| words_of(Grade::WORDS)),
        "\"A\"",
        "How well they are known, `A` best.",
    ),
    always(
        "consult_shares",
        Kind::List(&Kind::Number(0.0, 1.0, "share"), 1, MAX_SHARES),
        "[0, 0.25, 0.5]",
        "Shares of families about whom only advice is asked that are tried.",
    ),
    always(
        "counts",
        Kind::List(&Kind::Table(COUNT), 1, MAX_COUNTS),
        "[{ date = 2023-03-31, families = 100, measures = 2 }]",
        "What the monitor had counted by some dates, in their order and in the measured period.",
    ),
];

/// One of `counts`.
const COUNT: &[Key] = &[
    always(
        "date",
        Kind::Date,
        "2023-03-31",
        "The last day that is counted.",
    ),
    always(
        "families",
        Kind::Whole(1, MOST),
        "273",
        "Families supported since the first day.",
    ),
    may(
        "ended",
        NUMBER,
        "not known",
        "156",
        "Of those, families whose support had ended.",
    ),
    always("measures", NUMBER, "11", "Forced measures taken for them."),
    Key {
        need: Need::Else("not known"),
        ..always(
            "kinds",
            Kind::Table(KINDS),
            "",
            "The same by kind; together they are all `measures`.",
        )
    },
];

/// The table `kinds`.
const KINDS: &[Key] = &[
    always(
        "ondertoezichtstelling",
        NUMBER,
        "10",
        "Ondertoezichtstellingen.",
    ),
    always("gezagsbeeindiging", NUMBER, "1", "Gezagsbeëindigingen."),
    always("huisverbod", NUMBER, "9", "Huisverboden."),
    always("contactverbod", NUMBER, "2", "Contactverboden."),
    always("reclassering", NUMBER, "5", "Measures of reclassering."),
];

/// What the proeftuin monitor counted, and which mixes are looked at.
#[derive(Clone, PartialEq, Debug)]
pub struct Monitor {
    /// Where the counts come from.
    pub source: String,
    /// How well they are known.
    pub grade: Grade,
    /// Shares of families about whom only advice is asked that are tried, 0 to 1;
    /// the true share is not known.
    pub consult_shares: Vec<f64>,
    /// The counts, in the order of their dates.
    pub counts: Vec<MonitorCount>,
}

/// What the monitor had counted by the end of a day.
#[derive(Clone, PartialEq, Debug)]
pub struct MonitorCount {
    /// The day.
    pub date: Date,
    /// Families supported since the first day.
    pub families: u32,
    /// Of those, families whose support had ended, where that is known.
    pub ended: Option<u32>,
    /// Forced measures.
    pub measures: u32,
    /// The same by kind, where that is known.
    pub kinds: Option<MonitorKinds>,
}

/// Forced measures by kind, as the monitor told them apart.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub struct MonitorKinds {
    /// Ondertoezichtstellingen; whether voorlopige are among them is not said.
    pub ondertoezichtstelling: u32,
    /// Gezagsbeëindigingen.
    pub gezagsbeeindiging: u32,
    /// Huisverboden.
    pub huisverbod: u32,
    /// Contactverboden.
    pub contactverbod: u32,
    /// Measures of reclassering; the model has none for families in help.
    pub reclassering: u32,
}

impl MonitorKinds {
    /// Every kind with its key.
    pub fn pairs(&self) -> [(&'static str, u32); 5] {
        [
            ("ondertoezichtstelling", self.ondertoezichtstelling),
            ("gezagsbeeindiging", self.gezagsbeeindiging),
            ("huisverbod", self.huisverbod),
            ("contactverbod", self.contactverbod),
            ("reclassering", self.reclassering),
        ]
    }
}

impl Monitor {
    /// The same counts in a run: one for every date, and last the families of the
    /// last date followed to the end of what is measured.
    pub fn readings(&self, period: &Period) -> Vec<Reading> {
        let day_after = |count: &MonitorCount| days_between(period.start, count.date) as u32 + 1;
        let mut readings: Vec<Reading> = self
            .counts
            .iter()
            .map(|count| Reading {
                families_before_day: day_after(count),
                measures_before_day: day_after(count),
            })
            .collect();
        readings.extend(readings.last().copied().map(|last| Reading {
            measures_before_day: period.measured_days,
            ..last
        }));
        readings
    }
}

fn days_between(from: Date, to: Date) -> i32 {
    to.day_number() - from.day_number()
}

/// Reads the section; its dates must lie in the measured period.
pub(crate) fn read(node: &Node, period: Option<Period>, log: &mut Diagnostics) -> Option<Monitor> {
    let section = Section::of(node, KEYS, log)?;
    let source = section.text("source", log).map(str::to_owned);
    let grade = section.required("grade", log);
    let grade = grade.and_then(|node| node.choice(Grade::WORDS, log));
    let shares = section.required("consult_shares", log);
    let shares = shares.and_then(|node| {
        let list = few(node, section.key("consult_shares"), log)?;
        let shares: Vec<_> = list
            .iter()
            .map(|one| one.number_in(0.0..=1.0, log))
            .collect();
        shares.into_iter().collect()
    });
    let counts = section.required("counts", log);
    let counts = counts.and_then(|node| {
        let list = few(node, section.key("counts"), log)?;
        let counts: Vec<_> = list.iter().map(|one| count(one, log)).collect();
        let counts: Vec<MonitorCount> = counts.into_iter().collect::<Option<_>>()?;
        lie_in(&counts, list, period?, log).then_some(counts)
    });
    section.finish(log);
    Some(Monitor {
        source: source?,
        grade: grade?,
        consult_shares: shares?,
        counts: counts?,
    })
}

/// A list with something in it, and not too much.
fn few<'a>(node: &'a Node, key: &Key, log: &mut Diagnostics) -> Option<&'a [Node]> {
    let (list, lengths) = (node.list(log)?, key.kind.lengths());
    let is_few = lengths.contains(&list.len());
    if !is_few {
        let (least, most) = (lengths.start(), lengths.end());
        let fact = said!("{} to {} belong here, not {}", least, most, list.len());
        let fault = Diagnostic::error(code::EMPTY, fact);
        let help = said!("write a list between [ and ], with commas");
        log.push(fault.help(help).at(&node.place));
    }
    is_few.then_some(list)
}

fn count(node: &Node, log: &mut Diagnostics) -> Option<MonitorCount> {
    let section = Section::of(node, COUNT, log)?;
    let date = section.required("date", log);
    let date = date.and_then(|node| period::date(node, log));
    let families = section.whole("families", log);
    let most = families.unwrap_or(MOST);
    let mut whole = |key| {
        section
            .optional(key)
            .map(|node| node.whole_in(0..=most, log))
    };
    let ended = whole("ended");
    let measures = section.required("measures", log);
    let total = measures.and_then(|node| node.whole_in(0..=most, log));
    let kinds = section.optional("kinds").map(|node| {
        let kinds = kinds(node, log)?;
        let sum: u32 = kinds.pairs().iter().map(|(_, n)| n).sum();
        let is_whole = total.is_none_or(|total| u64::from(sum) == total);
        if !is_whole {
            let fact = said!(
                "the kinds add up to {}, and the measures are {}",
                sum,
                total.unwrap_or_default()
            );
            let fault = Diagnostic::error(code::OUT_OF_RANGE, fact);
            let help = said!("correct a kind, or the number of measures");
            log.push(fault.help(help).at(&node.place));
        }
        is_whole.then_some(kinds)
    });
    section.finish(log);
    Some(MonitorCount {
        date: date?,
        families: families? as u32,
        ended: some_or_fault(ended)?.map(|n| n as u32),
        measures: total? as u32,
        kinds: some_or_fault(kinds)?,
    })
}

/// `None` for a value with a fault in it, which has been reported.
fn some_or_fault<T>(value: Option<Option<T>>) -> Option<Option<T>> {
    match value {
        Some(None) => None,
        other => Some(other.flatten()),
    }
}

fn kinds(node: &Node, log: &mut Diagnostics) -> Option<MonitorKinds> {
    let section = Section::of(node, KINDS, log)?;
    let mut whole = |key| section.whole(key, log).map(|n| n as u32);
    let ondertoezichtstelling = whole("ondertoezichtstelling");
    let gezagsbeeindiging = whole("gezagsbeeindiging");
    let huisverbod = whole("huisverbod");
    let contactverbod = whole("contactverbod");
    let reclassering = whole("reclassering");
    section.finish(log);
    Some(MonitorKinds {
        ondertoezichtstelling: ondertoezichtstelling?,
        gezagsbeeindiging: gezagsbeeindiging?,
        huisverbod: huisverbod?,
        contactverbod: contactverbod?,
        reclassering: reclassering?,
    })
}

/// Whether the dates follow each other and lie in what is measured.
fn lie_in(counts: &[MonitorCount], nodes: &[Node], period: Period, log: &mut Diagnostics) -> bool {
    let mut earliest = 0;
    let mut are_inside = true;
    for (count, node) in counts.iter().zip(nodes) {
        let day = days_between(period.start, count.date);
        if !(earliest..period.measured_days as i32).contains(&day) {
            let fact = said!("{} is too early, or after what is measured", count.date);
            let help =
                said!("dates follow each other, from `start` on, and `measured` reaches the last");
            log.push(
                Diagnostic::error(code::BAD_PERIOD, fact)
                    .help(help)
                    .at(&node.place),
            );
            are_inside = false;
            continue;
        }
        earliest = day + 1;
    }
    are_inside
}
