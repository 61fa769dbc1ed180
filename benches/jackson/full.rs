//! The network on the whole kernel.

use rvtsim::engine::{
    Answer, Calendar, Limit, Member, Model, Pool, Priority, Request, Time, Urgency, Wish, run_until,
};

use super::luck::{Addressed, Luck};
use super::{Network, STATIONS, Station, UNIT};

#[derive(Clone, Copy)]
pub enum Event {
    Arrival,
    ServiceEnd(usize, Member),
}

#[derive(Clone)]
pub struct Full {
    calendar: Calendar<Event>,
    pools: Vec<Pool>,
    luck: Addressed,
    arrived: [u64; 5],
}

impl Full {
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
        let at = now.after(self.luck.service(station));
        let event = Event::ServiceEnd(station, member);
        self.calendar
            .schedule_for_good(at, Priority::Release, event);
    }
}

impl Model for Full {
    type Event = Event;

    fn calendar(&mut self) -> &mut Calendar<Event> {
        &mut self.calendar
    }

    fn handle(&mut self, now: Time, event: Event) {
        match event {
            Event::Arrival => {
                let at = now.after(self.luck.gap());
                self.calendar
                    .schedule_for_good(at, Priority::Seize, Event::Arrival);
                self.ask(now, 0);
            }
            Event::ServiceEnd(station, member) => {
                let pool = &mut self.pools[station];
                pool.release(now, member, 1);
                if pool.next_turn(now, member).is_some() {
                    self.start(now, station, member);
                }
                if let Some(next) = self.luck.onward(station) {
                    self.ask(now, next);
                }
            }
        }
    }
}

impl Network for Full {
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
        calendar.schedule_for_good(Time::ZERO, Priority::Seize, Event::Arrival);
        Self {
            calendar,
            pools: STATIONS.iter().map(pool).collect(),
            luck: Addressed::new(seed),
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
