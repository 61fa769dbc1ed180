//! What comes from outside: meldingen, own intake, jeugdreclassering, advice; and
//! how families go out of sight again.
//!
//! A family that is known stays in sight for some years: then its children are
//! grown up, or it has moved or parted. Without that the families who may be
//! reported again would grow for as long as a run lasts.

use super::household::Household;
use super::purpose::Purpose;
use super::{Chain, Event, HouseholdId};
use crate::engine::{MINUTES_PER_YEAR, Priority, Time};
use crate::model::{Entrance, Happening, Parameters, Region};
use crate::random::exponential;

/// Numbers for entities that one stream may bring; the streams begin so far apart.
pub(crate) const PER_STREAM: u32 = 1 << 28;

/// Where something comes from that the chain does not cause itself.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub enum Stream {
    /// First meldingen.
    Melding,
    /// Families that a lokaal team meets by itself.
    OwnIntake,
    /// Young people from the criminal side.
    Jeugdreclassering,
    /// Somebody asks for advice.
    Advies,
}

impl Stream {
    /// How many it brings a year before any growth.
    pub(crate) fn per_year(self, parameters: &Parameters, region: &Region) -> f64 {
        let demand = &parameters.demand;
        let thousands = f64::from(region.inhabitants) / 1000.0;
        match self {
            Stream::Melding => region.meldingen_per_year * demand.first_melding_share,
            // A lokaal team meets unsafe homes where they are, reported or not.
            Stream::OwnIntake => {
                let country = thousands / region.share_of_inhabitants;
                demand.own_intake * country * region.share_of_unsafety
            }
            Stream::Jeugdreclassering => demand.jeugdreclassering * thousands,
            Stream::Advies => region.adviezen_per_year,
        }
    }

    pub const ALL: [Stream; 4] = [
        Stream::Melding,
        Stream::OwnIntake,
        Stream::Jeugdreclassering,
        Stream::Advies,
    ];

    /// The entity that is the stream itself.
    fn entity(self) -> u32 {
        u32::MAX - self as u32
    }

    /// The entity of the n-th that it brings. Every stream has its own range, so
    /// that one more in one stream renumbers nobody in another.
    pub fn entity_of(self, n: u32) -> u32 {
        (self as u32) * PER_STREAM + n
    }
}

impl Chain {
    pub(crate) fn per_year(&self, stream: Stream) -> f64 {
        stream.per_year(self.parameters(), &self.setting.region)
    }

    /// Growth of demand, from the start of what is measured on.
    fn growth(&self) -> f64 {
        match self.parameters().demand.growth_per_year {
            0.0 => 1.0,
            growth => libm::pow(1.0 + growth, self.years_measured()),
        }
    }

    /// How long it has been measured: how far a trend has come \[years\].
    pub(crate) fn years_measured(&self) -> f64 {
        let years = f64::from(self.now.minutes()) - f64::from(self.measuring_from.minutes());
        (years / f64::from(MINUTES_PER_YEAR)).max(0.0)
    }

    pub(crate) fn schedule_arrival(&mut self, stream: Stream) {
        let per_year = self.per_year(stream) * self.growth();
        if per_year <= 0.0 {
            return;
        }
        let n = self.arrived[stream as usize];
        let u = self
            .chance
            .of(stream.entity())
            .uniform(Purpose::Arrival as u16, n);
        let gap = exponential(u, f64::from(MINUTES_PER_YEAR) / per_year);
        if gap <= f64::from(self.horizon.since(self.now)) {
            let at = self.now.after(gap as u32);
            self.calendar
                .schedule_for_good(at, Priority::Seize, Event::Arrival(stream));
        }
    }

    pub(crate) fn arrive(&mut self, stream: Stream) {
        let n = self.arrived[stream as usize];
        self.arrived[stream as usize] += 1;
        self.schedule_arrival(stream);
        let entity = stream.entity_of(n);
        match stream {
            Stream::Advies => self.advise_outsider(entity),
            Stream::Melding => {
                let household = self.add_household(entity, Entrance::FirstMelding);
                self.report_first(household);
            }
            Stream::OwnIntake => {
                let household = self.add_household(entity, Entrance::OwnIntake);
                self.open_case(household, Entrance::OwnIntake, false);
            }
            Stream::Jeugdreclassering => {
                let household = self.add_household(entity, Entrance::Jeugdreclassering);
                self.open_case(household, Entrance::Jeugdreclassering, false);
            }
        }
    }

    /// Draws the household with this entity and lets its danger begin.
    pub(crate) fn add_household(&mut self, entity: u32, entrance: Entrance) -> HouseholdId {
        let draws = self.chance.of(entity);
        let home = Household::draw(
            &self.setting,
            self.help_spread,
            draws,
            entity,
            &self.areas,
            entrance,
            self.now,
        );
        // Whoever reads meets the households in the order of their records.
        let may_reuse = self.notebook.watched.is_empty();
        let household = self.households.add(home, may_reuse);
        self.schedule_departure(household, entrance == Entrance::Stock);
        if entity == self.watched_entity {
            self.notebook.watched = household.0..household.0 + 1;
        }
        household
    }

    /// How long a household stays in sight: evenly spread, as the ages of children are. Of one
    /// that was there before the run a part is over: what is left has the distribution of the
    /// residual life.
    fn schedule_departure(&mut self, household: HouseholdId, is_on_its_way: bool) {
        let longest = self.parameters().household.known_years * f64::from(MINUTES_PER_YEAR);
        let u = self.uniform(household, Purpose::Departure, 0);
        let share = if is_on_its_way {
            1.0 - (1.0 - u).sqrt()
        } else {
            u
        };
        let minutes = share * longest;
        if minutes > f64::from(self.horizon.since(self.now)) {
            self.household(household).leaves_at = Time::MAX;
            return;
        }
        let at = self.now.after(minutes as u32);
        self.household(household).leaves_at = at;
        self.calendar
            .schedule_for_good(at, Priority::Release, Event::Departs(household));
    }

    /// A household goes out of sight if its time has come and no case is open.
    pub(crate) fn depart(&mut self, household: HouseholdId) {
        let home = &self.households[household];
        if home.case.is_open || self.now < home.leaves_at || self.script.is_some() {
            return;
        }
        self.count_time(household);
        self.protect(household);
        if let Some(handle) = self.household(household).danger.pending.take() {
            self.calendar.cancel(handle);
        }
        self.note(household, Happening::Departed);
        self.households.depart(household);
    }
}
