//! What runs already when the warm-up begins.
//!
//! Voogdij lasts about seven years and an OTS more than two: an empty start
//! would take decades to fill. The national stock is divided over the regions
//! like the staff that carries it, and every household in it gets its own
//! draws, so the stock is the same in every form.

use super::arrival::Stream;
use super::household::Order;
use super::purpose::Purpose;
use super::{Chain, HouseholdId, STOCK};
use crate::engine::{MINUTES_PER_WEEK, MINUTES_PER_YEAR};
use crate::model::law::{Ask, OrderKind};
use crate::model::{Entrance, Function, Happening, Severity};
use crate::random::{choose, exponential};

/// Numbers for entities that one kind may have.
pub(crate) const PER_KIND: u32 = 1 << 24;
/// The number of the kind after those that have a step running.
const KNOWN: u32 = 4;

impl Chain {
    /// Puts the households in the chain that were there before the run.
    pub(crate) fn place_stock(&mut self) {
        // In sight are about as many as now, all the time.
        self.households
            .reserve(self.usually_in_sight() as usize * 9 / 8);
        let p = self.parameters();
        let (stock, region) = (p.stock, &self.setting.region);
        let per_family = p.household.children_per_measure;
        let share = region.share_of_unsafety;
        let n = |national: f64, share: f64| (national * share).round() as u32;
        let kinds = [
            (
                n(stock.ots_children / per_family, share),
                Stocked::Order(OrderKind::Ots),
            ),
            (
                n(stock.voogdij_children / per_family, share),
                Stocked::Order(OrderKind::Voogdij),
            ),
            (
                n(stock.jeugdreclassering, region.share_of_inhabitants),
                Stocked::Jeugdreclassering,
            ),
            (
                n(stock.vrijwillige_hulp, region.share_of_meldingen),
                Stocked::Hulp,
            ),
        ];
        // Every kind has its own numbers, so that one more of one kind renumbers nobody else.
        for (kind, (n_households, stocked)) in (0..).zip(kinds) {
            for n in 0..n_households {
                self.place(STOCK + kind * PER_KIND + n, stocked);
            }
        }
        for n in 0..self.n_known() {
            self.place_known(STOCK + KNOWN * PER_KIND + n);
        }
        self.serve_waiting();
    }

    /// Families that have been in the chain before and are still in sight: as many as come in
    /// the mean time that they stay, less those whose case runs, so that no more come than go.
    fn n_known(&self) -> u32 {
        let in_sight = self.usually_in_sight();
        in_sight.saturating_sub(self.households.n_records())
    }

    /// As many families as come in the mean time that one stays in sight.
    fn usually_in_sight(&self) -> u32 {
        let mean_years = self.parameters().household.known_years / 2.0;
        let per_year = self.per_year(Stream::Melding) + self.per_year(Stream::OwnIntake);
        (per_year * mean_years).round() as u32
    }

    /// A family whose case was closed before the run.
    fn place_known(&mut self, entity: u32) {
        let household = self.add_household(entity, Entrance::Stock);
        let is_safe = choose(
            self.uniform(household, Purpose::KnownSafe, 0),
            self.parameters().stock.known_safe_share,
        );
        if is_safe {
            self.household(household).severity = Severity::Veilig;
        }
        let severity = self.household(household).severity;
        let entrance = Entrance::Stock;
        self.note(household, Happening::Came { entrance, severity });
        self.protect(household);
    }

    fn place(&mut self, entity: u32, stocked: Stocked) {
        let entrance = match stocked {
            Stocked::Jeugdreclassering => Entrance::Jeugdreclassering,
            _ => Entrance::Stock,
        };
        let household = self.add_household(entity, entrance);
        self.open_case(household, Entrance::Stock, false);
        let age = self.uniform(household, Purpose::StockAge, 0);
        let home = self.household(household);
        home.case.has_first_help = true;
        home.case.has_plan = true;
        match stocked {
            Stocked::Order(kind) => self.place_under_order(household, kind, age),
            Stocked::Jeugdreclassering => {
                self.ask(household, Ask::next(Function::Jeugdreclassering).urgent());
            }
            Stocked::Hulp => {
                let home = self.household(household);
                home.helped = age * home.help_needed;
                self.ask(household, Ask::next(Function::VrijwilligeHulp).urgent());
            }
        }
        self.begin_now(household);
        if !matches!(stocked, Stocked::Hulp) {
            self.shorten(household, age);
        }
        self.protect(household);
    }

    /// What was there before the run does not wait for the office to open.
    fn begin_now(&mut self, household: HouseholdId) {
        let Some(main) = self.households[household].main else {
            return;
        };
        if let Some(handle) = self.activities[main].handle
            && !self.activities[main].is_running
        {
            self.calendar.cancel(handle);
            self.line_up(main);
        }
    }

    fn place_under_order(&mut self, household: HouseholdId, kind: OrderKind, age: f64) {
        let stock = self.parameters().stock;
        let now = self.now;
        let residual = exponential(
            1.0 - age,
            stock.ots_residual_weeks * f64::from(MINUTES_PER_WEEK),
        );
        let effect = self.parameters().help.effect_measure;
        let has_uhp =
            self.uniform(household, Purpose::Uithuisplaatsing, u16::MAX) < stock.uhp_share;
        let home = self.household(household);
        home.has_children = true;
        if home.severity < Severity::StructureelOnveilig {
            home.severity = Severity::StructureelOnveilig;
        }
        if kind == OrderKind::Ots {
            home.help_needed = effect * residual;
            home.helped = 0.0;
        }
        home.order = Some(Order {
            kind,
            uhp_since: has_uhp.then_some(now),
        });
        home.case.has_measure = true;
        home.case.is_executed = true;
        home.case.ordered_at = now;
        self.ask(household, Ask::next(Function::UitvoeringMaatregel).urgent());
    }

    /// Part of what has begun is over already.
    fn shorten(&mut self, household: HouseholdId, age: f64) {
        let Some(main) = self.households[household].main else {
            return;
        };
        let activity = self.activities[main];
        if activity.is_running && activity.duration > MINUTES_PER_WEEK {
            // Voogdij forgets its age; everything else is somewhere on its way.
            let kind = self.households[household].order.map(|order| order.kind);
            if kind == Some(OrderKind::Voogdij) {
                return;
            }
            if let Some(handle) = activity.handle {
                self.calendar.cancel(handle);
            }
            let left = f64::from(activity.duration.min(MINUTES_PER_YEAR)) * (1.0 - age);
            self.schedule_end(main, left as u32);
        }
    }
}

#[derive(Clone, Copy)]
enum Stocked {
    Order(OrderKind),
    Jeugdreclassering,
    Hulp,
}
