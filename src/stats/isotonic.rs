//! The nearest course that never falls.

/// The course that never falls and is nearest to these values in least squares.
///
/// Neighbours of which the later is the lower are pooled to their mean, until there are none (pool adjacent violators:
/// M. Ayer and others, Annals of Mathematical Statistics 26 (1955)).
#[must_use]
pub fn rising(values: &[f64]) -> Vec<f64> {
    // Blocks as their sum and how many values they hold.
    let mut blocks: Vec<(f64, usize)> = Vec::new();
    let mean = |block: &(f64, usize)| block.0 / block.1 as f64;
    for &value in values {
        let mut block = (value, 1);
        while let Some(before) = blocks.pop_if(|before| mean(before) > mean(&block)) {
            block = (before.0 + block.0, before.1 + block.1);
        }
        blocks.push(block);
    }
    let blocks = blocks.iter();
    blocks
        .flat_map(|block| std::iter::repeat_n(mean(block), block.1))
        .collect()
}

#[cfg(test)]
mod tests {
    use super::rising;

    #[test]
    fn what_falls_is_pooled_and_what_rises_stays() {
        assert_eq!(rising(&[1.0, 2.0, 2.0, 5.0]), [1.0, 2.0, 2.0, 5.0]);
        // 3 and 2 are pooled to 2.5, and with 1 to 2, which is not below the first.
        assert_eq!(
            rising(&[1.0, 3.0, 2.0, 1.0, 4.0]),
            [1.0, 2.0, 2.0, 2.0, 4.0]
        );
        assert_eq!(rising(&[3.0, 2.0, 1.0]), [2.0, 2.0, 2.0]);
        assert!(rising(&[]).is_empty());
    }
}
