//! The calendar against the structures that it was chosen over.
//!
//! The *hold* model: a fixed number of events are pending; each step takes the
//! next one and schedules it again a random time later (D. W. Jones, "An
//! empirical comparison of priority-queue and event-set implementations",
//! *Communications of the ACM* 29(4), 1986). *Hold and move* also moves one
//! random pending event a step, as the danger clocks of households do.
//! `docs/decisions/0001-calendar.md` records what came of it.

mod binary_heap;
mod indexed_heap;
mod lazy_heap;
mod tree;

use std::hint::black_box;
use std::time::Duration;

use criterion::measurement::WallTime;
use criterion::{BenchmarkGroup, Criterion, Throughput, criterion_group, criterion_main};
use rvtsim::engine::{Calendar, Handle, Priority, Time};

/// What a pending event is here: its number.
type Event = u64;

/// What every candidate can do.
trait EventList {
    /// Names a pending event.
    type Handle: Copy;
    fn new() -> Self;
    fn schedule(&mut self, at: Time, priority: Priority, event: Event) -> Self::Handle;
    /// Moves the event that this handle names.
    fn move_to(&mut self, handle: Self::Handle, at: Time, event: Event) -> Self::Handle;
    fn pop(&mut self) -> Option<(Time, Event)>;
}

impl EventList for Calendar<Event> {
    type Handle = Handle;

    fn new() -> Self {
        Self::new()
    }

    fn schedule(&mut self, at: Time, priority: Priority, event: Event) -> Handle {
        self.schedule(at, priority, event)
    }

    fn move_to(&mut self, handle: Handle, at: Time, event: Event) -> Handle {
        self.cancel(handle);
        self.schedule(at, Priority::Seize, event)
    }

    fn pop(&mut self) -> Option<(Time, Event)> {
        self.pop_until(Time::MAX)
    }
}

/// Time, priority and sequence number as one number, with room for a slot.
fn pack(at: Time, priority: Priority, sequence: u64, slot: u32) -> u128 {
    u128::from(at.minutes()) << 96
        | (priority as u128) << 88
        | u128::from(sequence) << 32
        | u128::from(slot)
}

fn time_of(key: u128) -> Time {
    Time::from_minutes((key >> 96) as u32)
}

/// What happens at a step, and how far ahead events are scheduled.
#[derive(Clone, Copy)]
struct Workload {
    name: &'static str,
    /// Simulated time a step in the steady state \[minutes\].
    minutes_a_step: f64,
    /// Whether one tenth of the events come fifty times as late as the others.
    skewed: bool,
    moves: bool,
}

const WORKLOADS: [Workload; 3] = [
    Workload {
        name: "hold, exponential",
        minutes_a_step: 1.0,
        skewed: false,
        moves: false,
    },
    Workload {
        name: "hold, skewed",
        minutes_a_step: 10.0,
        skewed: true,
        moves: false,
    },
    Workload {
        name: "hold and move, skewed",
        minutes_a_step: 10.0,
        skewed: true,
        moves: true,
    },
];

/// Random numbers by xorshift (G. Marsaglia, 2003): fast, and good enough here.
struct Random(u64);

impl Random {
    fn next(&mut self) -> u64 {
        self.0 ^= self.0 << 13;
        self.0 ^= self.0 >> 7;
        self.0 ^= self.0 << 17;
        self.0 >> 11
    }

    fn exponential(&mut self, mean: f64) -> f64 {
        -mean * ((self.next() as f64 + 0.5) / (1u64 << 53) as f64).ln()
    }
}

/// A candidate at work.
struct Bench<L: EventList> {
    list: L,
    handles: Vec<L::Handle>,
    /// Drawn beforehand, so that drawing is not measured.
    delays: Vec<u32>,
    random: Random,
    moves: bool,
}

impl<L: EventList> Bench<L> {
    fn new(workload: Workload, pending: usize) -> Self {
        let mut random = Random(0x9E37_79B9_7F4A_7C15);
        let mean = workload.minutes_a_step * pending as f64;
        let delays = (0..1 << 16)
            .map(|_| {
                let mean = match (workload.skewed, random.next() % 10) {
                    (false, _) => mean,
                    (true, 0) => mean * 50.0 / 5.9,
                    (true, _) => mean / 5.9,
                };
                random.exponential(mean) as u32
            })
            .collect();
        let mut bench = Self {
            list: L::new(),
            handles: Vec::with_capacity(pending),
            delays,
            random,
            moves: workload.moves,
        };
        for event in 0..pending {
            let at = bench.later(Time::ZERO);
            let handle = bench.list.schedule(at, Priority::Seize, event as Event);
            bench.handles.push(handle);
        }
        for _ in 0..3 * pending {
            bench.step();
        }
        bench
    }

    fn later(&mut self, now: Time) -> Time {
        now.after(self.delays[self.random.next() as usize % self.delays.len()])
    }

    fn step(&mut self) -> Event {
        let (now, event) = self.list.pop().expect("an event must be pending");
        let at = self.later(now);
        self.handles[event as usize] = self.list.schedule(at, Priority::Seize, event);
        if self.moves {
            let other = self.random.next() as usize % self.handles.len();
            let at = self.later(now);
            let handle = self.handles[other];
            self.handles[other] = self.list.move_to(handle, at, other as Event);
        }
        event
    }
}

fn measure<L: EventList>(
    group: &mut BenchmarkGroup<'_, WallTime>,
    name: &str,
    workload: Workload,
    pending: usize,
) {
    // Prepared when first asked for, so that a filtered run prepares no others.
    let mut bench = None;
    group.bench_function(format!("{name}/{pending}"), |bencher| {
        let bench = bench.get_or_insert_with(|| Bench::<L>::new(workload, pending));
        bencher.iter(|| black_box(bench.step()));
    });
}

/// The events of the first steps, which must be the same for every candidate.
fn order<L: EventList>(workload: Workload) -> Vec<Event> {
    let mut bench = Bench::<L>::new(workload, 1_000);
    (0..10_000).map(|_| bench.step()).collect()
}

fn assert_same_order(workload: Workload) {
    let expected = order::<Calendar<Event>>(workload);
    assert_eq!(order::<indexed_heap::IndexedHeap>(workload), expected);
    assert_eq!(order::<lazy_heap::LazyHeap>(workload), expected);
    assert_eq!(order::<binary_heap::LazyBinaryHeap>(workload), expected);
    assert_eq!(order::<tree::Tree>(workload), expected);
}

fn calendar(criterion: &mut Criterion) {
    for workload in WORKLOADS {
        assert_same_order(workload);
        let mut group = criterion.benchmark_group(workload.name);
        group
            .throughput(Throughput::Elements(1))
            .sample_size(20)
            .warm_up_time(Duration::from_millis(200))
            .measurement_time(Duration::from_millis(600));
        for pending in [1_000, 10_000, 100_000, 1_000_000] {
            measure::<Calendar<Event>>(&mut group, "calendar", workload, pending);
            measure::<indexed_heap::IndexedHeap>(&mut group, "indexed heap", workload, pending);
            measure::<lazy_heap::LazyHeap>(&mut group, "lazy heap", workload, pending);
            measure::<binary_heap::LazyBinaryHeap>(&mut group, "binary heap", workload, pending);
            measure::<tree::Tree>(&mut group, "tree", workload, pending);
        }
        group.finish();
    }
}

criterion_group!(benches, calendar);
criterion_main!(benches);
