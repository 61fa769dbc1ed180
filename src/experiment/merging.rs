//! Regions become a country, in one fixed order.

use std::collections::BTreeMap;

use crate::model::Observations;

/// The regions of one form's replication, merged as they come in.
///
/// Sums of floating-point numbers depend on their order, so regions are merged
/// by rank, whatever the order in which threads finish them. Passes start by
/// rank too; so few have to wait for an earlier one. What follows from all
/// regions together is taken out as soon as the last one has come in, so that
/// no observations are kept until the run ends.
#[derive(Debug, Default)]
pub(super) struct Merging {
    merged: Option<Observations>,
    n_merged: usize,
    early: BTreeMap<usize, Observations>,
}

impl Merging {
    /// Takes in the region of this rank.
    pub(super) fn take(&mut self, rank: usize, seen: Observations) {
        self.early.insert(rank, seen);
        while let Some(next) = self.early.remove(&self.n_merged) {
            match &mut self.merged {
                Some(merged) => merged.merge(&next),
                None => self.merged = Some(next),
            }
            self.n_merged += 1;
        }
    }

    /// All regions together, once so many have come in; `None` before, and when there are none.
    pub(super) fn whole(&mut self, n_regions: usize) -> Option<Observations> {
        let is_whole = self.n_merged == n_regions;
        self.merged.take_if(|_| is_whole)
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::model::Tally;

    /// Three numbers of which the sum depends on the order.
    fn seen(value: f64) -> Observations {
        let mut seen = Observations::new(1);
        seen.add(Tally::StaffHours, value);
        seen
    }

    #[test]
    fn the_sum_does_not_depend_on_who_finishes_first() {
        let values = [1e16, 1.0, -1e16];
        let sums: Vec<f64> = [[0, 1, 2], [2, 1, 0], [1, 2, 0], [2, 0, 1]]
            .iter()
            .map(|order| {
                let mut merging = Merging::default();
                for &rank in order {
                    merging.take(rank, seen(values[rank]));
                }
                merging
                    .whole(values.len())
                    .unwrap()
                    .tally(Tally::StaffHours)
            })
            .collect();
        assert_eq!(sums, [0.0; 4], "1e16 + 1 - 1e16, from left to right");
    }

    #[test]
    fn an_early_region_waits_for_the_one_before_it() {
        let mut merging = Merging::default();
        merging.take(1, seen(1.0));
        assert!(merging.whole(2).is_none());
        merging.take(0, seen(2.0));
        assert_eq!(merging.whole(2).unwrap().tally(Tally::StaffHours), 3.0);
    }
}
