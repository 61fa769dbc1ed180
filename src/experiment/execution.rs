//! How a run is carried out.

use std::sync::atomic::AtomicBool;

use super::progress::{Progress, Watcher};
use super::store::{PassId, PassStore, StoreError};
use crate::model::Pass;

/// How a run is carried out: nothing in it has any effect on results.
///
/// By default on one thread for each core, from beginning to end, with nobody
/// who watches or keeps anything.
#[derive(Clone, Copy)]
pub struct Execution<'a> {
    /// Threads that make passes; one for each core if it is not said.
    pub n_threads: Option<usize>,
    /// Who is told how it gets on.
    pub watcher: &'a dyn Watcher,
    /// Who has passes that were finished before, and keeps those that are made.
    pub store: &'a dyn PassStore,
    /// Once it is set no pass is begun, and the run ends when those under way
    /// have been made and kept.
    pub stop: &'a AtomicBool,
}

impl Default for Execution<'_> {
    fn default() -> Self {
        static NEVER: AtomicBool = AtomicBool::new(false);
        Execution {
            n_threads: None,
            watcher: &Nobody,
            store: &Nobody,
            stop: &NEVER,
        }
    }
}

/// Nobody watches, nobody keeps.
struct Nobody;

impl Watcher for Nobody {
    fn tell(&self, _: Progress) {}
}

impl PassStore for Nobody {
    fn find(&self, _: &PassId) -> Result<Option<Pass>, StoreError> {
        Ok(None)
    }

    fn keep(&self, _: &PassId, _: &Pass) -> Result<(), StoreError> {
        Ok(())
    }
}
