//! What is asked of a run: which forms, regions and settings, in which worlds, and the studies that go on from it.

pub(crate) mod belief;
pub(crate) mod calibration;
pub(crate) mod factor;
pub(crate) mod heading;
pub(crate) mod point_list;
pub(crate) mod precision;
pub(crate) mod proeftuin;
pub(crate) mod search;
pub(crate) mod selection;
pub(crate) mod service;
pub(crate) mod sweep;
pub(crate) mod variant;
pub(crate) mod world;
