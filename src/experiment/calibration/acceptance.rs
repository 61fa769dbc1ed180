//! Draws that real runs agree with.
//!
//! An emulator knows how sure it is, and not where it is wrong: of what it leaves, runs of the model itself throw most
//! away. So draws are run, those whose runs show what is known are kept, and the emulators learn from all of them before
//! the next are drawn. Runs are made in the sample of regions, each wave with chance of its own; the best run of the
//! country is made anew in every wave, and what separates it there from the country is taken off the others.

use super::emulator::RULED_OUT;
use super::record::Seen;
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
    pub fn look_at(&mut self, best: &Seen, wave: &[Seen]) {
        let Some((anew, runs)) = wave.split_first() else {
            return;
        };
        self.n_tried += runs.len();
        let agreeing = runs.iter().filter(|run| agrees(best, anew, run));
        self.points.extend(agreeing.map(|run| run.point.clone()));
    }
}

/// Whether a run shows what is known: no target further off than what is ruled out, and all together no further than
/// chi-squared says.
fn agrees(best: &Seen, anew: &Seen, run: &Seen) -> bool {
    let in_sample = run.distances.iter().zip(&anew.distances);
    let distances: Vec<f64> = (in_sample.zip(&best.distances))
        .map(|((run, anew), best)| run - anew + best)
        .collect();
    let sum: f64 = distances.iter().map(|one| one * one).sum();
    let is_near = distances.iter().all(|one| one.abs() <= RULED_OUT);
    is_near && sum <= 2.0 * gamma_p_inverse(0.5 * distances.len() as f64, KEPT)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn seen(distances: &[f64]) -> Seen {
        Seen {
            wave: 1,
            point: distances.to_vec(),
            values: Vec::new(),
            distances: distances.to_vec(),
        }
    }

    #[test]
    fn a_draw_is_kept_if_it_would_show_in_the_country_what_is_known() {
        // In the sample of regions the best run lies two further off than in the country, for the first target.
        let (best, anew) = (seen(&[0.5, 0.0]), seen(&[2.5, 0.0]));
        let wave = [
            anew,
            seen(&[3.5, 0.5]),           // 1.5 and 0.5 in the country
            seen(&[3.5, 2.4]),           // together beyond 5.99, chi-squared of two at 95 %
            seen(&[5.1, 0.0]),           // 3.1 from the first
            seen(&[f64::INFINITY, 0.0]), // never seen
            seen(&[2.0, -0.5]),
        ];
        let mut accepted = Accepted::default();
        accepted.look_at(&best, &wave);
        assert_eq!(accepted.n_tried, 5);
        assert_eq!(accepted.points, [vec![3.5, 0.5], vec![2.0, -0.5]]);
        accepted.look_at(&best, &[]);
        assert_eq!(accepted.n_tried, 5);
    }
}
