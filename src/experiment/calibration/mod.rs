//! Calibration: which parameters could have shown what is known?
//!
//! History matching in waves. Each wave runs the model at points of the space of the free
//! parameters, with the same families and the same chance at every point of the wave. An
//! emulator for each target, fitted to the runs, says what the model would show elsewhere and how
//! sure that is; the next wave goes where no target is far off, its band and the
//! emulator's error considered. In the end the emulators give a sample of the parameters
//! that agree with the targets: how far it is narrower than the prior says what the
//! targets identify. Small waves in the whole country step from the best run to one that shows what
//! is known, which is the baseline. docs/decisions/0004-calibration.md argues for it.
//!
//! ```text
//! prior ─▶ Latin hypercube ─▶ runs ─▶ emulators ─▶ posterior sample ─┬─▶ runs of the next wave
//!                              ▲                                     │
//!                              └─────────────────────────────────────┘
//!                                         last wave, whole country ─▶ chosen point ─▶ Fit
//! ```

mod acceptance;
mod emulator;
mod failure;
mod fit;
mod posterior;
mod record;
mod refinement;
mod search;
#[cfg(test)]
mod trial;
mod wave;

pub use emulator::{RULED_OUT, distance};
pub use failure::{CalibrationError, Miss};
pub use fit::{Fit, ParameterFit, Run};
pub use record::WaveFit;
pub use search::{calibrate, most_runs};
