//! Forms that come into force in the course of a run.

use serde::Serialize;

use crate::model::area::Local;
use crate::model::{Form, Parameters, Roster, Scale, Task, Team, TeamSet};

/// Another form of organisation from a day of the run on.
#[derive(Clone, PartialEq, Debug, Serialize)]
pub struct Change {
    /// The first day on which it is in force, counted from the first day of the warm-up.
    pub day: u32,
    /// The form, with [the same teams](aligned) as the one before it.
    pub form: Form,
    /// The parameters from then on.
    pub parameters: Parameters,
    /// The forms that are then in force in places of the region instead of `form`.
    #[serde(skip_serializing_if = "Vec::is_empty")]
    pub local: Vec<Local>,
    /// Who works where from then on; without it today's staff as the form divides it.
    pub roster: Option<Roster>,
    /// How many regions went before in the same path: what they learned is known here.
    pub n_before: u32,
}

/// Why forms cannot have one list of teams.
#[derive(Clone, PartialEq, Eq, Debug)]
pub enum AlignmentError {
    /// Two forms give a team of one name another scale.
    TeamsDiffer {
        /// The name.
        team: String,
        /// The forms.
        forms: [String; 2],
    },
    /// All teams together are more than [`Form::MOST_TEAMS`]: so many.
    TooManyTeams(usize),
}

impl Form {
    /// The same form among these teams, in their order; those that it does not have do nothing and are nobody's.
    fn among(&self, teams: &[Team]) -> Self {
        let place = |team: usize| {
            let key = &self.teams[team].key;
            let found = teams.iter().position(|one| one.key == *key);
            found.expect("its teams are among them")
        };
        let set = |of: TeamSet| {
            let mut moved = TeamSet::default();
            let own = (0..self.teams.len()).filter(|&team| of.has(team));
            own.for_each(|team| moved.insert(place(team)));
            moved
        };
        let team = |one: &Team| {
            let own = self.teams.iter().find(|own| own.key == one.key);
            own.cloned().unwrap_or_else(|| Team {
                staff_from: Vec::new(),
                ..one.clone()
            })
        };
        Form {
            teams: teams.iter().map(team).collect(),
            tasks: self.tasks.map(|task| {
                task.map(|task| Task {
                    team: place(task.team),
                    ..task
                })
            }),
            shared_dossier: set(self.shared_dossier),
            stays: set(self.stays),
            ..self.clone()
        }
    }
}

/// The same forms with one list of teams, so that a team has the same place in each: those of the first form, and
/// behind them what each further one brings.
///
/// # Errors
///
/// When they cannot have one: a name means teams of unlike scale, or there are too many.
pub fn aligned(forms: &[&Form]) -> Result<Vec<Form>, AlignmentError> {
    let mut teams: Vec<(&Team, &Form)> = Vec::new();
    for form in forms {
        for team in &form.teams {
            match teams.iter().find(|(known, _)| known.key == team.key) {
                None => teams.push((team, form)),
                Some((known, first)) if known.scale != team.scale => {
                    return Err(AlignmentError::TeamsDiffer {
                        team: team.key.clone(),
                        forms: [first.key.clone(), form.key.clone()],
                    });
                }
                Some(_) => {}
            }
        }
    }
    if teams.len() > Form::MOST_TEAMS {
        return Err(AlignmentError::TooManyTeams(teams.len()));
    }
    let teams: Vec<Team> = teams.into_iter().map(|(team, _)| team.clone()).collect();
    Ok(forms.iter().map(|form| form.among(&teams)).collect())
}

impl Team {
    /// Whether a form has it, and not only its place.
    pub fn is_there(&self) -> bool {
        self.scale == Scale::External || !self.staff_from.is_empty()
    }
}
