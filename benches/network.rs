//! A queueing network on the kernel, bare and full, beside the same by hand.
//!
//! Ratios count, and only between figures of one run. The aim: bare within 1.25
//! times the loop by hand, full within 2.5 times.

mod jackson;

use std::time::Duration;

use criterion::{BatchSize, Criterion, Throughput, criterion_group, criterion_main};
use jackson::{Bare, ByHand, Full, Network, STATIONS};

/// Units of time before a run is measured.
const WARM_UP: f64 = 2_000.0;
/// Units of time that are measured.
const LENGTH: f64 = 1_000.0;

/// A network must be right before its speed counts: over a long run the mean
/// waits come out, to four standard errors of the least certain one.
fn checked_waits<N: Network>(name: &str) -> [f64; 5] {
    let mut network = N::new(1);
    network.run(400.0 * LENGTH);
    let waits = network.waits();
    for (wait, station) in waits.into_iter().zip(STATIONS) {
        let error = wait / station.exact_wait - 1.0;
        assert!(error.abs() < 0.25, "{name}: a mean wait of {wait} is wrong");
    }
    waits
}

fn measure<N: Network>(criterion: &mut Criterion, name: &str) {
    let mut warm = N::new(2);
    warm.run(WARM_UP);
    let events = warm.clone().run(WARM_UP + LENGTH);
    let mut group = criterion.benchmark_group("network");
    group
        .throughput(Throughput::Elements(events))
        .sample_size(50)
        .warm_up_time(Duration::from_millis(500))
        .measurement_time(Duration::from_secs(2));
    group.bench_function(name, |bencher| {
        bencher.iter_batched_ref(
            || warm.clone(),
            |network| network.run(WARM_UP + LENGTH),
            BatchSize::SmallInput,
        );
    });
    group.finish();
}

fn network(criterion: &mut Criterion) {
    let by_hand = checked_waits::<ByHand>("by hand");
    assert_eq!(checked_waits::<Bare>("bare"), by_hand, "not the same work");
    checked_waits::<Full>("full");
    measure::<ByHand>(criterion, "by hand");
    measure::<Bare>(criterion, "bare");
    measure::<Full>(criterion, "full");
}

criterion_group!(benches, network);
criterion_main!(benches);
