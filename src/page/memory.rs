//! A run as files in memory, where there is no disk: the same bytes as in its folder.

use std::path::{Path, PathBuf};

use super::board::Board;
use super::comparison::comparison_page;
use super::document::page;
use super::publication::{UNSEEN, publication};
use crate::report::folder::sealed::Sealed;
use crate::report::record::name::MANIFEST;
use crate::report::{File, Manifest, ReadingError, SideBySide, Table};
use crate::scenario::{Files, Folder};

/// The tables of a run with its scenario and manifest, by their names.
#[derive(Clone, Debug)]
pub struct RunFiles(Vec<File>);

impl RunFiles {
    /// Those of a run without other settings beside it.
    pub fn of(manifest: &Manifest, scenario_toml: &str, tables: Vec<Table>) -> Self {
        let mut files = Vec::new();
        let mut sealed = Vec::new();
        for table in tables {
            let name = format!("{}.csv", table.name);
            let contents = table.to_csv().into_bytes();
            sealed.push(Sealed::of(&name, &contents));
            files.push(File { name, contents });
        }
        let manifest = manifest.with_tables(sealed).to_json();
        for (name, text) in [("scenario.toml", scenario_toml), (MANIFEST, &manifest)] {
            files.push(File {
                name: name.to_owned(),
                contents: text.to_owned().into_bytes(),
            });
        }
        RunFiles(files)
    }

    /// The page alone.
    ///
    /// # Errors
    ///
    /// When they are not of a whole run.
    pub fn page(&self) -> Result<String, ReadingError> {
        Ok(page(&self.board()?))
    }

    /// All files of its folder, with page, workbook and figures.
    ///
    /// # Errors
    ///
    /// When they are not of a whole run.
    pub fn all(mut self) -> Result<Vec<File>, ReadingError> {
        let drawn = publication(&self.board()?, UNSEEN);
        self.0.extend(drawn);
        Ok(self.0)
    }

    /// The page of runs side by side, each under a name of its own; every further one is compared with the first.
    ///
    /// # Errors
    ///
    /// When the files of one are not of a whole run.
    pub fn side_by_side(runs: &[(&str, &RunFiles)]) -> Result<String, ReadingError> {
        let folders = runs.iter().map(|(name, run)| run.folder(name));
        let found = SideBySide::read_in(&folders.collect::<Vec<_>>())?;
        Ok(comparison_page(&found))
    }

    /// Its files, all but page and figures.
    pub fn files(&self) -> &[File] {
        &self.0
    }

    fn board(&self) -> Result<Board, ReadingError> {
        Board::read_in(&self.folder("run"))
    }

    /// Read back, as from disk, so that what is drawn is what is written.
    fn folder(&self, name: &str) -> Folder {
        let place = Path::new(name);
        let files = self.0.iter();
        let files = files.map(|file| (place.join(&file.name), file.contents.clone()));
        let files: Vec<(PathBuf, Vec<u8>)> = files.collect();
        Folder::of(&Files::alone(files), place)
    }
}

impl From<Vec<File>> for RunFiles {
    fn from(files: Vec<File>) -> Self {
        RunFiles(files)
    }
}

#[cfg(test)]
mod tests {
    use std::fs;

    use super::super::publication::drawn_from;
    use super::*;
    use crate::experiment::fixture::{outcome, scenario};
    use crate::experiment::warnings;
    use crate::report::{Earlier, RunFolder, tables};

    #[test]
    fn a_run_in_memory_is_the_same_files_as_on_disk() {
        let home = tempfile::tempdir().unwrap();
        let scenario = scenario(3);
        let outcome = outcome(&scenario);
        let manifest = Manifest::of(&scenario, &outcome, &warnings(&scenario, &outcome));
        let toml = scenario.to_toml();
        let place = home.path().join("run");
        let mut folder = RunFolder::claim(&place, &scenario, Earlier::default()).unwrap();
        (folder.write(
            &manifest,
            &toml,
            tables(&scenario, &outcome),
            &[],
            Some(&drawn_from(UNSEEN)),
        ))
        .unwrap();
        let files = RunFiles::of(&manifest, &toml, tables(&scenario, &outcome));
        let page = files.page().unwrap();
        let all = files.clone().all().unwrap();
        for file in &all {
            let on_disk = fs::read(place.join(&file.name)).unwrap();
            assert!(on_disk == file.contents, "{} is another", file.name);
        }
        let drawn = all.iter().find(|file| file.name == "report.html").unwrap();
        assert_eq!(drawn.contents, page.as_bytes());
        assert!(all.iter().any(|file| file.name == "tabellen.xlsx"));

        // Side by side as runs on disk are.
        let other = home.path().join("other");
        fs::create_dir(&other).unwrap();
        for file in files.files() {
            fs::write(other.join(&file.name), &file.contents).unwrap();
        }
        let found = SideBySide::read(&[place, other]).unwrap();
        let both = RunFiles::side_by_side(&[("run", &files), ("other", &files)]).unwrap();
        assert!(comparison_page(&found) == both);
    }
}
