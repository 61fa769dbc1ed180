//! At which weight another form would be first.

use super::rank::best;
use crate::scenario::Framework;

/// What a criterion, or a group of them, would have to weigh for another form to be first.
#[derive(Clone, PartialEq, Debug)]
pub struct Tipping {
    /// Key of the criterion or the group.
    pub key: String,
    /// What it weighs now, a share of all that is known.
    pub weight: f64,
    /// The nearest lower weight at which another is first.
    pub below: Option<Tip>,
    /// The nearest higher one.
    pub above: Option<Tip>,
}

/// Where another form comes first.
#[derive(Clone, Copy, PartialEq, Debug)]
pub struct Tip {
    /// The weight.
    pub weight: f64,
    /// The form that is first beyond it.
    pub form: usize,
}

/// For every criterion and every group of which something is known: where another form would be
/// first, the others keeping their weights relative to each other. A criterion never weighs more than
/// the one beside which it must be read.
///
/// `values` by form and criterion, of which only those with a weight count; `weights` add up to 1.
pub(crate) fn tippings(
    framework: &Framework,
    values: &[Vec<f64>],
    weights: &[f64],
) -> Vec<Tipping> {
    let n = framework.criteria.len();
    // What may only be read beside another criterion never weighs more than that.
    let pairs = framework.criteria.iter().enumerate();
    let pairs = pairs.filter_map(|(number, criterion)| Some((number, criterion.beside?)));
    let pairs: Vec<(usize, usize)> = pairs.collect();
    let in_group = |group: usize| {
        (0..n).filter(move |&criterion| {
            let own = framework.criteria[criterion].group;
            let mut up = std::iter::successors(Some(own), |&one| framework.groups[one].parent);
            up.any(|one| one == group)
        })
    };
    let groups = framework.groups.iter().enumerate();
    let groups = groups.map(|(number, group)| (&group.key, in_group(number).collect()));
    let criteria = framework.criteria.iter().enumerate();
    let criteria = criteria.map(|(number, criterion)| (&criterion.key, vec![number]));
    let holders = groups.chain(criteria);
    holders
        .filter_map(|(key, members): (&String, Vec<usize>)| {
            let weight: f64 = members.iter().map(|&one| weights[one]).sum();
            // Nothing weighs against what weighs everything.
            (weight > 0.0 && weight < 1.0 - 1e-9).then(|| {
                let is_admitted = |x: f64| {
                    let at = |one: usize| match members.contains(&one) {
                        true => weights[one] * x / weight,
                        false => weights[one] * (1.0 - x) / (1.0 - weight),
                    };
                    let mut pairs = pairs.iter();
                    pairs.all(|&(one, other)| at(one) <= at(other) + 1e-9)
                };
                let (below, above) = tips(values, weights, &members, weight, is_admitted);
                Tipping {
                    key: key.clone(),
                    weight,
                    below,
                    above,
                }
            })
        })
        .collect()
}

fn tips(
    values: &[Vec<f64>],
    weights: &[f64],
    members: &[usize],
    weight: f64,
    is_admitted: impl Fn(f64) -> bool,
) -> (Option<Tip>, Option<Tip>) {
    // Value at weight x is x · inside + (1 − x) · outside.
    let part = |form: &Vec<f64>, is_inside: bool| {
        let own = (0..weights.len()).filter(|one| members.contains(one) == is_inside);
        let own = own.filter(|&one| weights[one] > 0.0);
        own.map(|one| weights[one] * form[one]).sum::<f64>()
    };
    let inside: Vec<f64> = values
        .iter()
        .map(|form| part(form, true) / weight)
        .collect();
    let outside: Vec<f64> = values
        .iter()
        .map(|form| part(form, false) / (1.0 - weight))
        .collect();
    let at = |x: f64| -> Vec<f64> {
        let pairs = inside.iter().zip(&outside);
        pairs
            .map(|(inside, outside)| x * inside + (1.0 - x) * outside)
            .collect()
    };
    let first = best(&at(weight));
    let crossings = (0..values.len())
        .filter(|&form| form != first)
        .filter_map(|form| {
            let (slope, gap) = (
                inside[form] - outside[form] - inside[first] + outside[first],
                outside[first] - outside[form],
            );
            let x = gap / slope;
            let is_real = slope.abs() > 1e-12 && (0.0..=1.0).contains(&x) && is_admitted(x);
            is_real.then_some(Tip { weight: x, form })
        });
    let crossings: Vec<Tip> = crossings.collect();
    let below = crossings.iter().filter(|tip| tip.weight < weight);
    let above = crossings.iter().filter(|tip| tip.weight > weight);
    let by_weight = |one: &&Tip, other: &&Tip| one.weight.total_cmp(&other.weight);
    (
        below.max_by(by_weight).copied(),
        above.min_by(by_weight).copied(),
    )
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_weight_that_is_not_admitted_is_no_tip() {
        let values = [vec![1.0, 0.0], vec![0.5, 0.5]];
        let found = tips(&values, &[0.7, 0.3], &[0], 0.7, |x| x > 0.6);
        assert_eq!(found, (None, None));
    }

    #[test]
    fn the_weight_at_which_it_tips_is_that_of_the_two_lines() {
        // First form 1 on the first criterion and 0 on the second, the other a half on both:
        // first while its criterion weighs more than a half.
        let values = [vec![1.0, 0.0], vec![0.5, 0.5]];
        let (below, above) = tips(&values, &[0.7, 0.3], &[0], 0.7, |_| true);
        assert_eq!(above, None);
        let below = below.expect("it tips");
        assert!((below.weight - 0.5).abs() < 1e-12 && below.form == 1);
        // Who is ahead on both is never overtaken.
        let values = [vec![1.0, 0.6], vec![0.5, 0.5]];
        let found = tips(&values, &[0.7, 0.3], &[0], 0.7, |_| true);
        assert_eq!(found, (None, None));
    }
}
