//! An ensemble that takes in what is known: from points of the prior, step by step, to worlds that agree.
//!
//! The ensemble smoother with multiple data assimilation (Emerick & Reynolds, Computers & Geosciences 55 (2013)). All
//! members are run; their own spread says how each distance goes with each parameter; every member moves as far as that
//! says, towards the targets with errors drawn from their doubt. In several steps with as many times the doubt, since
//! the model is not linear: together they count the targets once. Parameters are taken on the scale on which their prior
//! is standard normal.

use super::refinement::{point_at, scores};
use super::space::bounded;
use crate::random::{Draws, normal};
use crate::stats::Cholesky;

/// A correlation within so many of its own standard errors of nought is taken for chance. Without that every target
/// narrows every parameter a little, and an ensemble of a hundred believes what it has not seen (Luo & Bhakta, Journal of
/// Petroleum Science and Engineering 184 (2020)).
const CHANCE: f64 = 2.0;

/// The members after a step: `members` are points of the unit cube, `distances` what the run of each showed [standard
/// deviations of each target's doubt], `inflation` the number of steps that count the targets once.
///
/// # Panics
///
/// With fewer than two members.
pub(crate) fn assimilate(
    members: &[Vec<f64>],
    distances: &[Vec<f64>],
    inflation: f64,
    draws: Draws,
) -> Vec<Vec<f64>> {
    let scores: Vec<Vec<f64>> = members.iter().map(|member| scores(member)).collect();
    let distances: Vec<Vec<f64>> = distances.iter().map(|of_run| bounded(of_run)).collect();
    let (n, n_targets) = (members.len() as f64, distances[0].len());
    let moved = centred(&scores);
    let seen = centred(&distances);
    let least = CHANCE / n.sqrt();
    // By parameter and target, and by target and target.
    let gains: Vec<Vec<f64>> = (moved.iter())
        .map(|of_score| {
            let with = |of_target: &Vec<f64>| {
                let sum = product(of_score, of_target);
                let sizes = product(of_score, of_score) * product(of_target, of_target);
                match sum.abs() > least * sizes.sqrt() {
                    true => sum / (n - 1.0),
                    false => 0.0,
                }
            };
            seen.iter().map(with).collect()
        })
        .collect();
    let spread: Vec<Vec<f64>> = (0..n_targets)
        .map(|i| {
            let with = |j: usize| product(&seen[i], &seen[j]) / (n - 1.0);
            (0..=i).map(with).collect()
        })
        .collect();
    let factor = Cholesky::of(&spread, inflation).expect("a covariance and a doubt are positive");
    let mut members = Vec::with_capacity(scores.len());
    for (number, (scores, distances)) in (0..).zip(scores.iter().zip(&distances)) {
        let error = |target: usize| normal(draws.uniform(target as u16, number));
        let towards: Vec<f64> = (distances.iter().enumerate())
            .map(|(target, distance)| inflation.sqrt() * error(target) - distance)
            .collect();
        let towards = factor.solve(&towards);
        let gains = scores.iter().zip(&gains);
        let moved: Vec<f64> = gains
            .map(|(score, gain)| score + product(gain, &towards))
            .collect();
        members.push(point_at(&moved));
    }
    members
}

/// The columns of a table, each less its mean.
pub(crate) fn centred(rows: &[Vec<f64>]) -> Vec<Vec<f64>> {
    let column = |at: usize| {
        let mean = rows.iter().map(|row| row[at]).sum::<f64>() / rows.len() as f64;
        rows.iter().map(|row| row[at] - mean).collect()
    };
    (0..rows[0].len()).map(column).collect()
}

pub(crate) fn product(one: &[f64], other: &[f64]) -> f64 {
    one.iter().zip(other).map(|(a, b)| a * b).sum()
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::random::Chance;
    use crate::stats::{latin_hypercube, normal_quantile};

    const N: usize = 400;

    /// Members after four steps of a linear model: a target of the first score, known to be 1 with a doubt of 0.5, and one
    /// that nothing moves.
    fn members() -> Vec<Vec<f64>> {
        let draws = |wave| Chance::new(1, 0, 0).of(wave);
        let mut members = latin_hypercube(N, 3, |dimension, index| {
            draws(0).uniform(dimension as u16, index as u32)
        });
        for step in 1..=4 {
            let distance = |member: &Vec<f64>| vec![(normal_quantile(member[0]) - 1.0) / 0.5, 0.3];
            let distances: Vec<Vec<f64>> = members.iter().map(distance).collect();
            members = assimilate(&members, &distances, 4.0, draws(step));
        }
        members
    }

    #[test]
    fn a_linear_model_has_the_posterior_of_the_textbook() {
        let column = |at: usize| -> Vec<f64> {
            members()
                .iter()
                .map(|one| normal_quantile(one[at]))
                .collect()
        };
        let moments = |values: &[f64]| {
            let mean = values.iter().sum::<f64>() / N as f64;
            let square: f64 = values.iter().map(|x| (x - mean) * (x - mean)).sum();
            (mean, (square / N as f64).sqrt())
        };
        // Prior 0 (1), known 1 (0.5): mean 1 / 1.25, variance 1 / 5.
        let (mean, sd) = moments(&column(0));
        assert!((mean - 0.8).abs() < 0.08, "{mean}");
        assert!((sd - 0.2_f64.sqrt()).abs() < 0.05, "{sd}");
        // Of the others nothing is learnt.
        for at in 1..3 {
            let (mean, sd) = moments(&column(at));
            assert!(mean.abs() < 0.1 && (sd - 1.0).abs() < 0.05, "{mean} {sd}");
        }
    }

    #[test]
    fn a_run_that_saw_nothing_moves_with_the_others() {
        let members: Vec<Vec<f64>> = (1..10).map(|n| vec![0.1 * f64::from(n)]).collect();
        let mut distances: Vec<Vec<f64>> = (-4..=4).map(|n| vec![f64::from(n)]).collect();
        distances[8][0] = f64::INFINITY;
        let moved = assimilate(&members, &distances, 1.0, Chance::new(1, 0, 0).of(0));
        assert!(moved.iter().all(|member| (0.0..=1.0).contains(&member[0])));
        assert!(moved[8][0] < members[8][0]);
    }
}
