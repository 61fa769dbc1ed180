//! The register of households: who has been seen, who may have an open case, and whose record is free.
//!
//! A household that is out of sight, and that nothing to come names any more, gives its record to the next who comes.

use std::ops::{Index, IndexMut, Range};

use super::household::{FRONT_BYTES, Household};
use crate::engine::{fetch, fetch_start};

/// The number of a household's record, as long as it is in sight.
#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Debug)]
pub struct HouseholdId(pub u32);

impl HouseholdId {
    /// No household: the work is nobody's in particular.
    pub const NOBODY: Self = HouseholdId(u32::MAX);
}

/// How many households ahead their records are asked for.
const FETCHED_AHEAD: usize = 8;

/// The records of all households.
#[derive(Clone, Debug, Default)]
pub(crate) struct Households {
    records: Vec<Household>,
    /// Records for whoever comes next.
    free: Vec<HouseholdId>,
    /// Out of sight, and something has come to its end in this event.
    departing: Vec<HouseholdId>,
    /// Those with an open case, and those whose case was closed since they were last looked through: what is looked
    /// through every quarter, and not all households.
    maybe_open: Vec<HouseholdId>,
    n_seen: u32,
    n_cases: u64,
}

impl Households {
    /// None yet, with the memory of others who are no more.
    pub fn in_room(mut room: Vec<Household>) -> Self {
        room.clear();
        Households {
            records: room,
            ..Households::default()
        }
    }

    /// Their memory, for others.
    pub fn into_room(self) -> Vec<Household> {
        self.records
    }

    /// Makes room for as many as will be in sight.
    pub fn reserve(&mut self, n: usize) {
        self.records.reserve_exact(n);
    }

    /// Registers who comes, in a free record if they may have one.
    pub fn add(&mut self, mut home: Household, may_reuse: bool) -> HouseholdId {
        home.number = self.n_seen;
        self.n_seen += 1;
        match self.free.pop_if(|_| may_reuse) {
            Some(id) => {
                let record = &mut self[id];
                home.is_listed = record.is_listed;
                *record = home;
                id
            }
            None => {
                self.records.push(home);
                HouseholdId(self.n_records() - 1)
            }
        }
    }

    /// A case of it is opened.
    #[inline]
    pub fn open_case(&mut self, id: HouseholdId) {
        self.n_cases += 1;
        if !std::mem::replace(&mut self[id].is_listed, true) {
            self.maybe_open.push(id);
        }
    }

    /// Shows every household with an open case.
    pub fn look_through_open(&mut self, mut what: impl FnMut(&Household)) {
        let listed = std::mem::take(&mut self.maybe_open);
        for (index, &id) in listed.iter().enumerate() {
            if let Some(&later) = listed.get(index + FETCHED_AHEAD) {
                fetch_start(&self[later], FRONT_BYTES);
            }
            let home = &mut self[id];
            home.is_listed = home.case.is_open;
            if home.is_listed {
                what(home);
                self.maybe_open.push(id);
            }
        }
    }

    /// Something is to come that names it.
    #[inline]
    pub fn expect(&mut self, id: HouseholdId) {
        self[id].n_to_come += 1;
    }

    /// Something is there, or at its end, that was to come and named it.
    #[inline]
    pub fn has_come(&mut self, id: HouseholdId) {
        let home = &mut self[id];
        home.n_to_come -= 1;
        if home.has_left {
            self.departing.push(id);
        }
    }

    /// It goes out of sight.
    pub fn depart(&mut self, id: HouseholdId) {
        self[id].has_left = true;
        self.departing.push(id);
    }

    /// At the end of an event: gives up the records of households that are out of sight, and that nothing names any
    /// more, unless somebody wants to read about them.
    #[inline]
    pub fn give_up_records(&mut self, watched: &Range<u32>) {
        while let Some(id) = self.departing.pop() {
            if self[id].n_to_come == 0 && !watched.contains(&id.0) {
                self.free.push(id);
            }
        }
    }

    /// How many records there are.
    pub fn n_records(&self) -> u32 {
        self.records.len() as u32
    }

    /// How many have ever been seen, and how many cases have been opened; those of the stock included.
    pub fn n_seen(&self) -> u32 {
        self.n_seen
    }

    pub fn n_cases(&self) -> u64 {
        self.n_cases
    }

    /// Every record with its number, also of those who are out of sight.
    pub fn iter(&self) -> impl Iterator<Item = (HouseholdId, &Household)> {
        (0..).map(HouseholdId).zip(&self.records)
    }

    pub fn iter_mut(&mut self) -> impl Iterator<Item = &mut Household> {
        self.records.iter_mut()
    }

    /// Every number of a record.
    pub fn ids(&self) -> impl Iterator<Item = HouseholdId> + use<> {
        (0..self.n_records()).map(HouseholdId)
    }

    /// Those in sight, in the order of their coming, whatever record each has.
    pub fn in_order_of_coming(&self) -> Vec<HouseholdId> {
        let mut in_order = vec![None; self.n_seen as usize];
        for (id, home) in self.iter().filter(|(_, home)| !home.has_left) {
            in_order[home.number as usize] = Some(id);
        }
        in_order.into_iter().flatten().collect()
    }

    /// Asks for the whole record of a household, if it is one.
    #[inline]
    pub fn fetch(&self, id: HouseholdId) {
        if let Some(home) = self.records.get(id.0 as usize) {
            fetch(home);
        }
    }

    /// What does not hold of the register: a record free twice or too early, or a case that is not listed.
    pub fn faults(&self) -> Vec<String> {
        let mut faults = Vec::new();
        let mut is_free = vec![false; self.records.len()];
        for &id in &self.free {
            let home = &self[id];
            if std::mem::replace(&mut is_free[id.0 as usize], true) {
                faults.push("a household's record is free twice".to_owned());
            }
            if !home.has_left || home.n_to_come > 0 {
                faults.push(format!("the record {} is free, and not done with", id.0));
            }
        }
        for (id, home) in self.iter() {
            if home.is_listed != self.maybe_open.contains(&id) {
                faults.push(format!(
                    "household {}: listed and not there, or the other way about",
                    id.0
                ));
            }
            if home.case.is_open && !home.is_listed {
                faults.push(format!(
                    "household {}: open, and not among those who may be",
                    id.0
                ));
            }
        }
        faults
    }
}

impl Index<HouseholdId> for Households {
    type Output = Household;

    #[inline]
    fn index(&self, id: HouseholdId) -> &Household {
        &self.records[id.0 as usize]
    }
}

impl IndexMut<HouseholdId> for Households {
    #[inline]
    fn index_mut(&mut self, id: HouseholdId) -> &mut Household {
        &mut self.records[id.0 as usize]
    }
}
