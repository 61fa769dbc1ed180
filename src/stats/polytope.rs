//! Weights that add up to one and satisfy linear conditions.

use super::linear_program::{Row, maximise};

/// Slack below which a condition leaves no room.
const NO_ROOM: f64 = 1e-7;

/// A condition low ≤ a · w ≤ high on weights w.
#[derive(Clone, Debug, PartialEq)]
pub struct Bounds {
    /// a.
    pub coefficients: Vec<f64>,
    /// Its lowest value; may be −∞.
    pub low: f64,
    /// Its highest value; may be ∞.
    pub high: f64,
}

impl Bounds {
    /// Whether weights satisfy it, but for rounding.
    #[must_use]
    pub fn hold(&self, weights: &[f64]) -> bool {
        let value = dot(&self.coefficients, weights);
        self.low - 1e-12 <= value && value <= self.high + 1e-12
    }
}

/// The weights w ≥ 0 with Σ w = 1 that satisfy some conditions.
#[derive(Clone, Debug, PartialEq)]
pub struct Polytope {
    /// Conditions g · w ≤ h that leave room.
    sides: Vec<(Vec<f64>, f64)>,
    /// A point with room on every side.
    inside: Vec<f64>,
    /// Orthonormal directions in which one may move.
    directions: Vec<Vec<f64>>,
}

impl Polytope {
    /// The weights on `n` things that satisfy the conditions; `None` if there are none.
    #[must_use]
    pub fn of(n: usize, conditions: &[Bounds]) -> Option<Self> {
        let equal = |coefficients: Vec<f64>, bound: f64| Row {
            coefficients,
            bound,
            is_equality: true,
        };
        let mut equalities = vec![equal(vec![1.0; n], 1.0)];
        let mut sides: Vec<(Vec<f64>, f64)> = Vec::new();
        for one in conditions {
            let a = &one.coefficients;
            if one.low == one.high {
                equalities.push(equal(a.clone(), one.low));
                continue;
            }
            if one.high < f64::INFINITY {
                sides.push((a.clone(), one.high));
            }
            if one.low > f64::NEG_INFINITY {
                sides.push((a.iter().map(|x| -x).collect(), -one.low));
            }
        }
        let rows: Vec<Row> = equalities
            .iter()
            .cloned()
            .chain(sides.iter().map(|(g, h)| Row {
                is_equality: false,
                ..equal(g.clone(), *h)
            }))
            .collect();
        sides.extend((0..n).map(|i| (unit(n, i, -1.0), 0.0)));
        // A side with room has a corner away from it; between all those corners there is
        // room on every side at once. A side without is an equality.
        let mut corners = vec![maximise(&vec![0.0; n], &rows)?];
        let mut open = Vec::new();
        for (g, h) in sides {
            let away: Vec<f64> = g.iter().map(|x| -x).collect();
            let corner = maximise(&away, &rows)?;
            if h - dot(&g, &corner) > NO_ROOM {
                corners.push(corner);
                open.push((g, h));
            } else {
                equalities.push(equal(g, h));
            }
        }
        let mean = |i: usize| corners.iter().map(|c| c[i]).sum::<f64>() / corners.len() as f64;
        Some(Polytope {
            inside: (0..n).map(mean).collect(),
            directions: free_directions(n, &equalities),
            sides: open,
        })
    }

    /// A point with room on every side.
    #[must_use]
    pub fn inside(&self) -> &[f64] {
        &self.inside
    }

    /// The number of directions in which one may move.
    #[must_use]
    pub fn n_dimensions(&self) -> usize {
        self.directions.len()
    }

    /// Goes from `point` in the direction that these numbers give, one for each dimension, to a
    /// place on the chord that lies a share `at` along it.
    pub fn step(&self, point: &mut [f64], numbers: &[f64], at: f64) {
        let mut direction = vec![0.0; point.len()];
        for (number, along) in numbers.iter().zip(&self.directions) {
            let terms = direction.iter_mut().zip(along);
            terms.for_each(|(x, d)| *x += number * d);
        }
        let (mut back, mut ahead) = (f64::NEG_INFINITY, f64::INFINITY);
        for (g, h) in &self.sides {
            let (speed, room) = (dot(g, &direction), (h - dot(g, point)).max(0.0));
            if speed > 1e-14 {
                ahead = ahead.min(room / speed);
            } else if speed < -1e-14 {
                back = back.max(room / speed);
            }
        }
        if back.is_finite() && ahead.is_finite() {
            let far = back + at * (ahead - back);
            let terms = point.iter_mut().zip(&direction);
            terms.for_each(|(x, d)| *x += far * d);
        }
    }
}

fn dot(a: &[f64], b: &[f64]) -> f64 {
    a.iter().zip(b).map(|(x, y)| x * y).sum()
}

fn unit(n: usize, i: usize, value: f64) -> Vec<f64> {
    let mut unit = vec![0.0; n];
    unit[i] = value;
    unit
}

/// An orthonormal basis of what is at right angles to every equality (Gram–Schmidt, twice over
/// against rounding).
fn free_directions(n: usize, equalities: &[Row]) -> Vec<Vec<f64>> {
    let mut bound: Vec<Vec<f64>> = Vec::new();
    let mut free: Vec<Vec<f64>> = Vec::new();
    let rest = |mut vector: Vec<f64>, bases: [&[Vec<f64>]; 2]| {
        let size = dot(&vector, &vector).sqrt();
        for _ in 0..2 {
            for base in bases.into_iter().flatten() {
                let along = dot(&vector, base);
                let terms = vector.iter_mut().zip(base);
                terms.for_each(|(x, b)| *x -= along * b);
            }
        }
        let left = dot(&vector, &vector).sqrt();
        (left > 1e-9 * size.max(1.0)).then(|| vector.iter().map(|x| x / left).collect())
    };
    for row in equalities {
        bound.extend(rest(row.coefficients.clone(), [&bound, &[]]));
    }
    for i in 0..n {
        free.extend(rest(unit(n, i, 1.0), [&bound, &free]));
    }
    free
}

#[cfg(test)]
mod tests {
    use super::*;

    fn bounds(coefficients: &[f64], low: f64, high: f64) -> Bounds {
        Bounds {
            coefficients: coefficients.to_vec(),
            low,
            high,
        }
    }

    #[test]
    fn the_inside_keeps_every_condition_and_a_step_stays_within() {
        let conditions = [
            bounds(&[1.0, 0.0, 0.0, 0.0], 0.2, 0.4),
            bounds(&[0.0, 1.0, -1.0, 0.0], 0.0, f64::INFINITY),
        ];
        let set = Polytope::of(4, &conditions).expect("there are some");
        assert_eq!(set.n_dimensions(), 3);
        let mut point = set.inside().to_vec();
        for at in [0.0, 1.0, 0.3] {
            set.step(&mut point, &[0.3, -1.0, 0.7], at);
            assert!((point.iter().sum::<f64>() - 1.0).abs() < 1e-12);
            assert!(point.iter().all(|&w| w > -1e-12), "{point:?}");
            assert!(conditions.iter().all(|one| one.hold(&point)), "{point:?}");
        }
    }

    #[test]
    fn weights_that_leave_no_room_are_one_point() {
        let exact = |i: usize, value: f64| bounds(&unit(3, i, 1.0), value, value);
        let set = Polytope::of(3, &[exact(0, 0.5), exact(1, 0.0)]).expect("one");
        assert_eq!(set.n_dimensions(), 0);
        assert!((set.inside()[2] - 0.5).abs() < 1e-9, "{set:?}");
        // Each at least as much as the other.
        let both = [
            bounds(&[1.0, -1.0, 0.0], 0.0, f64::INFINITY),
            bounds(&[-1.0, 1.0, 0.0], 0.0, f64::INFINITY),
        ];
        assert_eq!(Polytope::of(3, &both).expect("some").n_dimensions(), 1);
    }

    #[test]
    fn contradictions_leave_nothing() {
        let high = |i: usize| bounds(&unit(3, i, 1.0), 0.6, 1.0);
        assert_eq!(Polytope::of(3, &[high(0), high(1)]), None);
    }
}
