//! Whether several runs say the same of a form.

use super::comparison::{SideBySide, Spot};
use crate::experiment::headlines;
use crate::report::Lang;
use crate::report::finding::verdict::Verdict;
use crate::report::words::phrase::{counted, phrase};

/// What runs say together of a difference from the baseline.
#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Debug)]
pub(crate) enum Agreement {
    /// Lower in all of them.
    Lower,
    /// Higher in all of them.
    Higher,
    /// Shown in none of them.
    NotShown,
    /// Not the same in all of them.
    Depends,
    /// A queue behind it grows without end in one of them at least, so there is nothing to agree on.
    Grows,
}

impl Agreement {
    pub(crate) const ALL: [Agreement; 5] = [
        Agreement::Lower,
        Agreement::Higher,
        Agreement::Depends,
        Agreement::NotShown,
        Agreement::Grows,
    ];

    /// Its sign, which needs no colour.
    pub(crate) fn sign(self) -> &'static str {
        match self {
            Agreement::Lower => Verdict::Lower.sign(),
            Agreement::Higher => Verdict::Higher.sign(),
            Agreement::NotShown => Verdict::NotShown.sign(),
            Agreement::Depends => "⇅",
            Agreement::Grows => Verdict::Grows.sign(),
        }
    }

    /// What verdicts come to; none where nothing can be said in one of them.
    pub(crate) fn of(verdicts: &[Verdict]) -> Option<Self> {
        let all = |told: Verdict| verdicts.iter().all(|one| *one == told);
        if verdicts.contains(&Verdict::Grows) {
            return Some(Agreement::Grows);
        }
        if verdicts.contains(&Verdict::Unknown) {
            return None;
        }
        Some(match () {
            () if all(Verdict::Lower) => Agreement::Lower,
            () if all(Verdict::Higher) => Agreement::Higher,
            () if all(Verdict::NotShown) => Agreement::NotShown,
            () => Agreement::Depends,
        })
    }

    /// Its word in the table.
    pub(crate) fn key(self) -> &'static str {
        match self {
            Agreement::Lower => "lower",
            Agreement::Higher => "higher",
            Agreement::NotShown => "not_shown",
            Agreement::Depends => "depends",
            Agreement::Grows => "grows",
        }
    }
}

impl SideBySide {
    /// Headline KPIs of a form of which the runs of a group say this together, all regions together.
    pub(crate) fn that(&self, group: usize, form: usize, told: Agreement) -> Vec<usize> {
        let place = self.merged();
        let says = |&kpi: &usize| self.agreement(group, Spot { form, place, kpi }) == Some(told);
        headlines().filter(says).collect()
    }

    /// The same in words: what is said, and of which KPIs; of those that are not to be compared, how many.
    pub(crate) fn those(
        &self,
        group: usize,
        form: usize,
        told: Agreement,
        lang: Lang,
    ) -> Option<(&'static str, String)> {
        let kpis = self.that(group, form, told);
        let names = match (kpis.len(), told) {
            (0, _) => return None,
            (n, Agreement::Grows) => counted(n, "kpi", lang),
            _ => {
                let names = kpis.into_iter().map(|kpi| lang.kpi_alone(kpi));
                names.collect::<Vec<_>>().join("; ")
            }
        };
        Some((phrase(&format!("side_{}", told.key()), lang), names))
    }

    /// Whether a figure grows without end in every run that has it.
    pub(crate) fn grows_everywhere(&self, spot: Spot) -> bool {
        let sides = 0..self.sides.len();
        let mut cells = sides.filter_map(|side| self.cell(side, spot)).peekable();
        cells.peek().is_some() && cells.all(|cell| cell.grows)
    }

    /// How many headline KPIs of a form do so, all regions together.
    pub(crate) fn n_growing_everywhere(&self, form: usize) -> usize {
        let place = self.merged();
        let grows = |kpi: &usize| {
            self.grows_everywhere(Spot {
                form,
                place,
                kpi: *kpi,
            })
        };
        headlines().filter(grows).count()
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn runs_agree_only_on_what_all_of_them_show() {
        use Verdict::{Grows, Higher, Lower, NotShown, Unknown};
        for (verdicts, told) in [
            ([Lower, Lower, Lower], Some(Agreement::Lower)),
            ([Higher, Higher, Higher], Some(Agreement::Higher)),
            ([NotShown, NotShown, NotShown], Some(Agreement::NotShown)),
            ([Lower, NotShown, Lower], Some(Agreement::Depends)),
            ([Lower, Higher, Lower], Some(Agreement::Depends)),
            ([Lower, Grows, Unknown], Some(Agreement::Grows)),
            ([Lower, Unknown, Lower], None),
        ] {
            assert_eq!(Agreement::of(&verdicts), told, "{verdicts:?}");
        }
    }
}
