//! The time line of a scenario: a date, and two stretches of calendar time.

use crate::engine::{DAYS_PER_YEAR, Date};
use crate::model::Period;
use crate::scenario::fault::code;
use crate::scenario::fault::diagnostic::{Diagnostic, Diagnostics};
use crate::scenario::fault::rendering::shown;
use crate::scenario::fault::said::said;
use crate::scenario::file::library::Document;
use crate::scenario::file::overlay;
use crate::scenario::file::raw::{Node, Value};
use crate::scenario::section::quantity::{Quantity, Span};
use crate::scenario::section::{Section, day};

/// Years that the calendar of public holidays knows.
const YEARS: std::ops::RangeInclusive<i32> = 1900..=2200;
/// The longest warm-up and the longest measured time \[days\].
const MAX_DAYS: i64 = 36_525;

/// The period of the section `[scenario]`.
pub(crate) fn read(
    section: &Section<'_>,
    files: &[Document],
    log: &mut Diagnostics,
) -> Option<Period> {
    let start = section
        .required("start", log)
        .and_then(|node| date(node, log));
    let warm_up = section
        .required("warm_up", log)
        .and_then(|node| span(node, log));
    let measured = section
        .required("measured", log)
        .and_then(|node| span(node, log));
    let (start, (warm_up, before), (measured, node)) = (start?, warm_up?, measured?);
    let (warm_up_days, measured_days) = (days(start, warm_up, -1), days(start, measured, 1));
    if measured_days == 0 {
        let fault = Diagnostic::error(
            code::BAD_PERIOD,
            said!("there is nothing to measure in no time"),
        );
        log.push(
            fault
                .help(said!("write a time such as \"3 years\""))
                .at(&node.place),
        );
        return None;
    }
    let first = start.day_number() - warm_up_days as i32;
    let last = start.day_number() + measured_days as i32;
    if first < first_day(*YEARS.start()) || last > first_day(YEARS.end() + 1) {
        let (from, to) = (YEARS.start(), YEARS.end());
        let fact = said!("the run does not lie in the years {} to {}", from, to);
        let help = said!("choose another start, or a shorter time");
        let fault = Diagnostic::error(code::BAD_PERIOD, fact).help(help);
        let stretch = if first < first_day(*YEARS.start()) {
            before
        } else {
            node
        };
        // Of the two, what the last file says: the other may be a file that all share.
        let places = [&stretch.place]
            .into_iter()
            .chain(section.optional("start").map(|node| &node.place));
        log.push(fault.asked_at(overlay::latest(files, places)));
        return None;
    }
    Some(Period {
        start,
        warm_up_days,
        measured_days,
    })
}

fn first_day(year: i32) -> i32 {
    Date::new(year, 1, 1).map_or(0, Date::day_number)
}

/// A TOML date, or a text with one.
pub(crate) fn date(node: &Node, log: &mut Diagnostics) -> Option<Date> {
    let date = match &node.value {
        Value::Date(date) => match (date.date, date.time) {
            (Some(date), None) => Date::new(date.year.into(), date.month, date.day).ok(),
            _ => None,
        },
        Value::Text(text) => text.trim().parse().ok(),
        _ => {
            node.wrong_type(
                said!("a date"),
                said!("write a date such as 2026-01-01"),
                log,
            );
            return None;
        }
    };
    let is_day = date.is_some();
    let date = date.filter(|date| YEARS.contains(&date.year()));
    if date.is_none() {
        let (first, last) = (YEARS.start(), YEARS.end());
        let told = match &node.value {
            Value::Text(text) if !is_day => day::explain(text),
            _ => None,
        };
        let (fact, help) = told.unwrap_or_else(|| {
            let fact = said!("this is not a date in the years {} to {}", first, last);
            let help = said!("write year-month-day without a time, such as 2026-01-01");
            (fact, help)
        });
        let fault = Diagnostic::error(code::BAD_DATE, fact);
        log.push(fault.help(help).at(&node.place));
    }
    date
}

/// The days of a time that ends at a date.
pub(crate) fn days_before(date: Date, node: &Node, log: &mut Diagnostics) -> Option<f64> {
    let (span, _) = span(node, log)?;
    Some(f64::from(days(date, span, -1)))
}

/// The days of a time that begins at a date.
pub(crate) fn days_from(date: Date, node: &Node, log: &mut Diagnostics) -> Option<f64> {
    let (span, _) = span(node, log)?;
    Some(f64::from(days(date, span, 1)))
}

fn span<'a>(node: &'a Node, log: &mut Diagnostics) -> Option<(Span, &'a Node)> {
    let example = said!("\"6 years\"");
    let Value::Text(text) = &node.value else {
        node.wrong_type(
            said!("a time with its unit"),
            said!("write a time such as {}", example),
            log,
        );
        return None;
    };
    let span = match Quantity::parse(text, &example).and_then(Quantity::span) {
        Ok(span) => span,
        Err(fault) => {
            log.push(fault.diagnostic().at(&node.place));
            return None;
        }
    };
    let days = match span {
        Span::Years(years) => years * DAYS_PER_YEAR,
        Span::Days(days) => days,
    };
    if !(0.0..=MAX_DAYS as f64).contains(&days) {
        let fact = said!("{} does not lie between 0 and 100 years", shown(text));
        let help = said!(
            "write a time such as {}; `start` is the day after the warm-up",
            example
        );
        let fault = Diagnostic::error(code::BAD_PERIOD, fact).help(help);
        log.push(fault.at(&node.place));
        return None;
    }
    Some((span, node))
}

/// The days of a span from a date on (`sign` 1), or up to it (`sign` -1). Whole
/// years end on the same day of the year, so that a year is a year.
fn days(date: Date, span: Span, sign: i32) -> u32 {
    let years = match span {
        Span::Days(days) => return days as u32,
        Span::Years(years) => years as i32,
    };
    let year = date.year() + sign * years;
    let same_day = Date::new(year, date.month(), date.day());
    // Only 29 February has no like in other years.
    let other = same_day.or_else(|_| Date::new(year, 2, 28)).unwrap_or(date);
    other.day_number().abs_diff(date.day_number())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn whole_years_follow_the_calendar() {
        let date = |text: &str| text.parse::<Date>().unwrap();
        assert_eq!(days(date("2026-01-01"), Span::Years(3.0), 1), 1096);
        assert_eq!(days(date("2026-01-01"), Span::Years(1.0), -1), 365);
        assert_eq!(days(date("2024-02-29"), Span::Years(1.0), 1), 365);
        assert_eq!(days(date("2024-02-29"), Span::Days(10.0), 1), 10);
    }
}
