//! The ordered set of the standard library.

use std::collections::BTreeSet;

use super::lazy_heap::Slot;
use super::{Event, EventList, pack, time_of};
use rvtsim::engine::{Priority, Time};

/// A B-tree of packed keys with true deletion.
pub struct Tree {
    tree: BTreeSet<u128>,
    slots: Vec<Slot>,
    free: Vec<u32>,
    sequence: u64,
}

impl EventList for Tree {
    type Handle = u32;

    fn new() -> Self {
        Self {
            tree: BTreeSet::new(),
            slots: Vec::new(),
            free: Vec::new(),
            sequence: 0,
        }
    }

    fn schedule(&mut self, at: Time, priority: Priority, event: Event) -> u32 {
        let slot = self.free.pop().unwrap_or_else(|| {
            self.slots.push(Slot { event, key: 0 });
            self.slots.len() as u32 - 1
        });
        let key = pack(at, priority, self.sequence, slot);
        self.sequence += 1;
        self.slots[slot as usize] = Slot { event, key };
        self.tree.insert(key);
        slot
    }

    fn move_to(&mut self, slot: u32, at: Time, _event: Event) -> u32 {
        let key = pack(at, Priority::Seize, self.sequence, slot);
        self.sequence += 1;
        let old = std::mem::replace(&mut self.slots[slot as usize].key, key);
        self.tree.remove(&old);
        self.tree.insert(key);
        slot
    }

    fn pop(&mut self) -> Option<(Time, Event)> {
        let first = self.tree.pop_first()?;
        let slot = first as u32;
        self.free.push(slot);
        Some((time_of(first), self.slots[slot as usize].event))
    }
}
