//! Folders and files that somebody has meddled with: nothing hangs, nothing is believed too easily, and
//! nothing in a text acts on the terminal or in a spreadsheet.

use std::fs;
use std::os::unix::fs::symlink;
use std::path::{Path, PathBuf};
use std::process::Command;
use std::sync::mpsc;
use std::thread;
use std::time::Duration;

use crate::desk::Desk;
use rvtsim::page::Board;
use rvtsim::scenario::harmless;

const SMALL: &str = r#"
    extends = "vergelijking.toml"
    [scenario]
    belief = "neutraal"
    label = { nl = "Een kleine proef", en = "A small trial" }
    warm_up = "28 days"
    measured = "91 days"
    replications = 2
    regions = ["Zeeland"]
    forms = ["v0_estafette", "v4_openbaar_lichaam"]
"#;

/// What a letter of the user's may try on a terminal and in a spreadsheet.
const ATTACK: &str = r"\u001B[2J\u001B]0;x\u0007\u202Ea;=1+1;\n@SUM(1)";

/// What takes longer hangs; a run of this size takes seconds on a machine that has nothing else to do.
const LONGEST: Duration = Duration::from_secs(300);

/// A desk with a finished run.
fn with_run() -> Desk {
    let desk = Desk::with(SMALL);
    let (code, told) = desk.types("run scenarios/proef.toml");
    assert_eq!(code, 0, "{told}");
    desk
}

/// Exit code and everything told, of what must end soon.
fn ended(desk: &Desk, line: &str) -> (i32, String) {
    let child = desk.starts(line);
    let id = child.id().to_string();
    let (tell, hear) = mpsc::channel();
    // What it prints is read while it runs: it would wait for a reader of a full pipe.
    thread::spawn(move || tell.send(child.wait_with_output()));
    let Ok(output) = hear.recv_timeout(LONGEST) else {
        let _ = Command::new("kill").args(["-9", &id]).status();
        panic!("it does not end: {line}");
    };
    let output = output.unwrap();
    let told = [output.stdout, output.stderr].concat();
    (
        output.status.code().unwrap_or(-1),
        String::from_utf8_lossy(&told).into_owned(),
    )
}

fn make_pipe(path: &Path) {
    let made = Command::new("mkfifo").arg(path).status().unwrap();
    assert!(made.success());
}

#[test]
fn what_is_no_plain_file_is_refused_and_nothing_hangs() {
    let desk = with_run();
    let link_to_zero = |path: &Path| symlink("/dev/zero", path).unwrap();
    for kind in ["pipe", "zero"] {
        let put = |path: &Path| match kind {
            "pipe" => make_pipe(path),
            _ => link_to_zero(path),
        };
        let files = ["manifest.json", "kpis.csv", "evidence.csv", "geometry.json"];
        for file in files {
            let path = desk.at("results/proef").join(file);
            let kept = fs::read(&path).ok();
            let _ = fs::remove_file(&path);
            put(&path);
            let (code, told) = ended(&desk, "report results/proef");
            assert!(code == 1 || code == 2, "{kind} {file}: {code} {told}");
            let says = told.contains(file) && told.contains("not a file");
            assert!(says, "{kind} {file}: {told}");
            fs::remove_file(&path).unwrap();
            if let Some(bytes) = kept {
                fs::write(&path, bytes).unwrap();
            }
        }
        let strange = desk.at("scenarios").join(format!("{kind}.toml"));
        put(&strange);
        for line in [
            format!("check scenarios/{kind}.toml"),
            format!("report results/proef --geometry scenarios/{kind}.toml"),
            format!("weigh results/proef --framework scenarios/{kind}.toml"),
        ] {
            let (code, told) = ended(&desk, &line);
            assert!(code == 1 || code == 2, "{line}: {code} {told}");
            assert!(told.contains("not a file"), "{line}: {told}");
        }
        let partial = desk.at("results").join(format!("{kind}.partial"));
        fs::create_dir(&partial).unwrap();
        put(&partial.join("passes"));
        let line = format!("run scenarios/proef.toml --out results/{kind} --resume");
        let (code, told) = ended(&desk, &line);
        assert_eq!(code, 1, "{told}");
        assert!(told.contains("holds no unfinished run"), "{told}");
    }
    Board::read(&desk.at("results/proef")).unwrap();
}

#[test]
fn files_with_the_ends_of_lines_of_another_computer_are_the_same_files() {
    let desk = with_run();
    let mut folders = vec![desk.at("scenarios"), desk.at("results/proef")];
    let mut n_changed = 0;
    while let Some(folder) = folders.pop() {
        for entry in fs::read_dir(folder).unwrap() {
            let path = entry.unwrap().path();
            let is_text = ["toml", "csv", "json"]
                .iter()
                .any(|ending| path.extension().is_some_and(|found| found == *ending));
            if path.is_dir() {
                folders.push(path);
            } else if is_text {
                let text = fs::read_to_string(&path).unwrap();
                fs::write(&path, text.replace('\n', "\r\n")).unwrap();
                n_changed += 1;
            }
        }
    }
    assert!(n_changed > 30, "{n_changed}");
    let (code, told) = ended(&desk, "log results/proef --forms v0 --out log.csv");
    assert_eq!(code, 0, "{told}");
    Board::read(&desk.at("results/proef")).unwrap();
    // What is something else still is.
    let file = desk.at("scenarios/proef.toml");
    let text = fs::read_to_string(&file).unwrap();
    fs::write(&file, text.replace("91 days", "92 days")).unwrap();
    let (code, told) = ended(&desk, "log results/proef --out other.csv");
    assert!(
        code != 0 && told.contains("proef.toml has changed"),
        "{told}"
    );
}

#[test]
fn a_table_of_another_run_is_named_by_every_command() {
    let desk = with_run();
    let path = desk.at("results/proef/evidence.csv");
    let text = fs::read_to_string(&path).unwrap();
    let lines: Vec<&str> = text.lines().collect();
    fs::write(&path, lines[..60].join("\n") + "\n").unwrap();
    for line in ["report results/proef", "weigh results/proef"] {
        let (code, told) = ended(&desk, line);
        assert_eq!(code, 2, "{line}: {told}");
        let says =
            told.contains("evidence.csv: it has 59 rows, and") && told.contains("were written");
        assert!(says, "{line}: {told}");
    }
}

/// Every file below a folder with such an ending.
fn files_below(folder: PathBuf, ending: &str) -> Vec<PathBuf> {
    let (mut folders, mut files) = (vec![folder], Vec::new());
    while let Some(folder) = folders.pop() {
        for entry in fs::read_dir(folder).unwrap() {
            let path = entry.unwrap().path();
            match path.is_dir() {
                true => folders.push(path),
                false if path.extension().is_some_and(|found| found == ending) => files.push(path),
                false => {}
            }
        }
    }
    files
}

#[test]
fn a_hostile_label_acts_on_no_terminal_and_in_no_spreadsheet() {
    let desk = Desk::with(SMALL);
    let mut n_attacked = 0;
    for path in files_below(desk.at("scenarios"), "toml") {
        let mut text = fs::read_to_string(&path).unwrap();
        for before in ["nl = \"", "en = \"", "\nsource = \""] {
            n_attacked += text.matches(before).count();
            text = text.replace(before, &format!("{before}{ATTACK}"));
        }
        fs::write(&path, text).unwrap();
    }
    assert!(n_attacked > 200, "{n_attacked}");
    for line in [
        "check scenarios/proef.toml scenarios/afwegingskader.toml",
        "run scenarios/proef.toml",
        "evidence --scenario scenarios/proef.toml",
        "evidence --scenario scenarios/proef.toml --csv",
        "trace scenarios/proef.toml --region Zeeland --household 3",
        "trace scenarios/proef.toml --region Zeeland --household 3 --list",
        "log scenarios/proef.toml --forms v0",
        "weigh results/proef",
        "check scenarios/nowhere.toml",
        "run scenarios/proef.toml",
    ] {
        let (code, told) = ended(&desk, line);
        assert!((0..=2).contains(&code), "{line}: {told}");
        assert!(!told.is_empty(), "{line}");
        if let Some(at) = told
            .chars()
            .zip(harmless(&told).chars())
            .position(|(a, b)| a != b)
        {
            let near: String = told.chars().skip(at.saturating_sub(60)).take(120).collect();
            panic!("{line}: {near:?}");
        }
    }
    let tables = files_below(desk.at("results"), "csv");
    assert!(tables.len() > 12, "{tables:?}");
    for path in tables {
        let text = fs::read_to_string(&path).unwrap();
        let name = path.display();
        assert!(harmless(&text) == text, "{name}");
        for cell in text.split([';', '\t', '\n']) {
            let bare = cell.trim_start_matches('"');
            let is_live = bare.starts_with(['=', '+', '-', '@']) && bare.parse::<f64>().is_err();
            assert!(!is_live, "{name}: {cell:?}");
        }
    }
}
