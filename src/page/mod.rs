//! What a board opens: the page of a run, its figures and its workbook, made of a run folder alone.
//!
//! A [`Board`] is a run with all that studies have found in it. From below:
//!
//! - *the page*: `document` is the whole of it. Sections: `first` (the first screen), `belief` and `beside` (several settings),
//!   `grid` (tables of KPIs), `region`, `staff` (the table of teams), `change` and `stage` (paths), `known` (what is known of
//!   regions), `provenance` (parameters and sources). A study's section is drawn in its own room. `data` is what `page.js` works with;
//! - *the figures*: `figure` has the list, `slide` those for a screen; *the workbook*: `workbook`;
//! - *what is written*: [`publish`] (`publication`), `comparison` for runs side by side; [`RunFiles`] (`memory`) where there is no disk.

pub(crate) mod belief;
pub(crate) mod beside;
pub(crate) mod board;
pub(crate) mod change;
pub(crate) mod comparison;
pub(crate) mod comparison_folder;
pub(crate) mod data;
pub(crate) mod document;
pub(crate) mod figure;
pub(crate) mod first;
pub(crate) mod grid;
pub(crate) mod known;
pub(crate) mod memory;
pub(crate) mod provenance;
pub(crate) mod publication;
pub(crate) mod region;
#[cfg(test)]
pub(crate) mod round_trip;
pub(crate) mod slide;
pub(crate) mod staff;
pub(crate) mod stage;
pub(crate) mod workbook;

pub use board::Board;
pub use comparison_folder::write_comparison;
pub use memory::RunFiles;
pub use publication::{
    Drawing, PublishError, UNSEEN, drawn_from, page_of, publish, publish_with, write_weighing,
};
