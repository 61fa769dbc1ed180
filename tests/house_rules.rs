//! Rules about the code itself: who may import whom, how long a file may be.

use std::collections::BTreeMap;
use std::fs;
use std::path::{Path, PathBuf};

/// Each layer, and the layers that it may import.
const LAYERS: [(&str, &[&str]); 10] = [
    ("stats", &[]),
    ("random", &["stats"]),
    ("engine", &["stats"]),
    ("model", BELOW.split_at(6).1),
    ("scenario", BELOW.split_at(5).1),
    ("experiment", BELOW.split_at(4).1),
    ("report", BELOW.split_at(3).1),
    ("study", BELOW.split_at(2).1),
    ("page", BELOW.split_at(1).1),
    ("cli", BELOW),
];

/// All layers but the highest, the highest first; each but the last three may import whatever comes after it.
const BELOW: &[&str] = &[
    "page",
    "study",
    "report",
    "experiment",
    "scenario",
    "model",
    "engine",
    "random",
    "stats",
];

/// A file longer than this has two reasons to change.
const LONGEST_FILE_LINES: usize = 600;

fn sources(folder: &Path) -> Vec<PathBuf> {
    sources_of(folder, "rs")
}

/// All files below a folder with this extension, in order.
fn sources_of(folder: &Path, kind: &str) -> Vec<PathBuf> {
    let mut found = Vec::new();
    for entry in fs::read_dir(folder).expect("the folder is there") {
        let path = entry.expect("it can be read").path();
        if path.is_dir() {
            found.extend(sources_of(&path, kind));
        } else if path.extension().is_some_and(|extension| extension == kind) {
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

/// The parts of a group of imports, `{a, b::{c, d}}` being `a` and `b::{c, d}`.
fn parts(group: &str) -> Vec<String> {
    let (mut depth, mut all) = (0, vec![String::new()]);
    for letter in group.chars() {
        depth += i32::from(letter == '{') - i32::from(letter == '}');
        match letter {
            ',' if depth == 0 => all.push(String::new()),
            _ => all.last_mut().expect("one at least").push(letter),
        }
    }
    all.iter().map(|one| one.trim().to_owned()).collect()
}

/// The first name of every path into a layer that a source names: `crate::report::words::…`, `crate::report::{Run, …}`.
fn names_of(source: &str, layer: &str) -> Vec<String> {
    let into = format!("crate::{layer}::");
    let first = |path: &str| {
        let end = path.find(|c: char| !c.is_alphanumeric() && c != '_');
        path[..end.unwrap_or(path.len())].to_owned()
    };
    let of_path = |path: &str| match path.strip_prefix('{') {
        None => vec![first(path)],
        Some(group) => {
            let group = group.split(';').next().unwrap_or_default();
            let group = group.trim_end().trim_end_matches('}');
            parts(group).iter().map(|one| first(one)).collect()
        }
    };
    source.split(&into).skip(1).flat_map(of_path).collect()
}

/// The room of every name that a layer shows: `pub use words::text::quoted` is of `words`.
fn rooms_of_names(layer: &str) -> BTreeMap<String, String> {
    let face = Path::new("src").join(layer).join("mod.rs");
    let text = fs::read_to_string(face).expect("a layer has a face");
    let mut rooms = BTreeMap::new();
    for statement in text.split(';') {
        let Some((_, path)) = statement.split_once("pub use ") else {
            continue;
        };
        let room = path.split("::").next().unwrap_or_default().to_owned();
        let names = path.rsplit("::").next().unwrap_or_default();
        for name in parts(names.trim_matches(['{', '}', '\n', ' '])) {
            rooms.insert(name, room.clone());
        }
    }
    rooms
}

/// Within these layers whoever reads a room need not know those that import it. Tests may look around.
#[test]
fn rooms_of_a_layer_import_each_other_in_no_circle() {
    for layer in ["report", "study"] {
        let shown = rooms_of_names(layer);
        let home = Path::new("src").join(layer);
        let mut imports: BTreeMap<String, BTreeMap<String, PathBuf>> = BTreeMap::new();
        for path in sources(&home) {
            let within = path.strip_prefix(&home).expect("it is in the layer");
            let own = within.iter().next().expect("a file or a room");
            let own = own.to_string_lossy().trim_end_matches(".rs").to_owned();
            let text = fs::read_to_string(&path).expect("a source file");
            let code = text.split("#[cfg(test)]").next().unwrap_or_default();
            for name in names_of(code, layer) {
                let room = shown.get(&name).unwrap_or(&name);
                if *room != own
                    && home.join(room).exists() | home.join(format!("{room}.rs")).exists()
                {
                    let of_own = imports.entry(own.clone()).or_default();
                    of_own.insert(room.clone(), path.clone());
                }
            }
        }
        // Whoever imports only what has gone goes: in the end everybody, or a circle stays.
        loop {
            let stays = |room: &String| imports.contains_key(room);
            let gone: Vec<String> = imports
                .iter()
                .filter(|(_, all)| !all.keys().any(stays))
                .map(|(room, _)| room.clone())
                .collect();
            if gone.is_empty() {
                break;
            }
            for room in gone {
                imports.remove(&room);
            }
        }
        assert!(
            imports.is_empty(),
            "a circle of rooms in {layer}: {imports:#?}"
        );
    }
}

/// What a document says of a file: `model/chain/circle.rs`, as seen from `src/` or from where the project stands.
#[test]
fn every_source_that_a_document_names_is_there() {
    let documents = sources_of(Path::new("docs"), "md");
    let documents = documents
        .into_iter()
        .chain(["README.md", "CONTRIBUTING.md"].map(PathBuf::from));
    let (mut n, mut gone) = (0, Vec::new());
    for document in documents {
        let text = fs::read_to_string(&document).expect("a document");
        for span in text.split('`').skip(1).step_by(2) {
            let is_source = span.contains('/') && span.ends_with(".rs");
            if !is_source || span.contains([' ', '*', '{', '\n']) {
                continue;
            }
            n += 1;
            if !Path::new("src").join(span).exists() && !Path::new(span).exists() {
                gone.push(format!("{}: {span}", document.display()));
            }
        }
    }
    assert!(n > 100, "documents name sources");
    assert!(gone.is_empty(), "named and not there:\n{}", gone.join("\n"));
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
        ("std::thread::", &["src/scenario/file/raw.rs"]),
        (
            "rayon",
            // A PNG takes a hundred times as long as all that is written in words.
            &["src/experiment/executor.rs", "src/page/publication.rs"],
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
        Path::new("src/report/words/phrase.toml").to_owned(),
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

/// Whoever wants to know what is tested reads one page.
#[test]
fn every_file_of_tests_stands_in_the_page_of_claims() {
    let page = fs::read_to_string("docs/tests.md").expect("the page");
    for suite in ["loader", "model", "program", "theory"] {
        for path in sources(Path::new("tests").join(suite).as_path()) {
            let name = path.display().to_string();
            // What suites share stands in folders of their own.
            let is_shared = path.components().count() > 3 || name.ends_with("main.rs");
            assert!(
                is_shared || page.contains(&format!("`{name}`")),
                "{name} tests no claim of docs/tests.md"
            );
        }
    }
}

/// What people read stands in `phrase.toml`, in both languages, and what is asked of it is there.
#[test]
fn phrases_stand_in_their_book() {
    let text = fs::read_to_string("src/report/words/phrase.toml").expect("the book");
    let book: toml::Table = toml::from_str(&text).expect("a table of phrases");
    let mut n = 0;
    for layer in ["src/report", "src/study", "src/page"] {
        for path in sources(Path::new(layer)) {
            let source = fs::read_to_string(&path).expect("a source");
            let source = source.split("#[cfg(test)]").next().unwrap_or_default();
            let dense: String = source.split_whitespace().collect();
            let beside = ["", ")", "{"].map(|end| format!("Lang::Nl{end}=>"));
            let of_one = beside
                .iter()
                .flat_map(|arm| dense.split(arm.as_str()).skip(1));
            let is_said = |rest: &str| rest.starts_with(['"']) || rest.starts_with("format!(\"");
            assert!(
                !dense.contains(".pick(\"") && !of_one.clone().any(is_said),
                "{}: a phrase stands beside the book",
                path.display()
            );
            for word in ["phrase(\"", "told(\""] {
                for rest in dense.split(word).skip(1) {
                    let key = rest.split('"').next().unwrap_or_default();
                    n += 1;
                    assert!(
                        book.contains_key(key),
                        "{}: no phrase {key}",
                        path.display()
                    );
                }
            }
        }
    }
    assert!(n > 500, "{n} phrases are asked for");
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
