//! What happens to households, event by event: what a trace shows, and what can
//! be searched.
//!
//! A chain writes down what happens to the households that are watched: nobody,
//! one, or all from some moment on. [`Facts`](crate::model::Facts) says what a journal
//! comes down to.

use serde::{Deserialize, Serialize};

use crate::engine::Time;
use crate::model::chain::danger::Protection;
use crate::model::law::Kind;
use crate::model::{Function, HouseholdName, Mode, Route, Severity};

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
    /// The number of measures.
    pub const COUNT: usize = 7;

    /// Every measure.
    pub const ALL: [Measure; Measure::COUNT] = [
        Measure::Ondertoezichtstelling,
        Measure::VoorlopigeOndertoezichtstelling,
        Measure::Uithuisplaatsing,
        Measure::Gezagsbeeindiging,
        Measure::Huisverbod,
        Measure::Contactverbod,
        Measure::Jeugdreclassering,
    ];

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
#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Debug, Serialize, Deserialize)]
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
    /// It was in the chain, or known to it, when the run began.
    Stock,
}

impl Entrance {
    /// Every entrance.
    pub const ALL: [Entrance; 6] = [
        Entrance::FirstMelding,
        Entrance::Hermelding,
        Entrance::Vervolgmelding,
        Entrance::OwnIntake,
        Entrance::Jeugdreclassering,
        Entrance::Stock,
    ];

    /// Its name in every file.
    pub fn key(self) -> &'static str {
        match self {
            Entrance::FirstMelding => "eerste_melding",
            Entrance::Hermelding => "hermelding",
            Entrance::Vervolgmelding => "vervolgmelding",
            Entrance::OwnIntake => "eigen_instroom",
            Entrance::Jeugdreclassering => "instroom_jeugdreclassering",
            Entrance::Stock => "voorraad",
        }
    }
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
        /// What it is done for.
        kind: Kind,
        /// Index of the team in the form.
        team: u8,
    },
    /// A professional started.
    Started {
        /// The function.
        function: Function,
        /// What it is done for.
        kind: Kind,
        /// Index of the team in the form.
        team: u8,
        /// How they came in, as it worked out for this family.
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
    /// Something began beside the family's way through the chain.
    Beside {
        /// The function.
        function: Function,
        /// What it is done for.
        kind: Kind,
        /// Index of the team in the form.
        team: u8,
        /// Number of the professional in the region; `None` outside the chain.
        professional: Option<u32>,
        /// How long that had taken \[minutes\].
        waited: u32,
    },
    /// A function ended.
    Ended {
        /// The function.
        function: Function,
        /// What it was done for.
        kind: Kind,
        /// Whether it reached what it was for.
        is_success: bool,
    },
    /// A function that was waited for, or ran, was given up: something else went before.
    BrokenOff {
        /// The function.
        function: Function,
        /// What it was done for.
        kind: Kind,
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
        /// Whether they were for it.
        is_for: bool,
    },
    /// A measure began.
    Ordered(Measure),
    /// A measure ended.
    Lifted(Measure),
    /// A professional holds the household from now on, without any activity yet.
    Held {
        /// Index of their team in the form.
        team: u8,
        /// Number of the professional in the region.
        professional: u32,
        /// Whether the family told its story to them: it did not know them yet.
        is_retell: bool,
    },
    /// Another form came into force where it lives.
    Reorganised {
        /// Number of the professional in the region who leads it; `None` where it waited.
        lead: Option<u32>,
        /// Index of the team in the form that had it until then.
        from: u8,
        /// The team that has it now; `None` where they have no place, or what it waited for is no more.
        to: Option<u8>,
    },
    /// The professional left their job; another takes their place.
    PersonLeft {
        /// Index of their team in the form.
        team: u8,
    },
    /// The family is protected better, or less well, from now on.
    Protected(Protection),
    /// The home has become safe.
    Safe,
    /// The case was closed.
    Closed {
        /// The way that it has gone.
        route: Route,
        /// How unsafe the home is then.
        severity: Severity,
    },
    /// The household has gone out of sight: nothing happens to it any more.
    Departed,
}

/// A line of a journal.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub struct Entry {
    /// When.
    pub at: Time,
    /// What.
    pub happening: Happening,
}

/// What about a household never changes, and is the same in every form.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub struct Family {
    /// Which household it is.
    pub name: HouseholdName,
    /// Whether it has children.
    pub has_children: bool,
    /// Whether there is partner violence.
    pub has_partner_violence: bool,
}

/// The life of one household, up to the end of the run.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct Journal {
    /// Whose life.
    pub family: Family,
    /// What happened, in order.
    pub entries: Vec<Entry>,
    /// The end of the run.
    pub until: Time,
}

/// What a chain has written down of the households that are watched.
#[derive(Clone, Debug, Default)]
pub(crate) struct Notebook {
    /// The households that are watched; none if nobody wants to read.
    pub watched: std::ops::Range<u32>,
    /// Lines in order of time, each with its household.
    lines: Vec<(u32, Entry)>,
}

impl Notebook {
    /// Writes a line, if the household is watched.
    #[inline]
    pub fn write(&mut self, household: u32, at: Time, happening: Happening) {
        if self.watched.contains(&household) {
            self.lines.push((household, Entry { at, happening }));
        }
    }

    /// The lines of each household that has any, in the order of their coming.
    pub fn by_household(mut self) -> Vec<(u32, Vec<Entry>)> {
        // Stable: the lines of one household stay in their order.
        self.lines.sort_by_key(|&(household, _)| household);
        let lives = self.lines.chunk_by(|one, next| one.0 == next.0);
        lives
            .map(|lines| (lines[0].0, lines.iter().map(|line| line.1).collect()))
            .collect()
    }
}
