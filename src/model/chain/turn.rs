//! Whose turn it is: requests that can start now that room has come free.

use super::{ActivityId, Chain};
use crate::engine::Member;

/// Where in this event somebody who waits may have got their turn.
#[derive(Clone, Debug, Default)]
pub(crate) struct Turns {
    /// Places at which room may have come free.
    freed: Vec<(u16, Member)>,
    /// Pools whose queue has changed other than by a turn.
    moved: Vec<u16>,
}

impl Turns {
    /// Room may have come free at a place of a pool.
    #[inline]
    pub fn come_free(&mut self, pool: u16, member: Member) {
        self.freed.push((pool, member));
    }

    /// A request has left the queue of a pool, or moved up in it.
    pub fn move_queue(&mut self, pool: u16) {
        self.moved.push(pool);
        self.come_free(pool, Member(0));
    }

    /// Whether the queue of a pool has changed since it was last asked.
    #[inline]
    fn has_moved(&mut self, pool: u16) -> bool {
        let n_before = self.moved.len();
        self.moved.retain(|&moved| moved != pool);
        self.moved.len() < n_before
    }
}

impl Chain {
    /// Gives back what a member had reserved; somebody who waits may take it.
    pub(crate) fn release(&mut self, pool: u16, member: Member, amount: u32) {
        self.pools[usize::from(pool)].release(self.now, member, amount);
        self.turns.come_free(pool, member);
    }

    /// Lets whoever waits start where room has come free, or the queue has changed.
    pub(crate) fn serve_waiting(&mut self) {
        while let Some((pool, member)) = self.turns.freed.pop() {
            let index = usize::from(pool);
            if self.places[index].is_empty() {
                continue;
            }
            let mut has_moved = false;
            while let Some(turn) = self.pools[index].next_turn(self.now, member) {
                has_moved = true;
                self.begin(ActivityId(turn.case), self.professional_at(pool, member));
            }
            if self.turns.has_moved(pool) || has_moved {
                while let Some((member, turn)) = self.pools[index].next_turn_of_any(self.now) {
                    self.begin(ActivityId(turn.case), self.professional_at(pool, member));
                }
            }
        }
    }
}
