//! A small library in a folder of its own, in which nothing is wrong until a test changes it.
//!
//! Evidence and regions are made up from the model's own tables, so that a new
//! parameter does not break tests that are not about it.

use std::fs;
use std::path::PathBuf;

use rvtsim::model::{Parameters, Unit};
use rvtsim::scenario::{Changes, Diagnostics, Scenario, load, range};
use tempfile::TempDir;

/// The folder; it is removed with this value.
pub struct Library(TempDir);

impl Library {
    /// A sound library with the form v0, the belief set neutraal and the scenario base.toml.
    pub fn new() -> Self {
        let library = Library(tempfile::tempdir().unwrap());
        library.write("evidence.toml", evidence_after(""));
        library.write("regions.csv", regions_after(HEADER));
        library.write("forms/v0.toml", include_str!("v0.toml"));
        library.write(
            "beliefs/neutraal.toml",
            "[belief]\nlabel = { nl = \"Neutraal\", en = \"Neutral\" }\nsource = \"test\"\n",
        );
        library.write("base.toml", include_str!("base.toml"));
        library
    }

    /// Where it is.
    pub fn folder(&self) -> PathBuf {
        self.0.path().canonicalize().unwrap()
    }

    /// Puts a file into it.
    pub fn write(&self, name: &str, text: impl AsRef<[u8]>) {
        let path = self.folder().join(name);
        fs::create_dir_all(path.parent().unwrap()).unwrap();
        fs::write(path, text).unwrap();
    }

    /// Loads a scenario of it.
    pub fn load(&self, name: &str, changes: &Changes) -> Result<Scenario, Diagnostics> {
        load(&self.folder().join(name), changes)
    }
}

/// A beginning of evidence.toml, completed with every entry that it does not name.
pub fn evidence_after(start: &str) -> String {
    let mut text = start.to_owned();
    for spec in Parameters::TABLE {
        if !start.contains(spec.key) {
            // Shares of the same families must leave something over.
            let value = if spec.unit == Unit::Share { 0.3 } else { 0.5 };
            let (value, low, high) = match range(spec) {
                (least, _) if least > 0.25 => (2.0 * least, least, 4.0 * least),
                (_, most) => (value, 0.25, most.min(1.0)),
            };
            text += &format!(
                "[{}]\nvalue = {value}\nunit = \"{}\"\nlow = {low}\nhigh = {high}\n\
                 distribution = \"triangular\"\ngrade = \"D\"\nsource = \"test\"\nfamily = \"context\"\n",
                spec.key,
                spec.unit.key()
            );
        }
    }
    text
}

/// The first line of regions.csv.
pub const HEADER: &str = "nr,name,population,population_year,municipalities,vt_meldingen,\
vt_adviezen,vt_year,kept_share,kept_share_grade,kept_share_source,grade,source,note\n";

/// A beginning of regions.csv, completed with a row for every region that it does not have.
pub fn regions_after(start: &str) -> String {
    let mut text = start.to_owned();
    for number in 1..=25 {
        let is_there = start
            .lines()
            .any(|line| line.starts_with(&format!("{number},")));
        let name = match number {
            2 => "Fryslân".to_owned(),
            3 => "Drenthe".to_owned(),
            _ => format!("Regio {number}"),
        };
        if !is_there {
            text +=
                &format!("{number},{name},1000,2024,3,100,200,2023,0.4,A,test,A,test,\"a, b\"\n");
        }
    }
    text
}
