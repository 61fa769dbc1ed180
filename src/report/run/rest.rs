//! What of a run stands, and what grows without end.

use std::collections::BTreeSet;

use super::reading::Run;
use crate::model::KPIS;
use crate::report::record::kpi_table::EstimateRow;
use crate::report::record::reading::{ReadingError, Records};

/// Forms and places with a figure that grows without end.
pub(crate) fn growing(
    sheet: &Records,
    forms: &[&str],
    places: &[&str],
) -> Result<BTreeSet<(usize, usize)>, ReadingError> {
    let mut growing = BTreeSet::new();
    for line in sheet.rows() {
        let row: EstimateRow = line.read()?;
        if !row.at_rest {
            let form = line.among("form", row.form, forms)?;
            growing.insert((form, line.among("region", row.region, places)?));
        }
    }
    Ok(growing)
}

impl Run {
    /// Whether every team of a form is at rest in a place.
    pub(crate) fn is_at_rest(&self, form: usize, place: usize) -> bool {
        !self.growing.contains(&(form, place))
    }

    /// Forms of which a queue does not come to rest, all regions together.
    pub(crate) fn growing_forms(&self) -> Vec<usize> {
        let forms = 0..self.forms().len();
        forms
            .filter(|&form| !self.is_at_rest(form, self.merged()))
            .collect()
    }

    /// Whether a KPI of a form in a place has no value of its own, because a queue behind it grows without end.
    pub(crate) fn grows(&self, form: usize, place: usize, kpi: usize) -> bool {
        KPIS[kpi].rests_on_queues() && !self.is_at_rest(form, place)
    }

    /// The same of its difference from the baseline: of either.
    pub(crate) fn difference_grows(&self, form: usize, place: usize, kpi: usize) -> bool {
        self.grows(form, place, kpi) || self.grows(self.baseline(), place, kpi)
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::experiment::fixture::{growing_outcome, scenario};
    use crate::report::Lang;
    use crate::report::figure::picture::row;
    use crate::report::finding::verdict::{Verdict, finding};
    use crate::report::run::reading::tests::written_of;

    #[test]
    fn what_grows_without_end_is_read_as_no_figure_and_ranks_nothing() {
        let scenario = scenario(3);
        let growing = growing_outcome(&scenario, "v1_expertnetwerk");
        let (_home, path) = written_of(&scenario, &growing);
        let run = Run::read(&path).unwrap();
        let (handovers, load) = (row("handovers_per_case"), row("load_percent"));
        let (gooi, zeeland, all) = (0, 1, run.merged());
        for place in [zeeland, all] {
            assert!(run.grows(1, place, handovers));
            assert_eq!(run.estimate(1, place, handovers), None);
            assert_eq!(run.difference(1, place, handovers), None);
        }
        assert!(run.estimate(1, all, load).is_some());
        assert!(run.estimate(1, gooi, handovers).is_some());
        assert!(run.difference(2, all, handovers).is_some());
        assert_eq!(run.growing_forms(), [1]);
        let figures = run.figures().unwrap();
        assert_eq!(figures.together[1][0][handovers], None);
        assert!(figures.together[2][0][handovers].is_some());
        for (lang, words) in [
            (Lang::Nl, "groeit zonder einde"),
            (Lang::En, "grows without end"),
        ] {
            let told = finding(&run, handovers, lang);
            assert!(told.contains(words), "{told}");
            assert_eq!(Verdict::of_kpi(&run, 1, all, handovers), Verdict::Grows);
        }
        // Where the form with which all are compared grows, nothing is compared.
        let growing = growing_outcome(&scenario, "v0_estafette");
        let (_home, path) = written_of(&scenario, &growing);
        let run = Run::read(&path).unwrap();
        assert!((1..6).all(|form| run.difference(form, all, handovers).is_none()));
    }
}
