//! Shares of a whole: bars beside each other, and bars in layers.

use super::svg::{Anchor, GREY, INK, PALE, Sheet};
use super::{PANEL_WIDTH, TITLE_HEIGHT, TITLE_LENGTH};
use crate::report::Lang;
use crate::report::words::text::cut;

const ROW_HEIGHT: f64 = 44.0;
/// Characters of a title, beside which stands what the numbers are.
const LENGTH: usize = 40;
const FOOT_HEIGHT: f64 = 22.0;
/// Pixels at the left for half of a number below the axis.
const SIDE: f64 = 8.0;
/// Pixels at the right for the numbers.
const NUMBER_WIDTH: f64 = 96.0;
/// Characters of a name that fit above a bar.
const NAME_LENGTH: usize = 66;
/// A layer that is less wide has no room for its number \[pixels\].
const NUMBER_ROOM: f64 = 14.0;
/// The first and the last of the layers; greys of one hue, so that they stay in order without
/// colour.
const DARK: [f64; 3] = [8.0, 48.0, 107.0];
const LIGHT: [f64; 3] = [241.0, 246.0, 251.0];

/// A panel with two bars for each thing that is compared, the first filled and the second hollow.
#[derive(Clone, PartialEq, Debug)]
pub struct SharePanel {
    /// What it shows.
    pub title: String,
    /// The things, from above: name, shares from 0 to 1, and the same in numbers.
    pub rows: Vec<(String, [f64; 2], String)>,
    /// What the two numbers are.
    pub columns: String,
    /// How numbers are written.
    pub lang: Lang,
}

/// A panel with a bar in layers for each thing that is compared: how often it has each rank.
#[derive(Clone, PartialEq, Debug)]
pub struct RankPanel {
    /// What it shows.
    pub title: String,
    /// The things, from above: name, and share of each rank, the first first.
    pub rows: Vec<(String, Vec<f64>)>,
    /// What stands under the bars at both ends.
    pub ends: [String; 2],
}

impl SharePanel {
    /// Draws it.
    pub fn draw(&self) -> Sheet {
        let (mut sheet, bottom) = begun(&self.title, LENGTH, self.rows.len());
        let top = (PANEL_WIDTH, 15.0);
        sheet.text(top, 11.0, Anchor::End, GREY, &self.columns);
        let (left, right) = (SIDE, PANEL_WIDTH - NUMBER_WIDTH);
        let x = |share: f64| left + share * (right - left);
        for share in [0.0, 0.5, 1.0] {
            let ink = if share == 0.0 { INK } else { PALE };
            let place = x(share);
            sheet.line((place, TITLE_HEIGHT + 17.0), (place, bottom), ink, 1.0, "");
            let words = self.lang.percent(share);
            let (place, anchor) = match share {
                0.0 => (0.0, Anchor::Start),
                _ => (place, Anchor::Middle),
            };
            sheet.text((place, bottom + 15.0), 11.0, anchor, GREY, &words);
        }
        for (row, (name, shares, numbers)) in self.rows.iter().enumerate() {
            let top = TITLE_HEIGHT + ROW_HEIGHT * row as f64;
            named(&mut sheet, name, top);
            for (share, (y, fill)) in shares.iter().zip([(19.0, INK), (30.0, "#ffffff")]) {
                let width = (x(*share) - left).max(0.0);
                sheet.rectangle((left, top + y), (width, 9.0), fill, INK);
            }
            let place = (PANEL_WIDTH, top + 33.0);
            sheet.text(place, 12.0, Anchor::End, INK, numbers);
        }
        sheet
    }
}

impl RankPanel {
    /// Draws it.
    pub fn draw(&self) -> Sheet {
        let (mut sheet, bottom) = begun(&self.title, TITLE_LENGTH, self.rows.len());
        for (row, (name, shares)) in self.rows.iter().enumerate() {
            let top = TITLE_HEIGHT + ROW_HEIGHT * row as f64;
            named(&mut sheet, name, top);
            let mut at = 1.0;
            for (rank, share) in shares.iter().enumerate() {
                let width = share * (PANEL_WIDTH - 2.0);
                let (fill, ink) = layer(rank, shares.len());
                if width > 0.0 {
                    sheet.rectangle((at, top + 19.0), (width, 20.0), &fill, GREY);
                }
                if width >= NUMBER_ROOM {
                    let place = (at + 0.5 * width, top + 33.5);
                    let number = (rank + 1).to_string();
                    sheet.text(place, 12.0, Anchor::Middle, ink, &number);
                }
                at += width;
            }
        }
        let y = bottom + 15.0;
        let [first, last] = &self.ends;
        sheet.text((0.0, y), 11.0, Anchor::Start, GREY, first);
        sheet.text((PANEL_WIDTH, y), 11.0, Anchor::End, GREY, last);
        sheet
    }
}

/// A sheet with a title and room for so many rows, and where they end.
fn begun(title: &str, length: usize, n_rows: usize) -> (Sheet, f64) {
    let bottom = TITLE_HEIGHT + ROW_HEIGHT * n_rows as f64;
    let mut sheet = Sheet::new(PANEL_WIDTH, bottom + FOOT_HEIGHT);
    let title = cut(title, length);
    sheet.heavy((0.0, 15.0), 13.5, Anchor::Start, INK, &title);
    (sheet, bottom)
}

fn named(sheet: &mut Sheet, name: &str, top: f64) {
    // A white ground, so that a name is not crossed by the lines of the axis.
    sheet.rectangle((0.0, top + 1.0), (PANEL_WIDTH, 16.0), "#ffffff", "none");
    let name = cut(name, NAME_LENGTH);
    sheet.text((0.0, top + 13.0), 11.5, Anchor::Start, INK, &name);
}

/// Fill of a layer, and the ink that can be read on it.
fn layer(rank: usize, n: usize) -> (String, &'static str) {
    let share = rank as f64 / (n.max(2) - 1) as f64;
    let part = |i: usize| (DARK[i] + share * (LIGHT[i] - DARK[i])).round() as u8;
    let fill = format!("#{:02x}{:02x}{:02x}", part(0), part(1), part(2));
    (fill, if share < 0.5 { "#ffffff" } else { INK })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn layers_run_from_dark_to_light_and_a_narrow_one_has_no_number() {
        assert_eq!(layer(0, 6).0, "#08306b");
        assert_eq!(layer(5, 6).0, "#f1f6fb");
        assert_eq!(layer(0, 1).0, "#08306b");
        let panel = RankPanel {
            title: "t".to_owned(),
            rows: vec![("a".to_owned(), vec![0.99, 0.01, 0.0])],
            ends: ["first".to_owned(), "last".to_owned()],
        };
        let svg = panel.draw().to_svg("x", "", "");
        assert_eq!(svg.matches("<rect").count(), 3, "{svg}");
        assert!(svg.contains(">1</text>") && !svg.contains(">2</text>"));
    }
}
