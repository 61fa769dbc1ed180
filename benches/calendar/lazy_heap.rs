//! A 4-ary heap that leaves what was moved or cancelled where it is.

use super::{Event, EventList, pack, time_of};
use rvtsim::engine::{Priority, Time};

const ARITY: usize = 4;

/// An event with the only key by which it is still meant.
#[derive(Clone, Copy)]
pub struct Slot {
    /// The event.
    pub event: Event,
    /// Its present key.
    pub key: u128,
}

/// A 4-ary heap of packed keys with lazy deletion, swept when more than half
/// of it is stale.
pub struct LazyHeap {
    heap: Vec<u128>,
    slots: Vec<Slot>,
    free: Vec<u32>,
    sequence: u64,
}

impl LazyHeap {
    fn push(&mut self, key: u128) {
        let mut position = self.heap.len();
        self.heap.push(key);
        while position > 0 {
            let parent = (position - 1) / ARITY;
            if self.heap[parent] <= key {
                break;
            }
            self.heap[position] = self.heap[parent];
            position = parent;
        }
        self.heap[position] = key;
    }

    fn sift_down(&mut self, mut position: usize, key: u128) {
        loop {
            let first = position * ARITY + 1;
            let last = (first + ARITY).min(self.heap.len());
            let Some(least) = (first..last).min_by_key(|&child| self.heap[child]) else {
                break;
            };
            if self.heap[least] >= key {
                break;
            }
            self.heap[position] = self.heap[least];
            position = least;
        }
        self.heap[position] = key;
    }

    fn sweep(&mut self) {
        let slots = &self.slots;
        self.heap
            .retain(|&key| slots[key as u32 as usize].key == key);
        for position in (0..self.heap.len().div_ceil(ARITY)).rev() {
            self.sift_down(position, self.heap[position]);
        }
    }
}

impl EventList for LazyHeap {
    type Handle = u32;

    fn new() -> Self {
        Self {
            heap: Vec::new(),
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
        self.push(key);
        slot
    }

    fn move_to(&mut self, slot: u32, at: Time, _event: Event) -> u32 {
        let key = pack(at, Priority::Seize, self.sequence, slot);
        self.sequence += 1;
        self.slots[slot as usize].key = key;
        self.push(key);
        if self.heap.len() > 2 * (self.slots.len() - self.free.len()) {
            self.sweep();
        }
        slot
    }

    fn pop(&mut self) -> Option<(Time, Event)> {
        loop {
            let last = self.heap.pop()?;
            let first = match self.heap.first() {
                Some(&first) => {
                    self.sift_down(0, last);
                    first
                }
                None => last,
            };
            let slot = self.slots[first as u32 as usize];
            if slot.key == first {
                self.slots[first as u32 as usize].key = 0;
                self.free.push(first as u32);
                return Some((time_of(first), slot.event));
            }
        }
    }
}
