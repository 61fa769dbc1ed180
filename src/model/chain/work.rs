//! Work: the activities that there are, and how much effort each takes, and how long.

use std::ops::{Index, IndexMut};

use super::HouseholdId;
use super::purpose::Purpose;
use crate::engine::{
    Handle, MINUTES_PER_DAY, MINUTES_PER_HOUR, MINUTES_PER_WEEK, Ticket, Time, Urgency,
};
use crate::model::law::{Kind, Track};
use crate::model::{Function, Parameters};
use crate::random::{Draws, LogNormal};

/// One household, one function, one professional.
#[derive(Clone, Copy, Debug)]
pub(crate) struct Activity {
    /// Index of the household, or nobody for an advies to an outsider.
    pub household: HouseholdId,
    /// The case of the household that it belongs to.
    pub case: u16,
    pub function: Function,
    pub kind: Kind,
    pub track: Track,
    pub team: u8,
    pub pool: u16,
    pub urgency: Urgency,
    pub asked_at: Time,
    pub ticket: Option<Ticket>,
    /// Its next event, and when: the office opens, or it ends.
    pub handle: Option<Handle>,
    pub due: Time,
    pub professional: u32,
    /// Which holder of their place they are.
    pub tenure: u16,
    /// What it reserves [minutes a week].
    pub amount: u32,
    /// Its effort while it runs [minutes a week], without what it costs to come in.
    pub per_week: f64,
    /// What it costs to come in \[minutes\].
    pub entry_minutes: f64,
    /// How long it takes, or has still to go \[minutes\].
    pub duration: u32,
    /// Whether it reaches what it is for.
    pub is_success: bool,
    /// Whether somebody is doing it now.
    pub is_running: bool,
    /// Whether it goes on where a leaver stopped.
    pub is_resumed: bool,
    /// Whether whoever does it has assessed the family anew.
    pub is_assessed_anew: bool,
}

impl Activity {
    /// Its effort if it lasts so many minutes, what it costs to come in included
    /// [minutes a week].
    pub fn spread_over(&self, minutes: f64) -> f64 {
        // Nothing is so short that it cannot bear its first talks.
        let weeks = (minutes / f64::from(MINUTES_PER_WEEK)).max(1.0 / 7.0);
        self.per_week + self.entry_minutes / weeks
    }
}

/// The number of an activity's record, as long as it waits or runs.
#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Debug)]
pub struct ActivityId(pub u32);

/// The records of all activities; that of one which has ended is for the next.
#[derive(Clone, Debug, Default)]
pub(crate) struct Activities {
    records: Vec<Activity>,
    free: Vec<ActivityId>,
}

impl Activities {
    /// Keeps a new activity.
    #[inline]
    pub fn add(&mut self, activity: Activity) -> ActivityId {
        match self.free.pop() {
            Some(id) => {
                self[id] = activity;
                id
            }
            None => {
                self.records.push(activity);
                ActivityId(self.records.len() as u32 - 1)
            }
        }
    }

    /// An activity has ended; its record stays as it is until another takes its place.
    #[inline]
    pub fn remove(&mut self, id: ActivityId) {
        self.free.push(id);
    }

    /// Those that wait or run, in the order of their records.
    pub fn live(&self) -> Vec<ActivityId> {
        let mut is_live = vec![true; self.records.len()];
        for id in &self.free {
            is_live[id.0 as usize] = false;
        }
        let all = (0..).map(ActivityId).zip(is_live);
        all.filter_map(|(id, is_live)| is_live.then_some(id))
            .collect()
    }

    /// Whether none has ended twice.
    pub fn is_sound(&self) -> bool {
        self.live().len() + self.free.len() == self.records.len()
    }
}

impl Index<ActivityId> for Activities {
    type Output = Activity;

    #[inline]
    fn index(&self, id: ActivityId) -> &Activity {
        &self.records[id.0 as usize]
    }
}

impl IndexMut<ActivityId> for Activities {
    #[inline]
    fn index_mut(&mut self, id: ActivityId) -> &mut Activity {
        &mut self.records[id.0 as usize]
    }
}

/// The least that work of a duration of its own lasts \[minutes\]; 0 is that of work that lasts as
/// long as the family needs.
const SHORTEST: f64 = 1.0;

/// Effort spread over a duration.
#[derive(Clone, Copy, PartialEq, Debug)]
pub(crate) struct Work {
    /// Effort while it runs [minutes a week].
    pub per_week: f64,
    /// Duration \[minutes\].
    pub duration: f64,
}

impl Work {
    /// Hours of work spread over days. It lasts at least as long as those hours: nobody works
    /// more of them than there are.
    fn one_off(hours: f64, days: f64) -> Self {
        let effort = hours * f64::from(MINUTES_PER_HOUR);
        let duration = (days * f64::from(MINUTES_PER_DAY))
            .max(effort)
            .max(SHORTEST);
        Work {
            per_week: effort * f64::from(MINUTES_PER_WEEK) / duration,
            duration,
        }
    }

    fn steady(hours_per_week: f64, days: f64) -> Self {
        Work {
            per_week: hours_per_week * f64::from(MINUTES_PER_HOUR),
            duration: (days * f64::from(MINUTES_PER_DAY)).max(SHORTEST),
        }
    }

    /// The mean work of a function that runs its own course.
    ///
    /// Voluntary help and the execution of a measure last as long as the family
    /// needs or the order says; their duration here is nought.
    fn mean(parameters: &Parameters, function: Function, kind: Kind) -> Self {
        let w = &parameters.work;
        match (function, kind) {
            (Function::Advies, _) | (_, Kind::Consult) => {
                Work::one_off(w.advies_hours, w.advies_days)
            }
            (Function::Veiligheidsbeoordeling, Kind::Vervolgmelding) => {
                Work::one_off(w.vervolgmelding_hours, w.vervolgmelding_days)
            }
            (Function::Veiligheidsbeoordeling, Kind::FollowUp) => {
                Work::one_off(w.follow_up_hours, w.follow_up_days)
            }
            (Function::Veiligheidsbeoordeling, _) => {
                Work::one_off(w.beoordeling_hours, w.beoordeling_days)
            }
            (Function::Onderzoek, _) => Work::one_off(w.onderzoek_hours, 7.0 * w.onderzoek_weeks),
            (Function::VoorwaardenEnVervolg, _) => {
                Work::one_off(w.voorwaarden_hours, 7.0 * w.voorwaarden_weeks)
            }
            (Function::Drang, _) => Work::steady(w.drang_hours_per_week, 7.0 * w.drang_weeks),
            (Function::Beschermingsonderzoek, _) => Work::one_off(
                w.beschermingsonderzoek_hours,
                7.0 * w.beschermingsonderzoek_weeks,
            ),
            (Function::ToetsEnVerzoek, Kind::Spoed) => {
                Work::one_off(w.toets_hours, w.toets_spoed_days)
            }
            (Function::ToetsEnVerzoek, _) => Work::one_off(w.toets_hours, w.toets_days),
            (Function::Crisis, _) => Work::one_off(w.crisis_hours, w.crisis_days),
            (Function::Nazorg, _) => Work::steady(w.nazorg_hours_per_week, 7.0 * w.nazorg_weeks),
            (Function::Jeugdreclassering, _) => Work::steady(
                w.jeugdreclassering_hours_per_week,
                7.0 * w.jeugdreclassering_weeks,
            ),
            (Function::VrijwilligeHulp, _) => Work {
                per_week: w.hulp_hours_per_week * f64::from(MINUTES_PER_HOUR),
                duration: 0.0,
            },
            // The order says.
            (Function::UitvoeringMaatregel, _) => Work {
                per_week: 0.0,
                duration: 0.0,
            },
            (Function::Rechter, Kind::Spoed) => Work::place(w.rechter_spoed_days),
            (Function::Rechter, _) => Work::place(w.rechter_days),
            (Function::SpecialistischeHulp, _) => Work::place(7.0 * w.specialist_weeks),
            (Function::Jeugdbeschermingstafel, _) => Work::place(0.0),
        }
    }

    /// One place outside the chain for so long.
    fn place(days: f64) -> Self {
        Work {
            per_week: 1.0,
            duration: days * f64::from(MINUTES_PER_DAY),
        }
    }

    /// The work of a household's `index`-th activity of a function: both effort
    /// and duration are lognormal about their mean, each with its own draw of `spread`.
    pub fn draw(
        parameters: &Parameters,
        function: Function,
        kind: Kind,
        spread: LogNormal,
        (draws, index): (Draws, u32),
    ) -> Self {
        let mean = Work::mean(parameters, function, kind);
        let addressed = match kind {
            Kind::Consult => Function::Advies,
            _ => function,
        };
        let (longer, heavier) = draws.pair(Purpose::work(addressed), index);
        let about = |mean: f64, u: f64| match mean {
            0.0 => 0.0,
            mean => mean * spread.at(u),
        };
        Work {
            per_week: match function.is_external() {
                true => mean.per_week,
                false => about(mean.per_week, heavier),
            },
            duration: about(mean.duration, longer),
        }
    }
}
