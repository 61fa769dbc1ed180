//! A household through time: what grows with it is counted, protection sets the pace, and
//! danger that has added up is an incident.
//!
//! `count_time` comes before any change of a household's state, `protect` after it.

use std::sync::Arc;

use super::danger::{Protection, hazard};
use super::purpose::Purpose;
use super::{Chain, Event, HouseholdId};
use crate::engine::{MINUTES_PER_DAY, Priority, Time};
use crate::model::{Function, FunctionSet, Happening, Severity, Tally};
use crate::random::{choose, exponential};

impl Chain {
    /// Counts for a household what has grown with time since it was last
    /// counted. Everything that changes its state calls this first.
    pub(crate) fn count_time(&mut self, household: HouseholdId) {
        let home = &mut self.households[household];
        let minutes = self.now.since(home.counted_to);
        if minutes == 0 || home.has_left {
            return;
        }
        home.counted_to = self.now;
        match home.minutes_to_safe_alone() {
            Some(alone) if alone < minutes => {
                home.pass(alone);
                self.observe_time(household, alone);
                let left = minutes - alone;
                self.recover(household, Time::from_minutes(self.now.minutes() - left));
                self.households[household].pass(left);
                self.observe_time(household, left);
            }
            _ => {
                home.pass(minutes);
                self.observe_time(household, minutes);
            }
        }
    }

    /// A home has become safe by itself, at a moment since it was last counted.
    fn recover(&mut self, household: HouseholdId, at: Time) {
        let parameters = &self.setting.parameters;
        let home = &mut self.households[household];
        home.become_safe(parameters.decision.need_lost_when_safe);
        home.effect = 0.0;
        home.danger
            .set_rate(hazard(parameters, home.severity, home.protection));
        self.notebook.write(household.0, at, Happening::Safe);
    }

    /// Adds minutes of the present state to the sums, once the warm-up is over.
    fn observe_time(&mut self, household: HouseholdId, minutes: u32) {
        if !self.is_measuring || !self.is_counted(household) {
            return;
        }
        let home = &self.households[household];
        let days = f64::from(minutes) / f64::from(MINUTES_PER_DAY);
        self.seen.add(Tally::FamilyDays, days);
        if home.severity.is_unsafe() {
            if home.protection < Protection::Conditions {
                self.seen.add(Tally::UnsafeDays, days);
            }
            self.seen.add(Tally::UnsafeFamilyDays, days);
            self.seen.add(Tally::unsafe_under(home.protection), days);
        }
        if home.order.is_some() {
            self.seen.add(Tally::OrderDays, days);
            if !home.running.has(Function::UitvoeringMaatregel) {
                self.seen.add(Tally::OrderDaysUnattended, days);
            }
        }
    }

    /// Sets protection, the pace of help and the hazard by the present state,
    /// and moves the pending incident where the hazard changed.
    pub(crate) fn protect(&mut self, household: HouseholdId) {
        let parameters = &self.setting.parameters;
        let now = self.now;
        let home = &mut self.households[household];
        if home.has_left {
            return;
        }
        debug_assert_eq!(
            home.counted_to, now,
            "time is counted before protection changes"
        );
        let helping = FunctionSet::of(&[
            Function::VrijwilligeHulp,
            Function::SpecialistischeHulp,
            Function::Drang,
            Function::Nazorg,
        ]);
        let limiting = FunctionSet::of(&[Function::VoorwaardenEnVervolg, Function::Crisis]);
        let is_helping =
            home.running.and(helping) != FunctionSet::default() || home.is_helped_elsewhere;
        let is_limited = home.running.and(limiting) != FunctionSet::default();
        // A lead who goes on while another is awaited, or does something else, gives what their hours
        // can: that contains as conditions do only if it is as many hours as those take.
        let (work, help) = (&parameters.work, &parameters.help);
        let has_partner = home.lead_helps_on && home.lead().is_some();
        let by_partner = match has_partner {
            true => {
                let share = work.partner_hours_per_week / work.hulp_hours_per_week;
                (help.effect_partner_hour * share).min(1.0)
            }
            false => 0.0,
        };
        let contains = work.voorwaarden_hours / work.voorwaarden_weeks;
        let is_limited = is_limited || (has_partner && work.partner_hours_per_week >= contains);
        let is_ordered = home.order.is_some() && home.running.has(Function::UitvoeringMaatregel);
        let before = home.protection;
        home.protection = if is_ordered || home.banned_until > now {
            Protection::Measure
        } else if is_helping {
            Protection::Help
        } else if is_limited {
            Protection::Conditions
        } else if !home.circle.is_empty() {
            Protection::SightOnly
        } else {
            Protection::None
        };
        let waits_for_specialist =
            home.specialist.is_some() && !home.running.has(Function::SpecialistischeHulp);
        // Who has more reserved than there are hours gives each family less.
        let busy = (home.circle.iter()).find(|one| one.activity.is_some());
        let pace = (busy.or(home.lead())).map_or(1.0, |one| {
            self.professionals[one.professional as usize].pace
        });
        home.effect = if is_ordered {
            help.effect_measure * pace
        } else if home.is_helped_elsewhere {
            // What a safe home has left of it, until it is said to end, makes it no safer.
            f64::from(u8::from(home.severity != Severity::Veilig))
        } else if is_helping && waits_for_specialist {
            work.hulp_factor_without_specialist * pace
        } else if is_helping {
            pace
        } else if home.running.and(limiting) != FunctionSet::default() {
            (help.effect_conditions * pace).max(by_partner)
        } else if has_partner {
            by_partner * pace
        } else if !home.case.is_open && home.severity != Severity::Veilig {
            parameters.danger.recovery_alone
        } else {
            0.0
        };
        if home.protection != before {
            let happening = Happening::Protected(home.protection);
            self.notebook.write(household.0, now, happening);
        }
        if home
            .danger
            .set_rate(hazard(parameters, home.severity, home.protection))
        {
            self.move_incident(household);
        }
    }

    /// Puts the pending incident where the present hazard says.
    pub(crate) fn move_incident(&mut self, household: HouseholdId) {
        let home = &mut self.households[household];
        let safe_rate = hazard(&self.setting.parameters, Severity::Veilig, home.protection);
        let left = f64::from(self.horizon.since(self.now));
        let minutes = home
            .danger
            .minutes_to_incident(home.minutes_to_safe_alone(), safe_rate);
        let danger = &mut home.danger;
        let at = minutes
            .filter(|&minutes| minutes <= left)
            .map(|minutes| self.now.after(minutes as u32));
        if let Some(handle) = danger.pending {
            self.calendar.cancel(handle);
        }
        danger.pending = at.map(|at| {
            let event = Event::Incident(household);
            self.calendar.schedule(at, Priority::Seize, event)
        });
    }

    /// An incident: the home may get worse, and somebody may report it.
    pub(crate) fn strike(&mut self, household: HouseholdId) {
        self.count_time(household);
        let draws = self.draws(household);
        let danger = &mut self.household(household).danger;
        let next = danger.n_incidents + 1;
        let threshold = exponential(draws.uniform(Purpose::Incident as u16, next), 1.0);
        let k = self.household(household).danger.strike(threshold);
        self.count(household, Tally::Incidents);

        let p = self.parameters().danger;
        let u = |purpose: Purpose| draws.uniform(purpose as u16, k);
        if choose(u(Purpose::Worsening), p.worsen_probability) {
            self.worsen(household);
        }
        let severity = self.household(household).severity;
        let crisis_probability = match severity {
            Severity::AcuutOnveilig => p.crisis_probability_acuut,
            Severity::StructureelOnveilig => p.crisis_probability_structureel,
            _ => p.crisis_probability_lichte_zorgen,
        };
        let is_reported = choose(
            u(Purpose::Reported),
            self.setting.region.report_probability(self.parameters()),
        );
        let is_crisis = is_reported && choose(u(Purpose::Crisis), crisis_probability);
        self.note(
            household,
            Happening::Incident {
                is_reported,
                is_crisis,
                severity,
            },
        );
        if is_reported {
            let more = self.parameters().decision.need_per_incident;
            self.household(household).add_need(more);
            self.report(household, is_crisis);
        }
        self.protect(household);
        if self.household(household).danger.pending.is_none() {
            self.move_incident(household);
        }
    }

    /// One class worse; who was safe needs help anew.
    fn worsen(&mut self, household: HouseholdId) {
        let setting = Arc::clone(&self.setting);
        let (help_spread, draws) = (self.help_spread, self.draws(household));
        let home = self.household(household);
        let was_safe = home.severity == Severity::Veilig;
        home.severity = home.severity.worse();
        if was_safe {
            home.need_help_anew(&setting.parameters, help_spread, draws);
        }
    }
}
