//! Finished passes that are kept, so that nobody makes them twice.

use std::error::Error;

use sha2::{Digest, Sha256};

use crate::model::{Pass, Setting};

/// What a pass follows from, in 256 bits: the setting with every value in it, the seed and the
/// replication. Equal bits mean equal passes of one program.
#[derive(Clone, Copy, PartialEq, Eq, Hash, Debug)]
pub struct PassId(pub [u8; 32]);

impl PassId {
    /// What the pass of a setting, seed and replication follows from.
    pub fn of(setting: &Setting, seed: u64, replication: u32) -> Self {
        let given = postcard::to_stdvec(&(setting, seed, replication));
        let given = given.expect("a setting is numbers and texts");
        PassId(Sha256::digest(given).into())
    }
}

/// Why a store does not answer; the sentence carries its path.
pub type StoreError = Box<dyn Error + Send + Sync>;

/// Somebody who keeps finished passes.
///
/// Passes end on many threads, so it is asked from many threads.
pub trait PassStore: Sync {
    /// A pass that was kept before.
    ///
    /// # Errors
    ///
    /// When it was kept and cannot be read.
    fn find(&self, id: &PassId) -> Result<Option<Pass>, StoreError>;

    /// Keeps a pass that has just been made.
    ///
    /// # Errors
    ///
    /// When it cannot be kept. What was kept before still is.
    fn keep(&self, id: &PassId, pass: &Pass) -> Result<(), StoreError>;
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::experiment::Design;
    use crate::experiment::fixture::scenario;

    #[test]
    fn whatever_a_pass_follows_from_is_in_its_id() {
        let scenario = scenario(1);
        let design = Design::new(&scenario);
        let key = design.in_starting_order().next().unwrap();
        let setting = design.unstaffed(key);
        let id = PassId::of(&setting, 1, 1);
        assert_eq!(id, PassId::of(&setting.clone(), 1, 1));
        let changes: [fn(&mut Setting); 6] = [
            |it| {
                it.parameters.staff.turnover =
                    f64::from_bits(it.parameters.staff.turnover.to_bits() + 1)
            },
            |it| it.region.meldingen_per_year += 1.0,
            |it| it.region.country.meldingen_per_year += 1.0,
            |it| it.period.warm_up_days += 1,
            |it| it.form.teams[0].generalist_share /= 2.0,
            |it| it.form.tasks[0] = it.form.tasks[1],
        ];
        let mut ids = vec![id, PassId::of(&setting, 2, 1), PassId::of(&setting, 1, 2)];
        for change in changes {
            let mut other = setting.clone();
            change(&mut other);
            ids.push(PassId::of(&other, 1, 1));
        }
        let n = ids.len();
        let distinct: std::collections::HashSet<PassId> = ids.into_iter().collect();
        assert_eq!(distinct.len(), n);
    }
}
