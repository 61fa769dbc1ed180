//! Lanes under one another on one axis: bars for what lasts, marks for what happens.

use super::TITLE_HEIGHT;
use super::axis::Axis;
use super::ink::team_ink;
use super::svg::{Anchor, GREY, INK, PALE, Sheet};
use crate::report::words::text::{cut, wrap};

/// Pixels of a letter of a label in a bar, on average.
const LETTER: f64 = 5.9;
/// Pixels at the left and at the right of the axis.
const SIDE: f64 = 14.0;
const FOOT_HEIGHT: f64 = 40.0;
/// Heights in a lane \[pixels\]: a line of words, the two lines of marks, bars.
const WORDS_LINE: f64 = 15.0;
const MARKS_HEIGHT: f64 = 32.0;
const HOLD_HEIGHT: f64 = 20.0;
const THIN_HEIGHT: f64 = 13.0;
const BETWEEN: f64 = 2.0;
const AFTER: f64 = 14.0;
/// Pixels of a sign in the legend, and between its rows.
const KEY_WIDTH: f64 = 34.0;
const KEY_HEIGHT: f64 = 19.0;
/// Pixels of a column of the legend.
const KEY_COLUMN: f64 = 286.0;
/// Marks that are nearer to each other are drawn as one with its number \[pixels\].
const CROWDED: f64 = 12.0;
/// Pixels of that number.
const NUMBER: f64 = 7.0;

/// The hatching of a team's ground, so that neighbours can be told apart in black and white too.
const HATCHES: [Hatch; 4] = [Hatch::None, Hatch::Upright, Hatch::Level, Hatch::Dots];

/// What a team of that number is drawn as: its ground, the ink on it, its hatching.
fn of_team(number: usize) -> (&'static str, &'static str, Hatch) {
    (team_ink(number), "#ffffff", HATCHES[number % HATCHES.len()])
}

#[derive(Clone, Copy, PartialEq, Eq, Debug)]
enum Hatch {
    None,
    Upright,
    Level,
    Slanted,
    Dots,
}

/// What a bar is drawn as.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub enum Ground {
    /// The ground of that number.
    Of(usize),
    /// White with slanted hatching and a broken edge: nothing goes on.
    Empty,
    /// White with a heavy edge.
    Heavy,
    /// White.
    Plain,
}

/// A row of bars in a lane.
#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Debug)]
pub enum Shelf {
    /// High bars: the main thing.
    Main,
    /// Thin ones below it.
    Beside,
    /// Thin ones below those.
    Below,
    /// The last.
    Last,
}

const SHELVES: [Shelf; 4] = [Shelf::Main, Shelf::Beside, Shelf::Below, Shelf::Last];

/// Something that lasts.
#[derive(Clone, PartialEq, Debug)]
pub struct Bar {
    /// Where it begins on the axis.
    pub from: f64,
    /// Where it ends.
    pub to: f64,
    /// Its row.
    pub shelf: Shelf,
    /// How it is drawn.
    pub ground: Ground,
    /// What stands in it where there is room, the longest first.
    pub labels: Vec<String>,
    /// What a pointer that rests on it is told.
    pub hint: String,
}

/// A sign for what happens at one moment.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub enum Mark {
    /// A triangle that points down.
    Triangle,
    /// An open circle.
    Circle,
    /// A cross.
    Cross,
    /// A heavy cross in a box.
    BoxedCross,
    /// A house.
    House,
    /// A small upright line.
    Tick,
    /// A high upright line that ends it.
    End,
    /// An arrow that goes on.
    GoesOn,
}

/// What happens at one moment.
#[derive(Clone, PartialEq, Debug)]
pub struct LaneMark {
    /// Where on the axis.
    pub at: f64,
    /// Its sign.
    pub mark: Mark,
    /// What a pointer that rests on it is told.
    pub hint: String,
}

/// A lane.
#[derive(Clone, PartialEq, Debug)]
pub struct Lane {
    /// Its name.
    pub name: String,
    /// What it comes down to.
    pub numbers: String,
    /// What lasts.
    pub bars: Vec<Bar>,
    /// What happens.
    pub marks: Vec<LaneMark>,
}

/// What stands in the legend of a panel of lanes.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub enum LaneSign {
    /// A bar.
    Bar(Ground),
    /// A thin bar of that ground.
    Thin(Ground),
    /// A mark.
    Mark(Mark),
}

/// A panel of lanes.
#[derive(Clone, PartialEq, Debug)]
pub struct LanePanel {
    /// What the axis is.
    pub title: String,
    /// The lanes, from above.
    pub lanes: Vec<Lane>,
    /// The axis.
    pub axis: Axis,
    /// What stands in the legend.
    pub legend: Vec<(LaneSign, String)>,
}

impl LanePanel {
    /// Draws it so wide \[pixels\].
    pub fn draw(&self, width: f64) -> Sheet {
        let letters = |size: f64| ((width - 4.0) / (0.53 * size)) as usize;
        let lines = |text: &str, size: f64| wrap(&cut(text, 400), letters(size));
        let words: Vec<[Vec<String>; 2]> = (self.lanes.iter())
            .map(|lane| [lines(&lane.name, 14.0), lines(&lane.numbers, 11.5)])
            .collect();
        let n_lines = |words: &[Vec<String>; 2]| words[0].len() + words[1].len();
        let heights: Vec<f64> = (self.lanes.iter().zip(&words))
            .map(|(lane, words)| lane.height(n_lines(words)))
            .collect();
        let bottom = TITLE_HEIGHT + heights.iter().sum::<f64>();
        let n_columns = ((width / KEY_COLUMN) as usize).max(1);
        let n_rows = self.legend.len().div_ceil(n_columns);
        let height = bottom + FOOT_HEIGHT + KEY_HEIGHT * n_rows as f64;
        let mut sheet = Sheet::new(width, height);
        let title = cut(&self.title, letters(13.5));
        sheet.heavy((0.0, 15.0), 13.5, Anchor::Start, INK, &title);
        let x = |value: f64| self.axis.place(value, SIDE, width - SIDE);
        for (value, words) in &self.axis.ticks {
            let place = x(*value);
            sheet.line((place, TITLE_HEIGHT), (place, bottom), PALE, 1.0, "");
            sheet.text((place, bottom + 15.0), 11.0, Anchor::Middle, GREY, words);
        }
        let mut top = TITLE_HEIGHT;
        for ((lane, words), height) in self.lanes.iter().zip(&words).zip(&heights) {
            // A white ground, so that words are not crossed by the lines of the axis.
            let below = top + words_height(n_lines(words));
            sheet.rectangle((0.0, top), (width, below - top), "#ffffff", "none");
            let mut y = top + 12.0;
            for line in &words[0] {
                let line = cut(line, letters(13.0));
                sheet.heavy((0.0, y), 13.0, Anchor::Start, INK, &line);
                y += WORDS_LINE;
            }
            for line in &words[1] {
                sheet.text(
                    (0.0, y),
                    11.5,
                    Anchor::Start,
                    INK,
                    &cut(line, letters(11.5)),
                );
                y += WORDS_LINE;
            }
            lane.draw(&mut sheet, below, &x);
            top += height;
        }
        for (number, (sign, words)) in self.legend.iter().enumerate() {
            let (column, row) = (number / n_rows, number % n_rows);
            let left = column as f64 * KEY_COLUMN;
            let y = bottom + FOOT_HEIGHT + KEY_HEIGHT * row as f64;
            key(&mut sheet, *sign, (left, y));
            let words = cut(words, 40);
            let place = (left + KEY_WIDTH + 8.0, y + 4.0);
            sheet.text(place, 11.5, Anchor::Start, INK, &words);
        }
        sheet
    }
}

/// A bar with its row among those of its shelf.
type Placed<'a> = (&'a Bar, usize);

impl Lane {
    /// The bars of a shelf, those that overlap under one another, and how many rows they take.
    fn on(&self, shelf: Shelf) -> (Vec<Placed<'_>>, usize) {
        let mut ends: Vec<f64> = Vec::new();
        let mut placed = Vec::new();
        for bar in self.bars.iter().filter(|bar| bar.shelf == shelf) {
            let free = ends.iter().position(|&end| end <= bar.from);
            let row = free.unwrap_or(ends.len());
            if row == ends.len() {
                ends.push(bar.to);
            } else {
                ends[row] = bar.to;
            }
            placed.push((bar, row));
        }
        let least = usize::from(shelf == Shelf::Main);
        (placed, ends.len().max(least))
    }

    fn height(&self, n_lines: usize) -> f64 {
        let rows = SHELVES.map(|shelf| self.on(shelf).1 as f64 * (height_of(shelf) + BETWEEN));
        words_height(n_lines) + MARKS_HEIGHT + rows.iter().sum::<f64>() + AFTER
    }

    fn draw(&self, sheet: &mut Sheet, top: f64, x: &dyn Fn(f64) -> f64) {
        let mut y = top + MARKS_HEIGHT;
        for shelf in SHELVES {
            let (bars, n_rows) = self.on(shelf);
            let height = height_of(shelf) + BETWEEN;
            for (bar, row) in bars {
                bar.draw(sheet, (x(bar.from), x(bar.to)), y + height * row as f64);
            }
            y += height * n_rows as f64;
        }
        for is_upper in [true, false] {
            let y = top + if is_upper { 8.0 } else { MARKS_HEIGHT - 9.0 };
            let marks = self.marks.iter();
            let marks = marks.filter(|one| one.mark.is_upper() == is_upper);
            draw_marks(sheet, marks, y, x);
        }
    }
}

/// Draws marks on one line: those of one sign that are near each other as one with their number,
/// others beside each other.
fn draw_marks<'a>(
    sheet: &mut Sheet,
    marks: impl Iterator<Item = &'a LaneMark>,
    y: f64,
    x: &dyn Fn(f64) -> f64,
) {
    let mut drawn: Vec<(Mark, f64, usize, Vec<&str>)> = Vec::new();
    for one in marks {
        let place = x(one.at);
        let mut near = drawn.iter_mut().rev().take(2);
        let same = near.find(|before| before.0 == one.mark && place - before.1 < CROWDED);
        match same {
            Some((_, _, n, hints)) => {
                *n += 1;
                hints.push(&one.hint);
            }
            None => drawn.push((one.mark, place, 1, vec![&one.hint])),
        }
    }
    let mut free = f64::NEG_INFINITY;
    for (mark, place, n, hints) in drawn {
        let place = if mark.is_end() {
            place
        } else {
            place.max(free)
        };
        if !mark.is_end() {
            free = place + CROWDED + if n > 1 { NUMBER } else { 0.0 };
        }
        sheet.begin(&[("class", "mark")]);
        sheet.hint(&hints.join("; "));
        draw_mark(sheet, mark, (place, y));
        if n > 1 {
            let words = n.to_string();
            sheet.heavy((place + 5.0, y + 6.0), 9.5, Anchor::Start, INK, &words);
        }
        sheet.end();
    }
}

impl Mark {
    /// Whether it stands on the upper of the two lines of marks.
    fn is_upper(self) -> bool {
        matches!(
            self,
            Mark::Cross | Mark::BoxedCross | Mark::House | Mark::Tick
        )
    }

    /// Whether it belongs to the bar below it.
    fn is_end(self) -> bool {
        matches!(self, Mark::End | Mark::GoesOn)
    }
}

/// Pixels of so many lines of words above a lane.
fn words_height(n_lines: usize) -> f64 {
    WORDS_LINE * n_lines as f64 + 4.0
}

fn height_of(shelf: Shelf) -> f64 {
    match shelf {
        Shelf::Main => HOLD_HEIGHT,
        _ => THIN_HEIGHT,
    }
}

impl Bar {
    fn draw(&self, sheet: &mut Sheet, (left, right): (f64, f64), y: f64) {
        let width = (right - left).max(1.5);
        let height = height_of(self.shelf);
        sheet.begin(&[("class", "bar-of-lane")]);
        sheet.hint(&self.hint);
        let (fill, ink) = ground(sheet, self.ground, (left, y), (width, height));
        let size = if self.shelf == Shelf::Main { 11.0 } else { 9.5 };
        let letter = LETTER * size / 11.0;
        let fits = |label: &&String| label.chars().count() as f64 * letter + 4.0 < width;
        if let Some(label) = self.labels.iter().find(fits) {
            let middle = 0.5 * (left + left + width);
            let room = label.chars().count() as f64 * letter + 3.0;
            if has_lines(self.ground) {
                let place = (middle - 0.5 * room, y + 2.0);
                sheet.rectangle(place, (room, height - 4.0), fill, "none");
            }
            let base = y + 0.5 * height + 0.36 * size;
            sheet.text((middle, base), size, Anchor::Middle, ink, label);
        } else if let (true, Some(label)) = (
            self.shelf == Shelf::Last && self.from == self.to,
            self.labels.last(),
        ) {
            // What is only known to begin is named behind its beginning.
            let base = y + 0.5 * height + 0.36 * size;
            let room = label.chars().count() as f64 * letter + 4.0;
            if left + width + room < sheet.width {
                sheet.text((left + width + 3.0, base), size, Anchor::Start, INK, label);
            } else {
                sheet.text((left - 3.0, base), size, Anchor::End, INK, label);
            }
        }
        sheet.end();
    }
}

fn has_lines(ground: Ground) -> bool {
    match ground {
        Ground::Of(number) => of_team(number).2 != Hatch::None,
        Ground::Empty => true,
        Ground::Heavy | Ground::Plain => false,
    }
}

/// Draws a ground; gives its fill and the ink that can be read on it.
fn ground(
    sheet: &mut Sheet,
    ground: Ground,
    (x, y): (f64, f64),
    (width, height): (f64, f64),
) -> (&'static str, &'static str) {
    let (fill, ink, hatch) = match ground {
        Ground::Of(number) => of_team(number),
        Ground::Empty => ("#ffffff", INK, Hatch::Slanted),
        Ground::Heavy | Ground::Plain => ("#ffffff", INK, Hatch::None),
    };
    let edge = if ground == Ground::Empty { "none" } else { INK };
    sheet.rectangle((x, y), (width, height), fill, edge);
    if ground == Ground::Heavy && width > 4.0 {
        sheet.rectangle((x + 1.5, y + 1.5), (width - 3.0, height - 3.0), fill, INK);
    }
    let (right, bottom) = (x + width, y + height);
    let mut lines: Vec<[(f64, f64); 2]> = Vec::new();
    let steps = |from: f64, to: f64, step: f64| {
        let n = ((to - from) / step).max(0.0) as usize;
        (1..=n).map(move |number| from + step * number as f64)
    };
    match hatch {
        Hatch::None => {}
        Hatch::Upright => {
            lines.extend(steps(x, right - 0.5, 4.0).map(|at| [(at, y), (at, bottom)]))
        }
        Hatch::Level => lines.extend(steps(y, bottom - 0.5, 4.0).map(|at| [(x, at), (right, at)])),
        Hatch::Dots => {
            for level in steps(y, bottom - 1.0, 4.5) {
                let dots = steps(x, right - 2.0, 5.0);
                lines.extend(dots.map(|at| [(at, level), (at + 1.5, level)]));
            }
        }
        Hatch::Slanted => {
            for at in steps(x - height, right, 5.0) {
                // From the lower left to the upper right, as far as the bar goes.
                let (from, to) = (at.max(x), (at + height).min(right));
                if from < to {
                    lines.push([(from, bottom - (from - at)), (to, bottom - (to - at))]);
                }
            }
        }
    }
    let hatching = match ground {
        Ground::Of(_) => PALE,
        _ => GREY,
    };
    sheet.strokes(&lines, hatching, 1.0);
    (fill, ink)
}

fn draw_mark(sheet: &mut Sheet, mark: Mark, (x, y): (f64, f64)) {
    match mark {
        Mark::Triangle => {
            let ends = vec![(x - 5.0, y - 4.0), (x + 5.0, y - 4.0), (x, y + 6.0)];
            sheet.shape(&[ends], INK, INK);
        }
        Mark::Circle => sheet.dot((x, y), 3.6, "#ffffff", INK),
        Mark::Cross | Mark::BoxedCross => {
            let arm = 4.0;
            if mark == Mark::BoxedCross {
                sheet.rectangle((x - 6.0, y - 6.0), (12.0, 12.0), "#ffffff", INK);
            }
            let lines = [
                [(x - arm, y - arm), (x + arm, y + arm)],
                [(x - arm, y + arm), (x + arm, y - arm)],
            ];
            sheet.strokes(&lines, INK, 2.0);
        }
        Mark::House => {
            let walls = [
                (-5.0, -1.0),
                (0.0, -6.0),
                (5.0, -1.0),
                (5.0, 6.0),
                (-5.0, 6.0),
            ];
            let walls = walls.map(|(right, down)| (x + right, y + down));
            sheet.shape(&[walls.to_vec()], "#ffffff", INK);
        }
        Mark::Tick => sheet.line((x, y - 5.0), (x, y + 8.0), INK, 1.5, ""),
        Mark::End => sheet.line((x, y - 4.0), (x, y + 30.0), INK, 4.0, ""),
        Mark::GoesOn => {
            let tip = [
                (x - 6.0, y + 14.0),
                (x + 6.0, y + 19.0),
                (x - 6.0, y + 24.0),
            ];
            sheet.shape(&[tip.to_vec()], "#ffffff", INK);
        }
    }
}

fn key(sheet: &mut Sheet, sign: LaneSign, (x, y): (f64, f64)) {
    match sign {
        LaneSign::Bar(of) => {
            ground(sheet, of, (x + 1.0, y - 7.0), (KEY_WIDTH - 2.0, 14.0));
        }
        LaneSign::Thin(of) => {
            ground(sheet, of, (x + 1.0, y - 4.0), (KEY_WIDTH - 2.0, 8.0));
        }
        LaneSign::Mark(Mark::End) => sheet.line(
            (x + 0.5 * KEY_WIDTH, y - 8.0),
            (x + 0.5 * KEY_WIDTH, y + 8.0),
            INK,
            4.0,
            "",
        ),
        LaneSign::Mark(Mark::GoesOn) => draw_mark(sheet, Mark::GoesOn, (x + 17.0, y - 19.0)),
        LaneSign::Mark(mark) => draw_mark(sheet, mark, (x + 0.5 * KEY_WIDTH, y)),
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::report::Lang;

    fn panel() -> LanePanel {
        let bar = |from, to, shelf, ground| Bar {
            from,
            to,
            shelf,
            ground,
            labels: vec!["a long label & more".to_owned(), "a".to_owned()],
            hint: "<hint>".to_owned(),
        };
        let mark = |at, mark| LaneMark {
            at,
            mark,
            hint: String::new(),
        };
        let lane = |bars, marks| Lane {
            name: "<b>".to_owned(),
            numbers: "woord ".repeat(40),
            bars,
            marks,
        };
        LanePanel {
            title: "dagen".to_owned(),
            lanes: vec![
                lane(
                    vec![
                        bar(0.0, 300.0, Shelf::Main, Ground::Of(0)),
                        bar(300.0, 300.0, Shelf::Beside, Ground::Of(2)),
                        bar(10.0, 90.0, Shelf::Below, Ground::Empty),
                        bar(10.0, 90.0, Shelf::Last, Ground::Heavy),
                    ],
                    vec![mark(3.0, Mark::Circle), mark(4.0, Mark::Circle)],
                ),
                lane(Vec::new(), vec![mark(9e9, Mark::GoesOn)]),
            ],
            axis: Axis::over(0.0, 400.0, 5, Lang::Nl),
            legend: vec![(LaneSign::Bar(Ground::Of(40)), "x".to_owned())],
        }
    }

    #[test]
    fn lanes_stay_on_their_sheet_and_every_place_is_a_number() {
        for width in [380.0, 880.0] {
            let sheet = panel().draw(width);
            let svg = sheet.to_svg("x", "", "");
            assert!(!svg.contains("NaN") && !svg.contains("inf"), "{svg}");
            assert!(!svg.contains("<b>") && !svg.contains("<hint>"), "{svg}");
            assert_eq!(sheet.width, width);
        }
        // Narrower lines are more lines.
        assert!(panel().draw(380.0).height > panel().draw(880.0).height);
    }

    #[test]
    fn a_label_stands_only_where_there_is_room_and_near_marks_become_one() {
        let svg = panel().draw(880.0).to_svg("x", "", "");
        assert_eq!(svg.matches(">a long label &amp; more<").count(), 3);
        assert_eq!(svg.matches("class=\"mark\"").count(), 2);
        assert!(svg.contains(">2<"));
    }
}
