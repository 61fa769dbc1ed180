//! A table of a folder as it stands in its file, row by row.

use std::collections::BTreeMap;
use std::io::{self, Read};
use std::path::{Path, PathBuf};

use csv::StringRecord;

use super::column::Column;
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

/// The columns that are read of a table.
#[derive(Clone, Copy)]
pub(crate) enum Columns<'a> {
    /// These, which must be there.
    Known(&'a [Column]),
    /// Whatever there is.
    All,
}

impl Records {
    /// Reads a table into memory.
    pub(crate) fn read(
        folder: &Folder,
        name: &str,
        columns: Columns,
    ) -> Result<Self, ReadingError> {
        let mut rows = Vec::new();
        let keep = |record: Record| {
            if rows.len() >= MOST_ROWS {
                return Err(record.broken(said!("it has more than {} rows", MOST_ROWS)));
            }
            rows.push(record.fields.clone());
            Ok(())
        };
        let sheet = read(folder, name, columns, keep)?;
        Ok(Records { sheet, rows })
    }

    /// Hands every row of a table on, keeping none: results of a sweep have millions.
    pub(crate) fn each(
        folder: &Folder,
        name: &str,
        columns: Columns,
        take: impl FnMut(Record) -> Result<(), ReadingError>,
    ) -> Result<(), ReadingError> {
        read(folder, name, columns, take).map(|_| ())
    }

    pub(crate) fn broken(&self, fact: Said) -> ReadingError {
        self.sheet.broken(fact)
    }

    pub(crate) fn columns(&self) -> impl Iterator<Item = &str> {
        self.sheet.columns.iter().map(|(name, _)| name.as_str())
    }

    pub(crate) fn rows(&self) -> impl Iterator<Item = Record<'_>> {
        self.rows.iter().map(|fields| Record {
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
    columns: Columns,
    mut take: impl FnMut(Record) -> Result<(), ReadingError>,
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
    if let Columns::Known(known) = columns {
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
        take(Record {
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

/// A row of a table.
pub(crate) struct Record<'a> {
    sheet: &'a Sheet,
    fields: &'a StringRecord,
}

impl<'a> Record<'a> {
    pub(crate) fn text(&self, column: &str) -> &'a str {
        let mut columns = self.sheet.columns.iter();
        let (_, place) = columns
            .find(|(name, _)| name == column)
            .expect("a column that was asked for");
        &self.fields[*place]
    }

    pub(crate) fn broken(&self, fact: Said) -> ReadingError {
        let line = self.fields.position().map_or(0, csv::Position::line);
        self.sheet.broken(said!("line {}: {}", line, fact))
    }

    pub(crate) fn number(&self, column: &str) -> Result<Option<f64>, ReadingError> {
        let text = self.text(column);
        if text.is_empty() {
            return Ok(None);
        }
        let number = text.parse().ok().filter(|number: &f64| number.is_finite());
        let fault = || self.broken(said!("{} is no number: {}", column, format!("{text:?}")));
        number.map(Some).ok_or_else(fault)
    }

    pub(crate) fn needed(&self, column: &str) -> Result<f64, ReadingError> {
        let number = self.number(column)?;
        number.ok_or_else(|| self.broken(said!("{} is empty", column)))
    }

    /// The number of something, from 1.
    pub(crate) fn count(&self, column: &str) -> Result<u32, ReadingError> {
        let text = self.text(column);
        let fault = |_| {
            self.broken(said!(
                "{} is no whole number: {}",
                column,
                format!("{text:?}")
            ))
        };
        text.parse().map_err(fault)
    }

    /// Place of a word among those that are known.
    pub(crate) fn among(&self, column: &str, known: &[&str]) -> Result<usize, ReadingError> {
        let word = self.text(column);
        let found = known.iter().position(|one| *one == word);
        found.ok_or_else(|| self.broken(said!("unknown {} {}", column, format!("{word:?}"))))
    }

    /// What stands in the columns of a mean, the ends of its interval and the number of its values.
    pub(crate) fn estimate(
        &self,
        [mean, low, high, n]: [&str; 4],
        confidence: f64,
    ) -> Result<Option<Estimate>, ReadingError> {
        let (low, high) = (self.number(low)?, self.number(high)?);
        let Some(mean) = self.number(mean)? else {
            return Ok(None);
        };
        let n = self.count(n)? as usize;
        let interval = low.zip(high);
        let is_around = |(low, high): (f64, f64)| low <= mean && mean <= high;
        if n == 0 || (n > 1) != interval.is_some() || !interval.is_none_or(is_around) {
            return Err(self.broken(said!(
                "mean, interval and number of replications do not agree"
            )));
        }
        Ok(Some(Estimate::from_interval(mean, interval, n, confidence)))
    }
}
