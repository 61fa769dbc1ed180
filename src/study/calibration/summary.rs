//! What a calibration has found, as people read it, and the file of its values.

use super::fit::Fit;
use super::space::{RULED_OUT, distance};
use super::table::{is_inside, verdict};
use crate::report::words::number::{decimals_for, six_digits};
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
    for (role, nl, en) in [
        (Role::Fit, "Aangepast aan", "Fitted to"),
        (
            Role::Validation,
            "Achtergehouden: toets van de aanpassing",
            "Kept apart: a test of the fit",
        ),
        (
            Role::Consistency,
            "Niet aangepast, maar invoer of vooraf berust erop: toets op samenhang",
            "Not fitted, but an input or prior rests on it: a test of consistency",
        ),
    ] {
        let targets = calibration.targets.iter();
        let targets = targets.filter(|target| target.role == role).collect();
        text.push_str(&page.targets(lang.pick(nl, en), targets));
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
        let (of, within) = (
            lang.pick("van", "of"),
            lang.pick("binnen de band", "inside the band"),
        );
        let mut text = format!("\n{title}: {n_inside} {of} {} {within}\n", seen.len());
        let [known, band, grade, simulated] = [
            lang.pick("bekend", "known"),
            lang.pick("band", "band"),
            lang.pick("graad", "grade"),
            lang.pick("gesimuleerd (95 %)", "simulated (95 %)"),
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
            lang.pick("Vrije parameters", "Free parameters"),
            "",
            lang.pick("vooraf", "prior"),
            lang.pick("bereik", "range"),
            lang.pick("gekozen", "chosen"),
            lang.pick("achteraf 5–95 %", "posterior 5–95 %"),
            lang.pick("rest", "left"),
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
        let title = lang.pick(
            "Alleen samen bekend (correlatie achteraf)",
            "Known only together (posterior correlation)",
        );
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
        let remarks = match lang {
            Lang::Nl => [
                format!(
                    "`rest` is de spreiding achteraf tegen die vooraf, van de trekkingen of, met minder dan 30, van wat zij waren als het model lineair was: {n_known} van {n} parameters leggen de \
                     doelen vast (hoogstens 0,5), over {n_free} zeggen zij, elk op zich, niets (0,9 of meer)."
                ),
                format!(
                    "{runs} in {in_waves}. `!` is buiten de \
                     band. Een interval is over herhalingen bij de gekozen waarden, niet over de parameters."
                ),
            ],
            Lang::En => [
                format!(
                    "`left` is the posterior spread against the prior's, of the draws or, with fewer than 30, of what they would be if the model were linear: the targets identify {n_known} of {n} \
                     parameters (at most 0.5), and say nothing about {n_free}, each by itself (0.9 or more)."
                ),
                format!(
                    "{runs} in {in_waves}. `!` is outside the band. \
                     An interval is over replications at the chosen values, not over the parameters."
                ),
            ],
        };
        let (n_tried, n_kept) = (self.fit.n_tried, self.fit.draws.len());
        let accepted = (n_tried > 0).then(|| match lang {
            Lang::Nl => format!(
                "Van {n_tried} trekkingen die het model zelf heeft doorgerekend, zijn er {n_kept} bewaard die op alle \
                 doelen passen, de gekozen waarden meegeteld."
            ),
            Lang::En => format!(
                "Of {n_tried} draws that the model itself has run, {n_kept} are kept that agree with all targets, the \
                 chosen values among them."
            ),
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
        let told = far.iter().take(MOST_FAR_OFF).map(|(off, target)| {
            let label = lang.label(&target.label);
            match off.is_finite() {
                true => format!("{label} ({})", local(*off, 1, lang)),
                false => format!("{label} ({})", lang.pick("niet gezien", "not seen")),
            }
        });
        let told = lang.list(&told.collect::<Vec<_>>());
        let n = far.len();
        Some(match lang {
            Lang::Nl => format!(
                "Niets past: geen punt ligt voor alle doelen samen binnen drie standaardafwijkingen, en de gekozen waarden \
                 bij {n} niet. Het verst, in standaardafwijkingen: {told}. Gebruik deze waarden niet als aangepast."
            ),
            Lang::En => format!(
                "Nothing fits: no point is within three standard deviations of all targets at once, and the chosen values \
                 are not of {n}. Farthest, in standard deviations: {told}. Do not use these values as fitted."
            ),
        })
    }
}
