//! Results in, files and sentences out; never runs a model.
//!
//! A [`RunFolder`] keeps finished passes beside it until it is written, as a whole or not at all: the tables that
//! [`tables`] makes of an outcome, the resolved scenario and a manifest. Every column and every KPI stands in the
//! dictionary, `columns.csv`, which is made from the same lists as the headers. [`Run`] reads it back, and a
//! [`SideBySide`] is several of these.
//!
//! | Room | Holds |
//! |:--|:--|
//! | `words` | how numbers, names and sentences are written, in both languages |
//! | `record` | tables: columns with what each means, rows, how both are read back |
//! | `folder` | the folder of a run: whatever is written comes to its place as a whole or not at all |
//! | `run` | a finished run, read back |
//! | `finding` | what numbers say: verdicts, doubts, what was changed, [`summary()`] for the terminal |
//! | `chart` | drawing, which knows nothing of what it draws |
//! | `geometry` | borders for a map |
//! | `figure` | figures of a run, and what all figures share |
//! | `check` | what a file means before it is run: [`check()`], the [`Ledger`] of parameters, a new one, the reference |
//! | `side` | runs side by side |
//! | `monitor` | families counted as the proeftuin monitor did |
//! | `outcome_table` | every table of a run |
//! | `run_folder` | the folder of a run as a whole, with runs beside it; so it stands above `folder` and `side` |
//!
//! This layer and those above it alone have sentences about results. Nothing that they write to disk depends on
//! when, where or on how many threads a run was made.

pub(crate) mod chart;
pub(crate) mod check;
pub(crate) mod figure;
pub(crate) mod finding;
pub(crate) mod folder;
pub(crate) mod geometry;
pub(crate) mod monitor;
pub(crate) mod outcome_table;
pub(crate) mod record;
pub(crate) mod run;
pub(crate) mod run_folder;
pub(crate) mod side;
pub(crate) mod words;

pub use crate::scenario::Lang;
pub use check::ledger::{Ledger, ledger_columns};
pub use check::page::{check, check_part};
pub use check::reference::reference;
pub use check::template::{begun, template, template_name};
pub use finding::summary::summary;
pub use folder::folder_error::{FolderError, Kept};
pub use folder::manifest::Manifest;
pub use folder::renewal::Renewal;
pub use folder::repetition::{Repetition, RepetitionError};
pub use folder::site::{Earlier, Placed};
pub use folder::writing::{NewFile, WriteError, write_all, write_new};
pub use geometry::GeometryError;
pub use geometry::outline::Outlines;
pub use monitor::{monitor, monitor_beside};
pub use outcome_table::tables;
pub use record::column::Column;
pub use record::reading::ReadingError;
pub use record::table::Table;
pub use record::typed::{Cells, Kind, Words, WrongCell};
pub use run::reading::Run;
pub use run_folder::{Draw, File, RunFolder};
pub use side::comparison::SideBySide;
pub use side::table::comparison_tables;
pub use side::terminal::side_by_side;
pub use words::number::{local, significant};
pub use words::parameter_name::dutch_meaning;
pub use words::phrase::counted;
pub use words::text::quoted;
pub use words::wording::bare_function;
