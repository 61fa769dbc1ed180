//! The network of benches/jackson in odem-rs: odem_rs_network HORIZON SEED.
//!
//! A server is an agent, as in that library's own example of a single queue.

use std::cell::{Cell, RefCell};
use std::collections::VecDeque;
use std::task::Waker;

use odem_rs::core::ops::waker;
use odem_rs::prelude::*;
use odem_rs::rand::{RngExt, SeedableRng, rngs::Xoshiro256PlusPlus};
use odem_rs::rand_distr::Exp1;

const SERVERS: [usize; 5] = [20, 30, 15, 25, 40];
const SERVICE: [f64; 5] = [1.596, 4.788, 5.985, 12.468, 28.5];
const ONWARD: [&[(usize, f64)]; 5] = [
    &[(1, 0.5)],
    &[(2, 0.4), (0, 0.1)],
    &[(3, 0.8)],
    &[(4, 0.7)],
    &[(0, 0.1)],
];

#[derive(Default)]
struct Station {
    line: RefCell<VecDeque<f64>>,
    idle: RefCell<Vec<Waker>>,
    waited: Cell<f64>,
    started: Cell<u64>,
}

#[derive(Config)]
struct Network {
    stations: [Station; 5],
    random: RefCell<Xoshiro256PlusPlus>,
    events: Cell<u64>,
}

impl Default for Network {
    fn default() -> Self {
        let seed = std::env::args().nth(2).and_then(|seed| seed.parse().ok());
        Network {
            stations: Default::default(),
            random: RefCell::new(Xoshiro256PlusPlus::seed_from_u64(seed.unwrap_or(1))),
            events: Cell::new(0),
        }
    }
}

impl Network {
    fn exponential(&self, mean: f64) -> f64 {
        mean * self.random.borrow_mut().sample::<f64, _>(Exp1)
    }

    fn ask(&self, now: f64, station: usize) {
        let station = &self.stations[station];
        station.line.borrow_mut().push_back(now);
        if let Some(waker) = station.idle.borrow_mut().pop() {
            waker.wake();
        }
    }

    fn onward(&self, station: usize) -> Option<usize> {
        let mut u: f64 = self.random.borrow_mut().random();
        for &(next, probability) in ONWARD[station] {
            if u < probability {
                return Some(next);
            }
            u -= probability;
        }
        None
    }
}

struct Server(usize);

impl Behavior<Network> for Server {
    type Output = ();

    async fn actions(&self, sim: &Sim<Network>) {
        let network = sim.global();
        let station = &network.stations[self.0];
        loop {
            let next = station.line.borrow_mut().pop_front();
            if let Some(asked) = next {
                station.waited.set(station.waited.get() + sim.now() - asked);
                station.started.set(station.started.get() + 1);
                sim.advance(network.exponential(SERVICE[self.0])).await;
                network.events.set(network.events.get() + 1);
                if let Some(next) = network.onward(self.0) {
                    network.ask(sim.now(), next);
                }
            } else {
                let waker = waker().await;
                station.idle.borrow_mut().push(waker);
                sleep().await;
            }
        }
    }
}

struct Door;

impl Behavior<Network> for Door {
    type Output = ();

    async fn actions(&self, sim: &Sim<Network>) {
        let network = sim.global();
        loop {
            sim.advance(network.exponential(0.1)).await;
            network.events.set(network.events.get() + 1);
            network.ask(sim.now(), 0);
        }
    }
}

#[odem_rs::main]
async fn network(sim: &Sim<Network>, horizon: f64) -> String {
    for (station, servers) in SERVERS.into_iter().enumerate() {
        for _ in 0..servers {
            sim.spawn(Server(station));
        }
    }
    sim.spawn(Door);
    sim.advance(horizon).await;
    let network = sim.global();
    let waits = network.stations.iter().map(|station| {
        let wait = station.waited.get() / station.started.get() as f64;
        format!(" {wait:.6}")
    });
    let line = format!("{}{}", network.events.get(), waits.collect::<String>());
    // A waker points at its server, which must not outlive the simulation.
    for station in &network.stations {
        station.idle.borrow_mut().clear();
    }
    line
}

fn main() {
    let horizon = std::env::args().nth(1).and_then(|word| word.parse().ok());
    println!("{}", network(horizon.expect("HORIZON SEED")));
}
