//! Dots with whiskers, a line for each thing that is compared.

use super::axis::Axis;
use super::svg::{Anchor, GREY, INK, PALE, Sheet};
use super::{PANEL_WIDTH, TITLE_HEIGHT, TITLE_LENGTH};
use crate::report::Lang;
use crate::report::words::text::cut;
use crate::stats::Estimate;

const ROW_HEIGHT: f64 = 40.0;
const FOOT_HEIGHT: f64 = 22.0;
/// Pixels at the left for half of a number below the axis.
const SIDE: f64 = 24.0;
/// Pixels at the right for the numbers.
const NUMBER_WIDTH: f64 = 150.0;
/// Characters of a name that fit above a line.
const NAME_LENGTH: usize = 60;
/// An interval that is this many times the largest mean runs off the panel.
const REACH: f64 = 2.5;
const MOST_TICKS: usize = 4;

/// A panel of dots.
#[derive(Clone, PartialEq, Debug)]
pub struct DotPanel {
    /// What it shows, with the unit.
    pub title: String,
    /// The lines, from above.
    pub rows: Vec<DotRow>,
    /// Whether values may as well lie below zero.
    pub is_difference: bool,
    /// How numbers are written.
    pub lang: Lang,
}

/// A line of it.
#[derive(Clone, PartialEq, Debug)]
pub struct DotRow {
    /// Its name.
    pub name: String,
    /// Where the dot and the ends of the whisker are.
    pub estimate: Option<Estimate>,
    /// The same in numbers.
    pub numbers: String,
    /// Whether the dot is filled.
    pub is_filled: bool,
}

impl DotPanel {
    /// Draws it.
    pub fn draw(&self) -> Sheet {
        let bottom = TITLE_HEIGHT + ROW_HEIGHT * self.rows.len() as f64;
        let mut sheet = Sheet::new(PANEL_WIDTH, bottom + FOOT_HEIGHT);
        sheet.heavy(
            (0.0, 15.0),
            13.5,
            Anchor::Start,
            INK,
            &cut(&self.title, TITLE_LENGTH),
        );
        let axis = self.axis();
        let (left, right) = (SIDE, PANEL_WIDTH - NUMBER_WIDTH);
        let x = |value| axis.place(value, left, right);
        for (value, words) in &axis.ticks {
            let is_zero = *value == 0.0;
            let ink = if is_zero { INK } else { PALE };
            let place = x(*value);
            sheet.line((place, TITLE_HEIGHT + 17.0), (place, bottom), ink, 1.0, "");
            sheet.text((place, bottom + 15.0), 12.5, Anchor::Middle, GREY, words);
        }
        for (row, top) in self.rows.iter().zip(0..) {
            let top = TITLE_HEIGHT + ROW_HEIGHT * f64::from(top);
            let name = cut(&row.name, NAME_LENGTH);
            // A white ground, so that a name is not crossed by the lines of the axis.
            sheet.rectangle((0.0, top + 1.0), (PANEL_WIDTH, 16.0), "#ffffff", "none");
            sheet.text((0.0, top + 13.0), 12.5, Anchor::Start, INK, &name);
            let y = top + 27.0;
            sheet.text((PANEL_WIDTH, y + 4.0), 12.5, Anchor::End, INK, &row.numbers);
            if let Some(estimate) = &row.estimate {
                whisker(&mut sheet, &axis, estimate, (left, right), y);
                let fill = if row.is_filled { INK } else { "#ffffff" };
                sheet.dot((x(estimate.mean), y), 4.5, fill, INK);
            }
        }
        sheet
    }

    /// From zero, or about it for differences, to the furthest end of an interval that is
    /// not absurdly far away.
    fn axis(&self) -> Axis {
        let known = || self.rows.iter().filter_map(|row| row.estimate);
        let far = REACH * known().map(|one| one.mean.abs()).fold(0.0, f64::max);
        let ends = known().flat_map(|one| [one.low, one.mean, one.high]);
        let ends = ends.filter(|end| end.is_finite());
        let ends: Vec<f64> = ends.map(|end| end.clamp(-far, far)).collect();
        let low = ends.iter().copied().fold(0.0, f64::min);
        let high = ends.iter().copied().fold(0.0, f64::max);
        let low = if self.is_difference { low } else { 0.0 };
        Axis::over(low, high, MOST_TICKS, self.lang)
    }
}

/// The whisker, with an arrow where it runs off the panel.
fn whisker(sheet: &mut Sheet, axis: &Axis, estimate: &Estimate, ends: (f64, f64), y: f64) {
    if !estimate.has_interval() {
        return;
    }
    let x = |value| axis.place(value, ends.0, ends.1);
    let (low, high) = (x(estimate.low), x(estimate.high));
    sheet.line((low, y), (high, y), INK, 2.0, "");
    for (value, place, way) in [(estimate.low, low, 1.0), (estimate.high, high, -1.0)] {
        if axis.is_beyond(value) {
            let tip = [
                (place + 5.0 * way, y - 4.0),
                (place, y),
                (place + 5.0 * way, y + 4.0),
            ];
            sheet.path(&tip, INK, 2.0, "");
        } else {
            sheet.line((place, y - 4.0), (place, y + 4.0), INK, 2.0, "");
        }
    }
}
