//! Figures of a run, and what all figures share. They are drawn by [`chart`](super::chart), which knows nothing of runs.

pub(crate) mod map;
pub(crate) mod picture;
#[cfg(feature = "raster")]
pub(crate) mod raster;
pub(crate) mod share;
pub(crate) mod stream;
pub(crate) mod timeline;
