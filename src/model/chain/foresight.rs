//! Whom events are about: their memory is asked for before they come.

use super::household::FRONT_BYTES;
use super::{Chain, Event};
use crate::engine::{fetch, fetch_start};

impl Chain {
    /// Asks for the memory of what some events are about. It changes nothing.
    pub(crate) fn fetch_subjects_of(&self, events: impl Iterator<Item = Event>) {
        events.for_each(|event| match event {
            Event::Opens(activity) | Event::Finished(activity) => {
                let activity = &self.activities[activity];
                fetch(activity);
                self.households.fetch(activity.household);
            }
            // Mostly nobody is with the family, and little of its record is read.
            Event::Incident(household)
            | Event::Repeat(household)
            | Event::Departs(household)
            | Event::LookBack(household)
            | Event::BanEnds(household)
            | Event::EndsElsewhere(household) => {
                let home = &self.households[household];
                fetch_start(home, FRONT_BYTES);
                fetch(&home.circle);
            }
            _ => {}
        });
    }
}
