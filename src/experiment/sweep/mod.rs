//! Sweeps: the same families at many points of the space of assumptions.
//!
//! A [`SweepDesign`] knows every point by its number. [`run_points`] makes the
//! passes of some points, in the same forms, regions and replications at each, with
//! the same seed: whatever differs between two points comes from their factors.
//! Which points are made together, where and in which order has no effect on what
//! comes out, so a sweep can be cut into parts for as many machines as there are.

mod analysis;
mod design;
mod run;

pub use analysis::{Effect, Measure, Remark, Sensitivity, Values};
pub use design::{Point, SweepDesign, points_together};
pub use run::{PointSample, run_points};
