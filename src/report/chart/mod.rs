//! Figures: panels under a title that says what is found.
//!
//! Nothing here knows what is drawn. The same figure stands on the page, where its panels
//! flow into as many columns as there is room for, and in a file of its own, where they
//! stand beside each other with title, legend and notes written on the sheet.

pub(crate) mod axis;
pub(crate) mod bar;
pub(crate) mod dot;
pub(crate) mod ink;
pub(crate) mod lane;
pub(crate) mod line;
pub(crate) mod shape;
pub(crate) mod share;
pub(crate) mod slide;
pub(crate) mod stream;
pub(crate) mod svg;
pub(crate) mod tile;
pub(crate) mod waterfall;

pub use axis::Axis;
pub use bar::{BarPanel, BarRow};
pub use dot::{DotPanel, DotRow};
pub use ink::team_ink;
pub use lane::{Bar, Ground, Lane, LaneMark, LanePanel, LaneSign, Mark, Shelf};
pub use line::{Line, LinePanel};
pub use shape::{Shape, ShapeMap};
pub use share::{RankPanel, SharePanel};
pub use slide::Slide;
pub use stream::{Stream, StreamPanel, StreamStep};
use svg::{Anchor, GREY, INK};
pub use svg::{Sheet, escaped, items};
pub use tile::{SHADES, Tile, TileMap};
pub use waterfall::{Waterfall, WaterfallBar, WaterfallPanel};

use crate::report::words::text::{cut, wrap};

/// Pixels of a panel.
const PANEL_WIDTH: f64 = 400.0;
/// Characters of a panel's title that fit on its line.
const TITLE_LENGTH: usize = 56;
/// Pixels above what is drawn in it.
const TITLE_HEIGHT: f64 = 26.0;
const MARGIN: f64 = 20.0;
const GAP: f64 = 28.0;
/// Pixels of a letter of a note, on average.
const LETTER: f64 = 5.7;
/// Characters of a title or note that a figure has room for.
const MOST_LETTERS: usize = 1200;

/// A panel as it is drawn, with words for who cannot see it.
pub type Drawn = (Sheet, String);

/// A figure.
#[derive(Clone, PartialEq, Debug)]
pub struct Figure {
    /// Its name in files and addresses: small letters, digits and underscores.
    pub key: String,
    /// What it finds.
    pub title: String,
    /// The panels.
    pub panels: Vec<Drawn>,
    /// Panels beside each other in a file.
    pub n_columns: usize,
    /// Meaning of dots, lines and intervals. A page says it once for many figures.
    pub guide: String,
    /// What else a reader should know, and where the numbers come from.
    pub notes: Vec<String>,
}

impl Figure {
    /// The figure as a file.
    pub fn to_file(&self) -> String {
        let n_columns = self.n_columns.clamp(1, self.panels.len().max(1));
        let widths = self.panels.iter().map(|(panel, _)| panel.width);
        let panel_width = widths.fold(PANEL_WIDTH, f64::max);
        let width = 2.0 * MARGIN + n_columns as f64 * (panel_width + GAP) - GAP;
        let letters = |pixels: f64| ((width - 2.0 * MARGIN) / pixels) as usize;
        let title = wrap(&cut(&self.title, MOST_LETTERS), letters(1.5 * LETTER));
        let notes: Vec<String> = [&self.guide]
            .into_iter()
            .chain(&self.notes)
            .flat_map(|note| wrap(&cut(note, MOST_LETTERS), letters(LETTER)))
            .map(|line| cut(&line, letters(LETTER)))
            .collect();
        let rows: Vec<&[Drawn]> = self.panels.chunks(n_columns).collect();
        let tallest = |row: &[Drawn]| {
            row.iter()
                .map(|(panel, _)| panel.height)
                .fold(0.0, f64::max)
        };
        let panels: f64 = rows.iter().map(|row| tallest(row) + GAP).sum();
        let (title_height, notes_height) = (24.0 * title.len() as f64, 16.0 * notes.len() as f64);
        let height = 2.0 * MARGIN + title_height + panels + notes_height;
        let mut sheet = Sheet::new(width, height);
        sheet.rectangle((0.0, 0.0), (width, height), "#ffffff", "none");
        let mut y = MARGIN;
        for line in &title {
            let line = cut(line, letters(1.5 * LETTER));
            sheet.heavy((MARGIN, y + 16.0), 17.0, Anchor::Start, INK, &line);
            y += 24.0;
        }
        y += 0.5 * GAP;
        for row in rows {
            let mut x = MARGIN;
            for (panel, _) in row {
                sheet.lay((x, y), panel);
                x += panel_width + GAP;
            }
            y += tallest(row) + GAP;
        }
        for line in &notes {
            sheet.text((MARGIN, y), 11.5, Anchor::Start, GREY, line);
            y += 16.0;
        }
        sheet.to_svg(&self.key, &self.title, &self.words())
    }

    /// The words of its panels and notes, for who cannot see it.
    pub fn words(&self) -> String {
        let words = self.panels.iter().map(|(_, words)| words.as_str());
        let words = words.chain(self.notes.iter().map(String::as_str));
        words.collect::<Vec<_>>().join(" ")
    }

    /// The figure on a page in that language; `level` is that of its heading.
    pub fn to_html(&self, lang: &str, level: u8) -> String {
        let (key, title) = (&self.key, escaped(&self.title));
        let mut html = format!(
            "<figure id=\"{lang}-{key}\"><h{level}>{title}</h{level}>\n<div class=\"panels\">\n"
        );
        for (number, (panel, words)) in self.panels.iter().enumerate() {
            let id = format!("{lang}-{key}-{number}");
            html.push_str(&panel.to_svg(&id, &self.title, words));
        }
        html.push_str("</div>\n<figcaption>");
        for note in &self.notes {
            html.push_str(&format!("<p>{}</p>", escaped(note)));
        }
        html + "</figcaption></figure>\n"
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::report::Lang;
    use crate::stats::Estimate;

    fn figure(text: &str) -> Figure {
        let row = |values: &[f64], numbers: &str| DotRow {
            name: text.to_owned(),
            estimate: Estimate::of(values, 0.95),
            numbers: numbers.to_owned(),
            is_filled: true,
        };
        let dots = DotPanel {
            title: "dagen".to_owned(),
            rows: vec![row(&[1.0, 2.0, 9.0], "4"), row(&[3.0], "3"), row(&[], "–")],
            is_difference: false,
            lang: Lang::Nl,
        };
        let lines = LinePanel {
            title: "gezinnen".to_owned(),
            lines: vec![Line {
                name: text.to_owned(),
                ink: None,
                sign: 9,
                points: vec![(0.0, 1.0), (1.0, 3.0)],
                band: vec![(0.0, -0.5, 1.5), (1.0, 2.5, 3.5)],
                mark: Some((1.0, 3.0)),
            }],
            level: Axis::over(0.0, 1.0, 2, Lang::Nl),
            divide: Some(0.5),
            least: 0.0,
            lang: Lang::Nl,
        };
        let panels = [dots.draw(), lines.draw()];
        Figure {
            key: "a".to_owned(),
            title: text.to_owned(),
            panels: panels.map(|panel| (panel, text.to_owned())).into(),
            n_columns: 2,
            guide: text.to_owned(),
            notes: vec![text.to_owned()],
        }
    }

    #[test]
    fn a_figure_is_the_same_each_time_and_every_place_in_it_is_a_number() {
        for svg in [
            figure("Een & ander").to_file(),
            figure("x").to_html("nl", 3),
        ] {
            assert!(!svg.contains("NaN") && !svg.contains("inf"), "{svg}");
        }
        assert_eq!(figure("a").to_file(), figure("a").to_file());
        assert!(
            figure("a & b")
                .to_file()
                .contains("<title id=\"a-t\">a &amp; b</title>")
        );
    }

    #[test]
    fn ten_thousand_characters_leave_a_figure_its_size() {
        let long = "<b>".repeat(3000);
        let (usual, other) = (figure(&"woord ".repeat(300)), figure(&long));
        let height = |figure: &Figure| {
            let svg = figure.to_file();
            let (_, rest) = svg.split_once("height=\"").unwrap();
            rest.split_once('"').unwrap().0.parse::<f64>().unwrap()
        };
        assert!(height(&other) <= height(&usual));
        assert!(!other.to_file().contains("<b>"));
    }
}
