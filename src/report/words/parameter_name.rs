//! What parameters are in Dutch, and which matter most.

use std::collections::BTreeMap;
use std::sync::LazyLock;

use serde::Deserialize;

static KNOWN: LazyLock<Known> = LazyLock::new(|| {
    toml::from_str(include_str!("parameter.toml")).expect("it can be read, as a test shows")
});

#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields)]
struct Known {
    /// Keys, those on which differences rest most first.
    influence: Vec<String>,
    nl: BTreeMap<String, String>,
}

/// What a parameter of that name is, in Dutch.
pub fn dutch_meaning(key: &str) -> Option<&'static str> {
    KNOWN.nl.get(key).map(String::as_str)
}

/// The place of a parameter among all, those on which differences were seen to rest most first.
pub(crate) fn by_influence(key: &str) -> usize {
    let place = KNOWN.influence.iter().position(|one| one == key);
    place.unwrap_or(KNOWN.influence.len())
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::model::Parameters;

    #[test]
    fn every_parameter_has_a_dutch_meaning_and_no_other() {
        let keys: Vec<&str> = Parameters::TABLE.iter().map(|spec| spec.key).collect();
        let strange = |key: &&String| !keys.contains(&key.as_str());
        assert_eq!(KNOWN.nl.keys().find(strange), None);
        assert_eq!(KNOWN.influence.iter().find(strange), None);
        let untold: Vec<&&str> = keys
            .iter()
            .filter(|key| !KNOWN.nl.contains_key(**key))
            .collect();
        assert!(untold.is_empty(), "{untold:?}");
    }
}
