//! Every combination of levels.

use super::PointSet;

/// A full factorial design.
///
/// A dimension of L levels has the coordinates 0, 1/(L − 1), …, 1, and ½ when
/// it has one level. The last dimension turns fastest: the number of a point,
/// written in mixed radix, is its levels.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Grid {
    n_levels: Vec<usize>,
    n_points: usize,
}

impl Grid {
    /// The grid with so many levels in each dimension, or `None` when there are more points than
    /// a number can hold.
    ///
    /// # Panics
    ///
    /// When a dimension has no level.
    #[must_use]
    pub fn new(n_levels: Vec<usize>) -> Option<Self> {
        assert!(!n_levels.contains(&0), "a dimension has one level or more");
        let n_points = (n_levels.iter()).try_fold(1_usize, |n, &levels| n.checked_mul(levels))?;
        Some(Self { n_levels, n_points })
    }

    /// The level of each dimension at a point, from 0 on.
    ///
    /// # Panics
    ///
    /// When there is no point of this number.
    #[must_use]
    pub fn levels(&self, number: usize) -> Vec<usize> {
        assert!(number < self.n_points, "no such point");
        let mut rest = number;
        let mut levels = vec![0; self.n_levels.len()];
        for (level, n) in levels.iter_mut().zip(&self.n_levels).rev() {
            (*level, rest) = (rest % n, rest / n);
        }
        levels
    }
}

impl PointSet for Grid {
    fn n_points(&self) -> usize {
        self.n_points
    }

    fn point(&self, number: usize) -> Vec<f64> {
        let levels = self.levels(number).into_iter().zip(&self.n_levels);
        levels
            .map(|(level, &n)| match n {
                1 => 0.5,
                _ => level as f64 / (n - 1) as f64,
            })
            .collect()
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn holds_every_combination_once_in_order() {
        let grid = Grid::new(vec![2, 1, 3]).unwrap();
        let points: Vec<Vec<f64>> = (0..grid.n_points()).map(|i| grid.point(i)).collect();
        assert_eq!(
            points,
            [
                [0.0, 0.5, 0.0],
                [0.0, 0.5, 0.5],
                [0.0, 0.5, 1.0],
                [1.0, 0.5, 0.0],
                [1.0, 0.5, 0.5],
                [1.0, 0.5, 1.0],
            ]
        );
        assert_eq!(grid.levels(5), [1, 0, 2]);
    }

    #[test]
    fn a_grid_beyond_numbers_is_none_and_one_of_nothing_has_one_point() {
        assert_eq!(Grid::new(vec![1 << 20; 4]), None);
        assert_eq!(Grid::new(Vec::new()).unwrap().n_points(), 1);
    }
}
