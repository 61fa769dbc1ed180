//! The loop that turns a model and its calendar into a run.

use super::{Calendar, Time};

/// A state that changes at the events of its calendar.
///
/// A model is plain data. When it is [`Clone`], a clone holds its own pending
/// events and clock and continues from there exactly as the original would:
/// run to a date once, and continue from it as often as needed.
pub trait Model {
    /// What can happen.
    type Event: Copy;

    /// The pending events.
    fn calendar(&mut self) -> &mut Calendar<Self::Event>;

    /// Changes the state at an event.
    fn handle(&mut self, now: Time, event: Self::Event);

    /// Asks for what the [events in sight](Calendar::in_sight) will need, and changes nothing: memory that is far away
    /// is then under way while other events are handled.
    fn look_ahead(&self) {}
}

/// Handles all events up to and including `limit`, and returns how many.
pub fn run_until<M: Model>(model: &mut M, limit: Time) -> u64 {
    let mut handled = 0;
    while let Some((now, event)) = model.calendar().pop_until(limit) {
        if model.calendar().has_moved_on() {
            model.look_ahead();
        }
        model.handle(now, event);
        handled += 1;
    }
    handled
}

#[cfg(test)]
mod tests {
    use super::super::Priority;
    use super::*;

    /// Rabbits that multiply at random moments, each known by its number.
    #[derive(Clone)]
    struct Warren {
        calendar: Calendar<u64>,
        random: u64,
        history: Vec<(Time, u64)>,
    }

    impl Warren {
        fn new() -> Self {
            let mut warren = Self {
                calendar: Calendar::new(),
                random: 1,
                history: Vec::new(),
            };
            warren.calendar.schedule(Time::ZERO, Priority::Seize, 0);
            warren
        }

        fn delay(&mut self) -> u32 {
            // The generator of D. E. Knuth's MMIX.
            self.random = self
                .random
                .wrapping_mul(6_364_136_223_846_793_005)
                .wrapping_add(1_442_695_040_888_963_407);
            (self.random >> 54) as u32
        }
    }

    impl Model for Warren {
        type Event = u64;

        fn calendar(&mut self) -> &mut Calendar<u64> {
            &mut self.calendar
        }

        fn handle(&mut self, now: Time, rabbit: u64) {
            self.history.push((now, rabbit));
            let born = 2 * self.history.len() as u64;
            for child in [born - 1, born] {
                let at = now.after(self.delay());
                self.calendar.schedule(at, Priority::Seize, child);
            }
        }
    }

    #[test]
    fn a_clone_continues_as_the_original() {
        let (break_point, end) = (Time::from_minutes(2500), Time::from_minutes(5000));
        let mut original = Warren::new();
        let handled = run_until(&mut original, break_point);
        assert_eq!(handled, original.history.len() as u64);
        let mut copy = original.clone();
        let mut whole = Warren::new();
        run_until(&mut whole, end);
        run_until(&mut copy, end);
        run_until(&mut original, end);
        assert!(whole.history.len() > 500);
        assert_eq!(whole.history, original.history);
        assert_eq!(whole.history, copy.history);
    }

    #[test]
    fn events_at_the_limit_are_handled() {
        let mut warren = Warren::new();
        assert_eq!(run_until(&mut warren, Time::ZERO), 1);
        assert_eq!(warren.calendar.now(), Time::ZERO);
    }
}
