//! The `[evidence]` section of a file: other values for some parameters.
//!
//! Layers are applied in the order evidence, fitted values, belief set, form, the
//! files that a scenario extends, scenario; the last one that names a parameter
//! decides. One that says how much more or less changes what the earlier ones decided.

use std::collections::BTreeSet;

use super::{Entry, no_such_parameter, range, row_of};
use crate::model::{Parameters, Spec};
use crate::scenario::fault::code;
use crate::scenario::fault::diagnostic::{Diagnostic, Diagnostics};
use crate::scenario::fault::said::said;
use crate::scenario::fault::source::Place;
use crate::scenario::file::library::Document;
use crate::scenario::file::raw::{Item, Node, Value};
use crate::scenario::input;
use crate::scenario::section::quantity::{self, Quantity};

/// Other values for some parameters, from one file.
#[derive(Clone, PartialEq, Debug)]
pub(crate) struct Layer {
    /// The file, from the library folder.
    pub(crate) file: String,
    /// What it says of parameters.
    pub(crate) overrides: Vec<Override>,
}

/// What a file says of one parameter.
#[derive(Clone, PartialEq, Debug)]
pub(crate) struct Override {
    /// Row of [`Parameters::TABLE`].
    pub(crate) row: usize,
    change: Change,
    pub(crate) place: Place,
}

/// What becomes of a value.
#[derive(Clone, Copy, PartialEq, Debug)]
enum Change {
    /// It is this.
    To(f64),
    /// It is so many times what it would be without this file.
    Times(f64),
    /// It is what it would be without the file below that gives it.
    Back,
}

impl Layer {
    /// The overrides of a file; what is wrong with them goes into the log.
    pub(crate) fn read(document: &Document, log: &mut Diagnostics) -> Self {
        let section = match &document.root.value {
            Value::Table(root) => root.get("evidence"),
            _ => None,
        };
        Layer::of(document.name.clone(), section.map(|item| &item.node), log)
    }

    /// The overrides of a table, by the name of whoever gives them.
    pub(crate) fn of(file: String, section: Option<&Node>, log: &mut Diagnostics) -> Self {
        let mut reader = Reader {
            seen: BTreeSet::new(),
            overrides: Vec::new(),
        };
        let table = section.and_then(|node| node.table(log));
        for item in table.into_iter().flat_map(|table| &table.items) {
            match &item.node.value {
                Value::Table(_) if row_of(&item.key).is_some() => {
                    reader.take(&item.key, item, log);
                }
                // A group of dotted keys, or a table [evidence.group].
                Value::Table(group) => {
                    for one in &group.items {
                        reader.take(&format!("{}.{}", item.key, one.key), one, log);
                    }
                }
                _ => reader.take(&item.key, item, log),
            }
        }
        Self {
            file,
            overrides: reader.overrides,
        }
    }

    /// Values that stand in no TOML file, all with one place.
    pub(crate) fn of_values(
        file: &str,
        values: impl Iterator<Item = (usize, f64)>,
        place: &Place,
    ) -> Self {
        let value = |(row, value)| Override {
            row,
            change: Change::To(value),
            place: place.clone(),
        };
        Self {
            file: file.to_owned(),
            overrides: values.map(value).collect(),
        }
    }

    /// Where the last value stands whose row in the table is as asked for.
    pub(crate) fn place_of(&self, is_it: impl Fn(usize) -> bool) -> Option<&Place> {
        let last = self.overrides.iter().rfind(|one| is_it(one.row));
        last.map(|one| &one.place)
    }

    /// Puts what the layer says over the values that there are. What a parameter cannot be is an
    /// error, what its evidence does not hold for possible a warning.
    pub(crate) fn apply(&self, values: &mut [f64], entries: &[Entry], log: &mut Diagnostics) {
        for one in &self.overrides {
            let entry = &entries[one.row];
            let before = values[one.row];
            let value = match one.change {
                Change::To(value) => value,
                Change::Times(factor) => factor * before,
                // Taken back before, or nothing was there to take back, which has been told.
                Change::Back => before,
            };
            values[one.row] = value;
            let key = entry.spec.key;
            let fault = if let Err(fault) = range::permit(entry.spec, value) {
                let mut fault = fault.diagnostic();
                if matches!(one.change, Change::Times(_)) {
                    let help = fault.help.unwrap_or_else(|| "".into());
                    let before = (before * 1e6).round() / 1e6;
                    fault.help = Some(said!("{}; without this line it is {}", help, before));
                }
                fault
            } else if !(entry.low..=entry.high).contains(&value) {
                let (low, high) = (entry.low, entry.high);
                // A product may have a long tail of digits.
                let value = (value * 1e6).round() / 1e6;
                let fact = said!(
                    "{} lies outside the evidence for `{}`: {} to {}",
                    value,
                    key,
                    low,
                    high
                );
                let help = said!("it is used all the same; say in the label why");
                Diagnostic::warning(code::OUTSIDE_RANGE, fact).help(help)
            } else {
                continue;
            };
            log.push(fault.at(&one.place));
        }
    }
}

/// Takes back what a layer does not want of the nearest one below it that gives the value.
pub(crate) fn take_back(layers: &mut [Layer], log: &mut Diagnostics) {
    for top in 0..layers.len() {
        let (below, own) = layers.split_at_mut(top);
        let own = &mut own[0];
        let backs = own
            .overrides
            .iter()
            .filter(|one| one.change == Change::Back);
        for back in backs {
            let gives = |layer: &&mut Layer| layer.overrides.iter().any(|one| one.row == back.row);
            match below.iter_mut().rev().find(gives) {
                Some(layer) => layer.overrides.retain(|one| one.row != back.row),
                None => {
                    let key = Parameters::TABLE[back.row].key;
                    let fact = said!(
                        "no file below this one gives `{}`, so nothing is taken back",
                        key
                    );
                    let fault = Diagnostic::error(code::NO_CHANGE, fact);
                    let help = said!("take the line out, or write a value");
                    log.push(fault.help(help).at(&back.place));
                }
            }
        }
        own.overrides.retain(|one| one.change != Change::Back);
    }
}

/// What the layers make of the values of the evidence.
pub(crate) fn values<'a>(
    ledger: &[Entry],
    layers: impl IntoIterator<Item = &'a Layer>,
    log: &mut Diagnostics,
) -> Vec<f64> {
    let mut values: Vec<f64> = ledger.iter().map(|entry| entry.value).collect();
    for layer in layers {
        layer.apply(&mut values, ledger, log);
    }
    values
}

/// Parameters with these values, in the order of the table.
pub(crate) fn parameters(values: &[f64]) -> Parameters {
    let mut values = values.iter().copied();
    Parameters::from_values(|_| values.next().unwrap_or(f64::NAN))
}

struct Reader {
    seen: BTreeSet<usize>,
    overrides: Vec<Override>,
}

impl Reader {
    fn take(&mut self, key: &str, item: &Item, log: &mut Diagnostics) {
        let last = key.rsplit('.').next().unwrap_or_default();
        if ["from", "regions"].contains(&last) {
            return by_date_or_region(&item.key_place, log);
        }
        let Some(row) = row_of(key) else {
            return no_such_parameter(key, item, log);
        };
        if !self.seen.insert(row) {
            let fact = said!("`{}` is given twice in this file", key);
            let fault = Diagnostic::error(code::TWICE, fact).help(said!("take out one of the two"));
            log.push(fault.at(&item.key_place));
        }
        let Some(change) = change(&Parameters::TABLE[row], &item.node, log) else {
            return;
        };
        self.overrides.push(Override {
            row,
            change,
            place: item.node.place.clone(),
        });
    }
}

/// Reports that a value holds everywhere and from the first day on.
fn by_date_or_region(place: &Place, log: &mut Diagnostics) {
    let fact = said!("a value holds in all regions, and from the first day of the warm-up on");
    let help = said!(
        "for a value by date or by region write a path: [[paths.NAME.change]] with `form`, `from`, `regions` and `evidence`"
    );
    log.push(
        Diagnostic::error(code::UNKNOWN_KEY, fact)
            .help(help)
            .at(place),
    );
}

/// A value, or "20 % less", "10 % more", or false.
fn change(spec: &Spec, node: &Node, log: &mut Diagnostics) -> Option<Change> {
    if matches!(node.value, Value::Boolean(false)) {
        return Some(Change::Back);
    }
    let factor = match &node.value {
        Value::Text(text) => quantity::factor(text),
        _ => None,
    };
    match factor {
        None => value(spec, node, log).map(Change::To),
        Some(Ok(factor)) => Some(Change::Times(factor)),
        Some(Err(fault)) => {
            log.push(fault.diagnostic().at(&node.place));
            None
        }
    }
}

/// A number in the parameter's own unit, or a quantity.
pub(crate) fn value(spec: &Spec, node: &Node, log: &mut Diagnostics) -> Option<f64> {
    let example = quantity::example(spec.unit);
    let result = match &node.value {
        Value::Text(text) => {
            Quantity::parse(text, example).and_then(|quantity| quantity.in_unit(spec.unit))
        }
        Value::Number(_) if let Some(fault) = quantity::doubtful(node.place.text()) => Err(fault),
        Value::Whole(_) | Value::Number(_) => Ok((node.number(log)?, None)),
        Value::Table(table) if let Some(item) = table.get("from").or(table.get("regions")) => {
            by_date_or_region(&item.key_place, log);
            return None;
        }
        _ => {
            node.wrong_type(
                said!("a number or a quantity"),
                said!("write {}", example),
                log,
            );
            return None;
        }
    };
    let result =
        result.and_then(|(value, remark)| range::permit(spec, value).map(|()| (value, remark)));
    match result {
        Ok((value, remark)) => {
            if let Some(remark) = remark {
                let help = said!("write it in {} to be sure", spec.unit.key());
                log.push(
                    Diagnostic::warning(code::CONVERTED, remark)
                        .help(help)
                        .at(&node.place),
                );
            }
            Some(value)
        }
        Err(fault) => {
            log.push(fault.diagnostic().at(&node.place));
            None
        }
    }
}

/// What some layers change of the values without them.
pub(crate) fn changes_of(layers: &[Layer], without: &[f64], with: &[Entry]) -> Vec<input::Change> {
    let last = |row: usize| {
        let named = |layer: &&Layer| layer.overrides.iter().any(|one| one.row == row);
        layers.iter().rfind(named)
    };
    let change = |(row, entry): (usize, &Entry)| {
        let file = last(row)?.file.clone();
        let (before, after) = (without[row], entry.value_in_effect);
        Some(input::Change {
            row,
            before,
            after,
            file,
        })
    };
    with.iter().enumerate().filter_map(change).collect()
}
