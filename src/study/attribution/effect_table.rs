//! What differences are made of, as tables.

use super::effect::{Attribution, EffectPart};
use crate::model::KPIS;
use crate::report::Table;
use crate::report::record::column::{
    BASELINE, CI_HIGH, CI_LOW, Column, FORM, KPI, N, UNIT, column,
};
use crate::report::record::field::{KpiNumber, Mean, words};
use crate::report::record::row::record;
use crate::scenario::Scenario;

const BELIEF: Column = column("belief", "", "Key of the belief set.", "aannameset");

words! { EffectPart, EffectPart::ALL, EffectPart::key; }

record! {
    /// A row of attribution.csv.
    pub(crate) struct PartRow<'a> in "attribution" {
        belief: &'a str = BELIEF;
        form: &'a str = FORM;
        baseline: &'a str = BASELINE;
        kpi: KpiNumber = [KPI, UNIT];
        /// structure: of the organisation, where nobody waits for staff and nothing is assumed of people; capacity: of the staff that there is; behaviour: of what the belief set assumes of people; total: their sum, the difference itself. Capacity and behaviour are means over both orders.
        part: EffectPart = ("", "deel");
        difference: Mean = [
            column("mean_difference", "of the kpi", "Mean over replications of the part, all regions together.", "gemiddeld verschil"),
            CI_LOW.meaning("Lower end of the interval of the mean (Student t over replications); the intervals of all forms for this part hold at once with 95 % (Bonferroni). Empty with fewer than two values."),
            CI_HIGH.meaning("Upper end of that interval."),
            N.meaning("Replications in which it was observed."),
        ];
    }
}

record! {
    /// A row of attribution_beliefs.csv.
    pub(crate) struct BeliefRow<'a> in "attribution_beliefs" {
        belief: &'a str = BELIEF;
        /// Its Dutch name.
        label_nl: &'a str = ("", "Nederlandse naam");
        /// Its English name.
        label_en: &'a str = ("", "Engelse naam");
    }
}

/// The tables of what differences are made of: attribution.csv, its belief sets and its dictionary.
pub fn attribution_tables<'a>(
    scenarios: &'a [Scenario],
    attributions: &'a [Attribution],
) -> Vec<Table<'a>> {
    let mut rows = Vec::new();
    for (scenario, attribution) in scenarios.iter().zip(attributions) {
        let baseline = &scenario.cases[scenario.baseline].form.key;
        for (form, case) in scenario.cases.iter().enumerate() {
            for number in 0..KPIS.len() {
                for part in EffectPart::ALL {
                    let estimate = attribution.part(form, number, part);
                    rows.extend(estimate.map(|estimate| PartRow {
                        belief: &scenario.belief.key,
                        form: &case.form.key,
                        baseline,
                        kpi: KpiNumber(number),
                        part,
                        difference: estimate.into(),
                    }));
                }
            }
        }
    }
    let beliefs = scenarios.iter().map(|scenario| BeliefRow {
        belief: &scenario.belief.key,
        label_nl: &scenario.belief.label.nl,
        label_en: &scenario.belief.label.en,
    });
    Table::described(
        "attribution_columns",
        vec![Table::of(rows), Table::of(beliefs)],
    )
}
