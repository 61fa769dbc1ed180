//! Regions as shapes with a number in each.

use super::svg::{Anchor, GREY, INK, Sheet};
use super::tile::{SHADES, Tile, keys};
use super::{PANEL_WIDTH, TITLE_HEIGHT};
use crate::report::words::text::cut;

/// Pixels of a line of the legend.
const KEY_HEIGHT: f64 = 20.0;
/// Pixels of a digit, and of the plate below a number besides.
const DIGIT: f64 = 6.6;
const PLATE_HEIGHT: f64 = 15.0;

/// A shape.
#[derive(Clone, PartialEq, Debug)]
pub struct Shape {
    /// The region's name.
    pub region: String,
    /// Its closed lines; one within another is a hole.
    pub rings: Vec<Vec<(f64, f64)>>,
    /// Where its number stands.
    pub middle: (f64, f64),
}

/// A map of shapes, as a map of tiles otherwise.
#[derive(Clone, PartialEq, Debug)]
pub struct ShapeMap {
    /// What it shows.
    pub title: String,
    /// What a shape of a region without a number is told to show.
    pub nothing: String,
    /// The regions that are known.
    pub tiles: Vec<Tile>,
    /// What each of [`SHADES`] stands for.
    pub legend: Vec<String>,
    /// The shapes.
    pub shapes: Vec<Shape>,
    /// Width and height of the shapes \[pixels\].
    pub size: (f64, f64),
}

impl ShapeMap {
    /// Draws it; every shape is a group with its region in `data-region`. Numbers stand on white plates: no ink
    /// can be read on two neighbours at once.
    pub fn draw(&self) -> Sheet {
        let width = self.size.0.max(PANEL_WIDTH);
        let bottom = TITLE_HEIGHT + self.size.1 + 10.0;
        let height = bottom + KEY_HEIGHT * SHADES.len() as f64;
        let mut sheet = Sheet::new(width, height);
        sheet.begin(&[("class", "map-title")]);
        sheet.heavy((0.0, 15.0), 13.5, Anchor::Start, INK, &cut(&self.title, 60));
        sheet.end();
        let tile_of = |shape: &Shape| self.tiles.iter().find(|tile| tile.region == shape.region);
        // Those without a number first, so that no edge of theirs lies over another.
        let (known, others): (Vec<&Shape>, Vec<&Shape>) = self
            .shapes
            .iter()
            .partition(|shape| tile_of(shape).is_some());
        for shape in others.into_iter().chain(known) {
            self.draw_shape(&mut sheet, shape, tile_of(shape));
        }
        for ((words, fill, edge), row) in keys(&self.legend).zip(0..) {
            let y = bottom + KEY_HEIGHT * f64::from(row);
            sheet.begin(&[("class", "key")]);
            sheet.rectangle((1.0, y), (14.0, 14.0), fill, edge);
            sheet.text((21.0, y + 11.0), 11.5, Anchor::Start, INK, words);
            sheet.end();
        }
        sheet
    }

    fn draw_shape(&self, sheet: &mut Sheet, shape: &Shape, tile: Option<&Tile>) {
        let down = |&(x, y): &(f64, f64)| (x, y + TITLE_HEIGHT);
        let rings = shape
            .rings
            .iter()
            .map(|ring| ring.iter().map(down).collect());
        let rings: Vec<Vec<(f64, f64)>> = rings.collect();
        let Some(tile) = tile else {
            sheet.begin(&[("class", "no-tile"), ("data-region", &shape.region)]);
            sheet.hint(&format!("{}: {}", shape.region, self.nothing));
            sheet.shape(&rings, "#ffffff", "#bbbbbb");
            sheet.end();
            return;
        };
        sheet.begin(&[
            ("class", "tile"),
            ("data-region", &shape.region),
            ("data-plate", "yes"),
        ]);
        sheet.hint(&tile.hint);
        sheet.shape(&rings, SHADES[tile.shade].0, INK);
        let (x, y) = down(&shape.middle);
        let width = DIGIT * tile.number.chars().count() as f64 + 6.0;
        let place = (x - 0.5 * width, y - 0.5 * PLATE_HEIGHT);
        sheet.rectangle(place, (width, PLATE_HEIGHT), "#ffffff", GREY);
        sheet.heavy((x, y + 4.0), 11.5, Anchor::Middle, INK, &tile.number);
        sheet.end();
    }
}
