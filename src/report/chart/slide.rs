//! Panels beside each other on a slide.

use super::svg::{Anchor, GREY, INK, Sheet};
use super::{Drawn, MARGIN, PANEL_WIDTH};
use crate::report::words::text::{cut, wrap};

/// A slide of 1280 by 720 pixels, thirteen inches wide.
const SIZE: (f64, f64) = (1280.0, 720.0);
/// How much larger than elsewhere a panel is: its smallest text is then one of fourteen points.
const SCALE: f64 = 1.5;
const TITLE_LETTERS: usize = 74;
const NOTE_LETTERS: usize = 120;

/// A slide: what it finds, at most two panels, and notes.
#[derive(Clone, PartialEq, Debug)]
pub struct Slide {
    /// Its name in files: small letters, digits and underscores.
    pub key: String,
    /// What it finds.
    pub title: String,
    /// The panels.
    pub panels: Vec<Drawn>,
    /// What else a reader should know.
    pub notes: Vec<String>,
}

impl Slide {
    /// The slide as a file.
    pub fn to_file(&self) -> String {
        let mut sheet = Sheet::new(SIZE.0, SIZE.1);
        sheet.rectangle((0.0, 0.0), SIZE, "#ffffff", "none");
        let lines = wrap(&self.title, TITLE_LETTERS).into_iter().take(2);
        for (line, number) in lines.zip(0..) {
            let y = 50.0 + 36.0 * f64::from(number);
            let line = cut(&line, TITLE_LETTERS);
            sheet.heavy((2.0 * MARGIN, y), 28.0, Anchor::Start, INK, &line);
        }
        let width = SCALE * PANEL_WIDTH;
        for ((panel, _), number) in self.panels.iter().zip(0..) {
            let x = 1.5 * MARGIN + f64::from(number) * (width + MARGIN);
            sheet.lay_larger((x, 115.0), SCALE, panel);
        }
        for (note, number) in self.notes.iter().rev().zip(0..) {
            let y = SIZE.1 - 24.0 - 26.0 * f64::from(number);
            let note = cut(note, NOTE_LETTERS);
            sheet.text((2.0 * MARGIN, y), 19.0, Anchor::Start, GREY, &note);
        }
        sheet.to_svg(&self.key, &self.title, &self.words())
    }

    /// The words of its panels and notes, for who cannot see it.
    pub fn words(&self) -> String {
        let words = self.panels.iter().map(|(_, words)| words.as_str());
        let words = words.chain(self.notes.iter().map(String::as_str));
        words.collect::<Vec<_>>().join(" ")
    }
}
