//! Tables as columns with types, for whoever computes with them: the same rows as in the files,
//! without the text in between.

use super::column::Column;
use super::table::Table;

/// What a column holds.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub enum Kind {
    /// Whole numbers, in every row.
    Whole,
    /// Numbers, or nothing.
    Number,
    /// True or false, or nothing.
    Truth,
    /// A date or a moment as text, as ISO 8601 has it, or nothing.
    Moment,
    /// Words.
    Text,
}

impl Kind {
    /// What a column of that unit holds if nothing else is said: with a unit numbers, of which some may be missing.
    pub const fn of_unit(unit: &str) -> Self {
        if unit.is_empty() {
            Kind::Text
        } else {
            Kind::Number
        }
    }

    /// Its name.
    pub fn key(self) -> &'static str {
        match self {
            Kind::Whole => "whole",
            Kind::Number => "number",
            Kind::Truth => "truth",
            Kind::Moment => "moment",
            Kind::Text => "text",
        }
    }
}

/// The cells of a column.
#[derive(Clone, PartialEq, Debug)]
pub enum Cells {
    /// Whole numbers.
    Whole(Vec<i64>),
    /// Numbers; not a number where there is none.
    Number(Vec<f64>),
    /// 1 for true, 0 for false, -1 where there is neither.
    Truth(Vec<i8>),
    /// For each row the number of its word; each word once, in the order in which they come.
    Words(Words),
}

/// Words, each kept once.
#[derive(Clone, PartialEq, Default, Debug)]
pub struct Words {
    /// Each word.
    pub words: Vec<String>,
    /// For each row the number of its word.
    pub rows: Vec<i32>,
    numbers: std::collections::HashMap<String, i32>,
}

impl Words {
    fn take(&mut self, word: &str) {
        let number = match self.numbers.get(word) {
            Some(&number) => number,
            None => {
                let number = self.words.len() as i32;
                self.words.push(word.to_owned());
                self.numbers.insert(word.to_owned(), number);
                number
            }
        };
        self.rows.push(number);
    }
}

/// A field that is not what its column holds.
#[derive(Clone, PartialEq, Eq, Debug, thiserror::Error)]
#[error("`{cell}` is no {}", kind.key())]
pub struct WrongCell {
    cell: String,
    kind: Kind,
}

impl Cells {
    /// None yet.
    pub fn none(kind: Kind) -> Self {
        match kind {
            Kind::Whole => Cells::Whole(Vec::new()),
            Kind::Number => Cells::Number(Vec::new()),
            Kind::Truth => Cells::Truth(Vec::new()),
            Kind::Moment | Kind::Text => Cells::Words(Words::default()),
        }
    }

    /// Takes the next.
    ///
    /// # Errors
    ///
    /// When it is not what the column holds.
    pub fn take(&mut self, cell: &str) -> Result<(), WrongCell> {
        let wrong = |kind| WrongCell {
            cell: cell.to_owned(),
            kind,
        };
        match self {
            Cells::Whole(cells) => cells.push(cell.parse().map_err(|_| wrong(Kind::Whole))?),
            Cells::Number(cells) if cell.is_empty() => cells.push(f64::NAN),
            Cells::Number(cells) => cells.push(cell.parse().map_err(|_| wrong(Kind::Number))?),
            Cells::Truth(cells) => cells.push(match cell {
                "true" => 1,
                "false" => 0,
                "" => -1,
                _ => return Err(wrong(Kind::Truth)),
            }),
            Cells::Words(words) => words.take(cell),
        }
        Ok(())
    }
}

impl Table<'_> {
    /// Its columns, each with its cells.
    ///
    /// # Panics
    ///
    /// When a field is not what its column holds.
    pub fn typed(self) -> Vec<(Column, Cells)> {
        let mut typed: Vec<(Column, Cells)> = self
            .columns
            .iter()
            .map(|column| (*column, Cells::none(column.kind)))
            .collect();
        for row in self.rows {
            for ((column, cells), cell) in typed.iter_mut().zip(row) {
                if let Err(wrong) = cells.take(&cell) {
                    panic!("column {} of {}: {wrong}", column.name, self.name);
                }
            }
        }
        typed
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::experiment::fixture::{outcome, scenario};
    use crate::report::{significant, tables};

    /// The cells as the file has them.
    fn texts(cells: &Cells) -> Vec<String> {
        let truth = |cell: &i8| match cell {
            1 => "true",
            0 => "false",
            _ => "",
        };
        match cells {
            Cells::Whole(cells) => cells.iter().map(i64::to_string).collect(),
            Cells::Number(cells) => cells.iter().map(|&cell| significant(Some(cell))).collect(),
            Cells::Truth(cells) => cells.iter().map(|cell| truth(cell).to_owned()).collect(),
            Cells::Words(words) => {
                let word = |&row: &i32| words.words[row as usize].clone();
                words.rows.iter().map(word).collect()
            }
        }
    }

    #[test]
    fn typed_columns_hold_what_the_rows_say() {
        let scenario = scenario(2);
        let outcome = outcome(&scenario);
        for (typed, rows) in tables(&scenario, &outcome)
            .into_iter()
            .zip(tables(&scenario, &outcome))
        {
            let name = typed.name;
            let typed = typed.typed();
            let rows: Vec<Vec<String>> = rows.rows.collect();
            for (place, (column, cells)) in typed.iter().enumerate() {
                // Parameters are written with all their digits.
                if name == "evidence" && matches!(cells, Cells::Number(_)) {
                    continue;
                }
                let expected: Vec<String> = rows.iter().map(|row| row[place].clone()).collect();
                assert_eq!(texts(cells), expected, "{} of {name}", column.name);
            }
        }
    }

    #[test]
    fn a_field_of_another_kind_is_told() {
        let wrong = |kind, cell| Cells::none(kind).take(cell).unwrap_err().to_string();
        assert_eq!(wrong(Kind::Whole, ""), "`` is no whole");
        assert_eq!(wrong(Kind::Number, "x"), "`x` is no number");
        assert_eq!(wrong(Kind::Truth, "yes"), "`yes` is no truth");
    }
}
