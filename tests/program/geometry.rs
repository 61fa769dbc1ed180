//! A user's borders are drawn instead of tiles, kept in the run folder, and refused with a reason.

use std::collections::BTreeMap;

use crate::desk::Desk;
use serde_json::{Value, json};

const SMALL: &str = r#"
    extends = "vergelijking.toml"
    [scenario]
    belief = "neutraal"
    label = { nl = "Een kleine proef", en = "A small trial" }
    warm_up = "28 days"
    measured = "91 days"
    replications = 2
    regions = ["Zeeland", "Drenthe"]
    forms = ["v0_estafette", "v4_openbaar_lichaam"]
"#;

/// Points along each edge of an invented region.
const PARTS: u32 = 400;

/// A point on the crooked lines between invented regions, five beside each other: no borders of
/// anything.
fn place(column: f64, row: f64, is_rd: bool) -> Value {
    let wave = |value: f64| 0.08 * (9.0 * value).sin();
    let (x, y) = (column + wave(row), row + wave(column));
    match is_rd {
        true => json!([30_000.0 + 40_000.0 * x, 350_000.0 + 50_000.0 * y]),
        false => json!([4.0 + 0.5 * x, 51.0 + 0.4 * y]),
    }
}

fn ring(number: u32, is_rd: bool) -> Vec<Value> {
    let (column, row) = (f64::from(number % 5), f64::from(number / 5));
    let along = |part: u32| f64::from(part) / f64::from(PARTS);
    let mut ring = Vec::new();
    let mut side = |from: (f64, f64), to: (f64, f64)| {
        for share in (0..PARTS).map(along) {
            let x = from.0 + share * (to.0 - from.0);
            let y = from.1 + share * (to.1 - from.1);
            ring.push(place(column + x, row + y, is_rd));
        }
    };
    side((0.0, 0.0), (1.0, 0.0));
    side((1.0, 0.0), (1.0, 1.0));
    side((1.0, 1.0), (0.0, 1.0));
    side((0.0, 1.0), (0.0, 0.0));
    ring.push(ring[0].clone());
    ring
}

/// Invented borders of all regions.
fn borders(is_rd: bool) -> Value {
    let features = (0..25).map(|number| {
        json!({
            "type": "Feature",
            "properties": { "statcode": format!("VR{:02}", number + 1), "statnaam": "</svg><script>" },
            "geometry": { "type": "Polygon", "coordinates": [ring(number, is_rd)] },
        })
    });
    json!({ "type": "FeatureCollection", "features": features.collect::<Value>() })
}

/// The page and the figures of the run.
fn pages(desk: &Desk) -> BTreeMap<String, Vec<u8>> {
    let mut files = desk.results();
    files.retain(|name, _| name.ends_with(".html") || name.ends_with(".svg"));
    files
}

#[test]
fn borders_take_the_place_of_tiles_and_the_folder_alone_gives_the_same_page_again() {
    let desk = Desk::with(SMALL);
    assert_eq!(desk.types("run scenarios/proef.toml").0, 0);
    let with_tiles = pages(&desk);
    std::fs::write(desk.at("borders.geojson"), borders(false).to_string()).unwrap();
    let (code, told) = desk.types("report results/proef --geometry borders.geojson");
    assert_eq!(code, 0, "{told}");
    let with_borders = pages(&desk);
    std::fs::remove_file(desk.at("borders.geojson")).unwrap();
    assert_eq!(desk.types("report results/proef").0, 0);
    assert!(
        pages(&desk) == with_borders,
        "the folder alone gives another page"
    );
    let page = String::from_utf8(with_borders["report.html"].clone()).unwrap();
    assert!(page.len() < 5_000_000, "{}", page.len());
    // In both languages, two regions of the run and the others.
    assert_eq!(page.matches("data-plate=").count(), 4);
    assert_eq!(page.matches("class=\"no-tile\"").count(), 46);
    assert!(page.contains("Grenzen: borders.geojson"));
    assert!(!page.contains("<script>") || page.matches("<script").count() == 2);
    let map = &with_borders["charts/nl/map.svg"];
    assert!(map != &with_tiles["charts/nl/map.svg"]);
    // Only the map is another.
    let changed = with_tiles
        .iter()
        .filter(|(name, bytes)| with_borders[*name] != **bytes);
    let changed: Vec<&str> = changed.map(|(name, _)| name.as_str()).collect();
    assert_eq!(
        changed,
        ["charts/en/map.svg", "charts/nl/map.svg", "report.html"]
    );
    // Without the kept borders there are tiles again.
    std::fs::remove_file(desk.at("results/proef/geometry.json")).unwrap();
    assert_eq!(desk.types("report results/proef").0, 0);
    assert!(pages(&desk) == with_tiles);
}

#[test]
fn the_same_borders_in_metres_are_drawn_too() {
    let desk = Desk::with(SMALL);
    assert_eq!(desk.types("run scenarios/proef.toml").0, 0);
    std::fs::write(desk.at("rd.json"), borders(true).to_string()).unwrap();
    let (code, told) = desk.types("report results/proef --geometry rd.json");
    assert_eq!(code, 0, "{told}");
    let kept = std::fs::read_to_string(desk.at("results/proef/geometry.json")).unwrap();
    let kept: Value = serde_json::from_str(&kept).unwrap();
    assert_eq!(kept["regions"].as_array().unwrap().len(), 25);
    // Fewer points than were given, and enough to be crooked.
    let n_points = kept["regions"][0]["rings"][0].as_array().unwrap().len();
    assert!((30..1000).contains(&n_points), "{n_points}");
}

#[test]
fn borders_that_cannot_be_drawn_are_refused_with_a_reason_and_nothing_is_written() {
    let desk = Desk::with(SMALL);
    assert_eq!(desk.types("run scenarios/proef.toml").0, 0);
    let before = desk.results();
    let without = |code: &str| borders(false).to_string().replace(code, "VR99");
    let cases = [
        (Some("{".to_owned()), "it is not JSON"),
        (Some("{\"type\": \"Point\"}".to_owned()), "it is a Point"),
        (
            Some(json!({ "type": "FeatureCollection", "features": [] }).to_string()),
            "no features",
        ),
        (Some(without("VR19")), "there is no shape of Zeeland (VR19)"),
        (
            Some(borders(false).to_string().replace("Polygon", "LineString")),
            "not a polygon",
        ),
        (Some("[".repeat(200_000)), "it is not JSON"),
        (None, "cannot be read"),
    ];
    for (text, fact) in cases {
        let path = desk.at("borders.json");
        match text {
            Some(text) => std::fs::write(&path, text).unwrap(),
            None => std::fs::remove_file(&path).unwrap(),
        }
        let (code, told) = desk.types("report results/proef --geometry borders.json");
        assert!(code != 0 && told.contains(fact), "{code} {told}");
        assert!(desk.results() == before, "{fact}: something was written");
    }
    // A file that is too large is not read to its end.
    let large = std::fs::File::create(desk.at("large.json")).unwrap();
    large.set_len(41 << 20).unwrap();
    let (code, told) = desk.types("report results/proef --geometry large.json");
    assert_eq!(code, 2, "{told}");
    assert!(told.contains("larger than 40 MB"), "{told}");
    // What was kept and then changed by somebody is not drawn.
    std::fs::write(desk.at("results/proef/geometry.json"), "{\"source\": 1}").unwrap();
    let (code, told) = desk.types("report results/proef");
    assert_eq!(code, 2, "{told}");
    assert!(told.contains("geometry.json"), "{told}");
}
