//! Which factors matter, for every KPI and for every difference between forms.

use super::SweepDesign;
use crate::experiment::CONFIDENCE;
use crate::random::{Chance, Draws};
use crate::scenario::{Factor, Plan, Range};
use crate::stats::{Bootstrap, Estimate, Ranged, Screened, Swing, screen, sobol_indices, tornado};

/// How often samples are drawn again for an interval.
const N_RESAMPLES: usize = 1_000;
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
    /// Its value.
    pub value: f64,
    /// Lower end of its 95 % interval, if it has one.
    pub low: Option<f64>,
    /// Upper end.
    pub high: Option<f64>,
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

    /// How much every factor matters, measure by measure. A measure that was seen at too few points
    /// is left out.
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
                let screened = screen(points, values, &bootstrap).unwrap_or_default();
                numbered(screened.iter().map(of_screening).collect()).collect()
            }
            Plan::Saltelli => {
                let n_factors = design.sweep().factors.len();
                let Some(found) = sobol_indices(n_factors, false, values, &bootstrap) else {
                    return Vec::new();
                };
                let pairs = found.first.iter().zip(&found.total);
                let shares = pairs.map(|(first, total)| {
                    vec![
                        Effect::ranged("first_order", first),
                        Effect::ranged("total", total),
                    ]
                });
                let noise = found.noise.iter();
                let whole = noise.map(|noise| Effect::ranged("noise_share", noise));
                let whole =
                    std::iter::once(Effect::ranged("variance", &found.variance)).chain(whole);
                let whole = (None, whole.collect());
                numbered(shares.collect()).chain([whole]).collect()
            }
            Plan::OneAtATime => numbered(self.swings(values)).collect(),
            _ => Vec::new(),
        }
    }

    /// What each level of each factor changes, replication by replication.
    fn swings(&self, values: &[Vec<f64>]) -> Vec<Vec<Effect>> {
        let factors = &self.design.sweep().factors;
        let n_levels: Vec<usize> = factors.iter().map(|factor| factor.n_levels(2)).collect();
        let swings = tornado(values, &n_levels, CONFIDENCE).into_iter();
        let of_factor = |(factor, swing): (&Factor, Swing)| {
            let changes = swing.changes.into_iter().enumerate();
            let effect = |(level, change): (usize, Estimate)| {
                let statistic = match &factor.range {
                    Range::Levels(levels) => format!("at {}", levels[level]),
                    _ => ["low_end", "high_end"][level].to_owned(),
                };
                let ranged = Ranged {
                    value: change.mean,
                    low: change.low,
                    high: change.high,
                };
                Effect::ranged(&statistic, &ranged)
            };
            changes.map(effect).collect()
        };
        factors.iter().zip(swings).map(of_factor).collect()
    }
}

fn of_screening(one: &Screened) -> Vec<Effect> {
    let mut effects = vec![
        Effect::bare("mu", one.mean),
        Effect::ranged("mu_star", &one.mean_absolute),
        Effect::bare("sigma", one.deviation),
    ];
    effects.extend(one.noise.map(|noise| Effect::bare("noise", noise)));
    effects
}

impl Effect {
    fn bare(statistic: &str, value: f64) -> Self {
        Effect {
            statistic: statistic.to_owned(),
            value,
            low: None,
            high: None,
        }
    }

    fn ranged(statistic: &str, ranged: &Ranged) -> Self {
        let is_there = |end: f64| end.is_finite().then_some(end);
        Effect {
            low: is_there(ranged.low),
            high: is_there(ranged.high),
            ..Effect::bare(statistic, ranged.value)
        }
    }
}

#[cfg(test)]
mod tests {
    use super::super::super::fixture::sweep;
    use super::*;
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
        effect.expect("the design says so").value
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
