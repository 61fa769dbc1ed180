//! The address of a draw.

use super::philox2x64;

/// All chance of one region in one replication.
///
/// The seed is the key of [`philox2x64`]; replication, region and entity are
/// the bit fields of its first counter word, purpose and index those of its
/// second. Nothing is hashed, so no two addresses of one seed share a block.
///
/// # Examples
///
/// ```
/// use rvtsim::random::Chance;
///
/// let family = Chance::new(2026, 1, 19).of(7);
/// // The same question has the same answer, whoever asks, and in whatever order.
/// assert_eq!(family.uniform(3, 0), family.uniform(3, 0));
/// assert_ne!(family.uniform(3, 0), family.uniform(3, 1));
/// ```
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Chance {
    key: u64,
    /// Replication (24 bits), region (8 bits) and room for the entity (32).
    place: u64,
}

impl Chance {
    /// The chance of `region` in `replication`, under `seed`.
    ///
    /// # Panics
    ///
    /// When `replication` is 2²⁴ (16 777 216) or more.
    #[inline]
    #[must_use]
    pub const fn new(seed: u64, replication: u32, region: u8) -> Self {
        assert!(replication < 1 << 24, "replications are below 2^24");
        Self {
            key: seed,
            place: (replication as u64) << 40 | (region as u64) << 32,
        }
    }

    /// The draws of one entity: a family, a child, a member of staff.
    #[inline]
    #[must_use]
    pub const fn of(self, entity: u32) -> Draws {
        Draws {
            key: self.key,
            place: self.place | entity as u64,
        }
    }
}

/// All draws of one entity, each named by a purpose and an index.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Draws {
    key: u64,
    place: u64,
}

impl Draws {
    /// The uniform number of a purpose and an index, in the open interval (0, 1).
    ///
    /// One of the 2⁵² numbers (k + ½) / 2⁵², each equally likely. They are
    /// exact, and neither 0 nor 1 can occur.
    #[inline]
    #[must_use]
    pub const fn uniform(self, purpose: u16, index: u32) -> f64 {
        self.pair(purpose, index).0
    }

    /// Two independent uniform numbers from one block; the first is [`uniform`](Self::uniform)'s.
    #[inline]
    #[must_use]
    pub const fn pair(self, purpose: u16, index: u32) -> (f64, f64) {
        let question = (purpose as u64) << 48 | index as u64;
        let [first, second] = philox2x64([self.place, question], self.key);
        (open_unit(first), open_unit(second))
    }
}

/// The upper 52 bits of a word as a number in the open interval (0, 1).
///
/// 52 and not 53: with 53 bits the largest midpoint, 1 − 2⁻⁵⁴, has no `f64` of
/// its own and would round to 1.
#[inline]
const fn open_unit(word: u64) -> f64 {
    const STEP: f64 = 1.0 / (1_u64 << 52) as f64;
    ((word >> 12) as f64 + 0.5) * STEP
}

#[cfg(test)]
mod tests {
    use super::{Chance, open_unit};
    use crate::random::philox2x64;

    #[test]
    fn unit_interval_is_open_and_symmetric() {
        assert_eq!(open_unit(0), f64::EPSILON / 2.0);
        assert_eq!(open_unit(u64::MAX), 1.0 - f64::EPSILON / 2.0);
        assert_eq!(open_unit(1 << 63), 0.5 + f64::EPSILON / 2.0);
        assert_eq!(open_unit(!(1 << 63)), 0.5 - f64::EPSILON / 2.0);
    }

    #[test]
    fn every_field_has_its_own_bits() {
        let draws = Chance::new(7, 0xAB_CDEF, 0x12).of(0x3456_789A);
        let block = philox2x64([0xABCD_EF12_3456_789A, 0xBCDE_0000_F012_3456], 7);
        let (first, second) = draws.pair(0xBCDE, 0xF012_3456);
        assert_eq!(first, open_unit(block[0]));
        assert_eq!(second, open_unit(block[1]));
        assert_eq!(draws.uniform(0xBCDE, 0xF012_3456), first);
    }

    #[test]
    #[should_panic(expected = "below 2^24")]
    fn refuses_a_replication_that_would_not_fit() {
        let _ = Chance::new(0, 1 << 24, 0);
    }
}
