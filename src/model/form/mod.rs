//! A form of organisation: who does which function, in which mode, with whose staff.
//!
//! A form is a value. Nothing in the model asks *which* form it runs.

pub(crate) mod block;
pub(crate) mod composition;
pub(crate) mod function;
pub(crate) mod organisation;
pub(crate) mod path;
pub(crate) mod roster;
pub(crate) mod structure;

use serde::Serialize;

use super::{Function, FunctionSet, Organisation, Severity};

/// What people read, in both languages.
#[derive(Clone, PartialEq, Eq, Debug, Default, Serialize)]
pub struct Label {
    /// Dutch.
    pub nl: String,
    /// English.
    pub en: String,
}

/// How the one who does a function comes in.
#[derive(Clone, Copy, PartialEq, Eq, Debug, Serialize)]
pub enum Mode {
    /// The lead passes; to another team that is a handover.
    TakeOver,
    /// A second professional comes in; the lead stays and goes on helping.
    Join,
    /// An adviser is asked; the lead does the work.
    Consult,
    /// Somebody else looks at the case anew; the lead stays.
    Check,
}

impl Mode {
    /// Every mode.
    pub const ALL: [Mode; 4] = [Mode::TakeOver, Mode::Join, Mode::Consult, Mode::Check];

    /// The modes in which a function can be done.
    pub fn of(function: Function) -> &'static [Mode] {
        use Mode::{Check, Consult, Join, TakeOver};
        match function {
            Function::Advies => &[Consult],
            Function::Rechter | Function::Jeugdbeschermingstafel => &[Check],
            Function::SpecialistischeHulp => &[Join],
            Function::ToetsEnVerzoek => &[TakeOver, Check],
            Function::Beschermingsonderzoek => &[TakeOver, Join, Check],
            Function::Veiligheidsbeoordeling | Function::Crisis => &[TakeOver, Join],
            Function::Jeugdreclassering => &[TakeOver],
            Function::Onderzoek
            | Function::VoorwaardenEnVervolg
            | Function::VrijwilligeHulp
            | Function::Drang
            | Function::UitvoeringMaatregel
            | Function::Nazorg => &[TakeOver, Join, Consult],
        }
    }

    /// Its name in a form file.
    pub fn key(self) -> &'static str {
        match self {
            Mode::TakeOver => "take_over",
            Mode::Join => "join",
            Mode::Consult => "consult",
            Mode::Check => "check",
        }
    }
}

/// How many pools a team has in a region.
#[derive(Clone, Copy, PartialEq, Eq, Debug, Serialize)]
pub enum Scale {
    /// One in every area (a cluster of municipalities).
    Area,
    /// One for the whole region.
    Region,
    /// Outside the chain: a delay with a capacity, no professionals of ours.
    External,
}

impl Scale {
    /// The pools of such a team in a region with so many areas.
    pub(crate) fn n_pools(self, n_areas: u8) -> u8 {
        match self {
            Scale::Area => n_areas,
            Scale::Region | Scale::External => 1,
        }
    }
}

/// A group of professionals that does some of the functions.
#[derive(Clone, PartialEq, Debug, Serialize)]
pub struct Team {
    /// Its name in the form file and in every table.
    pub key: String,
    /// What people read.
    pub label: Label,
    /// How many pools it has.
    pub scale: Scale,
    /// Which share of the staff of today's organisations works here:
    /// (organisation, share in 0..=1).
    pub staff_from: Vec<(Organisation, f64)>,
    /// Share of its professionals who may do every function of the team, 0..=1;
    /// the others do what their own organisation does today.
    pub generalist_share: f64,
}

impl Team {
    /// Whether its staff comes from several organisations.
    pub fn is_mixed(&self) -> bool {
        self.staff_from.len() > 1
    }

    /// The share of an organisation's staff that works here.
    pub(crate) fn share_of(&self, organisation: Organisation) -> f64 {
        let shares = self.staff_from.iter();
        let own = shares.filter(|(from, _)| *from == organisation);
        own.map(|(_, share)| share).sum()
    }

    /// Whether a team of another form is this one: by name, staff and side of the chain's border.
    pub(crate) fn is_same(&self, other: &Team) -> bool {
        let is_outside = |team: &Team| team.scale == Scale::External;
        self.key == other.key
            && self.staff_from == other.staff_from
            && is_outside(self) == is_outside(other)
    }

    /// More staff of an organisation, in the order of the organisations.
    pub(crate) fn add_staff(&mut self, organisation: Organisation, share: f64) {
        match self
            .staff_from
            .iter_mut()
            .find(|(from, _)| *from == organisation)
        {
            Some((_, own)) => *own += share,
            None => self.staff_from.push((organisation, share)),
        }
        self.staff_from.sort_by_key(|(from, _)| *from);
    }
}

/// Which team does a function, and how it comes in.
#[derive(Clone, Copy, PartialEq, Eq, Debug, Serialize)]
pub struct Task {
    /// Index in [`Form::teams`].
    pub team: usize,
    /// How it comes in.
    pub mode: Mode,
}

/// Who holds the family from the melding on.
#[derive(Clone, Copy, PartialEq, Eq, Debug, Serialize)]
pub enum Intake {
    /// Whoever does the veiligheidsbeoordeling.
    ViaTriage,
    /// The team of vrijwillige hulp; whoever assesses joins it.
    LokaalTeam,
}

/// Where the independent check of a measure is placed.
#[derive(Clone, Copy, PartialEq, Eq, Debug, Serialize)]
pub enum Independence {
    /// In another organisation than the one that asks for the measure.
    Extern,
    /// In the same organisation, by another person.
    Intern,
}

/// A set of teams of one form.
#[derive(Clone, Copy, PartialEq, Eq, Default, Debug, Serialize)]
pub struct TeamSet(pub u32);

impl TeamSet {
    /// Whether the team is in the set.
    pub fn has(self, team: usize) -> bool {
        self.0 & (1 << team) != 0
    }

    /// Adds the team.
    pub fn insert(&mut self, team: usize) {
        self.0 |= 1 << team;
    }

    /// The set when a team is taken away and those after it move up.
    pub(crate) fn without(self, team: usize) -> Self {
        let before = (1 << team) - 1;
        TeamSet(self.0 & before | self.0 >> 1 & !before)
    }
}

/// A form of organisation (organisatievorm).
#[derive(Clone, PartialEq, Debug, Serialize)]
pub struct Form {
    /// Its name in scenarios and tables.
    pub key: String,
    /// What people read.
    pub label: Label,
    /// What it is, in two sentences, if its file says so.
    pub what: Option<Label>,
    /// Whether it is a proposal of this project, to be labelled "voorgestelde variant".
    pub is_proposal: bool,
    /// Where its description comes from.
    pub source: String,
    /// Its teams, at most 32.
    pub teams: Vec<Team>,
    /// Who does what, by [`Function`] number; `None` only where the function
    /// [may be left out](Function::is_optional).
    pub tasks: [Option<Task>; Function::COUNT],
    /// Who holds the family from the melding on.
    pub intake: Intake,
    /// From this severity on a second professional joins; a lighter family is taken over.
    pub join_from: Severity,
    /// Functions at whose start with an unsafe family the lead asks advice of
    /// the team of [`Function::Advies`].
    pub consults: FunctionSet,
    /// Teams that work in one dossier.
    pub shared_dossier: TeamSet,
    /// Hours that writing for others costs a team in the shared dossier [hours an activity].
    pub dossier_hours_per_case: f64,
    /// Teams whose professional stays with an unsafe family when another takes the lead.
    pub stays: TeamSet,
    /// Where the independent check is placed.
    pub check: Independence,
    /// Room for local differences in the threshold for a measure, 0..=1.
    pub local_room: f64,
    /// Hours of coordination that every case costs on top [hours an activity].
    pub coordination_hours_per_case: f64,
}

impl Form {
    /// More teams than this a form has not: [`TeamSet`] has a bit for each.
    pub const MOST_TEAMS: usize = 32;

    /// Who does the function, or `None` where this form has no such step.
    pub fn task(&self, function: Function) -> Option<Task> {
        self.tasks[function as usize]
    }

    /// The functions of a team.
    pub fn functions_of(&self, team: usize) -> FunctionSet {
        Function::ALL
            .into_iter()
            .filter(|&function| self.task(function).is_some_and(|task| task.team == team))
            .collect()
    }

    /// Hours that every activity of a team costs on top \[hours\].
    pub fn hours_on_top(&self, team: usize) -> f64 {
        let written = match self.shared_dossier.has(team) {
            true => self.dossier_hours_per_case,
            false => 0.0,
        };
        self.coordination_hours_per_case + written
    }

    /// Whether both teams read and write the same dossier.
    pub fn shares_dossier(&self, one: usize, other: usize) -> bool {
        one == other || (self.shared_dossier.has(one) && self.shared_dossier.has(other))
    }
}
