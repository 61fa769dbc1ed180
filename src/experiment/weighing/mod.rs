//! Forms weighed by a framework: which is first, how often, and what that rests on.
//!
//! What is uncertain is drawn, many times: the outcome of the simulation (from its replications,
//! or from the points of a sweep), what experts say (from their ranges, and where nobody has said
//! anything from the whole range) and the weights (uniformly from all that a profile admits). In
//! every draw each form has a value, and the forms an order. Shares of draws are the answer
//! (stochastic multicriteria acceptability analysis: R. Lahdelma & P. Salminen, Operations
//! Research 49 (2001)). All chance has an address, and none of it depends on the framework's
//! profiles: the same draw has the same world in each.
//!
//! ```text
//! Figures, SweepFigures ─▶ world ─▶ value ─┬─▶ rank, tipping, outranking ─▶ Weighing
//!                  draws    0 to 1  │
//!                  Polytope ─▶ weight
//! ```

mod figure;
mod information;
mod outranking;
mod rank;
mod tipping;
mod value;
mod weigh;
mod weight;
mod world;

pub use figure::{Figures, SweepFigures, SweepPoint};
pub use information::{Information, information};
pub use rank::Ranking;
pub use tipping::{Tip, Tipping};
pub use weigh::{
    CriterionValue, FormWeighing, N_DRAWS, ProfileWeighing, Scope, ScopeWeighing, Weighing, weigh,
};

/// What a draw of weighing is for; the region of its address is none of the model's.
#[derive(Clone, Copy)]
#[repr(u16)]
enum Purpose {
    /// Which point of the sweep is taken.
    Point,
    /// Which point's spread between replications is taken.
    Spread,
    /// How far the mean over replications may be off; index: the replication.
    Outcome,
    /// How little a few replications say of their own spread.
    Scale,
    /// What an expert says, or nobody; index: form and criterion.
    Expert,
    /// A weight before it is made a share; index: the criterion.
    Weight,
    /// The direction of a step among weights; index: the dimension.
    Direction,
    /// How far a step goes.
    Step,
    /// The order of points when a parameter is shuffled; index: the point.
    Shuffle,
}

/// The region of the addresses of weighing; the model has 1 to 25.
const NO_REGION: u8 = 255;

/// The chance of draw `entity`.
fn draws(seed: u64, entity: usize) -> crate::random::Draws {
    crate::random::Chance::new(seed, 0, NO_REGION).of(entity as u32)
}
