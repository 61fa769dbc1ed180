//! A table: its rows, made as they are asked for.

use super::column::{Column, Meaning, dictionary};
use super::row::Record;
use crate::report::words::text::write_row;
use std::io::Write;

/// A row, a field for every column.
pub type Row = Vec<String>;

/// A table, its rows made as they are asked for.
pub struct Table<'a> {
    /// Its name, without `.csv`.
    pub name: &'static str,
    /// Its columns.
    pub columns: Vec<Column>,
    /// Its rows.
    pub rows: Box<dyn Iterator<Item = Row> + 'a>,
}

impl<'a> Table<'a> {
    pub(crate) fn new(
        name: &'static str,
        columns: impl Into<Vec<Column>>,
        rows: impl Iterator<Item = Row> + 'a,
    ) -> Self {
        Table {
            name,
            columns: columns.into(),
            rows: Box::new(rows),
        }
    }

    /// The table of rows that declare it.
    pub(crate) fn of<R: Record<'a> + 'a>(rows: impl IntoIterator<Item = R, IntoIter: 'a>) -> Self {
        Table::new(R::TABLE, R::columns(), rows.into_iter().map(R::write))
    }

    /// Tables, and as the last of them the dictionary of that name that describes them.
    pub(crate) fn described(name: &'static str, mut tables: Vec<Self>) -> Vec<Self> {
        let meanings = dictionary(name, described(&tables));
        tables.push(Table::new(name, Meaning::columns(), meanings.into_iter()));
        tables
    }

    /// Puts more rows behind those that it has.
    pub(crate) fn extend(&mut self, more: impl Iterator<Item = Row> + 'a) {
        let own = std::mem::replace(&mut self.rows, Box::new(std::iter::empty()));
        self.rows = Box::new(own.chain(more));
    }

    /// Writes header and rows, as they are made.
    pub(crate) fn write(self, out: impl Write) -> csv::Result<()> {
        let mut out = csv::Writer::from_writer(out);
        out.write_record(self.columns.iter().map(|column| column.name))?;
        self.write_rows(out)
    }

    fn write_rows(self, mut out: csv::Writer<impl Write>) -> csv::Result<()> {
        for row in self.rows {
            write_row(&mut out, row)?;
        }
        Ok(out.flush()?)
    }

    /// The table as one text.
    pub fn to_csv(self) -> String {
        text(|out| self.write(out))
    }

    /// Its rows as one text, without the header.
    pub fn rows_to_csv(self) -> String {
        text(|out| self.write_rows(csv::Writer::from_writer(out)))
    }
}

fn text(write: impl FnOnce(&mut Vec<u8>) -> csv::Result<()>) -> String {
    let mut bytes = Vec::new();
    write(&mut bytes).expect("memory takes what is written");
    String::from_utf8(bytes).expect("every field is text")
}

/// Names and columns of tables, for a dictionary.
pub(crate) fn described<'t>(
    tables: &'t [Table<'_>],
) -> impl Iterator<Item = (&'t str, &'t [Column])> {
    let tables = tables.iter();
    tables.map(|table| (table.name, table.columns.as_slice()))
}
