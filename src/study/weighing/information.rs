//! What it would be worth to know a parameter before choosing.

use super::rank::best;
use super::{Purpose, draws};
use crate::stats::Regression;

/// How often a parameter is shuffled to find what chance alone makes of it.
const N_SHUFFLES: usize = 20;
/// Where the spline of a parameter may bend, as shares of its points.
const KNOTS: [f64; 3] = [0.25, 0.5, 0.75];

/// What it would be worth to know one parameter exactly.
#[derive(Clone, Copy, PartialEq, Debug)]
pub struct Information {
    /// Expected gain of the weighed choice, in the unit of the benefits.
    pub value: f64,
    /// The largest of what 20 shuffles of the parameter give: chance alone gives more than that
    /// once in 21 times.
    pub by_chance: f64,
    /// Share of points in which knowing it would make another choice.
    pub changed: f64,
}

/// The expected value of partial perfect information on a parameter (EVPPI).
///
/// E max E(benefit | parameter) − max E(benefit), the inner expectation by regression of the
/// benefits on the parameter, over all points at once (M. Strong, J. E. Oakley & A. Brennan,
/// Medical Decision Making 34 (2014)): a cubic spline in the ranks of the parameter, with the
/// ridge that predicts points left out best. Differences from the form that is best on average are
/// regressed, since what all forms share says nothing.
///
/// `benefits` by point and form. `None` for fewer than three points.
#[must_use]
pub fn information(parameter: &[f64], benefits: &[Vec<f64>], seed: u64) -> Option<Information> {
    let n = parameter.len();
    let n_forms = benefits.first()?.len();
    let mean = |form: usize| benefits.iter().map(|one| one[form]).sum::<f64>() / n as f64;
    let means: Vec<f64> = (0..n_forms).map(mean).collect();
    let chosen = best(&means);
    let gains: Vec<Vec<f64>> = (0..n_forms)
        .filter(|&form| form != chosen)
        .map(|form| benefits.iter().map(|one| one[form] - one[chosen]).collect())
        .collect();
    let mut order: Vec<usize> = (0..n).collect();
    order.sort_by(|&a, &b| parameter[a].total_cmp(&parameter[b]));
    let features = |order: &[usize]| {
        let mut features = vec![Vec::new(); n];
        for (place, &point) in order.iter().enumerate() {
            features[point] = spline((place as f64 + 0.5) / n as f64);
        }
        features
    };
    let (value, changed) = gain(&features(&order), &gains)?;
    let shuffled = (0..N_SHUFFLES).map(|number| {
        let chance = draws(seed, number);
        let uniform = |point: usize| chance.uniform(Purpose::Shuffle as u16, point as u32);
        let mut order: Vec<usize> = (0..n).collect();
        order.sort_by(|&a, &b| uniform(a).total_cmp(&uniform(b)));
        gain(&features(&order), &gains).map_or(0.0, |(value, _)| value)
    });
    Some(Information {
        value,
        by_chance: shuffled.fold(0.0, f64::max),
        changed,
    })
}

/// Gain of choosing with knowledge, and the share of points in which it chooses otherwise.
fn gain(features: &[Vec<f64>], gains: &[Vec<f64>]) -> Option<(f64, f64)> {
    let n = features.len();
    let fits: Vec<Regression> = gains
        .iter()
        .map(|gains| Regression::fit(features, gains))
        .collect::<Option<_>>()?;
    let at = |fit: &Regression, point: &Vec<f64>| fit.at(point.iter().copied());
    let (mut with, mut n_changed) = (0.0, 0);
    for point in features {
        let most = fits.iter().map(|fit| at(fit, point)).fold(0.0, f64::max);
        with += most / n as f64;
        n_changed += usize::from(most > 0.0);
    }
    Some((with, n_changed as f64 / n as f64))
}

fn spline(x: f64) -> Vec<f64> {
    let bend = |knot: &f64| (x - knot).max(0.0).powi(3);
    [x, x * x, x * x * x]
        .into_iter()
        .chain(KNOTS.iter().map(bend))
        .collect()
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::random::normal;
    use crate::stats::{latin_hypercube, normal_cdf};
    use statrs::distribution::{Continuous, Normal};

    /// 2400 points of two standard normal parameters.
    fn points() -> Vec<Vec<f64>> {
        let cube = latin_hypercube(2400, 2, |dimension, index| {
            draws(7, dimension).uniform(99, index as u32)
        });
        let normals = |point: &Vec<f64>| point.iter().map(|&u| normal(u)).collect();
        cube.iter().map(normals).collect()
    }

    #[test]
    fn a_choice_between_two_has_its_closed_form() {
        // The unit normal loss (H. Raiffa & R. Schlaifer, Applied Statistical Decision Theory,
        // 1961): a second option is worth a x + b y more than the first less m, x and y normal.
        // Knowing x is worth a φ(m / a) − m Φ(−m / a), knowing both the same with √(a² + b²).
        let (a, b, m) = (1.0, 0.5, 0.3);
        let points = points();
        let benefits: Vec<Vec<f64>> = points
            .iter()
            .map(|p| vec![0.0, a * p[0] + b * p[1] - m])
            .collect();
        let density = |x: f64| Normal::standard().pdf(x);
        let loss = |s: f64| s * density(m / s) - m * normal_cdf(-m / s);
        for (which, s) in [(0, a), (1, b)] {
            let parameter: Vec<f64> = points.iter().map(|p| p[which]).collect();
            let found = information(&parameter, &benefits, 1).expect("enough points");
            // Three standard errors of what the other parameter adds where the choice changes, and
            // the few per cent by which a tail of the normal is no cubic of its rank.
            let changed = normal_cdf(-m / s);
            let other = if which == 0 { b } else { a };
            let error = 3.0 * changed * other / (points.len() as f64).sqrt();
            let off = (found.value - loss(s)).abs();
            assert!(off < error + 0.03 * loss(s), "{} {}", found.value, loss(s));
            assert!(found.value > 2.0 * found.by_chance, "{found:?}");
            assert!((found.changed - changed).abs() < 0.04, "{found:?}");
        }
    }

    #[test]
    fn what_has_no_effect_is_worth_no_more_than_chance() {
        let points = points();
        let benefits: Vec<Vec<f64>> = points.iter().map(|p| vec![0.0, p[0] - 0.1]).collect();
        let other: Vec<f64> = points.iter().map(|p| p[1]).collect();
        let found = information(&other, &benefits, 1).expect("enough points");
        assert!(found.value <= found.by_chance.max(0.01), "{found:?}");
    }

    #[test]
    fn a_choice_that_is_never_in_doubt_is_worth_nothing_to_know() {
        let points = points();
        let benefits: Vec<Vec<f64>> = points.iter().map(|p| vec![0.0, p[0] - 50.0]).collect();
        let parameter: Vec<f64> = points.iter().map(|p| p[0]).collect();
        let found = information(&parameter, &benefits, 1).expect("enough points");
        assert_eq!((found.value, found.changed), (0.0, 0.0));
    }
}
