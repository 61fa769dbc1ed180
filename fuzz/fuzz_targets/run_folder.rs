//! A run folder in which a file was changed, with its hash put right so that whatever reads the file is
//! reached: no panic, no hang, and either a run or what is wrong with it.
//!
//! The bytes are changes to a file that is whole: which file, and then eight bytes a change.

#![no_main]

use std::fs;
use std::path::{Path, PathBuf};
use std::sync::LazyLock;

use libfuzzer_sys::fuzz_target;
use rvtsim::experiment::{Execution, run, warnings};
use rvtsim::page::Board;
use rvtsim::report::{Earlier, Manifest, RunFolder, tables};
use rvtsim::scenario::{Changes, TextHash, load};
use rvtsim::study::{journeys, with_journeys};
use serde_json::Value;
use tempfile::TempDir;

const FILES: [&str; 12] = [
    "manifest.json",
    "geometry.json",
    "kpis.csv",
    "paired.csv",
    "series.csv",
    "warm_up.csv",
    "evidence.csv",
    "distributions.csv",
    "flows.csv",
    "journeys.csv",
    "journey_types.csv",
    "replications.csv",
];

const GEOMETRY: &str = r#"{"source":"a.json","sha256":"","width":500.0,"height":640.0,"regions":[{"region":"Zeeland","middle":[1.0,1.0],"rings":[[[0.0,0.0],[9.0,0.0],[9.0,9.0]]]}]}"#;

/// A small run, and what its files hold.
struct Whole {
    folder: PathBuf,
    files: Vec<Vec<u8>>,
    _home: TempDir,
}

static WHOLE: LazyLock<Whole> = LazyLock::new(|| {
    let home = tempfile::tempdir().unwrap();
    let shipped = Path::new(env!("CARGO_MANIFEST_DIR")).join("../scenarios/referentie.toml");
    let changes = Changes {
        replications: Some(2),
        regions: Some(vec!["Zeeland".to_owned()]),
        ..Changes::default()
    };
    let scenario = load(&shipped, &changes).unwrap();
    let execution = Execution::default();
    let outcome = run(&scenario, &execution).unwrap();
    let folder = home.path().join("run");
    let told = journeys(&scenario, &execution).unwrap();
    let tables = with_journeys(tables(&scenario, &outcome), &scenario, &told);
    let manifest = Manifest::of(&scenario, &outcome, &warnings(&scenario, &outcome));
    let place = RunFolder::claim(&folder, &scenario, Earlier::default()).unwrap();
    place.write(&manifest, "", tables, &[], None).unwrap();
    fs::write(folder.join("geometry.json"), GEOMETRY).unwrap();
    let read = |name: &&str| fs::read(folder.join(name)).unwrap_or_default();
    Whole {
        files: FILES.iter().map(read).collect(),
        folder,
        _home: home,
    }
});

fuzz_target!(|bytes: &[u8]| {
    let Some((&which, changes)) = bytes.split_first() else {
        return;
    };
    let which = usize::from(which) % FILES.len();
    let (whole, name) = (&*WHOLE, FILES[which]);
    let mut file = whole.files[which].clone();
    for change in changes.chunks_exact(8).take(32) {
        apply(change, &mut file);
    }
    fs::write(whole.folder.join(name), &file).unwrap();
    if name.ends_with(".csv") {
        fs::write(whole.folder.join(FILES[0]), manifest_of(name, &file)).unwrap();
    }
    match Board::read(&whole.folder) {
        Ok(board) => drop(board.figures().map_err(|error| error.to_string())),
        Err(error) => assert!(!error.to_string().is_empty()),
    }
    for which in [which, 0] {
        fs::write(whole.folder.join(FILES[which]), &whole.files[which]).unwrap();
    }
});

/// Cuts, doubles, overwrites, turns round.
fn apply(change: &[u8], file: &mut Vec<u8>) {
    let at = usize::from(u16::from_le_bytes([change[1], change[2]])) * (file.len() + 1) >> 16;
    let end = (at + usize::from(change[3])).min(file.len());
    let line_end = |from: usize| {
        let found = file[from..].iter().position(|&byte| byte == b'\n');
        found.map_or(file.len(), |end| from + end + 1)
    };
    let words = &change[4..];
    match change[0] % 8 {
        0 => drop(file.drain(at..end)),
        1 => file.splice(at..at, file[at..end].to_vec()).for_each(drop),
        2 => file.splice(at..end, words.to_vec()).for_each(drop),
        3 => file.splice(at..at, words.to_vec()).for_each(drop),
        4 => file.truncate(at),
        5 => file[at..end].reverse(),
        6 => drop(file.drain(at..line_end(at))),
        _ => {
            let (middle, last) = (line_end(at), line_end(line_end(at)));
            file[at..last].rotate_left(middle - at);
        }
    }
}

/// The manifest, as if a table had been written like this.
fn manifest_of(name: &str, file: &[u8]) -> String {
    let mut manifest: Value = serde_json::from_slice(&WHOLE.files[0]).unwrap();
    for table in manifest["tables"].as_array_mut().into_iter().flatten() {
        if table["file"] == name {
            table["sha256"] = TextHash::of(file).into();
            let rows = csv::Reader::from_reader(file).into_byte_records();
            table["rows"] = rows.take_while(Result::is_ok).count().into();
        }
    }
    manifest.to_string()
}
