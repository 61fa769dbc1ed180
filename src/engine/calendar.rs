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
/// cancelled the calendar knows the handle no more. (A place in memory must be
/// used 2³² times before an old handle can be mistaken for a new one.)
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub struct Handle {
    place: u32,
    generation: u32,
}

/// The pending events of a run and its clock.
///
/// Events come in the order of their time, then of their [`Priority`], then of
/// scheduling. That order is total, so a run depends on nothing else; moving an
/// event counts as scheduling it anew.
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
/// Scheduling, cancelling and moving an event take constant time; over its life
/// an event is dealt out at most once per level, and hardly ever if it is
/// moved while still far in the future.
/// `docs/decisions/0001-calendar.md` compares this with heaps and trees.
///
/// Memory is taken only when more events are pending than ever before.
#[derive(Clone, Debug)]
pub struct Calendar<E> {
    now: Time,
    entries: Vec<Entry<E>>,
    /// First of the entries that hold no pending event.
    free: u32,
    pending: usize,
    /// For each level the buckets that hold events, a bit each.
    occupied: [u64; LEVELS],
    buckets: [[Bucket; BUCKETS]; LEVELS],
}

/// Time and priority as one number that sorts as both.
type Key = u64;

const PRIORITY_BITS: u32 = 2;
const PRIORITY_MASK: Key = (1 << PRIORITY_BITS) - 1;
const DIGIT_BITS: u32 = 6;
const BUCKETS: usize = 1 << DIGIT_BITS;
const LEVELS: usize = (u32::BITS + PRIORITY_BITS).div_ceil(DIGIT_BITS) as usize;
/// The end of a list of entries.
const NONE: u32 = u32::MAX;

/// A place for an event, linked in the list of its bucket or of free entries.
///
/// With an event of eight bytes it is half a line of a cache, and never lies across two.
#[derive(Clone, Debug)]
#[repr(align(32))]
struct Entry<E> {
    key: Key,
    event: E,
    previous: u32,
    next: u32,
    generation: u32,
}

/// A list of entries in the order of scheduling.
#[derive(Clone, Copy, Debug)]
struct Bucket {
    first: u32,
    last: u32,
}

const EMPTY: Bucket = Bucket {
    first: NONE,
    last: NONE,
};

impl<E: Copy> Calendar<E> {
    /// A calendar without events, its clock at [`Time::ZERO`].
    #[must_use]
    pub const fn new() -> Self {
        Self {
            now: Time::ZERO,
            entries: Vec::new(),
            free: NONE,
            pending: 0,
            occupied: [0; LEVELS],
            buckets: [[EMPTY; BUCKETS]; LEVELS],
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

    /// Schedules an event.
    ///
    /// # Panics
    ///
    /// Panics when `at` lies before [`now`](Self::now).
    pub fn schedule(&mut self, at: Time, priority: Priority, event: E) -> Handle {
        self.assert_not_past(at);
        let key = key(at, priority);
        let place = self.free;
        let (place, generation) = if place == NONE {
            let place = u32::try_from(self.entries.len())
                .ok()
                .filter(|&place| place < NONE)
                .expect("a calendar must hold fewer than 2^32 - 1 events");
            self.entries.push(Entry {
                key,
                event,
                previous: NONE,
                next: NONE,
                generation: 1,
            });
            (place, 1)
        } else {
            let entry = &mut self.entries[place as usize];
            self.free = entry.next;
            entry.key = key;
            entry.event = event;
            (place, entry.generation)
        };
        self.pending += 1;
        self.link(place, key);
        Handle { place, generation }
    }

    /// Cancels an event and returns it, if it was still pending.
    pub fn cancel(&mut self, handle: Handle) -> Option<E> {
        self.knows(handle).then(|| {
            self.unlink(handle.place);
            self.release(handle.place)
        })
    }

    /// Moves an event in time and tells whether it was still pending.
    ///
    /// The event keeps its handle and priority, and comes after those already
    /// scheduled for the same time and priority.
    ///
    /// # Panics
    ///
    /// Panics when `at` lies before [`now`](Self::now).
    pub fn move_to(&mut self, handle: Handle, at: Time) -> bool {
        self.assert_not_past(at);
        let known = self.knows(handle);
        if known {
            self.unlink(handle.place);
            let entry = &mut self.entries[handle.place as usize];
            let key = first_key_at(at) | (entry.key & PRIORITY_MASK);
            entry.key = key;
            self.link(handle.place, key);
        }
        known
    }

    /// Takes the next event if it comes no later than `limit`, and sets the
    /// clock to it.
    ///
    /// The clock stays where it is when there is no such event.
    pub fn pop_until(&mut self, limit: Time) -> Option<(Time, E)> {
        let level = self.occupied.iter().position(|&bits| bits != 0)?;
        let digit = self.occupied[level].trailing_zeros() as usize;
        let place = self.earliest(level, digit);
        let at = time(self.entries[place as usize].key);
        if at > limit {
            return None;
        }
        self.now = at;
        if level == 0 {
            self.unlink_from((level, digit), place);
        } else {
            self.deal_out((level, digit), place);
        }
        Some((at, self.release(place)))
    }

    fn assert_not_past(&self, at: Time) {
        assert!(at >= self.now, "an event must not be scheduled in the past");
    }

    fn knows(&self, handle: Handle) -> bool {
        self.entries
            .get(handle.place as usize)
            .is_some_and(|entry| entry.generation == handle.generation)
    }

    /// The first of those with the least key in a bucket that is not empty.
    fn earliest(&self, level: usize, digit: usize) -> u32 {
        let mut earliest = self.buckets[level][digit].first;
        if level > 0 {
            let mut entry = &self.entries[earliest as usize];
            let mut least = entry.key;
            while entry.next != NONE {
                let place = entry.next;
                entry = &self.entries[place as usize];
                if entry.key < least {
                    (earliest, least) = (place, entry.key);
                }
            }
        }
        earliest
    }

    /// Links the entries of a bucket anew, as seen from the present, keeping
    /// their order; all but one, which is in no bucket from then on.
    fn deal_out(&mut self, (level, digit): (usize, usize), taken: u32) {
        let mut place = std::mem::replace(&mut self.buckets[level][digit], EMPTY).first;
        self.occupied[level] &= !(1 << digit);
        while place != NONE {
            let Entry { key, next, .. } = self.entries[place as usize];
            if place != taken {
                self.link(place, key);
            }
            place = next;
        }
    }

    /// The level and digit where a key belongs, as seen from the present.
    ///
    /// Time passes without changing the answer for any pending event but those
    /// of the bucket that is dealt out.
    fn home(&self, key: Key) -> (usize, usize) {
        let differing = key ^ first_key_at(self.now);
        let level = (differing | 1).ilog2() / DIGIT_BITS;
        (level as usize, digit_of(key, level))
    }

    /// Appends an entry to the bucket of its key.
    fn link(&mut self, place: u32, key: Key) {
        let (level, digit) = self.home(key);
        self.occupied[level] |= 1 << digit;
        let bucket = &mut self.buckets[level][digit];
        let previous = std::mem::replace(&mut bucket.last, place);
        match previous {
            NONE => bucket.first = place,
            _ => self.entries[previous as usize].next = place,
        }
        let entry = &mut self.entries[place as usize];
        entry.previous = previous;
        entry.next = NONE;
    }

    /// Takes an entry out of a bucket.
    fn unlink_from(&mut self, (level, digit): (usize, usize), place: u32) {
        let Entry { previous, next, .. } = self.entries[place as usize];
        let bucket = &mut self.buckets[level][digit];
        match previous {
            NONE => bucket.first = next,
            _ => self.entries[previous as usize].next = next,
        }
        match next {
            NONE => bucket.last = previous,
            _ => self.entries[next as usize].previous = previous,
        }
        if bucket.first == NONE {
            self.occupied[level] &= !(1 << digit);
        }
    }

    /// Takes an entry out of the bucket of its key.
    fn unlink(&mut self, place: u32) {
        let home = self.home(self.entries[place as usize].key);
        self.unlink_from(home, place);
    }

    /// Frees an entry that is in no bucket, and returns its event.
    fn release(&mut self, place: u32) -> E {
        self.pending -= 1;
        let entry = &mut self.entries[place as usize];
        entry.generation = entry.generation.wrapping_add(1);
        entry.next = std::mem::replace(&mut self.free, place);
        entry.event
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

/// The digit of a key at a level.
fn digit_of(key: Key, level: u32) -> usize {
    (key >> (level * DIGIT_BITS)) as usize % BUCKETS
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
    fn a_moved_event_counts_as_scheduled_anew() {
        let mut calendar = Calendar::new();
        let first = calendar.schedule(minute(5), Priority::Seize, 'a');
        calendar.schedule(minute(6), Priority::Seize, 'b');
        assert!(calendar.move_to(first, minute(6)));
        assert_eq!(drain(&mut calendar), ['b', 'a']);
    }

    #[test]
    fn a_stale_handle_does_nothing() {
        let mut calendar = Calendar::new();
        let old = calendar.schedule(minute(5), Priority::Seize, 'a');
        assert_eq!(calendar.cancel(old), Some('a'));
        let new = calendar.schedule(minute(5), Priority::Seize, 'b');
        assert_eq!(old.place, new.place, "the place is used again");
        assert_eq!(calendar.cancel(old), None);
        assert!(!calendar.move_to(old, minute(7)));
        assert_eq!(drain(&mut calendar), ['b']);
        assert_eq!(calendar.cancel(new), None);
    }

    #[test]
    fn memory_is_taken_for_pending_events_only() {
        let mut calendar = Calendar::new();
        for event in 0..100 {
            calendar.schedule(minute(event * 37), Priority::Seize, event);
        }
        let places = calendar.entries.len();
        for _ in 0..10_000 {
            let (now, event) = calendar
                .pop_until(Time::MAX)
                .expect("100 events are pending");
            let handle = calendar.schedule(now.after(event * 101), Priority::Seize, event);
            calendar.move_to(handle, now.after(event * 53));
        }
        assert_eq!((calendar.len(), calendar.entries.len()), (100, places));
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
