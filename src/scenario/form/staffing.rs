//! The section `[staffing]` of a scenario or a form: whose hours are where.

use crate::model::Division;
use crate::scenario::fault::diagnostic::Diagnostics;
use crate::scenario::file::library::Document;
use crate::scenario::section::only_word;
use crate::scenario::section::shape::{Key, Kind, may, words_of};

/// The section `[staffing]`.
pub(crate) const KEYS: &[Key] = &[may(
    "division",
    Kind::Word(|| words_of(Division::WORDS)),
    "\"as_assigned\"",
    "\"by_work\"",
    "How today's hours are divided over the teams: by the work that each team gets, or by the shares that the form gives them in `staff_from`. What a form says of itself goes before what the scenario says.",
)];

/// What these files say of it, if they say anything.
pub(crate) fn read(documents: &[Document], log: &mut Diagnostics) -> Option<Division> {
    let at = ("staffing", "division");
    only_word(documents, at, (KEYS, Division::WORDS), log).map(|(division, _)| division)
}
