//! Where the numbers come from, and how to have them again.

use crate::model::Unit;
use crate::report::chart::escaped;
use crate::report::check::ledger::Parameter;
use crate::report::record::field::Exact;
use crate::report::words::number::local_exact;
use crate::report::words::phrase::{phrase, told};
use crate::report::words::wording;
use crate::report::{Lang, Run, quoted};
use crate::scenario::Grade;

/// What the grades mean, with how many parameters are of each.
pub(crate) fn grades(run: &Run, lang: Lang) -> String {
    let known = Grade::ALL
        .iter()
        .filter(|grade| run.n_of_grade(**grade) > 0);
    let line = |grade: &Grade| {
        let n = run.n_of_grade(*grade);
        format!(
            "<li>{} ({n})</li>\n",
            escaped(&wording::grade(*grade, lang))
        )
    };
    known.map(line).collect()
}

pub(crate) fn grade_options() -> String {
    let keys = Grade::ALL.iter().map(|grade| grade.key());
    keys.map(|key| format!("<option value=\"{key}\">{key}</option>"))
        .collect()
}

/// A row of the table for every parameter, what matters most first.
pub(crate) fn parameters(run: &Run, lang: Lang) -> String {
    let all = run.by_influence().into_iter();
    all.map(|one| parameter(one, lang)).collect()
}

fn parameter(one: &Parameter, lang: Lang) -> String {
    let unit = Unit::ALL.iter().find(|unit| unit.key() == one.unit);
    let unit = unit.map_or(&*one.unit, |unit| lang.unit_of(one.value.0, *unit));
    let number = |value: Exact| local_exact(value.0, lang);
    let mut remarks = Vec::new();
    if !one.overridden_by.is_empty() {
        let files = one.overridden_by.replace(';', ", ");
        let parts = [("files", &*files), ("value", &number(one.evidence_value))];
        remarks.push(told("ledger_given", lang, &parts));
    }
    if !one.form_values.is_empty() {
        let forms = one.form_values.replace(';', ", ");
        remarks.push(told("ledger_forms", lang, &[("forms", &forms)]));
    }
    if !(one.low..=one.high).contains(&one.value) {
        remarks.push(phrase("ledger_outside", lang).to_owned());
    }
    let remarks = if remarks.is_empty() {
        String::new()
    } else {
        format!("<small>{}</small>", escaped(&remarks.join("; ")))
    };
    let to = phrase("to", lang);
    let cell = |key: &str, text: &str| {
        let (name, text) = (escaped(phrase(key, lang)), escaped(text));
        format!("<td data-label=\"{name}\">{text}</td>")
    };
    format!(
        "<tr data-grade=\"{grade}\"><th scope=\"row\">{definition}\
         <small><code>{key}</code></small></th>\
         <td data-label=\"{value_name}\">{value} {unit}{remarks}</td>{range}{grade_cell}\
         <td data-label=\"{source_name}\" lang=\"en\">{source}</td></tr>\n",
        grade = escaped(one.grade.key()),
        key = escaped(&one.key),
        definition = escaped(one.meaning(lang)),
        value_name = escaped(phrase("ledger_value", lang)),
        value = number(one.value),
        unit = escaped(unit),
        range = cell(
            "ledger_range",
            &format!("{} {to} {}", number(one.low), number(one.high))
        ),
        grade_cell = cell("ledger_grade", one.grade.key()),
        source_name = escaped(phrase("ledger_source", lang)),
        source = escaped(&one.source),
    )
}

/// The command that makes the run again.
pub(crate) fn command(run: &Run) -> String {
    let manifest = &run.manifest;
    let mut command = format!(
        "rvtsim run {} --seed {} --replications {}",
        quoted(&run.scenario_file()),
        manifest.seed,
        manifest.replications
    );
    if run.places[run.merged()] != "NL" {
        let regions = quoted(&manifest.regions.join(","));
        command += &format!(" --regions {regions}");
    }
    command
}

pub(crate) fn inputs(run: &Run) -> String {
    let inputs = run.manifest.inputs.iter();
    let line = |input: &crate::report::folder::manifest::Input| {
        let (file, hash) = (escaped(&input.file), escaped(&input.sha256));
        format!("<li>{file} <code>{hash}</code></li>\n")
    };
    inputs.map(line).collect()
}

/// What each form rests on.
pub(crate) fn form_sources(run: &Run) -> String {
    let forms = run.forms().iter();
    let line = |form: &crate::report::folder::manifest::Form| {
        let (key, source) = (escaped(&form.named.key), escaped(&form.source));
        format!("<li lang=\"en\"><code>{key}</code> {source}</li>\n")
    };
    forms.map(line).collect()
}
