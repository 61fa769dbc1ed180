//! The marginal standard error rule finds the end of a transient, and says when there is none.
//!
//! Seeds are fixed: no test fails by chance.

use rvtsim::random::{Chance, normal};
use rvtsim::stats::mser;

/// Replication `k` of an autoregressive series about 10, y' = 10 + 0.5 (y − 10) + e with
/// standard normal e, begun at rest (standard deviation 1.155), on top of `bias`.
fn series(k: u32, n: u32, bias: impl Fn(f64) -> f64) -> Vec<f64> {
    let draws = Chance::new(20_260_101, k, 0).of(0);
    let noise = |index: u32| normal(draws.uniform(0, index));
    let mut deviation = noise(0) * (4.0_f64 / 3.0).sqrt();
    (0..n)
        .map(|t| {
            let value = 10.0 + deviation + bias(f64::from(t));
            deviation = 0.5 * deviation + noise(t + 1);
            value
        })
        .collect()
}

/// A start that is 20 too high and halves every three steps: above one standard
/// deviation of the series for the first 13 steps.
fn transient(t: f64) -> f64 {
    20.0 * 2.0_f64.powf(-t / 3.0)
}

const N_SERIES: u32 = 1000;
const LENGTH: u32 = 100;

#[test]
fn a_transient_is_cut_off_where_it_sinks_below_the_noise() {
    let cuts: Vec<Option<usize>> = (0..N_SERIES)
        .map(|k| mser(&series(k, LENGTH, transient)))
        .collect();
    // The rule may fail to find a rest by chance: in a series of 100 rarely.
    let found: Vec<usize> = cuts.iter().flatten().copied().collect();
    assert!(found.len() > 950, "{} of {N_SERIES}", found.len());
    let mut sorted = found.clone();
    sorted.sort_unstable();
    let at = |share: f64| sorted[(share * sorted.len() as f64) as usize];
    assert!((8..=16).contains(&at(0.5)), "median {}", at(0.5));
    assert!(at(0.05) >= 6, "5 % cut at {} or before", at(0.05));
}

#[test]
fn what_is_left_has_the_mean_of_the_series_at_rest() {
    let mean = |values: &[f64]| values.iter().sum::<f64>() / values.len() as f64;
    let (mut whole, mut cut) = (0.0, 0.0);
    let mut n = 0.0;
    for k in 0..N_SERIES {
        let values = series(k, LENGTH, transient);
        if let Some(from) = mser(&values) {
            whole += mean(&values);
            cut += mean(&values[from..]);
            n += 1.0;
        }
    }
    // Without the cut the transient adds 20 / (1 − 2^(−1/3)) / 100, about 0.97.
    assert!((whole / n - 10.97).abs() < 0.05, "whole: {}", whole / n);
    // With it a tenth of that at most is left; the mean of a thousand series
    // has a standard error of about 0.007.
    assert!((cut / n - 10.0).abs() < 0.1, "cut: {}", cut / n);
}

#[test]
fn a_series_at_rest_from_the_start_loses_little() {
    let cuts: Vec<Option<usize>> = (0..N_SERIES)
        .map(|k| mser(&series(k, LENGTH, |_| 0.0)))
        .collect();
    let kept = cuts.iter().flatten().filter(|&&cut| cut <= 10).count();
    assert!(kept > 600, "{kept} of {N_SERIES} lose a tenth or less");
}

#[test]
fn a_series_that_drifts_all_the_time_finds_no_rest() {
    let n_found = (0..N_SERIES)
        .filter(|&k| mser(&series(k, LENGTH, |t| 0.5 * t)).is_some())
        .count();
    assert_eq!(n_found, 0);
}
