//! The jeugdbeschermingstafel: it meets once a week, and sees as many families as it has seats for.

use std::collections::VecDeque;

use super::household::NOBODY;
use super::{ActivityId, Chain, Event};
use crate::engine::{Priority, Time, Urgency};
use crate::model::Function;

/// Minutes into the day at which it meets.
const MEETS_MINUTE: u32 = 10 * 60;

/// Who waits for the table, in order, and the seats that it has to give.
#[derive(Clone, Debug, Default)]
pub(crate) struct Tafel {
    waiting: VecDeque<ActivityId>,
    seats_left_over: f64,
    /// Whether its next meeting is in the calendar.
    has_meeting: bool,
}

impl Tafel {
    /// A family comes to the end of the line.
    pub fn line_up(&mut self, id: ActivityId) {
        self.waiting.push_back(id);
    }

    /// A family leaves the line, if it is in it.
    pub fn withdraw(&mut self, id: ActivityId) {
        self.waiting.retain(|&waiting| waiting != id);
    }

    /// Whether a family waits for it.
    pub fn has(&self, id: ActivityId) -> bool {
        self.waiting.contains(&id)
    }

    /// Who waits longest, if there is a seat.
    fn next(&mut self) -> Option<ActivityId> {
        let next = self.waiting.pop_front_if(|_| self.seats_left_over >= 1.0)?;
        self.seats_left_over -= 1.0;
        Some(next)
    }
}

impl Chain {
    /// Lets the table begin to meet, on Thursdays, where a form has one and it does not meet yet.
    pub(crate) fn convene_tafel(&mut self) {
        if self.has_step(Function::Jeugdbeschermingstafel) && !self.tafel.has_meeting {
            self.schedule_tafel();
        }
    }

    fn schedule_tafel(&mut self) {
        let first = self.working.weekday(self.now) as u32;
        const THURSDAY: u32 = 3;
        let days = (THURSDAY + 7 - first) % 7;
        let days = if days == 0 { 7 } else { days };
        let at = Time::from_days(self.now.day() + days).after(MEETS_MINUTE);
        self.calendar
            .schedule_for_good(at, Priority::Release, Event::TafelMeets);
        self.tafel.has_meeting = true;
    }

    /// The table sees as many families as it has seats for, the longest waiting first.
    pub(crate) fn meet_at_tafel(&mut self) {
        self.tafel.has_meeting = false;
        if !self.has_step(Function::Jeugdbeschermingstafel) {
            return;
        }
        let region = &self.setting.region;
        let thousands = region.country.thousands_of_meldingen() * region.share_of_unsafety;
        if self.working.is_working_day(self.now.day()) {
            self.tafel.seats_left_over +=
                self.parameters().external.tafel_places_per_week * thousands;
        }
        while let Some(id) = self.tafel.next() {
            self.begin(id, NOBODY);
            debug_assert_ne!(self.activities[id].urgency, Urgency::Crisis);
        }
        // Seats that nobody needed are gone.
        self.tafel.seats_left_over = self.tafel.seats_left_over.min(1.0);
        self.schedule_tafel();
    }
}
