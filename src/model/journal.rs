//! One household's life, event by event: what a trace shows.

use super::{Function, Mode, Severity};
use crate::engine::Time;

/// A measure that is imposed on, or for, a family.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
#[repr(u8)]
pub enum Measure {
    /// Supervision order (OTS).
    Ondertoezichtstelling,
    /// Provisional supervision order, at most three months.
    VoorlopigeOndertoezichtstelling,
    /// Authorisation to place a child out of its home.
    Uithuisplaatsing,
    /// End of parental authority; voogdij follows.
    Gezagsbeeindiging,
    /// The violent partner must stay away from home.
    Huisverbod,
    /// Contact is forbidden.
    Contactverbod,
    /// Supervision of a young offender.
    Jeugdreclassering,
}

impl Measure {
    /// Its name in every file.
    pub fn key(self) -> &'static str {
        match self {
            Measure::Ondertoezichtstelling => "ondertoezichtstelling",
            Measure::VoorlopigeOndertoezichtstelling => "voorlopige_ondertoezichtstelling",
            Measure::Uithuisplaatsing => "uithuisplaatsing",
            Measure::Gezagsbeeindiging => "gezagsbeeindiging",
            Measure::Huisverbod => "huisverbod",
            Measure::Contactverbod => "contactverbod",
            Measure::Jeugdreclassering => "jeugdreclassering",
        }
    }
}

/// How a family comes into the chain, again or for the first time.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub enum Entrance {
    /// The first melding about it.
    FirstMelding,
    /// A melding after an earlier involvement has ended.
    Hermelding,
    /// A melding while it is in the chain.
    Vervolgmelding,
    /// The lokaal team met it by itself.
    OwnIntake,
    /// From the criminal side, to jeugdreclassering.
    Jeugdreclassering,
    /// It was in the chain when the run began.
    Stock,
}

/// Who judged about a measure.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub enum Judge {
    /// The professional who would ask for it.
    Requester,
    /// The check.
    Check,
    /// The kinderrechter.
    Rechter,
}

/// Something that happened to a household.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub enum Happening {
    /// It came into the chain, or was reported again.
    Came {
        /// How.
        entrance: Entrance,
        /// How unsafe it was then.
        severity: Severity,
    },
    /// A function was asked of a team, and the family waits.
    Asked {
        /// The function.
        function: Function,
        /// Index of the team in the form.
        team: usize,
    },
    /// A professional started.
    Started {
        /// The function.
        function: Function,
        /// Index of the team in the form.
        team: usize,
        /// How he came in, as it worked out for this family.
        mode: Mode,
        /// Number of the professional in the region; `None` outside the chain.
        professional: Option<u32>,
        /// How long the family had waited \[minutes\].
        waited: u32,
        /// Whether the lead passed to another team.
        is_handover: bool,
        /// Whether the family told its story anew.
        is_retell: bool,
        /// Whether the family was assessed anew.
        is_assessment: bool,
    },
    /// A function ended.
    Ended {
        /// The function.
        function: Function,
        /// Whether it reached what it was for.
        is_success: bool,
    },
    /// An incident.
    Incident {
        /// Whether it was reported.
        is_reported: bool,
        /// Whether it was a crisis.
        is_crisis: bool,
        /// How unsafe the home is after it.
        severity: Severity,
    },
    /// Somebody judged whether there should be a measure.
    Judged {
        /// Who.
        judge: Judge,
        /// Whether he was for it.
        is_for: bool,
    },
    /// A measure began.
    Ordered(Measure),
    /// A measure ended.
    Lifted(Measure),
    /// A professional holds the household from now on, without any activity yet;
    /// the family tells its story to him.
    Held {
        /// Index of his team in the form.
        team: usize,
        /// Number of the professional in the region.
        professional: u32,
    },
    /// The professional left his job; another takes his place.
    PersonLeft {
        /// Index of his team in the form.
        team: usize,
    },
    /// The home has become safe.
    Safe,
    /// The case was closed.
    Closed,
}

/// A line of a journal.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub struct Entry {
    /// When.
    pub at: Time,
    /// What.
    pub happening: Happening,
}
