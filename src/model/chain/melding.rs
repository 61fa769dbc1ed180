//! Meldingen: what each is, and what it does.
//!
//! Only first meldingen come from outside. The others follow from incidents, or
//! repeat an earlier one: one incident is often reported by several, the police
//! today and the school on Monday.

use super::household::NOBODY;
use super::purpose::Purpose;
use super::{Chain, Event, HouseholdId};
use crate::engine::{MINUTES_PER_DAY, MINUTES_PER_WEEK, MINUTES_PER_YEAR, Priority, Urgency};
use crate::model::law::{Kind, Moment};
use crate::model::{Entrance, Function, Happening, Severity, Tally};
use crate::random::{choose, exponential};

/// After so long it is looked whether a home that was unsafe has become safe
/// \[weeks\]: a year and a half.
const LOOK_BACK_WEEKS: u32 = 78;

impl Chain {
    /// A family is reported for the first time.
    pub(crate) fn report_first(&mut self, household: HouseholdId) {
        self.count(household, Tally::Meldingen);
        self.count(household, Tally::FirstMeldingen);
        self.open_case(household, Entrance::FirstMelding, false);
        self.schedule_repeat(household);
        self.schedule_look_back(household);
    }

    /// A melding about a family that is known: a vervolgmelding if it is in the
    /// chain, else a hermelding.
    pub(crate) fn report(&mut self, household: HouseholdId, is_crisis: bool) {
        self.count(household, Tally::Meldingen);
        self.schedule_repeat(household);
        if self.households[household].case.is_open {
            self.report_again(household, is_crisis);
        } else {
            self.reopen(household, is_crisis);
        }
    }

    fn reopen(&mut self, household: HouseholdId, is_crisis: bool) {
        self.count(household, Tally::Hermeldingen);
        if let Some(closed_at) = self.household(household).closed_at.take()
            && self.now.since(closed_at) <= MINUTES_PER_YEAR
            && self.is_followed(closed_at)
        {
            self.count(household, Tally::HermeldingWithinTwelveMonths);
        }
        self.open_case(household, Entrance::Hermelding, is_crisis);
    }

    fn report_again(&mut self, household: HouseholdId, is_crisis: bool) {
        self.count(household, Tally::Vervolgmeldingen);
        let severity = self.households[household].severity;
        self.note(
            household,
            Happening::Came {
                entrance: Entrance::Vervolgmelding,
                severity,
            },
        );
        let step = self
            .main_activity(household)
            .map(|activity| (activity.function, activity.kind));
        match step {
            Some((Function::Veiligheidsbeoordeling, Kind::Regular)) => {
                self.count(household, Tally::MeldingenInAssessment);
            }
            Some((
                Function::Veiligheidsbeoordeling
                | Function::Crisis
                | Function::Onderzoek
                | Function::VoorwaardenEnVervolg,
                _,
            )) => self.count(household, Tally::MeldingenAfterAssessment),
            Some(_) if self.is_with_assessor(household) => {
                self.count(household, Tally::MeldingenAfterAssessment);
            }
            _ => {}
        }
        self.go_on(household, Moment::Reported { is_crisis }, NOBODY);
    }

    /// Whether the team that assesses still holds the family, because the next step has not begun.
    fn is_with_assessor(&self, household: HouseholdId) -> bool {
        let assessor = self.team_of(household, Function::Veiligheidsbeoordeling);
        let home = &self.households[household];
        let is_waiting = (self.main_activity(household)).is_some_and(|next| !next.is_running);
        is_waiting
            && home
                .lead()
                .is_some_and(|lead| usize::from(lead.team) == assessor)
    }

    /// Another may soon report the same; that says nothing new about the home.
    fn schedule_repeat(&mut self, household: HouseholdId) {
        if self.script.is_some() {
            return;
        }
        let danger = self.parameters().danger;
        let index = self.household(household).counts.meldingen;
        self.household(household).counts.meldingen += 1;
        let u = self.uniform(household, Purpose::Repeated, index);
        if choose(u, danger.repeat_probability) {
            let mean = danger.repeat_days * f64::from(MINUTES_PER_DAY);
            let after = exponential(self.uniform(household, Purpose::RepeatedAfter, index), mean);
            if after <= f64::from(self.horizon.since(self.now)) {
                let at = self.now.after(after as u32);
                self.calendar
                    .schedule_for_good(at, Priority::Seize, Event::Repeat(household));
                self.households.expect(household);
            }
        }
    }

    /// Somebody reports again what has been reported.
    pub(crate) fn repeat(&mut self, household: HouseholdId) {
        self.households.has_come(household);
        if self.households[household].has_left {
            return;
        }
        self.count_time(household);
        self.report(household, false);
        self.protect(household);
    }

    /// A family with children and an unsafe home is looked at again later.
    fn schedule_look_back(&mut self, household: HouseholdId) {
        let home = &self.households[household];
        let at = self.now.after(LOOK_BACK_WEEKS * MINUTES_PER_WEEK);
        if home.has_children && home.severity.is_unsafe() && at <= self.horizon {
            self.calendar
                .schedule_for_good(at, Priority::Observe, Event::LookBack(household));
            self.households.expect(household);
        }
    }

    /// Has the danger stopped?
    pub(crate) fn look_back(&mut self, household: HouseholdId) {
        self.households.has_come(household);
        self.count_time(household);
        self.count(household, Tally::LookedBack);
        if self.households[household].severity == Severity::Veilig {
            self.count(household, Tally::SafeLookedBack);
        }
    }

    /// What an acutely unsafe family waits for becomes urgent.
    pub(crate) fn hasten(&mut self, household: HouseholdId) {
        let Some(activity) = self.main_activity(household).copied() else {
            return;
        };
        if !activity.is_running
            && let Some(main) = self.households[household].main
        {
            // Also if it waits for the office to open, or again later.
            let urgency = &mut self.activities[main].urgency;
            *urgency = Urgency::Urgent.min(*urgency);
        }
        if let Some(ticket) = activity.ticket {
            self.pools[usize::from(activity.pool)].promote(self.now, ticket, Urgency::Urgent);
            self.turns.move_queue(activity.pool);
        }
    }
}
