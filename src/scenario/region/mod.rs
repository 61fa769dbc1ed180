//! regions.csv: the 25 veiligheidsregio's, and the choice among them.

pub(crate) mod area;
pub(crate) mod gazetteer;

use std::ops::{Range, RangeInclusive};
use std::sync::Arc;

use csv::{ReaderBuilder, StringRecord};

use crate::model::{Country, Region};
use crate::scenario::fault::diagnostic::{Diagnostic, Diagnostics};
use crate::scenario::fault::rendering::shown;
use crate::scenario::fault::said::said;
use crate::scenario::fault::source::{Place, Source};
use crate::scenario::fault::{code, suggestion};

/// The number of veiligheidsregio's.
pub(crate) const N_REGIONS: usize = 25;

/// The columns that a row must have; the first six and the kept share are used,
/// the others say where they come from.
const COLUMNS: [&str; 14] = [
    "nr",
    "name",
    "population",
    "municipalities",
    "vt_meldingen",
    "vt_adviezen",
    "kept_share",
    "population_year",
    "vt_year",
    "kept_share_grade",
    "kept_share_source",
    "grade",
    "source",
    "note",
];

/// Unsafe homes for each inhabitant, against the country's; 1 where the column is not there or the cell empty.
const UNSAFETY: &str = "unsafety";

/// The regions in the order of their numbers.
pub(crate) fn read(source: &Arc<Source>, log: &mut Diagnostics) -> Option<Vec<Region>> {
    let mut reader = ReaderBuilder::new()
        .flexible(true)
        .from_reader(source.text.as_bytes());
    let header = reader.headers().cloned().unwrap_or_default();
    let columns = columns(&header, source, log)?;
    let mut regions: Vec<Region> = Vec::new();
    let mut is_sound = true;
    for record in reader.records() {
        let Ok(record) = record else {
            let place = Place::new(source, 0..0);
            let fault = Diagnostic::error(code::BAD_CSV, said!("this is not a table"));
            let help = said!("save the table as CSV with commas, in the encoding UTF-8");
            log.push(fault.help(help).at(&place));
            return None;
        };
        let row = Row {
            unsafety: header.iter().position(|cell| cell.trim() == UNSAFETY),
            record: &record,
            columns: &columns,
            source,
        };
        if record.len() != header.len() {
            let fact = said!(
                "{} columns, where the first row has {}",
                record.len(),
                header.len()
            );
            let help = match record.len() > header.len() {
                true => {
                    said!("write a decimal point, and put text with a comma between double quotes")
                }
                false => said!("close every double quote, and write a comma for each empty column"),
            };
            log.push(
                Diagnostic::error(code::BAD_CSV, fact)
                    .help(help)
                    .at(&row.place(0)),
            );
            is_sound = false;
        } else if let Some(region) = row.region(log) {
            if regions.iter().any(|other| other.number == region.number) {
                let fact = said!("region {} stands here a second time", region.number);
                let fault = Diagnostic::error(code::BAD_REGIONS, fact);
                let help = said!("take out one of the two rows, or correct its number");
                log.push(fault.help(help).at(&row.place(columns[0])));
                is_sound = false;
            } else if let Some(other) = regions.iter().find(|other| other.name == region.name) {
                let fact = said!(
                    "`{}` is the name of region {} too",
                    shown(&region.name),
                    other.number
                );
                let fault = Diagnostic::error(code::BAD_REGIONS, fact);
                let help = said!("give every region a name of its own");
                log.push(fault.help(help).at(&row.place(columns[1])));
                is_sound = false;
            } else {
                regions.push(region);
            }
        } else {
            is_sound = false;
        }
        if log.has_enough() {
            return None;
        }
    }
    let is_missing = |number: &u8| !regions.iter().any(|region| region.number == *number);
    let missing: Vec<String> = (1..=N_REGIONS as u8)
        .filter(is_missing)
        .map(|number| number.to_string())
        .collect();
    if is_sound && !missing.is_empty() {
        let fact = said!("{} lacks region {}", source.path, missing.join(", "));
        let end = Place::new(source, source.text.len()..source.text.len());
        log.push(
            Diagnostic::error(code::BAD_REGIONS, fact)
                .help(said!("add a row for each"))
                .at(&end),
        );
        is_sound = false;
    }
    regions.sort_by_key(|region| region.number);
    is_sound.then(|| with_shares(regions))
}

/// Where each of [`COLUMNS`] stands.
fn columns(
    header: &StringRecord,
    source: &Arc<Source>,
    log: &mut Diagnostics,
) -> Option<[usize; COLUMNS.len()]> {
    let place = Place::new(source, 0..source.text.lines().next().map_or(0, str::len));
    if header.len() <= 1 {
        let fact = said!("the columns are not separated by commas");
        let help = said!("save the table as CSV with commas, not with semicolons or tabs");
        log.push(Diagnostic::error(code::BAD_CSV, fact).help(help).at(&place));
        return None;
    }
    let mut columns = [0; COLUMNS.len()];
    let mut is_complete = true;
    for (column, name) in columns.iter_mut().zip(COLUMNS) {
        let mut places = (header.iter().zip(0..)).filter(|(cell, _)| cell.trim() == name);
        match places.next() {
            Some((_, index)) if places.next().is_none() => *column = index,
            Some(_) => {
                let fault = Diagnostic::error(code::TWICE, said!("`{}` is named twice", name));
                log.push(fault.help(said!("take out one of the two")).at(&place));
                is_complete = false;
            }
            None => {
                let fact = said!("there is no column `{}`", name);
                let others: Vec<&str> = header.iter().take(100).collect();
                let help = match suggestion::nearest(name, &others) {
                    Some(other) if !COLUMNS.contains(&other) => {
                        said!("write `{}` in place of `{}`", name, shown(other))
                    }
                    _ => said!("add it; the columns are {}", COLUMNS.join(",")),
                };
                log.push(
                    Diagnostic::error(code::NO_COLUMN, fact)
                        .help(help)
                        .at(&place),
                );
                is_complete = false;
            }
        }
    }
    is_complete.then_some(columns)
}

fn with_shares(mut regions: Vec<Region>) -> Vec<Region> {
    let meldingen: f64 = regions.iter().map(|region| region.meldingen_per_year).sum();
    let inhabitants: f64 = regions
        .iter()
        .map(|region| f64::from(region.inhabitants))
        .sum();
    let unsafe_homes = |region: &Region| f64::from(region.inhabitants) * region.unsafety;
    let all_unsafe_homes: f64 = regions.iter().map(unsafe_homes).sum();
    let known = || {
        regions
            .iter()
            .filter_map(|one| Some((one, one.kept_share?)))
    };
    let country = Country {
        meldingen_per_year: meldingen,
        adviezen_per_year: regions.iter().map(|region| region.adviezen_per_year).sum(),
        meldingen_with_kept_share: known().map(|(one, _)| one.meldingen_per_year).sum(),
        meldingen_known_kept: known()
            .map(|(one, share)| one.meldingen_per_year * share)
            .sum(),
    };
    for region in &mut regions {
        region.country = country;
        region.share_of_unsafety = unsafe_homes(region) / all_unsafe_homes;
        region.share_of_meldingen = region.meldingen_per_year / meldingen;
        region.share_of_inhabitants = f64::from(region.inhabitants) / inhabitants;
    }
    regions
}

struct Row<'a> {
    unsafety: Option<usize>,
    record: &'a StringRecord,
    columns: &'a [usize; COLUMNS.len()],
    source: &'a Arc<Source>,
}

impl Row<'_> {
    fn region(&self, log: &mut Diagnostics) -> Option<Region> {
        let [
            nr,
            name,
            population,
            municipalities,
            meldingen,
            adviezen,
            kept,
            ..,
        ] = *self.columns;
        let mut whole = |column, high| self.number(column, 1.0..=high, true, log);
        let number = whole(nr, N_REGIONS as f64);
        let inhabitants = whole(population, 20e6);
        let municipalities = whole(municipalities, 1e3);
        let meldingen_per_year = whole(meldingen, 1e6);
        let adviezen_per_year = whole(adviezen, 1e6);
        let kept_share = match self.cell(kept) {
            "" => Some(None),
            _ => self.number(kept, 0.0..=1.0, false, log).map(Some),
        };
        let unsafety = match self.unsafety {
            Some(column) if !self.cell(column).is_empty() => {
                self.number(column, 0.1..=10.0, false, log)
            }
            _ => Some(1.0),
        };
        let name_text = self.cell(name);
        if name_text.is_empty() {
            let fault = Diagnostic::error(code::EMPTY, said!("the region has no name"));
            let help = said!("write the name of the veiligheidsregio");
            log.push(fault.help(help).at(&self.place(name)));
            return None;
        }
        Some(Region {
            number: number? as u8,
            name: name_text.to_owned(),
            inhabitants: inhabitants? as u32,
            municipalities: municipalities? as u32,
            meldingen_per_year: meldingen_per_year?,
            adviezen_per_year: adviezen_per_year?,
            kept_share: kept_share?,
            unsafety: unsafety?,
            share_of_unsafety: 0.0,
            share_of_meldingen: 0.0,
            share_of_inhabitants: 0.0,
            places: Vec::new(),
            country: Country::default(),
        })
    }

    fn cell(&self, column: usize) -> &str {
        self.record.get(column).unwrap_or_default().trim()
    }

    fn number(
        &self,
        column: usize,
        range: RangeInclusive<f64>,
        is_whole: bool,
        log: &mut Diagnostics,
    ) -> Option<f64> {
        let cell = self.cell(column);
        // In 1.000 the point may be one of thousands.
        let is_digits = |text: &str| text.bytes().all(|byte| byte.is_ascii_digit());
        let number = cell.parse().ok().filter(|number| range.contains(number));
        let number = number.filter(|_| !is_whole || is_digits(cell));
        if number.is_none() {
            let kind = if is_whole {
                said!("a whole number")
            } else {
                said!("a number")
            };
            let (low, high) = (range.start(), range.end());
            let fact = said!("`{}` is not {} from {} to {}", shown(cell), kind, low, high);
            let help = match cell.contains([',', '.']) {
                true => {
                    said!("write a decimal point where one belongs, and nothing between thousands")
                        .to_owned()
                }
                false => said!("write {} from {} to {}, in digits only", kind, low, high),
            };
            let fault = Diagnostic::error(code::BAD_NUMBER, fact).help(help);
            log.push(fault.at(&self.place(column)));
        }
        number
    }

    fn place(&self, column: usize) -> Place {
        let start = self
            .record
            .position()
            .map_or(0, |position| position.byte() as usize);
        Place::new(self.source, cell_span(&self.source.text, start, column))
    }
}

/// The bytes of a cell, in the record that begins at `start` or after the line end there.
fn cell_span(text: &str, start: usize, column: usize) -> Range<usize> {
    let rest = text.get(start..).unwrap_or_default();
    let start = text.len() - rest.trim_start_matches(['\r', '\n']).len();
    let (mut begin, mut index, mut is_quoted) = (start, 0, false);
    for (offset, byte) in text.bytes().enumerate().skip(start) {
        match byte {
            b'"' => is_quoted = !is_quoted,
            b',' if !is_quoted && index == column => return begin..offset,
            b',' if !is_quoted => (begin, index) = (offset + 1, index + 1),
            b'\r' | b'\n' if !is_quoted => return begin..offset,
            _ => {}
        }
    }
    begin..text.len()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn cells_are_found_behind_quotes_and_line_ends() {
        let text = "a,b,c\r\n1,\"x, y\",3\r\n";
        let cell = |start, column| &text[cell_span(text, start, column)];
        assert_eq!([cell(0, 0), cell(0, 2)], ["a", "c"]);
        assert_eq!([cell(6, 0), cell(6, 1), cell(6, 2)], ["1", "\"x, y\"", "3"]);
    }
}
