//! The journeys of a run as two tables, and read back from them.

use super::journey::{JOURNEY_FACTS, JOURNEYS, Journey};
use super::life::Life;
use crate::engine::{MINUTES_PER_DAY, Time};
use crate::experiment::{Stretch, StretchKind, stretches};
use crate::model::{Entrance, Facts, Standing};
use crate::report::record::column::{Column, FORM, REGION, column, rows_of_table};
use crate::report::record::reading::Records;
use crate::report::record::row::{Record, record};
use crate::report::record::table::Row;
use crate::report::{Manifest, ReadingError, Table};
use crate::scenario::{Folder, Scenario, said};

const TYPE: Column = column(
    "type",
    "",
    "Kind of family whose journey is shown.",
    "soort gezin",
);

record! {
    /// A row of journey_types.csv.
    struct KindRow<'a> in "journey_types" {
        kind: &'a str = TYPE;
        /// What its life is like under the baseline, as `rvtsim trace --find` reads it.
        conditions: &'a str = ("", "voorwaarden");
        region: &'a str = REGION.meaning("The region that was searched: the one with the most meldingen.");
        /// The replication that was searched.
        replication: u32 = ("", "herhaling");
        form: &'a str = FORM;
        /// Families that came for the first time in the first half of the measured period.
        families: usize = ("count", "gezinnen");
        /// Of these, families whose life under this form fits the conditions, up to the end of the run.
        families_like_that: usize = ("count", "gezinnen die zo leven");
        /// Name for `rvtsim trace --household` of the typical one of them under the baseline; empty if there are none.
        household: Option<String> = ("", "gezin");
        /// What is counted, from the coming of the family to the end of the run: waited_days, in queues for steps of its way; handovers; retells; unsafe_days, without even conditions.
        fact: &'a str = ("", "feit");
        /// Median of the fact over the families whose life under this form fits; empty if there are none.
        median: Option<f64> = ("of the fact", "mediaan");
        /// The fact of the household under this form.
        value: Option<f64> = ("of the fact", "waarde van het gezin");
        /// Where the household stands at the end of the run under this form: open; safe, concerns or unsafe if its case is closed.
        standing: Option<Standing> = ("", "stand aan het eind");
    }
}

record! {
    /// A row of journeys.csv.
    struct StretchRow<'a> in "journeys" {
        family: &'a str = TYPE;
        form: &'a str = FORM;
        region: &'a str = REGION.meaning("Name of the veiligheidsregio.");
        /// Number of the replication.
        replication: u32 = ("", "herhaling");
        /// Name of the household for `rvtsim trace --household`.
        household: String = ("", "gezin");
        /// Beginning, counted from the first coming of the family.
        from_days: f64 = ("days", "van");
        /// End, at the latest that of the run; the same as from_days for what happens at one moment.
        to_days: f64 = ("days", "tot");
        /// What goes on: lead, the team holds the family; joined, another team does something for it; wait, it waits for a step; measure, one is in force; and at one moment came, handover, retell, incident, person_left, safe, closed; and run_ended, the last day that is known.
        kind: &'a str = ("", "soort");
        /// Key of the team in the form, where it is of a team: that which it waits for, to which it was handed over, or to which it told its story.
        team: Option<&'a str> = ("", "team");
        /// The function joined or waited for, the measure, how the family came, what kind of incident, how unsafe the home was when the case was closed.
        detail: &'a str = ("", "bijzonderheid");
    }
}

/// The tables of a run with its journeys, which come before the dictionary, and in it.
pub fn with_journeys<'a>(
    mut tables: Vec<Table<'a>>,
    scenario: &'a Scenario,
    journeys: &'a [Journey],
) -> Vec<Table<'a>> {
    let kinds = journeys.iter().flat_map(|one| kind_rows(scenario, one));
    let lives = journeys.iter().flat_map(|one| life_rows(scenario, one));
    let own = [Table::of(kinds), Table::of(lives)];
    let mut dictionary = tables.pop().expect("the last table is the dictionary");
    let rows = own
        .iter()
        .flat_map(|table| rows_of_table(table.name, &table.columns));
    dictionary.extend(rows.collect::<Vec<Row>>().into_iter());
    tables.extend(own);
    tables.push(dictionary);
    tables
}

fn kind_rows<'a>(scenario: &'a Scenario, journey: &'a Journey) -> Vec<KindRow<'a>> {
    let mut rows = Vec::new();
    for (case, crowd) in journey.crowds.iter().enumerate() {
        let life: Option<&Life> = journey.lives.as_ref().map(|lives| &lives.lives[case]);
        let facts: Option<&Facts> = life.map(|life| &life.facts);
        for (number, (fact, value)) in JOURNEY_FACTS.iter().enumerate() {
            rows.push(KindRow {
                kind: journey.kind.key,
                conditions: journey.kind.conditions,
                region: &scenario.regions[journey.region].name,
                replication: journey.replication,
                form: &scenario.cases[case].form.key,
                families: crowd.n_looked,
                families_like_that: crowd.n_fitting,
                household: facts.map(|facts| facts.family.name.to_string()),
                fact,
                median: crowd.medians.map(|medians| medians[number]),
                value: facts.map(value),
                standing: facts.map(|facts| facts.standing),
            });
        }
    }
    rows
}

fn life_rows<'a>(scenario: &'a Scenario, journey: &'a Journey) -> Vec<StretchRow<'a>> {
    let lives = journey.lives.iter().flat_map(|lives| &lives.lives);
    let rows = lives.flat_map(|life| {
        let form = &scenario.cases[life.case].form;
        let days = |at: Time| {
            let minutes = at.since(life.facts.came_at);
            f64::from(minutes) / f64::from(MINUTES_PER_DAY)
        };
        let row = move |from: Time, to: Time, kind, team: Option<u8>, detail| StretchRow {
            family: journey.kind.key,
            form: &form.key,
            region: &scenario.regions[journey.region].name,
            replication: journey.replication,
            household: life.facts.family.name.to_string(),
            from_days: days(from),
            to_days: days(to),
            kind,
            team: team.map(|team| form.teams[usize::from(team)].key.as_str()),
            detail,
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
    if !is_there(KindRow::TABLE) && !is_there(StretchRow::TABLE) {
        return Ok(None);
    }
    let forms: Vec<&str> = (manifest.forms.iter())
        .map(|form| form.named.key.as_str())
        .collect();
    let kinds: Vec<&str> = JOURNEYS.iter().map(|kind| kind.key).collect();
    let facts = JOURNEY_FACTS.map(|(key, _)| key);
    let mut told: Vec<ToldJourney> = Vec::new();
    for line in Records::read::<KindRow>(folder)?.rows() {
        let row: KindRow = line.read()?;
        let key = kinds[line.among("type", row.kind, &kinds)?];
        if told.last().is_none_or(|one| one.key != key) {
            told.push(ToldJourney {
                key,
                conditions: row.conditions.to_owned(),
                region: row.region.to_owned(),
                replication: row.replication,
                household: row.household,
                lanes: vec![ToldLane::default(); forms.len()],
            });
        }
        let form = line.among("form", row.form, &forms)?;
        let lanes = &mut told.last_mut().expect("just put there").lanes;
        let lane = &mut lanes[form];
        lane.n_families = row.families as u32;
        lane.n_like_that = row.families_like_that as u32;
        if line.among("fact", row.fact, &facts)? != lane.values.len() {
            return Err(line.broken(said!("a fact is missing, or out of its order")));
        }
        lane.medians.push(row.median);
        lane.values.push(row.value);
        lane.standing = row.standing.map(|standing| standing as usize);
    }
    let sheet = Records::read::<StretchRow>(folder)?;
    for line in sheet.rows() {
        let row: StretchRow = line.read()?;
        let keys: Vec<&str> = told.iter().map(|one| one.key).collect();
        let journey = line.among("type", row.family, &keys)?;
        let form = line.among("form", row.form, &forms)?;
        let teams = manifest.forms[form].team_keys();
        if !(0.0..=row.to_days).contains(&row.from_days) {
            return Err(line.broken(said!("it ends before it begins")));
        }
        let team = row.team.map(|team| line.among("team", team, &teams));
        told[journey].lanes[form].stretches.push(ToldStretch {
            from: row.from_days,
            to: row.to_days,
            kind: row.kind.to_owned(),
            team: team.transpose()?,
            detail: row.detail.to_owned(),
        });
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
