//! Where a series has forgotten how it began.

/// Values that must be left after a truncation: of fewer the mean square says
/// nothing, and the rule would cut for the likeness of the last two.
const LEAST_LEFT: usize = 5;

/// The number of values to cut off the beginning of a series by the marginal
/// standard error rule, or `None` where the series gives no answer.
///
/// With `d` values cut off, of the `m = n − d` left with mean `ȳ` the rule looks at
///
/// ```text
/// MSER(d) = 1/m² · Σ (y − ȳ)²
/// ```
///
/// the squared standard error of their mean as if they were independent, and
/// takes the `d` that makes it least (the smallest of equals): cutting a transient off lowers the sum,
/// cutting more only lowers `m` (K. P. White, "An effective truncation
/// heuristic for bias reduction in simulation output", *Simulation* 69(6),
/// 1997). The values are meant to be batch means; of single observations
/// [`mser_5`] makes them.
///
/// A least value in the second half of the series means that it was not yet at
/// rest, and the answer is `None` (K. Hoad, S. Robinson and R. Davies,
/// "Automating warm-up length estimation", *Journal of the Operational
/// Research Society* 61(9), 2010). So it is for a series of fewer than ten
/// values, of which half is too little to judge by.
#[must_use]
pub fn mser(values: &[f64]) -> Option<usize> {
    let n = values.len();
    if n < 2 * LEAST_LEFT {
        return None;
    }
    let mut least = (f64::INFINITY, 0);
    // From the end on, so that every tail is one value more than the last one:
    // mean and sum of squares by Welford's recurrence.
    let (mut mean, mut squares) = (0.0, 0.0);
    for (cut, &value) in values.iter().enumerate().rev() {
        let m = (n - cut) as f64;
        let before = value - mean;
        mean += before / m;
        squares += before * (value - mean);
        let error = squares / (m * m);
        if n - cut >= LEAST_LEFT && error <= least.0 {
            least = (error, cut);
        }
    }
    (least.1 <= n / 2).then_some(least.1)
}

/// Observations in a batch of [`mser_5`].
const BATCH: usize = 5;

/// The number of values to cut off the beginning of a series by the rule MSER-5: [`mser`] over
/// the means of five values each.
///
/// The means vary less than the values, and hang together less from one to
/// the next (K. P. White, M. J. Cobb and S. C. Spratt, "A comparison of five
/// steady-state truncation heuristics for simulation", Winter Simulation
/// Conference 2000). Up to four values at the end that fill no batch are left
/// out, and a series of fewer than 50 has no answer.
#[must_use]
pub fn mser_5(values: &[f64]) -> Option<usize> {
    let (batches, _) = values.as_chunks::<BATCH>();
    let means: Vec<f64> = (batches.iter())
        .map(|batch| batch.iter().sum::<f64>() / BATCH as f64)
        .collect();
    Some(BATCH * mser(&means)?)
}

#[cfg(test)]
mod tests {
    use super::{mser, mser_5};

    #[test]
    fn batches_of_five_are_cut_off_whole() {
        // A start of seven values lies in the first two batches.
        let mut values = [1.0; 54];
        values[..7].fill(9.0);
        assert_eq!(mser_5(&values), Some(10));
        // Values that alternate have batch means of 1.2 and 0.8.
        let wave: Vec<f64> = (0..60).map(|i| f64::from((i + 1) % 2 * 2)).collect();
        assert_eq!(mser_5(&wave), Some(0));
        assert_eq!(mser_5(&values[..49]), None);
    }

    #[test]
    fn the_least_error_by_hand() {
        // Cut 0: mean 2, squares 64 + 8 + 0, 72 / 100 = 0.72.
        // Cut 1: mean 10/9, squares 8/9, (8/9) / 81 = 0.01097.
        // Cut 2: mean 9/8, squares 7/8, (7/8) / 64 = 0.01367; cut 5: 0.8 / 25 = 0.032.
        let values = [10.0, 1.0, 1.0, 1.0, 1.0, 1.0, 1.0, 1.0, 1.0, 2.0];
        assert_eq!(mser(&values), Some(1));
    }

    #[test]
    fn of_equals_the_smallest_cut() {
        assert_eq!(mser(&[4.0; 12]), Some(0));
        let mut values = [4.0; 12];
        values[..3].fill(7.0);
        assert_eq!(mser(&values), Some(3));
    }

    #[test]
    fn what_still_moves_is_not_at_rest() {
        // A line: squares of m values are m(m² − 1)/12, so the error grows with m.
        let line: Vec<f64> = (0..40).map(f64::from).collect();
        assert_eq!(mser(&line), None);
        // A step in the second half, after the seventh of twelve.
        let mut late = [0.0; 12];
        late[..7].fill(9.0);
        assert_eq!(mser(&late), None);
        // The same step at the half is at rest just in time.
        late[6] = 0.0;
        assert_eq!(mser(&late), Some(6));
    }

    #[test]
    fn too_few_values_say_nothing() {
        assert_eq!(mser(&[1.0; 9]), None);
        assert_eq!(mser(&[]), None);
        assert_eq!(mser(&[1.0; 10]), Some(0));
    }
}
