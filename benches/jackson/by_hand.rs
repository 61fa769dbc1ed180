//! The network by hand: a 4-ary heap, and for each station the number of idle
//! servers and the moments at which the waiting came.

use std::collections::VecDeque;

use super::luck::{Fast, Luck};
use super::{Network, STATIONS, UNIT};

/// Stands for an arrival where else a station stands.
const ARRIVAL: usize = STATIONS.len();

/// Time (32 bits), order of scheduling (64 bits) and what ends where (32 bits).
type Key = u128;

/// A 4-ary heap whose root is a hole between a pop and the next push: the
/// push then fills it, and a step costs one sift instead of two.
#[derive(Clone)]
struct Heap {
    keys: Vec<Key>,
    has_hole: bool,
}

impl Heap {
    fn push(&mut self, key: Key) {
        if self.has_hole {
            self.has_hole = false;
            self.sift_down(key);
            return;
        }
        let mut place = self.keys.len();
        self.keys.push(key);
        while place > 0 {
            let parent = (place - 1) / 4;
            if self.keys[parent] <= key {
                break;
            }
            self.keys[place] = self.keys[parent];
            place = parent;
        }
        self.keys[place] = key;
    }

    /// The least key; the root is a hole no more.
    fn peek(&mut self) -> Key {
        if self.has_hole {
            self.has_hole = false;
            let last = self.keys.pop().expect("an arrival is always pending");
            if !self.keys.is_empty() {
                self.sift_down(last);
            }
        }
        self.keys[0]
    }

    fn pop(&mut self) -> Key {
        let key = self.peek();
        self.has_hole = true;
        key
    }

    /// Puts a key in from the root, which it overwrites.
    fn sift_down(&mut self, key: Key) {
        let keys = self.keys.as_mut_slice();
        let mut place = 0;
        loop {
            let child = 4 * place + 1;
            let least = if let Some(four) = keys.get(child..child + 4) {
                let left = usize::from(four[1] < four[0]);
                let right = 2 + usize::from(four[3] < four[2]);
                child
                    + if four[right] < four[left] {
                        right
                    } else {
                        left
                    }
            } else {
                let Some(least) = (child..keys.len()).min_by_key(|&at| keys[at]) else {
                    break;
                };
                least
            };
            if keys[least] >= key {
                break;
            }
            keys[place] = keys[least];
            place = least;
        }
        keys[place] = key;
    }
}

#[derive(Clone)]
pub struct ByHand {
    heap: Heap,
    n_scheduled: u64,
    idle: [u32; 5],
    lines: [VecDeque<u32>; 5],
    luck: Fast,
    waited: [u64; 5],
    started: [u64; 5],
}

impl ByHand {
    fn schedule(&mut self, at: u32, what: usize) {
        let key = Key::from(at) << 96 | Key::from(self.n_scheduled) << 32 | what as Key;
        self.n_scheduled += 1;
        self.heap.push(key);
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
        let at = now + self.luck.service(station);
        self.schedule(at, station);
    }
}

impl Network for ByHand {
    fn new(seed: u64) -> Self {
        let mut network = Self {
            heap: Heap {
                keys: Vec::new(),
                has_hole: false,
            },
            n_scheduled: 0,
            idle: STATIONS.map(|station| station.servers),
            lines: Default::default(),
            luck: Fast::new(seed),
            waited: [0; 5],
            started: [0; 5],
        };
        network.schedule(0, ARRIVAL);
        network
    }

    fn run(&mut self, limit: f64) -> u64 {
        let limit = (limit * UNIT) as u32;
        let mut handled = 0;
        while (self.heap.peek() >> 96) as u32 <= limit {
            let key = self.heap.pop();
            let (now, station) = ((key >> 96) as u32, key as u32 as usize);
            if station == ARRIVAL {
                let at = now + self.luck.gap();
                self.schedule(at, ARRIVAL);
                self.ask(now, 0);
            } else {
                match self.lines[station].pop_front() {
                    Some(asked) => self.start(now, station, asked),
                    None => self.idle[station] += 1,
                }
                if let Some(next) = self.luck.onward(station) {
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
