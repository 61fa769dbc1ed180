//! The folder in which a scenario finds its forms, beliefs, regions and evidence.

use std::collections::BTreeMap;
use std::path::{Component, Path, PathBuf};
use std::sync::Arc;

use super::files::Files;
use super::raw::{self, Item, Node};
use crate::scenario::fault::diagnostic::{Diagnostic, Diagnostics};
use crate::scenario::fault::harmless::harmless_letter;
use crate::scenario::fault::rendering::shown;
use crate::scenario::fault::said::{Said, said};
use crate::scenario::fault::source::{Place, Source};
use crate::scenario::fault::{code, suggestion};
use crate::scenario::input::Input;

/// The file by which a library is known.
pub(crate) const EVIDENCE: &str = "evidence.toml";
/// The file of fitted values.
pub(crate) const FITTED: &str = "calibrated.toml";

/// The file of worlds that agree with what is known.
pub(crate) const DRAWS: &str = "calibrated_draws.csv";
/// The file of what is known, and how the fitted model shows it.
pub(crate) const KNOWN: &str = "calibrated_targets.csv";

/// A file and its tree.
#[derive(Clone, Debug)]
pub(crate) struct Document {
    pub(crate) path: PathBuf,
    /// Its path from the library folder.
    pub(crate) name: String,
    pub(crate) root: Arc<Node>,
}

/// The folder, and every file that was read from it or on its behalf.
#[derive(Debug)]
pub(crate) struct Library {
    folder: PathBuf,
    /// `None` for a file that cannot be read, which has been reported.
    documents: BTreeMap<PathBuf, Option<Document>>,
    inputs: BTreeMap<String, String>,
    /// Where its files are read from.
    files: Files,
}

impl Library {
    /// The nearest folder at or above the scenario that holds the evidence.
    pub(crate) fn of(scenario: &Path, files: &Files) -> Result<Self, Diagnostic> {
        let folder = scenario
            .ancestors()
            .skip(1)
            .find(|folder| files.exists(&folder.join(EVIDENCE)));
        match folder {
            Some(folder) => Ok(Self {
                folder: folder.to_owned(),
                documents: BTreeMap::new(),
                inputs: BTreeMap::new(),
                files: files.clone(),
            }),
            None => {
                let fact = said!(
                    "no folder at or above {} holds {}",
                    display(scenario),
                    EVIDENCE
                );
                let help =
                    said!("put the scenario in the folder `scenarios`, or in a folder in it");
                Err(Diagnostic::error(code::NO_LIBRARY, fact).help(help))
            }
        }
    }

    /// A path in full, so that two ways to one file are one path.
    pub(crate) fn full(&self, path: &Path) -> PathBuf {
        self.files.full(path)
    }

    pub(crate) fn evidence(&self) -> PathBuf {
        self.folder.join(EVIDENCE)
    }

    /// The file of fitted values, if there is one.
    pub(crate) fn calibrated(&self) -> Option<PathBuf> {
        let path = self.folder.join(FITTED);
        self.files.exists(&path).then_some(path)
    }

    /// The file of worlds that agree with what is known, if there is one.
    pub(crate) fn draws(&self) -> Option<PathBuf> {
        let path = self.folder.join(DRAWS);
        self.files.exists(&path).then_some(path)
    }

    /// The file of what is known, if there is one.
    pub(crate) fn known(&self) -> Option<PathBuf> {
        let path = self.folder.join(KNOWN);
        self.files.exists(&path).then_some(path)
    }

    pub(crate) fn regions(&self) -> PathBuf {
        self.folder.join("regions.csv")
    }

    /// Reads the file of that name; what is wrong with it goes into the log.
    pub(crate) fn document_at(mut self, name: &str, log: &mut Diagnostics) {
        let path = self.folder.join(name);
        self.document(&path, None, log);
    }

    /// How many folders below the library's own a folder of it is.
    pub(crate) fn depth_of(&self, folder: &Path) -> usize {
        let below = folder.strip_prefix(&self.folder);
        below.map_or(0, |below| below.components().count())
    }

    /// The file of a form or a belief set, if there is one of that name.
    pub(crate) fn member(
        &self,
        kind: Kind,
        name: &str,
        place: Option<&Place>,
        log: &mut Diagnostics,
    ) -> Option<PathBuf> {
        if !is_key(name) {
            let fact = said!(
                "`{}` cannot be the name of a {}",
                shown(name),
                Said::word(kind.noun)
            );
            let help = said!("a name has small letters, digits, - and _ only, as its file does");
            log.push(
                Diagnostic::error(code::BAD_KEY, fact)
                    .help(help)
                    .asked_at(place),
            );
            return None;
        }
        if self.has(kind, name) {
            return Some(self.path(kind, name));
        }
        if !log.has_enough() {
            let names = self.files.names(&self.folder.join(kind.folder), "toml");
            let names: Vec<&str> = names.iter().map(String::as_str).collect();
            let fact = said!("there is no {} `{}`", Said::word(kind.noun), shown(name));
            log.push(
                Diagnostic::error(kind.code, fact)
                    .help(suggestion::help(name, &names))
                    .asked_at(place),
            );
        }
        None
    }

    /// Whether there is a form or a belief set of that name.
    pub(crate) fn has(&self, kind: Kind, name: &str) -> bool {
        is_key(name) && self.files.exists(&self.path(kind, name))
    }

    fn path(&self, kind: Kind, name: &str) -> PathBuf {
        self.folder.join(kind.folder).join(format!("{name}.toml"))
    }

    /// Reads a TOML file, once.
    pub(crate) fn document(
        &mut self,
        path: &Path,
        place: Option<&Place>,
        log: &mut Diagnostics,
    ) -> Option<Document> {
        if let Some(document) = self.documents.get(path) {
            return document.clone();
        }
        let source = self.text(path, place, log);
        let root = source.and_then(|source| raw::parse(&source, log));
        let document = root.map(|root| Document {
            path: path.to_owned(),
            name: self.name(path),
            root: Arc::new(root),
        });
        self.documents.insert(path.to_owned(), document.clone());
        document
    }

    /// Reads a file and notes its hash.
    pub(crate) fn text(
        &mut self,
        path: &Path,
        place: Option<&Place>,
        log: &mut Diagnostics,
    ) -> Option<Arc<Source>> {
        match Source::read(path, &display(path), &self.files) {
            Ok(source) => {
                self.inputs.insert(self.name(path), source.sha256.clone());
                Some(source)
            }
            Err(mut diagnostic) => {
                let is_odd = |letter: char| letter == '\\' || letter.is_control();
                if path.to_string_lossy().contains(is_odd) && !self.files.exists(path) {
                    let help = said!(
                        "write / between folders, or the path between single quotes: between double quotes a backslash begins a sign of its own"
                    );
                    diagnostic = diagnostic.help(help);
                } else if let Some(name) = file_like(path, &self.files) {
                    diagnostic = diagnostic.help(said!("did you mean `{}`?", name));
                }
                log.push(diagnostic.asked_at(place));
                None
            }
        }
    }

    /// Every file that was read, in the order of their paths.
    pub(crate) fn into_inputs(self) -> Vec<Input> {
        let input = |(path, sha256)| Input { path, sha256 };
        self.inputs.into_iter().map(input).collect()
    }

    /// A path from the library folder, with forward slashes.
    fn name(&self, path: &Path) -> String {
        for (up, folder) in self.folder.ancestors().enumerate() {
            if let Ok(rest) = path.strip_prefix(folder) {
                return "../".repeat(up) + &slashed(rest);
            }
        }
        slashed(path)
    }
}

/// The TOML file that may have been meant by one that is not there.
fn file_like(path: &Path, files: &Files) -> Option<String> {
    if files.exists(path) {
        return None;
    }
    let names = files.names(path.parent()?, "toml");
    let names: Vec<&str> = names.iter().map(String::as_str).collect();
    let name = suggestion::nearest(path.file_stem()?.to_str()?, &names)?;
    Some(format!("{name}.toml"))
}

/// What a library has several of.
#[derive(Clone, Copy, Debug)]
pub(crate) struct Kind {
    folder: &'static str,
    noun: &'static str,
    code: &'static str,
}

pub(crate) const FORM: Kind = Kind {
    folder: "forms",
    noun: "form",
    code: code::NO_SUCH_FORM,
};
pub(crate) const BELIEF: Kind = Kind {
    folder: "beliefs",
    noun: "belief set",
    code: code::NO_SUCH_BELIEF,
};

/// Whether a name may be a file's name on every system, and a cell in every table.
pub(crate) fn is_key(name: &str) -> bool {
    let is_plain =
        |byte: u8| byte.is_ascii_lowercase() || byte.is_ascii_digit() || b"-_".contains(&byte);
    (1..=64).contains(&name.len()) && name.bytes().all(is_plain)
}

/// Whether the key of a table can be this: the name of a file, or of something that stands beside files. Why not is told.
pub(crate) fn is_name(item: &Item, what: Said, log: &mut Diagnostics) -> bool {
    let is_good = is_key(&item.key);
    if !is_good {
        let fact = said!("`{}` cannot be {}", shown(&item.key), what);
        let help = said!("a name has small letters, digits, - and _ only");
        let fault = Diagnostic::error(code::BAD_KEY, fact).help(help);
        log.push(fault.at(&item.key_place));
    }
    is_good
}

/// A path as people should see it: from where they are, if it is below.
pub(crate) fn display(path: &Path) -> String {
    let here = std::env::current_dir().unwrap_or_default();
    shown_path(path.strip_prefix(here).unwrap_or(path))
}

fn shown_path(path: &Path) -> String {
    let text = slashed(path);
    text.chars()
        .map(
            |letter| match harmless_letter(letter) == letter && !letter.is_control() {
                true => letter,
                false => '?',
            },
        )
        .collect()
}

fn slashed(path: &Path) -> String {
    let parts = path.components().map(|part| match part {
        Component::RootDir => std::borrow::Cow::Borrowed(""),
        part => part.as_os_str().to_string_lossy(),
    });
    parts.collect::<Vec<_>>().join("/")
}

/// Folders in which a scenario stands that is named without its place.
const PLACES: [&str; 6] = [
    "",
    "scenarios",
    "scenarios/eigen",
    "scenarios/voorbeelden",
    "scenarios/studies",
    "scenarios/proeftuinen",
];

/// The file that somebody means by a path: `mijn_scenario` for `scenarios/mijn_scenario.toml`. What is no file as it
/// stands, and is found nowhere else, is left as it is.
pub(crate) fn meant(path: &Path) -> PathBuf {
    let with_ending = path.with_extension("toml");
    let names = match path.extension() {
        None => [path, &with_ending],
        Some(_) => [path, path],
    };
    let places = PLACES
        .iter()
        .flat_map(|place| names.map(|name| Path::new(place).join(name)));
    places
        .into_iter()
        .find(|place| place.is_file())
        .unwrap_or_else(|| path.to_owned())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_scenario_is_found_by_its_name() {
        // Tests run in the folder of the project.
        for (typed, found) in [
            ("vergelijking", "scenarios/vergelijking.toml"),
            ("referentie.toml", "scenarios/referentie.toml"),
            ("scenarios/referentie", "scenarios/referentie.toml"),
            ("bouwstenen", "scenarios/voorbeelden/bouwstenen.toml"),
            ("Cargo.toml", "Cargo.toml"),
            ("nergens", "nergens"),
            ("nergens.toml", "nergens.toml"),
        ] {
            assert_eq!(meant(Path::new(typed)), Path::new(found), "{typed}");
        }
    }

    #[test]
    fn paths_are_told_from_the_library_folder() {
        let library = Library {
            folder: PathBuf::from("/home/a/scenarios"),
            documents: BTreeMap::new(),
            inputs: BTreeMap::new(),
            files: Files::default(),
        };
        assert_eq!(
            library.name(Path::new("/home/a/scenarios/forms/x.toml")),
            "forms/x.toml"
        );
        assert_eq!(library.name(Path::new("/home/b/x.toml")), "../../b/x.toml");
    }

    #[test]
    fn a_name_cannot_lead_out_of_the_library() {
        assert!(is_key("v0_estafette"));
        for name in ["", "../x", "a/b", "A", "a.toml", "é", &"a".repeat(65)] {
            assert!(!is_key(name), "{name}");
        }
    }
}
