//! Linear regression with a ridge, and its error on points it has not seen.

use super::cholesky::Cholesky;

/// Ridges that are tried, against standardised features.
const RIDGES: [f64; 7] = [1e-3, 1e-2, 0.1, 1.0, 10.0, 100.0, 1000.0];

/// A linear function of features, fitted to points.
///
/// Ridge regression on centred and standardised features (Hoerl & Kennard,
/// Technometrics 12 (1970)); the ridge is the one with the smallest error of
/// prediction when each point is left out in turn, which needs no second fit:
/// the error left out is e / (1 − h), e the residual and h the leverage
/// (Allen's PRESS, Technometrics 16 (1974)).
#[derive(Clone, Debug, PartialEq)]
pub struct Regression {
    intercept: f64,
    slopes: Vec<f64>,
    /// Root mean square error at points left out, in the unit of the values.
    pub error: f64,
    /// Share of the variance of the values that is predicted at points left out;
    /// below zero if the mean predicts better.
    pub predicted_share: f64,
}

impl Regression {
    /// Fits `values` at points with these features; every point has as many.
    ///
    /// `None` for fewer than three points, or if a number is not finite.
    #[must_use]
    pub fn fit(points: &[Vec<f64>], values: &[f64]) -> Option<Self> {
        let n = points.len();
        let is_finite = points.iter().flatten().chain(values).all(|x| x.is_finite());
        if n < 3 || n != values.len() || !is_finite {
            return None;
        }
        let standard = Standard::of(points);
        let rows: Vec<Vec<f64>> = points.iter().map(|point| standard.row(point)).collect();
        let mean = values.iter().sum::<f64>() / n as f64;
        let centred: Vec<f64> = values.iter().map(|value| value - mean).collect();
        let products = Products::of(&rows, &centred);
        let attempts = RIDGES.iter().filter_map(|&ridge| {
            let (slopes, square) = products.solve(ridge, &rows, &centred)?;
            Some((slopes, square / n as f64))
        });
        let (slopes, square) = attempts.min_by(|one, other| one.1.total_cmp(&other.1))?;
        let variance = centred.iter().map(|value| value * value).sum::<f64>() / n as f64;
        let slopes: Vec<f64> = slopes
            .iter()
            .zip(&standard.spread)
            .map(|(slope, spread)| slope / spread)
            .collect();
        let at_mean: f64 = slopes.iter().zip(&standard.mean).map(|(a, b)| a * b).sum();
        Some(Self {
            intercept: mean - at_mean,
            slopes,
            error: square.sqrt(),
            predicted_share: if variance > 0.0 {
                1.0 - square / variance
            } else {
                0.0
            },
        })
    }

    /// The value where the features are these.
    #[must_use]
    pub fn at(&self, features: impl Iterator<Item = f64>) -> f64 {
        let terms = self.slopes.iter().zip(features);
        self.intercept + terms.map(|(slope, feature)| slope * feature).sum::<f64>()
    }
}

/// Means and spreads of the features.
struct Standard {
    mean: Vec<f64>,
    spread: Vec<f64>,
}

impl Standard {
    fn of(points: &[Vec<f64>]) -> Self {
        let n = points.len() as f64;
        let n_features = points[0].len();
        let mean_of = |j: usize| points.iter().map(|point| point[j]).sum::<f64>() / n;
        let mean: Vec<f64> = (0..n_features).map(mean_of).collect();
        let spread_of = |j: usize| {
            let square = |point: &Vec<f64>| (point[j] - mean[j]) * (point[j] - mean[j]);
            let spread = (points.iter().map(square).sum::<f64>() / n).sqrt();
            // A feature that is the same everywhere says nothing.
            if spread > 0.0 { spread } else { f64::INFINITY }
        };
        let spread = (0..n_features).map(spread_of).collect();
        Self { mean, spread }
    }

    fn row(&self, point: &[f64]) -> Vec<f64> {
        let centred = point.iter().zip(&self.mean).zip(&self.spread);
        centred
            .map(|((x, mean), spread)| (x - mean) / spread)
            .collect()
    }
}

/// XᵀX and Xᵀy.
struct Products {
    matrix: Vec<Vec<f64>>,
    vector: Vec<f64>,
}

impl Products {
    fn of(rows: &[Vec<f64>], values: &[f64]) -> Self {
        let n = rows[0].len();
        let mut products = Self {
            matrix: vec![vec![0.0; n]; n],
            vector: vec![0.0; n],
        };
        for (row, value) in rows.iter().zip(values) {
            for i in 0..n {
                products.vector[i] += row[i] * value;
                for j in 0..=i {
                    products.matrix[i][j] += row[i] * row[j];
                }
            }
        }
        products
    }

    /// The slopes under a ridge, and the sum of squares of the errors left out.
    fn solve(&self, ridge: f64, rows: &[Vec<f64>], values: &[f64]) -> Option<(Vec<f64>, f64)> {
        let factor = Cholesky::of(&self.matrix, ridge)?;
        let slopes = factor.solve(&self.vector);
        let n = rows.len() as f64;
        let errors = rows.iter().zip(values).map(|(row, value)| {
            let fitted: f64 = row.iter().zip(&slopes).map(|(x, slope)| x * slope).sum();
            // The leverage xᵀ(XᵀX + ridge)⁻¹x is the square of L⁻¹x; 1/n is the mean's.
            let half = factor.forward(row);
            let leverage = 1.0 / n + half.iter().map(|x| x * x).sum::<f64>();
            (value - fitted) / (1.0 - leverage).max(1e-6)
        });
        let square = errors.map(|error| error * error).sum();
        Some((slopes, square))
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    /// Points of a small grid, and values on a plane over them.
    fn plane() -> (Vec<Vec<f64>>, Vec<f64>) {
        let points: Vec<Vec<f64>> = (0..25)
            .map(|i| vec![f64::from(i % 5), 100.0 + f64::from(i / 5)])
            .collect();
        let values = points
            .iter()
            .map(|p| 3.0 + 2.0 * p[0] - 0.5 * p[1])
            .collect();
        (points, values)
    }

    #[test]
    fn a_plane_is_found() {
        let (points, values) = plane();
        let fit = Regression::fit(&points, &values).unwrap();
        assert!((fit.slopes[0] - 2.0).abs() < 1e-3 && (fit.slopes[1] + 0.5).abs() < 1e-3);
        assert!((fit.at([2.0, 102.0].into_iter()) - (3.0 + 4.0 - 51.0)).abs() < 1e-6);
        assert!(fit.error < 1e-2 && fit.predicted_share > 0.9999);
    }

    #[test]
    fn the_error_is_that_of_points_left_out() {
        let (points, mut values) = plane();
        for (i, value) in values.iter_mut().enumerate() {
            *value += 0.3 * ((i * 7 % 11) as f64 - 5.0);
        }
        let fit = Regression::fit(&points, &values).unwrap();
        let square: f64 = (0..points.len())
            .map(|out| {
                let without = |list: &[Vec<f64>]| -> Vec<Vec<f64>> {
                    let kept = list.iter().enumerate().filter(|&(i, _)| i != out);
                    kept.map(|(_, point)| point.clone()).collect()
                };
                let mut rest = values.clone();
                rest.remove(out);
                let refit = Regression::fit(&without(&points), &rest).unwrap();
                let error = values[out] - refit.at(points[out].iter().copied());
                error * error
            })
            .sum();
        // Refits choose their own ridge and standardise anew: nearly, not wholly, the same.
        let by_refit = (square / points.len() as f64).sqrt();
        assert!(
            (fit.error / by_refit - 1.0).abs() < 0.02,
            "{} {by_refit}",
            fit.error
        );
    }

    #[test]
    fn what_says_nothing_predicts_nothing() {
        let points: Vec<Vec<f64>> = (0..40).map(|i| vec![f64::from(i * 17 % 40), 7.0]).collect();
        let values: Vec<f64> = (0..40).map(|i| f64::from(i * 29 % 37)).collect();
        let fit = Regression::fit(&points, &values).unwrap();
        assert!(fit.predicted_share < 0.2, "{}", fit.predicted_share);
        assert_eq!(fit.slopes[1], 0.0);
    }

    #[test]
    fn too_few_points_or_a_gap_give_nothing() {
        assert_eq!(Regression::fit(&[vec![1.0], vec![2.0]], &[1.0, 2.0]), None);
        let points = [vec![1.0], vec![2.0], vec![3.0]];
        assert_eq!(Regression::fit(&points, &[1.0, f64::NAN, 2.0]), None);
    }
}
