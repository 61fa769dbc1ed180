//! The doubt about a parameter: a distribution over its range.

use super::{Distribution, Entry};
use crate::model::Unit;
use crate::random::truncated_normal;
use crate::stats::{HALF_WIDTH_OF_95_PERCENT, beta_i_inverse};

/// How much more the value weighs than the ends in a PERT distribution.
const PERT_WEIGHT: f64 = 4.0;

impl Entry {
    /// The value below which the share `u` of the doubt lies, 0 < `u` < 1.
    ///
    /// No value lies outside low..high. Triangular: the value is the mode. Normal and
    /// lognormal: about the value, with low..high as their 95 % interval on the
    /// narrower side, cut at both. Beta: the PERT distribution with the value as mode
    /// (Malcolm, Roseboom, Clark & Fazar, Operations Research 7 (1959)).
    pub fn quantile(&self, u: f64) -> f64 {
        let (low, value, high) = (self.low, self.value, self.high);
        if low >= high {
            return value;
        }
        let normal = |low: f64, value: f64, high: f64| {
            let half = [value - low, high - value].into_iter().filter(|&x| x > 0.0);
            let sd = half.fold(f64::INFINITY, f64::min) / HALF_WIDTH_OF_95_PERCENT;
            truncated_normal(u, value, sd, low, high)
        };
        let quantile = match self.distribution {
            Distribution::Fixed => value,
            Distribution::Uniform => low + u * (high - low),
            Distribution::Triangular => {
                let below = (value - low) / (high - low);
                if u < below {
                    low + ((high - low) * (value - low) * u).sqrt()
                } else {
                    high - ((high - low) * (high - value) * (1.0 - u)).sqrt()
                }
            }
            Distribution::Normal => normal(low, value, high),
            Distribution::Lognormal => {
                let [low, value, high] = [low, value, high].map(libm::log);
                libm::exp(normal(low, value, high))
            }
            Distribution::Beta => {
                let place = (value - low) / (high - low);
                let (a, b) = (1.0 + PERT_WEIGHT * place, 1.0 + PERT_WEIGHT * (1.0 - place));
                low + (high - low) * beta_i_inverse(a, b, u)
            }
        };
        quantile.clamp(low, high)
    }

    /// Where a value stands on a scale from -1 at low to 1 at high, by ratios where
    /// the doubt is one of ratios.
    pub fn position(&self, value: f64) -> f64 {
        let is_ratio = self.low > 0.0
            && (self.distribution == Distribution::Lognormal || self.spec.unit == Unit::Fte);
        let scale = |x: f64| if is_ratio { libm::log(x) } else { x };
        let (low, high) = (scale(self.low), scale(self.high));
        2.0 * (scale(value) - low) / (high - low) - 1.0
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::model::Parameters;
    use crate::scenario::{Family, Grade};

    fn entry(distribution: Distribution, low: f64, value: f64, high: f64) -> Entry {
        Entry {
            spec: &Parameters::TABLE[0],
            value,
            low,
            high,
            distribution,
            grade: Grade::D,
            source: String::new(),
            claim: None,
            family: Family::Context,
            value_in_effect: value,
            overridden_by: Vec::new(),
        }
    }

    #[test]
    fn quantiles_rise_from_low_to_high() {
        for &distribution in Distribution::ALL {
            let entry = entry(distribution, 0.1, 0.3, 0.9);
            let us = (1..1000).map(|i| f64::from(i) / 1000.0);
            let values: Vec<f64> = us.map(|u| entry.quantile(u)).collect();
            assert!(values.is_sorted(), "{distribution:?}");
            assert!(values[0] >= 0.1 && values[998] <= 0.9, "{distribution:?}");
            if distribution != Distribution::Fixed {
                assert!(values[0] < 0.2 && values[998] > 0.5, "{distribution:?}");
            }
        }
    }

    #[test]
    fn a_value_at_an_end_of_its_range_is_allowed() {
        for &distribution in Distribution::ALL {
            for value in [0.1, 0.9] {
                let entry = entry(distribution, 0.1, value, 0.9);
                assert!(
                    (0.1..=0.9).contains(&entry.quantile(0.5)),
                    "{distribution:?}"
                );
            }
        }
    }

    #[test]
    fn medians_are_those_of_the_textbook() {
        let median = |distribution, value| entry(distribution, 0.0, value, 1.0).quantile(0.5);
        assert_eq!(median(Distribution::Uniform, 0.2), 0.5);
        assert!((median(Distribution::Triangular, 1.0) - 0.5_f64.sqrt()).abs() < 1e-12);
        assert!((median(Distribution::Normal, 0.5) - 0.5).abs() < 1e-12);
        assert!((median(Distribution::Beta, 0.5) - 0.5).abs() < 1e-9);
        let lognormal = entry(Distribution::Lognormal, 0.25, 1.0, 4.0);
        assert!((lognormal.quantile(0.5) - 1.0).abs() < 1e-12);
        assert!((lognormal.position(1.0)).abs() < 1e-12);
    }
}
