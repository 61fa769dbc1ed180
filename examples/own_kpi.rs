//! A KPI of your own, from the lives of families, without a change to the library.
//!
//! Of families with children that came in unsafe: how many met five professionals or more, and how
//! many days their home was unsafe for each professional whom they met.
//!
//! ```sh
//! cargo run --release --example own_kpi
//! ```

use std::path::Path;

use rvtsim::engine::MINUTES_PER_DAY;
use rvtsim::scenario::{Changes, load};
use rvtsim::study::{Life, lives_of};

/// Share of families that met five professionals or more \[percent\].
fn many_faces_percent(lives: &[&Life]) -> f64 {
    let many = lives
        .iter()
        .filter(|life| life.facts.n_professionals >= 5)
        .count();
    100.0 * many as f64 / lives.len() as f64
}

/// Unsafe days for each professional met \[days\].
fn unsafe_days_per_face(lives: &[&Life]) -> f64 {
    let days: f64 = lives
        .iter()
        .map(|life| life.facts.unsafe_minutes as f64 / f64::from(MINUTES_PER_DAY))
        .sum();
    let faces: u32 = lives.iter().map(|life| life.facts.n_professionals).sum();
    days / f64::from(faces)
}

fn main() {
    let changes = Changes {
        regions: Some(vec!["Zeeland".into()]),
        ..Changes::default()
    };
    let scenario =
        load(Path::new("scenarios/referentie.toml"), &changes).expect("the shipped scenario loads");
    for (case, described) in scenario.cases.iter().enumerate() {
        // Every family that comes for the first time while it is measured; the journal of each holds
        // every step, wait, incident and measure.
        let lives = lives_of(&scenario, case, 0, 1).expect("no pass fails");
        let unsafe_with_children: Vec<&Life> = lives
            .iter()
            .filter(|life| life.facts.family.has_children && life.facts.severity.is_unsafe())
            .collect();
        println!(
            "{:<28} {:>5} families, {:>5.1} % met five or more, {:>6.2} unsafe days for each",
            described.form.key,
            unsafe_with_children.len(),
            many_faces_percent(&unsafe_with_children),
            unsafe_days_per_face(&unsafe_with_children),
        );
    }
}
