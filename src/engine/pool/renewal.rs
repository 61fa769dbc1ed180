//! A pool that begins anew: other people, and the queue as it was.

use crate::engine::{Limit, Pool, Queued, Request, Ticket, Time, Urgency};

impl Pool {
    /// Forgets the history of the tallies, not the present: the end of a warm-up.
    pub fn restart_tallies(&mut self, now: Time) {
        self.waiting.restart(now.into());
        self.reserved.restart(now.into());
        self.capacity.restart(now.into());
    }

    /// Everybody goes, with what was reserved of them, and whoever waits is handed back, the longest waiting first.
    ///
    /// What was measured through time stays, and goes on with the places that are added from now on.
    pub fn clear(&mut self, now: Time, limit: Limit) -> Vec<Queued> {
        let mut queued: Vec<(u64, Queued)> = Vec::new();
        for (urgency, line) in Urgency::ALL.into_iter().zip(&mut self.queues) {
            for queue in line {
                while let Some(waiting) = queue.pop() {
                    let one = Queued {
                        case: waiting.case,
                        urgency,
                        since: waiting.since,
                    };
                    queued.push((waiting.sequence, one));
                }
            }
        }
        queued.sort_by_key(|&(sequence, _)| sequence);
        for tally in [&mut self.waiting, &mut self.reserved, &mut self.capacity] {
            tally.set(now.into(), 0);
        }
        *self = Pool {
            waiting: self.waiting.clone(),
            reserved: self.reserved.clone(),
            capacity: self.capacity.clone(),
            next_sequence: self.next_sequence,
            ..Pool::new(self.queues[0].len(), limit)
        };
        queued.into_iter().map(|(_, one)| one).collect()
    }

    /// Queues a request that has waited since an earlier moment, behind all that were queued before it.
    pub fn queue_again(&mut self, now: Time, request: &Request, since: Time) -> Ticket {
        self.enqueue(now, request, since)
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::engine::{Answer, Turn, Wish};

    #[test]
    fn who_waits_is_handed_back_by_age_and_served_by_others() {
        let day = Time::from_days;
        let mut pool = Pool::new(2, Limit::FULL);
        let request = |case, skill, urgency| Request {
            case,
            skill,
            urgency,
            amount: 10,
            wish: Wish::Any,
        };
        let member = pool.add_place(0b11);
        pool.arrive(day(0), member, 10);
        assert_eq!(
            pool.ask(day(0), request(0, 0, Urgency::Regular)),
            Answer::Started(member)
        );
        pool.ask(day(1), request(1, 1, Urgency::Regular));
        pool.ask(day(2), request(2, 0, Urgency::Urgent));
        let queued = pool.clear(day(4), Limit::FULL);
        let known: Vec<_> = queued.iter().map(|one| (one.case, one.since)).collect();
        assert_eq!(known, [(1, day(1)), (2, day(2))]);
        assert_eq!((pool.waiting().value(), pool.reserved().value()), (0, 0));
        let other = pool.add_place(0b11);
        pool.arrive(day(4), other, 20);
        for one in &queued {
            pool.queue_again(day(4), &request(one.case, 0, one.urgency), one.since);
        }
        assert_eq!(pool.longest_wait(day(5)), 4 * 24 * 60);
        let turn = |case| Some(Turn { case, amount: 10 });
        assert_eq!(pool.next_turn(day(5), other), turn(2));
        assert_eq!(pool.next_turn(day(5), other), turn(1));
        // Four days of one who was busy, one day in which two were waited for.
        let per_day = 24 * 60;
        assert_eq!(pool.reserved().integral(day(5).into()), 40 * per_day);
        assert_eq!(pool.capacity().integral(day(5).into()), 60 * per_day);
        assert_eq!(pool.waiting().integral(day(5).into()), 7 * per_day);
    }
}
