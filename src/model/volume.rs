//! How much a pass will be, before anything is drawn.

use super::{
    Parameters, Period, Region,
    arrival::{PER_STREAM, Stream},
    stock::PER_KIND,
};
use crate::engine::DAYS_PER_YEAR;

/// What is expected of one pass.
#[derive(Clone, Copy, PartialEq, Debug)]
pub struct Volume {
    /// Families in sight at once, at most.
    pub in_sight: f64,
    /// Families that come in the whole run.
    pub arriving: f64,
    /// Time that families are in sight, those of the start and later ones \[years\].
    pub family_years: f64,
    /// Whether every draw has an address of its own.
    pub is_addressable: bool,
}

impl Volume {
    /// What is expected of a region through a period.
    pub fn of(parameters: &Parameters, region: &Region, period: &Period) -> Self {
        let per_year = |stream: Stream| stream.per_year(parameters, region);
        let years = effective_years(parameters.demand.growth_per_year, period);
        let families = per_year(Stream::Melding) + per_year(Stream::OwnIntake);
        let stock = &parameters.stock;
        let under_order = (stock.ots_children + stock.voogdij_children)
            / parameters.household.children_per_measure;
        let in_chain = (under_order + stock.vrijwillige_hulp) * region.share_of_meldingen
            + stock.jeugdreclassering * region.share_of_inhabitants;
        let at_start = (families * parameters.household.known_years / 2.0).max(in_chain);
        let growth = parameters.demand.growth_per_year;
        let measured_years = f64::from(period.measured_days) / DAYS_PER_YEAR;
        let grown = libm::pow(1.0 + growth.max(0.0), measured_years);
        let most = Stream::ALL.map(per_year).into_iter().fold(0.0, f64::max) * years;
        Volume {
            // Records of those who go out of sight are used again.
            in_sight: at_start * grown,
            arriving: (families + per_year(Stream::Jeugdreclassering)) * years,
            family_years: at_start * years,
            is_addressable: most < f64::from(PER_STREAM) && at_start < f64::from(PER_KIND),
        }
    }
}

/// The length of a run, each year weighed by how far demand has grown in it \[years\].
fn effective_years(growth: f64, period: &Period) -> f64 {
    let warm_up = f64::from(period.warm_up_days) / DAYS_PER_YEAR;
    let measured = f64::from(period.measured_days) / DAYS_PER_YEAR;
    let rate = libm::log1p(growth);
    let grown = if rate.abs() < 1e-9 {
        measured
    } else {
        libm::expm1(rate * measured) / rate
    };
    warm_up + grown
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn growth_makes_later_years_longer() {
        let period = Period {
            start: "2026-01-01".parse().unwrap(),
            warm_up_days: 0,
            measured_days: 3653,
        };
        let years = |growth| effective_years(growth, &period);
        assert!((years(0.0) - 10.0).abs() < 0.01);
        // (1.1^10 - 1) / ln 1.1
        assert!((years(0.1) - 16.72).abs() < 0.02);
        assert!(years(-0.1) < 7.0);
    }
}
