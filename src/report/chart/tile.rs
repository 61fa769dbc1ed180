//! The veiligheidsregio's as tiles, roughly in their true places.

use super::svg::{Anchor, GREY, INK, Sheet};
use super::{PANEL_WIDTH, TITLE_HEIGHT};
use crate::report::words::text::cut;

/// Every region with its column, its row, and its name on a tile.
const PLACES: [(&str, usize, usize, &str); 25] = [
    ("Fryslân", 3, 0, "Fryslân"),
    ("Groningen", 4, 0, "Groningen"),
    ("Noord-Holland Noord", 1, 1, "N-Holland Noord"),
    ("IJsselland", 3, 1, "IJsselland"),
    ("Drenthe", 4, 1, "Drenthe"),
    ("Zaanstreek-Waterland", 1, 2, "Zaanstreek- Waterland"),
    ("Flevoland", 2, 2, "Flevoland"),
    ("Noord- en Oost-Gelderland", 3, 2, "NO- Gelderland"),
    ("Twente", 4, 2, "Twente"),
    ("Kennemerland", 0, 3, "Kennemerland"),
    ("Amsterdam-Amstelland", 1, 3, "Amsterdam- Amstelland"),
    ("Gooi en Vechtstreek", 2, 3, "Gooi en Vechtstreek"),
    ("Gelderland-Midden", 3, 3, "Gelderland- Midden"),
    ("Haaglanden", 0, 4, "Haaglanden"),
    ("Hollands Midden", 1, 4, "Hollands Midden"),
    ("Utrecht", 2, 4, "Utrecht"),
    ("Gelderland-Zuid", 3, 4, "Gelderland- Zuid"),
    ("Rotterdam-Rijnmond", 1, 5, "Rotterdam- Rijnmond"),
    ("Zuid-Holland Zuid", 2, 5, "Z-Holland Zuid"),
    ("Brabant-Noord", 3, 5, "Brabant- Noord"),
    ("Zeeland", 1, 6, "Zeeland"),
    ("Midden- en West-Brabant", 2, 6, "Midden-West- Brabant"),
    ("Brabant-Zuidoost", 3, 6, "Brabant- Zuidoost"),
    ("Limburg-Noord", 4, 6, "Limburg- Noord"),
    ("Zuid-Limburg", 4, 7, "Zuid- Limburg"),
];
const N_COLUMNS: usize = 5;
const N_ROWS: usize = 8;
const WIDTH: f64 = PANEL_WIDTH / N_COLUMNS as f64;
const HEIGHT: f64 = 58.0;
const GAP: f64 = 3.0;
/// Lines of the legend, and pixels of its first column.
const LEGEND_ROWS: i32 = 3;
const LEGEND_WIDTH: f64 = 125.0;
/// Characters of a name in a line of a tile.
const NAME_LENGTH: usize = 13;

/// From light to dark, each with the ink that can be read on it; greys of one hue, so that
/// they stay in order without colour.
pub const SHADES: [(&str, &str); 5] = [
    ("#f1f6fb", INK),
    ("#c6dbef", INK),
    ("#8fbcdb", INK),
    ("#2f72ab", "#ffffff"),
    ("#08306b", "#ffffff"),
];

/// A map of tiles.
#[derive(Clone, PartialEq, Debug)]
pub struct TileMap {
    /// What it shows.
    pub title: String,
    /// What a tile of a region without a number is told to show.
    pub nothing: String,
    /// The regions that are known.
    pub tiles: Vec<Tile>,
    /// What each of [`SHADES`] stands for.
    pub legend: Vec<String>,
}

/// A region on it.
#[derive(Clone, PartialEq, Debug)]
pub struct Tile {
    /// The region's name.
    pub region: String,
    /// Its number, as people read it.
    pub number: String,
    /// Its shade, the number of a row of [`SHADES`].
    pub shade: usize,
    /// What a pointer that rests on it is told.
    pub hint: String,
}

/// What each of [`SHADES`] stands for, with its fill and its edge. Those that stand for nothing are
/// not seen; page.js fills them for another KPI.
pub(crate) fn keys(legend: &[String]) -> impl Iterator<Item = (&str, &str, &str)> {
    SHADES.iter().enumerate().map(|(row, (fill, _))| {
        let words = legend.get(row);
        words.map_or(("", "none", "none"), |words| (words, *fill, GREY))
    })
}

impl TileMap {
    /// Draws it. Every tile is a group with its region in `data-region`; regions that we
    /// know no place of stand in rows below.
    pub fn draw(&self) -> Sheet {
        let is_known = |tile: &&Tile| PLACES.iter().any(|place| place.0 == tile.region);
        let others: Vec<&Tile> = self.tiles.iter().filter(|tile| !is_known(tile)).collect();
        let n_rows = N_ROWS + others.len().div_ceil(N_COLUMNS);
        let mut sheet = Sheet::new(PANEL_WIDTH, TITLE_HEIGHT + HEIGHT * n_rows as f64);
        sheet.begin(&[("class", "map-title")]);
        sheet.heavy((0.0, 15.0), 13.5, Anchor::Start, INK, &cut(&self.title, 60));
        sheet.end();
        for (region, column, row, name) in PLACES {
            let tile = self.tiles.iter().find(|tile| tile.region == region);
            self.draw_tile(&mut sheet, (column, row), region, name, tile);
        }
        // In the empty row beside Zuid-Limburg.
        for ((words, fill, edge), row) in keys(&self.legend).zip(0..) {
            let (column, row) = (f64::from(row / LEGEND_ROWS), f64::from(row % LEGEND_ROWS));
            let x = 1.0 + LEGEND_WIDTH * column;
            let y = TITLE_HEIGHT + HEIGHT * (N_ROWS - 1) as f64 + 18.0 * row;
            sheet.begin(&[("class", "key")]);
            sheet.rectangle((x, y), (14.0, 14.0), fill, edge);
            sheet.text((x + 20.0, y + 11.0), 11.5, Anchor::Start, INK, words);
            sheet.end();
        }
        for (tile, number) in others.into_iter().zip(0..) {
            let place = (number % N_COLUMNS, N_ROWS + number / N_COLUMNS);
            self.draw_tile(&mut sheet, place, &tile.region, &tile.region, Some(tile));
        }
        sheet
    }

    fn draw_tile(
        &self,
        sheet: &mut Sheet,
        (column, row): (usize, usize),
        region: &str,
        name: &str,
        tile: Option<&Tile>,
    ) {
        let (x, y) = (column as f64 * WIDTH, TITLE_HEIGHT + row as f64 * HEIGHT);
        let (fill, ink) = tile.map_or(("#ffffff", GREY), |tile| SHADES[tile.shade]);
        let edge = if tile.is_some() { GREY } else { "#bbbbbb" };
        let class = if tile.is_some() { "tile" } else { "no-tile" };
        sheet.begin(&[("class", class), ("data-region", region)]);
        let hint = tile.map_or_else(
            || format!("{region}: {}", self.nothing),
            |tile| tile.hint.clone(),
        );
        sheet.hint(&hint);
        let size = (WIDTH - GAP, HEIGHT - GAP);
        sheet.rectangle((x + 1.0, y), size, fill, edge);
        let middle = x + 1.0 + 0.5 * size.0;
        for (line, number) in lines(name).iter().zip(0..) {
            let place = (middle, y + 14.0 + 12.0 * f64::from(number));
            sheet.text(place, 10.5, Anchor::Middle, ink, line);
        }
        let number = tile.map_or("", |tile| &tile.number);
        sheet.heavy((middle, y + 46.0), 14.0, Anchor::Middle, ink, number);
        sheet.end();
    }
}

/// A name in at most two lines of a tile.
fn lines(name: &str) -> Vec<String> {
    // A place where it may be broken is none where it fits on a line.
    let whole = name.replace("- ", "-");
    let name = match whole.chars().count() <= NAME_LENGTH {
        true => &whole,
        false => name,
    };
    let lines = crate::report::words::text::wrap(name, NAME_LENGTH);
    lines
        .iter()
        .take(2)
        .map(|line| cut(line, NAME_LENGTH))
        .collect()
}

#[cfg(test)]
mod tests {
    use std::collections::BTreeSet;

    use super::*;

    #[test]
    fn every_region_of_the_country_has_a_tile_of_its_own() {
        let file = std::path::Path::new(env!("CARGO_MANIFEST_DIR")).join("scenarios/regions.csv");
        let mut reader = csv::Reader::from_path(file).unwrap();
        let names: BTreeSet<String> = reader
            .records()
            .map(|row| row.unwrap()[1].to_owned())
            .collect();
        let drawn: BTreeSet<String> = PLACES.iter().map(|place| place.0.to_owned()).collect();
        assert_eq!(drawn, names);
        let spots: BTreeSet<_> = PLACES.iter().map(|place| (place.1, place.2)).collect();
        assert_eq!(spots.len(), PLACES.len());
        assert!(
            spots
                .iter()
                .all(|&(column, row)| column < N_COLUMNS && row < N_ROWS)
        );
    }

    #[test]
    fn a_name_is_broken_only_where_it_does_not_fit() {
        assert_eq!(lines("Zuid- Limburg"), ["Zuid-Limburg"]);
        assert_eq!(lines("Zaanstreek- Waterland"), ["Zaanstreek-", "Waterland"]);
        assert!(PLACES.iter().any(|place| lines(place.3) == [place.0]));
    }

    #[test]
    fn a_region_without_a_place_stands_below() {
        let tile = |region: &str| Tile {
            region: region.to_owned(),
            number: "7".to_owned(),
            shade: 4,
            hint: String::new(),
        };
        let map = |tiles| TileMap {
            title: "x".to_owned(),
            nothing: "niet in deze run".to_owned(),
            tiles,
            legend: Vec::new(),
        };
        let usual = map(vec![tile("Zeeland")]).draw();
        let other = map(vec![tile("Zeeland"), tile("Atlantis")]).draw();
        assert_eq!(other.height, usual.height + HEIGHT);
        let svg = other.to_svg("x", "", "");
        assert!(svg.contains("data-region=\"Atlantis\"") && svg.contains("niet in deze run"));
    }
}
