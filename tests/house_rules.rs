//! Rules about the code itself: who may import whom, how long a file may be.

use std::collections::BTreeMap;
use std::fs;
use std::path::{Path, PathBuf};

/// Each layer, and the layers that it may import.
const LAYERS: [(&str, &[&str]); 8] = [
    ("stats", &[]),
    ("random", &["stats"]),
    ("engine", &["stats"]),
    ("model", &["engine", "random", "stats"]),
    ("scenario", &["model", "engine", "random", "stats"]),
    (
        "experiment",
        &["scenario", "model", "engine", "random", "stats"],
    ),
    (
        "report",
        &[
            "experiment",
            "scenario",
            "model",
            "engine",
            "random",
            "stats",
        ],
    ),
    (
        "cli",
        &[
            "report",
            "experiment",
            "scenario",
            "model",
            "engine",
            "random",
            "stats",
        ],
    ),
];

/// A file longer than this has two reasons to change.
const LONGEST_FILE_LINES: usize = 600;

fn sources(folder: &Path) -> Vec<PathBuf> {
    let mut found = Vec::new();
    for entry in fs::read_dir(folder).expect("the folder is there") {
        let path = entry.expect("it can be read").path();
        if path.is_dir() {
            found.extend(sources(&path));
        } else if path.extension().is_some_and(|extension| extension == "rs") {
            found.push(path);
        }
    }
    found.sort();
    found
}

#[test]
fn imports_run_downwards_only() {
    let mut faults = Vec::new();
    for (layer, may_import) in LAYERS {
        for path in sources(&Path::new("src").join(layer)) {
            let text = fs::read_to_string(&path).expect("a source file");
            for (number, line) in text.lines().enumerate() {
                for part in line.split("crate::").skip(1) {
                    let imported = part
                        .split(|c: char| !c.is_alphanumeric() && c != '_')
                        .next();
                    let imported = imported.unwrap_or_default();
                    let is_layer = LAYERS.iter().any(|(name, _)| *name == imported);
                    if is_layer && imported != layer && !may_import.contains(&imported) {
                        faults.push(format!("{}:{}: {line}", path.display(), number + 1));
                    }
                }
            }
        }
    }
    assert!(
        faults.is_empty(),
        "imports that run upwards:\n{}",
        faults.join("\n")
    );
}

#[test]
fn every_layer_has_its_folder_and_no_other_folder_stands_in_src() {
    let mut folders: Vec<String> = fs::read_dir("src")
        .expect("src")
        .map(|entry| entry.expect("it can be read").path())
        .filter(|path| path.is_dir())
        .map(|path| {
            path.file_name()
                .expect("a name")
                .to_string_lossy()
                .into_owned()
        })
        .collect();
    folders.sort();
    let mut layers: Vec<&str> = LAYERS.iter().map(|(layer, _)| *layer).collect();
    layers.sort_unstable();
    assert_eq!(folders, layers);
}

/// What a browser has not: below `cli` it is asked for in these files only.
#[test]
fn below_cli_nothing_needs_a_clock_a_thread_an_allocator_or_a_signal() {
    const RULES: [(&str, &[&str]); 7] = [
        ("std::time", &[]),
        ("Instant", &[]),
        // A stack for files that are nested deep.
        ("std::thread::", &["src/scenario/raw.rs"]),
        (
            "rayon",
            // A PNG takes a hundred times as long as all that is written in words.
            &["src/experiment/executor.rs", "src/report/publication.rs"],
        ),
        ("global_allocator", &[]),
        ("mimalloc", &[]),
        ("signal_hook", &[]),
    ];
    let layers = LAYERS.iter().filter(|(layer, _)| *layer != "cli");
    for path in layers.flat_map(|(layer, _)| sources(&Path::new("src").join(layer))) {
        let text = fs::read_to_string(&path).expect("a source file");
        let code = text.split("#[cfg(test)]\nmod ").next().unwrap_or_default();
        for (word, allowed) in RULES {
            let is_allowed = allowed.iter().any(|file| path == Path::new(file));
            let said = code.contains(word) && !is_allowed;
            assert!(!said, "{} has {word}", path.display());
        }
    }
}

#[test]
fn no_file_is_too_long_to_read() {
    let long: Vec<String> = ["src", "python/src", "web/src"]
        .into_iter()
        .flat_map(|folder| sources(Path::new(folder)))
        .map(|path| {
            let n_lines = fs::read_to_string(&path)
                .expect("a source file")
                .lines()
                .count();
            (path, n_lines)
        })
        .filter(|&(_, n_lines)| n_lines > LONGEST_FILE_LINES)
        .map(|(path, n_lines)| format!("{}: {n_lines} lines", path.display()))
        .collect();
    assert!(long.is_empty(), "{}", long.join("\n"));
}

#[test]
fn nothing_in_the_code_asks_which_form_it_runs() {
    let files = include_str!("shipped/files.txt").lines();
    let forms = files.filter_map(|file| file.strip_prefix("forms/")?.strip_suffix(".toml"));
    let forms: Vec<&str> = forms.collect();
    assert!(forms.len() >= 6);
    for layer in ["stats", "random", "engine", "model", "experiment"] {
        for path in sources(&Path::new("src").join(layer)) {
            if path.ends_with("fixture.rs") {
                continue; // for tests only
            }
            let text = fs::read_to_string(&path).expect("a source file");
            let code = text.split("#[cfg(test)]").next().unwrap_or_default();
            for form in &forms {
                assert!(!code.contains(form), "{} names {form}", path.display());
            }
        }
    }
}

/// Whoever has the repository has `git`; an archive of it has neither.
#[test]
fn the_list_of_shipped_files_is_that_of_the_repository() {
    let git = std::process::Command::new("git")
        .args(["ls-files", "scenarios"])
        .output();
    let Some(git) = git.ok().filter(|git| git.status.success()) else {
        return;
    };
    let known = String::from_utf8(git.stdout).expect("names are text");
    let known = known
        .lines()
        .filter_map(|file| file.strip_prefix("scenarios/"));
    let listed: Vec<&str> = include_str!("shipped/files.txt").lines().collect();
    assert_eq!(
        listed,
        known.collect::<Vec<_>>(),
        "tests/shipped/files.txt lists what ships"
    );
}

/// They are built with `--locked`, and by nobody who only adds a crate here.
#[test]
fn crates_over_the_library_have_locked_what_it_needs() {
    let read = |path: &str| -> toml::Table {
        let text = fs::read_to_string(path).expect("a file of Cargo");
        text.parse().expect("TOML")
    };
    let manifest = read("Cargo.toml");
    let needed = manifest["dependencies"].as_table().expect("a table").iter();
    let is_optional = |one: &toml::Value| {
        one.get("optional")
            .is_some_and(|it| it.as_bool() == Some(true))
    };
    let needed: Vec<&String> = needed
        .filter(|(_, one)| !is_optional(one))
        .map(|(name, _)| name)
        .collect();
    for lock in ["python/Cargo.lock", "fuzz/Cargo.lock"] {
        let found = read(lock);
        let packages = found["package"].as_array().expect("a list").iter();
        let names: Vec<&str> = packages.filter_map(|one| one["name"].as_str()).collect();
        let lacking: Vec<_> = needed
            .iter()
            .filter(|name| !names.contains(&name.as_str()))
            .collect();
        assert!(
            lacking.is_empty(),
            "{lock} lacks {lacking:?}: run `cargo metadata` beside it"
        );
    }
}

/// What a document says is not there yet, and is.
#[test]
fn no_document_says_of_something_that_is_there_that_it_is_not() {
    let stale = [
        ("gevoeligheidsanalyse", "is er nog niet"),
        ("sensitivity analysis", "not there yet"),
        ("sensitivity analysis", "has been made yet"),
        ("weights, ranks", "sensitivity analysis"),
    ];
    let mut told = vec![
        Path::new("README.md").to_owned(),
        Path::new("src/report/phrase.toml").to_owned(),
    ];
    let docs = fs::read_dir("docs").expect("the documents");
    let docs = docs.map(|entry| entry.expect("it can be read").path());
    told.extend(docs.filter(|path| path.extension().is_some_and(|ending| ending == "md")));
    for path in told {
        let text = fs::read_to_string(&path).expect("a text");
        for line in text.lines() {
            let is_stale = stale
                .iter()
                .find(|(what, not)| line.contains(what) && line.contains(not));
            assert_eq!(is_stale, None, "{}: {line}", path.display());
        }
    }
}

/// The English of every `said!("…")` in a source, and of what is done to the disk.
fn said(source: &str) -> Vec<String> {
    let words = ["said!(", "disk(", "spoken("];
    let begins = words.iter().flat_map(|word| source.split(word).skip(1));
    let begins = begins.filter_map(|rest| rest.trim_start().strip_prefix('"'));
    let text = |rest: &str| {
        let mut text = String::new();
        let mut letters = rest.chars().peekable();
        while let Some(letter) = letters.next().filter(|&letter| letter != '"') {
            match (letter, letters.peek()) {
                ('\\', Some('\n')) => while letters.next_if(|one| one.is_whitespace()).is_some() {},
                ('\\', Some('n')) => {
                    letters.next();
                    text.push('\n');
                }
                ('\\', _) => text.extend(letters.next()),
                _ => text.push(letter),
            }
        }
        text
    };
    begins.map(text).collect()
}

/// The holes of a template in order: `{}` is the next, `{1}` the second.
fn holes(template: &str) -> Vec<usize> {
    let mut next = 0..;
    let inner = template
        .split('{')
        .skip(1)
        .filter_map(|rest| rest.split_once('}'));
    let holes = inner.filter_map(|(inner, _)| match inner {
        "" => next.next(),
        number => number.parse().ok(),
    });
    let mut holes: Vec<usize> = holes.collect();
    holes.sort_unstable();
    holes
}

/// Units of figures and of what is asked of a life, nouns and the like stand elsewhere in the source.
#[test]
fn whatever_is_said_is_said_in_dutch_too() {
    let text = fs::read_to_string("src/scenario/dutch.toml").expect("the catalogue");
    let dutch: BTreeMap<String, String> = toml::from_str(&text).expect("a table of texts");
    let mut whole = String::new();
    let mut n = 0;
    for path in sources(Path::new("src")) {
        let source = fs::read_to_string(&path).expect("a source");
        let source = source.split("#[cfg(test)]").next().unwrap_or_default();
        for english in said(source) {
            n += 1;
            let is_there = dutch.get(&english);
            assert!(
                is_there.is_some(),
                "{}: no Dutch of {english:?}",
                path.display()
            );
        }
        whole += source;
    }
    assert!(n > 400, "only {n} sentences found");
    let of_files = said(&whole);
    for (english, dutch) in &dutch {
        assert_eq!(holes(english), holes(dutch), "{english:?}: {dutch:?}");
        let is_used = of_files.contains(english) || whole.contains(&format!("\"{english}\""));
        assert!(is_used, "nobody says {english:?}");
    }
}
