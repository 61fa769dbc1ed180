//! What structure, capacity and behaviour each contribute to a difference between forms.
//!
//! The same families go through the same forms four times: with more staff than anybody can wait
//! for and no assumed behaviour (*structure*: who holds the family, hands over, assesses, checks);
//! with the staff that there is (*capacity*: queues); with what a belief set assumes of people
//! (*behaviour*); and with both. In each, a form is set against the baseline in the same world.
//!
//! Without another organisation there is no difference, so structure stands first. What capacity
//! and behaviour add depends on which comes before the other; each gets the mean of both orders,
//! which is the Shapley value over the orders in which structure stands first (a game with
//! precedence: U. Faigle & W. Kern, International Journal of Game Theory 21 (1992)). The three parts
//! add up to the difference, in every replication; so their intervals are paired, and those of a part
//! hold for all forms at once (Bonferroni).

use crate::experiment::{CONFIDENCE, Outcome, RunError};
use crate::model::{Division, KPIS, Parameters, Unit};
use crate::scenario::{Case, Entry, Family, Scenario};
use crate::stats::{Estimate, of_each};

/// How much more staff there is where nobody waits for staff.
const PLENTY: f64 = 10.0;

/// A part of a difference.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub enum EffectPart {
    /// Of the organisation, where nobody waits for staff.
    Structure,
    /// Of the staff that there is.
    Capacity,
    /// Of what is assumed of people.
    Behaviour,
    /// All together: the difference itself.
    Total,
}

impl EffectPart {
    /// Every one of them, in the order in which they add up.
    pub const ALL: [EffectPart; 4] = [
        Self::Structure,
        Self::Capacity,
        Self::Behaviour,
        Self::Total,
    ];

    /// Its name in tables.
    pub fn key(self) -> &'static str {
        match self {
            EffectPart::Structure => "structure",
            EffectPart::Capacity => "capacity",
            EffectPart::Behaviour => "behaviour",
            EffectPart::Total => "total",
        }
    }
}

/// The parts of every difference under one belief set.
#[derive(Clone, PartialEq, Debug)]
pub struct Attribution {
    /// By form and KPI: an estimate of each of [`EffectPart::ALL`]. None for the baseline, and
    /// where nothing was observed.
    parts: Vec<Vec<Option<[Estimate; 4]>>>,
}

impl Attribution {
    /// A part of the difference of a KPI between a form and the baseline, all regions together.
    pub fn part(&self, form: usize, kpi: usize, part: EffectPart) -> Option<Estimate> {
        self.parts[form][kpi].map(|parts| parts[part as usize])
    }
}

/// What the parts are under the belief set of each scenario; all scenarios are the same but for it.
///
/// # Errors
///
/// What `run` says.
pub fn attribute(
    scenarios: &[Scenario],
    run: impl Fn(&Scenario) -> Result<Outcome, RunError>,
) -> Result<Vec<Attribution>, RunError> {
    // Belief sets share what does not depend on them.
    let mut known: Vec<(Vec<Case>, Outcome)> = Vec::new();
    let mut outcomes = |scenario: Scenario| -> Result<Outcome, RunError> {
        let found = known.iter().find(|(cases, _)| *cases == scenario.cases);
        if let Some((_, outcome)) = found {
            return Ok(outcome.clone());
        }
        let outcome = run(&scenario)?;
        known.push((scenario.cases, outcome.clone()));
        Ok(outcome)
    };
    let mut attributions = Vec::new();
    for scenario in scenarios {
        let worlds = Worlds {
            structure: outcomes(world(scenario, false, false))?,
            capacity: outcomes(world(scenario, true, false))?,
            behaviour: outcomes(world(scenario, false, true))?,
            both: outcomes(world(scenario, true, true))?,
        };
        attributions.push(worlds.attribution(scenario));
    }
    Ok(attributions)
}

/// The scenario with or without queues for staff, and with or without assumed behaviour.
fn world(scenario: &Scenario, has_capacity: bool, has_behaviour: bool) -> Scenario {
    let mut world = scenario.clone();
    let value = |entry: &Entry, value: f64| match entry.family {
        Family::Behaviour if !has_behaviour => entry.value,
        _ if entry.spec.unit == Unit::Fte && !has_capacity => PLENTY * value,
        _ => value,
    };
    let changed = |parameters: &Parameters| {
        let mut rows = scenario.ledger.iter().zip(parameters.values());
        Parameters::from_values(|_| {
            let (entry, own) = rows.next().expect("a row for every parameter");
            value(entry, own)
        })
    };
    for case in &mut world.cases {
        *case = case.in_every_world(&changed);
        if !has_capacity {
            // Where nobody waits it is all the same whose hours are where.
            case.division = Division::AsAssigned;
        }
    }
    world
}

/// The outcomes of the four worlds.
struct Worlds {
    structure: Outcome,
    capacity: Outcome,
    behaviour: Outcome,
    both: Outcome,
}

impl Worlds {
    fn attribution(&self, scenario: &Scenario) -> Attribution {
        let forms = 0..scenario.cases.len();
        let of_form = |form: usize| {
            let kpis = 0..KPIS.len();
            let parts = |kpi| self.parts(scenario, form, kpi);
            kpis.map(|kpi| parts(kpi).filter(|_| form != scenario.baseline))
                .collect()
        };
        Attribution {
            parts: forms.map(of_form).collect(),
        }
    }

    fn parts(&self, scenario: &Scenario, form: usize, kpi: usize) -> Option<[Estimate; 4]> {
        let difference = |outcome: &Outcome, replication: u32| {
            let value = |case: usize| outcome.sample(case, replication, outcome.merged()).kpis[kpi];
            Some(value(form)? - value(scenario.baseline)?)
        };
        let of_replication = |replication: u32| {
            Some(shares([
                difference(&self.structure, replication)?,
                difference(&self.capacity, replication)?,
                difference(&self.behaviour, replication)?,
                difference(&self.both, replication)?,
            ]))
        };
        let all: Vec<[f64; 4]> = (1..=self.both.n_replications())
            .filter_map(of_replication)
            .collect();
        let estimate = |part: EffectPart| {
            let values: Vec<f64> = all.iter().map(|one| one[part as usize]).collect();
            // For all forms at once, as differences in paired.csv are.
            Estimate::of(&values, of_each(CONFIDENCE, scenario.cases.len() - 1))
        };
        let [structure, capacity, behaviour, total] = EffectPart::ALL.map(estimate);
        Some([structure?, capacity?, behaviour?, total?])
    }
}

/// The parts, from the differences with structure alone, with capacity, with behaviour, and with
/// both.
fn shares([structure, capacity, behaviour, both]: [f64; 4]) -> [f64; 4] {
    [
        structure,
        0.5 * ((capacity - structure) + (both - behaviour)),
        0.5 * ((behaviour - structure) + (both - capacity)),
        both,
    ]
}

#[cfg(test)]
mod tests {
    use std::cell::Cell;

    use super::*;
    use crate::experiment::fixture::{handovers, on_threads, scenario};
    use crate::experiment::runner::run_with;
    use crate::model::{Pass, Setting};

    #[test]
    fn parts_add_up_and_do_not_depend_on_an_order() {
        let [structure, capacity, behaviour, total] = shares([1.0, 4.0, 2.0, 9.0]);
        assert_eq!((structure, capacity, behaviour), (1.0, 5.0, 3.0));
        assert_eq!(structure + capacity + behaviour, total);
    }

    /// Handovers: 1 of structure in every form but the first, half as much again for what is
    /// short of staff, and twice the acceptance.
    fn known_by_heart(setting: &Setting, _: u64, replication: u32) -> Pass {
        let p = &setting.parameters;
        let is_other = setting.form.teams.len() != 8;
        let short = if p.staff.fte_rvdk < 1_000.0 { 1.5 } else { 1.0 };
        let assumed = 2.0 * p.behaviour.mixed_team_hours;
        let value = f64::from(replication) + f64::from(is_other) * (short + assumed);
        handovers(setting, value)
    }

    #[test]
    fn each_world_changes_what_it_says_and_shared_worlds_are_run_once() {
        let neutral = scenario(3);
        let mut assumed = neutral.clone();
        let key = "behaviour.mixed_team_hours";
        let row = assumed.ledger.iter().position(|one| one.spec.key == key);
        assumed.ledger[row.unwrap()].value_in_effect = 0.5;
        for case in &mut assumed.cases {
            case.parameters.behaviour.mixed_team_hours = 0.5;
        }
        let n_runs = Cell::new(0);
        let run = |scenario: &Scenario| {
            n_runs.set(n_runs.get() + 1);
            run_with(scenario, &on_threads(1), known_by_heart)
        };
        let found = attribute(&[neutral.clone(), assumed], run).expect("it does not fail");
        assert_eq!(n_runs.get(), 4, "two worlds have no behaviour in them");
        let kpi = KPIS.iter().position(|one| one.key == "handovers_per_case");
        let form = (0..6).find(|&form| neutral.cases[form].form.teams.len() != 8);
        let (kpi, form) = (kpi.unwrap(), form.unwrap());
        let parts = |number: usize| {
            EffectPart::ALL.map(|part| found[number].part(form, kpi, part).unwrap().mean)
        };
        assert_eq!(parts(0), [1.0, 0.5, 0.0, 1.5]);
        assert_eq!(parts(1), [1.0, 0.5, 1.0, 2.5]);
        // The same families: no noise is left in a difference.
        let part = found[1].part(form, kpi, EffectPart::Total).unwrap();
        assert_eq!((part.low, part.high), (2.5, 2.5));
        let baseline = found[1].part(neutral.baseline, kpi, EffectPart::Total);
        assert_eq!(baseline, None);
    }
}
