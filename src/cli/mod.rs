//! The command line: what was asked, carried out, and shown.
//!
//! Only this layer knows the terminal: its bar, its colours, its width.
//! Results go to standard output, everything else to standard error. The exit
//! code is 0, or 2 for a mistake in a file or in the arguments, or 1 when the
//! world (a disk, a bug of ours) does not do what it should.

mod argument;
mod calibrate;
mod evidence;
mod monitor;
mod problem;
mod progress;
mod report;
mod run;
mod terminal;
mod trace;

pub use argument::{
    Arguments, CalibrateArguments, Command, EvidenceArguments, ReportArguments, RunArguments,
    TraceArguments,
};
pub use problem::Problem;
