//! Weights drawn uniformly from all that a profile admits.

use super::{Purpose, draws};
use crate::random::{exponential, normal};
use crate::scenario::Profile;
use crate::stats::Polytope;

/// How often weights on all criteria are drawn to find how many a profile admits.
const N_TRIED: usize = 2_000;
/// Fewer admitted than this share, and a walk is cheaper than drawing again.
const LEAST_ADMITTED: f64 = 0.01;

/// `n` weights, uniform over those that a profile admits.
///
/// Where enough of all weights are admitted they are drawn until they are, which is exact
/// (n standard exponentials as shares of their sum are uniform over the simplex). Where not, by a
/// walk inside (hit-and-run: R. L. Smith, Operations Research 32 (1984); for weights: T. Tervonen,
/// G. van Valkenhoef, N. Baştürk & D. Postmus, European Journal of Operational Research 224 (2013)),
/// of which every so many steps one is taken.
pub(crate) fn weights(profile: &Profile, n_criteria: usize, n: usize, seed: u64) -> Vec<Vec<f64>> {
    let is_admitted = |weights: &Vec<f64>| profile.conditions.iter().all(|one| one.hold(weights));
    let any = |number: usize| simplex(n_criteria, seed, number);
    let n_admitted = (0..N_TRIED).map(any).filter(is_admitted).count();
    if n_admitted as f64 >= LEAST_ADMITTED * N_TRIED as f64 {
        return (0..).map(any).filter(is_admitted).take(n).collect();
    }
    let set = Polytope::of(n_criteria, &profile.conditions);
    let set = set.expect("a profile that admits nothing is not read");
    let n_between = (set.n_dimensions() * set.n_dimensions() / 4).max(10);
    let mut point = set.inside().to_vec();
    let mut step = 0;
    let mut walk = |n_steps: usize| {
        for _ in 0..n_steps {
            let chance = draws(seed, step);
            let number = |i: usize| normal(chance.uniform(Purpose::Direction as u16, i as u32));
            let direction: Vec<f64> = (0..set.n_dimensions()).map(number).collect();
            set.step(
                &mut point,
                &direction,
                chance.uniform(Purpose::Step as u16, 0),
            );
            step += 1;
        }
        point.iter().map(|weight| weight.max(0.0)).collect()
    };
    let _: Vec<f64> = walk(20 * n_between);
    (0..n).map(|_| walk(n_between)).collect()
}

/// Weights that are uniform over the simplex.
fn simplex(n: usize, seed: u64, number: usize) -> Vec<f64> {
    let chance = draws(seed, number);
    let part = |i: usize| exponential(chance.uniform(Purpose::Weight as u16, i as u32), 1.0);
    let parts: Vec<f64> = (0..n).map(part).collect();
    let sum: f64 = parts.iter().sum();
    parts.iter().map(|part| part / sum).collect()
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::model::Label;
    use crate::stats::Bounds;

    fn profile(conditions: Vec<Bounds>) -> Profile {
        let text = String::new;
        Profile {
            key: text(),
            label: Label {
                nl: text(),
                en: text(),
            },
            source: text(),
            conditions,
            is_unknown: false,
        }
    }

    fn mean(weights: &[Vec<f64>], i: usize) -> f64 {
        weights.iter().map(|w| w[i]).sum::<f64>() / weights.len() as f64
    }

    /// `n` weights, each at least the next.
    fn in_order(n: usize) -> Vec<Bounds> {
        let above = |i: usize| {
            let mut coefficients = vec![0.0; n];
            (coefficients[i], coefficients[i + 1]) = (1.0, -1.0);
            Bounds {
                coefficients,
                low: 0.0,
                high: f64::INFINITY,
            }
        };
        (0..n - 1).map(above).collect()
    }

    #[test]
    fn an_order_has_the_mean_weights_that_are_known() {
        // Rank-order centroid (F. H. Barron, 1992): of three in order 11/18, 5/18, 2/18.
        let n = 3;
        let drawn = weights(&profile(in_order(n)), n, 10_000, 1);
        for (i, expected) in [11.0 / 18.0, 5.0 / 18.0, 2.0 / 18.0]
            .into_iter()
            .enumerate()
        {
            let found = mean(&drawn, i);
            // Standard deviations are at most 0.14: 0.006 is more than four standard errors.
            assert!((found - expected).abs() < 0.006, "{i}: {found}");
        }
    }

    #[test]
    fn a_walk_has_the_same_mean_as_the_centroid_of_a_long_order() {
        // Six in order: one weight in 720 is admitted, so these are walked.
        let n = 6;
        let conditions = in_order(n);
        let drawn = weights(&profile(conditions.clone()), n, 10_000, 1);
        assert!(
            drawn
                .iter()
                .all(|w| conditions.iter().all(|one| one.hold(w)))
        );
        for i in 0..n {
            let expected = (i..n).map(|k| 1.0 / (k + 1) as f64).sum::<f64>() / n as f64;
            let found = mean(&drawn, i);
            assert!((found - expected).abs() < 0.01, "{i}: {found} {expected}");
        }
    }

    #[test]
    fn an_exact_weight_leaves_the_others_uniform() {
        let half = Bounds {
            coefficients: vec![1.0, 0.0, 0.0],
            low: 0.5,
            high: 0.5,
        };
        let drawn = weights(&profile(vec![half]), 3, 10_000, 1);
        assert!(drawn.iter().all(|w| (w[0] - 0.5).abs() < 1e-9));
        // Uniform between 0 and a half: a quarter lies below 0.125; four standard errors.
        let low = drawn.iter().filter(|w| w[1] < 0.125).count() as f64 / 1e4;
        assert!((low - 0.25).abs() < 0.02, "{low}");
    }
}
