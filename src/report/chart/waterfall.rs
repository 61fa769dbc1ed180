//! What a difference is made of: bars that begin where the one before ends.

use super::axis::Axis;
use super::svg::{Anchor, GREY, INK, PALE, Sheet};
use super::{PANEL_WIDTH, TITLE_HEIGHT, TITLE_LENGTH};
use crate::report::Lang;
use crate::report::words::text::cut;
use crate::stats::Estimate;

const NAME_HEIGHT: f64 = 20.0;
const BAR_HEIGHT: f64 = 22.0;
const FOOT_HEIGHT: f64 = 22.0;
const GAP: f64 = 8.0;
/// Pixels at the left for the names of the parts.
const LEFT: f64 = 74.0;
/// Pixels at the right for the numbers.
const NUMBER_WIDTH: f64 = 152.0;
/// Characters of the name of a belief set.
const NAME_LENGTH: usize = 64;
const MOST_TICKS: usize = 4;
/// An interval that is this many times the furthest bar runs off the panel.
const REACH: f64 = 2.5;
/// Fill of a part of which the interval leaves out zero, of one of which it does not, and of the sum.
const FILLS: [&str; 3] = ["#8fbcdb", "#ffffff", INK];

/// A panel of waterfalls that share an axis.
#[derive(Clone, PartialEq, Debug)]
pub struct WaterfallPanel {
    /// What it shows.
    pub title: String,
    /// The waterfalls, from above.
    pub falls: Vec<Waterfall>,
    /// The level axis, which panels of a figure share.
    pub axis: Axis,
}

/// A waterfall: parts, and last their sum.
#[derive(Clone, PartialEq, Debug)]
pub struct Waterfall {
    /// Its name.
    pub name: String,
    /// Its bars, from above.
    pub bars: Vec<WaterfallBar>,
}

/// A bar of it.
#[derive(Clone, PartialEq, Debug)]
pub struct WaterfallBar {
    /// Its name.
    pub name: String,
    /// Where it begins.
    pub from: f64,
    /// How long it is, and how far that may be off.
    pub part: Estimate,
    /// The same in numbers.
    pub numbers: String,
    /// Whether its interval leaves out zero.
    pub is_shown: bool,
    /// Whether it is the sum of the others.
    pub is_sum: bool,
}

impl Waterfall {
    /// Values that an axis should reach: the ends of the bars, and of intervals that are not
    /// absurdly far away.
    fn reach(&self) -> Vec<f64> {
        let ends = self.bars.iter().map(|bar| bar.from + bar.part.mean);
        let far = REACH * ends.clone().map(f64::abs).fold(0.0, f64::max);
        let whiskers = self.bars.iter().flat_map(|bar| {
            let ends = [bar.part.low, bar.part.high].map(|end| bar.from + end);
            ends.into_iter().filter(|end| end.is_finite())
        });
        let whiskers = whiskers.map(|end| end.clamp(-far, far));
        ends.chain(whiskers).collect()
    }

    /// An axis for all of them.
    pub fn axis<'a>(falls: impl Iterator<Item = &'a Waterfall>, lang: Lang) -> Axis {
        let ends: Vec<f64> = falls.flat_map(Waterfall::reach).collect();
        let low = ends.iter().copied().fold(0.0, f64::min);
        let high = ends.iter().copied().fold(0.0, f64::max);
        Axis::over(low, high, MOST_TICKS, lang)
    }

    fn height(&self) -> f64 {
        NAME_HEIGHT + BAR_HEIGHT * self.bars.len() as f64 + GAP
    }
}

impl WaterfallPanel {
    /// Draws it.
    pub fn draw(&self) -> Sheet {
        let falls: f64 = self.falls.iter().map(Waterfall::height).sum();
        let bottom = TITLE_HEIGHT + falls;
        let mut sheet = Sheet::new(PANEL_WIDTH, bottom + FOOT_HEIGHT);
        let title = cut(&self.title, TITLE_LENGTH);
        sheet.heavy((0.0, 15.0), 13.5, Anchor::Start, INK, &title);
        let x = |value| self.axis.place(value, LEFT, PANEL_WIDTH - NUMBER_WIDTH);
        for (value, words) in &self.axis.ticks {
            let (place, ink) = (x(*value), if *value == 0.0 { INK } else { PALE });
            sheet.line((place, TITLE_HEIGHT), (place, bottom), ink, 1.0, "");
            sheet.text((place, bottom + 15.0), 11.0, Anchor::Middle, GREY, words);
        }
        let mut top = TITLE_HEIGHT;
        for fall in &self.falls {
            sheet.rectangle(
                (0.0, top),
                (PANEL_WIDTH, NAME_HEIGHT - 2.0),
                "#ffffff",
                "none",
            );
            let name = cut(&fall.name, NAME_LENGTH);
            sheet.text((0.0, top + 13.0), 11.5, Anchor::Start, GREY, &name);
            for (row, bar) in fall.bars.iter().enumerate() {
                let y = top + NAME_HEIGHT + BAR_HEIGHT * row as f64;
                self.bar(&mut sheet, bar, y);
                if row + 2 < fall.bars.len() {
                    // Where the next one begins.
                    let place = x(bar.from + bar.part.mean);
                    sheet.line(
                        (place, y + 3.0),
                        (place, y + BAR_HEIGHT + 3.0),
                        GREY,
                        1.0,
                        "2 2",
                    );
                }
            }
            top += fall.height();
        }
        sheet
    }

    fn bar(&self, sheet: &mut Sheet, bar: &WaterfallBar, y: f64) {
        let x = |value| self.axis.place(value, LEFT, PANEL_WIDTH - NUMBER_WIDTH);
        let (from, to) = (x(bar.from), x(bar.from + bar.part.mean));
        let [shown, not_shown, sum] = FILLS;
        let fill = match (bar.is_shown, bar.is_sum) {
            (false, _) => not_shown,
            (true, false) => shown,
            (true, true) => sum,
        };
        let size = ((to - from).abs().max(1.0), 12.0);
        sheet.rectangle((from.min(to), y + 3.0), size, fill, INK);
        if bar.part.has_interval() {
            let ends = [bar.part.low, bar.part.high].map(|end| bar.from + end);
            let (low, high) = (x(ends[0]), x(ends[1]));
            let middle = y + 9.0;
            // Pale under ink, so that it is seen on a dark bar as well.
            sheet.line((low, middle), (high, middle), "#ffffff", 4.0, "");
            sheet.line((low, middle), (high, middle), GREY, 2.0, "");
            for (end, place, way) in [(ends[0], low, 5.0), (ends[1], high, -5.0)] {
                let tip = match self.axis.is_beyond(end) {
                    true => place + way,
                    false => place,
                };
                let arrow = [(tip, middle - 4.0), (place, middle), (tip, middle + 4.0)];
                sheet.path(&arrow, GREY, 2.0, "");
            }
        }
        sheet.text((0.0, y + 13.0), 11.5, Anchor::Start, INK, &bar.name);
        let place = (PANEL_WIDTH, y + 13.0);
        sheet.text(place, 11.0, Anchor::End, INK, &bar.numbers);
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_bar_begins_where_the_one_before_ends_and_an_axis_holds_them_all() {
        let bar = |from: f64, values: &[f64], is_sum| WaterfallBar {
            name: "a".to_owned(),
            from,
            part: Estimate::of(values, 0.95).unwrap(),
            numbers: "1".to_owned(),
            is_shown: true,
            is_sum,
        };
        let fall = Waterfall {
            name: "b".to_owned(),
            bars: vec![
                bar(0.0, &[4.0, 4.1], false),
                bar(4.05, &[-7.0, -7.2], false),
                bar(0.0, &[-3.0, -3.1], true),
            ],
        };
        let axis = Waterfall::axis([&fall].into_iter(), Lang::En);
        assert!(axis.low <= -3.05 && axis.high >= 4.1, "{axis:?}");
        let panel = WaterfallPanel {
            title: "t".to_owned(),
            falls: vec![fall],
            axis: Axis::over(-5.0, 5.0, 4, Lang::En),
        };
        let svg = panel.draw().to_svg("x", "", "");
        // From 4.05 back over 7.1: the bar ends where it would begin, at −3.05.
        let place = |value: f64| panel.axis.place(value, LEFT, PANEL_WIDTH - NUMBER_WIDTH);
        let begin = format!("<rect x=\"{:.1}\"", place(-3.05));
        assert_eq!(svg.matches(&begin).count(), 2, "{svg}");
        assert!(!svg.contains("NaN") && !svg.contains("inf"), "{svg}");
    }
}
