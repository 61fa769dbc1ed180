//! Help: from its plan to its end, with and without a specialist.

use super::purpose::Purpose;
use super::{Activity, ActivityId, Chain, Event, HouseholdId};
use crate::engine::{MINUTES_PER_WEEK, Priority};
use crate::model::law::{Ask, Track};
use crate::model::observation::wait::{Wait, WaitEnd};
use crate::model::{Function, HelpParameters, Severity};
use crate::random::choose;

impl HelpParameters {
    fn stall_probability(&self, severity: Severity) -> f64 {
        match severity {
            Severity::AcuutOnveilig => self.stall_probability_acuut,
            Severity::StructureelOnveilig => self.stall_probability_structureel,
            _ => self.stall_probability_lichte_zorgen,
        }
    }
}

impl Chain {
    /// Sets how long a step lasts, and how it ends, where that is the family's.
    pub(crate) fn set_course(&mut self, id: ActivityId) {
        let activity = self.activities[id];
        let household = activity.household;
        if matches!(
            activity.function,
            Function::Drang | Function::UitvoeringMaatregel
        ) {
            self.answer_unsafe(household);
        }
        match activity.function {
            Function::VrijwilligeHulp => self.set_course_of_help(id),
            Function::Drang => {
                self.plan(household, activity.is_assessed_anew);
                let drang = self.household(household).counts.drangs;
                self.household(household).counts.drangs += 1;
                let p = self.parameters().help.drang_success_probability;
                let u = self.uniform(household, Purpose::DrangOutcome, drang);
                self.activities[id].is_success = self.script.is_some() || choose(u, p);
            }
            Function::UitvoeringMaatregel => self.set_course_of_order(id),
            _ => {}
        }
    }

    fn set_course_of_help(&mut self, id: ActivityId) {
        let Activity {
            household,
            is_assessed_anew,
            ..
        } = self.activities[id];
        let plan = self.plan(household, is_assessed_anew);
        let help = self.parameters().help;
        let acceptance = self.acceptance(household);
        let of_weak_team = self.stall_of_weak_team(household);
        let home = self.household(household);
        let index = home.counts.helps;
        home.counts.helps += 1;
        let to_go = (home.help_needed - home.helped).max(f64::from(MINUTES_PER_WEEK));
        let stall_probability = help.stall_probability(home.severity) + of_weak_team;
        let is_accepted = choose(
            self.uniform(household, Purpose::Acceptance, index),
            acceptance,
        );
        let is_stalling = choose(
            self.uniform(household, Purpose::Stall, index),
            stall_probability,
        );
        let (minutes, is_success) = if self.script.is_some() {
            (to_go, true)
        } else if !is_accepted {
            (f64::from(plan), false)
        } else if is_stalling {
            (help.stall_moment_share * to_go, false)
        } else {
            (to_go, true)
        };
        let activity = &mut self.activities[id];
        activity.duration = minutes as u32;
        activity.is_success = is_success;
        if is_accepted || is_success {
            self.answer_unsafe(household);
        }
        let home = self.household(household);
        home.case.is_help_welcome = is_accepted || is_success;
        if is_accepted && home.needs_specialist && home.specialist.is_none() {
            self.ask_specialist(household);
        }
    }

    fn ask_specialist(&mut self, household: HouseholdId) {
        if self.script.is_some() {
            return;
        }
        let ask = Ask::next(Function::SpecialistischeHulp).track(Track::Aside);
        let id = self.ask_beside(household, ask);
        self.household(household).specialist = Some(id);
    }

    /// Help works from its plan on; says how long the plan takes \[minutes\]: longest for who had
    /// to assess the family anew, less for who goes on from a dossier, the own one or a shared one.
    pub(crate) fn plan(&mut self, household: HouseholdId, is_assessed_anew: bool) -> u32 {
        let w = self.parameters().work;
        let now = self.now;
        let weeks = if is_assessed_anew {
            w.plan_weeks_own_assessment
        } else {
            w.plan_weeks_shared_dossier
        };
        let index = self.household(household).counts.plans;
        self.household(household).counts.plans += 1;
        let longer = self
            .spread
            .at(self.uniform(household, Purpose::Plan, index));
        let minutes = (weeks * longer * f64::from(MINUTES_PER_WEEK)) as u32;
        let planned_at = now.after(minutes);
        self.observe_wait_until(
            household,
            Wait::PlanFromStart,
            now,
            planned_at,
            WaitEnd::Met,
        );
        let home = self.household(household);
        home.helped -= f64::from(minutes);
        let opened_at = home.case.opened_at;
        let is_first = !std::mem::replace(&mut home.case.has_plan, true);
        if is_first && !home.case.is_partial {
            self.observe_wait_until(household, Wait::Plan, opened_at, planned_at, WaitEnd::Met);
        }
        minutes
    }

    /// Whether a step that was to end now goes on instead: help that has not
    /// reached its aim yet, or an order that is extended.
    pub(crate) fn goes_on(&mut self, id: ActivityId) -> bool {
        let activity = self.activities[id];
        let household = activity.household;
        if activity.track == Track::Aside {
            // Advice about help or an order is not that help or order.
            return false;
        }
        let home = &self.households[household];
        match activity.function {
            Function::VrijwilligeHulp if activity.is_success => {
                let waits_for_specialist = home.specialist.is_some();
                if !waits_for_specialist && home.is_helped() {
                    return false;
                }
                if waits_for_specialist {
                    // The end of specialist help will say when to stop.
                    self.activities[id].due = self.now.after(MINUTES_PER_WEEK);
                } else {
                    self.help_on(id);
                }
                true
            }
            Function::UitvoeringMaatregel => self.end_term(id),
            _ => false,
        }
    }

    /// Help goes on until the family has had what it needs.
    fn help_on(&mut self, id: ActivityId) {
        let household = self.activities[id].household;
        let home = &self.households[household];
        let pace = if home.effect > 0.0 { home.effect } else { 1.0 };
        let to_go = (home.help_needed - home.helped) / pace;
        self.schedule_end(id, to_go.max(1.0) as u32);
    }

    /// Specialist help is over; if voluntary help waited for it, it can end.
    pub(crate) fn after_specialist(&mut self, household: HouseholdId) {
        let home = self.household(household);
        home.needs_specialist = false;
        let Some(main) = home.main else { return };
        let activity = &self.activities[main];
        let has_waited = activity.function == Function::VrijwilligeHulp
            && activity.is_running
            && activity.handle.is_none()
            && activity.due <= self.horizon;
        if has_waited {
            self.help_on(main);
        }
    }

    /// Others than this chain go on helping a family whose case is closed: it takes none of our
    /// hours, and may stall as any help.
    pub(crate) fn help_elsewhere(&mut self, household: HouseholdId) {
        let help = self.parameters().help;
        let home = &self.households[household];
        if home.is_helped_elsewhere || home.severity == Severity::Veilig {
            return;
        }
        let to_go = (home.help_needed - home.helped).max(f64::from(MINUTES_PER_WEEK));
        let u = self.uniform(household, Purpose::Elsewhere, home.counts.cases);
        let share = match choose(u, help.stall_probability(home.severity)) {
            true => help.stall_moment_share,
            false => 1.0,
        };
        let until = self.now.after((share * to_go).ceil() as u32);
        self.household(household).is_helped_elsewhere = true;
        self.households.expect(household);
        self.calendar
            .schedule_for_good(until, Priority::Release, Event::EndsElsewhere(household));
    }

    /// Help elsewhere has ended: the home is safe, or nobody helps any more.
    pub(crate) fn end_elsewhere(&mut self, household: HouseholdId) {
        self.households.has_come(household);
        if self.households[household].has_left {
            return;
        }
        self.count_time(household);
        self.household(household).is_helped_elsewhere = false;
        if !self.households[household].case.is_open {
            self.make_safe(household);
        }
        self.protect(household);
    }
}
