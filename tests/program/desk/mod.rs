//! A folder with the shipped scenarios, at which somebody types commands.
#![allow(dead_code)] // Each test uses a part of it.

use std::collections::BTreeMap;
use std::fs;
use std::path::PathBuf;
use std::process::{Child, Command, Output, Stdio};

use tempfile::TempDir;

use crate::shipped;

/// Two forms in one region, two replications of some weeks: what a section `[sweep]` is added to.
const SMALL: &str = r#"
    extends = "vergelijking.toml"
    [scenario]
    belief = "neutraal"
    label = { nl = "Een kleine verkenning", en = "A small sweep" }
    warm_up = "14 days"
    measured = "28 days"
    replications = 2
    regions = ["Gooi en Vechtstreek"]
    forms = ["v0_estafette", "v2_rnvt"]
"#;

/// The section of a scenario in which there is so much more of everybody, in per cent, that every queue is at rest.
pub fn more_of_everybody(percent: u32) -> String {
    let keys = [
        "staff.fte_lokaal_team",
        "staff.fte_veilig_thuis",
        "staff.fte_rvdk",
        "staff.fte_gi_jeugdbescherming",
        "staff.fte_gi_jeugdreclassering",
        "external.specialist_places",
        "external.rechter_places",
    ];
    let lines = keys.map(|key| format!("{key} = \"{percent} % more\"\n"));
    format!("[evidence]\n{}", lines.concat())
}

/// Rows of a table by the names of their columns.
pub fn rows(bytes: &[u8]) -> Vec<BTreeMap<String, String>> {
    let mut reader = csv::Reader::from_reader(bytes);
    let rows = reader.deserialize();
    rows.map(|row| row.expect("a row")).collect()
}

/// A folder with the shipped scenarios, and one more among them.
pub struct Desk(TempDir);

impl Desk {
    /// A desk with `scenarios/proef.toml`.
    pub fn with(scenario: &str) -> Self {
        let home = tempfile::tempdir().unwrap();
        let to = home.path().join("scenarios");
        shipped::copy_plain_to(&to);
        fs::write(to.join("proef.toml"), scenario).unwrap();
        Desk(home)
    }

    /// A desk with a small `scenarios/proef.toml` that is swept as this section says.
    pub fn sweeping(sweep: &str) -> Self {
        Self::with(&format!("{SMALL}{sweep}"))
    }

    pub fn at(&self, path: &str) -> PathBuf {
        self.0.path().join(path)
    }

    pub fn command(&self, line: &str) -> Command {
        let mut command = Command::new(env!("CARGO_BIN_EXE_rvtsim"));
        command.args(line.split(' '));
        self.set(command)
    }

    /// The same by a shell that may write no file larger than so many blocks.
    pub fn command_with_little_room(&self, line: &str, blocks: u32) -> Command {
        let mut command = Command::new("sh");
        // Without the trap a file that grows too large would be the end of the program.
        let script = format!("trap '' XFSZ; ulimit -f {blocks}; exec \"$0\" {line}");
        command.args(["-c", &script, env!("CARGO_BIN_EXE_rvtsim")]);
        self.set(command)
    }

    fn set(&self, mut command: Command) -> Command {
        command.current_dir(self.0.path()).env("NO_COLOR", "1");
        command.stdin(Stdio::null());
        command.stdout(Stdio::piped()).stderr(Stdio::piped());
        command
    }

    pub fn types(&self, line: &str) -> (i32, String) {
        told(self.command(line).output().unwrap())
    }

    pub fn starts(&self, line: &str) -> Child {
        self.command(line).spawn().unwrap()
    }

    /// Every file of the run with its bytes; nothing stands beside its folder.
    pub fn results(&self) -> BTreeMap<String, Vec<u8>> {
        let names = |entry: std::io::Result<fs::DirEntry>| entry.unwrap().file_name();
        let beside: Vec<_> = fs::read_dir(self.at("results"))
            .unwrap()
            .map(names)
            .collect();
        assert_eq!(beside, ["proef"]);
        let mut files = BTreeMap::new();
        let run = self.at("results/proef");
        let mut folders = vec![run.clone()];
        while let Some(folder) = folders.pop() {
            for entry in fs::read_dir(folder).unwrap() {
                let path = entry.unwrap().path();
                if path.is_dir() {
                    folders.push(path);
                } else {
                    let name = path.strip_prefix(&run).unwrap().display().to_string();
                    files.insert(name, fs::read(&path).unwrap());
                }
            }
        }
        files
    }
}

/// The exit code, and what was told on standard error.
pub fn told(output: Output) -> (i32, String) {
    let text = String::from_utf8(output.stderr).unwrap();
    (output.status.code().unwrap_or(-1), text)
}

pub fn send(signal: &str, child: &Child) {
    let mut kill = Command::new("kill");
    let sent = kill
        .args([signal, &child.id().to_string()])
        .status()
        .unwrap();
    assert!(sent.success());
}

/// The command that it says is to be typed, without the name of the program.
pub fn command_told(told: &str) -> &str {
    let line = told
        .lines()
        .rev()
        .find_map(|line| line.trim().strip_prefix("rvtsim "));
    line.unwrap_or_else(|| panic!("{told}"))
}
