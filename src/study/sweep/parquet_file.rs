//! A table as a Parquet file: the same rows and columns, with types.

use std::io::{self, Read, Write};

use super::package::Field;

/// Whether this program was built with the feature `parquet`.
pub const HAS_PARQUET: bool = cfg!(feature = "parquet");

/// Writes a table of the folder, as it stands there, as Parquet.
///
/// Rows are kept in memory only until a row group is full, and a group has as many rows wherever
/// its parts were made: the bytes follow from the table alone.
#[cfg(feature = "parquet")]
pub(crate) fn write_parquet(
    table: impl Read,
    fields: &[Field],
    out: impl Write + Send,
) -> io::Result<()> {
    typed::write(table, fields, typed::ROWS_TOGETHER, out)
}

/// Says that this program cannot.
#[cfg(not(feature = "parquet"))]
pub(crate) fn write_parquet(
    _table: impl Read,
    _fields: &[Field],
    _out: impl Write + Send,
) -> io::Result<()> {
    Err(io::Error::new(
        io::ErrorKind::Unsupported,
        "this program was built without Parquet",
    ))
}

#[cfg(feature = "parquet")]
mod typed {
    use std::io::{self, Read, Write};
    use std::sync::Arc;

    use parquet::basic::{LogicalType, Repetition, Type as Physical};
    use parquet::data_type::{ByteArray, ByteArrayType, DoubleType, Int64Type};
    use parquet::errors::ParquetError;
    use parquet::file::properties::WriterProperties;
    use parquet::file::writer::SerializedFileWriter;
    use parquet::schema::types::{Type, TypePtr};

    use crate::report::folder::manifest::PROGRAM;
    use crate::report::{Cells, Kind};
    use crate::study::sweep::package::Field;

    /// Rows of a row group: few enough to be kept in memory.
    pub(crate) const ROWS_TOGETHER: usize = 1 << 17;

    pub(crate) fn write(
        table: impl Read,
        fields: &[Field],
        rows_together: usize,
        out: impl Write + Send,
    ) -> io::Result<()> {
        let properties = WriterProperties::builder()
            // By itself it would name the version of a crate.
            .set_created_by(PROGRAM.to_owned())
            .build();
        let schema = schema(fields).map_err(io::Error::other)?;
        let writer = SerializedFileWriter::new(out, schema, Arc::new(properties));
        let mut writer = writer.map_err(io::Error::other)?;
        let mut columns: Vec<Cells> = none(fields);
        let mut n_rows = 0;
        for row in csv::Reader::from_reader(table).into_records() {
            let row = row.map_err(io::Error::other)?;
            for (column, cell) in columns.iter_mut().zip(&row) {
                column.take(cell).map_err(io::Error::other)?;
            }
            n_rows += 1;
            if n_rows == rows_together {
                write_group(&mut writer, &columns).map_err(io::Error::other)?;
                (columns, n_rows) = (none(fields), 0);
            }
        }
        if n_rows > 0 {
            write_group(&mut writer, &columns).map_err(io::Error::other)?;
        }
        writer.close().map_err(io::Error::other)?;
        Ok(())
    }

    fn none(fields: &[Field]) -> Vec<Cells> {
        fields.iter().map(|field| Cells::none(field.kind)).collect()
    }

    fn schema(fields: &[Field]) -> Result<TypePtr, ParquetError> {
        let column = |field: &Field| {
            let (physical, repetition, logical) = match field.kind {
                Kind::Whole => (Physical::INT64, Repetition::REQUIRED, None),
                Kind::Number => (Physical::DOUBLE, Repetition::OPTIONAL, None),
                _ => (
                    Physical::BYTE_ARRAY,
                    Repetition::REQUIRED,
                    Some(LogicalType::String),
                ),
            };
            Type::primitive_type_builder(&field.name, physical)
                .with_repetition(repetition)
                .with_logical_type(logical)
                .build()
                .map(Arc::new)
        };
        let columns = fields.iter().map(column).collect::<Result<_, _>>()?;
        let rows = Type::group_type_builder("rows").with_fields(columns);
        rows.build().map(Arc::new)
    }

    fn write_group(
        writer: &mut SerializedFileWriter<impl Write + Send>,
        columns: &[Cells],
    ) -> Result<(), ParquetError> {
        let mut group = writer.next_row_group()?;
        for cells in columns {
            let mut column = group
                .next_column()?
                .expect("the schema has a column for each field");
            match cells {
                Cells::Whole(values) => {
                    column
                        .typed::<Int64Type>()
                        .write_batch(values, None, None)?;
                }
                Cells::Number(cells) => {
                    let there: Vec<i16> =
                        cells.iter().map(|cell| (!cell.is_nan()).into()).collect();
                    let values: Vec<f64> = cells
                        .iter()
                        .copied()
                        .filter(|cell| !cell.is_nan())
                        .collect();
                    let column = column.typed::<DoubleType>();
                    column.write_batch(&values, Some(&there), None)?;
                }
                Cells::Words(words) => {
                    let word = |&row: &i32| ByteArray::from(words.words[row as usize].as_str());
                    let values: Vec<ByteArray> = words.rows.iter().map(word).collect();
                    let column = column.typed::<ByteArrayType>();
                    column.write_batch(&values, None, None)?;
                }
                Cells::Truth(_) => unreachable!("results hold no truths"),
            }
            column.close()?;
        }
        group.close()?;
        Ok(())
    }

    #[cfg(test)]
    mod tests {
        use std::fs::File;

        use parquet::file::reader::{FileReader, SerializedFileReader};
        use parquet::record::{Field as Cell, Row};

        use super::*;
        use crate::report::record::row::Record;
        use crate::study::sweep::table::ResultRow;

        fn written(table: &str, rows_together: usize) -> io::Result<File> {
            let fields: Vec<Field> = ResultRow::columns().iter().map(Field::of).collect();
            let file = tempfile::tempfile().unwrap();
            write(table.as_bytes(), &fields, rows_together, &file)?;
            Ok(file)
        }

        #[test]
        fn rows_come_back_in_groups_with_their_types_and_gaps() {
            let table = "point,form,replication,kpi,value\n\
                         1,v0,1,waits,0.1\n1,v0,1,\"a, b\",\n2,v1,3,waits,-1e-7\n";
            for (rows_together, n_groups) in [(1, 3), (2, 2), (3, 1), (100, 1)] {
                let file = written(table, rows_together).unwrap();
                let reader = SerializedFileReader::new(file).unwrap();
                assert_eq!(reader.num_row_groups(), n_groups);
                let created_by = reader.metadata().file_metadata().created_by();
                assert_eq!(created_by, Some("rvtsim"));
                let rows = reader.get_row_iter(None).unwrap();
                let cells = |row: Row| -> Vec<Cell> {
                    row.get_column_iter()
                        .map(|(_, cell)| cell.clone())
                        .collect()
                };
                let rows: Vec<Vec<Cell>> = rows.map(|row| cells(row.unwrap())).collect();
                let row = |point, form: &str, replication, kpi: &str, value| {
                    vec![
                        Cell::Long(point),
                        Cell::Str(form.to_owned()),
                        Cell::Long(replication),
                        Cell::Str(kpi.to_owned()),
                        value,
                    ]
                };
                assert_eq!(
                    rows,
                    [
                        row(1, "v0", 1, "waits", Cell::Double(0.1)),
                        row(1, "v0", 1, "a, b", Cell::Null),
                        row(2, "v1", 3, "waits", Cell::Double(-1e-7)),
                    ]
                );
            }
        }

        #[test]
        fn what_is_no_number_is_said() {
            let table = "point,form,replication,kpi,value\nx,v0,1,waits,0.1\n";
            let fault = written(table, 10).unwrap_err();
            assert_eq!(fault.to_string(), "`x` is no whole");
        }
    }
}
