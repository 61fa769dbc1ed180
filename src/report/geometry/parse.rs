//! GeoJSON (RFC 7946) and TopoJSON, as far as regions are written in them.

use std::cell::Cell;
use std::collections::BTreeSet;
use std::io::ErrorKind;
use std::path::Path;

use serde_json::Value;

use super::subject::{Subject, subject_of, year_of};
use super::{GeometryError, MAX_BYTES, NAMES};
use crate::scenario::{Said, harmless, read_plain, said};

/// A point as it stands in the file.
pub(crate) type Point = (f64, f64);
/// A closed line; the first of a polygon is its outer edge, the others are holes.
pub(crate) type Ring = Vec<Point>;

/// The rings of every region that the file has, by the number of its name in [`NAMES`].
pub(crate) type Borders = Vec<(usize, Vec<Ring>)>;

fn codes() -> Said {
    said!("every region is a feature with its code, VR01 to VR25, in a property such as statcode")
}

fn one_year() -> Said {
    said!(
        "keep the features of one layer and one year: those of which the code begins with VR, in statcode or jrstatcode"
    )
}

pub(crate) fn fewer() -> Said {
    said!("take borders that have been generalised, as CBS and PDOK offer them")
}

fn formats() -> Said {
    said!("give a FeatureCollection of GeoJSON, or a Topology of TopoJSON, of veiligheidsregio's")
}

/// Commas and brackets that a file may have: what is made of it in memory grows with them. A point has
/// three, so this is room for as many points as are read.
const MOST_VALUES: usize = 3 * MOST_POINTS;
/// Points that borders may have, each as often as it is named: in TopoJSON an arc may be named any
/// number of times.
const MOST_POINTS: usize = 2_000_000;

/// The bytes of a file of borders.
///
/// # Errors
///
/// When it cannot be read, or is too large.
pub fn read(path: &Path) -> Result<Vec<u8>, GeometryError> {
    read_plain(path, MAX_BYTES).map_err(|source| match source.kind() {
        ErrorKind::FileTooLarge => GeometryError::TooLarge(path.to_owned()),
        _ => GeometryError::Unreadable {
            path: path.to_owned(),
            source,
        },
    })
}

/// The borders in the bytes of a file.
///
/// # Errors
///
/// When it does not hold what it should.
pub fn parsed(bytes: &[u8], path: &Path) -> Result<Borders, GeometryError> {
    let n_values = bytes.iter().filter(|byte| b",[{".contains(byte)).count();
    let borders = match n_values > MOST_VALUES {
        true => Err((said!("it has more than {} values", MOST_VALUES), fewer())),
        false => serde_json::from_slice(bytes.strip_prefix(b"\xef\xbb\xbf").unwrap_or(bytes))
            .map_err(|error| (said!("it is not JSON: {}", error), formats()))
            .and_then(|json| borders(&json)),
    };
    borders.map_err(|(fact, help)| GeometryError::Unfit {
        path: path.to_owned(),
        fact,
        help,
    })
}

/// What is wrong, and what to do about it.
type Fault = (Said, Said);

fn borders(json: &Value) -> Result<Borders, Fault> {
    let shapes = match json["type"].as_str() {
        Some("FeatureCollection") => of_features(json)?,
        Some("Topology") => of_topology(json)?,
        Some(other) => return Err((said!("it is a {}", cut(other)), formats())),
        None => return Err((said!("it is neither GeoJSON nor TopoJSON"), formats())),
    };
    if shapes.is_empty() {
        return Err((said!("there are no features in it"), formats()));
    }
    let n_shapes = shapes.len();
    let is_region = |shape: &&Shape| matches!(shape.subject, Subject::Region(_));
    if !shapes.iter().any(|shape| is_region(&shape)) {
        let code = shapes.iter().find_map(|shape| match &shape.subject {
            Subject::Other(Some(code)) => Some(cut(code)),
            _ => None,
        });
        let fact = match code {
            None => said!("none of its {} features is a veiligheidsregio", n_shapes),
            Some(code) => said!(
                "none of its {} features is a veiligheidsregio, but has codes such as {}",
                n_shapes,
                code
            ),
        };
        return Err((fact, codes()));
    }
    let years: BTreeSet<&str> = shapes
        .iter()
        .filter(is_region)
        .filter_map(|shape| shape.year.as_deref())
        .collect();
    if let (Some(first), Some(last)) = (years.first(), years.last())
        && first != last
    {
        let fact = said!("it has borders of several years, {} to {}", first, last);
        return Err((fact, one_year()));
    }
    let mut borders = Borders::new();
    let mut layers: Vec<Option<String>> = Vec::new();
    for shape in shapes {
        let Subject::Region(region) = shape.subject else {
            continue;
        };
        let rings = shape.rings?;
        match borders.iter().position(|one| one.0 == region) {
            None => {
                borders.push((region, rings));
                layers.push(shape.layer);
            }
            Some(at) => {
                // The islands of a region may be features of their own; they do not lie over one another.
                if overlap(&borders[at].1, &rings) {
                    return Err(twice(region, &layers[at], &shape.layer));
                }
                borders[at].1.extend(rings);
            }
        }
    }
    borders.sort_by_key(|one| one.0);
    Ok(borders)
}

/// A feature: what it is of, and its rings.
struct Shape {
    subject: Subject,
    /// The year of its code, as it is written.
    year: Option<String>,
    /// The layer in which it stands, where there are several.
    layer: Option<String>,
    rings: Result<Vec<Ring>, Fault>,
}

impl Shape {
    fn of(feature: &Value, geometry: &Value, line: &dyn Fn(&Value) -> Option<Ring>) -> Self {
        let subject = subject_of(feature);
        let region = match subject {
            Subject::Region(region) => Some(region),
            Subject::Other(_) => None,
        };
        Shape {
            subject,
            year: year_of(feature),
            layer: None,
            rings: rings_of(geometry, region, line),
        }
    }
}

/// That two features of one region lie over one another.
fn twice(region: usize, one: &Option<String>, other: &Option<String>) -> Fault {
    let name = NAMES[region];
    match (one, other) {
        (Some(one), Some(other)) if one != other => (
            said!(
                "{} stands in its layer {} and in its layer {}",
                name,
                cut(one),
                cut(other)
            ),
            said!("keep one layer: that of the veiligheidsregio's"),
        ),
        _ => (
            said!("{} stands in it twice, one shape over the other", name),
            one_year(),
        ),
    }
}

/// Whether some place lies in both.
fn overlap(one: &[Ring], other: &[Ring]) -> bool {
    let is_in = |place: Option<Point>, rings: &[Ring]| place.is_some_and(|at| is_inside(rings, at));
    is_in(inner_place(one), other) || is_in(inner_place(other), one)
}

/// A place inside the first of some rings: in the middle of the widest stretch of a line across it.
fn inner_place(rings: &[Ring]) -> Option<Point> {
    let ring = rings.first()?;
    let mut heights: Vec<f64> = ring.iter().map(|at| at.1).collect();
    heights.sort_by(f64::total_cmp);
    heights.dedup();
    // Between two points, so that the line goes through none.
    let middle = heights.len() / 2;
    let height = (heights.get(middle.checked_sub(1)?)? + heights.get(middle)?) / 2.0;
    let mut crossings: Vec<f64> = rings
        .iter()
        .flat_map(|ring| crossings(ring, height))
        .collect();
    crossings.sort_by(f64::total_cmp);
    let stretches = crossings.chunks_exact(2);
    let widest = stretches.max_by(|one, other| (one[1] - one[0]).total_cmp(&(other[1] - other[0])));
    widest.map(|ends| ((ends[0] + ends[1]) / 2.0, height))
}

fn is_inside(rings: &[Ring], at: Point) -> bool {
    let before = |ring| crossings(ring, at.1).filter(|&x| x < at.0).count();
    rings.iter().map(before).sum::<usize>() % 2 == 1
}

/// Where the edges of a closed line cross a height.
fn crossings(ring: &Ring, height: f64) -> impl Iterator<Item = f64> {
    let edges = ring.iter().zip(ring.iter().cycle().skip(1));
    let crossing = edges.filter(move |(one, other)| (one.1 > height) != (other.1 > height));
    crossing
        .map(move |(one, other)| one.0 + (height - one.1) * (other.0 - one.0) / (other.1 - one.1))
}

fn of_features(json: &Value) -> Result<Vec<Shape>, Fault> {
    let features = json["features"].as_array();
    let features = features.ok_or_else(|| (said!("it has no list of features"), formats()))?;
    let shape = |feature: &Value| Shape::of(feature, &feature["geometry"], &points);
    Ok(features.iter().map(shape).collect())
}

fn of_topology(json: &Value) -> Result<Vec<Shape>, Fault> {
    let broken = |fact: Said| (fact, formats());
    let arcs = json["arcs"]
        .as_array()
        .ok_or_else(|| broken(said!("it has no arcs")))?;
    let arcs: Option<Vec<Ring>> = arcs.iter().map(|arc| decoded(arc, json)).collect();
    let arcs = arcs.ok_or_else(|| broken(said!("an arc is not a list of points")))?;
    let left = Cell::new(Some(MOST_POINTS));
    // Each line is a chain of arcs, by their numbers; a negative one runs backwards.
    let line = |ring: &Value| -> Option<Ring> {
        let mut line = Ring::new();
        for number in ring.as_array()? {
            let number = number.as_i64()?;
            let (at, is_backward) = match number {
                ..0 => (!number, true),
                _ => (number, false),
            };
            let arc = arcs.get(usize::try_from(at).ok()?)?;
            left.set(left.get().and_then(|left| left.checked_sub(arc.len())));
            left.get()?;
            let skip = usize::from(!line.is_empty());
            match is_backward {
                true => line.extend(arc.iter().rev().skip(skip)),
                false => line.extend(arc.iter().skip(skip)),
            }
        }
        Some(line)
    };
    let mut shapes = Vec::new();
    let objects = json["objects"].as_object();
    let n_layers = objects.map_or(0, |objects| objects.len());
    for (name, object) in objects.into_iter().flatten() {
        let geometries = match object["geometries"].as_array() {
            Some(geometries) => geometries.iter().collect(),
            None => vec![object],
        };
        for geometry in geometries {
            shapes.push(Shape {
                layer: (n_layers > 1).then(|| name.clone()),
                ..Shape::of(geometry, geometry, &line)
            });
            if left.get().is_none() {
                let fact = said!("its lines have more than {} points", MOST_POINTS);
                return Err((fact, fewer()));
            }
        }
    }
    Ok(shapes)
}

/// An arc: as it stands, or as differences of whole numbers.
fn decoded(arc: &Value, json: &Value) -> Option<Ring> {
    let raw = points(arc)?;
    let transform = &json["transform"];
    if transform.is_null() {
        return Some(raw);
    }
    let pair = |key: &str| Some((transform[key][0].as_f64()?, transform[key][1].as_f64()?));
    let (scale, translate) = (pair("scale")?, pair("translate")?);
    let mut at = (0.0, 0.0);
    let place = |step: Point| {
        at = (at.0 + step.0, at.1 + step.1);
        (at.0 * scale.0 + translate.0, at.1 * scale.1 + translate.1)
    };
    Some(raw.into_iter().map(place).collect())
}

fn points(ring: &Value) -> Option<Ring> {
    let point = |point: &Value| Some((point[0].as_f64()?, point[1].as_f64()?));
    ring.as_array()?.iter().map(point).collect()
}

fn rings_of(
    geometry: &Value,
    region: Option<usize>,
    line: &dyn Fn(&Value) -> Option<Ring>,
) -> Result<Vec<Ring>, Fault> {
    let name = region.map_or(said!("a feature"), |region| NAMES[region].into());
    let kind = geometry["type"].as_str().unwrap_or("nothing");
    let of = if geometry["arcs"].is_null() {
        "coordinates"
    } else {
        "arcs"
    };
    let fault = || {
        let fact = said!(
            "{} is not a polygon that can be read, but {}",
            name,
            cut(kind)
        );
        (fact, formats())
    };
    let polygon =
        |polygon: &Value| -> Option<Vec<Ring>> { polygon.as_array()?.iter().map(line).collect() };
    let rings = match kind {
        "Polygon" => polygon(&geometry[of]),
        "MultiPolygon" => geometry[of].as_array().and_then(|polygons| {
            let rings: Option<Vec<Vec<Ring>>> = polygons.iter().map(polygon).collect();
            rings.map(|rings| rings.concat())
        }),
        _ => None,
    };
    let rings: Vec<Ring> = rings.ok_or_else(fault)?;
    let is_line =
        |ring: &Ring| ring.len() >= 4 && ring.iter().all(|at| at.0.is_finite() && at.1.is_finite());
    match rings.is_empty() || !rings.iter().all(is_line) {
        true => Err(fault()),
        false => Ok(rings),
    }
}

/// A word of a stranger's file, as much as can be told.
fn cut(word: &str) -> String {
    harmless(&crate::report::words::text::cut(word, 40)).into_owned()
}

#[cfg(test)]
mod tests {
    use serde_json::json;

    use super::*;
    use crate::report::Lang;

    fn square(x: f64) -> Value {
        json!([[x, 0.0], [x + 1.0, 0.0], [x + 1.0, 1.0], [x, 1.0], [x, 0.0]])
    }

    fn feature(code: &str, x: f64) -> Value {
        json!({ "type": "Feature", "properties": { "jrstatcode": code },
                "geometry": { "type": "Polygon", "coordinates": [square(x)] } })
    }

    fn told(features: &[Value]) -> Result<usize, String> {
        let json = json!({ "type": "FeatureCollection", "features": features });
        borders(&json)
            .map(|borders| borders.len())
            .map_err(|fault| fault.0.text(Lang::En))
    }

    #[test]
    fn a_region_has_one_border() {
        let of = |features: &[(&str, f64)]| {
            let features: Vec<Value> = features.iter().map(|(code, x)| feature(code, *x)).collect();
            told(&features)
        };
        // An island of its own, and areas of other kinds beside and over it.
        assert_eq!(of(&[("VR19", 0.0), ("VR19", 1.0), ("VR19", 2.5)]), Ok(1));
        assert_eq!(of(&[("VR19", 0.0), ("PV19", 0.0), ("GM0019", 0.0)]), Ok(1));
        let two = |one, other| of(&[(one, 0.0), (other, 0.3)]).unwrap_err();
        assert_eq!(
            two("2024VR19", "2025VR19"),
            "it has borders of several years, 2024 to 2025"
        );
        assert_eq!(
            of(&[("2024VR19", 0.0), ("2025VR14", 5.0)]).unwrap_err(),
            "it has borders of several years, 2024 to 2025"
        );
        assert_eq!(
            two("VR19", "VR19"),
            "Zeeland stands in it twice, one shape over the other"
        );
        assert_eq!(
            of(&[("VR19", 0.0), ("VR19", 0.0)]).unwrap_err(),
            "Zeeland stands in it twice, one shape over the other"
        );
        assert_eq!(
            of(&[("GM0344", 0.0), ("PV26", 1.0)]).unwrap_err(),
            "none of its 2 features is a veiligheidsregio, but has codes such as GM0344"
        );
    }

    #[test]
    fn a_region_stands_in_one_layer() {
        let layer = |code: &str| {
            json!({ "type": "GeometryCollection", "geometries": [
                { "type": "Polygon", "arcs": [[0]], "properties": { "statcode": code } } ] })
        };
        let of = |layers: Value| {
            let json = json!({ "type": "Topology", "arcs": [square(0.0)], "objects": layers });
            borders(&json)
                .map(|borders| borders.len())
                .map_err(|fault| fault.0.text(Lang::En))
        };
        assert_eq!(
            of(json!({ "gemeenten": layer("GM0344"), "regio": layer("VR19") })),
            Ok(1)
        );
        assert_eq!(
            of(json!({ "grof": layer("VR19"), "fijn": layer("VR19") })).unwrap_err(),
            "Zeeland stands in its layer fijn and in its layer grof"
        );
        assert_eq!(
            of(json!({ "a": layer("2024VR19"), "b": layer("2025VR19") })).unwrap_err(),
            "it has borders of several years, 2024 to 2025"
        );
    }

    #[test]
    fn geojson_and_topojson_of_the_same_borders_are_the_same() {
        let geo = json!({ "type": "FeatureCollection", "features": [
            { "type": "Feature", "properties": { "statcode": "VR19" },
              "geometry": { "type": "Polygon", "coordinates": [square(0.0)] } },
            { "type": "Feature", "properties": { "statcode": "VR14" },
              "geometry": { "type": "MultiPolygon", "coordinates": [[square(1.0)]] } },
        ] });
        // The border between them is the arc 1; scaled by a half from (0, 0).
        let topo = json!({ "type": "Topology",
            "transform": { "scale": [0.5, 0.5], "translate": [0.0, 0.0] },
            "arcs": [
                [[2, 2], [-2, 0], [0, -2], [2, 0]],
                [[2, 0], [0, 2]],
                [[2, 0], [2, 0], [0, 2], [-2, 0]],
            ],
            "objects": { "regions": { "type": "GeometryCollection", "geometries": [
                { "type": "Polygon", "arcs": [[0, 1]], "properties": { "statcode": "VR19" } },
                { "type": "MultiPolygon", "arcs": [[[2, -2]]], "properties": { "statcode": "VR14" } },
            ] } } });
        let points = |borders: &Borders| -> Vec<(usize, Vec<(i64, i64)>)> {
            let set = |rings: &Vec<Ring>| {
                let at = rings.iter().flatten().map(|at| (at.0 as i64, at.1 as i64));
                let mut at: Vec<_> = at.collect();
                at.sort_unstable();
                at.dedup();
                at
            };
            borders.iter().map(|one| (one.0, set(&one.1))).collect()
        };
        let (geo, topo) = (borders(&geo).unwrap(), borders(&topo).unwrap());
        assert_eq!(points(&geo), points(&topo));
        assert_eq!(geo[0].0, 13);
    }

    #[test]
    fn an_arc_that_is_named_ever_again_takes_no_more_than_its_share() {
        let arc: Vec<Value> = (0..2000).map(|n| json!([n, n % 7])).collect();
        let often = vec![0; 20_000];
        let topo = json!({ "type": "Topology", "arcs": [arc], "objects": { "a": {
            "type": "Polygon", "arcs": [often], "properties": { "code": "VR19" } } } });
        let (told, _) = borders(&topo).unwrap_err();
        let told = told.text(Lang::En);
        assert!(told.contains("more than 2000000 points"), "{told}");
    }

    #[test]
    fn a_file_of_nothing_but_brackets_is_not_even_parsed() {
        let bytes = "[[[[],[]]],".repeat(MOST_VALUES / 4).into_bytes();
        let told = parsed(&bytes, Path::new("a.json")).unwrap_err().to_string();
        assert!(told.contains("values"), "{told}");
    }

    #[test]
    fn whatever_is_wrong_is_said_and_nothing_panics() {
        let feature = |geometry: Value| {
            json!({ "type": "FeatureCollection", "features": [
                { "properties": { "code": "VR19" }, "geometry": geometry } ] })
        };
        for (json, fact) in [
            (json!(7), "neither GeoJSON nor TopoJSON"),
            (json!({ "type": "Point" }), "it is a Point"),
            (
                json!({ "type": "FeatureCollection" }),
                "no list of features",
            ),
            (
                json!({ "type": "FeatureCollection", "features": [] }),
                "no features in it",
            ),
            (
                json!({ "type": "FeatureCollection", "features": [{}, 3] }),
                "none of its 2 features",
            ),
            (feature(json!(null)), "Zeeland is not a polygon"),
            (
                feature(json!({ "type": "Point", "coordinates": [1, 2] })),
                "but Point",
            ),
            (
                feature(json!({ "type": "Polygon", "coordinates": [[[1, 2]]] })),
                "not a polygon",
            ),
            (
                feature(json!({ "type": "Polygon", "coordinates": [[["a", 2]]] })),
                "not a polygon",
            ),
            (
                feature(json!({ "type": "Polygon", "coordinates": [] })),
                "not a polygon",
            ),
            (json!({ "type": "Topology" }), "no arcs"),
            (
                json!({ "type": "Topology", "arcs": [[1]] }),
                "not a list of points",
            ),
            (
                json!({ "type": "Topology", "arcs": [], "objects": { "a":
                    { "type": "Polygon", "arcs": [[9, -9]], "properties": { "code": "VR19" } } } }),
                "Zeeland is not a polygon",
            ),
        ] {
            let (told, _) = borders(&json).unwrap_err();
            let told = told.text(Lang::En);
            assert!(told.contains(fact), "{told}: {json}");
        }
    }
}
