//! A table of a run folder as it stands in its file, row by row.

use std::collections::BTreeMap;
use std::fs;
use std::io;
use std::path::{Path, PathBuf};

use super::column::Column;
use super::site::MANIFEST;
use super::text::without_apostrophe;
use crate::stats::Estimate;

/// Why a run folder cannot be read.
#[derive(Debug, thiserror::Error)]
pub enum ReadingError {
    /// There is no run.
    #[error(
        "{} holds no run of rvtsim: there is no {MANIFEST} of it\nname a folder that `rvtsim run` wrote, such as results/vergelijking",
        .0.display()
    )]
    Foreign(PathBuf),
    /// A file of the run is not what a run writes.
    #[error("{}: {fact}\nthe folder is incomplete or was changed; run the scenario again, or use the rvtsim that wrote it", path.display())]
    Broken {
        /// The file.
        path: PathBuf,
        /// What is wrong.
        fact: String,
    },
    /// The disk does not do what it is asked.
    #[error("cannot read {}: {source}", path.display())]
    Disk {
        /// What was to be read.
        path: PathBuf,
        /// Why it was not.
        source: io::Error,
    },
}

/// A table of the folder, its rows in the order in which we know the columns.
pub(super) struct Records {
    path: PathBuf,
    columns: Vec<&'static str>,
    rows: Vec<(u64, Vec<String>)>,
}

impl Records {
    pub(super) fn read(folder: &Path, name: &str, known: &[Column]) -> Result<Self, ReadingError> {
        let path = folder.join(format!("{name}.csv"));
        let columns: Vec<&'static str> = known.iter().map(|column| column.name).collect();
        let mut table = Records {
            path,
            columns,
            rows: Vec::new(),
        };
        let file = fs::File::open(&table.path).map_err(|source| match source.kind() {
            io::ErrorKind::NotFound => table.broken("this file is missing"),
            _ => ReadingError::Disk {
                path: table.path.clone(),
                source,
            },
        })?;
        let mut reader = csv::Reader::from_reader(io::BufReader::new(file));
        let header = reader.headers().map_err(|error| table.broken(error))?;
        let place = |name: &&str| {
            let found = header.iter().position(|one| one == *name);
            found.ok_or_else(|| table.broken(format!("there is no column {name}")))
        };
        let places: Vec<usize> = table.columns.iter().map(place).collect::<Result<_, _>>()?;
        let mut rows = Vec::new();
        for record in reader.records() {
            let record = record.map_err(|error| table.broken(error))?;
            let line = record.position().map_or(0, csv::Position::line);
            let field = |&place: &usize| without_apostrophe(&record[place]).to_owned();
            rows.push((line, places.iter().map(field).collect()));
        }
        table.rows = rows;
        Ok(table)
    }

    pub(super) fn broken(&self, fact: impl std::fmt::Display) -> ReadingError {
        ReadingError::Broken {
            path: self.path.clone(),
            fact: fact.to_string(),
        }
    }

    pub(super) fn rows(&self) -> impl Iterator<Item = Record<'_>> {
        self.rows.iter().map(|(number, fields)| Record {
            table: self,
            number: *number,
            fields,
        })
    }

    /// Whether every form has the same rows in every place.
    pub(super) fn must_be_whole(
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
                    let fact = format!("rows of {key} in {name} are missing or twice there");
                    return Err(self.broken(fact));
                }
            }
        }
        Ok(())
    }
}

/// A row of a table.
pub(super) struct Record<'a> {
    table: &'a Records,
    number: u64,
    fields: &'a [String],
}

impl<'a> Record<'a> {
    pub(super) fn text(&self, column: &str) -> &'a str {
        let place = self.table.columns.iter().position(|name| *name == column);
        &self.fields[place.expect("a column that we write")]
    }

    pub(super) fn broken(&self, fact: impl std::fmt::Display) -> ReadingError {
        self.table.broken(format!("line {}: {fact}", self.number))
    }

    pub(super) fn number(&self, column: &str) -> Result<Option<f64>, ReadingError> {
        let text = self.text(column);
        if text.is_empty() {
            return Ok(None);
        }
        let number = text.parse().ok().filter(|number: &f64| number.is_finite());
        let fault = || self.broken(format!("{column} is no number: {text:?}"));
        number.map(Some).ok_or_else(fault)
    }

    pub(super) fn needed(&self, column: &str) -> Result<f64, ReadingError> {
        let number = self.number(column)?;
        number.ok_or_else(|| self.broken(format!("{column} is empty")))
    }

    /// Place of a word among those that are known.
    pub(super) fn among(&self, column: &str, known: &[&str]) -> Result<usize, ReadingError> {
        let word = self.text(column);
        let found = known.iter().position(|one| *one == word);
        found.ok_or_else(|| self.broken(format!("unknown {column} {word:?}")))
    }

    pub(super) fn estimate(
        &self,
        mean: &str,
        n: &str,
        confidence: f64,
    ) -> Result<Option<Estimate>, ReadingError> {
        let (low, high) = (self.number("ci_low")?, self.number("ci_high")?);
        let Some(mean) = self.number(mean)? else {
            return Ok(None);
        };
        let n = self.needed(n)? as usize;
        let interval = low.zip(high);
        if n == 0 || (n > 1) != interval.is_some() {
            return Err(self.broken("mean, interval and number of replications do not agree"));
        }
        Ok(Some(Estimate::from_interval(mean, interval, n, confidence)))
    }
}
