//! What must be true of parameters together: shares that are parts of one whole leave no less than
//! nothing, and the office is open for some time.

use super::layer::Layer;
use super::{Entry, layer, row_of};
use crate::model::Parameters;
use crate::scenario::fault::code;
use crate::scenario::fault::diagnostic::{Diagnostic, Diagnostics};
use crate::scenario::fault::said::said;
use crate::scenario::fault::source::Place;
use crate::scenario::form::setting::Value;
use crate::scenario::plan::factor::{Factor, Lever, Range};
use crate::scenario::plan::sweep::{Plan, Sweep};

/// Parameters that are shares of the same families.
const WHOLES: [&[&str]; 5] = [
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
    ],
];

/// Shares with many decimals may add up to a little more than 1.
const TOLERANCE: f64 = 1e-9;

/// The hours between which the office is open.
const OFFICE: [&str; 2] = ["staff.office_opens_hour", "staff.office_closes_hour"];

/// What has no effect as long as something else is nought.
const NEEDS: [(&str, &str); 6] = [
    ("transition.productivity_dip", "transition.recovery_weeks"),
    ("transition.turnover_shock", "transition.recovery_weeks"),
    (
        "transition.double_running_share",
        "transition.double_running_weeks",
    ),
    (
        "behaviour.gain_lost_at_scale",
        "behaviour.threshold_if_joined",
    ),
    ("behaviour.weak_area_share", "behaviour.stall_in_weak_area"),
    ("behaviour.stall_in_weak_area", "behaviour.weak_area_share"),
];

/// The least that the office is open in a day \[hours\].
const LEAST_OPEN: f64 = 1.0;

/// What is wrong with parameters that are judged together, given every parameter's value in the
/// order of [`Parameters::TABLE`]; with the keys that it is about.
pub(crate) fn faults(values: &[f64]) -> Vec<(&'static [&'static str], Diagnostic)> {
    let of_key = |key: &&str| row_of(key).map_or(0.0, |row| values[row]);
    let mut faults = Vec::new();
    for keys in WHOLES {
        let sum: f64 = keys.iter().map(of_key).sum();
        if sum > 1.0 + TOLERANCE {
            let rounded = (sum * 1e6).round() / 1e6;
            let fact = said!("{} add up to {}, more than 1", keys.join(" + "), rounded);
            let help = said!(
                "these are shares of the same families: make them smaller, to 1 at most together"
            );
            faults.push((
                keys,
                Diagnostic::error(code::MORE_THAN_ALL, fact).help(help),
            ));
        }
    }
    let [opens, closes] = OFFICE.map(|key| of_key(&key));
    faults.extend(closed(opens, closes).map(|fault| (&OFFICE[..], fault)));
    faults
}

/// That the office is not open, if it is not.
fn closed(opens: f64, closes: f64) -> Option<Diagnostic> {
    let fact = || said!("the office opens at {} and closes at {}", opens, closes);
    let help = said!("write hours of the day such that it is open for an hour or more: 8.5 and 17");
    (closes - opens < LEAST_OPEN).then(|| Diagnostic::error(code::CLOSED, fact()).help(help))
}

/// Reports what layers over the evidence make wrong, where the last of them does so.
pub(crate) fn check<'a>(
    entries: &[Entry],
    layers: impl Iterator<Item = &'a Layer>,
    log: &mut Diagnostics,
) {
    let layers: Vec<&Layer> = layers.collect();
    // What is wrong with a single value is told where the values are put into effect.
    let values = layer::values(entries, layers.iter().copied(), &mut Diagnostics::default());
    let of_key = |key: &str| row_of(key).map_or(0.0, |row| values[row]);
    for (key, needed) in NEEDS {
        let is_it = |row: usize| Parameters::TABLE[row].key == key;
        let place = layers.iter().rev().find_map(|layer| layer.place_of(is_it));
        if let Some(place) = place.filter(|_| of_key(key) != 0.0 && of_key(needed) == 0.0) {
            let fact = said!("`{}` changes nothing while `{}` is 0", key, needed);
            let help = said!("give `{}` a value as well", needed);
            log.push(
                Diagnostic::warning(code::WITHOUT_EFFECT, fact)
                    .help(help)
                    .at(place),
            );
        }
    }
    for (keys, fault) in faults(&values) {
        let is_part = |row: usize| keys.contains(&Parameters::TABLE[row].key);
        let last = layers
            .iter()
            .rev()
            .find_map(|layer| layer.place_of(is_part));
        if let Some(place) = last {
            log.push(fault.at(place));
        }
    }
}

/// Reports a sweep with a point at which the office is not open.
pub(crate) fn check_sweep(sweep: &Sweep, entries: &[Entry], place: &Place, log: &mut Diagnostics) {
    let column = |key: &str| {
        let row = row_of(key);
        let is_it =
            |factor: &&Factor| matches!(factor.lever, Lever::Parameter(at) if Some(at) == row);
        let own = row.map_or(0.0, |row| entries[row].value_in_effect);
        (sweep.factors.iter().position(|factor| is_it(&factor)), own)
    };
    let [opens, closes] = OFFICE.map(column);
    let number = |value: &Value| match value {
        Value::Number(number) => Some(*number),
        Value::Word(_) => None,
    };
    let fault = if sweep.plan == Plan::List {
        let at = |point: &[Option<Value>], (column, own): (Option<usize>, f64)| {
            let value = column.and_then(|column| point[column].as_ref());
            value.and_then(number).unwrap_or(own)
        };
        let mut points = sweep.list.iter();
        points.find_map(|point| closed(at(point, opens), at(point, closes)))
    } else {
        // Any of the one may come with any of the other.
        let end = |(column, own): (Option<usize>, f64), of: fn(f64, f64) -> f64| {
            let Some(column) = column else { return own };
            let ends = match &sweep.factors[column].range {
                Range::Levels(levels) => levels.clone(),
                _ => [0.0, 1.0]
                    .map(|place| sweep.factors[column].at(place))
                    .to_vec(),
            };
            ends.iter().filter_map(number).reduce(of).unwrap_or(own)
        };
        closed(end(opens, f64::max), end(closes, f64::min))
    };
    if let Some(fault) = fault {
        log.push(fault.at(place));
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
