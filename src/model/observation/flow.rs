//! The flow of families: from which step of their way to which next one.
//!
//! A family stands at the step of its way that has begun last, or at its entrance while it waits
//! for the first. It is counted when the next step begins, or when its case is closed. So between
//! any two moments those who stand at a step become as many more as have come to it and not gone
//! on. A step that is asked for and withdrawn before it begins is none; nor is what goes on beside
//! the way, or a step that another professional takes over from a leaver.

use serde::{Deserialize, Serialize};

use crate::model::chain::{Activity, ActivityId, Chain, HouseholdId};
use crate::model::law::Kind;
use crate::model::{Entrance, Function};

/// Where a family stands on its way, by the step that has begun last.
#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Debug, Serialize, Deserialize)]
pub enum Step {
    /// It has come in so, and no step has begun.
    Came(Entrance),
    /// The step of that function.
    At(Function),
    /// The short follow-up of a veiligheidsbeoordeling.
    FollowUp,
    /// Its case is closed.
    Closed,
}

/// The rank of the first function's step.
const AT: u8 = Entrance::ALL.len() as u8;

impl Step {
    const COUNT: usize = AT as usize + Function::COUNT + 2;

    /// Every step, in pathway order.
    pub fn all() -> impl Iterator<Item = Step> {
        let entrances = Entrance::ALL.into_iter().map(Step::Came);
        let functions = Function::ALL.into_iter().map(Step::At);
        entrances
            .chain(functions)
            .chain([Step::FollowUp, Step::Closed])
    }

    /// Its place among all steps.
    fn rank(self) -> u8 {
        match self {
            Step::Came(entrance) => entrance as u8,
            Step::At(function) => AT + function as u8,
            Step::FollowUp => AT + Function::COUNT as u8,
            Step::Closed => AT + Function::COUNT as u8 + 1,
        }
    }

    /// Its name in flows.csv.
    pub fn key(self) -> &'static str {
        match self {
            Step::Came(entrance) => entrance.key(),
            Step::At(function) => function.key(),
            Step::FollowUp => "kort_vervolg",
            Step::Closed => "afgesloten",
        }
    }

    /// The function that is done in it, if any is.
    pub fn function(self) -> Option<Function> {
        match self {
            Step::At(function) => Some(function),
            Step::FollowUp => Some(Function::Veiligheidsbeoordeling),
            Step::Came(_) | Step::Closed => None,
        }
    }

    fn of(activity: &Activity) -> Self {
        match activity.kind {
            Kind::FollowUp => Step::FollowUp,
            _ => Step::At(activity.function),
        }
    }
}

/// Families that went from one step to another.
#[derive(Clone, Copy, PartialEq, Eq, Debug, Serialize, Deserialize)]
pub struct Flow {
    /// The step that they left.
    pub from: Step,
    /// The step that began.
    pub to: Step,
    /// How many.
    pub families: u32,
    /// Of those, handed over to another team with it.
    pub handovers: u32,
}

/// Every flow that was seen, in the order of its steps.
#[derive(Clone, PartialEq, Eq, Debug, Default, Serialize, Deserialize)]
pub struct Flows(Vec<Flow>);

impl Flows {
    /// Adds what was seen elsewhere in the same time.
    pub fn merge(&mut self, other: &Self) {
        for &flow in &other.0 {
            let pair = (flow.from, flow.to);
            match self.0.binary_search_by_key(&pair, |one| (one.from, one.to)) {
                Ok(place) => {
                    self.0[place].families += flow.families;
                    self.0[place].handovers += flow.handovers;
                }
                Err(place) => self.0.insert(place, flow),
            }
        }
    }

    /// The flows, in the order of their steps.
    pub fn iter(&self) -> impl Iterator<Item = &Flow> {
        self.0.iter()
    }
}

/// What is seen of flows while a run lasts: families and handovers for every pair of steps.
#[derive(Clone, Debug)]
pub(crate) struct FlowCounts(Vec<[u32; 2]>);

impl FlowCounts {
    /// Nothing seen yet.
    pub fn new() -> Self {
        FlowCounts(vec![[0; 2]; Step::COUNT * Step::COUNT])
    }

    /// Counts one family.
    pub fn count(&mut self, from: Step, to: Step, is_handover: bool) {
        let place = usize::from(from.rank()) * Step::COUNT + usize::from(to.rank());
        let [families, handovers] = &mut self.0[place];
        *families += 1;
        *handovers += u32::from(is_handover);
    }

    /// The flows that were seen.
    pub fn flows(&self) -> Flows {
        let pairs = Step::all().flat_map(|from| Step::all().map(move |to| (from, to)));
        let seen = pairs
            .zip(&self.0)
            .filter(|(_, [families, _])| *families > 0);
        let flows = seen.map(|((from, to), &[families, handovers])| Flow {
            from,
            to,
            families,
            handovers,
        });
        Flows(flows.collect())
    }
}

impl Chain {
    /// A step of the household's way begins, with or without a handover.
    pub(crate) fn flow_on(&mut self, id: ActivityId, is_handover: bool) {
        let activity = &self.activities[id];
        let (household, to) = (activity.household, Step::of(activity));
        self.flow(household, to, is_handover);
    }

    /// The household's case is closed.
    pub(crate) fn flow_out(&mut self, household: HouseholdId) {
        self.flow(household, Step::Closed, false);
    }

    fn flow(&mut self, household: HouseholdId, to: Step, is_handover: bool) {
        let case = &mut self.household(household).case;
        let from = case.step.replace(to);
        let from = from.expect("a case that is open stands somewhere");
        if self.is_measuring && self.is_counted(household) {
            self.flows.count(from, to, is_handover);
        }
    }

    /// The number of open cases at each step now, in the order of [`Step::all`].
    pub fn n_at_steps(&self) -> Vec<u64> {
        let mut steps: Vec<u64> = vec![0; Step::all().count()];
        for (_, home) in self.households.iter().filter(|(_, home)| home.case.is_open) {
            let step = Step::all().position(|step| Some(step) == home.case.step);
            steps[step.expect("every step is among all")] += 1;
        }
        steps
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn families_are_added_up_by_both_steps_in_whatever_order_they_come() {
        let hulp = Step::At(Function::VrijwilligeHulp);
        let came = Step::Came(Entrance::FirstMelding);
        let of = |seen: [(Step, Step, bool); 2]| {
            let mut counts = FlowCounts::new();
            for (from, to, is_handover) in seen {
                counts.count(from, to, is_handover);
            }
            counts.flows()
        };
        let mut here = of([(hulp, Step::Closed, false), (came, hulp, true)]);
        let there = of([(came, hulp, false), (came, Step::Closed, false)]);
        let mut other_way = there.clone();
        other_way.merge(&here);
        here.merge(&there);
        assert_eq!(here, other_way);
        let found = here
            .iter()
            .map(|flow| (flow.from, flow.to, flow.families, flow.handovers));
        assert!(found.eq([
            (came, hulp, 2, 1),
            (came, Step::Closed, 1, 0),
            (hulp, Step::Closed, 1, 0),
        ]));
    }

    #[test]
    fn every_step_has_a_name_of_its_own() {
        let keys: std::collections::BTreeSet<_> = Step::all().map(Step::key).collect();
        assert_eq!(keys.len(), Step::all().count());
        assert!(Step::all().is_sorted());
        assert!(Step::all().map(Step::rank).eq(0..Step::COUNT as u8));
    }
}
