//! What differences are made of, read back from the folder of `rvtsim attribute`.

use super::effect::EffectPart;
use super::effect_table::{BeliefRow, PartRow};
use crate::model::KPIS;
use crate::report::folder::manifest::Named;
use crate::report::record::reading::Records;
use crate::report::{ReadingError, Run};
use crate::scenario::said;
use crate::stats::Estimate;

/// The parts of every difference from the baseline.
#[derive(Clone, PartialEq, Debug)]
pub(crate) struct Attributed {
    /// The belief sets.
    pub(crate) beliefs: Vec<Named>,
    /// By belief set, form, KPI and [`EffectPart`].
    parts: Vec<Vec<Vec<[Option<Estimate>; 4]>>>,
}

impl Attributed {
    /// Reads the parts; none if the folder is one of a run alone.
    ///
    /// # Errors
    ///
    /// When the table is there and not whole.
    pub(crate) fn read(run: &Run) -> Result<Option<Self>, ReadingError> {
        let Some(table) = Records::find::<PartRow>(&run.folder)? else {
            return Ok(None);
        };
        let mut beliefs = Vec::new();
        for line in Records::read::<BeliefRow>(&run.folder)?.rows() {
            let row: BeliefRow = line.read()?;
            beliefs.push(Named {
                key: row.belief.to_owned(),
                nl: row.label_nl.to_owned(),
                en: row.label_en.to_owned(),
            });
        }
        let keys: Vec<&str> = beliefs.iter().map(|one| one.key.as_str()).collect();
        let forms = run.form_keys();
        let empty = vec![vec![[None; 4]; KPIS.len()]; forms.len()];
        let mut found = vec![empty; beliefs.len()];
        for line in table.rows() {
            let row: PartRow = line.read()?;
            if forms.get(run.baseline()) != Some(&row.baseline) {
                return Err(line.broken(said!("another baseline than that of the run")));
            }
            let belief = line.among("belief", row.belief, &keys)?;
            let at = &mut found[belief][line.among("form", row.form, &forms)?][row.kpi.0];
            at[row.part as usize] = line.estimate(row.difference, run.manifest.confidence)?;
        }
        let is_whole = |parts: &[Option<Estimate>; 4]| {
            parts.iter().all(Option::is_some) || parts.iter().all(Option::is_none)
        };
        let mut all = found.iter().flatten().flatten();
        if table.rows().next().is_none() || !all.all(is_whole) {
            return Err(table.broken(said!("rows are missing")));
        }
        Ok(Some(Attributed {
            beliefs,
            parts: found,
        }))
    }

    /// A part of the difference of a KPI between a form and the baseline.
    pub(crate) fn part(
        &self,
        belief: usize,
        form: usize,
        kpi: usize,
        part: EffectPart,
    ) -> Option<Estimate> {
        self.parts[belief][form][kpi][part as usize]
    }
}
