//! Linear equations of a symmetric, positive matrix.

/// The lower triangle L of a symmetric matrix A with LLᵀ = A.
///
/// Plain loops in one order: the same bits on every machine.
#[derive(Clone, PartialEq, Debug)]
pub(crate) struct Cholesky {
    rows: Vec<Vec<f64>>,
}

impl Cholesky {
    /// That of `matrix`, of which only the lower triangle is read, with `ridge` added on the
    /// diagonal; `None` if it is not positive.
    pub fn of(matrix: &[Vec<f64>], ridge: f64) -> Option<Self> {
        let n = matrix.len();
        let mut rows: Vec<Vec<f64>> = vec![Vec::new(); n];
        for i in 0..n {
            for j in 0..=i {
                let inner: f64 = (0..j).map(|k| rows[i][k] * rows[j][k]).sum();
                let rest = matrix[i][j] - inner;
                let entry = if i == j {
                    let square = rest + ridge;
                    (square > 0.0).then(|| square.sqrt())?
                } else {
                    rest / rows[j][j]
                };
                rows[i].push(entry);
            }
        }
        Some(Self { rows })
    }

    /// The x with Ax = b.
    pub fn solve(&self, right: &[f64]) -> Vec<f64> {
        self.back(self.forward(right))
    }

    /// The x with Lx = b.
    pub fn forward(&self, right: &[f64]) -> Vec<f64> {
        let mut x: Vec<f64> = Vec::with_capacity(right.len());
        for (row, value) in self.rows.iter().zip(right) {
            let inner: f64 = row.iter().zip(&x).map(|(a, b)| a * b).sum();
            x.push((value - inner) / row[x.len()]);
        }
        x
    }

    /// The x with Lᵀx = b.
    fn back(&self, mut x: Vec<f64>) -> Vec<f64> {
        for i in (0..x.len()).rev() {
            let inner: f64 = (i + 1..x.len()).map(|j| self.rows[j][i] * x[j]).sum();
            x[i] = (x[i] - inner) / self.rows[i][i];
        }
        x
    }
}

#[cfg(test)]
mod tests {
    use super::Cholesky;

    #[test]
    fn equations_by_hand() {
        // L = (2 0; 1 3), so A = (4 2; 2 10).
        let matrix = [vec![4.0], vec![2.0, 10.0]];
        let factor = Cholesky::of(&matrix, 0.0).unwrap();
        assert_eq!(factor.rows, [vec![2.0], vec![1.0, 3.0]]);
        assert_eq!(factor.forward(&[2.0, 7.0]), [1.0, 2.0]);
        // 4 + 2 · 2 = 8, 2 + 10 · 2 = 22.
        assert_eq!(factor.solve(&[8.0, 22.0]), [1.0, 2.0]);
    }

    #[test]
    fn what_is_not_positive_has_none_until_a_ridge_makes_it_so() {
        let matrix = [vec![1.0], vec![2.0, 1.0]];
        assert_eq!(Cholesky::of(&matrix, 0.0), None);
        assert!(Cholesky::of(&matrix, 1.5).is_some());
    }
}
