//! What differences are made of, as tables.

use super::effect::{Attribution, EffectPart};
use crate::model::KPIS;
use crate::report::record::column::{self, BASELINE, KPI, UNIT, column};
use crate::report::record::table::{described, fields_of};
use crate::report::{Column, Table};
use crate::scenario::Scenario;

const FORM: Column = column("form", "", "Key of the form of organisation.", "vorm");

/// Columns of attribution.csv.
pub(crate) const ATTRIBUTION: &[Column] = &[
    column("belief", "", "Key of the belief set.", "aannameset"),
    FORM,
    BASELINE,
    KPI,
    UNIT,
    column(
        "part",
        "",
        "structure: of the organisation, where nobody waits for staff and nothing is assumed of people; capacity: of the staff that there is; behaviour: of what the belief set assumes of people; total: their sum, the difference itself. Capacity and behaviour are means over both orders.",
        "deel",
    ),
    column(
        "mean_difference",
        "of the kpi",
        "Mean over replications of the part, all regions together.",
        "gemiddeld verschil",
    ),
    Column {
        definition: "Lower end of the interval of the mean (Student t over replications); the intervals of all forms for this part hold at once with 95 % (Bonferroni). Empty with fewer than two values.",
        ..column::CI_LOW
    },
    Column {
        definition: "Upper end of that interval.",
        ..column::CI_HIGH
    },
    column(
        "n",
        "count",
        "Replications in which it was observed.",
        "aantal herhalingen",
    ),
];

/// Columns of attribution_beliefs.csv.
pub(crate) const BELIEFS: &[Column] = &[
    column("belief", "", "Key of the belief set.", "aannameset"),
    column("label_nl", "", "Its Dutch name.", "Nederlandse naam"),
    column("label_en", "", "Its English name.", "Engelse naam"),
];

/// The tables of what differences are made of: attribution.csv, its belief sets and its dictionary.
pub fn attribution_tables<'a>(
    scenarios: &'a [Scenario],
    attributions: &'a [Attribution],
) -> Vec<Table<'a>> {
    let mut rows = Vec::new();
    for (scenario, attribution) in scenarios.iter().zip(attributions) {
        let baseline = &scenario.cases[scenario.baseline].form.key;
        for (form, case) in scenario.cases.iter().enumerate() {
            for (number, kpi) in KPIS.iter().enumerate() {
                for part in EffectPart::ALL {
                    let Some(estimate) = attribution.part(form, number, part) else {
                        continue;
                    };
                    let mut row = vec![
                        scenario.belief.key.clone(),
                        case.form.key.clone(),
                        baseline.clone(),
                        kpi.key.to_owned(),
                        kpi.unit.to_owned(),
                        part.key().to_owned(),
                    ];
                    row.extend(fields_of(Some(estimate)));
                    rows.push(row);
                }
            }
        }
    }
    let beliefs = scenarios.iter().map(|scenario| {
        let belief = &scenario.belief;
        vec![
            belief.key.clone(),
            belief.label.nl.clone(),
            belief.label.en.clone(),
        ]
    });
    let mut tables = vec![
        Table::new("attribution", ATTRIBUTION, rows.into_iter()),
        Table::new("attribution_beliefs", BELIEFS, beliefs),
    ];
    let name = "attribution_columns";
    let rows = column::dictionary(name, described(&tables)).into_iter();
    tables.push(Table::new(name, column::COLUMNS, rows));
    tables
}
