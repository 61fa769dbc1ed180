//! An open queueing network on the kernel, and the same one by hand.
//!
//! Five stations of 20 to 40 servers, all 85 % busy, with returns; theory knows
//! the mean waits (J. R. Jackson, "Networks of waiting lines", *Operations
//! Research* 5(4), 1957). An event is an arrival from outside or the end of a
//! service. The loop by hand has no members, no priorities, no handles and no
//! tallies but its waits: what the kernel costs above it is the price of
//! having them. Both draw the same kind of random numbers.

use std::collections::VecDeque;
use std::time::Duration;

use criterion::{BatchSize, Criterion, Throughput, criterion_group, criterion_main};
use rvtsim::engine::{
    Answer, Calendar, Limit, Member, Model, Pool, Priority, Request, Time, Urgency, Wish, run_until,
};
use rvtsim::random::{Chance, Draws, exponential};

/// The unit of time of the network \[minutes\].
const UNIT: f64 = 10_000.0;
/// Arrivals from outside, to the first station, a unit of time.
const ARRIVALS: f64 = 10.0;
/// Units of time before a run is measured.
const WARM_UP: f64 = 2_000.0;
/// Units of time that are measured.
const LENGTH: f64 = 1_000.0;

struct Station {
    servers: u32,
    service: f64,
    /// Probability of going on to other stations; a case leaves otherwise.
    onward: &'static [(usize, f64)],
    exact_wait: f64,
}

const STATIONS: [Station; 5] = [
    Station {
        servers: 20,
        service: 1.596,
        onward: &[(1, 0.5)],
        exact_wait: 0.2048,
    },
    Station {
        servers: 30,
        service: 4.788,
        onward: &[(2, 0.4), (0, 0.1)],
        exact_wait: 0.3154,
    },
    Station {
        servers: 15,
        service: 5.985,
        onward: &[(3, 0.8)],
        exact_wait: 1.1888,
    },
    Station {
        servers: 25,
        service: 12.468,
        onward: &[(4, 0.7)],
        exact_wait: 1.1180,
    },
    Station {
        servers: 40,
        service: 28.5,
        onward: &[(0, 0.1)],
        exact_wait: 1.1159,
    },
];

/// A sequence of random numbers.
#[derive(Clone)]
struct Source {
    draws: Draws,
    drawn: u32,
}

impl Source {
    fn new(seed: u64) -> Self {
        Self {
            draws: Chance::new(seed, 0, 0).of(0),
            drawn: 0,
        }
    }

    fn uniform(&mut self) -> f64 {
        self.drawn += 1;
        self.draws.uniform(0, self.drawn)
    }

    fn delay(&mut self, mean: f64) -> u32 {
        (exponential(self.uniform(), mean * UNIT) + 0.5) as u32
    }

    /// Where a case goes on to that is done at a station.
    fn onward(&mut self, station: usize) -> Option<usize> {
        let mut u = self.uniform();
        for &(next, probability) in STATIONS[station].onward {
            if u < probability {
                return Some(next);
            }
            u -= probability;
        }
        None
    }
}

/// What both networks can do.
trait Network: Clone {
    fn new(seed: u64) -> Self;
    /// Runs until a time in units, and returns the number of events.
    fn run(&mut self, limit: f64) -> u64;
    /// Mean wait at each station so far, in units.
    fn waits(&self) -> [f64; 5];
}

#[derive(Clone, Copy)]
enum Event {
    Arrival,
    ServiceEnd(usize, Member),
}

/// The network on the kernel.
#[derive(Clone)]
struct Kernel {
    calendar: Calendar<Event>,
    pools: Vec<Pool>,
    source: Source,
    arrived: [u64; 5],
}

impl Kernel {
    fn ask(&mut self, now: Time, station: usize) {
        self.arrived[station] += 1;
        let request = Request {
            case: 0,
            skill: 0,
            urgency: Urgency::Regular,
            amount: 1,
            wish: Wish::Any,
        };
        if let Answer::Started(member) = self.pools[station].ask(now, request) {
            self.start(now, station, member);
        }
    }

    fn start(&mut self, now: Time, station: usize, member: Member) {
        let at = now.after(self.source.delay(STATIONS[station].service));
        let event = Event::ServiceEnd(station, member);
        self.calendar.schedule(at, Priority::Release, event);
    }
}

impl Model for Kernel {
    type Event = Event;

    fn calendar(&mut self) -> &mut Calendar<Event> {
        &mut self.calendar
    }

    fn handle(&mut self, now: Time, event: Event) {
        match event {
            Event::Arrival => {
                let at = now.after(self.source.delay(1.0 / ARRIVALS));
                self.calendar.schedule(at, Priority::Seize, Event::Arrival);
                self.ask(now, 0);
            }
            Event::ServiceEnd(station, member) => {
                let pool = &mut self.pools[station];
                pool.release(now, member, 1);
                if pool.next_turn(now, member).is_some() {
                    self.start(now, station, member);
                }
                if let Some(next) = self.source.onward(station) {
                    self.ask(now, next);
                }
            }
        }
    }
}

impl Network for Kernel {
    fn new(seed: u64) -> Self {
        let pool = |station: &Station| {
            let mut pool = Pool::new(1, Limit::FULL);
            for _ in 0..station.servers {
                let member = pool.add_place(1);
                pool.arrive(Time::ZERO, member, 1);
            }
            pool
        };
        let mut calendar = Calendar::new();
        calendar.schedule(Time::ZERO, Priority::Seize, Event::Arrival);
        Self {
            calendar,
            pools: STATIONS.iter().map(pool).collect(),
            source: Source::new(seed),
            arrived: [0; 5],
        }
    }

    fn run(&mut self, limit: f64) -> u64 {
        run_until(self, Time::from_minutes((limit * UNIT) as u32))
    }

    fn waits(&self) -> [f64; 5] {
        let now = self.calendar.now().into();
        std::array::from_fn(|station| {
            let waited = self.pools[station].waiting().integral(now) as f64;
            waited / UNIT / self.arrived[station] as f64
        })
    }
}

/// The network by hand: a 4-ary heap of (time, what ends where) in one number,
/// and for each station the idle servers and the moments of arrival.
#[derive(Clone)]
struct ByHand {
    heap: Vec<u64>,
    idle: [u32; 5],
    lines: [VecDeque<u32>; 5],
    source: Source,
    waited: [u64; 5],
    started: [u64; 5],
}

/// Stands for an arrival where else a station stands.
const ARRIVAL: usize = STATIONS.len();

impl ByHand {
    fn push(&mut self, at: u32, what: usize) {
        let key = u64::from(at) << 32 | what as u64;
        let mut place = self.heap.len();
        self.heap.push(key);
        while place > 0 {
            let parent = (place - 1) / 4;
            if self.heap[parent] <= key {
                break;
            }
            self.heap[place] = self.heap[parent];
            place = parent;
        }
        self.heap[place] = key;
    }

    fn pop(&mut self) -> (u32, usize) {
        let first = self.heap[0];
        let key = self.heap.pop().expect("an arrival is always pending");
        let length = self.heap.len();
        let mut place = 0;
        loop {
            let child = 4 * place + 1;
            let Some(least) = (child..length.min(child + 4)).min_by_key(|&at| self.heap[at]) else {
                break;
            };
            if self.heap[least] >= key {
                break;
            }
            self.heap[place] = self.heap[least];
            place = least;
        }
        if length > 0 {
            self.heap[place] = key;
        }
        ((first >> 32) as u32, first as u32 as usize)
    }

    fn ask(&mut self, now: u32, station: usize) {
        if self.idle[station] > 0 {
            self.idle[station] -= 1;
            self.start(now, station, now);
        } else {
            self.lines[station].push_back(now);
        }
    }

    fn start(&mut self, now: u32, station: usize, asked: u32) {
        self.waited[station] += u64::from(now - asked);
        self.started[station] += 1;
        let at = now + self.source.delay(STATIONS[station].service);
        self.push(at, station);
    }
}

impl Network for ByHand {
    fn new(seed: u64) -> Self {
        Self {
            heap: vec![ARRIVAL as u64],
            idle: STATIONS.map(|station| station.servers),
            lines: Default::default(),
            source: Source::new(seed),
            waited: [0; 5],
            started: [0; 5],
        }
    }

    fn run(&mut self, limit: f64) -> u64 {
        let limit = (limit * UNIT) as u64;
        let mut handled = 0;
        while self.heap[0] >> 32 <= limit {
            let (now, station) = self.pop();
            if station == ARRIVAL {
                let at = now + self.source.delay(1.0 / ARRIVALS);
                self.push(at, ARRIVAL);
                self.ask(now, 0);
            } else {
                match self.lines[station].pop_front() {
                    Some(asked) => self.start(now, station, asked),
                    None => self.idle[station] += 1,
                }
                if let Some(next) = self.source.onward(station) {
                    self.ask(now, next);
                }
            }
            handled += 1;
        }
        handled
    }

    fn waits(&self) -> [f64; 5] {
        std::array::from_fn(|station| {
            self.waited[station] as f64 / UNIT / self.started[station] as f64
        })
    }
}

/// A network must be right before its speed counts: over a long run the mean
/// waits come out, to four standard errors of the least certain one.
fn check<N: Network>(name: &str) {
    let mut network = N::new(1);
    network.run(400.0 * LENGTH);
    for (wait, station) in network.waits().into_iter().zip(STATIONS) {
        let error = wait / station.exact_wait - 1.0;
        assert!(error.abs() < 0.25, "{name}: a mean wait of {wait} is wrong");
    }
    println!("{name}: mean waits {:.4?}", network.waits());
}

fn measure<N: Network>(criterion: &mut Criterion, name: &str) {
    check::<N>(name);
    let mut warm = N::new(2);
    warm.run(WARM_UP);
    let events = warm.clone().run(WARM_UP + LENGTH);
    let mut group = criterion.benchmark_group("network");
    group
        .throughput(Throughput::Elements(events))
        .sample_size(50)
        .warm_up_time(Duration::from_millis(500))
        .measurement_time(Duration::from_secs(2));
    group.bench_function(name, |bencher| {
        bencher.iter_batched_ref(
            || warm.clone(),
            |network| network.run(WARM_UP + LENGTH),
            BatchSize::SmallInput,
        );
    });
    group.finish();
}

fn network(criterion: &mut Criterion) {
    measure::<Kernel>(criterion, "kernel");
    measure::<ByHand>(criterion, "by hand");
}

criterion_group!(benches, network);
criterion_main!(benches);
