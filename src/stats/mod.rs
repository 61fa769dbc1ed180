//! Mathematics only: special functions, accumulators and interval estimates.
//!
//! Nothing here knows about the simulated world, and nothing here is random.
//! All transcendental functions come from `libm`, so that every number has
//! the same bits on every platform.
//!
//! * Special functions, accurate to about 1e-12 relative to the smaller tail:
//!   [`normal_cdf`], [`normal_quantile`], [`ln_gamma`], [`gamma_p`],
//!   [`gamma_p_inverse`], [`beta_i`], [`beta_i_inverse`] and
//!   [`student_t_quantile`].
//! * Accumulators that see one value at a time: [`Moments`],
//!   [`TimeWeighted`] and [`Histogram`].
//! * Waits of which not all were followed to their end: [`Survival`].
//! * Statements over replications: [`Estimate`] and [`Paired`], several of these
//!   at once by [`simultaneous`]; over a count, [`exact_interval`].
//! * How many replications: [`Stopping`] for a precision, [`Selection`] for the
//!   best of several.
//! * A linear function fitted to points: [`Regression`]; a course that never falls: [`rising`].
//! * Sets of points in the unit cube, one point at a time: [`PointSet`].
//! * Weights under linear conditions: [`Polytope`].
//! * What a result depends on: [`screen`], [`sobol_indices`] and [`tornado`].
//! * What each of several players adds: [`shapley`], or [`rises`] over some [`orders`].
//! * Statements over a series in time: [`mser`], [`mser_5`], [`welch`] and [`percent_change`].

mod beta;
mod cholesky;
mod estimate;
mod gamma;
mod histogram;
mod isotonic;
mod linear_program;
mod moment;
mod mser;
mod normal;
mod paired;
mod point_set;
mod polytope;
mod proportion;
mod regression;
mod root;
mod selection;
mod sensitivity;
mod shapley;
mod simultaneous;
mod stopping;
mod student;
mod survival;
mod time_weighted;
mod trend;
mod unpaired;
mod welch;
mod within;

pub use beta::{beta_i, beta_i_inverse};
pub(crate) use cholesky::Cholesky;
pub use estimate::Estimate;
pub use gamma::{gamma_p, gamma_p_inverse, ln_gamma};
pub use histogram::Histogram;
pub use isotonic::rising;
pub use moment::Moments;
pub use mser::{mser, mser_5};
pub(crate) use normal::HALF_WIDTH_OF_95_PERCENT;
pub use normal::{normal_cdf, normal_quantile};
pub use paired::Paired;
pub use point_set::{Grid, PointSet, Saltelli, Sobol, Trajectories, latin_hypercube};
pub use polytope::{Bounds, Polytope};
pub use proportion::exact_interval;
pub use regression::Regression;
pub use selection::Selection;
pub(crate) use sensitivity::is_complete;
pub use sensitivity::{
    Bootstrap, PairIndex, Ranged, Screened, SobolIndices, Swing, screen, sobol_indices, tornado,
};
pub use shapley::{Players, orders, rises, sets_of, shapley};
pub use simultaneous::{of_each, simultaneous};
pub use stopping::{Progress, Stopping, Target};
pub use student::student_t_quantile;
pub use survival::Survival;
pub use time_weighted::TimeWeighted;
pub use trend::percent_change;
pub use unpaired::unpaired;
pub use welch::welch;
pub use within::share_within;
