//! The free parameters, and how far what a run shows lies from what is known.

use crate::scenario::{Calibration, Entry, LEAST, Scenario, Target};
use crate::stats::HALF_WIDTH_OF_95_PERCENT;

/// A point further than this from a target is ruled out (three-sigma rule; Pukelsheim,
/// The American Statistician 48 (1994)).
pub const RULED_OUT: f64 = 3.0;

/// A distance counts for no more than this: a queue that explodes says which way to go, and not how far.
const FARTHEST: f64 = 12.0;
/// Halvings by which a place in a distribution is found: to the last digits of its values.
const BISECTIONS: u32 = 48;

/// Whether a target is a wait, or the share of time that goes by in one.
fn is_wait(target: &Target) -> bool {
    target.kpi.unit == "days" || target.kpi.key == "orders_unattended_percent"
}

/// The scale on which a target is compared: reciprocals of waits, log-odds of shares, changes as they are, and logarithms of
/// all else. The reciprocal of a wait goes evenly with the hours that there are (a queue of one server waits for
/// 1 / (µ (1 − ρ))); its logarithm hardly moves where there is room and shoots up where there is none.
fn scaled(target: &Target, value: f64) -> f64 {
    if target.kpi.is_change() {
        value
    } else if is_wait(target) {
        -1.0 / value.max(LEAST)
    } else if target.is_percent() {
        let share = value.clamp(LEAST, 100.0 - LEAST) / 100.0;
        libm::log(share / (1.0 - share))
    } else {
        libm::log(value.max(LEAST))
    }
}

/// How far a value lies from a target [standard deviations of the target's own doubt].
///
/// The band is read as a 95 % interval of what is not known about the target.
pub fn distance(target: &Target, value: f64) -> f64 {
    (scaled(target, value) - scaled(target, target.value)) / spread(target)
}

/// Distances, of which none counts for more than the farthest.
pub(crate) fn bounded(distances: &[f64]) -> Vec<f64> {
    let within = |distance: &f64| distance.clamp(-FARTHEST, FARTHEST);
    distances.iter().map(within).collect()
}

/// Standard deviation of a target's own doubt, on its scale.
fn spread(target: &Target) -> f64 {
    let width = scaled(target, target.high) - scaled(target, target.low);
    width / (2.0 * HALF_WIDTH_OF_95_PERCENT)
}

/// The free parameters: from the unit cube to values.
pub(crate) struct Space<'a> {
    rows: &'a [usize],
    entries: Vec<&'a Entry>,
}

impl<'a> Space<'a> {
    pub fn of(scenario: &'a Scenario, calibration: &'a Calibration) -> Self {
        let entries = calibration.free.iter().map(|&row| &scenario.ledger[row]);
        Space {
            rows: &calibration.free,
            entries: entries.collect(),
        }
    }

    /// Rows of the ledger, by dimension.
    pub fn rows(&self) -> impl Iterator<Item = usize> {
        self.rows.iter().copied()
    }

    pub fn n_dimensions(&self) -> usize {
        self.entries.len()
    }

    /// Values of the free parameters at a point of the cube.
    pub fn values(&self, point: &[f64]) -> Vec<f64> {
        let pairs = self.entries.iter().zip(point);
        pairs.map(|(entry, &u)| entry.quantile(u)).collect()
    }

    /// The point of the cube with these values; a value outside its range stands at its end.
    pub fn point(&self, values: &[f64]) -> Vec<f64> {
        let pairs = self.entries.iter().zip(values);
        pairs
            .map(|(entry, &value)| {
                let (mut low, mut high) = (0.0, 1.0);
                for _ in 0..BISECTIONS {
                    let middle = 0.5 * (low + high);
                    let end = if entry.quantile(middle) < value {
                        &mut low
                    } else {
                        &mut high
                    };
                    *end = middle;
                }
                0.5 * (low + high)
            })
            .collect()
    }
}
