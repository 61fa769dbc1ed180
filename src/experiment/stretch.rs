//! A life as stretches of time: who holds the family, who is beside it, what it waits for.

use crate::engine::Time;
use crate::model::{Entrance, Function, Happening, Journal, Kind, Measure, Mode, Severity};

/// What goes on during a stretch of a life, or at one moment of it.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub enum StretchKind {
    /// It came into the chain, or was reported again.
    Came(Entrance),
    /// A team holds the family.
    Lead,
    /// Another team than the one that holds it does something for it.
    Joined(Function),
    /// It waits in a queue for a step of its way.
    Wait(Function),
    /// The lead passed to another team.
    Handover,
    /// It told its story anew.
    Retell,
    /// An incident.
    Incident {
        /// Whether it was reported.
        is_reported: bool,
        /// Whether it was a crisis.
        is_crisis: bool,
    },
    /// A measure is in force; a ban is only known to begin.
    Measure(Measure),
    /// A professional left their job.
    PersonLeft,
    /// The home became safe.
    Safe,
    /// The case was closed; how unsafe the home was then.
    Closed(Severity),
}

/// A stretch of a life; a moment where it ends as it begins.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub struct Stretch {
    /// When it begins.
    pub from: Time,
    /// When it ends, at the latest with the run.
    pub to: Time,
    /// What goes on.
    pub kind: StretchKind,
    /// Index of the team in the form, where it is of a team.
    pub team: Option<u8>,
}

/// The stretches of a life, in the order in which they begin.
pub fn stretches(journal: &Journal) -> Vec<Stretch> {
    let mut reading = Reading::default();
    for entry in &journal.entries {
        reading.now = entry.at;
        reading.read(entry.happening);
    }
    reading.now = journal.until;
    reading.end();
    // Stable: what begins at one moment stays in the order in which it ends.
    reading.done.sort_by_key(|stretch| stretch.from);
    reading.done
}

/// Something that is being done for a family.
#[derive(Clone, Copy)]
struct Work {
    function: Function,
    kind: Kind,
    team: u8,
    /// Since when, or since the lead last changed.
    since: Time,
}

/// A journal that is being read.
#[derive(Default)]
struct Reading {
    now: Time,
    done: Vec<Stretch>,
    lead: Option<(u8, Time)>,
    /// Whether somebody of that team holds the family, and did not leave their job.
    has_person: bool,
    running: Vec<Work>,
    asked: Vec<(Function, u8, Time)>,
    measures: Vec<(Measure, Time)>,
}

impl Reading {
    fn read(&mut self, happening: Happening) {
        match happening {
            Happening::Came { entrance, .. } => self.mark(StretchKind::Came(entrance), None),
            Happening::Asked { function, team, .. } => self.asked.push((function, team, self.now)),
            Happening::Started {
                function,
                kind,
                team,
                mode,
                professional,
                is_handover,
                is_retell,
                ..
            } => {
                self.stop_waiting(Some(function));
                if is_handover {
                    self.mark(StretchKind::Handover, Some(team));
                }
                if is_retell {
                    self.mark(StretchKind::Retell, Some(team));
                }
                let leads = match mode {
                    Mode::TakeOver | Mode::Consult => true,
                    // An inquiry beside a measure never holds the family.
                    Mode::Join | Mode::Check => !self.has_person && !self.is_beside(function),
                };
                if professional.is_some() && leads {
                    self.hold(team);
                }
                self.begin(function, kind, team);
            }
            Happening::Beside {
                function,
                kind,
                team,
                ..
            } => self.begin(function, kind, team),
            Happening::Ended { function, kind, .. } => self.stop(function, kind),
            Happening::BrokenOff { function, kind } => {
                self.stop_waiting(Some(function));
                self.stop(function, kind);
            }
            Happening::Incident {
                is_reported,
                is_crisis,
                ..
            } => {
                let incident = StretchKind::Incident {
                    is_reported,
                    is_crisis,
                };
                self.mark(incident, None);
            }
            // Bans last some days, and the model keeps no end of them.
            Happening::Ordered(measure @ (Measure::Huisverbod | Measure::Contactverbod)) => {
                self.mark(StretchKind::Measure(measure), None);
            }
            Happening::Ordered(measure) => self.measures.push((measure, self.now)),
            Happening::Lifted(measure) => {
                let found = self.measures.iter().position(|one| one.0 == measure);
                if let Some((measure, since)) = found.map(|at| self.measures.remove(at)) {
                    self.add(since, StretchKind::Measure(measure), None);
                }
            }
            Happening::Held {
                team, is_retell, ..
            } => {
                if is_retell {
                    self.mark(StretchKind::Retell, Some(team));
                }
                self.hold(team);
            }
            Happening::Reorganised {
                lead: Some(_),
                to: Some(team),
                ..
            } => self.hold(team),
            Happening::PersonLeft { team } => {
                self.has_person &= self.lead.is_none_or(|(lead, _)| lead != team);
                self.mark(StretchKind::PersonLeft, Some(team));
            }
            Happening::Safe => self.mark(StretchKind::Safe, None),
            Happening::Closed { severity, .. } => {
                self.leave();
                self.mark(StretchKind::Closed(severity), None);
            }
            Happening::Reorganised { .. }
            | Happening::Judged { .. }
            | Happening::Protected(_)
            | Happening::Departed => {}
        }
    }

    /// Whether this would be an inquiry beside a measure that is in force.
    fn is_beside(&self, function: Function) -> bool {
        let is_inquiry = matches!(
            function,
            Function::Beschermingsonderzoek | Function::ToetsEnVerzoek
        );
        is_inquiry && !self.measures.is_empty()
    }

    fn add(&mut self, from: Time, kind: StretchKind, team: Option<u8>) {
        let to = self.now;
        self.done.push(Stretch {
            from,
            to,
            kind,
            team,
        });
    }

    fn mark(&mut self, kind: StretchKind, team: Option<u8>) {
        self.add(self.now, kind, team);
    }

    fn begin(&mut self, function: Function, kind: Kind, team: u8) {
        let since = self.now;
        self.running.push(Work {
            function,
            kind,
            team,
            since,
        });
    }

    /// Ends a piece of work; the one of that kind, if there are several of that function.
    fn stop(&mut self, function: Function, kind: Kind) {
        let find = |is_it: &dyn Fn(&Work) -> bool| self.running.iter().position(is_it);
        let exact = find(&|work| (work.function, work.kind) == (function, kind));
        let found = exact.or_else(|| find(&|work| work.function == function));
        if let Some(work) = found.map(|at| self.running.remove(at)) {
            self.note_joined(work);
        }
    }

    /// Notes what was done since, unless by the team that holds the family.
    fn note_joined(&mut self, work: Work) {
        let is_lead = self.lead.is_some_and(|(team, _)| team == work.team);
        if !is_lead && work.since < self.now {
            self.add(
                work.since,
                StretchKind::Joined(work.function),
                Some(work.team),
            );
        }
    }

    fn hold(&mut self, team: u8) {
        self.has_person = true;
        if self.lead.is_some_and(|(lead, _)| lead == team) {
            return;
        }
        for work in self.running.clone() {
            self.note_joined(work);
        }
        for work in &mut self.running {
            work.since = self.now;
        }
        self.end_lead();
        self.lead = Some((team, self.now));
    }

    fn end_lead(&mut self) {
        if let Some((team, since)) = self.lead.take() {
            self.add(since, StretchKind::Lead, Some(team));
        }
    }

    /// Ends the wait for a function, or for whatever is waited for.
    fn stop_waiting(&mut self, function: Option<Function>) {
        let is_over =
            |&(asked, _, _): &(Function, u8, Time)| function.is_none_or(|one| one == asked);
        let over: Vec<_> = self.asked.iter().copied().filter(is_over).collect();
        self.asked.retain(|one| !is_over(one));
        for (asked, team, since) in over {
            if since < self.now {
                self.add(since, StretchKind::Wait(asked), Some(team));
            }
        }
    }

    /// Everybody goes.
    fn leave(&mut self) {
        self.stop_waiting(None);
        for work in std::mem::take(&mut self.running) {
            self.note_joined(work);
        }
        self.end_lead();
        self.has_person = false;
    }

    fn end(&mut self) {
        self.leave();
        for (measure, since) in std::mem::take(&mut self.measures) {
            self.add(since, StretchKind::Measure(measure), None);
        }
    }
}
