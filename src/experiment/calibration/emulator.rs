//! Emulators: what the model would show for a target, without running it.

use super::record::Seen;
use crate::scenario::{Calibration, Entry, LEAST, Scenario, Target};
use crate::stats::{HALF_WIDTH_OF_95_PERCENT, Regression};

/// A point further than this from a target is ruled out (three-sigma rule; Pukelsheim,
/// The American Statistician 48 (1994)).
pub const RULED_OUT: f64 = 3.0;
/// What each step beyond that takes from the logarithm of the density.
const PENALTY: f64 = 20.0;

/// The scale on which a target is compared: logarithms of values, log-odds of shares, changes as
/// they are.
pub(super) fn scaled(target: &Target, value: f64) -> f64 {
    if target.kpi.is_change() {
        value
    } else if target.is_percent() {
        let share = value.clamp(LEAST, 100.0 - LEAST) / 100.0;
        libm::log(share / (1.0 - share))
    } else {
        libm::log(value.max(LEAST))
    }
}

/// How far a value lies from a target [standard deviations of the target's own doubt].
///
/// The band is read as a 95 % interval of what is not known about the target.
pub fn distance(target: &Target, value: f64) -> f64 {
    (scaled(target, value) - scaled(target, target.value)) / spread(target)
}

/// Standard deviation of a target's own doubt, on its scale.
fn spread(target: &Target) -> f64 {
    let width = scaled(target, target.high) - scaled(target, target.low);
    width / (2.0 * HALF_WIDTH_OF_95_PERCENT)
}

/// The free parameters: from the unit cube to values.
pub(super) struct Space<'a> {
    rows: &'a [usize],
    entries: Vec<&'a Entry>,
}

impl<'a> Space<'a> {
    pub fn of(scenario: &'a Scenario, calibration: &'a Calibration) -> Self {
        let entries = calibration.free.iter().map(|&row| &scenario.ledger[row]);
        Space {
            rows: &calibration.free,
            entries: entries.collect(),
        }
    }

    /// Rows of the ledger, by dimension.
    pub fn rows(&self) -> impl Iterator<Item = usize> {
        self.rows.iter().copied()
    }

    pub fn n_dimensions(&self) -> usize {
        self.entries.len()
    }

    /// Values of the free parameters at a point of the cube.
    pub fn values(&self, point: &[f64]) -> Vec<f64> {
        let pairs = self.entries.iter().zip(point);
        pairs.map(|(entry, &u)| entry.quantile(u)).collect()
    }

    /// What the emulators see of a point: each parameter's place in its range, and its square.
    fn features(&self, point: &[f64]) -> Vec<f64> {
        let pairs = self.entries.iter().zip(point);
        let places = pairs.map(|(entry, &u)| entry.position(entry.quantile(u)));
        places.flat_map(|x| [x, x * x]).collect()
    }
}

/// Emulators of all fitted targets.
///
/// For each target a regression, with ridge, of its value (logarithm or log-odds) on
/// the place of every parameter in its range and on the square of it.
pub(super) struct Emulators<'a> {
    space: &'a Space<'a>,
    targets: Vec<Emulated<'a>>,
}

/// A fitted target with its emulator.
struct Emulated<'a> {
    /// Its number among all targets.
    number: usize,
    target: &'a Target,
    /// None if too few runs have seen it.
    regression: Option<Regression>,
    /// What is added to each emulated value.
    shift: f64,
}

impl Emulated<'_> {
    /// The emulated value, on the target's scale, and its standard error.
    fn at(&self, features: &[f64]) -> Option<(f64, f64)> {
        let regression = self.regression.as_ref()?;
        let value = regression.at(features.iter().copied()) + self.shift;
        Some((value, regression.error))
    }

    /// How far the emulated value lies from the known one.
    fn misfit(&self, value: f64) -> f64 {
        value - scaled(self.target, self.target.value)
    }
}

impl<'a> Emulators<'a> {
    /// Fits emulators to runs: points, and their values by number of the target.
    pub fn fit(space: &'a Space<'a>, targets: &'a [Target], runs: &[&Seen]) -> Self {
        let fit = |(number, target): (usize, &'a Target)| {
            let seen = runs.iter().filter_map(|run| {
                let value = scaled(target, run.values[number]?);
                Some((space.features(&run.point), value))
            });
            let (points, values): (Vec<_>, Vec<_>) = seen.unzip();
            Emulated {
                number,
                target,
                regression: Regression::fit(&points, &values),
                shift: 0.0,
            }
        };
        let fitted = targets.iter().enumerate();
        let fitted = fitted.filter(|(_, target)| target.is_fitted());
        Emulators {
            space,
            targets: fitted.map(fit).collect(),
        }
    }

    /// Logarithm of the likelihood of the targets at these features.
    fn log_likelihood(&self, features: &[f64]) -> f64 {
        self.implausibility(features).map(|x| -0.5 * x * x).sum()
    }

    /// Shifts every emulator such that it is right on average at these runs: a sample of
    /// regions is not the country.
    pub fn shift_to(&mut self, runs: &[&Seen]) {
        for one in &mut self.targets {
            one.shift = 0.0;
            let misfits = runs.iter().filter_map(|run| {
                let (emulated, _) = one.at(&self.space.features(&run.point))?;
                Some(scaled(one.target, run.values[one.number]?) - emulated)
            });
            let misfits: Vec<f64> = misfits.collect();
            if !misfits.is_empty() {
                one.shift = misfits.iter().sum::<f64>() / misfits.len() as f64;
            }
        }
    }

    /// Share of the variance of their values that the emulator of each fitted target predicts at
    /// runs that it has not seen, with the number of the target.
    pub fn predicted_shares(&self) -> impl Iterator<Item = (usize, f64)> {
        let pairs = self.targets.iter();
        pairs.filter_map(|one| Some((one.number, one.regression.as_ref()?.predicted_share)))
    }

    /// Implausibility of features for each target: how far the emulated value lies from the known
    /// one, by the root of both variances (Craig, Goldstein, Seheult & Smith, in: Case Studies in
    /// Bayesian Statistics III (1997)).
    fn implausibility<'f>(&'f self, features: &'f [f64]) -> impl Iterator<Item = f64> + 'f {
        self.targets.iter().filter_map(move |one| {
            let (value, error) = one.at(features)?;
            let own = spread(one.target);
            Some(one.misfit(value) / (own * own + error * error).sqrt())
        })
    }
}

/// What all waves together leave: the emulators of each, the last one's in force.
///
/// Emulators know nothing of where their runs have not been; what an earlier wave has ruled
/// out stays so, whatever a later one makes of it from afar.
pub(super) struct Knowledge<'a> {
    space: &'a Space<'a>,
    waves: Vec<Emulators<'a>>,
}

impl<'a> Knowledge<'a> {
    /// Before the first wave.
    pub fn none(space: &'a Space<'a>) -> Self {
        Knowledge {
            space,
            waves: Vec::new(),
        }
    }

    /// Adds the emulators of a wave.
    pub fn learn(&mut self, emulators: Emulators<'a>) {
        self.waves.push(emulators);
    }

    /// The emulators of the last wave.
    ///
    /// # Panics
    ///
    /// Before the first wave.
    pub fn last(&self) -> &Emulators<'a> {
        self.waves.last().expect("a wave has been learnt from")
    }

    /// Shifts the emulators of every wave such that they are right on average at these runs.
    pub fn shift_to(&mut self, runs: &[&Seen]) {
        for emulators in &mut self.waves {
            emulators.shift_to(runs);
        }
    }

    /// Whether no wave rules a point out.
    pub fn leaves(&self, point: &[f64]) -> bool {
        let features = self.space.features(point);
        let mut all = self
            .waves
            .iter()
            .flat_map(|one| one.implausibility(&features));
        all.all(|x| x.abs() <= RULED_OUT)
    }

    /// Logarithm of the likelihood of the targets at a point by the last emulators, less a
    /// penalty that grows with how far earlier ones rule it out.
    pub fn log_density(&self, point: &[f64]) -> f64 {
        let features = self.space.features(point);
        let Some((last, earlier)) = self.waves.split_last() else {
            return 0.0;
        };
        let likelihood = last.log_likelihood(&features);
        let beyond = earlier.iter().flat_map(|one| one.implausibility(&features));
        let beyond: f64 = beyond.map(|x| (x.abs() - RULED_OUT).max(0.0)).sum();
        likelihood - PENALTY * beyond
    }
}
