//! What one file is, whichever of the formats it has.

use std::path::{Path, PathBuf};

use super::files::{Files, full};
use super::library::{self, Document, Library, meant};
use super::raw::Value;
use crate::model::Form;
use crate::scenario::evidence::layer::{Layer, changes_of, take_back};
use crate::scenario::evidence::{Entry, fitted};
use crate::scenario::fault::diagnostic::{Diagnostic, Diagnostics};
use crate::scenario::framework::{FRAMEWORK, Framework};
use crate::scenario::input::{Change, Changes, Scenario};
use crate::scenario::plan::belief::{self, Belief};
use crate::scenario::resolve::{bases, fill};
use crate::scenario::{form, framework, resolve};

/// A file, read and found to be in order.
#[derive(Clone, PartialEq, Debug)]
pub enum Subject {
    /// A scenario with all that it rests on, in each of its settings; the first is the scenario itself.
    Scenario(Vec<Scenario>),
    /// Something else of a library.
    Part(Box<Part>),
}

/// A file of a library that is no scenario.
#[derive(Clone, PartialEq, Debug)]
pub struct Part {
    /// What it is.
    pub kind: PartKind,
    /// The files that it extends, the outermost base first.
    pub bases: Vec<String>,
    /// The parameters, with its values.
    pub ledger: Vec<Entry>,
    /// The values that it gives.
    pub changes: Vec<Change>,
    /// What somebody should look at.
    pub warnings: Vec<Diagnostic>,
}

/// What a file of a library may be, beside a scenario.
#[derive(Clone, PartialEq, Debug)]
pub enum PartKind {
    /// A form of organisation.
    Form(Box<Form>),
    /// A belief set.
    Belief(Belief),
    /// Values that a calibration has fitted.
    Fitted,
    /// The evidence itself.
    Evidence,
    /// What forms are weighed by.
    Framework(Box<Framework>),
}

/// Reads a file, whatever its format, and every file that it rests on.
///
/// # Errors
///
/// Everything that is wrong with those files, at once.
pub fn examine(path: &Path) -> Result<Subject, Diagnostics> {
    let path = full(&meant(path));
    let mut log = Diagnostics::default();
    // What keeps this file from being looked at, keeps it from being loaded too.
    let Some(mut library) = Library::of(&path, &Files::default()).ok() else {
        return load(&path);
    };
    let Some(document) = library.document(&path, None, &mut log) else {
        return load(&path);
    };
    let Some(format) = format_of(&document) else {
        return load(&path);
    };
    let part = read(format, &path, &document, &mut library, &mut log);
    log.sort();
    match part {
        Some(mut part) if !log.has_errors() => {
            part.warnings = log.into_list();
            Ok(Subject::Part(Box::new(part)))
        }
        _ => Err(log),
    }
}

fn load(path: &Path) -> Result<Subject, Diagnostics> {
    let settings = resolve::load_settings(path, &Changes::default())?;
    Ok(Subject::Scenario(settings))
}

/// The formats beside that of a scenario.
#[derive(Clone, Copy)]
enum PartFormat {
    Form,
    Belief,
    Fitted,
    Evidence,
    Framework,
}

/// What the place of a file says it is, or else its keys; `None` for a scenario.
fn format_of(document: &Document) -> Option<PartFormat> {
    let has = |key| matches!(&document.root.value, Value::Table(root) if root.get(key).is_some());
    match document.name.as_str() {
        library::EVIDENCE => Some(PartFormat::Evidence),
        library::FITTED => Some(PartFormat::Fitted),
        FRAMEWORK => Some(PartFormat::Framework),
        _ if has("criteria") => Some(PartFormat::Framework),
        name if name.starts_with("forms/") || has("form") => Some(PartFormat::Form),
        name if name.starts_with("beliefs/") || has("belief") => Some(PartFormat::Belief),
        _ if has("evidence") && !has("extends") && !has("scenario") => Some(PartFormat::Fitted),
        _ => None,
    }
}

fn read(
    format: PartFormat,
    path: &Path,
    document: &Document,
    library: &mut Library,
    log: &mut Diagnostics,
) -> Option<Part> {
    let entries = resolve::ground(library, log).entries;
    let key = path.file_stem()?.to_string_lossy().into_owned();
    let alone = vec![document.clone()];
    let (kind, documents) = match format {
        PartFormat::Evidence => (PartKind::Evidence, Vec::new()),
        PartFormat::Framework => {
            let framework = framework::read(document, &[], library, log)?;
            (PartKind::Framework(Box::new(framework)), Vec::new())
        }
        PartFormat::Fitted => {
            fitted::layer_of(document, log)?;
            (PartKind::Fitted, alone)
        }
        PartFormat::Belief => (PartKind::Belief(belief::read(&key, document, log)?), alone),
        PartFormat::Form => {
            let (form, documents) = form::of_file(&key, path, None, &[], library, log)?;
            (PartKind::Form(Box::new(form)), documents)
        }
    };
    let mut ledger = entries?;
    // The fitted values come before what a belief set or a form says.
    let fitted = match format {
        PartFormat::Belief | PartFormat::Form => fitted::read(&Changes::default(), library, log),
        PartFormat::Fitted | PartFormat::Evidence | PartFormat::Framework => None,
    };
    fill(&mut ledger, fitted.iter(), log);
    let without: Vec<f64> = ledger.iter().map(|entry| entry.value_in_effect).collect();
    let mut layer = |document: &Document| Layer::read(document, log);
    let mut layers: Vec<Layer> = documents.iter().map(&mut layer).collect();
    take_back(&mut layers, log);
    fill(&mut ledger, layers.iter(), log);
    Some(Part {
        kind,
        bases: bases(&documents),
        changes: changes_of(&layers, &without, &ledger),
        ledger,
        warnings: Vec::new(),
    })
}

/// Where a new scenario goes, and the way from there to the library's folder.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct Nook {
    /// The file.
    pub path: PathBuf,
    /// `../` as often as it is needed.
    pub up: String,
}

/// The scenario that a new one extends.
pub const STARTING_POINT: &str = "vergelijking.toml";

/// The place for a new scenario of that name: where it says, if that lies in a
/// library, else in the folder `scenarios` here.
///
/// # Errors
///
/// When neither lies in a library, or the library has no [`STARTING_POINT`].
pub fn nook(file: &Path) -> Result<Nook, Diagnostics> {
    let mut path = file.to_owned();
    if path.extension().is_none() {
        path.set_extension("toml");
    }
    let places = [path.clone(), Path::new("scenarios").join(&path)];
    let mut log = Diagnostics::default();
    for path in places {
        // A folder may be a link to one elsewhere, as it will be when the scenario is read.
        let folder = path
            .parent()
            .filter(|folder| !folder.as_os_str().is_empty());
        let folder = full(folder.unwrap_or(Path::new(".")));
        let Ok(library) = Library::of(&folder.join("new.toml"), &Files::default()) else {
            continue;
        };
        let up = "../".repeat(library.depth_of(&folder));
        library.document_at(STARTING_POINT, &mut log);
        if log.has_errors() {
            return Err(log);
        }
        return Ok(Nook { path, up });
    }
    if let Err(fault) = Library::of(&full(&path), &Files::default()) {
        log.push(fault);
    }
    Err(log)
}
