//! Sweeps on disk: parts that are made anywhere, in any order, and the whole of them.

mod coverage;
mod folder;
mod package;
mod parquet_file;
mod part;
mod reading;
mod summary;
mod table;

pub use coverage::{Chunk, Coverage};
pub use folder::{Standing, SweepFolder, must_be_all};
pub use parquet_file::HAS_PARQUET;
pub use part::Part;
pub(super) use reading::DESIGN;
pub use reading::read_sweep;
pub use summary::{sweep_plan, sweep_status, sweep_summary};
pub use table::{results_table, sweep_tables};
