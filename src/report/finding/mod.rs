//! What numbers say: the verdict on a difference, what a reader should doubt, what was changed.

pub(crate) mod breadth;
pub(crate) mod changed;
pub(crate) mod summary;
pub(crate) mod verdict;
pub(crate) mod warning_title;
