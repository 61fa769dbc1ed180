//! The least hours on a ladder with which everything that is asked is met.

use crate::stats::rising;

/// The least hours for a service, as a factor of today's.
#[derive(Clone, Copy, PartialEq, Debug)]
pub enum Need {
    /// The fewest that were tried are enough.
    Below,
    /// So many, and what asks for them.
    Within(f64, Decider),
    /// The most that were tried are not enough, and for what.
    Beyond(Decider),
}

/// What asks for hours.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub enum Decider {
    /// Queues that are at rest.
    Rest,
    /// The target of that number.
    Target(usize),
}

impl Need {
    /// Times today's hours; none beyond the ladder.
    pub fn factor(self) -> Option<f64> {
        match self {
            Need::Within(factor, _) => Some(factor),
            _ => None,
        }
    }
}

/// How far every target is met on the rungs that stand: at rest, with something observed, and with none above of which that
/// is not so.
pub(crate) struct Course {
    /// The number of the lowest of these rungs.
    first: usize,
    /// By target, on the course that never falls.
    margins: Vec<Vec<f64>>,
}

impl Course {
    /// The course of margins by target and rung, given which rungs are at rest.
    pub(crate) fn of(rest: &[bool], margins: &[Vec<Option<f64>>]) -> Self {
        let stands =
            |rung: &usize| rest[*rung] && margins.iter().all(|margins| margins[*rung].is_some());
        let n = rest.len();
        let first = (0..n).rev().take_while(stands).last().unwrap_or(n);
        let fitted = margins.iter().map(|margins| {
            rising(
                &margins[first..]
                    .iter()
                    .flatten()
                    .copied()
                    .collect::<Vec<_>>(),
            )
        });
        Course {
            first,
            margins: fitted.collect(),
        }
    }

    /// What a target has left on a rung that stands.
    pub(crate) fn margin(&self, target: usize, rung: usize) -> Option<f64> {
        self.margins[target]
            .get(rung.checked_sub(self.first)?)
            .copied()
    }

    /// The least factor on which everything is met.
    pub(crate) fn need(&self, factors: &[f64]) -> Need {
        let factors = &factors[self.first..];
        let Some(&lowest) = factors.first() else {
            return Need::Beyond(Decider::Rest);
        };
        let mut least = (lowest, Decider::Rest);
        for (number, margins) in self.margins.iter().enumerate() {
            let Some(factor) = crossing(factors, margins) else {
                return Need::Beyond(Decider::Target(number));
            };
            if factor > least.0 {
                least = (factor, Decider::Target(number));
            }
        }
        match self.first == 0 && least.0 == lowest {
            true => Need::Below,
            false => Need::Within(least.0, least.1),
        }
    }
}

/// Where margins that never fall come to nought, the first of them where all are above; none where all are below.
fn crossing(factors: &[f64], margins: &[f64]) -> Option<f64> {
    let met = margins.iter().position(|&margin| margin >= 0.0)?;
    let Some(missed) = met.checked_sub(1) else {
        return Some(factors[0]);
    };
    let share = -margins[missed] / (margins[met] - margins[missed]);
    Some(factors[missed] + share * (factors[met] - factors[missed]))
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::study::FACTORS;

    fn near(one: f64, other: f64) -> bool {
        (one - other).abs() < 1e-9 * other.abs().max(1.0)
    }

    const LADDER: [f64; 3] = [1.0, 1.1, 1.2];

    #[test]
    fn a_course_that_falls_by_chance_is_pooled_first() {
        let margins = |of: [f64; 3]| vec![of.map(Some).to_vec()];
        let need = |rest: [bool; 3], of| Course::of(&rest, &margins(of)).need(&LADDER);
        // 1 and −2 are pooled to −0.5: met halfway from 1.1, at −0.5, to 1.2, at 0.5.
        let Need::Within(factor, _) = need([true; 3], [1.0, -2.0, 0.5]) else {
            panic!("it is met at the end");
        };
        assert!(near(factor, 1.15), "{factor}");
        // One rung above without rest, and nothing below it stands.
        assert_eq!(
            need([true, false, true], [1.0, 1.0, 1.0]),
            Need::Within(1.2, Decider::Rest)
        );
        let unseen = vec![vec![Some(1.0), None, Some(1.0)]];
        assert_eq!(
            Course::of(&[true; 3], &unseen).need(&LADDER),
            Need::Within(1.2, Decider::Rest)
        );
    }

    #[test]
    fn of_a_queue_that_is_known_the_hours_are_a_little_on_the_safe_side() {
        // In M/M/1 with work 0.8 and capacity f a customer is there for 1 / (f − 0.8): 4 at 1.05.
        let time = |factor: &f64| Some(4.0 - 1.0 / (factor - 0.8));
        let margins = vec![FACTORS[1..].iter().map(time).collect()];
        let need = Course::of(&[true; 7], &margins).need(&FACTORS[1..]);
        let factor = need.factor().unwrap();
        assert!(near(factor, 1.05), "a rung is exact: {factor}");
        let coarse = [0.9, 1.0, 1.2];
        let margins = vec![coarse.iter().map(time).collect()];
        let factor = Course::of(&[true; 3], &margins)
            .need(&coarse)
            .factor()
            .unwrap();
        // Time falls ever more slowly, so the straight line between two rungs lies above it.
        assert!((1.05..1.09).contains(&factor), "{factor}");
    }
}
