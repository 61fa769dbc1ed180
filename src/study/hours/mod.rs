//! How many hours each form needs for the same service.

pub(crate) mod figure;
pub(crate) mod ladder;
pub(crate) mod need;
pub(crate) mod section;
pub(crate) mod table;
pub(crate) mod terminal;
