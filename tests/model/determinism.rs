//! The same seed gives the same run, a clone goes on as its original, another replication differs.

use crate::common;
use crate::common::FORMS;
use rvtsim::engine::Time;
use rvtsim::model::{Chain, Setting, simulate};

fn setting(form: &str) -> Setting {
    common::short_setting(form, "Gooi en Vechtstreek", 365, 365)
}

#[test]
fn the_same_seed_gives_the_same_observations() {
    for form in FORMS {
        let setting = setting(form);
        let (one, other) = (simulate(&setting, 1, 0), simulate(&setting, 1, 0));
        assert!(one == other, "{form}");
        assert!(one.n_events > 10_000, "{form}: {} events", one.n_events);
    }
}

#[test]
fn another_seed_replication_or_region_gives_another_result() {
    let here = setting("v0_estafette");
    let first = simulate(&here, 1, 0).observations;
    assert!(first != simulate(&here, 1, 1).observations, "replication");
    assert!(first != simulate(&here, 2, 0).observations, "seed");
    let mut there = here.clone();
    there.region.number += 1;
    assert!(first != simulate(&there, 1, 0).observations, "region");
}

#[test]
fn a_clone_in_mid_run_goes_on_as_its_original_and_as_a_run_in_one_go() {
    for form in FORMS {
        let setting = setting(form);
        let whole = simulate(&setting, 3, 0);
        // A moment in the night, in the warm-up; and one in the measured year.
        for moment in [Time::from_days(200).after(137), Time::from_days(500)] {
            let mut original = Chain::new(setting.clone(), 3, 0);
            let n_before = original.run_until(moment);
            let clone = original.clone();
            let (seen, n_after) = original.finish();
            assert!(seen == whole.observations, "{form}: the original");
            assert_eq!(n_before + n_after, whole.n_events, "{form}");
            let (seen, n_after) = clone.finish();
            assert!(seen == whole.observations, "{form}: the clone");
            assert_eq!(n_before + n_after, whole.n_events, "{form}");
        }
    }
}
