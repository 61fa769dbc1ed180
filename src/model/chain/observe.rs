//! The recording lines: what a pass sees, and when.

use super::{Activity, ActivityId, Chain, Event};
use crate::engine::{
    MINUTES_PER_DAY, MINUTES_PER_HOUR, MINUTES_PER_WEEK, MINUTES_PER_YEAR, Priority, Time,
};
use crate::model::form::roster::euros_per_hour;
use crate::model::law::{Kind, Track};
use crate::model::observation::wait::{Wait, WaitEnd};
use crate::model::{Function, Quarter, Scale, Start, Tally};

impl Chain {
    /// A step of the household's way begins.
    pub(crate) fn observe_start(&mut self, id: ActivityId) {
        let activity = self.activities[id];
        let Activity {
            household,
            function,
            kind,
            ..
        } = activity;
        let case = self.households[household].case;
        let is_help = matches!(
            function,
            Function::VrijwilligeHulp | Function::Drang | Function::UitvoeringMaatregel
        );
        if is_help && !case.has_first_help && !case.is_partial {
            self.observe_wait(household, Wait::FirstHelp, case.opened_at, WaitEnd::Met);
        }
        self.household(household).case.has_first_help |= is_help;
        if matches!(function, Function::VrijwilligeHulp | Function::Drang) {
            self.start_support(household, Start::Help, function == Function::Drang);
        }
        self.household(household).case.has_follow_up |= kind == Kind::FollowUp;
        match function {
            Function::UitvoeringMaatregel => {
                self.observe_wait(
                    household,
                    Wait::Jeugdbeschermer,
                    activity.asked_at,
                    WaitEnd::Met,
                );
                self.household(household).case.is_executed = true;
                if let Some(since) = self.household(household).case.requested_at.take() {
                    self.observe_wait(household, Wait::Measure, since, WaitEnd::Met);
                }
            }
            Function::Beschermingsonderzoek if activity.track == Track::Main => {
                self.observe_wait(household, Wait::Raad, activity.asked_at, WaitEnd::Met);
            }
            Function::VrijwilligeHulp if !case.is_partial => {
                self.observe_wait(household, Wait::Hulp, activity.asked_at, WaitEnd::Met);
            }
            Function::ToetsEnVerzoek => {
                let is_checked = self.is_checked_independently(household, &activity);
                self.household(household).case.is_checked = is_checked;
            }
            _ => {}
        }
    }

    /// Something beside the household's way begins.
    pub(crate) fn observe_start_aside(&mut self, activity: &Activity) {
        if activity.function == Function::SpecialistischeHulp && activity.kind == Kind::Regular {
            self.observe_wait(
                activity.household,
                Wait::Specialist,
                activity.asked_at,
                WaitEnd::Met,
            );
        }
    }

    /// A step of the household's way has ended.
    pub(crate) fn observe_end_of(&mut self, done: &Activity) {
        let case = self.households[done.household].case;
        match (done.function, done.kind) {
            (Function::Veiligheidsbeoordeling, Kind::Regular) => {
                self.observe_wait(
                    done.household,
                    Wait::Assessment,
                    case.opened_at,
                    WaitEnd::Met,
                );
            }
            (Function::Onderzoek, _) => {
                self.count(done.household, Tally::Onderzoeken);
                self.observe_wait(
                    done.household,
                    Wait::Onderzoek,
                    case.assessed_at,
                    WaitEnd::Met,
                );
            }
            (Function::VoorwaardenEnVervolg, _) => self.count(done.household, Tally::Voorwaarden),
            (Function::Rechter, Kind::Regular) => {
                self.observe_wait(done.household, Wait::Rechter, done.asked_at, WaitEnd::Met);
            }
            _ => {}
        }
    }

    /// At the end of a week: what has waited too long becomes urgent, and every
    /// team is looked at.
    pub(crate) fn end_week(&mut self) {
        let now = self.now;
        let weeks = self.parameters().staff.promote_after_weeks;
        let patience = (weeks * f64::from(MINUTES_PER_WEEK)) as u32;
        let moment = Time::from_minutes(now.minutes().saturating_sub(patience));
        for pool in 0..self.pools.len() {
            if self.pools[pool].promote_older_than(now, moment) > 0 {
                self.turns.move_queue(pool as u16);
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

    pub(crate) fn pools_of(&self, team: usize) -> std::ops::Range<usize> {
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
                    for &person in &self.places[index] {
                        let person = &self.professionals[person as usize];
                        seen.case_weeks += person.cases.len() as u64;
                        seen.reserved_by_organisation[person.organisation as usize] +=
                            u64::from(pool.reserved_of(person.member));
                    }
                }
            }
        }
    }

    /// The last day: what time has brought up to now, and what is still running.
    pub(crate) fn observe_end(&mut self) {
        self.seen.flows = self.flows.flows();
        self.observe_waiting();
        let mut stock = Quarter::new(0);
        // Sums depend on the order in their last digits.
        for household in self.households.in_order_of_coming() {
            self.count_time(household);
            if self.is_counted(household) {
                stock.take_stock(&self.households[household]);
            }
        }
        for (tally, n) in [
            (Tally::OtsStock, stock.ots_stock),
            (Tally::VoogdijStock, stock.voogdij_stock),
            (Tally::MeasureStock, stock.ots_stock + stock.voogdij_stock),
            (Tally::JeugdreclasseringStock, stock.jeugdreclassering_stock),
            (Tally::HulpStock, stock.hulp_stock),
            (Tally::OpenCases, stock.open_cases),
        ] {
            self.seen.add(tally, n as f64);
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
        if self.setting.counted.is_some() && self.n_measured_cases > 0 {
            // Nobody's hours are known by area: a case that is counted takes as many as any other.
            staff_hours *= self.seen.tally(Tally::CasesOpened) / self.n_measured_cases as f64;
        }
        self.seen.add(Tally::StaffHours, staff_hours);
        let per_hour = euros_per_hour(self.parameters());
        self.seen.add(Tally::StaffEuros, staff_hours * per_hour);
        self.seen.years =
            f64::from(self.now.since(self.measuring_from)) / f64::from(MINUTES_PER_YEAR);
    }
}
