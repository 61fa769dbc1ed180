//! The kernel against queueing theory: models small enough to have exact answers.
//!
//! Every comparison is of time averages over independent replications, each
//! begun empty and cut off after a warm-up that is many relaxation times long.
//! The exact value must lie in their Student interval of 99.9 %, so that a
//! right kernel with other seeds would raise a false alarm once in a thousand
//! comparisons. Times are in units of [`UNIT`] minutes, which makes the
//! rounding to whole minutes immaterial.

use rvtsim::engine::{
    Answer, Calendar, Limit, Member, Model, Pool, Priority, Request, Skill, Skills, Time, Urgency,
    Wish, run_until,
};
use rvtsim::random::{Chance, Draws, LogNormal, choose, exponential};
use rvtsim::stats::{Estimate, TimeWeighted};

/// The unit of time of the theory \[minutes\].
const UNIT: f64 = 10_000.0;
/// Probability that an interval holds the exact value.
const LEVEL: f64 = 0.999;

/// Cases that arrive from outside in a Poisson process.
#[derive(Clone, Copy)]
struct Stream {
    station: usize,
    skill: Skill,
    urgency: Urgency,
    /// Arrivals a unit of time.
    rate: f64,
}

/// Regular work of skill 0 for the first station.
fn stream(rate: f64) -> Stream {
    Stream {
        station: 0,
        skill: 0,
        urgency: Urgency::Regular,
        rate,
    }
}

/// How long a service takes, in units of time.
#[derive(Clone)]
enum Service {
    Exponential(f64),
    Constant(f64),
    LogNormal(LogNormal),
}

/// A team and what becomes of its cases.
#[derive(Clone)]
struct Station {
    /// What each member can do, in cases at a time.
    capacity: u32,
    members: Vec<Skills>,
    service: Service,
    /// Probability that a case has another service by the same member at once.
    again: f64,
    /// Probability of going on to each station, once done here.
    onward: Vec<(usize, f64)>,
}

/// A team of `servers` who do one case at a time and send it home.
fn station(servers: usize, service: Service) -> Station {
    Station {
        capacity: 1,
        members: vec![1; servers],
        service,
        again: 0.0,
        onward: Vec::new(),
    }
}

#[derive(Clone, Copy)]
enum Event {
    Arrival(usize),
    ServiceEnd(u32),
}

/// A case, wherever it is.
struct Case {
    stream: usize,
    station: usize,
    asked: Time,
    member: Option<Member>,
}

/// An open network of stations.
struct Network {
    calendar: Calendar<Event>,
    draws: Draws,
    drawn: u32,
    streams: Vec<Stream>,
    stations: Vec<Station>,
    pools: Vec<Pool>,
    cases: Vec<Case>,
    /// Cases of each stream that wait at some station.
    waiting: Vec<TimeWeighted>,
    /// Waits that have ended, from when until when.
    waits: Vec<(Time, Time)>,
}

impl Network {
    fn new(streams: &[Stream], stations: &[Station], seed: u64, replication: u32) -> Self {
        let pools = stations.iter().map(|station| {
            let mut pool = Pool::new(2, Limit::FULL);
            for &skills in &station.members {
                let member = pool.add_place(skills);
                pool.arrive(Time::ZERO, member, station.capacity);
            }
            pool
        });
        let mut network = Self {
            calendar: Calendar::new(),
            draws: Chance::new(seed, replication, 0).of(0),
            drawn: 0,
            streams: streams.to_vec(),
            stations: stations.to_vec(),
            pools: pools.collect(),
            cases: Vec::new(),
            waiting: vec![TimeWeighted::new(0, 0); streams.len()],
            waits: Vec::new(),
        };
        for stream in 0..streams.len() {
            network.schedule_arrival(Time::ZERO, stream);
        }
        network
    }

    fn uniform(&mut self) -> f64 {
        self.drawn += 1;
        self.draws.uniform(0, self.drawn)
    }

    fn schedule_arrival(&mut self, now: Time, stream: usize) {
        let gap = exponential(self.uniform(), UNIT / self.streams[stream].rate);
        let at = now.after(gap.round() as u32);
        self.calendar
            .schedule(at, Priority::Seize, Event::Arrival(stream));
    }

    fn schedule_end(&mut self, now: Time, case: u32) {
        let u = self.uniform();
        let service = match &self.stations[self.cases[case as usize].station].service {
            Service::Exponential(mean) => exponential(u, *mean),
            Service::Constant(length) => *length,
            Service::LogNormal(lognormal) => lognormal.at(u),
        };
        let at = now.after((service * UNIT).round() as u32);
        self.calendar
            .schedule(at, Priority::Release, Event::ServiceEnd(case));
    }

    fn ask(&mut self, now: Time, number: u32, station: usize) {
        let case = &mut self.cases[number as usize];
        (case.station, case.asked, case.member) = (station, now, None);
        let stream = self.streams[case.stream];
        self.waiting[case.stream].add(now.into(), 1);
        let request = Request {
            case: number,
            skill: stream.skill,
            urgency: stream.urgency,
            amount: 1,
            wish: Wish::Any,
        };
        if let Answer::Started(member) = self.pools[station].ask(now, request) {
            self.start(now, number, member);
        }
    }

    fn start(&mut self, now: Time, number: u32, member: Member) {
        let case = &mut self.cases[number as usize];
        case.member = Some(member);
        self.waits.push((case.asked, now));
        self.waiting[case.stream].add(now.into(), -1);
        self.schedule_end(now, number);
    }

    fn end(&mut self, now: Time, number: u32) {
        let case = &self.cases[number as usize];
        let (here, member) = (
            case.station,
            case.member.expect("a served case has a member"),
        );
        if choose(self.uniform(), self.stations[here].again) {
            return self.schedule_end(now, number);
        }
        let pool = &mut self.pools[here];
        assert!(
            pool.reserved_of(member) <= self.stations[here].capacity,
            "nobody is overloaded"
        );
        pool.release(now, member, 1);
        while let Some(turn) = self.pools[here].next_turn(now, member) {
            self.start(now, turn.case, member);
        }
        let mut u = self.uniform();
        for place in 0..self.stations[here].onward.len() {
            let (next, probability) = self.stations[here].onward[place];
            if choose(u, probability) {
                return self.ask(now, number, next);
            }
            u -= probability;
        }
    }

    /// Runs for a warm-up and then for a time that counts, both in units.
    fn run(&mut self, warm_up: f64, length: f64) -> Time {
        let start = Time::from_minutes((warm_up * UNIT) as u32);
        run_until(self, start);
        for pool in &mut self.pools {
            pool.restart_tallies(start);
        }
        for waiting in &mut self.waiting {
            waiting.restart(start.into());
        }
        let end = start.after((length * UNIT) as u32);
        run_until(self, end);
        end
    }
}

impl Model for Network {
    type Event = Event;

    fn calendar(&mut self) -> &mut Calendar<Event> {
        &mut self.calendar
    }

    fn handle(&mut self, now: Time, event: Event) {
        match event {
            Event::Arrival(stream) => {
                self.schedule_arrival(now, stream);
                let station = self.streams[stream].station;
                self.cases.push(Case {
                    stream,
                    station,
                    asked: now,
                    member: None,
                });
                self.ask(now, self.cases.len() as u32 - 1, station);
            }
            Event::ServiceEnd(case) => self.end(now, case),
        }
    }
}

/// How often and how long a network is run.
#[derive(Clone, Copy)]
struct Plan {
    seed: u64,
    replications: u32,
    /// Units of time before the count begins.
    warm_up: f64,
    /// Units of time that count.
    length: f64,
}

/// What `measure` finds at the end of each replication.
fn replicate<T>(
    plan: Plan,
    streams: &[Stream],
    stations: &[Station],
    measure: impl Fn(&Network, Time) -> T,
) -> Vec<T> {
    (0..plan.replications)
        .map(|replication| {
            let mut network = Network::new(streams, stations, plan.seed, replication);
            let end = network.run(plan.warm_up, plan.length);
            measure(&network, end)
        })
        .collect()
}

/// Mean waits of each stream: by Little's law the mean number over the rate.
fn mean_waits(plan: Plan, streams: &[Stream], stations: &[Station]) -> Vec<Estimate> {
    let runs = replicate(plan, streams, stations, |network, end| {
        let means = network
            .waiting
            .iter()
            .map(|waiting| waiting.mean(end.into()));
        means.collect::<Vec<f64>>()
    });
    let wait = |stream: usize| {
        let rate = streams[stream].rate;
        let waits: Vec<f64> = runs.iter().map(|means| means[stream] / rate).collect();
        Estimate::of(&waits, LEVEL).expect("there are replications")
    };
    (0..streams.len()).map(wait).collect()
}

fn assert_agrees(what: &str, estimate: &Estimate, exact: f64) {
    println!(
        "{what}: {:.4} ± {:.4}, exact {exact:.4}",
        estimate.mean, estimate.standard_error
    );
    assert!(
        estimate.low <= exact && exact <= estimate.high,
        "{what} is {exact}, but the runs say {} to {}",
        estimate.low,
        estimate.high
    );
}

/// Probability of waiting in M/M/c with an offered load in erlangs.
///
/// A. K. Erlang (1917), by the recursion of the loss formula: J. W. Cohen, *The
/// Single Server Queue*, 1982.
pub(crate) fn erlang_c(servers: usize, load: f64) -> f64 {
    let blocking = (1..=servers).fold(1.0, |blocking, n| {
        load * blocking / (n as f64 + load * blocking)
    });
    let busy = load / servers as f64;
    blocking / (1.0 - busy * (1.0 - blocking))
}

/// Mean wait in M/M/c.
fn mmc_wait(servers: usize, rate: f64, service: f64) -> f64 {
    erlang_c(servers, rate * service) * service / (servers as f64 - rate * service)
}

#[test]
fn erlang_c_is_that_of_the_tables() {
    // M/M/1 waits with probability rho; M/M/2 with 2 rho^2 / (1 + rho).
    assert!((erlang_c(1, 0.8) - 0.8).abs() < 1e-12);
    assert!((erlang_c(2, 1.5) - 2.0 * 0.75 * 0.75 / 1.75).abs() < 1e-12);
}

#[test]
fn one_server() {
    let plan = Plan {
        seed: 1,
        replications: 40,
        warm_up: 500.0,
        length: 4_000.0,
    };
    let waits = mean_waits(
        plan,
        &[stream(0.7)],
        &[station(1, Service::Exponential(1.0))],
    );
    assert_agrees("wait in M/M/1", &waits[0], 0.7 / 0.3);
}

#[test]
fn several_servers() {
    let plan = Plan {
        seed: 2,
        replications: 40,
        warm_up: 200.0,
        length: 1_000.0,
    };
    for (servers, rate) in [(2, 1.4), (5, 4.0), (20, 17.0)] {
        let waits = mean_waits(
            plan,
            &[stream(rate)],
            &[station(servers, Service::Exponential(1.0))],
        );
        assert_agrees(
            &format!("wait in M/M/{servers}"),
            &waits[0],
            mmc_wait(servers, rate, 1.0),
        );
    }
}

/// The formula of F. Pollaczek (1930) and A. Y. Khinchine (1932).
#[test]
fn one_server_with_any_service() {
    let plan = Plan {
        seed: 3,
        replications: 40,
        warm_up: 500.0,
        length: 4_000.0,
    };
    let lognormal = |square: f64| Service::LogNormal(LogNormal::from_mean_cv(1.0, square.sqrt()));
    for (name, service, squared_variation) in [
        ("M/D/1", Service::Constant(1.0), 0.0),
        ("M/G/1, wide", lognormal(2.0), 2.0),
        ("M/G/1, narrow", lognormal(0.25), 0.25),
    ] {
        let waits = mean_waits(plan, &[stream(0.6)], &[station(1, service)]);
        let exact = 0.6 * (1.0 + squared_variation) / (2.0 * (1.0 - 0.6));
        assert_agrees(&format!("wait in {name}"), &waits[0], exact);
    }
}

/// A. Cobham, "Priority assignment in waiting line problems", *Operations
/// Research* 2(1), 1954: with equal exponential services, several servers too.
#[test]
fn priorities() {
    let plan = Plan {
        seed: 4,
        replications: 40,
        warm_up: 400.0,
        length: 3_000.0,
    };
    for servers in [1, 3] {
        let capacity = servers as f64;
        let shares = [0.2, 0.3, 0.3];
        let streams: Vec<Stream> = Urgency::ALL
            .into_iter()
            .zip(shares)
            .map(|(urgency, share)| Stream {
                urgency,
                ..stream(share * capacity)
            })
            .collect();
        let waits = mean_waits(
            plan,
            &streams,
            &[station(servers, Service::Exponential(1.0))],
        );
        let mut higher = 0.0;
        for (urgency, share) in shares.into_iter().enumerate() {
            let exact = erlang_c(servers, 0.8 * capacity)
                / (capacity * (1.0 - higher) * (1.0 - higher - share));
            assert_agrees(
                &format!("wait of class {urgency} at {servers} servers"),
                &waits[urgency],
                exact,
            );
            higher += share;
        }
    }
}

/// Five stations in a row with returns, all 85 % busy: servers, mean service and
/// mean wait, and where cases go on to.
fn five_stations() -> (Vec<Station>, [f64; 5]) {
    let onward = |servers, service, onward: &[(usize, f64)]| Station {
        onward: onward.to_vec(),
        ..station(servers, Service::Exponential(service))
    };
    let stations = vec![
        onward(20, 1.596, &[(1, 0.5)]),
        onward(30, 4.788, &[(2, 0.4), (0, 0.1)]),
        onward(15, 5.985, &[(3, 0.8)]),
        onward(25, 12.468, &[(4, 0.7)]),
        onward(40, 28.5, &[(0, 0.1)]),
    ];
    // First visits and returns: r1 = 10 + 0.1 r2 + 0.1 r5, and so on.
    let first = 10.0 / (1.0 - 0.05 - 0.1 * 0.112);
    (
        stations,
        [1.0, 0.5, 0.2, 0.16, 0.112].map(|share| first * share),
    )
}

/// J. R. Jackson, "Networks of waiting lines", *Operations Research* 5(4), 1957:
/// each station by itself is M/M/c.
fn assert_jackson(plan: Plan) {
    let (stations, rates) = five_stations();
    let runs = replicate(plan, &[stream(10.0)], &stations, |network, end| {
        let mean = |pool: &Pool| {
            (
                pool.waiting().mean(end.into()),
                pool.reserved().mean(end.into()),
            )
        };
        network.pools.iter().map(mean).collect::<Vec<(f64, f64)>>()
    });
    let exact_waits = [0.2048, 0.3154, 1.1888, 1.1180, 1.1159];
    for (place, (station, rate)) in stations.iter().zip(rates).enumerate() {
        let Service::Exponential(service) = station.service else {
            panic!("services are exponential")
        };
        let exact = mmc_wait(station.members.len(), rate, service);
        assert!((exact - exact_waits[place]).abs() < 1e-3 * exact, "{exact}");
        let waits: Vec<f64> = runs.iter().map(|means| means[place].0 / rate).collect();
        let busy: Vec<f64> = runs.iter().map(|means| means[place].1).collect();
        let estimate =
            |values: &[f64]| Estimate::of(values, LEVEL).expect("there are replications");
        assert_agrees(
            &format!("wait at station {place}"),
            &estimate(&waits),
            exact,
        );
        assert_agrees(
            &format!("busy at station {place}"),
            &estimate(&busy),
            rate * service,
        );
    }
}

#[test]
fn network() {
    assert_jackson(Plan {
        seed: 5,
        replications: 20,
        warm_up: 600.0,
        length: 1_500.0,
    });
}

#[test]
#[ignore = "slow: run in release by .ci/run"]
fn network_run_long() {
    assert_jackson(Plan {
        seed: 6,
        replications: 100,
        warm_up: 1_000.0,
        length: 20_000.0,
    });
}

/// J. D. C. Little, "A proof for the queuing formula L = λW", *Operations
/// Research* 9(3), 1961, as an identity of one path: the integral of the number
/// waiting is the sum of the waits, as far as they fall inside the window.
#[test]
fn littles_law_holds_to_the_minute() {
    let (stations, _) = five_stations();
    let streams = [
        stream(5.0),
        Stream {
            urgency: Urgency::Urgent,
            ..stream(5.0)
        },
    ];
    let mut network = Network::new(&streams, &stations, 7, 0);
    let (warm_up, length) = (100.0, 300.0);
    let end = network.run(warm_up, length);
    let start = Time::from_minutes((warm_up * UNIT) as u32);

    let still_waiting = network
        .cases
        .iter()
        .filter(|case| case.member.is_none())
        .map(|case| (case.asked, end));
    let inside = |(from, to): (Time, Time)| i128::from(to.max(start).since(from.max(start)));
    let waited: i128 = network
        .waits
        .iter()
        .copied()
        .chain(still_waiting)
        .map(inside)
        .sum();
    let at_stations: i128 = network
        .pools
        .iter()
        .map(|pool| pool.waiting().integral(end.into()))
        .sum();
    let in_streams: i128 = network
        .waiting
        .iter()
        .map(|waiting| waiting.integral(end.into()))
        .sum();
    assert!(waited > 0);
    assert_eq!(at_stations, waited);
    assert_eq!(in_streams, waited);
}

/// Professionals with a bounded case load, whose cases come back to them after
/// each round and keep their place meanwhile: F. Campello, A. Ingolfsson and
/// R. A. Shumsky, "Queueing models of case managers", *European Journal of
/// Operational Research* 258(3), 2017.
///
/// A geometric number of exponential rounds is exponential, so that the wait
/// for a professional is that of M/M/c with every place in a case load a server.
#[test]
fn case_managers() {
    let (managers, case_load, rate, round, again) = (4, 5, 8.5, 0.5, 0.75);
    let team = Station {
        capacity: case_load,
        again,
        ..station(managers, Service::Exponential(round))
    };
    let plan = Plan {
        seed: 8,
        replications: 40,
        warm_up: 200.0,
        length: 1_500.0,
    };
    let waits = mean_waits(plan, &[stream(rate)], &[team]);
    let exact = mmc_wait(managers * case_load as usize, rate, round / (1.0 - again));
    assert_agrees("wait for a case manager", &waits[0], exact);
}

#[test]
fn four_small_teams_make_longer_waits_than_one() {
    let plan = Plan {
        seed: 9,
        replications: 40,
        warm_up: 200.0,
        length: 2_000.0,
    };
    let streams: Vec<Stream> = (0..4)
        .map(|station| Stream {
            station,
            ..stream(2.4)
        })
        .collect();
    let teams = vec![station(3, Service::Exponential(1.0)); 4];
    let split = mean_waits(plan, &streams, &teams);
    let whole = mean_waits(
        plan,
        &[stream(9.6)],
        &[station(12, Service::Exponential(1.0))],
    );
    for estimate in &split {
        assert_agrees("wait at a team of 3", estimate, mmc_wait(3, 2.4, 1.0));
        assert!(estimate.low > whole[0].high);
    }
    assert_agrees("wait at a team of 12", &whole[0], mmc_wait(12, 9.6, 1.0));
}

#[test]
fn generalists_make_shorter_waits_than_specialists() {
    let plan = Plan {
        seed: 10,
        replications: 40,
        warm_up: 200.0,
        length: 2_000.0,
    };
    let streams = [0, 1].map(|skill| Stream {
        skill,
        ..stream(3.2)
    });
    let team = |members: [Skills; 8]| Station {
        members: members.to_vec(),
        ..station(8, Service::Exponential(1.0))
    };
    let special = mean_waits(plan, &streams, &[team([1, 1, 1, 1, 2, 2, 2, 2])]);
    let general = mean_waits(plan, &streams, &[team([3; 8])]);
    for skill in 0..2 {
        assert_agrees(
            "wait for a specialist",
            &special[skill],
            mmc_wait(4, 3.2, 1.0),
        );
        assert_agrees(
            "wait for a generalist",
            &general[skill],
            mmc_wait(8, 6.4, 1.0),
        );
        assert!(general[skill].high < special[skill].low);
    }
}

/// Intervals of 95 % must miss the exact value one time in twenty: of 200, they
/// cover it 179 to 198 times but for one chance in a thousand (binomial, at most
/// 0.05 % in either tail).
#[test]
fn intervals_cover_as_often_as_they_say() {
    let exact = mmc_wait(2, 1.0, 1.0);
    let covers = |seed: u64| {
        let plan = Plan {
            seed,
            replications: 10,
            warm_up: 30.0,
            length: 400.0,
        };
        let runs = replicate(
            plan,
            &[stream(1.0)],
            &[station(2, Service::Exponential(1.0))],
            |network, end| network.waiting[0].mean(end.into()),
        );
        let estimate = Estimate::of(&runs, 0.95).expect("there are replications");
        estimate.low <= exact && exact <= estimate.high
    };
    let covered = (1000..1200).filter(|&seed| covers(seed)).count();
    println!("{covered} of 200 intervals cover the exact wait");
    assert!((179..=198).contains(&covered), "{covered} of 200");
}
