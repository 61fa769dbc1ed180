//! What the simulation may have to say, drawn from its replications or from a sweep.

use super::{Purpose, draws};
use crate::experiment::{Figures, SweepFigures};
use crate::model::KPIS;
use crate::random::normal;
use crate::scenario::{Framework, Measure};
use crate::stats::gamma_p_inverse;

/// Values of every measure of a framework, by form and then measure.
type Values = Vec<Vec<Option<f64>>>;

/// Means over replications, and what each replication differs from them.
struct Point {
    means: Values,
    /// By replication.
    deviations: Vec<Vec<Vec<f64>>>,
}

/// Everything that the simulation may have to say of the measures.
pub(crate) struct Worlds {
    run: Point,
    points: Vec<Point>,
}

impl Worlds {
    pub(crate) fn of(
        framework: &Framework,
        figures: &Figures,
        sweep: Option<&SweepFigures>,
    ) -> Self {
        let measures: Vec<&Measure> = framework
            .criteria
            .iter()
            .flat_map(|criterion| &criterion.measures)
            .collect();
        let of_run = |form: usize, replication: usize, measure: &Measure| {
            if measure.is_between_regions {
                let regions = figures.by_region.get(form)?.get(replication)?;
                let values = regions.iter().map(|kpis| kpis[measure.kpi]);
                return spread(values.collect::<Option<Vec<f64>>>()?);
            }
            figures.together[form][replication][measure.kpi]
        };
        let n_forms = figures.forms.len();
        let run = Point::of(&measures, n_forms, figures.n_replications(), of_run);
        let points = sweep.map_or(&[][..], |sweep| &sweep.points).iter();
        let points = points.map(|point| {
            let n = point.together.first().map_or(0, Vec::len);
            // A sweep knows nothing of single regions.
            let value = |form: usize, replication: usize, measure: &Measure| {
                let kpis: &Vec<Option<f64>> = &point.together[form][replication];
                kpis[measure.kpi].filter(|_| !measure.is_between_regions)
            };
            Point::of(&measures, n_forms, n, value)
        });
        Worlds {
            points: points.collect(),
            run,
        }
    }

    /// The means: of the run, or of one point of the sweep with the run's for what the sweep
    /// does not know.
    pub(crate) fn means(&self, point: Option<usize>) -> Values {
        match point {
            None => self.run.means.clone(),
            Some(point) => over(&self.points[point].means, &self.run.means),
        }
    }

    /// One of the worlds that may be.
    ///
    /// Of a run: the mean over n replications and, around it, Student's t with n − 1 degrees of
    /// freedom and the replications' own covariance of everything with everything, so that what
    /// differs little between forms in every replication differs little here (a deviation from
    /// the mean is Σ z d / √(n (n − 1)), z standard normal and d the replications' deviations,
    /// times √((n − 1) / χ²)). Of a sweep: a point, and around its mean the same without the
    /// χ², with the deviations of any point: what few replications say badly of one point they
    /// say well of all.
    pub(crate) fn draw(&self, seed: u64, number: usize) -> Values {
        let chance = draws(seed, number);
        let n = self.run.deviations.len();
        let scale = match n {
            0 | 1 => 0.0,
            _ => {
                let freedom = (n - 1) as f64;
                let u = chance.uniform(Purpose::Scale as u16, 0);
                (freedom / (2.0 * gamma_p_inverse(0.5 * freedom, u))).sqrt()
            }
        };
        let of_run = self.run.moved(&self.run.deviations, scale, chance);
        if self.points.is_empty() {
            return of_run;
        }
        let pick = |purpose: Purpose| {
            let u = chance.uniform(purpose as u16, 0);
            &self.points[(u * self.points.len() as f64) as usize]
        };
        let deviations = &pick(Purpose::Spread).deviations;
        let of_point = pick(Purpose::Point).moved(deviations, 1.0, chance);
        over(&of_point, &of_run)
    }
}

/// Values, with others where there are none.
fn over(values: &Values, otherwise: &Values) -> Values {
    let pairs = values.iter().zip(otherwise);
    pairs
        .map(|(own, other)| own.iter().zip(other).map(|(a, b)| a.or(*b)).collect())
        .collect()
}

impl Point {
    fn of(
        measures: &[&Measure],
        n_forms: usize,
        n: usize,
        value: impl Fn(usize, usize, &Measure) -> Option<f64>,
    ) -> Self {
        let mean = |form: usize, measure: &Measure| {
            let values: Vec<f64> = (0..n).filter_map(|r| value(form, r, measure)).collect();
            (!values.is_empty()).then(|| values.iter().sum::<f64>() / values.len() as f64)
        };
        let of_form = |form| measures.iter().map(|one| mean(form, one)).collect();
        let means: Values = (0..n_forms).map(of_form).collect();
        let deviation = |r: usize, form: usize, number: usize| {
            let own = value(form, r, measures[number]).zip(means[form][number]);
            own.map_or(0.0, |(value, mean)| value - mean)
        };
        let deviations = (0..n).map(|r| {
            let of_form = |form| {
                (0..measures.len())
                    .map(move |m| (form, m))
                    .map(|(f, m)| deviation(r, f, m))
            };
            (0..n_forms).map(|form| of_form(form).collect()).collect()
        });
        Point {
            deviations: deviations.collect(),
            means,
        }
    }

    /// The means, moved as far as they may be off.
    fn moved(&self, by: &[Vec<Vec<f64>>], scale: f64, chance: crate::random::Draws) -> Values {
        let n = by.len();
        if n < 2 {
            return self.means.clone();
        }
        let size = scale / ((n * (n - 1)) as f64).sqrt();
        let z: Vec<f64> = (0..n)
            .map(|r| size * normal(chance.uniform(Purpose::Outcome as u16, r as u32)))
            .collect();
        let value = |form: usize, measure: usize| {
            let off = (0..n).map(|r| z[r] * by[r][form][measure]).sum::<f64>();
            self.means[form][measure].map(|mean| mean + off)
        };
        (0..self.means.len())
            .map(|form| {
                (0..self.means[form].len())
                    .map(|m| value(form, m))
                    .collect()
            })
            .collect()
    }
}

/// P90 by P10 of the regions, on straight lines between them; `None` for fewer than two.
fn spread(mut values: Vec<f64>) -> Option<f64> {
    values.sort_by(f64::total_cmp);
    let quantile = |q: f64| {
        let place = q * (values.len() - 1) as f64;
        let (left, part) = (place as usize, place.fract());
        let right = (left + 1).min(values.len() - 1);
        values[left] + part * (values[right] - values[left])
    };
    (values.len() > 1 && quantile(0.1) > 0.0).then(|| quantile(0.9) / quantile(0.1))
}

/// The worth of a measure's value beside that under the baseline; both are as they may be
/// drawn, so that what cannot be below zero may be.
pub(crate) fn worth(measure: &Measure, value: f64, baseline: f64) -> f64 {
    let plain = |value: f64| match KPIS[measure.kpi].is_change() {
        true => value,
        false => value.max(0.0),
    };
    let (value, baseline) = (plain(value), plain(baseline));
    let judged = match measure.is_relative {
        false => value,
        true if value == baseline => 1.0,
        true => value / baseline,
    };
    measure.function.worth(judged)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_spread_of_regions_is_p90_by_p10() {
        assert_eq!(spread(vec![2.0, 1.0]), Some(1.9 / 1.1));
        assert_eq!(spread(vec![5.0, 5.0, 5.0]), Some(1.0));
        assert_eq!(spread(vec![5.0]), None);
    }

    #[test]
    fn worlds_have_the_mean_and_the_error_of_the_replications() {
        let values = [1.0, 2.0, 6.0, 3.0, 8.0];
        let deviations: Vec<_> = values.iter().map(|x| vec![vec![x - 4.0]]).collect();
        let point = Point {
            means: vec![vec![Some(4.0)]],
            deviations,
        };
        let worlds = Worlds {
            run: point,
            points: Vec::new(),
        };
        let n = 20_000;
        let drawn: Vec<f64> = (0..n).map(|i| worlds.draw(1, i)[0][0].unwrap()).collect();
        // Student's t with 4 degrees of freedom: 95 % within 2.776 standard errors; the share of
        // 20,000 draws is off by more than 0.006 once in ten thousand times.
        let variance = values.iter().map(|x| (x - 4.0) * (x - 4.0)).sum::<f64>() / 4.0;
        let reach = 2.776 * (variance / 5.0).sqrt();
        let inside = drawn.iter().filter(|x| (*x - 4.0).abs() < reach).count();
        let share = inside as f64 / n as f64;
        assert!((share - 0.95).abs() < 0.006, "{share}");
    }
}
