//! Runs side by side: finished ones that somebody names, or the settings of one scenario.
//!
//! A [`SideBySide`] is made of runs that were read back, and of nothing else; it becomes compare.csv, a page
//! for the terminal and a page for a board, and comes back from its table.

pub(crate) mod agreement;
pub(crate) mod comparison;
pub(crate) mod contrast;
pub(crate) mod range;
pub(crate) mod section;
pub(crate) mod table;
pub(crate) mod terminal;
