//! The heap of the standard library.

use std::cmp::Reverse;
use std::collections::BinaryHeap;

use super::lazy_heap::Slot;
use super::{Event, EventList, pack, time_of};
use rvtsim::engine::{Priority, Time};

/// A binary heap of packed keys with lazy deletion, swept when more than half
/// of it is stale.
pub struct LazyBinaryHeap {
    heap: BinaryHeap<Reverse<u128>>,
    slots: Vec<Slot>,
    free: Vec<u32>,
    sequence: u64,
}

impl EventList for LazyBinaryHeap {
    type Handle = u32;

    fn new() -> Self {
        Self {
            heap: BinaryHeap::new(),
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
        self.heap.push(Reverse(key));
        slot
    }

    fn move_to(&mut self, slot: u32, at: Time, _event: Event) -> u32 {
        let key = pack(at, Priority::Seize, self.sequence, slot);
        self.sequence += 1;
        self.slots[slot as usize].key = key;
        self.heap.push(Reverse(key));
        if self.heap.len() > 2 * (self.slots.len() - self.free.len()) {
            let slots = &self.slots;
            self.heap
                .retain(|&Reverse(key)| slots[key as u32 as usize].key == key);
        }
        slot
    }

    fn pop(&mut self) -> Option<(Time, Event)> {
        loop {
            let Reverse(first) = self.heap.pop()?;
            let slot = self.slots[first as u32 as usize];
            if slot.key == first {
                self.slots[first as u32 as usize].key = 0;
                self.free.push(first as u32);
                return Some((time_of(first), slot.event));
            }
        }
    }
}
