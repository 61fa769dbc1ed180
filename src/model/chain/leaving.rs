//! When professionals leave: candidate days at the highest rate that there can be, thinned on the day.

use super::purpose::Purpose;
use super::{Chain, Event};
use crate::engine::{MINUTES_PER_WEEK, MINUTES_PER_YEAR, Priority};
use crate::random::{choose, exponential};

impl Chain {
    fn draw(&self, professional: u32, purpose: Purpose) -> f64 {
        let person = &self.professionals[professional as usize];
        self.chance
            .of(person.entity)
            .uniform(purpose as u16, person.n_candidate_days)
    }

    /// The present holder of a place will leave some day: candidate days come at
    /// the highest rate that overload can lead to, and are thinned on the day.
    pub(crate) fn schedule_leaving(&mut self, professional: u32) {
        if self.professionals[professional as usize].may_leave {
            return;
        }
        let per_year = self.parameters().staff.turnover * self.most_overload_effect();
        let u = self.draw(professional, Purpose::Leaving);
        let is_to_come = self.schedule_some_day(per_year, u, Event::Leaves(professional));
        self.professionals[professional as usize].may_leave = is_to_come;
    }

    /// After a change-over more leave than otherwise would: days of their own, so that nobody's other days move.
    pub(crate) fn schedule_unrest(&mut self, professional: u32) {
        let more = self.most_unrest() * self.most_overload_effect();
        let per_year = self.parameters().staff.turnover * more;
        let person = &self.professionals[professional as usize];
        if person.is_gone || person.may_be_unsettled || !self.is_unrest_felt() {
            return;
        }
        let draws = self.chance.of(person.entity);
        let u = draws.uniform(Purpose::Unrest as u16, person.n_unrest_days);
        let is_to_come = self.schedule_some_day(per_year, u, Event::Unsettled(professional));
        self.professionals[professional as usize].may_be_unsettled = is_to_come;
    }

    /// Puts an event in the calendar that comes so often a year on average; whether it comes within the run.
    fn schedule_some_day(&mut self, per_year: f64, u: f64, event: Event) -> bool {
        if per_year <= 0.0 {
            return false;
        }
        let minutes = exponential(u, f64::from(MINUTES_PER_YEAR) / per_year);
        let is_to_come = minutes <= f64::from(self.horizon.since(self.now));
        if is_to_come {
            let at = self.now.after(minutes as u32);
            self.calendar
                .schedule_for_good(at, Priority::Release, event);
        }
        is_to_come
    }

    /// The effect of a load of twice the hours, which is as far as it counts.
    fn most_overload_effect(&self) -> f64 {
        1.0 + self.parameters().behaviour.turnover_per_overload
    }

    /// How much likelier overload makes it that somebody leaves now.
    fn overload_effect(&self, professional: u32) -> f64 {
        let person = &self.professionals[professional as usize];
        let pool = &self.pools[usize::from(person.pool)];
        let capacity = f64::from(pool.capacity_of(person.member)).max(1.0);
        let overload = f64::from(pool.reserved_of(person.member)) / capacity - 1.0;
        1.0 + self.parameters().behaviour.turnover_per_overload * overload.clamp(0.0, 1.0)
    }

    /// On a candidate day a professional leaves, or stays.
    pub(crate) fn leave(&mut self, professional: u32) {
        let person = &mut self.professionals[professional as usize];
        person.may_leave = false;
        if person.is_gone || person.is_vacant {
            // Left already, unsettled by a change-over; of whoever comes instead it is asked anew.
            person.n_candidate_days += 1;
            return;
        }
        let share = self.overload_effect(professional) / self.most_overload_effect();
        let stays = !choose(self.draw(professional, Purpose::LeavingThinned), share);
        let vacancy_draw = self.draw(professional, Purpose::Replacement);
        self.professionals[professional as usize].n_candidate_days += 1;
        match stays {
            true => self.schedule_leaving(professional),
            false => self.vacate(professional, vacancy_draw),
        }
    }

    /// The same on a day that a change-over brought.
    pub(crate) fn leave_unsettled(&mut self, professional: u32) {
        let person = &mut self.professionals[professional as usize];
        person.may_be_unsettled = false;
        if person.is_gone {
            return;
        }
        let (team, index) = (usize::from(person.team), person.n_unrest_days);
        let draws = self.chance.of(person.entity);
        person.n_unrest_days += 1;
        let is_away = person.is_vacant;
        let share = self.unrest(team) / self.most_unrest() * self.overload_effect(professional)
            / self.most_overload_effect();
        let u = draws.uniform(Purpose::UnrestThinned as u16, index);
        if !is_away && choose(u, share) {
            let vacancy_draw = draws.uniform(Purpose::UnrestReplacement as u16, index);
            self.vacate(professional, vacancy_draw);
        }
        self.schedule_unrest(professional);
    }

    /// A professional is gone: their work goes back to the queue, whoever they only had sight on gets a colleague at once.
    fn vacate(&mut self, professional: u32, vacancy_draw: f64) {
        let now = self.now;
        let person = &mut self.professionals[professional as usize];
        let (pool, member) = (usize::from(person.pool), person.member);
        let team = usize::from(person.team);
        person.tenure += 1;
        person.is_vacant = true;
        if let Some(handle) = person.starting_up.take() {
            self.calendar.cancel(handle);
        }
        let cases = std::mem::take(&mut person.cases);
        self.pools[pool].leave(now, member);
        if self.is_measuring {
            self.seen.teams[team].leavers += 1;
        }
        for household in cases {
            self.lose_professional(household, professional);
        }
        let mean = self.parameters().staff.vacancy_weeks * f64::from(MINUTES_PER_WEEK);
        let vacancy = exponential(vacancy_draw, mean);
        let at = now.after((vacancy as u32).max(1));
        self.calendar
            .schedule_for_good(at, Priority::Release, Event::Replaced(professional));
    }
}
