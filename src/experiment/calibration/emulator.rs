//! Emulators: what the model would show for a target, without running it.

use crate::scenario::{Calibration, Entry, LEAST, Scenario, Target};
use crate::stats::{HALF_WIDTH_OF_95_PERCENT, Regression};

/// A point further than this from a target is ruled out (three-sigma rule; Pukelsheim,
/// The American Statistician 48 (1994)).
pub(super) const RULED_OUT: f64 = 3.0;
/// Share of an emulator's error that is left near a run at which it has been made right.
const ERROR_SHARE_NEARBY: f64 = 0.3;
/// What each step beyond that takes from the logarithm of the density.
const PENALTY: f64 = 20.0;

/// The scale on which a target is compared: logarithms of values, log-odds of shares.
pub(super) fn scaled(target: &Target, value: f64) -> f64 {
    if target.is_percent() {
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
    entries: Vec<&'a Entry>,
}

impl<'a> Space<'a> {
    pub fn of(scenario: &'a Scenario, calibration: &Calibration) -> Self {
        let entries = calibration.free.iter().map(|&row| &scenario.ledger[row]);
        Space {
            entries: entries.collect(),
        }
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
#[derive(Clone)]
pub(super) struct Emulators<'a> {
    space: &'a Space<'a>,
    all: &'a [Target],
    targets: Vec<(&'a Target, Regression)>,
    /// What is added to each emulated value.
    shifts: Vec<f64>,
    /// Share of the emulators' error that counts.
    error_share: f64,
}

impl<'a> Emulators<'a> {
    /// Fits emulators to runs: points, and their values by number of the target. Targets that
    /// too few runs have seen are left out.
    pub fn fit(space: &'a Space, targets: &'a [Target], runs: &[(&[f64], &[Option<f64>])]) -> Self {
        let fit = |(number, target): (usize, &'a Target)| {
            let seen = runs
                .iter()
                .filter_map(|(point, values)| Some((point, values[number]?)));
            let (points, values): (Vec<_>, Vec<_>) = seen
                .map(|(point, value)| (space.features(point), scaled(target, value)))
                .unzip();
            Some((target, Regression::fit(&points, &values)?))
        };
        let fitted = targets
            .iter()
            .enumerate()
            .filter(|(_, target)| target.is_fitted());
        let fitted: Vec<_> = fitted.filter_map(fit).collect();
        Emulators {
            space,
            all: targets,
            shifts: vec![0.0; fitted.len()],
            error_share: 1.0,
            targets: fitted,
        }
    }

    /// The same emulators, right at one run: near it they err less than elsewhere.
    pub fn anchored(&self, point: &[f64], values: &[Option<f64>]) -> Self {
        let mut emulators = self.clone();
        emulators.shift_to(&[(point, values)]);
        emulators.error_share = ERROR_SHARE_NEARBY;
        emulators
    }

    /// Logarithm of the likelihood of the targets at a point.
    pub fn log_likelihood(&self, point: &[f64]) -> f64 {
        self.log_likelihood_of(&self.space.features(point))
    }

    fn log_likelihood_of(&self, features: &[f64]) -> f64 {
        self.implausibility(features).map(|x| -0.5 * x * x).sum()
    }

    /// Shifts every emulator such that it is right on average at these runs: a sample of
    /// regions is not the country.
    pub fn shift_to(&mut self, runs: &[(&[f64], &[Option<f64>])]) {
        for ((target, regression), shift) in self.targets.iter().zip(&mut self.shifts) {
            let number = self.all.iter().position(|one| std::ptr::eq(one, *target));
            let number = number.expect("a target of the calibration");
            let misfits = runs.iter().filter_map(|(point, values)| {
                let features = self.space.features(point).into_iter();
                Some(scaled(target, values[number]?) - regression.at(features))
            });
            let misfits: Vec<f64> = misfits.collect();
            if !misfits.is_empty() {
                *shift = misfits.iter().sum::<f64>() / misfits.len() as f64;
            }
        }
    }

    /// Targets with the share of the variance of their values that their emulator predicts at
    /// runs that it has not seen.
    pub fn predicted_shares(&self) -> impl Iterator<Item = (&'a Target, f64)> {
        let pairs = self.targets.iter();
        pairs.map(|(target, regression)| (*target, regression.predicted_share))
    }

    /// Implausibility of features for each target: how far the emulated value lies from the known
    /// one, by the root of both variances (Craig, Goldstein, Seheult & Smith, in: Case Studies in
    /// Bayesian Statistics III (1997)).
    fn implausibility<'f>(&'f self, features: &'f [f64]) -> impl Iterator<Item = f64> + 'f {
        let pairs = self.targets.iter().zip(&self.shifts);
        pairs.map(move |((target, regression), shift)| {
            let emulated = regression.at(features.iter().copied()) + shift;
            let misfit = emulated - scaled(target, target.value);
            let own = spread(target);
            let error = self.error_share * regression.error;
            misfit / (own * own + error * error).sqrt()
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
    pub fn shift_to(&mut self, runs: &[(&[f64], &[Option<f64>])]) {
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
        let likelihood = last.log_likelihood_of(&features);
        let beyond = earlier.iter().flat_map(|one| one.implausibility(&features));
        let beyond: f64 = beyond.map(|x| (x.abs() - RULED_OUT).max(0.0)).sum();
        likelihood - PENALTY * beyond
    }
}
