//! Municipalities, and parts of them that a scenario describes: where a form comes into force, and whose families are
//! counted.

use super::gazetteer;
use crate::model::{Place as Spot, Region};
use crate::scenario::fault::code;
use crate::scenario::fault::diagnostic::{Diagnostic, Diagnostics};
use crate::scenario::fault::rendering::shown;
use crate::scenario::fault::said::{Said, said};
use crate::scenario::fault::source::Place;
use crate::scenario::file::library::{Document, is_name};
use crate::scenario::file::overlay::{self, Depth};
use crate::scenario::file::raw::{Item, Node, Value};
use crate::scenario::section::Section;
use crate::scenario::section::shape::{Key, Kind, always, label, may};

/// More parts than this are no scenario, but a map.
const MOST_PARTS: usize = 100;

/// A table `[areas.NAME]`.
pub(crate) const KEYS: &[Key] = &[
    label("What people read."),
    always(
        "within",
        Kind::Text,
        "\"Zaanstad\"",
        "The municipality of which it is a part.",
    ),
    always(
        "inhabitants",
        Kind::Whole(1, 1_000_000),
        "61000",
        "How many people live there.",
    ),
    may(
        "source",
        Kind::Text,
        "none",
        "\"gemeente Zaanstad, 2024\"",
        "Where that number comes from.",
    ),
];

/// A municipality, or a part of one.
#[derive(Clone, PartialEq, Eq, Debug)]
pub(crate) struct Unit {
    /// As people read it.
    name: String,
    municipality: String,
    /// Its key in `[areas]`, if it is a part.
    part: Option<String>,
    pub(crate) region: u8,
    inhabitants: u32,
}

impl Unit {
    /// Whether all of another lies in it.
    fn holds(&self, other: &Unit) -> bool {
        self.municipality == other.municipality && (self.part.is_none() || self.part == other.part)
    }

    /// Whether one of two lies in the other.
    pub(crate) fn overlaps(&self, other: &Unit) -> bool {
        self.holds(other) || other.holds(self)
    }
}

/// The units that a scenario can name.
pub(crate) struct Units<'a> {
    parts: Vec<Unit>,
    regions: &'a [Region],
}

impl<'a> Units<'a> {
    /// Those of a scenario's files; all parts are read, even after a fault.
    pub(crate) fn read(
        documents: &[Document],
        regions: &'a [Region],
        log: &mut Diagnostics,
    ) -> Option<Self> {
        let mut units = Units {
            parts: Vec::new(),
            regions,
        };
        let Some(node) = overlay::merged(documents, "areas", Depth::Tables, log) else {
            return Some(units);
        };
        let items = node.table(log)?.kept();
        if items.len() > MOST_PARTS {
            let fact = said!(
                "a scenario describes at most {} areas, not {}",
                MOST_PARTS,
                items.len()
            );
            let fault = Diagnostic::error(code::OUT_OF_RANGE, fact);
            log.push(fault.at(&node.place));
            return None;
        }
        let parts: Vec<Option<Unit>> = items.iter().map(|item| units.part(item, log)).collect();
        units.parts = parts.into_iter().collect::<Option<Vec<Unit>>>()?;
        for (item, one) in items.iter().zip(&units.parts) {
            let whole = units.municipality(&one.municipality)?;
            let beside = units.parts.iter().filter(|other| whole.holds(other));
            let sum: u32 = beside.map(|other| other.inhabitants).sum();
            if sum > whole.inhabitants {
                let (name, n) = (&whole.name, whole.inhabitants);
                let fact = said!(
                    "the parts of {} have {} inhabitants, all of it {}",
                    name,
                    sum,
                    n
                );
                let fault = Diagnostic::error(code::BAD_AREA, fact);
                let help = said!("write a smaller number, or name the whole municipality");
                log.push(fault.help(help).at(&item.node.place));
                return None;
            }
        }
        Some(units)
    }

    fn part(&self, item: &Item, log: &mut Diagnostics) -> Option<Unit> {
        let is_good = is_name(item, said!("the name of an area"), log);
        let section = Section::of(&item.node, KEYS, log)?;
        let label = section.label(log);
        let within = section.required("within", log);
        let within = within.and_then(|node| self.whole(node.text(log)?, &node.place, log));
        let inhabitants = section.whole("inhabitants", log);
        if let Some(source) = section.optional("source") {
            source.text(log);
        }
        section.finish(log);
        let (label, within, inhabitants) = (label?, within?, inhabitants?);
        is_good.then(|| Unit {
            name: label.nl,
            part: Some(item.key.clone()),
            inhabitants: inhabitants as u32,
            ..within
        })
    }

    /// The municipality of that name, with its share of the inhabitants of its region.
    fn municipality(&self, name: &str) -> Option<Unit> {
        let one = gazetteer::municipality(name)?;
        let region = self
            .regions
            .iter()
            .find(|region| region.number == one.region)?;
        let inside = gazetteer::municipalities_in(one.region);
        let sum: f64 = inside.map(|other| f64::from(other.inhabitants)).sum();
        let share = f64::from(one.inhabitants) / sum;
        Some(Unit {
            name: one.name.clone(),
            municipality: one.name.clone(),
            part: None,
            region: one.region,
            inhabitants: (share * f64::from(region.inhabitants)).round() as u32,
        })
    }

    /// The part that a scenario describes under that key.
    fn described(&self, key: &str) -> Option<&Unit> {
        let mut parts = self.parts.iter();
        parts.find(|part| part.part.as_deref() == Some(key))
    }

    /// The region of that name, if no municipality or part has it.
    fn region(&self, name: &str) -> Option<&Region> {
        let is_taken = gazetteer::municipality(name).is_some() || self.described(name).is_some();
        let is_it = |one: &&Region| gazetteer::plain(&one.name) == gazetteer::plain(name);
        self.regions.iter().find(is_it).filter(|_| !is_taken)
    }

    /// What people read of some units that a scenario names.
    pub(crate) fn names(&self, words: &[String]) -> String {
        let name = |word: &String| {
            let part = self.described(word);
            part.map_or(word.clone(), |part| part.name.clone())
        };
        words.iter().map(name).collect::<Vec<_>>().join(", ")
    }

    fn whole(&self, name: &str, place: &Place, log: &mut Diagnostics) -> Option<Unit> {
        let found = self.municipality(name);
        if found.is_none() {
            let fact = said!("there is no municipality `{}`", shown(name));
            let fault = Diagnostic::error(code::NO_SUCH_AREA, fact).help(self.meant(name));
            log.push(fault.at(place));
        }
        found
    }

    fn meant(&self, name: &str) -> Said {
        let keys: Vec<&str> = self
            .parts
            .iter()
            .filter_map(|one| one.part.as_deref())
            .collect();
        let like = crate::scenario::fault::suggestion::nearest(name, &keys);
        let near = gazetteer::nearest_municipality(name);
        match (like, near, gazetteer::area(name)) {
            (Some(key), _, _) => said!("did you mean `{}`?", key),
            (None, Some(near), _) => said!("did you mean \"{}\"?", near.name),
            (None, None, Some(area)) => {
                let name = &area.name;
                said!(
                    "{} is no municipality; name one, or describe a part of one in [areas.NAME]",
                    name
                )
            }
            (None, None, None) => said!(
                "name a municipality of 2023 or later, or describe a part of one in [areas.NAME]"
            )
            .to_owned(),
        }
    }

    /// The units in a list, of which none lies in another; the name of a whole region stands for all that lies in it
    /// and is not named before.
    pub(crate) fn of(&self, node: &Node, log: &mut Diagnostics) -> Option<Vec<Unit>> {
        let list = node.list(log)?;
        if list.is_empty() {
            let fault = Diagnostic::error(code::EMPTY, said!("there is no area in this list"));
            let help = said!("name some municipalities, or leave the key out");
            log.push(fault.help(help).at(&node.place));
            return None;
        }
        let mut chosen: Vec<Unit> = Vec::new();
        let mut is_sound = true;
        for one in list {
            if log.has_enough() {
                return None;
            }
            let named = one.text(log);
            if let Some(region) = named.and_then(|name| self.region(name)) {
                let inside = gazetteer::municipalities_in(region.number);
                let inside = inside.filter_map(|one| self.municipality(&one.name));
                let is_new = |unit: &Unit| !chosen.iter().any(|other| other.overlaps(unit));
                let all: Vec<Unit> = inside.filter(is_new).collect();
                chosen.extend(all);
                continue;
            }
            let unit = named.and_then(|name| {
                let part = self.described(name);
                part.cloned().or_else(|| self.whole(name, &one.place, log))
            });
            match unit {
                None => is_sound = false,
                Some(unit) if chosen.iter().any(|other| other.overlaps(&unit)) => {
                    let fact = said!("{} is named twice", shown(&unit.name));
                    let fault = Diagnostic::error(code::TWICE, fact);
                    log.push(fault.help(said!("take out one of the two")).at(&one.place));
                    is_sound = false;
                }
                Some(unit) => chosen.push(unit),
            }
        }
        is_sound.then_some(chosen)
    }

    /// Divides each region into places of which the same is said everywhere, by what the scenario says of its units.
    pub(crate) fn layout(&self, said: &[&[Unit]]) -> Layout {
        let mut named: Vec<&Unit> = Vec::new();
        for unit in said.iter().copied().flatten() {
            if !named.contains(&unit) {
                named.push(unit);
            }
        }
        let mut groups: Vec<(Vec<bool>, Vec<Unit>)> = Vec::new();
        for unit in named {
            let parts = self.parts.iter().filter(|part| unit.holds(part));
            let inside: u32 = parts.clone().map(|part| part.inhabitants).sum();
            let rest = (unit.part.is_none()).then(|| Unit {
                inhabitants: unit.inhabitants.saturating_sub(inside),
                ..unit.clone()
            });
            for atom in parts
                .cloned()
                .chain(rest)
                .filter(|atom| atom.inhabitants > 0)
            {
                let holds = |units: &&[Unit]| units.iter().any(|one| one.holds(&atom));
                let signature: Vec<bool> = said.iter().map(holds).collect();
                let same = |group: &&mut (Vec<bool>, Vec<Unit>)| {
                    group.0 == signature && group.1[0].region == atom.region
                };
                match groups.iter_mut().find(same) {
                    Some((_, units)) if units.contains(&atom) => {}
                    Some((_, units)) => units.push(atom),
                    None => groups.push((signature, vec![atom])),
                }
            }
        }
        Layout(groups.into_iter().map(|(_, units)| units).collect())
    }
}

/// Places of regions, each a list of units that lie in no other.
pub(crate) struct Layout(Vec<Vec<Unit>>);

impl Layout {
    /// The places of a region, in their order.
    fn in_region(&self, region: u8) -> impl Iterator<Item = &Vec<Unit>> {
        self.0.iter().filter(move |units| units[0].region == region)
    }

    /// The same region with these places.
    pub(crate) fn divide(&self, region: &Region) -> Region {
        let spot = |units: &Vec<Unit>| Spot {
            name: (units.iter().map(|unit| unit.name.as_str()))
                .collect::<Vec<_>>()
                .join(", "),
            inhabitants: units.iter().map(|unit| unit.inhabitants).sum(),
        };
        Region {
            places: self.in_region(region.number).map(spot).collect(),
            ..region.clone()
        }
    }

    /// The places of a region that lie in these units.
    pub(crate) fn places_of(&self, region: u8, units: &[Unit]) -> Vec<u8> {
        let is_in = |(_, place): &(u8, &Vec<Unit>)| units.iter().any(|unit| unit.holds(&place[0]));
        let places = (0..).zip(self.in_region(region)).filter(is_in);
        places.map(|(at, _)| at).collect()
    }
}

/// The words in a list.
pub(crate) fn words(node: &Node) -> Vec<String> {
    let Value::List(list) = &node.value else {
        return Vec::new();
    };
    let word = |one: &Node| match &one.value {
        Value::Text(text) => Some(text.clone()),
        _ => None,
    };
    list.iter().filter_map(word).collect()
}
