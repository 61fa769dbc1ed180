//! What differences are made of, as a terminal shows it.

use super::effect::{Attribution, EffectPart};
use super::effect_figure::{ATTRIBUTED, part_name};
use crate::experiment::excludes_zero;
use crate::model::KPIS;
use crate::report::Lang;
use crate::report::words::number::{decimals_for, signed};
use crate::report::words::phrase::{phrase, told};
use crate::report::words::text::{cut, hang, length};
use crate::scenario::Scenario;

/// Characters in a line.
const WIDTH: usize = 120;
/// Characters of the names of the rows.
const NAME_WIDTH: usize = 44;
/// Characters of a form.
const FORM_WIDTH: usize = 14;
/// Differences from the baseline and their parts, for each belief set.
pub fn attribution_page(
    scenarios: &[Scenario],
    attributions: &[Attribution],
    lang: Lang,
) -> String {
    let mut text = String::new();
    for (scenario, attribution) in scenarios.iter().zip(attributions) {
        let baseline = &scenario.cases[scenario.baseline].form.key;
        let belief = lang.label(&scenario.belief.label);
        text += &told(
            "effects_title",
            lang,
            &[("baseline", baseline), ("belief", belief)],
        );
        text += &table(scenario, attribution, lang);
    }
    let legend = phrase("share_legend", lang);
    text + "\n" + &hang("", legend, WIDTH)
}

fn table(scenario: &Scenario, attribution: &Attribution, lang: Lang) -> String {
    let others = (0..scenario.cases.len()).filter(|&form| form != scenario.baseline);
    let others: Vec<usize> = others.collect();
    let mut text = String::new();
    for forms in others.chunks((WIDTH - NAME_WIDTH) / FORM_WIDTH) {
        text += &format!("\n{:NAME_WIDTH$}", "");
        for &form in forms {
            let key = cut(&scenario.cases[form].form.key, FORM_WIDTH - 1);
            text += &format!("{key:>FORM_WIDTH$}");
        }
        text.push('\n');
        for key in ATTRIBUTED {
            let kpi = KPIS.iter().position(|kpi| kpi.key == key);
            let kpi = kpi.expect("a KPI of the table");
            for part in [EffectPart::Total].into_iter().chain(EffectPart::ALL) {
                let name = match part {
                    EffectPart::Total => lang.kpi_alone(kpi),
                    part => format!("  {}", part_name(part, lang)),
                };
                let name = cut(&name, NAME_WIDTH - 2);
                let space = NAME_WIDTH - length(&name);
                text += &format!("{name}{:space$}", "");
                for &form in forms {
                    let cell = attribution.part(form, kpi, part).map(|part| {
                        let star = if excludes_zero(&part) { "*" } else { " " };
                        let number = signed(part.mean, decimals_for(part.mean).min(2), lang);
                        format!("{number}{star}")
                    });
                    text += &format!("{:>FORM_WIDTH$}", cell.unwrap_or("– ".to_owned()));
                }
                text.push('\n');
                if part == EffectPart::Behaviour {
                    break;
                }
            }
        }
    }
    text
}
