//! The lines of waiting requests in a staff pool.

use std::collections::VecDeque;

use super::{Time, Urgency, Wish};

/// A request in a queue; a withdrawn one stays until it is at the head.
#[derive(Clone, Copy, Debug)]
pub(super) struct Waiting {
    pub sequence: u64,
    pub since: Time,
    pub case: u32,
    pub amount: u32,
    pub wish: Wish,
    pub withdrawn: bool,
}

/// The request that somebody would have to serve first.
#[derive(Clone, Copy, Debug)]
pub(super) struct First {
    pub urgency: Urgency,
    pub skill: usize,
    pub amount: u32,
    pub wish: Wish,
}

/// The waiting requests of one skill and urgency, the longest waiting first.
#[derive(Clone, Debug, Default)]
pub(super) struct Queue {
    pub line: VecDeque<Waiting>,
}

impl Queue {
    /// Keeps the head of the line somebody who still waits.
    pub fn drop_withdrawn_head(&mut self) {
        while self.line.front().is_some_and(|head| head.withdrawn) {
            self.line.pop_front();
        }
    }

    /// Where a request stands that still waits.
    pub fn find(&self, sequence: u64) -> Option<usize> {
        self.line
            .binary_search_by_key(&sequence, |waiting| waiting.sequence)
            .ok()
            .filter(|&index| !self.line[index].withdrawn)
    }
}
