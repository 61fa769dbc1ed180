//! One region under two forms, and how far they differ.
//!
//! ```sh
//! cargo run --release --example one_region
//! ```

use std::path::Path;

use rvtsim::experiment::{Execution, run};
use rvtsim::model::KPIS;
use rvtsim::scenario::{Changes, load};

fn main() {
    // What a file says may be changed without touching the file.
    let changes = Changes {
        regions: Some(vec!["Zeeland".into()]),
        replications: Some(3),
        ..Changes::default()
    };
    let scenario =
        load(Path::new("scenarios/referentie.toml"), &changes).expect("the shipped scenario loads");
    // By default on all cores; a watcher, a store of finished passes and a stop flag can be given.
    let outcome = run(&scenario, &Execution::default()).expect("no pass fails");
    let all_regions = outcome.merged();
    for (number, kpi) in KPIS.iter().enumerate().filter(|(_, kpi)| kpi.is_headline) {
        println!("{} [{}]", kpi.en, kpi.unit);
        for (case, described) in scenario.cases.iter().enumerate() {
            let Some(mean) = outcome.estimate(case, all_regions, number) else {
                continue;
            };
            // The same families met the same chances: the difference is paired by replication.
            let difference = outcome
                .paired(case, scenario.baseline, all_regions, number)
                .filter(|_| case != scenario.baseline)
                .map(|paired| {
                    format!(
                        "  {:+.2} ({:+.2} to {:+.2})",
                        paired.difference.mean, paired.difference.low, paired.difference.high
                    )
                });
            println!(
                "  {:<28} {:>9.2}{}",
                described.form.key,
                mean.mean,
                difference.unwrap_or_default()
            );
        }
    }
}
