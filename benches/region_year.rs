//! One region through one year of the estafettemodel, after a year of warm-up.

use std::path::Path;

use criterion::{Criterion, Throughput, criterion_group, criterion_main};
use mimalloc::MiMalloc;
use rvtsim::model::{Setting, simulate};
use rvtsim::scenario::{Changes, load};

/// That of the program.
#[global_allocator]
static ALLOCATOR: MiMalloc = MiMalloc;

fn region_year(criterion: &mut Criterion) {
    let changes = Changes {
        regions: Some(vec!["Zeeland".into()]),
        ..Changes::default()
    };
    let scenario = load(Path::new("scenarios/vergelijking.toml"), &changes)
        .unwrap_or_else(|diagnostics| panic!("{diagnostics}"));
    let mut period = scenario.period;
    (period.warm_up_days, period.measured_days) = (365, 365);
    let mut group = criterion.benchmark_group("region_year");
    for case in &scenario.cases {
        let setting = Setting {
            form: case.form.clone(),
            parameters: case.parameters,
            region: scenario.regions[0].clone(),
            period,
            roster: None,
            changes: Vec::new(),
            local: Vec::new(),
            counted: None,
            readings: Vec::new(),
        };
        let n_events = simulate(&setting, scenario.seed, 0).n_events;
        group.throughput(Throughput::Elements(n_events));
        group.bench_function(&case.form.key, |bencher| {
            bencher.iter(|| simulate(&setting, scenario.seed, 0));
        });
    }
    group.finish();
}

criterion_group!(benches, region_year);
criterion_main!(benches);
