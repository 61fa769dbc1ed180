//! What has happened to a family, what is known of its case, and what is to be asked.

use super::step::{Kind, OrderKind, Track};
use crate::model::{Entrance, Function, Severity};

/// What has happened to a family.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub(crate) enum Moment {
    /// It has come, or come back: a case is opened.
    Came { entrance: Entrance, is_crisis: bool },
    /// It is reported again while it is in the chain.
    Reported { is_crisis: bool },
    /// A step, or something beside the way, has ended.
    Ended {
        function: Function,
        kind: Kind,
        track: Track,
        is_success: bool,
    },
    /// Voluntary help or drang has failed, and that has been booked.
    Failed(Function),
    /// The term of the order in force is over.
    TermOver,
    /// A step was waited for that is there no more: another form has come into force.
    Dropped(Function),
}

/// What chance, a professional or the form must say before it is clear what follows.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub(crate) enum Question {
    /// Has the form that is in force where the family lives drang?
    HasDrang,
    /// Has it a jeugdbeschermingstafel?
    HasTable,
    /// After a veiligheidsbeoordeling: does nothing follow in the chain?
    NothingFollows,
    /// Does Veilig Thuis keep the family?
    Kept,
    /// Does whoever has assessed a family, or seen its help fail, see so much need that a measure is asked for at once?
    Evident,
    /// At an overdracht: do others help, outside the chain?
    HelpElsewhere,
    /// At an overdracht: is it one to drang?
    ToDrang,
    /// Is what Veilig Thuis does with a family that it keeps an onderzoek?
    Onderzoek,
    /// If not, is it conditions and not a short follow-up?
    Voorwaarden,
    /// Does a short follow-up lead to help?
    FollowUpHelps,
    /// Does an onderzoek lead to more?
    OnderzoekHelps,
    /// Have the conditions been kept?
    ConditionsKept,
    /// Would whoever holds the family ask for a measure?
    Request,
    /// The same after a vervolgmelding.
    Escalation,
    /// The same in an emergency.
    Spoed,
    /// Does the jeugdbeschermingstafel see need of an inquiry?
    TableSeesNeed,
    /// Does the request pass the check?
    Check,
    /// Does the kinderrechter grant it?
    Granted,
    /// Is the OTS extended?
    Extended,
    /// At the yearly look: does the child go home?
    GoesHome,
    /// At the yearly look: is parental authority to end?
    Gezag,
}

/// The questions that have been answered, and those to which the answer was yes: a bit for each.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub(crate) struct Answers {
    answered: u32,
    yes: u32,
}

impl Answers {
    /// Nothing has been asked yet.
    pub const NONE: Self = Answers {
        answered: 0,
        yes: 0,
    };

    /// Keeps an answer.
    #[inline]
    pub const fn keep(&mut self, question: Question, is_yes: bool) {
        self.answered |= 1 << question as u32;
        self.yes |= (is_yes as u32) << question as u32;
    }

    /// The answer, or the question if nobody has answered it yet.
    #[inline]
    pub fn to(self, question: Question) -> Result<bool, Question> {
        match self.answered >> question as u32 & 1 {
            0 => Err(question),
            _ => Ok(self.yes >> question as u32 & 1 == 1),
        }
    }
}

/// What is known of a case when something has happened.
#[derive(Clone, Copy, Debug)]
pub(crate) struct Known {
    pub severity: Severity,
    pub has_children: bool,
    /// Whether it has had the help that it needs.
    pub is_helped: bool,
    /// How often voluntary help or drang has failed.
    pub n_failed: u8,
    /// The step on which its way waits.
    pub main: Option<(Function, Kind)>,
    /// Whether an inquiry beside a measure is waited for or runs.
    pub has_side: bool,
    /// The order in force, and the last that was.
    pub order: Option<OrderKind>,
    pub last_order: Option<OrderKind>,
    /// Whether a child lives elsewhere by order, and whether so long that parental authority may end.
    pub is_out_of_home: bool,
    pub is_out_for_long: bool,
    /// Whether the fixed way of a structure test has come to its end here: an order that ends was enough.
    pub is_fixed_route: bool,
    pub answers: Answers,
}
