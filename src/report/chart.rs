//! Small multiples: panels of lines with bands beside each other, as an SVG.
//!
//! Nothing here knows what the lines are about. All that touches the drawing
//! library is in this file. The same chart gives the same bytes: places are
//! whole numbers, ticks are computed here through `libm`, and no font is
//! measured.

use std::io;
use std::ops::Range;

use plotters::coord::Shift;
use plotters::coord::ranged1d::{KeyPointHint, NoDefaultFormatting, Ranged, ValueFormatter};
use plotters::prelude::*;
use plotters::style::text_anchor::{HPos, Pos, VPos};

use super::{Lang, local};

/// Colours that people who see few colours can tell apart (M. Okabe and K. Ito,
/// "Color Universal Design", 2008), without the yellow, which is lost on white.
const COLORS: [RGBColor; 7] = [
    RGBColor(0, 0, 0),
    RGBColor(230, 159, 0),
    RGBColor(86, 180, 233),
    RGBColor(0, 158, 115),
    RGBColor(0, 114, 178),
    RGBColor(213, 94, 0),
    RGBColor(204, 121, 167),
];
const GREY: RGBColor = RGBColor(90, 90, 90);
const PALE: RGBColor = RGBColor(225, 225, 225);

/// The library places things at whole numbers; so many of them go in a pixel.
const FINE: i32 = 4;
/// Pixels of the whole picture, of a panel and of what stands above them.
const WIDTH: i32 = 1200;
const PANEL_HEIGHT: i32 = 240;
const MARGIN: i32 = 16;
const TITLE_HEIGHT: i32 = 34;
const LEGEND_HEIGHT: i32 = 21;
/// Ticks on an upright axis, at most.
const MOST_TICKS: f64 = 5.0;

type Area<'a> = DrawingArea<SVGBackend<'a>, Shift>;
type Drawn = Result<(), DrawingAreaErrorKind<io::Error>>;

/// A picture of panels that share their horizontal axis.
#[derive(Clone, PartialEq, Debug)]
pub(super) struct Chart {
    /// What it shows, in a few words.
    pub title: String,
    /// What a reader who cannot see it should know.
    pub description: String,
    /// Signs with their meaning, in two columns below the title.
    pub legend: [Vec<(Sign, String)>; 2],
    /// Panels beside each other.
    pub n_columns: usize,
    /// The panels, row by row.
    pub panels: Vec<Panel>,
    /// Ends of the horizontal axis.
    pub range: (f64, f64),
    /// Where it has a tick, and what stands there.
    pub ticks: Vec<(f64, String)>,
    /// Where an upright line divides every panel.
    pub divide: Option<f64>,
    /// How numbers are written.
    pub lang: Lang,
}

/// What stands in a legend.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub(super) enum Sign {
    /// A line of this colour.
    Line(usize),
    /// A band of this colour.
    Band(usize),
    /// A dot of this colour.
    Dot(usize),
    /// The line that divides the panels.
    Divide,
}

/// One panel; its upright axis begins at zero.
#[derive(Clone, PartialEq, Debug)]
pub(super) struct Panel {
    /// What it shows, with the unit.
    pub title: String,
    /// The lines, the first on top.
    pub lines: Vec<Line>,
    /// Places that are marked, with a colour.
    pub dots: Vec<(usize, (f64, f64))>,
}

/// A line, with a band about it if there is one.
#[derive(Clone, PartialEq, Debug)]
pub(super) struct Line {
    /// Number of its colour.
    pub color: usize,
    /// The points (x, y).
    pub points: Vec<(f64, f64)>,
    /// The band (x, low, high).
    pub band: Vec<(f64, f64, f64)>,
}

impl Chart {
    /// The picture as an SVG file.
    pub fn to_svg(&self) -> String {
        let n_rows = self.panels.len().div_ceil(self.n_columns) as i32;
        let header = MARGIN + TITLE_HEIGHT + LEGEND_HEIGHT * self.n_legend_rows() as i32;
        let height = header + n_rows * PANEL_HEIGHT + MARGIN;
        let mut svg = String::new();
        let size = ((WIDTH * FINE) as u32, (height * FINE) as u32);
        let root = SVGBackend::with_string(&mut svg, size).into_drawing_area();
        self.draw(&root, header)
            .expect("text can always be written to");
        drop(root);
        self.with_head(&svg, height)
    }

    fn n_legend_rows(&self) -> usize {
        self.legend[0].len().max(self.legend[1].len())
    }

    /// Puts a head of ours before what was drawn: its size in pixels, and words
    /// for who cannot see it.
    fn with_head(&self, svg: &str, height: i32) -> String {
        let drawn = svg.split_once('\n').map_or("", |(_, drawn)| drawn);
        let (fine_width, fine_height) = (WIDTH * FINE, height * FINE);
        let (title, description) = (escaped(&self.title), escaped(&self.description));
        format!(
            "<svg xmlns=\"http://www.w3.org/2000/svg\" width=\"{WIDTH}\" height=\"{height}\" \
             viewBox=\"0 0 {fine_width} {fine_height}\" role=\"img\" aria-labelledby=\"title desc\">\n\
             <title id=\"title\">{title}</title>\n<desc id=\"desc\">{description}</desc>\n{drawn}"
        )
    }

    fn draw(&self, root: &Area, header: i32) -> Drawn {
        root.fill(&WHITE)?;
        let (head, body) = root.split_vertically(header * FINE);
        let title = text_style(20).pos(Pos::new(HPos::Left, VPos::Top));
        head.draw(&Text::new(
            self.title.clone(),
            (MARGIN * FINE, MARGIN * FINE),
            title,
        ))?;
        for (column, x) in self.legend.iter().zip([MARGIN, MARGIN + WIDTH / 2]) {
            for (row, (sign, meaning)) in (0..).zip(column) {
                let y = MARGIN + TITLE_HEIGHT + row * LEGEND_HEIGHT;
                draw_legend(&head, (x * FINE, y * FINE), *sign, meaning)?;
            }
        }
        let n_rows = self.panels.len().div_ceil(self.n_columns);
        let body = body.margin(0, MARGIN * FINE, 0, 0);
        let areas = body.split_evenly((n_rows, self.n_columns));
        for (panel, area) in self.panels.iter().zip(&areas) {
            self.draw_panel(panel, area)?;
        }
        root.present()
    }

    fn draw_panel(&self, panel: &Panel, area: &Area) -> Drawn {
        let upright = Axis::from_zero_to(panel.highest(), self.lang);
        let level = Axis {
            range: self.range,
            ticks: self.ticks.clone(),
        };
        let (n_level, n_upright) = (level.ticks.len(), upright.ticks.len());
        let top = upright.range.1;
        let mut chart = ChartBuilder::on(area)
            .margin_right(24 * FINE)
            .margin_left(MARGIN * FINE / 2)
            .margin_top(40 * FINE)
            .x_label_area_size(28 * FINE)
            .y_label_area_size(50 * FINE)
            .build_cartesian_2d(level, upright)?;
        chart
            .configure_mesh()
            .disable_x_mesh()
            .light_line_style(TRANSPARENT)
            .bold_line_style(PALE.stroke_width(FINE as u32))
            .axis_style(GREY.stroke_width(FINE as u32))
            .set_all_tick_mark_size(4 * FINE)
            .x_labels(n_level)
            .y_labels(n_upright)
            .label_style(text_style(14))
            .draw()?;
        area.draw(&Text::new(
            panel.title.clone(),
            (MARGIN * FINE / 2, 10 * FINE),
            text_style(16).pos(Pos::new(HPos::Left, VPos::Top)),
        ))?;
        if let Some(x) = self.divide {
            let line = [(x, 0.0), (x, top)];
            let style = GREY.stroke_width(FINE as u32);
            chart.draw_series(DashedLineSeries::new(line, 5 * FINE, 4 * FINE, style))?;
        }
        for line in panel.lines.iter().filter(|line| !line.band.is_empty()) {
            let there = line.band.iter().map(|&(x, low, _)| (x, low.max(0.0)));
            let back = line.band.iter().rev().map(|&(x, _, high)| (x, high));
            let outline: Vec<(f64, f64)> = there.chain(back).collect();
            let style = color(line.color).mix(0.2).filled();
            chart.draw_series([Polygon::new(outline, style)])?;
        }
        for line in panel.lines.iter().rev() {
            let style = color(line.color).stroke_width(2 * FINE as u32);
            chart.draw_series(LineSeries::new(line.points.iter().copied(), style))?;
        }
        for &(number, place) in &panel.dots {
            chart.draw_series([Circle::new(place, 5 * FINE, color(number).filled())])?;
        }
        Ok(())
    }
}

impl Panel {
    /// The highest place that is drawn.
    fn highest(&self) -> f64 {
        let lines = self.lines.iter().flat_map(|line| {
            let points = line.points.iter().map(|&(_, y)| y);
            points.chain(line.band.iter().map(|&(_, _, high)| high))
        });
        lines.fold(0.0, f64::max)
    }
}

/// An axis with ticks where we want them, and words of ours at them.
#[derive(Clone)]
struct Axis {
    range: (f64, f64),
    ticks: Vec<(f64, String)>,
}

impl Axis {
    /// From zero to the first tick that is not below `highest`; ticks at steps
    /// of 1, 2 or 5 times a power of ten.
    fn from_zero_to(highest: f64, lang: Lang) -> Self {
        let highest = if highest > 0.0 { highest } else { 1.0 };
        let power = libm::floor(libm::log10(highest / MOST_TICKS));
        let steps = [1.0, 2.0, 5.0, 10.0].map(|times| times * libm::pow(10.0, power));
        let step = steps.into_iter().find(|step| highest / step <= MOST_TICKS);
        let step = step.unwrap_or(steps[3]);
        let n_decimals = (-libm::floor(libm::log10(step) + 1e-9)).max(0.0) as usize;
        let n = (highest / step).ceil() as i32;
        let places = (0..=n).map(|n| f64::from(n) * step);
        Axis {
            range: (0.0, f64::from(n) * step),
            ticks: places.map(|y| (y, local(y, n_decimals, lang))).collect(),
        }
    }
}

impl Ranged for Axis {
    type FormatOption = NoDefaultFormatting;
    type ValueType = f64;

    fn map(&self, value: &f64, (start, end): (i32, i32)) -> i32 {
        let (low, high) = self.range;
        start + (f64::from(end - start) * (value - low) / (high - low)).round() as i32
    }

    fn key_points<Hint: KeyPointHint>(&self, _: Hint) -> Vec<f64> {
        self.ticks.iter().map(|(place, _)| *place).collect()
    }

    fn range(&self) -> Range<f64> {
        self.range.0..self.range.1
    }
}

impl ValueFormatter<f64> for Axis {
    fn format_ext(&self, value: &f64) -> String {
        let tick = self.ticks.iter().find(|(place, _)| place == value);
        tick.map_or(String::new(), |(_, words)| words.clone())
    }
}

fn draw_legend(area: &Area, (x, y): (i32, i32), sign: Sign, meaning: &str) -> Drawn {
    let middle = y + 8 * FINE;
    let (left, right) = (x, x + 26 * FINE);
    let line = vec![(left, middle), (right, middle)];
    match sign {
        Sign::Line(number) => area.draw(&PathElement::new(
            line,
            color(number).stroke_width(3 * FINE as u32),
        ))?,
        Sign::Band(number) => area.draw(&Rectangle::new(
            [(left, middle - 6 * FINE), (right, middle + 6 * FINE)],
            color(number).mix(0.2).filled(),
        ))?,
        Sign::Dot(number) => area.draw(&Circle::new(
            (left + 13 * FINE, middle),
            5 * FINE,
            color(number).filled(),
        ))?,
        Sign::Divide => {
            for part in 0..2 {
                let top = middle + (part * 8 - 8) * FINE;
                let x = left + 13 * FINE;
                let style = GREY.stroke_width(FINE as u32);
                area.draw(&PathElement::new(
                    vec![(x, top), (x, top + 5 * FINE)],
                    style,
                ))?;
            }
        }
    }
    let style = text_style(15).pos(Pos::new(HPos::Left, VPos::Center));
    area.draw(&Text::new(
        meaning.to_owned(),
        (right + 8 * FINE, middle),
        style,
    ))
}

fn color(number: usize) -> RGBColor {
    COLORS[number % COLORS.len()]
}

fn text_style(pixels: i32) -> TextStyle<'static> {
    // The library writes sizes divided by this.
    let size = f64::from(pixels * FINE) * 1.24;
    TextStyle::from(("sans-serif", size).into_font())
}

/// A text between tags.
fn escaped(text: &str) -> String {
    let text = text.replace('&', "&amp;");
    text.replace('<', "&lt;").replace('>', "&gt;")
}

#[cfg(test)]
mod tests {
    use super::*;

    fn chart() -> Chart {
        let line = |color: usize| Line {
            color,
            points: vec![(0.0, 1.0), (1.0, 3.0), (2.0, 2.0)],
            band: vec![(0.0, 0.5, 1.5), (1.0, 2.5, 3.5), (2.0, 1.5, 2.5)],
        };
        let panel = |title: &str| Panel {
            title: title.to_owned(),
            lines: vec![line(0), line(9)],
            dots: vec![(0, (1.0, 3.0))],
        };
        Chart {
            title: "Een & ander <hier>".to_owned(),
            description: "Meer \"dan\" niets".to_owned(),
            legend: [
                vec![(Sign::Line(0), "a < b".to_owned())],
                vec![
                    (Sign::Divide, "begin".to_owned()),
                    (Sign::Dot(1), "punt".to_owned()),
                ],
            ],
            n_columns: 2,
            panels: vec![panel("een"), panel("twee"), panel("drie")],
            range: (0.0, 2.0),
            ticks: vec![(0.0, "2024".to_owned()), (1.0, "2025".to_owned())],
            divide: Some(1.0),
            lang: Lang::Nl,
        }
    }

    #[test]
    fn a_chart_is_the_same_each_time_and_says_what_it_shows() {
        let svg = chart().to_svg();
        assert_eq!(svg, chart().to_svg());
        assert!(svg.starts_with("<svg xmlns="), "{svg}");
        assert!(svg.contains("<title id=\"title\">Een &amp; ander &lt;hier&gt;</title>"));
        assert!(svg.contains("<desc id=\"desc\">Meer \"dan\" niets</desc>"));
        assert!(svg.contains("a &lt; b"), "{svg}");
        assert_eq!(svg.matches("<svg").count(), 1);
        assert!(svg.trim_end().ends_with("</svg>"));
        for text in ["een", "twee", "drie", "2024", "2025"] {
            assert!(svg.contains(&format!("\n{text}\n")), "{text}");
        }
    }

    #[test]
    fn an_axis_has_round_ticks_from_zero_to_above_the_highest() {
        let ticks = |highest| {
            let ticks = Axis::from_zero_to(highest, Lang::Nl).ticks.into_iter();
            let words: Vec<String> = ticks.map(|(_, words)| words).collect();
            words.join(" ")
        };
        assert_eq!(ticks(0.0), "0,0 0,2 0,4 0,6 0,8 1,0");
        assert_eq!(ticks(3.4), "0 1 2 3 4");
        assert_eq!(ticks(5.0), "0 1 2 3 4 5");
        assert_eq!(ticks(0.31), "0,0 0,1 0,2 0,3 0,4");
        assert_eq!(ticks(13_608.0), "0 5000 10.000 15.000");
    }
}
