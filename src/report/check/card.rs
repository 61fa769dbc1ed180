//! One parameter in a terminal, with all that is known about it.

use super::ledger::Ledger;
use super::listing::{giver, range};
use crate::report::Lang;
use crate::report::words::number::local_exact;
use crate::report::words::phrase::phrase;
use crate::report::words::text::hang;
use crate::report::words::wording;

/// Characters of the names before the facts.
const NAME_WIDTH: usize = 12;

/// What a parameter is, its value and range, how well it is known, who gave the
/// value, what it is in each form where forms differ, and the whole source.
pub(crate) fn card(ledger: &Ledger, row: usize, width: usize, lang: Lang) -> String {
    let scenario = ledger.scenario();
    let entry = &scenario.ledger[row];
    let unit = lang.unit(entry.spec.unit);
    let with_unit = |value| {
        let unit = lang.unit_of(value, entry.spec.unit);
        format!("{} {unit}", local_exact(value, lang))
    };
    let mut facts = vec![
        (
            phrase("check_value", lang),
            with_unit(entry.value_in_effect),
        ),
        (
            phrase("check_range", lang),
            format!(
                "{} {unit}, {}",
                range(entry, lang),
                entry.distribution.key()
            ),
        ),
        (
            phrase("check_grade", lang),
            wording::grade(entry.grade, lang),
        ),
        (
            phrase("check_family", lang),
            wording::family(entry.family, lang),
        ),
    ];
    if let Some(giver) = giver(ledger, row, lang) {
        facts.push((phrase("check_given", lang), giver));
    }
    if ledger.forms(row).next().is_some() {
        let of_form = |key: &str| {
            let own = ledger.forms(row).find(|(form, _)| *form == key);
            let value = own.map_or(entry.value_in_effect, |(_, value)| value);
            format!("{key} {}", local_exact(value, lang))
        };
        let forms = scenario.cases.iter().map(|case| of_form(&case.form.key));
        let forms: Vec<String> = forms.collect();
        facts.push((phrase("check_by_form", lang), forms.join(", ")));
    }
    facts.push((phrase("check_source", lang), entry.source.clone()));
    let mut text = format!("\n{}\n", entry.spec.key);
    text.push_str(&hang("  ", entry.spec.definition, width));
    text.push('\n');
    for (name, fact) in facts {
        let name = format!("  {name:NAME_WIDTH$}");
        text.push_str(&hang(&name, &fact, width));
    }
    text
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::report::check::ledger::tests::overridden;

    #[test]
    fn a_card_tells_everything_about_one_parameter() {
        let scenario = overridden();
        let ledger = Ledger::of(&scenario, vec![0], &[], &[]);
        let text = ledger.text(72, Lang::En);
        let source = &scenario.ledger[0].source;
        let head = "
demand.first_melding_share
  Share of a region's meldingen that are about a family not known
  before; only these arrive from outside.

  value       0.125 share
  range       0.25 – 1234.5 share, normal
  grade       A: official table, law or norm, read
  family      context: the same in every form
  given       given by beliefs/x.toml, proef.toml (evidence.toml: 0.5) ·
              v1_expertnetwerk: 0.75 · outside the range
  by form     v0_estafette 0.125, v1_expertnetwerk 0.75, v2_rnvt 0.125,
              v3_voorkantfusie 0.125, v4_openbaar_lichaam 0.125,
              v5_integraal_landelijk 0.125
  source      ";
        assert!(text.starts_with(head), "{text}");
        let words = |text: &str| {
            text.split_whitespace()
                .map(str::to_owned)
                .collect::<Vec<_>>()
        };
        let told = words(text.split_once("  source").unwrap().1);
        assert_eq!(told, words(source));
    }
}
