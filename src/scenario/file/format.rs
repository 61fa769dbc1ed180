//! The formats of the files that the program reads, each with its keys.

use super::library;
use crate::scenario::form::staffing;
use crate::scenario::plan::{
    belief, calibration, heading, precision, proeftuin, sweep, variant, world,
};
use crate::scenario::region::area;
use crate::scenario::section::shape::{Key, Kind, always, may};
use crate::scenario::{evidence, form, framework, path};

/// A scenario.
pub(crate) const SCENARIO: &[Key] = &[
    may(
        "extends",
        Kind::Text,
        "nothing",
        "\"vergelijking.toml\"",
        "The scenario of which this one says only what differs: a path from this file's folder.",
    ),
    always(
        "scenario",
        Kind::Table(heading::KEYS),
        "",
        "What is simulated, where, when and how often.",
    ),
    may(
        "staffing",
        Kind::Table(staffing::KEYS),
        "by the shares of `staff_from`",
        "",
        "Whose hours are where.",
    ),
    may(
        "doubt",
        Kind::Table(world::KEYS),
        "no doubt: all replications run with the values as they are given",
        "",
        "In which worlds the replications run.",
    ),
    may(
        "evidence",
        Kind::Values,
        "nothing",
        "",
        "Other values for some parameters; they come over those of every other file. `\"20 % less\"` and `\"10 % more\"` are said of what the parameter would be without this file; `false` takes back what the nearest file that this one extends says.",
    ),
    may(
        "areas",
        Kind::Named(&Kind::OrGone(&Kind::Table(area::KEYS))),
        "none",
        "",
        "Parts of municipalities, to be named in `areas` as a municipality is. `NAME = false` takes away an area of the file that is extended.",
    ),
    may(
        "paths",
        Kind::Named(&Kind::OrGone(&Kind::Table(path::KEYS))),
        "none",
        "",
        "Forms that follow each other in time, to be named in `forms` as a form is. The years before paths differ are simulated once. `NAME = false` takes away a path of the file that is extended.",
    ),
    may(
        "variants",
        Kind::Named(&Kind::OrGone(&Kind::Table(variant::KEYS))),
        "none",
        "",
        "The same scenario with some other values, run beside it by `rvtsim run`: the same families with and without. `NAME = false` takes away a variant of the file that is extended.",
    ),
    may(
        "calibration",
        Kind::Table(calibration::KEYS),
        "no calibration",
        "",
        "How the scenario is fitted by `rvtsim calibrate`.",
    ),
    may(
        "targets",
        Kind::Named(&Kind::Table(calibration::TARGET)),
        "none",
        "",
        "What it is fitted to, and tested on. Needed beside `[calibration]`.",
    ),
    may(
        "precision",
        Kind::Table(precision::KEYS),
        "as many replications as `[scenario]` says",
        "",
        "How sure the comparison is to be: `rvtsim run` then makes as many replications as that takes.",
    ),
    may(
        "sweep",
        Kind::Table(sweep::KEYS),
        "no sweep",
        "",
        "What `rvtsim sweep` varies, and at which points.",
    ),
    may(
        "monitor",
        Kind::Table(proeftuin::KEYS),
        "no monitor",
        "",
        "What the proeftuin monitor counted, for `rvtsim monitor`.",
    ),
];

/// Fitted values.
pub(crate) const FITTED: &[Key] = &[always(
    "evidence",
    Kind::Values,
    "",
    "The values that a calibration has fitted; they come over those of evidence.toml.",
)];

/// A format of files.
#[derive(Clone, Copy, Debug)]
pub struct Format {
    /// Its name, which is that of its schema.
    pub key: &'static str,
    /// What it is.
    pub title: &'static str,
    /// Where such files stand in the library.
    pub place: &'static str,
    /// What a file holds.
    pub content: Kind,
}

/// Every format.
pub const FORMATS: [Format; 6] = [
    Format {
        key: "scenario",
        title: "A scenario",
        place: "anywhere in the library",
        content: Kind::Table(SCENARIO),
    },
    Format {
        key: "form",
        title: "A form of organisation",
        place: "forms/",
        content: Kind::Table(form::FILE),
    },
    Format {
        key: "belief",
        title: "A belief set",
        place: "beliefs/",
        content: Kind::Table(belief::FILE),
    },
    Format {
        key: "calibrated",
        title: "Fitted values",
        place: library::FITTED,
        content: Kind::Table(FITTED),
    },
    Format {
        key: "evidence",
        title: "The evidence",
        place: library::EVIDENCE,
        content: evidence::ENTRIES,
    },
    Format {
        key: "framework",
        title: "A framework to weigh forms by",
        place: framework::FRAMEWORK,
        content: Kind::Table(framework::FILE),
    },
];
