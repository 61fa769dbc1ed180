//! Danger: incidents by integrated hazard.
//!
//! Household *i* draws unit-exponential thresholds E₁, E₂, …; its k-th incident
//! happens when the accumulated hazard passes E₁ + … + E_k. The thresholds are
//! the household's own, the same in every form, so two forms can differ in
//! incidents only where they differed in protection. When protection changes,
//! the pending incident is moved, not drawn again.

use crate::engine::{Handle, MINUTES_PER_YEAR};
use crate::model::{Parameters, Severity};

/// How well a household is protected, from not at all to a measure that is
/// being executed.
#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Debug)]
#[repr(u8)]
pub enum Protection {
    /// Nobody looks.
    None,
    /// Somebody has sight on safety, and no more.
    SightOnly,
    /// There are conditions for safety.
    Conditions,
    /// Help runs.
    Help,
    /// A measure is being executed.
    Measure,
}

impl Protection {
    /// Its name in an event log.
    pub fn key(self) -> &'static str {
        match self {
            Protection::None => "none",
            Protection::SightOnly => "sight_only",
            Protection::Conditions => "conditions",
            Protection::Help => "help",
            Protection::Measure => "measure",
        }
    }
}

/// The hazard clock of one household.
#[derive(Clone, Copy, Debug)]
pub(crate) struct Danger {
    accumulated: f64,
    threshold: f64,
    rate_per_minute: f64,
    /// Incidents so far.
    pub n_incidents: u32,
    /// The pending incident, if it falls inside the run.
    pub pending: Option<Handle>,
}

impl Danger {
    /// A clock that stands still, with its first threshold.
    pub fn new(first_threshold: f64) -> Self {
        Danger {
            accumulated: 0.0,
            threshold: first_threshold,
            rate_per_minute: 0.0,
            n_incidents: 0,
            pending: None,
        }
    }

    /// Lets time pass at the present rate.
    pub fn pass(&mut self, minutes: u32) {
        self.accumulated += self.rate_per_minute * f64::from(minutes);
    }

    /// Sets the rate from now on; says whether it changed.
    pub fn set_rate(&mut self, rate_per_minute: f64) -> bool {
        let is_change = self.rate_per_minute != rate_per_minute;
        self.rate_per_minute = rate_per_minute;
        is_change
    }

    /// Minutes until the next incident, at the present rate and, from
    /// `changes_after` minutes on, at another; `None` if never.
    pub fn minutes_to_incident(&self, changes_after: Option<u32>, then_rate: f64) -> Option<f64> {
        let to_go = (self.threshold - self.accumulated).max(0.0);
        let at_rate = |to_go: f64, rate: f64| (rate > 0.0).then(|| (to_go / rate).ceil());
        let first = at_rate(to_go, self.rate_per_minute);
        match changes_after.map(f64::from) {
            Some(change) if first.is_none_or(|minutes| minutes > change) => {
                let left = to_go - change * self.rate_per_minute;
                at_rate(left, then_rate).map(|minutes| change + minutes)
            }
            _ => first,
        }
    }

    /// The pending incident has happened; the next comes a unit-exponential
    /// `further` on. Says which number it had, from 0.
    pub fn strike(&mut self, further: f64) -> u32 {
        self.accumulated = self.threshold;
        self.threshold += further;
        self.pending = None;
        self.n_incidents += 1;
        self.n_incidents - 1
    }
}

/// The hazard of a household [incidents a minute].
pub(crate) fn hazard(parameters: &Parameters, severity: Severity, protection: Protection) -> f64 {
    let danger = &parameters.danger;
    let per_year = match severity {
        Severity::Veilig => danger.rate_veilig,
        Severity::LichteZorgen => danger.rate_lichte_zorgen,
        Severity::StructureelOnveilig => danger.rate_structureel,
        Severity::AcuutOnveilig => danger.rate_acuut,
    };
    let factor = match protection {
        Protection::None => 1.0,
        Protection::SightOnly => danger.factor_sight_only,
        Protection::Conditions => danger.factor_conditions,
        Protection::Help => danger.factor_help,
        Protection::Measure => danger.factor_measure,
    };
    per_year * factor / f64::from(MINUTES_PER_YEAR)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_incident_comes_when_the_hazard_adds_up_however_protection_changed() {
        let mut danger = Danger::new(1.0);
        danger.set_rate(0.01);
        assert_eq!(danger.minutes_to_incident(None, 0.0), Some(100.0));
        danger.pass(40);
        danger.set_rate(0.005);
        assert_eq!(danger.minutes_to_incident(None, 0.0), Some(120.0));
        danger.pass(120);
        assert_eq!(danger.strike(0.5), 0);
        assert_eq!(danger.minutes_to_incident(None, 0.0), Some(100.0));
    }

    #[test]
    fn a_rate_that_will_change_is_seen_ahead() {
        let mut danger = Danger::new(1.0);
        danger.set_rate(0.01);
        assert_eq!(danger.minutes_to_incident(Some(50), 0.001), Some(550.0));
        assert_eq!(danger.minutes_to_incident(Some(100), 0.001), Some(100.0));
        assert_eq!(danger.minutes_to_incident(Some(50), 0.0), None);
    }

    #[test]
    fn without_hazard_there_is_no_incident() {
        assert_eq!(Danger::new(1.0).minutes_to_incident(None, 0.0), None);
    }
}
