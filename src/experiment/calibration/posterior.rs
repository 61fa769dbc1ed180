//! Draws from a density over the unit cube, by a population of chains.

use crate::random::{Draws, normal};

/// Rounds of which the draws are thrown away, as a share of all.
const BURN_IN_SHARE: f64 = 0.5;
/// Share of the dimensions that a jump along the population moves.
const CROSSOVERS: [f64; 4] = [0.1, 0.25, 0.5, 1.0];
/// Best length of a jump between two chains in d dimensions: this by √(2d).
const JUMP: f64 = 2.38;
/// Spread of a step in one dimension.
const STEP: f64 = 0.25;
/// Spread of the noise on a jump, which lets the population fill a plane.
const NOISE: f64 = 1e-4;

/// A sample of the density, and whether the chains agree.
#[derive(Clone, PartialEq, Debug)]
pub(super) struct Sample {
    /// Points with the logarithm of their density, all rounds of all chains after
    /// the burn-in, thinned.
    pub draws: Vec<(Vec<f64>, f64)>,
    /// The largest potential scale reduction factor over the dimensions: 1 when the
    /// chains agree (Gelman & Rubin, Statistical Science 7 (1992)).
    pub disagreement: f64,
}

/// Draws from `log_density` over the unit cube, starting from these points.
///
/// Differential evolution Markov chains: a chain jumps along the difference of two
/// others, in some of its dimensions (ter Braak, Statistics and Computing 16 (2006);
/// Vrugt et al., International Journal of Nonlinear Sciences and Numerical Simulation
/// 10 (2009)), or steps in one dimension. Steps reflect at the walls, jumps come
/// in again at the other side. Every chain
/// gives one draw in `thinning` rounds.
///
/// # Panics
///
/// With fewer than three chains.
pub(super) fn sample(
    starts: Vec<Vec<f64>>,
    n_rounds: u32,
    thinning: u32,
    draws: Draws,
    log_density: impl Fn(&[f64]) -> f64,
) -> Sample {
    let n_chains = starts.len();
    assert!(n_chains >= 3, "a jump needs two other chains");
    let n_dimensions = starts[0].len();
    let with_density = |point: Vec<f64>| {
        let density = log_density(&point);
        (point, density)
    };
    let mut chains: Vec<(Vec<f64>, f64)> = starts.into_iter().map(with_density).collect();
    let mut kept = Vec::new();
    let burn_in = (f64::from(n_rounds) * BURN_IN_SHARE) as u32;
    let mut moments = vec![vec![(0.0, 0.0); n_dimensions]; n_chains];
    for round in 0..n_rounds {
        for chain in 0..n_chains {
            let index = round * n_chains as u32 + chain as u32;
            let u = |purpose: u16| draws.uniform(purpose, index);
            let proposal = if round % 2 == 0 {
                step(&chains[chain].0, u(0), u(1))
            } else {
                let pair = pair(n_chains, chain, u(0), u(1));
                jump(&chains, chain, pair, |purpose| u(3 + purpose))
            };
            let density = log_density(&proposal);
            if libm::log(u(2)) < density - chains[chain].1 {
                chains[chain] = (proposal, density);
            }
        }
        if round >= burn_in {
            for (sums, (point, _)) in moments.iter_mut().zip(&chains) {
                for (sum, x) in sums.iter_mut().zip(point) {
                    *sum = (sum.0 + x, sum.1 + x * x);
                }
            }
            if (round - burn_in).is_multiple_of(thinning) {
                kept.extend(chains.iter().cloned());
            }
        }
    }
    let n = f64::from(n_rounds - burn_in);
    let factors = (0..n_dimensions).map(|dimension| {
        let sums = moments.iter().map(|sums| sums[dimension]);
        scale_reduction(&sums.collect::<Vec<_>>(), n)
    });
    Sample {
        draws: kept,
        disagreement: factors.fold(1.0, f64::max),
    }
}

/// A step in one dimension.
fn step(point: &[f64], which: f64, how_far: f64) -> Vec<f64> {
    let mut point = point.to_vec();
    let dimension = (which * point.len() as f64) as usize;
    point[dimension] = reflect(point[dimension] + STEP * normal(how_far));
    point
}

/// Two chains that differ from this one and from each other.
fn pair(n_chains: usize, chain: usize, u: f64, v: f64) -> (usize, usize) {
    let skip = |index: usize, taken: usize| index + usize::from(index >= taken);
    let one = skip((u * (n_chains - 1) as f64) as usize, chain);
    let (low, high) = (one.min(chain), one.max(chain));
    let other = skip(skip((v * (n_chains - 2) as f64) as usize, low), high);
    (one, other)
}

/// A jump along the difference of two others.
fn jump(
    chains: &[(Vec<f64>, f64)],
    chain: usize,
    (one, other): (usize, usize),
    u: impl Fn(u16) -> f64,
) -> Vec<f64> {
    let point = &chains[chain].0;
    let crossover = CROSSOVERS[(u(0) * CROSSOVERS.len() as f64) as usize];
    let n = point.len() as u16;
    let moves: Vec<bool> = (0..n).map(|d| u(2 + 2 * d) < crossover).collect();
    let n_moved = moves.iter().filter(|&&is_moved| is_moved).count().max(1);
    // Now and then a whole difference: from one hill to another.
    let is_whole = u(1) < 0.1;
    let length = if is_whole {
        1.0
    } else {
        JUMP / (2.0 * n_moved as f64).sqrt()
    };
    let moved = point.iter().zip(&moves).enumerate();
    moved
        .map(|(d, (&x, &is_moved))| {
            if !is_moved {
                return x;
            }
            let difference = chains[one].0[d] - chains[other].0[d];
            fold(x + length * difference + NOISE * normal(u(3 + 2 * d as u16)))
        })
        .collect()
}

/// A number that has left (0, 1), mirrored at the walls.
fn reflect(x: f64) -> f64 {
    let x = x.rem_euclid(2.0);
    let x = if x > 1.0 { 2.0 - x } else { x };
    x.clamp(f64::EPSILON, 1.0 - f64::EPSILON)
}

/// A number that has left (0, 1), come in again at the other side: a mirrored jump could not be
/// jumped back along the same difference.
fn fold(x: f64) -> f64 {
    x.rem_euclid(1.0).clamp(f64::EPSILON, 1.0 - f64::EPSILON)
}

/// √((W (n − 1)/n + B)/W) from the sums and sums of squares of each chain.
fn scale_reduction(chains: &[(f64, f64)], n: f64) -> f64 {
    let m = chains.len() as f64;
    let means: Vec<f64> = chains.iter().map(|(sum, _)| sum / n).collect();
    let mean = means.iter().sum::<f64>() / m;
    let square = |(_, squares): &(f64, f64), mean: f64| (squares - n * mean * mean) / (n - 1.0);
    let within = chains
        .iter()
        .zip(&means)
        .map(|(sums, &mean)| square(sums, mean));
    let within = within.sum::<f64>() / m;
    let between = means.iter().map(|x| (x - mean) * (x - mean)).sum::<f64>() / (m - 1.0);
    if within > 0.0 {
        (((n - 1.0) / n * within + between) / within).sqrt()
    } else if between > 0.0 {
        f64::INFINITY
    } else {
        1.0
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::random::Chance;
    use crate::stats::latin_hypercube;

    fn starts(n: usize, n_dimensions: usize) -> Vec<Vec<f64>> {
        let chance = Chance::new(1, 0, 0);
        latin_hypercube(n, n_dimensions, |d, i| {
            chance.of(d as u32).uniform(9, i as u32)
        })
    }

    /// Two dimensions of a narrow ridge, x + y = 1 ± 0.02 with x = 0.5 ± 0.1, and one that
    /// nothing is known of.
    #[test]
    fn a_narrow_ridge_and_a_free_dimension_are_filled() {
        let log_density = |p: &[f64]| {
            let (along, across) = ((p[0] - 0.5) / 0.1, (p[0] + p[1] - 1.0) / 0.02);
            -0.5 * (along * along + across * across)
        };
        let draws = Chance::new(2, 0, 0).of(0);
        let sample = sample(starts(20, 3), 4000, 4, draws, log_density);
        assert!(sample.disagreement < 1.05, "{}", sample.disagreement);
        let n = sample.draws.len() as f64;
        let moments = |f: &dyn Fn(&[f64]) -> f64| {
            let mean = sample.draws.iter().map(|(p, _)| f(p)).sum::<f64>() / n;
            let square = |p: &[f64]| (f(p) - mean) * (f(p) - mean);
            let sd = (sample.draws.iter().map(|(p, _)| square(p)).sum::<f64>() / n).sqrt();
            (mean, sd)
        };
        let close = |(mean, sd): (f64, f64), wanted: (f64, f64)| {
            (mean - wanted.0).abs() < 0.1 * wanted.1 && (sd / wanted.1 - 1.0).abs() < 0.1
        };
        assert!(
            close(moments(&|p| p[0]), (0.5, 0.1)),
            "{:?}",
            moments(&|p| p[0])
        );
        assert!(close(moments(&|p| p[0] + p[1]), (1.0, 0.02)));
        assert!(close(moments(&|p| p[2]), (0.5, 1.0 / 12_f64.sqrt())));
    }

    #[test]
    fn others_are_others() {
        for (u, v) in [
            (0.0, 0.0),
            (0.5, 0.5),
            (0.99, 0.99),
            (0.0, 0.99),
            (0.99, 0.0),
        ] {
            for chain in 0..5 {
                let (one, other) = pair(5, chain, u, v);
                assert!(one != chain && other != chain && one != other);
                assert!(one < 5 && other < 5);
            }
        }
    }

    #[test]
    fn walls_reflect() {
        assert!((reflect(1.2) - 0.8).abs() < 1e-12);
        assert!((reflect(-0.2) - 0.2).abs() < 1e-12);
        assert!((0.0..=1.0).contains(&reflect(7.3)));
    }
}
