//! Who is first, second, ... in how many draws.

/// Values closer than this are the same.
const SAME: f64 = 1e-12;

/// Shares of draws in which forms have ranks, win, and are worth what.
#[derive(Clone, PartialEq, Debug)]
pub struct Ranking {
    /// Shares of draws by form and rank, the first rank first. Forms that are worth the same
    /// share the ranks that they take.
    pub acceptability: Vec<Vec<f64>>,
    /// Shares of draws in which a form is worth more than another, half for the same.
    pub wins: Vec<Vec<f64>>,
    /// Mean worth of each form, 0 to 1.
    pub mean: Vec<f64>,
}

/// How draws rank forms; `values` gives what each form is worth, draw by draw.
pub(crate) fn ranking(n_forms: usize, values: impl Iterator<Item = Vec<f64>>) -> Ranking {
    let mut acceptability = vec![vec![0.0; n_forms]; n_forms];
    let mut wins = vec![vec![0.0; n_forms]; n_forms];
    let mut mean = vec![0.0; n_forms];
    let mut n = 0.0;
    for values in values {
        n += 1.0;
        for one in 0..n_forms {
            mean[one] += values[one];
            let others = (0..n_forms).filter(|&other| other != one);
            let gaps = others.map(|other| (other, values[one] - values[other]));
            let (mut n_above, mut n_same) = (0, 0);
            for (other, gap) in gaps {
                n_above += usize::from(gap < -SAME);
                n_same += usize::from(gap.abs() <= SAME);
                wins[one][other] += match gap {
                    gap if gap > SAME => 1.0,
                    gap if gap < -SAME => 0.0,
                    _ => 0.5,
                };
            }
            let shared = &mut acceptability[one][n_above..=n_above + n_same];
            shared
                .iter_mut()
                .for_each(|rank| *rank += 1.0 / (n_same + 1) as f64);
        }
    }
    let share = |table: &mut Vec<Vec<f64>>| {
        table.iter_mut().flatten().for_each(|x| *x /= n);
    };
    share(&mut acceptability);
    share(&mut wins);
    mean.iter_mut().for_each(|x| *x /= n);
    Ranking {
        acceptability,
        wins,
        mean,
    }
}

/// Whether no form is worth more than this one.
pub(crate) fn is_best(values: &[f64], form: usize) -> bool {
    values.iter().all(|&other| other - values[form] <= SAME)
}

/// The form that is worth most, the first of those that are worth the same.
pub(crate) fn best(values: &[f64]) -> usize {
    let order = (0..values.len()).rev();
    order
        .max_by(|&one, &other| values[one].total_cmp(&values[other]))
        .expect("there is a form")
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn ranks_are_as_counted_by_hand_and_the_same_is_shared() {
        let draws = [[0.9, 0.5, 0.5], [0.2, 0.5, 0.5]].map(|draw| draw.to_vec());
        let found = ranking(3, draws.into_iter());
        assert_eq!(found.acceptability[0], [0.5, 0.0, 0.5]);
        assert_eq!(found.acceptability[1], [0.25, 0.5, 0.25]);
        assert_eq!(found.acceptability[1], found.acceptability[2]);
        assert_eq!(found.wins[0], [0.0, 0.5, 0.5]);
        assert_eq!(found.wins[1], [0.5, 0.0, 0.5]);
        assert!((found.mean[0] - 0.55).abs() < 1e-12);
    }

    #[test]
    fn the_first_of_equals_is_named_and_all_of_them_are_best() {
        assert_eq!(best(&[0.3, 0.7, 0.7]), 1);
        let are_best = [0, 1, 2].map(|form| is_best(&[0.3, 0.7, 0.7], form));
        assert_eq!(are_best, [false, true, true]);
    }
}
