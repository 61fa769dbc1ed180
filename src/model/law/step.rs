//! Steps: what can be asked for a family, and what for.

use crate::engine::Urgency;
use crate::model::Function;

/// What a function is done for, where that changes the work.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub enum Kind {
    /// The function as such.
    Regular,
    /// Veiligheidsbeoordeling: of a vervolgmelding.
    Vervolgmelding,
    /// Veiligheidsbeoordeling: a short follow-up after it.
    FollowUp,
    /// In an emergency: the inquiry follows the measure.
    Spoed,
    /// About a gezagsbeëindiging.
    Gezag,
    /// Rechter: about an extension.
    Extension,
    /// Advice about a function that the lead does themselves.
    Consult,
}

/// Which way through the chain a step belongs to.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub(crate) enum Track {
    /// The household waits for its end to go on.
    Main,
    /// An inquiry beside a running measure.
    Side,
    /// Beside the way through the chain; what follows it is its own affair.
    Aside,
}

/// The kinds of order that are executed for a longer time.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub(crate) enum OrderKind {
    /// Provisional, at most three months.
    Voorlopig,
    /// Ondertoezichtstelling.
    Ots,
    /// Voogdij after a gezagsbeëindiging.
    Voogdij,
}

/// What is asked for a household.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub(crate) struct Ask {
    pub function: Function,
    pub kind: Kind,
    pub track: Track,
    pub urgency: Urgency,
}

impl Ask {
    /// The next step on the household's way, as a matter of course.
    #[inline]
    pub fn next(function: Function) -> Self {
        Ask {
            function,
            kind: Kind::Regular,
            track: Track::Main,
            urgency: Urgency::Regular,
        }
    }

    #[inline]
    pub fn kind(self, kind: Kind) -> Self {
        Ask { kind, ..self }
    }

    #[inline]
    pub fn track(self, track: Track) -> Self {
        Ask { track, ..self }
    }

    #[inline]
    pub fn urgency(self, urgency: Urgency) -> Self {
        Ask { urgency, ..self }
    }

    #[inline]
    pub fn urgent(self) -> Self {
        self.urgency(Urgency::Urgent)
    }
}
