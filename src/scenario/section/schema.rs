//! The JSON Schema of each format, for editors that mark a mistake while it is typed.
//!
//! Made from the keys by which files are read, and from the table of parameters.
//! A schema looks at one file and nothing else: whether a form is there, a value
//! lies in the range of its evidence or shares add up, `rvtsim check` tells.

use std::collections::BTreeMap;

use serde_json::{Map, Value, json};

use super::quantity;
use super::shape::{Key, Kind, Need};
use crate::model::{Parameters, Spec, Unit};
use crate::scenario::evidence::range;
use crate::scenario::fault::lang::Lang;
use crate::scenario::file::format::Format;

/// Name of the definition of other values for some parameters.
const VALUES: &str = "values";

impl Format {
    /// Its JSON Schema, draft 7: what Taplo and Even Better TOML read.
    pub fn schema(&self) -> Value {
        let Kind::Table(keys) = self.content else {
            return self.headed(shape(&self.content));
        };
        if !keys.iter().any(|key| key.name == "extends") {
            return self.headed(shape(&self.content));
        }
        // What another file may say already need not be said here.
        let properties = keys.iter().map(|key| (key.name, described(key, part(key))));
        let mut schema = object(properties);
        schema["required"] = required(keys, |need| need == Need::Here);
        schema["if"] = json!({ "not": { "required": ["extends"] } });
        schema["then"] = whole(keys);
        self.headed(schema)
    }

    fn headed(&self, mut schema: Value) -> Value {
        schema["$schema"] = json!("http://json-schema.org/draft-07/schema#");
        schema["title"] = json!(self.title);
        let of_unit = |unit: Unit| match self.content {
            Kind::Entries(keys) => entry(keys, unit),
            _ => value_in(unit),
        };
        let units = Unit::ALL.iter();
        schema["definitions"] = units.map(|&unit| (unit.key(), of_unit(unit))).collect();
        if schema.to_string().contains(&reference_to(VALUES)) {
            schema["definitions"][VALUES] = values();
        }
        schema
    }
}

/// What stands behind a key of a file that may extend another.
fn part(key: &Key) -> Value {
    match key.kind {
        Kind::Table(keys) => partial(keys),
        Kind::Named(Kind::OrGone(Kind::Table(keys))) => {
            json!({ "type": "object", "additionalProperties": or_gone(partial(keys)) })
        }
        Kind::Each(words, Kind::OrGone(Kind::Table(keys))) => {
            object(words().iter().map(|word| (*word, or_gone(partial(keys)))))
        }
        kind => shape(&kind),
    }
}

/// A table of which the other file may hold the rest.
fn partial(keys: &[Key]) -> Value {
    let mut table = shape(&Kind::Table(&[]));
    let properties = keys.iter();
    table["properties"] = properties
        .map(|key| (key.name, described(key, shape(&key.kind))))
        .collect();
    table["required"] = required(keys, |need| need == Need::Here);
    table
}

fn or_gone(table: Value) -> Value {
    json!({ "anyOf": [{ "const": false }, table] })
}

/// What a file must have that extends nothing.
fn whole(keys: &[Key]) -> Value {
    let is_needed = |need| matches!(need, Need::Always | Need::Here);
    let within = |key: &Key| match key.kind {
        Kind::Table(keys) => Some(json!({ "required": required(keys, is_needed) })),
        Kind::Named(Kind::OrGone(Kind::Table(keys)))
        | Kind::Each(_, Kind::OrGone(Kind::Table(keys))) => {
            Some(json!({ "additionalProperties": { "required": required(keys, is_needed) } }))
        }
        _ => None,
    };
    let properties = keys.iter().filter_map(|key| Some((key.name, within(key)?)));
    let properties: Value = properties.collect();
    json!({ "required": required(keys, is_needed), "properties": properties })
}

fn required(keys: &[Key], is_needed: impl Fn(Need) -> bool) -> Value {
    let keys = keys.iter().filter(|key| is_needed(key.need));
    keys.map(|key| key.name).collect()
}

/// A table with these keys and no others.
fn object<'a>(properties: impl Iterator<Item = (&'a str, Value)>) -> Value {
    let properties: Map<String, Value> = properties
        .map(|(name, value)| (name.to_owned(), value))
        .collect();
    json!({ "type": "object", "properties": properties, "additionalProperties": false })
}

/// The schema with what an editor shows beside it.
fn described(key: &Key, mut schema: Value) -> Value {
    let mut text = key.meaning.to_owned();
    match key.need {
        Need::Else(otherwise) => text += &format!(" Without it: {otherwise}."),
        Need::If(case) => text += &format!(" Needed if {case}."),
        Need::Always | Need::Here => {}
    }
    if !key.example.is_empty() {
        text += &format!(" Example: {} = {}", key.name, key.example);
    }
    schema["description"] = json!(text);
    schema
}

/// What may stand there.
fn shape(kind: &Kind) -> Value {
    match *kind {
        Kind::Text => json!({ "type": "string", "pattern": "\\S" }),
        Kind::Name(_) => json!({ "type": "string", "pattern": "^[a-z0-9_-]{1,64}$" }),
        Kind::Boolean => json!({ "type": "boolean" }),
        Kind::Number(low, high, _) => within("number", low, high),
        Kind::Whole(low, high) => {
            json!({ "type": "integer", "minimum": low, "maximum": high })
        }
        Kind::Amount => json!({ "type": ["number", "string"] }),
        Kind::Date => {
            json!({ "type": "string", "pattern": "^\\s*[0-9]{4}-[0-9]{2}-[0-9]{2}\\s*$" })
        }
        Kind::DateOr(keys) => {
            json!({ "anyOf": [shape(&Kind::Date), shape(&Kind::Table(keys))] })
        }
        Kind::Span => json!({ "type": "string", "pattern": quantity::span_pattern() }),
        Kind::Word(words) => json!({ "enum": words() }),
        Kind::Words(words) => {
            let word = format!("\\s*({})\\s*", words().join("|"));
            json!({ "type": "string", "pattern": format!("^{word}(,{word})*$") })
        }
        Kind::Regions => {
            let region = json!({ "type": ["string", "integer"] });
            json!({ "anyOf": [
                { "const": "all" },
                { "type": "array", "items": region, "minItems": 1 },
            ] })
        }
        Kind::List(one, least, most) => {
            let mut list = json!({ "type": "array", "items": shape(one), "minItems": least });
            if most < usize::MAX {
                list["maxItems"] = json!(most);
            }
            list
        }
        Kind::Table(keys) => {
            let properties = keys.iter();
            let mut table =
                object(properties.map(|key| (key.name, described(key, shape(&key.kind)))));
            table["required"] = required(keys, |need| matches!(need, Need::Always | Need::Here));
            table
        }
        Kind::Each(words, one) => object(words().into_iter().map(|word| (word, shape(one)))),
        Kind::Named(one) => json!({ "type": "object", "additionalProperties": shape(one) }),
        Kind::OrGone(one) => or_gone(shape(one)),
        // Beside a reference nothing else is read; hence `allOf`.
        Kind::Values => json!({ "allOf": [{ "$ref": reference_to(VALUES) }] }),
        Kind::Entries(_) => entries(),
    }
}

/// Numbers from low to high, either of which may be out of reach.
fn within(kind: &str, low: f64, high: f64) -> Value {
    let mut schema = json!({ "type": kind });
    if low > f64::MIN {
        schema["minimum"] = json!(low);
    }
    if high < f64::MAX {
        schema["maximum"] = json!(high);
    }
    schema
}

/// The parameters by their group, with their names in it.
fn groups() -> BTreeMap<&'static str, Vec<(&'static str, &'static Spec)>> {
    let mut groups: BTreeMap<_, Vec<_>> = BTreeMap::new();
    for spec in Parameters::TABLE {
        let (group, name) = spec.key.split_once('.').expect("a group and a name");
        groups.entry(group).or_default().push((name, spec));
    }
    groups
}

/// What the definition of its unit says, in the range of the parameter.
fn ranged(spec: &Spec) -> Value {
    // Beside a reference nothing else is read; hence `allOf`.
    let of_unit = reference(spec.unit);
    match range::own(spec) {
        None => json!({ "allOf": [of_unit] }),
        Some((low, high)) => json!({ "allOf": [of_unit], "minimum": low, "maximum": high }),
    }
}

fn reference(unit: Unit) -> Value {
    json!({ "$ref": reference_to(unit.key()) })
}

fn reference_to(definition: &str) -> String {
    format!("#/definitions/{definition}")
}

/// `group.name = value`, as a dotted key, in a table of its group, or as one quoted key.
fn values() -> Value {
    let groups = groups();
    let of_group = groups.iter().map(|(group, specs)| {
        let value = |spec: &Spec| {
            let (mut schema, example) = (ranged(spec), quantity::example(spec.unit));
            let example = example.text(Lang::En);
            schema["description"] = json!(format!("{} Write {example}.", spec.definition));
            schema
        };
        let properties = specs.iter().map(|&(name, spec)| (name, value(spec)));
        (*group, object(properties))
    });
    let whole = Parameters::TABLE.iter();
    let whole = whole.map(|spec| (spec.key, ranged(spec)));
    object(of_group.chain(whole))
}

/// A number in this unit, or a text with a quantity; `false` takes back what a file below says.
fn value_in(unit: Unit) -> Value {
    let mut schema = number_in(unit);
    schema["type"] = json!(["number", "string", "boolean"]);
    schema["not"] = json!({ "const": true });
    schema["pattern"] = json!(quantity::pattern(unit));
    schema
}

fn number_in(unit: Unit) -> Value {
    let (low, high) = range::of_unit(unit);
    let mut schema = within("number", low, high);
    if unit == Unit::Growth {
        schema["exclusiveMinimum"] = schema["minimum"].take();
        schema.as_object_mut().expect("a table").remove("minimum");
    }
    schema
}

/// The entry of a parameter in this unit.
fn entry(keys: &'static [Key], unit: Unit) -> Value {
    let mut entry = shape(&Kind::Table(keys));
    for number in ["value", "low", "high"] {
        let key = keys.iter().find(|key| key.name == number);
        let key = key.expect("an entry has three numbers");
        entry["properties"][number] = described(key, number_in(unit));
    }
    entry["properties"]["unit"] = json!({ "const": unit.key() });
    entry
}

/// The entry of a parameter: what the definition of its unit says, its numbers in its range.
fn entry_of(spec: &Spec) -> Value {
    let mut schema = json!({ "description": spec.definition, "allOf": [reference(spec.unit)] });
    if let Some((low, high)) = range::own(spec) {
        let number = json!({ "minimum": low, "maximum": high });
        schema["properties"] = json!({ "value": number, "low": number, "high": number });
    }
    schema
}

/// An entry for every parameter.
fn entries() -> Value {
    let groups = groups();
    let mut schema = object(groups.iter().map(|(group, specs)| {
        let properties = specs.iter();
        let properties = properties.map(|&(name, spec)| (name, entry_of(spec)));
        let mut table = object(properties);
        table["required"] = specs.iter().map(|&(name, _)| name).collect();
        (*group, table)
    }));
    schema["required"] = groups.keys().copied().collect();
    schema
}
