//! What the terminal shows of a sweep.

use std::collections::BTreeMap;
use std::path::Path;

use super::super::check::{duration, memory};
use super::super::number::decimals_for;
use super::super::summary::{pad_left, pad_right};
use super::super::text::hang;
use super::super::{Lang, local};
use super::Standing;
use crate::experiment::{Cost, Design, Sensitivity, SweepDesign};
use crate::model::KPIS;
use crate::scenario::{Grade, Plan};

/// Characters in a line.
const WIDTH: usize = 100;
/// Factors that are told of a KPI.
const MOST_FACTORS: usize = 5;

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

/// What a finished sweep holds, and which factors move the comparison of forms most.
pub fn sweep_summary(design: &SweepDesign, all: &[Sensitivity], lang: Lang) -> String {
    let scenario = design.scenario();
    let n_rows = design.n_points()
        * scenario.cases.len()
        * scenario.replications as usize
        * design.sweep().kpis.len();
    let head = format!(
        "{}\n{}: {} {}, {}; {} {}\n",
        lang.label(&scenario.label),
        design.sweep().plan.key(),
        local(design.n_points() as f64, 0, lang),
        lang.pick("punten", "points"),
        factors(design, lang),
        local(n_rows as f64, 0, lang),
        lang.pick("uitkomsten in results.csv", "results in results.csv"),
    );
    let kpis = (0..design.sweep().kpis.len()).map(|kpi| strongest(design, all, kpi, lang));
    let kpis: String = kpis.collect();
    if kpis.is_empty() {
        return head;
    }
    let baseline = lang.label(&scenario.cases[scenario.baseline].form.label);
    let title = match lang {
        Lang::Nl => format!(
            "Wat het verschil met {baseline} het meest beweegt ({})",
            size(design, lang)
        ),
        Lang::En => format!(
            "What moves the difference from {baseline} most ({})",
            size(design, lang)
        ),
    };
    let caution = lang.pick(
        "Alles staat in sensitivity.csv, met intervallen en wat toeval alleen al beweegt. Het zegt hoe het model op zijn aannamen leunt, niet hoe de werkelijkheid is.",
        "All of it is in sensitivity.csv, with intervals and what chance alone moves. It says how the model leans on its assumptions, not how the world is.",
    );
    format!("{head}\n{title}\n{kpis}\n{}", hang("", caution, WIDTH))
}

/// What the numbers beside factors are.
fn size(design: &SweepDesign, lang: Lang) -> &'static str {
    match design.sweep().plan {
        Plan::Saltelli => lang.pick(
            "aandeel in de spreiding, met alles samen",
            "share of the variance, with all others",
        ),
        Plan::Morris => lang.pick(
            "gemiddelde verandering over het hele bereik",
            "mean change over the whole range",
        ),
        _ => lang.pick(
            "grootste verandering aan een eind van het bereik",
            "largest change at an end of the range",
        ),
    }
}

/// The factors that move a KPI's differences most: each once, with the form that it moves most.
fn strongest(design: &SweepDesign, all: &[Sensitivity], kpi: usize, lang: Lang) -> String {
    let mut best: BTreeMap<usize, (f64, usize)> = BTreeMap::new();
    let of_kpi = all
        .iter()
        .filter(|one| one.measure.kpi == kpi && one.measure.is_difference);
    for one in of_kpi {
        let Some(factor) = one.factor else { continue };
        let sizes = one
            .effects
            .iter()
            .filter(|effect| is_size(&effect.statistic));
        let size = sizes
            .map(|effect| effect.value.abs())
            .fold(f64::NAN, f64::max);
        let is_more = best.get(&factor).is_none_or(|&(known, _)| size > known);
        if size > 0.0 && is_more {
            best.insert(factor, (size, one.measure.case));
        }
    }
    let mut best: Vec<(usize, (f64, usize))> = best.into_iter().collect();
    best.sort_by(|(_, (one, _)), (_, (other, _))| other.total_cmp(one));
    if best.is_empty() {
        return String::new();
    }
    let title = lang.kpi_alone(design.sweep().kpis[kpi]);
    let lines = best
        .iter()
        .take(MOST_FACTORS)
        .map(|&(factor, (size, case))| {
            let size = pad_left(&local(size, decimals_for(size), lang), 10);
            let factor = &design.sweep().factors[factor].key;
            format!(
                "{size}  {}{}\n",
                pad_right(factor, 44),
                design.scenario().cases[case].form.key
            )
        });
    format!("\n{title}\n{}", lines.collect::<String>())
}

/// Whether a statistic says how much a factor matters, whatever the direction.
fn is_size(statistic: &str) -> bool {
    matches!(statistic, "mu_star" | "total" | "low_end" | "high_end")
        || statistic.starts_with("at ")
}
