//! What follows, as a value that can be printed.

use std::fmt;

use super::moment::Question;
use super::step::{Ask, Kind, OrderKind, Track};
use crate::engine::Urgency;
use crate::model::Function;

/// What follows.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub(crate) enum Next {
    /// A step is asked for.
    Ask(Ask),
    /// The step that the family is in, or waits for, ends to go another way.
    StopWay,
    /// What an acutely unsafe family waits for becomes urgent.
    Hasten,
    /// From here on a measure has been asked for, in an emergency or not.
    Request { is_spoed: bool },
    /// No measure comes of what was asked.
    GiveUpRequest,
    /// The judge's order comes into force.
    Order(OrderKind),
    /// The running execution goes on under the new order.
    ExecuteAnew,
    /// The order runs another term.
    Extend,
    /// A child that lived elsewhere goes home.
    GoHome,
    /// The order ends.
    Lift,
    /// Specialist help is over; help that waited for it can end.
    HelpOn,
    /// Voluntary help or drang has failed: that is booked, and the law is asked what follows.
    Fail(Function),
    /// Others, outside the chain, go on helping.
    HelpElsewhere,
    /// The case is closed: everybody goes.
    Close,
}

/// The most that follows at once.
const MOST: usize = 4;

/// All that follows, in the order in which it happens.
#[derive(Clone, Copy, Debug)]
pub(crate) struct Following {
    all: [Next; MOST],
    n: u8,
}

impl Following {
    /// Nothing; something else will say what follows.
    pub const NOTHING: Self = Following {
        all: [Next::Close; MOST],
        n: 0,
    };

    /// The same, and after it this.
    #[inline]
    #[must_use]
    pub fn then(mut self, next: impl Into<Next>) -> Self {
        self.all[usize::from(self.n)] = next.into();
        self.n += 1;
        self
    }

    /// Each of them.
    #[inline]
    pub fn iter(&self) -> impl Iterator<Item = Next> {
        self.all[..usize::from(self.n)].iter().copied()
    }
}

impl From<Next> for Following {
    #[inline]
    fn from(next: Next) -> Self {
        Following::NOTHING.then(next)
    }
}

impl From<Ask> for Next {
    #[inline]
    fn from(ask: Ask) -> Self {
        Next::Ask(ask)
    }
}

impl Next {
    /// This, and after it another.
    #[inline]
    pub fn then(self, next: impl Into<Next>) -> Following {
        Following::from(self).then(next)
    }
}

/// What follows, or what must be answered first.
pub(crate) type Ruling = Result<Following, Question>;

impl fmt::Display for Next {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Next::Ask(ask) => {
                write!(f, "ask {}", ask.function.key())?;
                if ask.kind != Kind::Regular {
                    write!(f, " {:?}", ask.kind)?;
                }
                if ask.urgency != Urgency::Regular {
                    write!(f, " {:?}", ask.urgency)?;
                }
                match ask.track {
                    Track::Main => Ok(()),
                    track => write!(f, " {track:?}"),
                }
            }
            Next::Request { is_spoed: true } => write!(f, "request Spoed"),
            Next::Request { is_spoed: false } => write!(f, "request"),
            Next::Order(order) => write!(f, "order {order:?}"),
            Next::Fail(function) => write!(f, "fail {}", function.key()),
            other => write!(f, "{other:?}"),
        }
    }
}
