//! The invariant check that tests run on a chain between two events.

use std::collections::{BTreeMap, BTreeSet};

use super::household::{NOBODY, Role};
use super::{Activity, ActivityId, Chain, HouseholdId};
use crate::engine::{Member, Urgency};
use crate::model::law::{Kind, Track};
use crate::model::{Function, FunctionSet, Mode, Scale};

impl Chain {
    /// The number of cases that are open now.
    pub fn n_open_cases(&self) -> u64 {
        let open = self.households.iter().filter(|(_, home)| home.case.is_open);
        open.count() as u64
    }

    /// The number of cases ever opened, those of the stock included.
    pub fn n_cases(&self) -> u64 {
        self.households.n_cases()
    }

    /// The number of households ever seen, those of the stock included.
    pub fn n_households(&self) -> u64 {
        self.households.n_seen().into()
    }

    /// The number of households that are in sight now.
    pub fn n_in_sight(&self) -> u64 {
        let in_sight = self.households.iter().filter(|(_, home)| !home.has_left);
        in_sight.count() as u64
    }

    /// Which professional leads each household, by household; none where nobody does.
    pub fn leads(&self) -> Vec<Option<u32>> {
        let lead = |home: &super::household::Household| home.lead().map(|one| one.professional);
        self.households.iter().map(|(_, home)| lead(home)).collect()
    }

    /// Checks what holds between any two events; tests call it.
    ///
    /// Reserved minutes are the sum of what the circles and the work beside
    /// them hold; who or what a household points at points back; an open case
    /// waits for something, a closed one holds nothing; protection is that of
    /// the present state; and no professional is filled past the urgent limit
    /// by anything but a crisis, an order, sight, or what a lead does advised.
    ///
    /// # Errors
    /// With every broken invariant, one a line.
    pub fn audit(&self) -> Result<(), String> {
        let mut faults = Vec::new();
        let live: BTreeSet<ActivityId> = self.activities.live().into_iter().collect();
        if !self.activities.is_sound() {
            faults.push("an activity's slot is free twice".to_owned());
        }
        faults.extend(self.households.faults());
        self.audit_households(&live, &mut faults);
        self.audit_activities(&live, &mut faults);
        self.audit_pools(&live, &mut faults);
        self.audit_protection(&mut faults);
        match faults.is_empty() {
            true => Ok(()),
            false => Err(format!("at {:?}:\n{}", self.now, faults.join("\n"))),
        }
    }

    fn audit_households(&self, live: &BTreeSet<ActivityId>, faults: &mut Vec<String>) {
        for (household, home) in self.households.iter() {
            let mut fault = |what: String| {
                let name = format!(
                    "household {}, case {}: {what}",
                    household.0, home.counts.cases
                );
                faults.push(name);
            };
            if home.has_left && (home.case.is_open || home.danger.pending.is_some()) {
                fault("out of sight, and something may still happen to it".to_owned());
            }
            let steps = [home.main, home.side, home.specialist];
            if !home.case.is_open {
                let is_held = !home.circle.is_empty() || steps.iter().any(Option::is_some);
                let in_stock = [Function::Jeugdreclassering, Function::VrijwilligeHulp];
                let is_helped = home.running.and(FunctionSet::of(&in_stock));
                if is_held || home.order.is_some() || is_helped != FunctionSet::default() {
                    fault("closed, and still held".to_owned());
                }
                continue;
            }
            if home.main.is_none() && home.side.is_none() {
                fault("open, and waits for nothing".to_owned());
            }
            let mut running = FunctionSet::default();
            for id in steps.into_iter().flatten() {
                let activity = self.activities[id];
                if !live.contains(&id) || activity.household != household {
                    fault(format!("points at activity {}, which is another's", id.0));
                }
                if activity.is_running {
                    running.insert(activity.function);
                }
            }
            // A crisis and a hearing may also run beside the way.
            let beside = FunctionSet::of(&[Function::Crisis, Function::Rechter]);
            let seen = home.running;
            let is_forgotten = running.0 & !seen.0 != 0;
            if is_forgotten || seen.0 & !running.0 & !beside.0 != 0 {
                fault(format!("{seen:?} said to run, {running:?} runs"));
            }
            let execution = Function::UitvoeringMaatregel;
            let is_executed = home
                .main
                .is_some_and(|id| self.activities[id].function == execution);
            if home.order.is_some() != is_executed {
                fault("an order without its execution, or the other way about".to_owned());
            }
            let is_lead = |role: Role| role == Role::Lead;
            if home.circle.iter().filter(|one| is_lead(one.role)).count() > 1 {
                fault("two leads".to_owned());
            }
            for one in &home.circle {
                let Some(id) = one.activity else { continue };
                let activity = self.activities[id];
                let is_his = activity.is_running
                    && activity.professional == one.professional
                    && activity.household == household;
                if !live.contains(&id) || !is_his {
                    fault(format!("activity {} is not its professional's", id.0));
                }
            }
        }
    }

    fn audit_activities(&self, live: &BTreeSet<ActivityId>, faults: &mut Vec<String>) {
        for (id, activity) in live.iter().map(|&id| (id, &self.activities[id])) {
            let mut fault =
                |what: &str| faults.push(format!("activity {}, {activity:?}: {what}", id.0));
            let is_at_tafel = self.tafel.has(id);
            let is_past_run = activity.is_running && activity.due > self.horizon;
            let n_pending = usize::from(activity.ticket.is_some())
                + usize::from(activity.handle.is_some())
                + usize::from(is_at_tafel)
                + usize::from(is_past_run && activity.handle.is_none())
                + usize::from(self.lasts_with_specialist(activity));
            if n_pending != 1 {
                fault("pending in no way, or in two");
            }
            if activity.track == Track::Aside {
                continue;
            }
            let home = &self.households[activity.household];
            let step = match activity.track {
                Track::Main => home.main,
                _ => home.side,
            };
            if step != Some(id) {
                fault("its household has forgotten it");
            }
            let holders = home.circle.iter().filter(|one| one.activity == Some(id));
            let is_ours = activity.is_running && activity.professional != NOBODY;
            if holders.count() != usize::from(is_ours) {
                fault("not in the circle once while it runs");
            }
        }
    }

    /// Help that ends when the specialist does has no end of its own.
    fn lasts_with_specialist(&self, activity: &Activity) -> bool {
        activity.is_running
            && activity.handle.is_none()
            && activity.function == Function::VrijwilligeHulp
            && activity.due <= self.horizon
            && self.households[activity.household].specialist.is_some()
    }

    fn audit_pools(&self, live: &BTreeSet<ActivityId>, faults: &mut Vec<String>) {
        let mut held = vec![0u64; self.professionals.len()];
        let mut ordinary = vec![0u64; self.professionals.len()];
        let mut with: BTreeMap<u32, Vec<HouseholdId>> = BTreeMap::new();
        let mut outside = vec![0u64; self.pools.len()];
        let mut waiting = vec![0u64; self.pools.len()];
        for (household, home) in self.households.iter() {
            for one in &home.circle {
                held[one.professional as usize] += u64::from(one.amount);
                with.entry(one.professional).or_default().push(household);
                let is_ordinary = one.activity.is_some_and(|id| {
                    let activity = self.activities[id];
                    activity.urgency != Urgency::Crisis
                        && activity.function != Function::UitvoeringMaatregel
                        && self.mode(household, activity.function) != Mode::Consult
                });
                if is_ordinary {
                    ordinary[one.professional as usize] += u64::from(one.amount);
                }
            }
        }
        for (_, activity) in live.iter().map(|&id| (id, &self.activities[id])) {
            waiting[usize::from(activity.pool)] += u64::from(activity.ticket.is_some());
            if !activity.is_running {
                continue;
            }
            if activity.professional == NOBODY {
                let has_place = activity.function != Function::Jeugdbeschermingstafel;
                outside[usize::from(activity.pool)] +=
                    u64::from(activity.amount) * u64::from(has_place);
            } else if activity.track == Track::Aside {
                let person = activity.professional as usize;
                if self.professionals[person].tenure == activity.tenure {
                    held[person] += u64::from(activity.amount);
                    // Advice is given between other work.
                    let is_short =
                        activity.function == Function::Advies || activity.kind == Kind::Consult;
                    if activity.urgency != Urgency::Crisis && !is_short {
                        ordinary[person] += u64::from(activity.amount);
                    }
                }
            }
        }
        let limit = self.parameters().staff.urgent_limit;
        for (number, person) in self.professionals.iter().enumerate() {
            if person.is_gone {
                continue;
            }
            let pool = &self.pools[usize::from(person.pool)];
            let reserved = u64::from(pool.reserved_of(person.member));
            if reserved != held[number] {
                let held = held[number];
                faults.push(format!(
                    "professional {number}: {reserved} reserved, {held} held"
                ));
            }
            let capacity = f64::from(pool.capacity_of(person.member));
            // Who loses hours in a change-over goes on with what was begun.
            let has_lost_hours = self.n_changes > 0;
            if !has_lost_hours && ordinary[number] as f64 > capacity * limit {
                let ordinary = ordinary[number];
                faults.push(format!(
                    "professional {number}: {ordinary} ordinary work for {capacity}"
                ));
            }
            let mut cases = person.cases.clone();
            cases.sort_unstable();
            if cases != with.remove(&(number as u32)).unwrap_or_default() {
                faults.push(format!("professional {number}: not with whom they think"));
            }
        }
        for (number, pool) in self.pools.iter().enumerate() {
            let places = (0..pool.n_places()).map(|index| Member(index as u32));
            let reserved: i64 = places.map(|one| i64::from(pool.reserved_of(one))).sum();
            if reserved != pool.reserved().value() {
                faults.push(format!(
                    "pool {number}: its reserved sum is not its members'"
                ));
            }
            if pool.waiting().value() != waiting[number] as i64 {
                faults.push(format!("pool {number}: tickets are not those that wait"));
            }
        }
        for team in 0..self.first_pool.len() {
            if self.form().teams[team].scale == Scale::External {
                let pool = usize::from(self.first_pool[team]);
                if self.pools[pool].reserved().value() != outside[pool] as i64 {
                    faults.push(format!("pool {pool}: places taken by nobody"));
                }
            }
        }
    }

    /// Protection and the pace of help are those that the present state gives.
    fn audit_protection(&self, faults: &mut Vec<String>) {
        let mut anew = self.clone();
        for number in self.households.ids() {
            anew.count_time(number);
            let before = anew.households[number].clone();
            anew.protect(number);
            let after = &anew.households[number];
            if before.protection != after.protection || before.effect != after.effect {
                let (was, is) = (before.protection, after.protection);
                faults.push(format!(
                    "household {}: {was:?} ({}) although it is {is:?} ({}), {before:?}",
                    number.0, before.effect, after.effect
                ));
            }
        }
    }
}
