//! Is the best system selected as often as promised, and do common random numbers pay?
//!
//! All keys are fixed. A share of trials lies in a band of 99.9 % of what is
//! promised: one band in a thousand would fail a right procedure under another seed.

use rvtsim::random::{Chance, normal};
use rvtsim::stats::{Selection, normal_quantile};

const SEED: u64 = 20_260_101;
const TRIALS: u32 = 2000;
/// What a difference must come to for it to matter, of values with standard deviation 1.
const INDIFFERENCE: f64 = 0.2;

/// Share of trials that select the last system, and the mean number of values looked at.
///
/// The values of system i have mean `means[i]`, variance 1 and correlation `common` with others.
fn selected(means: &[f64], common: f64) -> (f64, f64) {
    let (mut hits, mut n) = (0, 0);
    for trial in 0..TRIALS {
        let chance = Chance::new(SEED, trial, 0);
        let draw = |entity: usize, replication: u64| {
            normal(chance.of(entity as u32).uniform(0, replication as u32))
        };
        let mut selection = Selection::new(means.len(), INDIFFERENCE, 0.05, 10);
        while selection.best().is_none() {
            let replication = selection.n();
            let shared = common.sqrt() * draw(means.len(), replication);
            let own = |&i: &usize| means[i] + shared + (1.0 - common).sqrt() * draw(i, replication);
            let values: Vec<f64> = selection.survivors().iter().map(own).collect();
            n += values.len();
            selection.observe(&values);
        }
        hits += u32::from(selection.best() == Some(means.len() - 1));
    }
    (
        f64::from(hits) / f64::from(TRIALS),
        n as f64 / f64::from(TRIALS),
    )
}

fn is_promised(share: f64) -> bool {
    share > 0.95 - normal_quantile(0.999) * (0.95 * 0.05 / f64::from(TRIALS)).sqrt()
}

/// All others as good as they may be: the hardest case.
#[test]
fn the_best_is_selected_in_the_slippage_configuration() {
    for (k, common) in [(2, 0.0), (2, 0.8), (6, 0.0), (6, 0.8)] {
        let mut means = vec![0.0; k];
        means[k - 1] = INDIFFERENCE;
        let (share, _) = selected(&means, common);
        assert!(is_promised(share), "{share} of {k} with {common}");
        // With two systems the bound is nearly met: it is not by caution that it holds.
        assert!(k > 2 || share < 0.99, "{share} of {k} with {common}");
    }
}

#[test]
fn common_chance_and_clear_differences_save_replications() {
    let slippage = [0.0, 0.0, 0.0, 0.0, 0.0, INDIFFERENCE];
    let (_, alone) = selected(&slippage, 0.0);
    let (_, common) = selected(&slippage, 0.8);
    assert!(common < 0.4 * alone, "{common} against {alone}");
    let (share, spread) = selected(&[0.0, 0.2, 0.4, 0.6, 0.8, 1.0], 0.0);
    assert!(is_promised(share), "{share}");
    assert!(spread < 0.6 * alone, "{spread} against {alone}");
}

fn records(name: &str) -> Vec<csv::StringRecord> {
    let path = format!("{}/tests/sim_tools/{name}.csv", env!("CARGO_MANIFEST_DIR"));
    let mut reader = csv::Reader::from_path(path).unwrap();
    reader.records().map(Result::unwrap).collect()
}

/// KN of sim-tools 1.3.0 on the same values: tests/sim_tools/make.py wrote them, and after how many
/// replications each system leaves.
#[test]
fn systems_leave_when_those_of_sim_tools_do() {
    let systems: Vec<Vec<f64>> = (records("systems").iter())
        .map(|record| record.iter().map(|x| x.parse().unwrap()).collect())
        .collect();
    let found = records("selections");
    assert_eq!(found.len(), 12);
    for row in found {
        let whole =
            |text: &str| -> Vec<usize> { text.split(' ').map(|x| x.parse().unwrap()).collect() };
        let (columns, left) = (whole(&row[0]), whole(&row[3]));
        let indifference: f64 = row[1].parse().unwrap();
        let mut selection =
            Selection::new(columns.len(), indifference, 0.05, row[2].parse().unwrap());
        for values in &systems {
            let values: Vec<f64> = (selection.survivors().iter())
                .map(|&i| values[columns[i]])
                .collect();
            selection.observe(&values);
        }
        for (i, &n) in left.iter().enumerate() {
            let expected = (n > 0).then_some(n as u64);
            assert_eq!(selection.left_after(i), expected, "{row:?}: {i}");
        }
    }
}
