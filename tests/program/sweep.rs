//! A sweep comes to the same bytes however it is cut, killed, repeated and put together.

use std::collections::BTreeMap;
use std::fs;
use std::sync::LazyLock;
use std::thread::sleep;
use std::time::{Duration, Instant};

use crate::desk::{Desk, command_told, send, told};
use rvtsim::random::Chance;

/// 24 points over hours, a team and its mode, and the length of the run.
const SWEEP: &str = r#"
    [sweep]
    design = "sobol"
    points = 24
    factors = ["staff.fte*"]
    kpis = ["handovers_per_case", "load_percent"]
    [sweep.ranges]
    "v2_rnvt.teams.rnvt.generalist_share" = { low = 0.2, high = 0.8 }
    "v2_rnvt.functions.drang.mode" = { levels = ["join", "take_over"] }
    "scenario.measured" = { levels = ["28 days", "42 days"] }
"#;
const N_POINTS: usize = 24;
const N_ROWS: usize = N_POINTS * 2 * 2 * 2;

/// How long anything may take before a test gives up waiting for it.
const PATIENCE: Duration = Duration::from_secs(600);

/// What a sweep in one go writes, and how long it took.
static WHOLE: LazyLock<(BTreeMap<String, Vec<u8>>, Duration)> = LazyLock::new(|| {
    let desk = Desk::sweeping(SWEEP);
    let begun = Instant::now();
    let (code, told) = desk.types("sweep scenarios/proef.toml --threads 1");
    assert_eq!(code, 0, "{told}");
    (desk.results(), begun.elapsed())
});

fn text(name: &str) -> String {
    String::from_utf8(WHOLE.0[name].clone()).unwrap()
}

#[test]
fn its_tables_are_tidy_and_its_package_describes_them() {
    let results = text("results.csv");
    assert_eq!(
        results.lines().next(),
        Some("point,form,replication,kpi,value")
    );
    assert_eq!(results.lines().count(), 1 + N_ROWS);
    let design = text("design.csv");
    assert_eq!(design.lines().count(), 1 + N_POINTS);
    assert!(design.starts_with("point,staff.fte"));
    let package: serde_json::Value = serde_json::from_str(&text("datapackage.json")).unwrap();
    let resources = package["resources"].as_array().unwrap();
    for resource in resources {
        let path = resource["path"].as_str().unwrap();
        let bytes = &WHOLE.0[path];
        assert_eq!(resource["bytes"], bytes.len());
        let header = String::from_utf8_lossy(bytes)
            .lines()
            .next()
            .unwrap()
            .to_owned();
        let fields = resource["schema"]["fields"].as_array().unwrap();
        let names: Vec<&str> = fields
            .iter()
            .map(|field| field["name"].as_str().unwrap())
            .collect();
        assert_eq!(header, names.join(","), "{path}");
    }
    assert_eq!(resources.len(), 4);
}

#[test]
fn chunks_in_any_order_and_twice_come_to_the_same_bytes() {
    let desk = Desk::sweeping(SWEEP);
    for chunk in ["5/5", "1/5", "2/3", "5/5", "3/5", "2/5", "4/5"] {
        let (code, told) = desk.types(&format!(
            "sweep run scenarios/proef.toml --threads 2 --chunk {chunk}"
        ));
        assert_eq!(code, 0, "{told}");
    }
    let output = desk
        .command("sweep status scenarios/proef.toml --lang en")
        .output()
        .unwrap();
    assert_eq!(
        String::from_utf8(output.stdout).unwrap(),
        "24 of 24 points made\n"
    );
    let (code, told) = desk.types("sweep merge scenarios/proef.toml");
    assert_eq!(code, 0, "{told}");
    assert!(desk.results() == WHOLE.0);
    // A scheduler that comes back later finds nothing to do.
    for line in [
        "run scenarios/proef.toml --chunk 2/5",
        "merge scenarios/proef.toml",
    ] {
        let (code, told) = desk.types(&format!("sweep {line}"));
        assert_eq!(code, 0, "{told}");
        assert!(told.contains("nothing to do"), "{told}");
    }
    assert!(desk.results() == WHOLE.0);
}

#[test]
fn the_folder_can_be_run_again_from_its_own_scenario() {
    let desk = Desk::sweeping(SWEEP);
    let (code, told) = desk.types("sweep scenarios/proef.toml");
    assert_eq!(code, 0, "{told}");
    let own = desk.at("scenarios/opnieuw");
    fs::create_dir(&own).unwrap();
    for name in ["scenario.toml", "design.csv"] {
        fs::copy(desk.at("results/proef").join(name), own.join(name)).unwrap();
    }
    let (code, told) = desk.types("sweep scenarios/opnieuw/scenario.toml --out results/b");
    assert_eq!(code, 0, "{told}");
    let again = fs::read_to_string(desk.at("results/b/results.csv")).unwrap();
    assert!(again == text("results.csv"));
    assert!(fs::read_to_string(desk.at("results/b/design.csv")).unwrap() == text("design.csv"));
}

#[test]
fn killed_at_twenty_moments_it_comes_to_the_same_bytes() {
    let desk = Desk::sweeping(SWEEP);
    let (whole, whole_time) = &*WHOLE;
    let chance = Chance::new(21, 0, 0).of(0);
    let (mut n_kills, mut n_begun) = (0, 0);
    for start in 0.. {
        assert!(start < 200, "it ends before it is killed");
        let is_begun = desk.at("results/proef.partial").exists();
        n_begun += u32::from(is_begun);
        let resume = if is_begun { " --resume" } else { "" };
        let mut child = desk.starts(&format!(
            "sweep scenarios/proef.toml --threads {}{resume}",
            1 + start % 2
        ));
        if n_kills < 20 {
            sleep(whole_time.mul_f64(0.4 * chance.uniform(0, start)));
            child.kill().unwrap();
        }
        let output = child.wait_with_output().unwrap();
        if output.status.code().is_none() {
            n_kills += 1;
            // Killed when all was done: that is no beginning.
            if desk.at("results/proef").exists() && !desk.at("results/proef.partial").exists() {
                assert!(desk.results() == *whole);
                fs::remove_dir_all(desk.at("results")).unwrap();
            }
            continue;
        }
        let (code, told) = told(output);
        assert_eq!(code, 0, "{told}");
        assert!(desk.results() == *whole);
        if n_kills == 20 {
            break;
        }
        fs::remove_dir_all(desk.at("results")).unwrap();
    }
    assert!(n_begun >= 5, "{n_begun} have found something");
}

#[test]
fn a_signal_ends_it_and_what_it_then_says_goes_on() {
    let desk = Desk::sweeping(SWEEP);
    let child = desk.starts("sweep scenarios/proef.toml --threads 1");
    let begun = Instant::now();
    let passes = desk.at("results/proef.partial/points-00000001-00000024.passes");
    while fs::metadata(&passes).map_or(0, |found| found.len()) < 60_000 {
        assert!(begun.elapsed() < PATIENCE, "nothing is finished");
        sleep(Duration::from_micros(200));
    }
    send("-INT", &child);
    let (code, told) = told(child.wait_with_output().unwrap());
    assert_eq!(code, 130, "{told}");
    let command = command_told(&told);
    assert_eq!(command, "sweep scenarios/proef.toml --threads 1 --resume");
    let kept = passes_kept(&told);
    assert!(kept > 0, "{told}");
    // What it says is kept is what is there.
    let output = desk
        .command("sweep status scenarios/proef.toml --lang en")
        .output()
        .unwrap();
    let status = String::from_utf8(output.stdout).unwrap();
    assert!(
        status.starts_with(&format!("0 of 24 points made\nand {kept} pass")),
        "{status}"
    );
    let (code, told) = desk.types(command);
    assert_eq!(code, 0, "{told}");
    assert!(desk.results() == WHOLE.0);
}

/// How many finished passes a sweep says are kept.
fn passes_kept(told: &str) -> usize {
    let line = told.lines().find(|line| line.contains(" kept in "));
    let line = line.unwrap_or_else(|| panic!("{told}"));
    let (before, _) = line
        .split_once(" finished pass")
        .unwrap_or_else(|| panic!("{told}"));
    before.rsplit(' ').next().unwrap().parse().unwrap()
}

#[test]
fn finished_passes_are_not_dropped_unless_asked_and_a_chunk_goes_on_as_one() {
    let desk = Desk::sweeping(SWEEP);
    let child = desk.starts("sweep run scenarios/proef.toml --chunk 2/2 --threads 1");
    let passes = desk.at("results/proef.partial/points-00000013-00000024.passes");
    let begun = Instant::now();
    while fs::metadata(&passes).map_or(0, |found| found.len()) < 60_000 {
        assert!(begun.elapsed() < PATIENCE, "nothing is finished");
        sleep(Duration::from_micros(200));
    }
    // Nobody else makes or replaces it meanwhile.
    for line in [
        "sweep scenarios/proef.toml --replace",
        "sweep scenarios/proef.toml --resume",
    ] {
        let (code, told) = desk.types(line);
        assert_eq!(code, 1, "{told}");
        assert!(told.contains("results/proef is in use"), "{told}");
    }
    send("-INT", &child);
    let (code, told_first) = told(child.wait_with_output().unwrap());
    assert_eq!(code, 130, "{told_first}");
    let command = command_told(&told_first);
    assert_eq!(
        command,
        "sweep run scenarios/proef.toml --chunk 2/2 --threads 1"
    );
    let n = passes_kept(&told_first);
    for options in ["--seed 3", "--seed 3 --resume"] {
        let (code, told) = desk.types(&format!("sweep scenarios/proef.toml {options}"));
        assert_eq!(code, 1, "{told}");
        assert!(told.contains("seed was 20260101, is 3"), "{told}");
        assert!(told.contains(&format!("holds {n} finished pass")), "{told}");
    }
    let (code, told) = desk.types("sweep scenarios/proef.toml");
    assert_eq!(code, 1, "{told}");
    assert!(told.contains(&format!("holds {n} finished pass")), "{told}");
    let (code, told) = desk.types(command);
    assert_eq!(code, 0, "{told}");
    let (code, told) = desk.types("sweep scenarios/proef.toml --resume");
    assert_eq!(code, 0, "{told}");
    assert!(desk.results() == WHOLE.0);
}

#[test]
fn whatever_an_end_has_left_of_the_beginning_is_known() {
    for options in ["", " --resume", " --replace"] {
        let desk = Desk::sweeping(SWEEP);
        let partial = desk.at("results/proef.partial");
        fs::create_dir_all(&partial).unwrap();
        // Ended when it had not yet said what it was for.
        fs::write(partial.join("origin.0123456789abcdef"), "rvtsim sw").unwrap();
        fs::write(desk.at("results/proef.lock"), "").unwrap();
        let (code, told) = desk.types(&format!("sweep scenarios/proef.toml{options}"));
        assert_eq!(code, 0, "{told}");
        assert!(desk.results() == WHOLE.0);
    }
}

#[test]
fn what_is_missing_changed_or_damaged_is_said_and_nothing_is_lost() {
    let desk = Desk::sweeping(SWEEP);
    let (code, told) = desk.types("sweep run scenarios/proef.toml --chunk 1/2");
    assert_eq!(code, 0, "{told}");
    let (code, told) = desk.types("sweep merge scenarios/proef.toml");
    assert_eq!(code, 1);
    assert!(
        told.contains("not made yet: 12 of 24 points, the first of which is point 13"),
        "{told}"
    );
    // A sweep in one go does not take over what is there unless it is asked to.
    let (code, told) = desk.types("sweep scenarios/proef.toml");
    assert_eq!(code, 1);
    assert!(
        told.contains("holds 12 finished points") && told.contains("--resume"),
        "{told}"
    );
    let (code, told) = desk.types("sweep run scenarios/proef.toml --seed 3");
    assert_eq!(code, 1);
    assert!(told.contains("seed was 20260101, is 3"), "{told}");
    let (code, told) = desk.types("sweep run scenarios/proef.toml --points 32");
    assert_eq!(code, 1);
    assert!(told.contains("points of the sweep was 24, is 32"), "{told}");
    let part = desk.at("results/proef.partial/points-00000001-00000012.csv");
    let whole = fs::read(&part).unwrap();
    fs::write(&part, &whole[..whole.len() / 2]).unwrap();
    let (code, told) = desk.types("sweep scenarios/proef.toml --resume");
    assert_eq!(code, 1);
    assert!(
        told.contains("points-00000001-00000012.csv is not as it was written"),
        "{told}"
    );
    fs::write(&part, &whole).unwrap();
    let (code, told) = desk.types("sweep scenarios/proef.toml --resume");
    assert_eq!(code, 0, "{told}");
    assert!(desk.results() == WHOLE.0);
}

#[test]
fn a_full_disk_is_an_error_with_its_path_and_nothing_is_lost() {
    let desk = Desk::sweeping(SWEEP);
    // Room for some passes, then for all of them but not for the tables.
    for (blocks, path) in [(300, ".passes: "), (16, "results/proef.partial/run/")] {
        let line = "sweep scenarios/proef.toml --threads 1";
        let resume = if blocks == 16 { " --resume" } else { "" };
        let mut command = desk.command_with_little_room(&format!("{line}{resume}"), blocks);
        let (code, told) = told(command.output().unwrap());
        assert_eq!(code, 1, "{told}");
        assert!(
            told.contains("cannot write") && told.contains(path),
            "{told}"
        );
        assert!(!desk.at("results/proef").exists());
        assert_eq!(
            command_told(&told),
            "sweep scenarios/proef.toml --threads 1 --resume"
        );
        if blocks == 300 {
            let (code, told) = desk.types("sweep run scenarios/proef.toml");
            assert_eq!(code, 0, "{told}");
        }
    }
    let (code, told) = desk.types("sweep scenarios/proef.toml --resume");
    assert_eq!(code, 0, "{told}");
    assert!(desk.results() == WHOLE.0);
}
