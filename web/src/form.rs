//! Forms as the page takes them apart: who does what, in which mode, and what a family makes of it.

use std::collections::BTreeMap;

use rvtsim::engine::Date;
use rvtsim::model::{Division, Form, Function, FunctionSet, Label, Mode, Scale, TeamSet};
use rvtsim::report::bare_function;
use rvtsim::scenario::{Case, Scenario, Setting, Value};
use serde::Serialize;

/// Something that can be chosen, by its name and in both languages.
#[derive(Serialize)]
pub(crate) struct Choice {
    key: String,
    nl: String,
    en: String,
}

impl Choice {
    pub(crate) fn of(key: &str, label: &Label) -> Self {
        Choice {
            key: key.to_owned(),
            nl: label.nl.clone(),
            en: label.en.clone(),
        }
    }
}

/// A function, whoever does it.
#[derive(Serialize)]
pub(crate) struct Task {
    key: &'static str,
    name: &'static str,
    is_external: bool,
    is_optional: bool,
    modes: Vec<&'static str>,
}

/// Every function, in the order in which a family meets them.
pub(crate) fn tasks() -> Vec<Task> {
    let task = |function: Function| Task {
        key: function.key(),
        name: bare_function(function),
        is_external: function.is_external(),
        is_optional: function.is_optional(),
        modes: Mode::of(function).iter().map(|mode| mode.key()).collect(),
    };
    Function::ALL.map(task).into()
}

/// What a form says as a whole.
#[derive(Serialize)]
pub(crate) struct Trait {
    key: &'static str,
    /// Those that stand for it; none where it is a number.
    words: Vec<String>,
}

/// What every form says as a whole, of which this is one.
pub(crate) fn traits(form: &Form) -> Vec<Trait> {
    let all = Setting::OF_FORM.iter();
    let all = all.map(|&(key, setting)| Trait {
        key,
        words: setting.words(form),
    });
    all.collect()
}

/// A form in its parts.
#[derive(Serialize)]
pub(crate) struct Parts {
    #[serde(flatten)]
    name: Choice,
    source: String,
    /// How today's hours are divided over its teams.
    division: &'static str,
    teams: Vec<Team>,
    shared_dossier: Vec<String>,
    stays: Vec<String>,
    /// What it says as a whole, by name.
    traits: BTreeMap<&'static str, Said>,
    /// Team and mode by function.
    tasks: BTreeMap<&'static str, (String, &'static str)>,
}

/// What stands in a form's file.
#[derive(Serialize)]
#[serde(untagged)]
enum Said {
    Number(f64),
    Word(String),
}

impl Said {
    fn of(setting: Setting, form: &Form) -> Option<Self> {
        Some(match setting.value(form)? {
            Value::Number(number) => Said::Number(number),
            Value::Word(word) => Said::Word(word),
        })
    }
}

#[derive(Serialize)]
struct Team {
    #[serde(flatten)]
    name: Choice,
    is_external: bool,
    scale: Option<Said>,
    generalist_share: f64,
    /// Whether some of its people cannot do all that it does unless they are generalists.
    needs_generalists: bool,
    staff_from: BTreeMap<&'static str, f64>,
}

impl Team {
    /// A team of a form; none for one that the form has for the sake of others in its path.
    fn of(number: usize, form: &Form) -> Option<Self> {
        let team = &form.teams[number];
        let does = form.functions_of(number);
        let mut own = team.staff_from.iter().map(|(from, _)| from.functions());
        let is_there = does != FunctionSet::default() || !team.staff_from.is_empty();
        is_there.then(|| Team {
            name: Choice::of(&team.key, &team.label),
            is_external: team.scale == Scale::External,
            scale: Said::of(Setting::Scale(number), form),
            generalist_share: team.generalist_share,
            needs_generalists: own.any(|can| can.and(does) != does),
            staff_from: (team.staff_from.iter())
                .map(|&(from, share)| (from.key(), share))
                .collect(),
        })
    }
}

impl Parts {
    pub(crate) fn of(form: &Form, division: Division) -> Self {
        let task = |function: Function| {
            let task = form.task(function)?;
            let team = form.teams[task.team].key.clone();
            Some((function.key(), (team, task.mode.key())))
        };
        let named = |set: TeamSet| {
            let teams = form.teams.iter().enumerate();
            let teams = teams.filter(|(number, _)| set.has(*number));
            teams.map(|(_, team)| team.key.clone()).collect()
        };
        let all = Setting::OF_FORM.iter();
        let teams = 0..form.teams.len();
        Parts {
            shared_dossier: named(form.shared_dossier),
            stays: named(form.stays),
            name: Choice::of(&form.key, &form.label),
            source: form.source.clone(),
            division: division.key(),
            teams: teams.filter_map(|number| Team::of(number, form)).collect(),
            traits: all
                .filter_map(|&(key, setting)| Some((key, Said::of(setting, form)?)))
                .collect(),
            tasks: Function::ALL.into_iter().filter_map(task).collect(),
        }
    }
}

/// A form that comes into force in a path.
#[derive(Serialize)]
pub(crate) struct Later {
    #[serde(flatten)]
    form: Choice,
    /// The first day in the first region, and in the last.
    from: String,
    to: String,
    /// Whether in parts of regions.
    is_local: bool,
}

/// The forms that come into force in a path, in the order of its file.
pub(crate) fn later(case: &Case, first_day: Date) -> Vec<Later> {
    let stages = case.course.iter().flat_map(|course| &course.stages);
    let later = stages.filter_map(|stage| {
        let days = || stage.moments.iter().flatten().map(|moment| moment.day);
        let date = |day: u32| first_day.plus_days(day as i32).to_string();
        let form = &stage.case.form;
        Some(Later {
            form: Choice::of(&form.key, &form.label),
            from: date(days().min()?),
            to: date(days().max()?),
            is_local: stage.is_local(),
        })
    });
    later.collect()
}

/// The forms of a scenario, each once: also those that its paths name, and no path.
pub(crate) fn forms(scenario: &Scenario) -> Vec<(usize, &Form, Division)> {
    let mut forms: Vec<(usize, &Form, Division)> = Vec::new();
    for (number, case) in scenario.cases.iter().enumerate() {
        let stages = case.course.iter().flat_map(|course| &course.stages);
        let later = stages.map(|stage| (number, &stage.case.form, stage.case.division));
        for one in [(number, case.start(), case.division)]
            .into_iter()
            .chain(later)
        {
            if forms.iter().all(|other| other.1.key != one.1.key) {
                forms.push(one);
            }
        }
    }
    forms
}
