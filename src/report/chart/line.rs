//! Lines through time, with a band about them where there is one.

use super::axis::Axis;
use super::svg::{Anchor, GREY, INK, PALE, Sheet};
use super::{PANEL_WIDTH, TITLE_HEIGHT, TITLE_LENGTH};
use crate::report::Lang;
use crate::report::words::text::cut;

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
/// Pixels at the right for the names of lines, between two of them, and the letters that fit.
const NAMES_WIDTH: f64 = 116.0;
const NAME_HEIGHT: f64 = 13.0;
const NAME_LENGTH: usize = 20;

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
    /// The height that it has at least, so that panels can share it.
    pub least: f64,
    /// How numbers are written.
    pub lang: Lang,
}

/// A line.
#[derive(Clone, PartialEq, Debug)]
pub struct Line {
    /// Its name, which stands where it ends.
    pub name: String,
    /// Number of its dash, and of its colour where it has none of its own.
    pub sign: usize,
    /// Its own colour.
    pub ink: Option<&'static str>,
    /// The points (x, y).
    pub points: Vec<(f64, f64)>,
    /// The band (x, low, high).
    pub band: Vec<(f64, f64, f64)>,
    /// A place that is marked.
    pub mark: Option<(f64, f64)>,
}

impl LinePanel {
    /// Draws it.
    pub fn draw(&self) -> Sheet {
        let mut sheet = Sheet::new(PANEL_WIDTH, HEIGHT);
        let title = cut(&self.title, TITLE_LENGTH);
        sheet.heavy((0.0, 15.0), 13.5, Anchor::Start, INK, &title);
        let upright = Axis::over(0.0, self.highest().max(self.least), MOST_TICKS, self.lang);
        let (top, bottom) = (TITLE_HEIGHT + 4.0, HEIGHT - FOOT_HEIGHT);
        let right = PANEL_WIDTH - NAMES_WIDTH;
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
            sheet.text((place, bottom + 16.0), 11.0, Anchor::Middle, GREY, words);
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
            sheet.band(&there.chain(back).collect::<Vec<_>>(), line.ink());
        }
        for line in self.lines.iter().rev() {
            let points = line.points.iter().map(|&(at, value)| (x(at), y(value)));
            let points: Vec<_> = points.collect();
            sheet.path(&points, line.ink(), 2.0, dash(line.sign));
        }
        for (at, value) in self.lines.iter().filter_map(|line| line.mark) {
            sheet.dot((x(at), y(value)), 4.5, INK, INK);
        }
        let ends = self
            .lines
            .iter()
            .filter_map(|line| Some((line, y(line.points.last()?.1))));
        let mut ends: Vec<(&Line, f64)> = ends.collect();
        ends.sort_by(|a, b| a.1.total_cmp(&b.1));
        // Each name at its line, or as near below the one before as can be read; then up again from the foot.
        let mut places: Vec<f64> = Vec::new();
        for (_, place) in &ends {
            let free = places.last().map_or(*place, |last| last + NAME_HEIGHT);
            places.push(place.max(free));
        }
        let mut foot = bottom;
        for place in places.iter_mut().rev() {
            *place = place.min(foot);
            foot = *place - NAME_HEIGHT;
        }
        for ((line, end), place) in ends.iter().zip(&places) {
            sheet.line((right, *end), (right + 8.0, *place), line.ink(), 1.0, "");
            let name = cut(&line.name, NAME_LENGTH);
            sheet.text(
                (right + 10.0, place + 4.0),
                11.0,
                Anchor::Start,
                line.ink(),
                &name,
            );
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

impl Line {
    fn ink(&self) -> &'static str {
        self.ink.unwrap_or(INKS[self.sign % INKS.len()])
    }
}

fn dash(sign: usize) -> &'static str {
    // The second time round a colour gets another dash.
    DASHES[(sign + 3 * (sign / INKS.len())) % DASHES.len()]
}
