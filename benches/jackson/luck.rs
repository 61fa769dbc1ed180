//! Where the delays and turns of a network come from.

use rand::rngs::Xoshiro256PlusPlus;
use rand::{RngExt, SeedableRng};
use rand_distr::Exp1;
use rvtsim::random::{Chance, exponential};

use super::{ARRIVALS, STATIONS, UNIT};

/// What is asked of chance.
#[derive(Clone, Copy)]
pub enum Question {
    Gap,
    Service(usize),
    Onward(usize),
}

pub trait Luck: Clone {
    fn new(seed: u64) -> Self;
    fn uniform(&mut self, question: Question) -> f64;
    /// An exponential variable with mean one.
    fn exponential(&mut self, question: Question) -> f64;

    /// Until the next arrival from outside \[minutes\].
    fn gap(&mut self) -> u32 {
        minutes(self.exponential(Question::Gap) / ARRIVALS)
    }

    /// How long a service takes \[minutes\].
    fn service(&mut self, station: usize) -> u32 {
        minutes(self.exponential(Question::Service(station)) * STATIONS[station].service)
    }

    /// Where a case goes on to that is done at a station.
    fn onward(&mut self, station: usize) -> Option<usize> {
        let mut u = self.uniform(Question::Onward(station));
        for &(next, probability) in STATIONS[station].onward {
            if u < probability {
                return Some(next);
            }
            u -= probability;
        }
        None
    }
}

fn minutes(units: f64) -> u32 {
    (units * UNIT + 0.5) as u32
}

/// The fastest that a library has: a generator that runs on, and a ziggurat.
#[derive(Clone)]
pub struct Fast(Xoshiro256PlusPlus);

impl Luck for Fast {
    fn new(seed: u64) -> Self {
        Fast(Xoshiro256PlusPlus::seed_from_u64(seed))
    }

    fn uniform(&mut self, _: Question) -> f64 {
        self.0.random()
    }

    fn exponential(&mut self, _: Question) -> f64 {
        self.0.sample(Exp1)
    }
}

/// Ours: every number has an address, and every variate is a quantile.
#[derive(Clone)]
pub struct Addressed {
    chance: Chance,
    /// How often each question has been put.
    asked: [u32; 1 + 2 * STATIONS.len()],
}

impl Luck for Addressed {
    fn new(seed: u64) -> Self {
        Addressed {
            chance: Chance::new(seed, 0, 0),
            asked: [0; 1 + 2 * STATIONS.len()],
        }
    }

    fn uniform(&mut self, question: Question) -> f64 {
        let (entity, purpose) = match question {
            Question::Gap => (0, 0),
            Question::Service(station) => (1 + station, 1),
            Question::Onward(station) => (1 + STATIONS.len() + station, 2),
        };
        let index = self.asked[entity];
        self.asked[entity] += 1;
        self.chance.of(entity as u32).uniform(purpose, index)
    }

    fn exponential(&mut self, question: Question) -> f64 {
        exponential(self.uniform(question), 1.0)
    }
}
