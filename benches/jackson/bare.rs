//! The network on the kernel's calendar and loop, with nothing else of it.

use std::collections::VecDeque;

use rvtsim::engine::{Calendar, Model, Priority, Time, run_until};

use super::luck::{Fast, Luck};
use super::{Network, STATIONS, UNIT};

#[derive(Clone, Copy)]
pub enum Event {
    Arrival,
    ServiceEnd(usize),
}

#[derive(Clone)]
pub struct Bare {
    calendar: Calendar<Event>,
    idle: [u32; 5],
    lines: [VecDeque<Time>; 5],
    luck: Fast,
    waited: [u64; 5],
    started: [u64; 5],
}

impl Bare {
    /// The loop by hand knows no priorities.
    fn schedule(&mut self, at: Time, event: Event) {
        self.calendar.schedule_for_good(at, Priority::Seize, event);
    }

    fn ask(&mut self, now: Time, station: usize) {
        if self.idle[station] > 0 {
            self.idle[station] -= 1;
            self.start(now, station, now);
        } else {
            self.lines[station].push_back(now);
        }
    }

    fn start(&mut self, now: Time, station: usize, asked: Time) {
        self.waited[station] += u64::from(now.since(asked));
        self.started[station] += 1;
        let at = now.after(self.luck.service(station));
        self.schedule(at, Event::ServiceEnd(station));
    }
}

impl Model for Bare {
    type Event = Event;

    fn calendar(&mut self) -> &mut Calendar<Event> {
        &mut self.calendar
    }

    fn handle(&mut self, now: Time, event: Event) {
        match event {
            Event::Arrival => {
                let at = now.after(self.luck.gap());
                self.schedule(at, Event::Arrival);
                self.ask(now, 0);
            }
            Event::ServiceEnd(station) => {
                match self.lines[station].pop_front() {
                    Some(asked) => self.start(now, station, asked),
                    None => self.idle[station] += 1,
                }
                if let Some(next) = self.luck.onward(station) {
                    self.ask(now, next);
                }
            }
        }
    }
}

impl Network for Bare {
    fn new(seed: u64) -> Self {
        let mut network = Self {
            calendar: Calendar::new(),
            idle: STATIONS.map(|station| station.servers),
            lines: Default::default(),
            luck: Fast::new(seed),
            waited: [0; 5],
            started: [0; 5],
        };
        network.schedule(Time::ZERO, Event::Arrival);
        network
    }

    fn run(&mut self, limit: f64) -> u64 {
        run_until(self, Time::from_minutes((limit * UNIT) as u32))
    }

    fn waits(&self) -> [f64; 5] {
        std::array::from_fn(|station| {
            self.waited[station] as f64 / UNIT / self.started[station] as f64
        })
    }
}
