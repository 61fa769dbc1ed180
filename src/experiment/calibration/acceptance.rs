//! Draws that real runs agree with.
//!
//! Of the members of the ensemble those are kept whose own runs show what is known. Runs are made in the sample of
//! regions; the best run of the country is made anew there, with the same chance, and what separates it there from the
//! country is taken off the others.

use super::record::{Seen, squared};
use super::space::RULED_OUT;
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
    /// Looks at runs in the sample of regions, where the best run was made `anew`; gives their distances from the targets
    /// in the country.
    pub fn look_at(&mut self, best: &Seen, anew: &Seen, runs: &[Seen]) -> Vec<Vec<f64>> {
        self.n_tried += runs.len();
        let in_country: Vec<Vec<f64>> = (runs.iter())
            .map(|run| in_country(best, anew, run))
            .collect();
        let pairs = runs.iter().zip(&in_country);
        let agreeing = pairs.filter(|(_, distances)| agrees(distances));
        self.points
            .extend(agreeing.map(|(run, _)| run.point.clone()));
        in_country
    }
}

/// How far a run would lie from the targets in the country.
fn in_country(best: &Seen, anew: &Seen, run: &Seen) -> Vec<f64> {
    let in_sample = run.distances.iter().zip(&anew.distances);
    (in_sample.zip(&best.distances))
        .map(|((run, anew), best)| run - anew + best)
        .collect()
}

/// Whether distances are those of what is known: no target further off than what is ruled out, and all together no
/// further than chi-squared says.
fn agrees(distances: &[f64]) -> bool {
    let is_near = distances.iter().all(|one| one.abs() <= RULED_OUT);
    is_near && squared(distances) <= 2.0 * gamma_p_inverse(0.5 * distances.len() as f64, KEPT)
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
        let runs = [
            seen(&[3.5, 0.5]),           // 1.5 and 0.5 in the country
            seen(&[3.5, 2.4]),           // together beyond 5.99, chi-squared of two at 95 %
            seen(&[5.1, 0.0]),           // 3.1 from the first
            seen(&[f64::INFINITY, 0.0]), // never seen
            seen(&[2.0, -0.5]),
        ];
        let mut accepted = Accepted::default();
        let distances = accepted.look_at(&best, &anew, &runs);
        assert_eq!(distances[0], [1.5, 0.5]);
        assert_eq!(accepted.n_tried, 5);
        assert_eq!(accepted.points, [vec![3.5, 0.5], vec![2.0, -0.5]]);
    }
}
