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

mod acceptance;
mod correction;
mod ensemble;
mod failure;
mod fit;
mod record;
mod refinement;
mod search;
mod space;
#[cfg(test)]
mod trial;
mod wave;

pub use failure::{CalibrationError, Miss};
pub use fit::{Fit, ParameterFit, Run};
pub use record::WaveFit;
pub use search::{calibrate, most_runs};
pub use space::{RULED_OUT, distance};
