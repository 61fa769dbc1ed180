//! A table for Python: columns as raw bytes, which NumPy and Arrow take without copying.

use pyo3::prelude::*;
use pyo3::types::PyBytes;
use rvtsim::report::{self, Cells, Column};

/// Name, unit, kind, better, definition and Dutch name of a column; its cells; and its words, if its
/// cells are numbers of words.
type Typed = ([&'static str; 6], Py<PyBytes>, Option<Vec<String>>);

/// A table with types.
#[pyclass(frozen, module = "rvtsim._rvtsim")]
pub struct Table {
    /// Its name.
    #[pyo3(get)]
    name: &'static str,
    /// Its columns.
    #[pyo3(get)]
    columns: Vec<Typed>,
}

/// Columns with their cells, which may go from one thread to another.
pub struct Ready(&'static str, Vec<(Column, Cells)>);

impl Ready {
    pub fn of(table: report::Table<'_>) -> Self {
        Ready(table.name, table.typed())
    }

    pub fn into_python(self, py: Python<'_>) -> Table {
        let columns = self.1.into_iter().map(|(column, cells)| {
            let kind = column.kind.key();
            let about = [
                column.name,
                column.unit,
                kind,
                column.better,
                column.definition,
                column.label_nl,
            ];
            let (bytes, words) = match cells {
                Cells::Whole(cells) => (bytes(py, &cells, |cell| cell.to_ne_bytes()), None),
                Cells::Number(cells) => (bytes(py, &cells, |cell| cell.to_ne_bytes()), None),
                Cells::Truth(cells) => (bytes(py, &cells, |cell| cell.to_ne_bytes()), None),
                Cells::Words(words) => (
                    bytes(py, &words.rows, |row| row.to_ne_bytes()),
                    Some(words.words),
                ),
            };
            (about, bytes, words)
        });
        Table {
            name: self.0,
            columns: columns.collect(),
        }
    }
}

fn bytes<T: Copy, const N: usize>(
    py: Python<'_>,
    cells: &[T],
    bytes: fn(T) -> [u8; N],
) -> Py<PyBytes> {
    let cells: Vec<u8> = cells.iter().flat_map(|&cell| bytes(cell)).collect();
    PyBytes::new(py, &cells).unbind()
}
