//! Sets of points in the unit cube, each of which is known by its number alone.
//!
//! A set is asked for one point at a time, so that a hundred thousand points
//! take no memory and a part of them can be made anywhere. What is random in
//! a set comes from uniform numbers in (0, 1) that the caller addresses with
//! two indices, and is the same however often and in whatever order it is
//! asked for.
//!
//! | set | for |
//! |:--|:--|
//! | `Vec<Vec<f64>>` | points that somebody chose |
//! | [`Grid`] | every combination of a few levels |
//! | [`latin_hypercube`] | an even spread in every dimension alone |
//! | [`Sobol`] | an even spread in all dimensions, scrambled so that it has no bias |
//! | [`Saltelli`] | Sobol' indices |
//! | [`Trajectories`] | Morris screening |

mod grid;
mod latin;
mod saltelli;
mod sobol;
mod trajectory;

pub use grid::Grid;
pub use latin::latin_hypercube;
pub use saltelli::Saltelli;
pub(in crate::stats) use saltelli::row_length;
pub use sobol::Sobol;
pub use trajectory::Trajectories;

/// Numbered points of the unit cube.
pub trait PointSet {
    /// The number of points.
    fn n_points(&self) -> usize;

    /// The coordinates of a point; numbers begin at 0.
    ///
    /// # Panics
    ///
    /// When there is no point of this number.
    fn point(&self, number: usize) -> Vec<f64>;
}

impl PointSet for Vec<Vec<f64>> {
    fn n_points(&self) -> usize {
        self.len()
    }

    fn point(&self, number: usize) -> Vec<f64> {
        self[number].clone()
    }
}
