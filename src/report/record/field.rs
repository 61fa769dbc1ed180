//! What a field of a row may be, how it is written, and how it is read back.

use super::reading::{Cells, ReadingError};
use super::table::Row;
use super::typed::Kind;
use crate::engine::Date;
use crate::experiment::SERIES;
use crate::model::{KPIS, Quantity, Standing, Step};
use crate::report::words::number::{exact, significant};
use crate::scenario::Grade;
use crate::stats::Estimate;

/// What stands in one column of a table, or in several side by side.
pub(crate) trait Field<'a>: Sized {
    /// What its columns hold; over again where it has more.
    const KINDS: &'static [Kind];

    /// Puts it behind what the row has.
    fn write(self, row: &mut Row);

    /// Takes it from the front of what is left of a line.
    fn read(cells: &mut Cells<'a>) -> Result<Self, ReadingError>;
}

impl<'a> Field<'a> for &'a str {
    const KINDS: &'static [Kind] = &[Kind::Text];

    fn write(self, row: &mut Row) {
        row.push(self.to_owned());
    }

    fn read(cells: &mut Cells<'a>) -> Result<Self, ReadingError> {
        Ok(cells.next().text())
    }
}

impl Field<'_> for String {
    const KINDS: &'static [Kind] = &[Kind::Text];

    fn write(self, row: &mut Row) {
        row.push(self);
    }

    fn read(cells: &mut Cells) -> Result<Self, ReadingError> {
        Ok(cells.next().text().to_owned())
    }
}

/// Six significant digits; nothing where it is not finite.
impl Field<'_> for f64 {
    const KINDS: &'static [Kind] = &[Kind::Number];

    fn write(self, row: &mut Row) {
        row.push(significant(Some(self)));
    }

    fn read(cells: &mut Cells) -> Result<Self, ReadingError> {
        cells.next().number()
    }
}

/// A number with every digit that it has.
#[derive(Clone, Copy, PartialEq, PartialOrd, Debug)]
pub(crate) struct Exact(pub f64);

impl Field<'_> for Exact {
    const KINDS: &'static [Kind] = &[Kind::Number];

    fn write(self, row: &mut Row) {
        row.push(exact(self.0));
    }

    fn read(cells: &mut Cells) -> Result<Self, ReadingError> {
        cells.next().number().map(Exact)
    }
}

impl Field<'_> for bool {
    const KINDS: &'static [Kind] = &[Kind::Truth];

    fn write(self, row: &mut Row) {
        row.push(self.to_string());
    }

    fn read(cells: &mut Cells) -> Result<Self, ReadingError> {
        Ok(cells.next().among(&["false", "true"])? == 1)
    }
}

/// Fields that are written and parsed as the language does.
macro_rules! plain {
    ($($type:ty, $kind:ident, $parse:ident;)*) => {$(
        impl Field<'_> for $type {
            const KINDS: &'static [Kind] = &[Kind::$kind];

            fn write(self, row: &mut Row) {
                row.push(self.to_string());
            }

            fn read(cells: &mut Cells) -> Result<Self, ReadingError> {
                cells.next().$parse()
            }
        }
    )*};
}
plain! {
    u32, Whole, whole;
    u64, Whole, whole;
    usize, Whole, whole;
    Date, Moment, date;
}

/// Fields that are a word of a fixed list.
macro_rules! words {
    ($($type:ty, $all:expr, $key:expr;)*) => {$(
        impl $crate::report::record::field::Field<'_> for $type {
            const KINDS: &'static [$crate::report::Kind] = &[$crate::report::Kind::Text];

            fn write(self, row: &mut $crate::report::record::table::Row) {
                row.push($key(self).to_owned());
            }

            fn read(
                cells: &mut $crate::report::record::reading::Cells,
            ) -> Result<Self, $crate::report::ReadingError> {
                let cell = cells.next();
                let mut all = $all.into_iter();
                let found = all.find(|&one| $key(one) == cell.text());
                found.ok_or_else(|| cell.unknown())
            }
        }
    )*};
}
pub(crate) use words;

words! {
    Grade, Grade::ALL.iter().copied(), Grade::key;
    Quantity, Quantity::ALL, Quantity::key;
    SeriesNumber, (0..SERIES.len()).map(SeriesNumber), |one: SeriesNumber| SERIES[one.0].key;
    Standing, Standing::ALL, Standing::key;
    Step, Step::all(), |step: Step| step.key();
}

/// Number of a series in [`SERIES`], written as its key.
#[derive(Clone, Copy, PartialEq, Debug)]
pub(crate) struct SeriesNumber(pub usize);

/// Number of a KPI in [`KPIS`], written as its key with the unit behind it.
#[derive(Clone, Copy, PartialEq, Debug)]
pub(crate) struct KpiNumber(pub usize);

impl Field<'_> for KpiNumber {
    const KINDS: &'static [Kind] = &[Kind::Text];

    fn write(self, row: &mut Row) {
        let kpi = &KPIS[self.0];
        row.extend([kpi.key, kpi.unit].map(str::to_owned));
    }

    fn read(cells: &mut Cells) -> Result<Self, ReadingError> {
        let cell = cells.next();
        let found = KPIS.iter().position(|kpi| kpi.key == cell.text());
        cells.next();
        found.map(KpiNumber).ok_or_else(|| cell.unknown())
    }
}

/// A field that may be empty; of several columns, if the first is.
impl<'a, T: Field<'a>> Field<'a> for Option<T> {
    const KINDS: &'static [Kind] = match T::KINDS {
        [Kind::Whole] => &[Kind::Number],
        kinds => kinds,
    };

    fn write(self, row: &mut Row) {
        match self {
            Some(one) => one.write(row),
            None => row.extend(std::iter::repeat_n(String::new(), T::KINDS.len())),
        }
    }

    fn read(cells: &mut Cells<'a>) -> Result<Self, ReadingError> {
        match cells.is_next_empty() {
            true => {
                for _ in T::KINDS {
                    cells.next();
                }
                Ok(None)
            }
            false => T::read(cells).map(Some),
        }
    }
}

/// As many fields of one column each.
impl<'a, T: Field<'a>, const N: usize> Field<'a> for [T; N] {
    const KINDS: &'static [Kind] = &[T::KINDS[0]; N];

    fn write(self, row: &mut Row) {
        self.into_iter().for_each(|one| one.write(row));
    }

    fn read(cells: &mut Cells<'a>) -> Result<Self, ReadingError> {
        let all: Vec<T> = (0..N).map(|_| T::read(cells)).collect::<Result<_, _>>()?;
        let all = <[T; N]>::try_from(all);
        Ok(all.unwrap_or_else(|_| unreachable!("as many as were read")))
    }
}

/// Fields up to the end of the row.
impl<'a, T: Field<'a>> Field<'a> for Vec<T> {
    const KINDS: &'static [Kind] = T::KINDS;

    fn write(self, row: &mut Row) {
        self.into_iter().for_each(|one| one.write(row));
    }

    fn read(cells: &mut Cells<'a>) -> Result<Self, ReadingError> {
        let mut all = Vec::new();
        while !cells.is_at_end() {
            all.push(T::read(cells)?);
        }
        Ok(all)
    }
}

/// A mean and the ends of its interval, as they are written.
pub(crate) type Ends = [Option<f64>; 3];

/// Mean and ends of an estimate.
pub(crate) fn with_ends(estimate: Option<Estimate>) -> Ends {
    let estimate = estimate.map(|one| [one.mean, one.low, one.high]);
    estimate.map_or([None; 3], |ends| ends.map(Some))
}

/// A mean, the ends of its interval and the number of its values, as they are written.
#[derive(Clone, Copy, PartialEq, Debug)]
pub(crate) struct Mean {
    pub mean: Option<f64>,
    pub low: Option<f64>,
    pub high: Option<f64>,
    pub n: usize,
}

impl Mean {
    /// A mean that is of so many values.
    pub(crate) fn of([mean, low, high]: Ends, n: usize) -> Self {
        Mean { mean, low, high, n }
    }
}

impl From<Option<Estimate>> for Mean {
    fn from(estimate: Option<Estimate>) -> Self {
        Mean::of(with_ends(estimate), estimate.map_or(0, |one| one.n))
    }
}

impl From<Estimate> for Mean {
    fn from(estimate: Estimate) -> Self {
        Some(estimate).into()
    }
}

impl Field<'_> for Mean {
    const KINDS: &'static [Kind] = &[Kind::Number, Kind::Number, Kind::Number, Kind::Whole];

    fn write(self, row: &mut Row) {
        [self.mean, self.low, self.high].write(row);
        self.n.write(row);
    }

    fn read(cells: &mut Cells) -> Result<Self, ReadingError> {
        Ok(Mean::of(Field::read(cells)?, Field::read(cells)?))
    }
}
