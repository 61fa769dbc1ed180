//! A choice among a few.

/// A distribution over 0, 1, …, n − 1 with given weights.
#[derive(Clone, Debug, PartialEq)]
pub struct Discrete {
    /// Cumulative shares; the last is 1.
    cumulative: Box<[f64]>,
}

impl Discrete {
    /// The distribution proportional to `weights`.
    ///
    /// `None` unless every weight is finite and not negative, and their sum
    /// is positive and finite.
    #[must_use]
    pub fn new(weights: &[f64]) -> Option<Self> {
        let total: f64 = weights.iter().sum();
        let valid = weights.iter().all(|&w| w >= 0.0) && total > 0.0 && total.is_finite();
        valid.then(|| {
            let mut sum = 0.0;
            let cumulative = weights.iter().map(|weight| {
                sum += weight;
                sum / total
            });
            Self {
                cumulative: cumulative.collect(),
            }
        })
    }

    /// The outcome at `u` in (0, 1): the first whose cumulative share exceeds `u`.
    ///
    /// An outcome of weight 0 never occurs.
    #[inline]
    #[must_use]
    pub fn at(&self, u: f64) -> usize {
        self.cumulative.partition_point(|&share| share <= u)
    }
}

#[cfg(test)]
mod tests {
    use super::Discrete;

    #[test]
    fn inverts_the_cumulative_shares() {
        let d = Discrete::new(&[0.0, 1.0, 0.0, 2.0, 1.0, 0.0]).unwrap();
        let drawn = [1e-16, 0.249, 0.25, 0.749, 0.75, 1.0 - 1e-16].map(|u| d.at(u));
        assert_eq!(drawn, [1, 1, 3, 3, 4, 4]);
    }

    #[test]
    fn refuses_weights_that_are_no_weights() {
        for weights in [
            &[][..],
            &[0.0, 0.0],
            &[1.0, -1.0],
            &[1.0, f64::NAN],
            &[1.0, f64::INFINITY],
        ] {
            assert_eq!(Discrete::new(weights), None);
        }
    }
}
