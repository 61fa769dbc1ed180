//! What differences are made of, read back from the folder of `rvtsim attribute`.

use super::effect::EffectPart;
use super::effect_table::{ATTRIBUTION, BELIEFS};
use crate::model::KPIS;
use crate::report::folder::manifest::Named;
use crate::report::record::reading::{Columns, Records};
use crate::report::{ReadingError, Run};
use crate::scenario::said;
use crate::stats::Estimate;

/// Where a part stands in a row.
const MEAN: [&str; 4] = ["mean_difference", "ci_low", "ci_high", "n"];
/// Name of the table.
const TABLE: &str = "attribution";

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
        if !run.folder.has(&format!("{TABLE}.csv")) {
            return Ok(None);
        }
        let names = Records::read(&run.folder, "attribution_beliefs", Columns::Known(BELIEFS))?;
        let beliefs = names.rows().map(|row| Named {
            key: row.text("belief").to_owned(),
            nl: row.text("label_nl").to_owned(),
            en: row.text("label_en").to_owned(),
        });
        let beliefs: Vec<Named> = beliefs.collect();
        let keys: Vec<&str> = beliefs.iter().map(|one| one.key.as_str()).collect();
        let table = Records::read(&run.folder, TABLE, Columns::Known(ATTRIBUTION))?;
        let (forms, kpis) = (run.form_keys(), KPIS.iter().map(|kpi| kpi.key));
        let kpis: Vec<&str> = kpis.collect();
        let parts = EffectPart::ALL.map(EffectPart::key);
        let empty = vec![vec![[None; 4]; kpis.len()]; forms.len()];
        let mut found = vec![empty; beliefs.len()];
        for row in table.rows() {
            if forms.get(run.baseline()) != Some(&row.text("baseline")) {
                return Err(row.broken(said!("another baseline than that of the run")));
            }
            let confidence = run.manifest.confidence;
            let belief = row.among("belief", &keys)?;
            let at = &mut found[belief][row.among("form", &forms)?];
            at[row.among("kpi", &kpis)?][row.among("part", &parts)?] =
                row.estimate(MEAN, confidence)?;
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
