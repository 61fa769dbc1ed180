//! Signs on a sheet, as SVG.

use std::fmt::Write;

use crate::scenario::harmless_letter;

/// Ink of what is drawn and written.
pub const INK: &str = "#1a1a1a";
/// Ink of axes and of what is less important; 7 : 1 on white.
pub const GREY: &str = "#555555";
/// Ink of helping lines.
pub const PALE: &str = "#d5d5d5";

/// Where a text stands from its place.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub enum Anchor {
    /// To the right of it.
    Start,
    /// On both sides of it.
    Middle,
    /// To the left of it.
    End,
}

/// A sheet with what has been drawn on it. Places and sizes are in pixels, from
/// the upper left; nothing that is drawn asks for a font's measures, so the same
/// drawing gives the same bytes.
#[derive(Clone, PartialEq, Debug, Default)]
pub struct Sheet {
    /// Width \[pixels\].
    pub width: f64,
    /// Height \[pixels\].
    pub height: f64,
    body: String,
}

impl Sheet {
    /// An empty sheet.
    pub fn new(width: f64, height: f64) -> Self {
        Sheet {
            width,
            height,
            body: String::new(),
        }
    }

    /// A straight line with so many pixels of ink, dashed if `dash` says how.
    pub fn line(&mut self, from: (f64, f64), to: (f64, f64), ink: &str, width: f64, dash: &str) {
        let (x1, y1, x2, y2) = (n(from.0), n(from.1), n(to.0), n(to.1));
        let dash = dashed(dash);
        let width = n(width);
        self.put(format_args!(
            r#"<path d="M{x1} {y1}L{x2} {y2}" stroke="{ink}" stroke-width="{width}"{dash}/>"#
        ));
    }

    /// A line through points.
    pub fn path(&mut self, points: &[(f64, f64)], ink: &str, width: f64, dash: &str) {
        let (d, dash, width) = (way(points), dashed(dash), n(width));
        self.put(format_args!(
            r#"<path d="{d}" fill="none" stroke="{ink}" stroke-width="{width}" stroke-linejoin="round"{dash}/>"#
        ));
    }

    /// A surface between points, so thin that lines show through.
    pub fn band(&mut self, points: &[(f64, f64)], ink: &str) {
        let d = way(points);
        self.put(format_args!(
            r#"<path d="{d}Z" fill="{ink}" fill-opacity="0.15"/>"#
        ));
    }

    /// A surface between left and right ends at rising heights, with smooth sides.
    pub fn ribbon(&mut self, ends: &[((f64, f64), f64)], fill: &str) {
        let mut d = String::new();
        let there = ends.iter().map(|&((left, _), y)| (left, y));
        let back = ends.iter().rev().map(|&((_, right), y)| (right, y));
        for side in [there.collect::<Vec<_>>(), back.collect()] {
            let sign = if d.is_empty() { 'M' } else { 'L' };
            let _ = write!(d, "{sign}{} {}", n(side[0].0), n(side[0].1));
            for pair in side.windows(2) {
                let ((x0, y0), (x1, y1)) = (pair[0], pair[1]);
                let (x0, middle, x1, y1) = (n(x0), n(0.5 * (y0 + y1)), n(x1), n(y1));
                let _ = match x0 == x1 {
                    true => write!(d, "V{y1}"),
                    false => write!(d, "C{x0} {middle} {x1} {middle} {x1} {y1}"),
                };
            }
        }
        self.put(format_args!(r#"<path d="{d}Z" fill="{fill}"/>"#));
    }

    /// A broad line through points that go level and upright, with round corners.
    pub fn bent(&mut self, points: &[(f64, f64)], corner: f64, ink: &str, width: f64) {
        let mut d = format!("M{} {}", n(points[0].0), n(points[0].1));
        for three in points.windows(3) {
            let (before, at, after) = (three[0], three[1], three[2]);
            let toward = |other: (f64, f64)| {
                let (dx, dy) = (other.0 - at.0, other.1 - at.1);
                let length = dx.abs().max(dy.abs());
                let part = if length > 0.0 {
                    (corner / length).min(0.5)
                } else {
                    0.0
                };
                (n(at.0 + part * dx), n(at.1 + part * dy))
            };
            let ((x0, y0), (x1, y1)) = (toward(before), toward(after));
            let (x, y) = (n(at.0), n(at.1));
            let _ = write!(d, "L{x0} {y0}Q{x} {y} {x1} {y1}");
        }
        let last = points[points.len() - 1];
        let _ = write!(d, "L{} {}", n(last.0), n(last.1));
        let width = n(width);
        self.put(format_args!(
            r#"<path d="{d}" fill="none" stroke="{ink}" stroke-width="{width}"/>"#
        ));
    }

    /// Straight lines apart from each other, as one element.
    pub fn strokes(&mut self, lines: &[[(f64, f64); 2]], ink: &str, width: f64) {
        if lines.is_empty() {
            return;
        }
        let d: String = lines.iter().map(|line| way(line)).collect();
        let width = n(width);
        self.put(format_args!(
            r#"<path d="{d}" fill="none" stroke="{ink}" stroke-width="{width}"/>"#
        ));
    }

    /// A surface within closed lines; one within another is a hole.
    pub fn shape(&mut self, rings: &[Vec<(f64, f64)>], fill: &str, ink: &str) {
        let d: String = rings.iter().map(|ring| way(ring) + "Z").collect();
        self.put(format_args!(
            r#"<path d="{d}" fill="{fill}" fill-rule="evenodd" stroke="{ink}" stroke-linejoin="round"/>"#
        ));
    }

    /// A dot with an edge.
    pub fn dot(&mut self, (x, y): (f64, f64), radius: f64, fill: &str, ink: &str) {
        let (x, y, radius) = (n(x), n(y), n(radius));
        self.put(format_args!(
            r#"<circle cx="{x}" cy="{y}" r="{radius}" fill="{fill}" stroke="{ink}" stroke-width="2"/>"#
        ));
    }

    /// A rectangle.
    pub fn rectangle(&mut self, (x, y): (f64, f64), size: (f64, f64), fill: &str, ink: &str) {
        let (x, y, width, height) = (n(x), n(y), n(size.0), n(size.1));
        self.put(format_args!(
            r#"<rect x="{x}" y="{y}" width="{width}" height="{height}" fill="{fill}" stroke="{ink}"/>"#
        ));
    }

    /// A text of so many pixels.
    pub fn text(&mut self, (x, y): (f64, f64), size: f64, anchor: Anchor, ink: &str, text: &str) {
        let anchor = match anchor {
            Anchor::Start => "",
            Anchor::Middle => r#" text-anchor="middle""#,
            Anchor::End => r#" text-anchor="end""#,
        };
        let (x, y, size, text) = (n(x), n(y), n(size), escaped(text));
        self.put(format_args!(
            r#"<text x="{x}" y="{y}" font-size="{size}" fill="{ink}"{anchor}>{text}</text>"#
        ));
    }

    /// The same in heavy letters.
    pub fn heavy(&mut self, place: (f64, f64), size: f64, anchor: Anchor, ink: &str, text: &str) {
        self.begin(&[("font-weight", "700")]);
        self.text(place, size, anchor, ink, text);
        self.end();
    }

    /// Begins a group with attributes; [`Sheet::end`] ends it.
    pub fn begin(&mut self, attributes: &[(&str, &str)]) {
        self.body.push_str("<g");
        for (name, value) in attributes {
            let value = escaped(value);
            let _ = write!(self.body, r#" {name}="{value}""#);
        }
        self.body.push_str(">\n");
    }

    /// Ends a group.
    pub fn end(&mut self) {
        self.body.push_str("</g>\n");
    }

    /// What a pointer that rests on the group is told.
    pub fn hint(&mut self, text: &str) {
        let text = escaped(text);
        self.put(format_args!("<title>{text}</title>"));
    }

    /// Lays a sheet on this one, its upper left at a place.
    pub fn lay(&mut self, (x, y): (f64, f64), sheet: &Sheet) {
        let (x, y) = (n(x), n(y));
        self.put(format_args!(r#"<g transform="translate({x} {y})">"#));
        self.body.push_str(&sheet.body);
        self.end();
    }

    /// The same, so many times as large.
    pub fn lay_larger(&mut self, (x, y): (f64, f64), scale: f64, sheet: &Sheet) {
        let (x, y) = (n(x), n(y));
        self.put(format_args!(
            r#"<g transform="translate({x} {y}) scale({scale})">"#
        ));
        self.body.push_str(&sheet.body);
        self.end();
    }

    /// The sheet as an element or a file, with words for who cannot see it: `id`
    /// is of nothing else on a page.
    pub fn to_svg(&self, id: &str, title: &str, description: &str) -> String {
        let (width, height, body) = (n(self.width), n(self.height), &self.body);
        let (title, description) = (escaped(title), escaped(description));
        format!(
            "<svg xmlns=\"http://www.w3.org/2000/svg\" width=\"{width}\" height=\"{height}\" \
             viewBox=\"0 0 {width} {height}\" font-family=\"Arial, Helvetica, 'Liberation Sans', sans-serif\" \
             role=\"img\" aria-labelledby=\"{id}-t\" aria-describedby=\"{id}-d\">\n\
             <title id=\"{id}-t\">{title}</title>\n<desc id=\"{id}-d\">{description}</desc>\n\
             {body}</svg>\n"
        )
    }

    fn put(&mut self, element: std::fmt::Arguments) {
        let _ = writeln!(self.body, "{element}");
    }
}

/// The entries of a list, in which nothing is markup.
pub fn items(texts: &[String]) -> String {
    texts
        .iter()
        .map(|text| format!("<li>{}</li>\n", escaped(text)))
        .collect()
}

/// A text between tags or in an attribute, whatever is in it.
pub fn escaped(text: &str) -> String {
    let mut safe = String::with_capacity(text.len());
    for letter in text.chars() {
        match letter {
            '&' => safe.push_str("&amp;"),
            '<' => safe.push_str("&lt;"),
            '>' => safe.push_str("&gt;"),
            '"' => safe.push_str("&quot;"),
            '\'' => safe.push_str("&apos;"),
            _ => safe.push(harmless_letter(letter)),
        }
    }
    safe
}

fn way(points: &[(f64, f64)]) -> String {
    let mut d = String::new();
    for (number, &(x, y)) in points.iter().enumerate() {
        let sign = if number == 0 { 'M' } else { 'L' };
        let _ = write!(d, "{sign}{} {}", n(x), n(y));
    }
    d
}

fn dashed(dash: &str) -> String {
    if dash.is_empty() {
        String::new()
    } else {
        format!(r#" stroke-dasharray="{dash}""#)
    }
}

/// A place to a tenth of a pixel.
fn n(value: f64) -> String {
    let text = format!("{value:.1}");
    let text = text.strip_suffix(".0").unwrap_or(&text);
    if text == "-0" { "0" } else { text }.to_owned()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn no_text_ends_its_element() {
        let mut sheet = Sheet::new(10.0, 10.0);
        let hostile = "</text></svg><script>alert(\"1\")</script>&'\u{0}\u{b}";
        sheet.text((1.0, 2.04), 12.0, Anchor::Start, INK, hostile);
        sheet.begin(&[("data-region", hostile)]);
        sheet.end();
        let svg = sheet.to_svg("x", hostile, hostile);
        assert!(!svg.contains("<script"), "{svg}");
        assert_eq!(svg.matches("</svg>").count(), 1);
        assert_eq!(svg.matches("</text>").count(), 1);
        assert!(svg.contains(r#"<text x="1" y="2" "#), "{svg}");
        assert!(
            !svg.chars()
                .any(|letter| letter == '\u{0}' || letter == '\u{b}')
        );
    }
}
