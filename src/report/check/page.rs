//! What a file means, for somebody who has not run it yet.

use crate::experiment::Cost;
use crate::model::{Form, Function};
use crate::report::Lang;
use crate::report::words::changed;
use crate::report::words::number::{local, local_exact};
use crate::report::words::phrase::{counted, phrase, told};
use crate::report::words::text::{cut, hang};
use crate::report::words::wording;
use crate::scenario::{
    Change, Criterion, Doubt, Entry, Framework, Grade, Part, PartKind, Scenario,
};

/// Characters of the names before the facts.
const NAME_WIDTH: usize = 14;
/// Time of one core for page and figures, which hardly depends on the run \[seconds\].
const SECONDS_OF_DRAWING: f64 = 6.5;
/// Regions in a country; more than a few are not listed.
const MOST_NAMED: usize = 6;

/// A scenario in full: what is compared, where, when, how often, with which
/// values of its own, and what the run will take.
pub fn check(settings: &[Scenario], cost: &Cost, width: usize, lang: Lang) -> String {
    let (scenario, others) = settings.split_first().expect("a scenario has a setting");
    let mut page = Page::new(width, lang);
    let what = phrase("side_scenario", lang);
    page.title(&scenario.key, what, lang.label(&scenario.label));
    page.bases(&scenario.bases);
    let form = |(number, case): (usize, &crate::scenario::Case)| {
        let role = match number == scenario.baseline {
            true => phrase("check_is_baseline", lang),
            false => "",
        };
        format!("{}{role}", case.form.key)
    };
    let forms: Vec<String> = scenario.cases.iter().enumerate().map(form).collect();
    page.fact("forms", &forms.join(", "));
    page.fact("regions", &regions(scenario, lang));
    if !scenario.known.is_empty() && scenario.regions.len() <= MOST_NAMED {
        for region in &scenario.regions {
            let fit = crate::report::words::known::of_region(&scenario.known, &region.name, lang);
            page.fact("fit", &fit);
        }
    }
    if let Some(counted) = &scenario.counted {
        page.fact("mind", &changed::counted(counted, lang));
    }
    let period = &scenario.period;
    let (first, start) = (period.first_day(), period.start);
    let stretch = |from, to, n_days: u32| {
        let parts = [
            ("from", &*lang.date(from)),
            ("to", &lang.date(to)),
            ("span", &lang.span(n_days)),
        ];
        told("check_period", lang, &parts)
    };
    let warm_up = match period.warm_up_days {
        0 => phrase("check_none", lang).to_owned(),
        n => stretch(first, start.plus_days(-1), n),
    };
    page.fact("warm_up", &warm_up);
    page.fact(
        "measured",
        &stretch(start, period.last_day(), period.measured_days),
    );
    page.fact("replications", &scenario.replications.to_string());
    if let Some(worlds) = worlds(scenario, lang) {
        page.fact("worlds", &worlds);
    }
    page.fact("seed", &scenario.seed.to_string());
    for (number, belief) in scenario.beliefs.iter().enumerate() {
        let name = match number {
            0 => "beliefs",
            _ => "and_under",
        };
        page.fact(
            name,
            &format!("{} ({})", belief.key, lang.label(&belief.label)),
        );
    }
    for other in others.iter().filter(|one| one.belief == scenario.belief) {
        let own = other.ledger.iter().zip(&scenario.ledger);
        let own = own.filter(|(with, without)| with.value_in_effect != without.value_in_effect);
        let lines = own.map(|(with, without)| {
            changed::value(with, without.value_in_effect, with.value_in_effect, lang)
        });
        if let Some(variant) = &other.variant {
            let lines: Vec<String> = lines.collect();
            let label = lang.label(&variant.label);
            let fact = format!("{} ({label}): {}", variant.key, lines.join("; "));
            page.fact("with_without", &fact);
        }
    }
    for line in changed::of_forms(scenario, lang) {
        page.fact("changed", &line);
    }
    if let Some(plan) = &scenario.calibration {
        let free = counted(plan.free.len(), "free_parameter", lang);
        let targets = counted(plan.targets.len(), "target", lang);
        let (waves, points) = (counted(plan.n_waves as usize, "wave", lang), plan.n_points);
        page.fact(
            "calibration",
            &told(
                "check_calibration",
                lang,
                &[
                    ("free", &free),
                    ("targets", &targets),
                    ("waves", &waves),
                    ("points", &points.to_string()),
                ],
            ),
        );
    }
    if let Some(sweep) = &scenario.sweep {
        let (plan, n, d) = (sweep.plan.key(), sweep.n_all_points(), sweep.factors.len());
        page.fact(
            "sweep",
            &format!(
                "{plan}, {}, {}; rvtsim sweep",
                counted(d, "factor", lang),
                counted(n as usize, "point", lang)
            ),
        );
    }
    if let Some(monitor) = &scenario.monitor {
        let n = monitor.counts.len();
        page.fact(
            "monitor",
            &format!("{}; rvtsim monitor", counted(n, "count", lang)),
        );
    }
    page.fact("time", &duration(cost, lang));
    if scenario.sweep.is_none() {
        let time = about(SECONDS_OF_DRAWING / cost.n_threads as f64, lang);
        let without = phrase("check_without", lang);
        page.fact("drawing", &format!("{time} ({without}: --tables-only)"));
    }
    page.fact("memory", &memory(cost.bytes, lang));
    page.changes(&scenario.changes, &scenario.ledger, &scenario.bases);
    let others = scenario.ledger.iter().filter(|entry| {
        let is_own = scenario
            .changes
            .iter()
            .any(|one| scenario.ledger[one.row].spec == entry.spec);
        !is_own && entry.value_in_effect != entry.value
    });
    page.others(others);
    page.text
}

/// A file of a library that is no scenario.
pub fn check_part(name: &str, part: &Part, width: usize, lang: Lang) -> String {
    let mut page = Page::new(width, lang);
    match &part.kind {
        PartKind::Form(form) => {
            let what = phrase("check_form_of_organisation", lang);
            page.title(&form.key, what, lang.label(&form.label));
            page.bases(&part.bases);
            page.form(form);
        }
        PartKind::Belief(belief) => {
            let what = phrase("side_belief", lang);
            page.title(&belief.key, what, lang.label(&belief.label));
            page.fact("source", &belief.source);
        }
        PartKind::Fitted => {
            let text = phrase("check_fitted_over", lang);
            page.title(name, phrase("check_fitted_values", lang), text);
        }
        PartKind::Evidence => {
            let n = part.ledger.len();
            let of = |grade: Grade| {
                let of_grade = part.ledger.iter().filter(|entry| entry.grade == grade);
                format!("{} {}", grade.key(), of_grade.count())
            };
            let grades: Vec<String> = Grade::ALL.iter().map(|&grade| of(grade)).collect();
            let text = counted(n, "parameter", lang);
            page.title(name, phrase("check_evidence", lang), &text);
            page.fact("grade", &grades.join(", "));
        }
        PartKind::Framework(framework) => {
            let what = phrase("check_framework", lang);
            page.title(name, what, lang.label(&framework.label));
            page.framework(framework);
        }
    }
    if !matches!(part.kind, PartKind::Evidence | PartKind::Framework(_)) {
        page.changes(&part.changes, &part.ledger, &part.bases);
    }
    page.text
}

/// In how many worlds the replications run, and how many of them run in one where another does.
fn worlds(scenario: &Scenario, lang: Lang) -> Option<String> {
    let all = scenario.replications as usize;
    let n = scenario.cases[0].worlds.len().min(all);
    let which = match scenario.doubt {
        Doubt::None => return None,
        Doubt::Posterior => phrase("check_worlds_that_agree", lang),
        Doubt::Prior => phrase("check_worlds_before_fit", lang),
    };
    let again = match all - n {
        0 => String::new(),
        twins => format!(
            "; {} {}",
            counted(twins, "replication", lang),
            phrase("check_twins", lang)
        ),
    };
    Some(format!("{n} {which}{again}"))
}

fn regions(scenario: &Scenario, lang: Lang) -> String {
    let n = scenario.regions.len();
    let names = scenario.regions.iter().map(|region| region.name.clone());
    let names: Vec<String> = names.collect();
    if n <= MOST_NAMED {
        return lang.list(&names);
    }
    let (first, more) = (names[..MOST_NAMED - 1].join(", "), n - (MOST_NAMED - 1));
    told(
        "check_regions",
        lang,
        &[
            ("n", &n.to_string()),
            ("first", &first),
            ("more", &more.to_string()),
        ],
    )
}

/// How long it will take, and on what.
pub(crate) fn duration(cost: &Cost, lang: Lang) -> String {
    let passes = counted(cost.n_passes as usize, "pass", lang);
    let millions = local(cost.family_years / 1e6, 1, lang);
    let cores = counted(cost.n_threads, "core", lang);
    let time = about(cost.seconds, lang);
    told(
        "check_duration",
        lang,
        &[
            ("time", &time),
            ("cores", &cores),
            ("passes", &passes),
            ("millions", &millions),
        ],
    )
}

/// A time as somebody would say it who cannot know exactly.
fn about(seconds: f64, lang: Lang) -> String {
    let (value, unit) = match seconds {
        s if s < 1.5 => return phrase("check_a_second", lang).to_owned(),
        s if s < 90.0 => (s, "check_seconds"),
        s if s < 5400.0 => (s / 60.0, "check_minutes"),
        s if s < 129_600.0 => (s / 3600.0, "unit_hours"),
        s => (s / 86_400.0, "unit_days"),
    };
    let (about, unit) = (phrase("check_about", lang), phrase(unit, lang));
    format!("{about} {} {unit}", local(value, 0, lang))
}

pub(crate) fn memory(bytes: f64, lang: Lang) -> String {
    let about = phrase("check_about", lang);
    if bytes < 1e9 {
        return format!("{about} {} MB", local((bytes / 1e7).ceil() * 10.0, 0, lang));
    }
    format!("{about} {} GB", local(bytes / 1e9, 1, lang))
}

struct Page {
    text: String,
    width: usize,
    lang: Lang,
}

impl Page {
    fn new(width: usize, lang: Lang) -> Self {
        let text = String::new();
        Page { text, width, lang }
    }

    fn title(&mut self, name: &str, what: &str, label: &str) {
        self.text += &format!("\n{name}, {what}\n");
        self.text += &hang("  ", label, self.width);
        self.text.push('\n');
    }

    /// A fact under a name of the book of phrases.
    fn fact(&mut self, name: &str, fact: &str) {
        self.named(phrase(&format!("check_fact_{name}"), self.lang), fact);
    }

    fn named(&mut self, name: &str, fact: &str) {
        self.text += &hang(&format!("  {name:NAME_WIDTH$} "), fact, self.width);
    }

    fn bases(&mut self, bases: &[String]) {
        if !bases.is_empty() {
            self.fact("extends", &bases.join(" ← "));
        }
    }

    fn form(&mut self, form: &Form) {
        let is_proposal = match form.is_proposal {
            true => phrase("check_proposed_variant", self.lang),
            false => phrase("check_exists", self.lang),
        };
        self.fact("status", is_proposal);
        for (number, team) in form.teams.iter().enumerate() {
            let functions = Function::ALL.into_iter();
            let functions = functions.filter_map(|function| {
                let task = form.task(function)?;
                let told = || format!("{} ({})", function.key(), task.mode.key());
                (task.team == number).then(told)
            });
            let functions: Vec<String> = functions.collect();
            self.named(&team.key, &functions.join(", "));
        }
    }

    /// The criteria of each principle, how they are known, and who weighs them.
    fn framework(&mut self, framework: &Framework) {
        for (number, group) in framework.groups.iter().enumerate() {
            let criteria = framework.criteria.iter().filter(|one| one.group == number);
            let told = |one: &Criterion| {
                let known = match &one.not_yet {
                    Some(_) => phrase("check_not_measured_yet", self.lang),
                    None => wording::criterion_kind(one.kind, self.lang),
                };
                format!("{} {} ({known})", one.key, self.lang.label(&one.label))
            };
            let criteria: Vec<String> = criteria.map(told).collect();
            let name = group.key.clone();
            self.named(&name, &criteria.join("; "));
        }
        let profiles = framework.profiles.iter();
        let profiles: Vec<&str> = profiles.map(|one| self.lang.label(&one.label)).collect();
        self.fact("profiles", &profiles.join("; "));
    }

    /// Each value with what it was, how well that is known and where it came from.
    fn changes(&mut self, changes: &[Change], ledger: &[Entry], bases: &[String]) {
        // After a title without facts there is an empty line already.
        self.text.truncate(self.text.trim_end().len() + 1);
        let lang = self.lang;
        if changes.is_empty() {
            let none = phrase("check_no_values", lang);
            self.text += &format!("\n{none}\n");
            return;
        }
        let n = changes.len();
        let head = told("check_values", lang, &[("n", &n.to_string())]);
        self.text += &format!("\n  {head}\n");
        let values = changes.iter().map(|one| {
            let arrow = format!(
                "{} → {}",
                local_exact(one.before, lang),
                local_exact(one.after, lang)
            );
            let entry = &ledger[one.row];
            let line = [
                entry.spec.key.to_owned(),
                arrow,
                lang.unit(entry.spec.unit).to_owned(),
            ];
            (line, entry, one)
        });
        let rows: Vec<_> = values.collect();
        let width_of = |column: usize| rows.iter().map(|row| row.0[column].chars().count()).max();
        let [key, value, unit] = [0, 1, 2].map(|column| width_of(column).unwrap_or(0));
        for (line, entry, change) in &rows {
            let grade = entry.grade.key();
            let start = format!(
                "  {:key$}  {:value$}  {:unit$}  ",
                line[0], line[1], line[2]
            );
            let mut notes = format!("{grade:2} ");
            if bases.contains(&change.file) {
                notes += &format!("{}; ", change.file);
            }
            if !(entry.low..=entry.high).contains(&change.after) {
                let outside = phrase("ledger_outside", lang);
                let range = super::listing::range(entry, lang);
                notes += &format!("{outside} {range}; ");
            }
            let source = entry
                .source
                .strip_prefix("assumption: ")
                .unwrap_or(&entry.source);
            self.text += &format!("{}\n", cut(&format!("{start}{notes}{source}"), self.width));
        }
        let grades: Vec<&'static Grade> = Grade::ALL.iter().collect();
        let used = grades
            .into_iter()
            .filter(|grade| rows.iter().any(|row| row.1.grade == **grade));
        let used: Vec<String> = used.map(|&grade| wording::grade(grade, lang)).collect();
        self.text += &hang("  ", &used.join(" · "), self.width);
    }

    /// How many values come from elsewhere than evidence.toml and this file.
    fn others<'a>(&mut self, entries: impl Iterator<Item = &'a Entry>) {
        let mut files: Vec<(&str, usize)> = Vec::new();
        for file in entries.filter_map(|entry| entry.overridden_by.last()) {
            match files.iter_mut().find(|(other, _)| other == file) {
                Some((_, n)) => *n += 1,
                None => files.push((file, 1)),
            }
        }
        if files.is_empty() {
            return;
        }
        let files: Vec<String> = files
            .iter()
            .map(|(file, n)| format!("{n} {file}"))
            .collect();
        let files = files.join(", ");
        let text = told("check_other_values", self.lang, &[("files", &files)]);
        self.text += &format!("\n{}", hang("  ", &text, self.width));
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::experiment::fixture::scenario;
    use crate::report::words::text::length;

    #[test]
    fn a_scenario_is_told_with_its_dates_its_cost_and_its_values() {
        let mut scenario = scenario(3);
        scenario.changes = vec![Change {
            row: 0,
            before: 0.25,
            after: 1234.5,
            file: "proef.toml".to_owned(),
        }];
        scenario.ledger[0].value_in_effect = 1234.5;
        let cost = Cost::of_run(&scenario, 2);
        for lang in [Lang::Nl, Lang::En] {
            let text = check(std::slice::from_ref(&scenario), &cost, 100, lang);
            assert!(text.lines().all(|line| length(line) <= 100), "{text}");
        }
        let text = check(std::slice::from_ref(&scenario), &cost, 100, Lang::En);
        let key = scenario.ledger[0].spec.key;
        assert!(
            text.contains(&format!(
                "{key}  0.25 → 1234.5  share  A  outside the range"
            )),
            "{text}"
        );
        assert!(
            text.contains("v0_estafette (the others are compared with it), v1_"),
            "{text}"
        );
        assert!(
            text.contains("1 January 2026 to 31 December 2027 (2 years)"),
            "{text}"
        );
        assert!(text.contains("on 2 cores (36 passes"), "{text}");
    }

    #[test]
    fn times_are_told_as_somebody_would() {
        let told = [0.2, 12.3, 200.0, 9600.0, 400_000.0].map(|s| about(s, Lang::En));
        let expected = [
            "about a second",
            "about 12 seconds",
            "about 3 minutes",
            "about 3 hours",
            "about 5 days",
        ];
        assert_eq!(told, expected);
        assert_eq!(memory(123e6, Lang::Nl), "ongeveer 130 MB");
        assert_eq!(memory(2.34e9, Lang::Nl), "ongeveer 2,3 GB");
    }
}
