//! A place in a pool, and what the places with the same skills have in common.

use super::tournament::{NOBODY, Tournament};
use super::{Skills, Urgency};

/// Where somebody works, or nobody at the moment.
#[derive(Clone, Copy, Debug)]
pub(super) struct Place {
    /// What its member can do in a week \[minutes\]; 0 where there is none.
    pub capacity: u32,
    /// How far it may be filled, by urgency.
    pub most: [u32; 3],
    /// What has been reserved of it \[minutes a week\].
    pub reserved: u32,
    /// What its member can do, or all of them.
    pub skills: Skills,
    /// Where these skills stand among those of the pool.
    pub kind: u16,
}

impl Place {
    /// A place where nobody works yet.
    pub fn vacant(skills: Skills, kind: u16) -> Self {
        Place {
            capacity: 0,
            most: [0; 3],
            reserved: 0,
            skills,
            kind,
        }
    }

    /// What may still be reserved for work of this urgency [minutes a week].
    pub fn room(&self, urgency: Urgency) -> u32 {
        self.most[urgency as usize].saturating_sub(self.reserved)
    }

    /// What is left of the capacity, or how far it has been passed [minutes a week].
    pub fn spare(&self) -> i64 {
        match self.capacity {
            0 => NOBODY,
            capacity => i64::from(capacity) - i64::from(self.reserved),
        }
    }
}

/// Members with the same skills.
#[derive(Clone, Debug)]
pub(super) struct Kind {
    /// The skills.
    pub skills: Skills,
    /// What each of them has to spare [minutes a week], by place in the pool.
    pub spare: Tournament,
}

impl Kind {
    /// A kind of which nobody is there yet, in a pool with so many places.
    pub fn new(skills: Skills, n_places: usize) -> Self {
        Kind {
            skills,
            spare: Tournament::new(n_places.max(1)),
        }
    }

    /// Keeps in mind what the member at a place has to spare [minutes a week], or that they are not
    /// of this kind.
    pub fn note(&mut self, place: usize, spare: i64) {
        self.spare.set(place, spare);
    }
}
