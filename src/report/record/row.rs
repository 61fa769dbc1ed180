//! A table declared once: the struct of its rows, from which header, dictionary, writing and reading follow.

use super::column::{Column, column};
use super::field::Field;
use super::reading::{Cells, ReadingError};
use super::table::Row;

/// What a row of a table holds, as [`record!`] declares it.
pub(crate) trait Record<'a>: Sized {
    /// Name of the table, without `.csv`.
    const TABLE: &'static str;

    /// Its columns.
    fn columns() -> Vec<Column>;

    /// The row as it is written.
    fn write(self) -> Row;

    /// The row out of the fields of a line.
    fn read(cells: &mut Cells<'a>) -> Result<Self, ReadingError>;
}

/// Declares the struct of the rows of a table.
///
/// A field is a column of its name: its doc comment is what the column means, and behind its type stand the unit and
/// the Dutch label. A column that more tables have is named instead, and a field that takes several columns lists them.
///
/// ```text
/// record! {
///     /// A row of routes.csv.
///     pub(crate) struct RouteRow<'a> in "routes" {
///         form: &'a str = FORM;
///         /// Closed cases a year that went this way, mean over replications.
///         cases_per_year: f64 = ("per year", "zaken per jaar");
///         cases: Mean = [MEAN, CI_LOW, CI_HIGH, N];
///     }
/// }
/// ```
macro_rules! record {
    ($(#[$meta:meta])* $vis:vis struct $name:ident<$life:lifetime> in $table:literal { $($fields:tt)* }) => {
        $crate::report::record::row::record! { @ ($(#[$meta])* $vis struct $name<$life>) $name<$life>, $life, $vis, $table, $($fields)* }
    };
    ($(#[$meta:meta])* $vis:vis struct $name:ident in $table:literal { $($fields:tt)* }) => {
        $crate::report::record::row::record! { @ ($(#[$meta])* $vis struct $name) $name, 'row, $vis, $table, $($fields)* }
    };
    (@ ($($head:tt)*) $record:ty, $life:lifetime, $vis:vis, $table:literal,
        $($(#[doc = $meaning:literal])* $field:ident: $type:ty = $said:expr;)*) => {
        $($head)* { $($(#[doc = $meaning])* $vis $field: $type,)* }

        impl<$life> $crate::report::record::row::Record<$life> for $record {
            const TABLE: &'static str = $table;

            fn columns() -> Vec<$crate::report::record::column::Column> {
                use $crate::report::record::row::{Declared, typed};
                let mut columns = Vec::new();
                $(columns.extend(typed::<$type>(Declared::columns($said, stringify!($field), concat!($($meaning),*))));)*
                columns
            }

            fn write(self) -> $crate::report::record::table::Row {
                let mut row = Vec::new();
                $($crate::report::record::field::Field::write(self.$field, &mut row);)*
                row
            }

            fn read(
                cells: &mut $crate::report::record::reading::Cells<$life>,
            ) -> Result<Self, $crate::report::ReadingError> {
                Ok(Self { $($field: $crate::report::record::field::Field::read(cells)?,)* })
            }
        }
    };
}
pub(crate) use record;

/// What a declaration says of the columns of a field.
pub(crate) trait Declared {
    /// The columns of a field with that name and meaning.
    fn columns(self, name: &'static str, meaning: &'static str) -> Vec<Column>;
}

/// Unit and Dutch label of the one column of a field.
impl Declared for (&'static str, &'static str) {
    fn columns(self, name: &'static str, meaning: &'static str) -> Vec<Column> {
        vec![column(name, self.0, meaning.trim_start(), self.1)]
    }
}

impl Declared for Column {
    fn columns(self, _: &'static str, _: &'static str) -> Vec<Column> {
        vec![self]
    }
}

impl<const N: usize> Declared for [Column; N] {
    fn columns(self, _: &'static str, _: &'static str) -> Vec<Column> {
        self.into()
    }
}

impl Declared for Vec<Column> {
    fn columns(self, _: &'static str, _: &'static str) -> Vec<Column> {
        self
    }
}

/// Columns that hold what fields of a type are.
pub(crate) fn typed<'a, T: Field<'a>>(columns: Vec<Column>) -> impl Iterator<Item = Column> {
    let kinds = T::KINDS.iter().cycle();
    let columns = columns.into_iter().zip(kinds);
    columns.map(|(column, &kind)| Column { kind, ..column })
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::report::record::column::{CI_HIGH, CI_LOW, FORM, MEAN, N};
    use crate::report::record::field::Mean;
    use crate::report::record::reading::Records;
    use crate::report::record::typed::Kind;
    use crate::report::{Column, Table};
    use crate::scenario::Folder;

    const WIDE: [Column; 2] = [
        column("a", "days", "One.", ""),
        column("b", "days", "Two.", ""),
    ];

    record! {
        /// A row of try.csv.
        #[derive(PartialEq, Debug)]
        struct TryRow<'a> in "try" {
            form: &'a str = FORM;
            /// How far it is,
            /// there and back.
            distance: Option<f64> = ("km", "afstand");
            /// Whether it is so.
            is_so: bool = ("", "zo");
            found: Mean = [MEAN, CI_LOW, CI_HIGH, N];
            rest: Vec<Option<f64>> = WIDE.to_vec();
        }
    }

    fn row() -> TryRow<'static> {
        let mean = |n| Mean {
            mean: Some(2.0),
            low: None,
            high: None,
            n,
        };
        TryRow {
            form: "v0",
            distance: None,
            is_so: true,
            found: mean(1),
            rest: vec![Some(3.5), None],
        }
    }

    #[test]
    fn columns_follow_from_the_declaration() {
        let columns = TryRow::columns();
        let named = |at: usize| (columns[at].name, columns[at].unit, columns[at].kind);
        assert_eq!(columns.len(), 9);
        assert_eq!(columns[0], FORM);
        assert_eq!(named(1), ("distance", "km", Kind::Number));
        assert_eq!(columns[1].definition, "How far it is, there and back.");
        assert_eq!(columns[1].label_nl, "afstand");
        assert_eq!(named(2), ("is_so", "", Kind::Truth));
        assert_eq!(named(6), ("n", "count", Kind::Whole));
        assert_eq!(named(8), ("b", "days", Kind::Number));
    }

    #[test]
    fn what_is_read_is_what_was_written_and_what_is_wrong_is_told_with_its_line() {
        let home = tempfile::tempdir().unwrap();
        let text = Table::of([row(), row()]).to_csv();
        assert_eq!(text.lines().nth(1), Some("v0,,true,2,,,1,3.5,"));
        let read = |text: &str| {
            std::fs::write(home.path().join("try.csv"), text).unwrap();
            let table = Records::read::<TryRow>(&Folder::on_disk(home.path()))?;
            let rows = table
                .rows()
                .map(|line| line.read().map(|one: TryRow| one == row()));
            rows.collect::<Result<Vec<bool>, _>>()
        };
        assert_eq!(read(&text).unwrap(), [true, true]);
        for (from, to, says) in [
            ("true", "waar", "line 2: unknown is_so \"waar\""),
            (",1,3.5", ",,3.5", "line 2: n is no whole number: \"\""),
            ("3.5", "x", "line 2: a is no number: \"x\""),
            ("is_so", "so", "there is no column is_so"),
        ] {
            let text = text.replacen(from, to, 1);
            let told = read(&text).err().map(|error| error.to_string());
            assert!(
                told.as_ref().is_some_and(|told| told.contains(says)),
                "{told:?}: {says}"
            );
        }
    }
}
