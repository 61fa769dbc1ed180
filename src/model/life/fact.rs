//! What a life comes down to: the facts of a journal.

use crate::engine::Time;
use crate::model::chain::danger::Protection;
use crate::model::{
    Entrance, Entry, Family, Function, FunctionSet, Happening, Journal, Measure, Route, Severity,
};

/// Where a family stands at the end of the run.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub enum Standing {
    /// Its case is open.
    Open,
    /// Its case is closed and its home is safe.
    Safe,
    /// Its case is closed with light concerns.
    Concerns,
    /// Its case is closed and its home is structurally or acutely unsafe.
    Unsafe,
}

impl Standing {
    /// Every standing.
    pub const ALL: [Standing; 4] = [
        Standing::Open,
        Standing::Safe,
        Standing::Concerns,
        Standing::Unsafe,
    ];

    /// Its name in a search.
    pub fn key(self) -> &'static str {
        match self {
            Standing::Open => "open",
            Standing::Safe => "safe",
            Standing::Concerns => "concerns",
            Standing::Unsafe => "unsafe",
        }
    }
}

/// A life in numbers, from the day that the household came to the end of the run.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct Facts {
    /// Whose life.
    pub family: Family,
    /// When it came first.
    pub came_at: Time,
    /// How it came first.
    pub entrance: Entrance,
    /// How unsafe the home was then.
    pub severity: Severity,
    /// Meldingen.
    pub n_meldingen: u32,
    /// Cases opened.
    pub n_cases: u32,
    /// Times that the lead passed to another team.
    pub n_handovers: u32,
    /// Times that the family told its story anew.
    pub n_retells: u32,
    /// Times that it was assessed.
    pub n_assessments: u32,
    /// Different professionals that it met, and sessions outside the chain.
    pub n_professionals: u32,
    /// Incidents.
    pub n_incidents: u32,
    /// Incidents that were a crisis.
    pub n_crises: u32,
    /// Waiting for steps of its way, also for those that never began \[minutes\].
    pub waited: u64,
    /// The longest of these waits \[minutes\].
    pub longest_wait: u32,
    /// What it still waits for at the end of the run.
    pub waits_for: FunctionSet,
    /// Time in which the home was structurally or acutely unsafe with less
    /// protection than conditions \[minutes\].
    pub unsafe_minutes: u64,
    /// Measures begun, by [`Measure`].
    pub measures: [u32; Measure::COUNT],
    /// Functions of its way that somebody began.
    pub functions: FunctionSet,
    /// The ways that its closed cases have gone: a bit for each [`Route`].
    routes: u16,
    /// Where it stands at the end of the run.
    pub standing: Standing,
}

impl Facts {
    /// The facts of a life.
    ///
    /// # Panics
    ///
    /// When the household never came into the chain.
    pub fn of(journal: &Journal) -> Self {
        let first = journal
            .entries
            .iter()
            .find_map(|entry| match entry.happening {
                Happening::Came { entrance, severity } => Some((entry.at, entrance, severity)),
                _ => None,
            });
        let (came_at, entrance, severity) = first.expect("whoever has a journal has come");
        let facts = Facts {
            family: journal.family,
            came_at,
            entrance,
            severity,
            n_meldingen: 0,
            n_cases: 0,
            n_handovers: 0,
            n_retells: 0,
            n_assessments: 0,
            n_professionals: 0,
            n_incidents: 0,
            n_crises: 0,
            waited: 0,
            longest_wait: 0,
            waits_for: FunctionSet::default(),
            unsafe_minutes: 0,
            measures: [0; Measure::COUNT],
            functions: FunctionSet::default(),
            routes: 0,
            standing: Standing::Open,
        };
        let mut reading = Reading {
            facts,
            now: came_at,
            severity,
            protection: Protection::None,
            is_open: false,
            has_left: false,
            asked: Vec::new(),
            met: Vec::new(),
        };
        for entry in &journal.entries {
            reading.read(entry);
        }
        reading.finish(journal.until)
    }

    /// Measures begun, of any kind.
    pub fn n_measures(&self) -> u32 {
        self.measures.iter().sum()
    }

    /// Whether a case of this family has gone this way.
    pub fn has_gone(&self, route: Route) -> bool {
        self.routes & (1 << route as u16) != 0
    }
}

/// A journal that is being read.
struct Reading {
    facts: Facts,
    now: Time,
    severity: Severity,
    protection: Protection,
    is_open: bool,
    has_left: bool,
    /// What is waited for, and since when.
    asked: Vec<(Function, Time)>,
    /// Numbers of the professionals met.
    met: Vec<u32>,
}

impl Reading {
    fn read(&mut self, entry: &Entry) {
        self.pass_to(entry.at);
        let facts = &mut self.facts;
        match entry.happening {
            Happening::Came { entrance, severity } => {
                let is_melding = matches!(
                    entrance,
                    Entrance::FirstMelding | Entrance::Hermelding | Entrance::Vervolgmelding
                );
                facts.n_meldingen += u32::from(is_melding);
                facts.n_cases += u32::from(entrance != Entrance::Vervolgmelding);
                self.is_open = true;
                self.severity = severity;
            }
            Happening::Asked { function, .. } => self.asked.push((function, entry.at)),
            Happening::Started {
                function,
                professional,
                is_handover,
                is_retell,
                is_assessment,
                ..
            } => {
                facts.n_handovers += u32::from(is_handover);
                facts.n_retells += u32::from(is_retell);
                facts.n_assessments += u32::from(is_assessment);
                facts.functions.insert(function);
                self.meet(professional);
                self.stop_waiting(Some(function));
            }
            Happening::Beside { professional, .. } => self.meet(professional),
            Happening::Held {
                professional,
                is_retell,
                ..
            } => {
                facts.n_retells += u32::from(is_retell);
                self.meet(Some(professional));
            }
            Happening::BrokenOff { function, .. } => self.stop_waiting(Some(function)),
            Happening::Incident {
                is_crisis,
                severity,
                ..
            } => {
                facts.n_incidents += 1;
                facts.n_crises += u32::from(is_crisis);
                self.severity = severity;
            }
            Happening::Ordered(measure) => facts.measures[measure as usize] += 1,
            Happening::Protected(protection) => self.protection = protection,
            Happening::Safe => self.severity = Severity::Veilig,
            Happening::Closed { route, severity } => {
                facts.routes |= 1 << route as u16;
                self.is_open = false;
                self.severity = severity;
                self.stop_waiting(None);
            }
            Happening::Departed => self.has_left = true,
            Happening::Ended { .. }
            | Happening::Judged { .. }
            | Happening::Lifted(_)
            | Happening::Reorganised { .. }
            | Happening::PersonLeft { .. } => {}
        }
    }

    fn finish(mut self, until: Time) -> Facts {
        self.pass_to(until);
        self.facts.waits_for = self.asked.iter().map(|&(function, _)| function).collect();
        self.stop_waiting(None);
        self.facts.standing = match self.severity {
            _ if self.is_open => Standing::Open,
            Severity::Veilig => Standing::Safe,
            Severity::LichteZorgen => Standing::Concerns,
            _ => Standing::Unsafe,
        };
        self.facts
    }

    fn pass_to(&mut self, at: Time) {
        let is_counted =
            self.severity.is_unsafe() && self.protection < Protection::Conditions && !self.has_left;
        if is_counted {
            self.facts.unsafe_minutes += u64::from(at.since(self.now));
        }
        self.now = at;
    }

    fn meet(&mut self, professional: Option<u32>) {
        match professional {
            Some(number) if self.met.contains(&number) => return,
            Some(number) => self.met.push(number),
            None => {}
        }
        self.facts.n_professionals += 1;
    }

    /// Ends the wait for a function, or for whatever is waited for.
    fn stop_waiting(&mut self, function: Option<Function>) {
        let (now, facts) = (self.now, &mut self.facts);
        self.asked.retain(|&(asked, since)| {
            let is_over = function.is_none_or(|function| function == asked);
            if is_over {
                let waited = now.since(since);
                facts.waited += u64::from(waited);
                facts.longest_wait = facts.longest_wait.max(waited);
            }
            !is_over
        });
    }
}
