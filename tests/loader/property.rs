//! Whatever is done to a shipped file, the loader says yes, or no and where.
//!
//! fuzz/ does the same with any bytes, for as long as one likes; this runs with every test.

use crate::shipped;
use std::fs;
use std::time::{Duration, Instant};

use proptest::prelude::*;
use proptest::test_runner::RngSeed;
use rvtsim::scenario::{Changes, Diagnostics, Lang, load};
use tempfile::TempDir;

/// Nothing takes longer than this, even on a busy machine.
const SOON: Duration = Duration::from_secs(20);

/// Files, and a scenario that rests on each.
const FILES: [(&str, &str); 8] = [
    ("vergelijking.toml", "vergelijking.toml"),
    ("proeftuinmonitor.toml", "proeftuinmonitor.toml"),
    ("ijking.toml", "ijking.toml"),
    ("forms/v0_estafette.toml", "vergelijking.toml"),
    ("forms/v4_openbaar_lichaam.toml", "vergelijking.toml"),
    ("beliefs/neutraal.toml", "vergelijking.toml"),
    ("evidence.toml", "vergelijking.toml"),
    ("regions.csv", "vergelijking.toml"),
];

/// What may stand where a number stood.
const NUMBERS: [&str; 12] = [
    "nan",
    "-inf",
    "1e308",
    "-1e308",
    "-0.0",
    "-1",
    "0",
    "99999999999999999999999",
    "1_0",
    "0x7fffffffffffffff",
    "1.000",
    "1,5",
];

/// One thing done to a file; numbers say where, as a part of the whole.
#[derive(Clone, Debug)]
enum Spoiling {
    DeleteBytes(f64, usize),
    SwapBytes(f64, f64),
    InsertBytes(f64, Vec<u8>),
    ReplaceNumber(f64, usize),
    DoubleLine(f64),
    DeleteLine(f64),
    SwapLines(f64, f64),
    TruncateKey(f64, usize),
    CutOff(f64),
}

fn spoiling() -> impl Strategy<Value = Spoiling> {
    let part = || 0.0..1.0;
    prop_oneof![
        (part(), 1..40_usize).prop_map(|(at, n)| Spoiling::DeleteBytes(at, n)),
        (part(), part()).prop_map(|(one, other)| Spoiling::SwapBytes(one, other)),
        (part(), prop::collection::vec(any::<u8>(), 1..6))
            .prop_map(|(at, bytes)| Spoiling::InsertBytes(at, bytes)),
        (part(), 0..NUMBERS.len()).prop_map(|(at, which)| Spoiling::ReplaceNumber(at, which)),
        part().prop_map(Spoiling::DoubleLine),
        part().prop_map(Spoiling::DeleteLine),
        (part(), part()).prop_map(|(one, other)| Spoiling::SwapLines(one, other)),
        (part(), 0..6_usize).prop_map(|(at, n)| Spoiling::TruncateKey(at, n)),
        part().prop_map(Spoiling::CutOff),
    ]
}

impl Spoiling {
    fn apply(&self, bytes: &mut Vec<u8>) {
        let index = |part: f64, length: usize| ((part * length as f64) as usize).min(length - 1);
        if bytes.is_empty() {
            return;
        }
        let length = bytes.len();
        match self {
            Spoiling::DeleteBytes(at, n) => {
                let start = index(*at, length);
                bytes.drain(start..(start + n).min(length));
            }
            Spoiling::SwapBytes(one, other) => {
                bytes.swap(index(*one, length), index(*other, length))
            }
            Spoiling::InsertBytes(at, new) => {
                let start = index(*at, length);
                bytes.splice(start..start, new.iter().copied());
            }
            Spoiling::ReplaceNumber(at, which) => {
                let is_digit = |byte: &u8| byte.is_ascii_digit();
                let from = index(*at, length);
                if let Some(start) = bytes[from..].iter().position(is_digit) {
                    let start = from + start;
                    let is_of_number = |byte: &u8| byte.is_ascii_digit() || *byte == b'.';
                    let n = bytes[start..]
                        .iter()
                        .take_while(|byte| is_of_number(byte))
                        .count();
                    bytes.splice(start..start + n, NUMBERS[*which].bytes());
                }
            }
            Spoiling::CutOff(at) => bytes.truncate(index(*at, length)),
            _ => self.apply_to_lines(bytes),
        }
    }

    fn apply_to_lines(&self, bytes: &mut Vec<u8>) {
        let mut lines: Vec<Vec<u8>> = bytes
            .split(|&byte| byte == b'\n')
            .map(<[u8]>::to_vec)
            .collect();
        let n_lines = lines.len();
        let index = |part: f64| ((part * n_lines as f64) as usize).min(n_lines - 1);
        match self {
            Spoiling::DoubleLine(at) => lines.insert(index(*at), lines[index(*at)].clone()),
            Spoiling::DeleteLine(at) => drop(lines.remove(index(*at))),
            Spoiling::SwapLines(one, other) => lines.swap(index(*one), index(*other)),
            Spoiling::TruncateKey(at, n) => {
                let line = &mut lines[index(*at)];
                line.drain(..(*n).min(line.len()));
            }
            _ => unreachable!("it is about bytes"),
        }
        *bytes = lines.join(&b'\n');
    }
}

/// Whether every place is one that an editor could go to.
fn lie_in_their_files(log: &Diagnostics) -> bool {
    log.iter().all(|one| {
        let Some(place) = &one.place else {
            return true;
        };
        let bytes = fs::read(place.path()).unwrap();
        let text = String::from_utf8_lossy(&bytes);
        let text = text.trim_start_matches('\u{feff}');
        let line = text.split('\n').nth(place.line() - 1);
        line.is_some_and(|line| (1..=line.chars().count() + 1).contains(&place.column()))
    })
}

/// A copy of the shipped scenarios.
fn library() -> TempDir {
    let copy = tempfile::tempdir().unwrap();
    shipped::copy_to(copy.path());
    copy
}

proptest! {
    #![proptest_config(ProptestConfig {
        cases: 200,
        rng_seed: RngSeed::Fixed(20_260_101),
        failure_persistence: None,
        ..ProptestConfig::default()
    })]

    #[test]
    fn a_spoilt_file_gives_a_scenario_or_says_where_it_is_wrong(
        which in 0..FILES.len(),
        spoilings in prop::collection::vec(spoiling(), 1..4),
    ) {
        // One copy for all cases; every case mends what it has spoilt.
        thread_local! {
            static LIBRARY: TempDir = library();
        }
        let (file, scenario) = FILES[which];
        let (path, scenario) = LIBRARY.with(|library| (library.path().join(file), library.path().join(scenario)));
        let sound = fs::read(&path).unwrap();
        let mut bytes = sound.clone();
        spoilings.iter().for_each(|one| one.apply(&mut bytes));
        fs::write(&path, &bytes).unwrap();
        let start = Instant::now();
        let result = load(&scenario, &Changes::default());
        let is_told = match &result {
            Ok(scenario) => !scenario.to_toml().is_empty(),
            Err(log) => log.errors().count() > 0 && lie_in_their_files(log) && !log.render(true, Lang::Nl).is_empty(),
        };
        let is_soon = start.elapsed() < SOON;
        fs::write(&path, sound).unwrap();
        prop_assert!(is_told && is_soon, "{file}: {:?}", result.err());
    }
}
