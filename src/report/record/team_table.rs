//! The figures of teams, read back.

use super::column;
use super::reading::{Columns, ReadingError, Records};
use crate::experiment::TEAM_FIGURES;
use crate::scenario::{Folder, said};

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
    let columns = column::teams();
    let sheet = Records::read(folder, "teams", Columns::Known(&columns))?;
    let line = |line: super::reading::Record| {
        let form = line.among("form", forms)?;
        let figures = TEAM_FIGURES.iter().map(|figure| line.number(figure.key));
        Ok(TeamLine {
            form,
            place: line.among("region", places)?,
            team: line.among("team", &teams[form])?,
            figures: figures.collect::<Result<_, _>>()?,
        })
    };
    let mut lines: Vec<TeamLine> = sheet.rows().map(line).collect::<Result<_, _>>()?;
    lines.sort_by_key(|one| (one.form, one.place, one.team));
    let n_teams: usize = teams.iter().map(Vec::len).sum();
    lines.dedup_by_key(|one| (one.form, one.place, one.team));
    match lines.len() == n_teams * places.len() && lines.len() == sheet.rows().count() {
        true => Ok(lines),
        false => Err(sheet.broken(said!("teams are missing or twice there"))),
    }
}
