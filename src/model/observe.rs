//! The recording lines: what a pass sees, and when.

use super::{
    Function, Quantity, Quarter, Scale, Start, Tally, Wait,
    chain::{Activity, Chain, Event, Track},
    household::NOBODY,
    work::Kind,
};
use crate::engine::{
    MINUTES_PER_DAY, MINUTES_PER_HOUR, MINUTES_PER_WEEK, MINUTES_PER_YEAR, Priority, Time,
};

impl Chain {
    /// Records a wait: in its quarter, and once the warm-up is over in all.
    pub(super) fn observe_wait(&mut self, wait: Wait, minutes: u32, is_in_term: bool) {
        self.quarter.record(wait, minutes);
        if self.is_measuring {
            self.seen.waits[wait as usize].record(minutes, is_in_term);
            if let Some(quantity) = Quantity::of_wait(wait) {
                self.seen.distributions[quantity as usize].record(quantity, minutes);
            }
        }
    }

    /// A step of the household's way begins.
    pub(super) fn observe_start(&mut self, id: u32) {
        let activity = self.activities[id as usize];
        let Activity {
            household,
            function,
            kind,
            ..
        } = activity;
        let now = self.now;
        let case = self.households[household as usize].case;
        let since_opening = now.since(case.opened_at);
        let is_help = matches!(
            function,
            Function::VrijwilligeHulp | Function::Drang | Function::UitvoeringMaatregel
        );
        if is_help && !case.has_first_help && !case.is_partial {
            self.observe_wait(Wait::FirstHelp, since_opening, true);
        }
        self.household(household).case.has_first_help |= is_help;
        if matches!(function, Function::VrijwilligeHulp | Function::Drang) {
            self.start_support(household, Start::Help, function == Function::Drang);
        }
        self.household(household).case.has_follow_up |= kind == Kind::FollowUp;
        match function {
            Function::UitvoeringMaatregel => {
                let days = self.parameters().term.jeugdbeschermer_working_days as u32;
                let due = self.working.after_working_days(case.ordered_at, days);
                let waited = now.since(case.ordered_at);
                self.observe_wait(Wait::Jeugdbeschermer, waited, now <= due);
                let is_first = !self.households[household as usize].case.is_executed;
                if is_first && !case.is_partial {
                    self.observe_wait(Wait::Measure, since_opening, true);
                }
                self.household(household).case.is_executed = true;
            }
            Function::Beschermingsonderzoek if activity.track == Track::Main => {
                let waited = now.since(activity.asked_at);
                let term = self.parameters().term.raad_start_days * f64::from(MINUTES_PER_DAY);
                self.observe_wait(Wait::Raad, waited, f64::from(waited) <= term);
            }
            Function::VrijwilligeHulp if !case.is_partial => {
                self.observe_wait(Wait::Hulp, now.since(activity.asked_at), true);
            }
            Function::ToetsEnVerzoek => {
                let is_checked = self.is_checked_by_another(household, activity.professional);
                self.household(household).case.is_checked = is_checked;
            }
            _ => {}
        }
    }

    /// Something beside the household's way begins.
    pub(super) fn observe_start_aside(&mut self, activity: &Activity, waited: u32) {
        if activity.function == Function::SpecialistischeHulp {
            self.observe_wait(Wait::Specialist, waited, true);
        }
    }

    /// A step of the household's way has ended.
    pub(super) fn observe_end_of(&mut self, done: &Activity) {
        let now = self.now;
        let case = self.households[done.household as usize].case;
        match (done.function, done.kind) {
            (Function::Veiligheidsbeoordeling, Kind::Regular) => {
                let days = self.parameters().term.beoordeling_working_days as u32;
                let due = self.working.after_working_days(case.opened_at, days);
                self.observe_wait(Wait::Assessment, now.since(case.opened_at), now <= due);
            }
            (Function::Onderzoek, _) => {
                self.count(Tally::Onderzoeken);
                let taken = now.since(case.assessed_at);
                let term = self.parameters().term.onderzoek_weeks * f64::from(MINUTES_PER_WEEK);
                self.observe_wait(Wait::Onderzoek, taken, f64::from(taken) <= term);
            }
            (Function::VoorwaardenEnVervolg, _) => self.count(Tally::Voorwaarden),
            (Function::Rechter, Kind::Regular) => {
                let taken = now.since(done.asked_at);
                let term = self.parameters().term.rechter_weeks * f64::from(MINUTES_PER_WEEK);
                self.observe_wait(Wait::Rechter, taken, f64::from(taken) <= term);
            }
            _ => {}
        }
    }

    /// At the end of a week: what has waited too long becomes urgent, and every
    /// team is looked at.
    pub(super) fn end_week(&mut self) {
        let now = self.now;
        let weeks = self.parameters().staff.promote_after_weeks;
        let patience = (weeks * f64::from(MINUTES_PER_WEEK)) as u32;
        let moment = Time::from_minutes(now.minutes().saturating_sub(patience));
        for pool in 0..self.pools.len() {
            if self.pools[pool].promote_older_than(now, moment) > 0 {
                self.queue_moved(pool as u16);
            }
        }
        if self.is_measuring {
            self.observe_teams();
        }
        self.observe_quarter();
        self.calendar.schedule_for_good(
            now.after(MINUTES_PER_WEEK),
            Priority::Observe,
            Event::Week,
        );
    }

    pub(super) fn pools_of(&self, team: usize) -> std::ops::Range<usize> {
        let next = self
            .first_pool
            .get(team + 1)
            .map_or(self.pools.len(), |&pool| pool.into());
        usize::from(self.first_pool[team])..next
    }

    fn observe_teams(&mut self) {
        for team in 0..self.first_pool.len() {
            let is_external = self.form().teams[team].scale == Scale::External;
            for index in self.pools_of(team) {
                let pool = &self.pools[index];
                let seen = &mut self.seen.teams[team];
                seen.pool_weeks += 1;
                seen.weeks_above_full +=
                    u64::from(pool.reserved().value() > pool.capacity().value());
                seen.longest_wait = seen.longest_wait.max(pool.longest_wait(self.now));
                if !is_external {
                    seen.place_weeks += pool.n_places() as u64;
                    seen.vacant_place_weeks += pool.n_vacant() as u64;
                    let people = self.places[index].iter();
                    seen.case_weeks += people
                        .map(|&person| self.professionals[person as usize].cases.len() as u64)
                        .sum::<u64>();
                }
            }
        }
    }

    /// The last day: what time has brought up to now, and what is still running.
    pub(super) fn observe_end(&mut self) {
        self.seen.flows = self.flows.flows();
        let mut stock = Quarter::new(0);
        // In the order of their coming, whatever record each has: sums depend on it in their last digits.
        let mut in_order = vec![NOBODY; self.n_households as usize];
        for (household, home) in (0..).zip(&self.households) {
            if !home.has_left {
                in_order[home.number as usize] = household;
            }
        }
        for household in in_order.into_iter().filter(|&one| one != NOBODY) {
            self.count_time(household);
            stock.take_stock(&self.households[household as usize]);
        }
        for (tally, n) in [
            (Tally::OtsStock, stock.ots_stock),
            (Tally::VoogdijStock, stock.voogdij_stock),
            (Tally::MeasureStock, stock.ots_stock + stock.voogdij_stock),
            (Tally::JeugdreclasseringStock, stock.jeugdreclassering_stock),
            (Tally::HulpStock, stock.hulp_stock),
        ] {
            self.add(tally, n as f64);
        }
        let now = u64::from(self.now.minutes());
        let hours = |minutes_a_week: i128| {
            minutes_a_week as f64 / f64::from(MINUTES_PER_WEEK * MINUTES_PER_HOUR)
        };
        let mut staff_hours = 0.0;
        for team in 0..self.first_pool.len() {
            let is_external = self.form().teams[team].scale == Scale::External;
            for index in self.pools_of(team) {
                let pool = &self.pools[index];
                let seen = &mut self.seen.teams[team];
                seen.is_external = is_external;
                seen.reserved_hours += hours(pool.reserved().integral(now));
                seen.available_hours += hours(pool.capacity().integral(now));
                seen.waiting_days +=
                    pool.waiting().integral(now) as f64 / f64::from(MINUTES_PER_DAY);
                let length = now - u64::from(self.measuring_from.minutes());
                seen.pool_days += length as f64 / f64::from(MINUTES_PER_DAY);
            }
            if !is_external {
                staff_hours += self.seen.teams[team].reserved_hours;
            }
        }
        self.add(Tally::StaffHours, staff_hours);
        self.seen.years =
            f64::from(self.now.since(self.measuring_from)) / f64::from(MINUTES_PER_YEAR);
    }
}
