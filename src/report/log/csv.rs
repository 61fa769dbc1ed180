//! An event log as a table.

use std::io::{self, Write};

use super::super::text::write_row;
use super::Format;
use super::line::{Case, DETAILS, Line};

/// What has happened to the output, and not only that something has: whoever stops reading is no fault.
fn of_output(error: csv::Error) -> io::Error {
    match error.into_kind() {
        csv::ErrorKind::Io(error) => error,
        other => io::Error::other(format!("{other:?}")),
    }
}

/// Columns before the details.
const COLUMNS: [&str; 9] = [
    "case",
    "form",
    "region",
    "household",
    "activity",
    "lifecycle",
    "timestamp",
    "team",
    "professional",
];

pub(super) struct Csv<W: Write>(csv::Writer<W>);

impl<W: Write> Csv<W> {
    pub fn begin(out: W) -> io::Result<Self> {
        let mut out = csv::Writer::from_writer(out);
        out.write_record(COLUMNS.iter().chain(&DETAILS))
            .map_err(of_output)?;
        Ok(Csv(out))
    }
}

impl<W: Write> Format<W> for Csv<W> {
    fn case(&mut self, case: &Case, lines: &[Line]) -> io::Result<()> {
        for line in lines {
            let professional = line.professional.map(|number| number.to_string());
            let head = [
                case.id.as_str(),
                &case.form,
                &case.region,
                &case.household,
                line.activity,
                line.transition,
                &line.at,
                line.team.as_deref().unwrap_or_default(),
                professional.as_deref().unwrap_or_default(),
            ];
            let details = DETAILS.iter().map(|name| {
                let found = line.details.iter().find(|(other, _)| other == name);
                found.map_or_else(String::new, |(_, detail)| detail.text())
            });
            let cells = head.iter().map(|cell| (*cell).to_owned()).chain(details);
            write_row(&mut self.0, cells).map_err(of_output)?;
        }
        Ok(())
    }

    fn end(mut self: Box<Self>) -> io::Result<()> {
        self.0.flush()
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn whoever_stops_reading_is_known_as_such() {
        let shut = csv::Error::from(io::Error::from(io::ErrorKind::BrokenPipe));
        assert_eq!(of_output(shut).kind(), io::ErrorKind::BrokenPipe);
    }
}
