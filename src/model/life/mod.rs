//! The life of one household, event by event, and what may be asked of it.

pub(crate) mod fact;
pub(crate) mod journal;
pub(crate) mod name;
pub(crate) mod question;
