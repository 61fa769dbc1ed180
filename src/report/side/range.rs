//! A figure over several runs: the lowest and the highest mean, and what all of them say of it.

use super::agreement::Agreement;
use super::comparison::{Cell, SideBySide, Spot};
use crate::report::Lang;
use crate::report::finding::breadth::Breadth;
use crate::report::words::number::local;

/// A figure of a form over the runs of a group.
#[derive(Clone, Copy, PartialEq, Debug)]
pub(crate) struct Range {
    /// The lowest and the highest of the means that stand; none where there are none.
    pub ends: Option<[f64; 2]>,
    /// In how many of the runs it grows without end.
    pub n_growing: usize,
    /// What they show together of its difference from the baseline; none for the baseline, and where one of
    /// them cannot say.
    pub agreement: Option<Agreement>,
}

impl SideBySide {
    /// A figure over the runs of a group.
    pub(crate) fn range(&self, group: usize, spot: Spot) -> Range {
        let cells = self.group(group).into_iter();
        let cells: Vec<&Cell> = cells.filter_map(|side| self.cell(side, spot)).collect();
        let standing = cells.iter().filter(|cell| !cell.grows);
        let means = standing.filter_map(|cell| Some(cell.value?.mean));
        let ends = means.fold(None, |ends: Option<[f64; 2]>, mean| {
            let [low, high] = ends.unwrap_or([mean, mean]);
            Some([low.min(mean), high.max(mean)])
        });
        Range {
            ends,
            n_growing: cells.iter().filter(|cell| cell.grows).count(),
            agreement: self.agreement(group, spot),
        }
    }

    /// In how many regions all runs of a group show a figure to be lower and higher than under the baseline.
    pub(crate) fn breadth(&self, group: usize, form: usize, kpi: usize) -> Breadth {
        let all = self.merged();
        let told = (0..all).map(|place| self.agreement(group, Spot { form, place, kpi }));
        let told: Vec<Option<Agreement>> = told.collect();
        let n = |asked| told.iter().filter(|one| **one == Some(asked)).count();
        Breadth {
            lower: n(Agreement::Lower),
            higher: n(Agreement::Higher),
            all,
        }
    }
}

impl Range {
    /// Its ends in words, with this between them; one number where both read the same.
    pub(crate) fn told(self, decimals: usize, between: &str, lang: Lang) -> Option<String> {
        let [low, high] = self.ends?.map(|end| local(end, decimals, lang));
        Some(match low == high {
            true => low,
            false => format!("{low}{between}{high}"),
        })
    }
}
