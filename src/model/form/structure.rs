//! The structure of a form: one household sent along fixed routes.
//!
//! Handovers, re-tells and assessments follow from who does what in which mode
//! and from nothing else. They are read off the engine, not put into it.

use crate::engine::{MINUTES_PER_WEEK, Time, Urgency};
use crate::model::chain::Chain;
use crate::model::law::{Ask, Kind};
use crate::model::{Entrance, Form, Function, Setting, Severity};
use crate::random::Chance;

/// One of the five routes on which forms are compared.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub enum FixedRoute {
    /// Melding, veiligheidsbeoordeling, lokaal team.
    R1,
    /// Melding, veiligheidsbeoordeling, onderzoek, lokaal team.
    R2,
    /// Lokaal team, drang, lokaal team.
    R3,
    /// Lokaal team, drang, tafel, Raad, rechter, OTS, lokaal team.
    R4,
    /// Crisis, voorlopige OTS, beschermingsonderzoek, OTS.
    R5,
}

impl FixedRoute {
    /// Every route.
    pub const ALL: [FixedRoute; 5] = [
        FixedRoute::R1,
        FixedRoute::R2,
        FixedRoute::R3,
        FixedRoute::R4,
        FixedRoute::R5,
    ];

    fn steps(self, form: &Form) -> Vec<(Function, Kind)> {
        use Function::*;
        let functions: &[Function] = match self {
            FixedRoute::R1 => &[Veiligheidsbeoordeling, VrijwilligeHulp],
            FixedRoute::R2 => &[Veiligheidsbeoordeling, Onderzoek, VrijwilligeHulp],
            FixedRoute::R3 => &[VrijwilligeHulp, Drang, Nazorg],
            FixedRoute::R4 => &[
                VrijwilligeHulp,
                Drang,
                Jeugdbeschermingstafel,
                Beschermingsonderzoek,
            ],
            FixedRoute::R5 => return vec![(Crisis, Kind::Regular), (ToetsEnVerzoek, Kind::Spoed)],
        };
        functions
            .iter()
            .filter(|&&function| form.task(function).is_some())
            .map(|&function| (function, Kind::Regular))
            .collect()
    }

    fn entrance(self) -> Entrance {
        match self {
            FixedRoute::R3 | FixedRoute::R4 => Entrance::OwnIntake,
            _ => Entrance::FirstMelding,
        }
    }

    /// Long enough for the route to end, or, where it ends in an OTS, to get there.
    fn weeks(self) -> u32 {
        match self {
            FixedRoute::R5 => 45,
            _ => 400,
        }
    }
}

/// Days of the calendar after the last week of a route, for what is planned in it.
const MARGIN_DAYS: u32 = 366;

/// What a route costs a family in one form.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub struct Structure {
    /// Times that the lead passed to another team.
    pub handovers: u16,
    /// Times that a professional new to the family did an intake or interview.
    pub retells: u16,
    /// Own assessments of the family.
    pub assessments: u16,
}

/// The steps that the one household of a structure test still has to go, until
/// the pathway takes over.
#[derive(Clone, Debug)]
pub(crate) struct Script {
    steps: std::collections::VecDeque<(Function, Kind)>,
}

impl Chain {
    /// The next step that the script asks for, if there is a script with steps left.
    pub(crate) fn next_in_script(&mut self) -> Option<Ask> {
        let (function, kind) = self.script.as_mut()?.steps.pop_front()?;
        let urgency = match (function, kind) {
            (Function::Crisis, _) | (_, Kind::Spoed) => Urgency::Crisis,
            _ => Urgency::Regular,
        };
        Some(Ask::next(function).kind(kind).urgency(urgency))
    }
}

/// Sends one structurally unsafe household along a route, with staff to spare,
/// no incidents and nobody who leaves.
///
/// Everybody may do all that their team does: a change of person because the one
/// who knows the family is no specialist in the next step is an effect of the
/// generalist share, and so of capacity, not of the structure.
pub fn structure(mut setting: Setting, route: FixedRoute) -> Structure {
    for team in &mut setting.form.teams {
        team.generalist_share = 1.0;
    }
    // However short what is measured: the route is gone to its end.
    let period = &mut setting.period;
    period.measured_days = period.measured_days.max(7 * route.weeks() + MARGIN_DAYS);
    let p = &mut setting.parameters;
    for rate in [
        &mut p.danger.rate_veilig,
        &mut p.danger.rate_lichte_zorgen,
        &mut p.danger.rate_structureel,
        &mut p.danger.rate_acuut,
        &mut p.staff.turnover,
        &mut p.household.specialist_probability_per_extra_domain,
        &mut p.household.help_weeks_cv,
        &mut p.work.cv,
    ] {
        *rate = 0.0;
    }
    let mut chain = Chain::empty(setting, Chance::new(0, 0, 0));
    chain.hire();
    let steps = route.steps(chain.form()).into();
    chain.script = Some(Script { steps });
    let household = chain.add_household(0, route.entrance());
    let home = chain.household(household);
    home.severity = Severity::StructureelOnveilig;
    home.has_children = true;
    chain.open_case(household, route.entrance(), false);
    chain.run_until(Time::from_minutes(route.weeks() * MINUTES_PER_WEEK));
    let case = chain.household(household).case;
    Structure {
        handovers: case.n_handovers,
        retells: case.n_retells,
        assessments: case.n_assessments,
    }
}
