//! The rules of the staff pools, whatever is asked of them.

use proptest::collection::vec;
use proptest::prelude::*;
use rvtsim::engine::{
    Answer, Limit, Member, Pool, Request, Skill, Skills, Ticket, Time, Urgency, Wish,
};

const SKILLS: Skill = 3;
const LIMIT: Limit = Limit([2000, 1500, 1000]);

/// What is done to a pool; members and requests are picked by number, modulo
/// their count.
#[derive(Clone, Debug)]
enum Step {
    Ask(Skill, Urgency, u32, usize),
    Finish(usize),
    Withdraw(usize),
    Promote(usize, Urgency),
    PromoteOlderThan(u32),
    Force(usize, u32),
    Leave(usize),
    Arrive(usize, u32),
}

fn urgency() -> impl Strategy<Value = Urgency> {
    proptest::sample::select(&Urgency::ALL[..])
}

fn step() -> impl Strategy<Value = Step> {
    let number = any::<usize>;
    prop_oneof![
        6 => (0..SKILLS, urgency(), 1..8u32, number())
            .prop_map(|(skill, urgency, amount, wish)| Step::Ask(skill, urgency, amount, wish)),
        4 => number().prop_map(Step::Finish),
        1 => number().prop_map(Step::Withdraw),
        1 => (number(), urgency()).prop_map(|(request, urgency)| Step::Promote(request, urgency)),
        1 => (0..60u32).prop_map(Step::PromoteOlderThan),
        1 => (number(), 1..8u32).prop_map(|(member, amount)| Step::Force(member, amount)),
        1 => number().prop_map(Step::Leave),
        1 => (number(), 1..12u32).prop_map(|(member, capacity)| Step::Arrive(member, capacity)),
    ]
}

/// A request that waits; in order of service by urgency, then by number.
#[derive(Clone, Copy, Debug)]
struct Waiting {
    request: Request,
    since: Time,
    ticket: Ticket,
}

/// A pool, and what should be in it.
struct Office {
    pool: Pool,
    skills: Vec<Skills>,
    waiting: Vec<Waiting>,
    /// What each member does.
    running: Vec<(Member, u32)>,
    n_asked: usize,
    n_started: usize,
    n_withdrawn: usize,
}

impl Office {
    fn new(members: &[(Skills, u32)]) -> Self {
        let mut pool = Pool::new(usize::from(SKILLS), LIMIT);
        for &(skills, capacity) in members {
            let member = pool.add_place(skills);
            pool.arrive(Time::ZERO, member, capacity);
        }
        Self {
            pool,
            skills: members.iter().map(|&(skills, _)| skills).collect(),
            waiting: Vec::new(),
            running: Vec::new(),
            n_asked: 0,
            n_started: 0,
            n_withdrawn: 0,
        }
    }

    fn members(&self) -> impl Iterator<Item = Member> + use<> {
        (0..self.skills.len() as u32).map(Member)
    }

    fn can(&self, member: Member, request: &Request) -> bool {
        self.skills[member.0 as usize] & (1 << request.skill) != 0
    }

    /// The request that a member is to take next.
    fn first_for(&self, member: Member) -> Option<Request> {
        let own = self.waiting.iter().map(|waiting| waiting.request);
        own.filter(|request| self.can(member, request))
            .min_by_key(|request| (request.urgency, request.case))
    }

    /// Whether a member has room beside what they have now.
    fn fits(&self, member: Member, request: &Request, amount: u32) -> bool {
        let most = self.pool.capacity_of(member) * LIMIT.0[request.urgency as usize] / 1000;
        self.pool.capacity_of(member) > 0 && self.pool.reserved_of(member) + amount <= most
    }

    /// Takes note that a member has just started a request that waits no more.
    fn start(&mut self, member: Member, request: Request) {
        assert!(self.can(member, &request), "they have the skill");
        assert!(request.wish != Wish::Not(member), "it is not who must not");
        assert!(
            self.fits(member, &request, 0),
            "nobody is filled past their limit"
        );
        let overtaken = self
            .first_for(member)
            .filter(|first| (first.urgency, first.case) < (request.urgency, request.case));
        assert_eq!(overtaken, None, "nobody is overtaken");
        self.running.push((member, request.amount));
        self.n_started += 1;
    }

    fn take(&mut self, case: u32) -> Waiting {
        let place = self
            .waiting
            .iter()
            .position(|waiting| waiting.request.case == case);
        self.waiting
            .remove(place.expect("only those who wait get a turn"))
    }

    fn ask(&mut self, now: Time, request: Request) {
        self.n_asked += 1;
        match self.pool.ask(now, request) {
            Answer::Started(member) => {
                self.start(member, request);
            }
            Answer::Waiting(ticket) => self.waiting.push(Waiting {
                request,
                since: now,
                ticket,
            }),
        }
    }

    /// Gives turns to everybody until nobody takes one.
    fn serve(&mut self, now: Time) {
        let mut again = true;
        while again {
            again = false;
            for member in self.members() {
                while let Some(turn) = self.pool.next_turn(now, member) {
                    let waiting = self.take(turn.case);
                    assert_eq!(turn.amount, waiting.request.amount);
                    self.start(member, waiting.request);
                    again = true;
                }
            }
        }
        for member in self.members() {
            if let Some(first) = self.first_for(member) {
                let may_start =
                    first.wish != Wish::Not(member) && self.fits(member, &first, first.amount);
                assert!(!may_start, "nobody waits for {member:?} who could start");
            }
        }
    }

    fn assert_conserved(&self) {
        assert_eq!(
            self.n_asked,
            self.n_started + self.waiting.len() + self.n_withdrawn
        );
        assert_eq!(self.pool.waiting().value(), self.waiting.len() as i64);
        let (mut reserved, mut capacity) = (0, 0);
        for member in self.members() {
            let own = self.running.iter().filter(|&&(other, _)| other == member);
            assert_eq!(
                self.pool.reserved_of(member),
                own.map(|&(_, amount)| amount).sum::<u32>()
            );
            reserved += i64::from(self.pool.reserved_of(member));
            capacity += i64::from(self.pool.capacity_of(member));
        }
        assert_eq!(self.pool.reserved().value(), reserved);
        assert_eq!(self.pool.capacity().value(), capacity);
    }

    fn step(&mut self, now: Time, step: Step) {
        let member = |number: usize| Member((number % self.skills.len()) as u32);
        match step {
            Step::Ask(skill, urgency, amount, wish) => {
                let wish = match wish % 4 {
                    0 => Wish::Rather(member(wish / 4)),
                    1 => Wish::Not(member(wish / 4)),
                    _ => Wish::Any,
                };
                let case = self.n_asked as u32;
                self.ask(
                    now,
                    Request {
                        case,
                        skill,
                        urgency,
                        amount,
                        wish,
                    },
                );
            }
            Step::Finish(number) if !self.running.is_empty() => {
                let (member, amount) = self.running.swap_remove(number % self.running.len());
                self.pool.release(now, member, amount);
            }
            Step::Withdraw(number) if !self.waiting.is_empty() => {
                let waiting = self.waiting.remove(number % self.waiting.len());
                assert!(self.pool.withdraw(now, waiting.ticket));
                assert!(!self.pool.withdraw(now, waiting.ticket), "once is enough");
                self.n_withdrawn += 1;
            }
            Step::Promote(number, urgency) if !self.waiting.is_empty() => {
                let place = number % self.waiting.len();
                let waiting = &mut self.waiting[place];
                self.pool.promote(now, waiting.ticket, urgency);
                waiting.request.urgency = waiting.request.urgency.min(urgency);
            }
            Step::PromoteOlderThan(minutes) => {
                let moment = Time::from_minutes(minutes);
                let mut n_old = 0;
                for waiting in &mut self.waiting {
                    if waiting.request.urgency == Urgency::Regular && waiting.since < moment {
                        waiting.request.urgency = Urgency::Urgent;
                        n_old += 1;
                    }
                }
                assert_eq!(self.pool.promote_older_than(now, moment), n_old);
            }
            Step::Force(number, amount) => {
                let member = member(number);
                self.pool.force(now, member, amount);
                self.running.push((member, amount));
            }
            Step::Leave(number) => {
                let leaver = member(number);
                let own = self
                    .running
                    .extract_if(.., |&mut (other, _)| other == leaver);
                let held: u32 = own.map(|(_, amount)| amount).sum();
                assert_eq!(
                    self.pool.leave(now, leaver),
                    held,
                    "they give back what they held"
                );
                assert_eq!(self.pool.reserved_of(leaver), 0);
            }
            Step::Arrive(number, capacity) => self.pool.arrive(now, member(number), capacity),
            Step::Finish(_) | Step::Withdraw(_) | Step::Promote(..) => {}
        }
    }
}

proptest! {
    #![proptest_config(ProptestConfig { cases: 200, failure_persistence: None, ..Default::default() })]

    /// Limits are kept, skills and wishes respected, nobody is overtaken by a
    /// smaller or later request, nobody waits who could start, nothing is lost.
    #[test]
    fn the_rules_hold(
        members in vec((0..1u32 << SKILLS, 1..12u32), 1..6),
        steps in vec(step(), 1..120),
    ) {
        let mut office = Office::new(&members);
        for (minute, step) in steps.into_iter().enumerate() {
            let now = Time::from_minutes(minute as u32);
            office.step(now, step);
            office.serve(now);
            office.assert_conserved();
        }
    }
}
