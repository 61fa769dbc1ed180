//! Do intervals cover what they say, and do histograms keep their bound?
//!
//! All keys are fixed. Every band on a coverage is the central 99.9 % of its
//! binomial distribution: one band in a thousand would fail a correct
//! interval under some other seed.

use rvtsim::random::{Chance, LogNormal, normal};
use rvtsim::stats::{Estimate, Histogram, Moments, Paired, normal_quantile, simultaneous};

const SEED: u64 = 20_260_101;
const TRIALS: u32 = 5_000;
const REPLICATIONS: u32 = 8;

/// Whether a number of hits is a likely outcome of `TRIALS` with chance `level`.
fn covers(hits: usize, level: f64) -> bool {
    let expected = f64::from(TRIALS) * level;
    let deviation = (expected * (1.0 - level)).sqrt();
    (hits as f64 - expected).abs() < normal_quantile(0.9995) * deviation
}

/// Normal values of mean 10 and standard deviation 3, one a replication.
fn values(trial: u32, purpose: u16) -> Vec<f64> {
    let draw = |r| Chance::new(SEED, r, 0).of(trial).uniform(purpose, 0);
    (0..REPLICATIONS)
        .map(|r| 10.0 + 3.0 * normal(draw(r)))
        .collect()
}

#[test]
fn intervals_cover_as_often_as_they_say() {
    for level in [0.8, 0.95, 0.99] {
        let hits = (0..TRIALS).filter(|&trial| {
            let estimate = Estimate::of(&values(trial, 1), level).unwrap();
            (estimate.low..=estimate.high).contains(&10.0)
        });
        let hits = hits.count();
        assert!(covers(hits, level), "{hits} of {TRIALS} at {level}");
    }
}

/// The normal quantile in place of Student's t is too narrow, and the band sees it.
#[test]
fn a_narrow_interval_is_rejected() {
    let hits = (0..TRIALS).filter(|&trial| {
        let estimate = Estimate::of(&values(trial, 1), 0.95).unwrap();
        (estimate.mean - 10.0).abs() < normal_quantile(0.975) * estimate.standard_error
    });
    assert!(!covers(hits.count(), 0.95));
}

#[test]
fn paired_intervals_cover_and_common_chance_narrows_them() {
    let (mut hits, mut paired_variance, mut unpaired_variance) = (0, 0.0, 0.0);
    for trial in 0..TRIALS {
        let common = values(trial, 1);
        let noise = values(trial, 2);
        let baseline = values(trial, 3);
        let add = |own: &[f64], scale: f64| -> Vec<f64> {
            common.iter().zip(own).map(|(c, x)| c + scale * x).collect()
        };
        // Means 10 + 0.3 · 10 and 10 + 0.1 · 10: a true difference of 2.
        let paired = Paired::of(&add(&noise, 0.3), &add(&baseline, 0.1), 0.95).unwrap();
        hits += usize::from((paired.difference.low..=paired.difference.high).contains(&2.0));
        paired_variance += paired.variance_paired / f64::from(TRIALS);
        unpaired_variance += paired.variance_unpaired / f64::from(TRIALS);
    }
    assert!(covers(hits, 0.95), "{hits} of {TRIALS}");
    // A sample variance of n values has relative variance 2 / (n − 1), the
    // mean of all TRIALS that over TRIALS; a sum of two has no more.
    let spread = (2.0 / f64::from(REPLICATIONS - 1) / f64::from(TRIALS)).sqrt();
    let close =
        |found: f64, exact: f64| (found / exact - 1.0).abs() < normal_quantile(0.9995) * spread;
    assert!(close(paired_variance, 9.0 * (0.09 + 0.01)));
    assert!(close(unpaired_variance, 9.0 * (2.0 + 0.09 + 0.01)));
}

/// Five comparisons with one baseline: with independent noise, where the chances to miss add up
/// almost in full, and with noise of the baseline that is in every difference.
#[test]
fn simultaneous_intervals_hold_all_at_once() {
    for own in [1.0, 0.3] {
        let (mut hits, mut hits_of_first) = (0, 0);
        for trial in 0..TRIALS {
            let baseline = values(trial, 1);
            let other = |k: u16| -> Vec<f64> {
                let noise = values(trial, 1 + k);
                noise
                    .iter()
                    .map(|x| own * (x - 10.0) + f64::from(k))
                    .collect()
            };
            let others: Vec<Vec<f64>> = (1..=5).map(other).collect();
            let others: Vec<&[f64]> = others.iter().map(Vec::as_slice).collect();
            let found = simultaneous(&others, &baseline, 0.9).unwrap();
            let holds = |(k, one): (u16, &Paired)| {
                (one.difference.low..=one.difference.high).contains(&(f64::from(k) - 10.0))
            };
            hits += usize::from((1..).zip(&found).all(holds));
            hits_of_first += usize::from(holds((1, &found[0])));
        }
        let band = normal_quantile(0.9995) * (0.1 * 0.9 / f64::from(TRIALS)).sqrt();
        let share = hits as f64 / f64::from(TRIALS);
        assert!(share > 0.9 - band, "{share} hold together");
        assert!(covers(hits_of_first, 0.98), "{hits_of_first} of {TRIALS}");
    }
}

/// Durations from minutes to millennia.
fn durations() -> Vec<u32> {
    let law = LogNormal::from_mean_cv(50_000.0, 20.0);
    let draw = |i| law.at(Chance::new(SEED, 0, 0).of(i).uniform(4, 0));
    (0..40_000).map(|i| draw(i) as u32).collect()
}

#[test]
fn histogram_quantiles_keep_their_bound() {
    let mut sorted = durations();
    let mut histogram = Histogram::default();
    for &value in &sorted {
        histogram.record(value);
    }
    sorted.sort_unstable();
    assert_eq!(histogram.n(), sorted.len() as u64);
    for i in 0..=1000 {
        let q = f64::from(i) / 1000.0;
        let rank = ((q * sorted.len() as f64).ceil() as usize).max(1);
        let exact = f64::from(sorted[rank - 1]);
        let error = (histogram.quantile(q).unwrap() - exact).abs();
        let bound = if exact < 128.0 { 0.0 } else { exact / 128.0 };
        assert!(error <= bound, "{q}: off by {error} at {exact}");
    }
}

#[test]
fn the_order_of_merging_leaves_no_trace() {
    let values = durations();
    let parts: Vec<Histogram> = values
        .chunks(5_000)
        .map(|chunk| {
            let mut part = Histogram::default();
            chunk.iter().for_each(|&value| part.record(value));
            part
        })
        .collect();
    let merged = |order: &[usize]| {
        let mut whole = Histogram::default();
        order.iter().for_each(|&i| whole.merge(&parts[i]));
        whole
    };
    let forward = merged(&[0, 1, 2, 3, 4, 5, 6, 7]);
    let shuffled = merged(&[5, 0, 7, 2, 1, 6, 4, 3]);
    let mut tree = merged(&[7, 6, 5, 4]);
    tree.merge(&merged(&[3, 2, 1, 0]));
    let mut whole = Histogram::default();
    values.iter().for_each(|&value| whole.record(value));
    for other in [&shuffled, &tree, &whole] {
        assert_eq!(forward, *other);
        for q in [0.0, 0.1, 0.5, 0.9, 0.999, 1.0] {
            let bits = |h: &Histogram| h.quantile(q).unwrap().to_bits();
            assert_eq!(bits(&forward), bits(other));
        }
    }
    assert_ne!(forward, merged(&[0, 1, 2, 3, 4, 5, 6]));
}

#[test]
fn merged_moments_are_the_moments_of_the_whole() {
    let mut whole = Moments::default();
    let mut merged = Moments::default();
    for chunk in durations().chunks(777) {
        let mut part = Moments::default();
        for &value in chunk {
            part.push(f64::from(value));
            whole.push(f64::from(value));
        }
        merged.merge(&part);
    }
    assert_eq!(merged.n(), whole.n());
    assert!((merged.mean() / whole.mean() - 1.0).abs() < 1e-12);
    assert!((merged.variance() / whole.variance() - 1.0).abs() < 1e-12);
}

/// One more value lies inside as often as the interval says: between order statistics whatever the distribution, here a
/// very skewed one, and with few values as if they were normal.
#[test]
fn an_interval_for_the_next_value_holds_it_as_often_as_it_says() {
    let draw = |trial: u32, n: u32| -> Vec<f64> {
        (0..n)
            .map(|r| normal(Chance::new(SEED, r, 1).of(trial).uniform(4, 0)))
            .collect()
    };
    let skewed = |x: f64| libm::exp(1.5 * x);
    for (n, level, is_skewed) in [
        (39, 0.95, true),
        (59, 0.95, true),
        (200, 0.95, true),
        (20, 0.8, true),
        (10, 0.95, false),
        (3, 0.95, false),
    ] {
        let hits = (0..TRIALS).filter(|&trial| {
            let mut values = draw(trial, n + 1);
            if is_skewed {
                values.iter_mut().for_each(|x| *x = skewed(*x));
            }
            let next = values.pop().unwrap();
            let estimate = Estimate::of_next(&values, level).unwrap();
            (estimate.low..=estimate.high).contains(&next)
        });
        let hits = hits.count();
        assert!(
            covers(hits, level),
            "{hits} of {TRIALS} with {n} at {level}"
        );
    }
}

/// Unlike that of a mean it does not shrink to nothing with more values.
#[test]
fn an_interval_for_the_next_value_tends_to_the_quantiles() {
    let values: Vec<f64> = (1..=999)
        .map(|n| normal_quantile(f64::from(n) / 1000.0))
        .collect();
    let estimate = Estimate::of_next(&values, 0.95).unwrap();
    assert!((estimate.low + 1.96).abs() < 0.01 && (estimate.high - 1.96).abs() < 0.01);
    let differences = Paired::of_next(&values, &vec![1.0; 999], 0.95).unwrap();
    assert!((differences.difference.low + 2.96).abs() < 0.01);
    assert_eq!(Estimate::of_next(&[], 0.95), None);
    assert_eq!(Estimate::of_next(&[1.0], 0.95).unwrap().high, f64::INFINITY);
}
