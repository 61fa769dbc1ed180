//! calibrated.toml: the values that a calibration has fitted, before whatever else is said of them.

use super::layer::Layer;
use super::{Entry, layer};
use crate::scenario::fault::code;
use crate::scenario::fault::diagnostic::{Diagnostic, Diagnostics};
use crate::scenario::fault::said::said;
use crate::scenario::file::format;
use crate::scenario::file::library::{Document, FITTED, Library};
use crate::scenario::input::Changes;
use crate::scenario::section::Section;

/// The values that a calibration has fitted, unless they are left out.
pub(crate) fn read(
    changes: &Changes,
    library: &mut Library,
    log: &mut Diagnostics,
) -> Option<Layer> {
    let path = library.calibrated().filter(|_| !changes.is_prior)?;
    layer_of(&library.document(&path, None, log)?, log)
}

/// What was fitted earlier of some parameters: rows of the ledger.
pub(crate) fn start(
    free: &[usize],
    entries: &[Entry],
    library: &mut Library,
    log: &mut Diagnostics,
) -> Option<Vec<f64>> {
    let Some(path) = library.calibrated() else {
        let fact = said!(
            "there are no fitted values to begin at: no {} beside evidence.toml",
            FITTED
        );
        log.push(Diagnostic::error(code::MISSING, fact).help(said!("leave out --from-fitted")));
        return None;
    };
    let layer = layer_of(&library.document(&path, None, log)?, log)?;
    let values = layer::values(entries, [&layer], log);
    Some(free.iter().map(|&row| values[row]).collect())
}

/// The values in a file of fitted ones.
pub(crate) fn layer_of(document: &Document, log: &mut Diagnostics) -> Option<Layer> {
    let file = Section::of(&document.root, format::FITTED, log)?;
    file.required("evidence", log);
    file.finish(log);
    let mut layer = Layer::read(document, log);
    layer::take_back(std::slice::from_mut(&mut layer), log);
    Some(layer)
}
