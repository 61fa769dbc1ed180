//! What a finished sweep has shown, read back.

use std::io::ErrorKind;
use std::path::Path;

use serde::Deserialize;

use super::table::{POINT, ResultRow};
use crate::experiment::{SweepFigures, SweepPoint};
use crate::report::ReadingError;
use crate::report::folder::manifest::MOST_BYTES;
use crate::report::folder::sealed::{Sealed, must_be_as_written};
use crate::report::record::field::Field;
use crate::report::record::name::{DESIGN, MANIFEST};
use crate::report::record::reading::{Line, Records};
use crate::report::run::replication::{Kpis, Shown};
use crate::scenario::{Folder, Said, read_plain_text, said};

/// Reads the folder of a sweep of the same forms: `design.csv`, a row for every point and a column
/// for every parameter, and `results.csv`, long.
///
/// # Errors
///
/// When there is no sweep, or not the whole of one, or something was varied that is no number.
pub fn read_sweep(folder: &Path, forms: &[String]) -> Result<SweepFigures, ReadingError> {
    if !folder.join(DESIGN).exists() {
        return Err(ReadingError::NoSweep(folder.to_owned()));
    }
    must_be_as_written(&Folder::on_disk(folder), &tables_of(folder)?)?;
    let mut shown = Shown::default();
    let take = |line: Line| {
        let row: ResultRow = line.read()?;
        // A form that the run does not have says nothing here.
        match forms.iter().position(|form| form == row.form) {
            Some(form) => shown.take((form, row.point, row.replication), row.kpi, row.value, line),
            None => Ok(()),
        }
    };
    let there = Folder::on_disk(folder);
    Records::each::<ResultRow>(&there, take)?;
    let design = Records::read_all(&there, "design")?;
    let mut names = design.columns();
    if names.next() != Some(POINT.name) {
        return Err(design.broken(said!("its first column is not {}", POINT.name)));
    }
    let parameters: Vec<String> = names.map(str::to_owned).collect();
    let point = |line: Line| {
        let mut cells = line.cells();
        let number = Field::read(&mut cells)?;
        let factors = Field::read(&mut cells)?;
        let of_form = |form| shown.under(form, number);
        let together: Vec<Vec<Kpis>> = (0..forms.len()).map(of_form).collect();
        match together.iter().position(Vec::is_empty) {
            Some(form) => {
                let form = &forms[form];
                Err(line.broken(said!("results.csv has no {} at this point", form)))
            }
            None => Ok(SweepPoint { factors, together }),
        }
    };
    let points: Vec<SweepPoint> = design.rows().map(point).collect::<Result<_, _>>()?;
    if points.is_empty() {
        return Err(design.broken(said!("there are no points in it")));
    }
    Ok(SweepFigures { parameters, points })
}

/// The tables of a sweep, as its manifest has them.
fn tables_of(folder: &Path) -> Result<Vec<Sealed>, ReadingError> {
    #[derive(Deserialize)]
    struct Told {
        #[serde(default)]
        tables: Vec<Sealed>,
    }
    let path = folder.join(MANIFEST);
    let told = match read_plain_text(&path, MOST_BYTES) {
        Ok(text) => serde_json::from_str::<Told>(&text),
        // Tables that somebody has made by hand.
        Err(error) if error.kind() == ErrorKind::NotFound => return Ok(Vec::new()),
        Err(source) => return Err(ReadingError::Disk { path, source }),
    };
    told.map(|told| told.tables)
        .map_err(|error| ReadingError::Broken {
            path,
            fact: Said::of(&error),
        })
}
