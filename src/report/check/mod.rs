//! What a file means before it is run: its check, its parameters, a new one, the reference.

pub(crate) mod card;
pub(crate) mod ledger;
pub(crate) mod listing;
pub(crate) mod page;
pub(crate) mod reference;
pub(crate) mod template;
