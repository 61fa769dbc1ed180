//! The program ends at any of its deeds, the disk is full at any write, several programs want one place: what
//! stands there is whole, nothing that was finished is lost, and whoever does it again comes to the same bytes.
//!
//! A few of each here; as many as wanted by
//! `RVTSIM_TRIALS=40 cargo test --test program trial:: -- --ignored --nocapture --test-threads 1`.

use std::collections::BTreeMap;
use std::fs;
use std::path::{Path, PathBuf};
use std::process::Child;
use std::thread::sleep;
use std::time::{Duration, Instant};

use crate::desk::{Desk, told};
use rvtsim::random::{Chance, Draws};
use sha2::{Digest, Sha256};

/// Two forms and a region, some months, and a small sweep of the same.
const TINY: &str = r#"
    extends = "vergelijking.toml"
    [scenario]
    belief = "neutraal"
    label = { nl = "Een kleine proef", en = "A small trial" }
    warm_up = "14 days"
    measured = "28 days"
    replications = 2
    regions = ["Zeeland"]
    forms = ["v0_estafette", "v2_rnvt"]
"#;
const VARIANT: &str = r#"
    [variants.meer]
    label = { nl = "Meer", en = "More" }
    evidence.staff.fte_rvdk = "50 % more"
"#;
const SWEEP: &str = r#"
    [sweep]
    design = "sobol"
    points = 8
    factors = ["staff.fte*"]
    kpis = ["handovers_per_case", "load_percent"]
"#;
const CALIBRATION: &str = r#"
    [calibration]
    waves = 1
    points = 12
    regions = ["Zeeland"]
    free = ["staff.fte_veilig_thuis", "danger.repeat_probability"]
    [targets.meldingen]
    label = { nl = "meldingen per jaar", en = "meldingen a year" }
    kpi = "meldingen_per_year"
    value = 100000
    low = 80000
    high = 120000
    use = "fit"
    grade = "A"
    source = "test"
"#;

/// What a program that ends at a deed gives to its shell.
const ENDED: i32 = 137;
/// How long a program may take before it hangs.
const PATIENCE: Duration = Duration::from_secs(600);

/// Something that writes.
struct Work {
    name: &'static str,
    /// What is in the scenario beside what is always in it.
    section: &'static str,
    /// What was typed before.
    before: &'static [&'static str],
    line: &'static str,
    /// Where its results come.
    place: &'static str,
}

const RUN: Work = Work {
    name: "run",
    section: "",
    before: &[],
    line: "run scenarios/proef.toml --threads 1",
    place: "results/proef",
};
const REPLACE: Work = Work {
    name: "run --replace",
    before: &["run scenarios/proef.toml --tables-only --seed 5 --threads 1"],
    line: "run scenarios/proef.toml --tables-only --threads 1 --replace",
    ..RUN
};
const BESIDE: Work = Work {
    name: "run --replace with a variant",
    section: VARIANT,
    ..REPLACE
};
const WEIGH: Work = Work {
    name: "weigh",
    before: &[
        "run scenarios/proef.toml --threads 1",
        "weigh results/proef --draws 200",
    ],
    line: "weigh results/proef --draws 300",
    ..RUN
};
const REPORT: Work = Work {
    name: "report",
    before: &["run scenarios/proef.toml --threads 1"],
    line: "report results/proef",
    ..RUN
};
const ATTRIBUTE: Work = Work {
    name: "attribute",
    line: "attribute scenarios/proef.toml --belief programma --out results/proef --threads 1",
    ..RUN
};
const HOURS: Work = Work {
    name: "hours",
    line: "hours scenarios/proef.toml --target term_assessment_percent>=70 --factors 1,2 --out results/proef --threads 1",
    ..RUN
};
const CALIBRATE: Work = Work {
    name: "calibrate",
    section: CALIBRATION,
    line: "calibrate scenarios/proef.toml --threads 1",
    ..RUN
};
const WHOLE_SWEEP: Work = Work {
    name: "sweep",
    section: SWEEP,
    line: "sweep scenarios/proef.toml --threads 1",
    ..RUN
};
const REPLACE_SWEEP: Work = Work {
    name: "sweep --replace",
    before: &["sweep scenarios/proef.toml --seed 5 --threads 1"],
    line: "sweep scenarios/proef.toml --threads 1 --replace",
    ..WHOLE_SWEEP
};
const CHUNK: Work = Work {
    name: "sweep run",
    before: &["sweep run scenarios/proef.toml --threads 1 --chunk 1/2"],
    line: "sweep run scenarios/proef.toml --threads 1 --chunk 2/2",
    place: "results/proef.partial",
    ..WHOLE_SWEEP
};
const MERGE: Work = Work {
    name: "sweep merge",
    before: &["sweep run scenarios/proef.toml --threads 1"],
    line: "sweep merge scenarios/proef.toml",
    ..WHOLE_SWEEP
};
const LOG: Work = Work {
    name: "log",
    line: "log scenarios/proef.toml --out results/log.csv",
    place: "results/log.csv",
    ..RUN
};

const ALL: [&Work; 13] = [
    &RUN,
    &REPLACE,
    &BESIDE,
    &WEIGH,
    &REPORT,
    &ATTRIBUTE,
    &HOURS,
    &CALIBRATE,
    &WHOLE_SWEEP,
    &REPLACE_SWEEP,
    &CHUNK,
    &MERGE,
    &LOG,
];

/// Every file at a place with its bytes; nothing where nothing is.
type Files = BTreeMap<String, Vec<u8>>;

/// A desk at which a work is tried again and again.
struct Trial<'a> {
    work: &'a Work,
    desk: Desk,
    before: Files,
    after: Files,
    /// The deeds of the work, in words.
    deeds: Vec<String>,
    time: Duration,
}

impl<'a> Trial<'a> {
    fn of(work: &'a Work) -> Self {
        let desk = Desk::with(&format!("{TINY}{}", work.section));
        fs::create_dir(desk.at("results")).unwrap();
        for line in work.before {
            let (code, told) = desk.types(line);
            assert_eq!(code, 0, "{line}: {told}");
        }
        if work.name == REPORT.name {
            // As an earlier build might have drawn it.
            fs::write(desk.at("results/proef/report.html"), "old").unwrap();
            fs::write(desk.at("results/proef/charts/nl/gone.svg"), "old").unwrap();
        }
        if desk.at("results/proef").exists() {
            fs::write(desk.at("results/proef/notes.txt"), "own").unwrap();
        }
        copy(&desk.at("results"), &desk.at("before"));
        let before = files(&desk.at(work.place));
        let begun = Instant::now();
        let mut command = desk.command(work.line);
        let (code, told) = told(command.env("RVTSIM_TRIAL", "tell:0").output().unwrap());
        assert_eq!(code, 0, "{}: {told}", work.name);
        let time = begun.elapsed();
        let deeds = told.lines().filter(|line| line.starts_with("deed "));
        let trial = Trial {
            before,
            after: files(&desk.at(work.place)),
            deeds: deeds.map(str::to_owned).collect(),
            time,
            work,
            desk,
        };
        assert!(trial.deeds.len() > 5, "{told}");
        assert!(
            trial.after != trial.before || work.name == MERGE.name,
            "{}",
            work.name
        );
        trial
    }

    fn begin_anew(&self) {
        fs::remove_dir_all(self.desk.at("results")).unwrap();
        copy(&self.desk.at("before"), &self.desk.at("results"));
    }

    /// Numbers of deeds of some kind.
    fn deeds_like(&self, kind: &str) -> Vec<usize> {
        let like = |deed: &&str| deed.split(' ').nth(2) == Some(kind);
        let numbers = self.deeds.iter().enumerate();
        let numbers = numbers.filter(|(_, deed)| like(&deed.as_str()));
        numbers.map(|(place, _)| place + 1).collect()
    }

    /// Carries out the work with a fault; gives exit code and what was told.
    fn with_fault(&self, fault: &str) -> (i32, String) {
        let mut command = self.desk.command(self.work.line);
        told(command.env("RVTSIM_TRIAL", fault).output().unwrap())
    }

    /// What stands at the place is what was there before or what comes after, unless a move that the next
    /// start goes on with is under way.
    fn must_be_whole(&self, when: &str) {
        let place = self.desk.at(self.work.place);
        if self.work.name == CHUNK.name {
            // What had been made is there as it was.
            let there = files(&place);
            for (name, bytes) in self.before.iter() {
                assert!(there.get(name) == Some(bytes), "{when}: {name}");
            }
            return;
        }
        let is_moving = [
            "results/proef.partial/earlier",
            "results/proef/renewal",
            "results/proef/renewal.old",
        ]
        .iter()
        .any(|sign| self.desk.at(sign).exists());
        let there = files(&place);
        let is_whole = there == self.before || there == self.after;
        assert!(
            is_whole || is_moving,
            "{}, {when}: neither old nor new",
            self.work.name
        );
    }

    /// Does it again, as its user would, until it is done.
    fn does_it_again(&self, when: &str) {
        let line = self.work.line;
        let mut told_last = String::new();
        for line in [format!("{line} --resume"), line.to_owned()] {
            let is_begun = self.desk.at("results/proef.partial").exists();
            let can_resume =
                !["weigh", "report", "log", "sweep run", "sweep merge"].contains(&self.work.name);
            if line.ends_with("--resume") && !(is_begun && can_resume) {
                continue;
            }
            let (code, told) = self.desk.types(&line);
            let is_there =
                told.contains("holds a finished run") || told.contains("is there already");
            if code == 0 || is_there {
                self.must_have_ended_well(when);
                return;
            }
            assert!(
                told.contains("leave out --resume"),
                "{}, {when}: {told}",
                self.work.name
            );
            told_last = told;
        }
        panic!("{}, {when}: {told_last}", self.work.name);
    }

    /// The results are there, and nothing else is but what somebody has put there.
    fn must_have_ended_well(&self, when: &str) {
        let there = files(&self.desk.at(self.work.place));
        // Of parts it is only whether they are there; merging clears the rest away.
        let counts =
            |name: &str| self.work.name != CHUNK.name || name.ends_with(".csv") || name == "origin";
        let differ = |name: &&String| counts(name) && there.get(*name) != self.after.get(*name);
        let names: Vec<&String> = there
            .keys()
            .chain(self.after.keys())
            .filter(differ)
            .collect();
        assert!(names.is_empty(), "{}, {when}: {names:?}", self.work.name);
        let mut beside: Vec<String> = fs::read_dir(self.desk.at("results"))
            .unwrap()
            .map(|entry| entry.unwrap().file_name().into_string().unwrap())
            .collect();
        beside.retain(|name| !self.work.place.ends_with(name.as_str()));
        assert!(
            beside.is_empty(),
            "{}, {when}: {beside:?} is left",
            self.work.name
        );
    }

    /// Ends the program at a deed.
    fn ends_at(&self, deed: usize) {
        self.begin_anew();
        let when = format!(
            "ended at {}",
            self.deeds.get(deed - 1).map_or("", |deed| deed)
        );
        let (code, told) = self.with_fault(&format!("end:{deed}"));
        assert!(code == ENDED || code == 0, "{when}: {told}");
        self.must_be_whole(&when);
        self.does_it_again(&when);
    }

    /// Kills the program at a moment.
    fn killed_after(&self, time: Duration) -> bool {
        self.begin_anew();
        let when = format!("killed after {time:?}");
        let mut child = self.desk.starts(self.work.line);
        sleep(time);
        child.kill().unwrap();
        let is_killed = child.wait_with_output().unwrap().status.code().is_none();
        self.must_be_whole(&when);
        self.does_it_again(&when);
        is_killed
    }

    /// Lets the disk be full from a write on.
    fn full_at(&self, write: usize) {
        self.begin_anew();
        let when = format!("full at write {write}");
        let (code, told) = self.with_fault(&format!("full:{write}"));
        assert_eq!(code, 1, "{}, {when}: {told}", self.work.name);
        assert!(
            told.contains("cannot write ") || told.contains("cannot make "),
            "{when}: {told}"
        );
        self.must_be_whole(&when);
        self.does_it_again(&when);
    }
}

fn copy(from: &Path, to: &Path) {
    fs::create_dir(to).unwrap();
    for entry in fs::read_dir(from).unwrap() {
        let entry = entry.unwrap();
        let to = to.join(entry.file_name());
        match entry.file_type().unwrap().is_dir() {
            true => copy(&entry.path(), &to),
            false => drop(fs::copy(entry.path(), to).unwrap()),
        }
    }
}

/// The files at a place, but for what is not in its place yet.
fn files(place: &Path) -> Files {
    let mut files = Files::new();
    let mut open: Vec<PathBuf> = vec![place.to_owned()];
    while let Some(path) = open.pop() {
        if path.is_dir() {
            let entries = fs::read_dir(&path).unwrap();
            open.extend(entries.map(|entry| entry.unwrap().path()));
        } else if path.exists() {
            let name = path.strip_prefix(place).unwrap().display().to_string();
            if !name.starts_with("renewal.new/") {
                files.insert(name, fs::read(&path).unwrap());
            }
        }
    }
    files
}

/// `n` of so many, of chance.
fn some(n: usize, of: usize, chance: &Draws, purpose: u16) -> Vec<usize> {
    let pick = |index| 1 + (chance.uniform(purpose, index as u32) * of as f64) as usize;
    (0..n).map(pick).collect()
}

fn chance(number: u32) -> Draws {
    Chance::new(2026, 0, 0).of(number)
}

#[test]
fn ended_at_any_rename_a_run_that_replaces_another_loses_nothing() {
    let trial = Trial::of(&REPLACE);
    let renames = trial.deeds_like("rename");
    assert!(renames.len() >= 3, "{renames:?}");
    for deed in renames {
        trial.ends_at(deed);
    }
    trial.full_at(trial.deeds_like("write").len() / 2);
}

#[test]
fn ended_anywhere_a_run_with_others_beside_it_comes_to_the_same() {
    let trial = Trial::of(&BESIDE);
    assert!(trial.after.contains_key("beside/neutraal+meer/kpis.csv"));
    let mut deeds = trial.deeds_like("rename");
    deeds.extend(some(4, trial.deeds.len(), &chance(4), 0));
    for deed in deeds {
        trial.ends_at(deed);
    }
    trial.full_at(trial.deeds_like("write").len() / 3);
}

#[test]
fn ended_at_any_rename_a_weighing_is_the_old_one_or_the_new_one_with_its_page() {
    let trial = Trial::of(&WEIGH);
    let renames = trial.deeds_like("rename");
    assert!(renames.len() >= 6, "{renames:?}");
    for deed in renames.into_iter().step_by(2) {
        trial.ends_at(deed);
    }
    trial.full_at(trial.deeds_like("write").len() / 2);
}

#[test]
fn ended_at_any_deed_a_sweep_loses_nothing() {
    for (number, work) in [&WHOLE_SWEEP, &REPLACE_SWEEP, &CHUNK, &MERGE]
        .into_iter()
        .enumerate()
    {
        let trial = Trial::of(work);
        let mut deeds = trial.deeds_like("rename");
        deeds.extend(trial.deeds_like("rename_new"));
        deeds.extend(some(6, trial.deeds.len(), &chance(number as u32), 0));
        for deed in deeds {
            trial.ends_at(deed);
        }
        let n_writes = trial.deeds_like("write").len();
        for write in some(3, n_writes, &chance(number as u32), 1) {
            trial.full_at(write);
        }
    }
}

#[test]
fn a_log_never_stands_half_under_its_name() {
    let trial = Trial::of(&LOG);
    for deed in some(6, trial.deeds.len(), &chance(9), 0) {
        trial.ends_at(deed);
    }
    trial.ends_at(trial.deeds.len() - 1);
    trial.full_at(trial.deeds_like("write").len() / 2);
}

/// Programs that want one place at the same time.
struct Race {
    section: &'static str,
    before: &'static [&'static str],
    lines: &'static [&'static str],
    /// What is typed when all have ended, and must end well.
    last: &'static str,
}

const MERGES: Race = Race {
    section: SWEEP,
    before: MERGE.before,
    lines: &["sweep merge scenarios/proef.toml"],
    last: "sweep merge scenarios/proef.toml",
};
const CHUNKS: Race = Race {
    section: SWEEP,
    before: &[],
    lines: &[
        "sweep run scenarios/proef.toml --threads 1 --chunk 1/3",
        "sweep run scenarios/proef.toml --threads 1 --chunk 2/3",
        "sweep run scenarios/proef.toml --threads 1 --chunk 3/3",
        "sweep merge scenarios/proef.toml",
        "sweep scenarios/proef.toml --replace --threads 1",
    ],
    last: "sweep scenarios/proef.toml --resume --threads 1",
};
const READERS: Race = Race {
    section: "",
    before: WEIGH.before,
    lines: &[
        "weigh results/proef --draws 300",
        "report results/proef",
        "run scenarios/proef.toml --tables-only --seed 5 --replace --threads 1",
        "weigh results/proef --draws 200",
    ],
    last: "weigh results/proef --draws 300",
};
const RUNS: Race = Race {
    section: "",
    before: &[],
    lines: &[
        "run scenarios/proef.toml --tables-only --threads 1",
        "run scenarios/proef.toml --tables-only --replace --threads 1",
    ],
    last: "report results/proef",
};

/// What those are told who come second.
const REFUSALS: [&str; 9] = [
    "is in use",
    "holds a finished run",
    "was interrupted",
    "no unfinished run to go on with",
    "not made yet",
    "there is nothing to do",
    "holds another run than",
    "holds no run",
    "seed was ",
];

impl Race {
    /// Starts so many at once; gives how many ended well.
    fn run(&self, desk: &Desk, n: usize, chance: &Draws, number: u32) -> usize {
        let child = |index: usize| -> Child {
            sleep(Duration::from_millis(
                (30.0 * chance.uniform(index as u16, number)) as u64,
            ));
            desk.starts(self.lines[index % self.lines.len()])
        };
        let children: Vec<Child> = (0..n).map(child).collect();
        let begun = Instant::now();
        let mut n_done = 0;
        for (index, child) in children.into_iter().enumerate() {
            let line = self.lines[index % self.lines.len()];
            let (code, told) = told(child.wait_with_output().unwrap());
            assert!(begun.elapsed() < PATIENCE, "{line} hangs");
            n_done += usize::from(code == 0);
            let is_refused = REFUSALS.iter().any(|words| told.contains(words));
            assert!(code == 0 || is_refused, "{line}: {told}");
        }
        n_done
    }

    /// A desk as it is before.
    fn desk(&self) -> Desk {
        let desk = Desk::with(&format!("{TINY}{}", self.section));
        fs::create_dir(desk.at("results")).unwrap();
        for line in self.before {
            let (code, told) = desk.types(line);
            assert_eq!(code, 0, "{line}: {told}");
        }
        copy(&desk.at("results"), &desk.at("before"));
        desk
    }

    /// Runs some races of 2 to 6; all come to the same in the end.
    fn repeat(&self, n_races: u32) {
        let desk = self.desk();
        let mut expected: Option<Files> = None;
        for number in 0..n_races {
            fs::remove_dir_all(desk.at("results")).unwrap();
            copy(&desk.at("before"), &desk.at("results"));
            let n = 2 + (5.0 * chance(77).uniform(0, number)) as usize;
            let n_done = self.run(&desk, n, &chance(78), number);
            assert!(
                n_done > 0,
                "none of {n} has come to its end: {}",
                self.lines[0]
            );
            must_be_of_one_run(&desk.at("results/proef"));
            let (code, told) = desk.types(self.last);
            let is_done =
                told.contains("no unfinished run") || told.contains("holds a finished run");
            assert!(code == 0 || is_done, "{}: {told}", self.last);
            must_be_of_one_run(&desk.at("results/proef"));
            let there = files(&desk.at("results"));
            // Which run it is depends on who was first, where one of another seed is among them.
            if !self.lines.iter().any(|line| line.contains("--seed")) {
                let same = expected.get_or_insert_with(|| there.clone());
                let names = |files: &Files| files.keys().cloned().collect::<Vec<_>>();
                assert!(*same == there, "race {number} of {n}: {:?}", names(&there));
            }
            assert!(
                there.keys().all(|name| name.starts_with("proef/")),
                "{:?}",
                there.keys()
            );
        }
    }
}

/// A weighing is of the run that it stands in.
fn must_be_of_one_run(run: &Path) {
    let Ok(weighing) = fs::read_to_string(run.join("weighing/manifest.json")) else {
        return;
    };
    let weighing: serde_json::Value = serde_json::from_str(&weighing).unwrap();
    let sum = format!(
        "{:x}",
        Sha256::digest(fs::read(run.join("manifest.json")).unwrap())
    );
    assert_eq!(weighing["run"], sum, "a weighing of another run");
    assert!(!run.join("renewal").exists() && !run.join("renewal.old").exists());
}

#[test]
fn merges_at_the_same_time_come_to_one_whole_sweep() {
    MERGES.repeat(8);
    CHUNKS.repeat(3);
}

#[test]
fn weighings_pages_and_a_new_run_at_the_same_time_do_not_mix() {
    READERS.repeat(1);
}

#[test]
#[ignore = "takes hours: RVTSIM_TRIALS says how many of each"]
fn many_of_each() {
    let n: usize = std::env::var("RVTSIM_TRIALS").map_or(40, |n| n.parse().expect("a number"));
    let only = std::env::var("RVTSIM_TRIAL_OF").unwrap_or_default();
    let (mut n_ended, mut n_killed, mut n_full, mut n_races) = (0, 0, 0, 0);
    for (number, work) in ALL.into_iter().enumerate() {
        if !work.name.starts_with(&only) {
            continue;
        }
        let trial = Trial::of(work);
        let chance = chance(100 + number as u32);
        for deed in some(n, trial.deeds.len(), &chance, 0) {
            trial.ends_at(deed);
            n_ended += 1;
        }
        for index in 0..n {
            let moment = trial.time.mul_f64(chance.uniform(1, index as u32));
            n_killed += u32::from(trial.killed_after(moment));
        }
        let n_writes = trial.deeds_like("write").len();
        for write in some(n, n_writes, &chance, 2) {
            trial.full_at(write);
            n_full += 1;
        }
        eprintln!(
            "{}: {} deeds, {n_writes} writes; so far {n_ended} ends, {n_killed} kills, {n_full} full disks",
            work.name,
            trial.deeds.len()
        );
    }
    for race in [&MERGES, &CHUNKS, &READERS, &RUNS] {
        race.repeat(n as u32);
        n_races += n;
        eprintln!("{}: {n_races} races", race.lines[0]);
    }
}
