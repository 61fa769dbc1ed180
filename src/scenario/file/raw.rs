//! A TOML file as a tree in which every key and value knows its place.
//!
//! The tree is ours and not the parser's: files that extend each other are laid
//! over one another, and a value must still know which file it came from.

use std::ops::Range;
use std::sync::Arc;

use toml::Spanned;
use toml::de::{DeTable, DeValue};
use toml::value::Datetime;

use crate::scenario::fault::diagnostic::{Diagnostic, Diagnostics};
use crate::scenario::fault::said::{Said, said};
use crate::scenario::fault::source::{Place, Source};
use crate::scenario::fault::{code, syntax};

/// A value and its place.
#[derive(Clone, Debug)]
pub(crate) struct Node {
    pub(crate) value: Value,
    pub(crate) place: Place,
}

/// What a TOML file can say.
#[derive(Clone, Debug)]
pub(crate) enum Value {
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
pub(crate) struct Table {
    pub(crate) items: Vec<Item>,
}

/// A key and its value.
#[derive(Clone, Debug)]
pub(crate) struct Item {
    pub(crate) key: String,
    pub(crate) key_place: Place,
    pub(crate) node: Node,
}

impl Table {
    pub(crate) fn get(&self, key: &str) -> Option<&Item> {
        self.items.iter().find(|item| item.key == key)
    }

    /// Its items, without those that a file takes away of one that it extends: `NAME = false`.
    pub(crate) fn kept(&self) -> Vec<&Item> {
        let is_kept = |item: &&Item| !matches!(item.node.value, Value::Boolean(false));
        self.items.iter().filter(is_kept).collect()
    }
}

impl Value {
    /// What it is, in words.
    pub(crate) fn kind(&self) -> Said {
        match self {
            Value::Text(_) => said!("a text"),
            Value::Whole(_) => said!("a whole number"),
            Value::Number(_) => said!("a number"),
            Value::Boolean(_) => said!("true or false"),
            Value::Date(_) => said!("a date or time"),
            Value::List(_) => said!("a list"),
            Value::Table(_) => said!("a table"),
        }
    }
}

/// In a larger file only the first syntax error is told \[bytes\]: a file that is
/// not TOML at all has more errors than bytes, and they would fill the memory.
const MAX_RECOVERED_BYTES: usize = 512 << 10;
/// A file is read again without a line that is not TOML, but no more than this in all \[bytes\].
const MAX_PARSED_BYTES: usize = 8 << 20;
/// A file with more mistakes is no TOML, and not read again.
const MAX_ERRORS: usize = 100;
/// Deeper trees are cut; no file of ours goes beyond 4.
const MAX_DEPTH: usize = 16;
/// The stack on which a file is parsed \[bytes\]. Dotted keys within inline tables
/// may make a tree 80 x 80 deep before the parser stops, and it takes such a tree
/// down by recursion; an ordinary stack would overflow, which nobody can catch.
#[cfg(feature = "parallel")]
const STACK_BYTES: usize = 64 << 20;

/// The tree of a file; every syntax error goes into the log, and what could be
/// read in spite of them is returned.
#[cfg(feature = "parallel")]
pub(crate) fn parse(source: &Arc<Source>, log: &mut Diagnostics) -> Option<Node> {
    let node = std::thread::scope(|scope| {
        let builder = std::thread::Builder::new().stack_size(STACK_BYTES);
        let parser = builder.spawn_scoped(scope, || parse_here(source, log).0);
        parser.ok().and_then(|parser| parser.join().ok())
    });
    if node.is_none() {
        let fact = said!(
            "{} cannot be read: there is no memory to parse it",
            source.path
        );
        let help = said!("make it smaller, or close other programs");
        log.push(Diagnostic::error(code::UNREADABLE, fact).help(help));
    }
    node
}

/// The same where there are no threads: on the stack that there is, which whoever has no others makes as large.
#[cfg(not(feature = "parallel"))]
pub(crate) fn parse(source: &Arc<Source>, log: &mut Diagnostics) -> Option<Node> {
    Some(parse_here(source, log).0)
}

/// The tree, and how often the file was read for it.
fn parse_here(source: &Arc<Source>, log: &mut Diagnostics) -> (Node, usize) {
    let mut text = source.text.clone();
    let n_most = MAX_PARSED_BYTES / text.len().max(1);
    for n_read in 1.. {
        let (table, mut errors) = if text.len() <= MAX_RECOVERED_BYTES {
            DeTable::parse_recoverable(&text)
        } else {
            match DeTable::parse(&text) {
                Ok(table) => (table, Vec::new()),
                Err(error) => (Spanned::new(0..0, DeTable::new()), vec![error]),
            }
        };
        errors.sort_by_key(|error| error.span().map(|span| span.start));
        let may_try_again = n_read < n_most && errors.len() <= MAX_ERRORS;
        let Some(line) = report(&errors, source, may_try_again, log) else {
            let tree = Tree { source };
            let root = tree.table(table.get_ref(), 0, log);
            let place = tree.place(0..0);
            let value = Value::Table(root);
            return (Node { value, place }, n_read);
        };
        // After some mistakes the parser does not find its way back. Without the line it does.
        let blank = " ".repeat(line.len());
        text.replace_range(line, &blank);
    }
    unreachable!("the last time that it may be read, nothing is blanked")
}

/// Reports syntax errors, up to the first line that it is better to read the file without,
/// which is the answer; all of them if there is no time to read it again.
fn report(
    errors: &[toml::de::Error],
    source: &Arc<Source>,
    may_try_again: bool,
    log: &mut Diagnostics,
) -> Option<Range<usize>> {
    let end = source.text.len();
    for error in errors {
        if log.has_enough() {
            break;
        }
        let place = Place::new(source, error.span().unwrap_or(end..end));
        // The parser may stumble any number of times over the same mistake.
        if log.is_broken(&place) {
            continue;
        }
        let is_new = !log.goes_on(&place);
        let breaks_table = is_new && syntax::breaks_table(&place, error.message());
        if is_new {
            log.push_syntax(syntax::explain(&place, error.message()), breaks_table);
        } else {
            log.note_broken(&place, false);
        }
        if may_try_again && !breaks_table {
            return Some(place.line_span());
        }
    }
    None
}

/// The conversion of one file.
struct Tree<'a> {
    source: &'a Arc<Source>,
}

impl Tree<'_> {
    fn place(&self, span: Range<usize>) -> Place {
        Place::new(self.source, span)
    }

    fn table(&self, table: &DeTable<'_>, depth: usize, log: &mut Diagnostics) -> Table {
        let mut items = Vec::new();
        for (key, value) in table {
            items.push(Item {
                key: key.get_ref().to_string(),
                key_place: self.place(key.span()),
                node: self.node(value, depth + 1, log),
            });
        }
        items.sort_by_key(|item| item.key_place.span.start);
        Table { items }
    }

    fn node(&self, value: &Spanned<DeValue<'_>>, depth: usize, log: &mut Diagnostics) -> Node {
        let place = self.place(value.span());
        if depth > MAX_DEPTH {
            let fact = said!("this is nested more than {} deep", MAX_DEPTH);
            let help =
                said!("take out the brackets that are not needed; no file here needs more than 4");
            let fault = Diagnostic::error(code::SYNTAX, fact).help(help);
            log.push_syntax(fault.at(&place), false);
            return Node {
                value: Value::Table(Table::default()),
                place,
            };
        }
        let value = match value.get_ref() {
            DeValue::String(text) => Value::Text(text.to_string()),
            // A whole number that does not fit is left to the check of its range.
            DeValue::Integer(digits) if digits.as_str() == "-0" => Value::Number(-0.0),
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
                    .map(|one| self.node(one, depth + 1, log))
                    .collect(),
            ),
            DeValue::Table(table) => Value::Table(self.table(table, depth, log)),
        };
        Node { value, place }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::scenario::Lang;

    fn parsed(text: &str) -> (Node, Diagnostics) {
        let source = Arc::new(Source::new("a.toml", text.to_owned(), String::new()));
        let mut log = Diagnostics::default();
        (parse(&source, &mut log).unwrap(), log)
    }

    #[test]
    fn several_syntax_errors_are_found_at_once() {
        let (_, mut log) = parsed("a = 0,6\nb = 1\nc = via_triage\n[d\n");
        log.sort();
        let lines: Vec<_> = log
            .iter()
            .map(|one| one.place.as_ref().unwrap().line())
            .collect();
        assert_eq!(lines, [1, 3, 4], "{log}");
        let helps = log.iter().filter_map(|one| one.help.as_ref());
        let helps: Vec<_> = helps.map(|help| help.text(Lang::En)).collect();
        let expected = [
            "write a decimal point: a = 0.6",
            "write quotes around it: c = \"via_triage\"",
            "write [d]",
        ];
        assert_eq!(helps, expected);
    }

    /// However many mistakes a file has, what is read of it in all is bounded.
    #[test]
    fn a_file_with_many_mistakes_is_not_read_for_each_of_them() {
        let mistakes = [
            "?!\n",
            "a = 1,5\n",
            "a = \n",
            "[a\nb = \n",
            "\"\"\"\n",
            "# x\na = [\n",
        ];
        for mistake in mistakes {
            for n_bytes in [1 << 10, 100 << 10, MAX_RECOVERED_BYTES, 1 << 20] {
                let text = mistake.repeat(n_bytes / mistake.len());
                let source = Arc::new(Source::new("a.toml", text, String::new()));
                let mut log = Diagnostics::default();
                let (_, n_read) = parse_here(&source, &mut log);
                assert!(log.has_errors());
                // A line that was blanked is not TOML, and of those no more than 50 are told.
                assert!(
                    n_read <= 1 + MAX_ERRORS,
                    "{mistake:?} x {n_bytes}: {n_read}"
                );
                let n_parsed = n_read * source.text.len();
                assert!(
                    n_parsed <= MAX_PARSED_BYTES.max(source.text.len()),
                    "{mistake:?}"
                );
            }
        }
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
