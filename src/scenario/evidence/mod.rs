//! evidence.toml: for every parameter a value, its range, and where it comes from.

pub(crate) mod doubt;
pub(crate) mod fitted;
pub(crate) mod known;
pub(crate) mod layer;
pub(crate) mod pattern;
pub(crate) mod range;
pub(crate) mod whole;

use std::collections::{BTreeMap, BTreeSet};
use std::sync::LazyLock;

use super::section::Section;
use crate::model::{Parameters, Spec, Unit};
use crate::scenario::fault::diagnostic::{Diagnostic, Diagnostics};
use crate::scenario::fault::rendering::shown;
use crate::scenario::fault::said::{Said, said};
use crate::scenario::fault::{code, suggestion};
use crate::scenario::file::library::Document;
use crate::scenario::file::raw::{Item, Node};
use crate::scenario::section::shape::{Key, Kind, Need, always, words_of};

macro_rules! words {
    ($(#[doc = $doc:literal])+ $Name:ident { $( $(#[doc = $variant_doc:literal])+ $Variant:ident $word:literal, )+ }) => {
        $(#[doc = $doc])+
        #[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Debug)]
        pub enum $Name { $( $(#[doc = $variant_doc])+ $Variant, )+ }

        impl $Name {
            /// Every one of them.
            pub const ALL: &'static [$Name] = &[$( $Name::$Variant, )+];
            pub(crate) const WORDS: &'static [(&'static str, $Name)] = &[$( ($word, $Name::$Variant), )+];

            /// Its name in evidence.toml.
            pub fn key(self) -> &'static str {
                match self { $( $Name::$Variant => $word, )+ }
            }
        }
    };
}

words! {
    /// How uncertain a value itself is, over its range.
    Distribution {
        /// Not at all: a statutory term, say.
        Fixed "fixed",
        /// Anywhere in the range alike.
        Uniform "uniform",
        /// Most of all near the value, not beyond the range.
        Triangular "triangular",
        /// Around the value alike on both sides.
        Normal "normal",
        /// Around the value, with a longer tail above.
        Lognormal "lognormal",
        /// A share around the value.
        Beta "beta",
    }
}

words! {
    /// How well a value is known, the best first.
    Grade {
        /// An official document, read.
        A "A",
        /// An official page of which only the opening could be read.
        ADegree "A°",
        /// A secondary source.
        B "B",
        /// An inference.
        C "C",
        /// An assumption.
        D "D",
    }
}

words! {
    /// What kind of effect a parameter has on the comparison of forms.
    Family {
        /// Who does what.
        Structure "structure",
        /// How much staff and work there is.
        Capacity "capacity",
        /// How people act.
        Behaviour "behaviour",
        /// The change from one form to another.
        Transition "transition",
        /// The same in every form.
        Context "context",
    }
}

/// What is known about one parameter, and the value that this scenario gives it.
#[derive(Clone, PartialEq, Debug)]
pub struct Entry {
    /// The parameter.
    pub spec: &'static Spec,
    /// The value of the evidence.
    pub value: f64,
    /// Its lowest plausible value.
    pub low: f64,
    /// Its highest plausible value.
    pub high: f64,
    /// How uncertain it is in between.
    pub distribution: Distribution,
    /// How well it is known.
    pub grade: Grade,
    /// Where it comes from.
    pub source: String,
    /// What kind of effect it has.
    pub family: Family,
    /// The claims about the forms that it stands for, such as `M2, M9`;
    /// docs/model.md lists them. Whatever is assumed of people has one.
    pub claim: Option<String>,
    /// The value in this scenario, before what a single form says.
    pub value_in_effect: f64,
    /// The files that gave it another value, the last one having the last word.
    pub overridden_by: Vec<String>,
}

/// evidence.toml.
pub(crate) const ENTRIES: Kind = Kind::Entries(KEYS);

/// A table `[group.name]`.
const KEYS: &[Key] = &[
    always(
        "value",
        ANY,
        "0.319",
        "What a run uses, unless a later file says otherwise.",
    ),
    always(
        "unit",
        Kind::Word(units),
        "\"share\"",
        "The unit of all three numbers: the parameter's own.",
    ),
    always("low", ANY, "0.31", "How low it may reasonably be."),
    always("high", ANY, "0.333", "How high it may reasonably be."),
    always(
        "distribution",
        Kind::Word(|| words_of(Distribution::WORDS)),
        "\"triangular\"",
        "The shape of the doubt between `low` and `high`.",
    ),
    always(
        "grade",
        Kind::Word(|| words_of(Grade::WORDS)),
        "\"D\"",
        "How well it is known, `A` best.",
    ),
    always(
        "source",
        Kind::Text,
        "\"...\"",
        "Where it comes from; of an assumption, why this and not another value.",
    ),
    always(
        "family",
        Kind::Word(|| words_of(Family::WORDS)),
        "\"capacity\"",
        "What kind of effect it has on the comparison of forms.",
    ),
    Key {
        name: "claim",
        need: Need::If("`family` is `behaviour` or `transition`"),
        kind: Kind::Words(|| CLAIMS.to_vec()),
        meaning: "The claims about the forms that it stands for; docs/model.md lists them.",
        example: "\"M3\"",
    },
];

/// In the unit of the parameter, and in its range.
const ANY: Kind = Kind::Number(f64::MIN, f64::MAX, "of the parameter");

fn units() -> Vec<&'static str> {
    Unit::ALL.map(Unit::key).to_vec()
}

/// The claims about the forms that docs/model.md lists.
const CLAIMS: [&str; 14] = [
    "M1", "M2", "M3", "M4", "M5", "M6", "M7", "M8", "M9", "M10", "M11", "M12", "M13", "M14",
];

/// The row of a parameter in [`Parameters::TABLE`].
pub(crate) fn row_of(key: &str) -> Option<usize> {
    static ROWS: LazyLock<BTreeMap<&str, usize>> = LazyLock::new(|| {
        Parameters::TABLE
            .iter()
            .enumerate()
            .map(|(row, spec)| (spec.key, row))
            .collect()
    });
    ROWS.get(key).copied()
}

/// Reports that there is no such parameter.
pub(crate) fn no_such_parameter(key: &str, item: &Item, log: &mut Diagnostics) {
    if !log.has_enough() {
        log.push(unknown(key).at(&item.key_place));
    }
}

/// That there is no such parameter, and which one may have been meant.
pub(crate) fn unknown(key: &str) -> Diagnostic {
    let help = match meant(key) {
        Some(other) => said!("did you mean `{}`?", other),
        None => said!("evidence.toml lists every parameter"),
    };
    let fact = said!("the model has no parameter `{}`", shown(key));
    Diagnostic::error(code::NO_SUCH_PARAMETER, fact).help(help)
}

/// The parameter of that name in another group, or else the one most like it.
fn meant(key: &str) -> Option<&'static str> {
    let name = key.rsplit('.').next().unwrap_or(key);
    let same_name = Parameters::TABLE
        .iter()
        .find(|spec| spec.key.rsplit('.').next() == Some(name));
    let keys: Vec<&'static str> = Parameters::TABLE.iter().map(|spec| spec.key).collect();
    let same_name = same_name.map(|spec| spec.key);
    same_name.or_else(|| suggestion::nearest(key, &keys))
}

/// The entries of all parameters, in the order of [`Parameters::TABLE`].
pub(crate) fn read(document: &Document, log: &mut Diagnostics) -> Option<Vec<Entry>> {
    let mut entries: BTreeMap<usize, Option<Entry>> = BTreeMap::new();
    // Entries under a name with a typing error, which has been reported.
    let mut misspelt: BTreeSet<&str> = BTreeSet::new();
    for group in &document.root.table(log)?.items {
        let Some(table) = group.node.table(log) else {
            let is_group = |spec: &Spec| spec.key.split('.').next() == Some(&group.key);
            if Parameters::TABLE.iter().any(is_group) {
                log.note_lack(&document.root.place);
            }
            continue;
        };
        for item in &table.items {
            let key = format!("{}.{}", group.key, item.key);
            match row_of(&key) {
                Some(row) => {
                    entries.insert(row, entry(&Parameters::TABLE[row], &item.node, log));
                }
                None if log.has_enough() => {}
                None => {
                    misspelt.extend(meant(&key));
                    no_such_parameter(&key, item, log);
                }
            }
        }
    }
    for (row, spec) in Parameters::TABLE.iter().enumerate() {
        if !entries.contains_key(&row) && !misspelt.contains(spec.key) {
            let fact = said!("the parameter `{}` has no entry", spec.key);
            let help = said!(
                "add a table [{}] with {} ({})",
                spec.key,
                required_keys(),
                spec.definition.trim_end_matches('.')
            );
            let diagnostic = Diagnostic::error(code::NO_ENTRY, fact).help(help);
            log.push(diagnostic.at(&document.root.place));
        }
    }
    let entries: Vec<Entry> = entries.into_values().collect::<Option<_>>()?;
    let is_whole = entries.len() == Parameters::TABLE.len() && add_up(&entries, document, log);
    is_whole.then_some(entries)
}

/// The keys that every entry has, as a sentence lists them.
fn required_keys() -> Said {
    let always = KEYS.iter().filter(|key| key.need == Need::Always);
    let names: Vec<&str> = always.map(|key| key.name).collect();
    let (last, names) = names.split_last().expect("an entry has keys");
    said!("{} and {}", names.join(", "), last)
}

/// Whether no shares of the same families add up to more than all of them.
fn add_up(entries: &[Entry], document: &Document, log: &mut Diagnostics) -> bool {
    let values: Vec<f64> = entries.iter().map(|entry| entry.value).collect();
    let mut is_sound = true;
    for (keys, fault) in whole::faults(&values) {
        let last = keys.last().and_then(|key| key.split_once('.'));
        let place = last.and_then(|(group, name)| {
            let group = document.root.table(log)?.get(group)?;
            Some(group.node.table(log)?.get(name)?.key_place.clone())
        });
        log.push(fault.at(place.as_ref().unwrap_or(&document.root.place)));
        is_sound = false;
    }
    is_sound
}

fn entry(spec: &'static Spec, node: &Node, log: &mut Diagnostics) -> Option<Entry> {
    let section = Section::of(node, KEYS, log)?;
    let unit = section
        .required_such_as("unit", &format!("\"{}\"", spec.unit.key()), log)
        .and_then(|node| unit(spec, node, log));
    let mut number = |key: &str| {
        let node = section.required(key, log)?;
        let value = node.number(log)?;
        match range::permit(spec, value) {
            // Numbers in another unit are as they should be, in that unit.
            _ if unit.is_none() => Some(value),
            Ok(()) => Some(value),
            Err(fault) => {
                log.push(fault.diagnostic().at(&node.place));
                None
            }
        }
    };
    let (value, low, high) = (number("value"), number("low"), number("high"));
    let distribution = section.required("distribution", log);
    let distribution = distribution.and_then(|node| node.choice(Distribution::WORDS, log));
    let grade = section
        .required("grade", log)
        .and_then(|node| node.choice(Grade::WORDS, log));
    let family = section
        .required("family", log)
        .and_then(|node| node.choice(Family::WORDS, log));
    let source = section
        .required("source", log)
        .and_then(|node| node.text(log));
    let claim = match family {
        // What is assumed of people is somebody's claim, and says whose.
        Some(Family::Behaviour | Family::Transition) => Some(
            section
                .required("claim", log)
                .and_then(|node| claim(node, log)),
        ),
        _ => section.optional("claim").map(|node| claim(node, log)),
    };
    section.finish(log);
    let entry = Entry {
        spec,
        value: value?,
        low: low?,
        high: high?,
        distribution: distribution?,
        grade: grade?,
        source: source?.to_owned(),
        family: family?,
        claim: match claim {
            Some(claim) => Some(claim?),
            None => None,
        },
        value_in_effect: value?,
        overridden_by: Vec::new(),
    };
    unit?;
    check(&entry, node, log)
}

fn unit(spec: &Spec, node: &Node, log: &mut Diagnostics) -> Option<Unit> {
    let text = node.text(log)?;
    let key = spec.unit.key();
    if text != key {
        let fact = said!("`{}` is in {}, not in `{}`", spec.key, key, shown(text));
        let help = said!("write unit = \"{}\", and the numbers in it", key);
        log.push(
            Diagnostic::error(code::WRONG_UNIT, fact)
                .help(help)
                .at(&node.place),
        );
        return None;
    }
    Some(spec.unit)
}

/// One claim, or several with commas between.
fn claim(node: &Node, log: &mut Diagnostics) -> Option<String> {
    let text = node.text(log)?;
    let unknown = text
        .split(',')
        .map(str::trim)
        .find(|one| !CLAIMS.contains(one));
    match unknown {
        Some(one) => {
            node.no_such_word(one, &CLAIMS, log);
            None
        }
        None => Some(text.to_owned()),
    }
}

/// The entry, if its range holds its value and suits its distribution.
fn check(entry: &Entry, node: &Node, log: &mut Diagnostics) -> Option<Entry> {
    let (low, value, high) = (entry.low, entry.value, entry.high);
    let fault = if !(low <= value && value <= high) {
        let fact = said!(
            "{} does not lie between low = {} and high = {}",
            value,
            low,
            high
        );
        Diagnostic::error(code::BAD_ORDER, fact).help(said!("write low <= value <= high"))
    } else {
        let (fact, help) = match entry.distribution {
            Distribution::Fixed => return Some(entry.clone()),
            _ if low == high => (
                said!("low and high are the same number"),
                said!("write distribution = \"fixed\", or a range"),
            ),
            Distribution::Lognormal if low <= 0.0 => (
                said!("a lognormal distribution has no 0"),
                said!("write another distribution, or low above 0"),
            ),
            Distribution::Beta if entry.spec.unit != Unit::Share => (
                said!("a beta distribution is for shares"),
                said!("write another distribution"),
            ),
            _ => return Some(entry.clone()),
        };
        Diagnostic::error(code::NO_SPREAD, fact).help(help)
    };
    let place = node
        .table(log)?
        .get("value")
        .map_or(&node.place, |item| &item.node.place);
    log.push(fault.at(place));
    None
}
