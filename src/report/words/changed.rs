//! What a scenario and its forms change, in lines that stand above everything else.

use serde::{Deserialize, Serialize};

use crate::report::Lang;
use crate::report::words::number::local_exact;
use crate::report::words::phrase::{phrase, told};
use crate::report::words::text::hang;
use crate::scenario::{Counted, Entry, Scenario, Value};

/// Lines that are shown unfolded.
pub(crate) const MOST_TOLD: usize = 12;

/// Something that was changed, as people read it.
#[derive(Clone, PartialEq, Debug, Serialize, Deserialize)]
pub(crate) struct Changed {
    pub(crate) nl: String,
    pub(crate) en: String,
}

/// Everything that a scenario, its variant and its forms change.
pub(crate) fn changed(scenario: &Scenario) -> Vec<Changed> {
    let [nl, en] = [Lang::Nl, Lang::En].map(|lang| lines(scenario, lang));
    let both = nl.into_iter().zip(en);
    both.map(|(nl, en)| Changed { nl, en }).collect()
}

/// The same as lines.
pub(crate) fn lines(scenario: &Scenario, lang: Lang) -> Vec<String> {
    let ledger = &scenario.ledger;
    let values = scenario
        .changes
        .iter()
        .filter(|one| one.before != one.after);
    let values = values.map(|one| value(&ledger[one.row], one.before, one.after, lang));
    let counted = scenario.counted.as_ref().map(|one| counted(one, lang));
    let all = counted.into_iter().chain(values);
    all.chain(of_forms(scenario, lang)).collect()
}

/// Whose families are counted.
pub(crate) fn counted(counted: &Counted, lang: Lang) -> String {
    let n = local_exact(counted.inhabitants.into(), lang);
    told(
        "changed_counted",
        lang,
        &[("names", &counted.names), ("n", &n)],
    )
}

/// What the forms change: values of their own, and settings of the forms that they extend.
pub(crate) fn of_forms(scenario: &Scenario, lang: Lang) -> Vec<String> {
    let ledger = &scenario.ledger;
    let own = scenario.cases.iter().flat_map(|case| {
        let differences = case.differences.iter();
        differences.map(|&(row, after)| {
            let entry = &ledger[row];
            let line = value(entry, entry.value_in_effect, after, lang);
            format!("{}: {line}", case.form.key)
        })
    });
    let settings = scenario.alterations.iter().map(|one| {
        let [before, after] = [&one.before, &one.after].map(|value| match value {
            Value::Number(number) => local_exact(*number, lang),
            Value::Word(word) => word.clone(),
        });
        let parts = [("base", one.base.as_str())];
        let from = told("changed_from", lang, &parts);
        format!("{}: {} {before} → {after} ({from})", one.form, one.path)
    });
    own.chain(later(scenario, lang)).chain(settings).collect()
}

/// What paths change of the values with which they begin.
fn later(scenario: &Scenario, lang: Lang) -> Vec<String> {
    let ledger = &scenario.ledger;
    let mut lines = Vec::new();
    for case in &scenario.cases {
        let before = case.values(ledger);
        for stage in case.course.iter().flat_map(|course| &course.stages) {
            let here = scenario.regions.iter().zip(&stage.moments);
            let here =
                here.filter_map(|(region, moment)| Some((&*region.name, moment.as_ref()?.day)));
            let (names, days): (Vec<&str>, Vec<u32>) = here.unzip();
            let Some(first) = days.iter().min() else {
                continue;
            };
            let day = lang.date(scenario.period.first_day().plus_days(*first as i32));
            let parts = [
                ("form", &*case.form.key),
                ("day", &day),
                ("regions", &names.join(", ")),
            ];
            let head = match names.len() == scenario.regions.len() {
                true => told("changed_later", lang, &parts[..2]),
                false => told("changed_later_in", lang, &parts),
            };
            if let Some(slip) = stage.slip {
                let [earliest, likely, latest] =
                    [slip.earliest, slip.likely, slip.latest].map(|day| lang.date(day));
                let parts = [
                    ("form", &*case.form.key),
                    ("stage", &*stage.case.form.key),
                    ("earliest", &earliest),
                    ("likely", &likely),
                    ("latest", &latest),
                ];
                lines.push(told("changed_slips", lang, &parts));
            }
            let after = stage.case.values(ledger);
            let rows = (0..ledger.len()).filter(|&row| before[row] != after[row]);
            let line = |row: usize| value(&ledger[row], before[row], after[row], lang);
            lines.extend(rows.map(|row| format!("{head}: {}", line(row))));
        }
    }
    lines
}

/// `staff.fte_gi_jeugdbescherming 2.194 → 2.523 fte (aanname)`.
pub(crate) fn value(entry: &Entry, before: f64, after: f64, lang: Lang) -> String {
    let [before, after] = [before, after].map(|value| local_exact(value, lang));
    let unit = lang.unit(entry.spec.unit);
    let assumption = phrase("changed_assumption", lang);
    format!(
        "{} {before} → {after} {unit} ({assumption})",
        entry.spec.key
    )
}

/// The lines for a terminal; nothing where nothing was changed.
pub(crate) fn for_terminal(scenario: &Scenario, lang: Lang, width: usize) -> String {
    let lines = lines(scenario, lang);
    let lead = format!("{}: ", phrase("changed", lang));
    let shown = lines.iter().take(MOST_TOLD);
    let mut text: String = shown.map(|line| hang(&lead, line, width)).collect();
    if let n @ 1.. = lines.len().saturating_sub(MOST_TOLD) {
        text += &hang(
            &lead,
            &told("changed_more", lang, &[("n", &n.to_string())]),
            width,
        );
    }
    text
}
