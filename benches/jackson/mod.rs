//! An open queueing network, on the kernel and by hand.
//!
//! Five stations of 20 to 40 servers, all 85 % busy, with returns; theory knows
//! the mean waits (J. R. Jackson, "Networks of waiting lines", *Operations
//! Research* 5(4), 1957). An event is an arrival from outside or the end of a
//! service. The same network three times:
//!
//! - [`ByHand`]: arrays and a 4-ary heap, nothing else. The floor.
//! - [`Bare`]: the same arrays on the kernel's calendar and loop. It does the
//!   same work, draws the same numbers and gives the same waits to the last bit.
//! - [`Full`]: what a model of ours has. Pools of members with skills, urgencies and
//!   wishes, their tallies, and chance that is addressed.

mod bare;
mod by_hand;
mod full;
mod luck;

pub use bare::Bare;
pub use by_hand::ByHand;
pub use full::Full;

/// The unit of time of the network \[minutes\].
pub const UNIT: f64 = 10_000.0;
/// Arrivals from outside, to the first station, a unit of time.
const ARRIVALS: f64 = 10.0;

pub struct Station {
    pub servers: u32,
    /// Mean time of a service, in units.
    pub service: f64,
    /// Probability of going on to other stations; a case leaves otherwise.
    pub onward: &'static [(usize, f64)],
    /// Mean wait by theory, in units.
    pub exact_wait: f64,
}

pub const STATIONS: [Station; 5] = [
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

/// What every network can do.
pub trait Network: Clone {
    fn new(seed: u64) -> Self;
    /// Runs until a time in units, and returns the number of events.
    fn run(&mut self, limit: f64) -> u64;
    /// Mean wait at each station so far, in units.
    fn waits(&self) -> [f64; 5];
}
