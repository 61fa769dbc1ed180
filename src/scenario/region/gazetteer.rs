//! Which veiligheidsregio's somebody means who names a municipality, a town or a province.

use std::collections::BTreeMap;
use std::sync::LazyLock;

use csv::ReaderBuilder;

use crate::scenario::fault::suggestion;

/// What each name may stand for; the numbers are those of the veiligheidsregio's.
const LIST: &str = include_str!("../gazetteer.csv");

/// Names less alike than this are not offered, on a scale of 0 to 1.
const LEAST_LIKENESS: f64 = 0.75;

/// A part of the country.
#[derive(Debug)]
pub(crate) struct Area {
    /// As it is written.
    pub(crate) name: String,
    /// The numbers of the veiligheidsregio's in which it lies.
    pub(crate) regions: Vec<u8>,
}

/// A municipality.
#[derive(Debug)]
pub(crate) struct Municipality {
    /// As it is written.
    pub(crate) name: String,
    /// The number of its veiligheidsregio.
    pub(crate) region: u8,
    /// Inhabitants at the beginning of 2021, of which only shares are used.
    pub(crate) inhabitants: u32,
}

/// The municipalities since 2023, in the order of their regions.
static MUNICIPALITIES: LazyLock<Vec<Municipality>> = LazyLock::new(|| {
    let municipality = |row: csv::StringRecord| {
        Some(Municipality {
            name: row[0].to_owned(),
            region: row[2].parse().ok()?,
            inhabitants: row[3].parse().ok()?,
        })
    };
    rows().filter_map(municipality).collect()
});

/// The rows of the list.
fn rows() -> impl Iterator<Item = csv::StringRecord> {
    let reader = ReaderBuilder::new()
        .comment(Some(b'#'))
        .from_reader(LIST.as_bytes());
    reader.into_records().filter_map(Result::ok)
}

/// The municipalities of a region.
pub(crate) fn municipalities_in(region: u8) -> impl Iterator<Item = &'static Municipality> {
    MUNICIPALITIES
        .iter()
        .filter(move |one| one.region == region)
}

/// The municipality of that name.
pub(crate) fn municipality(name: &str) -> Option<&'static Municipality> {
    let is_it = |form: &dyn Fn(&str) -> String, one: &&Municipality| form(&one.name) == form(name);
    let mut exact = MUNICIPALITIES.iter().filter(|one| is_it(&plain, one));
    let mut alike = MUNICIPALITIES.iter().filter(|one| is_it(&bare, one));
    exact.next().or_else(|| alike.next())
}

/// The municipality whose name is most like this one, if any is like it.
pub(crate) fn nearest_municipality(name: &str) -> Option<&'static Municipality> {
    let names: Vec<&str> = MUNICIPALITIES.iter().map(|one| one.name.as_str()).collect();
    suggestion::nearest_above(LEAST_LIKENESS, name, &names).and_then(municipality)
}

/// By name without capitals, accents and what else people write differently.
static AREAS: LazyLock<BTreeMap<String, Area>> = LazyLock::new(|| {
    let mut areas = BTreeMap::new();
    for row in rows() {
        let numbers = row[2]
            .split(' ')
            .filter_map(|number| number.parse::<u8>().ok());
        let area = Area {
            name: row[0].to_owned(),
            regions: numbers.collect(),
        };
        // The first row of a name is the smallest area: Utrecht is a city before it is a province.
        areas.entry(bare(&row[0])).or_insert(area);
    }
    areas
});

/// The area of that name.
pub(crate) fn area(name: &str) -> Option<&'static Area> {
    AREAS.get(&bare(name))
}

/// The area whose name is most like this one, if any is like it.
pub(crate) fn nearest_area(name: &str) -> Option<&'static Area> {
    let names: Vec<&str> = AREAS.values().map(|area| area.name.as_str()).collect();
    suggestion::nearest_above(LEAST_LIKENESS, name, &names).and_then(area)
}

/// A name as names are compared: without capitals, accents, spaces, hyphens and points.
pub(crate) fn plain(name: &str) -> String {
    words(name).concat()
}

/// The same without words that say what kind of area it is, such as `gemeente` or `(stad)`.
pub(crate) fn bare(name: &str) -> String {
    const KINDS: [&str; 6] = [
        "gemeente",
        "stad",
        "provincie",
        "regio",
        "veiligheidsregio",
        "vr",
    ];
    let words = words(name).into_iter();
    words.filter(|word| !KINDS.contains(&&**word)).collect()
}

fn words(name: &str) -> Vec<String> {
    let letter = |letter: char| match letter {
        'â' | 'á' | 'à' | 'ä' => 'a',
        'ê' | 'é' | 'è' | 'ë' => 'e',
        'ô' | 'ó' | 'ö' => 'o',
        'û' | 'ú' | 'ü' => 'u',
        other => other,
    };
    let text: String = name.to_lowercase().chars().map(letter).collect();
    let words = text.split(|one: char| !one.is_alphanumeric());
    words.map(str::to_owned).collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    fn numbers(name: &str) -> &[u8] {
        area(name).map_or(&[], |area| &area.regions)
    }

    #[test]
    fn names_are_compared_without_accents_and_hyphens() {
        assert_eq!(plain("Fryslân"), plain("fryslan"));
        assert_eq!(plain("Zaanstreek-Waterland"), plain("zaanstreek waterland"));
        assert_eq!(bare("Gemeente Utrecht (stad)"), "utrecht");
        assert_ne!(plain("Drenthe"), plain("Twente"));
    }

    #[test]
    fn towns_and_provinces_lie_in_regions() {
        assert_eq!(numbers("Zaanstad"), [11]);
        assert_eq!(numbers("den haag"), [15]);
        assert_eq!(numbers("s Gravenhage"), [15]);
        assert_eq!(numbers("Utrecht (stad)"), [9]);
        assert_eq!(numbers("súdwest fryslan"), [2]);
        assert_eq!(numbers("Bergen"), [10, 23]);
        assert_eq!(numbers("Provincie Gelderland"), [6, 7, 8]);
        assert!(numbers("Nergenshuizen").is_empty());
        assert_eq!(nearest_area("Zaandstad").unwrap().regions, [11]);
        assert!(nearest_area("Nergenshuizen").is_none());
    }

    #[test]
    fn every_municipality_is_listed_once_and_in_the_region_that_counts_it() {
        let mut counts = [0; 26];
        let mut names = std::collections::BTreeSet::new();
        let mut inhabitants = [0.0; 26];
        for one in MUNICIPALITIES.iter() {
            assert!(names.insert(&one.name), "{} twice", one.name);
            counts[usize::from(one.region)] += 1;
            inhabitants[usize::from(one.region)] += f64::from(one.inhabitants);
        }
        let table = include_str!("../../../scenarios/regions.csv");
        let mut reader = ReaderBuilder::new().from_reader(table.as_bytes());
        for row in reader.records() {
            let row = row.unwrap();
            let (number, expected): (usize, u32) =
                (row[0].parse().unwrap(), row[4].parse().unwrap());
            assert_eq!(counts[number], expected, "{}", &row[1]);
            let growth = row[2].parse::<f64>().unwrap() / inhabitants[number];
            assert!((1.01..1.06).contains(&growth), "{}: {growth}", &row[1]);
        }
        assert_eq!(names.len(), 342);
    }

    #[test]
    fn every_row_can_be_read() {
        let n_rows = LIST.lines().filter(|line| !line.starts_with('#')).count() - 1;
        let n_twice = ["groningen", "utrecht"].len();
        assert_eq!(AREAS.len(), n_rows - n_twice);
        let are_regions = |area: &Area| {
            !area.regions.is_empty() && area.regions.iter().all(|number| (1..=25).contains(number))
        };
        assert!(AREAS.values().all(are_regions));
    }
}
