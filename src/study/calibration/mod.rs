//! Calibration: which parameters could have shown what is known?
//!
//! An ensemble of worlds is run in a sample of regions; what their runs show moves each of them towards the targets, in a
//! few steps (the ensemble smoother). The best one goes on in the whole country, in small waves that step to one that shows
//! what is known: the baseline. The others are draws of what the targets leave open, of which only those are kept whose own
//! runs agree with what is known. docs/decisions/0004-calibration.md argues for it.
//!
//! ```text
//! prior ─▶ Latin hypercube ─▶ runs ─▶ ensemble moves ─┬─▶ best, in the country ─▶ steps ─▶ chosen point ─▶ Fit
//!                              ▲                      │                                                   ▲
//!                              └──────────────────────┴─▶ runs that agree ─▶ draws ───────────────────────┘
//! ```

pub(crate) mod acceptance;
pub(crate) mod correction;
pub(crate) mod cost;
pub(crate) mod ensemble;
pub(crate) mod failure;
pub(crate) mod fit;
pub(crate) mod record;
pub(crate) mod refinement;
pub(crate) mod search;
pub(crate) mod space;
pub(crate) mod summary;
pub(crate) mod table;
#[cfg(test)]
pub(crate) mod trial;
pub(crate) mod wave;
