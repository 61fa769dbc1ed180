//! Draws that real runs agree with.
//!
//! A draw is what randomised maximum likelihood makes of a point of the prior: as near to that point as targets leave it,
//! each moved by an error drawn from its doubt. The chosen point agrees with the targets, and each draw sets out from there:
//! in equal parts of the way, so that the slopes that it has with it are corrected by runs of its own before they lead
//! astray (a continuation: Allgower & Georg, Numerical Continuation Methods (1990)). The way is run in the sample of
//! regions; at its end the draw is run in the whole country, and corrected until such a run agrees with what is known.

use super::correction::Correction;
use super::record::{Seen, squared};
use super::refinement::{Refinement, scores};
use super::space::RULED_OUT;
use crate::stats::gamma_p_inverse;

/// Share of the worlds that agree, if targets were known as well as their bands say and nothing else were amiss.
const KEPT: f64 = 0.95;
/// Parts of the way from the chosen point to a draw.
pub(crate) const N_PARTS: u32 = 4;
/// Runs in the country of a draw, at most, before it is given up.
pub(crate) const N_CORRECTIONS: u32 = 12;

/// What was accepted of the draws that were tried.
#[derive(Clone, PartialEq, Debug, Default)]
pub(crate) struct Accepted {
    /// Points of the unit cube.
    pub points: Vec<Vec<f64>>,
    /// Draws that were tried.
    pub n_tried: usize,
}

/// A draw that is looked for.
pub(crate) struct Pursuit {
    refinement: Refinement,
    /// Scores of the point of the prior, and what each target is taken to be off by.
    aim: (Vec<f64>, Vec<f64>),
    /// The best run so far of those that can be compared.
    best: Seen,
    /// Where it is run next.
    pub next: Vec<f64>,
}

impl Pursuit {
    /// From the chosen point, with the slopes about it.
    pub fn new(chosen: &Seen, slopes: &Refinement, aim: (Vec<f64>, Vec<f64>)) -> Self {
        let mut pursuit = Pursuit {
            refinement: slopes.clone(),
            aim,
            best: chosen.clone(),
            next: Vec::new(),
        };
        pursuit.go_part(chosen, 1);
        pursuit
    }

    /// Where a draw would lie if all went on as it does about the chosen point.
    pub fn in_one_go(chosen: &Seen, slopes: &Refinement, aim: (Vec<f64>, Vec<f64>)) -> Vec<f64> {
        let mut slopes = slopes.clone();
        slopes.aim(aim.0, aim.1);
        slopes.whole_step(chosen)
    }

    /// Learns from a run on the way, and goes on to the end of the next part.
    pub fn see_on_the_way(&mut self, chosen: &Seen, run: Seen, part: u32) {
        self.refinement.learn(&self.best, &run);
        self.best = run;
        self.go_part(chosen, part + 1);
    }

    fn go_part(&mut self, chosen: &Seen, part: u32) {
        let share = f64::from(part.min(N_PARTS)) / f64::from(N_PARTS);
        let towards = |from: &[f64], to: &[f64]| -> Vec<f64> {
            let pairs = from.iter().zip(to);
            pairs.map(|(from, to)| from + share * (to - from)).collect()
        };
        let origin = towards(&scores(&chosen.point), &self.aim.0);
        let errors = towards(&chosen.distances, &self.aim.1);
        self.refinement.aim(origin, errors);
        self.next = self.refinement.whole_step(&self.best);
    }

    /// Where it is run in the country first, and what corrects it there.
    pub fn in_country(self) -> Correction {
        Correction::from(self.next, self.aim.1)
    }
}

/// A run with the chance and the regions of `anew`, a run at the chosen point, as it would be with those of `chosen`.
pub(crate) fn compared(run: &Seen, anew: &Seen, chosen: &Seen) -> Seen {
    let pairs = run.distances.iter().zip(&anew.distances);
    let distances = (pairs.zip(&chosen.distances)).map(|((run, anew), chosen)| run - anew + chosen);
    Seen {
        distances: distances.collect(),
        ..run.clone()
    }
}

/// Whether distances are those of what is known: no target further off than what is ruled out, and all together no
/// further than chi-squared says.
pub(crate) fn agrees(distances: &[f64]) -> bool {
    let is_near = distances.iter().all(|one| one.abs() <= RULED_OUT);
    is_near && squared(distances) <= 2.0 * gamma_p_inverse(0.5 * distances.len() as f64, KEPT)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::study::calibration::correction::PooledSlopes;
    use crate::study::calibration::refinement::{design, point_at};

    /// A queue that explodes as its staff falls short, and a share: distances from what is known of both.
    fn seen(at: &[f64]) -> Seen {
        let z = scores(at);
        let load = 1.0 / (1.0 + libm::exp(z[0] - 2.0 + 0.3 * z[1]));
        let wait = libm::log(load / (1.0 - load) * libm::exp(z[2]));
        Seen {
            wave: 1,
            point: at.to_vec(),
            values: Vec::new(),
            distances: vec![
                8.0 * (wait * wait * wait.signum() / 2.0 + wait - 1.0),
                4.0 * (z[1] * z[1] * z[1] / 3.0 + z[1] - 0.5),
            ],
        }
    }

    #[test]
    fn a_draw_far_from_the_chosen_point_is_reached_in_parts() {
        let best = [1.25, 0.46, 0.15];
        let chosen = seen(&point_at(&best));
        assert!(agrees(&chosen.distances), "{:?}", chosen.distances);
        let runs = design(&chosen.point);
        let runs: Vec<Seen> = runs.iter().map(|one| seen(one)).collect();
        let slopes = Refinement::of_design(&runs, &best);
        let aim = || (vec![-1.5, 1.0, 2.0], vec![1.0, -0.5]);
        let mut pursuit = Pursuit::new(&chosen, &slopes, aim());
        for part in 1..=N_PARTS {
            let run = seen(&pursuit.next);
            pursuit.see_on_the_way(&chosen, run, part);
        }
        let mut pooled = PooledSlopes::of_design(&runs);
        let mut draw = pursuit.in_country();
        let found = (0..N_CORRECTIONS).find_map(|_| {
            let run = seen(&draw.next);
            pooled.learn(std::slice::from_ref(&run));
            draw.see(&run, &pooled);
            agrees(&run.distances).then_some(run.point)
        });
        let found = scores(&found.expect("a draw"));
        // The targets hold the first score less the third at about 1.1; of all such points this one is nearest to that of the
        // prior, (-1.5, 2): the foot of the perpendicular, (0.8, -0.3).
        assert!(
            (found[0] - 0.8).abs() < 0.2 && (found[2] + 0.3).abs() < 0.2,
            "{found:?}"
        );
    }

    #[test]
    fn the_luck_of_a_run_is_that_of_the_chosen_point_with_the_same_chance() {
        let with = |distances: &[f64]| Seen {
            distances: distances.to_vec(),
            ..seen(&[0.5; 3])
        };
        let (chosen, anew, run) = (with(&[0.5, 0.0]), with(&[2.5, 0.1]), with(&[3.5, -0.4]));
        assert_eq!(compared(&run, &anew, &chosen).distances, [1.5, -0.5]);
    }

    #[test]
    fn distances_agree_if_none_is_ruled_out_and_all_are_likely() {
        assert!(agrees(&[1.5, 0.5]));
        assert!(agrees(&[-2.0, 0.5]));
        // Together beyond 5.99, chi-squared of two at 95 %.
        assert!(!agrees(&[1.5, 2.4]));
        let mut many = [0.0; 10];
        many[0] = 3.1;
        assert!(!agrees(&many));
        assert!(!agrees(&[f64::INFINITY, 0.0]));
    }
}
