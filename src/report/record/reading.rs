//! A table of a folder as it stands in its file, row by row.

use std::collections::BTreeMap;
use std::io::{self, Read};
use std::path::{Path, PathBuf};
use std::str::FromStr;

use csv::StringRecord;

use super::column::Column;
use super::field::Mean;
use super::row::Record;
use crate::engine::Date;
use crate::report::Lang;
use crate::report::record::name::DESIGN;
use crate::report::record::name::MANIFEST;
use crate::report::record::name::WEIGHING;
use crate::report::words::text::without_apostrophe;
use crate::scenario::{Folder, Said, Spoken, said};
use crate::stats::Estimate;

/// The largest table that is read \[bytes\].
pub(crate) const MOST_BYTES: u64 = 16 << 30;
/// The longest row of one \[bytes\]; the reader keeps a row as a whole.
const LONGEST_ROW: usize = 1 << 20;
/// Rows of a table that is kept in memory.
const MOST_ROWS: usize = 4_000_000;

/// Why the folder of a run, or of a sweep, cannot be read.
#[derive(Debug, thiserror::Error)]
#[error("{}", self.said().text(Lang::En))]
pub enum ReadingError {
    /// There is no run.
    Foreign(PathBuf),
    /// There is no sweep.
    NoSweep(PathBuf),
    /// A file of the run is not what a run writes.
    Broken {
        /// The file.
        path: PathBuf,
        /// What is wrong.
        fact: Said,
    },
    /// The disk does not do what it is asked.
    Disk {
        /// What was to be read.
        path: PathBuf,
        /// Why it was not.
        source: io::Error,
    },
}

impl ReadingError {
    /// What it says.
    pub fn said(&self) -> Said {
        match self {
            ReadingError::Foreign(path) => said!(
                "{} holds no run of rvtsim: there is no {} of it\n\
                 name a folder that `rvtsim run` wrote, such as results/vergelijking",
                path.display(),
                MANIFEST
            ),
            ReadingError::NoSweep(path) => said!(
                "{} holds no sweep of rvtsim: there is no {} of it\n\
                 name a folder that `rvtsim sweep` wrote",
                path.display(),
                DESIGN
            ),
            ReadingError::Broken { path, fact } => said!(
                "{}: {}\nthe folder is incomplete or was changed; {}",
                path.display(),
                *fact,
                remedy(path)
            ),
            ReadingError::Disk { path, source } => {
                said!("cannot read {}: {}", path.display(), Said::of(source))
            }
        }
    }
}

/// How a folder becomes whole again in which this file is not as it was written.
fn remedy(path: &Path) -> Said {
    let is_of = |name: &str| path.parent().is_some_and(|folder| folder.ends_with(name));
    match is_of(WEIGHING) {
        true => said!("weigh the run again with `rvtsim weigh`, or remove that folder"),
        false => said!("run the scenario again, or use the rvtsim that wrote it"),
    }
}

/// A table of the folder.
pub(crate) struct Records {
    sheet: Sheet,
    rows: Vec<StringRecord>,
}

/// What its header says.
struct Sheet {
    path: PathBuf,
    /// The columns that are read, with their places in the file.
    columns: Vec<(String, usize)>,
}

impl Records {
    /// Reads the table of such rows into memory.
    pub(crate) fn read<'a, R: Record<'a>>(folder: &Folder) -> Result<Self, ReadingError> {
        Records::keep(folder, R::TABLE, Some(R::columns()))
    }

    /// The same, or none if the folder has no such table.
    pub(crate) fn find<'a, R: Record<'a>>(folder: &Folder) -> Result<Option<Self>, ReadingError> {
        let is_there = folder.has(&format!("{}.csv", R::TABLE));
        is_there.then(|| Records::read::<R>(folder)).transpose()
    }

    /// Reads a table with whatever columns it has.
    pub(crate) fn read_all(folder: &Folder, name: &str) -> Result<Self, ReadingError> {
        Records::keep(folder, name, None)
    }

    fn keep(
        folder: &Folder,
        name: &str,
        columns: Option<Vec<Column>>,
    ) -> Result<Self, ReadingError> {
        let mut rows = Vec::new();
        let keep = |line: Line| {
            if rows.len() >= MOST_ROWS {
                return Err(line.broken(said!("it has more than {} rows", MOST_ROWS)));
            }
            rows.push(line.fields.clone());
            Ok(())
        };
        let sheet = read(folder, name, columns, keep)?;
        Ok(Records { sheet, rows })
    }

    /// Hands every line of the table of such rows on, keeping none: results of a sweep have millions.
    pub(crate) fn each<'a, R: Record<'a>>(
        folder: &Folder,
        take: impl FnMut(Line) -> Result<(), ReadingError>,
    ) -> Result<(), ReadingError> {
        read(folder, R::TABLE, Some(R::columns()), take).map(|_| ())
    }

    pub(crate) fn broken(&self, fact: Said) -> ReadingError {
        self.sheet.broken(fact)
    }

    pub(crate) fn columns(&self) -> impl Iterator<Item = &str> {
        self.sheet.columns.iter().map(|(name, _)| name.as_str())
    }

    pub(crate) fn rows(&self) -> impl Iterator<Item = Line<'_>> {
        self.rows.iter().map(|fields| Line {
            sheet: &self.sheet,
            fields,
        })
    }

    /// Whether every form has the same rows in every place.
    pub(crate) fn must_be_whole(
        &self,
        seen: &BTreeMap<(usize, usize), Vec<usize>>,
        forms: &[&str],
        places: &[&str],
        but: Option<usize>,
    ) -> Result<(), ReadingError> {
        let first = seen.values().next();
        for (form, key) in forms
            .iter()
            .enumerate()
            .filter(|&(form, _)| Some(form) != but)
        {
            for (place, name) in places.iter().enumerate() {
                let here = seen.get(&(form, place));
                if here.is_none() || here != first {
                    let fact = said!("rows of {} in {} are missing or twice there", key, name);
                    return Err(self.broken(fact));
                }
            }
        }
        Ok(())
    }
}

/// Reads a table row by row.
fn read(
    folder: &Folder,
    name: &str,
    columns: Option<Vec<Column>>,
    mut take: impl FnMut(Line) -> Result<(), ReadingError>,
) -> Result<Sheet, ReadingError> {
    let mut sheet = Sheet {
        path: folder.join(format!("{name}.csv")),
        columns: Vec::new(),
    };
    let file = folder.files().open(&sheet.path, MOST_BYTES);
    let file = file.map_err(|source| match source.kind() {
        io::ErrorKind::NotFound => sheet.broken(said!("this file is missing")),
        io::ErrorKind::InvalidInput | io::ErrorKind::FileTooLarge => {
            sheet.broken(Said::of(&source))
        }
        _ => ReadingError::Disk {
            path: sheet.path.clone(),
            source,
        },
    })?;
    let file = ShortRows {
        file: file.take(MOST_BYTES),
        length: 0,
    };
    let mut reader = csv::Reader::from_reader(io::BufReader::new(file));
    let header = reader
        .headers()
        .map_err(|error| sheet.broken(Said::of(&error)))?;
    let all = header.iter().map(str::to_owned).zip(0..);
    let mut all: Vec<(String, usize)> = all.collect();
    if let Some(known) = columns {
        let find = |column: &Column| {
            let found = all.iter().find(|(name, _)| name == column.name);
            let fault = || sheet.broken(said!("there is no column {}", column.name));
            found.cloned().ok_or_else(fault)
        };
        all = known.iter().map(find).collect::<Result<_, _>>()?;
    }
    sheet.columns = all;
    let mut fields = StringRecord::new();
    while reader
        .read_record(&mut fields)
        .map_err(|error| sheet.broken(Said::of(&error)))?
    {
        if fields.iter().any(|field| field.contains('\'')) {
            let mut plain: StringRecord = fields.iter().map(without_apostrophe).collect();
            plain.set_position(fields.position().cloned());
            fields = plain;
        }
        take(Line {
            sheet: &sheet,
            fields: &fields,
        })?;
    }
    Ok(sheet)
}

/// A file that ends with an error where a row does not end in time.
struct ShortRows<R> {
    file: R,
    /// Bytes since the last end of a line.
    length: usize,
}

impl<R: Read> Read for ShortRows<R> {
    fn read(&mut self, bytes: &mut [u8]) -> io::Result<usize> {
        let n = self.file.read(bytes)?;
        let end = bytes[..n].iter().rposition(|&byte| byte == b'\n');
        self.length = end.map_or(self.length + n, |end| n - end);
        match self.length > LONGEST_ROW {
            true => {
                let fact = said!("a row has more than {} bytes", LONGEST_ROW);
                Err(io::Error::other(Spoken(fact)))
            }
            false => Ok(n),
        }
    }
}

impl Sheet {
    fn broken(&self, fact: Said) -> ReadingError {
        ReadingError::Broken {
            path: self.path.clone(),
            fact,
        }
    }
}

/// A line of a table.
#[derive(Clone, Copy)]
pub(crate) struct Line<'a> {
    sheet: &'a Sheet,
    fields: &'a StringRecord,
}

impl<'a> Line<'a> {
    /// What stands in it.
    pub(crate) fn read<R: Record<'a>>(self) -> Result<R, ReadingError> {
        R::read(&mut self.cells())
    }

    /// Its fields, from the first column that is read.
    pub(crate) fn cells(self) -> Cells<'a> {
        Cells {
            line: self,
            columns: self.sheet.columns.iter(),
        }
    }

    pub(crate) fn broken(self, fact: Said) -> ReadingError {
        let line = self.fields.position().map_or(0, csv::Position::line);
        self.sheet.broken(said!("line {}: {}", line, fact))
    }

    /// Place of a word of a column among those that are known.
    pub(crate) fn among(
        self,
        column: &str,
        word: &str,
        known: &[impl AsRef<str>],
    ) -> Result<usize, ReadingError> {
        let found = known.iter().position(|one| one.as_ref() == word);
        found.ok_or_else(|| self.unknown(column, word))
    }

    /// What must stand in a column of this line.
    pub(crate) fn needed<T>(self, column: &str, found: Option<T>) -> Result<T, ReadingError> {
        found.ok_or_else(|| self.broken(said!("{} is empty", column)))
    }

    /// The estimate of which that was written.
    pub(crate) fn estimate(
        self,
        Mean { mean, low, high, n }: Mean,
        confidence: f64,
    ) -> Result<Option<Estimate>, ReadingError> {
        let Some(mean) = mean else {
            return Ok(None);
        };
        let interval = low.zip(high);
        let is_around = |(low, high): (f64, f64)| low <= mean && mean <= high;
        if n == 0 || (n > 1) != interval.is_some() || !interval.is_none_or(is_around) {
            return Err(self.broken(said!(
                "mean, interval and number of replications do not agree"
            )));
        }
        Ok(Some(Estimate::from_interval(mean, interval, n, confidence)))
    }

    fn unknown(self, column: &str, word: &str) -> ReadingError {
        self.broken(said!("unknown {} {}", column, format!("{word:?}")))
    }
}

/// The fields of a line that have not been read.
pub(crate) struct Cells<'a> {
    line: Line<'a>,
    columns: std::slice::Iter<'a, (String, usize)>,
}

impl<'a> Cells<'a> {
    /// The next.
    ///
    /// # Panics
    ///
    /// When all were read: more fields are declared than columns.
    pub(crate) fn next(&mut self) -> Cell<'a> {
        let (column, place) = self.columns.next().expect("a column for every field");
        let (line, text) = (self.line, &self.line.fields[*place]);
        Cell { line, column, text }
    }

    pub(crate) fn is_at_end(&self) -> bool {
        self.columns.as_slice().is_empty()
    }

    /// Whether nothing stands in the next.
    pub(crate) fn is_next_empty(&self) -> bool {
        let next = self.columns.as_slice().first();
        next.is_some_and(|&(_, place)| self.line.fields[place].is_empty())
    }
}

/// What a line has in a column.
#[derive(Clone, Copy)]
pub(crate) struct Cell<'a> {
    line: Line<'a>,
    column: &'a str,
    text: &'a str,
}

impl<'a> Cell<'a> {
    pub(crate) fn text(self) -> &'a str {
        self.text
    }

    pub(crate) fn number(self) -> Result<f64, ReadingError> {
        let text = Some(self.text).filter(|text| !text.is_empty());
        let number = self.line.needed(self.column, text)?.parse().ok();
        let number = number.filter(|number: &f64| number.is_finite());
        let quoted = || format!("{:?}", self.text);
        let fault = || {
            self.line
                .broken(said!("{} is no number: {}", self.column, quoted()))
        };
        number.ok_or_else(fault)
    }

    /// A whole number that is not negative.
    pub(crate) fn whole<T: FromStr>(self) -> Result<T, ReadingError> {
        let quoted = || format!("{:?}", self.text);
        let fault = |_| {
            self.line
                .broken(said!("{} is no whole number: {}", self.column, quoted()))
        };
        self.text.parse().map_err(fault)
    }

    pub(crate) fn date(self) -> Result<Date, ReadingError> {
        let fault = |_| self.line.broken(said!("{} is no date", self.text));
        self.text.parse().map_err(fault)
    }

    /// Place of the word among those that are known.
    pub(crate) fn among(self, known: &[&str]) -> Result<usize, ReadingError> {
        self.line.among(self.column, self.text, known)
    }

    /// That nothing of that name is known.
    pub(crate) fn unknown(self) -> ReadingError {
        self.line.unknown(self.column, self.text)
    }
}
