//! Finished passes in memory, and on their way from one worker to another.

use std::collections::BTreeMap;
use std::sync::Mutex;

use rvtsim::experiment::{PassId, PassStore, StoreError};
use rvtsim::model::Pass;

/// The passes that a worker knows, and those that it has made since it last told of them.
#[derive(Default)]
pub(crate) struct Shelf(Mutex<Inside>);

#[derive(Default)]
struct Inside {
    passes: BTreeMap<[u8; 32], Pass>,
    made: Vec<[u8; 32]>,
}

impl Shelf {
    fn with<T>(&self, look: impl FnOnce(&mut Inside) -> T) -> T {
        let mut inside = self.0.lock().expect("nobody fails while holding it");
        look(&mut inside)
    }

    /// The passes that were made since this was last asked, as bytes.
    pub(crate) fn take_made(&self) -> Vec<u8> {
        self.with(|inside| {
            let made = std::mem::take(&mut inside.made);
            let passes: Vec<_> = (made.into_iter())
                .map(|id| (id, inside.passes[&id].clone()))
                .collect();
            postcard::to_stdvec(&passes).expect("a pass is numbers")
        })
    }

    /// Takes in passes that another worker has made.
    pub(crate) fn put(&self, bytes: &[u8]) -> Result<(), String> {
        let passes: Result<Vec<([u8; 32], Pass)>, _> = postcard::from_bytes(bytes);
        let passes = passes.map_err(|error| format!("these are no passes: {error}"))?;
        self.with(|inside| inside.passes.extend(passes));
        Ok(())
    }

    /// The number of passes that are known.
    pub(crate) fn n_passes(&self) -> usize {
        self.with(|inside| inside.passes.len())
    }
}

impl PassStore for Shelf {
    fn find(&self, id: &PassId) -> Result<Option<Pass>, StoreError> {
        Ok(self.with(|inside| inside.passes.get(&id.0).cloned()))
    }

    fn keep(&self, id: &PassId, pass: &Pass) -> Result<(), StoreError> {
        self.with(|inside| {
            inside.passes.insert(id.0, pass.clone());
            inside.made.push(id.0);
        });
        Ok(())
    }
}
