//! Draws that real runs agree with.
//!
//! An emulator knows how sure it is, and not where it is wrong: of what it leaves, runs of the model itself throw most
//! away. So draws are run, those whose runs show what is known are kept, and the emulators learn from all of them before
//! the next are drawn. Runs are made in the sample of regions, each wave with chance of its own; the best run of the
//! country is made anew in every wave, and what separates it there from the country is taken off the others.

use super::emulator::{RULED_OUT, scaled, spread};
use super::record::Seen;
use crate::scenario::Target;
use crate::stats::gamma_p_inverse;

/// Share of the worlds that agree, if targets were known as well as their bands say and nothing else were amiss.
const KEPT: f64 = 0.95;

/// What was accepted of the draws that were run.
#[derive(Clone, PartialEq, Debug, Default)]
pub(super) struct Accepted {
    /// Points of the unit cube.
    pub points: Vec<Vec<f64>>,
    /// Draws that were run.
    pub n_tried: usize,
}

impl Accepted {
    /// Looks at a wave whose first run is the best one, made anew in the sample of regions.
    pub fn look_at(&mut self, targets: &[Target], best: &Seen, wave: &[Seen]) {
        let Some((anew, runs)) = wave.split_first() else {
            return;
        };
        self.n_tried += runs.len();
        let agreeing = runs.iter().filter(|run| agrees(targets, best, anew, run));
        self.points.extend(agreeing.map(|run| run.point.clone()));
    }
}

/// Whether a run shows what is known: no target further off than what is ruled out, and all together no further than
/// chi-squared says.
fn agrees(targets: &[Target], best: &Seen, anew: &Seen, run: &Seen) -> bool {
    let fitted = targets
        .iter()
        .enumerate()
        .filter(|(_, target)| target.is_fitted());
    let distances: Option<Vec<f64>> = fitted
        .map(|(number, target)| {
            let at = |seen: &Seen| Some(scaled(target, seen.values[number]?));
            let in_country = at(run)? + at(best)? - at(anew)?;
            Some((in_country - scaled(target, target.value)) / spread(target))
        })
        .collect();
    let Some(distances) = distances else {
        return false;
    };
    let sum: f64 = distances.iter().map(|one| one * one).sum();
    let is_near = distances.iter().all(|one| one.abs() <= RULED_OUT);
    is_near && sum <= 2.0 * gamma_p_inverse(0.5 * distances.len() as f64, KEPT)
}
