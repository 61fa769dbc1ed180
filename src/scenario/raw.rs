//! A TOML file as a tree in which every key and value knows its place.
//!
//! The tree is ours and not the parser's: files that extend each other are laid
//! over one another, and a value must still know which file it came from.

use std::ops::Range;
use std::sync::Arc;

use toml::de::{DeTable, DeValue};
use toml::value::Datetime;

use super::code;
use super::diagnostic::{Diagnostic, Diagnostics};
use super::source::{Place, Source};

/// A value and its place.
#[derive(Clone, Debug)]
pub(super) struct Node {
    pub(super) value: Value,
    pub(super) place: Place,
}

/// What a TOML file can say.
#[derive(Clone, Debug)]
pub(super) enum Value {
    Text(String),
    Whole(i64),
    Number(f64),
    Boolean(bool),
    Date(Datetime),
    List(Vec<Node>),
    Table(Table),
}

/// Keys and their values, in the order of the file.
#[derive(Clone, Debug, Default)]
pub(super) struct Table {
    pub(super) items: Vec<Item>,
}

/// A key and its value.
#[derive(Clone, Debug)]
pub(super) struct Item {
    pub(super) key: String,
    pub(super) key_place: Place,
    pub(super) node: Node,
}

impl Table {
    pub(super) fn get(&self, key: &str) -> Option<&Item> {
        self.items.iter().find(|item| item.key == key)
    }
}

impl Value {
    /// What it is, in words.
    pub(super) fn kind(&self) -> &'static str {
        match self {
            Value::Text(_) => "a text",
            Value::Whole(_) => "a whole number",
            Value::Number(_) => "a number",
            Value::Boolean(_) => "true or false",
            Value::Date(_) => "a date or time",
            Value::List(_) => "a list",
            Value::Table(_) => "a table",
        }
    }
}

/// The tree of a file; every syntax error goes into the log, and what could be
/// read in spite of them is returned.
pub(super) fn parse(source: &Arc<Source>, log: &mut Diagnostics) -> Node {
    let (table, errors) = DeTable::parse_recoverable(&source.text);
    for error in errors {
        let end = source.text.len();
        let place = Place::new(source, error.span().unwrap_or(end..end));
        let mut diagnostic = Diagnostic::error(code::SYNTAX, error.message()).at(&place);
        if let Some(help) = syntax_help(&place) {
            diagnostic = diagnostic.help(help);
        }
        log.push_syntax(diagnostic);
    }
    let tree = Tree { source };
    Node {
        value: Value::Table(tree.table(table.get_ref())),
        place: tree.place(0..0),
    }
}

/// What somebody probably meant who knows spreadsheets better than TOML.
fn syntax_help(place: &Place) -> Option<String> {
    let (line, _) = place.excerpt();
    let (key, value) = line.split_once('=')?;
    let (key, value) = (key.trim(), value.trim());
    let (whole, decimals) = value.split_once(',').unwrap_or((value, ""));
    let is_digits = |text: &str| !text.is_empty() && text.bytes().all(|byte| byte.is_ascii_digit());
    if is_digits(whole) && is_digits(decimals) {
        return Some(format!("write a decimal point: {key} = {whole}.{decimals}"));
    }
    let is_word = |text: &str| {
        let mut letters = text.chars();
        letters.next().is_some_and(char::is_alphabetic)
            && letters.all(|letter| letter.is_alphanumeric() || " _-".contains(letter))
    };
    is_word(value).then(|| format!("write text between quotes: {key} = \"{value}\""))
}

/// The conversion of one file.
struct Tree<'a> {
    source: &'a Arc<Source>,
}

impl Tree<'_> {
    fn place(&self, span: Range<usize>) -> Place {
        Place::new(self.source, span)
    }

    fn table(&self, table: &DeTable<'_>) -> Table {
        let item = |(key, value): (&toml::Spanned<_>, &toml::Spanned<_>)| {
            let key_text: &std::borrow::Cow<'_, str> = key.get_ref();
            Item {
                key: key_text.to_string(),
                key_place: self.place(key.span()),
                node: self.node(value.get_ref(), value.span()),
            }
        };
        let mut items: Vec<Item> = table.iter().map(item).collect();
        items.sort_by_key(|item| item.key_place.span.start);
        Table { items }
    }

    fn node(&self, value: &DeValue<'_>, span: Range<usize>) -> Node {
        let value = match value {
            DeValue::String(text) => Value::Text(text.to_string()),
            // A whole number that does not fit is left to the check of its range.
            DeValue::Integer(digits) => {
                match i64::from_str_radix(digits.as_str(), digits.radix()) {
                    Ok(whole) => Value::Whole(whole),
                    Err(_) => Value::Number(digits.as_str().parse().unwrap_or(f64::INFINITY)),
                }
            }
            DeValue::Float(digits) => Value::Number(digits.as_str().parse().unwrap_or(f64::NAN)),
            DeValue::Boolean(boolean) => Value::Boolean(*boolean),
            DeValue::Datetime(date) => Value::Date(*date),
            DeValue::Array(list) => Value::List(
                list.iter()
                    .map(|one| self.node(one.get_ref(), one.span()))
                    .collect(),
            ),
            DeValue::Table(table) => Value::Table(self.table(table)),
        };
        Node {
            value,
            place: self.place(span),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn parsed(text: &str) -> (Node, Diagnostics) {
        let source = Arc::new(Source::new("a.toml", text.to_owned(), String::new()));
        let mut log = Diagnostics::default();
        (parse(&source, &mut log), log)
    }

    #[test]
    fn several_syntax_errors_are_found_at_once() {
        let (_, log) = parsed("a = 0,6\nb = 1\nc = via_triage\n[d\n");
        let lines: Vec<_> = log
            .iter()
            .map(|one| one.place.as_ref().unwrap().line())
            .collect();
        assert_eq!(lines, [1, 3, 4], "{log}");
        let helps: Vec<_> = log.iter().filter_map(|one| one.help.as_deref()).collect();
        let expected = [
            "write a decimal point: a = 0.6",
            "write text between quotes: c = \"via_triage\"",
        ];
        assert_eq!(helps, expected);
    }

    #[test]
    fn items_stand_in_the_order_of_the_file() {
        let (root, _) = parsed("[z]\nb = 1\na = 2\n[c]\n");
        let Value::Table(root) = root.value else {
            unreachable!()
        };
        let keys: Vec<_> = root.items.iter().map(|item| item.key.as_str()).collect();
        assert_eq!(keys, ["z", "c"]);
    }

    #[test]
    fn deep_nesting_is_an_error_and_not_a_crash() {
        let deep = "a.".repeat(100_000) + "a = 1\n" + "b = " + &"[".repeat(100_000);
        let (_, log) = parsed(&deep);
        assert!(log.has_errors());
        let path = "a.".repeat(70) + "a = {";
        let (_, log) = parsed(&path.repeat(70));
        assert!(log.has_errors());
    }
}
