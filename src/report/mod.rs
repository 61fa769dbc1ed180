//! Results in, files and sentences out; never runs a model.
//!
//! A [`RunFolder`] keeps finished passes beside it until it is written, as a
//! whole or not at all: the tables that [`tables`] makes of an outcome, the
//! resolved scenario and a manifest. Every
//! column and every KPI stands in the dictionary, `columns.csv`, which is made
//! from the same lists as the headers. [`summary()`] is what the terminal shows
//! at the end of a run, [`monitor()`] what it shows of families counted as the
//! proeftuin monitor did, [`story()`] what it shows of one household, [`finding()`] of
//! a search for one, a [`Ledger`]
//! what it shows of the parameters, [`fit_summary`] what it shows of a calibration.
//! [`weighing_page`] is what the terminal shows of a run that was weighed, [`attribution_page`] and [`block_page`] what it
//! shows of what differences are made of, [`hours_page`] what it shows of the hours for a service.
//!
//! What a board opens is made of a run folder alone: [`Run`] reads it back, for the weighing too, and
//! [`publish`] writes the page and its figures. A [`SideBySide`] is several of these. Figures are drawn by one module that knows nothing of
//! what it draws.
//!
//! [`check()`] tells what a file means before it is run, [`template()`] begins a new one,
//! and [`reference()`] is docs/reference.md.
//!
//! Only this layer has sentences about results. Nothing it writes to disk depends on
//! when, where or on how many threads a run was made.

mod attributed;
mod attribution_figure;
mod attribution_page;
mod block_figure;
mod block_page;
mod block_table;
mod breadth;
mod card;
mod caution;
mod caution_title;
mod change_over;
mod changed;
mod chart;
mod check;
mod column;
mod contest;
mod deed;
mod distribution_table;
mod doubt;
mod finding;
mod fit;
mod fit_table;
mod flow_table;
mod folder;
mod folder_error;
mod form_name;
mod geometry;
mod headline;
mod hours_figure;
mod hours_page;
mod hours_table;
mod journey;
mod journey_table;
mod ledger;
mod listing;
mod lock;
mod log;
mod manifest;
mod map;
mod memory;
mod milestone;
mod number;
mod origin;
mod page;
mod parameter_name;
mod pass_file;
mod phrase;
mod picture;
mod proeftuin;
mod publication;
#[cfg(feature = "raster")]
mod raster;
mod reading;
mod record;
mod reference;
mod renewal;
mod repetition;
mod replication;
mod rest;
#[cfg(test)]
mod round_trip;
mod sealed;
mod sentence;
mod share;
mod side;
mod site;
mod slide;
mod staffing_table;
mod stage_table;
mod staging;
mod story;
mod stream;
mod summary;
mod sweep;
mod table;
mod team_table;
mod template;
mod text;
mod timeline;
mod typed;
mod verdict;
mod weighing;
mod wording;
mod workbook;
mod writing;
mod written;

pub use crate::scenario::Lang;
pub use attribution_page::attribution_page;
pub use block_page::block_page;
pub use block_table::block_tables;
pub use check::{check, check_part};
pub use column::Column;
pub use contest::{contest, contest_table};
pub use finding::{finding, question_list};
pub use fit::{calibrated_toml, fit_summary};
pub use fit_table::fit_tables;
pub use folder::{File, RunFolder};
pub use folder_error::{FolderError, Kept};
pub use geometry::{GeometryError, Outlines};
pub use hours_page::hours_page;
pub use hours_table::hours_tables;
pub use journey_table::with_journeys;
pub use ledger::{Ledger, ledger_columns};
pub use log::{LogFormat, LogWriter, event_table, household_table};
pub use manifest::Manifest;
pub use memory::RunFiles;
pub use number::{local, significant};
pub use parameter_name::dutch_meaning;
pub use phrase::counted;
pub use proeftuin::{monitor, monitor_beside};
pub use publication::{Drawing, PublishError, page_of, publish, publish_with};
pub use reading::Run;
pub use record::ReadingError;
pub use reference::reference;
pub use renewal::Renewal;
pub use repetition::{Repetition, RepetitionError};
pub use side::{SideBySide, comparison_tables, side_by_side, write_comparison};
pub use site::{Earlier, Placed};
pub use story::{Layout, story};
pub use summary::summary;
pub use sweep::{
    Chunk, Coverage, HAS_PARQUET, Part, Standing, SweepFolder, must_be_all, read_sweep,
    results_table, sweep_plan, sweep_status, sweep_summary, sweep_tables,
};
pub use table::{Table, tables};
pub use template::{begun, template, template_name};
pub use text::quoted;
pub use typed::{Cells, Kind, Words, WrongCell};
pub use weighing::{
    Believing, WeighedSweep, WeighingFiles, WeighingPage, attribution_tables, weigh_others,
    weighing_page, weighing_tables, write_weighing,
};
pub use wording::bare_function;
pub use writing::{NewFile, WriteError, write_all, write_new};
