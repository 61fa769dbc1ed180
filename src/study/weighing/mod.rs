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
//!
//! A weighing on disk, on the terminal and on the page.
//!
//! Tables and manifest go into the folder `weighing` of a run and come back as [`Weighed`], of which
//! the page is made; [`standings`] says how forms stand under weights that somebody tries there.

pub(crate) mod belief;
pub(crate) mod figure;
pub(crate) mod finding;
pub(crate) mod folder;
pub(crate) mod information;
pub(crate) mod manifest;
pub(crate) mod outranking;
pub(crate) mod rank;
pub(crate) mod reading;
pub(crate) mod section;
pub(crate) mod standing;
pub(crate) mod table;
pub(crate) mod terminal;
pub(crate) mod tipping;
pub(crate) mod value;
pub(crate) mod verdict;
pub(crate) mod weigh;
pub(crate) mod weight;
pub(crate) mod world;

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
