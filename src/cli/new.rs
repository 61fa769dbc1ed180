//! `rvtsim new`.

use super::terminal::{quoted, say};
use super::{NewArguments, Problem};
use crate::report::{begun, template, template_name, write_new};
use crate::scenario::nook;

/// Finds a place, writes a scenario there, tells what to do next.
pub(super) fn new(arguments: &NewArguments) -> Result<(), Problem> {
    let lang = arguments.lang;
    let file = arguments.file.clone();
    let nook = nook(&file.unwrap_or_else(|| template_name(lang).into()))?;
    write_new(&nook.path, &template(&nook, lang))?;
    let file = quoted(&nook.path.to_string_lossy());
    say(&begun(&file, lang))
}
