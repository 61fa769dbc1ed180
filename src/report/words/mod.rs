//! Words: how numbers, names and sentences are written, in both languages.

pub(crate) mod board_kpi;
pub(crate) mod changed;
pub(crate) mod doubt;
pub(crate) mod known;
pub(crate) mod number;
pub(crate) mod parameter_name;
pub(crate) mod phrase;
pub(crate) mod sentence;
pub(crate) mod text;
pub(crate) mod warning;
pub(crate) mod wording;
