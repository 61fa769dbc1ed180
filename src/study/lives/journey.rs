//! One family of a known kind, typical of those that live like it, under every form.

use super::life::{Life, Lives, lives_of_measured};
use crate::engine::{MINUTES_PER_DAY, Time};
use crate::experiment::executor::Executor;
use crate::experiment::staffing::staffed;
use crate::experiment::{Design, Execution, PassKey, RunError};
use crate::model::{Condition, Facts, HouseholdName, simulate};
use crate::scenario::{Scenario, conditions};

/// A kind of family whose journey a run shows.
#[derive(PartialEq, Eq, Debug)]
pub struct JourneyType {
    /// Its name in every file.
    pub key: &'static str,
    /// What its life is like under the baseline, as a search has it.
    pub conditions: &'static str,
}

/// Every kind of family of which a journey is shown, in the order of the page.
pub static JOURNEYS: [JourneyType; 3] = [
    JourneyType {
        key: "acute_children_ots",
        conditions: "start=melding severity=acuut_onveilig children=yes measure=ondertoezichtstelling",
    },
    JourneyType {
        key: "unsafe_children_help",
        conditions: "start=melding severity=structureel_onveilig children=yes step=vrijwillige_hulp measures=0",
    },
    JourneyType {
        key: "partner_violence_again",
        conditions: "start=melding partner_violence=yes meldingen>=2 cases>=2 measures=0",
    },
];

/// The replication whose families are looked at.
const REPLICATION: u32 = 1;

/// A fact of a life, by its name.
pub type JourneyFact = (&'static str, fn(&Facts) -> f64);

/// What a journey comes down to: facts of which the typical family has about as much
/// as most of those that live like it.
pub static JOURNEY_FACTS: [JourneyFact; 4] = [
    ("waited_days", |facts| days(facts.waited)),
    ("handovers", |facts| facts.n_handovers.into()),
    ("retells", |facts| facts.n_retells.into()),
    ("unsafe_days", |facts| days(facts.unsafe_minutes)),
];

fn days(minutes: u64) -> f64 {
    minutes as f64 / f64::from(MINUTES_PER_DAY)
}

/// How many families live like that under one form.
#[derive(Clone, Copy, PartialEq, Debug)]
pub struct Crowd {
    /// Families that were looked at.
    pub n_looked: usize,
    /// Of these, those that live like that.
    pub n_fitting: usize,
    /// Of those, the median of each of [`JOURNEY_FACTS`]; `None` if there are none.
    pub medians: Option<[f64; JOURNEY_FACTS.len()]>,
}

/// A kind of family, and one of them under every form.
#[derive(Clone, PartialEq, Debug)]
pub struct Journey {
    /// The kind.
    pub kind: &'static JourneyType,
    /// Index of the region in [`Scenario::regions`].
    pub region: usize,
    /// Number of the replication, from 1.
    pub replication: u32,
    /// How many live like that, by the form's index in [`Scenario::cases`].
    pub crowds: Vec<Crowd>,
    /// The lives of one of them, by that index; `None` if nobody lives like that.
    pub lives: Option<Lives>,
}

/// A journey of each of [`JOURNEYS`]: in the largest region, among the families that came for the first time in the
/// first half of what is measured, so that each is followed for the other half at least.
///
/// Of those whose life under the baseline fits, the typical one is taken. For each of [`JOURNEY_FACTS`] there are some with
/// less than it and some with more; it is the one for which the largest of these differences is the least, then their
/// sum, then the first to come.
///
/// # Errors
///
/// When an assertion fails in a pass, or it is stopped.
pub fn journeys(scenario: &Scenario, execution: &Execution) -> Result<Vec<Journey>, RunError> {
    let design = Design::new(scenario);
    let region = design.largest_region();
    let wanted: Vec<Vec<Condition>> = JOURNEYS.iter().map(read).collect();
    let look = |case: usize, names: Option<&[Option<HouseholdName>]>| -> Result<Look, RunError> {
        if execution.stop.load(std::sync::atomic::Ordering::Relaxed) {
            return Err(RunError::Stopped);
        }
        let key = PassKey {
            case,
            replication: REPLICATION,
            region,
            rank: 0,
        };
        // Hours are divided as in the run, whose passes are kept.
        staffed(&design, key, execution, &simulate)?;
        let (lives, _) = lives_of_measured(&design, key)?;
        Ok(Look::at(scenario, lives, &wanted, names))
    };
    let baseline = scenario.baseline;
    let first = look(baseline, None)?;
    let names: Vec<Option<HouseholdName>> = first
        .chosen
        .iter()
        .map(|life| life.as_ref().map(|life| life.facts.family.name))
        .collect();
    let others = (0..scenario.cases.len()).filter(|&case| case != baseline);
    let executor = Executor::new(execution.n_threads)?;
    let mut looks = executor.make_all(others, |case| look(case, Some(&names)))?;
    looks.insert(baseline, first);
    Ok((0..JOURNEYS.len())
        .map(|kind| journey(kind, region, &mut looks))
        .collect())
}

fn journey(kind: usize, region: usize, looks: &mut [Look]) -> Journey {
    // Who comes does not depend on the form.
    let lives: Option<Vec<Life>> = (looks.iter_mut())
        .map(|look| look.chosen[kind].take())
        .collect();
    Journey {
        kind: &JOURNEYS[kind],
        region,
        replication: REPLICATION,
        crowds: looks.iter().map(|look| look.crowds[kind]).collect(),
        lives: lives.map(|lives| Lives {
            region,
            replication: REPLICATION,
            family: lives[0].journal.family,
            lives,
        }),
    }
}

fn read(kind: &JourneyType) -> Vec<Condition> {
    let read = conditions(kind.conditions);
    read.unwrap_or_else(|_| panic!("the conditions of {} can be read", kind.key))
}

/// What was found under one form, by kind of family.
struct Look {
    crowds: Vec<Crowd>,
    chosen: Vec<Option<Life>>,
}

impl Look {
    /// Looks for the families of these names; for typical ones, if none are given.
    fn at(
        scenario: &Scenario,
        mut lives: Vec<Life>,
        wanted: &[Vec<Condition>],
        names: Option<&[Option<HouseholdName>]>,
    ) -> Self {
        let period = &scenario.period;
        let until = Time::from_days(period.warm_up_days + period.measured_days.div_ceil(2));
        lives.retain(|life| life.facts.came_at < until);
        let (mut crowds, mut chosen) = (Vec::new(), Vec::new());
        for (kind, conditions) in wanted.iter().enumerate() {
            let fits = |life: &&Life| conditions.iter().all(|one| one.fits(&life.facts));
            let fitting: Vec<&Life> = lives.iter().filter(fits).collect();
            let facts: Vec<&Facts> = fitting.iter().map(|life| &life.facts).collect();
            crowds.push(Crowd {
                n_looked: lives.len(),
                n_fitting: fitting.len(),
                medians: medians(&facts),
            });
            let found = match names {
                None => typical(&facts).map(|at| fitting[at]),
                Some(names) => names[kind]
                    .and_then(|name| lives.iter().find(|life| life.facts.family.name == name)),
            };
            chosen.push(found.cloned());
        }
        Look { crowds, chosen }
    }
}

/// The place of the one that has as many with less as with more beside it.
fn typical(facts: &[&Facts]) -> Option<usize> {
    let distance = |one: &Facts| -> (usize, usize) {
        let of_fact = |(_, fact): &JourneyFact| {
            let own = fact(one);
            let n_less = facts.iter().filter(|other| fact(other) < own).count();
            let n_more = facts.iter().filter(|other| fact(other) > own).count();
            n_less.abs_diff(n_more)
        };
        let of_facts = JOURNEY_FACTS.iter().map(of_fact);
        let (most, sum) = of_facts.fold((0, 0), |(most, sum), one| (one.max(most), sum + one));
        (most, sum)
    };
    (0..facts.len()).min_by_key(|&at| distance(facts[at]))
}

fn medians(facts: &[&Facts]) -> Option<[f64; JOURNEY_FACTS.len()]> {
    if facts.is_empty() {
        return None;
    }
    Some(JOURNEY_FACTS.map(|(_, fact)| {
        let mut values: Vec<f64> = facts.iter().map(|one| fact(one)).collect();
        values.sort_by(f64::total_cmp);
        let middle = values.len() / 2;
        match values.len() % 2 {
            1 => values[middle],
            _ => 0.5 * (values[middle - 1] + values[middle]),
        }
    }))
}
