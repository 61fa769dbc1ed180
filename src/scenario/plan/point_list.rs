//! Points of a sweep that stand in a CSV file.

use std::collections::{BTreeMap, BTreeSet};
use std::path::Path;
use std::sync::Arc;

use csv::ReaderBuilder;

use super::factor::{Factor, Ground, is_possible, lever, twice, value_of_cell};
use crate::scenario::fault::code;
use crate::scenario::fault::diagnostic::{Diagnostic, Diagnostics};
use crate::scenario::fault::rendering::shown;
use crate::scenario::fault::said::said;
use crate::scenario::fault::source::{Place, Source};
use crate::scenario::file::library::{Document, Library};
use crate::scenario::file::raw::Node;
use crate::scenario::form::setting::Value;

/// The columns of a long table: a row for each value.
const LONG: [&str; 3] = ["draw", "parameter", "value"];
/// A column of a wide table that is no factor.
const NUMBER: &str = "point";

/// Factors, and points with a value for each.
pub(crate) type List = (Vec<Factor>, Vec<Vec<Option<Value>>>);

/// Reads the file that a sweep names.
pub(crate) fn read(
    node: &Node,
    documents: &[Document],
    ground: &Ground<'_>,
    library: &mut Library,
    log: &mut Diagnostics,
) -> Option<List> {
    // From the folder of the file that names it.
    let text = node.text(log)?;
    let home = documents
        .iter()
        .rfind(|document| Arc::ptr_eq(&document.root.place.source, &node.place.source))
        .or(documents.last())?;
    let path = library.full(&home.path.parent()?.join(text));
    read_file(&path, &node.place, ground, library, log)
}

/// Reads a file that is named at a place.
pub(crate) fn read_file(
    path: &Path,
    place: &Place,
    ground: &Ground<'_>,
    library: &mut Library,
    log: &mut Diagnostics,
) -> Option<List> {
    let source = library.text(path, Some(place), log)?;
    let list = Reader {
        source: &source,
        ground,
    }
    .list(log)?;
    if list.1.is_empty() {
        let fact = said!("{} holds no point", source.path);
        let help =
            said!("write a line with the names of factors, and a line of values for each point");
        log.push(Diagnostic::error(code::EMPTY, fact).help(help).at(place));
        return None;
    }
    Some(list)
}

struct Reader<'a> {
    source: &'a Arc<Source>,
    ground: &'a Ground<'a>,
}

impl Reader<'_> {
    fn list(&self, log: &mut Diagnostics) -> Option<List> {
        let mut rows = ReaderBuilder::new()
            .has_headers(false)
            .flexible(true)
            .from_reader(self.source.text.as_bytes());
        let mut records = Vec::new();
        for record in rows.records() {
            let Ok(record) = record else {
                let place = Place::new(self.source, 0..0);
                let fault = Diagnostic::error(code::BAD_CSV, said!("this is not a table"));
                let help = said!("save the table as CSV with commas, in the encoding UTF-8");
                log.push(fault.help(help).at(&place));
                return None;
            };
            let start = record
                .position()
                .map_or(0, |position| position.byte() as usize);
            records.push((
                start,
                record
                    .iter()
                    .map(|cell| cell.trim().to_owned())
                    .collect::<Vec<_>>(),
            ));
        }
        let mut records = records.into_iter();
        let Some((start, header)) = records.next() else {
            return Some((Vec::new(), Vec::new()));
        };
        let rows: Vec<(usize, Vec<String>)> = records.collect();
        for (start, row) in &rows {
            if row.len() != header.len() {
                let fact = said!(
                    "{} columns, where the first row has {}",
                    row.len(),
                    header.len()
                );
                let help = said!("write a decimal point, and commas between columns");
                log.push(
                    Diagnostic::error(code::BAD_CSV, fact)
                        .help(help)
                        .at(&self.place(*start)),
                );
                return None;
            }
        }
        if header == LONG {
            self.long(&rows, log)
        } else {
            self.wide(start, &header, &rows, log)
        }
    }

    /// A column for each factor.
    fn wide(
        &self,
        start: usize,
        header: &[String],
        rows: &[(usize, Vec<String>)],
        log: &mut Diagnostics,
    ) -> Option<List> {
        let columns = header
            .iter()
            .enumerate()
            .filter(|(_, name)| *name != NUMBER);
        let columns: Vec<(usize, &String)> = columns.collect();
        let place = self.place(start);
        if header.len() - columns.len() > 1 {
            let fact = said!("`{}` is named twice", NUMBER);
            let fault = Diagnostic::error(code::TWICE, fact).help(said!("take out one of the two"));
            log.push(fault.at(&place));
            return None;
        }
        let found: Vec<Option<Factor>> = columns
            .iter()
            .map(|(_, name)| self.factor(name, &place, log))
            .collect();
        let mut factors: Vec<Factor> = Vec::with_capacity(columns.len());
        for factor in found.into_iter().collect::<Option<Vec<_>>>()? {
            self.add(&mut factors, factor, &place, log)?;
        }
        let mut points = Vec::with_capacity(rows.len());
        for (start, row) in rows {
            let cells = columns.iter().zip(&factors);
            let point =
                cells.map(|((column, _), factor)| self.cell(&row[*column], factor, *start, log));
            points.push(point.collect::<Option<Vec<_>>>());
            if log.has_enough() {
                return None;
            }
        }
        Some((factors, points.into_iter().collect::<Option<_>>()?))
    }

    /// A row for each value.
    fn long(&self, rows: &[(usize, Vec<String>)], log: &mut Diagnostics) -> Option<List> {
        let mut factors: Vec<Factor> = Vec::new();
        let mut points: BTreeMap<u64, Vec<Option<Value>>> = BTreeMap::new();
        let mut seen = BTreeSet::new();
        for (start, row) in rows {
            let Ok(draw) = row[0].parse::<u64>() else {
                let fact = said!("the number of a draw is not a whole number");
                let fault = Diagnostic::error(code::BAD_NUMBER, fact);
                let help = said!("write 0, 1, 2 and so on in the column `draw`");
                log.push(fault.help(help).at(&self.place(*start)));
                return None;
            };
            let known = factors.iter().position(|factor| factor.key == row[1]);
            let number = match known {
                Some(number) => number,
                None => {
                    let place = self.place(*start);
                    let factor = self.factor(&row[1], &place, log)?;
                    self.add(&mut factors, factor, &place, log)?;
                    factors.len() - 1
                }
            };
            if !seen.insert((draw, number)) {
                let fact = said!("`{}` is named twice in draw {}", shown(&row[1]), draw);
                let fault =
                    Diagnostic::error(code::TWICE, fact).help(said!("take out one of the two"));
                log.push(fault.at(&self.place(*start)));
                return None;
            }
            let value = self.cell(&row[2], &factors[number], *start, log)?;
            let point = points.entry(draw).or_default();
            point.resize(point.len().max(number + 1), None);
            point[number] = value;
        }
        let n = factors.len();
        let whole = |mut point: Vec<Option<Value>>| {
            point.resize(n, None);
            point
        };
        Some((factors, points.into_values().map(whole).collect()))
    }

    /// Adds a factor that moves nothing that another moves.
    fn add(
        &self,
        factors: &mut Vec<Factor>,
        factor: Factor,
        place: &Place,
        log: &mut Diagnostics,
    ) -> Option<()> {
        if let Some(rival) = factor.rival(factors) {
            log.push(twice(&factor, rival).at(place));
            return None;
        }
        factors.push(factor);
        Some(())
    }

    fn factor(&self, key: &str, place: &Place, log: &mut Diagnostics) -> Option<Factor> {
        Some(Factor::of_list(
            key,
            lever(key, place, self.ground, log)?,
            self.ground,
        ))
    }

    fn cell(
        &self,
        cell: &str,
        factor: &Factor,
        start: usize,
        log: &mut Diagnostics,
    ) -> Option<Option<Value>> {
        if cell.is_empty() {
            return Some(None);
        }
        let place = self.place(start);
        match value_of_cell(&factor.lever, cell, self.ground) {
            Ok(value) => {
                let is_possible = is_possible(&factor.lever, &value, &place, self.ground, log);
                is_possible.then_some(Some(value))
            }
            Err(fault) => {
                log.push(fault.at(&place));
                None
            }
        }
    }

    /// The line that begins at a byte.
    fn place(&self, start: usize) -> Place {
        let line = self.source.text[start..].lines().next().unwrap_or_default();
        Place::new(self.source, start..start + line.len())
    }
}
