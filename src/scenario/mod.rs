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

mod alteration;
mod area;
mod belief;
mod block;
mod calibration;
mod code;
mod criterion;
mod day;
mod diagnostic;
mod doubt;
mod evidence;
mod export;
mod factor;
mod files;
mod fitted;
mod form;
mod format;
mod framework;
mod gazetteer;
mod harmless;
mod heading;
mod input;
mod known;
mod lang;
mod layer;
mod lever;
mod library;
mod overlay;
mod path;
mod pattern;
mod period;
mod plain_file;
mod point_list;
mod precision;
mod proeftuin;
mod profile;
mod quantity;
mod range;
mod raw;
mod region;
mod rendering;
mod resolve;
mod rule;
mod said;
mod schema;
mod search;
mod section;
mod selection;
mod service;
mod setting;
mod shape;
mod slip;
mod source;
mod staffing;
mod subject;
mod suggestion;
mod sweep;
mod syntax;
mod task;
mod team;
mod time_line;
mod value_function;
mod variant;
mod whole;
mod world;

pub use alteration::Alteration;
pub use belief::Belief;
pub use calibration::kpi_named;
pub use calibration::{Calibration, LEAST, Role, Target};
pub use code::CODES;
pub(crate) use code::{TOO_LONG, TOO_MANY_FAMILIES, TOO_MUCH_MEMORY};
pub use criterion::{Criterion, CriterionKind, HIGHEST_SCORE, LOWEST_SCORE, Measure, Score};
pub use diagnostic::{Diagnostic, Diagnostics, Level};
pub use evidence::{Distribution, Entry, Family, Grade};
pub use factor::{Factor, Lever, Range};
pub use files::{Files, Folder};
pub use format::{FORMATS, Format};
pub use framework::{FRAMEWORK, Framework, Group, evidence_beside};
pub use harmless::{harmless, harmless_letter};
pub(crate) use input::setting_name;
pub use input::{Case, Change, Changes, Counted, Course, Input, Scenario, Stage};
pub use known::Known;
pub use lang::Lang;
pub use lever::BlockLever;
pub use path::Moment;
pub use pattern::parameters_named;
pub use plain_file::{TextHash, open_plain, read_plain, read_plain_text};
pub use precision::{FIRST as FIRST_REPLICATIONS, Precision};
pub use proeftuin::{Monitor, MonitorCount, MonitorKinds};
pub use profile::Profile;
pub use quantity::example as quantity_example;
pub use range::range;
pub use resolve::{load, load_from, load_given, load_settings};
pub(crate) use said::said;
pub use said::{Catalogue, Said, Spoken};
pub use search::conditions;
pub use selection::{cases_named, region_named};
pub use service::{ServiceTarget, service_targets};
pub use setting::{Setting, Value};
pub use shape::{Key, Kind, Need};
pub use slip::{Slip, chance_of_law};
pub use source::Place;
pub use subject::{Nook, Part, PartKind, STARTING_POINT, Subject, examine, nook};
pub use sweep::{Plan, Sweep};
pub use value_function::ValueFunction;
pub use variant::Variant;
pub use world::Doubt;
