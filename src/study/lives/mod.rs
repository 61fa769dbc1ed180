//! The lives of single families: one followed, one searched for, typical journeys, the event log.

pub(crate) mod finding;
pub(crate) mod journey;
pub(crate) mod journey_figure;
pub(crate) mod journey_section;
pub(crate) mod journey_table;
pub(crate) mod life;
pub(crate) mod life_table;
pub(crate) mod log;
pub(crate) mod milestone;
pub(crate) mod search;
pub(crate) mod story;
