//! Are the scrambled Sobol' points as even as they should be, and each of them uniform?
//!
//! All keys are fixed. What is tested of nets holds for every key; the mean of
//! a random number over scramblings lies in a band of 99.9 %.

use rvtsim::random::Chance;
use rvtsim::stats::{Moments, PointSet, Sobol, normal_quantile};

const SEED: u64 = 20_260_101;

fn sobol(n: usize, n_dimensions: usize, key: u32) -> Sobol {
    let chance = Chance::new(SEED, key, 0);
    Sobol::new(n, n_dimensions, |dimension, index| {
        chance.of(dimension as u32).uniform(0, index as u32)
    })
}

fn points(set: &impl PointSet) -> Vec<Vec<f64>> {
    (0..set.n_points()).map(|i| set.point(i)).collect()
}

/// In how many equal boxes of 2^a by 2^b there is one point.
fn n_hit(points: &[Vec<f64>], (x, a): (usize, u32), (y, b): (usize, u32)) -> usize {
    let mut is_hit = vec![false; 1 << (a + b)];
    for point in points {
        let part =
            |dimension: usize, digits: u32| (point[dimension] * f64::from(1 << digits)) as usize;
        is_hit[part(x, a) << b | part(y, b)] = true;
    }
    is_hit.into_iter().filter(|&hit| hit).count()
}

#[test]
fn every_dimension_is_stratified() {
    let points = points(&sobol(256, Sobol::MOST_DIMENSIONS, 1));
    for dimension in 0..Sobol::MOST_DIMENSIONS {
        assert_eq!(n_hit(&points, (dimension, 8), (0, 0)), 256, "{dimension}");
    }
}

/// The first two dimensions are a (0, m, 2) net: every box of volume 1/n has one point.
#[test]
fn the_first_two_dimensions_fill_every_box() {
    for key in 0..20 {
        let points = points(&sobol(1024, 2, key));
        for a in 0..=10 {
            assert_eq!(n_hit(&points, (0, a), (1, 10 - a)), 1024, "{key} at {a}");
        }
    }
}

/// Property A of Sobol': of 2^s points in s dimensions, each of the boxes that halve every dimension
/// has one.
#[test]
fn the_first_ten_dimensions_fill_every_half() {
    let points = points(&sobol(1024, 10, 5));
    let mut is_hit = [false; 1024];
    for point in points {
        let digit = |&x: &f64| usize::from(x >= 0.5);
        is_hit[point.iter().fold(0, |number, x| number << 1 | digit(x))] = true;
    }
    assert_eq!(is_hit, [true; 1024]);
}

/// Π (1 + (x_j − ½)), whose integral is 1.
fn smooth(point: &[f64]) -> f64 {
    point.iter().map(|x| 0.5 + x).product()
}

/// The root of the mean square error of a mean over `n` points, from 40 scramblings.
fn error(n: usize, n_dimensions: usize) -> f64 {
    let squares = (0..40).map(|key| {
        let set = sobol(n, n_dimensions, key);
        let sum: f64 = (0..n).map(|i| smooth(&set.point(i))).sum();
        (sum / n as f64 - 1.0).powi(2)
    });
    (squares.sum::<f64>() / 40.0).sqrt()
}

#[test]
fn a_smooth_mean_has_an_error_that_falls_faster_than_plain_chance() {
    let (few, many) = (error(64, 5), error(4096, 5));
    // Plain chance: √(((1 + 1/12)^5 − 1) / n), which falls by 8 from 64 to 4096 points.
    let plain = ((1.0 + 1.0 / 12.0_f64).powi(5) - 1.0).sqrt() / 4096.0_f64.sqrt();
    assert!(many < plain / 50.0, "{many} against {plain}");
    // By n^(-3/2) it would fall by 512, up to a power of ln n.
    assert!(few / many > 128.0, "{few} to {many}");
}

#[test]
fn a_point_of_the_sequence_is_uniform_over_the_scramblings() {
    for (number, dimension) in [(0, 0), (0, 7), (1, 3), (5, 0), (1023, 9)] {
        let (mut mean, mut square) = (Moments::default(), Moments::default());
        for key in 0..4000 {
            let x = sobol(1024, 10, key).point(number)[dimension];
            mean.push(x);
            square.push(x * x);
        }
        // Ten bands, each of 99.99 %: a false alarm in 0.1 % of keys.
        let z = normal_quantile(0.999_95);
        let deviations = |found: &Moments, exact: f64, variance: f64| {
            (found.mean() - exact) / (variance / 4000.0).sqrt()
        };
        assert!(deviations(&mean, 0.5, 1.0 / 12.0).abs() < z);
        assert!(deviations(&square, 1.0 / 3.0, 1.0 / 5.0 - 1.0 / 9.0).abs() < z);
    }
}
