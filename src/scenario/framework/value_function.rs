//! How good a value of a KPI is, from 0 to 1.

use crate::model::{Better, Kpi};
use crate::scenario::fault::code;
use crate::scenario::fault::diagnostic::{Diagnostic, Diagnostics};
use crate::scenario::fault::said::{Said, said};
use crate::scenario::file::raw::Node;
use crate::scenario::section::Section;
use crate::scenario::section::shape::{Key, Kind, always, may};

const ANY: Kind = Kind::Number(f64::MIN, f64::MAX, "of the kpi");

/// Keys of a measure by which a value is judged; one of them is there.
pub(crate) const LINEAR: Key = may(
    "linear",
    Kind::Table(ENDS),
    "another function",
    "{ worst = 50, best = 100 }",
    "Worth 0 at `worst` and 1 at `best`, and along a straight line in between; beyond `best`, a target, more is worth no more.",
);
pub(crate) const PIECEWISE: Key = may(
    "piecewise",
    Kind::List(&Kind::Table(POINT), 2, 20),
    "another function",
    "[{ at = 85, value = 1 }, { at = 100, value = 0 }]",
    "Worth `value` at each point, and along straight lines in between.",
);
pub(crate) const AT_MOST: Key = may(
    "at_most",
    ANY,
    "another function",
    "10",
    "A threshold: worth 1 up to here, and 0 above.",
);
pub(crate) const AT_LEAST: Key = may(
    "at_least",
    ANY,
    "another function",
    "90",
    "A threshold: worth 1 from here on, and 0 below.",
);

/// The table `linear`.
const ENDS: &[Key] = &[
    always("worst", ANY, "50", "The value that is worth 0."),
    always("best", ANY, "100", "The value that is worth 1."),
];

/// One of `piecewise`.
const POINT: &[Key] = &[
    always("at", ANY, "85", "A value of the KPI; they rise."),
    always(
        "value",
        Kind::Number(0.0, 1.0, ""),
        "1",
        "What it is worth.",
    ),
];

/// How good a value is.
#[derive(Clone, PartialEq, Debug)]
pub enum ValueFunction {
    /// Straight lines between points (value, worth), values rising; level beyond both ends.
    Piecewise(Vec<(f64, f64)>),
    /// 1 up to this value, 0 above.
    AtMost(f64),
    /// 1 from this value on, 0 below.
    AtLeast(f64),
}

impl ValueFunction {
    /// What a value is worth, 0 to 1.
    #[must_use]
    pub fn worth(&self, value: f64) -> f64 {
        match self {
            ValueFunction::AtMost(most) => f64::from(value <= *most),
            ValueFunction::AtLeast(least) => f64::from(value >= *least),
            ValueFunction::Piecewise(points) => {
                let after = points.partition_point(|(at, _)| *at <= value);
                match (after, points.get(after)) {
                    (0, _) => points[0].1,
                    (_, None) => points[after - 1].1,
                    (_, Some(&(right, high))) => {
                        let (left, low) = points[after - 1];
                        low + (high - low) * (value - left) / (right - left)
                    }
                }
            }
        }
    }

    /// Whether worth rises with the value anywhere, and whether it falls.
    fn slopes(&self) -> (bool, bool) {
        match self {
            ValueFunction::AtMost(_) => (false, true),
            ValueFunction::AtLeast(_) => (true, false),
            ValueFunction::Piecewise(points) => {
                let pairs = || points.windows(2);
                (
                    pairs().any(|pair| pair[1].1 > pair[0].1),
                    pairs().any(|pair| pair[1].1 < pair[0].1),
                )
            }
        }
    }
}

/// The one function of a measure; it runs the way of its KPI.
pub(crate) fn read(
    section: &Section,
    kpi: &Kpi,
    is_spread: bool,
    node: &Node,
    log: &mut Diagnostics,
) -> Option<ValueFunction> {
    let functions = ["linear", "piecewise", "at_most", "at_least"];
    let given: Vec<(&str, &Node)> = functions
        .into_iter()
        .filter_map(|name| Some((name, section.optional(name)?)))
        .collect();
    let [(name, own)] = given[..] else {
        let fact = match given.len() {
            0 => said!("nothing says what a value is worth"),
            n => said!("{} functions say what a value is worth", n),
        };
        let help = said!("write one of linear, piecewise, at_most and at_least");
        let fault = Diagnostic::error(code::BAD_FUNCTION, fact).help(help);
        log.push(fault.at(&node.place));
        return None;
    };
    let function = match name {
        "linear" => linear(own, log)?,
        "piecewise" => piecewise(own, log)?,
        "at_most" => ValueFunction::AtMost(own.number(log)?),
        _ => ValueFunction::AtLeast(own.number(log)?),
    };
    let (rises, falls) = function.slopes();
    // The less something differs between regions, the better.
    let better = if is_spread { Better::Lower } else { kpi.better };
    let is_against = match better {
        Better::Lower => rises,
        Better::Higher => falls,
        Better::Neither => false,
    };
    if is_against {
        let (better, key) = (better.key(), kpi.key);
        let fact = said!(
            "this makes a worse `{}` worth more: {} is better",
            key,
            better
        );
        let help = said!("turn it round, or choose another KPI");
        let fault = Diagnostic::error(code::AGAINST_KPI, fact).help(help);
        log.push(fault.at(&own.place));
    }
    (!is_against).then_some(function)
}

fn linear(node: &Node, log: &mut Diagnostics) -> Option<ValueFunction> {
    let section = Section::of(node, ENDS, log)?;
    let (worst, best) = (section.number("worst", log), section.number("best", log));
    section.finish(log);
    let (worst, best) = (worst?, best?);
    if worst == best {
        return not_one(said!("worst and best are the same"), node, log);
    }
    let mut points = vec![(worst, 0.0), (best, 1.0)];
    points.sort_by(|one, other| one.0.total_cmp(&other.0));
    Some(ValueFunction::Piecewise(points))
}

fn piecewise(node: &Node, log: &mut Diagnostics) -> Option<ValueFunction> {
    let list = node.list(log)?;
    let mut point = |node: &Node| {
        let section = Section::of(node, POINT, log)?;
        let (at, value) = (section.number("at", log), section.number("value", log));
        section.finish(log);
        at.zip(value)
    };
    let points: Vec<Option<_>> = list.iter().map(&mut point).collect();
    let points: Vec<(f64, f64)> = points.into_iter().collect::<Option<_>>()?;
    if points.len() < 2 {
        return not_one(said!("a line has two points or more"), node, log);
    }
    if !points.windows(2).all(|pair| pair[0].0 < pair[1].0) {
        return not_one(said!("the points do not rise"), node, log);
    }
    Some(ValueFunction::Piecewise(points))
}

fn not_one(fact: Said, node: &Node, log: &mut Diagnostics) -> Option<ValueFunction> {
    let help = said!("write linear = { worst = 30, best = 5 }, or points that rise");
    let fault = Diagnostic::error(code::BAD_FUNCTION, fact).help(help);
    log.push(fault.at(&node.place));
    None
}

#[cfg(test)]
mod tests {
    use super::ValueFunction::{AtLeast, AtMost, Piecewise};

    #[test]
    fn worth_is_as_drawn_by_hand() {
        let line = Piecewise(vec![(0.0, 1.0), (50.0, 0.8), (100.0, 0.0)]);
        for (value, worth) in [
            (-5.0, 1.0),
            (0.0, 1.0),
            (25.0, 0.9),
            (50.0, 0.8),
            (75.0, 0.4),
            (100.0, 0.0),
            (500.0, 0.0),
        ] {
            let found: f64 = line.worth(value);
            assert!((found - worth).abs() < 1e-12, "{value}: {found}");
        }
        assert_eq!((AtMost(3.0).worth(3.0), AtMost(3.0).worth(3.1)), (1.0, 0.0));
        assert_eq!(
            (AtLeast(3.0).worth(3.0), AtLeast(3.0).worth(2.9)),
            (1.0, 0.0)
        );
    }
}
