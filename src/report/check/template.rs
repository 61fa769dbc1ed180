//! The file with which somebody begins a scenario of their own.

use crate::report::Lang;
use crate::report::words::phrase::{PAGE_MARKS, fill, phrase, told};
use crate::scenario::{Nook, STARTING_POINT};

/// The name of the file where none is given.
pub fn template_name(lang: Lang) -> &'static str {
    phrase("template_name", lang)
}

/// What to do with the file, now that it is there; its name as a shell reads it.
pub fn begun(file: &str, lang: Lang) -> String {
    told("template_begun", lang, &[("file", file)])
}

/// A commented scenario that runs as it is, for its place in the library.
pub fn template(nook: &Nook, lang: Lang) -> String {
    let text = match lang {
        Lang::Nl => include_str!("template.nl.toml"),
        Lang::En => include_str!("template.en.toml"),
    };
    let (up, file) = (&nook.up, nook.path.display().to_string());
    let here = if up.is_empty() { "./" } else { up };
    fill(text, PAGE_MARKS, |slot| match slot {
        "schema" => format!("#:schema {here}schema/scenario.json"),
        "base" => STARTING_POINT.to_owned(),
        "file" => file.clone(),
        "up" => up.clone(),
        other => panic!("the template asks for {other}"),
    })
}
