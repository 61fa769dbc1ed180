//! Results in, files and sentences out; never runs a model.
//!
//! A [`RunFolder`] is written as a whole or not at all: the tables that
//! [`tables`] makes of an outcome, the resolved scenario and a manifest. Every
//! column and every KPI stands in the dictionary, `columns.csv`, which is made
//! from the same lists as the headers. [`summary()`] is what the terminal shows
//! at the end of a run, [`monitor()`] what it shows of families counted as the
//! proeftuin monitor did, [`story()`] what it shows of one household, [`finding()`] of
//! a search for one, a [`Ledger`]
//! what it shows of the parameters, [`fit_summary`] what it shows of a calibration.
//! [`pictures`] are drawn by one small module that knows nothing of what it draws.
//!
//! Only this layer knows Dutch sentences. Nothing it writes to disk depends on
//! when, where or on how many threads a run was made.

mod card;
mod caution;
mod chart;
mod column;
mod doubt;
mod finding;
mod fit;
mod fit_table;
mod folder;
mod ledger;
mod listing;
mod manifest;
mod milestone;
mod number;
mod picture;
mod proeftuin;
mod sentence;
mod story;
mod summary;
mod table;
mod text;
mod wording;

pub use column::Column;
pub use finding::{finding, question_list};
pub use fit::{calibrated_toml, fit_summary};
pub use fit_table::fit_tables;
pub use folder::{File, FolderError, Placed, RunFolder};
pub use ledger::{Ledger, ledger_columns};
pub use manifest::Manifest;
pub use number::{local, significant};
pub use picture::pictures;
pub use proeftuin::monitor;
pub use story::{Layout, story};
pub use summary::summary;
pub use table::{Table, tables};
pub use wording::Lang;
