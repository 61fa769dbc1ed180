//! The journeys of a run as two tables, and read back from them.

use super::journey::{JOURNEY_FACTS, JOURNEYS, Journey};
use super::life::Life;
use crate::engine::{MINUTES_PER_DAY, Time};
use crate::experiment::{Stretch, StretchKind, stretches};
use crate::model::{Entrance, Facts, Standing};
use crate::report::record::column::{FORM, column};
use crate::report::record::reading::{Columns, Record, Records};
use crate::report::record::table::Row;
use crate::report::{Column, Manifest, ReadingError, Table, significant};
use crate::scenario::{Folder, Scenario, said};

/// Name of the table of kinds of families.
const KINDS: &str = "journey_types";
/// Name of the table of what happened to one of each.
const STRETCHES: &str = "journeys";

const TYPE: Column = column(
    "type",
    "",
    "Kind of family whose journey is shown.",
    "soort gezin",
);

/// Columns of journey_types.csv.
const KIND_COLUMNS: [Column; 12] = [
    TYPE,
    column(
        "conditions",
        "",
        "What its life is like under the baseline, as `rvtsim trace --find` reads it.",
        "voorwaarden",
    ),
    column(
        "region",
        "",
        "The region that was searched: the one with the most meldingen.",
        "regio",
    ),
    column(
        "replication",
        "",
        "The replication that was searched.",
        "herhaling",
    ),
    FORM,
    column(
        "families",
        "count",
        "Families that came for the first time in the first half of the measured period.",
        "gezinnen",
    ),
    column(
        "families_like_that",
        "count",
        "Of these, families whose life under this form fits the conditions, up to the end of the run.",
        "gezinnen die zo leven",
    ),
    column(
        "household",
        "",
        "Name for `rvtsim trace --household` of the typical one of them under the baseline; empty if there are none.",
        "gezin",
    ),
    column(
        "fact",
        "",
        "What is counted, from the coming of the family to the end of the run: waited_days, in queues for steps of its way; handovers; retells; unsafe_days, without even conditions.",
        "feit",
    ),
    column(
        "median",
        "of the fact",
        "Median of the fact over the families whose life under this form fits; empty if there are none.",
        "mediaan",
    ),
    column(
        "value",
        "of the fact",
        "The fact of the household under this form.",
        "waarde van het gezin",
    ),
    column(
        "standing",
        "",
        "Where the household stands at the end of the run under this form: open; safe, concerns or unsafe if its case is closed.",
        "stand aan het eind",
    ),
];

/// Columns of journeys.csv.
const STRETCH_COLUMNS: [Column; 10] = [
    TYPE,
    FORM,
    column("region", "", "Name of the veiligheidsregio.", "regio"),
    column("replication", "", "Number of the replication.", "herhaling"),
    column(
        "household",
        "",
        "Name of the household for `rvtsim trace --household`.",
        "gezin",
    ),
    column(
        "from_days",
        "days",
        "Beginning, counted from the first coming of the family.",
        "van",
    ),
    column(
        "to_days",
        "days",
        "End, at the latest that of the run; the same as from_days for what happens at one moment.",
        "tot",
    ),
    column(
        "kind",
        "",
        "What goes on: lead, the team holds the family; joined, another team does something for it; wait, it waits for a step; measure, one is in force; and at one moment came, handover, retell, incident, person_left, safe, closed; and run_ended, the last day that is known.",
        "soort",
    ),
    column(
        "team",
        "",
        "Key of the team in the form, where it is of a team: that which it waits for, to which it was handed over, or to which it told its story.",
        "team",
    ),
    column(
        "detail",
        "",
        "The function joined or waited for, the measure, how the family came, what kind of incident, how unsafe the home was when the case was closed.",
        "bijzonderheid",
    ),
];

/// The tables of a run with its journeys, which come before the dictionary, and in it.
pub fn with_journeys<'a>(
    mut tables: Vec<Table<'a>>,
    scenario: &'a Scenario,
    journeys: &'a [Journey],
) -> Vec<Table<'a>> {
    let kinds = journeys.iter().flat_map(|one| kind_rows(scenario, one));
    let lives = journeys.iter().flat_map(|one| life_rows(scenario, one));
    let own = [
        Table::new(KINDS, KIND_COLUMNS, kinds),
        Table::new(STRETCHES, STRETCH_COLUMNS, lives),
    ];
    let mut dictionary = tables.pop().expect("the last table is the dictionary");
    let rows = own
        .iter()
        .flat_map(|table| crate::report::record::column::rows_of_table(table.name, &table.columns));
    let rows: Vec<Row> = rows.collect();
    dictionary.rows = Box::new(dictionary.rows.chain(rows));
    tables.extend(own);
    tables.push(dictionary);
    tables
}

fn kind_rows(scenario: &Scenario, journey: &Journey) -> Vec<Row> {
    let mut rows = Vec::new();
    for (case, crowd) in journey.crowds.iter().enumerate() {
        let life: Option<&Life> = journey.lives.as_ref().map(|lives| &lives.lives[case]);
        for (number, (fact, value)) in JOURNEY_FACTS.iter().enumerate() {
            let facts: Option<&Facts> = life.map(|life| &life.facts);
            rows.push(vec![
                journey.kind.key.to_owned(),
                journey.kind.conditions.to_owned(),
                scenario.regions[journey.region].name.clone(),
                journey.replication.to_string(),
                scenario.cases[case].form.key.clone(),
                crowd.n_looked.to_string(),
                crowd.n_fitting.to_string(),
                facts.map_or(String::new(), |facts| facts.family.name.to_string()),
                (*fact).to_owned(),
                significant(crowd.medians.map(|medians| medians[number])),
                significant(facts.map(value)),
                facts.map_or("", |facts| facts.standing.key()).to_owned(),
            ]);
        }
    }
    rows
}

fn life_rows(scenario: &Scenario, journey: &Journey) -> Vec<Row> {
    let lives = journey.lives.iter().flat_map(|lives| &lives.lives);
    let rows = lives.flat_map(|life| {
        let form = &scenario.cases[life.case].form;
        let days = |at: Time| {
            let minutes = at.since(life.facts.came_at);
            significant(Some(f64::from(minutes) / f64::from(MINUTES_PER_DAY)))
        };
        let row = move |from: Time, to: Time, kind: &str, team: Option<u8>, detail: &str| {
            let team = team.map_or("", |team| &form.teams[usize::from(team)].key);
            vec![
                journey.kind.key.to_owned(),
                form.key.clone(),
                scenario.regions[journey.region].name.clone(),
                journey.replication.to_string(),
                life.facts.family.name.to_string(),
                days(from),
                days(to),
                kind.to_owned(),
                team.to_owned(),
                detail.to_owned(),
            ]
        };
        let until = life.journal.until;
        let ended = row(until, until, ENDED, None, "");
        let stretch = move |one: Stretch| {
            let (kind, detail) = words(one.kind);
            row(one.from, one.to, kind, one.team, detail)
        };
        stretches(&life.journal)
            .into_iter()
            .map(stretch)
            .chain([ended])
    });
    rows.collect()
}

/// The last row of a life.
const ENDED: &str = "run_ended";

/// The words for a stretch in the table.
fn words(kind: StretchKind) -> (&'static str, &'static str) {
    match kind {
        StretchKind::Came(entrance) => ("came", coming(entrance)),
        StretchKind::Lead => ("lead", ""),
        StretchKind::Joined(function) => ("joined", function.key()),
        StretchKind::Wait(function) => ("wait", function.key()),
        StretchKind::Handover => ("handover", ""),
        StretchKind::Retell => ("retell", ""),
        StretchKind::Incident {
            is_crisis: true, ..
        } => ("incident", "crisis"),
        StretchKind::Incident {
            is_reported: true, ..
        } => ("incident", "reported"),
        StretchKind::Incident { .. } => ("incident", "not_reported"),
        StretchKind::Measure(measure) => ("measure", measure.key()),
        StretchKind::PersonLeft => ("person_left", ""),
        StretchKind::Safe => ("safe", ""),
        StretchKind::Closed(severity) => ("closed", severity.key()),
    }
}

fn coming(entrance: Entrance) -> &'static str {
    match entrance {
        Entrance::FirstMelding => "first_melding",
        Entrance::Hermelding => "hermelding",
        Entrance::Vervolgmelding => "vervolgmelding",
        Entrance::OwnIntake => "own_intake",
        Entrance::Jeugdreclassering => "jeugdreclassering",
        Entrance::Stock => "stock",
    }
}

/// A kind of family as a run folder tells of it.
#[derive(Clone, PartialEq, Debug)]
pub(crate) struct ToldJourney {
    /// Its name.
    pub key: &'static str,
    pub conditions: String,
    pub region: String,
    pub replication: u32,
    /// The family; none if nobody lives like that.
    pub household: Option<String>,
    /// By the number of the form.
    pub lanes: Vec<ToldLane>,
}

/// A life under one form.
#[derive(Clone, PartialEq, Default, Debug)]
pub(crate) struct ToldLane {
    pub n_families: u32,
    pub n_like_that: u32,
    /// Medians by the number of the fact in [`JOURNEY_FACTS`].
    pub medians: Vec<Option<f64>>,
    /// The family's own.
    pub values: Vec<Option<f64>>,
    /// Where it stands in the end, a number in [`Standing::ALL`].
    pub standing: Option<usize>,
    pub stretches: Vec<ToldStretch>,
}

/// A row of journeys.csv.
#[derive(Clone, PartialEq, Debug)]
pub(crate) struct ToldStretch {
    pub from: f64,
    pub to: f64,
    pub kind: String,
    /// Number of the team in the form.
    pub team: Option<usize>,
    pub detail: String,
}

/// The journeys of a run folder; none if it has neither of the tables, as what is not
/// made by `rvtsim run` has not.
pub(crate) fn read(
    folder: &Folder,
    manifest: &Manifest,
) -> Result<Option<Vec<ToldJourney>>, ReadingError> {
    let is_there = |name: &str| folder.has(&format!("{name}.csv"));
    if !is_there(KINDS) && !is_there(STRETCHES) {
        return Ok(None);
    }
    let forms: Vec<&str> = (manifest.forms.iter())
        .map(|form| form.named.key.as_str())
        .collect();
    let kinds: Vec<&str> = JOURNEYS.iter().map(|kind| kind.key).collect();
    let facts = JOURNEY_FACTS.map(|(key, _)| key);
    let standings = Standing::ALL.map(Standing::key);
    let sheet = Records::read(folder, KINDS, Columns::Known(&KIND_COLUMNS))?;
    let mut told: Vec<ToldJourney> = Vec::new();
    for line in sheet.rows() {
        let key = kinds[line.among("type", &kinds)?];
        if told.last().is_none_or(|one| one.key != key) {
            let household = line.text("household");
            told.push(ToldJourney {
                key,
                conditions: line.text("conditions").to_owned(),
                region: line.text("region").to_owned(),
                replication: line.needed("replication")? as u32,
                household: (!household.is_empty()).then(|| household.to_owned()),
                lanes: vec![ToldLane::default(); forms.len()],
            });
        }
        let form = line.among("form", &forms)?;
        let lanes = &mut told.last_mut().expect("just put there").lanes;
        let lane = &mut lanes[form];
        lane.n_families = line.needed("families")? as u32;
        lane.n_like_that = line.needed("families_like_that")? as u32;
        if line.among("fact", &facts)? != lane.values.len() {
            return Err(line.broken(said!("a fact is missing, or out of its order")));
        }
        lane.medians.push(line.number("median")?);
        lane.values.push(line.number("value")?);
        lane.standing = match line.text("standing") {
            "" => None,
            _ => Some(line.among("standing", &standings)?),
        };
    }
    let sheet = Records::read(folder, STRETCHES, Columns::Known(&STRETCH_COLUMNS))?;
    for line in sheet.rows() {
        let (key, form) = (line.text("type"), line.among("form", &forms)?);
        let journey = told.iter_mut().find(|one| one.key == key);
        let journey =
            journey.ok_or_else(|| line.broken(said!("unknown type {}", format!("{key:?}"))))?;
        let stretch = stretch(&line, &manifest.forms[form].teams)?;
        journey.lanes[form].stretches.push(stretch);
    }
    for one in &told {
        let is_whole = |lane: &ToldLane| {
            let ends = lane.stretches.last().is_some_and(|last| last.kind == ENDED);
            lane.values.len() == facts.len() && ends == one.household.is_some()
        };
        if !one.lanes.iter().all(is_whole) {
            return Err(sheet.broken(said!("rows of {} are missing", one.key)));
        }
    }
    Ok(Some(told))
}

fn stretch(
    line: &Record,
    teams: &[crate::report::folder::manifest::Named],
) -> Result<ToldStretch, ReadingError> {
    let keys: Vec<&str> = teams.iter().map(|team| team.key.as_str()).collect();
    let (from, to) = (line.needed("from_days")?, line.needed("to_days")?);
    if !(0.0..=to).contains(&from) {
        return Err(line.broken(said!("it ends before it begins")));
    }
    Ok(ToldStretch {
        from,
        to,
        kind: line.text("kind").to_owned(),
        team: match line.text("team") {
            "" => None,
            _ => Some(line.among("team", &keys)?),
        },
        detail: line.text("detail").to_owned(),
    })
}
