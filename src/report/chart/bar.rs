//! Bars of a hundred families, before the wider and paler bars of what they are compared with.

use super::axis::Axis;
use super::svg::{Anchor, GREY, INK, PALE, Sheet};
use super::{PANEL_WIDTH, TITLE_HEIGHT};
use crate::report::Lang;
use crate::report::words::text::{cut, wrap};
use crate::stats::Estimate;

const ROW_HEIGHT: f64 = 23.0;
const HEAD_HEIGHT: f64 = 16.0;
const FOOT_HEIGHT: f64 = 20.0;
/// Pixels at the left for the names of the rows.
const NAME_WIDTH: f64 = 112.0;
/// Characters of such a name.
const NAME_LENGTH: usize = 19;
/// Pixels at the right for the numbers.
const NUMBER_WIDTH: f64 = 112.0;
/// Characters of a title on a line, and its lines.
const TITLE_LENGTH: usize = 52;
const TITLE_LINES: usize = 2;
const MOST_TICKS: usize = 4;
/// Ink of the bars behind.
const BEHIND: &str = "#d0d0d0";
/// Ink of a bar that differs, or with which nothing is compared.
const BAR: &str = "#2f5d8a";

/// A panel of bars.
#[derive(Clone, PartialEq, Debug)]
pub struct BarPanel {
    /// Whose families these are.
    pub title: String,
    /// What stands above the names.
    pub head: String,
    /// The bars, from above.
    pub rows: Vec<BarRow>,
    /// End of the axis, the same in all panels of a figure.
    pub high: f64,
    /// How numbers are written.
    pub lang: Lang,
}

/// A bar.
#[derive(Clone, PartialEq, Debug)]
pub struct BarRow {
    /// Its name.
    pub name: String,
    /// How long it is, with its interval.
    pub estimate: Option<Estimate>,
    /// The same in numbers.
    pub numbers: String,
    /// How long the bar behind it is, if there is one.
    pub behind: Option<f64>,
    /// Whether it is filled.
    pub is_filled: bool,
}

impl BarPanel {
    /// Draws it.
    pub fn draw(&self) -> Sheet {
        let head = TITLE_HEIGHT * TITLE_LINES as f64 * 0.7;
        let top = head + HEAD_HEIGHT;
        let bottom = top + ROW_HEIGHT * self.rows.len() as f64;
        let mut sheet = Sheet::new(PANEL_WIDTH, bottom + FOOT_HEIGHT);
        let lines = wrap(&self.title, TITLE_LENGTH).into_iter();
        for (line, number) in lines.take(TITLE_LINES).zip(0..) {
            let y = 13.0 + 16.0 * f64::from(number);
            let line = cut(&line, TITLE_LENGTH);
            sheet.heavy((0.0, y), 13.0, Anchor::Start, INK, &line);
        }
        sheet.text((0.0, top - 5.0), 11.0, Anchor::Start, GREY, &self.head);
        let axis = Axis::over(0.0, self.high, MOST_TICKS, self.lang);
        let (left, right) = (NAME_WIDTH, PANEL_WIDTH - NUMBER_WIDTH);
        let x = |value| axis.place(value, left, right);
        for (value, words) in &axis.ticks {
            let ink = if *value == 0.0 { GREY } else { PALE };
            sheet.line((x(*value), top), (x(*value), bottom), ink, 1.0, "");
            let place = (x(*value), bottom + 14.0);
            sheet.text(place, 11.0, Anchor::Middle, GREY, words);
        }
        for (row, number) in self.rows.iter().zip(0..) {
            let y = top + ROW_HEIGHT * (f64::from(number) + 0.5);
            let name = cut(&row.name, NAME_LENGTH);
            sheet.text((left - 6.0, y + 4.0), 11.0, Anchor::End, INK, &name);
            sheet.text((PANEL_WIDTH, y + 4.0), 11.0, Anchor::End, INK, &row.numbers);
            if let Some(value) = row.behind {
                let size = (x(value) - left, 18.0);
                sheet.rectangle((left, y - 9.0), size, BEHIND, BEHIND);
            }
            if let Some(one) = row.estimate {
                let fill = if row.is_filled { BAR } else { "#ffffff" };
                let size = (x(one.mean) - left, 9.0);
                sheet.rectangle((left, y - 4.5), size, fill, BAR);
                if one.has_interval() {
                    sheet.line((x(one.low), y), (x(one.high), y), INK, 2.0, "");
                    for end in [one.low, one.high] {
                        sheet.line((x(end), y - 3.5), (x(end), y + 3.5), INK, 1.5, "");
                    }
                }
            }
        }
        sheet
    }
}
