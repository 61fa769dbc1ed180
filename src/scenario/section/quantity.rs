//! Numbers with a unit, in words that a policy maker would use: `12 weeks`, `20 %`.

use crate::engine::DAYS_PER_YEAR;
use crate::model::Unit;
use crate::scenario::fault::code;
use crate::scenario::fault::diagnostic::Diagnostic;
use crate::scenario::fault::rendering::shown;
use crate::scenario::fault::said::{Said, said};

/// Working days in a week, against seven calendar days.
const WORKING_DAYS_PER_WEEK: f64 = 5.0;
/// Length of a week \[days\].
const DAYS_PER_WEEK: f64 = 7.0;

/// What a word for a unit measures.
#[derive(Clone, Copy, PartialEq, Debug)]
enum Measure {
    /// Calendar time, with the length of one \[days\].
    Days(f64),
    /// Working days.
    WorkingDays,
    /// Hours of work.
    Hours,
    /// Hours of work a week.
    HoursPerWeek,
    /// A hundredth.
    Percent,
    /// A hundredth, every year.
    PercentPerYear,
    /// Times a year.
    PerYear,
    /// Full-time equivalents.
    Fte,
    /// Nothing: the number is in whatever unit is asked for.
    Bare,
}

/// Every word for a unit that is understood, in both languages.
const WORDS: &[(&str, Measure)] = &[
    ("", Measure::Bare),
    ("day", Measure::Days(1.0)),
    ("days", Measure::Days(1.0)),
    ("dag", Measure::Days(1.0)),
    ("dagen", Measure::Days(1.0)),
    ("week", Measure::Days(DAYS_PER_WEEK)),
    ("weeks", Measure::Days(DAYS_PER_WEEK)),
    ("weken", Measure::Days(DAYS_PER_WEEK)),
    ("year", Measure::Days(DAYS_PER_YEAR)),
    ("years", Measure::Days(DAYS_PER_YEAR)),
    ("jaar", Measure::Days(DAYS_PER_YEAR)),
    ("jaren", Measure::Days(DAYS_PER_YEAR)),
    ("working day", Measure::WorkingDays),
    ("working days", Measure::WorkingDays),
    ("working_days", Measure::WorkingDays),
    ("werkdag", Measure::WorkingDays),
    ("werkdagen", Measure::WorkingDays),
    ("hour", Measure::Hours),
    ("hours", Measure::Hours),
    ("uur", Measure::Hours),
    ("uren", Measure::Hours),
    ("hour/week", Measure::HoursPerWeek),
    ("hours/week", Measure::HoursPerWeek),
    ("hours per week", Measure::HoursPerWeek),
    ("hours a week", Measure::HoursPerWeek),
    ("hours_per_week", Measure::HoursPerWeek),
    ("uur/week", Measure::HoursPerWeek),
    ("uur per week", Measure::HoursPerWeek),
    ("%", Measure::Percent),
    ("percent", Measure::Percent),
    ("procent", Measure::Percent),
    ("%/year", Measure::PercentPerYear),
    ("% per year", Measure::PercentPerYear),
    ("% a year", Measure::PercentPerYear),
    ("% per jaar", Measure::PercentPerYear),
    ("/year", Measure::PerYear),
    ("per year", Measure::PerYear),
    ("a year", Measure::PerYear),
    ("per jaar", Measure::PerYear),
    ("per_year", Measure::PerYear),
    ("fte", Measure::Fte),
];

/// What is wrong with a quantity, and what to write instead.
#[derive(Clone, PartialEq, Debug)]
pub(crate) struct Fault {
    code: &'static str,
    fact: Said,
    help: Said,
}

impl Fault {
    pub(crate) fn new(code: &'static str, fact: Said, help: Said) -> Self {
        Self { code, fact, help }
    }

    pub(crate) fn diagnostic(self) -> Diagnostic {
        Diagnostic::error(self.code, self.fact).help(self.help)
    }
}

/// A number with a unit.
#[derive(Clone, Copy, PartialEq, Debug)]
pub(crate) struct Quantity {
    number: f64,
    measure: Measure,
}

impl Quantity {
    /// Reads a quantity such as `8.5 hours`; `example` is one that would do.
    pub(crate) fn parse(text: &str, example: impl Into<Said>) -> Result<Self, Fault> {
        let text = &typed(text);
        let is_number = |letter: char| letter.is_ascii_digit() || "+-.,".contains(letter);
        let end = text.find(|letter| !is_number(letter)).unwrap_or(text.len());
        let (number, word) = (&text[..end], text[end..].trim());
        let bad = |fact: Said, help: Said| Fault::new(code::BAD_QUANTITY, fact, help);
        let example = example.into();
        let or_example = || said!("write a number and a unit, such as {}", example);

        if number.contains(',') {
            let fact = said!("{} has a decimal comma", shown(text));
            let with_point = number.replace('.', "").replacen(',', ".", 1);
            let help = match with_point.parse::<f64>() {
                Ok(_) => said!(
                    "write a decimal point: \"{}\"",
                    shown(&format!("{with_point} {word}"))
                ),
                Err(_) => or_example(),
            };
            return Err(bad(fact, help));
        }
        if has_thousands_point(number) {
            return Err(thousands(text, number, word));
        }
        if let Some(whole) = spaced_thousands(text) {
            let fact = said!("{} has a sign between its thousands", shown(text));
            return Err(bad(fact, said!("write {}, without any", whole)));
        }
        if has_exponent(text) {
            let fact = said!("{} is written with an exponent", shown(text));
            let help = said!("write the number in full, such as 1000 for 1e3");
            return Err(bad(fact, help));
        }
        let small = word.to_lowercase();
        let measure = WORDS.iter().find(|(known, _)| *known == small);
        match (number.parse::<f64>(), measure) {
            (Ok(number), Some(&(_, measure))) => {
                plain(number).map(|number| Self { number, measure })
            }
            (Ok(_), None) if ["month", "months", "maand", "maanden"].contains(&&*small) => {
                let fact = said!("a month has no fixed length");
                Err(bad(fact, said!("write weeks, days or years")))
            }
            (Ok(number), None) if small.starts_with('%') => {
                let fact = said!("`{}` is not a change that is known here", shown(word));
                let number = short(number.abs());
                let help = said!("write \"{} % less\" or \"{} % more\"", number, number);
                Err(bad(fact, help))
            }
            (Ok(_), None) => {
                let fact = said!("`{}` is not a unit that is known here", shown(word));
                Err(bad(fact, or_example()))
            }
            _ => Err(bad(
                said!("`{}` is not a quantity", shown(text)),
                or_example(),
            )),
        }
    }

    /// Its value in a unit, and a remark if it rests on more than arithmetic.
    pub(crate) fn in_unit(self, unit: Unit) -> Result<(f64, Option<Said>), Fault> {
        let number = self.number;
        let days_of = |unit| match unit {
            Unit::Days => Some(1.0),
            Unit::Weeks => Some(DAYS_PER_WEEK),
            Unit::Years => Some(DAYS_PER_YEAR),
            _ => None,
        };
        let value = match (self.measure, unit) {
            (Measure::Bare, _)
            | (Measure::WorkingDays, Unit::WorkingDays)
            | (Measure::Hours, Unit::Hours)
            | (Measure::HoursPerWeek, Unit::HoursPerWeek)
            | (Measure::PerYear, Unit::PerYear)
            | (Measure::Fte, Unit::Fte) => number,
            (Measure::Percent, Unit::Share | Unit::Factor | Unit::Growth)
            | (Measure::PercentPerYear, Unit::PerYear | Unit::Growth) => number / 100.0,
            (Measure::Days(days), Unit::WorkingDays) => {
                let value = number * days * WORKING_DAYS_PER_WEEK / DAYS_PER_WEEK;
                let remark = said!("7 days count as 5 working days, so this is {}", value);
                return Ok((value, Some(remark)));
            }
            (Measure::Days(days), _) if days_of(unit) == Some(days) => number,
            (Measure::Days(days), Unit::Days | Unit::Weeks | Unit::Years) => {
                number * days / days_of(unit).unwrap_or(1.0)
            }
            (Measure::WorkingDays, Unit::Days | Unit::Weeks | Unit::Years) => {
                let days = number * DAYS_PER_WEEK / WORKING_DAYS_PER_WEEK;
                let remark = said!("5 working days count as 7 days, so this is {} days", days);
                return Ok((days / days_of(unit).unwrap_or(1.0), Some(remark)));
            }
            _ => {
                let fact = said!("this unit does not measure {}", name(unit));
                let mut help = said!("write a quantity such as {}", example(unit));
                if self.measure == Measure::Percent {
                    let number = short(number.abs());
                    help = said!(
                        "{}; a change is \"{} % less\" or \"{} % more\"",
                        help,
                        number,
                        number
                    );
                }
                return Err(Fault::new(code::WRONG_DIMENSION, fact, help));
            }
        };
        Ok((value, None))
    }

    /// Calendar time: the number of whole years, or else of days.
    pub(crate) fn span(self) -> Result<Span, Fault> {
        match self.measure {
            Measure::Days(DAYS_PER_YEAR) if self.number.fract() == 0.0 => {
                Ok(Span::Years(self.number))
            }
            Measure::Days(days) => Ok(Span::Days((self.number * days).round())),
            _ => {
                let fact = said!("this is not calendar time");
                let help = said!("write years, weeks or days, such as \"6 years\"");
                Err(Fault::new(code::WRONG_DIMENSION, fact, help))
            }
        }
    }
}

/// A stretch of calendar time.
#[derive(Clone, Copy, PartialEq, Debug)]
pub(crate) enum Span {
    /// Whole years, which end on the same date.
    Years(f64),
    /// Whole days.
    Days(f64),
}

/// Whether this begins as a number such as 1e6, which is text to a reader of units.
fn has_exponent(text: &str) -> bool {
    let digits = text.trim_start_matches(['+', '-']);
    let rest = digits.trim_start_matches(|letter: char| letter.is_ascii_digit() || letter == '.');
    let mut letters = rest.chars();
    rest.len() < digits.len()
        && letters.next().is_some_and(|letter| "eE".contains(letter))
        && letters
            .next()
            .is_some_and(|next| next.is_ascii_digit() || "+-".contains(next))
}

/// A number that somebody may have meant: no infinity, nothing undefined, no minus zero.
pub(crate) fn plain(number: f64) -> Result<f64, Fault> {
    let (fact, help) = if number.is_nan() {
        (
            said!("this is not a number"),
            said!("write a number, such as 0.6"),
        )
    } else if number.is_infinite() {
        (
            said!("this number has no end"),
            said!("write a number, such as 0.6"),
        )
    } else if number == 0.0 && number.is_sign_negative() {
        (
            said!("this is zero with a minus sign"),
            said!("write 0, or the number that is meant"),
        )
    } else {
        return Ok(number);
    };
    Err(Fault::new(code::OUT_OF_RANGE, fact, help))
}

/// A number as it may stand in a sentence: not in three hundred digits.
pub(crate) fn short(number: f64) -> String {
    if number != 0.0 && !(1e-6..1e15).contains(&number.abs()) {
        format!("{number:e}")
    } else {
        number.to_string()
    }
}

/// As it would be typed: the minus sign and the spaces that typographers use, and this program
/// prints, are those of the keyboard.
fn typed(text: &str) -> String {
    let letter = |letter: char| match letter {
        '\u{2212}' => '-',
        letter if letter.is_whitespace() => ' ',
        letter => letter,
    };
    text.trim().chars().map(letter).collect()
}

/// That a point may stand between thousands or before a fraction, in `number` of `text`.
fn thousands(text: &str, number: &str, word: &str) -> Fault {
    let fact = said!("{} may mean thousands or a fraction", shown(text));
    let whole = number.replace('.', "");
    let quantity = |number: &str| match word {
        "" => number.to_owned(),
        word => shown(&format!("\"{number} {word}\"")).into_owned(),
    };
    let help = match number.matches('.').count() {
        1 => {
            let fraction = number.trim_end_matches('0').trim_end_matches('.');
            said!("write {}, or {}", quantity(&whole), quantity(fraction))
        }
        _ => said!("write {}", quantity(&whole)),
    };
    Fault::new(code::BAD_QUANTITY, fact, help)
}

/// That a number of a file, as it is written there, may mean thousands. Programs write three
/// decimals as well, and never with a zero behind them.
pub(crate) fn doubtful(written: &str) -> Option<Fault> {
    let is_doubtful = written.ends_with('0') && has_thousands_point(written);
    is_doubtful.then(|| thousands(written, written, ""))
}

/// The number without what stands between its thousands, as in 1 600, 1_600 and 1'600.
fn spaced_thousands(text: &str) -> Option<String> {
    let is_between = |letter: char| " _'’".contains(letter);
    let end = text.find(|letter: char| !letter.is_ascii_digit() && !is_between(letter));
    let number = text[..end.unwrap_or(text.len())].trim_end();
    let mut groups = number.split(is_between);
    let first = groups.next()?;
    let rest: Vec<&str> = groups.collect();
    let are_thousands = (1..=3).contains(&first.len())
        && !rest.is_empty()
        && rest.iter().all(|group| group.len() == 3);
    are_thousands.then(|| first.to_owned() + &rest.concat())
}

/// Whether somebody may have written thousands with a point, as in 1.600.
fn has_thousands_point(number: &str) -> bool {
    let digits = number.trim_start_matches(['+', '-']);
    digits.split_once('.').is_some_and(|(whole, rest)| {
        (1..=3).contains(&whole.len())
            && whole != "0"
            && rest.split('.').all(|part| part.len() == 3)
    })
}

/// Words for more and less than there would be, with the sign of the change.
const CHANGES: &[(&str, f64)] = &[
    ("more", 1.0),
    ("meer", 1.0),
    ("less", -1.0),
    ("fewer", -1.0),
    ("minder", -1.0),
];

/// By what a value is to be multiplied, for a text such as `20 % less`; `None` if it is no such text.
pub(crate) fn factor(text: &str) -> Option<Result<f64, Fault>> {
    let (rest, sign) = CHANGES.iter().find_map(|(word, sign)| {
        let rest = text.trim_end().strip_suffix(word)?;
        Some((rest, sign))
    })?;
    let example = said!("\"20 % less\"");
    let factor = Quantity::parse(rest, &example).and_then(|quantity| {
        let percent = quantity.number;
        if quantity.measure != Measure::Percent || percent < 0.0 {
            let fact = said!("{} is no change in per cent", shown(text));
            let help = said!(
                "write how much more or less in per cent, such as {}",
                example
            );
            return Err(Fault::new(code::BAD_QUANTITY, fact, help));
        }
        Ok(1.0 + sign * percent / 100.0)
    });
    Some(factor)
}

/// A regular expression for quantities in this unit, and for more and less, as JSON Schema has
/// them.
pub(crate) fn pattern(unit: Unit) -> String {
    let quantity = matching(|measure| {
        Quantity {
            number: 1.0,
            measure,
        }
        .in_unit(unit)
        .is_ok()
    });
    let changes: Vec<&str> = CHANGES.iter().map(|(word, _)| *word).collect();
    let percent = words(|measure| measure == Measure::Percent);
    format!(
        "{quantity}|^\\s*[0-9.]+\\s*({percent})\\s*({})\\s*$",
        changes.join("|")
    )
}

/// The same for calendar time.
pub(crate) fn span_pattern() -> String {
    matching(|measure| matches!(measure, Measure::Days(_)))
}

fn matching(is_right: impl Fn(Measure) -> bool) -> String {
    format!("^\\s*[-+\u{2212}]?[0-9.]+\\s*({})\\s*$", words(is_right))
}

fn words(is_right: impl Fn(Measure) -> bool) -> String {
    let words = WORDS.iter().filter(|(_, measure)| is_right(*measure));
    let words: Vec<String> = words.map(|(word, _)| in_any_case(word)).collect();
    words.join("|")
}

/// These expressions know no way to leave capitals out of account.
fn in_any_case(word: &str) -> String {
    let letters = word.chars().map(|letter| match letter {
        'a'..='z' => format!("[{}{letter}]", letter.to_ascii_uppercase()),
        other => other.to_string(),
    });
    letters.collect()
}

/// What a unit measures, in words.
pub(crate) fn name(unit: Unit) -> Said {
    match unit {
        Unit::Share => said!("a share"),
        Unit::PerYear => said!("times a year"),
        Unit::PerThousandPerYear => said!("times a year for every thousand inhabitants"),
        Unit::Hours => said!("hours of work"),
        Unit::HoursPerWeek => said!("hours of work a week"),
        Unit::Days => said!("calendar days"),
        Unit::WorkingDays => said!("working days"),
        Unit::Weeks => said!("calendar weeks"),
        Unit::Years => said!("years"),
        Unit::Count => said!("a count"),
        Unit::Factor => said!("a factor"),
        Unit::Score => said!("a score"),
        Unit::Fte => said!("full-time equivalents"),
        Unit::Euros => said!("euros"),
        Unit::Growth => said!("growth a year"),
    }
}

/// A quantity in this unit, as it is written in a file.
pub fn example(unit: Unit) -> Said {
    match unit {
        Unit::Share => said!("0.2 or \"20 %\""),
        Unit::PerYear => said!("0.15 or \"15 % per year\""),
        Unit::Hours => said!("8.5 or \"8.5 hours\""),
        Unit::HoursPerWeek => said!("1.5 or \"1.5 hours/week\""),
        Unit::Days => said!("3 or \"3 days\""),
        Unit::WorkingDays => said!("5 or \"5 working days\""),
        Unit::Weeks => said!("12 or \"12 weeks\""),
        Unit::Years => said!("6 or \"6 years\""),
        Unit::Fte => said!("1600 or \"1600 fte\""),
        Unit::PerThousandPerYear | Unit::Count | Unit::Euros => said!("12, without a unit"),
        Unit::Factor | Unit::Score => said!("1.5, without a unit"),
        Unit::Growth => said!("-0.03 or \"-3 % per year\""),
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::scenario::Lang;

    fn value(text: &str, unit: Unit) -> f64 {
        Quantity::parse(text, "2").unwrap().in_unit(unit).unwrap().0
    }

    fn fault(text: &str) -> Fault {
        Quantity::parse(text, "2 weeks").unwrap_err()
    }

    #[test]
    fn more_and_less_are_factors() {
        for (text, expected) in [
            ("20 % less", 0.8),
            ("20% minder", 0.8),
            ("12.5 percent fewer", 0.875),
            ("10 % meer", 1.1),
            ("150 procent more ", 2.5),
        ] {
            let found = factor(text).expect("a change").expect("in per cent");
            assert!((found - expected).abs() < 1e-12, "{text}: {found}");
        }
        assert_eq!(factor("20 %"), None);
        for text in ["20 less", "2 weeks more", "-5 % more", "less", "1,5 % meer"] {
            assert!(factor(text).expect("a change").is_err(), "{text}");
        }
    }

    #[test]
    fn units_are_understood_in_both_languages() {
        let cases = [
            ("12 weeks", Unit::Weeks, 12.0),
            ("12 weken", Unit::Weeks, 12.0),
            ("3 days", Unit::Days, 3.0),
            ("21 dagen", Unit::Weeks, 3.0),
            ("6 years", Unit::Years, 6.0),
            ("1 jaar", Unit::Days, 365.25),
            ("5 working days", Unit::WorkingDays, 5.0),
            ("5 werkdagen", Unit::Days, 7.0),
            ("14 days", Unit::WorkingDays, 10.0),
            ("2 Weeks", Unit::WorkingDays, 10.0),
            ("8.5 uur", Unit::Hours, 8.5),
            ("1.5 hours/week", Unit::HoursPerWeek, 1.5),
            ("1.5 uur per week", Unit::HoursPerWeek, 1.5),
            ("20 %", Unit::Share, 0.2),
            ("20%", Unit::Factor, 0.2),
            ("15 % per jaar", Unit::PerYear, 0.15),
            ("1600 fte", Unit::Fte, 1600.0),
            ("0.125", Unit::Score, 0.125),
            ("-1.5", Unit::Score, -1.5),
            ("-3 % per year", Unit::Growth, -0.03),
            ("2 %", Unit::Growth, 0.02),
        ];
        for (text, unit, expected) in cases {
            assert_eq!(value(text, unit), expected, "{text}");
        }
    }

    #[test]
    fn a_remark_is_made_only_where_working_days_meet_days() {
        let remark = |text, unit| {
            Quantity::parse(text, "2")
                .unwrap()
                .in_unit(unit)
                .unwrap()
                .1
                .is_some()
        };
        assert!(remark("7 days", Unit::WorkingDays));
        assert!(remark("5 working days", Unit::Weeks));
        assert!(!remark("7 days", Unit::Weeks));
        assert!(!remark("5 working days", Unit::WorkingDays));
    }

    #[test]
    fn what_may_be_misread_is_refused() {
        assert_eq!(
            fault("8,5 hours").help.text(Lang::En),
            "write a decimal point: \"8.5 hours\""
        );
        assert_eq!(
            fault("1.600,5 fte").help.text(Lang::En),
            "write a decimal point: \"1600.5 fte\""
        );
        assert_eq!(
            fault("1.600 fte").help.text(Lang::En),
            "write \"1600 fte\", or \"1.6 fte\""
        );
        assert_eq!(
            fault("3 maanden").fact.text(Lang::En),
            "a month has no fixed length"
        );
        for text in [
            "",
            "weeks",
            "12 fortnights",
            "1-2 weeks",
            "1..2 weeks",
            "é",
            "inf weeks",
        ] {
            assert_eq!(fault(text).code, code::BAD_QUANTITY, "{text}");
        }
    }

    #[test]
    fn dimensions_are_kept_apart() {
        let cases = [
            ("8 hours", Unit::Days),
            ("12 weeks", Unit::Hours),
            ("20 %", Unit::Fte),
        ];
        for (text, unit) in cases {
            let fault = Quantity::parse(text, "2")
                .unwrap()
                .in_unit(unit)
                .unwrap_err();
            assert_eq!(fault.code, code::WRONG_DIMENSION, "{text}");
        }
    }

    #[test]
    fn whole_years_stay_years() {
        let span = |text| Quantity::parse(text, "6 years").unwrap().span();
        assert_eq!(span("6 years"), Ok(Span::Years(6.0)));
        assert_eq!(span("0.5 jaar"), Ok(Span::Days(183.0)));
        assert_eq!(span("26 weeks"), Ok(Span::Days(182.0)));
        assert!(span("6").is_err());
        assert!(span("6 fte").is_err());
    }
}
