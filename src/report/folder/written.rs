//! What this program writes into a folder of results, by name: the rest is somebody's own.

use std::fs;
use std::io::{self, ErrorKind};
use std::path::{Component, Path, PathBuf};

use super::deed;
use super::lock::INSIDE;
use super::renewal::RENEWALS;

/// Tables of runs, calibrations, attributions and sweeps, and what stands beside them.
const TABLES: &[&str] = &[
    "attribution",
    "attribution_beliefs",
    "attribution_blocks",
    "attribution_blocks_columns",
    "attribution_columns",
    "changes",
    "changes_by_quarter",
    "columns",
    "compare",
    "compare_columns",
    "design",
    "distributions",
    "draws",
    "evidence",
    "factors",
    "fit_columns",
    "flows",
    "hours",
    "hours_columns",
    "hours_needed",
    "journey_types",
    "journeys",
    "kpis",
    "monitor",
    "monitor_observed",
    "paired",
    "parameters",
    "queues",
    "replications",
    "results",
    "routes",
    "runs",
    "sensitivity",
    "series",
    "staffing",
    "stages",
    "targets",
    "teams",
    "warm_up",
    "waves",
];
const FILES: &[&str] = &[
    "calibrated.toml",
    "compare.html",
    "datapackage.json",
    "geometry.json",
    "manifest.json",
    "report.html",
    "results.parquet",
    "scenario.toml",
    "tabellen.xlsx",
    "tables.xlsx",
    INSIDE,
];
/// Tables of a weighing, which stand in a folder of their own.
const OF_WEIGHING: &[&str] = &[
    "beliefs", "columns", "criteria", "evppi", "pairs", "ranks", "tipping", "weighing", "weights",
    "worlds",
];
/// Folders with files of the program.
const FOLDERS: &[&str] = &["charts", "charts/nl", "charts/en", "weighing"];

/// Folder with the runs of other settings.
pub(crate) const BESIDE: &str = "beside";

/// Tables without which a folder is not of what its manifest says: of a run, and of a sweep.
const NEEDED: [&[&str]; 2] = [
    &["kpis.csv", "replications.csv", "columns.csv"],
    &["design.csv", "results.csv", "datapackage.json"],
];

/// Whether the tables are there of which a manifest alone is not the proof.
pub(crate) fn has_tables(folder: &Path) -> bool {
    let are_there = |names: &&[&str]| names.iter().all(|name| folder.join(name).is_file());
    NEEDED.iter().any(are_there)
}

/// Whether the program writes a file of this name, a path in the folder.
pub(crate) fn is_written(name: &Path) -> bool {
    let Some(name) = in_place(name) else {
        return false;
    };
    let (folder, file) = name.rsplit_once('/').unwrap_or(("", &name));
    let (stem, ending) = file.rsplit_once('.').unwrap_or((file, ""));
    // What an earlier build left when it was killed.
    let is_left = ending.strip_prefix("new-").is_some_and(is_number);
    match folder {
        "" => is_left || FILES.contains(&file) || (ending == "csv" && TABLES.contains(&stem)),
        "charts/nl" | "charts/en" => is_left || matches!(ending, "svg" | "png"),
        "weighing" => {
            matches!(file, "manifest.json" | "weighing.txt")
                || (ending == "csv" && OF_WEIGHING.contains(&stem))
        }
        _ => false,
    }
}

/// Whether it makes a folder of this name.
fn is_made(name: &Path) -> bool {
    in_place(name).is_some_and(|name| name.is_empty() || FOLDERS.contains(&name.as_str()))
}

/// The place of a file, also of one that has not come to it yet.
fn in_place(name: &Path) -> Option<String> {
    let parts = name.components().map(|part| match part {
        Component::Normal(part) => part.to_str(),
        _ => None,
    });
    let mut parts: Vec<&str> = parts.collect::<Option<_>>()?;
    match parts.first() {
        Some(first) if RENEWALS.contains(first) => drop(parts.remove(0)),
        Some(&"weighing.new") => parts[0] = "weighing",
        _ => {}
    }
    // A run in the folder of another has the same names.
    match parts[..] {
        [BESIDE, _, ..] => {
            parts.drain(..2);
            match parts.first() {
                Some(first) if RENEWALS.contains(first) => drop(parts.remove(0)),
                _ => {}
            }
        }
        [BESIDE] => parts.clear(),
        _ => {}
    }
    Some(parts.join("/"))
}

pub(crate) fn is_number(text: &str) -> bool {
    !text.is_empty() && text.bytes().all(|byte| byte.is_ascii_digit())
}

/// Removes what the program wrote of a folder that something has come in place of; what is somebody's own is
/// moved there, and named. May be done again after an end at any moment.
pub(crate) fn carry_over(old: &Path, new: &Path) -> io::Result<Vec<PathBuf>> {
    let mut own = Vec::new();
    carry(old, new, Path::new(""), &mut own)?;
    own.sort();
    Ok(own)
}

fn carry(old: &Path, new: &Path, within: &Path, own: &mut Vec<PathBuf>) -> io::Result<()> {
    for entry in fs::read_dir(old.join(within))? {
        let entry = entry?;
        let name = within.join(entry.file_name());
        match entry.file_type()?.is_dir() {
            true if is_made(&name) => carry(old, new, &name, own)?,
            false if is_written(&name) => deed::remove_file(&entry.path())?,
            _ => {
                let to = new.join(&name);
                if fs::symlink_metadata(&to).is_ok() {
                    return Err(ErrorKind::AlreadyExists.into());
                }
                deed::make_folders(&new.join(within))?;
                deed::rename(&entry.path(), &to)?;
                own.push(name);
            }
        }
    }
    deed::remove_empty(&old.join(within))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_is_written_is_known_and_nothing_else() {
        for name in [
            "kpis.csv",
            "manifest.json",
            "charts/nl/flows.svg",
            "weighing/evppi.csv",
            "renewal/charts/en/map.png",
            "renewal.old/report.html",
            "weighing.new/weighing.txt",
            "charts/nl/map.new-123",
            "beside/kritisch/kpis.csv",
            "beside/neutraal+meer/renewal/charts/nl/map.svg",
        ] {
            assert!(is_written(Path::new(name)), "{name}");
        }
        for name in [
            "notes.csv",
            "kpis.xlsx",
            "charts/mine.svg",
            "charts/nl/notes.txt",
            "weighing/notes.txt",
            "weighing/kpis.csv",
            "deep/kpis.csv",
            "report.new-x",
            "../kpis.csv",
            "beside/notes.txt",
            "beside/kpis.csv",
            "beside/kritisch/notes.txt",
        ] {
            assert!(!is_written(Path::new(name)), "{name}");
        }
    }

    #[test]
    fn what_is_somebodys_own_comes_along_from_any_depth() {
        let home = tempfile::tempdir().unwrap();
        let (old, new) = (home.path().join("old"), home.path().join("new"));
        for folder in ["old/charts/nl", "old/mine/deep", "new"] {
            fs::create_dir_all(home.path().join(folder)).unwrap();
        }
        for name in [
            "kpis.csv",
            "notes.txt",
            "charts/nl/a.svg",
            "charts/nl/mine.txt",
            "mine/deep/kpis.csv",
        ] {
            fs::write(old.join(name), name).unwrap();
        }
        let own = carry_over(&old, &new).unwrap();
        let names: Vec<&str> = own.iter().filter_map(|one| one.to_str()).collect();
        assert_eq!(names, ["charts/nl/mine.txt", "mine", "notes.txt"]);
        for name in ["notes.txt", "charts/nl/mine.txt", "mine/deep/kpis.csv"] {
            assert_eq!(fs::read_to_string(new.join(name)).unwrap(), name);
        }
        assert!(!old.exists() && !new.join("kpis.csv").exists());
    }
}
