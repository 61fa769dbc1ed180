//! Staff pools: activities reserve hours a week of individual members.
//!
//! A pool is a team at one place. A member has a capacity [minutes a week] and
//! a set of skills. A request asks for one member with one skill and an amount
//! [minutes a week]; it starts as soon as such a member has that much room
//! left, and waits otherwise.
//!
//! **Order of service.** Requests wait by urgency, and inside an urgency first
//! come, first served. A request never overtakes one that is ahead of it and
//! that the same member could serve: a small request does not slip past a
//! large one. A member takes the first waiting request that he has the skill
//! for; if it does not fit in his room, or asks for somebody else, he takes none.
//! Whenever a request has left the queue, by a turn, a withdrawal or a
//! promotion, the one behind it may suit another member: the caller asks
//! [`next_turn_of_any`](Pool::next_turn_of_any) until it says `None`.
//!
//! **Room.** A member may be filled to a limit that depends on the urgency:
//! [`Limit`] says how far. Work that cannot wait is [`forced`](Pool::force)
//! and may go past every limit; the load is then above 100 %.
//!
//! **Leaving.** A member who leaves hands back everything that he had
//! reserved; what happens to the work in hand is the model's to say, because
//! only the model knows whose work it was. The place stays and can be filled
//! again by [`arrive`](Pool::arrive).

use std::collections::VecDeque;

use super::Time;
use crate::stats::TimeWeighted;

/// A place in a pool, vacant or filled.
#[derive(Clone, Copy, PartialEq, Eq, Hash, Debug)]
pub struct Member(pub u32);

/// What a member can do, or a request needs: the number of a bit in [`Skills`].
pub type Skill = u8;

/// A set of at most 32 skills.
pub type Skills = u32;

/// How pressing a request is; the first is served first.
#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Debug)]
pub enum Urgency {
    /// Cannot wait.
    Crisis,
    /// Goes before regular work.
    Urgent,
    /// All other work.
    Regular,
}

impl Urgency {
    /// Every urgency, in order of service.
    pub const ALL: [Urgency; 3] = [Urgency::Crisis, Urgency::Urgent, Urgency::Regular];
}

/// How far members may be filled, by urgency [thousandths of capacity].
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub struct Limit(pub [u32; 3]);

impl Limit {
    /// Everybody up to his capacity and no further.
    pub const FULL: Limit = Limit([1000; 3]);
}

/// A request for one member.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub struct Request {
    /// The caller's own number for what is to be started.
    pub case: u32,
    /// What the member must be able to do.
    pub skill: Skill,
    /// Its place among the waiting.
    pub urgency: Urgency,
    /// What it reserves while it runs [minutes a week].
    pub amount: u32,
    /// Who is to do it, or not.
    pub wish: Wish,
}

/// What a request wants to know about who does it.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub enum Wish {
    /// Anybody.
    Any,
    /// This member, if he has room when the request is made.
    Rather(Member),
    /// Anybody but this member.
    Not(Member),
}

impl Wish {
    fn allows(self, member: Member) -> bool {
        self != Wish::Not(member)
    }
}

/// Names a waiting request, so that it can be withdrawn or promoted.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub struct Ticket {
    skill: Skill,
    sequence: u64,
}

/// What became of a request when it was made.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub enum Answer {
    /// This member has reserved the amount.
    Started(Member),
    /// Nobody who may take it has room.
    Waiting(Ticket),
}

/// A waiting request whose turn has come.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub struct Turn {
    /// The caller's number of the request.
    pub case: u32,
    /// What has been reserved for it [minutes a week].
    pub amount: u32,
}

#[derive(Clone, Copy, Debug)]
struct Place {
    capacity: u32,
    reserved: u32,
    skills: Skills,
}

#[derive(Clone, Copy, Debug)]
struct Waiting {
    sequence: u64,
    since: Time,
    case: u32,
    amount: u32,
    wish: Wish,
    withdrawn: bool,
}

/// The waiting requests of one skill and urgency, the longest waiting first.
#[derive(Clone, Debug, Default)]
struct Queue {
    line: VecDeque<Waiting>,
}

impl Queue {
    fn drop_withdrawn_head(&mut self) {
        while self.line.front().is_some_and(|head| head.withdrawn) {
            self.line.pop_front();
        }
    }

    fn find(&self, sequence: u64) -> Option<usize> {
        self.line
            .binary_search_by_key(&sequence, |waiting| waiting.sequence)
            .ok()
            .filter(|&index| !self.line[index].withdrawn)
    }
}

/// A team at one place: its members and those who wait for them.
#[derive(Clone, Debug)]
pub struct Pool {
    limit: Limit,
    places: Vec<Place>,
    /// One queue for every (urgency, skill), urgency first.
    queues: [Vec<Queue>; 3],
    /// Which skills somebody waits for, by urgency.
    wanted: [Skills; 3],
    next_sequence: u64,
    waiting: TimeWeighted,
    reserved: TimeWeighted,
    capacity: TimeWeighted,
}

impl Pool {
    /// An empty pool at time zero, for skills `0..n_skills`.
    ///
    /// # Panics
    /// With more than 32 skills.
    pub fn new(n_skills: usize, limit: Limit) -> Self {
        assert!(n_skills <= 32, "a pool knows at most 32 skills");
        let line = || vec![Queue::default(); n_skills];
        Pool {
            limit,
            places: Vec::new(),
            queues: [line(), line(), line()],
            wanted: [0; 3],
            next_sequence: 0,
            waiting: TimeWeighted::new(0, 0),
            reserved: TimeWeighted::new(0, 0),
            capacity: TimeWeighted::new(0, 0),
        }
    }

    /// Adds a vacant place for somebody with these skills.
    pub fn add_place(&mut self, skills: Skills) -> Member {
        let member = Member(self.places.len() as u32);
        self.places.push(Place {
            capacity: 0,
            reserved: 0,
            skills,
        });
        member
    }

    /// Changes what whoever is at this place can do.
    pub fn set_skills(&mut self, member: Member, skills: Skills) {
        self.places[member.0 as usize].skills = skills;
    }

    /// Sets what the person at this place can do in a week \[minutes\]: he
    /// arrives, or works more or fewer hours from now on.
    ///
    /// Whoever waits does not start by itself: ask [`next_turn`](Self::next_turn).
    pub fn arrive(&mut self, now: Time, member: Member, capacity: u32) {
        let place = &mut self.places[member.0 as usize];
        let change = i64::from(capacity) - i64::from(place.capacity);
        place.capacity = capacity;
        self.capacity.add(now.into(), change);
    }

    /// Empties a place and gives back what its member had reserved [minutes a week].
    pub fn leave(&mut self, now: Time, member: Member) -> u32 {
        self.arrive(now, member, 0);
        let place = &mut self.places[member.0 as usize];
        let reserved = std::mem::take(&mut place.reserved);
        self.reserved.add(now.into(), -i64::from(reserved));
        reserved
    }

    /// Starts a request if somebody may take it now, and queues it otherwise.
    ///
    /// Who may take it has the skill and the room, and nobody is waiting ahead
    /// whom he could serve. Among those the preferred member is chosen, else the
    /// one with the most room, else (ties) the first.
    pub fn ask(&mut self, now: Time, request: Request) -> Answer {
        match self.free_member(&request) {
            Some(member) => {
                self.reserve(now, member, request.amount);
                Answer::Started(member)
            }
            None => Answer::Waiting(self.enqueue(now, &request)),
        }
    }

    /// The next waiting request that this member may start, with its amount
    /// already reserved; call again until it says `None`.
    pub fn next_turn(&mut self, now: Time, member: Member) -> Option<Turn> {
        let place = self.places[member.0 as usize];
        if place.capacity == 0 {
            return None;
        }
        for urgency in Urgency::ALL {
            let Some(skill) = self.longest_waiting(urgency, place.skills) else {
                continue;
            };
            let queue = &mut self.queues[urgency as usize][skill];
            let head = queue.line[0];
            if !head.wish.allows(member) || head.amount > room(&place, self.limit, urgency) {
                return None;
            }
            queue.line.pop_front();
            self.after_removal(now, urgency, skill);
            self.reserve(now, member, head.amount);
            return Some(Turn {
                case: head.case,
                amount: head.amount,
            });
        }
        None
    }

    /// The next turn of any member, the first place first: when a request has
    /// left the queue, whoever stood behind it may be served by others.
    pub fn next_turn_of_any(&mut self, now: Time) -> Option<(Member, Turn)> {
        let wanted = self.wanted[0] | self.wanted[1] | self.wanted[2];
        let least = self.least_wanted()?;
        (0..self.places.len()).find_map(|index| {
            let place = self.places[index];
            // Whoever has no room for the smallest of the first in line is passed over.
            let may_take = place.skills & wanted != 0
                && Urgency::ALL
                    .iter()
                    .any(|&urgency| room(&place, self.limit, urgency) >= least);
            let member = Member(index as u32);
            may_take
                .then(|| self.next_turn(now, member))
                .flatten()
                .map(|turn| (member, turn))
        })
    }

    /// The smallest amount among the first in line; nothing if nobody waits.
    fn least_wanted(&self) -> Option<u32> {
        Urgency::ALL
            .iter()
            .filter(|&&urgency| self.wanted[urgency as usize] != 0)
            .flat_map(|&urgency| &self.queues[urgency as usize])
            .filter_map(|queue| queue.line.front())
            .map(|head| head.amount)
            .min()
    }

    /// Takes a waiting request out of the queue; says whether it was still waiting.
    pub fn withdraw(&mut self, now: Time, ticket: Ticket) -> bool {
        let skill = usize::from(ticket.skill);
        for urgency in Urgency::ALL {
            let queue = &mut self.queues[urgency as usize][skill];
            if let Some(index) = queue.find(ticket.sequence) {
                queue.line[index].withdrawn = true;
                self.after_removal(now, urgency, skill);
                return true;
            }
        }
        false
    }

    /// Moves a waiting request up to `urgency`, in the order in which all of
    /// that urgency were made; does nothing if it waits there or higher.
    pub fn promote(&mut self, now: Time, ticket: Ticket, urgency: Urgency) {
        let skill = usize::from(ticket.skill);
        for from in Urgency::ALL {
            if from <= urgency {
                continue;
            }
            let queue = &mut self.queues[from as usize][skill];
            if let Some(index) = queue.find(ticket.sequence) {
                let moved = queue.line[index];
                queue.line[index].withdrawn = true;
                self.after_removal(now, from, skill);
                let line = &mut self.queues[urgency as usize][skill].line;
                let place = line.partition_point(|other| other.sequence < moved.sequence);
                line.insert(place, moved);
                self.wanted[urgency as usize] |= 1 << skill;
                self.waiting.add(now.into(), 1);
                return;
            }
        }
    }

    /// Makes regular requests urgent that have waited since before `moment`;
    /// says how many.
    pub fn promote_older_than(&mut self, now: Time, moment: Time) -> usize {
        let mut n_promoted = 0;
        for skill in 0..self.queues[0].len() {
            while let Some(head) = self.queues[Urgency::Regular as usize][skill].line.front()
                && head.since < moment
            {
                let ticket = Ticket {
                    skill: skill as Skill,
                    sequence: head.sequence,
                };
                self.promote(now, ticket, Urgency::Urgent);
                n_promoted += 1;
            }
        }
        n_promoted
    }

    /// Reserves for this member, whatever his room and whoever waits.
    pub fn force(&mut self, now: Time, member: Member, amount: u32) {
        self.reserve(now, member, amount);
    }

    /// Gives back what had been reserved of this member [minutes a week].
    ///
    /// # Panics
    /// If more is given back than was reserved.
    pub fn release(&mut self, now: Time, member: Member, amount: u32) {
        let reserved = &mut self.places[member.0 as usize].reserved;
        *reserved = reserved
            .checked_sub(amount)
            .expect("a member gives back no more than he had reserved");
        self.reserved.add(now.into(), -i64::from(amount));
    }

    /// The wished member with the skill, else the one who has most room or is
    /// least above his capacity; nobody if all such places are vacant.
    pub fn roomiest(&self, skill: Skill, wish: Wish) -> Option<Member> {
        if let Wish::Rather(member) = wish
            && self.is_able(member, skill)
        {
            return Some(member);
        }
        self.most_spare(|member, _| wish.allows(member) && self.is_able(member, skill))
    }

    /// Whether the member at this place has the skill and is not away.
    pub fn is_able(&self, member: Member, skill: Skill) -> bool {
        let place = &self.places[member.0 as usize];
        place.capacity > 0 && place.skills & (1 << skill) != 0
    }

    /// What the member can do in a week \[minutes\]; zero at a vacant place.
    pub fn capacity_of(&self, member: Member) -> u32 {
        self.places[member.0 as usize].capacity
    }

    /// What is reserved of the member [minutes a week].
    pub fn reserved_of(&self, member: Member) -> u32 {
        self.places[member.0 as usize].reserved
    }

    /// The number of places, vacant ones included.
    pub fn n_places(&self) -> usize {
        self.places.len()
    }

    /// The number of vacant places.
    pub fn n_vacant(&self) -> usize {
        self.places
            .iter()
            .filter(|place| place.capacity == 0)
            .count()
    }

    /// How many requests wait, through time.
    pub fn waiting(&self) -> &TimeWeighted {
        &self.waiting
    }

    /// What is reserved [minutes a week], through time.
    pub fn reserved(&self) -> &TimeWeighted {
        &self.reserved
    }

    /// What is available [minutes a week], through time.
    pub fn capacity(&self) -> &TimeWeighted {
        &self.capacity
    }

    /// How long the longest waiting request has waited [minutes].
    pub fn longest_wait(&self, now: Time) -> u32 {
        self.queues
            .iter()
            .flatten()
            .filter_map(|queue| queue.line.front())
            .map(|head| now.since(head.since))
            .max()
            .unwrap_or(0)
    }

    /// Forgets the history of the tallies, not the present: the end of a warm-up.
    pub fn restart_tallies(&mut self, now: Time) {
        self.waiting.restart(now.into());
        self.reserved.restart(now.into());
        self.capacity.restart(now.into());
    }

    fn free_member(&self, request: &Request) -> Option<Member> {
        let need = 1 << request.skill;
        let mut ahead = 0;
        for urgency in 0..=request.urgency as usize {
            ahead |= self.wanted[urgency];
        }
        if ahead & need != 0 {
            return None;
        }
        let may_take = |index: usize, place: &Place| {
            place.skills & need != 0
                && request.wish.allows(Member(index as u32))
                && place.skills & ahead == 0
                && place.capacity > 0
                && room(place, self.limit, request.urgency) >= request.amount
        };
        if let Wish::Rather(member) = request.wish
            && may_take(member.0 as usize, &self.places[member.0 as usize])
        {
            return Some(member);
        }
        self.most_spare(|member, place| may_take(member.0 as usize, place))
    }

    /// The first of the members with most room among those who qualify.
    fn most_spare(&self, qualifies: impl Fn(Member, &Place) -> bool) -> Option<Member> {
        let mut best: Option<(Member, i64)> = None;
        for (index, place) in self.places.iter().enumerate() {
            let member = Member(index as u32);
            let spare = i64::from(place.capacity) - i64::from(place.reserved);
            if best.is_none_or(|(_, most)| spare > most) && qualifies(member, place) {
                best = Some((member, spare));
            }
        }
        best.map(|(member, _)| member)
    }

    fn enqueue(&mut self, now: Time, request: &Request) -> Ticket {
        let sequence = self.next_sequence;
        self.next_sequence += 1;
        let urgency = request.urgency as usize;
        self.queues[urgency][usize::from(request.skill)]
            .line
            .push_back(Waiting {
                sequence,
                since: now,
                case: request.case,
                amount: request.amount,
                wish: request.wish,
                withdrawn: false,
            });
        self.wanted[urgency] |= 1 << request.skill;
        self.waiting.add(now.into(), 1);
        Ticket {
            skill: request.skill,
            sequence,
        }
    }

    /// The skill, among these, whose queue at this urgency has the oldest head.
    fn longest_waiting(&self, urgency: Urgency, skills: Skills) -> Option<usize> {
        let mut wanted = self.wanted[urgency as usize] & skills;
        let mut oldest: Option<(u64, usize)> = None;
        while wanted != 0 {
            let skill = wanted.trailing_zeros() as usize;
            wanted &= wanted - 1;
            let sequence = self.queues[urgency as usize][skill].line[0].sequence;
            if oldest.is_none_or(|(least, _)| sequence < least) {
                oldest = Some((sequence, skill));
            }
        }
        oldest.map(|(_, skill)| skill)
    }

    fn after_removal(&mut self, now: Time, urgency: Urgency, skill: usize) {
        let queue = &mut self.queues[urgency as usize][skill];
        queue.drop_withdrawn_head();
        if queue.line.is_empty() {
            self.wanted[urgency as usize] &= !(1 << skill);
        }
        self.waiting.add(now.into(), -1);
    }

    fn reserve(&mut self, now: Time, member: Member, amount: u32) {
        self.places[member.0 as usize].reserved += amount;
        self.reserved.add(now.into(), i64::from(amount));
    }
}

/// What may still be reserved of a member for work of this urgency [minutes a week].
fn room(place: &Place, limit: Limit, urgency: Urgency) -> u32 {
    let most = u64::from(place.capacity) * u64::from(limit.0[urgency as usize]) / 1000;
    (most as u32).saturating_sub(place.reserved)
}

#[cfg(test)]
mod tests {
    use super::*;

    const NOW: Time = Time::ZERO;

    fn request(case: u32, skill: Skill, urgency: Urgency, amount: u32) -> Request {
        Request {
            case,
            skill,
            urgency,
            amount,
            wish: Wish::Any,
        }
    }

    fn pool_of(members: &[(u32, Skills)]) -> (Pool, Vec<Member>) {
        let mut pool = Pool::new(4, Limit::FULL);
        let members = members
            .iter()
            .map(|&(capacity, skills)| {
                let member = pool.add_place(skills);
                pool.arrive(NOW, member, capacity);
                member
            })
            .collect();
        (pool, members)
    }

    #[test]
    fn most_room_first_then_the_first_place() {
        let (mut pool, members) = pool_of(&[(100, 1), (200, 1)]);
        let take = |pool: &mut Pool| pool.ask(NOW, request(0, 0, Urgency::Regular, 100));
        assert_eq!(take(&mut pool), Answer::Started(members[1]));
        assert_eq!(take(&mut pool), Answer::Started(members[0]));
        assert_eq!(take(&mut pool), Answer::Started(members[1]));
        assert!(matches!(take(&mut pool), Answer::Waiting(_)));
    }

    #[test]
    fn a_small_request_does_not_slip_past_a_large_one() {
        let (mut pool, members) = pool_of(&[(100, 1)]);
        pool.force(NOW, members[0], 60);
        assert!(matches!(
            pool.ask(NOW, request(1, 0, Urgency::Regular, 80)),
            Answer::Waiting(_)
        ));
        assert!(matches!(
            pool.ask(NOW, request(2, 0, Urgency::Regular, 10)),
            Answer::Waiting(_)
        ));
        assert_eq!(pool.next_turn(NOW, members[0]), None);
        pool.release(NOW, members[0], 60);
        assert_eq!(
            pool.next_turn(NOW, members[0]).map(|turn| turn.case),
            Some(1)
        );
        assert_eq!(
            pool.next_turn(NOW, members[0]).map(|turn| turn.case),
            Some(2)
        );
    }

    #[test]
    fn urgent_goes_first_and_a_promoted_request_keeps_its_age() {
        let (mut pool, members) = pool_of(&[(100, 1)]);
        pool.force(NOW, members[0], 100);
        let Answer::Waiting(old) = pool.ask(NOW, request(1, 0, Urgency::Regular, 50)) else {
            panic!("nobody has room")
        };
        pool.ask(NOW, request(2, 0, Urgency::Urgent, 50));
        pool.promote(NOW, old, Urgency::Urgent);
        pool.release(NOW, members[0], 100);
        let order: Vec<u32> = std::iter::from_fn(|| pool.next_turn(NOW, members[0]))
            .map(|turn| turn.case)
            .collect();
        assert_eq!(order, [1, 2]);
    }

    #[test]
    fn a_withdrawn_request_never_starts() {
        let (mut pool, members) = pool_of(&[(100, 1)]);
        pool.force(NOW, members[0], 100);
        let Answer::Waiting(ticket) = pool.ask(NOW, request(1, 0, Urgency::Regular, 50)) else {
            panic!("nobody has room")
        };
        assert!(pool.withdraw(NOW, ticket));
        assert!(!pool.withdraw(NOW, ticket));
        pool.release(NOW, members[0], 100);
        assert_eq!(pool.next_turn(NOW, members[0]), None);
        assert_eq!(pool.waiting().value(), 0);
    }

    #[test]
    fn a_generalist_serves_who_waits_longest() {
        let (mut pool, members) = pool_of(&[(100, 0b11)]);
        pool.force(NOW, members[0], 100);
        pool.ask(NOW, request(1, 1, Urgency::Regular, 50));
        pool.ask(NOW, request(2, 0, Urgency::Regular, 50));
        pool.release(NOW, members[0], 100);
        assert_eq!(
            pool.next_turn(NOW, members[0]).map(|turn| turn.case),
            Some(1)
        );
    }

    #[test]
    fn a_leaver_gives_back_all_that_he_had_reserved() {
        let (mut pool, members) = pool_of(&[(100, 1)]);
        pool.force(NOW, members[0], 130);
        assert_eq!(pool.leave(NOW, members[0]), 130);
        assert_eq!((pool.reserved().value(), pool.capacity().value()), (0, 0));
        assert!(matches!(
            pool.ask(NOW, request(1, 0, Urgency::Regular, 1)),
            Answer::Waiting(_)
        ));
    }

    #[test]
    fn urgent_work_may_fill_a_member_further() {
        let mut pool = Pool::new(1, Limit([1000, 1200, 1000]));
        let member = pool.add_place(1);
        pool.arrive(NOW, member, 100);
        pool.force(NOW, member, 100);
        assert!(matches!(
            pool.ask(NOW, request(1, 0, Urgency::Regular, 20)),
            Answer::Waiting(_)
        ));
        assert_eq!(
            pool.ask(NOW, request(2, 0, Urgency::Urgent, 20)),
            Answer::Started(member)
        );
    }
}
