//! Sweeps: the same families at many points of the space of assumptions.
//!
//! A [`SweepDesign`] knows every point by its number. [`run_points`] makes the
//! passes of some points, in the same forms, regions and replications at each, with
//! the same seed: whatever differs between two points comes from their factors.
//! Which points are made together, where and in which order has no effect on what
//! comes out, so a sweep can be cut into parts for as many machines as there are.
//!
//! Sweeps on disk: parts that are made anywhere, in any order, and the whole of them.

pub(crate) mod analysis;
pub(crate) mod cost;
pub(crate) mod coverage;
pub(crate) mod design;
pub(crate) mod folder;
pub(crate) mod package;
pub(crate) mod parquet_file;
pub(crate) mod part;
pub(crate) mod reading;
pub(crate) mod run;
pub(crate) mod summary;
pub(crate) mod table;
