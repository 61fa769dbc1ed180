//! What a calibration has found, as people read it, and the file of its values.

use super::fit::Fit;
use super::space::{RULED_OUT, distance};
use super::table::{is_inside, verdict};
use crate::report::words::number::{decimals_for, six_digits};
use crate::report::words::phrase::{phrase, told};
use crate::report::words::text::{cut, hang};
use crate::report::{Lang, counted, local};
use crate::scenario::{Role, Scenario, Target};
use crate::stats::Estimate;

/// Characters in a line.
const WIDTH: usize = 120;

/// Targets that are told of where nothing fits.
const MOST_FAR_OFF: usize = 3;

/// The file `calibrated.toml`: the chosen values, to be put beside evidence.toml.
pub fn calibrated_toml(scenario: &Scenario, fit: &Fit) -> String {
    let key = &scenario.key;
    let waves = fit.waves.iter().map(|wave| wave.n_runs.to_string());
    let waves: Vec<String> = waves.collect();
    let plan = scenario.calibration.as_ref();
    let from = match plan.and_then(|plan| plan.start.as_ref()) {
        Some(_) => " --from-fitted",
        None => "",
    };
    let mut text = format!(
        "#:schema ./schema/calibrated.json\n\
         # Fitted values. Made by `rvtsim calibrate{from}` from {key}.toml, seed {}, waves of {} runs; not by hand.\n\
         # Beside evidence.toml they come before its values, and after them whatever a belief set,\n\
         # a form or a scenario says. Behind each: where 90 % of the draws lie,\n\
         # and how much of the prior's spread is left (1: the targets say nothing about it).\n\n\
         [evidence]\n",
        scenario.seed,
        waves.join(", ")
    );
    for one in &fit.parameters {
        let name = scenario.ledger[one.row].spec.key;
        let [low, _, high] = one.quantiles.map(six_digits);
        let value = six_digits(one.chosen);
        text.push_str(&format!(
            "{name} = {value} # {low} to {high}; {:.2}\n",
            one.spread_left
        ));
    }
    text
}

/// Targets, parameters and ties, in lines of at most 120 characters.
pub fn fit_summary(scenario: &Scenario, fit: &Fit, lang: Lang) -> String {
    let Some(calibration) = &scenario.calibration else {
        return String::new();
    };
    let page = Page {
        scenario,
        fit,
        lang,
    };
    let mut text = format!("\n{}\n", lang.label(&scenario.label));
    for (role, title) in [
        (Role::Fit, "fit_fitted"),
        (Role::Validation, "fit_kept_apart"),
        (Role::Consistency, "fit_consistency"),
    ] {
        let targets = calibration.targets.iter();
        let targets = targets.filter(|target| target.role == role).collect();
        text.push_str(&page.targets(phrase(title, lang), targets));
    }
    text.push_str(&page.parameters());
    text.push_str(&page.ties());
    text.push_str(&page.remarks());
    text
}

struct Page<'a> {
    scenario: &'a Scenario,
    fit: &'a Fit,
    lang: Lang,
}

impl Page<'_> {
    fn targets(&self, title: &str, targets: Vec<&Target>) -> String {
        let lang = self.lang;
        if targets.is_empty() {
            return String::new();
        }
        let seen: Vec<(&Target, Option<Estimate>)> = targets
            .into_iter()
            .map(|target| (target, self.fit.estimate(target)))
            .collect();
        let inside = |(target, estimate): &&(&Target, Option<Estimate>)| {
            estimate.is_some_and(|one| is_inside(target, &one))
        };
        let n_inside = seen.iter().filter(inside).count();
        let parts = [
            ("n", &*n_inside.to_string()),
            ("all", &seen.len().to_string()),
        ];
        let inside = told("fit_inside_the_band", lang, &parts);
        let mut text = format!("\n{title}: {inside}\n");
        let [known, band, grade, simulated] = [
            phrase("fit_known", lang),
            phrase("fit_band", lang),
            phrase("fit_grade", lang),
            phrase("fit_simulated", lang),
        ];
        text.push_str(&format!(
            "  {:<50}{known:>9}{band:>18}{grade:>7}{simulated:>30}\n",
            ""
        ));
        for (target, estimate) in seen {
            let decimals = decimals_for(target.value);
            let number = |value: f64| local(value, decimals, lang);
            let (mark, simulated) = match estimate {
                Some(one) => (
                    if is_inside(target, &one) { ' ' } else { '!' },
                    format!(
                        "{} ({} – {})",
                        number(one.mean),
                        number(one.low),
                        number(one.high)
                    ),
                ),
                None => ('!', "–".to_owned()),
            };
            text.push_str(&format!(
                "{mark} {:<50}{:>9}{:>18}{:>7}{simulated:>30}\n",
                cut(lang.label(&target.label), 50),
                number(target.value),
                format!("{} – {}", number(target.low), number(target.high)),
                target.grade.key(),
            ));
        }
        text
    }

    fn parameters(&self) -> String {
        let lang = self.lang;
        let mut text = format!(
            "\n{}\n  {:<42}{:>10}{:>20}{:>10}{:>22}{:>10}\n",
            phrase("fit_free_parameters", lang),
            "",
            phrase("fit_prior", lang),
            phrase("fit_range", lang),
            phrase("fit_chosen", lang),
            phrase("fit_posterior", lang),
            phrase("fit_left", lang),
        );
        for one in &self.fit.parameters {
            let entry = &self.scenario.ledger[one.row];
            let size = [entry.low, entry.high]
                .map(f64::abs)
                .into_iter()
                .fold(0.0, f64::max);
            let number = |value: f64| local(value, decimals_for(size), lang);
            let pair = |low, high| format!("{} – {}", number(low), number(high));
            text.push_str(&format!(
                "  {:<42}{:>10}{:>20}{:>10}{:>22}{:>10}\n",
                entry.spec.key,
                number(entry.value),
                pair(entry.low, entry.high),
                number(one.chosen),
                pair(one.quantiles[0], one.quantiles[2]),
                local(one.spread_left, 2, lang),
            ));
        }
        text
    }

    fn ties(&self) -> String {
        let lang = self.lang;
        let mut text = String::new();
        for &(one, other, r) in self.fit.ties.iter().take(10) {
            let key = |place: usize| {
                self.scenario.ledger[self.fit.parameters[place].row]
                    .spec
                    .key
            };
            text.push_str(&format!(
                "  {:>6}  {} ~ {}\n",
                local(r, 2, lang),
                key(one),
                key(other)
            ));
        }
        if text.is_empty() {
            return text;
        }
        let title = phrase("fit_known_together", lang);
        format!("\n{title}\n{text}")
    }

    fn remarks(&self) -> String {
        let lang = self.lang;
        let parameters = || self.fit.parameters.iter();
        let n_free = parameters()
            .filter(|one| verdict(one) == "not_identified")
            .count();
        let n_known = parameters()
            .filter(|one| verdict(one) == "identified")
            .count();
        let n = self.fit.parameters.len();
        let waves = &self.fit.waves;
        let n_runs: usize = waves.iter().map(|wave| wave.n_runs).sum();
        let (runs, in_waves) = (
            counted(n_runs, "run", lang),
            counted(waves.len(), "wave", lang),
        );
        let parts = [
            ("known", &*n_known.to_string()),
            ("n", &n.to_string()),
            ("free", &n_free.to_string()),
            ("runs", &runs),
            ("waves", &in_waves),
        ];
        let remarks = ["fit_remark_left", "fit_remark_runs"].map(|key| told(key, lang, &parts));
        let (n_tried, n_kept) = (self.fit.n_tried, self.fit.draws.len());
        let accepted = (n_tried > 0).then(|| {
            told(
                "fit_accepted",
                lang,
                &[
                    ("n_tried", &n_tried.to_string()),
                    ("n_kept", &n_kept.to_string()),
                ],
            )
        });
        let remarks = self.far_off().into_iter().chain(remarks).chain(accepted);
        let lines = remarks.map(|remark| hang("· ", &remark, WIDTH));
        format!("\n{}", lines.collect::<String>())
    }

    /// That nothing fits, where the chosen values do not, and which targets are farthest.
    fn far_off(&self) -> Option<String> {
        let lang = self.lang;
        let in_country = self.fit.waves.iter().filter(|wave| wave.is_country);
        if in_country.map(|wave| wave.n_not_ruled_out).sum::<usize>() > 0 {
            return None;
        }
        let targets = self
            .scenario
            .calibration
            .iter()
            .flat_map(|one| &one.targets);
        let fitted = targets.filter(|target| target.is_fitted());
        let mut far: Vec<(f64, &Target)> = fitted
            .map(|target| {
                let seen = self.fit.estimate(target);
                let off = seen.map_or(f64::INFINITY, |one| distance(target, one.mean).abs());
                (off, target)
            })
            .filter(|&(off, _)| off > RULED_OUT)
            .collect();
        far.sort_by(|one, other| other.0.total_cmp(&one.0));
        if far.is_empty() {
            return None;
        }
        let named = far.iter().take(MOST_FAR_OFF).map(|(off, target)| {
            let label = lang.label(&target.label);
            match off.is_finite() {
                true => format!("{label} ({})", local(*off, 1, lang)),
                false => format!("{label} ({})", phrase("beside_nothing", lang)),
            }
        });
        let all = lang.list(&named.collect::<Vec<_>>());
        let n = far.len();
        Some(told(
            "fit_nothing_fits",
            lang,
            &[("n", &n.to_string()), ("all", &all)],
        ))
    }
}
