//! The calendar of pending events.

use super::Time;

/// Which of two events at the same minute comes first.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Priority {
    /// Sets something free: comes first, so that it can be taken this minute.
    Release,
    /// Takes or asks for something.
    Seize,
    /// Looks at the state that the minute has left: comes last.
    Observe,
}

/// Where to find a pending event.
///
/// A handle outlives its event harmlessly: once the event has happened or was
/// cancelled the calendar knows the handle no more. (A place must be
/// used 2³² times before an old handle can be mistaken for a new one.)
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub struct Handle {
    place: u32,
    generation: u32,
}

/// The pending events of a run and its clock.
///
/// Events come in the order of their time, then of their [`Priority`], then of
/// scheduling. That order is total, so a run depends on nothing else. To move
/// an event, cancel it and schedule it anew.
///
/// # Method
///
/// A multilevel bucket queue: E. V. Denardo and B. L. Fox, "Shortest-route
/// methods: 1", *Operations Research* 27(1), 1979, and the hierarchical timing
/// wheel of G. Varghese and T. Lauck, "Hashed and hierarchical timing wheels",
/// *SOSP* 1987. Time and priority make one number, a key. Seen from the
/// present, an event lies at the level of the highest digit in which its key
/// differs from the present one, in the bucket of that digit. The lowest
/// level then holds one key to a bucket, in the order of scheduling. When the
/// lower levels are empty the first bucket above them is dealt out over them.
///
/// A bucket is a vector: events are added at its end and dealt out from its
/// beginning, so memory is read in order. A cancelled event stays where it is
/// until it is met; when more than half are such, they are swept out.
///
/// Scheduling and cancelling an event take constant time; over its life
/// an event is dealt out at most once per level, and hardly ever if it is
/// cancelled while still far in the future.
/// `docs/decisions/0001-calendar.md` compares this with heaps, trees and lists.
#[derive(Clone, Debug)]
pub struct Calendar<E> {
    now: Time,
    /// How many events have had a place: what tells a pending event from a cancelled one.
    generations: Vec<u32>,
    /// Places of no pending event.
    free: Vec<u32>,
    pending: usize,
    /// Cancelled events that are still in a bucket.
    cancelled: usize,
    /// The level from which the latest event was taken.
    level: usize,
    /// For each level the buckets that hold events, a bit each.
    occupied: [u64; LEVELS],
    /// How many of a bucket of the lowest level have been taken.
    taken: [u32; BUCKETS],
    buckets: [[Vec<Entry<E>>; BUCKETS]; LEVELS],
}

/// Time and priority as one number that sorts as both.
type Key = u64;

const PRIORITY_BITS: u32 = 2;
const DIGIT_BITS: u32 = 6;
const BUCKETS: usize = 1 << DIGIT_BITS;
const LEVELS: usize = (u32::BITS + PRIORITY_BITS).div_ceil(DIGIT_BITS) as usize;
/// A bucket that has room for more than so many gives it back when it is dealt out.
const ROOM_KEPT: usize = 1 << 10;
/// So many cancelled events are never too many.
const CANCELLED_KEPT: usize = 1 << 10;

/// No place.
const NONE: u32 = u32::MAX;
/// What stands for a handle at an event that nobody will cancel: it has no place.
const FOR_GOOD: Handle = Handle {
    place: NONE,
    generation: 0,
};

/// Whether the event that was scheduled with this handle is still to come.
fn is_pending(generations: &[u32], handle: Handle) -> bool {
    let generation = generations.get(handle.place as usize);
    generation.is_none_or(|&generation| generation == handle.generation)
}

/// An event in a bucket.
#[derive(Clone, Copy, Debug)]
struct Entry<E> {
    key: Key,
    event: E,
    handle: Handle,
}

impl<E: Copy> Calendar<E> {
    /// A calendar without events, its clock at [`Time::ZERO`].
    #[must_use]
    pub const fn new() -> Self {
        Self {
            now: Time::ZERO,
            generations: Vec::new(),
            free: Vec::new(),
            pending: 0,
            cancelled: 0,
            level: 0,
            occupied: [0; LEVELS],
            taken: [0; BUCKETS],
            buckets: [const { [const { Vec::new() }; BUCKETS] }; LEVELS],
        }
    }

    /// The time of the latest event taken.
    #[must_use]
    pub const fn now(&self) -> Time {
        self.now
    }

    /// Number of pending events.
    #[must_use]
    pub const fn len(&self) -> usize {
        self.pending
    }

    /// Whether no events are pending.
    #[must_use]
    pub const fn is_empty(&self) -> bool {
        self.pending == 0
    }

    /// Schedules an event that nobody will cancel: it takes less time and memory than one that somebody may.
    ///
    /// # Panics
    ///
    /// Panics when `at` lies before [`now`](Self::now).
    pub fn schedule_for_good(&mut self, at: Time, priority: Priority, event: E) {
        self.add(at, priority, event, FOR_GOOD);
    }

    /// Schedules an event.
    ///
    /// # Panics
    ///
    /// Panics when `at` lies before [`now`](Self::now).
    pub fn schedule(&mut self, at: Time, priority: Priority, event: E) -> Handle {
        let place = self.free.pop().unwrap_or_else(|| self.add_place());
        let generation = self.generations[place as usize];
        let handle = Handle { place, generation };
        self.add(at, priority, event, handle);
        handle
    }

    /// Cancels an event and tells whether it was still pending.
    pub fn cancel(&mut self, handle: Handle) -> bool {
        let is_known = (handle.place as usize) < self.generations.len();
        let is_pending = is_known && is_pending(&self.generations, handle);
        if is_pending {
            self.release(handle.place);
            self.cancelled += 1;
            if self.cancelled > self.pending + CANCELLED_KEPT {
                self.sweep();
            }
        }
        is_pending
    }

    /// Takes the next event if it comes no later than `limit`, and sets the
    /// clock to it.
    ///
    /// The clock stays where it is when there is no such event.
    pub fn pop_until(&mut self, limit: Time) -> Option<(Time, E)> {
        loop {
            let Entry { key, event, handle } = self.take_next(limit)?;
            if is_pending(&self.generations, handle) {
                self.now = time(key);
                self.release(handle.place);
                return Some((self.now, event));
            }
            self.cancelled -= 1;
        }
    }

    /// Whether another quarter of an hour began with the latest event: then [`in_sight`](Self::in_sight) has something
    /// new to say.
    #[must_use]
    pub const fn has_moved_on(&self) -> bool {
        self.level > 0
    }

    /// What has come in sight as another quarter of an hour began, sixteen minutes to be precise: the events of the next
    /// one in which there are any. Where the next was not known, as a longer stretch of 64 of them has begun, also those
    /// of the present one. There may be cancelled events among it.
    pub fn in_sight(&self) -> impl Iterator<Item = E> {
        let n_present = if self.level > 1 { BUCKETS } else { 0 };
        let present = self.buckets[0].iter().take(n_present);
        let digit = self.occupied[1].trailing_zeros() as usize;
        let next = self.buckets[1].iter().skip(digit).take(1);
        next.chain(present).flatten().map(|entry| entry.event)
    }

    fn add(&mut self, at: Time, priority: Priority, event: E, handle: Handle) {
        assert!(at >= self.now, "an event must not be scheduled in the past");
        self.pending += 1;
        let key = key(at, priority);
        self.put(Entry { key, event, handle }, self.now);
    }

    /// Takes what comes next out of its bucket, unless that is after the limit. It may have been cancelled.
    fn take_next(&mut self, limit: Time) -> Option<Entry<E>> {
        let level = self.occupied.iter().position(|&bits| bits != 0)?;
        let digit = self.occupied[level].trailing_zeros() as usize;
        self.level = level;
        let bucket = &mut self.buckets[level][digit];
        if bucket.len() > 1 && level > 0 {
            return self.deal_out(level, digit, limit);
        }
        // One key is in the bucket.
        let taken = &mut self.taken[digit];
        let next = bucket[*taken as usize];
        if time(next.key) > limit {
            return None;
        }
        if *taken as usize + 1 < bucket.len() {
            *taken += 1;
        } else {
            *taken = 0;
            bucket.clear();
            self.occupied[level] &= !(1 << digit);
        }
        Some(next)
    }

    /// Takes the earliest pending event of a bucket, unless that is after the limit, and puts the others where they
    /// belong as seen from its time, but for those that were cancelled. If all were it takes one of them.
    fn deal_out(&mut self, level: usize, digit: usize, limit: Time) -> Option<Entry<E>> {
        let (mut earliest, mut least) = (0, Key::MAX);
        for (index, entry) in self.buckets[level][digit].iter().enumerate() {
            if entry.key < least && is_pending(&self.generations, entry.handle) {
                (earliest, least) = (index, entry.key);
            }
        }
        let next = self.buckets[level][digit][earliest];
        if time(next.key) > limit {
            return None;
        }
        self.occupied[level] &= !(1 << digit);
        let mut bucket = std::mem::take(&mut self.buckets[level][digit]);
        for (index, &entry) in bucket.iter().enumerate() {
            if index == earliest {
                continue;
            }
            match is_pending(&self.generations, entry.handle) {
                true => self.put(entry, time(next.key)),
                false => self.cancelled -= 1,
            }
        }
        if bucket.capacity() <= ROOM_KEPT {
            bucket.clear();
            self.buckets[level][digit] = bucket;
        }
        Some(next)
    }

    /// Puts an event at the end of the bucket of its key, as seen from a moment: at the level of the highest digit
    /// that differs.
    ///
    /// Time passes without changing that for any pending event but those
    /// of the bucket that is dealt out.
    fn put(&mut self, entry: Entry<E>, seen_from: Time) {
        let differing = entry.key ^ first_key_at(seen_from);
        let level = (differing | 1).ilog2() / DIGIT_BITS;
        let digit = (entry.key >> (level * DIGIT_BITS)) as usize % BUCKETS;
        self.occupied[level as usize] |= 1 << digit;
        self.buckets[level as usize][digit].push(entry);
    }

    /// Frees the place of an event that is no longer pending.
    fn release(&mut self, number: u32) {
        self.pending -= 1;
        if let Some(generation) = self.generations.get_mut(number as usize) {
            *generation = generation.wrapping_add(1);
            self.free.push(number);
        }
    }

    fn add_place(&mut self) -> u32 {
        let place = u32::try_from(self.generations.len()).ok();
        let place = place.filter(|&place| place < NONE);
        self.generations.push(0);
        place.expect("a calendar must hold fewer than 2^32 - 1 events")
    }

    /// Throws out what was cancelled, above the lowest level.
    fn sweep(&mut self) {
        for level in 1..LEVELS {
            for digit in 0..BUCKETS {
                let bucket = &mut self.buckets[level][digit];
                let n_before = bucket.len();
                bucket.retain(|entry| is_pending(&self.generations, entry.handle));
                self.cancelled -= n_before - bucket.len();
                if bucket.is_empty() {
                    self.occupied[level] &= !(1 << digit);
                }
            }
        }
    }
}

impl<E: Copy> Default for Calendar<E> {
    fn default() -> Self {
        Self::new()
    }
}

/// The key of an event.
fn key(at: Time, priority: Priority) -> Key {
    first_key_at(at) | priority as Key
}

/// The least key of a minute.
fn first_key_at(at: Time) -> Key {
    Key::from(at.minutes()) << PRIORITY_BITS
}

/// The minute of a key.
fn time(key: Key) -> Time {
    Time::from_minutes((key >> PRIORITY_BITS) as u32)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn minute(minutes: u32) -> Time {
        Time::from_minutes(minutes)
    }

    fn drain<E: Copy>(calendar: &mut Calendar<E>) -> Vec<E> {
        let next = || calendar.pop_until(Time::MAX).map(|(_, event)| event);
        std::iter::from_fn(next).collect()
    }

    #[test]
    fn order_is_time_then_priority_then_scheduling() {
        let mut calendar = Calendar::new();
        for (at, priority, event) in [
            (70_000, Priority::Release, 7),
            (9, Priority::Observe, 5),
            (9, Priority::Seize, 3),
            (9, Priority::Release, 1),
            (9, Priority::Release, 2),
            (9, Priority::Seize, 4),
            (8, Priority::Observe, 0),
            (10, Priority::Release, 6),
            (u32::MAX, Priority::Release, 8),
        ] {
            calendar.schedule(minute(at), priority, event);
        }
        assert_eq!(calendar.len(), 9);
        assert_eq!(drain(&mut calendar), [0, 1, 2, 3, 4, 5, 6, 7, 8]);
        assert_eq!(calendar.now(), Time::MAX);
        assert!(calendar.is_empty());
    }

    #[test]
    fn order_of_scheduling_survives_being_dealt_out() {
        let mut calendar = Calendar::new();
        let far = minute(1_000_000);
        calendar.schedule(minute(999_990), Priority::Seize, 0);
        calendar.schedule(far, Priority::Seize, 1);
        calendar.pop_until(Time::MAX);
        calendar.schedule(far, Priority::Seize, 2);
        assert_eq!(drain(&mut calendar), [1, 2]);
    }

    #[test]
    fn a_release_may_follow_an_observation_in_the_same_minute() {
        let mut calendar = Calendar::new();
        calendar.schedule(minute(3), Priority::Observe, 0);
        calendar.schedule(minute(3), Priority::Observe, 2);
        calendar.pop_until(Time::MAX);
        calendar.schedule(minute(3), Priority::Release, 1);
        assert_eq!(drain(&mut calendar), [1, 2]);
    }

    #[test]
    fn the_limit_itself_belongs_to_the_run() {
        let mut calendar = Calendar::new();
        calendar.schedule(minute(500), Priority::Seize, 'a');
        assert_eq!(calendar.pop_until(minute(499)), None);
        assert_eq!(calendar.now(), Time::ZERO);
        calendar.schedule(minute(100), Priority::Seize, 'b');
        assert_eq!(calendar.pop_until(minute(500)), Some((minute(100), 'b')));
        assert_eq!(calendar.pop_until(minute(500)), Some((minute(500), 'a')));
    }

    #[test]
    fn a_cancelled_event_does_not_come() {
        let mut calendar = Calendar::new();
        for at in [5, 5, 6, 700, 700, 90_000] {
            let handle = calendar.schedule(minute(at), Priority::Seize, (at, 'a'));
            calendar.schedule(minute(at), Priority::Seize, (at, 'b'));
            assert!(calendar.cancel(handle));
        }
        let last = calendar.schedule(minute(100_000), Priority::Seize, (100_000, 'b'));
        calendar.cancel(last);
        let expected = [5, 5, 6, 700, 700, 90_000].map(|at| (at, 'b'));
        assert_eq!(drain(&mut calendar), expected);
        assert_eq!(calendar.now(), minute(90_000));
        assert_eq!((calendar.len(), calendar.cancelled), (0, 0));
    }

    #[test]
    fn cancelled_events_do_not_hide_what_is_scheduled_before_them() {
        let mut calendar = Calendar::new();
        for at in [5_000, 5_001, 5_002] {
            let handle = calendar.schedule(minute(at), Priority::Seize, 'a');
            calendar.cancel(handle);
        }
        assert_eq!(calendar.pop_until(minute(5_000)), None);
        calendar.schedule(minute(100), Priority::Seize, 'b');
        assert_eq!(calendar.pop_until(minute(200)), Some((minute(100), 'b')));
        assert_eq!(calendar.cancelled, 0);
    }

    #[test]
    fn a_stale_handle_does_nothing() {
        let mut calendar = Calendar::new();
        let old = calendar.schedule(minute(5), Priority::Seize, 'a');
        assert!(calendar.cancel(old));
        let new = calendar.schedule(minute(5), Priority::Seize, 'b');
        assert_eq!(old.place, new.place, "the place is used again");
        assert!(!calendar.cancel(old));
        assert_eq!(drain(&mut calendar), ['b']);
        assert!(!calendar.cancel(new));
    }

    #[test]
    fn memory_is_taken_for_what_is_pending_and_twice_as_many_at_most() {
        let mut calendar = Calendar::new();
        let n_events = 2_000;
        for event in 0..n_events {
            calendar.schedule(minute(event * 37), Priority::Seize, event);
        }
        for _ in 0..100_000 {
            let (now, event) = calendar.pop_until(Time::MAX).expect("events are pending");
            let handle = calendar.schedule(now.after(event * 1_001), Priority::Seize, event);
            calendar.cancel(handle);
            calendar.schedule(now.after(event * 53), Priority::Seize, event);
            let entries = calendar.buckets.iter().flatten().map(Vec::len);
            let n_taken = calendar.taken.iter().sum::<u32>();
            assert_eq!(
                entries.sum::<usize>() - n_taken as usize,
                calendar.pending + calendar.cancelled
            );
            assert!(calendar.cancelled <= calendar.pending + CANCELLED_KEPT);
        }
        assert_eq!(
            (calendar.len(), calendar.generations.len()),
            (n_events as usize, n_events as usize)
        );
    }

    #[test]
    fn what_comes_is_in_sight_before_its_quarter_of_an_hour_begins() {
        let mut calendar = Calendar::new();
        // A stretch of 64 times 16 minutes begins at 1,024.
        for (at, event) in [
            (1_000, 'a'),
            (1_030, 'b'),
            (1_031, 'c'),
            (1_100, 'd'),
            (1_101, 'e'),
            (1_200, 'f'),
        ] {
            calendar.schedule(minute(at), Priority::Seize, event);
        }
        let mut in_sight = Vec::new();
        while let Some((_, event)) = calendar.pop_until(Time::MAX) {
            if calendar.has_moved_on() {
                in_sight.push((event, calendar.in_sight().collect::<String>()));
            }
        }
        let seen = |event, others: &str| (event, others.to_owned());
        assert_eq!(
            in_sight,
            [
                seen('a', ""),
                seen('b', "dec"),
                seen('d', "f"),
                seen('f', "")
            ]
        );
    }

    #[test]
    #[should_panic(expected = "an event must not be scheduled in the past")]
    fn the_past_is_closed() {
        let mut calendar = Calendar::new();
        calendar.schedule(minute(5), Priority::Seize, 'a');
        calendar.pop_until(Time::MAX);
        calendar.schedule(minute(4), Priority::Seize, 'b');
    }
}
