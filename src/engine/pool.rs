//! Staff pools: activities reserve hours a week of individual members.
//!
//! A pool is a team at one place. A member has a capacity [minutes a week] and a set of skills. A request asks for one
//! member with one skill and an amount [minutes a week]; it starts as soon as such a member has that much room left,
//! and waits otherwise.
//!
//! **Order of service.** Requests wait by urgency, and inside an urgency first come, first served. A request never
//! overtakes one that is ahead of it and that the same member could serve: a small request does not slip past a large
//! one. A member takes the first waiting request that they have the skill for; if it does not fit in their room, or asks for
//! somebody else, they take none. Whenever a request has left the queue, by a turn, a withdrawal or a promotion, the one
//! behind it may suit another member: the caller asks [`next_turn_of_any`](Pool::next_turn_of_any) until it says
//! `None`.
//!
//! **Room.** A member may be filled to a limit that depends on the urgency: [`Limit`] says how far. Work that cannot
//! wait is [`forced`](Pool::force) and may go past every limit; the load is then above 100 %.
//!
//! **Leaving.** A member who leaves hands back everything that they had reserved; what happens to the work in hand is the
//! model's to say, because only the model knows whose work it was. The place stays and can be filled again by
//! [`arrive`](Pool::arrive).

mod renewal;

use std::cmp::Reverse;

use super::place::{Kind, Place};
use super::queue::{First, Queue, Waiting};
use super::tournament::NOBODY;
use super::{Answer, Limit, Member, Request, Skill, Skills, Ticket, Time, Turn, Urgency, Wish};
use crate::stats::TimeWeighted;

/// A team at one place: its members and those who wait for them.
#[derive(Clone, Debug)]
pub struct Pool {
    limit: Limit,
    places: Vec<Place>,
    /// The different sets of skills in the pool.
    kinds: Vec<Kind>,
    /// How far the largest capacity so far may be passed, by urgency [minutes a week].
    beyond: [u32; 3],
    /// One queue for every (urgency, skill), urgency first.
    queues: [Vec<Queue>; 3],
    /// Which skills somebody waits for, by urgency.
    wanted: [Skills; 3],
    next_sequence: u64,
    /// Whose room has changed since it was last noted. Who gives back what they had reserved often takes the next request
    /// at once; only when others are looked at has it to be right.
    unnoted: Option<Member>,
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
            kinds: Vec::new(),
            beyond: [0; 3],
            queues: [line(), line(), line()],
            wanted: [0; 3],
            next_sequence: 0,
            unnoted: None,
            waiting: TimeWeighted::new(0, 0),
            reserved: TimeWeighted::new(0, 0),
            capacity: TimeWeighted::new(0, 0),
        }
    }

    /// Adds a vacant place for somebody with these skills.
    pub fn add_place(&mut self, skills: Skills) -> Member {
        let member = Member(self.places.len() as u32);
        let kind = self.kind_of(skills);
        self.places.push(Place::vacant(skills, kind));
        for kind in &mut self.kinds {
            kind.spare.widen(self.places.len());
        }
        member
    }

    fn kind_of(&mut self, skills: Skills) -> u16 {
        let kind = self.kinds.iter().position(|known| known.skills == skills);
        kind.unwrap_or_else(|| {
            self.kinds.push(Kind::new(skills, self.places.len()));
            self.kinds.len() - 1
        }) as u16
    }

    /// Changes what whoever is at this place can do.
    pub fn set_skills(&mut self, member: Member, skills: Skills) {
        self.note_spare();
        let kind = self.kind_of(skills);
        let place = &mut self.places[member.0 as usize];
        let before = std::mem::replace(&mut place.kind, kind);
        place.skills = skills;
        self.kinds[usize::from(before)].note(member.0 as usize, NOBODY);
        self.spare_changed(member);
    }

    /// A member has more or less to spare than before.
    fn spare_changed(&mut self, member: Member) {
        if self.unnoted != Some(member) {
            self.note_spare();
            self.unnoted = Some(member);
        }
    }

    /// Notes what the member whose room has changed has to spare now; whoever looks at all members calls this first.
    fn note_spare(&mut self) {
        if let Some(member) = self.unnoted.take() {
            let place = &self.places[member.0 as usize];
            self.kinds[usize::from(place.kind)].note(member.0 as usize, place.spare());
        }
    }

    /// Sets what the person at this place can do in a week \[minutes\]: they arrive, or work more or fewer hours from
    /// now on.
    ///
    /// Whoever waits does not start by itself: ask [`next_turn`](Self::next_turn).
    pub fn arrive(&mut self, now: Time, member: Member, capacity: u32) {
        let place = &mut self.places[member.0 as usize];
        let change = i64::from(capacity) - i64::from(place.capacity);
        place.capacity = capacity;
        place.most = self.limit.of(capacity);
        for (beyond, most) in self.beyond.iter_mut().zip(place.most) {
            *beyond = most.saturating_sub(capacity).max(*beyond);
        }
        self.capacity.add(now.into(), change);
        self.spare_changed(member);
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
    /// Who may take it has the skill and the room, and nobody is waiting ahead whom they could serve. Among those the
    /// preferred member is chosen, else the one with the most room, else (ties) the first.
    pub fn ask(&mut self, now: Time, request: Request) -> Answer {
        match self.free_member(&request) {
            Some(member) => {
                self.force(now, member, request.amount);
                Answer::Started(member)
            }
            None => Answer::Waiting(self.enqueue(now, &request, now)),
        }
    }

    /// The next waiting request that this member may start, with its amount already reserved; call again until it says
    /// `None`.
    pub fn next_turn(&mut self, now: Time, member: Member) -> Option<Turn> {
        let place = self.places[member.0 as usize];
        let first = self.first_in_line(place.skills)?;
        self.may_start(member, &place, &first)
            .then(|| self.start(now, member, &first))
    }

    /// The next turn of any member, the first place first: when a request has left the queue, whoever stood behind it
    /// may be served by others.
    pub fn next_turn_of_any(&mut self, now: Time) -> Option<(Member, Turn)> {
        if self.wanted == [0; 3] {
            return None;
        }
        self.note_spare();
        // Members with the same skills look at the same first in line.
        let turns = self.kinds.iter().filter_map(|kind| {
            let first = self.first_in_line(kind.skills)?;
            let least = self.least_spare(first.urgency, first.amount);
            let mut from = 0;
            while let Some(place) = kind.spare.first_with(least, from) {
                let member = Member(place as u32);
                if self.may_start(member, &self.places[place], &first) {
                    return Some((member, first));
                }
                from = place + 1;
            }
            None
        });
        let (member, first) = turns.min_by_key(|&(member, _)| member.0)?;
        Some((member, self.start(now, member, &first)))
    }

    /// Who has less to spare than this has no room for so much work [minutes a week].
    fn least_spare(&self, urgency: Urgency, amount: u32) -> i64 {
        match amount {
            0 => NOBODY + 1,
            _ => i64::from(amount) - i64::from(self.beyond[urgency as usize]),
        }
    }

    /// Whom somebody with these skills would have to serve first.
    fn first_in_line(&self, skills: Skills) -> Option<First> {
        Urgency::ALL.into_iter().find_map(|urgency| {
            let mut wanted = self.wanted[urgency as usize] & skills;
            let mut oldest: Option<(&Waiting, usize)> = None;
            while wanted != 0 {
                let skill = wanted.trailing_zeros() as usize;
                wanted &= wanted - 1;
                let head = self.queues[urgency as usize][skill].head();
                let head = head.expect("somebody waits for what is wanted");
                if oldest.is_none_or(|(least, _)| head.sequence < least.sequence) {
                    oldest = Some((head, skill));
                }
            }
            oldest.map(|(head, skill)| First {
                urgency,
                skill,
                amount: head.amount,
                wish: head.wish,
            })
        })
    }

    fn may_start(&self, member: Member, place: &Place, first: &First) -> bool {
        place.capacity > 0 && first.amount <= place.room(first.urgency) && first.wish.allows(member)
    }

    fn start(&mut self, now: Time, member: Member, first: &First) -> Turn {
        let queue = &mut self.queues[first.urgency as usize][first.skill];
        let head = queue.pop().expect("somebody is first in line");
        self.after_removal(now, first.urgency, first.skill);
        self.force(now, member, head.amount);
        Turn {
            case: head.case,
            amount: head.amount,
        }
    }

    /// Takes a waiting request out of the queue; says whether it was still waiting.
    pub fn withdraw(&mut self, now: Time, ticket: Ticket) -> bool {
        let skill = usize::from(ticket.skill);
        for urgency in Urgency::ALL {
            let queue = &mut self.queues[urgency as usize][skill];
            if queue.take(ticket.sequence).is_some() {
                self.after_removal(now, urgency, skill);
                return true;
            }
        }
        false
    }

    /// Moves a waiting request up to `urgency`, in the order in which all of that urgency were made; does nothing if it
    /// waits there or higher.
    pub fn promote(&mut self, now: Time, ticket: Ticket, urgency: Urgency) {
        let skill = usize::from(ticket.skill);
        for from in Urgency::ALL {
            if from <= urgency {
                continue;
            }
            let queue = &mut self.queues[from as usize][skill];
            if let Some(moved) = queue.take(ticket.sequence) {
                self.after_removal(now, from, skill);
                self.queues[urgency as usize][skill].move_up(moved);
                self.wanted[urgency as usize] |= 1 << skill;
                self.waiting.add(now.into(), 1);
                return;
            }
        }
    }

    /// Makes regular requests urgent that have waited since before `moment`; says how many.
    pub fn promote_older_than(&mut self, now: Time, moment: Time) -> usize {
        let mut n_promoted = 0;
        for skill in 0..self.queues[0].len() {
            while self.wanted[Urgency::Regular as usize] & (1 << skill) != 0
                && let Some(head) = self.queues[Urgency::Regular as usize][skill].head()
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

    /// Reserves for this member, whatever their room and whoever waits.
    pub fn force(&mut self, now: Time, member: Member, amount: u32) {
        self.change(now, member, 0, amount);
    }

    /// Gives back what had been reserved of this member [minutes a week].
    ///
    /// # Panics
    /// If more is given back than was reserved.
    pub fn release(&mut self, now: Time, member: Member, amount: u32) {
        self.change(now, member, amount, 0);
    }

    /// Reserves another amount instead of one [minutes a week], whatever the member's room and whoever waits.
    ///
    /// # Panics
    /// If more is given back than was reserved.
    pub fn change(&mut self, now: Time, member: Member, before: u32, amount: u32) {
        let reserved = &mut self.places[member.0 as usize].reserved;
        *reserved = reserved
            .checked_sub(before)
            .expect("a member gives back no more than they had reserved")
            + amount;
        let change = i64::from(amount) - i64::from(before);
        self.reserved.add(now.into(), change);
        self.spare_changed(member);
    }

    /// The wished member with the skill, else the one who has most room or is least above their capacity; nobody if all
    /// such places are vacant.
    pub fn roomiest(&mut self, skill: Skill, wish: Wish) -> Option<Member> {
        if let Wish::Rather(member) = wish
            && self.is_able(member, skill)
        {
            return Some(member);
        }
        self.note_spare();
        let suits = |skills: Skills| skills & (1 << skill) != 0;
        self.most_spare(NOBODY, suits, |member| {
            wish.allows(member) && self.is_able(member, skill)
        })
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
        let vacant = self.places.iter().filter(|place| place.capacity == 0);
        vacant.count()
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

    /// How long the longest waiting request has waited \[minutes\].
    pub fn longest_wait(&self, now: Time) -> u32 {
        let heads = self.queues.iter().flatten().filter_map(Queue::head);
        heads.map(|head| now.since(head.since)).max().unwrap_or(0)
    }

    fn free_member(&mut self, request: &Request) -> Option<Member> {
        let need = 1 << request.skill;
        let mut ahead = 0;
        for urgency in 0..=request.urgency as usize {
            ahead |= self.wanted[urgency];
        }
        if ahead & need != 0 {
            return None;
        }
        self.note_spare();
        let suits = |skills: Skills| skills & need != 0 && skills & ahead == 0;
        let may_take = |member: Member| {
            let place = &self.places[member.0 as usize];
            suits(place.skills)
                && request.wish.allows(member)
                && place.capacity > 0
                && place.room(request.urgency) >= request.amount
        };
        if let Wish::Rather(member) = request.wish
            && may_take(member)
        {
            return Some(member);
        }
        let least = self.least_spare(request.urgency, request.amount);
        self.most_spare(least, suits, may_take)
    }

    /// The first of the members with most to spare among those who qualify; who has less than `least`, or skills that
    /// do not suit, does not.
    fn most_spare(
        &self,
        least: i64,
        suits: impl Fn(Skills) -> bool,
        qualifies: impl Fn(Member) -> bool,
    ) -> Option<Member> {
        let kinds = self.kinds.iter().filter(|kind| suits(kind.skills));
        let first = kinds.map(|kind| kind.spare.first()).max()?;
        if first.value() < least || first.value() == NOBODY {
            return None;
        }
        let first = Member(first.place() as u32);
        if qualifies(first) {
            return Some(first);
        }
        // They are not wished for, or the work may fill others further than them.
        let members = (0..self.places.len() as u32).map(Member);
        members
            .filter(|&member| qualifies(member))
            .min_by_key(|&member| Reverse(self.places[member.0 as usize].spare()))
    }

    fn enqueue(&mut self, now: Time, request: &Request, since: Time) -> Ticket {
        let sequence = self.next_sequence;
        self.next_sequence += 1;
        let urgency = request.urgency as usize;
        self.queues[urgency][usize::from(request.skill)].push(Waiting {
            sequence,
            since,
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

    fn after_removal(&mut self, now: Time, urgency: Urgency, skill: usize) {
        if self.queues[urgency as usize][skill].head().is_none() {
            self.wanted[urgency as usize] &= !(1 << skill);
        }
        self.waiting.add(now.into(), -1);
    }
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
