//! What the terminal shows of a sweep.

use std::cmp::Ordering;
use std::collections::BTreeMap;
use std::path::Path;

use super::analysis::{Effect, Remark, Sensitivity};
use super::design::SweepDesign;
use super::folder::Standing;
use crate::experiment::{Cost, Design};
use crate::model::KPIS;
use crate::report::check::page::{duration, memory};
use crate::report::words::number::decimals_for;
use crate::report::words::phrase::{phrase, told};
use crate::report::words::text::{hang, pad_left, pad_right};
use crate::report::{Lang, counted, local};
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
            phrase("sweep_design", lang),
            format!("{}, {}", sweep.plan.key(), factors(design, lang)),
        ),
        (
            phrase("sweep_points", lang),
            format!(
                "{} × {}",
                whole(design.n_points()),
                counted(passes, "pass", lang)
            ),
        ),
        (
            phrase("sweep_kpis", lang),
            sweep
                .kpis
                .iter()
                .map(|&row| KPIS[row].key)
                .collect::<Vec<_>>()
                .join(", "),
        ),
        (phrase("sweep_time", lang), duration(cost, lang)),
        (phrase("sweep_memory", lang), memory(cost.bytes, lang)),
    ];
    let width = lines.iter().map(|(name, _)| name.len()).max().unwrap_or(0);
    let lines = lines.map(|(name, text)| format!("{name:width$}  {text}\n"));
    format!("{}\n\n{}", lang.label(&scenario.label), lines.concat())
}

/// How many factors there are, and how many of them rest on an assumption.
fn factors(design: &SweepDesign, lang: Lang) -> String {
    let n = counted(design.sweep().factors.len(), "factor", lang);
    let ledger = &design.scenario().ledger;
    let is_assumed = |key: &str| {
        let entry = ledger.iter().find(|entry| entry.spec.key == key);
        entry.is_some_and(|entry| entry.grade == Grade::D)
    };
    let factors = design.sweep().factors.iter();
    let n_assumed = factors.filter(|factor| is_assumed(&factor.key)).count();
    let of_which = phrase("sweep_assumed_d", lang);
    format!("{n}, {of_which}: {n_assumed}")
}

/// Which points have been made.
pub fn sweep_status(design: &SweepDesign, standing: &Standing, path: &Path, lang: Lang) -> String {
    let n_points = design.n_points();
    let whole = |n: usize| local(n as f64, 0, lang);
    match standing {
        Standing::Nothing => format!("{}\n", phrase("sweep_none_made", lang)),
        Standing::Finished => {
            let text = phrase("sweep_all_made", lang);
            format!("{text} {}\n", path.display())
        }
        Standing::Parts { made, n_passes } => {
            let n = made.n_points();
            let parts = [
                ("n", &*whole(n)),
                ("all", &counted(n_points, "point", lang)),
            ];
            let head = told("sweep_some_made", lang, &parts) + "\n" + &passes(*n_passes, lang);
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
                    phrase("sweep_to_be_made", lang),
                    told.join(", ")
                ),
            }
        }
    }
}

/// Passes that are kept of points which have not been made.
fn passes(n: usize, lang: Lang) -> String {
    match n {
        0 => String::new(),
        _ => told(
            "sweep_passes_of_others",
            lang,
            &[("passes", &counted(n, "pass", lang))],
        ),
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
        "{}\n{}: {}, {}; {} {}\n",
        lang.label(&scenario.label),
        design.sweep().plan.key(),
        counted(design.n_points(), "point", lang),
        factors(design, lang),
        counted(n_rows, "outcome", lang),
        phrase("sweep_in_results_csv", lang),
    );
    let kpis = (0..design.sweep().kpis.len()).map(|kpi| strongest(design, all, kpi, lang));
    let kpis: String = kpis.collect();
    if kpis.is_empty() {
        return head;
    }
    let baseline = lang.label(&scenario.cases[scenario.baseline].form.label);
    let parts = [("baseline", baseline), ("size", size(design, lang))];
    let title = told("sweep_title", lang, &parts);
    let caution = phrase("sweep_caution", lang);
    format!("{head}\n{title}\n{kpis}\n{}", hang("", caution, WIDTH))
}

/// What the numbers beside factors are.
fn size(design: &SweepDesign, lang: Lang) -> &'static str {
    match design.sweep().plan {
        Plan::Saltelli => phrase("sweep_size_saltelli", lang),
        Plan::Morris => phrase("sweep_size_morris", lang),
        _ => phrase("sweep_size_other", lang),
    }
}

/// The factors that move a KPI's differences most: each once, with the form that it moves most; and
/// what is missing.
fn strongest(design: &SweepDesign, all: &[Sensitivity], kpi: usize, lang: Lang) -> String {
    let mut best: BTreeMap<usize, (&Effect, usize)> = BTreeMap::new();
    let of_kpi = all
        .iter()
        .filter(|one| one.measure.kpi == kpi && one.measure.is_difference);
    for one in of_kpi {
        let Some(factor) = one.factor else { continue };
        let effects = one.effects.iter();
        for effect in effects.filter(|effect| is_size(&effect.statistic)) {
            let is_more = best
                .get(&factor)
                .is_none_or(|(known, _)| rank(effect) > rank(known));
            if is_more {
                best.insert(factor, (effect, one.measure.case));
            }
        }
    }
    let mut best: Vec<(usize, (&Effect, usize))> = best.into_iter().collect();
    if best.is_empty() {
        return String::new();
    }
    best.sort_by(|(_, (one, _)), (_, (other, _))| {
        rank(other)
            .partial_cmp(&rank(one))
            .unwrap_or(Ordering::Equal)
    });
    let title = lang.kpi_alone(design.sweep().kpis[kpi]);
    let is_told = |(_, (effect, _)): &&(usize, (&Effect, usize))| {
        effect.remark.is_some() || effect.value != Some(0.0)
    };
    let lines = best.iter().filter(is_told).take(MOST_FACTORS);
    let lines = lines.map(|&(factor, (effect, case))| {
        let value = effect.value.map_or_else(
            || "–".to_owned(),
            |value| local(value, decimals_for(value), lang),
        );
        let remark = effect.remark.map_or("", |remark| word(remark, lang));
        let factor = &design.sweep().factors[factor].key;
        let form = &design.scenario().cases[case].form.key;
        let line = format!(
            "{}  {}{}{remark}",
            pad_left(&value, 10),
            pad_right(factor, 44),
            pad_right(form, 26)
        );
        line.trim_end().to_owned() + "\n"
    });
    let lines: String = lines.collect();
    format!("\n{title}\n{lines}{}", missing(design, &best, lang))
}

/// How much an effect weighs beside others: what is known before noise, and noise before nothing.
fn rank(effect: &Effect) -> (u8, f64) {
    let size = effect.value.map_or(0.0, f64::abs);
    match effect.remark {
        None => (2, size),
        Some(Remark::Noise) => (1, size),
        Some(_) => (0, size),
    }
}

/// A remark in a line.
fn word(remark: Remark, lang: Lang) -> &'static str {
    match remark {
        Remark::Noise => phrase("sweep_noise_beside", lang),
        Remark::Missing => phrase("sweep_no_results", lang),
        Remark::Fixed => phrase("sweep_did_not_vary", lang),
        Remark::Constant => phrase("sweep_no_variance", lang),
    }
}

/// How much was left out for want of a result, and what a share that is noise means.
fn missing(design: &SweepDesign, best: &[(usize, (&Effect, usize))], lang: Lang) -> String {
    let mut text = String::new();
    let most = best.iter().map(|(_, (effect, _))| *effect);
    if let Some(most) = most.max_by_key(|effect| effect.n_missing)
        && most.n_missing > 0
    {
        let thing = match design.sweep().plan {
            Plan::Saltelli => "row",
            Plan::Morris => "trajectory",
            _ => "replication",
        };
        let all = counted(most.n + most.n_missing, thing, lang);
        let parts = [("all", &*all), ("n", &most.n_missing.to_string())];
        let sentence = told("sweep_missing", lang, &parts);
        text += &hang("  ! ", &sentence, WIDTH);
    }
    let is_noise =
        |(_, (effect, _)): &(usize, (&Effect, usize))| effect.remark == Some(Remark::Noise);
    if best.iter().any(is_noise) {
        text += &hang("  ! ", phrase("sweep_noise", lang), WIDTH);
    }
    text
}

/// Whether a statistic says how much a factor matters, whatever the direction.
fn is_size(statistic: &str) -> bool {
    matches!(statistic, "mu_star" | "total" | "low_end" | "high_end")
        || statistic.starts_with("at ")
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::experiment::fixture::sweep;
    use crate::random::{Chance, Draws, normal};
    use crate::report::record::table::Row;
    use crate::study::{Values, sweep_tables};

    /// What a sweep of pure chance is told to show, and the rows of its table.
    fn of_noise(n_rows: u32, seed: u64, is_there: impl Fn(usize) -> bool) -> (String, Vec<Row>) {
        let scenario = sweep(Plan::Saltelli, n_rows);
        let design = SweepDesign::new(&scenario).unwrap();
        let mut values = Values::of(&design).unwrap();
        for point in 1..=design.n_points() {
            for case in 0..scenario.cases.len() {
                for replication in 1..=scenario.replications {
                    let draws: Draws = Chance::new(seed, replication, case.min(1) as u8).of(1);
                    let value = normal(draws.uniform(0, point as u32));
                    let value = if is_there(point) { value } else { f64::NAN };
                    values.take(point, case, replication, 0, value);
                }
            }
        }
        let all: Vec<Sensitivity> = values.sensitivities().collect();
        let mut tables = sweep_tables(&design, Some(&all)).into_iter();
        let table = tables.find(|table| table.name == "sensitivity").unwrap();
        (sweep_summary(&design, &all, Lang::Nl), table.rows.collect())
    }

    #[test]
    fn a_share_that_is_none_is_called_noise_with_the_sign_that_it_has_in_the_table() {
        // Every form but the baseline shows the same; chance gives one of these a share of more
        // than all, or less than nothing.
        let found = (1..40).map(|seed| of_noise(7, seed, |_| true));
        let is_told = |line: &str| line.ends_with(" ruis") && !line.contains('–');
        let mut found = found.filter(|(text, _)| text.lines().any(is_told));
        let (text, rows) = found.next().expect("chance is not that rare");
        let mut n_outside = 0;
        for row in rows.iter().filter(|row| row[4] == "total") {
            let Ok(value) = row[5].parse::<f64>() else {
                assert_eq!(row[10], "noise", "{row:?}");
                continue;
            };
            if !(0.0..=1.0).contains(&value) {
                n_outside += 1;
                assert_eq!(row[10], "noise", "{row:?}");
            }
            assert_eq!((&*row[8], &*row[9]), ("7", "0"));
        }
        assert!(n_outside > 0);
        let told = text.lines().filter(|line| is_told(line));
        for line in told.clone() {
            let words: Vec<&str> = line.split_whitespace().collect();
            let is_same = |row: &&Row| {
                let value: f64 = row[5].parse().unwrap_or(f64::NAN);
                row[2] == "difference"
                    && row[4] == "total"
                    && row[3] == words[1]
                    && row[1] == words[2]
                    && local(value, decimals_for(value), Lang::Nl) == words[0]
            };
            assert!(rows.iter().any(|row| is_same(&row)), "{line}");
        }
        assert!(
            told.count() > 0 && text.contains("ruis: een aandeel onder 0"),
            "{text}"
        );
    }

    #[test]
    fn what_is_missing_stands_beside_every_number_and_is_told() {
        // Rows of five points; the second row lacks its third point, and in the end all lack one.
        let (text, rows) = of_noise(8, 7, |point| point != 8);
        assert!(rows.iter().all(|row| (&*row[8], &*row[9]) == ("7", "1")));
        assert!(text.contains("Van 8 rijen is er 1 weggelaten"), "{text}");
        let (text, rows) = of_noise(8, 7, |point| point % 5 != 3);
        assert!(
            rows.iter()
                .all(|row| (&*row[8], &*row[9], &*row[10]) == ("0", "8", "missing"))
        );
        assert!(
            rows.iter()
                .all(|row| row[5].is_empty() && row[6].is_empty())
        );
        assert!(text.contains("geen uitkomsten"), "{text}");
    }

    #[test]
    fn a_factor_that_is_fixed_in_what_is_left_has_no_share() {
        let scenario = sweep(Plan::Saltelli, 16);
        let design = SweepDesign::new(&scenario).unwrap();
        let mut values = Values::of(&design).unwrap();
        let word = |point: usize| design.point(point)[2].clone();
        let first = word(1);
        for point in 1..=design.n_points() {
            for case in 0..scenario.cases.len() {
                for replication in 1..=scenario.replications {
                    let value = (point * 7919 % 101) as f64;
                    let value = if word(point) == first {
                        value
                    } else {
                        f64::NAN
                    };
                    values.take(point, case, replication, 0, value);
                }
            }
        }
        let all: Vec<Sensitivity> = values.sensitivities().collect();
        let fixed = all
            .iter()
            .find(|one| one.factor == Some(2) && !one.measure.is_difference);
        let effect = &fixed.unwrap().effects[0];
        assert!(effect.n_missing > 0);
        assert_eq!(effect.value, None);
        assert!(matches!(
            effect.remark,
            Some(Remark::Fixed | Remark::Missing)
        ));
    }
}
