//! In how many regions something holds that is said of all of them together.

use crate::report::Lang;
use crate::report::finding::verdict::Verdict;
use crate::report::run::reading::Run;
use crate::report::words::phrase::told;

/// In how many regions a KPI of a form is lower and higher than under the baseline.
#[derive(Clone, Copy, PartialEq, Eq, Debug, Default)]
pub(crate) struct Breadth {
    /// Regions in which it is lower.
    pub lower: usize,
    /// Regions in which it is higher.
    pub higher: usize,
    /// All regions of the run.
    pub all: usize,
}

impl Breadth {
    /// Of a KPI of a form.
    pub(crate) fn of(run: &Run, form: usize, kpi: usize) -> Self {
        let verdicts = (0..run.merged()).map(|place| Verdict::of_kpi(run, form, place, kpi));
        let verdicts: Vec<Verdict> = verdicts.collect();
        let n = |asked: Verdict| verdicts.iter().filter(|one| **one == asked).count();
        Breadth {
            lower: n(Verdict::Lower),
            higher: n(Verdict::Higher),
            all: run.merged(),
        }
    }

    /// `lager in 1, hoger in 14 van 25 regio's`; nothing of a run of one region.
    pub(crate) fn sentence(self, lang: Lang) -> Option<String> {
        let [lower, higher, all] = [self.lower, self.higher, self.all].map(|n| n.to_string());
        let parts = [("lower", &*lower), ("higher", &higher), ("all", &all)];
        (self.all > 1).then(|| told("breadth", lang, &parts))
    }
}

impl Run {
    /// Regions in which a queue of a form does not come to rest.
    pub(crate) fn n_growing(&self, form: usize) -> usize {
        let regions = 0..self.merged();
        regions
            .filter(|&place| !self.is_at_rest(form, place))
            .count()
    }
}
