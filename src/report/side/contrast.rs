//! What differs in the inputs of runs.

use std::collections::BTreeSet;

use crate::report::Lang;
use crate::report::check::ledger::Parameter;
use crate::report::run::reading::Run;
use crate::report::words::number::local_exact;
use crate::report::words::phrase::phrase;

/// Something that is not the same in all runs.
#[derive(Clone, PartialEq, Debug)]
pub(crate) struct Contrast {
    /// Its name: a key of phrase.toml, a file or a parameter.
    name: Name,
    /// What it is in each run, in both languages.
    values: Vec<[String; 2]>,
}

#[derive(Clone, PartialEq, Debug)]
enum Name {
    Phrase(&'static str),
    Plain(String),
}

impl Contrast {
    pub(crate) fn name(&self, lang: Lang) -> &str {
        match &self.name {
            Name::Phrase(key) => phrase(key, lang),
            Name::Plain(name) => name,
        }
    }

    pub(crate) fn value(&self, run: usize, lang: Lang) -> &str {
        let [nl, en] = &self.values[run];
        lang.pick(nl, en)
    }
}

/// Digits of a hash by which a reader tells two files apart.
const HASH_LENGTH: usize = 8;

/// What differs between runs: what was asked, files of the same name, and every parameter.
pub(crate) fn contrasts(runs: &[&Run]) -> Vec<Contrast> {
    let mut found: Vec<Contrast> = FACTS
        .iter()
        .map(|&(key, fact)| Contrast {
            name: Name::Phrase(key),
            values: runs.iter().map(|run| fact(run)).collect(),
        })
        .collect();
    found.extend(files(runs));
    found.extend(parameters(runs));
    let differs = |one: &Contrast| one.values.iter().any(|value| *value != one.values[0]);
    found.retain(differs);
    found
}

type Fact = fn(&Run) -> [String; 2];

const FACTS: &[(&str, Fact)] = &[
    ("side_scenario", |run| same(&run.manifest.scenario.key)),
    ("side_program", |run| same(&run.manifest.version)),
    ("side_belief", |run| same(&run.manifest.belief.key)),
    ("side_regions", |run| same(&run.manifest.regions.join(", "))),
    ("side_forms", |run| same(&run.form_keys().join(", "))),
    ("side_baseline", |run| same(&run.manifest.baseline)),
    ("side_replications", |run| {
        same(&run.manifest.replications.to_string())
    }),
    ("side_seed", |run| same(&run.manifest.seed.to_string())),
    ("side_doubt", |run| same(&run.manifest.doubt)),
    ("side_start", |run| same(&run.manifest.period.start)),
    ("side_measured", |run| {
        span(run.manifest.period.measured_days)
    }),
    ("side_warm_up", |run| span(run.manifest.period.warm_up_days)),
];

fn same(text: &str) -> [String; 2] {
    [text.to_owned(), text.to_owned()]
}

fn span(n_days: u32) -> [String; 2] {
    [Lang::Nl, Lang::En].map(|lang| lang.span(n_days))
}

/// Files that more than one run has read; one that not all have goes with what else differs.
fn files(runs: &[&Run]) -> impl Iterator<Item = Contrast> {
    let all = runs.iter().flat_map(|run| &run.manifest.inputs);
    let names: BTreeSet<&str> = all.map(|input| input.file.as_str()).collect();
    let contrast = |name: &str| {
        let hash = |run: &&Run| {
            let mut inputs = run.manifest.inputs.iter();
            let found = inputs.find(|input| input.file == name)?;
            Some(same(
                &found.sha256.chars().take(HASH_LENGTH).collect::<String>(),
            ))
        };
        let values = runs.iter().map(hash).collect::<Option<_>>()?;
        let name = Name::Plain(name.to_owned());
        Some(Contrast { name, values })
    };
    names
        .into_iter()
        .filter_map(contrast)
        .collect::<Vec<_>>()
        .into_iter()
}

fn parameters(runs: &[&Run]) -> impl Iterator<Item = Contrast> {
    let all = runs.iter().flat_map(|run| &run.parameters);
    let mut seen = BTreeSet::new();
    let keys: Vec<&str> = all
        .map(|one| one.key.as_str())
        .filter(|&key| seen.insert(key))
        .collect();
    let contrast = |key: &str| {
        let value = |run: &&Run| {
            let found = run.parameters.iter().find(|one| one.key == key);
            [Lang::Nl, Lang::En].map(|lang| found.map_or("–".to_owned(), |one| told(one, lang)))
        };
        Contrast {
            name: Name::Plain(key.to_owned()),
            values: runs.iter().map(value).collect(),
        }
    };
    keys.into_iter()
        .map(contrast)
        .collect::<Vec<_>>()
        .into_iter()
}

/// A value, with what forms make of it.
fn told(one: &Parameter, lang: Lang) -> String {
    let value = local_exact(one.value.0, lang);
    match one.form_values.is_empty() {
        true => value,
        false => format!("{value} ({})", one.form_values.replace(';', ", ")),
    }
}
