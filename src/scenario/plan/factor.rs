//! A factor of a sweep: something that varies, and how far.

use crate::engine::Date;
use crate::model::{Block, Form, Period};
use crate::scenario::evidence::{Entry, layer, range, row_of, unknown};
use crate::scenario::fault::diagnostic::{Diagnostic, Diagnostics};
use crate::scenario::fault::rendering::shown;
use crate::scenario::fault::said::said;
use crate::scenario::fault::source::Place;
use crate::scenario::fault::{code, suggestion};
use crate::scenario::file::raw::{Item, Node, Value as Raw};
use crate::scenario::form::lever::BlockLever;
use crate::scenario::form::setting::{Choice, Setting, Value};
use crate::scenario::form::{Draft, rule};
use crate::scenario::input::Case;
use crate::scenario::period;
use crate::scenario::section::Section;
use crate::scenario::section::shape::{Key, Kind, Need};

/// A table `[sweep.ranges.NAME]`.
pub(crate) const RANGE: &[Key] = &[
    Key {
        name: "low",
        need: Need::If("there are no `levels`"),
        kind: Kind::Amount,
        meaning: "The lower end of its range; every value in between is as likely.",
        example: "0.2",
    },
    Key {
        name: "high",
        need: Need::If("there are no `levels`"),
        kind: Kind::Amount,
        meaning: "The upper end.",
        example: "0.8",
    },
    Key {
        name: "levels",
        need: Need::If("there is no range"),
        kind: Kind::List(&Kind::Amount, 1, 1000),
        meaning: "The values that it may have, each as likely: numbers, quantities, or words of a form's file; of a building block `on`, `off` (as the baseline has it) or a form of the scenario.",
        example: "[\"join\", \"take_over\"]",
    },
];

/// Something that varies.
#[derive(Clone, PartialEq, Debug)]
pub struct Factor {
    /// Its name: that of a parameter, or a path.
    pub key: String,
    /// What it moves.
    pub lever: Lever,
    /// How far.
    pub range: Range,
}

/// What a factor moves.
#[derive(Clone, PartialEq, Debug)]
pub enum Lever {
    /// A parameter, in every form: the row of the ledger.
    Parameter(usize),
    /// A setting of some forms: index of the case, and the setting.
    Setting(Vec<(usize, Setting)>),
    /// A building block of some forms.
    Block(BlockLever),
    /// The warm-up \[days\].
    WarmUp,
    /// The time that is measured \[days\].
    Measured,
}

/// How far a factor varies.
#[derive(Clone, PartialEq, Debug)]
pub enum Range {
    /// As its entry in evidence.toml says.
    Evidence(Box<Entry>),
    /// Evenly from one value to another.
    Between(f64, f64),
    /// Over some values, each as likely.
    Levels(Vec<Value>),
}

/// What a sweep varies something of.
pub(crate) struct Ground<'a> {
    pub(crate) ledger: &'a [Entry],
    pub(crate) cases: &'a [Case],
    /// Index of the case with which the others are compared.
    pub(crate) baseline: usize,
    /// The first day that is measured.
    pub(crate) start: Date,
}

impl Factor {
    /// A parameter over the range of its evidence.
    pub(crate) fn of_evidence(row: usize, entry: &Entry) -> Self {
        Factor {
            key: entry.spec.key.to_owned(),
            lever: Lever::Parameter(row),
            range: Range::Evidence(Box::new(entry.clone())),
        }
    }

    /// Something that has its values from a list: it has no range to choose one from.
    pub(crate) fn of_list(key: &str, lever: Lever, ground: &Ground<'_>) -> Self {
        let range = match lever {
            Lever::Parameter(row) => Range::Evidence(Box::new(ground.ledger[row].clone())),
            _ => Range::Levels(Vec::new()),
        };
        Factor {
            key: key.to_owned(),
            lever,
            range,
        }
    }

    /// The value at a place in its range, 0 to 1; between these, as likely as its distribution says.
    pub fn at(&self, place: f64) -> Value {
        let number = match &self.range {
            Range::Levels(levels) => {
                let level = (place * levels.len() as f64) as usize;
                return levels[level.min(levels.len() - 1)].clone();
            }
            Range::Between(low, high) => low + place * (high - low),
            Range::Evidence(entry) if place <= 0.0 => entry.low,
            Range::Evidence(entry) if place >= 1.0 => entry.high,
            Range::Evidence(entry) => entry.quantile(place),
        };
        Value::Number(number)
    }

    /// The first of these that moves something that this one moves as well.
    pub(crate) fn rival<'f>(&self, others: &'f [Factor]) -> Option<&'f Factor> {
        others.iter().find(|other| self.lever.meets(&other.lever))
    }

    /// How many values it has where a range is cut into `n`.
    pub fn n_levels(&self, n: u32) -> usize {
        match &self.range {
            Range::Levels(levels) => levels.len(),
            _ => n as usize,
        }
    }

    /// The `level`th of the values where a range is cut into `n`, its ends among them.
    pub fn level(&self, level: usize, n: u32) -> Value {
        match &self.range {
            Range::Levels(levels) => levels[level].clone(),
            _ if n == 1 => self.at(0.5),
            _ => self.at(level as f64 / f64::from(n - 1)),
        }
    }

    /// The block of a case that a value lets come from another form, with that form: those of all
    /// factors are taken together, when all else is in its place.
    pub fn taken(&self, value: &Value, case: usize) -> Option<(Block, &Form)> {
        match (&self.lever, value) {
            (Lever::Block(lever), Value::Word(word)) => lever.taken(word, case),
            _ => None,
        }
    }

    /// Puts a value in its place, if it is not that of a block.
    pub fn apply(
        &self,
        value: &Value,
        values: &mut [f64],
        case: (usize, &mut Form),
        period: &mut Period,
    ) {
        match (&self.lever, value) {
            (Lever::Parameter(row), Value::Number(number)) => values[*row] = *number,
            (Lever::WarmUp, Value::Number(days)) => period.warm_up_days = *days as u32,
            (Lever::Measured, Value::Number(days)) => period.measured_days = *days as u32,
            (Lever::Setting(settings), value) => {
                let (number, form) = case;
                let own = settings.iter().find(|(one, _)| *one == number);
                if let Some((_, setting)) = own {
                    setting.apply(form, value);
                }
            }
            _ => {}
        }
    }
}

impl Lever {
    /// Whether both move the same thing, so that one of their values would be lost.
    fn meets(&self, other: &Lever) -> bool {
        match (self, other) {
            (Lever::Setting(own), Lever::Setting(others)) => {
                own.iter().any(|one| others.contains(one))
            }
            _ => self == other,
        }
    }
}

/// That two factors move the same thing.
pub(crate) fn twice(factor: &Factor, rival: &Factor) -> Diagnostic {
    let fact = match factor.key == rival.key {
        true => said!("`{}` is named twice", shown(&factor.key)),
        false => said!(
            "`{}` and `{}` move the same thing",
            shown(&rival.key),
            shown(&factor.key)
        ),
    };
    Diagnostic::error(code::TWICE, fact).help(said!("take out one of the two"))
}

/// Reads one factor with its range.
pub(crate) fn read(item: &Item, ground: &Ground<'_>, log: &mut Diagnostics) -> Option<Factor> {
    let section = Section::of(&item.node, RANGE, log)?;
    let lever = lever(&item.key, &item.key_place, ground, log);
    let levels = section.optional("levels");
    let ends = match levels {
        Some(_) => None,
        None => Some((section.required("low", log), section.required("high", log))),
    };
    if let (Some(levels), Some(other)) =
        (levels, section.optional("low").or(section.optional("high")))
    {
        let fault = Diagnostic::error(
            code::TWICE,
            said!("a factor has levels or a range, not both"),
        );
        let fault = fault.help(said!("take out `levels`, or `low` and `high`"));
        log.push(fault.at(if other.place.line() > levels.place.line() {
            &other.place
        } else {
            &levels.place
        }));
        return None;
    }
    section.finish(log);
    let lever = lever?;
    let mut value = |node: &Node| {
        let value = value(&lever, node, ground, log)?;
        is_possible(&lever, &value, &node.place, ground, log).then_some(value)
    };
    let range = match (levels, ends) {
        (Some(node), _) => {
            let Raw::List(list) = &node.value else {
                node.wrong_type(
                    said!("a list"),
                    said!("write a list: [\"one\", \"two\"]"),
                    log,
                );
                return None;
            };
            let levels: Vec<Option<Value>> = list.iter().map(value).collect();
            let levels: Vec<Value> = levels.into_iter().collect::<Option<_>>()?;
            if levels.is_empty() {
                let fault = Diagnostic::error(code::EMPTY, said!("there is no level in this list"));
                let help = said!("write a list between [ and ], with commas");
                log.push(fault.help(help).at(&node.place));
                return None;
            }
            let is_new = |(number, level): (usize, &Value)| !levels[..number].contains(level);
            if !levels.iter().enumerate().all(is_new) {
                let fault =
                    Diagnostic::error(code::TWICE, said!("a level stands twice in this list"));
                log.push(fault.help(said!("take out one of the two")).at(&node.place));
                return None;
            }
            Range::Levels(levels)
        }
        (None, Some((low, high))) => {
            let (low, high) = (low.and_then(&mut value), high.and_then(&mut value));
            match (low?, high?) {
                (Value::Number(low), Value::Number(high)) if low < high => {
                    Range::Between(low, high)
                }
                (Value::Number(low), Value::Number(high)) => {
                    let fact = said!("low = {} does not lie below high = {}", low, high);
                    let fault = Diagnostic::error(code::BAD_ORDER, fact);
                    log.push(fault.help(said!("write low < high")).at(&item.key_place));
                    return None;
                }
                _ => {
                    let fact = said!("`{}` is a word, and has no range", shown(&item.key));
                    let help = said!("write levels = [...] with the words");
                    log.push(
                        Diagnostic::error(code::WRONG_TYPE, fact)
                            .help(help)
                            .at(&item.key_place),
                    );
                    return None;
                }
            }
        }
        (None, None) => return None,
    };
    let is_ranged = matches!(range, Range::Between(..));
    if is_ranged && matches!(lever, Lever::WarmUp | Lever::Measured) {
        let fault = Diagnostic::error(
            code::WRONG_TYPE,
            said!("a time has levels here, not a range"),
        );
        log.push(
            fault
                .help(said!("write levels = [\"2 years\", \"6 years\"]"))
                .at(&item.key_place),
        );
        return None;
    }
    Some(Factor {
        key: item.key.clone(),
        lever,
        range,
    })
}

/// What a name moves.
pub(crate) fn lever(
    key: &str,
    place: &Place,
    ground: &Ground<'_>,
    log: &mut Diagnostics,
) -> Option<Lever> {
    match key {
        "scenario.warm_up" => return Some(Lever::WarmUp),
        "scenario.measured" => return Some(Lever::Measured),
        _ => {}
    }
    if let Some(row) = row_of(key) {
        return Some(Lever::Parameter(row));
    }
    let (form, path) = key.split_once('.').unwrap_or((key, ""));
    let cases = ground.cases.iter().enumerate();
    let meant: Vec<(usize, &Case)> = cases
        .filter(|(_, case)| form == "*" || case.form.key == form)
        .collect();
    let fault = if meant.is_empty() {
        let is_path = ["teams.", "functions.", "form.", "blocks."]
            .iter()
            .any(|start| path.starts_with(start));
        if is_path {
            let keys: Vec<&str> = ground.cases.iter().map(|case| &*case.form.key).collect();
            let fact = said!("the scenario has no form `{}`", shown(form));
            let help = suggestion::help(form, &keys);
            Diagnostic::error(code::NO_SUCH_FORM, fact).help(help)
        } else {
            unknown(key)
        }
    } else if let Some(block) = path.strip_prefix("blocks.") {
        let cases = meant.iter().map(|(number, _)| *number).collect();
        match BlockLever::of(block, cases, ground) {
            Ok(lever) => return Some(Lever::Block(lever)),
            Err(fault) => fault,
        }
    } else {
        let settings = meant
            .iter()
            .map(|(number, case)| Ok((*number, Setting::at(path, &case.form)?)));
        // `*` means the forms that have such a setting.
        let (found, faults): (Vec<_>, Vec<_>) = settings.partition(Result::is_ok);
        let found: Vec<(usize, Setting)> = found.into_iter().flatten().collect();
        match faults.into_iter().find_map(Result::err) {
            Some(fault) if found.is_empty() => fault,
            _ => return Some(Lever::Setting(found)),
        }
    };
    // Of a form that is not there it is said once, however many of its settings vary.
    let is_told = fault.code == code::NO_SUCH_FORM && log.tells(&fault);
    if !log.has_enough() && !is_told {
        log.push(fault.at(place));
    }
    None
}

/// A value that stands in a TOML file.
fn value(lever: &Lever, node: &Node, ground: &Ground<'_>, log: &mut Diagnostics) -> Option<Value> {
    match lever {
        Lever::Parameter(row) => {
            layer::value(ground.ledger[*row].spec, node, log).map(Value::Number)
        }
        Lever::Block(lever) => word(node, &lever.words(), log),
        Lever::WarmUp => Some(Value::Number(period::days_before(ground.start, node, log)?)),
        Lever::Measured => Some(Value::Number(period::days_from(ground.start, node, log)?)),
        Lever::Setting(settings) => {
            let (case, setting) = settings.first()?;
            match setting.choice(&ground.cases[*case].form) {
                Choice::UpTo(most) => node.number_in(0.0..=most, log).map(Value::Number),
                Choice::Words(words) => word(node, &words, log),
            }
        }
    }
}

/// One of some words.
fn word(node: &Node, words: &[String], log: &mut Diagnostics) -> Option<Value> {
    let word = node.text(log)?;
    if words.iter().any(|one| one == word) {
        return Some(Value::Word(word.to_owned()));
    }
    let words: Vec<&str> = words.iter().map(String::as_str).collect();
    node.no_such_word(word, &words, log);
    None
}

/// A value that stands in a cell of a table: in the parameter's own unit.
pub(crate) fn value_of_cell(
    lever: &Lever,
    cell: &str,
    ground: &Ground<'_>,
) -> Result<Value, Diagnostic> {
    let number = || {
        let number = cell.parse::<f64>().ok().filter(|number| number.is_finite());
        number.ok_or_else(|| {
            let fact = said!("`{}` is not a number", shown(cell));
            let help = said!("write a number with a decimal point, or leave the cell empty");
            Diagnostic::error(code::BAD_NUMBER, fact).help(help)
        })
    };
    let within = |most: f64| {
        let number = number()?;
        if (0.0..=most).contains(&number) {
            return Ok(Value::Number(number));
        }
        let fact = said!("{} does not lie between 0 and {}", number, most);
        let help = said!("write a number from 0 to {}", most);
        Err(Diagnostic::error(code::OUT_OF_RANGE, fact).help(help))
    };
    let among = |words: Vec<String>| {
        if words.iter().any(|word| word == cell) {
            return Ok(Value::Word(cell.to_owned()));
        }
        let words: Vec<&str> = words.iter().map(String::as_str).collect();
        let fact = said!(
            "`{}` is not one of the words that may stand here",
            shown(cell)
        );
        Err(Diagnostic::error(code::NO_SUCH_WORD, fact).help(suggestion::help(cell, &words)))
    };
    match lever {
        Lever::Parameter(row) => {
            let number = number()?;
            range::permit(ground.ledger[*row].spec, number).map_err(|fault| fault.diagnostic())?;
            Ok(Value::Number(number))
        }
        Lever::Block(lever) => among(lever.words()),
        Lever::WarmUp | Lever::Measured => within(36_525.0),
        Lever::Setting(settings) => {
            let (case, setting) = settings[0];
            match setting.choice(&ground.cases[case].form) {
                Choice::UpTo(most) => within(most),
                Choice::Words(words) => among(words),
            }
        }
    }
}

/// Whether the forms keep their rules with this value of a setting. A parameter that goes further than its evidence
/// is told of once.
pub(crate) fn is_possible(
    lever: &Lever,
    value: &Value,
    place: &Place,
    ground: &Ground<'_>,
    log: &mut Diagnostics,
) -> bool {
    let Lever::Setting(settings) = lever else {
        if let (Lever::Parameter(row), Value::Number(number)) = (lever, value) {
            let entry = &ground.ledger[*row];
            let (key, low, high) = (entry.spec.key, entry.low, entry.high);
            let fact = said!("`{}` varies outside its evidence: {} to {}", key, low, high);
            let help = said!("it is used all the same; say in the label why");
            let doubt = Diagnostic::warning(code::OUTSIDE_RANGE, fact).help(help);
            if !(low..=high).contains(number) && !log.tells(&doubt) {
                log.push(doubt.at(place));
            }
        }
        if matches!(lever, Lever::Measured) && *value == Value::Number(0.0) {
            let fact = said!("there is nothing to measure in no time");
            let fault = Diagnostic::error(code::BAD_PERIOD, fact);
            log.push(fault.help(said!("write a time above 0")).at(place));
            return false;
        }
        return true;
    };
    settings.iter().all(|(case, setting)| {
        let mut form = ground.cases[*case].form.clone();
        let is_neutral = rule::is_neutral(&form);
        setting.apply(&mut form, value);
        // One value is one fault, however many functions it leaves without a team.
        match rule::first_error(&Draft::changed(form, is_neutral, place)) {
            Some(fault) => log.push(fault),
            None => return true,
        }
        false
    })
}
