//! What the terminal shows of a sweep.

use std::path::Path;

use super::super::check::{duration, memory};
use super::super::{Lang, local};
use super::Standing;
use crate::experiment::{Cost, Design, SweepDesign};
use crate::model::KPIS;
use crate::scenario::Grade;

/// How many points a sweep has, and what they will take.
pub fn sweep_plan(design: &SweepDesign, cost: &Cost, lang: Lang) -> String {
    let (scenario, sweep) = (design.scenario(), design.sweep());
    let passes = Design::new(scenario).n_passes();
    let whole = |n: usize| local(n as f64, 0, lang);
    let lines = [
        (
            lang.pick("ontwerp", "design"),
            format!("{}, {}", sweep.plan.key(), factors(design, lang)),
        ),
        (
            lang.pick("punten", "points"),
            format!(
                "{} × {} {}",
                whole(design.n_points()),
                whole(passes),
                lang.pick("passages", "passes")
            ),
        ),
        (
            lang.pick("indicatoren", "KPIs"),
            sweep
                .kpis
                .iter()
                .map(|&row| KPIS[row].key)
                .collect::<Vec<_>>()
                .join(", "),
        ),
        (lang.pick("duur", "time"), duration(cost, lang)),
        (lang.pick("geheugen", "memory"), memory(cost.bytes, lang)),
    ];
    let width = lines.iter().map(|(name, _)| name.len()).max().unwrap_or(0);
    let lines = lines.map(|(name, text)| format!("{name:width$}  {text}\n"));
    format!("{}\n\n{}", lang.label(&scenario.label), lines.concat())
}

/// How many factors there are, and how many of them rest on an assumption.
fn factors(design: &SweepDesign, lang: Lang) -> String {
    let n = design.sweep().factors.len();
    let ledger = &design.scenario().ledger;
    let is_assumed = |key: &str| {
        let entry = ledger.iter().find(|entry| entry.spec.key == key);
        entry.is_some_and(|entry| entry.grade == Grade::D)
    };
    let factors = design.sweep().factors.iter();
    let n_assumed = factors.filter(|factor| is_assumed(&factor.key)).count();
    let (word, of_which) = match n {
        1 => (
            lang.pick("factor", "factor"),
            lang.pick("waarvan aanname (D)", "assumed (D)"),
        ),
        _ => (
            lang.pick("factoren", "factors"),
            lang.pick("waarvan aanname (D)", "assumed (D)"),
        ),
    };
    format!("{n} {word}, {of_which}: {n_assumed}")
}

/// Which points have been made.
pub fn sweep_status(design: &SweepDesign, standing: &Standing, path: &Path, lang: Lang) -> String {
    let n_points = design.n_points();
    let whole = |n: usize| local(n as f64, 0, lang);
    match standing {
        Standing::Nothing => format!(
            "{}\n",
            lang.pick("er is nog geen punt gemaakt", "no point has been made yet")
        ),
        Standing::Finished => {
            let text = lang.pick(
                "alle punten zijn gemaakt en samengevoegd in",
                "all points have been made, and merged in",
            );
            format!("{text} {}\n", path.display())
        }
        Standing::Parts(made) => {
            let n = made.n_points();
            let head = format!(
                "{} {} {} {}\n",
                whole(n),
                lang.pick("van", "of"),
                whole(n_points),
                lang.pick("punten gemaakt", "points made")
            );
            let missing = made.missing_in(1..n_points + 1);
            let ranges = missing.ranges();
            const MOST: usize = 10;
            let mut told: Vec<String> = ranges
                .iter()
                .take(MOST)
                .map(|range| match range.len() {
                    1 => range.start.to_string(),
                    _ => format!("{}-{}", range.start, range.end - 1),
                })
                .collect();
            if ranges.len() > MOST {
                told.push("…".to_owned());
            }
            match told.is_empty() {
                true => head,
                false => format!(
                    "{head}{} {}\n",
                    lang.pick("nog te maken:", "to be made:"),
                    told.join(", ")
                ),
            }
        }
    }
}

/// What a finished sweep holds.
pub fn sweep_summary(design: &SweepDesign, lang: Lang) -> String {
    let scenario = design.scenario();
    let n_rows = design.n_points()
        * scenario.cases.len()
        * scenario.replications as usize
        * design.sweep().kpis.len();
    format!(
        "{}\n{}: {} {}, {}; {} {}\n",
        lang.label(&scenario.label),
        design.sweep().plan.key(),
        local(design.n_points() as f64, 0, lang),
        lang.pick("punten", "points"),
        factors(design, lang),
        local(n_rows as f64, 0, lang),
        lang.pick("uitkomsten in results.csv", "results in results.csv"),
    )
}
