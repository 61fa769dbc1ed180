//! The policy maker's door: begin a scenario, check it, be told in time what cannot be run.

use crate::shipped;
use std::fs;

use assert_cmd::Command;
use tempfile::TempDir;

/// A folder with a copy of the shipped scenarios.
fn desk() -> TempDir {
    let home = tempfile::tempdir().unwrap();
    shipped::copy_plain_to(&home.path().join("scenarios"));
    home
}

/// What is said on both streams, and the exit code.
fn types(desk: &TempDir, line: &[&str]) -> (String, String, Option<i32>) {
    let mut command = Command::new(env!("CARGO_BIN_EXE_rvtsim"));
    command.current_dir(desk.path()).env("NO_COLOR", "1");
    let output = command.args(line).output().unwrap();
    let text = |bytes: &[u8]| String::from_utf8_lossy(bytes).into_owned();
    (
        text(&output.stdout),
        text(&output.stderr),
        output.status.code(),
    )
}

#[test]
fn a_new_scenario_runs_as_it_is_wherever_it_stands() {
    let desk = desk();
    fs::create_dir(desk.path().join("scenarios/noord")).unwrap();
    for (name, file, lang) in [
        (None, "scenarios/mijn_scenario.toml", "nl"),
        (Some("eigen"), "scenarios/eigen.toml", "en"),
        (
            Some("scenarios/noord/x.toml"),
            "scenarios/noord/x.toml",
            "nl",
        ),
    ] {
        let line: Vec<&str> = ["new", "--lang", lang].into_iter().chain(name).collect();
        let (out, err, code) = types(&desk, &line);
        assert_eq!(code, Some(0), "{err}");
        assert!(out.contains(file), "{out}");
        let text = fs::read_to_string(desk.path().join(file)).unwrap();
        assert!((15..=26).contains(&text.lines().count()), "{text}");
        let schema = text.lines().next().unwrap().strip_prefix("#:schema ");
        let schema = desk
            .path()
            .join(file)
            .parent()
            .unwrap()
            .join(schema.unwrap());
        assert!(schema.exists(), "{}", schema.display());
        let (out, err, code) = types(&desk, &["check", file]);
        assert_eq!((code, err.as_str()), (Some(0), ""), "{out}");
        assert!(out.contains("demand.growth_per_year  0 → 0,02"), "{out}");
    }
    let short = [
        "--tables-only",
        "--replications",
        "1",
        "--regions",
        "Zeeland",
    ];
    let line = [&["run", "scenarios/noord/x.toml"], &short[..]].concat();
    let (out, err, code) = types(&desk, &line);
    assert_eq!(code, Some(0), "{err}");
    assert!(out.contains("Mijn scenario"), "{out}");
}

#[test]
fn a_file_that_is_there_is_never_overwritten() {
    let desk = desk();
    let file = desk.path().join("scenarios/vergelijking.toml");
    let before = fs::read(&file).unwrap();
    for line in [
        ["new", "vergelijking"],
        ["new", "scenarios/vergelijking.toml"],
    ] {
        let (_, err, code) = types(&desk, &line);
        assert_eq!(code, Some(2), "{err}");
        assert!(err.contains("is there already"), "{err}");
    }
    assert_eq!(fs::read(&file).unwrap(), before);
    let elsewhere = tempfile::tempdir().unwrap();
    let (_, err, code) = types(&elsewhere, &["new"]);
    assert_eq!(code, Some(2));
    assert!(err.contains("S005"), "{err}");
}

#[test]
fn check_tells_what_a_scenario_means_and_runs_nothing() {
    let desk = desk();
    let text = "extends = \"referentie.toml\"\n[scenario]\nlabel = { nl = \"Meer\", en = \"More\" }\n\
                belief = \"programma\"\n[evidence]\nstaff.turnover = 0.9\n";
    fs::write(desk.path().join("scenarios/meer.toml"), text).unwrap();
    let (out, err, code) = types(&desk, &["check", "scenarios/meer.toml", "--lang", "en"]);
    assert_eq!(code, Some(0), "{err}");
    for told in [
        "vergelijking.toml ← referentie.toml",
        "v0_estafette (the others are compared with it)",
        "Gooi en Vechtstreek and Zeeland",
        "1 January 2024 to 31 December 2025 (2 years)",
        "1 January 2026 to 31 December 2027 (2 years)",
        "programma",
        "36 passes",
        "seconds (without: --tables-only)",
        "staff.turnover",
        "→ 0.9",
        "outside the range",
    ] {
        assert!(out.contains(told), "{told}: {out}");
    }
    assert!(err.contains("S035"), "{err}");
    assert!(!desk.path().join("results").exists());
}

#[test]
fn check_reads_every_format_and_tells_every_mistake_once() {
    let desk = desk();
    let files = [
        (
            "scenarios/forms/v4_openbaar_lichaam.toml",
            "organisatievorm",
        ),
        ("scenarios/beliefs/kritisch.toml", "aannameset"),
        ("scenarios/evidence.toml", "bewijs"),
        ("scenarios/calibrated.toml", "geijkte waarden"),
        ("scenarios/afwegingskader.toml", "nog niet gemeten"),
        ("scenarios/ijking.toml", "rvtsim calibrate"),
        ("scenarios/proeftuinmonitor.toml", "rvtsim monitor"),
        (
            "scenarios/studies/aannames.toml",
            "644 punten; rvtsim sweep",
        ),
    ];
    let line: Vec<&str> = ["check"]
        .into_iter()
        .chain(files.map(|(file, _)| file))
        .collect();
    let (out, err, code) = types(&desk, &line);
    assert_eq!((code, err.as_str()), (Some(0), ""));
    assert!(files.iter().all(|(_, what)| out.contains(what)), "{out}");

    fs::write(
        desk.path().join("scenarios/a.toml"),
        "extends = \"vergelijking.toml\"\nx = 1\n",
    )
    .unwrap();
    fs::write(desk.path().join("scenarios/beliefs/b.toml"), "[belief]\n").unwrap();
    fs::write(desk.path().join("scenarios/regions.csv"), "nr\n").unwrap();
    let line = [
        "check",
        "scenarios/a.toml",
        "scenarios/beliefs/b.toml",
        "scenarios/referentie.toml",
    ];
    let (_, err, code) = types(&desk, &line);
    assert_eq!(code, Some(2));
    assert!(err.contains("`x` means nothing here"), "{err}");
    assert!(err.contains("`label` is missing"), "{err}");
    assert_eq!(err.matches("regions.csv:1").count(), 1, "{err}");
    assert!(err.contains("3 of 3 files"), "{err}");
}

#[test]
fn a_run_that_the_machine_cannot_make_is_refused_before_it_begins() {
    let desk = desk();
    let text = "extends = \"vergelijking.toml\"\n[scenario]\nlabel = { nl = \"Te veel\", en = \"Too much\" }\n\
                replications = 100000\nwarm_up = \"100 years\"\nmeasured = \"100 years\"\n";
    fs::write(desk.path().join("scenarios/veel.toml"), text).unwrap();
    for line in [
        &["run", "scenarios/veel.toml"][..],
        &["check", "scenarios/veel.toml"],
    ] {
        let (_, err, code) = types(&desk, line);
        assert_eq!(code, Some(2), "{err}");
        // A machine with memory enough for it has no time for it.
        assert!(err.contains("S070") || err.contains("S072"), "{err}");
        assert!(err.contains("write fewer replications"), "{err}");
        assert!(!desk.path().join("results").exists());
    }
}

#[test]
fn shells_and_manuals_know_every_command() {
    let desk = desk();
    let commands = [
        "new",
        "check",
        "run",
        "monitor",
        "trace",
        "calibrate",
        "evidence",
        "completions",
        "man",
    ];
    for shell in ["bash", "zsh", "fish", "powershell", "elvish"] {
        let (out, err, code) = types(&desk, &["completions", shell]);
        assert_eq!(code, Some(0), "{err}");
        assert!(
            commands.iter().all(|command| out.contains(command)),
            "{shell}"
        );
    }
    let (_, err, code) = types(&desk, &["man", "share/man1"]);
    assert_eq!(code, Some(0), "{err}");
    for command in commands {
        let page = desk.path().join(format!("share/man1/rvtsim-{command}.1"));
        let text = fs::read_to_string(&page).unwrap();
        assert!(text.contains(".SH SYNOPSIS"), "{command}");
    }
    assert!(desk.path().join("share/man1/rvtsim.1").exists());
}

/// What is precise enough at the limit has sufficed; what is not says how precise it is.
#[test]
fn a_precision_says_what_was_reached_and_not_that_enough_did_not_suffice() {
    let desk = desk();
    let small = |half_width: &str| {
        format!(
            "extends = \"vergelijking.toml\"\n[scenario]\nlabel = {{ nl = \"P\", en = \"P\" }}\nwarm_up = \"4 weeks\"\n\
             measured = \"12 weeks\"\nregions = [\"Zeeland\"]\nforms = [\"v0_estafette\", \"v2_rnvt\"]\n\
             [precision]\nkpi = \"huisverbod_per_100_cases\"\nhalf_width = {half_width}\nat_most = 10\n"
        )
    };
    for (half_width, is_enough) in [("5", true), ("0.000001", false)] {
        fs::write(desk.path().join("scenarios/p.toml"), small(half_width)).unwrap();
        let line = [
            "run",
            "scenarios/p.toml",
            "--tables-only",
            "--out",
            half_width,
        ];
        let (_, err, code) = types(&desk, &line);
        assert_eq!(code, Some(0), "{err}");
        assert_eq!(err.contains("as asked"), !is_enough, "{err}");
    }
}
