//! The figures of teams and of queues as tables, and those of teams read back.

use super::column::{Column, FORM, REGION, TEAM};
use super::reading::{Line, ReadingError, Records};
use super::row::record;
use super::typed::Kind;
use crate::experiment::{QUEUE_FIGURES, TEAM_FIGURES};
use crate::scenario::{Folder, said};

/// A column for each figure of a list.
macro_rules! figures {
    ($figures:expr) => {{
        let figures = $figures.iter().map(|figure| Column {
            name: figure.key,
            unit: figure.unit,
            better: figure.better.key(),
            definition: figure.definition,
            label_nl: figure.nl,
            kind: Kind::Number,
        });
        figures.collect::<Vec<Column>>()
    }};
}

record! {
    /// A row of teams.csv.
    pub(crate) struct TeamRow<'a> in "teams" {
        form: &'a str = FORM;
        region: &'a str = REGION;
        team: &'a str = TEAM;
        figures: Vec<Option<f64>> = figures!(TEAM_FIGURES);
    }
}

record! {
    /// A row of queues.csv.
    pub(crate) struct QueueRow<'a> in "queues" {
        form: &'a str = FORM;
        region: &'a str = REGION;
        /// Key of the function that is waited for.
        function: &'a str = ("", "taak");
        figures: Vec<Option<f64>> = figures!(QUEUE_FIGURES);
    }
}

/// What was seen of a team of a form in a place, mean over replications.
#[derive(Clone, PartialEq, Debug)]
pub(crate) struct TeamLine {
    /// Number of the form.
    pub form: usize,
    /// Number of the place.
    pub place: usize,
    /// Number of the team in the form.
    pub team: usize,
    /// A value of each of [`TEAM_FIGURES`].
    pub figures: Vec<Option<f64>>,
}

impl TeamLine {
    /// The value of a figure of that name.
    pub(crate) fn figure(&self, key: &str) -> Option<f64> {
        let row = TEAM_FIGURES.iter().position(|figure| figure.key == key);
        self.figures[row.expect("a figure of the table")]
    }
}

/// Every team of every form in every place.
pub(crate) fn read(
    folder: &Folder,
    forms: &[&str],
    teams: &[Vec<&str>],
    places: &[&str],
) -> Result<Vec<TeamLine>, ReadingError> {
    let sheet = Records::read::<TeamRow>(folder)?;
    let read = |line: Line| {
        let row: TeamRow = line.read()?;
        let form = line.among("form", row.form, forms)?;
        Ok(TeamLine {
            form,
            place: line.among("region", row.region, places)?,
            team: line.among("team", row.team, &teams[form])?,
            figures: row.figures,
        })
    };
    let mut lines: Vec<TeamLine> = sheet.rows().map(read).collect::<Result<_, _>>()?;
    lines.sort_by_key(|one| (one.form, one.place, one.team));
    let n_teams: usize = teams.iter().map(Vec::len).sum();
    lines.dedup_by_key(|one| (one.form, one.place, one.team));
    match lines.len() == n_teams * places.len() && lines.len() == sheet.rows().count() {
        true => Ok(lines),
        false => Err(sheet.broken(said!("teams are missing or twice there"))),
    }
}
