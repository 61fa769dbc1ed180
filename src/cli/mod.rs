//! The command line: what was asked, carried out, and shown.
//!
//! Only this layer knows the terminal: its bar, its colours, its width.
//! Results go to standard output, everything else to standard error. The exit
//! code is 0, or 2 for a mistake in a file or in the arguments, or 1 when the
//! world (a disk and what stands on it, a bug of ours) is not as it should be, or
//! 130 when somebody has ended it.

mod argument;
mod attribute;
mod best;
mod calibrate;
mod check;
mod compare;
mod dutch;
mod evidence;
mod hours;
mod interruption;
mod log;
mod machine;
mod mistake;
mod monitor;
mod new;
mod problem;
mod progress;
mod report;
mod run;
mod setting;
mod shell;
mod sweep;
mod terminal;
mod tongue;
mod trace;
mod undertaking;
mod value;
mod weigh;

pub use argument::{Arguments, Command};
pub use attribute::AttributeArguments;
pub use best::BestArguments;
pub use calibrate::CalibrateArguments;
pub use check::CheckArguments;
pub use compare::CompareArguments;
pub use evidence::EvidenceArguments;
pub use hours::HoursArguments;
pub use log::LogArguments;
pub use new::NewArguments;
pub use problem::Problem;
pub use report::ReportArguments;
pub use run::RunArguments;
pub use setting::{EarlierArguments, SettingArguments};
pub use shell::{CompletionsArguments, ManArguments};
pub use sweep::{SweepArguments, SweepStep, SweepTarget};
pub use trace::TraceArguments;
pub use weigh::WeighArguments;
