//! How forms stand under weights that somebody chooses; `study/weighing/section.js` does the same.

use super::reading::Weighed;

/// Ends of the range over the worlds.
const ENDS: [f64; 2] = [0.025, 0.975];

/// How a form stands.
#[derive(Clone, Copy, PartialEq, Debug)]
pub(crate) struct Standing {
    /// Its number.
    pub form: usize,
    /// What it is worth on average, 0 to 1.
    pub mean: f64,
    /// What it is worth at least, in 95 % of the worlds.
    pub low: f64,
    /// What it is worth at most.
    pub high: f64,
    /// In how many worlds it is first; forms that are worth the same share a world.
    pub n_first: f64,
}

impl Standing {
    /// In how many worlds it is first, as it is told: halves go up, as in the browser.
    pub(crate) fn n_told(&self) -> f64 {
        (self.n_first + 0.5).floor()
    }
}

/// Weights of the criteria of which something is known: every principle alike, and within it every
/// criterion. A criterion never weighs more than the one beside which it must be read.
pub(crate) fn equal_weights(weighed: &Weighed) -> Vec<f64> {
    let group = |place: &usize| &weighed.leaf(weighed.known[*place]).group;
    let places = || 0..weighed.known.len();
    let mut groups: Vec<&String> = places().map(|place| group(&place)).collect();
    groups.sort();
    let size = |own: &String| groups.iter().filter(|one| **one == own).count();
    let weights = places().map(|place| 1.0 / size(group(&place)) as f64);
    admitted(weighed, weights.collect())
}

/// Weights that keep to the rule, as shares of their sum.
fn admitted(weighed: &Weighed, mut weights: Vec<f64>) -> Vec<f64> {
    for (one, other) in pairs(weighed) {
        weights[one] = weights[one].min(weights[other]);
    }
    let sum: f64 = weights.iter().sum();
    weights.iter().map(|weight| weight / sum).collect()
}

/// Places of criteria that must be read beside another, and of that other.
pub(crate) fn pairs(weighed: &Weighed) -> Vec<(usize, usize)> {
    let place = |criterion: usize| weighed.known.iter().position(|&one| one == criterion);
    let known = weighed.known.iter().enumerate();
    let pairs =
        known.filter_map(|(one, &criterion)| Some((one, place(weighed.beside(criterion)?)?)));
    pairs.collect()
}

/// Those that stand as high as the first.
pub(crate) fn leaders(standings: &[Standing]) -> Vec<usize> {
    let first = standings.first();
    let is_level = |one: &&Standing| {
        let first = first.expect("it is one of them");
        one.mean == first.mean && one.n_first == first.n_first
    };
    standings
        .iter()
        .take_while(is_level)
        .map(|one| one.form)
        .collect()
}

/// How the forms stand, the one that is worth most first; none where nothing is known to rank them by.
pub(crate) fn standings(weighed: &Weighed, weights: &[f64]) -> Vec<Standing> {
    if weighed.known.is_empty() {
        return Vec::new();
    }
    let total = |worth: &[f64]| -> f64 {
        let parts = worth.iter().zip(weights);
        parts.map(|(worth, weight)| worth * weight).sum()
    };
    let worlds = weighed.worlds.iter();
    let totals: Vec<Vec<f64>> = worlds
        .map(|world| world.iter().map(|form| total(form)).collect())
        .collect();
    let mut n_first = vec![0.0; weighed.criteria.len()];
    for totals in &totals {
        let best = totals.iter().copied().fold(f64::MIN, f64::max);
        let is_best = |form: &usize| totals[*form] == best;
        let n_best = (0..totals.len()).filter(is_best).count();
        for form in (0..totals.len()).filter(is_best) {
            n_first[form] += 1.0 / n_best as f64;
        }
    }
    let standing = |form: usize| {
        let means = weighed.known.iter();
        let means: Vec<f64> = means.map(|&one| weighed.criteria[form][one].mean).collect();
        let mut own: Vec<f64> = totals.iter().map(|totals| totals[form]).collect();
        own.sort_by(f64::total_cmp);
        let [low, high] = ENDS.map(|end| {
            let place = (end * (own.len().max(1) - 1) as f64).round() as usize;
            own.get(place).copied().unwrap_or(f64::NAN)
        });
        Standing {
            form,
            mean: total(&means),
            low,
            high,
            n_first: n_first[form],
        }
    };
    let mut standings: Vec<Standing> = (0..weighed.criteria.len()).map(standing).collect();
    standings.sort_by(|one, other| other.mean.total_cmp(&one.mean));
    standings
}
