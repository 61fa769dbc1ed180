//! The forms that follow each other in a path: where, from when, who does what in them, and what that costs a family.

use super::column::{Column, FORM, column};
use super::field::words;
use super::reading::{Line, ReadingError, Records};
use super::row::record;
use super::table::Table;
use crate::engine::Date;
use crate::experiment::Design;
use crate::model::{FixedRoute, Form, Function, Independence, Intake, Mode};
use crate::scenario::{Folder, Moment, Scenario, Stage};

/// Between teams, and between places.
pub(crate) const BETWEEN: &str = "; ";

/// A route on which forms are compared.
const fn route(name: &'static str, definition: &'static str) -> Column {
    column(name, "", definition, name)
}

record! {
    /// A row of stages.csv.
    #[derive(Clone, PartialEq, Debug)]
    pub(crate) struct StageRow in "stages" {
        form: String = FORM;
        /// Key of the form that comes into force in that path.
        stage: String = ("", "vorm in het pad");
        name: [String; 2] = [
            column("label_nl", "", "Its Dutch name.", "naam"),
            column("label_en", "", "Its English name.", "Engelse naam"),
        ];
        days: [Date; 2] = [
            column("from", "", "First day on which it is in force.", "eerste dag"),
            column("to_last", "", "First day on which it is in force in the last of the places.", "eerste dag in de laatste"),
        ];
        slips: Option<[Date; 2]> = [
            column("earliest", "", "Where a law may slip: the day before which it does not come, of which every replication draws one; its likeliest day stands in from. Else empty.", "op zijn vroegst"),
            column("latest", "", "The day after which it does not come.", "op zijn laatst"),
        ];
        /// Where: regions or parts of them; empty where it is everywhere.
        places: String = ("", "waar");
        /// Inhabitants of these places.
        inhabitants: u64 = ("persons", "inwoners");
        teams: [String; 5] = [
            column("holds", "", "Team that holds a family from the melding on.", "houdt het gezin"),
            column("takes_over", "", "Teams that take a family over for some function.", "neemt over"),
            column("joins", "", "Teams that join whoever holds it.", "komt erbij"),
            column("advises", "", "Teams that are asked for advice.", "geeft raad"),
            column("checks", "", "Teams that check a measure; where none does by itself, the team that asks for it.", "toetst"),
        ];
        /// Where the independent check is placed: extern in another organisation, intern in the same.
        check: Independence = ("", "toets");
        routes: [String; 5] = [
            route("R1", "Handovers/re-tells/assessments on route R1: melding, veiligheidsbeoordeling, lokaal team."),
            route("R2", "The same on R2: melding, veiligheidsbeoordeling, onderzoek, lokaal team."),
            route("R3", "The same on R3: lokaal team, drang, lokaal team."),
            route("R4", "The same on R4: lokaal team, drang, tafel, Raad, rechter, ondertoezichtstelling."),
            route("R5", "The same on R5: crisis, voorlopige ondertoezichtstelling, beschermingsonderzoek, ondertoezichtstelling."),
        ];
        /// What the form rests on.
        source: String = ("", "bron");
    }
}

/// The table of a run with paths; nothing where no form comes into force.
pub(crate) fn table(scenario: &Scenario) -> Option<Table<'_>> {
    let design = Design::new(scenario);
    let mut rows = Vec::new();
    for (number, case) in scenario.cases.iter().enumerate() {
        let row = |form: &Form, stage: Option<&Stage>| {
            let (days, places, inhabitants) =
                when_and_where(scenario, stage.map(|stage| &*stage.moments))?;
            let [over, joins, advises, checks] =
                [Mode::TakeOver, Mode::Join, Mode::Consult, Mode::Check]
                    .map(|mode| teams_in(form, mode));
            Some(StageRow {
                form: case.form.key.clone(),
                stage: form.key.clone(),
                name: [form.label.nl.clone(), form.label.en.clone()],
                days,
                slips: stage
                    .and_then(|stage| stage.slip)
                    .map(|slip| [slip.earliest, slip.latest]),
                places,
                inhabitants,
                teams: [holder(form).to_owned(), over, joins, advises, checks],
                check: form.check,
                routes: design.structure(number, form).map(|one| {
                    let counts = [one.handovers, one.retells, one.assessments];
                    counts.map(|count| count.to_string()).join("/")
                }),
                source: form.source.clone(),
            })
        };
        let stages = case.course.iter().flat_map(|course| &course.stages);
        let later: Vec<_> = stages
            .filter_map(|stage| row(&stage.case.form, Some(stage)))
            .collect();
        if !later.is_empty() {
            rows.extend(row(case.start(), None));
            rows.extend(later);
        }
    }
    (!rows.is_empty()).then(|| Table::of(rows))
}

/// First days, places and inhabitants of a stage, or of what is there from the start; nothing where it comes nowhere.
fn when_and_where(
    scenario: &Scenario,
    moments: Option<&[Option<Moment>]>,
) -> Option<([Date; 2], String, u64)> {
    let first = scenario.period.first_day();
    let all = scenario.regions.iter();
    let Some(moments) = moments else {
        let inhabitants = all.map(|region| u64::from(region.inhabitants)).sum();
        return Some(([first; 2], String::new(), inhabitants));
    };
    let here = || {
        all.clone()
            .zip(moments)
            .filter_map(|(region, one)| Some((region, one.as_ref()?)))
    };
    let days = || here().map(|(_, moment)| moment.day);
    let days = [days().min()?, days().max()?].map(|day| first.plus_days(day as i32));
    let parts = here().flat_map(|(region, moment)| match moment.places[..] {
        [] => vec![(&region.name, region.inhabitants)],
        _ => {
            let places = moment.places.iter();
            let places = places.map(|&place| &region.places[usize::from(place)]);
            places
                .map(|place| (&place.name, place.inhabitants))
                .collect()
        }
    });
    let (names, inhabitants): (Vec<&String>, Vec<u32>) = parts.unzip();
    let is_everywhere = here().count() == scenario.regions.len()
        && here().all(|(_, moment)| moment.places.is_empty());
    let names: Vec<&str> = names.into_iter().map(String::as_str).collect();
    let places = if is_everywhere {
        String::new()
    } else {
        names.join(BETWEEN)
    };
    Some((days, places, inhabitants.into_iter().map(u64::from).sum()))
}

/// The team that holds a family from the melding on.
fn holder(form: &Form) -> &str {
    let function = match form.intake {
        Intake::ViaTriage => Function::Veiligheidsbeoordeling,
        Intake::LokaalTeam => Function::VrijwilligeHulp,
    };
    let task = form.task(function).expect("every form has these");
    &form.teams[task.team].key
}

/// The teams of the chain that come in by a mode.
fn teams_in(form: &Form, mode: Mode) -> String {
    let teams = form.teams.iter().enumerate().filter(|(number, _)| {
        let mut own = Function::ALL.into_iter().filter(|one| !one.is_external());
        own.any(|one| {
            form.task(one)
                .is_some_and(|task| (task.team, task.mode) == (*number, mode))
        })
    });
    let keys: Vec<&str> = teams.map(|(_, team)| team.key.as_str()).collect();
    keys.join(BETWEEN)
}

words! {
    Independence, [Independence::Extern, Independence::Intern], |check: Independence| match check {
        Independence::Extern => "extern",
        Independence::Intern => "intern",
    };
}

/// A stage of a run folder.
#[derive(Clone, PartialEq, Debug)]
pub(crate) struct StageLine {
    /// Number of the path.
    pub path: usize,
    pub row: StageRow,
}

/// The stages of a run folder, if it has any.
pub(crate) fn read(folder: &Folder, forms: &[&str]) -> Result<Vec<StageLine>, ReadingError> {
    let Some(table) = Records::find::<StageRow>(folder)? else {
        return Ok(Vec::new());
    };
    let read = |line: Line| {
        let row: StageRow = line.read()?;
        let path = line.among("form", &row.form, forms)?;
        Ok(StageLine { path, row })
    };
    table.rows().map(read).collect()
}

/// The routes on which forms are compared, as the table names them.
pub(crate) const ROUTES: [&str; FixedRoute::ALL.len()] = ["R1", "R2", "R3", "R4", "R5"];
