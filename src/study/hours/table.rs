//! The tables of the hours that a service takes, and the same read back from a run folder.

use std::collections::BTreeMap;

use super::ladder::{Amount, FormHours, Hours, Rung, Service};
use super::need::{Decider, Need};
use crate::model::KPIS;
use crate::report::record::column::{
    BASELINE, CI_HIGH, CI_LOW, Column, FORM, KPI, MEAN, N, UNIT, column,
};
use crate::report::record::field::{Ends, KpiNumber, Mean, words};
use crate::report::record::reading::{Line, Records};
use crate::report::record::row::record;
use crate::report::{ReadingError, Run, Table};
use crate::scenario::{Scenario, ServiceTarget, said};

/// In the place of a KPI: queues that are at rest.
const REST: &str = "rest";

/// What is asked of a KPI.
#[derive(Clone, Copy, PartialEq)]
enum Relation {
    AtMost,
    AtLeast,
}

/// Where the hours that a form needs lie among those that were tried.
#[derive(Clone, Copy, PartialEq)]
enum Standing {
    Below,
    Within,
    Beyond,
}

words! {
    Relation, [Relation::AtMost, Relation::AtLeast], |one: Relation| match one {
        Relation::AtMost => "at_most",
        Relation::AtLeast => "at_least",
    };
    Standing, [Standing::Below, Standing::Within, Standing::Beyond], |one: Standing| match one {
        Standing::Below => "below",
        Standing::Within => "within",
        Standing::Beyond => "beyond",
    };
}

const FACTOR: Column = column("factor", "", "Times today's hours.", "keer de uren van nu");
const LOW: &str = "Lower end of the 95 % interval, from the answers of the single replications (Student t, or, where each runs in a world of its own, that in which one more world's answer lies); empty where it lies beyond the hours that were tried.";
const HIGH: &str = "Upper end of that interval.";
const MORE_LOW: &str = "Lower end of the interval of the difference, paired by replication; in one world those of all forms hold at once with 95 % (Bonferroni). Empty where an answer of a replication lies beyond the hours that were tried.";

record! {
    /// A row of hours.csv.
    struct ServiceRow<'a> in "hours" {
        form: &'a str = FORM;
        factor: f64 = FACTOR;
        /// Hours a week for families of all staff in the chain, all regions together: sickness taken off, vacancies not.
        hours_per_week: f64 = ("hours", "uren per week");
        /// Fte that have these hours.
        fte: f64 = ("fte", "fte");
        kpi: KpiNumber = [KPI, UNIT];
        /// What is asked of the KPI: at_least or at_most the target.
        relation: Relation = ("", "eis");
        /// The target, in the unit of the KPI.
        target: f64 = ("of the kpi", "gevraagd");
        mean: Mean = [
            MEAN.meaning("Mean over replications of the KPI with so many hours, all regions together."),
            CI_LOW,
            CI_HIGH,
            N.meaning("Replications in which it was observed."),
        ];
        /// The mean on the nearest course on which service never falls with more hours (least squares); empty where a queue grows without end with so many hours or more, or nothing was observed.
        fitted: Option<f64> = ("of the kpi", "gemiddelde, stijgend gemaakt");
        /// Whether that course meets the target.
        is_met: bool = ("", "eis gehaald");
        /// Whether every queue of the form comes to rest with so many hours, in every region.
        at_rest: bool = ("", "wachtrijen in rust");
    }
}

record! {
    /// A row of hours_needed.csv.
    struct NeedRow<'a> in "hours_needed" {
        form: &'a str = FORM;
        baseline: &'a str = BASELINE;
        /// below: the fewest hours that were tried are enough; within: so many are needed; beyond: the most that were tried are not enough.
        standing: Standing = ("", "uitkomst");
        /// The KPI whose target asks for the hours, or is not reached; rest where that is queues at rest, and the hours are then at most these, since only the hours that were tried are known.
        decided_by: &'a str = ("", "bepaald door");
        factor: Option<f64> = FACTOR;
        /// Hours a week for families today.
        hours_today: f64 = ("hours", "uren per week nu");
        /// Fte today.
        fte_today: f64 = ("fte", "fte nu");
        hours: Ends = [
            column("hours", "hours", "The least hours a week at which the mean over replications meets all targets and the queues are at rest, in proportion between the hours that were tried; empty unless within.", "uren per week nodig"),
            column("hours_low", "hours", LOW, "ondergrens"),
            column("hours_high", "hours", HIGH, "bovengrens"),
        ];
        fte: Ends = [
            column("fte", "fte", "The same in fte.", "fte nodig"),
            column("fte_low", "fte", LOW, "ondergrens"),
            column("fte_high", "fte", HIGH, "bovengrens"),
        ];
        more_hours: Ends = [
            column("more_hours", "hours", "Hours a week that it needs more than the baseline for the same service.", "uren meer dan de basis"),
            column("more_hours_low", "hours", MORE_LOW, "ondergrens"),
            column("more_hours_high", "hours", HIGH, "bovengrens"),
        ];
        more_fte: Ends = [
            column("more_fte", "fte", "The same in fte.", "fte meer dan de basis"),
            column("more_fte_low", "fte", MORE_LOW, "ondergrens"),
            column("more_fte_high", "fte", HIGH, "bovengrens"),
        ];
        /// What an fte costs in a year, as it was given; else empty.
        euros_per_fte: Option<f64> = ("euros", "euro per fte");
        /// What the fte that are needed cost in a year.
        euros_per_year: Option<f64> = ("euros", "euro per jaar");
        n: usize = N.meaning("Replications.");
        /// Replications of which the own answer lies between the hours that were tried.
        n_within: usize = ("count", "herhalingen binnen de geprobeerde uren");
    }
}

/// The tables of what a service takes, and their dictionary.
pub fn hours_tables<'a>(scenario: &'a Scenario, hours: &'a Hours) -> Vec<Table<'a>> {
    let form = |number: usize| scenario.cases[number].form.key.as_str();
    let forms = hours.forms.iter().enumerate();
    let seen = forms.clone().flat_map(move |(number, of_form)| {
        let rungs = of_form.rungs.iter();
        rungs.flat_map(move |rung| rows(form(number), hours, of_form, rung))
    });
    let baseline = form(scenario.baseline);
    let needed = forms.map(move |(number, of_form)| needed(form(number), baseline, hours, of_form));
    Table::described("hours_columns", vec![Table::of(seen), Table::of(needed)])
}

fn rows<'a>(
    form: &'a str,
    hours: &'a Hours,
    of_form: &'a FormHours,
    rung: &'a Rung,
) -> impl Iterator<Item = ServiceRow<'a>> {
    let targets = hours.targets.iter().zip(&rung.services);
    targets.map(move |(target, service)| {
        let relation = [Relation::AtMost, Relation::AtLeast];
        ServiceRow {
            form,
            factor: rung.factor,
            hours_per_week: rung.factor * of_form.hours_today,
            fte: rung.factor * of_form.fte_today,
            kpi: KpiNumber(target.kpi),
            relation: relation[usize::from(target.is_at_least)],
            target: target.bound,
            mean: service.estimate.into(),
            fitted: service.fitted,
            is_met: service
                .fitted
                .is_some_and(|value| target.margin(value) >= 0.0),
            at_rest: rung.is_at_rest,
        }
    })
}

fn needed<'a>(form: &'a str, baseline: &'a str, hours: &Hours, of_form: &FormHours) -> NeedRow<'a> {
    let (standing, decider) = match of_form.need {
        Need::Below => (Standing::Below, None),
        Need::Within(_, decider) => (Standing::Within, Some(decider)),
        Need::Beyond(decider) => (Standing::Beyond, Some(decider)),
    };
    let price = hours.euros_per_fte;
    NeedRow {
        form,
        baseline,
        standing,
        decided_by: decider.map_or("", |decider| match decider {
            Decider::Rest => REST,
            Decider::Target(number) => KPIS[hours.targets[number].kpi].key,
        }),
        factor: of_form.need.factor(),
        hours_today: of_form.hours_today,
        fte_today: of_form.fte_today,
        hours: written(of_form.hours),
        fte: written(of_form.fte),
        more_hours: written(of_form.more_hours),
        more_fte: written(of_form.more_fte),
        euros_per_fte: price,
        euros_per_year: price.zip(of_form.fte).map(|(price, fte)| price * fte.value),
        n: of_form.n,
        n_within: of_form.n_within,
    }
}

fn written(amount: Option<Amount>) -> Ends {
    amount.map_or([None; 3], |one| [Some(one.value), one.low, one.high])
}

fn amount([value, low, high]: Ends) -> Option<Amount> {
    value.map(|value| Amount { value, low, high })
}

/// Reads what a service takes; none if the folder is one of a run alone.
///
/// # Errors
///
/// When a table is there and not whole.
pub(crate) fn read(run: &Run) -> Result<Option<Hours>, ReadingError> {
    let Some(table) = Records::find::<ServiceRow>(&run.folder)? else {
        return Ok(None);
    };
    let forms = run.form_keys();
    let mut targets: Vec<ServiceTarget> = Vec::new();
    let mut rungs: BTreeMap<usize, Vec<Rung>> = BTreeMap::new();
    for line in table.rows() {
        let row: ServiceRow = line.read()?;
        let target = ServiceTarget {
            kpi: row.kpi.0,
            is_at_least: row.relation == Relation::AtLeast,
            bound: row.target,
        };
        if !targets.contains(&target) {
            targets.push(target);
        }
        let form = line.among("form", row.form, &forms)?;
        let of_form = rungs.entry(form).or_default();
        if of_form.last().is_none_or(|rung| rung.factor != row.factor) {
            of_form.push(Rung {
                factor: row.factor,
                is_at_rest: row.at_rest,
                services: Vec::new(),
            });
        }
        let rung = of_form.last_mut().expect("one was put there");
        rung.services.push(Service {
            estimate: line.estimate(row.mean, run.manifest.confidence)?,
            fitted: row.fitted,
        });
    }
    let n_rungs = rungs.get(&0).map_or(0, Vec::len);
    let is_whole = |rungs: &Vec<Rung>| {
        let mut services = rungs.iter().map(|rung| rung.services.len());
        rungs.len() == n_rungs && services.all(|n| n == targets.len())
    };
    if n_rungs == 0 || rungs.len() != forms.len() || !rungs.values().all(is_whole) {
        return Err(table.broken(said!("rows are missing")));
    }
    let table = Records::read::<NeedRow>(&run.folder)?;
    let mut read = Vec::new();
    let mut euros_per_fte = None;
    for line in table.rows() {
        let row: NeedRow = line.read()?;
        let form = line.among("form", row.form, &forms)?;
        if form != read.len() || run.baseline() != line.among("baseline", row.baseline, &forms)? {
            return Err(line.broken(said!("another form than comes here")));
        }
        euros_per_fte = row.euros_per_fte;
        let own = rungs.remove(&form).unwrap_or_default();
        read.push(form_hours(line, row, own, &targets)?);
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
    line: Line,
    row: NeedRow,
    rungs: Vec<Rung>,
    targets: &[ServiceTarget],
) -> Result<FormHours, ReadingError> {
    let mut deciders = vec![REST];
    deciders.extend(targets.iter().map(|target| KPIS[target.kpi].key));
    let decider = || {
        Ok(match line.among("decided_by", row.decided_by, &deciders)? {
            0 => Decider::Rest,
            number => Decider::Target(number - 1),
        })
    };
    let need = match row.standing {
        Standing::Below => Need::Below,
        Standing::Within => Need::Within(line.needed("factor", row.factor)?, decider()?),
        Standing::Beyond => Need::Beyond(decider()?),
    };
    Ok(FormHours {
        rungs,
        need,
        hours_today: row.hours_today,
        fte_today: row.fte_today,
        hours: amount(row.hours),
        fte: amount(row.fte),
        more_hours: amount(row.more_hours),
        more_fte: amount(row.more_fte),
        n: row.n,
        n_within: row.n_within,
    })
}
