//! An even spread in every dimension alone.

/// A Latin hypercube: `n` points in so many dimensions such that in every
/// dimension each of `n` equal parts of (0, 1) holds one point.
///
/// McKay, Beckman & Conover, Technometrics 21 (1979). `uniform(dimension, index)`
/// gives uniform numbers, of which those with an index below `n` put the parts in
/// an order and the `n` that follow place the points in their parts.
#[must_use]
pub fn latin_hypercube(
    n: usize,
    n_dimensions: usize,
    uniform: impl Fn(usize, usize) -> f64,
) -> Vec<Vec<f64>> {
    let mut points = vec![Vec::with_capacity(n_dimensions); n];
    for dimension in 0..n_dimensions {
        let mut order: Vec<usize> = (0..n).collect();
        order.sort_by(|&a, &b| uniform(dimension, a).total_cmp(&uniform(dimension, b)));
        for (part, &point) in order.iter().enumerate() {
            let inside = uniform(dimension, n + point);
            points[point].push((part as f64 + inside) / n as f64);
        }
    }
    points
}

#[cfg(test)]
mod tests {
    use super::latin_hypercube;

    #[test]
    fn every_part_of_every_dimension_holds_one_point() {
        let n = 40;
        let points = latin_hypercube(n, 7, |dimension, index| {
            ((dimension + 1) as f64 * (index + 1) as f64 * 0.618_033_988_749_894_9).fract()
        });
        for dimension in 0..7 {
            let mut parts: Vec<usize> = points
                .iter()
                .map(|point| (point[dimension] * n as f64) as usize)
                .collect();
            parts.sort_unstable();
            assert!(parts.into_iter().eq(0..n));
        }
        // Different dimensions stand in different orders.
        assert!(points.iter().any(|p| (p[0] - p[1]).abs() > 0.3));
    }
}
