//! How numbers are written: for programs, and for people.

use crate::report::Lang;

/// Digits of a number in a table.
const DIGITS: usize = 6;

/// A number for a table: six significant digits, zeros at the end left out save
/// one that keeps a spreadsheet from misreading it, nothing where there is no number.
pub fn significant(value: Option<f64>) -> String {
    let value = value.filter(|value| value.is_finite());
    value.map_or_else(String::new, |value| no_thousands(six_digits(value)))
}

/// A number for a table with every digit that it has, so that it is read back as it is.
pub(crate) fn exact(value: f64) -> String {
    no_thousands(value.to_string())
}

/// Where people write a decimal comma a spreadsheet takes the point in `43.071` for one between
/// thousands, and the number for 43071. A fourth decimal makes it something that cannot be
/// thousands, and the same number to every program.
fn no_thousands(number: String) -> String {
    let (digits, exponent) = match number.split_once('e') {
        Some((digits, _)) => number.split_at(digits.len()),
        None => (&*number, ""),
    };
    let is_misread = digits.split_once('.').is_some_and(|(whole, fraction)| {
        whole.trim_start_matches('-').len() <= 3 && fraction.len() == 3
    });
    match is_misread {
        true => format!("{digits}0{exponent}"),
        false => number,
    }
}

/// A number with six significant digits, for a file that no spreadsheet opens.
pub(crate) fn six_digits(value: f64) -> String {
    // Rounds to digits and exponent first, then places the point.
    let rounded = format!("{value:.*e}", DIGITS - 1);
    let (digits, exponent) = rounded.split_once('e').expect("an exponent is written");
    let exponent: i32 = exponent.parse().expect("an exponent is a whole number");
    if value == 0.0 {
        "0".to_owned()
    } else if (-7..15).contains(&exponent) {
        let n_decimals = (DIGITS as i32 - 1 - exponent).max(0) as usize;
        let number: f64 = rounded.parse().expect("what was written can be read");
        without_zeros(&format!("{number:.n_decimals$}"))
    } else {
        format!("{}e{exponent}", without_zeros(digits))
    }
}

fn without_zeros(number: &str) -> String {
    if number.contains('.') {
        let number = number.trim_end_matches('0');
        number.trim_end_matches('.').to_owned()
    } else {
        number.to_owned()
    }
}

/// Decimals that a reader needs of a number of this size.
pub fn decimals_for(value: f64) -> usize {
    match value.abs() {
        size if size >= 100.0 => 0,
        size if size >= 10.0 => 1,
        size if size >= 1.0 => 2,
        _ => 3,
    }
}

/// A number as people write it: `1.234,5` in Dutch, `1,234.5` in English.
/// Thousands are set apart from ten thousand on.
pub fn local(value: f64, decimals: usize, lang: Lang) -> String {
    let (point, comma) = match lang {
        Lang::Nl => (',', '.'),
        Lang::En => ('.', ','),
    };
    let text = format!("{:.decimals$}", value.abs());
    let (whole, fraction) = text.split_once('.').unwrap_or((&text, ""));
    let is_zero = text.bytes().all(|byte| matches!(byte, b'0' | b'.'));
    let mut number = String::from(if value < 0.0 && !is_zero { "−" } else { "" });
    for (place, digit) in whole.chars().enumerate() {
        let n_left = whole.len() - place;
        if place > 0 && n_left.is_multiple_of(3) && whole.len() > 4 {
            number.push(comma);
        }
        number.push(digit);
    }
    if !fraction.is_empty() {
        number.push(point);
        number.push_str(fraction);
    }
    number
}

/// A number as people write it, with all the decimals that it has in a table.
pub fn local_exact(value: f64, lang: Lang) -> String {
    let plain = six_digits(value);
    let n_decimals = plain
        .split_once('.')
        .map_or(0, |(_, fraction)| fraction.len());
    local(value, n_decimals, lang)
}

/// The same as [`local`] with a sign before what is above zero.
pub fn signed(value: f64, decimals: usize, lang: Lang) -> String {
    let number = local(value, decimals, lang);
    let is_zero = number == local(0.0, decimals, lang);
    if value > 0.0 && !is_zero {
        format!("+{number}")
    } else {
        number
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn tables_have_six_significant_digits() {
        for (value, text) in [
            (0.0, "0"),
            (-0.0, "0"),
            (1.0, "1"),
            (-2.5, "-2.5"),
            (1.0 / 3.0, "0.333333"),
            (2.0 / 3.0, "0.666667"),
            (1234.5678, "1234.57"),
            (127_340.4, "127340"),
            (1_234_567.0, "1234570"),
            (999_999.9, "1000000"),
            (0.000_012_345_67, "0.0000123457"),
            (-3.6e-17, "-3.6e-17"),
            (1e20, "1e20"),
            (1e15, "1e15"),
        ] {
            assert_eq!(significant(Some(value)), text);
        }
    }

    #[test]
    fn no_number_in_a_table_looks_like_thousands() {
        for (value, text) in [
            (43.071, "43.0710"),
            (-0.125, "-0.1250"),
            (123.456, "123.4560"),
            (0.001, "0.0010"),
            (1234.567, "1234.57"),
            (43.07, "43.07"),
            (43.0712, "43.0712"),
            (3.125e-17, "3.1250e-17"),
            (-1.234e20, "-1.2340e20"),
        ] {
            assert_eq!(significant(Some(value)), text);
            assert_eq!(exact(value).parse(), Ok(value));
        }
        for (value, text) in [(1234.567, "1234.567"), (0.1 + 0.2, "0.30000000000000004")] {
            assert_eq!(exact(value), text);
        }
        // People read no zero that means nothing.
        assert_eq!(local_exact(43.071, Lang::Nl), "43,071");
    }

    #[test]
    fn what_is_no_number_is_left_empty() {
        for value in [None, Some(f64::INFINITY), Some(f64::NAN)] {
            assert_eq!(significant(value), "");
        }
    }

    #[test]
    fn people_read_their_own_point_and_comma() {
        assert_eq!(local(1234.5, 1, Lang::Nl), "1234,5");
        assert_eq!(local(-0.25, 2, Lang::Nl), "−0,25");
        assert_eq!(local(127_340.0, 0, Lang::Nl), "127.340");
        assert_eq!(local(1_127_340.5, 1, Lang::En), "1,127,340.5");
        assert_eq!(local(-0.0004, 3, Lang::En), "0.000");
        assert_eq!(local_exact(0.00125, Lang::Nl), "0,00125");
        assert_eq!(local_exact(16_000.0, Lang::En), "16,000");
        assert_eq!(signed(0.25, 2, Lang::Nl), "+0,25");
        assert_eq!(signed(0.0004, 3, Lang::Nl), "0,000");
    }
}
