//! The forms that follow each other in a path: where, from when, who does what in them, and what that costs a family.

use super::column::{Column, FORM, column};
use super::reading::{Columns, ReadingError, Record, Records};
use super::table::Table;
use crate::engine::Date;
use crate::experiment::Design;
use crate::model::{FixedRoute, Form, Function, Independence, Intake, Label, Mode};
use crate::scenario::{Folder, Moment, Scenario, Stage, said};

const TABLE: &str = "stages";
/// Between teams, and between places.
const BETWEEN: &str = "; ";

/// A route on which forms are compared.
const fn route(name: &'static str, definition: &'static str) -> Column {
    column(name, "", definition, name)
}

const COLUMNS: &[Column] = &[
    FORM,
    column(
        "stage",
        "",
        "Key of the form that comes into force in that path.",
        "vorm in het pad",
    ),
    column("label_nl", "", "Its Dutch name.", "naam"),
    column("label_en", "", "Its English name.", "Engelse naam"),
    column(
        "from",
        "",
        "First day on which it is in force.",
        "eerste dag",
    ),
    column(
        "to_last",
        "",
        "First day on which it is in force in the last of the places.",
        "eerste dag in de laatste",
    ),
    column(
        "earliest",
        "",
        "Where a law may slip: the day before which it does not come, of which every replication draws one; its likeliest day stands in from. Else empty.",
        "op zijn vroegst",
    ),
    column(
        "latest",
        "",
        "The day after which it does not come.",
        "op zijn laatst",
    ),
    column(
        "places",
        "",
        "Where: regions or parts of them; empty where it is everywhere.",
        "waar",
    ),
    column(
        "inhabitants",
        "persons",
        "Inhabitants of these places.",
        "inwoners",
    ),
    column(
        "holds",
        "",
        "Team that holds a family from the melding on.",
        "houdt het gezin",
    ),
    column(
        "takes_over",
        "",
        "Teams that take a family over for some function.",
        "neemt over",
    ),
    column(
        "joins",
        "",
        "Teams that join whoever holds it.",
        "komt erbij",
    ),
    column(
        "advises",
        "",
        "Teams that are asked for advice.",
        "geeft raad",
    ),
    column(
        "checks",
        "",
        "Teams that check a measure; where none does by itself, the team that asks for it.",
        "toetst",
    ),
    column(
        "check",
        "",
        "Where the independent check is placed: extern in another organisation, intern in the same.",
        "toets",
    ),
    route(
        "R1",
        "Handovers/re-tells/assessments on route R1: melding, veiligheidsbeoordeling, lokaal team.",
    ),
    route(
        "R2",
        "The same on R2: melding, veiligheidsbeoordeling, onderzoek, lokaal team.",
    ),
    route("R3", "The same on R3: lokaal team, drang, lokaal team."),
    route(
        "R4",
        "The same on R4: lokaal team, drang, tafel, Raad, rechter, ondertoezichtstelling.",
    ),
    route(
        "R5",
        "The same on R5: crisis, voorlopige ondertoezichtstelling, beschermingsonderzoek, ondertoezichtstelling.",
    ),
    column("source", "", "What the form rests on.", "bron"),
];

/// The table of a run with paths; nothing where no form comes into force.
pub(crate) fn table(scenario: &Scenario) -> Option<Table<'_>> {
    let design = Design::new(scenario);
    let row = |number: usize, form: &Form, stage: Option<&Stage>| {
        let moments = stage.map(|stage| &*stage.moments);
        let (from, to_last, places, inhabitants) = when_and_where(scenario, moments)?;
        let slip = stage.and_then(|stage| stage.slip);
        let [earliest, latest] = slip.map_or([const { String::new() }; 2], |slip| {
            [slip.earliest, slip.latest].map(|day| day.to_string())
        });
        let routes = design.structure(number, form).map(|one| {
            let counts = [one.handovers, one.retells, one.assessments];
            counts.map(|count| count.to_string()).join("/")
        });
        let key = scenario.cases[number].form.key.clone();
        let Label { nl, en } = form.label.clone();
        let mut row = vec![
            key,
            form.key.clone(),
            nl,
            en,
            from,
            to_last,
            earliest,
            latest,
            places,
            inhabitants,
        ];
        row.push(holder(form).to_owned());
        row.extend(
            [Mode::TakeOver, Mode::Join, Mode::Consult, Mode::Check]
                .map(|mode| teams_in(form, mode)),
        );
        row.push(word(form.check).to_owned());
        row.extend(routes);
        row.push(form.source.clone());
        Some(row)
    };
    let mut rows = Vec::new();
    for (number, case) in scenario.cases.iter().enumerate() {
        let stages = case.course.iter().flat_map(|course| &course.stages);
        let later: Vec<_> = stages
            .filter_map(|stage| row(number, &stage.case.form, Some(stage)))
            .collect();
        if !later.is_empty() {
            rows.extend(row(number, case.start(), None));
            rows.extend(later);
        }
    }
    (!rows.is_empty()).then(|| Table::new(TABLE, COLUMNS, rows.into_iter()))
}

/// First days, places and inhabitants of a stage, or of what is there from the start; nothing where it comes nowhere.
fn when_and_where(
    scenario: &Scenario,
    moments: Option<&[Option<Moment>]>,
) -> Option<(String, String, String, String)> {
    let first = scenario.period.first_day();
    let all = scenario.regions.iter();
    let Some(moments) = moments else {
        let inhabitants: u64 = all.map(|region| u64::from(region.inhabitants)).sum();
        let day = first.to_string();
        return Some((day.clone(), day, String::new(), inhabitants.to_string()));
    };
    let here = || {
        all.clone()
            .zip(moments)
            .filter_map(|(region, one)| Some((region, one.as_ref()?)))
    };
    let days = || here().map(|(_, moment)| moment.day);
    let date = |day: u32| first.plus_days(day as i32).to_string();
    let (from, to_last) = (date(days().min()?), date(days().max()?));
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
    let inhabitants: u64 = inhabitants.into_iter().map(u64::from).sum();
    Some((from, to_last, places, inhabitants.to_string()))
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

fn word(check: Independence) -> &'static str {
    match check {
        Independence::Extern => "extern",
        Independence::Intern => "intern",
    }
}

/// A row of the table.
#[derive(Clone, PartialEq, Debug)]
pub(crate) struct StageLine {
    /// Number of the path.
    pub path: usize,
    /// Key of the form, and its name in both languages.
    pub form: String,
    pub name: [String; 2],
    /// First day, in the first place and in the last.
    pub days: [Date; 2],
    /// Where; nothing where it is everywhere.
    pub places: String,
    /// Between which days a law may slip.
    pub slips: Option<[Date; 2]>,
    pub inhabitants: f64,
    /// Keys of teams: who holds, takes over, joins, advises and checks.
    pub teams: [Vec<String>; 5],
    /// Whether another organisation checks.
    pub is_external: bool,
    /// Handovers/re-tells/assessments by route.
    pub routes: Vec<String>,
    pub source: String,
}

/// The stages of a run folder, if it has any.
pub(crate) fn read(folder: &Folder, forms: &[&str]) -> Result<Vec<StageLine>, ReadingError> {
    if !folder.has(&format!("{TABLE}.csv")) {
        return Ok(Vec::new());
    }
    let table = Records::read(folder, TABLE, Columns::Known(COLUMNS))?;
    let line = |row: Record| {
        let text = |name: &str| row.text(name).to_owned();
        let date = |name: &str| {
            let date: Result<Date, _> = row.text(name).parse();
            date.map_err(|_| row.broken(said!("{} is no date", row.text(name))))
        };
        let teams = |name: &str| {
            let keys = row.text(name).split(BETWEEN).filter(|key| !key.is_empty());
            keys.map(str::to_owned).collect()
        };
        Ok(StageLine {
            path: row.among("form", forms)?,
            form: text("stage"),
            name: ["label_nl", "label_en"].map(text),
            days: [date("from")?, date("to_last")?],
            slips: match row.text("earliest") {
                "" => None,
                _ => Some([date("earliest")?, date("latest")?]),
            },
            places: text("places"),
            inhabitants: row.needed("inhabitants")?,
            teams: ["holds", "takes_over", "joins", "advises", "checks"].map(teams),
            is_external: row.text("check") == word(Independence::Extern),
            routes: ROUTES.map(text).into(),
            source: text("source"),
        })
    };
    table.rows().map(line).collect()
}

/// The routes on which forms are compared, as the table names them.
pub(crate) const ROUTES: [&str; FixedRoute::ALL.len()] = ["R1", "R2", "R3", "R4", "R5"];
