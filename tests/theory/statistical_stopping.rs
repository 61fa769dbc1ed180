//! Does an interval that was made narrow enough still cover?
//!
//! All keys are fixed. A share of trials lies in a band of 99.9 % of what is
//! promised: one band in a thousand would fail a right rule under another seed.

use rvtsim::random::{Chance, exponential, normal};
use rvtsim::stats::{Progress, Stopping, Target, normal_quantile};

const SEED: u64 = 20_260_101;
const TRIALS: u32 = 2000;

/// Share of trials in which the interval at the end holds `mean`, and the mean number of values.
fn coverage(target: Target, draw: impl Fn(f64) -> f64, mean: f64) -> (f64, f64) {
    let (mut hits, mut n) = (0, 0);
    for trial in 0..TRIALS {
        let draws = Chance::new(SEED, trial, 0).of(0);
        let mut rule = Stopping::new(target, 0.95, 10, 10_000);
        let mut index = 0;
        while rule.observe(draw(draws.uniform(0, index))) != Progress::Done {
            index += 1;
        }
        let found = rule.estimate().unwrap();
        hits += u32::from((found.low..=found.high).contains(&mean));
        n += found.n;
    }
    (
        f64::from(hits) / f64::from(TRIALS),
        n as f64 / f64::from(TRIALS),
    )
}

/// The half-width for which so many values of standard deviation 1 would do, were it known.
fn half_width(n: f64) -> f64 {
    normal_quantile(0.975) / n.sqrt()
}

fn band(share: f64) -> f64 {
    normal_quantile(0.999) * (share * (1.0 - share) / f64::from(TRIALS)).sqrt()
}

/// In 20,000 trials each 94.2 to 95.0 %.
#[test]
fn intervals_of_normal_values_cover_in_94_of_100_cases() {
    for needed in [10.0, 20.0, 40.0, 80.0] {
        let target = Target::Absolute(half_width(needed));
        let (share, n) = coverage(target, normal, 0.0);
        assert!(share > 0.94 - band(0.94), "{share} where {needed} would do");
        // The first ten, a look ahead of five, and Student's t for the normal: not many more.
        assert!(
            n > needed && n < needed + 10.0,
            "{n} where {needed} would do"
        );
    }
}

#[test]
fn relative_targets_are_of_the_true_mean() {
    // Mean 10, standard deviation 3 and an error of 5 %: (1.96 · 3 / 0.5)², 138 values.
    let draw = |u| 10.0 + 3.0 * normal(u);
    let (share, n) = coverage(Target::Relative(0.05), draw, 10.0);
    assert!(share > 0.94 - band(0.94), "{share}");
    assert!(n > 138.0 && n < 170.0, "{n}");
}

/// In 20,000 trials each 88.9 to 93 %: a sample without its rare large values looks precise.
#[test]
fn intervals_of_exponential_values_cover_less() {
    for needed in [10.0, 40.0, 80.0] {
        let target = Target::Absolute(half_width(needed));
        let (share, _) = coverage(target, |u| exponential(u, 1.0), 1.0);
        assert!(share > 0.89 - band(0.89), "{share} where {needed} would do");
    }
}

fn records(name: &str) -> Vec<csv::StringRecord> {
    let path = format!("{}/tests/sim_tools/{name}.csv", env!("CARGO_MANIFEST_DIR"));
    let mut reader = csv::Reader::from_path(path).unwrap();
    reader.records().map(Result::unwrap).collect()
}

/// sim-tools 1.3.0 on the same values: tests/sim_tools/make.py wrote them and what it finds.
#[test]
fn the_number_of_values_is_that_of_sim_tools() {
    let systems = records("systems");
    let found = records("replications");
    assert_eq!(found.len(), 15);
    for row in found {
        let column: usize = row[0].parse().unwrap();
        let precision: f64 = row[1].parse().unwrap();
        // It asks for a share of the estimated mean, not of the true one.
        let target = Target::Relative(precision / (1.0 - precision));
        let mut rule = Stopping::new(target, 0.95, 3, 300);
        let mut values = systems.iter().map(|record| record[column].parse().unwrap());
        while rule.observe(values.next().unwrap()) != Progress::Done {}
        assert_eq!(
            rule.narrow_since(),
            Some(row[2].parse().unwrap()),
            "{row:?}"
        );
    }
}
