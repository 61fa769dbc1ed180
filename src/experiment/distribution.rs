//! Shares of families by class, and flows from step to step, over replications.

use std::collections::BTreeMap;

use super::outcome::{Outcome, Sample};
use crate::model::{Quantity, Step};
use crate::stats::{Estimate, Paired};

/// Part of the families, by class.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub enum Part {
    /// Those in the class.
    In(usize),
    /// Those in the class or a later one.
    From(usize),
}

/// Families a year that went from one step to another.
#[derive(Clone, PartialEq, Debug)]
pub struct YearlyFlow {
    /// The step that they left.
    pub from: Step,
    /// The step that began.
    pub to: Step,
    /// How many a year.
    pub families: Estimate,
    /// Of those, handed over to another team with it.
    pub handovers: Estimate,
}

impl Sample {
    /// A part of the families of whom a quantity was seen \[percent\]; none if it was of nobody.
    pub fn share(&self, quantity: Quantity, part: Part) -> Option<f64> {
        let from = self.shares[quantity as usize].as_ref()?;
        let later = |class: usize| from.get(class).copied().unwrap_or(0.0);
        let share = match part {
            Part::In(class) => later(class) - later(class + 1),
            Part::From(class) => later(class),
        };
        Some(100.0 * share)
    }
}

impl Outcome {
    /// Mean and interval of a share, over the replications that have a value.
    pub fn share(
        &self,
        case: usize,
        place: usize,
        quantity: Quantity,
        part: Part,
    ) -> Option<Estimate> {
        let samples = self.samples(case, place);
        let values: Vec<f64> = samples
            .filter_map(|sample| sample.share(quantity, part))
            .collect();
        self.interval(&values)
    }

    /// Difference of a share between a form and another, over the replications in which both
    /// have a value.
    pub fn share_paired(
        &self,
        (case, baseline): (usize, usize),
        place: usize,
        quantity: Quantity,
        part: Part,
    ) -> Option<Paired> {
        let (here, there) = (self.samples(case, place), self.samples(baseline, place));
        let pairs = here
            .zip(there)
            .filter_map(|(a, b)| a.share(quantity, part).zip(b.share(quantity, part)));
        let (here, there): (Vec<f64>, Vec<f64>) = pairs.unzip();
        self.paired_interval(&here, &there)
    }

    /// Every flow that was seen of a form in a place in any replication, in the order of its
    /// steps; where nobody went, none did.
    pub fn flows(&self, case: usize, place: usize) -> Vec<YearlyFlow> {
        let n = self.n_replications() as usize;
        let mut seen: BTreeMap<(Step, Step), [Vec<f64>; 2]> = BTreeMap::new();
        for (number, sample) in self.samples(case, place).enumerate() {
            for flow in sample.flows.iter() {
                let numbers = seen
                    .entry((flow.from, flow.to))
                    .or_insert_with(|| [vec![0.0; n], vec![0.0; n]]);
                numbers[0][number] = f64::from(flow.families) / sample.years;
                numbers[1][number] = f64::from(flow.handovers) / sample.years;
            }
        }
        let estimate = |values: &[f64]| self.interval(values);
        seen.into_iter()
            .filter_map(|((from, to), [families, handovers])| {
                Some(YearlyFlow {
                    from,
                    to,
                    families: estimate(&families)?,
                    handovers: estimate(&handovers)?,
                })
            })
            .collect()
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::experiment::fixture::{outcome, scenario};
    use crate::model::{Entrance, Function};

    #[test]
    fn shares_are_of_the_families_of_all_regions_together() {
        let outcome = outcome(&scenario(3));
        // The first replication of the baseline: one case with 0 handovers, three with 10.
        let sample = outcome.sample(0, 1, outcome.merged());
        let share = |part| sample.share(Quantity::Handovers, part);
        assert_eq!(share(Part::In(0)), Some(25.0));
        assert_eq!(share(Part::In(6)), Some(75.0));
        assert_eq!(share(Part::From(0)), Some(100.0));
        assert_eq!(sample.share(Quantity::WaitMeasure, Part::In(0)), None);
    }

    #[test]
    fn differences_of_shares_are_paired_by_replication() {
        let outcome = outcome(&scenario(3));
        // Gooi en Vechtstreek, two handovers or more: 0, 1, 1 against 0, 1, 0 of one case.
        let paired = outcome.share_paired((1, 0), 0, Quantity::Handovers, Part::From(2));
        let difference = paired.unwrap().difference;
        assert!((difference.mean - 100.0 / 3.0).abs() < 1e-9 && difference.n == 3);
        assert!(difference.low < 0.0 && difference.high > 0.0);
    }

    #[test]
    fn a_flow_that_a_replication_did_not_see_counts_as_none() {
        let outcome = outcome(&scenario(3));
        let flows = outcome.flows(0, 0);
        let (came, hulp) = (
            Step::Came(Entrance::FirstMelding),
            Step::At(Function::VrijwilligeHulp),
        );
        let flow = flows
            .iter()
            .find(|flow| (flow.from, flow.to) == (came, hulp));
        // 0, 2 and 1 families in two years.
        let flow = flow.unwrap();
        assert!((flow.families.mean - 0.5).abs() < 1e-12 && flow.families.n == 3);
        assert!(
            flows
                .iter()
                .all(|flow| flow.handovers.mean <= flow.families.mean)
        );
    }
}
