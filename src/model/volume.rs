//! How much a pass will be, before anything is drawn.

use super::{Organisation, Parameters, Period, Region};
use crate::engine::DAYS_PER_YEAR;
use crate::model::chain::arrival::{PER_STREAM, Stream};
use crate::model::chain::staff::{PER_ORGANISATION, people};
use crate::model::chain::stock::PER_KIND;

/// What is expected of one pass.
#[derive(Clone, Copy, PartialEq, Debug)]
pub struct Volume {
    /// Families in sight at once, at most.
    pub in_sight: f64,
    /// Families that come in the whole run.
    pub arriving: f64,
    /// Time that families are in sight, those of the start and later ones \[years\].
    pub family_years: f64,
    /// Professionals of all organisations.
    pub professionals: f64,
    /// Days on which one of them may leave, in the whole run.
    pub candidate_days: f64,
    /// Incidents of all families at the highest hazard that there is.
    pub most_incidents: f64,
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
        let in_chain = under_order * region.share_of_unsafety
            + stock.vrijwillige_hulp * region.share_of_meldingen
            + stock.jeugdreclassering * region.share_of_inhabitants;
        let at_start = (families * parameters.household.known_years / 2.0).max(in_chain);
        let growth = parameters.demand.growth_per_year;
        let measured_years = f64::from(period.measured_days) / DAYS_PER_YEAR;
        let grown = libm::pow(1.0 + growth.max(0.0), measured_years);
        let organisations =
            Organisation::ALL.map(|organisation| people(organisation, parameters, region).max(1.0));
        let professionals = organisations.iter().sum();
        let most = Stream::ALL.map(per_year).into_iter().fold(0.0, f64::max) * years;
        Volume {
            // Records of those who go out of sight are used again.
            in_sight: at_start * grown,
            arriving: (families + per_year(Stream::Jeugdreclassering)) * years,
            family_years: at_start * years,
            professionals,
            candidate_days: professionals
                * leavings_a_year(parameters)
                * f64::from(period.total_days())
                / DAYS_PER_YEAR,
            most_incidents: at_start * years * most_incidents_a_year(parameters),
            is_addressable: most < f64::from(PER_STREAM)
                && at_start < f64::from(PER_KIND)
                && organisations
                    .iter()
                    .all(|&n| n < f64::from(PER_ORGANISATION)),
        }
    }
}

/// How often a professional may leave, as the days of leaving are drawn \[times a year\].
fn leavings_a_year(parameters: &Parameters) -> f64 {
    let shock = parameters.transition.turnover_shock;
    let overload = parameters.behaviour.turnover_per_overload;
    parameters.staff.turnover * (1.0 + overload) * (1.0 + shock)
}

/// Incidents of a family in the greatest danger, with all that is reported again \[times a year\].
fn most_incidents_a_year(parameters: &Parameters) -> f64 {
    let d = &parameters.danger;
    let rates = [
        d.rate_lichte_zorgen,
        d.rate_structureel,
        d.rate_acuut,
        d.rate_veilig,
    ];
    let factors = [
        d.factor_sight_only,
        d.factor_conditions,
        d.factor_help,
        d.factor_measure,
    ];
    let most = |numbers: [f64; 4]| numbers.into_iter().fold(0.0, f64::max);
    most(rates) * most(factors).max(1.0) / (1.0 - d.repeat_probability)
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
