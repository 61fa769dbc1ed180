//! The service that is asked for: `term_assessment_percent >= 80`.

use super::calibration::kpi_named;
use crate::model::{Better, KPIS, Kpi};
use crate::scenario::fault::code;
use crate::scenario::fault::diagnostic::{Diagnostic, Diagnostics};
use crate::scenario::fault::rendering::shown;
use crate::scenario::fault::said::{Said, said};

const EXAMPLE: &str = "\"term_assessment_percent >= 80\"";
/// Relations as they may be written, and whether they ask for so much or more.
const RELATIONS: [(&str, bool); 4] = [(">=", true), ("<=", false), ("≥", true), ("≤", false)];

/// A bound on the good side of which a KPI should lie.
#[derive(Clone, Copy, PartialEq, Debug)]
pub struct ServiceTarget {
    /// The number of its row in the KPI table.
    pub kpi: usize,
    /// Whether so much or more is asked for, rather than so much or less.
    pub is_at_least: bool,
    /// The bound, in the unit of the KPI.
    pub bound: f64,
}

impl ServiceTarget {
    /// How far a value lies on the good side of the bound; below nought the target is missed.
    pub fn margin(&self, value: f64) -> f64 {
        match self.is_at_least {
            true => value - self.bound,
            false => self.bound - value,
        }
    }

    /// The value that has such a margin.
    pub fn value_at(&self, margin: f64) -> f64 {
        match self.is_at_least {
            true => self.bound + margin,
            false => self.bound - margin,
        }
    }
}

/// Reads targets, and says what is odd about them.
///
/// # Errors
///
/// Everything that is no target, with what to write.
pub fn service_targets(
    asked: &[String],
) -> Result<(Vec<ServiceTarget>, Vec<Diagnostic>), Diagnostics> {
    let mut log = Diagnostics::default();
    let mut targets: Vec<ServiceTarget> = Vec::new();
    for text in asked {
        let Some(target) = target(text, &mut log) else {
            continue;
        };
        if targets.iter().any(|other| other.kpi == target.kpi) {
            let fact = said!("two targets are about `{}`", KPIS[target.kpi].key);
            log.push(Diagnostic::error(code::TWICE, fact).help(said!("leave one of them out")));
        }
        targets.push(target);
    }
    if targets.is_empty() && !log.has_errors() {
        let help = said!("write --target {}", EXAMPLE);
        log.push(Diagnostic::error(code::EMPTY, said!("no service is asked for")).help(help));
    }
    match log.has_errors() {
        true => Err(log),
        false => Ok((targets, log.into_list())),
    }
}

fn target(text: &str, log: &mut Diagnostics) -> Option<ServiceTarget> {
    let split = RELATIONS.iter().find_map(|&(sign, is_at_least)| {
        let (key, bound) = text.split_once(sign)?;
        Some((key.trim(), is_at_least, bound.trim()))
    });
    let fault = |fact: Said, help: Said| Diagnostic::error(code::BAD_TARGET, fact).help(help);
    let Some((key, is_at_least, bound)) = split else {
        let fact = said!("`{}` is no target", shown(text));
        let help = said!("write a KPI, >= or <=, and a number: {}", EXAMPLE);
        log.push(fault(fact, help));
        return None;
    };
    let kpi = kpi_named(key).map_err(|other| log.absorb(other)).ok()?;
    let row = &KPIS[kpi];
    let sign = if is_at_least { ">=" } else { "<=" };
    let number: Option<f64> = bound.parse().ok().filter(|number: &f64| number.is_finite());
    let Some(bound) = number else {
        let fact = said!("`{}` is not a number", shown(bound));
        let help = said!(
            "write a number of {} without its unit, with a point before decimals: \"{} {} 80\"",
            Said::word(row.unit),
            key,
            sign
        );
        log.push(fault(fact, help));
        return None;
    };
    if !row.range().contains(&bound) {
        let (low, high) = (row.range().start().max(0.0), *row.range().end());
        let fact = said!("{} is never {}", key, bound);
        let help = match high.is_finite() {
            true => said!("write a number from {} to {}", low, high),
            false => said!("write {} or more", low),
        };
        log.push(fault(fact, help));
        return None;
    }
    if let Some(warning) = odd(row, is_at_least, bound) {
        log.push(warning);
    }
    Some(ServiceTarget {
        kpi,
        is_at_least,
        bound,
    })
}

/// What somebody may not have meant.
fn odd(kpi: &Kpi, is_at_least: bool, bound: f64) -> Option<Diagnostic> {
    let key = kpi.key;
    let (fact, help) = match (kpi.better, is_at_least) {
        (Better::Neither, _) => (
            said!("more of `{}` is neither better nor worse by itself", key),
            said!("read the hours as those at which it is so, not as those that are good"),
        ),
        (Better::Lower, true) | (Better::Higher, false) => {
            let other = if is_at_least { "<=" } else { ">=" };
            (
                said!(
                    "of `{}` {} is better, and the other is asked for",
                    key,
                    Said::word(kpi.better.key())
                ),
                said!(
                    "write \"{} {} {}\" if that is what you mean",
                    key,
                    other,
                    bound
                ),
            )
        }
        _ if kpi.unit == "percent" && bound > 0.0 && bound < 1.0 => (
            said!(
                "`{}` is in percent, and {} of it is less than one in a hundred",
                key,
                bound
            ),
            said!("write {} if that is what you mean", 100.0 * bound),
        ),
        _ => return None,
    };
    Some(Diagnostic::warning(code::ODD_TARGET, fact).help(help))
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::scenario::Lang;

    fn read(text: &str) -> Result<(Vec<ServiceTarget>, Vec<Diagnostic>), Diagnostics> {
        service_targets(&text.split('|').map(str::to_owned).collect::<Vec<_>>())
    }

    #[test]
    fn a_target_is_a_kpi_a_relation_and_a_number() {
        let (targets, odd) =
            read("term_assessment_percent >= 80|wait_first_help_p90_days≤56.5").unwrap();
        assert!(odd.is_empty());
        let told: Vec<_> = targets
            .iter()
            .map(|one| (KPIS[one.kpi].key, one.is_at_least, one.bound))
            .collect();
        assert_eq!(
            told,
            [
                ("term_assessment_percent", true, 80.0),
                ("wait_first_help_p90_days", false, 56.5)
            ]
        );
        assert_eq!(
            targets
                .iter()
                .map(|one| one.margin(60.0))
                .collect::<Vec<_>>(),
            [-20.0, -3.5]
        );
        assert!(
            targets
                .iter()
                .all(|one| one.value_at(one.margin(60.0)) == 60.0)
        );
    }

    #[test]
    fn what_is_no_target_is_told_with_what_to_write() {
        for (asked, code, words) in [
            ("wait_first_help_p90_days < 56", "S082", ">= or <="),
            (
                "term_asessment_percent >= 80",
                "S060",
                "did you mean `term_assessment_percent`",
            ),
            ("term_assessment_percent >= 80%", "S082", "without its unit"),
            (
                "term_assessment_percent >= 80,5",
                "S082",
                "a point before decimals",
            ),
            ("term_assessment_percent >= 180", "S082", "from 0 to 100"),
            ("wait_first_help_p90_days <= -1", "S082", "0 or more"),
            ("load_percent >= 80|load_percent <= 90", "S017", "leave one"),
        ] {
            let log = read(asked).expect_err(asked);
            let first = log.errors().next().expect("an error");
            assert_eq!(first.code, code, "{asked}");
            let help = first.help.as_ref().expect("help").text(Lang::En);
            assert!(help.contains(words), "{asked}: {help}");
        }
    }

    #[test]
    fn what_somebody_may_not_have_meant_is_a_warning() {
        for (asked, words) in [
            (
                "wait_first_help_p90_days >= 56",
                "wait_first_help_p90_days <= 56",
            ),
            ("ots_per_100_cases <= 5", "not as those that are good"),
            ("term_assessment_percent >= 0.8", "write 80"),
        ] {
            let (_, odd) = read(asked).unwrap();
            assert_eq!(odd.len(), 1, "{asked}");
            let help = odd[0].help.as_ref().expect("help").text(Lang::En);
            assert!(help.contains(words), "{asked}: {help}");
        }
    }
}
