//! Runs side by side: finished ones that somebody names, or the settings of one scenario.
//!
//! A [`SideBySide`] is made of runs that were read back, and of nothing else; it becomes compare.csv, a page
//! for the terminal and a page for a board, and comes back from its table.

mod agreement;
mod comparison;
mod contrast;
mod folder;
mod page;
mod range;
mod section;
mod table;
mod terminal;

pub(super) use agreement::Agreement;
pub use comparison::SideBySide;
pub(super) use comparison::Spot;
pub use folder::write_comparison;
pub(super) use page::comparison_page;
pub(super) use range::Range;
pub use table::comparison_tables;
pub use terminal::side_by_side;
