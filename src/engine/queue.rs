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
///
/// Two lines, each in order: who came, and who was moved up from a lower
/// urgency. The latter are old; among many who came they would have to push in.
#[derive(Clone, Debug, Default)]
pub(super) struct Queue {
    /// Who has waited longest: looked at far more often than the lines change.
    head: Option<Waiting>,
    came: VecDeque<Waiting>,
    moved_up: VecDeque<Waiting>,
}

impl Queue {
    /// Adds a request that is younger than all others.
    pub fn push(&mut self, waiting: Waiting) {
        self.came.push_back(waiting);
        self.head.get_or_insert(waiting);
    }

    /// Adds a request from a lower urgency, in the order of age.
    pub fn move_up(&mut self, waiting: Waiting) {
        let line = &mut self.moved_up;
        let place = line.partition_point(|other| other.sequence < waiting.sequence);
        line.insert(place, waiting);
        self.find_head();
    }

    /// Who has waited longest.
    pub fn head(&self) -> Option<&Waiting> {
        self.head.as_ref()
    }

    /// Takes out who has waited longest.
    pub fn pop(&mut self) -> Option<Waiting> {
        let head = self.head?;
        let is_first = |one: &Waiting| one.sequence == head.sequence;
        let line = match self.came.front().is_some_and(is_first) {
            true => &mut self.came,
            false => &mut self.moved_up,
        };
        line.pop_front();
        drop_withdrawn(line);
        self.find_head();
        Some(head)
    }

    /// Takes out a request, if it waits here.
    pub fn take(&mut self, sequence: u64) -> Option<Waiting> {
        let taken = take(&mut self.came, sequence).or_else(|| take(&mut self.moved_up, sequence));
        self.find_head();
        taken
    }

    fn find_head(&mut self) {
        self.head = match (self.came.front(), self.moved_up.front()) {
            (Some(one), Some(other)) if other.sequence < one.sequence => Some(*other),
            (None, other) => other.copied(),
            (one, _) => one.copied(),
        };
    }
}

/// Takes a request out of a line.
fn take(line: &mut VecDeque<Waiting>, sequence: u64) -> Option<Waiting> {
    let place = line
        .binary_search_by_key(&sequence, |waiting| waiting.sequence)
        .ok()
        .filter(|&place| !line[place].withdrawn)?;
    let taken = line[place];
    line[place].withdrawn = true;
    drop_withdrawn(line);
    Some(taken)
}

/// Keeps the head of a line somebody who still waits.
fn drop_withdrawn(line: &mut VecDeque<Waiting>) {
    while line.front().is_some_and(|head| head.withdrawn) {
        line.pop_front();
    }
}
