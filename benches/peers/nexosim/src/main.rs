//! The network of benches/jackson in NexoSim: nexosim_network HORIZON SEED.
//!
//! A station is a model, a case on its way from one to another a message. One thread: a
//! second would make it slower, because there is never more than one thing to do at a time.

use std::collections::VecDeque;
use std::time::Duration;

use nexosim::model::{Context, Model, schedulable};
use nexosim::ports::{EventSinkReader, EventSource, Output, SinkState, event_slot};
use nexosim::simulation::{Mailbox, SimInit, SimulationError};
use nexosim::time::MonotonicTime;
use serde::{Deserialize, Serialize};

const SERVERS: [u32; 5] = [20, 30, 15, 25, 40];
const SERVICE: [f64; 5] = [1.596, 4.788, 5.985, 12.468, 28.5];
const ONWARD: [&[(usize, f64)]; 5] = [
    &[(1, 0.5)],
    &[(2, 0.4), (0, 0.1)],
    &[(3, 0.8)],
    &[(4, 0.7)],
    &[(0, 0.1)],
];

/// SplitMix64 (G. L. Steele, D. Lea and C. H. Flood, OOPSLA 2014): state that can be serialised.
#[derive(Serialize, Deserialize)]
struct Random(u64);

impl Random {
    fn uniform(&mut self) -> f64 {
        self.0 = self.0.wrapping_add(0x9E37_79B9_7F4A_7C15);
        let z = (self.0 ^ self.0 >> 30).wrapping_mul(0xBF58_476D_1CE4_E5B9);
        let z = (z ^ z >> 27).wrapping_mul(0x94D0_49BB_1331_11EB);
        ((z ^ z >> 31) >> 11) as f64 / (1_u64 << 53) as f64
    }

    fn exponential(&mut self, mean: f64) -> Duration {
        // An event must lie in the future.
        let delay = Duration::from_secs_f64(-mean * (1.0 - self.uniform()).ln());
        delay.max(Duration::from_nanos(1))
    }
}

#[derive(Serialize, Deserialize)]
struct Station {
    number: usize,
    idle: u32,
    line: VecDeque<f64>,
    random: Random,
    waited: f64,
    started: u64,
    events: u64,
    onward: Vec<Output<()>>,
    /// Events, sum of waits, number of services begun.
    tally: Output<(u64, f64, u64)>,
}

#[Model]
impl Station {
    fn new(number: usize, seed: u64) -> Self {
        Station {
            number,
            idle: SERVERS[number],
            line: VecDeque::new(),
            random: Random(seed << 8 | number as u64),
            waited: 0.0,
            started: 0,
            events: 0,
            onward: ONWARD[number].iter().map(|_| Output::default()).collect(),
            tally: Output::default(),
        }
    }

    /// A case comes -- input port.
    async fn case(&mut self, _: (), cx: &Context<Self>) {
        if self.idle > 0 {
            self.idle -= 1;
            self.start(now(cx), cx);
        } else {
            self.line.push_back(now(cx));
        }
    }

    fn start(&mut self, asked: f64, cx: &Context<Self>) {
        self.waited += now(cx) - asked;
        self.started += 1;
        let delay = self.random.exponential(SERVICE[self.number]);
        cx.schedule_event(delay, schedulable!(Self::end), ())
            .expect("a service ends in the future");
    }

    #[nexosim(schedulable)]
    async fn end(&mut self, _: (), cx: &Context<Self>) {
        self.events += 1;
        match self.line.pop_front() {
            Some(asked) => self.start(asked, cx),
            None => self.idle += 1,
        }
        let mut u = self.random.uniform();
        for (place, &(_, probability)) in ONWARD[self.number].iter().enumerate() {
            if u < probability {
                self.onward[place].send(()).await;
                return;
            }
            u -= probability;
        }
    }

    /// Says what was seen -- input port.
    async fn report(&mut self) {
        self.tally.send((self.events, self.waited, self.started)).await;
    }
}

fn now(cx: &Context<Station>) -> f64 {
    cx.time().duration_since(MonotonicTime::EPOCH).as_secs_f64()
}

#[derive(Serialize, Deserialize)]
struct Door {
    random: Random,
    events: u64,
    cases: Output<()>,
    tally: Output<u64>,
}

#[Model]
impl Door {
    /// Lets a case in, and the next after a while -- input port.
    #[nexosim(schedulable)]
    async fn open(&mut self, _: (), cx: &Context<Self>) {
        self.events += 1;
        self.cases.send(()).await;
        let delay = self.random.exponential(0.1);
        cx.schedule_event(delay, schedulable!(Self::open), ())
            .expect("the next case comes in the future");
    }

    /// Says how many came -- input port.
    async fn report(&mut self) {
        self.tally.send(self.events).await;
    }
}

fn main() -> Result<(), SimulationError> {
    let words: Vec<String> = std::env::args().skip(1).collect();
    let horizon: f64 = words[0].parse().expect("HORIZON should be a number");
    let seed: u64 = words[1].parse().expect("SEED should be a number");
    let mailboxes: [Mailbox<Station>; 5] = std::array::from_fn(|_| Mailbox::new());
    let mut stations: [Station; 5] = std::array::from_fn(|number| Station::new(number, seed));
    let mut door = Door {
        random: Random(seed << 8 | 255),
        events: 0,
        cases: Output::default(),
        tally: Output::default(),
    };
    door.cases.connect(Station::case, &mailboxes[0]);
    for station in &mut stations {
        let number = station.number;
        for (output, &(next, _)) in station.onward.iter_mut().zip(ONWARD[number]) {
            output.connect(Station::case, &mailboxes[next]);
        }
    }
    let mut bench = SimInit::with_num_threads(1);
    let door_mailbox = Mailbox::new();
    let opening = EventSource::new()
        .connect(Door::open, &door_mailbox)
        .register(&mut bench);
    let (sink, mut arrivals) = event_slot(SinkState::Enabled);
    door.tally.connect_sink(sink);
    let counting = EventSource::new()
        .connect(Door::report, &door_mailbox)
        .register(&mut bench);
    let mut readers = Vec::new();
    let mut reports = Vec::new();
    for (station, mailbox) in stations.iter_mut().zip(&mailboxes) {
        let (sink, reader) = event_slot(SinkState::Enabled);
        station.tally.connect_sink(sink);
        readers.push(reader);
        reports.push(
            EventSource::new()
                .connect(Station::report, mailbox)
                .register(&mut bench),
        );
    }
    bench = bench.add_model(door, door_mailbox, "door");
    for (station, mailbox) in stations.into_iter().zip(mailboxes) {
        let name = format!("station {}", station.number);
        bench = bench.add_model(station, mailbox, &name);
    }
    let mut simulation = bench.init(MonotonicTime::EPOCH)?;
    simulation.process_event(&opening, ())?;
    simulation.step_until(Duration::from_secs_f64(horizon))?;
    let mut line = String::new();
    simulation.process_event(&counting, ())?;
    let mut events = arrivals.try_read().expect("the door reports");
    for (report, reader) in reports.iter().zip(&mut readers) {
        simulation.process_event(report, ())?;
        let (ended, waited, started) = reader.try_read().expect("a station reports");
        events += ended;
        line += &format!(" {:.6}", waited / started as f64);
    }
    println!("{events}{line}");
    Ok(())
}
