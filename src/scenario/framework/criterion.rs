//! A criterion of a framework: what it means, and by what it is judged.

use super::value_function::{self, AT_LEAST, AT_MOST, LINEAR, PIECEWISE, ValueFunction};
use crate::model::{KPIS, Label};
use crate::scenario::evidence::Grade;
use crate::scenario::fault::diagnostic::{Diagnostic, Diagnostics};
use crate::scenario::fault::rendering::shown;
use crate::scenario::fault::said::said;
use crate::scenario::fault::{code, suggestion};
use crate::scenario::file::library::{FORM, Library};
use crate::scenario::file::raw::{Item, Node};
use crate::scenario::section::Section;
use crate::scenario::section::shape::{Key, Kind, LABEL, Need, always, label, may, words_of};

/// The lowest score that an expert may give.
pub const LOWEST_SCORE: f64 = 1.0;
/// The highest.
pub const HIGHEST_SCORE: f64 = 5.0;

/// Where the value of a criterion comes from.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub enum CriterionKind {
    /// From the simulation alone; it is never typed in.
    Measured,
    /// From the simulation in part, for the rest from experts.
    ProxyAndExpert,
    /// From experts alone.
    Expert,
}

impl CriterionKind {
    /// Every one of them.
    pub const ALL: [CriterionKind; 3] = [Self::Measured, Self::ProxyAndExpert, Self::Expert];
    const WORDS: [(&'static str, CriterionKind); 3] = [
        ("measured", CriterionKind::Measured),
        ("proxy_and_expert", CriterionKind::ProxyAndExpert),
        ("expert", CriterionKind::Expert),
    ];

    /// Its name in a framework.
    pub fn key(self) -> &'static str {
        Self::WORDS[self as usize].0
    }
}

/// A table `[criteria.NAME]`.
pub(crate) const KEYS: &[Key] = &[
    label("What people read."),
    always(
        "definition",
        Kind::Table(LABEL),
        "{ nl = \"...\", en = \"...\" }",
        "What it means, in plain words.",
    ),
    always(
        "in",
        Kind::Text,
        "\"eenvoudig\"",
        "The group to which it belongs: a name in `[groups]`.",
    ),
    always(
        "kind",
        Kind::Word(|| words_of(&CriterionKind::WORDS)),
        "\"measured\"",
        "Where its value comes from: the simulation, the simulation in part, or experts.",
    ),
    Key {
        need: Need::If("`kind` is not `expert`, and `not_yet` does not say why"),
        ..always(
            "measures",
            Kind::List(&Kind::Table(MEASURE), 1, 20),
            "[{ kpi = \"handovers_per_case\", linear = { worst = 2, best = 0 }, source = \"...\" }]",
            "The KPIs by which it is judged, and how.",
        )
    },
    may(
        "not_yet",
        Kind::Table(LABEL),
        "it is measured",
        "{ nl = \"...\", en = \"...\" }",
        "Why it is not measured: what the model does not have. Until it is, nothing is known of it.",
    ),
    may(
        "expert_share",
        Kind::Number(0.0, 1.0, "share"),
        "0.5",
        "0.5",
        "For `proxy_and_expert`: how much of its value is the experts'.",
    ),
    may(
        "beside",
        Kind::Text,
        "nothing",
        "\"g2\"",
        "A criterion without which this one would mislead: it is always shown beside it, and never weighs less.",
    ),
    may(
        "scores",
        Kind::Named(&Kind::Table(SCORE)),
        "nobody has scored it",
        "",
        "What experts say of forms, by the key of the form. A form without a score may have any.",
    ),
];

/// One of `measures`.
const MEASURE: &[Key] = &[
    always(
        "kpi",
        Kind::Word(kpis),
        "\"handovers_per_case\"",
        "A KPI of the model.",
    ),
    may(
        "share",
        Kind::Number(0.0, 1.0, "share"),
        "an equal share of what the others leave",
        "0.5",
        "Its share in the value of the criterion.",
    ),
    may(
        "relative",
        Kind::Boolean,
        "false",
        "true",
        "Whether it is judged as a multiple of its value under the baseline: 1 is as today.",
    ),
    may(
        "between_regions",
        Kind::Boolean,
        "false",
        "true",
        "Whether its spread between regions is judged, P90 by P10, and not its value in all regions together.",
    ),
    LINEAR,
    PIECEWISE,
    AT_MOST,
    AT_LEAST,
    always(
        "source",
        Kind::Text,
        "\"...\"",
        "Where the reference points come from; of an assumption, why these.",
    ),
];

/// A table `[criteria.NAME.scores.FORM]`.
const SCORE: &[Key] = &[
    always(
        "low",
        Kind::Number(LOWEST_SCORE, HIGHEST_SCORE, "score"),
        "2",
        "The lowest score that it may deserve, 1 to 5.",
    ),
    always(
        "high",
        Kind::Number(LOWEST_SCORE, HIGHEST_SCORE, "score"),
        "4",
        "The highest.",
    ),
    always(
        "grade",
        Kind::Word(|| words_of(Grade::WORDS)),
        "\"D\"",
        "How well that is known, `A` best.",
    ),
    always("reason", Kind::Text, "\"...\"", "Who says so, and why."),
];

fn kpis() -> Vec<&'static str> {
    KPIS.iter().map(|kpi| kpi.key).collect()
}

/// One thing that matters.
#[derive(Clone, PartialEq, Debug)]
pub struct Criterion {
    /// Its name.
    pub key: String,
    /// What people read.
    pub label: Label,
    /// What it means.
    pub definition: Label,
    /// The number of its group.
    pub group: usize,
    /// Where its value comes from.
    pub kind: CriterionKind,
    /// The KPIs by which it is judged; their shares add up to 1.
    pub measures: Vec<Measure>,
    /// Why it is not measured, if it should be and is not.
    pub not_yet: Option<Label>,
    /// How much of its value is the experts'.
    pub expert_share: f64,
    /// The number of the criterion that is always shown beside it and never weighs less.
    pub beside: Option<usize>,
    /// Scores by the key of the form.
    pub scores: Vec<(String, Score)>,
}

impl Criterion {
    /// The score of a form, if it has one.
    pub fn score(&self, form: &str) -> Option<&Score> {
        let found = self.scores.iter().find(|(key, _)| key == form);
        found.map(|(_, score)| score)
    }
}

/// A KPI by which a criterion is judged.
#[derive(Clone, PartialEq, Debug)]
pub struct Measure {
    /// The row of the KPI in [`KPIS`].
    pub kpi: usize,
    /// Its share in the value of the criterion.
    pub share: f64,
    /// Whether it is judged as a multiple of its value under the baseline.
    pub is_relative: bool,
    /// Whether its spread between regions is judged.
    pub is_between_regions: bool,
    /// How good a value is.
    pub function: ValueFunction,
    /// Where the reference points come from.
    pub source: String,
}

/// What experts say of a form, 1 to 5.
#[derive(Clone, PartialEq, Debug)]
pub struct Score {
    /// The lowest score that it may deserve.
    pub low: f64,
    /// The highest.
    pub high: f64,
    /// How well that is known.
    pub grade: Grade,
    /// Who says so, and why.
    pub reason: String,
}

/// Names that a criterion may speak of.
pub(crate) struct Names<'a> {
    pub(crate) groups: &'a [&'a str],
    pub(crate) criteria: &'a [&'a str],
}

/// Reads a criterion.
pub(crate) fn read(
    item: &Item,
    names: &Names,
    library: &Library,
    log: &mut Diagnostics,
) -> Option<Criterion> {
    let section = Section::of(&item.node, KEYS, log)?;
    let label = section.label(log);
    let definition = section.required("definition", log);
    let definition = definition.and_then(|node| node.label(log));
    let group = section.required("in", log);
    let group = group.and_then(|node| named(node, names.groups, log));
    let kind = section.required("kind", log);
    let kind = kind.and_then(|node| node.choice(&CriterionKind::WORDS, log));
    let measures = section.optional("measures").map(|node| measures(node, log));
    let not_yet = section.optional("not_yet").map(|node| node.label(log));
    let expert_share = match section.optional("expert_share") {
        Some(node) => node.number_in(0.0..=1.0, log),
        None => Some(0.5),
    };
    let beside = section.optional("beside");
    let beside = beside.map(|node| named(node, names.criteria, log));
    let scores = section.optional("scores");
    let scores = scores.map(|node| scores_of(node, library, log));
    suits(kind?, &section, item, log).then_some(())?;
    section.finish(log);
    let kind = kind?;
    Some(Criterion {
        key: item.key.clone(),
        label: label?,
        definition: definition?,
        group: group?,
        kind,
        measures: whole(measures)?.unwrap_or_default(),
        not_yet: whole(not_yet)?,
        expert_share: match kind {
            CriterionKind::Measured => 0.0,
            CriterionKind::ProxyAndExpert => expert_share?,
            CriterionKind::Expert => 1.0,
        },
        beside: whole(beside)?,
        scores: whole(scores)?.unwrap_or_default(),
    })
}

/// `None` for what is there and has a fault in it, which has been reported.
fn whole<T>(value: Option<Option<T>>) -> Option<Option<T>> {
    match value {
        Some(None) => None,
        other => Some(other.flatten()),
    }
}

/// Whether it has what its kind needs and nothing that its kind does not have.
fn suits(kind: CriterionKind, section: &Section, item: &Item, log: &mut Diagnostics) -> bool {
    let is_expert = kind == CriterionKind::Expert;
    let is_measured = kind == CriterionKind::Measured;
    let is_mixed = kind == CriterionKind::ProxyAndExpert;
    let mut is_sound = true;
    for (name, may_stand, why) in [
        ("measures", !is_expert, said!("is judged by experts alone")),
        ("not_yet", !is_expert, said!("is judged by experts alone")),
        (
            "scores",
            !is_measured,
            said!("is measured, and never typed in"),
        ),
        ("expert_share", is_mixed, said!("has one source alone")),
    ] {
        if let Some(there) = section.table.get(name).filter(|_| !may_stand) {
            let fact = said!("`{}` {}", shown(&item.key), why);
            let help = said!("take `{}` away, or write another kind", name);
            let fault = Diagnostic::error(code::NOT_OF_KIND, fact).help(help);
            log.push(fault.at(&there.key_place));
            is_sound = false;
        }
    }
    let has = |name| section.optional(name).is_some();
    if !is_expert && has("measures") == has("not_yet") {
        let fact = match has("measures") {
            true => said!("`{}` is measured and not yet measured", shown(&item.key)),
            false => said!("nothing is measured for `{}`", shown(&item.key)),
        };
        let help =
            said!("write `measures` with one KPI or more, or `not_yet` with the reason why not");
        log.push(
            Diagnostic::error(code::NOTHING_MEASURED, fact)
                .help(help)
                .at(&item.key_place),
        );
        is_sound = false;
    }
    is_sound
}

/// The number of what a text names.
pub(crate) fn named(node: &Node, names: &[&str], log: &mut Diagnostics) -> Option<usize> {
    let text = node.text(log)?;
    let found = names.iter().position(|name| *name == text);
    if found.is_none() {
        no_such(text, node, names, log);
    }
    found
}

/// Reports that nothing of that name is in the framework.
pub(crate) fn no_such(text: &str, node: &Node, names: &[&str], log: &mut Diagnostics) {
    let fact = said!("nothing here has the name `{}`", shown(text));
    let help = suggestion::help(text, names);
    log.push(
        Diagnostic::error(code::NO_SUCH_CRITERION, fact)
            .help(help)
            .at(&node.place),
    );
}

fn measures(node: &Node, log: &mut Diagnostics) -> Option<Vec<Measure>> {
    let list = node.list(log)?;
    if list.is_empty() {
        let fault = Diagnostic::error(code::NOTHING_MEASURED, said!("no KPI stands here"));
        let help = said!("write one KPI or more, or `not_yet` with the reason why not");
        log.push(fault.help(help).at(&node.place));
        return None;
    }
    let mut read = |node: &Node| measure(node, log);
    let measures: Vec<Option<_>> = list.iter().map(&mut read).collect();
    let mut measures: Vec<(Measure, Option<f64>)> = measures.into_iter().collect::<Option<_>>()?;
    let given: f64 = measures.iter().filter_map(|one| one.1).sum();
    let n_open = measures.iter().filter(|one| one.1.is_none()).count();
    let left = 1.0 - given;
    let is_whole = if n_open == 0 {
        left.abs() < 1e-9
    } else {
        left > 0.0
    };
    if !is_whole {
        let fact = said!("the shares of the measures add up to {}", given);
        let help = said!("let them add up to 1, or leave some out to divide the rest equally");
        log.push(
            Diagnostic::error(code::OUT_OF_RANGE, fact)
                .help(help)
                .at(&node.place),
        );
        return None;
    }
    for (measure, share) in &mut measures {
        measure.share = share.unwrap_or(left / n_open as f64);
    }
    Some(measures.into_iter().map(|one| one.0).collect())
}

fn measure(node: &Node, log: &mut Diagnostics) -> Option<(Measure, Option<f64>)> {
    let section = Section::of(node, MEASURE, log)?;
    let kpi = section.required("kpi", log).and_then(|node| {
        let text = node.text(log)?;
        let row = KPIS.iter().position(|kpi| kpi.key == text);
        if row.is_none() {
            let fact = said!("there is no KPI `{}`", shown(text));
            let help = suggestion::help(text, &kpis());
            let fault = Diagnostic::error(code::NO_SUCH_KPI, fact).help(help);
            log.push(fault.at(&node.place));
        }
        row
    });
    let share = section.optional("share");
    let share = share.map(|node| node.number_in(0.0..=1.0, log));
    let mut is = |name| section.optional(name).map(|node| node.boolean(log));
    let (relative, between) = (is("relative"), is("between_regions"));
    let is_spread = between == Some(Some(true));
    let function =
        kpi.and_then(|row| value_function::read(&section, &KPIS[row], is_spread, node, log));
    let source = section.text("source", log);
    section.finish(log);
    let measure = Measure {
        kpi: kpi?,
        share: 0.0,
        is_relative: whole(relative)?.unwrap_or(false),
        is_between_regions: whole(between)?.unwrap_or(false),
        function: function?,
        source: source?.to_owned(),
    };
    Some((measure, whole(share)?))
}

fn scores_of(
    node: &Node,
    library: &Library,
    log: &mut Diagnostics,
) -> Option<Vec<(String, Score)>> {
    let table = node.table(log)?;
    let mut read = |item: &Item| {
        let form = library.member(FORM, &item.key, Some(&item.key_place), log);
        let section = Section::of(&item.node, SCORE, log)?;
        let (low, high) = (section.number("low", log), section.number("high", log));
        let grade = section.required("grade", log);
        let grade = grade.and_then(|node| node.choice(Grade::WORDS, log));
        let reason = section.text("reason", log).map(str::to_owned);
        section.finish(log);
        let (low, high) = (low?, high?);
        if low > high {
            let fact = said!("low = {} is more than high = {}", low, high);
            let fault = Diagnostic::error(code::BAD_ORDER, fact).help(said!("write low <= high"));
            log.push(fault.at(&item.key_place));
            return None;
        }
        let score = Score {
            low,
            high,
            grade: grade?,
            reason: reason?,
        };
        form.map(|_| (item.key.clone(), score))
    };
    let scores: Vec<Option<_>> = table.items.iter().map(&mut read).collect();
    scores.into_iter().collect()
}
