//! The same thing in several lives: where they go together, and where they part.

use std::collections::BTreeSet;

use super::life::Lives;
use crate::model::{Entrance, Entry, Function, Happening, Judge, Kind, Measure};

/// What may happen in several lives of one household.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub enum Milestone {
    /// It came into the chain; a vervolgmelding is none.
    Came(Entrance),
    /// A function began, on the family's way or beside it. Whoever takes over from
    /// a leaver begins nothing.
    Began(Function, Kind),
    /// A function stopped short of what it was for.
    Failed(Function),
    /// An incident: the same one in every life in which it has the same number.
    Incident,
    /// Somebody judged that there should be no measure.
    Refused(Judge),
    /// A measure began.
    Ordered(Measure),
    /// A measure ended.
    Lifted(Measure),
    /// The home became safe.
    Safe,
    /// The case was closed.
    Closed,
}

/// A milestone, and when each life has it.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct MilestoneRow {
    /// What.
    pub milestone: Milestone,
    /// How often it had happened before in the same life.
    pub n_before: usize,
    /// The entry of each life that it is, in the order of [`Lives::lives`]; `None`
    /// where it does not happen.
    pub entries: Vec<Option<Entry>>,
}

impl Lives {
    /// Every milestone of any of the lives, in the order of the first life; what
    /// that does not have follows what came before it in the life that has it.
    pub fn milestones(&self) -> Vec<MilestoneRow> {
        let mut rows: Vec<MilestoneRow> = Vec::new();
        for (number, life) in self.lives.iter().enumerate() {
            let mut running = BTreeSet::new();
            let mut seen: Vec<Milestone> = Vec::new();
            let mut next = 0;
            for entry in &life.journal.entries {
                let Some(milestone) = milestone_of(entry, &mut running) else {
                    continue;
                };
                let n_before = seen.iter().filter(|&&one| one == milestone).count();
                seen.push(milestone);
                let is_it =
                    |row: &MilestoneRow| (row.milestone, row.n_before) == (milestone, n_before);
                let place = rows.iter().position(is_it).unwrap_or_else(|| {
                    let row = MilestoneRow {
                        milestone,
                        n_before,
                        entries: vec![None; self.lives.len()],
                    };
                    rows.insert(next, row);
                    next
                });
                rows[place].entries[number] = Some(*entry);
                next = next.max(place + 1);
            }
        }
        rows
    }
}

/// The milestone that an entry is; `running` holds the functions that have begun.
fn milestone_of(entry: &Entry, running: &mut BTreeSet<Function>) -> Option<Milestone> {
    match entry.happening {
        Happening::Came {
            entrance: Entrance::Vervolgmelding,
            ..
        } => None,
        Happening::Came { entrance, .. } => Some(Milestone::Came(entrance)),
        Happening::Started { function, kind, .. } => running
            .insert(function)
            .then_some(Milestone::Began(function, kind)),
        Happening::Beside { function, kind, .. } => match (function, kind) {
            (Function::Crisis | Function::SpecialistischeHulp, _) | (_, Kind::Extension) => {
                Some(Milestone::Began(function, kind))
            }
            _ => None,
        },
        Happening::Ended {
            function,
            is_success,
            ..
        } => {
            running.remove(&function);
            (!is_success).then_some(Milestone::Failed(function))
        }
        Happening::BrokenOff { function, .. } => {
            running.remove(&function);
            None
        }
        Happening::Incident { .. } => Some(Milestone::Incident),
        Happening::Judged {
            judge,
            is_for: false,
        } => Some(Milestone::Refused(judge)),
        Happening::Ordered(measure) => Some(Milestone::Ordered(measure)),
        Happening::Lifted(measure) => Some(Milestone::Lifted(measure)),
        Happening::Safe => Some(Milestone::Safe),
        Happening::Closed { .. } => {
            running.clear();
            Some(Milestone::Closed)
        }
        Happening::Asked { .. }
        | Happening::Judged { is_for: true, .. }
        | Happening::Held { .. }
        | Happening::Reorganised { .. }
        | Happening::PersonLeft { .. }
        | Happening::Protected(_)
        | Happening::Departed => None,
    }
}
