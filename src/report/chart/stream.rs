//! Families that stream from step to step, from above to below: a Sankey diagram of which every
//! step has a row of its own, so that there is room for its name and for who does it.
//!
//! What goes on to a later step runs down at the left of the steps between; what goes back runs up
//! at the right of all names. What ends leaves a step downwards to a short stop.

use super::svg::{Anchor, GREY, INK, Sheet};
use super::{PANEL_WIDTH, TITLE_HEIGHT};
use crate::report::words::text::{cut, wrap};

/// Pixels from one step to the next, and of the bar of a step.
const ROW_HEIGHT: f64 = 62.0;
const BAR_HEIGHT: f64 = 15.0;
/// Pixels between what runs past a step and the step.
const SPACE: f64 = 5.0;
/// Pixels that the broadest row may take, and the first at the left.
const BREADTH: f64 = 165.0;
const LEFT: f64 = 2.0;
/// Where lines that go back run up, the first of them.
const BACK: f64 = PANEL_WIDTH - 6.0;
/// Pixels of what ends, below the step.
const STOP: f64 = 11.0;
/// Characters of a name that fit beside a bar, by pixels.
const LETTER: f64 = 5.6;
/// Characters of a title on a line, and its lines.
const TITLE_LENGTH: usize = 52;
const TITLE_LINES: usize = 2;
const LEGEND_HEIGHT: f64 = 38.0;
/// Ink of what stays with whom it was, and of what is handed over; they differ in grey too.
const KEPT: &str = "#c3d3e3";
const HANDED: &str = "#a34700";

/// Steps with what streams between them.
#[derive(Clone, PartialEq, Debug)]
pub struct StreamPanel {
    /// Whose it is.
    pub title: String,
    /// What a pale and a dark stream, and a stop, are.
    pub legend: [String; 3],
    /// The steps, from above.
    pub steps: Vec<StreamStep>,
    /// The streams between them.
    pub streams: Vec<Stream>,
    /// Families in a pixel.
    pub per_pixel: f64,
}

/// A step.
#[derive(Clone, PartialEq, Debug)]
pub struct StreamStep {
    /// Its name.
    pub name: String,
    /// Who does it.
    pub team: String,
    /// How many come, and how many of them end here.
    pub numbers: String,
    /// Ink of its team; none where the step is not there.
    pub ink: Option<&'static str>,
    /// Families that come to it, or come in by it.
    pub families: f64,
    /// Families that end at it.
    pub ended: f64,
}

/// A stream.
#[derive(Clone, Copy, PartialEq, Debug)]
pub struct Stream {
    /// Number of the step that is left.
    pub from: usize,
    /// Number of the step that begins.
    pub to: usize,
    /// Families in it.
    pub families: f64,
    /// Of those, handed over.
    pub handovers: f64,
}

/// Pixels to the left and right of what is drawn.
type Span = (f64, f64);

impl StreamPanel {
    /// Families in the broadest row: what stands in it and what runs past it.
    pub fn breadth(steps: &[StreamStep], streams: &[Stream]) -> f64 {
        let past = |row: usize| {
            let past = streams
                .iter()
                .filter(move |one| one.from < row && one.to > row);
            past.map(|one| one.families).sum::<f64>()
        };
        let rows = steps.iter().enumerate();
        rows.map(|(row, step)| step.families + past(row))
            .fold(0.0, f64::max)
    }

    /// Families in a pixel, such that so many fit.
    pub fn per_pixel(breadth: f64) -> f64 {
        (breadth / BREADTH).max(f64::MIN_POSITIVE)
    }

    /// Draws it.
    pub fn draw(&self) -> Sheet {
        let top = TITLE_HEIGHT * TITLE_LINES as f64 * 0.7 + LEGEND_HEIGHT;
        let y = |row: usize| top + ROW_HEIGHT * row as f64;
        let mut sheet = Sheet::new(PANEL_WIDTH, y(self.steps.len()));
        self.head(&mut sheet);
        let rows = self.rows();
        let downward = self.streams.iter().enumerate();
        let downward = downward.filter(|(_, stream)| stream.to > stream.from);
        let mut downward: Vec<usize> = downward.map(|(number, _)| number).collect();
        // The thin ones pass below the broad ones, as scratches on them would say nothing.
        let families = |number: usize| self.streams[number].families;
        downward.sort_by(|&a, &b| families(a).total_cmp(&families(b)).then(a.cmp(&b)));
        for number in downward {
            self.down(&mut sheet, &rows, number, y);
        }
        self.back(&mut sheet, &rows, y);
        for (row, step) in self.steps.iter().enumerate() {
            self.step(&mut sheet, step, rows[row].bar, y(row));
        }
        sheet
    }

    fn head(&self, sheet: &mut Sheet) {
        let lines = wrap(&self.title, TITLE_LENGTH).into_iter();
        for (line, number) in lines.take(TITLE_LINES).zip(0..) {
            let y = 13.0 + 16.0 * f64::from(number);
            let line = cut(&line, TITLE_LENGTH);
            sheet.heavy((0.0, y), 13.0, Anchor::Start, INK, &line);
        }
        let top = TITLE_HEIGHT * TITLE_LINES as f64 * 0.7;
        let [kept, handed, stop] = &self.legend;
        for (fill, words, place) in [(KEPT, kept, (0.0, 0.0)), (HANDED, handed, (0.0, 16.0))] {
            sheet.rectangle((place.0, top + place.1), (18.0, 9.0), fill, "none");
            let at = (place.0 + 24.0, top + place.1 + 9.0);
            sheet.text(at, 11.0, Anchor::Start, INK, words);
        }
        sheet.rectangle((250.0, top), (18.0, 7.0), KEPT, "none");
        sheet.rectangle((250.0, top + 7.0), (18.0, 2.5), INK, "none");
        sheet.text((274.0, top + 9.0), 11.0, Anchor::Start, INK, stop);
    }

    /// Where everything stands, row by row.
    fn rows(&self) -> Vec<Row> {
        let mut order: Vec<usize> = (0..self.streams.len()).collect();
        // What goes furthest runs at the left, so that the nearest leaves first.
        order.sort_by_key(|&number| {
            let stream = &self.streams[number];
            (std::cmp::Reverse(stream.to), stream.from)
        });
        let width = |families: f64| families / self.per_pixel;
        let row = |row: usize| {
            let mut x = LEFT;
            let mut past = vec![None; self.streams.len()];
            for &number in &order {
                let stream = &self.streams[number];
                if stream.from < row && stream.to > row {
                    let wide = width(stream.families);
                    past[number] = Some((x, x + wide));
                    x += wide;
                }
            }
            if x > LEFT {
                x += SPACE;
            }
            Row {
                bar: (x, x + width(self.steps[row].families).max(1.5)),
                past,
            }
        };
        (0..self.steps.len()).map(row).collect()
    }

    /// Where a stream leaves its first step: what goes furthest at the left, then the nearer.
    fn leaves(&self, rows: &[Row], number: usize) -> Span {
        let stream = &self.streams[number];
        let left: f64 = (self.streams.iter().enumerate())
            .filter(|(_, one)| one.from == stream.from && one.to > one.from)
            .filter(|(_, one)| one.to > stream.to)
            .map(|(_, one)| one.families / self.per_pixel)
            .sum();
        let x = rows[stream.from].bar.0 + left;
        (x, x + stream.families / self.per_pixel)
    }

    /// Where a stream comes to its last step: what has run longest at the left.
    fn comes(&self, rows: &[Row], number: usize) -> Span {
        let stream = &self.streams[number];
        let left: f64 = (self.streams.iter().enumerate())
            .filter(|(_, one)| one.to == stream.to && one.to > one.from)
            .filter(|&(other, one)| (one.from, other) < (stream.from, number))
            .map(|(_, one)| one.families / self.per_pixel)
            .sum();
        let x = rows[stream.to].bar.0 + left;
        (x, x + stream.families / self.per_pixel)
    }

    /// A stream to a later step; the part that is handed over lies on it at the right.
    fn down(&self, sheet: &mut Sheet, rows: &[Row], number: usize, y: impl Fn(usize) -> f64) {
        let stream = &self.streams[number];
        let mut spans = vec![(self.leaves(rows, number), y(stream.from) + BAR_HEIGHT)];
        for (row, place) in rows
            .iter()
            .enumerate()
            .take(stream.to)
            .skip(stream.from + 1)
        {
            let span = place.past[number].expect("it runs past this row");
            spans.push((span, y(row)));
            spans.push((span, y(row) + BAR_HEIGHT));
        }
        spans.push((self.comes(rows, number), y(stream.to)));
        sheet.ribbon(&spans, KEPT);
        let share = (stream.handovers / stream.families).clamp(0.0, 1.0);
        if share > 0.0 {
            let part =
                |&((left, right), y): &(Span, f64)| ((right - share * (right - left), right), y);
            sheet.ribbon(&spans.iter().map(part).collect::<Vec<_>>(), HANDED);
        }
    }

    /// Streams to the same or an earlier step: out below, up at the right, in above.
    fn back(&self, sheet: &mut Sheet, rows: &[Row], y: impl Fn(usize) -> f64) {
        let mut lane = BACK;
        let backs = self.streams.iter().filter(|one| one.to <= one.from);
        let mut backs: Vec<&Stream> = backs.collect();
        backs.sort_by_key(|one| (one.to, one.from));
        let mut entered = vec![0.0; self.steps.len()];
        for stream in backs {
            let wide = (stream.families / self.per_pixel).max(0.8);
            let leaves = rows[stream.from].bar.1 - 0.5 * wide;
            let comes = rows[stream.to].bar.1 - entered[stream.to] - 0.5 * wide;
            entered[stream.to] += wide;
            let below = y(stream.from) + BAR_HEIGHT;
            let low = below + 26.0 + 0.5 * wide;
            let high = y(stream.to) - 8.0 - 0.5 * wide;
            let x = lane - 0.5 * wide;
            lane -= wide + 2.0;
            let bend = 6.0 + 0.5 * wide;
            let share = (stream.handovers / stream.families).clamp(0.0, 1.0);
            let points = [
                (leaves, below),
                (leaves, low),
                (x, low),
                (x, high),
                (comes, high),
                (comes, y(stream.to)),
            ];
            sheet.bent(&points, bend, KEPT, wide);
            if share > 0.0 {
                sheet.bent(&points, bend, HANDED, (share * wide).max(0.8));
            }
        }
    }

    fn step(&self, sheet: &mut Sheet, step: &StreamStep, bar: Span, y: f64) {
        let Some(ink) = step.ink else {
            let name = format!("{}: {}", step.name, step.numbers);
            sheet.text((bar.0 + 4.0, y + 11.0), 11.0, Anchor::Start, GREY, &name);
            return;
        };
        let ended = step.ended / self.per_pixel;
        if ended > 0.3 {
            let right = bar.1 - self.backward(step) / self.per_pixel;
            let below = y + BAR_HEIGHT;
            sheet.rectangle((right - ended, below), (ended, STOP), KEPT, "none");
            sheet.rectangle((right - ended, below + STOP), (ended, 2.5), INK, "none");
        }
        sheet.rectangle((bar.0, y), (bar.1 - bar.0, BAR_HEIGHT), ink, "none");
        let room = ((BACK - 26.0 - bar.1) / LETTER) as usize;
        let x = bar.1 + 6.0;
        sheet.heavy(
            (x, y + 9.0),
            11.5,
            Anchor::Start,
            INK,
            &cut(&step.name, room),
        );
        let mut under = y + 22.0;
        if !step.team.is_empty() {
            let team = cut(&step.team, room);
            sheet.text((x, under), 11.0, Anchor::Start, INK, &team);
            under += 13.0;
        }
        let numbers = cut(&step.numbers, room);
        sheet.text((x, under), 10.5, Anchor::Start, GREY, &numbers);
    }

    /// Families that go from a step to the same or an earlier one.
    fn backward(&self, step: &StreamStep) -> f64 {
        let number = self.steps.iter().position(|one| std::ptr::eq(one, step));
        let backs = self.streams.iter();
        let backs = backs.filter(|one| Some(one.from) == number && one.to <= one.from);
        backs.map(|one| one.families).sum()
    }
}

/// A row: the bar of its step, and what runs past it.
struct Row {
    bar: Span,
    past: Vec<Option<Span>>,
}
