//! What policy makers write, and what the model is given.
//!
//! A scenario is a TOML file in or below a *library*: the folder that holds
//! `evidence.toml`, `regions.csv`, `forms/` and `beliefs/`. [`load`] reads the
//! file and all that it rests on, and answers with a [`Scenario`] in which
//! nothing is optional, or with [`Diagnostics`]: everything that is wrong, at
//! once, each with its place and with what to write instead.
//!
//! ```text
//! file ─▶ source ─▶ raw ─▶ overlay ─▶ section ─▶ heading, form, evidence, ... ─▶ resolve ─▶ Scenario
//!         text      tree   extends    typed      what one file means             layers
//! ```
//!
//! A value that several files give comes from the last of: evidence, what was
//! fitted (`calibrated.toml`), belief set, form, the files that the scenario
//! extends, the scenario. A reader
//! answers `None` only if why is or will be said, so that one mistake does not
//! hide the next. What is wrong only because of another mistake is not said.
//!
//! Whatever the files hold, nothing panics, no file over 4 MB is read, and at
//! most 50 errors and 50 warnings are kept.

mod belief;
mod calibration;
mod code;
mod diagnostic;
mod doubt;
mod evidence;
mod export;
mod form;
mod gazetteer;
mod heading;
mod input;
mod layer;
mod library;
mod overlay;
mod pattern;
mod period;
mod proeftuin;
mod quantity;
mod raw;
mod region;
mod rendering;
mod resolve;
mod rule;
mod section;
mod selection;
mod source;
mod suggestion;
mod syntax;
mod task;
mod team;
mod whole;

pub use belief::Belief;
pub use calibration::{Calibration, LEAST, Role, Target};
pub use code::CODES;
pub use diagnostic::{Diagnostic, Diagnostics, Level};
pub use evidence::{Distribution, Entry, Family, Grade};
pub use input::{Case, Changes, Input, Scenario};
pub use pattern::parameters_named;
pub use proeftuin::{Monitor, MonitorCount, MonitorKinds};
pub use resolve::load;
pub use source::Place;
