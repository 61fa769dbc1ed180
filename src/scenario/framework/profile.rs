//! What somebody finds important: weights that are exact, between two numbers, in an order, or
//! unknown.

use super::criterion::{Criterion, no_such};
use crate::model::Label;
use crate::scenario::fault::code;
use crate::scenario::fault::diagnostic::{Diagnostic, Diagnostics};
use crate::scenario::fault::rendering::shown;
use crate::scenario::fault::said::said;
use crate::scenario::fault::source::Place;
use crate::scenario::file::raw::{Item, Node};
use crate::scenario::section::Section;
use crate::scenario::section::shape::{Key, Kind, always, label, may};
use crate::stats::{Bounds, Polytope};

const WEIGHT_OF: Kind = Kind::Number(0.0, 1.0, "share");

/// A table `[profiles.NAME]`.
pub(crate) const KEYS: &[Key] = &[
    label("What people read."),
    always(
        "source",
        Kind::Text,
        "\"...\"",
        "Who finds this important, and where that is written.",
    ),
    may(
        "weights",
        Kind::Named(&Kind::Table(WEIGHT)),
        "every weight is unknown",
        "",
        "Weights of criteria and of whole groups, as shares of all; what is not named is unknown.",
    ),
    may(
        "order",
        Kind::List(&Kind::Text, 0, 100),
        "no order",
        "[\"g2 > u2\", \"rechtsbeschermend > eenvoudig > lerend\"]",
        "Criteria or groups of which one never weighs less than the next.",
    ),
];

/// A table `[profiles.NAME.weights.CRITERION]`.
const WEIGHT: &[Key] = &[
    may(
        "exact",
        WEIGHT_OF,
        "it is not known exactly",
        "0.2",
        "Its weight.",
    ),
    may("low", WEIGHT_OF, "0", "0.1", "The least that it weighs."),
    may("high", WEIGHT_OF, "1", "0.3", "The most that it weighs."),
];

/// What somebody finds important.
#[derive(Clone, PartialEq, Debug)]
pub struct Profile {
    /// Its name.
    pub key: String,
    /// What people read.
    pub label: Label,
    /// Who finds this important, and where that is written.
    pub source: String,
    /// What is said of the weights of the criteria; with what the framework says of all.
    pub conditions: Vec<Bounds>,
    /// Whether nothing is known but what the framework says of all.
    pub is_unknown: bool,
}

/// What weights can be given to: the criteria under each name.
pub(crate) type Holders<'a> = &'a [(&'a str, Vec<usize>)];

/// Reads a profile.
pub(crate) fn read(
    item: &Item,
    criteria: &[Criterion],
    holders: Holders,
    log: &mut Diagnostics,
) -> Option<Profile> {
    let section = Section::of(&item.node, KEYS, log)?;
    let label = section.label(log);
    let source = section.text("source", log);
    let mut stated: Vec<(Bounds, Place)> = Vec::new();
    let mut is_sound = true;
    if let Some(node) = section.optional("weights") {
        for one in &node.table(log)?.items {
            match weight(one, criteria.len(), holders, log) {
                Some(bounds) => stated.push((bounds, one.key_place.clone())),
                None => is_sound = false,
            }
        }
    }
    if let Some(node) = section.optional("order") {
        for one in node.list(log)? {
            match order(one, criteria.len(), holders, log) {
                Some(pairs) => {
                    stated.extend(pairs.into_iter().map(|pair| (pair, one.place.clone())));
                }
                None => is_sound = false,
            }
        }
    }
    section.finish(log);
    let mut conditions = of_all(criteria);
    let is_unknown = stated.is_empty();
    for (bounds, place) in stated.into_iter().filter(|_| is_sound) {
        conditions.push(bounds);
        if Polytope::of(criteria.len(), &conditions).is_none() {
            let fact = said!(
                "no weights satisfy this and what else `{}` says of them",
                shown(&item.key)
            );
            let help =
                said!("weights are shares of all: they add up to 1, and so do those of all groups");
            log.push(
                Diagnostic::error(code::NO_WEIGHTS, fact)
                    .help(help)
                    .at(&place),
            );
            return None;
        }
    }
    is_sound.then_some(Profile {
        key: item.key.clone(),
        label: label?,
        source: source?.to_owned(),
        conditions,
        is_unknown,
    })
}

/// What holds for everybody: a criterion weighs no more than the one beside it.
fn of_all(criteria: &[Criterion]) -> Vec<Bounds> {
    let beside = criteria.iter().enumerate();
    beside
        .filter_map(|(own, criterion)| Some(at_least(&[criterion.beside?], &[own], criteria.len())))
        .collect()
}

/// That some weigh together at least as much as others.
fn at_least(more: &[usize], less: &[usize], n: usize) -> Bounds {
    let mut coefficients = vec![0.0; n];
    more.iter().for_each(|&one| coefficients[one] += 1.0);
    less.iter().for_each(|&one| coefficients[one] -= 1.0);
    Bounds {
        coefficients,
        low: 0.0,
        high: f64::INFINITY,
    }
}

/// The criteria under a name.
fn holder<'a>(
    name: &str,
    node: &Node,
    holders: Holders<'a>,
    log: &mut Diagnostics,
) -> Option<&'a [usize]> {
    let found = holders.iter().find(|(key, _)| *key == name);
    if found.is_none() {
        let names: Vec<&str> = holders.iter().map(|(key, _)| *key).collect();
        no_such(name, node, &names, log);
    }
    found.map(|(_, criteria)| criteria.as_slice())
}

fn weight(item: &Item, n: usize, holders: Holders, log: &mut Diagnostics) -> Option<Bounds> {
    let criteria = holder(
        &item.key,
        &Node {
            value: item.node.value.clone(),
            place: item.key_place.clone(),
        },
        holders,
        log,
    );
    let section = Section::of(&item.node, WEIGHT, log)?;
    let mut number = |name, otherwise: f64| match section.optional(name) {
        Some(node) => node.number_in(0.0..=1.0, log),
        None => Some(otherwise),
    };
    let exact = number("exact", f64::NAN);
    let (low, high) = (number("low", 0.0), number("high", 1.0));
    let has = |name| section.optional(name).is_some();
    let (is_exact, is_between) = (has("exact"), has("low") || has("high"));
    section.finish(log);
    let (exact, low, high) = (exact?, low?, high?);
    if is_exact == is_between || low > high {
        let fact = said!("this is not one weight, nor a lowest and a highest");
        let help = said!("write { exact = 0.2 }, or { low = 0.1, high = 0.3 }");
        log.push(
            Diagnostic::error(code::BAD_ORDER, fact)
                .help(help)
                .at(&item.node.place),
        );
        return None;
    }
    let mut bounds = at_least(criteria?, &[], n);
    (bounds.low, bounds.high) = if is_exact {
        (exact, exact)
    } else {
        (low, high)
    };
    Some(bounds)
}

/// "a > b > c": each weighs at least as much as the next.
fn order(node: &Node, n: usize, holders: Holders, log: &mut Diagnostics) -> Option<Vec<Bounds>> {
    let text = node.text(log)?;
    let names: Vec<&str> = text.split('>').map(str::trim).collect();
    if names.len() < 2 {
        let fact = said!("an order has two names or more");
        let help = said!("write > between them: \"g2 > u2\"");
        log.push(
            Diagnostic::error(code::BAD_ORDER, fact)
                .help(help)
                .at(&node.place),
        );
        return None;
    }
    let mut find = |name: &&str| holder(name, node, holders, log);
    let found: Vec<Option<&[usize]>> = names.iter().map(&mut find).collect();
    let found: Vec<&[usize]> = found.into_iter().collect::<Option<_>>()?;
    let pairs = found.windows(2);
    Some(pairs.map(|pair| at_least(pair[0], pair[1], n)).collect())
}
