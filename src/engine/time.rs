//! Simulated time in whole minutes, and the dates of the civil calendar.
//!
//! A run counts minutes from its own start, [`Time::ZERO`]; only the
//! [`WorkingCalendar`](super::WorkingCalendar) knows which
//! date that was. A minute is fine enough for work that takes hours and waits
//! that take weeks, and whole minutes make every comparison exact.

use std::fmt;
use std::ops::Range;
use std::str::FromStr;

use serde::Serialize;

/// Length of an hour \[minutes\].
pub const MINUTES_PER_HOUR: u32 = 60;
/// Length of a day \[minutes\].
pub const MINUTES_PER_DAY: u32 = 24 * MINUTES_PER_HOUR;
/// Length of a week \[minutes\].
pub const MINUTES_PER_WEEK: u32 = 7 * MINUTES_PER_DAY;
/// Length of a Julian year \[days\].
pub const DAYS_PER_YEAR: f64 = 365.25;
/// Length of a Julian year of 365.25 days \[minutes\].
pub const MINUTES_PER_YEAR: u32 = 365 * MINUTES_PER_DAY + MINUTES_PER_DAY / 4;

/// A moment of a run \[minutes since its start\].
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct Time(u32);

impl Time {
    /// The start of the run.
    pub const ZERO: Self = Self(0);
    /// The last moment there is, some 8166 years after the start.
    pub const MAX: Self = Self(u32::MAX);

    /// The moment `minutes` after the start.
    #[must_use]
    pub const fn from_minutes(minutes: u32) -> Self {
        Self(minutes)
    }

    /// Midnight at the beginning of day `days` of the run, the first being 0.
    ///
    /// # Panics
    ///
    /// Panics when that day lies after [`Time::MAX`].
    #[must_use]
    pub const fn from_days(days: u32) -> Self {
        match days.checked_mul(MINUTES_PER_DAY) {
            Some(minutes) => Self(minutes),
            None => panic!("a day must not lie after the last moment there is"),
        }
    }

    /// Time since the start \[minutes\].
    #[must_use]
    pub const fn minutes(self) -> u32 {
        self.0
    }

    /// The day of the run that holds this moment, the first being 0 \[days\].
    #[must_use]
    pub const fn day(self) -> u32 {
        self.0 / MINUTES_PER_DAY
    }

    /// Time since midnight \[minutes\].
    #[must_use]
    pub const fn minute_of_day(self) -> u32 {
        self.0 % MINUTES_PER_DAY
    }

    /// The moment `minutes` later, or [`Time::MAX`] if that comes first.
    ///
    /// An event drawn beyond the last moment therefore never happens, which is
    /// what a waiting time without end should do.
    #[must_use]
    pub const fn after(self, minutes: u32) -> Self {
        Self(self.0.saturating_add(minutes))
    }

    /// Time passed since `earlier` \[minutes\].
    ///
    /// # Panics
    ///
    /// Panics when `earlier` is the later of the two.
    #[must_use]
    pub const fn since(self, earlier: Self) -> u32 {
        assert!(earlier.0 <= self.0, "time must not run backwards");
        self.0 - earlier.0
    }
}

impl fmt::Display for Time {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let (hour, minute) = (
            self.minute_of_day() / MINUTES_PER_HOUR,
            self.minute_of_day() % MINUTES_PER_HOUR,
        );
        write!(f, "day {} {hour:02}:{minute:02}", self.day())
    }
}

/// A day of the week.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Weekday {
    /// Maandag.
    Monday,
    /// Dinsdag.
    Tuesday,
    /// Woensdag.
    Wednesday,
    /// Donderdag.
    Thursday,
    /// Vrijdag.
    Friday,
    /// Zaterdag.
    Saturday,
    /// Zondag.
    Sunday,
}

impl Weekday {
    const ALL: [Self; 7] = [
        Self::Monday,
        Self::Tuesday,
        Self::Wednesday,
        Self::Thursday,
        Self::Friday,
        Self::Saturday,
        Self::Sunday,
    ];

    /// Whether this is a Saturday or a Sunday.
    #[must_use]
    pub const fn is_weekend(self) -> bool {
        matches!(self, Self::Saturday | Self::Sunday)
    }
}

/// Days before 1970-01-01, the day numbered 0, since the era began on
/// 0000-03-01.
const DAYS_BEFORE_EPOCH: i32 = 719_468;
/// Length of the Gregorian cycle of 400 years \[days\].
const DAYS_PER_ERA: i32 = 146_097;

/// A date of the proleptic Gregorian calendar.
///
/// Conversion to and from day numbers follows Howard Hinnant,
/// *chrono-Compatible Low-Level Date Algorithms* (2021), `days_from_civil` and
/// `civil_from_days`: the year is taken to begin in March, so that a leap day
/// comes last.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize)]
pub struct Date {
    year: i32,
    month: u8,
    day: u8,
}

/// Why a date is not one.
#[derive(Clone, Copy, Debug, PartialEq, Eq, thiserror::Error)]
pub enum DateError {
    /// The text does not read year-month-day.
    #[error("a date is written as year-month-day, such as 2024-01-31")]
    Form,
    /// The calendar has no such day.
    #[error("the calendar has no such day")]
    NoSuchDay,
}

impl Date {
    /// The date with this year, month (1 to 12) and day of the month.
    ///
    /// # Errors
    ///
    /// Returns [`DateError::NoSuchDay`] when the calendar has no such day.
    pub fn new(year: i32, month: u8, day: u8) -> Result<Self, DateError> {
        let date = Self { year, month, day };
        let exists = (1..=12).contains(&month) && Self::from_day_number(date.day_number()) == date;
        exists.then_some(date).ok_or(DateError::NoSuchDay)
    }

    /// The date `number` days after 1970-01-01.
    #[must_use]
    pub const fn from_day_number(number: i32) -> Self {
        let days = number + DAYS_BEFORE_EPOCH;
        let era = days.div_euclid(DAYS_PER_ERA);
        let day_of_era = days.rem_euclid(DAYS_PER_ERA);
        let year_of_era =
            (day_of_era - day_of_era / 1460 + day_of_era / 36_524 - day_of_era / 146_096) / 365;
        let day_of_year = day_of_era - (365 * year_of_era + year_of_era / 4 - year_of_era / 100);
        let month_from_march = (5 * day_of_year + 2) / 153;
        let day = day_of_year - (153 * month_from_march + 2) / 5 + 1;
        let month = if month_from_march < 10 {
            month_from_march + 3
        } else {
            month_from_march - 9
        };
        Self {
            year: era * 400 + year_of_era + (month <= 2) as i32,
            month: month as u8,
            day: day as u8,
        }
    }

    /// Time since 1970-01-01 \[days\].
    #[must_use]
    pub const fn day_number(self) -> i32 {
        let year_from_march = self.year - (self.month <= 2) as i32;
        let month_from_march = (self.month as i32 + 9) % 12;
        let era = year_from_march.div_euclid(400);
        let year_of_era = year_from_march.rem_euclid(400);
        let day_of_year = (153 * month_from_march + 2) / 5 + self.day as i32 - 1;
        let day_of_era = year_of_era * 365 + year_of_era / 4 - year_of_era / 100 + day_of_year;
        era * DAYS_PER_ERA + day_of_era - DAYS_BEFORE_EPOCH
    }

    /// The date `days` later, or earlier when negative.
    #[must_use]
    pub const fn plus_days(self, days: i32) -> Self {
        Self::from_day_number(self.day_number() + days)
    }

    /// The year of the common era.
    #[must_use]
    pub const fn year(self) -> i32 {
        self.year
    }

    /// The month, January being 1.
    #[must_use]
    pub const fn month(self) -> u8 {
        self.month
    }

    /// The day of the month, the first being 1.
    #[must_use]
    pub const fn day(self) -> u8 {
        self.day
    }

    /// The day of the week.
    #[must_use]
    pub const fn weekday(self) -> Weekday {
        // 1970-01-01 was a Thursday, the fourth of the week.
        Weekday::ALL[(self.day_number() + 3).rem_euclid(7) as usize]
    }
}

impl FromStr for Date {
    type Err = DateError;

    /// Reads a date such as `2024-01-31` (ISO 8601, four digits of year).
    fn from_str(text: &str) -> Result<Self, DateError> {
        let shape = text.len() == 10
            && text.bytes().enumerate().all(|(place, byte)| match place {
                4 | 7 => byte == b'-',
                _ => byte.is_ascii_digit(),
            });
        if !shape {
            return Err(DateError::Form);
        }
        let number = |place: Range<usize>| text[place].parse().map_err(|_| DateError::Form);
        let year: u16 = number(0..4)?;
        Self::new(year.into(), number(5..7)? as u8, number(8..10)? as u8)
    }
}

impl fmt::Display for Date {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{:04}-{:02}-{:02}", self.year, self.month, self.day)
    }
}

impl From<Time> for u64 {
    /// Time since the start \[minutes\].
    fn from(time: Time) -> Self {
        time.0.into()
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn date(text: &str) -> Date {
        text.parse().expect("the test must name a date")
    }

    #[test]
    fn time_counts_days_and_minutes() {
        let time = Time::from_days(2).after(8 * MINUTES_PER_HOUR + 30);
        assert_eq!((time.day(), time.minute_of_day()), (2, 510));
        assert_eq!(time.since(Time::from_days(1)), 1440 + 510);
        assert_eq!(time.to_string(), "day 2 08:30");
        assert_eq!(4 * MINUTES_PER_YEAR, (3 * 365 + 366) * MINUTES_PER_DAY);
    }

    #[test]
    fn nothing_comes_after_the_last_moment() {
        assert_eq!(Time::MAX.after(1), Time::MAX);
        assert_eq!(Time::from_minutes(u32::MAX - 1).after(5), Time::MAX);
    }

    #[test]
    #[should_panic(expected = "time must not run backwards")]
    fn time_does_not_run_backwards() {
        let _ = Time::ZERO.since(Time::from_minutes(1));
    }

    #[test]
    fn day_numbers_count_from_1970() {
        // 30 years with 7 leap days, then January and February 2000.
        assert_eq!(date("1970-01-01").day_number(), 0);
        assert_eq!(date("2000-03-01").day_number(), 30 * 365 + 7 + 31 + 29);
        assert_eq!(date("1969-12-31").day_number(), -1);
        // The epochs of the algorithm and of the common era.
        assert_eq!(Date::from_day_number(-719_468).to_string(), "0000-03-01");
        assert_eq!(Date::from_day_number(-719_162).to_string(), "0001-01-01");
    }

    #[test]
    fn day_numbers_and_dates_go_both_ways() {
        let mut previous = Date::from_day_number(-150_001);
        for number in -150_000..150_000 {
            let date = Date::from_day_number(number);
            assert_eq!(date.day_number(), number);
            assert!(previous < date, "{previous} comes before {date}");
            previous = date;
        }
    }

    #[test]
    fn leap_years_follow_the_gregorian_rule() {
        for (year, leap) in [(1900, false), (2000, true), (2023, false), (2024, true)] {
            assert_eq!(Date::new(year, 2, 29).is_ok(), leap, "{year}");
        }
    }

    #[test]
    fn weekdays_are_those_of_the_wall_calendar() {
        assert_eq!(date("1970-01-01").weekday(), Weekday::Thursday);
        assert_eq!(date("2024-01-01").weekday(), Weekday::Monday);
        assert_eq!(date("2025-04-27").weekday(), Weekday::Sunday);
        assert_eq!(date("1582-10-15").weekday(), Weekday::Friday);
    }

    #[test]
    fn dates_are_read_and_written_alike() {
        for text in ["2024-02-29", "0999-12-31", "9999-01-01"] {
            assert_eq!(date(text).to_string(), text);
        }
        for text in [
            "2024-1-01",
            "24-01-01",
            "2024/01/01",
            "+024-01-01",
            "2024-01-01 ",
            "één-jan-24",
        ] {
            assert_eq!(text.parse::<Date>(), Err(DateError::Form), "{text}");
        }
        for text in [
            "2023-02-29",
            "2024-13-01",
            "2024-00-10",
            "2024-04-31",
            "2024-04-00",
        ] {
            assert_eq!(text.parse::<Date>(), Err(DateError::NoSuchDay), "{text}");
        }
    }
}
