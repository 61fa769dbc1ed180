//! Addressable chance: every draw has an address, and an address one value.
//!
//! There is no generator that runs on. A draw is a pure function of the seed,
//! the replication, the region, the entity, the purpose and the index, so two
//! variants of the world meet the same chances wherever they ask the same
//! question, in whatever order they ask (common random numbers), and adding
//! a question changes no other answer.
//!
//! * [`Chance`] and [`Draws`] turn an address into a uniform number in the
//!   open interval (0, 1), by the block function [`philox2x64`].
//! * The variates turn a uniform number into a value by inversion alone: one
//!   number, one value, and more means more.

mod address;
mod lognormal;
mod philox;
mod truncated;
mod variate;

pub use address::{Chance, Draws};
pub use lognormal::LogNormal;
pub use philox::philox2x64;
pub use truncated::{truncated_exponential, truncated_normal};
pub use variate::{choose, exponential, normal};
