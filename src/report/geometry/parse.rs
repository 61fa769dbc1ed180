//! GeoJSON (RFC 7946) and TopoJSON, as far as regions are written in them.

use std::fs;
use std::io::Read;
use std::path::Path;

use serde_json::Value;

use super::{GeometryError, MAX_BYTES, NAMES};

/// A point as it stands in the file.
pub(super) type Point = (f64, f64);
/// A closed line; the first of a polygon is its outer edge, the others are holes.
pub(super) type Ring = Vec<Point>;

/// The rings of every region that the file has, by the number of its name in [`NAMES`].
pub(super) type Borders = Vec<(usize, Vec<Ring>)>;

const CODES: &str =
    "every region is a feature with its code, VR01 to VR25, in a property such as statcode";
const FORMATS: &str =
    "give a FeatureCollection of GeoJSON, or a Topology of TopoJSON, of veiligheidsregio's";

/// Properties in which a code or name is looked for before any other.
const FIRST: [&str; 8] = [
    "statcode",
    "code",
    "vrcode",
    "vr_code",
    "statnaam",
    "naam",
    "name",
    "veiligheidsregio",
];

/// Reads borders out of a file.
///
/// # Errors
///
/// When it cannot be read, or does not hold what it should.
pub fn read(path: &Path) -> Result<Borders, GeometryError> {
    let unreadable = |source| GeometryError::Unreadable {
        path: path.to_owned(),
        source,
    };
    let file = fs::File::open(path).map_err(unreadable)?;
    let mut bytes = Vec::new();
    let mut file = file.take(MAX_BYTES + 1);
    file.read_to_end(&mut bytes).map_err(unreadable)?;
    if bytes.len() as u64 > MAX_BYTES {
        return Err(GeometryError::TooLarge(path.to_owned()));
    }
    let borders = serde_json::from_slice(bytes.strip_prefix(b"\xef\xbb\xbf").unwrap_or(&bytes))
        .map_err(|error| (format!("it is not JSON: {error}"), FORMATS))
        .and_then(|json| borders(&json));
    borders.map_err(|(fact, help)| GeometryError::Unfit {
        path: path.to_owned(),
        fact,
        help,
    })
}

/// What is wrong, and what to do about it.
type Fault = (String, &'static str);

fn borders(json: &Value) -> Result<Borders, Fault> {
    let shapes = match json["type"].as_str() {
        Some("FeatureCollection") => of_features(json)?,
        Some("Topology") => of_topology(json)?,
        Some(other) => return Err((format!("it is a {}", cut(other)), FORMATS)),
        None => return Err(("it is neither GeoJSON nor TopoJSON".to_owned(), FORMATS)),
    };
    if shapes.is_empty() {
        return Err(("there are no features in it".to_owned(), FORMATS));
    }
    let n_shapes = shapes.len();
    let mut borders = Borders::new();
    for (region, rings) in shapes {
        let Some(region) = region else { continue };
        match borders.iter_mut().find(|one| one.0 == region) {
            // The islands of a region may be features of their own.
            Some((_, all)) => all.extend(rings?),
            None => borders.push((region, rings?)),
        }
    }
    if borders.is_empty() {
        let fact = format!("none of its {n_shapes} features is a veiligheidsregio");
        return Err((fact, CODES));
    }
    borders.sort_by_key(|one| one.0);
    Ok(borders)
}

/// Which region a feature is, if any, and its rings.
type Shape = (Option<usize>, Result<Vec<Ring>, Fault>);

fn of_features(json: &Value) -> Result<Vec<Shape>, Fault> {
    let features = json["features"].as_array();
    let features = features.ok_or_else(|| ("it has no list of features".to_owned(), FORMATS))?;
    let shape = |feature: &Value| {
        let region = region_of(feature);
        let geometry = &feature["geometry"];
        (region, rings_of(geometry, region, &|ring| points(ring)))
    };
    Ok(features.iter().map(shape).collect())
}

fn of_topology(json: &Value) -> Result<Vec<Shape>, Fault> {
    let broken = |fact: &str| (fact.to_owned(), FORMATS);
    let arcs = json["arcs"]
        .as_array()
        .ok_or_else(|| broken("it has no arcs"))?;
    let arcs: Option<Vec<Ring>> = arcs.iter().map(|arc| decoded(arc, json)).collect();
    let arcs = arcs.ok_or_else(|| broken("an arc is not a list of points"))?;
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
    for object in objects.into_iter().flat_map(|objects| objects.values()) {
        let geometries = match object["geometries"].as_array() {
            Some(geometries) => geometries.iter().collect(),
            None => vec![object],
        };
        for geometry in geometries {
            let region = region_of(geometry);
            shapes.push((region, rings_of(geometry, region, &line)));
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
    let name = region.map_or("a feature", |region| NAMES[region]);
    let kind = geometry["type"].as_str().unwrap_or("nothing");
    let of = if geometry["arcs"].is_null() {
        "coordinates"
    } else {
        "arcs"
    };
    let fault = || {
        let fact = format!(
            "{name} is not a polygon that can be read, but {}",
            cut(kind)
        );
        (fact, FORMATS)
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

/// The region that a feature is, by its code, or else by its name.
fn region_of(feature: &Value) -> Option<usize> {
    let properties = &feature["properties"];
    let first = FIRST.iter().filter_map(|key| properties[key].as_str());
    let others = properties
        .as_object()
        .into_iter()
        .flat_map(|all| all.values());
    let texts = first.chain(others.filter_map(Value::as_str));
    let texts: Vec<&str> = feature["id"].as_str().into_iter().chain(texts).collect();
    let code = texts.iter().find_map(|text| number_of(text));
    code.or_else(|| {
        let is_called = |name: &str| {
            let name = name.to_lowercase();
            texts.iter().any(|text| text.trim().to_lowercase() == name)
        };
        NAMES.iter().position(|name| is_called(name))
    })
}

/// The number of a code such as VR09.
fn number_of(text: &str) -> Option<usize> {
    let text = text.trim();
    let (letters, digits) = text.split_at_checked(2)?;
    let is_code = letters.eq_ignore_ascii_case("VR") && digits.bytes().all(|b| b.is_ascii_digit());
    let number: usize = digits.parse().ok().filter(|_| is_code)?;
    (1..=NAMES.len()).contains(&number).then(|| number - 1)
}

/// A word of a stranger's file, as much as can be told.
fn cut(word: &str) -> String {
    crate::report::text::cut(word, 40)
        .chars()
        .map(crate::report::chart::shown)
        .collect()
}

#[cfg(test)]
mod tests {
    use serde_json::json;

    use super::*;

    fn square(x: f64) -> Value {
        json!([[x, 0.0], [x + 1.0, 0.0], [x + 1.0, 1.0], [x, 1.0], [x, 0.0]])
    }

    #[test]
    fn regions_are_known_by_code_or_name_wherever_it_stands() {
        for (feature, region) in [
            (json!({ "properties": { "statcode": "VR19" } }), Some(18)),
            (json!({ "properties": { "code": "vr9" } }), Some(8)),
            (json!({ "id": "VR01", "properties": null }), Some(0)),
            (json!({ "properties": { "iets": "zeeland" } }), Some(18)),
            (
                json!({ "properties": { "statcode": "GM0344", "statnaam": "Utrecht " } }),
                Some(8),
            ),
            (json!({ "properties": { "statcode": "VR26" } }), None),
            (json!({ "properties": { "statcode": "é" } }), None),
            (json!({}), None),
        ] {
            assert_eq!(region_of(&feature), region, "{feature}");
        }
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
            assert!(told.contains(fact), "{told}: {json}");
        }
    }
}
