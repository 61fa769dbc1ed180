//! A pass that did not come to its end.

use std::any::Any;
use std::panic::{AssertUnwindSafe, catch_unwind};

use super::design::{Design, PassKey};
use super::executor::NoThreads;
use super::store::StoreError;
use crate::scenario::{Lang, Said, said};

/// A pass in which an assertion of the program failed: a bug, with everything
/// that is needed to see it again.
#[derive(Clone, PartialEq, Eq, Debug, thiserror::Error)]
#[error("{}", self.said().text(Lang::En))]
pub struct PassFailure {
    /// Index of the case.
    pub case: usize,
    /// Number of the point of a sweep, from 1.
    pub point: Option<usize>,
    /// Key of the form.
    pub form: String,
    /// Name of the region.
    pub region: String,
    /// Number of the replication, from 1.
    pub replication: u32,
    /// Seed of the run.
    pub seed: u64,
    /// What the assertion says.
    pub sentence: String,
}

/// Makes a pass, or whatever else is done with its setting; a panic in it is caught.
pub(crate) fn attempt<T>(
    design: &Design,
    key: PassKey,
    pass: impl FnOnce() -> T,
) -> Result<T, Box<PassFailure>> {
    catch_unwind(AssertUnwindSafe(pass))
        .map_err(|payload| Box::new(PassFailure::new(design, key, &*payload)))
}

impl PassFailure {
    /// What it says.
    pub fn said(&self) -> Said {
        let place = said!(
            "form {}, region {}, replication {}, seed {}",
            self.form,
            self.region,
            self.replication,
            self.seed
        );
        let place = match self.point {
            None => place,
            Some(point) => said!("{}, point {}", place, point),
        };
        said!("a pass failed: {}\n  {}", self.sentence, place)
    }

    fn new(design: &Design, key: PassKey, payload: &(dyn Any + Send)) -> Self {
        let scenario = design.scenario();
        PassFailure {
            case: key.case,
            point: None,
            form: scenario.cases[key.case].form.key.clone(),
            region: scenario.regions[key.region].name.clone(),
            replication: design.replication_of(key),
            seed: scenario.seed,
            sentence: sentence_of(payload),
        }
    }
}

fn sentence_of(payload: &(dyn Any + Send)) -> String {
    let text = payload.downcast_ref::<&str>().copied();
    let text = text.or_else(|| payload.downcast_ref::<String>().map(String::as_str));
    text.unwrap_or("it does not say why").to_owned()
}

/// Why there is no outcome.
#[derive(Debug, thiserror::Error)]
#[error("{}", self.said().text(Lang::En))]
pub enum RunError {
    /// The operating system gives no threads.
    Threads(#[from] NoThreads),
    /// A pass failed.
    Pass(#[from] Box<PassFailure>),
    /// A finished pass cannot be kept, or one that was kept cannot be read.
    Store(StoreError),
    /// Somebody has asked it to end.
    Stopped,
}

impl RunError {
    /// What it says.
    pub fn said(&self) -> Said {
        match self {
            RunError::Threads(error) => {
                said!("cannot start the threads: {}", Said::of(error))
            }
            RunError::Pass(failure) => failure.said(),
            RunError::Store(error) => Said::of(&**error),
            RunError::Stopped => said!("the run was stopped"),
        }
    }
}
