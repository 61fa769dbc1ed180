//! Bad files, and what is said about them.
//!
//! Every file in tests/bad starts with lines `# expect: CODE LINE:COLUMN` or
//! `# expect: CODE FILE LINE:COLUMN`, one for each diagnostic and no other, and
//! may say `# as: FILE` to take the place of a file of the library, and `# without: N`
//! to leave a region out. What is said word for word stands beside it in a .txt;
//! RVTSIM_BLESS=1 writes it anew. Files that are too large, too odd or not there at
//! all are made in tests/loader/.

use std::collections::BTreeSet;
use std::fs;
use std::path::Path;

use crate::library::{Library, evidence_after, regions_after};
use rvtsim::scenario::{CODES, Changes, Diagnostic, FRAMEWORK, Lang, Subject, conditions, examine};

/// A file of tests/bad.
struct Case {
    name: String,
    text: String,
    /// The file of the library that it stands for.
    file: String,
    /// Numbers of regions that are left out.
    without: Vec<String>,
    expected: Vec<String>,
}

fn cases() -> Vec<Case> {
    let folder = Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/bad");
    let mut paths: Vec<_> = fs::read_dir(folder)
        .unwrap()
        .map(|entry| entry.unwrap().path())
        .collect();
    paths.retain(|path| {
        path.extension()
            .is_some_and(|extension| extension == "toml")
    });
    paths.sort();
    paths.iter().map(|path| case(path)).collect()
}

fn case(path: &Path) -> Case {
    let name = path.file_stem().unwrap().to_str().unwrap().to_owned();
    let text = fs::read_to_string(path).unwrap();
    let said = |word: &str| {
        let lines = text.lines().take_while(|line| line.starts_with('#'));
        let values = lines.filter_map(|line| line.strip_prefix(&format!("# {word}: ")));
        values.map(str::to_owned).collect::<Vec<_>>()
    };
    let file = said("as").pop().unwrap_or(format!("{name}.toml"));
    let complete = |expected: String| match expected.split(' ').collect::<Vec<_>>()[..] {
        [code, position] => format!("{code} {file} {position}"),
        _ => expected,
    };
    let mut expected: Vec<String> = said("expect").into_iter().map(complete).collect();
    expected.sort();
    assert!(!expected.is_empty(), "{name} expects nothing");
    Case {
        without: said("without"),
        name,
        file,
        expected,
        text,
    }
}

/// Everything said about a case, errors or warnings.
fn said(case: &Case, library: &Library) -> Vec<Diagnostic> {
    let mut scenario = "base.toml".to_owned();
    match case.file.as_str() {
        "evidence.toml" => library.write("evidence.toml", evidence_after(&case.text)),
        // CSV has no comments; the table begins after them.
        "regions.csv" => {
            let table = case.text.lines().skip_while(|line| line.starts_with('#'));
            let table: String = table.map(|line| format!("{line}\n")).collect();
            let is_there = |line: &&str| {
                let number = line.split(',').next().unwrap_or_default();
                !case.without.iter().any(|without| without == number)
            };
            let table = regions_after(&table);
            let table: Vec<&str> = table.lines().filter(is_there).collect();
            library.write("regions.csv", table.join("\n") + "\n");
        }
        file => library.write(file, &case.text),
    }
    if case.file == FRAMEWORK {
        library.write("forms/v1.toml", include_str!("library/v0.toml"));
        return match examine(&library.folder().join(FRAMEWORK)) {
            Ok(Subject::Part(part)) => part.warnings,
            Ok(Subject::Scenario(_)) => panic!("{} is no scenario", case.name),
            Err(log) => log.iter().cloned().collect(),
        };
    }
    if let Some(form) = case.file.strip_prefix("forms/") {
        let form = form.strip_suffix(".toml").unwrap();
        // Another form extends this one, so that what is wrong with it could be told twice.
        library.write(
            "forms/above.toml",
            format!("extends = \"{form}\"\nform.label = {{ nl = \"Hoger\", en = \"Above\" }}\n"),
        );
        let text = format!(
            "extends = \"base.toml\"\nscenario.forms = [\"{form}\", \"above\"]\nscenario.baseline = \"{form}\"\n"
        );
        library.write("with_form.toml", text);
        scenario = "with_form.toml".to_owned();
    } else if !case.file.contains('/') && case.file == format!("{}.toml", case.name) {
        scenario = case.file.clone();
    }
    match library.load(&scenario, &Changes::default()) {
        Ok(scenario) => scenario.warnings,
        Err(log) => log.iter().cloned().collect(),
    }
}

/// A path as seen from the library.
fn name_of(path: &str, library: &Library) -> String {
    let path = Path::new(path);
    path.strip_prefix(library.folder())
        .unwrap_or(path)
        .to_string_lossy()
        .into_owned()
}

fn position(diagnostic: &Diagnostic, library: &Library) -> String {
    let code = diagnostic.code;
    match &diagnostic.place {
        Some(place) => {
            let file = name_of(place.path(), library);
            format!("{code} {file} {}:{}", place.line(), place.column())
        }
        None => format!("{code} nowhere"),
    }
}

#[test]
fn every_bad_file_is_told_where_it_is_wrong() {
    let cases = cases();
    assert!(cases.len() >= 80, "only {} bad files", cases.len());
    let mut wrong = Vec::new();
    for case in &cases {
        let library = Library::new();
        let said = said(case, &library);
        let mut positions: Vec<_> = said.iter().map(|one| position(one, &library)).collect();
        positions.sort();
        if positions != case.expected {
            let text: Vec<_> = said.iter().map(|one| one.to_string()).collect();
            wrong.push(format!(
                "{}\n  expected {:#?}\n  said {:#?}\n{}",
                case.name,
                case.expected,
                positions,
                text.join("\n\n")
            ));
        }
    }
    assert!(wrong.is_empty(), "{}", wrong.join("\n\n"));
}

#[test]
fn the_words_are_as_they_were() {
    let mut changed = Vec::new();
    for case in cases() {
        let library = Library::new();
        let folder = format!("{}/", library.folder().display());
        let said: Vec<_> = said(&case, &library)
            .iter()
            .map(|one| one.to_string())
            .collect();
        let text = said.join("\n\n").replace(&folder, "") + "\n";
        let path = Path::new(env!("CARGO_MANIFEST_DIR"));
        let path = path.join("tests/bad").join(format!("{}.txt", case.name));
        if std::env::var_os("RVTSIM_BLESS").is_some() {
            fs::write(path, text).unwrap();
        } else if fs::read_to_string(path).ok().as_ref() != Some(&text) {
            changed.push(format!("{}.txt should be\n{text}", case.name));
        }
    }
    assert!(changed.is_empty(), "{}", changed.join("\n"));
}

#[test]
fn the_dutch_words_are_as_they_were() {
    let mut text = String::new();
    for case in cases() {
        let library = Library::new();
        let folder = format!("{}/", library.folder().display());
        text += &format!("{}\n", case.name);
        for one in said(&case, &library) {
            let help = one.help.expect("help");
            let [fact, help] = [one.message, help].map(|part| {
                let [nl, en] = [Lang::Nl, Lang::En].map(|lang| part.text(lang));
                assert_ne!(nl, en, "{}: one language", case.name);
                nl.replace(&folder, "")
            });
            text += &format!("  {} {fact}\n    {help}\n", one.code);
        }
    }
    let path = Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/bad/dutch.txt");
    if std::env::var_os("RVTSIM_BLESS").is_some() {
        fs::write(path, text).unwrap();
    } else {
        let before = fs::read_to_string(path).unwrap();
        assert!(before == text, "dutch.txt should be\n{text}");
    }
}

#[test]
fn every_fault_comes_with_what_to_write_instead() {
    for case in cases() {
        let library = Library::new();
        for one in said(&case, &library) {
            assert!(one.help.is_some(), "{}: {one}", case.name);
        }
    }
}

#[test]
fn every_code_is_provoked() {
    // These are about files that are no text, or not there, made in tests/loader/; about the
    // conditions of a search, tested below; about runs that the machine cannot make, tested
    // in src/experiment/cost.rs; about targets on the command line, in src/scenario/plan/service.rs; and about
    // forms that follow each other, in tests/loader/path.rs.
    let apart = [
        "S001", "S002", "S003", "S005", "S027", "S070", "S071", "S072", "S080", "S081", "S082",
        "S083",
    ];
    let mut provoked: BTreeSet<String> = apart.map(str::to_owned).into_iter().collect();
    for case in cases() {
        provoked.extend(case.expected.iter().map(|one| one[..4].to_owned()));
    }
    let codes: BTreeSet<String> = CODES.iter().map(|(code, _)| (*code).to_owned()).collect();
    assert_eq!(provoked, codes);
}

#[test]
fn docs_errors_has_every_code_with_its_meaning_an_example_and_what_to_write() {
    let path = Path::new(env!("CARGO_MANIFEST_DIR")).join("docs/errors.md");
    let text = fs::read_to_string(path).unwrap();
    let rows = text.lines().filter(|line| line.starts_with("| S"));
    let mut listed = Vec::new();
    for row in rows {
        let cells: Vec<&str> = row.trim_matches('|').split(" | ").map(str::trim).collect();
        let [code, meaning, example, advice] = cells[..] else {
            panic!("four columns belong in {row}")
        };
        assert!(!example.is_empty() && !advice.is_empty(), "{row}");
        listed.push((code, meaning));
    }
    assert_eq!(listed, CODES);
}

#[test]
fn the_mistakes_of_all_files_are_told_in_one_go() {
    let library = Library::new();
    library.write("forms/v0.toml", "[form]\nlabel = 1\n");
    library.write("beliefs/neutraal.toml", "[beliefs]\n");
    library.write("evidence.toml", evidence_after("x = 1\n"));
    library.write("regions.csv", "nr;name\n");
    library.write(
        "wrong.toml",
        "extends = \"base.toml\"\nscenario.seed = -1\n",
    );
    let Err(log) = library.load("wrong.toml", &Changes::default()) else {
        panic!("all is well")
    };
    let files = log
        .errors()
        .filter_map(|one| Some(name_of(one.place.as_ref()?.path(), &library)));
    let files: BTreeSet<String> = files.collect();
    let all = [
        "beliefs/neutraal.toml",
        "evidence.toml",
        "forms/v0.toml",
        "regions.csv",
        "wrong.toml",
    ];
    assert_eq!(files.into_iter().collect::<Vec<_>>(), all, "{log}");
}

#[test]
fn fifty_errors_are_enough() {
    let library = Library::new();
    let keys: String = (0..20_000)
        .map(|number| format!("key{number} = 1\n"))
        .collect();
    library.write(
        "many.toml",
        format!("extends = \"base.toml\"\n[scenario]\n{keys}"),
    );
    let Err(log) = library.load("many.toml", &Changes::default()) else {
        panic!("all is well")
    };
    assert_eq!(log.errors().count(), 50);
    assert!(log.render(true, Lang::Nl).len() < 100_000);
}

#[test]
fn every_mistake_in_a_search_is_told_where_it_stands() {
    let mut text = String::new();
    for (typed, expected) in [
        (" , ", &["S015"][..]),
        (
            "measur=ots children=maybe, wait>x xyz=1",
            &["S080", "S014", "S081", "S080"],
        ),
        (
            "measure=ondertoezichtsteling severity=acuut start=advies outcome=shut",
            &["S014"; 4],
        ),
        (
            "children>yes wait=>3 wait==2 handovers wait> children = ",
            &["S081"; 6],
        ),
        (
            "=5 wait>-1 wait>1.5 wait>99999999999",
            &["S081", "S081", "S081"],
        ),
    ] {
        let log = conditions(typed).expect_err(typed);
        let codes: Vec<_> = log.errors().map(|one| one.code).collect();
        assert_eq!(codes, expected, "{typed}: {log}");
        text += &format!("{log}\n\n");
    }
    let path = Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/bad/search.txt");
    if std::env::var_os("RVTSIM_BLESS").is_some() {
        fs::write(path, text).unwrap();
    } else {
        let before = fs::read_to_string(path).unwrap();
        assert!(before == text, "search.txt should be\n{text}");
    }
}

#[test]
fn mistakes_on_the_command_line_are_told_without_a_place() {
    let library = Library::new();
    let changes = Changes {
        replications: Some(0),
        seed: None,
        regions: Some(vec!["drente".to_owned(), "26".to_owned()]),
        ..Changes::default()
    };
    let Err(log) = library.load("base.toml", &changes) else {
        panic!("all is well")
    };
    let codes: Vec<_> = log
        .iter()
        .map(|one| (one.code, one.place.is_none()))
        .collect();
    assert_eq!(
        codes,
        [("S022", true), ("S022", true), ("S013", true)],
        "{log}"
    );
    assert!(
        log.to_string().contains("did you mean \"Drenthe\"?"),
        "{log}"
    );
}
