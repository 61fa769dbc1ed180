//! The parameters that a command line asks for: whole keys, groups, beginnings with a star.

use std::collections::BTreeSet;

use super as evidence;
use crate::model::Parameters;
use crate::scenario::fault::diagnostic::{Diagnostic, Diagnostics};
use crate::scenario::fault::rendering::shown;
use crate::scenario::fault::said::said;
use crate::scenario::fault::{code, suggestion};

/// Rows of [`Parameters::TABLE`] that some pattern means, in the order of the
/// table; all of them if there is no pattern.
///
/// A pattern is a whole key (`staff.turnover`), a group (`staff`), or the
/// beginning of keys with a star behind it (`staff.fte*`).
///
/// # Errors
///
/// Every pattern that means no parameter, with what may have been meant.
pub fn parameters_named(patterns: &[String]) -> Result<Vec<usize>, Diagnostics> {
    let mut log = Diagnostics::default();
    let mut rows = BTreeSet::new();
    for pattern in patterns.iter().map(|pattern| pattern.trim()) {
        let found = (0..Parameters::TABLE.len()).filter(|&row| is_meant(row, pattern));
        let mut found = found.peekable();
        if found.peek().is_none() && !log.has_enough() {
            log.push(nothing(pattern));
        }
        rows.extend(found);
    }
    if log.has_errors() {
        return Err(log);
    }
    if patterns.is_empty() {
        rows.extend(0..Parameters::TABLE.len());
    }
    Ok(rows.into_iter().collect())
}

fn is_meant(row: usize, pattern: &str) -> bool {
    let key = Parameters::TABLE[row].key;
    match pattern.strip_suffix('*') {
        Some(start) => key.starts_with(start),
        None => key == pattern || group(key) == pattern,
    }
}

/// What stands before the point.
fn group(key: &str) -> &str {
    key.split_once('.').map_or(key, |(group, _)| group)
}

/// Reports that a pattern means nothing.
fn nothing(pattern: &str) -> Diagnostic {
    let groups: BTreeSet<&str> = Parameters::TABLE
        .iter()
        .map(|spec| group(spec.key))
        .collect();
    let groups: Vec<&str> = groups.into_iter().collect();
    let typed = group(pattern.trim_end_matches('*'));
    let other = suggestion::nearest(typed, &groups);
    match (pattern.strip_suffix('*'), other) {
        (Some(start), other) => {
            let fact = said!("no parameter of the model begins with `{}`", shown(start));
            let help = match other {
                Some(other) => said!("did you mean `{}.*`?", other),
                None => suggestion::help(typed, &groups),
            };
            Diagnostic::error(code::NO_SUCH_PARAMETER, fact).help(help)
        }
        (None, Some(other)) if typed == pattern => {
            let fact = said!("the model has no group of parameters `{}`", shown(pattern));
            let help = said!("did you mean `{}`?", other);
            Diagnostic::error(code::NO_SUCH_PARAMETER, fact).help(help)
        }
        (None, _) => evidence::unknown(pattern),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn keys(patterns: &[&str]) -> Vec<&'static str> {
        let patterns: Vec<String> = patterns.iter().map(|word| (*word).to_owned()).collect();
        let rows = parameters_named(&patterns).unwrap();
        rows.into_iter()
            .map(|row| Parameters::TABLE[row].key)
            .collect()
    }

    fn told(pattern: &str) -> String {
        parameters_named(&[pattern.to_owned()])
            .unwrap_err()
            .to_string()
    }

    #[test]
    fn a_key_a_group_and_a_beginning_are_understood() {
        assert_eq!(keys(&["staff.turnover"]), ["staff.turnover"]);
        let of_group = keys(&["stock"]);
        assert!(of_group.len() > 3 && of_group.iter().all(|key| key.starts_with("stock.")));
        let begun = keys(&["staff.fte*"]);
        assert!(begun.len() > 3 && begun.iter().all(|key| key.starts_with("staff.fte")));
        assert_eq!(keys(&[]).len(), Parameters::TABLE.len());
        assert_eq!(keys(&["*"]), keys(&[]));
    }

    #[test]
    fn a_parameter_asked_for_twice_comes_once_in_the_order_of_the_table() {
        let keys = keys(&["term", "stock", "term.plan_weeks"]);
        assert!(keys[0].starts_with("term."));
        let mut once = keys.clone();
        once.dedup();
        assert_eq!(keys, once);
        assert!(keys.last().unwrap().starts_with("stock."));
    }

    #[test]
    fn what_means_nothing_is_told_with_what_may_have_been_meant() {
        for (pattern, meant) in [
            ("staff.turnovr", "`staff.turnover`"),
            ("turnover", "`staff.turnover`"),
            ("staf", "`staff`"),
            ("staf.fte*", "`staff.*`"),
            ("xyz*", "behaviour, danger"),
            ("xyz", "evidence.toml lists"),
        ] {
            let told = told(pattern);
            assert!(told.contains("S030") && told.contains(meant), "{told}");
        }
    }
}
