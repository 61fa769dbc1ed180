//! How much of a variance is found within groups.

use super::Moments;

/// Share of the variance of `values` that is found between those with the same group: the mean square within groups by that
/// of all, at most 1 (one-way analysis of variance with random effects; Searle, Casella & McCulloch, "Variance Components"
/// (1992), 3.6). `None` where no group has two values, or all are the same.
///
/// # Panics
///
/// When the lists differ in length.
#[must_use]
pub fn share_within(values: &[f64], groups: &[u32]) -> Option<f64> {
    assert_eq!(values.len(), groups.len(), "a group for each value");
    let mut all = Moments::default();
    values.iter().for_each(|&value| all.push(value));
    let mut seen: Vec<(u32, Moments)> = Vec::new();
    for (&value, &group) in values.iter().zip(groups) {
        match seen.iter_mut().find(|(other, _)| *other == group) {
            Some((_, own)) => own.push(value),
            None => {
                let mut own = Moments::default();
                own.push(value);
                seen.push((group, own));
            }
        }
    }
    let degrees = values.len() - seen.len();
    if degrees == 0 || all.variance() <= 0.0 {
        return None;
    }
    let several = seen.iter().filter(|(_, own)| own.n() > 1);
    let squares: f64 = several
        .map(|(_, own)| own.variance() * (own.n() - 1) as f64)
        .sum();
    Some((squares / degrees as f64 / all.variance()).min(1.0))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn all_is_within_where_there_is_one_group() {
        assert_eq!(share_within(&[1.0, 2.0, 4.0], &[7, 7, 7]), Some(1.0));
        assert_eq!(share_within(&[1.0, 2.0], &[1, 2]), None);
        assert_eq!(share_within(&[3.0, 3.0], &[1, 1]), None);
        assert_eq!(share_within(&[], &[]), None);
    }

    #[test]
    fn nothing_is_within_where_groups_are_far_apart() {
        let share = share_within(&[1.0, 10.0, 20.0, 1.0, 10.0], &[0, 1, 2, 0, 1]);
        assert_eq!(share, Some(0.0));
        // Squares within: 0.5 + 2, in two degrees; of all: 244 in four.
        let share = share_within(&[1.0, 10.0, 20.0, 2.0, 12.0], &[0, 1, 2, 0, 1]).unwrap();
        assert!((share - 1.25 / 61.0).abs() < 1e-12, "{share}");
    }
}
