//! The regions and forms that a scenario or a command line asks for.

use std::collections::BTreeSet;

use crate::model::Region;
use crate::scenario::fault::diagnostic::{Diagnostic, Diagnostics};
use crate::scenario::fault::rendering::shown;
use crate::scenario::fault::said::{Said, said};
use crate::scenario::fault::{code, suggestion};
use crate::scenario::file::raw::{Node, Value};
use crate::scenario::input::Scenario;
use crate::scenario::region::gazetteer::{self, Area};

/// The regions of `regions = ...`: "all", or a list of names and numbers.
pub(crate) fn of_node(
    node: &Node,
    regions: &[Region],
    log: &mut Diagnostics,
) -> Option<Vec<Region>> {
    let list = match &node.value {
        Value::Text(text) if text == "all" => return Some(regions.to_vec()),
        Value::List(list) if !list.is_empty() => list,
        Value::List(_) => {
            let fault = Diagnostic::error(code::EMPTY, said!("there is no region in this list"));
            log.push(
                fault
                    .help(said!("write regions = \"all\", or name some"))
                    .at(&node.place),
            );
            return None;
        }
        _ => {
            let help = said!("write regions = \"all\", or a list such as [\"Drenthe\", 3]");
            node.wrong_type(said!("\"all\" or a list of regions"), help, log);
            return None;
        }
    };
    let mut chosen = Choice {
        regions,
        numbers: Some(Vec::new()),
    };
    for one in list {
        // Comparing with all names takes time, and there may be any number.
        if log.has_enough() {
            return None;
        }
        let text = match &one.value {
            Value::Text(text) => text.clone(),
            Value::Whole(number) => number.to_string(),
            _ => {
                one.wrong_type(
                    said!("a region"),
                    said!("write its name between quotes, or its number"),
                    log,
                );
                chosen.numbers = None;
                continue;
            }
        };
        if let Err(fault) = chosen.add(&text) {
            log.push(fault.at(&one.place));
        }
    }
    chosen.finish()
}

/// The numbers of the regions in a list, in its order.
pub(crate) fn in_order(node: &Node, regions: &[Region], log: &mut Diagnostics) -> Option<Vec<u8>> {
    let chosen = of_node(node, regions, log)?;
    let Value::List(list) = &node.value else {
        return Some(chosen.iter().map(|one| one.number).collect());
    };
    let place = |region: &Region| {
        let mut log = log.fork();
        list.iter().position(|one| {
            let alone = Node {
                value: Value::List(vec![one.clone()]),
                place: one.place.clone(),
            };
            let named = of_node(&alone, regions, &mut log);
            named.is_some_and(|named| named.contains(region))
        })
    };
    let mut numbers: Vec<(Option<usize>, u8)> =
        chosen.iter().map(|one| (place(one), one.number)).collect();
    numbers.sort();
    Some(numbers.into_iter().map(|(_, number)| number).collect())
}

/// The regions of the command line.
pub(crate) fn of_words(
    words: &[String],
    regions: &[Region],
    log: &mut Diagnostics,
) -> Option<Vec<Region>> {
    if words.is_empty() {
        log.push(Diagnostic::error(
            code::EMPTY,
            said!("--regions names no region"),
        ));
        return None;
    }
    if words == ["all"] {
        return Some(regions.to_vec());
    }
    let mut chosen = Choice {
        regions,
        numbers: Some(Vec::new()),
    };
    for word in words {
        if let Err(mut fault) = chosen.add(word.trim()) {
            fault.message = said!("--regions: {}", fault.message);
            log.push(fault);
        }
    }
    chosen.finish()
}

/// The forms of a scenario that a command line names, by their keys or by a
/// beginning that no other form of the scenario has (`v4`): numbers of its cases,
/// the baseline first and always among them, the others in their order. All of
/// them if none is named.
///
/// # Errors
///
/// Every word that is no form of the scenario.
pub fn cases_named(scenario: &Scenario, words: &[String]) -> Result<Vec<usize>, Diagnostics> {
    let mut log = Diagnostics::default();
    let mut chosen = BTreeSet::new();
    let keys: Vec<&str> = scenario
        .cases
        .iter()
        .map(|case| case.form.key.as_str())
        .collect();
    for word in words.iter().map(|word| word.trim()) {
        match meant(word, &keys) {
            Some(case) => {
                chosen.insert(case);
            }
            _ if log.has_enough() => {}
            _ => {
                let fact = said!("the scenario has no form `{}`", shown(word));
                let help = suggestion::help(word, &keys);
                log.push(Diagnostic::error(code::NO_SUCH_FORM, fact).help(help));
            }
        }
    }
    match log.has_errors() {
        true => Err(log),
        false => {
            let is_chosen = |case: &usize| words.is_empty() || chosen.contains(case);
            let others = (0..keys.len()).filter(|&case| case != scenario.baseline);
            let others = others.filter(is_chosen);
            Ok(std::iter::once(scenario.baseline).chain(others).collect())
        }
    }
}

/// The place among a scenario's regions of one that is named as `regions = [...]` names it.
///
/// # Errors
///
/// When the scenario has none of that name or number.
pub fn region_named(scenario: &Scenario, word: &str) -> Result<usize, Diagnostics> {
    let regions = &scenario.regions;
    let found = regions.iter().position(|region| is_named(region, word));
    found.ok_or_else(|| {
        let names: Vec<&str> = regions.iter().map(|one| one.name.as_str()).collect();
        let fact = said!("the scenario has no region `{}`", shown(word));
        let help = suggestion::help(word, &names);
        let mut log = Diagnostics::default();
        log.push(Diagnostic::error(code::NO_SUCH_REGION, fact).help(help));
        log
    })
}

/// Whether a region is meant by its name, written in any plain way, or by its number.
fn is_named(region: &Region, word: &str) -> bool {
    let plain = gazetteer::plain(word);
    gazetteer::plain(&region.name) == plain || number_of(&plain) == Some(region.number)
}

/// The place of the one key that somebody means: `v4_openbaar_lichaam`, `V4`, `openbaar` or `rnvt`.
fn meant(word: &str, keys: &[&str]) -> Option<usize> {
    let word = word.to_lowercase();
    let begins = |key: &str| key.starts_with(&word);
    let holds = |key: &str| key.split('_').any(begins);
    let is_it: [&dyn Fn(&str) -> bool; 3] = [&|key| key == word, &begins, &holds];
    let only = |is_it: &dyn Fn(&str) -> bool| {
        let mut found = (0..keys.len()).filter(|&at| is_it(keys[at]));
        let first = found.next()?;
        found.next().is_none().then_some(first)
    };
    if word.is_empty() {
        return None;
    }
    is_it.into_iter().find_map(only)
}

/// The number that somebody means by a name, written plainly: 19, or the code VR19.
fn number_of(plain: &str) -> Option<u8> {
    let digits = plain.strip_prefix("vr").unwrap_or(plain);
    let is_number =
        (1..=2).contains(&digits.len()) && digits.bytes().all(|byte| byte.is_ascii_digit());
    digits.parse().ok().filter(|_| is_number)
}

struct Choice<'a> {
    regions: &'a [Region],
    /// `None` after a fault.
    numbers: Option<Vec<u8>>,
}

impl Choice<'_> {
    fn add(&mut self, text: &str) -> Result<(), Diagnostic> {
        let mut regions = self.regions.iter();
        let found = regions.find(|region| is_named(region, text));
        match (found.map(|region| region.number), &mut self.numbers) {
            (Some(number), Some(numbers)) if numbers.contains(&number) => {
                self.numbers = None;
                let fact = said!("the region {} is named twice", shown(text));
                Err(Diagnostic::error(code::TWICE, fact).help(said!("take out one of the two")))
            }
            (Some(number), numbers) => {
                numbers.iter_mut().for_each(|numbers| numbers.push(number));
                Ok(())
            }
            (None, _) => {
                self.numbers = None;
                let fact = said!("there is no veiligheidsregio `{}`", shown(text));
                Err(Diagnostic::error(code::NO_SUCH_REGION, fact).help(self.meant(text)))
            }
        }
    }

    /// Which region was meant: one with words around its name, that of a municipality,
    /// those of a province, or the one with the name most like it.
    fn meant(&self, text: &str) -> Said {
        if number_of(&gazetteer::plain(text)).is_some() {
            let (first, last) = (self.regions.first(), self.regions.last());
            let [first, last] = [first, last].map(|one| one.map_or(0, |one| one.number));
            return said!(
                "regions have the numbers {} to {}; regions.csv lists them",
                first,
                last
            );
        }
        let names: Vec<&str> = self.regions.iter().map(|one| one.name.as_str()).collect();
        let with_words = |region: &&Region| {
            let bare = gazetteer::bare(text);
            gazetteer::bare(&region.name) == bare || region.number.to_string() == bare
        };
        let named = self.regions.iter().find(with_words);
        match (named, gazetteer::area(text)) {
            (Some(region), _) => said!("did you mean \"{}\", the whole region?", region.name),
            (None, Some(area)) => self.lies_in(area),
            (None, None) => match self.begun(text).or(suggestion::nearest(text, &names)) {
                Some(name) => said!("did you mean \"{}\"?", name),
                None => self.several(text).unwrap_or_else(|| {
                    let near = gazetteer::nearest_area(text);
                    let near =
                        near.map(|one| said!("did you mean {}? {}", one.name, self.lies_in(one)));
                    near.unwrap_or_else(|| said!("regions.csv lists the 25 names and numbers"))
                }),
            },
        }
    }

    /// Names that begin with a text, as names are compared.
    fn beginning(&self, text: &str) -> Vec<&str> {
        let start = gazetteer::plain(text);
        let names = self.regions.iter().map(|one| one.name.as_str());
        let begins = |name: &&str| start.len() >= 3 && gazetteer::plain(name).starts_with(&start);
        names.filter(begins).collect()
    }

    /// The only name that begins so.
    fn begun(&self, text: &str) -> Option<&str> {
        match self.beginning(text)[..] {
            [name] => Some(name),
            _ => None,
        }
    }

    /// Several names that begin so, to choose from.
    fn several(&self, text: &str) -> Option<Said> {
        let names = self.beginning(text);
        let quoted: Vec<String> = names.iter().map(|name| format!("\"{name}\"")).collect();
        (!names.is_empty()).then(|| said!("choose from {}", quoted.join(", ")))
    }

    fn lies_in(&self, area: &Area) -> Said {
        let number = |region: &&Region| area.regions.contains(&region.number);
        let regions = self.regions.iter().filter(number);
        let names: Vec<String> = regions.map(|one| format!("\"{}\"", one.name)).collect();
        match &names[..] {
            [] => said!("{} lies in no region that can be chosen here", area.name),
            [name] => said!("{} lies in {}: write that", area.name, name),
            _ => said!(
                "{} lies in {}: choose from those",
                area.name,
                names.join(", ")
            ),
        }
    }

    /// The regions chosen, in the order of their numbers: the order in which they
    /// are named must not change a result.
    fn finish(self) -> Option<Vec<Region>> {
        let numbers = self.numbers?;
        let chosen = self
            .regions
            .iter()
            .filter(|region| numbers.contains(&region.number));
        Some(chosen.cloned().collect())
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_form_is_meant_by_any_part_that_no_other_has() {
        let keys = [
            "v0_estafette",
            "uren_van_nu",
            "v2_rnvt",
            "v4_openbaar_lichaam",
        ];
        for (word, place) in [
            ("V4", Some(3)),
            ("rnvt", Some(2)),
            ("openbaar", Some(3)),
            ("uren_van_nu", Some(1)),
            ("v", None),
            ("", None),
            ("v9", None),
        ] {
            assert_eq!(meant(word, &keys), place, "{word}");
        }
    }
}
