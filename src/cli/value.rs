//! What may stand behind an argument, and what is said where something else does.

use std::ops::RangeInclusive;
use std::str::FromStr;

use clap::builder::{PossibleValuesParser, TypedValueParser};

use crate::model::HouseholdName;
use crate::report::Lang;
use crate::scenario::{Spoken, said};
use crate::study::Chunk;

/// The largest number of a replication; its draws have addresses up to it.
pub(super) const MAX_REPLICATION: i64 = 100_000;

/// Takes a whole number in this range.
pub(super) fn whole<T>(range: RangeInclusive<i64>) -> impl TypedValueParser<Value = T>
where
    T: TryFrom<i64> + Clone + Send + Sync + 'static,
{
    move |text: &str| {
        let number = text.parse().ok().filter(|number| range.contains(number));
        let number = number.and_then(|number| T::try_from(number).ok());
        let (least, most) = (range.start(), range.end());
        number.ok_or_else(|| Spoken(said!("write a whole number from {} to {}", least, most)))
    }
}

/// Takes the name of a household.
pub(super) fn household(text: &str) -> Result<HouseholdName, Spoken> {
    HouseholdName::from_str(text).map_err(|_| {
        Spoken(said!(
            "write a number such as 12, or own_intake:12 or jeugdreclassering:12"
        ))
    })
}

/// Takes a chunk of a sweep.
pub(super) fn chunk(text: &str) -> Result<Chunk, Spoken> {
    Chunk::from_str(text).map_err(|_| {
        Spoken(said!(
            "write the number of a chunk and how many there are, such as 3/40"
        ))
    })
}

/// Takes one of a few words for what it means.
pub(super) fn word<T: Copy + Send + Sync + 'static>(
    all: &'static [T],
    key: fn(T) -> &'static str,
) -> impl TypedValueParser<Value = T> {
    PossibleValuesParser::new(all.iter().map(|&one| key(one))).map(move |word| {
        let found = all.iter().find(|&&one| key(one) == word);
        *found.expect("only these words are possible")
    })
}

/// Takes a language.
pub(super) fn lang() -> impl TypedValueParser<Value = Lang> {
    PossibleValuesParser::new(Lang::KEYS)
        .map(|key| Lang::from_key(&key).expect("only these keys are possible"))
}
