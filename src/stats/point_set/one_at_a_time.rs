//! One dimension at a time.

/// The points of a tornado: `base`, and then for each dimension in turn the base with that one
/// at its low and at its high coordinate.
///
/// Dimension j from 0 on has its low point at number 1 + 2j and its high one
/// after that.
///
/// # Panics
///
/// When the three differ in length.
#[must_use]
pub fn one_at_a_time(base: &[f64], low: &[f64], high: &[f64]) -> Vec<Vec<f64>> {
    let n = base.len();
    assert!(low.len() == n && high.len() == n, "one end per dimension");
    let moved = |dimension: usize, to: f64| {
        let mut point = base.to_vec();
        point[dimension] = to;
        point
    };
    let ends = (0..n).flat_map(|j| [moved(j, low[j]), moved(j, high[j])]);
    std::iter::once(base.to_vec()).chain(ends).collect()
}

#[cfg(test)]
mod tests {
    #[test]
    fn each_point_leaves_the_base_in_one_dimension() {
        let points = super::one_at_a_time(&[0.5, 0.4], &[0.1, 0.0], &[0.9, 0.8]);
        let expected = [[0.5, 0.4], [0.1, 0.4], [0.9, 0.4], [0.5, 0.0], [0.5, 0.8]];
        assert_eq!(points, expected);
    }
}
