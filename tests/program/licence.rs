//! Whose work the program holds: only from where, and under licences, that it may be given on under; and
//! `THIRD-PARTY.txt`, the notice that goes with it, is of these versions.
//!
//! To write the notice anew: `RVTSIM_BLESS=1 cargo test --test program licence`.

use std::collections::{BTreeMap, BTreeSet};
use std::fs;
use std::path::Path;
use std::process::Command;

use serde_json::Value;

/// Licences that ask for no more than a notice.
const ALLOWED: [&str; 12] = [
    "0BSD",
    "Apache-2.0",
    "Apache-2.0 WITH LLVM-exception",
    "BSD-2-Clause",
    "BSD-3-Clause",
    "BSL-1.0",
    "CC0-1.0",
    "MIT",
    "MIT-0",
    "Unicode-3.0",
    "Unlicense",
    "Zlib",
];

/// Packages come from a registry, and not from a folder or a repository.
const REGISTRY: &str = "registry+";

/// How the name of a file with a licence begins, the one that is taken first before the others.
const FILES: [&str; 8] = [
    "LICENSE-MIT",
    "LICENSE.MIT",
    "LICENSE_MIT",
    "LICENCE-MIT",
    "LICENSE",
    "LICENCE",
    "COPYING",
    "UNLICENSE",
];

const HEAD: &str = "\
rvtsim holds the work of others, each part under its own licence. This file goes with every copy of the
program. It is written by `RVTSIM_BLESS=1 cargo test --test program licence`.

Arimo, the font of the figures (src/report/font), stands under the SIL Open Font License 1.1 in
src/report/font/OFL.txt.

";

/// All packages, as Cargo tells of them, and the ids of those that come into the program.
fn packages() -> (Vec<Value>, BTreeSet<String>) {
    let told = Command::new(env!("CARGO"))
        .args([
            "metadata",
            "--format-version",
            "1",
            "--locked",
            "--all-features",
        ])
        .current_dir(env!("CARGO_MANIFEST_DIR"))
        .output()
        .unwrap();
    let said = String::from_utf8_lossy(&told.stderr);
    assert!(told.status.success(), "{said}");
    let told: Value = serde_json::from_slice(&told.stdout).unwrap();
    let list = |value: &Value| value.as_array().unwrap().clone();
    let text = |value: &Value| value.as_str().unwrap().to_owned();
    let nodes = list(&told["resolve"]["nodes"]);
    let nodes: BTreeMap<String, &Value> =
        nodes.iter().map(|node| (text(&node["id"]), node)).collect();
    let (mut inside, mut next) = (BTreeSet::new(), vec![text(&told["resolve"]["root"])]);
    while let Some(id) = next.pop() {
        if !inside.insert(id.clone()) {
            continue;
        }
        for other in list(&nodes[&id]["deps"]) {
            let kinds = list(&other["dep_kinds"]);
            if kinds.iter().any(|kind| kind["kind"].is_null()) {
                next.push(text(&other["pkg"]));
            }
        }
    }
    (list(&told["packages"]), inside)
}

/// Whether what a licence says can be satisfied by licences that are allowed.
fn is_allowed(licence: &str) -> bool {
    let plain = licence.replace(['(', ')'], "").replace('/', " OR ");
    plain.split(" AND ").all(|part| {
        let mut choices = part.split(" OR ");
        choices.any(|choice| ALLOWED.contains(&choice.trim()))
    })
}

#[test]
fn packages_come_from_the_registry_under_licences_that_ask_for_a_notice() {
    let (packages, _) = packages();
    for package in packages.iter().filter(|one| one["name"] != "rvtsim") {
        let (name, licence) = (&package["name"], package["license"].as_str());
        let source = package["source"].as_str();
        assert!(
            source.is_some_and(|one| one.starts_with(REGISTRY)),
            "{name}"
        );
        assert!(licence.is_some_and(is_allowed), "{name}: {licence:?}");
    }
    assert!(is_allowed("MIT OR GPL-3.0") && is_allowed("(MIT OR GPL-3.0) AND Zlib"));
    assert!(!is_allowed("GPL-3.0") && !is_allowed("MIT AND GPL-3.0"));
}

#[test]
fn the_notice_is_of_what_the_program_holds() {
    let (packages, inside) = packages();
    let text = |package: &Value, key: &str| package[key].as_str().unwrap_or_default().to_owned();
    let mut listed = String::new();
    let mut licences: BTreeMap<String, Vec<String>> = BTreeMap::new();
    for package in packages
        .iter()
        .filter(|one| inside.contains(&text(one, "id")))
    {
        if package["name"] == "rvtsim" {
            continue;
        }
        let name = format!("{} {}", text(package, "name"), text(package, "version"));
        let (licence, home) = (text(package, "license"), text(package, "repository"));
        listed += &format!("{name}: {licence}; {home}\n");
        let licence = licence_of(Path::new(&text(package, "manifest_path")).parent().unwrap());
        if let Some(licence) = licence {
            licences.entry(licence).or_default().push(name);
        }
    }
    let mut texts: Vec<(Vec<String>, String)> = (licences.into_iter())
        .map(|(licence, names)| (names, licence))
        .collect();
    texts.sort();
    let mut notice = format!("{HEAD}{listed}");
    for (names, licence) in texts {
        notice += &format!("\n{}\n{}\n\n{licence}\n", "-".repeat(80), names.join(", "));
    }
    let file = Path::new(env!("CARGO_MANIFEST_DIR")).join("THIRD-PARTY.txt");
    if std::env::var_os("RVTSIM_BLESS").is_some() {
        fs::write(&file, &notice).unwrap();
    }
    let found = fs::read_to_string(&file).unwrap_or_default();
    let is_same = found.replace("\r\n", "\n") == notice;
    assert!(
        is_same,
        "THIRD-PARTY.txt is of other versions: RVTSIM_BLESS=1 cargo test --test program licence"
    );
}

/// The text of a package's licence; where it may be chosen, that of MIT.
fn licence_of(folder: &Path) -> Option<String> {
    let names = fs::read_dir(folder).unwrap().map(|entry| entry.unwrap());
    let names = names.filter(|entry| entry.path().is_file());
    let mut names: Vec<String> = names
        .filter_map(|entry| entry.file_name().into_string().ok())
        .collect();
    names.sort();
    let begins = |start: &&str| {
        let mut names = names.iter();
        names
            .find(|name| name.to_uppercase().starts_with(*start))
            .cloned()
    };
    let name = FILES.iter().find_map(begins)?;
    let bytes = fs::read(folder.join(name)).unwrap();
    let text = String::from_utf8_lossy(&bytes).into_owned();
    let lines = text.lines().map(str::trim_end).collect::<Vec<_>>();
    Some(lines.join("\n").trim().to_owned())
}
