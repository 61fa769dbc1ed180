//! Shares that are parts of one whole: what they leave is the rest, and they cannot leave less
//! than nothing.

use crate::model::Parameters;

use super::code;
use super::diagnostic::{Diagnostic, Diagnostics};
use super::evidence::{Entry, row_of};
use super::layer::Layer;

/// Parameters that are shares of the same families.
pub(super) const WHOLES: [&[&str]; 5] = [
    &["household.structureel_share", "household.acuut_share"],
    &[
        "household.structureel_share_own_intake",
        "household.acuut_share_own_intake",
    ],
    &[
        "triage.kept_share",
        "triage.nothing_share",
        "triage.other_share",
    ],
    &["triage.onderzoek_share", "triage.voorwaarden_share"],
    &[
        "triage.transfer_to_existing_help_share",
        "triage.transfer_to_drang_share",
        "triage.transfer_to_raad_share",
    ],
];

/// Shares with many decimals may add up to a little more than 1.
const TOLERANCE: f64 = 1e-9;

/// What is wrong with the parts of a whole, given every parameter's value in the order of
/// [`Parameters::TABLE`].
pub(super) fn fault(keys: &[&str], values: &[f64]) -> Option<Diagnostic> {
    let of_key = |key: &&str| row_of(key).map_or(0.0, |row| values[row]);
    let sum: f64 = keys.iter().map(of_key).sum();
    let rounded = (sum * 1e6).round() / 1e6;
    let fact = || format!("{} add up to {rounded}, more than 1", keys.join(" + "));
    let help = "these are shares of the same families: make them smaller, to 1 at most together";
    (sum > 1.0 + TOLERANCE).then(|| Diagnostic::error(code::MORE_THAN_ALL, fact()).help(help))
}

/// Reports wholes that layers over the evidence make too large, where the last of them does so.
pub(super) fn check<'a>(
    entries: &[Entry],
    layers: impl Iterator<Item = &'a Layer>,
    log: &mut Diagnostics,
) {
    let mut values: Vec<f64> = entries.iter().map(|entry| entry.value).collect();
    let layers: Vec<&Layer> = layers.collect();
    for layer in &layers {
        // What is wrong with a single value is told where the values are put into effect.
        layer.apply(&mut values, entries, &mut Diagnostics::default());
    }
    for keys in WHOLES {
        let is_part = |row: usize| keys.contains(&Parameters::TABLE[row].key);
        let last = layers
            .iter()
            .rev()
            .find_map(|layer| layer.place_of(is_part));
        if let (Some(fault), Some(place)) = (fault(keys, &values), last) {
            log.push(fault.at(place));
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::model::Unit;

    #[test]
    fn every_part_is_a_share() {
        for key in WHOLES.into_iter().flatten() {
            let row = row_of(key).expect(key);
            assert_eq!(Parameters::TABLE[row].unit, Unit::Share, "{key}");
        }
    }
}
