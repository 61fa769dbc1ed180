//! Working days, office hours and the terms counted in them.

use super::{Date, MINUTES_PER_DAY, Time, Weekday};

/// The daily hours of an office.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct OfficeHours {
    /// First minute of the day on which the office is open, 510 being 8:30.
    pub opens_minute: u16,
    /// First minute of the day on which it is closed again, 1020 being 17:00.
    pub closes_minute: u16,
}

/// The working days and office hours of a run, ready to be asked in constant
/// time.
///
/// [`Time::ZERO`] is midnight at the start date. A working day is a Monday to
/// Friday that is none of the [`holidays`]; on working days the office is open
/// from its first minute up to, not including, its closing minute.
///
/// Two tables answer everything: how many working days came before each day,
/// and which day is the n-th working day.
///
/// # Panics
///
/// Every query panics when its answer lies beyond the days given to
/// [`new`](Self::new); the caller knows how far the run can look ahead.
#[derive(Clone, Debug)]
pub struct WorkingCalendar {
    start: Date,
    opens: u32,
    closes: u32,
    /// For each day, and for the one after the last, the working days before it.
    working_days_before: Vec<u32>,
    /// The days that are working days, in order.
    working_days: Vec<u32>,
}

impl WorkingCalendar {
    /// A calendar of `days` days from `start`.
    ///
    /// # Panics
    ///
    /// Panics when the office closes before it opens or after midnight, or when
    /// the last day lies after [`Time::MAX`].
    #[must_use]
    pub fn new(start: Date, days: u32, office: OfficeHours) -> Self {
        let (opens, closes) = (
            u32::from(office.opens_minute),
            u32::from(office.closes_minute),
        );
        assert!(
            opens < closes && closes <= MINUTES_PER_DAY,
            "an office must open before it closes, and close by midnight"
        );
        let last = start.plus_days(Time::from_days(days).day() as i32);
        let closed: Vec<Date> = (start.year()..=last.year())
            .flat_map(holidays)
            .map(|(date, _)| date)
            .collect();
        let mut working_days_before = Vec::with_capacity(days as usize + 1);
        let mut working_days = Vec::new();
        for day in 0..days {
            working_days_before.push(working_days.len() as u32);
            let date = start.plus_days(day as i32);
            if !date.weekday().is_weekend() && closed.binary_search(&date).is_err() {
                working_days.push(day);
            }
        }
        working_days_before.push(working_days.len() as u32);
        Self {
            start,
            opens,
            closes,
            working_days_before,
            working_days,
        }
    }

    /// The date that holds a moment.
    #[must_use]
    pub fn date(&self, time: Time) -> Date {
        self.start.plus_days(time.day() as i32)
    }

    /// The day of the week that holds a moment.
    #[must_use]
    pub fn weekday(&self, time: Time) -> Weekday {
        self.date(time).weekday()
    }

    /// Whether a day of the run, the first being 0, is a working day.
    #[must_use]
    pub fn is_working_day(&self, day: u32) -> bool {
        self.rank(day) < self.rank(day + 1)
    }

    /// Whether the office is open.
    #[must_use]
    pub fn is_open(&self, time: Time) -> bool {
        (self.opens..self.closes).contains(&time.minute_of_day()) && self.is_working_day(time.day())
    }

    /// The first moment from `time` on at which the office is open.
    #[must_use]
    pub fn next_open(&self, time: Time) -> Time {
        let today_is_over = time.minute_of_day() >= self.closes;
        let day = self.nth_working_day(self.rank(time.day() + u32::from(today_is_over)));
        Time::from_days(day).after(self.opens).max(time)
    }

    /// Number of working days after the day of `from`, up to and including the
    /// day of `to`.
    ///
    /// # Panics
    ///
    /// Panics when `to` lies on an earlier day than `from`.
    #[must_use]
    pub fn working_days_between(&self, from: Time, to: Time) -> u32 {
        assert!(
            from.day() <= to.day(),
            "a term must not end before it begins"
        );
        self.rank(to.day() + 1) - self.rank(from.day() + 1)
    }

    /// The end of a term of `count` working days: the close of office on the
    /// `count`-th working day after the day of `from`.
    ///
    /// Five working days from a Monday end on the next Monday. A term of none
    /// ends at the first close of office after `from`.
    #[must_use]
    pub fn after_working_days(&self, from: Time, count: u32) -> Time {
        let last = match count {
            0 => self.rank(self.next_open(from).day()),
            _ => self.rank(from.day() + 1) + count - 1,
        };
        Time::from_days(self.nth_working_day(last)).after(self.closes)
    }

    /// Time that the office is open from `from` until `to` \[minutes\].
    ///
    /// # Panics
    ///
    /// Panics when `to` comes before `from`.
    #[must_use]
    pub fn working_minutes_between(&self, from: Time, to: Time) -> u32 {
        assert!(from <= to, "a term must not end before it begins");
        self.working_minutes_before(to) - self.working_minutes_before(from)
    }

    /// The first moment from `from` on by which the office has been open for
    /// another `minutes`.
    ///
    /// Work that fills the day to its last minute ends at the close of office,
    /// not at the opening of the next day.
    #[must_use]
    pub fn after_working_minutes(&self, from: Time, minutes: u32) -> Time {
        if minutes == 0 {
            return from;
        }
        let before_last = self.working_minutes_before(from) + minutes - 1;
        let day = self.nth_working_day(before_last / self.day_length());
        Time::from_days(day).after(self.opens + before_last % self.day_length() + 1)
    }

    /// Length of the office day \[minutes\].
    #[must_use]
    pub const fn day_length(&self) -> u32 {
        self.closes - self.opens
    }

    /// Time that the office has been open since the start of the run \[minutes\].
    fn working_minutes_before(&self, time: Time) -> u32 {
        let today = if self.is_working_day(time.day()) {
            time.minute_of_day().clamp(self.opens, self.closes) - self.opens
        } else {
            0
        };
        self.rank(time.day()) * self.day_length() + today
    }

    /// Number of working days before a day.
    fn rank(&self, day: u32) -> u32 {
        *self
            .working_days_before
            .get(day as usize)
            .expect("a working calendar must reach every day it is asked about")
    }

    /// The day that has `rank` working days before it and is one itself.
    fn nth_working_day(&self, rank: u32) -> u32 {
        *self
            .working_days
            .get(rank as usize)
            .expect("a working calendar must reach the end of every term it is asked about")
    }
}

/// The Dutch public holidays of a year, in order of date.
///
/// These are the days off of article 3 of the Algemene termijnenwet, and the
/// Sundays of Easter and Pentecost. On two points days off and that Act differ,
/// and days off are followed: Goede Vrijdag, which counts for terms, is not a
/// statutory day off and is left out; and Bevrijdingsdag, which counts for
/// terms in every year, is in only in lustrum years, as in the collective
/// agreements of government. Koningsdag moves to Saturday the 26th when 27
/// April is a Sunday; before 2014 it was Koninginnedag, 30 April or Saturday
/// the 29th. The rules hold from 1980 on.
#[must_use]
pub fn holidays(year: i32) -> Vec<(Date, &'static str)> {
    let fixed =
        |month, day| Date::new(year, month, day).expect("a fixed holiday must exist in every year");
    let not_on_sunday = |date: Date| match date.weekday() {
        Weekday::Sunday => date.plus_days(-1),
        _ => date,
    };
    let easter = easter_sunday(year);
    let mut days = vec![
        (fixed(1, 1), "Nieuwjaarsdag"),
        (easter, "Eerste Paasdag"),
        (easter.plus_days(1), "Tweede Paasdag"),
        (easter.plus_days(39), "Hemelvaartsdag"),
        (easter.plus_days(49), "Eerste Pinksterdag"),
        (easter.plus_days(50), "Tweede Pinksterdag"),
        (fixed(12, 25), "Eerste Kerstdag"),
        (fixed(12, 26), "Tweede Kerstdag"),
    ];
    days.push(if year < 2014 {
        (not_on_sunday(fixed(4, 30)), "Koninginnedag")
    } else {
        (not_on_sunday(fixed(4, 27)), "Koningsdag")
    });
    if year % 5 == 0 {
        days.push((fixed(5, 5), "Bevrijdingsdag"));
    }
    days.sort_unstable();
    days
}

/// Easter Sunday by the anonymous Gregorian algorithm (J. Meeus, *Astronomical
/// Algorithms*, 2nd ed. 1998, chapter 8, after S. Butcher, 1876), with its
/// customary letters.
fn easter_sunday(year: i32) -> Date {
    let a = year.rem_euclid(19);
    let (b, c) = (year.div_euclid(100), year.rem_euclid(100));
    let (d, e) = (b / 4, b % 4);
    let f = (b + 8) / 25;
    let g = (b - f + 1) / 3;
    let h = (19 * a + b - d - g + 15) % 30;
    let (i, k) = (c / 4, c % 4);
    let l = (32 + 2 * e + 2 * i - h - k) % 7;
    let m = (a + 11 * h + 22 * l) / 451;
    let n = h + l - 7 * m + 114;
    Date::new(year, (n / 31) as u8, (n % 31 + 1) as u8).expect("Easter must fall on a date")
}

#[cfg(test)]
mod tests {
    use super::*;

    const OFFICE: OfficeHours = OfficeHours {
        opens_minute: 510,
        closes_minute: 1020,
    };

    fn date(text: &str) -> Date {
        text.parse().expect("the test must name a date")
    }

    /// The two years from 2024-01-01, a Monday.
    fn calendar() -> WorkingCalendar {
        WorkingCalendar::new(date("2024-01-01"), 731, OFFICE)
    }

    fn at(day: &str, hour: u32, minute: u32) -> Time {
        let day = date(day).day_number() - date("2024-01-01").day_number();
        Time::from_days(day as u32).after(hour * 60 + minute)
    }

    fn holiday(year: i32, name: &str) -> Option<String> {
        let found = holidays(year).into_iter().find(|&(_, other)| other == name);
        found.map(|(date, _)| date.to_string())
    }

    #[test]
    fn easter_is_when_the_almanac_says() {
        for day in [
            "1961-04-02",
            "2000-04-23",
            "2008-03-23",
            "2024-03-31",
            "2025-04-20",
            "2026-04-05",
            "2027-03-28",
            "2028-04-16",
            "2029-04-01",
            "2030-04-21",
            "2038-04-25",
        ] {
            assert_eq!(easter_sunday(date(day).year()).to_string(), day);
        }
    }

    #[test]
    fn holidays_of_2024() {
        let days: Vec<String> = holidays(2024)
            .into_iter()
            .map(|(date, name)| format!("{date} {name}"))
            .collect();
        assert_eq!(
            days,
            [
                "2024-01-01 Nieuwjaarsdag",
                "2024-03-31 Eerste Paasdag",
                "2024-04-01 Tweede Paasdag",
                "2024-04-27 Koningsdag",
                "2024-05-09 Hemelvaartsdag",
                "2024-05-19 Eerste Pinksterdag",
                "2024-05-20 Tweede Pinksterdag",
                "2024-12-25 Eerste Kerstdag",
                "2024-12-26 Tweede Kerstdag",
            ]
        );
    }

    #[test]
    fn the_kings_and_queens_day_avoid_sundays() {
        assert_eq!(holiday(2014, "Koningsdag").unwrap(), "2014-04-26");
        assert_eq!(holiday(2025, "Koningsdag").unwrap(), "2025-04-26");
        assert_eq!(holiday(2026, "Koningsdag").unwrap(), "2026-04-27");
        assert_eq!(holiday(2006, "Koninginnedag").unwrap(), "2006-04-29");
        assert_eq!(holiday(2013, "Koninginnedag").unwrap(), "2013-04-30");
    }

    #[test]
    fn liberation_day_is_a_day_off_every_five_years() {
        assert_eq!(holiday(2024, "Bevrijdingsdag"), None);
        assert_eq!(holiday(2025, "Bevrijdingsdag").unwrap(), "2025-05-05");
    }

    #[test]
    fn christmas_is_skipped() {
        let calendar = calendar();
        // Tuesday the 24th, then Christmas, Friday, the weekend, Monday.
        let eve = at("2024-12-24", 12, 0);
        assert!(calendar.is_open(eve));
        assert_eq!(
            calendar.next_open(at("2024-12-24", 17, 0)),
            at("2024-12-27", 8, 30)
        );
        assert_eq!(calendar.after_working_days(eve, 1), at("2024-12-27", 17, 0));
        assert_eq!(calendar.after_working_days(eve, 2), at("2024-12-30", 17, 0));
        assert_eq!(calendar.after_working_days(eve, 4), at("2025-01-02", 17, 0));
        assert_eq!(
            calendar.working_days_between(eve, at("2025-01-02", 0, 0)),
            4
        );
        // Five hours are left on the 24th, eight and a half come on the 27th.
        assert_eq!(
            calendar.working_minutes_between(eve, at("2024-12-29", 9, 0)),
            300 + 510
        );
        assert_eq!(
            calendar.after_working_minutes(eve, 300),
            at("2024-12-24", 17, 0)
        );
        assert_eq!(
            calendar.after_working_minutes(eve, 301),
            at("2024-12-27", 8, 31)
        );
        assert_eq!(
            calendar.after_working_minutes(eve, 810),
            at("2024-12-27", 17, 0)
        );
    }

    #[test]
    fn five_working_days_from_a_monday_end_on_the_next() {
        let calendar = calendar();
        let monday = at("2024-01-08", 10, 0);
        assert_eq!(
            calendar.after_working_days(monday, 5),
            at("2024-01-15", 17, 0)
        );
        assert_eq!(
            calendar.working_days_between(monday, at("2024-01-15", 0, 0)),
            5
        );
        // From the weekend before, Monday is the first.
        assert_eq!(
            calendar.after_working_days(at("2024-01-06", 10, 0), 1),
            at("2024-01-08", 17, 0)
        );
    }

    #[test]
    fn a_term_of_no_days_ends_at_the_first_close() {
        let calendar = calendar();
        let today = at("2024-01-08", 17, 0);
        assert_eq!(
            calendar.after_working_days(at("2024-01-08", 16, 59), 0),
            today
        );
        assert_eq!(
            calendar.after_working_days(at("2024-01-06", 10, 0), 0),
            today
        );
        assert_eq!(
            calendar.after_working_days(today, 0),
            at("2024-01-09", 17, 0)
        );
    }

    #[test]
    fn the_office_opens_at_its_first_minute_and_closes_before_its_last() {
        let calendar = calendar();
        let opens = at("2024-01-02", 8, 30);
        assert!(!calendar.is_open(at("2024-01-02", 8, 29)) && calendar.is_open(opens));
        assert!(calendar.is_open(at("2024-01-02", 16, 59)));
        assert!(!calendar.is_open(at("2024-01-02", 17, 0)));
        assert_eq!(
            calendar.next_open(Time::ZERO),
            opens,
            "after New Year's Day"
        );
        assert_eq!(calendar.next_open(opens.after(1)), opens.after(1));
        assert_eq!(calendar.weekday(opens), Weekday::Tuesday);
        assert_eq!(calendar.date(opens), date("2024-01-02"));
    }

    #[test]
    fn working_days_of_a_year() {
        // 2024 has 262 weekdays. Six of its holidays fall on one: Nieuwjaarsdag,
        // Tweede Paasdag, Hemelvaartsdag, Tweede Pinksterdag and Christmas.
        let days = (0..366).filter(|&day| calendar().is_working_day(day));
        assert_eq!(days.count(), 262 - 6);
    }

    #[test]
    #[should_panic(expected = "a working calendar must reach")]
    fn the_calendar_ends() {
        let _ = calendar().after_working_days(at("2025-12-31", 12, 0), 1);
    }
}
