//! Borders as they are drawn: projected, on a fine grid, with a place for a number.

use std::io;
use std::path::Path;

use serde::{Deserialize, Serialize};

use super::parse::{Borders, Point, Ring, fewer};
use super::{GeometryError, NAMES, parse};
use crate::report::record::reading::ReadingError;
use crate::scenario::{Folder, Said, TextHash, said};

/// Name of the file in a run folder that holds the shapes of its map.
pub const GEOMETRY: &str = "geometry.json";
/// Pixels of the map.
const WIDTH: f64 = 500.0;
/// The same, at most.
const HEIGHT: f64 = 640.0;
/// Parts of a pixel of the grid on which every point is put. Neighbours share their points, so that no
/// gap opens between them, as it would if each were simplified by itself.
const GRID: f64 = 2.0;
/// Cosine of 52.2 degrees, by which a degree of longitude in the Netherlands is the shorter.
const NARROWER: f64 = 0.6129;
/// Points of the grid on which the middle of a shape is looked for, each way, and how often it is refined.
const SEARCH: usize = 24;
const REFINEMENTS: usize = 3;
/// Points that the shapes of a page may have.
const MOST_POINTS: usize = 60_000;
/// The largest file of them that is read back \[bytes\]: as many points with room to spare.
const MOST_BYTES: u64 = 4 << 20;

/// Shapes of regions, as large as they are drawn.
#[derive(Clone, PartialEq, Debug, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Outlines {
    /// Name of the file that they were made from.
    pub source: String,
    /// The hash of its text, in hexadecimal.
    pub sha256: String,
    /// Width \[pixels\].
    pub width: f64,
    /// Height \[pixels\].
    pub height: f64,
    /// The regions.
    pub regions: Vec<Outline>,
}

/// The shape of a region.
#[derive(Clone, PartialEq, Debug, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Outline {
    /// Its name.
    pub region: String,
    /// A place in it, as far from its edge as any.
    pub middle: Point,
    /// Its closed lines; one within another is a hole.
    pub rings: Vec<Ring>,
}

impl Outlines {
    /// The shapes of borders from a file, for a run of these regions.
    ///
    /// # Errors
    ///
    /// When it cannot be read, or does not hold what it should.
    pub fn read(path: &Path, regions: &[String]) -> Result<Self, GeometryError> {
        let bytes = parse::read(path)?;
        let mut outlines = Outlines::of(&parse::parsed(&bytes, path)?, path, regions)?;
        outlines.sha256 = TextHash::of(&bytes);
        Ok(outlines)
    }

    /// The shapes of borders, of a file that has no hash yet.
    fn of(borders: &Borders, path: &Path, regions: &[String]) -> Result<Self, GeometryError> {
        let unfit = |fact: Said, help| GeometryError::Unfit {
            path: path.to_owned(),
            fact,
            help,
        };
        let is_there = |name: &str| borders.iter().any(|one| NAMES[one.0] == name);
        if let Some(missing) = regions.iter().find(|name| !is_there(name)) {
            let code = NAMES.iter().position(|name| name == missing);
            let code = code.map_or(String::new(), |at| format!(" (VR{:02})", at + 1));
            let fact = said!(
                "there is no shape of {}{}, which is a region of the run",
                missing,
                code
            );
            return Err(unfit(
                fact,
                said!(
                    "take borders of all regions, and of a year in which they are those of the run"
                ),
            ));
        }
        let points = || borders.iter().flat_map(|one| one.1.iter().flatten());
        let is_lonlat = coordinates(points()).map_err(|(fact, help)| unfit(fact, help))?;
        let flat = |&(x, y): &Point| if is_lonlat { (x * NARROWER, y) } else { (x, y) };
        let ends = points().map(flat).fold(
            (
                f64::INFINITY,
                f64::INFINITY,
                f64::NEG_INFINITY,
                f64::NEG_INFINITY,
            ),
            |ends, (x, y)| (ends.0.min(x), ends.1.min(y), ends.2.max(x), ends.3.max(y)),
        );
        let (wide, high) = (ends.2 - ends.0, ends.3 - ends.1);
        if !(wide > 0.0 && high > 0.0) {
            return Err(unfit(
                said!("its shapes have no surface"),
                known_coordinates(),
            ));
        }
        let scale = ((WIDTH - 2.0) / wide).min((HEIGHT - 2.0) / high);
        let on_grid = |value: f64| (value * GRID).round() / GRID;
        let placed = |point: &Point| {
            let (x, y) = flat(point);
            let place = ((x - ends.0) * scale + 1.0, (ends.3 - y) * scale + 1.0);
            (on_grid(place.0), on_grid(place.1))
        };
        let outline = |(region, rings): &(usize, Vec<Ring>)| {
            let drawn = rings.iter().map(|ring| thinned(ring.iter().map(placed)));
            let mut drawn: Vec<Ring> = drawn.filter(|ring| ring.len() >= 3).collect();
            if drawn.is_empty() {
                drawn.push(speck(placed(&rings[0][0])));
            }
            Outline {
                region: NAMES[*region].to_owned(),
                middle: (0.0, 0.0),
                rings: drawn,
            }
        };
        let mut drawn: Vec<Outline> = borders.iter().map(outline).collect();
        let n_points: usize = drawn.iter().flat_map(|one| &one.rings).map(Vec::len).sum();
        if n_points > MOST_POINTS {
            let fact = said!(
                "its shapes have {} points even at the size of the page",
                n_points
            );
            return Err(unfit(fact, fewer()));
        }
        for one in &mut drawn {
            one.middle = middle(&one.rings);
        }
        let name = path.file_name().unwrap_or_default();
        Ok(Outlines {
            source: name.to_string_lossy().into_owned(),
            sha256: String::new(),
            width: (wide * scale + 2.0).ceil(),
            height: (high * scale + 2.0).ceil(),
            regions: drawn,
        })
    }

    /// As it stands in its file.
    pub fn to_json(&self) -> String {
        serde_json::to_string(self).expect("numbers and names") + "\n"
    }
}

/// The shapes in a run folder, if there are any.
pub fn kept(folder: &Folder) -> Result<Option<Outlines>, ReadingError> {
    let path = folder.join(GEOMETRY);
    let text = match folder.files().read_text(&path, MOST_BYTES) {
        Ok(text) => text,
        Err(error) if error.kind() == io::ErrorKind::NotFound => return Ok(None),
        Err(source) => return Err(ReadingError::Disk { path, source }),
    };
    let broken = |fact: Said| ReadingError::Broken {
        path: path.clone(),
        fact,
    };
    let read: Outlines = serde_json::from_str(&text).map_err(|error| broken(Said::of(&error)))?;
    let size = |pixels: f64| (1.0..=2.0 * HEIGHT).contains(&pixels);
    let points = read
        .regions
        .iter()
        .flat_map(|one| one.rings.iter().flatten());
    let is_inside =
        |at: &Point| (0.0..=2.0 * HEIGHT).contains(&at.0) && (0.0..=2.0 * HEIGHT).contains(&at.1);
    let mut all = points.chain(read.regions.iter().map(|one| &one.middle));
    if !size(read.width) || !size(read.height) || !all.all(is_inside) {
        return Err(broken(said!("a shape lies beside the map")));
    }
    Ok(Some(read))
}

fn known_coordinates() -> Said {
    said!(
        "give borders in degrees (WGS84, longitude before latitude) or in metres of the Rijksdriehoeksstelsel (RD)"
    )
}

/// Whether points are degrees, and not metres of the Rijksdriehoeksstelsel.
fn coordinates<'a>(points: impl Iterator<Item = &'a Point>) -> Result<bool, (Said, Said)> {
    let (mut is_lonlat, mut is_latlon, mut is_rd) = (true, true, true);
    for &(x, y) in points {
        is_lonlat &= (2.0..9.0).contains(&x) && (50.0..55.0).contains(&y);
        is_latlon &= (50.0..55.0).contains(&x) && (2.0..9.0).contains(&y);
        is_rd &= (-10_000.0..310_000.0).contains(&x) && (280_000.0..650_000.0).contains(&y);
    }
    match (is_lonlat, is_rd) {
        (true, _) => Ok(true),
        (_, true) => Ok(false),
        _ if is_latlon => Err((
            said!("its latitude stands before its longitude"),
            known_coordinates(),
        )),
        _ => Err((
            said!("its coordinates are not of places in the Netherlands"),
            known_coordinates(),
        )),
    }
}

/// Points without those that say nothing: the same again, or on the line between their neighbours.
fn thinned(points: impl Iterator<Item = Point>) -> Ring {
    let mut ring = Ring::new();
    for point in points {
        while let [.., before, last] = ring[..]
            && is_between(before, last, point)
        {
            ring.pop();
        }
        if ring.last() != Some(&point) {
            ring.push(point);
        }
    }
    // It is closed without saying so.
    while ring.len() > 1 && ring.first() == ring.last() {
        ring.pop();
    }
    ring
}

fn is_between(one: Point, middle: Point, other: Point) -> bool {
    let cross = (middle.0 - one.0) * (other.1 - one.1) - (middle.1 - one.1) * (other.0 - one.0);
    let ahead =
        (other.0 - middle.0) * (middle.0 - one.0) + (other.1 - middle.1) * (middle.1 - one.1);
    cross == 0.0 && ahead >= 0.0
}

/// A region too small to be drawn.
fn speck((x, y): Point) -> Ring {
    vec![(x, y), (x + 2.0, y), (x + 1.0, y + 2.0)]
}

/// The place in a shape that is as far from its edge as any, on a grid that becomes finer.
fn middle(rings: &[Ring]) -> Point {
    let points = || rings.iter().flatten();
    let mut low = points().fold((f64::MAX, f64::MAX), |a, b| (a.0.min(b.0), a.1.min(b.1)));
    let mut high = points().fold((f64::MIN, f64::MIN), |a, b| (a.0.max(b.0), a.1.max(b.1)));
    let mut best = (f64::NEG_INFINITY, rings[0][0]);
    for _ in 0..REFINEMENTS {
        let step = (
            (high.0 - low.0) / SEARCH as f64,
            (high.1 - low.1) / SEARCH as f64,
        );
        for row in 0..=SEARCH {
            for column in 0..=SEARCH {
                let at = (low.0 + step.0 * column as f64, low.1 + step.1 * row as f64);
                let room = room(rings, at);
                if room > best.0 {
                    best = (room, at);
                }
            }
        }
        (low, high) = (
            (best.1.0 - step.0, best.1.1 - step.1),
            (best.1.0 + step.0, best.1.1 + step.1),
        );
    }
    let round = |value: f64| (value * 10.0).round() / 10.0;
    (round(best.1.0), round(best.1.1))
}

/// How far a place is from the nearest edge; below zero outside.
fn room(rings: &[Ring], at: Point) -> f64 {
    let (mut is_inside, mut nearest) = (false, f64::INFINITY);
    for ring in rings {
        for (number, &one) in ring.iter().enumerate() {
            let other = ring[(number + 1) % ring.len()];
            let crosses = (one.1 > at.1) != (other.1 > at.1);
            let x = || one.0 + (at.1 - one.1) * (other.0 - one.0) / (other.1 - one.1);
            is_inside ^= crosses && at.0 < x();
            nearest = nearest.min(distance(one, other, at));
        }
    }
    if is_inside { nearest } else { -nearest }
}

fn distance(one: Point, other: Point, at: Point) -> f64 {
    let (wide, high) = (other.0 - one.0, other.1 - one.1);
    let length = wide * wide + high * high;
    let along = match length > 0.0 {
        true => (((at.0 - one.0) * wide + (at.1 - one.1) * high) / length).clamp(0.0, 1.0),
        false => 0.0,
    };
    let (x, y) = (one.0 + along * wide - at.0, one.1 + along * high - at.1);
    libm::hypot(x, y)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn square(x: f64, y: f64, side: f64) -> Ring {
        vec![
            (x, y),
            (x + side, y),
            (x + side, y + side),
            (x, y + side),
            (x, y),
        ]
    }

    fn of(borders: &Borders) -> Result<Outlines, GeometryError> {
        Outlines::of(borders, Path::new("borders.json"), &["Zeeland".to_owned()])
    }

    #[test]
    fn neighbours_keep_sharing_their_points_on_a_grid() {
        // A crooked border between two regions, in degrees.
        let crooked: Ring = (0..=400)
            .map(|n| {
                (
                    5.0 + 0.02 * libm::sin(f64::from(n)),
                    52.0 + f64::from(n) * 0.0025,
                )
            })
            .collect();
        let mut left = crooked.clone();
        left.extend([(4.0, 53.0), (4.0, 52.0), crooked[0]]);
        let mut right: Ring = crooked.iter().rev().copied().collect();
        right.extend([(6.0, 52.0), (6.0, 53.0), crooked[400]]);
        let drawn = of(&vec![(18, vec![left]), (13, vec![right])]).unwrap();
        let [left, right] = [0, 1].map(|at| &drawn.regions[at].rings[0]);
        let n_shared = left.iter().filter(|point| right.contains(point)).count();
        assert!(
            left.len() <= 403 && n_shared > 100,
            "{} {n_shared}",
            left.len()
        );
        assert_eq!(n_shared + 2, left.len());
        assert!(left.iter().all(|at| (at.0 * GRID).fract() == 0.0));
    }

    #[test]
    fn a_number_stands_in_its_shape_and_not_in_a_hole() {
        let ring = square(0.0, 0.0, 100.0);
        assert_eq!(middle(std::slice::from_ref(&ring)), (50.0, 50.0));
        let with_hole = vec![ring, square(30.0, 30.0, 60.0)];
        let at = middle(&with_hole);
        assert!(room(&with_hole, at) > 10.0, "{at:?}");
        assert!(at.0 < 30.0 || at.1 < 30.0, "{at:?}");
    }

    #[test]
    fn a_missing_region_and_strange_coordinates_are_told() {
        let rd = vec![(18, vec![square(50_000.0, 400_000.0, 9000.0)])];
        let drawn = of(&rd).unwrap();
        assert_eq!(drawn.regions[0].rings[0].len(), 4);
        for (borders, fact) in [
            (
                vec![(0, vec![square(4.0, 52.0, 1.0)])],
                "no shape of Zeeland (VR19)",
            ),
            (
                vec![(18, vec![square(52.0, 4.0, 1.0)])],
                "latitude stands before",
            ),
            (
                vec![(18, vec![square(900_000.0, 7e6, 9.0)])],
                "not of places in the Netherlands",
            ),
        ] {
            let told = of(&borders).unwrap_err().to_string();
            assert!(told.contains(fact), "{told}");
        }
    }

    #[test]
    fn a_region_too_small_to_be_seen_is_a_speck() {
        let borders = vec![
            (18, vec![square(4.0, 51.0, 1e-7)]),
            (0, vec![square(3.0, 51.0, 3.0)]),
        ];
        let drawn = of(&borders).unwrap();
        assert_eq!(drawn.regions[0].rings[0].len(), 3);
    }
}
