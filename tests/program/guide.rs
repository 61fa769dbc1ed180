//! The Dutch guide: its files are written and its commands typed, as its reader would.

use std::fs;

use crate::desk::Desk;

/// The same comparison for a few weeks.
const SHORT: [(&str, &str); 3] = [
    ("warm_up = \"6 years\"", "warm_up = \"14 days\""),
    ("measured = \"3 years\"", "measured = \"28 days\""),
    ("replications = 25", "replications = 2"),
];

#[test]
fn every_file_and_every_command_of_the_guide_works() {
    let guide = include_str!("../../docs/handleiding.md");
    let desk = Desk::with("");
    let comparison = desk.at("scenarios/vergelijking.toml");
    let mut text = fs::read_to_string(&comparison).unwrap();
    for (long, short) in SHORT {
        assert!(text.contains(long), "{long}");
        text = text.replace(long, short);
    }
    fs::write(&comparison, text).unwrap();
    fs::create_dir_all(desk.at("scenarios/eigen")).unwrap();
    let (mut n_files, mut n_commands) = (0, 0);
    for block in guide.split("\n```").skip(1).step_by(2) {
        let (kind, block) = block.split_once('\n').unwrap();
        if kind == "toml" {
            let (head, _) = block.split_once('\n').unwrap();
            fs::write(desk.at(head.strip_prefix("# ").unwrap()), block).unwrap();
            n_files += 1;
            continue;
        }
        for line in block.lines() {
            let words = line.strip_prefix("rvtsim ").unwrap();
            let mut shell = std::process::Command::new("sh");
            shell.args([
                "-c",
                &format!("\"$0\" {words}"),
                env!("CARGO_BIN_EXE_rvtsim"),
            ]);
            let output = shell.current_dir(desk.at("")).env("NO_COLOR", "1").output();
            let output = output.unwrap();
            let told = String::from_utf8_lossy(&output.stderr).into_owned();
            assert!(output.status.success(), "{line}\n{told}");
            assert!(!told.contains("error["), "{line}\n{told}");
            n_commands += 1;
        }
    }
    assert_eq!((n_files, n_commands), (8, 11));
}
