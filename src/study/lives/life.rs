//! One household, followed in every form; and the facts of all lives of a pass.

use crate::engine::Time;
use crate::experiment::executor::make_few;
use crate::experiment::failure::attempt;
use crate::experiment::staffing::staffed_alone;
use crate::experiment::{Design, PassFailure, PassKey};
use crate::model::{self, Entrance, Facts, Family, HouseholdName, Journal};
use crate::scenario::Scenario;

/// One household's life under one form.
#[derive(Clone, PartialEq, Debug)]
pub struct Life {
    /// Index in [`Scenario::cases`].
    pub case: usize,
    /// What happened.
    pub journal: Journal,
    /// What it comes down to.
    pub facts: Facts,
}

/// One household's lives: the same family, the same chance, other forms.
#[derive(Clone, PartialEq, Debug)]
pub struct Lives {
    /// Index in [`Scenario::regions`].
    pub region: usize,
    /// Number of the replication, from 1.
    pub replication: u32,
    /// The family.
    pub family: Family,
    /// Its life under each form that was asked for, in their order; never none.
    pub lives: Vec<Life>,
}

/// The lives of one household of the scenario's region of that number, under
/// forms of the scenario by their numbers; `None` if no such household comes.
///
/// # Errors
///
/// When an assertion fails in the model.
///
/// # Panics
///
/// When the scenario has no region of that number, or no form is asked for.
pub fn follow(
    scenario: &Scenario,
    cases: &[usize],
    region: usize,
    household: HouseholdName,
    replication: u32,
) -> Result<Option<Lives>, Box<PassFailure>> {
    let design = Design::new(scenario);
    let life_in = |&case: &usize| {
        let key = PassKey {
            case,
            replication,
            region,
            rank: 0,
        };
        let setting = staffed_alone(&design, key)?;
        let journal = attempt(&design, key, || {
            model::follow(&setting, scenario.seed, replication, household)
        })?;
        Ok(journal.map(|journal| Life {
            case,
            facts: Facts::of(&journal),
            journal,
        }))
    };
    let lives: Result<Vec<Option<Life>>, Box<PassFailure>> = make_few(cases, life_in);
    // Who comes does not depend on the form.
    let lives: Option<Vec<Life>> = lives?.into_iter().collect();
    Ok(lives.map(|lives| Lives {
        region,
        replication,
        family: lives.first().expect("a form is asked for").journal.family,
        lives,
    }))
}

/// The lives under one form of all households of a region that come for the first time while it
/// is measured, in the order of their coming.
///
/// # Errors
///
/// When an assertion fails in the model.
pub fn lives_of(
    scenario: &Scenario,
    case: usize,
    region: usize,
    replication: u32,
) -> Result<Vec<Life>, Box<PassFailure>> {
    let design = Design::new(scenario);
    let key = PassKey {
        case,
        replication,
        region,
        rank: 0,
    };
    let (lives, _) = lives_of_measured(&design, key)?;
    Ok(lives)
}

/// The facts of all households that come for the first time while it is
/// measured, in the order of their coming, in one pass; and the events of that
/// time.
///
/// # Errors
///
/// When an assertion fails in the model.
pub(crate) fn facts_of_measured(
    design: &Design,
    key: PassKey,
) -> Result<(Vec<Facts>, u64), Box<PassFailure>> {
    let (lives, n_events) = lives_of_measured(design, key)?;
    Ok((lives.into_iter().map(|life| life.facts).collect(), n_events))
}

/// The lives of those households, and the events of that time.
pub(crate) fn lives_of_measured(
    design: &Design,
    key: PassKey,
) -> Result<(Vec<Life>, u64), Box<PassFailure>> {
    let scenario = design.scenario();
    let measured_from = Time::from_days(scenario.period.warm_up_days);
    let setting = staffed_alone(design, key)?;
    let (journals, n_events) = attempt(design, key, || {
        model::journals(&setting, scenario.seed, key.replication, measured_from)
    })?;
    let lives = journals.into_iter().map(|journal| Life {
        case: key.case,
        facts: Facts::of(&journal),
        journal,
    });
    // Without a warm-up what is measured begins with the stock, which was there before.
    let lives = lives.filter(|life| life.facts.entrance != Entrance::Stock);
    Ok((lives.collect(), n_events))
}
