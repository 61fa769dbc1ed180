//! A text that was to be a date, and what to write instead.

use crate::engine::Date;
use crate::scenario::fault::said::{Said, said};

/// What is wrong with a date, and what to write; `None` if it is none at all.
pub(crate) fn explain(text: &str) -> Option<(Said, Said)> {
    let parts: Vec<&str> = text.trim().split(['-', '/', '.']).map(str::trim).collect();
    let [first, month, last] = parts[..] else {
        return None;
    };
    // As it stands in a file, or as people here write it.
    let (year, day) = match (first.len(), last.len()) {
        (4, _) => (first, last),
        (_, 4) => (last, first),
        _ => return None,
    };
    let year: i32 = year.parse().ok()?;
    let [month, day] = [month, day].map(|part| part.parse::<u8>());
    let (month, day) = (month.ok()?, day.ok()?);
    if Date::new(year, month, day).is_ok() {
        let help = said!("write {}", format!("{year:04}-{month:02}-{day:02}"));
        return Some((said!("a date stands here as year-month-day"), help));
    }
    let n_days = (28..=31)
        .rev()
        .find(|&day| Date::new(year, month, day).is_ok());
    let Some(n_days) = n_days else {
        let fact = said!("a year has 12 months, and none of them is {}", month);
        return Some((fact, said!("write year-month-day, such as 2026-01-31")));
    };
    let fact = said!(
        "month {} of {} has {} days, and no day {}",
        month,
        year,
        n_days,
        day
    );
    Some((
        fact,
        said!("write {}", format!("{year:04}-{month:02}-{n_days:02}")),
    ))
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::scenario::Lang;

    #[test]
    fn a_day_that_is_not_and_a_date_the_other_way_about_are_told_apart() {
        for (text, fact, help) in [
            (
                "2027-02-29",
                "month 2 of 2027 has 28 days",
                "write 2027-02-28",
            ),
            (
                "29-2-2027",
                "month 2 of 2027 has 28 days",
                "write 2027-02-28",
            ),
            (
                "2026-04-31",
                "month 4 of 2026 has 30 days",
                "write 2026-04-30",
            ),
            ("1-3-2026", "year-month-day", "write 2026-03-01"),
            ("01/03/2026", "year-month-day", "write 2026-03-01"),
            ("2026-1-1", "year-month-day", "write 2026-01-01"),
            ("2026-13-01", "none of them is 13", "2026-01-31"),
        ] {
            let (told, advice) = explain(text).expect(text);
            let [told, advice] = [told, advice].map(|one| one.text(Lang::En));
            assert!(
                told.contains(fact) && advice.contains(help),
                "{text}: {told}, {advice}"
            );
        }
        for text in ["", "maart", "2026-01", "26-01-01", "a-b-2026"] {
            assert_eq!(explain(text), None, "{text}");
        }
    }
}
