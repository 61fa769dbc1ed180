//! What forms are worth on each criterion, in one world.

use super::world::worth;
use super::{Purpose, draws};
use crate::scenario::{Criterion, Framework, HIGHEST_SCORE, LOWEST_SCORE};

/// What forms are worth on each criterion, 0 to 1, by form and then criterion.
pub(crate) type Worth = Vec<Vec<f64>>;

/// What forms are worth in one world.
pub(crate) struct Values {
    /// With all that nobody knows: a number anywhere from 0 to 1.
    pub(crate) all: Worth,
    /// By what is known alone; NaN on a criterion of which nothing is.
    pub(crate) known: Worth,
}

/// How criteria are judged, and which are known.
pub(crate) struct Judge<'a> {
    framework: &'a Framework,
    forms: &'a [String],
    baseline: usize,
    /// By criterion: whether the simulation, and whether experts, say something of every form.
    pub(crate) is_measured: Vec<bool>,
    pub(crate) is_scored: Vec<bool>,
}

impl<'a> Judge<'a> {
    /// A judge of forms of which the simulation says this.
    pub(crate) fn of(
        framework: &'a Framework,
        forms: &'a [String],
        baseline: usize,
        means: &[Vec<Option<f64>>],
    ) -> Self {
        let mut first = 0;
        let is_measured = framework.criteria.iter().map(|criterion| {
            let own = first..first + criterion.measures.len();
            first = own.end;
            let has_all = |form: &Vec<Option<f64>>| form[own.clone()].iter().all(Option::is_some);
            !own.is_empty() && means.iter().all(has_all)
        });
        let is_scored = framework.criteria.iter().map(|criterion| {
            let all = || forms.iter().all(|form| criterion.score(form).is_some());
            criterion.expert_share > 0.0 && all()
        });
        let mut judge = Judge {
            is_measured: is_measured.collect(),
            is_scored: is_scored.collect(),
            framework,
            forms,
            baseline,
        };
        judge.leave_nothing_alone();
        judge
    }

    /// What may be read beside another criterion only is not known where that is not: a run too
    /// short to show what happens to children says nothing of force either.
    fn leave_nothing_alone(&mut self) {
        for (number, criterion) in self.framework.criteria.iter().enumerate() {
            if criterion.beside.is_some_and(|other| !self.is_known(other)) {
                self.is_measured[number] = false;
                self.is_scored[number] = false;
            }
        }
    }

    /// Whether anything is known of a criterion, for every form.
    pub(crate) fn is_known(&self, criterion: usize) -> bool {
        self.is_measured[criterion] || self.is_scored[criterion]
    }

    /// What forms are worth where the simulation says this; draw `number` says the rest.
    pub(crate) fn values(&self, world: &[Vec<Option<f64>>], seed: u64, number: usize) -> Values {
        self.judge(world, |index| {
            draws(seed, number).uniform(Purpose::Expert as u16, index as u32)
        })
    }

    /// The same with experts, and what nobody knows, in the middle of their ranges.
    pub(crate) fn middle(&self, world: &[Vec<Option<f64>>]) -> Values {
        self.judge(world, |_| 0.5)
    }

    fn judge(&self, world: &[Vec<Option<f64>>], chance: impl Fn(usize) -> f64) -> Values {
        let n = self.framework.criteria.len();
        let mut values = Values {
            all: vec![vec![0.0; n]; self.forms.len()],
            known: vec![vec![f64::NAN; n]; self.forms.len()],
        };
        let mut first = 0;
        for (number, criterion) in self.framework.criteria.iter().enumerate() {
            for form in 0..self.forms.len() {
                let index = form * n + number;
                let unknown = chance(index);
                let measured = self.is_measured[number]
                    .then(|| self.measured(criterion, world, first, form))
                    .flatten();
                let scored = criterion.score(&self.forms[form]).map(|score| {
                    let said = score.low + (score.high - score.low) * chance(index);
                    (said - LOWEST_SCORE) / (HIGHEST_SCORE - LOWEST_SCORE)
                });
                let share = criterion.expert_share;
                values.all[form][number] =
                    (1.0 - share) * measured.unwrap_or(unknown) + share * scored.unwrap_or(unknown);
                let scored = scored.filter(|_| self.is_scored[number]);
                values.known[form][number] = match (measured, scored) {
                    (Some(measured), Some(scored)) => (1.0 - share) * measured + share * scored,
                    (Some(one), None) | (None, Some(one)) => one,
                    (None, None) => f64::NAN,
                };
            }
            first += criterion.measures.len();
        }
        values
    }

    /// What the measures of a criterion say of a form.
    fn measured(
        &self,
        criterion: &Criterion,
        world: &[Vec<Option<f64>>],
        first: usize,
        form: usize,
    ) -> Option<f64> {
        let measures = criterion.measures.iter().enumerate();
        let parts = measures.map(|(number, measure)| {
            let value = |form: usize| world[form][first + number];
            Some(measure.share * worth(measure, value(form)?, value(self.baseline)?))
        });
        parts.sum()
    }
}
