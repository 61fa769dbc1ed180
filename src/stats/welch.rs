//! A series made smooth, to be looked at.

/// The means of a series over windows of 2w + 1 values, of which the middle one is at the same place.
///
/// Near the ends the window is as wide on both sides as the series allows:
/// of value i from 0 on, min(w, i, n − 1 − i) to either side (P. D. Welch,
/// "The statistical analysis of simulation results", in S. S. Lavenberg,
/// "Computer Performance Modeling Handbook", 1983; there the last w values are
/// left out). The values are meant to be means over replications; where the
/// curve becomes level the warm-up has ended.
#[must_use]
pub fn welch(values: &[f64], w: usize) -> Vec<f64> {
    let n = values.len();
    (0..n)
        .map(|i| {
            let side = w.min(i).min(n - 1 - i);
            let window = &values[i - side..=i + side];
            window.iter().sum::<f64>() / window.len() as f64
        })
        .collect()
}

#[cfg(test)]
mod tests {
    use super::welch;

    #[test]
    fn windows_grow_from_the_ends() {
        let values = [6.0, 0.0, 3.0, 9.0, 1.0, 2.0];
        assert_eq!(welch(&values, 2), [6.0, 3.0, 3.8, 3.0, 4.0, 2.0]);
        assert_eq!(welch(&values, 0), values);
        assert!(welch(&[], 3).is_empty());
    }

    #[test]
    fn a_line_stays_a_line() {
        let line: Vec<f64> = (0..9).map(f64::from).collect();
        assert_eq!(welch(&line, 3), line);
    }
}
