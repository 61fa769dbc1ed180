//! How fast a series moves.

/// The least-squares slope of the points (x, y), in y per x; `None` of fewer
/// than three points, or when all stand at one x.
fn slope(points: &[(f64, f64)]) -> Option<f64> {
    if points.len() < 3 {
        return None;
    }
    let n = points.len() as f64;
    let mean_x = points.iter().map(|(x, _)| x).sum::<f64>() / n;
    let mean_y = points.iter().map(|(_, y)| y).sum::<f64>() / n;
    let squares: f64 = points
        .iter()
        .map(|(x, _)| (x - mean_x) * (x - mean_x))
        .sum();
    let products: f64 = points
        .iter()
        .map(|(x, y)| (x - mean_x) * (y - mean_y))
        .sum();
    (squares > 0.0).then(|| products / squares)
}

/// The same over a stretch of x, as a share of the mean of y \[percent\]; `None` too where that
/// mean is not above zero.
#[must_use]
pub fn percent_change(points: &[(f64, f64)], stretch: f64) -> Option<f64> {
    let mean = points.iter().map(|(_, y)| y).sum::<f64>() / points.len() as f64;
    let slope = slope(points)?;
    (mean > 0.0).then(|| 100.0 * slope * stretch / mean)
}

#[cfg(test)]
mod tests {
    use super::{percent_change, slope};

    #[test]
    fn a_change_is_a_share_of_the_mean() {
        // 0.5 for each x, of a mean of 6.
        let change = percent_change(&[(0.0, 5.0), (2.0, 6.0), (4.0, 7.0)], 12.0);
        assert_eq!(change, Some(100.0));
        let nothing = [(0.0, 0.0), (1.0, 0.0), (2.0, 0.0)];
        assert_eq!(percent_change(&nothing, 1.0), None);
        assert_eq!(percent_change(&[], 1.0), None);
    }

    #[test]
    fn the_slope_by_hand() {
        assert_eq!(slope(&[(0.0, 5.0), (2.0, 6.0), (4.0, 7.0)]), Some(0.5));
        // Means 2 and 3; products 2 + 0 + 4, squares 4 + 0 + 4.
        assert_eq!(slope(&[(0.0, 2.0), (2.0, 2.0), (4.0, 5.0)]), Some(0.75));
    }

    #[test]
    fn two_points_or_one_moment_have_none() {
        assert_eq!(slope(&[(0.0, 1.0), (1.0, 2.0)]), None);
        assert_eq!(slope(&[(1.0, 1.0), (1.0, 2.0), (1.0, 3.0)]), None);
    }
}
