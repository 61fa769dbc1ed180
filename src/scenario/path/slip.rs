//! A law that may slip: of the day on which a form comes into force only a distribution is known.
//!
//! Every replication draws a day of it once, the same in all forms and regions. Regions that follow the first keep
//! their distance to it.

use crate::engine::Date;
use crate::random::Chance;
use crate::scenario::fault::code;
use crate::scenario::fault::diagnostic::{Diagnostic, Diagnostics};
use crate::scenario::fault::said::said;
use crate::scenario::file::raw::{Node, Value};
use crate::scenario::period;
use crate::scenario::section::Section;
use crate::scenario::section::shape::{Key, Kind, always};

/// A table behind `from`.
pub(crate) const KEYS: &[Key] = &[
    always(
        "earliest",
        Kind::Date,
        "2027-07-01",
        "The first of the month before which it does not come.",
    ),
    always(
        "likely",
        Kind::Date,
        "2028-01-01",
        "The first of the month that is likelier than any other.",
    ),
    always(
        "latest",
        Kind::Date,
        "2030-01-01",
        "The first of the month after which it does not come.",
    ),
];

/// The day of a law, triangularly distributed, on the first of a month.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub struct Slip {
    /// Before this it does not come.
    pub earliest: Date,
    /// Nothing is likelier.
    pub likely: Date,
    /// After this it does not come.
    pub latest: Date,
}

impl Slip {
    /// A table with three firsts of months in their order.
    pub(crate) fn read(node: &Node, log: &mut Diagnostics) -> Option<Self> {
        let section = Section::of(node, KEYS, log)?;
        let days = ["earliest", "likely", "latest"].map(|key| {
            let node = section.required(key, log)?;
            period::date(node, log)
        });
        section.finish(log);
        let [earliest, likely, latest] = days;
        let slip = Slip {
            earliest: earliest?,
            likely: likely?,
            latest: latest?,
        };
        let days = [slip.earliest, slip.likely, slip.latest];
        let is_in_order = days.is_sorted() && slip.earliest < slip.latest;
        if is_in_order && days.iter().all(|day| day.day() == 1) {
            return Some(slip);
        }
        let fact = said!("these are not three firsts of months, one after the other");
        let help = said!(
            "write such as {}, or one day",
            "{ earliest = 2027-07-01, likely = 2028-01-01, latest = 2030-01-01 }"
        );
        let fault = Diagnostic::error(code::BAD_PATH, fact).help(help);
        log.push(fault.at(&node.place));
        None
    }

    /// Whether a node is one.
    pub(crate) fn is_at(node: &Node) -> bool {
        matches!(node.value, Value::Table(_))
    }

    /// How many days it comes before and after the likeliest, at most.
    pub(crate) fn range(&self) -> [i32; 2] {
        [self.earliest, self.latest].map(|day| days_between(self.likely, day))
    }

    /// How many days after the likeliest it comes, for a number between 0 and 1: the inverse of the triangular
    /// distribution, on the first of the month that is nearest.
    pub fn shift(&self, u: f64) -> i32 {
        let [low, high] = self.range().map(f64::from);
        let share = -low / (high - low);
        let drawn = match u < share {
            true => low + ((high - low) * -low * u).sqrt(),
            false => high - ((high - low) * high * (1.0 - u)).sqrt(),
        };
        let drawn = self.likely.plus_days(drawn.round() as i32);
        let this = drawn.plus_days(1 - i32::from(drawn.day()));
        let later = this.plus_days(31);
        let next = later.plus_days(1 - i32::from(later.day()));
        let is_nearer = days_between(this, drawn) * 2 > days_between(this, next);
        days_between(self.likely, if is_nearer { next } else { this })
    }
}

/// The number between 0 and 1 by which the laws of a replication come. It is the chance of no region: those have
/// numbers from 1 on.
pub fn chance_of_law(seed: u64, replication: u32) -> f64 {
    Chance::new(seed, replication, 0).of(0).uniform(0, 0)
}

fn days_between(from: Date, to: Date) -> i32 {
    to.day_number() - from.day_number()
}

#[cfg(test)]
mod tests {
    use super::*;

    fn slip() -> Slip {
        let [earliest, likely, latest] =
            ["2027-07-01", "2028-01-01", "2030-01-01"].map(|text| text.parse().unwrap());
        Slip {
            earliest,
            likely,
            latest,
        }
    }

    #[test]
    fn a_draw_is_a_first_of_a_month_between_the_ends_and_never_falls() {
        let slip = slip();
        let n = 10_000;
        let days: Vec<Date> = (0..n)
            .map(|k| {
                slip.likely
                    .plus_days(slip.shift((f64::from(k) + 0.5) / f64::from(n)))
            })
            .collect();
        assert!(days.is_sorted());
        assert!(days.iter().all(|day| day.day() == 1));
        assert_eq!(
            (days[0], days[n as usize - 1]),
            (slip.earliest, slip.latest)
        );
        // The mean of a triangle is that of its corners; rounding to months moves it by less than half a week.
        let mean = |days: &mut dyn Iterator<Item = Date>| {
            let (sum, n) = days.fold((0.0, 0.0), |(sum, n), day| {
                (sum + f64::from(day.day_number()), n + 1.0)
            });
            sum / n
        };
        let corners = mean(&mut [slip.earliest, slip.likely, slip.latest].into_iter());
        assert!((mean(&mut days.into_iter()) - corners).abs() < 3.5);
    }

    #[test]
    fn an_end_may_be_the_likeliest() {
        let slip = Slip {
            likely: slip().earliest,
            ..slip()
        };
        assert_eq!(slip.shift(1e-9), 0);
        assert_eq!(slip.shift(1.0 - 1e-9), slip.range()[1]);
    }

    #[test]
    fn replications_draw_apart() {
        assert_ne!(chance_of_law(1, 1), chance_of_law(1, 2));
        assert_ne!(chance_of_law(1, 1), chance_of_law(2, 1));
    }
}
