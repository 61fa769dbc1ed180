//! One workload of a fixed size, for whoever counts from outside: instructions
//! (`.ci/instructions`), processor time and memory (`benches/peers/`, `benches/growth.py`).
//!
//! ```sh
//! cargo bench --bench workload -- network theory
//! cargo bench --bench workload -- network by-hand|bare|full HORIZON SEED
//! cargo bench --bench workload -- model FORM REGION SIZE YEARS
//! ```
//!
//! It prints the number of events, and for a network the mean wait at each station. What a
//! longer run costs more than a short one is the price of its events, without set-up.

mod jackson;

use std::path::Path;

use jackson::{Bare, ByHand, Full, Network, STATIONS};
use mimalloc::MiMalloc;
use rvtsim::model::{Setting, simulate};
use rvtsim::scenario::{Changes, load};

/// That of the program.
#[global_allocator]
static ALLOCATOR: MiMalloc = MiMalloc;

fn main() {
    // Cargo adds a word of its own.
    let arguments: Vec<String> = std::env::args()
        .skip(1)
        .filter(|word| word != "--bench")
        .collect();
    let words: Vec<&str> = arguments.iter().map(String::as_str).collect();
    match words[..] {
        // Cargo runs every bench; without a size there is nothing to do.
        [] => {}
        ["network", "theory"] => println!("0 {}", waits(STATIONS.map(|one| one.exact_wait))),
        ["network", kind, horizon, seed] => {
            let (horizon, seed) = (number(horizon), number(seed) as u64);
            match kind {
                "by-hand" => network::<ByHand>(horizon, seed),
                "bare" => network::<Bare>(horizon, seed),
                "full" => network::<Full>(horizon, seed),
                _ => panic!("a network is by-hand, bare or full"),
            }
        }
        ["model", form, region, size, years] => model(form, region, number(size), number(years)),
        _ => panic!("network KIND HORIZON SEED, or model FORM REGION SIZE YEARS"),
    }
}

fn number(word: &str) -> f64 {
    word.parse()
        .unwrap_or_else(|_| panic!("{word} should be a number"))
}

fn network<N: Network>(horizon: f64, seed: u64) {
    let mut network = N::new(seed);
    let events = network.run(horizon);
    println!("{events} {}", waits(network.waits()));
}

fn waits(waits: [f64; 5]) -> String {
    waits.map(|wait| format!("{wait:.6}")).join(" ")
}

/// One form in one region, `size` times as large in people, demand and staff, for some
/// measured years after one of warm-up.
fn model(form: &str, region: &str, size: f64, years: f64) {
    let changes = Changes {
        regions: Some(vec![region.into()]),
        ..Changes::default()
    };
    let scenario = load(Path::new("scenarios/vergelijking.toml"), &changes)
        .unwrap_or_else(|diagnostics| panic!("{diagnostics}"));
    let case = scenario.cases.iter().find(|case| case.form.key == form);
    let case = case.unwrap_or_else(|| panic!("{form} is not a form"));
    let region = scenario.regions[0].times(size);
    let mut period = scenario.period;
    (period.warm_up_days, period.measured_days) = (365, (365.0 * years) as u32);
    let setting = Setting {
        form: case.form.clone(),
        parameters: case.parameters,
        region,
        period,
        roster: None,
        changes: Vec::new(),
        local: Vec::new(),
        counted: None,
        readings: Vec::new(),
    };
    println!("{}", simulate(&setting, scenario.seed, 0).n_events);
}
