//! Another way to weigh: who is preferred to whom, and by how much weight.

/// A lead on a criterion that nobody would notice.
const INDIFFERENCE: f64 = 0.02;
/// A lead on a criterion that is all that one can wish.
const PREFERENCE: f64 = 0.25;

/// Net flows of PROMETHEE II, −1 to 1: how far a form is preferred to the others, on average,
/// less how far they are preferred to it.
///
/// On each criterion a lead counts from 0 at an indifference of 0.02 to 1 at a preference of 0.25,
/// along a straight line (criterion of type V; J. P. Brans & Ph. Vincke, Management Science 31
/// (1985)). So a very large lead on one criterion cannot make up for many small ones behind, which
/// it can in an additive value.
pub(crate) fn net_flows(values: &[Vec<f64>], weights: &[f64]) -> Vec<f64> {
    let n = values.len();
    let mut flows = vec![0.0; n];
    let counted: Vec<usize> = (0..weights.len())
        .filter(|&one| weights[one] > 0.0)
        .collect();
    for one in 0..n {
        for other in one + 1..n {
            let leads = counted.iter().map(|&criterion| {
                let gap = values[one][criterion] - values[other][criterion];
                let size = (gap.abs() - INDIFFERENCE) / (PREFERENCE - INDIFFERENCE);
                weights[criterion] * size.clamp(0.0, 1.0).copysign(gap)
            });
            let lead: f64 = leads.sum::<f64>() / (n - 1) as f64;
            flows[one] += lead;
            flows[other] -= lead;
        }
    }
    flows
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn flows_are_as_computed_by_hand() {
        let values = [vec![1.0, 0.0], vec![0.5, 0.135], vec![0.5, 0.01]];
        let flows = net_flows(&values, &[0.4, 0.6]);
        // First against second: 0.4 · 1 − 0.6 · (0.115 / 0.23) = 0.1; first against third
        // 0.4 · 1 − 0.6 · 0 = 0.4; second against third 0.6 · (0.105 / 0.23).
        let third = 0.6 * (0.105 / 0.23);
        let expected = [0.25, (third - 0.1) / 2.0, (-0.4 - third) / 2.0];
        for (found, expected) in flows.iter().zip(expected) {
            assert!((found - expected).abs() < 1e-12, "{flows:?}");
        }
    }
}
