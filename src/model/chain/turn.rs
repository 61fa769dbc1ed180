//! Whose turn it is: requests that can start now that room has come free.

use super::{ActivityId, Chain};
use crate::engine::Member;

impl Chain {
    /// Gives back what a member had reserved; somebody who waits may take it.
    pub(crate) fn release(&mut self, pool: u16, member: Member, amount: u32) {
        self.pools[usize::from(pool)].release(self.now, member, amount);
        self.freed.push((pool, member));
    }

    /// A request has left the queue of a pool, or moved up in it.
    pub(crate) fn queue_moved(&mut self, pool: u16) {
        self.moved_queues.push(pool);
        self.freed.push((pool, Member(0)));
    }

    /// Lets whoever waits start where room has come free, or the queue has changed.
    pub(crate) fn serve_waiting(&mut self) {
        while let Some((pool, member)) = self.freed.pop() {
            let index = usize::from(pool);
            if self.places[index].is_empty() {
                continue;
            }
            let mut has_moved = false;
            while let Some(turn) = self.pools[index].next_turn(self.now, member) {
                has_moved = true;
                self.begin(ActivityId(turn.case), self.professional_at(pool, member));
            }
            if has_moved || self.moved_queues.contains(&pool) {
                self.moved_queues.retain(|&moved| moved != pool);
                while let Some((member, turn)) = self.pools[index].next_turn_of_any(self.now) {
                    self.begin(ActivityId(turn.case), self.professional_at(pool, member));
                }
            }
        }
    }
}
