//! The households of a region, each under the number of its coming.
//!
//! A run may be as long as one likes; a record that nothing can happen to any more is given up,
//! and written over by that of a newcomer. So memory grows with the households in sight, and not
//! with all that ever were. Numbers are not used again: whoever goes through the households
//! meets them in the order of their coming.

use std::ops::{Index, IndexMut};

use super::household::{Household, NOBODY};

/// The households of a region, and where the record of each is.
#[derive(Clone, Debug, Default)]
pub(super) struct Register {
    records: Vec<Household>,
    /// By number; [`NOBODY`] of whom the record has been given up.
    places: Vec<u32>,
    /// Places of records that have been given up.
    free: Vec<u32>,
}

impl Register {
    /// Makes room for so many records more, and not for twice as many when they grow.
    pub fn reserve(&mut self, n_more: usize) {
        self.records.reserve_exact(n_more);
    }

    /// Adds a household; says its number.
    pub fn add(&mut self, household: Household) -> u32 {
        let place = match self.free.pop() {
            Some(place) => {
                self.records[place as usize] = household;
                place
            }
            None => {
                self.records.push(household);
                (self.records.len() - 1) as u32
            }
        };
        self.places.push(place);
        (self.places.len() - 1) as u32
    }

    /// Gives up the record of a household.
    ///
    /// # Panics
    /// If that has been done before.
    pub fn give_up(&mut self, household: u32) {
        let place = std::mem::replace(&mut self.places[household as usize], NOBODY);
        assert_ne!(place, NOBODY, "a record is given up once");
        self.free.push(place);
    }

    /// Whether there is a record of it still.
    pub fn holds(&self, household: u32) -> bool {
        self.places[household as usize] != NOBODY
    }

    /// How many households there have been: the next number.
    pub fn len(&self) -> usize {
        self.places.len()
    }

    /// How many records there are, those included that wait for a newcomer.
    #[cfg(test)]
    pub fn n_records(&self) -> usize {
        self.records.len()
    }

    /// The households of which there is a record, each with its number.
    pub fn iter(&self) -> impl Iterator<Item = (u32, &Household)> {
        let all = (0..).zip(&self.places);
        all.filter(|&(_, &place)| place != NOBODY)
            .map(|(number, &place)| (number, &self.records[place as usize]))
    }
}

impl Index<usize> for Register {
    type Output = Household;

    fn index(&self, household: usize) -> &Household {
        &self.records[self.places[household] as usize]
    }
}

impl IndexMut<usize> for Register {
    fn index_mut(&mut self, household: usize) -> &mut Household {
        &mut self.records[self.places[household] as usize]
    }
}
