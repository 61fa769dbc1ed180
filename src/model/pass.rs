//! One pass: one form in one region through one replication.

use serde::{Deserialize, Serialize};

use super::{Entry, Observations, Setting, chain::Chain};

/// What a pass gives.
#[derive(Clone, PartialEq, Debug, Serialize, Deserialize)]
pub struct Pass {
    /// What was observed after the warm-up.
    pub observations: Observations,
    /// Events handled, warm-up included.
    pub n_events: u64,
}

/// Runs one pass. The same arguments give the same answer, anywhere.
pub fn simulate(setting: &Setting, seed: u64, replication: u32) -> Pass {
    let chain = Chain::new(setting.clone(), seed, replication);
    let (observations, n_events) = chain.finish();
    Pass {
        observations,
        n_events,
    }
}

/// The life of the n-th first-reported household of the region in one pass,
/// counted from 0; empty if it never comes.
pub fn follow(setting: &Setting, seed: u64, replication: u32, household: u32) -> Vec<Entry> {
    let mut chain = Chain::new(setting.clone(), seed, replication);
    chain.watched_entity = household;
    let horizon = chain.horizon;
    chain.run_until(horizon);
    chain.journal
}
