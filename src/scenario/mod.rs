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
//! | Room | Holds |
//! |:--|:--|
//! | `fault` | what is wrong, with its place and what to write instead, in both languages |
//! | `file` | where files are read from, the library, `extends`, formats |
//! | `section` | typed values out of a raw table; quantities in words |
//! | `evidence` | parameters with range, grade and source, and whatever else says a value |
//! | `form`, `region`, `path` | forms, regions and their areas, which form is in force from when |
//! | `plan` | what is asked of a run, and of the studies that go on from it |
//! | `framework` | the afwegingskader |
//!
//! `resolve` puts all of it together to an `input`, which `export` writes again.
//!
//! What a table may hold stands in one list of keys beside its reader
//! ([`Key`]), from which schemas and reference are written too ([`FORMATS`]).
//! [`examine`] tells what a file is, whichever format it has.
//!
//! A value that several files give comes from the last of: evidence, what was
//! fitted (`calibrated.toml`), belief set, form, the files that the scenario
//! extends, the scenario. A reader
//! answers `None` only if why is or will be said, so that one mistake does not
//! hide the next. What is wrong only because of another mistake is not said.
//!
//! Whatever the files hold, nothing panics, no file over 4 MB is read, and at
//! most 50 errors and 50 warnings are kept.

mod evidence;
mod export;
pub(crate) mod fault;
pub(crate) mod file;
mod form;
mod framework;
mod input;
mod path;
mod period;
pub(crate) mod plan;
mod region;
mod resolve;
mod section;

pub use evidence::known::Known;
pub use evidence::pattern::parameters_named;
pub use evidence::range::range;
pub use evidence::{Distribution, Entry, Family, Grade};
pub use fault::code::CODES;
pub(crate) use fault::code::{TOO_LONG, TOO_MANY_FAMILIES, TOO_MUCH_MEMORY};
pub use fault::diagnostic::{Diagnostic, Diagnostics, Level};
pub use fault::harmless::{harmless, harmless_letter};
pub use fault::lang::Lang;
pub(crate) use fault::said::said;
pub use fault::said::{Catalogue, Said, Spoken};
pub use fault::source::Place;
pub use file::files::{Files, Folder};
pub use file::format::{FORMATS, Format};
pub use file::plain_file::{TextHash, open_plain, read_plain, read_plain_text};
pub use file::subject::{Nook, Part, PartKind, STARTING_POINT, Subject, examine, nook};
pub use form::alteration::Alteration;
pub use form::lever::BlockLever;
pub use form::setting::{Setting, Value};
pub use framework::criterion::{
    Criterion, CriterionKind, HIGHEST_SCORE, LOWEST_SCORE, Measure, Score,
};
pub use framework::profile::Profile;
pub use framework::value_function::ValueFunction;
pub use framework::{FRAMEWORK, Framework, Group, evidence_beside};
pub(crate) use input::setting_name;
pub use input::{Case, Change, Changes, Counted, Course, Input, Scenario, Stage};
pub use path::Moment;
pub use path::slip::{Slip, chance_of_law};
pub use plan::belief::Belief;
pub use plan::calibration::kpi_named;
pub use plan::calibration::{Calibration, LEAST, Role, Target};
pub use plan::factor::{Factor, Lever, Range};
pub use plan::precision::{FIRST as FIRST_REPLICATIONS, Precision};
pub use plan::proeftuin::{Monitor, MonitorCount, MonitorKinds};
pub use plan::search::conditions;
pub use plan::selection::{cases_named, region_named};
pub use plan::service::{ServiceTarget, service_targets};
pub use plan::sweep::{Plan, Sweep};
pub use plan::variant::Variant;
pub use plan::world::Doubt;
pub use resolve::{load, load_from, load_given, load_settings};
pub use section::quantity::example as quantity_example;
pub use section::shape::{Key, Kind, Need};
