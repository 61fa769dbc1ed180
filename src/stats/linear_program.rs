//! Linear programs, small and dense.

/// Below this a number counts as zero.
const TINY: f64 = 1e-10;
/// Steps after which rounding is taken to lead round in a circle; a program of this size takes tens.
const MOST_STEPS: usize = 20_000;

/// A condition a · x ≤ b, or a · x = b, on numbers x that are not below zero.
#[derive(Clone, Debug, PartialEq)]
pub(super) struct Row {
    /// a.
    pub(super) coefficients: Vec<f64>,
    /// b.
    pub(super) bound: f64,
    /// Whether it is an equality.
    pub(super) is_equality: bool,
}

/// A point at which c · x is largest under the conditions; `None` if no point
/// satisfies them, or if c · x has no largest value.
///
/// The simplex method in two phases, with Bland's rule, which does not go round
/// in circles (R. G. Bland, Mathematics of Operations Research 2 (1977)).
pub(super) fn maximise(c: &[f64], rows: &[Row]) -> Option<Vec<f64>> {
    let mut tableau = Tableau::of(c.len(), rows);
    let n = tableau.n_columns;
    let artificial: Vec<f64> = (0..n)
        .map(|j| {
            if j >= tableau.first_artificial {
                -1.0
            } else {
                0.0
            }
        })
        .collect();
    tableau.climb(&artificial, n)?;
    let left: f64 = (0..tableau.basis.len())
        .filter(|&i| tableau.basis[i] >= tableau.first_artificial)
        .map(|i| tableau.rows[i][n])
        .sum();
    if left > 1e-9 {
        return None;
    }
    tableau.drive_out();
    let mut objective = vec![0.0; n];
    objective[..c.len()].copy_from_slice(c);
    tableau.climb(&objective, tableau.first_artificial)?;
    let mut point = vec![0.0; c.len()];
    for (row, &column) in tableau.rows.iter().zip(&tableau.basis) {
        if column < c.len() {
            point[column] = row[n];
        }
    }
    Some(point)
}

/// Rows solved for their basic variables; the last column is the right-hand side.
struct Tableau {
    rows: Vec<Vec<f64>>,
    basis: Vec<usize>,
    first_artificial: usize,
    n_columns: usize,
}

impl Tableau {
    fn of(n: usize, rows: &[Row]) -> Self {
        let n_slack = rows.iter().filter(|row| !row.is_equality).count();
        let first_artificial = n + n_slack;
        let n_columns = first_artificial + rows.len();
        let mut slack = n;
        let mut filled = Vec::with_capacity(rows.len());
        for (i, row) in rows.iter().enumerate() {
            let mut line = vec![0.0; n_columns + 1];
            line[..n].copy_from_slice(&row.coefficients);
            line[n_columns] = row.bound;
            if !row.is_equality {
                line[slack] = 1.0;
                slack += 1;
            }
            if row.bound < 0.0 {
                line.iter_mut().for_each(|x| *x = -*x);
            }
            line[first_artificial + i] = 1.0;
            filled.push(line);
        }
        Tableau {
            basis: (first_artificial..n_columns).collect(),
            rows: filled,
            first_artificial,
            n_columns,
        }
    }

    /// Goes up along edges until no variable before `n_allowed` can lead higher; `None` if
    /// there is no end to it. In exact arithmetic Bland's rule never comes back to where it was.
    fn climb(&mut self, objective: &[f64], n_allowed: usize) -> Option<()> {
        for _ in 0..MOST_STEPS {
            let gain = |j: usize| {
                let basic = self.rows.iter().zip(&self.basis);
                let spent: f64 = basic.map(|(row, &b)| objective[b] * row[j]).sum();
                objective[j] - spent
            };
            let Some(entering) = (0..n_allowed).find(|&j| gain(j) > TINY) else {
                return Some(());
            };
            let ratios = (0..self.rows.len()).filter(|&i| self.rows[i][entering] > TINY);
            let leaving = ratios.min_by(|&i, &k| {
                let ratio = |i: usize| self.rows[i][self.n_columns] / self.rows[i][entering];
                ratio(i)
                    .total_cmp(&ratio(k))
                    .then(self.basis[i].cmp(&self.basis[k]))
            })?;
            self.pivot(leaving, entering);
        }
        None
    }

    fn pivot(&mut self, leaving: usize, entering: usize) {
        let by = self.rows[leaving][entering];
        self.rows[leaving].iter_mut().for_each(|x| *x /= by);
        let pivot = self.rows[leaving].clone();
        for (i, row) in self.rows.iter_mut().enumerate() {
            let times = row[entering];
            if i != leaving && times != 0.0 {
                row.iter_mut()
                    .zip(&pivot)
                    .for_each(|(x, p)| *x -= times * p);
            }
        }
        self.basis[leaving] = entering;
    }

    /// Takes artificial variables, which are all zero, out of the basis, and rows that say
    /// nothing out of the tableau.
    fn drive_out(&mut self) {
        let mut i = 0;
        while i < self.rows.len() {
            if self.basis[i] < self.first_artificial {
                i += 1;
                continue;
            }
            match (0..self.first_artificial).find(|&j| self.rows[i][j].abs() > 1e-9) {
                Some(j) => self.pivot(i, j),
                None => {
                    self.rows.remove(i);
                    self.basis.remove(i);
                }
            }
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn at_most(coefficients: &[f64], bound: f64) -> Row {
        Row {
            coefficients: coefficients.to_vec(),
            bound,
            is_equality: false,
        }
    }

    #[test]
    fn a_textbook_program_has_its_textbook_answer() {
        // Dantzig's example of Wyndor Glass, Hillier & Lieberman: 3x + 5y, best at (2, 6).
        let rows = [
            at_most(&[1.0, 0.0], 4.0),
            at_most(&[0.0, 2.0], 12.0),
            at_most(&[3.0, 2.0], 18.0),
        ];
        let point = maximise(&[3.0, 5.0], &rows).expect("it has one");
        assert!((point[0] - 2.0).abs() < 1e-9 && (point[1] - 6.0).abs() < 1e-9);
    }

    #[test]
    fn what_cannot_be_satisfied_or_has_no_end_is_none() {
        let one = Row {
            is_equality: true,
            ..at_most(&[1.0, 1.0], 1.0)
        };
        let too_much = at_most(&[-1.0, -1.0], -1.5);
        assert_eq!(maximise(&[1.0, 0.0], &[one.clone(), too_much]), None);
        assert_eq!(maximise(&[1.0, 0.0], &[at_most(&[0.0, 1.0], 1.0)]), None);
        let twice = [one.clone(), one];
        assert_eq!(maximise(&[1.0, 0.0], &twice), Some(vec![1.0, 0.0]));
    }
}
