//! Forms as the page takes them apart: who does what, in which mode, and what a family makes of it.

use std::collections::BTreeMap;

use rvtsim::experiment::{Design, PassKey};
use rvtsim::model::{FixedRoute, Form, Function, Label, Mode, Scale, TeamSet, structure};
use rvtsim::report::bare_function;
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

/// A form in its parts.
#[derive(Serialize)]
pub(crate) struct Parts {
    #[serde(flatten)]
    name: Choice,
    teams: Vec<Team>,
    shared_dossier: Vec<String>,
    stays: Vec<String>,
    /// Team and mode by function.
    tasks: BTreeMap<&'static str, (String, &'static str)>,
}

#[derive(Serialize)]
struct Team {
    #[serde(flatten)]
    name: Choice,
    is_external: bool,
    generalist_share: f64,
    staff_from: BTreeMap<&'static str, f64>,
}

impl Parts {
    pub(crate) fn of(form: &Form) -> Self {
        let team = |team: &rvtsim::model::Team| Team {
            name: Choice::of(&team.key, &team.label),
            is_external: team.scale == Scale::External,
            generalist_share: team.generalist_share,
            staff_from: (team.staff_from.iter())
                .map(|&(from, share)| (from.key(), share))
                .collect(),
        };
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
        Parts {
            shared_dossier: named(form.shared_dossier),
            stays: named(form.stays),
            name: Choice::of(&form.key, &form.label),
            teams: form.teams.iter().map(team).collect(),
            tasks: Function::ALL.into_iter().filter_map(task).collect(),
        }
    }
}

/// Handovers, re-tells and assessments of a form on each of the fixed routes, in a pass of it.
pub(crate) fn counts(design: &Design, key: PassKey) -> Vec<[u16; 3]> {
    let setting = design.unstaffed(key).unchanged();
    let counts = FixedRoute::ALL.into_iter().map(|route| {
        let found = structure(setting.clone(), route);
        [found.handovers, found.retells, found.assessments]
    });
    counts.collect()
}
