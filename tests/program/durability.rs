//! A run that is ended anywhere loses nothing that was finished, and comes to the same bytes.

use std::collections::BTreeMap;
use std::fs;
use std::io::{BufRead, BufReader, Read};
use std::os::unix::fs::PermissionsExt;
use std::process::Child;
use std::sync::LazyLock;
use std::thread::sleep;
use std::time::{Duration, Instant};

use crate::desk::{Desk, command_told, send, told};
use rvtsim::random::Chance;

/// Six forms, two regions, eight replications of some months.
const TINY: &str = r#"
    extends = "vergelijking.toml"
    [scenario]
    belief = "neutraal"
    label = { nl = "Een kleine proef", en = "A small trial" }
    warm_up = "28 days"
    measured = "56 days"
    replications = 8
    regions = ["Gooi en Vechtstreek", "Zeeland"]
"#;
const N_PASSES: u32 = 6 * 2 * 8;

/// How long anything may take before a test gives up waiting for it.
const PATIENCE: Duration = Duration::from_secs(600);

const PASSES: &str = "results/proef.partial/passes";

/// What only this test does at a desk.
trait Runs {
    fn awaits_bytes(&self, n: u64, child: &mut Child);
    fn n_bytes(&self) -> u64;
    fn interrupted(&self, line: &str, signal: &str) -> (i32, String);
}

impl Runs for Desk {
    /// Waits until so many bytes of passes are there, while the program runs.
    fn awaits_bytes(&self, n: u64, child: &mut Child) {
        let begun = Instant::now();
        while self.n_bytes() < n && child.try_wait().unwrap().is_none() {
            assert!(begun.elapsed() < PATIENCE, "nothing is finished");
            sleep(Duration::from_micros(200));
        }
    }

    fn n_bytes(&self) -> u64 {
        fs::metadata(self.at(PASSES)).map_or(0, |found| found.len())
    }

    /// Begins a run, and ends it by a signal when some passes have been finished.
    fn interrupted(&self, line: &str, signal: &str) -> (i32, String) {
        let mut child = self.starts(line);
        self.awaits_bytes(SOME_BYTES, &mut child);
        send(signal, &child);
        told(child.wait_with_output().unwrap())
    }
}

/// More than the beginning of a file of passes, and than the first few of them.
const SOME_BYTES: u64 = 100_000;

/// How many passes a run says that it has taken over.
fn taken_over(told: &str) -> Option<u32> {
    let line = told.lines().find(|line| line.contains("taken over from"))?;
    line.split(' ').next()?.parse().ok()
}

/// How many passes a run says are kept.
fn kept(told: &str) -> u32 {
    let line = told.lines().find(|line| line.contains("kept in results"));
    let line = line.unwrap_or_else(|| panic!("{told}"));
    line.split(' ').next().unwrap().parse().unwrap()
}

/// What a run in one go writes, and how long it took.
static WHOLE: LazyLock<(BTreeMap<String, Vec<u8>>, Duration)> = LazyLock::new(|| {
    let desk = Desk::with(TINY);
    let begun = Instant::now();
    let (code, told) = desk.types("run scenarios/proef.toml --tables-only --threads 1");
    assert_eq!(code, 0, "{told}");
    (desk.results(), begun.elapsed())
});

#[test]
fn killed_at_twenty_moments_it_comes_to_the_same_bytes() {
    let desk = Desk::with(TINY);
    let (whole, whole_time) = &*WHOLE;
    let time_of_a_pass = *whole_time / N_PASSES;
    let chance = Chance::new(20, 0, 0).of(0);
    let (mut n_kills, mut n_resumed, mut n_found) = (0, 0, 0);
    for start in 0.. {
        assert!(start < 80, "it ends before it is killed");
        let threads = 1 + start % 2;
        let is_begun = desk.at(PASSES).exists();
        let resume = if is_begun { " --resume" } else { "" };
        let line = format!("run scenarios/proef.toml --tables-only --threads {threads}{resume}");
        let n_before = desk.n_bytes();
        let mut child = desk.starts(&line);
        if n_kills < 20 {
            // At any moment from when the file is there to when some more passes are.
            let more = [0, 1, 30_000, 60_000][(4.0 * chance.uniform(0, start)) as usize];
            desk.awaits_bytes((n_before + more).max(1), &mut child);
            sleep(time_of_a_pass.mul_f64(chance.uniform(1, start)));
            child.kill().unwrap();
        }
        let output = child.wait_with_output().unwrap();
        let is_killed = output.status.code().is_none();
        let (code, told) = told(output);
        if let Some(n) = taken_over(&told) {
            assert!(n >= n_found, "no finished pass is lost: {n} of {n_found}");
            n_resumed += u32::from(n > 0);
            n_found = n;
        }
        if is_killed {
            n_kills += 1;
            continue;
        }
        assert_eq!(code, 0, "{told}");
        assert!(desk.results() == *whole);
        if n_kills == 20 {
            break;
        }
        // On a busy machine a run may come to its end sooner: then there is another.
        fs::remove_dir_all(desk.at("results")).unwrap();
        n_found = 0;
    }
    assert!(n_resumed >= 10, "{n_resumed} have found finished passes");
}

#[test]
fn a_signal_ends_it_and_what_it_then_says_goes_on() {
    for signal in ["-INT", "-TERM"] {
        let desk = Desk::with(TINY);
        let (code, told) =
            desk.interrupted("run scenarios/proef.toml --tables-only --threads 2", signal);
        assert_eq!(code, 130, "{told}");
        let n = kept(&told);
        assert!((1..N_PASSES).contains(&n), "{told}");
        let command = command_told(&told);
        assert_eq!(
            command,
            "run scenarios/proef.toml --tables-only --threads 2 --resume"
        );
        assert!(!desk.at("results/proef").exists(), "no half folder");
        let (code, told) = desk.types(command);
        assert_eq!((code, taken_over(&told)), (0, Some(n)), "{told}");
        assert!(desk.results() == WHOLE.0);
    }
}

#[test]
fn a_second_signal_ends_it_at_once() {
    // A pass that takes minutes, so that it is under way.
    let desk = Desk::with(&TINY.replace("56 days", "90 years"));
    let line = "run scenarios/proef.toml --tables-only --threads 1";
    // A signal that comes before the first pass has begun ends the run without asking: then once more.
    let under_way = (0..20).find_map(|_| {
        let mut child = desk.starts(line);
        desk.awaits_bytes(1, &mut child);
        sleep(Duration::from_millis(20));
        send("-INT", &child);
        let mut lines = BufReader::new(child.stderr.take().unwrap()).lines();
        if lines.any(|line| line.unwrap().starts_with("ending: ")) {
            return Some((child, lines));
        }
        assert_eq!(child.wait().unwrap().code(), Some(130));
        None
    });
    let (mut child, mut lines) = under_way.expect("a pass is under way");
    send("-INT", &child);
    let mut rest = String::new();
    child
        .stdout
        .take()
        .unwrap()
        .read_to_string(&mut rest)
        .unwrap();
    assert_eq!(child.wait().unwrap().code(), Some(130));
    assert!(
        lines.all(|line| !line.unwrap().contains("kept")),
        "without its pass"
    );
    // Nothing was finished, so nothing has to be decided about it.
    fs::write(desk.at("scenarios/proef.toml"), TINY).unwrap();
    let (code, told) = desk.interrupted("run scenarios/proef.toml --tables-only", "-INT");
    assert_eq!(code, 130, "{told}");
}

#[test]
fn an_unfinished_run_is_not_dropped_unless_asked() {
    let desk = Desk::with(TINY);
    let (code, told) = desk.types("run scenarios/proef.toml --tables-only --resume");
    assert_eq!(code, 1);
    assert!(told.contains("no unfinished run to go on with"), "{told}");
    assert!(
        told.contains("results/proef.partial is not there"),
        "{told}"
    );
    desk.interrupted("run scenarios/proef.toml --tables-only", "-INT");
    let n_bytes = desk.n_bytes();
    let (code, told) = desk.types("run scenarios/proef.toml --tables-only");
    assert_eq!(code, 1);
    assert!(
        told.contains("--resume") && told.contains("--replace"),
        "{told}"
    );
    assert_eq!(desk.n_bytes(), n_bytes);
    let (code, told) = desk.types("run scenarios/proef.toml --tables-only --replace");
    assert_eq!((code, taken_over(&told)), (0, None), "{told}");
    assert!(desk.results() == WHOLE.0);
}

#[test]
fn changed_input_is_noticed_and_named() {
    let desk = Desk::with(TINY);
    desk.interrupted("run scenarios/proef.toml --tables-only", "-INT");
    let n_bytes = desk.n_bytes();
    let changed = format!("{TINY}\n[evidence]\nstaff.turnover = 0.3\n");
    fs::write(desk.at("scenarios/proef.toml"), changed).unwrap();
    for line in [
        "run scenarios/proef.toml --tables-only --resume",
        "run scenarios/proef.toml --tables-only",
    ] {
        let (code, told) = desk.types(line);
        assert_eq!(code, 1);
        assert!(told.contains("proef.toml has changed"), "{told}");
        assert!(told.contains("staff.turnover was 0."), "{told}");
        assert!(told.contains(", is 0.3\n"), "{told}");
        assert!(told.contains("put back what has changed"), "{told}");
    }
    fs::write(desk.at("scenarios/proef.toml"), TINY).unwrap();
    let line = "run scenarios/proef.toml --tables-only --resume --seed 2 --replications 9 --regions Zeeland";
    let (code, told) = desk.types(line);
    assert_eq!(code, 1);
    for words in [
        "seed was 20260101, is 2",
        "replications was 8, is 9",
        ", is Zeeland",
    ] {
        assert!(told.contains(words), "{words} in {told}");
    }
    assert_eq!(desk.n_bytes(), n_bytes, "the passes are left as they are");
    let (code, told) =
        desk.types("run scenarios/proef.toml --tables-only --resume --threads 1 --lang en");
    assert_eq!(code, 0, "{told}");
    // The language is that of the terminal alone.
    assert!(desk.results() == WHOLE.0);
}

#[test]
fn two_programs_do_not_make_one_run() {
    let desk = Desk::with(TINY);
    let mut child = desk.starts("run scenarios/proef.toml --tables-only --threads 1");
    desk.awaits_bytes(SOME_BYTES, &mut child);
    for line in [
        "run scenarios/proef.toml --tables-only --resume",
        "run scenarios/proef.toml --tables-only --replace",
    ] {
        let (code, told) = desk.types(line);
        assert_eq!(code, 1);
        assert!(told.contains("results/proef is in use"), "{told}");
    }
    assert!(child.wait_with_output().unwrap().status.success());
    assert!(desk.results() == WHOLE.0);
}

#[test]
fn a_full_disk_is_an_error_with_its_path_and_nothing_is_lost() {
    let desk = Desk::with(TINY);
    let mut command = desk.command_with_little_room("run scenarios/proef.toml --tables-only", 300);
    let (code, told_first) = told(command.output().unwrap());
    assert_eq!(code, 1, "{told_first}");
    assert!(
        told_first.contains("cannot write results/proef.partial/passes: "),
        "{told_first}"
    );
    assert!(!desk.at("results/proef").exists());
    let n = kept(&told_first);
    // Somebody puts something else in the place meanwhile: that is not lost either.
    let mut child = desk.starts(command_told(&told_first));
    desk.awaits_bytes(desk.n_bytes() + 1, &mut child);
    fs::create_dir(desk.at("results/proef")).unwrap();
    fs::write(desk.at("results/proef/letter.txt"), "dear").unwrap();
    let (code, told_second) = told(child.wait_with_output().unwrap());
    assert_eq!(
        (code, taken_over(&told_second)),
        (1, Some(n)),
        "{told_second}"
    );
    assert!(
        told_second.contains("results/proef is there already"),
        "{told_second}"
    );
    assert_eq!(kept(&told_second), N_PASSES, "every pass is made");
    assert_eq!(
        fs::read_to_string(desk.at("results/proef/letter.txt")).unwrap(),
        "dear"
    );
    fs::remove_dir_all(desk.at("results/proef")).unwrap();
    // Now the disk is full when the tables are written.
    let line = command_told(&told_second);
    let (code, told_third) = told(desk.command_with_little_room(line, 8).output().unwrap());
    assert_eq!(code, 1, "{told_third}");
    assert!(
        told_third.contains("cannot write results/proef.partial/run/"),
        "{told_third}"
    );
    assert_eq!(kept(&told_third), N_PASSES);
    assert!(!desk.at("results/proef").exists() && !desk.at("results/proef.partial/run").exists());
    let (code, told) = desk.types(command_told(&told_third));
    assert_eq!(code, 0, "{told}");
    assert!(desk.results() == WHOLE.0);
}

#[test]
fn a_run_that_is_replaced_keeps_what_somebody_has_put_there() {
    let desk = Desk::with(TINY);
    let line = "run scenarios/proef.toml --tables-only --replications 1 --regions Zeeland";
    let (code, told) = desk.types(line);
    assert_eq!(code, 0, "{told}");
    let notes = desk.at("results/proef/notes.txt");
    fs::write(&notes, "own").unwrap();
    let (code, told) = desk.types(&format!("{line} --replace"));
    assert_eq!(code, 0, "{told}");
    assert!(
        told.contains("rvtsim did not write it: notes.txt"),
        "{told}"
    );
    assert_eq!(fs::read_to_string(&notes).unwrap(), "own");
    // Somebody's folder into which a manifest was copied is not a run.
    let manifest = fs::read(desk.at("results/proef/manifest.json")).unwrap();
    fs::remove_dir_all(desk.at("results/proef")).unwrap();
    fs::create_dir(desk.at("results/proef")).unwrap();
    fs::write(desk.at("results/proef/manifest.json"), &manifest).unwrap();
    fs::write(&notes, "own").unwrap();
    let (code, told) = desk.types(&format!("{line} --replace"));
    assert_eq!(code, 1, "{told}");
    assert!(told.contains("is left as it is"), "{told}");
    assert_eq!(fs::read_to_string(&notes).unwrap(), "own");
}

#[test]
fn a_folder_that_cannot_be_written_to_is_an_error_with_its_path() {
    let desk = Desk::with(TINY);
    let closed = desk.at("closed");
    fs::create_dir(&closed).unwrap();
    fs::set_permissions(&closed, fs::Permissions::from_mode(0o555)).unwrap();
    // Whoever may do everything, as in a container, may write there too: for them a folder in which
    // nobody can make anything.
    let may_write = fs::write(closed.join("try"), "").is_ok();
    let folder = if may_write { "/sys" } else { "closed" };
    let (code, told) = desk.types(&format!(
        "run scenarios/proef.toml --tables-only --out {folder}/run"
    ));
    assert_eq!(code, 1, "{told}");
    assert!(
        told.contains(&format!("cannot make {folder}/run.lock: ")),
        "{told}"
    );
    assert!(!told.contains(" passes on "), "before the run: {told}");
}
