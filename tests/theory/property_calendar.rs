//! The calendar and the working calendar against naive models of both.

use proptest::collection::vec;
use proptest::prelude::*;
use rvtsim::engine::{
    Calendar, Date, Handle, MINUTES_PER_DAY, OfficeHours, Priority, Time, WorkingCalendar,
};

/// What is done to a calendar; events are picked by number, modulo their count.
#[derive(Clone, Debug)]
enum Step {
    Schedule(u32, Priority),
    ForGood(u32, Priority),
    Cancel(usize),
    Pop(u32),
}

/// Delays of every scale, so that all levels of the calendar come into play.
fn delay() -> impl Strategy<Value = u32> {
    prop_oneof![0..4u32, 0..200u32, 0..20_000u32, 0..100_000_000u32]
}

fn priority() -> impl Strategy<Value = Priority> {
    prop_oneof![
        Just(Priority::Release),
        Just(Priority::Seize),
        Just(Priority::Observe)
    ]
}

fn step() -> impl Strategy<Value = Step> {
    prop_oneof![
        4 => (delay(), priority()).prop_map(|(delay, priority)| Step::Schedule(delay, priority)),
        2 => (delay(), priority()).prop_map(|(delay, priority)| Step::ForGood(delay, priority)),
        3 => any::<usize>().prop_map(Step::Cancel),
        3 => delay().prop_map(Step::Pop),
    ]
}

/// An event as the naive model sees it, its fields in the order of service.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
struct Pending {
    at: Time,
    priority: Priority,
    sequence: usize,
    event: usize,
}

/// A list that is searched from end to end.
#[derive(Default)]
struct Naive {
    now: Time,
    pending: Vec<Pending>,
    sequence: usize,
}

impl Naive {
    fn schedule(&mut self, at: Time, priority: Priority, event: usize) {
        self.sequence += 1;
        self.pending.push(Pending {
            at,
            priority,
            sequence: self.sequence,
            event,
        });
    }

    fn cancel(&mut self, event: usize) -> bool {
        let place = self.pending.iter().position(|other| other.event == event);
        place.map(|place| self.pending.swap_remove(place)).is_some()
    }

    fn pop_until(&mut self, limit: Time) -> Option<(Time, usize)> {
        let next = *self.pending.iter().min()?;
        if next.at > limit {
            return None;
        }
        self.cancel(next.event);
        self.now = next.at;
        Some((next.at, next.event))
    }
}

proptest! {
    #![proptest_config(ProptestConfig { cases: 200, failure_persistence: None, ..Default::default() })]

    /// Order, priorities, ties, cancellations and stale handles at once:
    /// the calendar answers every call as the naive list does.
    #[test]
    fn the_calendar_is_a_sorted_list(steps in vec(step(), 1..400)) {
        let mut calendar = Calendar::new();
        let mut naive = Naive::default();
        // Handles are kept after their events are gone, to be tried when stale.
        let mut handles: Vec<Option<Handle>> = Vec::new();
        for step in steps {
            let before = calendar.now();
            match step {
                Step::Schedule(delay, priority) => {
                    naive.schedule(before.after(delay), priority, handles.len());
                    handles.push(Some(calendar.schedule(before.after(delay), priority, handles.len())));
                }
                Step::ForGood(delay, priority) => {
                    naive.schedule(before.after(delay), priority, handles.len());
                    calendar.schedule_for_good(before.after(delay), priority, handles.len());
                    handles.push(None);
                }
                Step::Cancel(event) if !handles.is_empty() => {
                    let event = event % handles.len();
                    if let Some(handle) = handles[event] {
                        prop_assert_eq!(calendar.cancel(handle), naive.cancel(event));
                    }
                }
                Step::Pop(delay) => {
                    let limit = before.after(delay);
                    prop_assert_eq!(calendar.pop_until(limit), naive.pop_until(limit));
                }
                Step::Cancel(..) => {}
            }
            prop_assert!(before <= calendar.now(), "time must not go back");
            prop_assert_eq!(calendar.now(), naive.now);
            prop_assert_eq!(calendar.len(), naive.pending.len());
        }
        while let Some(next) = naive.pop_until(Time::MAX) {
            prop_assert_eq!(calendar.pop_until(Time::MAX), Some(next));
        }
        prop_assert!(calendar.is_empty());
    }

    /// Simultaneous events come by priority, and in the order of scheduling inside it.
    #[test]
    fn simultaneous_events_come_in_the_stated_order(priorities in vec(priority(), 1..100), at in delay()) {
        let mut calendar = Calendar::new();
        for (event, &priority) in priorities.iter().enumerate() {
            calendar.schedule(Time::from_minutes(at), priority, event);
        }
        let mut expected: Vec<usize> = (0..priorities.len()).collect();
        expected.sort_by_key(|&event| priorities[event]);
        let order: Vec<usize> =
            std::iter::from_fn(|| calendar.pop_until(Time::MAX)).map(|(_, event)| event).collect();
        prop_assert_eq!(order, expected);
    }

    /// Every answer of the working calendar is what walking from day to day, or
    /// from minute to minute, finds.
    #[test]
    fn the_working_calendar_is_a_walk(
        start in 8_000..25_000i32,
        opens in 0..1400u16,
        length in 1..600u16,
        from in 0..20 * MINUTES_PER_DAY,
        span in 0..6 * MINUTES_PER_DAY,
        count in 0..9u32,
        minutes in 0..1500u32,
    ) {
        let office = OfficeHours {
            opens_minute: opens,
            closes_minute: (opens + length).min(1440),
        };
        // Long enough for the longest term, 1500 working days of a minute each.
        let calendar = WorkingCalendar::new(Date::from_day_number(start), 2500, office);
        let from = Time::from_minutes(from);
        let to = from.after(span);
        let walk = || (from.minutes()..).map(Time::from_minutes);

        let days = from.day() + 1..=to.day();
        let between = days.filter(|&day| calendar.is_working_day(day)).count() as u32;
        prop_assert_eq!(calendar.working_days_between(from, to), between);

        let open = walk().take_while(|&time| time < to).filter(|&time| calendar.is_open(time));
        prop_assert_eq!(calendar.working_minutes_between(from, to), open.count() as u32);

        prop_assert_eq!(Some(calendar.next_open(from)), walk().find(|&time| calendar.is_open(time)));

        let end = calendar.after_working_minutes(from, minutes);
        prop_assert_eq!(calendar.working_minutes_between(from, end), minutes);
        prop_assert!(minutes == 0 || calendar.is_open(Time::from_minutes(end.minutes() - 1)));

        let end = calendar.after_working_days(from, count);
        prop_assert_eq!(end.minute_of_day(), u32::from(office.closes_minute) % MINUTES_PER_DAY);
        let last = Time::from_minutes(end.minutes() - 1);
        prop_assert!(last >= from && calendar.is_open(last));
        if count > 0 {
            prop_assert_eq!(calendar.working_days_between(from, last), count);
        }
    }
}
