//! A 4-ary heap that knows the position of every event.

use super::{Event, EventList, pack, time_of};
use rvtsim::engine::{Priority, Time};

const ARITY: usize = 4;

struct Slot {
    event: Event,
    position: u32,
}

/// A 4-ary heap of packed keys with true moves in place.
pub struct IndexedHeap {
    heap: Vec<u128>,
    slots: Vec<Slot>,
    free: Vec<u32>,
    sequence: u64,
}

impl IndexedHeap {
    fn put(&mut self, position: usize, key: u128) {
        self.heap[position] = key;
        self.slots[key as u32 as usize].position = position as u32;
    }

    fn sift_up(&mut self, mut position: usize, key: u128) {
        while position > 0 {
            let parent = (position - 1) / ARITY;
            if self.heap[parent] <= key {
                break;
            }
            self.put(position, self.heap[parent]);
            position = parent;
        }
        self.put(position, key);
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
            self.put(position, self.heap[least]);
            position = least;
        }
        self.put(position, key);
    }
}

impl EventList for IndexedHeap {
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
            self.slots.push(Slot { event, position: 0 });
            self.slots.len() as u32 - 1
        });
        self.slots[slot as usize].event = event;
        let key = pack(at, priority, self.sequence, slot);
        self.sequence += 1;
        self.heap.push(key);
        self.sift_up(self.heap.len() - 1, key);
        slot
    }

    fn move_to(&mut self, slot: u32, at: Time, _event: Event) -> u32 {
        let position = self.slots[slot as usize].position as usize;
        let old = self.heap[position];
        let key = pack(at, Priority::Seize, self.sequence, slot);
        self.sequence += 1;
        if key < old {
            self.sift_up(position, key);
        } else {
            self.sift_down(position, key);
        }
        slot
    }

    fn pop(&mut self) -> Option<(Time, Event)> {
        let last = self.heap.pop()?;
        let first = match self.heap.first() {
            Some(&first) => {
                self.sift_down(0, last);
                first
            }
            None => last,
        };
        let slot = first as u32;
        self.free.push(slot);
        Some((time_of(first), self.slots[slot as usize].event))
    }
}
