//! An event log as a table.

use std::io::{self, Write};

use super::Format;
use super::line::{Case, DETAILS, Line};
use crate::report::record::column::{FORM, ROUTE, column};
use crate::report::record::table::Row;
use crate::report::words::text::write_row;
use crate::report::{Column, Kind, Table};
use crate::scenario::Scenario;
use crate::study::lives::life::Life;

/// What has happened to the output, and not only that something has: whoever stops reading is no fault.
fn of_output(error: csv::Error) -> io::Error {
    match error.into_kind() {
        csv::ErrorKind::Io(error) => error,
        other => io::Error::other(format!("{other:?}")),
    }
}

/// A column of yes and no.
const fn truth(name: &'static str, definition: &'static str, label_nl: &'static str) -> Column {
    Column {
        kind: Kind::Truth,
        ..column(name, "", definition, label_nl)
    }
}

/// Columns, those of the details last.
pub(crate) const COLUMNS: &[Column] = &[
    column(
        "case",
        "",
        "The household under the form: form, number of the region, household.",
        "zaak",
    ),
    FORM,
    column("region", "", "Name of the veiligheidsregio.", "regio"),
    column(
        "household",
        "",
        "Name of the household in its region.",
        "gezin",
    ),
    column(
        "activity",
        "",
        "What happened: a function, a measure, or an event.",
        "activiteit",
    ),
    column(
        "lifecycle",
        "",
        "schedule when a team is asked, start, complete, pi_abort when work is given up.",
        "fase",
    ),
    Column {
        kind: Kind::Moment,
        ..column(
            "timestamp",
            "",
            "When, in Dutch winter time the whole year.",
            "tijdstip",
        )
    },
    column(
        "team",
        "",
        "Key of the team in the form; empty where no team is part of it.",
        "team",
    ),
    column(
        "professional",
        "",
        "Number of the professional in the region; empty outside the chain.",
        "professional",
    ),
    column("kind", "", "What a function is done for.", "soort"),
    column(
        "mode",
        "",
        "How the professional came in, as it worked out for the family.",
        "wijze",
    ),
    column(
        "waited_days",
        "days",
        "How long the family had waited for it.",
        "gewacht",
    ),
    truth(
        "is_handover",
        "Whether the lead passed to another team.",
        "overdracht",
    ),
    truth(
        "is_retell",
        "Whether the family told its story anew.",
        "hervertelling",
    ),
    truth(
        "is_assessment",
        "Whether the family was assessed anew.",
        "beoordeling",
    ),
    truth("is_success", "Whether the work reached its aim.", "gelukt"),
    column("severity", "", "How unsafe the home is then.", "ernst"),
    truth("is_reported", "Whether an incident was reported.", "gemeld"),
    truth("is_crisis", "Whether an incident was a crisis.", "crisis"),
    truth("is_for", "Whether a judgement was for a measure.", "voor"),
    ROUTE,
    column(
        "protection",
        "",
        "How well the family is protected from then on.",
        "bescherming",
    ),
];

fn row(case: &Case, line: &Line) -> Row {
    let head = [
        case.id.as_str(),
        &case.form,
        &case.region,
        &case.household,
        line.activity,
        line.transition,
        &line.at,
        line.team.as_deref().unwrap_or_default(),
    ];
    let professional = line.professional.map(|number| number.to_string());
    let details = DETAILS.iter().map(|name| {
        let found = line.details.iter().find(|(other, _)| other == name);
        found.map_or_else(String::new, |(_, detail)| detail.text())
    });
    let head = head.into_iter().map(str::to_owned);
    head.chain([professional.unwrap_or_default()])
        .chain(details)
        .collect()
}

/// The log of some lives in a region as a table: a row for each event.
pub fn event_table<'a>(scenario: &'a Scenario, region: usize, lives: &'a [Life]) -> Table<'a> {
    let rows = lives.iter().flat_map(move |life| {
        let case = Case::of(scenario, region, life);
        let entries = life.journal.entries.iter();
        entries.map(move |entry| row(&case, &Line::of(scenario, life.case, entry)))
    });
    Table::new("events", COLUMNS, rows)
}

pub(crate) struct Csv<W: Write>(csv::Writer<W>);

impl<W: Write> Csv<W> {
    pub fn begin(out: W) -> io::Result<Self> {
        let mut out = csv::Writer::from_writer(out);
        out.write_record(COLUMNS.iter().map(|column| column.name))
            .map_err(of_output)?;
        Ok(Csv(out))
    }
}

impl<W: Write> Format<W> for Csv<W> {
    fn case(&mut self, case: &Case, lines: &[Line]) -> io::Result<()> {
        for line in lines {
            write_row(&mut self.0, row(case, line)).map_err(of_output)?;
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
    fn every_detail_has_its_column() {
        let names: Vec<&str> = COLUMNS.iter().map(|column| column.name).collect();
        assert_eq!(names[names.len() - DETAILS.len()..], DETAILS);
    }

    #[test]
    fn whoever_stops_reading_is_known_as_such() {
        let shut = csv::Error::from(io::Error::from(io::ErrorKind::BrokenPipe));
        assert_eq!(of_output(shut).kind(), io::ErrorKind::BrokenPipe);
    }
}
