//! What is asked of a staff pool, and what it answers.

use super::Time;

/// A place in a pool, vacant or filled.
#[derive(Clone, Copy, PartialEq, Eq, Hash, Debug)]
pub struct Member(pub u32);

/// What a member can do, or a request needs: the number of a bit in [`Skills`].
pub type Skill = u8;

/// A set of at most 32 skills.
pub type Skills = u32;

/// How pressing a request is; the first is served first.
#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Debug)]
pub enum Urgency {
    /// Cannot wait.
    Crisis,
    /// Goes before regular work.
    Urgent,
    /// All other work.
    Regular,
}

impl Urgency {
    /// Every urgency, in order of service.
    pub const ALL: [Urgency; 3] = [Urgency::Crisis, Urgency::Urgent, Urgency::Regular];
}

/// How far members may be filled, by urgency [thousandths of capacity].
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub struct Limit(pub [u32; 3]);

impl Limit {
    /// Everybody up to their capacity and no further.
    pub const FULL: Limit = Limit([1000; 3]);

    /// How far a member of this capacity may be filled, by urgency [minutes a week].
    pub(super) fn of(self, capacity: u32) -> [u32; 3] {
        self.0.map(|limit| {
            let most = u64::from(capacity) * u64::from(limit) / 1000;
            u32::try_from(most).unwrap_or(u32::MAX)
        })
    }
}

/// A request for one member.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub struct Request {
    /// The caller's own number for what is to be started.
    pub case: u32,
    /// What the member must be able to do.
    pub skill: Skill,
    /// Its place among the waiting.
    pub urgency: Urgency,
    /// What it reserves while it runs [minutes a week].
    pub amount: u32,
    /// Who is to do it, or not.
    pub wish: Wish,
}

/// What a request wants to know about who does it.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub enum Wish {
    /// Anybody.
    Any,
    /// This member, if they have room when the request is made.
    Rather(Member),
    /// Anybody but this member.
    Not(Member),
}

impl Wish {
    pub(super) fn allows(self, member: Member) -> bool {
        self != Wish::Not(member)
    }
}

/// Names a waiting request, so that it can be withdrawn or promoted.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub struct Ticket {
    pub(super) skill: Skill,
    pub(super) sequence: u64,
}

/// What became of a request when it was made.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub enum Answer {
    /// This member has reserved the amount.
    Started(Member),
    /// Nobody who may take it has room.
    Waiting(Ticket),
}

/// A waiting request whose turn has come.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub struct Turn {
    /// The caller's number of the request.
    pub case: u32,
    /// What has been reserved for it [minutes a week].
    pub amount: u32,
}

/// A request that waited in a pool when it was [cleared](super::Pool::clear).
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub struct Queued {
    /// The caller's number of the request.
    pub case: u32,
    /// Its place among the waiting.
    pub urgency: Urgency,
    /// When it was made.
    pub since: Time,
}
