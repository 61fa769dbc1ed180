//! Measures: ordered, executed, extended, ended.

use super::household::{NOBODY, Order};
use super::purpose::Purpose;
use super::{ActivityId, Chain, Event, HouseholdId};
use crate::engine::{
    MINUTES_PER_DAY, MINUTES_PER_HOUR, MINUTES_PER_WEEK, MINUTES_PER_YEAR, Priority,
};
use crate::model::law::{Kind, Moment, OrderKind};
use crate::model::{Function, Happening, Measure, Tally};
use crate::random::{choose, exponential};

impl OrderKind {
    fn measure(self) -> Measure {
        match self {
            OrderKind::Voorlopig => Measure::VoorlopigeOndertoezichtstelling,
            OrderKind::Ots => Measure::Ondertoezichtstelling,
            OrderKind::Voogdij => Measure::Gezagsbeeindiging,
        }
    }

    fn tally(self) -> Tally {
        match self {
            OrderKind::Voorlopig => Tally::VoorlopigeOndertoezichtstelling,
            OrderKind::Ots => Tally::Ondertoezichtstelling,
            OrderKind::Voogdij => Tally::Gezagsbeeindiging,
        }
    }
}

impl Chain {
    /// The judge has ordered a measure.
    pub(crate) fn impose(&mut self, household: HouseholdId, order: OrderKind) {
        self.count(household, order.tally());
        self.count(household, Tally::MeasuresOfProtection);
        if self.households[household].case.is_checked {
            self.count(household, Tally::MeasuresChecked);
        }
        if order != OrderKind::Voorlopig && !self.is_justified(household) {
            self.count(household, Tally::MeasuresNotJustified);
        }
        self.note(household, Happening::Ordered(order.measure()));
        self.count_for_supported(household, order.measure());

        let now = self.now;
        let home = self.household(household);
        let uhp_since = home.order.and_then(|before| before.uhp_since);
        home.order = Some(Order {
            kind: order,
            uhp_since,
        });
        home.case.has_measure = true;
        home.case.ordered_at = now;
        if order == OrderKind::Ots {
            self.place_out_of_home(household);
        }
    }

    /// A machtiging uithuisplaatsing may come with an OTS.
    fn place_out_of_home(&mut self, household: HouseholdId) {
        let now = self.now;
        let order_number = self.household(household).counts.orders;
        self.household(household).counts.orders += 1;
        let u = self.uniform(household, Purpose::Uithuisplaatsing, order_number);
        if !choose(u, self.parameters().measure.uhp_probability) {
            return;
        }
        self.count(household, Tally::Uithuisplaatsing);
        self.note(household, Happening::Ordered(Measure::Uithuisplaatsing));
        if let Some(order) = &mut self.household(household).order {
            order.uhp_since = Some(now);
        }
    }

    /// A running execution goes on under another order.
    pub(crate) fn execute_anew(&mut self, household: HouseholdId) {
        let home = &self.households[household];
        let (Some(main), Some(Order { kind: order, .. })) = (home.main, home.order) else {
            return;
        };
        self.activities[main].kind = Kind::Regular;
        if !self.activities[main].is_running {
            // The new term runs although the jeugdbeschermer is being replaced.
            let minutes = self.length(household, order);
            self.activities[main].due = self.now.after(minutes);
            return;
        }
        if let Some(handle) = self.activities[main].handle.take() {
            self.calendar.cancel(handle);
        }
        let minutes = self.length(household, order);
        self.schedule_end(main, minutes);
        self.set_order_effort(main);
    }

    /// How long an order lasts \[minutes\].
    pub(crate) fn length(&self, household: HouseholdId, order: OrderKind) -> u32 {
        let m = &self.parameters().measure;
        let minutes = match order {
            OrderKind::Voorlopig => m.vots_weeks * f64::from(MINUTES_PER_WEEK),
            OrderKind::Ots => m.ots_weeks * f64::from(MINUTES_PER_WEEK),
            OrderKind::Voogdij => exponential(
                self.uniform(household, Purpose::Voogdij, 0),
                m.voogdij_years * f64::from(MINUTES_PER_YEAR),
            ),
        };
        minutes as u32
    }

    /// A jeugdbeschermer begins: the order has run since it was given.
    pub(crate) fn set_course_of_order(&mut self, id: ActivityId) {
        let household = self.activities[id].household;
        let is_assessed_anew = self.activities[id].is_assessed_anew;
        self.plan(household, is_assessed_anew);
        let Some(order) = self.households[household].order else {
            return;
        };
        let passed = self.now.since(self.households[household].case.ordered_at);
        let length = self.length(household, order.kind);
        self.activities[id].duration = length.saturating_sub(passed).max(MINUTES_PER_WEEK);
    }

    /// Effort of executing an order [minutes a week].
    pub(crate) fn order_effort(&self, household: HouseholdId, order: Order) -> f64 {
        let w = &self.parameters().work;
        let uhp = match order.uhp_since {
            Some(_) => w.uhp_hours_per_week,
            None => 0.0,
        };
        let hours = match order.kind {
            OrderKind::Voorlopig => w.vots_hours_per_week + uhp,
            OrderKind::Ots => w.ots_hours_per_week + uhp,
            OrderKind::Voogdij => w.voogdij_hours_per_week,
        };
        let intensity = self.intensity(household, Function::UitvoeringMaatregel);
        hours * intensity * f64::from(MINUTES_PER_HOUR)
    }

    /// Reserves what the present order takes from now on; what it cost to come
    /// in has been borne.
    pub(crate) fn set_order_effort(&mut self, id: ActivityId) {
        let household = self.activities[id].household;
        let Some(order) = self.households[household].order else {
            return;
        };
        let effort = self.order_effort(household, order);
        self.set_amount(id, effort.round() as u32);
    }

    /// The term of an order is over: it is extended, or it ends. Whether it still runs.
    pub(crate) fn end_term(&mut self, id: ActivityId) -> bool {
        let household = self.activities[id].household;
        self.go_on(household, Moment::TermOver, NOBODY);
        self.households[household].order.is_some()
    }

    /// The OTS runs another year.
    pub(crate) fn extend(&mut self, household: HouseholdId) {
        let Some(main) = self.households[household].main else {
            return;
        };
        let minutes = self.length(household, OrderKind::Ots);
        self.set_order_effort(main);
        self.schedule_end(main, minutes);
    }

    /// Whether an OTS is extended by another year.
    pub(crate) fn is_extended(&mut self, household: HouseholdId) -> bool {
        self.make_safe(household);
        let m = self.parameters().measure;
        let home = self.household(household);
        let year = home.counts.years;
        home.counts.years += 1;
        let probability = if home.is_helped() {
            m.extension_probability_safe
        } else {
            m.extension_probability_unsafe
        };
        let u = self.uniform(household, Purpose::Extension, year);
        self.script.is_none() && choose(u, probability)
    }

    /// A child that lived elsewhere goes home.
    pub(crate) fn go_home(&mut self, household: HouseholdId) {
        self.note(household, Happening::Lifted(Measure::Uithuisplaatsing));
        if let Some(order) = &mut self.household(household).order {
            order.uhp_since = None;
        }
    }

    /// The order ends.
    pub(crate) fn lift(&mut self, household: HouseholdId) {
        let Some(order) = self.household(household).order.take() else {
            return;
        };
        if order.uhp_since.is_some() && order.kind == OrderKind::Ots {
            self.note(household, Happening::Lifted(Measure::Uithuisplaatsing));
        }
        self.note(household, Happening::Lifted(order.kind.measure()));
        self.household(household).last_order = Some(order.kind);
        // The inquiry beside a voorlopige OTS goes on; one about a
        // gezagsbeëindiging has lost its object.
        if order.kind == OrderKind::Ots
            && let Some(side) = self.households[household].side
        {
            self.break_off(side);
        }
    }

    // ---- bans -----------------------------------------------------------------

    /// After a crisis with partner violence: a huisverbod, or a contactverbod.
    pub(crate) fn ban(&mut self, household: HouseholdId) {
        let m = self.parameters().measure;
        let crisis = self.household(household).counts.crises;
        self.household(household).counts.crises += 1;
        if !self.households[household].has_partner_violence || self.script.is_some() {
            return;
        }
        let u = |purpose| self.uniform(household, purpose, crisis);
        let has_huisverbod = choose(u(Purpose::Huisverbod), m.huisverbod_probability);
        let is_extended = choose(
            u(Purpose::HuisverbodExtension),
            m.huisverbod_extension_probability,
        );
        let has_contactverbod = choose(u(Purpose::Contactverbod), m.contactverbod_probability);
        let mut days: f64 = 0.0;
        if has_huisverbod {
            self.count(household, Tally::Huisverbod);
            self.note(household, Happening::Ordered(Measure::Huisverbod));
            self.count_for_supported(household, Measure::Huisverbod);
            days = if is_extended {
                m.huisverbod_extended_days
            } else {
                m.huisverbod_days
            };
        }
        if has_contactverbod {
            self.count(household, Tally::Contactverbod);
            self.note(household, Happening::Ordered(Measure::Contactverbod));
            self.count_for_supported(household, Measure::Contactverbod);
            days = days.max(m.contactverbod_days);
        }
        if days > 0.0 {
            let until = self.now.after((days * f64::from(MINUTES_PER_DAY)) as u32);
            let home = self.household(household);
            home.banned_until = home.banned_until.max(until);
            self.households.expect(household);
            self.calendar
                .schedule_for_good(until, Priority::Release, Event::BanEnds(household));
        }
    }

    /// A ban ends; a later one may still run.
    pub(crate) fn end_ban(&mut self, household: HouseholdId) {
        self.households.has_come(household);
        self.count_time(household);
        self.protect(household);
    }
}
