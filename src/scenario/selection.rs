//! The regions that a scenario or a command line asks for.

use crate::model::Region;

use super::code;
use super::diagnostic::{Diagnostic, Diagnostics};
use super::gazetteer::{self, Area};
use super::raw::{Node, Value};
use super::rendering::shown;
use super::suggestion;

/// The regions of `regions = ...`: "all", or a list of names and numbers.
pub(super) fn of_node(
    node: &Node,
    regions: &[Region],
    log: &mut Diagnostics,
) -> Option<Vec<Region>> {
    let list = match &node.value {
        Value::Text(text) if text == "all" => return Some(regions.to_vec()),
        Value::List(list) if !list.is_empty() => list,
        Value::List(_) => {
            let fault = Diagnostic::error(code::EMPTY, "there is no region in this list");
            log.push(
                fault
                    .help("write regions = \"all\", or name some")
                    .at(&node.place),
            );
            return None;
        }
        _ => {
            let help = "write regions = \"all\", or a list such as [\"Drenthe\", 3]";
            node.wrong_type("\"all\" or a list of regions", help, log);
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
                    "a region",
                    "write its name between quotes, or its number",
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

/// The regions of the command line.
pub(super) fn of_words(
    words: &[String],
    regions: &[Region],
    log: &mut Diagnostics,
) -> Option<Vec<Region>> {
    if words.is_empty() {
        log.push(Diagnostic::error(code::EMPTY, "--regions names no region"));
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
            fault.message = format!("--regions: {}", fault.message);
            log.push(fault);
        }
    }
    chosen.finish()
}

struct Choice<'a> {
    regions: &'a [Region],
    /// `None` after a fault.
    numbers: Option<Vec<u8>>,
}

impl Choice<'_> {
    fn add(&mut self, text: &str) -> Result<(), Diagnostic> {
        let plain = gazetteer::plain(text);
        let is_it = |region: &&Region| {
            gazetteer::plain(&region.name) == plain || region.number.to_string() == plain
        };
        let found = self.regions.iter().find(is_it).map(|region| region.number);
        match (found, &mut self.numbers) {
            (Some(number), Some(numbers)) if numbers.contains(&number) => {
                self.numbers = None;
                let fact = format!("the region {} is named twice", shown(text));
                Err(Diagnostic::error(code::TWICE, fact).help("take out one of the two"))
            }
            (Some(number), numbers) => {
                numbers.iter_mut().for_each(|numbers| numbers.push(number));
                Ok(())
            }
            (None, _) => {
                self.numbers = None;
                let fact = format!("there is no veiligheidsregio `{}`", shown(text));
                Err(Diagnostic::error(code::NO_SUCH_REGION, fact).help(self.meant(text)))
            }
        }
    }

    /// Which region was meant: one with words around its name, that of a municipality,
    /// those of a province, or the one with the name most like it.
    fn meant(&self, text: &str) -> String {
        let names: Vec<&str> = self.regions.iter().map(|one| one.name.as_str()).collect();
        let with_words = |region: &&Region| {
            let bare = gazetteer::bare(text);
            gazetteer::bare(&region.name) == bare || region.number.to_string() == bare
        };
        let named = self.regions.iter().find(with_words);
        match (named, gazetteer::area(text)) {
            (Some(region), _) => format!("did you mean \"{}\", the whole region?", region.name),
            (None, Some(area)) => self.lies_in(area),
            (None, None) => match suggestion::nearest(text, &names) {
                Some(name) => format!("did you mean \"{name}\"?"),
                None => match gazetteer::nearest_area(text) {
                    Some(area) => format!("did you mean {}? {}", area.name, self.lies_in(area)),
                    None => "regions.csv lists the 25 names and numbers".to_owned(),
                },
            },
        }
    }

    fn lies_in(&self, area: &Area) -> String {
        let number = |region: &&Region| area.regions.contains(&region.number);
        let regions = self.regions.iter().filter(number);
        let names: Vec<String> = regions.map(|one| format!("\"{}\"", one.name)).collect();
        match &names[..] {
            [name] => format!("{} lies in {name}: write that", area.name),
            _ => format!(
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
