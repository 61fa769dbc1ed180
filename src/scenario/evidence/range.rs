//! The range of a parameter: the least and the most that it can mean at all, far outside any
//! evidence. Inside it the model runs.

use crate::model::{Spec, Unit};
use crate::scenario::fault::code;
use crate::scenario::fault::said::said;
use crate::scenario::section::quantity::{Fault, name, short};

/// Parameters that can mean less than their unit allows: below or above these the model would
/// divide by nothing, never come to an end, or read a spread that is negative.
const OWN: &[(&str, f64, f64)] = &[
    // A measure for no household, or for a whole street.
    ("household.children_per_measure", 1.0, 20.0),
    ("household.help_weeks_cv", 0.0, 10.0),
    // Once a day, and ten times as often.
    ("danger.rate_lichte_zorgen", 0.0, 366.0),
    ("danger.rate_structureel", 0.0, 366.0),
    ("danger.rate_acuut", 0.0, 366.0),
    ("danger.rate_veilig", 0.0, 366.0),
    ("danger.factor_sight_only", 0.0, 10.0),
    ("danger.factor_conditions", 0.0, 10.0),
    ("danger.factor_help", 0.0, 10.0),
    ("danger.factor_measure", 0.0, 10.0),
    // At 1 every melding would be followed by another without end.
    ("danger.repeat_probability", 0.0, 0.95),
    ("work.cv", 0.0, 10.0),
    ("decision.need_spread", 0.0, 100.0),
    ("decision.sigma", 0.0, 100.0),
    ("decision.area_spread", 0.0, 100.0),
    // An order of no time would be extended without end.
    ("measure.ots_weeks", 1.0, 5218.0),
    // A contract of no hours is no contract.
    ("staff.contract_hours_per_week", 1.0, 168.0),
    ("staff.fte_hours_per_week", 1.0, 168.0),
    // Once a week.
    ("staff.turnover", 0.0, 52.0),
    ("staff.urgent_limit", 0.0, 100.0),
    ("staff.inhabitants_per_area", 1.0, 20_000_000.0),
    ("staff.office_opens_hour", 0.0, 23.0),
    ("staff.office_closes_hour", 1.0, 24.0),
    ("behaviour.intensity_if_joined", 0.0, 10.0),
    ("behaviour.turnover_per_overload", 0.0, 100.0),
    ("transition.turnover_shock", 0.0, 100.0),
];

/// The least and the most that a parameter in this unit can be; growth stays above the least.
pub(crate) fn of_unit(unit: Unit) -> (f64, f64) {
    match unit {
        Unit::Share => (0.0, 1.0),
        Unit::PerYear | Unit::PerThousandPerYear | Unit::Factor => (0.0, 1000.0),
        Unit::Hours => (0.0, 10_000.0),
        Unit::HoursPerWeek => (0.0, 168.0),
        Unit::Days | Unit::WorkingDays => (0.0, 36_525.0),
        Unit::Weeks => (0.0, 5_218.0),
        Unit::Years => (0.0, 100.0),
        Unit::Count => (0.0, 20_000_000.0),
        Unit::Fte => (0.0, 1_000_000.0),
        Unit::Euros => (0.0, 1e9),
        Unit::Score => (-100.0, 100.0),
        Unit::Growth => (-1.0, 1.0),
    }
}

/// The least and the most that a parameter can be; growth stays above the least.
pub fn range(spec: &Spec) -> (f64, f64) {
    own(spec).unwrap_or(of_unit(spec.unit))
}

/// The range of a parameter where it is not that of its unit.
pub(crate) fn own(spec: &Spec) -> Option<(f64, f64)> {
    let found = OWN.iter().find(|(key, ..)| *key == spec.key);
    found.map(|&(_, low, high)| (low, high))
}

/// Whether a parameter may have this value.
pub(crate) fn permit(spec: &Spec, value: f64) -> Result<(), Fault> {
    let unit = spec.unit;
    let (low, high) = range(spec);
    if (low..=high).contains(&value) && !(unit == Unit::Growth && value == low) {
        return Ok(());
    }
    let within = || said!("write a number from {} to {}", low, high);
    let (fact, help) = match unit {
        Unit::Share if !(0.0..=1.0).contains(&value) => (
            said!("is not a share"),
            said!("write a number from 0 to 1; 20 % is 0.2"),
        ),
        Unit::Growth if value <= low => (
            said!("leaves nothing after a year"),
            said!("write a number above -1; a fall of 3 % is -0.03"),
        ),
        Unit::Growth => (
            said!("is far outside what can be meant by {}", name(unit)),
            said!(
                "write a number above -1, up to {}; 3 % a year is 0.03",
                high
            ),
        ),
        _ if own(spec).is_some() => (
            said!("is not what `{}` can be: {} to {}", spec.key, low, high),
            within(),
        ),
        _ if low == 0.0 && value < low => (said!("is less than 0"), said!("write 0 or more")),
        _ => (
            said!("is far outside what can be meant by {}", name(unit)),
            within(),
        ),
    };
    let fact = said!("{} {}", short(value), fact);
    Err(Fault::new(code::OUT_OF_RANGE, fact, help))
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::model::Parameters;

    #[test]
    fn ranges_of_parameters_are_narrower_than_those_of_their_units() {
        for &(key, low, high) in OWN {
            let spec = Parameters::TABLE.iter().find(|spec| spec.key == key);
            let (least, most) = of_unit(spec.expect(key).unit);
            assert!(least <= low && low < high && high <= most, "{key}");
            assert!((least, most) != (low, high), "{key} has that of its unit");
        }
    }
}
