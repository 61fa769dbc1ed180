//! Whom events are about: their memory is asked for before they come.

use super::{
    chain::{Chain, Event},
    household::NOBODY,
};
use crate::engine::fetch;

impl Chain {
    /// Asks for the memory of the households that some events are about. It changes nothing.
    pub(super) fn fetch_households_of(&self, events: impl Iterator<Item = Event>) {
        for event in events {
            if let Some(home) = self.households.get(self.household_of(event) as usize) {
                fetch(home);
            }
        }
    }

    /// The index of the household that an event is about, or nobody.
    fn household_of(&self, event: Event) -> u32 {
        match event {
            Event::Opens(activity) | Event::Finished(activity) => {
                self.activities[activity as usize].household
            }
            Event::Incident(household)
            | Event::Repeat(household)
            | Event::Departs(household)
            | Event::LookBack(household)
            | Event::BanEnds(household) => household,
            _ => NOBODY,
        }
    }
}
