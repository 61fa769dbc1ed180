//! The tables of the hours that a service takes, and the same read back from a run folder.

use std::collections::BTreeMap;

use super::ladder::{Amount, FormHours, Hours, Rung, Service};
use super::need::{Decider, Need};
use crate::model::KPIS;
use crate::report::record::column::{self, column};
use crate::report::record::reading::{Columns, Record, Records};
use crate::report::record::table::{Row, fields_of};
use crate::report::{Column, ReadingError, Run, Table, significant};
use crate::scenario::{Scenario, ServiceTarget, said};

/// Name of the table of what was seen.
const TABLE: &str = "hours";
/// Name of the table of what is needed.
const NEEDED: &str = "hours_needed";
/// In the place of a KPI: queues that are at rest.
const REST: &str = "rest";
const RELATIONS: [&str; 2] = ["at_most", "at_least"];
const STANDINGS: [&str; 3] = ["below", "within", "beyond"];

const FACTOR: Column = column("factor", "", "Times today's hours.", "keer de uren van nu");

/// Columns of hours.csv.
const COLUMNS: &[Column] = &[
    column::FORM,
    FACTOR,
    column(
        "hours_per_week",
        "hours",
        "Hours a week for families of all staff in the chain, all regions together: sickness taken off, vacancies not.",
        "uren per week",
    ),
    column("fte", "fte", "Fte that have these hours.", "fte"),
    column::KPI,
    column::UNIT,
    column(
        "relation",
        "",
        "What is asked of the KPI: at_least or at_most the target.",
        "eis",
    ),
    column(
        "target",
        "of the kpi",
        "The target, in the unit of the KPI.",
        "gevraagd",
    ),
    column(
        "mean",
        "of the kpi",
        "Mean over replications of the KPI with so many hours, all regions together.",
        "gemiddelde",
    ),
    column::CI_LOW,
    column::CI_HIGH,
    column(
        "n",
        "count",
        "Replications in which it was observed.",
        "aantal herhalingen",
    ),
    column(
        "fitted",
        "of the kpi",
        "The mean on the nearest course on which service never falls with more hours (least squares); empty where a queue grows without end with so many hours or more, or nothing was observed.",
        "gemiddelde, stijgend gemaakt",
    ),
    column(
        "is_met",
        "",
        "Whether that course meets the target.",
        "eis gehaald",
    ),
    column(
        "at_rest",
        "",
        "Whether every queue of the form comes to rest with so many hours, in every region.",
        "wachtrijen in rust",
    ),
];

/// Columns of hours_needed.csv.
const NEEDED_COLUMNS: &[Column] = &[
    column::FORM,
    column::BASELINE,
    column(
        "standing",
        "",
        "below: the fewest hours that were tried are enough; within: so many are needed; beyond: the most that were tried are not enough.",
        "uitkomst",
    ),
    column(
        "decided_by",
        "",
        "The KPI whose target asks for the hours, or is not reached; rest where that is queues at rest, and the hours are then at most these, since only the hours that were tried are known.",
        "bepaald door",
    ),
    FACTOR,
    column(
        "hours_today",
        "hours",
        "Hours a week for families today.",
        "uren per week nu",
    ),
    column("fte_today", "fte", "Fte today.", "fte nu"),
    column(
        "hours",
        "hours",
        "The least hours a week at which the mean over replications meets all targets and the queues are at rest, in proportion between the hours that were tried; empty unless within.",
        "uren per week nodig",
    ),
    LOW_HOURS,
    HIGH_HOURS,
    column("fte", "fte", "The same in fte.", "fte nodig"),
    column("fte_low", "fte", LOW, "ondergrens"),
    column("fte_high", "fte", HIGH, "bovengrens"),
    column(
        "more_hours",
        "hours",
        "Hours a week that it needs more than the baseline for the same service.",
        "uren meer dan de basis",
    ),
    column("more_hours_low", "hours", MORE_LOW, "ondergrens"),
    column("more_hours_high", "hours", MORE_HIGH, "bovengrens"),
    column(
        "more_fte",
        "fte",
        "The same in fte.",
        "fte meer dan de basis",
    ),
    column("more_fte_low", "fte", MORE_LOW, "ondergrens"),
    column("more_fte_high", "fte", MORE_HIGH, "bovengrens"),
    column(
        "euros_per_fte",
        "euros",
        "What an fte costs in a year, as it was given; else empty.",
        "euro per fte",
    ),
    column(
        "euros_per_year",
        "euros",
        "What the fte that are needed cost in a year.",
        "euro per jaar",
    ),
    column("n", "count", "Replications.", "aantal herhalingen"),
    column(
        "n_within",
        "count",
        "Replications of which the own answer lies between the hours that were tried.",
        "herhalingen binnen de geprobeerde uren",
    ),
];

const LOW: &str = "Lower end of the 95 % interval, from the answers of the single replications (Student t, or, where each runs in a world of its own, that in which one more world's answer lies); empty where it lies beyond the hours that were tried.";
const HIGH: &str = "Upper end of that interval.";
const MORE_LOW: &str = "Lower end of the interval of the difference, paired by replication; in one world those of all forms hold at once with 95 % (Bonferroni). Empty where an answer of a replication lies beyond the hours that were tried.";
const MORE_HIGH: &str = "Upper end of that interval.";
const LOW_HOURS: Column = column("hours_low", "hours", LOW, "ondergrens");
const HIGH_HOURS: Column = column("hours_high", "hours", HIGH, "bovengrens");

/// The tables of what a service takes, and their dictionary.
pub fn hours_tables<'a>(scenario: &'a Scenario, hours: &'a Hours) -> Vec<Table<'a>> {
    let form = |number: usize| scenario.cases[number].form.key.clone();
    let forms = hours.forms.iter().enumerate();
    let seen = forms.clone().flat_map(move |(number, of_form)| {
        let rungs = of_form.rungs.iter();
        rungs.flat_map(move |rung| rows(&form(number), hours, of_form, rung))
    });
    let baseline = &scenario.cases[scenario.baseline].form.key;
    let needed = forms.map(move |(number, of_form)| {
        let mut row = vec![form(number), baseline.clone()];
        row.extend(needed(hours, of_form));
        row
    });
    let tables = [
        Table::new(TABLE, COLUMNS, seen),
        Table::new(NEEDED, NEEDED_COLUMNS, needed),
    ];
    let name = "hours_columns";
    let described = tables.iter().map(|one| (one.name, one.columns.as_slice()));
    let described = column::dictionary(name, described);
    let dictionary = Table::new(name, column::COLUMNS, described.into_iter());
    tables.into_iter().chain([dictionary]).collect()
}

fn rows(form: &str, hours: &Hours, of_form: &FormHours, rung: &Rung) -> Vec<Row> {
    let targets = hours.targets.iter().zip(&rung.services);
    let row = |(target, service): (&ServiceTarget, &Service)| {
        let is_met = service.fitted.map(|value| target.margin(value) >= 0.0);
        let mut row = vec![
            form.to_owned(),
            significant(Some(rung.factor)),
            significant(Some(rung.factor * of_form.hours_today)),
            significant(Some(rung.factor * of_form.fte_today)),
            KPIS[target.kpi].key.to_owned(),
            KPIS[target.kpi].unit.to_owned(),
            RELATIONS[usize::from(target.is_at_least)].to_owned(),
            significant(Some(target.bound)),
        ];
        row.extend(fields_of(service.estimate));
        row.push(significant(service.fitted));
        row.push(is_met.unwrap_or(false).to_string());
        row.push(rung.is_at_rest.to_string());
        row
    };
    targets.map(row).collect()
}

/// What a form needs, behind its name and that of the baseline.
fn needed(hours: &Hours, form: &FormHours) -> Row {
    let (standing, decider) = match form.need {
        Need::Below => (0, None),
        Need::Within(_, decider) => (1, Some(decider)),
        Need::Beyond(decider) => (2, Some(decider)),
    };
    let decider = decider.map_or("", |decider| match decider {
        Decider::Rest => REST,
        Decider::Target(number) => KPIS[hours.targets[number].kpi].key,
    });
    let amount = |amount: Option<Amount>| {
        [
            significant(amount.map(|one| one.value)),
            significant(amount.and_then(|one| one.low)),
            significant(amount.and_then(|one| one.high)),
        ]
    };
    let price = hours.euros_per_fte;
    let euros = price.zip(form.fte).map(|(price, fte)| price * fte.value);
    let mut row = vec![
        STANDINGS[standing].to_owned(),
        decider.to_owned(),
        significant(form.need.factor()),
        significant(Some(form.hours_today)),
        significant(Some(form.fte_today)),
    ];
    for one in [form.hours, form.fte, form.more_hours, form.more_fte] {
        row.extend(amount(one));
    }
    row.extend([significant(price), significant(euros)]);
    row.extend([form.n.to_string(), form.n_within.to_string()]);
    row
}

/// Reads what a service takes; none if the folder is one of a run alone.
///
/// # Errors
///
/// When a table is there and not whole.
pub(crate) fn read(run: &Run) -> Result<Option<Hours>, ReadingError> {
    if !run.folder.has(&format!("{TABLE}.csv")) {
        return Ok(None);
    }
    let forms = run.form_keys();
    let kpis: Vec<&str> = KPIS.iter().map(|kpi| kpi.key).collect();
    let table = Records::read(&run.folder, TABLE, Columns::Known(COLUMNS))?;
    let mut targets: Vec<ServiceTarget> = Vec::new();
    let mut rungs: BTreeMap<usize, Vec<Rung>> = BTreeMap::new();
    for row in table.rows() {
        let target = ServiceTarget {
            kpi: row.among("kpi", &kpis)?,
            is_at_least: row.among("relation", &RELATIONS)? == 1,
            bound: row.needed("target")?,
        };
        if !targets.contains(&target) {
            targets.push(target);
        }
        let factor = row.needed("factor")?;
        let of_form = rungs.entry(row.among("form", &forms)?).or_default();
        if of_form.last().is_none_or(|rung| rung.factor != factor) {
            of_form.push(Rung {
                factor,
                is_at_rest: truth(&row, "at_rest")?,
                services: Vec::new(),
            });
        }
        let mean = ["mean", "ci_low", "ci_high", "n"];
        let service = Service {
            estimate: row.estimate(mean, run.manifest.confidence)?,
            fitted: row.number("fitted")?,
        };
        let rung = of_form.last_mut().expect("one was put there");
        rung.services.push(service);
    }
    let n_rungs = rungs.get(&0).map_or(0, Vec::len);
    let is_whole = |rungs: &Vec<Rung>| {
        let mut services = rungs.iter().map(|rung| rung.services.len());
        rungs.len() == n_rungs && services.all(|n| n == targets.len())
    };
    if n_rungs == 0 || rungs.len() != forms.len() || !rungs.values().all(is_whole) {
        return Err(table.broken(said!("rows are missing")));
    }
    let table = Records::read(&run.folder, NEEDED, Columns::Known(NEEDED_COLUMNS))?;
    let mut read = Vec::new();
    let mut euros_per_fte = None;
    for row in table.rows() {
        let form = row.among("form", &forms)?;
        if form != read.len() || run.baseline() != row.among("baseline", &forms)? {
            return Err(row.broken(said!("another form than comes here")));
        }
        euros_per_fte = row.number("euros_per_fte")?;
        let own = rungs.remove(&form).unwrap_or_default();
        read.push(form_hours(&row, own, &targets)?);
    }
    if read.len() != forms.len() {
        return Err(table.broken(said!("rows are missing")));
    }
    Ok(Some(Hours {
        targets,
        euros_per_fte,
        forms: read,
    }))
}

fn form_hours(
    row: &Record,
    rungs: Vec<Rung>,
    targets: &[ServiceTarget],
) -> Result<FormHours, ReadingError> {
    let mut deciders = vec![REST];
    deciders.extend(targets.iter().map(|target| KPIS[target.kpi].key));
    let decider = || {
        Ok(match row.among("decided_by", &deciders)? {
            0 => Decider::Rest,
            number => Decider::Target(number - 1),
        })
    };
    let need = match row.among("standing", &STANDINGS)? {
        0 => Need::Below,
        1 => Need::Within(row.needed("factor")?, decider()?),
        _ => Need::Beyond(decider()?),
    };
    let amount = |name: &str| {
        let value = row.number(name)?;
        let (low, high) = (
            row.number(&format!("{name}_low"))?,
            row.number(&format!("{name}_high"))?,
        );
        Ok(value.map(|value| Amount { value, low, high }))
    };
    Ok(FormHours {
        rungs,
        need,
        hours_today: row.needed("hours_today")?,
        fte_today: row.needed("fte_today")?,
        hours: amount("hours")?,
        fte: amount("fte")?,
        more_hours: amount("more_hours")?,
        more_fte: amount("more_fte")?,
        n: row.count("n")? as usize,
        n_within: row.count("n_within")? as usize,
    })
}

fn truth(row: &Record, column: &str) -> Result<bool, ReadingError> {
    Ok(row.among(column, &["false", "true"])? == 1)
}
