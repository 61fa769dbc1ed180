//! Lines through time, with a band about them where there is one.

use super::axis::Axis;
use super::svg::{Anchor, GREY, INK, PALE, Sheet};
use super::{PANEL_WIDTH, TITLE_HEIGHT, TITLE_LENGTH};
use crate::report::Lang;
use crate::report::text::cut;

/// Colours that people who see few colours can tell apart (M. Okabe and K. Ito,
/// "Color Universal Design", 2008), the light ones darkened until they show on white.
const INKS: [&str; 7] = [
    "#000000", "#b35900", "#0072b2", "#00785a", "#a3487b", "#6b5b00", "#555555",
];
/// Dashes that tell lines apart where there is no colour.
const DASHES: [&str; 7] = ["", "7 3", "2 2.5", "10 3 2 3", "5 2", "12 4", "1 4"];
const HEIGHT: f64 = 220.0;
const FOOT_HEIGHT: f64 = 22.0;
const LEFT: f64 = 44.0;
const MOST_TICKS: usize = 5;
/// Pixels of half of a number below the level axis.
const HALF_A_YEAR: f64 = 14.0;
/// Pixels of a line of a legend.
const LEGEND_HEIGHT: f64 = 20.0;
/// Characters that fit in one.
const LEGEND_LENGTH: usize = 60;

/// A panel of lines that share their axes; the upright one begins at zero.
#[derive(Clone, PartialEq, Debug)]
pub struct LinePanel {
    /// What it shows, with the unit.
    pub title: String,
    /// The lines, the first on top.
    pub lines: Vec<Line>,
    /// The level axis.
    pub level: Axis,
    /// Where an upright line divides it.
    pub divide: Option<f64>,
    /// How numbers are written.
    pub lang: Lang,
}

/// A line.
#[derive(Clone, PartialEq, Debug)]
pub struct Line {
    /// Number of its colour and dash.
    pub sign: usize,
    /// The points (x, y).
    pub points: Vec<(f64, f64)>,
    /// The band (x, low, high).
    pub band: Vec<(f64, f64, f64)>,
    /// A place that is marked.
    pub mark: Option<(f64, f64)>,
}

/// What stands in a legend.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub enum Sign {
    /// A line of that number.
    Line(usize),
    /// A band of that number.
    Band(usize),
    /// A mark.
    Mark,
    /// The line that divides the panels.
    Divide,
}

impl LinePanel {
    /// Draws it.
    pub fn draw(&self) -> Sheet {
        let mut sheet = Sheet::new(PANEL_WIDTH, HEIGHT);
        let title = cut(&self.title, TITLE_LENGTH);
        sheet.heavy((0.0, 15.0), 13.5, Anchor::Start, INK, &title);
        let upright = Axis::over(0.0, self.highest(), MOST_TICKS, self.lang);
        let (top, bottom) = (TITLE_HEIGHT + 4.0, HEIGHT - FOOT_HEIGHT);
        let right = PANEL_WIDTH - 10.0;
        let x = |value: f64| self.level.place(value, LEFT, right);
        let y = |value: f64| upright.place(value, bottom, top);
        for (value, words) in &upright.ticks {
            let place = y(*value);
            let ink = if *value == 0.0 { GREY } else { PALE };
            sheet.line((LEFT, place), (right, place), ink, 1.0, "");
            sheet.text((LEFT - 5.0, place + 4.0), 11.0, Anchor::End, GREY, words);
        }
        for (value, words) in &self.level.ticks {
            let place = x(*value);
            sheet.line((place, bottom), (place, bottom + 4.0), GREY, 1.0, "");
            // At the right edge there is no room for half of a year.
            let (at, anchor) = if place + HALF_A_YEAR > PANEL_WIDTH {
                (PANEL_WIDTH, Anchor::End)
            } else {
                (place, Anchor::Middle)
            };
            sheet.text((at, bottom + 16.0), 11.0, anchor, GREY, words);
        }
        if let Some(value) = self.divide {
            sheet.line((x(value), bottom), (x(value), top), GREY, 1.0, "4 3");
        }
        for line in self.lines.iter().filter(|line| !line.band.is_empty()) {
            let there = line.band.iter().map(|&(at, low, _)| (x(at), y(low)));
            let back = line
                .band
                .iter()
                .rev()
                .map(|&(at, _, high)| (x(at), y(high)));
            sheet.band(&there.chain(back).collect::<Vec<_>>(), ink(line.sign));
        }
        for line in self.lines.iter().rev() {
            let points = line.points.iter().map(|&(at, value)| (x(at), y(value)));
            let points: Vec<_> = points.collect();
            sheet.path(&points, ink(line.sign), 2.0, dash(line.sign));
        }
        for (at, value) in self.lines.iter().filter_map(|line| line.mark) {
            sheet.dot((x(at), y(value)), 4.5, INK, INK);
        }
        sheet
    }

    /// The highest place of a line, and of a band unless it leaves the lines far below.
    fn highest(&self) -> f64 {
        let points = self.lines.iter().flat_map(|line| &line.points);
        let point = points.map(|point| point.1).fold(0.0, f64::max);
        let bands = self.lines.iter().flat_map(|line| &line.band);
        let band = bands.map(|band| band.2).fold(0.0, f64::max);
        band.min(1.5 * point).max(point)
    }
}

/// Signs with their meaning, as a sheet as wide as a panel.
pub fn legend(signs: &[(Sign, String)]) -> Sheet {
    let mut sheet = Sheet::new(PANEL_WIDTH, LEGEND_HEIGHT * signs.len() as f64 + 4.0);
    for ((sign, meaning), row) in signs.iter().zip(0..) {
        let y = LEGEND_HEIGHT * f64::from(row) + 11.0;
        let (left, right) = (2.0, 42.0);
        match *sign {
            Sign::Line(number) => {
                sheet.line((left, y), (right, y), ink(number), 2.5, dash(number));
            }
            Sign::Band(number) => {
                let ends = [
                    (left, y - 6.0),
                    (right, y - 6.0),
                    (right, y + 6.0),
                    (left, y + 6.0),
                ];
                sheet.band(&ends, ink(number));
            }
            Sign::Mark => sheet.dot((22.0, y), 4.5, INK, INK),
            Sign::Divide => sheet.line((22.0, y - 8.0), (22.0, y + 8.0), GREY, 1.0, "4 3"),
        }
        let meaning = cut(meaning, LEGEND_LENGTH);
        sheet.text((50.0, y + 4.0), 11.5, Anchor::Start, INK, &meaning);
    }
    sheet
}

fn ink(sign: usize) -> &'static str {
    INKS[sign % INKS.len()]
}

fn dash(sign: usize) -> &'static str {
    // The second time round a colour gets another dash.
    DASHES[(sign + 3 * (sign / INKS.len())) % DASHES.len()]
}
