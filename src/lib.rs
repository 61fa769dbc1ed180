//! rvtsim
pub mod engine;
pub mod model;
pub mod random;
pub mod scenario;
pub mod stats;
