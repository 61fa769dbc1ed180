//! Which coordinates of a point a result depends on.
//!
//! Everything here reads results as `values[point][replication]`: one value of
//! a result, or of a difference between two results, for every point of a
//! [`PointSet`](super::PointSet) in its order. At every point the replications
//! are the same ones, met with the same chance. A row or walk of which a value
//! is missing (NaN or infinite) is left out whole.
//!
//! Replications are a noise that is no factor. Where there are two or more of
//! each point, the noise is measured and said, and Sobol' indices are freed
//! of it: they are those of the mean that endless replications would have.

mod bootstrap;
mod screening;
mod sobol;
mod tornado;

pub use bootstrap::{Bootstrap, Ranged};
pub use screening::{Screened, screen};
pub use sobol::{PairIndex, SobolIndices, sobol_indices};
pub use tornado::{Swing, tornado};

/// Whether every value of some points is there.
pub(crate) fn is_complete(values: &[Vec<f64>]) -> bool {
    values.iter().flatten().all(|value| value.is_finite())
}

fn mean(values: impl ExactSizeIterator<Item = f64>) -> f64 {
    let n = values.len() as f64;
    values.sum::<f64>() / n
}

/// The number of replications of every point.
///
/// # Panics
///
/// When there is none, or points differ in it.
fn n_replications(values: &[Vec<f64>]) -> usize {
    let n = values.first().map_or(1, Vec::len);
    assert!(n > 0, "a point has a replication");
    assert!(
        values.iter().all(|point| point.len() == n),
        "all points have the same replications"
    );
    n
}
