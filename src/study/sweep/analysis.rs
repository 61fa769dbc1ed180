//! Which factors matter, for every KPI and for every difference between forms.

use super::design::SweepDesign;
use crate::experiment::CONFIDENCE;
use crate::random::{Chance, Draws};
use crate::scenario::{Factor, Plan, Range};
use crate::stats::{
    Bootstrap, Estimate, Ranged, Screened, SobolIndices, Swing, is_complete, screen, sobol_indices,
    tornado,
};

/// How often samples are drawn again for an interval.
const N_RESAMPLES: usize = 1_000;
/// A share this little outside 0 to 1 is that by rounding.
const ROUNDING: f64 = 1e-9;
/// Where the draws of the bootstrap are, apart from those of designs.
const PURPOSE: u32 = 9_100;

/// What is looked at: a form, or what it has more than the baseline.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub struct Measure {
    /// Index of the form.
    pub case: usize,
    /// Whether the baseline is taken off it, replication by replication.
    pub is_difference: bool,
    /// The KPI: its place in the sweep's own list.
    pub kpi: usize,
}

/// A number that says how much a factor matters.
#[derive(Clone, PartialEq, Debug)]
pub struct Effect {
    /// Its name: `mu_star`, `first_order`, `low_end` and so on.
    pub statistic: String,
    /// Its value; none if it cannot be known.
    pub value: Option<f64>,
    /// Lower end of its 95 % interval, if it has one.
    pub low: Option<f64>,
    /// Upper end.
    pub high: Option<f64>,
    /// What it was computed from: rows of the scheme, trajectories, or replications.
    pub n: usize,
    /// How many of these were left out because a value is missing in them.
    pub n_missing: usize,
    /// What should be known before it is read.
    pub remark: Option<Remark>,
}

/// Why a number is not what it seems, or is not there.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub enum Remark {
    /// A share of a variance below 0 or above 1, or of a variance that cannot be told from 0.
    Noise,
    /// Nothing was whole.
    Missing,
    /// In what was whole the factor had one value only.
    Fixed,
    /// The result does not vary.
    Constant,
}

impl Remark {
    /// Its name in a table.
    pub fn key(self) -> &'static str {
        match self {
            Remark::Noise => "noise",
            Remark::Missing => "missing",
            Remark::Fixed => "fixed",
            Remark::Constant => "constant",
        }
    }
}

/// How much one factor matters to one measure.
#[derive(Clone, PartialEq, Debug)]
pub struct Sensitivity {
    /// What is looked at.
    pub measure: Measure,
    /// The factor: its place in the sweep's own list; none for what is said of all.
    pub factor: Option<usize>,
    /// How much, in the numbers of the design.
    pub effects: Vec<Effect>,
}

/// Whether a design can tell which factors matter.
fn tells(plan: Plan) -> bool {
    matches!(plan, Plan::Morris | Plan::Saltelli | Plan::OneAtATime)
}

/// The values of a sweep, kept only where its design can tell which factors matter.
pub struct Values<'a> {
    design: &'a SweepDesign<'a>,
    /// By KPI, form, point and replication.
    values: Vec<f64>,
}

impl<'a> Values<'a> {
    /// No values yet; `None` where they would not be looked at.
    pub fn of(design: &'a SweepDesign<'a>) -> Option<Self> {
        let scenario = design.scenario();
        let n = design.sweep().kpis.len()
            * scenario.cases.len()
            * design.n_points()
            * scenario.replications as usize;
        tells(design.sweep().plan).then(|| Values {
            design,
            values: vec![f64::NAN; n],
        })
    }

    /// Where a value stands: numbers of points and replications begin at 1.
    fn place(&self, (kpi, case): (usize, usize), point: usize, replication: u32) -> usize {
        let scenario = self.design.scenario();
        let series = kpi * scenario.cases.len() + case;
        let n_replications = scenario.replications as usize;
        (series * self.design.n_points() + point - 1) * n_replications + replication as usize - 1
    }

    /// Takes a value.
    pub fn take(&mut self, point: usize, case: usize, replication: u32, kpi: usize, value: f64) {
        let place = self.place((kpi, case), point, replication);
        self.values[place] = value;
    }

    /// Values of a measure by point and replication.
    fn of_measure(&self, measure: Measure) -> Vec<Vec<f64>> {
        let scenario = self.design.scenario();
        let value = |case, point, replication| {
            self.values[self.place((measure.kpi, case), point, replication)]
        };
        let at = |point| {
            (1..=scenario.replications).map(move |replication| {
                let there = match measure.is_difference {
                    true => value(scenario.baseline, point, replication),
                    false => 0.0,
                };
                value(measure.case, point, replication) - there
            })
        };
        (1..=self.design.n_points())
            .map(|point| at(point).collect())
            .collect()
    }

    /// How much every factor matters, measure by measure, what was seen nowhere among them.
    pub fn sensitivities(&self) -> impl Iterator<Item = Sensitivity> + '_ {
        let scenario = self.design.scenario();
        let n_cases = scenario.cases.len();
        let measures = (0..self.design.sweep().kpis.len()).flat_map(move |kpi| {
            let own = (0..n_cases).map(move |case| (case, false));
            let against = (0..n_cases).filter(move |&case| case != scenario.baseline);
            own.chain(against.map(|case| (case, true)))
                .map(move |(case, is_difference)| Measure {
                    case,
                    is_difference,
                    kpi,
                })
        });
        measures.flat_map(|measure| {
            let effects = self.effects(&self.of_measure(measure)).into_iter();
            effects.map(move |(factor, effects)| Sensitivity {
                measure,
                factor,
                effects,
            })
        })
    }

    /// The effects of each factor, and those of no factor in particular.
    fn effects(&self, values: &[Vec<f64>]) -> Vec<(Option<usize>, Vec<Effect>)> {
        let design = self.design;
        let draws: Draws = Chance::new(design.scenario().seed, 0, 0).of(PURPOSE);
        let bootstrap = Bootstrap {
            n_resamples: N_RESAMPLES,
            level: CONFIDENCE,
            uniform: |resample: usize, index: usize| draws.uniform(resample as u16, index as u32),
        };
        let numbered = |effects: Vec<Vec<Effect>>| {
            let effects = effects.into_iter().enumerate();
            effects.map(|(factor, effects)| (Some(factor), effects))
        };
        match design.sweep().plan {
            Plan::Morris => {
                let points = design.cube().expect("a design in the unit cube");
                let whole = Whole::of(design, values, design.sweep().factors.len() + 1);
                let screened = screen(points, values, &bootstrap);
                let of_factor = |factor: usize| {
                    let found = screened.as_ref().map(|all| &all[factor]);
                    whole.seal(of_screening(found), whole.remark_of(factor))
                };
                numbered((0..whole.varies.len()).map(of_factor).collect()).collect()
            }
            Plan::Saltelli => self.shares(values, &bootstrap),
            Plan::OneAtATime => numbered(self.swings(values)).collect(),
            _ => Vec::new(),
        }
    }

    /// The shares of the variance.
    fn shares<U: Fn(usize, usize) -> f64>(
        &self,
        values: &[Vec<f64>],
        bootstrap: &Bootstrap<U>,
    ) -> Vec<(Option<usize>, Vec<Effect>)> {
        let n_factors = self.design.sweep().factors.len();
        let whole = Whole::of(self.design, values, n_factors + 2);
        let found = sobol_indices(n_factors, false, values, bootstrap);
        // The variance less that of chance may come out below 0.
        let unknown = match (whole.n, found.is_some(), whole.is_constant) {
            (0, ..) => Some(Remark::Missing),
            (_, true, _) => None,
            (_, false, true) => Some(Remark::Constant),
            (_, false, false) => Some(Remark::Noise),
        };
        // A share of what may be nothing is no share.
        let is_all_noise = found.as_ref().is_some_and(|one| one.variance.low <= 0.0);
        let share = |name: &str, ranged: Option<&Ranged>, remark: Option<Remark>| {
            let effect = Effect::ranged(name, ranged);
            let is_outside = |value: f64| !(-ROUNDING..=1.0 + ROUNDING).contains(&value);
            let is_noise = effect
                .value
                .is_some_and(|value| is_all_noise || is_outside(value));
            let noise = is_noise.then_some(Remark::Noise);
            whole.seal(vec![effect], remark.or(noise)).remove(0)
        };
        let of_factor = |factor: usize| {
            let remark = whole.remark_of(factor).or(unknown);
            let of =
                |ranges: fn(&SobolIndices) -> &Vec<Ranged>| Some(&ranges(found.as_ref()?)[factor]);
            let effects = vec![
                share("first_order", of(|one| &one.first), remark),
                share("total", of(|one| &one.total), remark),
            ];
            (Some(factor), effects)
        };
        let variance = match &found {
            Some(found) => Effect::ranged("variance", Some(&found.variance)),
            None => Effect::bare(
                "variance",
                (unknown == Some(Remark::Constant)).then_some(0.0),
            ),
        };
        let mut of_all = whole.seal(vec![variance], unknown);
        if let Some(noise) = found.as_ref().and_then(|one| one.noise.as_ref()) {
            of_all.push(share("noise_share", Some(noise), None));
        }
        (0..n_factors)
            .map(of_factor)
            .chain([(None, of_all)])
            .collect()
    }

    /// What each level of each factor changes, replication by replication.
    fn swings(&self, values: &[Vec<f64>]) -> Vec<Vec<Effect>> {
        let factors = &self.design.sweep().factors;
        let n_levels: Vec<usize> = factors.iter().map(|factor| factor.n_levels(2)).collect();
        let swings = tornado(values, &n_levels, CONFIDENCE).into_iter();
        let n_replications = self.design.scenario().replications as usize;
        let of_factor = |(factor, swing): (&Factor, Swing)| {
            let changes = swing.changes.into_iter().enumerate();
            let effect = |(level, change): (usize, Option<Estimate>)| {
                let statistic = match &factor.range {
                    Range::Levels(levels) => format!("at {}", levels[level]),
                    _ => ["low_end", "high_end"][level].to_owned(),
                };
                let ranged = change.map(|change| Ranged {
                    value: change.mean,
                    low: change.low,
                    high: change.high,
                });
                let n = change.map_or(0, |change| change.n);
                Effect {
                    n,
                    n_missing: n_replications - n,
                    remark: (n == 0).then_some(Remark::Missing),
                    ..Effect::ranged(&statistic, ranged.as_ref())
                }
            };
            changes.map(effect).collect()
        };
        factors.iter().zip(swings).map(of_factor).collect()
    }
}

/// The groups of points of a scheme, rows or trajectories, of which every value is there.
struct Whole {
    n: usize,
    n_missing: usize,
    /// Whether every replication has one value in all of them.
    is_constant: bool,
    /// Whether a factor has more than one value in them.
    varies: Vec<bool>,
}

impl Whole {
    /// Of groups of so many points.
    fn of(design: &SweepDesign, values: &[Vec<f64>], length: usize) -> Self {
        let factors = &design.sweep().factors;
        let cube = design.cube().expect("a design in the unit cube");
        let groups = values.chunks(length).enumerate();
        let whole: Vec<usize> = groups
            .filter(|(_, group)| is_complete(group))
            .map(|(number, _)| number * length)
            .collect();
        let mut varies = vec![false; factors.len()];
        for &first in &whole {
            // In either scheme every factor stands otherwise at the end than at the beginning.
            let ends = [cube.point(first), cube.point(first + length - 1)];
            for (number, factor) in factors.iter().enumerate() {
                let [one, other] = [ends[0][number], ends[1][number]];
                varies[number] |= match factor.range {
                    Range::Levels(_) => factor.at(one) != factor.at(other),
                    _ => one != other,
                };
            }
        }
        Whole {
            n: whole.len(),
            n_missing: values.len() / length - whole.len(),
            is_constant: (whole.iter()).all(|&first| {
                let points = values[first..first + length].iter();
                points.into_iter().all(|point| *point == values[whole[0]])
            }),
            varies,
        }
    }

    /// Why nothing can be said of a factor.
    fn remark_of(&self, factor: usize) -> Option<Remark> {
        match (self.n, self.varies[factor]) {
            (0, _) => Some(Remark::Missing),
            (_, false) => Some(Remark::Fixed),
            _ => None,
        }
    }

    /// Effects with what they rest on; without a value where there can be none.
    fn seal(&self, effects: Vec<Effect>, remark: Option<Remark>) -> Vec<Effect> {
        let is_void = matches!(remark, Some(Remark::Missing | Remark::Fixed));
        let seal = |effect: Effect| {
            let effect = match is_void {
                true => Effect::bare(&effect.statistic, None),
                false => effect,
            };
            Effect {
                n: self.n,
                n_missing: self.n_missing,
                remark,
                ..effect
            }
        };
        effects.into_iter().map(seal).collect()
    }
}

fn of_screening(one: Option<&Screened>) -> Vec<Effect> {
    let mut effects = vec![
        Effect::bare("mu", one.map(|one| one.mean)),
        Effect::ranged("mu_star", one.map(|one| &one.mean_absolute)),
        Effect::bare("sigma", one.map(|one| one.deviation)),
    ];
    let noise = one.and_then(|one| one.noise);
    effects.extend(noise.map(|noise| Effect::bare("noise", Some(noise))));
    effects
}

impl Effect {
    fn bare(statistic: &str, value: Option<f64>) -> Self {
        Effect {
            statistic: statistic.to_owned(),
            value: value.filter(|value| value.is_finite()),
            low: None,
            high: None,
            n: 0,
            n_missing: 0,
            remark: None,
        }
    }

    fn ranged(statistic: &str, ranged: Option<&Ranged>) -> Self {
        let end = |end: fn(&Ranged) -> f64| ranged.map(end).filter(|end| end.is_finite());
        Effect {
            low: end(|one| one.low),
            high: end(|one| one.high),
            ..Effect::bare(statistic, ranged.map(|one| one.value))
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::experiment::fixture::sweep;
    use crate::scenario::{Scenario, Value};

    /// The KPI is thrice the first factor, and in the third form twice the second as well.
    fn found(scenario: &Scenario) -> Vec<Sensitivity> {
        let design = SweepDesign::new(scenario).unwrap();
        let mut values = Values::of(&design).unwrap();
        let number = |value: &Option<Value>, base: f64| match value {
            Some(Value::Number(number)) => *number,
            _ => base,
        };
        for point in 1..=design.n_points() {
            let at = design.point(point);
            for case in 0..scenario.cases.len() {
                for replication in 1..=scenario.replications {
                    let value = 3.0 * number(&at[0], 0.2) + f64::from(replication);
                    let more = if case == 2 {
                        2.0 * number(&at[1], 0.5)
                    } else {
                        0.0
                    };
                    values.take(point, case, replication, 0, value + more);
                }
            }
        }
        values.sensitivities().collect()
    }

    fn value(
        all: &[Sensitivity],
        case: usize,
        is_difference: bool,
        factor: usize,
        name: &str,
    ) -> f64 {
        let one = all.iter().find(|one| {
            one.measure.case == case
                && one.measure.is_difference == is_difference
                && one.factor == Some(factor)
        });
        let effects = &one.expect("it was looked at").effects;
        let effect = effects.iter().find(|effect| effect.statistic == name);
        effect
            .expect("the design says so")
            .value
            .expect("it is known")
    }

    #[test]
    fn what_all_forms_share_is_no_part_of_their_difference() {
        let all = found(&sweep(Plan::Morris, 10));
        assert!(value(&all, 2, false, 0, "mu_star") > 0.1);
        assert!(value(&all, 2, true, 0, "mu_star") < 1e-12);
        assert!((value(&all, 2, true, 1, "mu_star") - 2.0).abs() < 1e-9);
        assert!(value(&all, 3, true, 1, "mu_star") < 1e-12);
        assert_eq!(value(&all, 2, true, 2, "mu_star"), 0.0);
    }

    #[test]
    fn shares_of_variance_are_those_of_a_sum() {
        let all = found(&sweep(Plan::Saltelli, 512));
        let first = |factor| value(&all, 2, false, factor, "first_order");
        let total = |factor| value(&all, 2, false, factor, "total");
        assert!((first(0) + first(1) - 1.0).abs() < 0.02);
        assert!((first(1) - total(1)).abs() < 0.02);
        assert!(total(2) < 1e-9);
        assert!((value(&all, 2, true, 1, "total") - 1.0).abs() < 0.02);
    }

    #[test]
    fn one_at_a_time_tells_both_ends() {
        let all = found(&sweep(Plan::OneAtATime, 0));
        assert!((value(&all, 2, true, 1, "low_end") + 1.0).abs() < 1e-9);
        assert!((value(&all, 2, true, 1, "high_end") - 1.0).abs() < 1e-9);
        assert_eq!(value(&all, 2, true, 2, "at consult"), 0.0);
    }
}
