//! Which household: a name that people can type.

use std::fmt;
use std::str::FromStr;

use crate::model::chain::STOCK;
use crate::model::chain::arrival::{PER_STREAM, Stream};

/// A household that comes from outside: the n-th of its kind in its region and
/// replication, counted from 0, in every form.
///
/// It is written as its number if it came by a first melding (`12`), otherwise with
/// how it came before that (`own_intake:12`, `jeugdreclassering:12`). Households
/// of the stock (`stock:12`) can be read of but not be asked for.
#[derive(Clone, Copy, PartialEq, Eq, Hash, Debug)]
pub struct HouseholdName(u32);

/// The streams that bring households, and how a name says so.
const STREAMS: [(Stream, &str); 3] = [
    (Stream::Melding, "melding"),
    (Stream::OwnIntake, "own_intake"),
    (Stream::Jeugdreclassering, "jeugdreclassering"),
];

impl HouseholdName {
    /// The n-th household about which there was a first melding, counted from 0.
    ///
    /// # Panics
    ///
    /// When there cannot be so many.
    pub fn of_melding(n: u32) -> Self {
        assert!(n < PER_STREAM, "a stream brings fewer households");
        HouseholdName(Stream::Melding.entity_of(n))
    }

    pub(crate) fn of(entity: u32) -> Self {
        HouseholdName(entity)
    }

    /// The number in the address of its draws.
    pub(crate) fn entity(self) -> u32 {
        self.0
    }
}

impl fmt::Display for HouseholdName {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        if self.0 >= STOCK {
            return write!(f, "stock:{}", self.0 - STOCK);
        }
        let (stream, n) = (self.0 / PER_STREAM, self.0 % PER_STREAM);
        match STREAMS.iter().find(|(one, _)| *one as u32 == stream) {
            Some((Stream::Melding, _)) | None => write!(f, "{n}"),
            Some((_, word)) => write!(f, "{word}:{n}"),
        }
    }
}

/// Why a text is no name of a household.
#[derive(Clone, Copy, PartialEq, Eq, Debug, thiserror::Error)]
#[error("write a number such as 12, or own_intake:12 or jeugdreclassering:12")]
pub struct NoHouseholdName;

impl FromStr for HouseholdName {
    type Err = NoHouseholdName;

    fn from_str(text: &str) -> Result<Self, NoHouseholdName> {
        let (word, number) = text.trim().split_once(':').unwrap_or(("melding", text));
        let stream = STREAMS.iter().find(|(_, one)| *one == word.trim());
        let number: u32 = number.trim().parse().map_err(|_| NoHouseholdName)?;
        match stream {
            Some((stream, _)) if number < PER_STREAM => Ok(HouseholdName(stream.entity_of(number))),
            _ => Err(NoHouseholdName),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn names_are_read_and_written_alike() {
        for text in ["0", "12", "own_intake:12", "jeugdreclassering:7"] {
            let name: HouseholdName = text.parse().unwrap();
            assert_eq!(name.to_string(), text);
        }
        assert_eq!("12".parse(), Ok(HouseholdName::of_melding(12)));
        assert_eq!("melding:12".parse(), Ok(HouseholdName::of_melding(12)));
        for text in [
            "",
            "x",
            "-1",
            "stock:3",
            "own_intake",
            "268435456",
            "advies:1",
        ] {
            assert_eq!(
                text.parse::<HouseholdName>(),
                Err(NoHouseholdName),
                "{text}"
            );
        }
        assert_eq!(HouseholdName::of(STOCK + 3).to_string(), "stock:3");
    }
}
