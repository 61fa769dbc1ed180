//! The `[evidence]` section of a file: other values for some parameters.
//!
//! Layers are applied in the order evidence, fitted values, belief set, form, the
//! files that a scenario extends, scenario; the last one that names a parameter
//! decides.

use std::collections::BTreeSet;

use crate::model::{Parameters, Spec};

use super::code;
use super::diagnostic::{Diagnostic, Diagnostics};
use super::evidence::{Entry, no_such_parameter, row_of};
use super::library::Document;
use super::quantity::{self, Quantity};
use super::raw::{Item, Node, Value};
use super::source::Place;

/// Other values for some parameters, from one file.
#[derive(Clone, PartialEq, Debug)]
pub(super) struct Layer {
    /// The file, from the library folder.
    pub(super) file: String,
    /// Rows of [`Parameters::TABLE`] with their values.
    pub(super) values: Vec<(usize, f64)>,
    /// Where each value stands.
    places: Vec<Place>,
}

impl Layer {
    /// The overrides of a file; what is wrong with them goes into the log.
    pub(super) fn read(
        document: &Document,
        entries: Option<&[Entry]>,
        log: &mut Diagnostics,
    ) -> Self {
        let mut reader = Reader {
            entries,
            seen: BTreeSet::new(),
            values: Vec::new(),
            places: Vec::new(),
        };
        let section = match &document.root.value {
            Value::Table(root) => root.get("evidence"),
            _ => None,
        };
        let table = section.and_then(|item| item.node.table(log));
        for item in table.into_iter().flat_map(|table| &table.items) {
            match &item.node.value {
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
            file: document.name.clone(),
            values: reader.values,
            places: reader.places,
        }
    }

    /// Where the last value stands whose row in the table is as asked for.
    pub(super) fn place_of(&self, is_it: impl Fn(usize) -> bool) -> Option<&Place> {
        let mut rows = self
            .values
            .iter()
            .map(|value| value.0)
            .zip(&self.places)
            .rev();
        rows.find_map(|(row, place)| is_it(row).then_some(place))
    }

    /// Puts the layer's values over those that there are.
    pub(super) fn apply(&self, values: &mut [f64]) {
        for &(row, value) in &self.values {
            values[row] = value;
        }
    }
}

/// Parameters with these values, in the order of the table.
pub(super) fn parameters(values: &[f64]) -> Parameters {
    let mut values = values.iter().copied();
    Parameters::from_values(|_| values.next().unwrap_or(f64::NAN))
}

struct Reader<'a> {
    entries: Option<&'a [Entry]>,
    seen: BTreeSet<usize>,
    values: Vec<(usize, f64)>,
    places: Vec<Place>,
}

impl Reader<'_> {
    fn take(&mut self, key: &str, item: &Item, log: &mut Diagnostics) {
        let Some(row) = row_of(key) else {
            return no_such_parameter(key, item, log);
        };
        if !self.seen.insert(row) {
            let fact = format!("`{key}` is given twice in this file");
            let fault = Diagnostic::error(code::TWICE, fact).help("take out one of the two");
            log.push(fault.at(&item.key_place));
        }
        let Some(value) = value(&Parameters::TABLE[row], &item.node, log) else {
            return;
        };
        if let Some(entry) = self.entries.map(|entries| &entries[row])
            && !(entry.low..=entry.high).contains(&value)
        {
            let (low, high) = (entry.low, entry.high);
            let fact = format!("{value} lies outside the evidence for `{key}`: {low} to {high}");
            let help = "it is used all the same; say in the label why";
            let warning = Diagnostic::warning(code::OUTSIDE_RANGE, fact).help(help);
            log.push(warning.at(&item.node.place));
        }
        self.values.push((row, value));
        self.places.push(item.node.place.clone());
    }
}

/// A number in the parameter's own unit, or a quantity.
fn value(spec: &Spec, node: &Node, log: &mut Diagnostics) -> Option<f64> {
    let example = quantity::example(spec.unit);
    let result = match &node.value {
        Value::Text(text) => {
            Quantity::parse(text, example).and_then(|quantity| quantity.in_unit(spec.unit))
        }
        Value::Whole(_) | Value::Number(_) => Ok((node.number(log)?, None)),
        _ => {
            node.wrong_type("a number or a quantity", &format!("write {example}"), log);
            return None;
        }
    };
    let result = result
        .and_then(|(value, remark)| quantity::permit(spec.unit, value).map(|()| (value, remark)));
    match result {
        Ok((value, remark)) => {
            if let Some(remark) = remark {
                let help = format!("write it in {} to be sure", spec.unit.key());
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
