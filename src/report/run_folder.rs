//! A run folder: finished passes beside it, then all of it at once, or nothing.

use std::fs;
use std::io::ErrorKind;
use std::path::Path;

use crate::experiment::PassStore;
use crate::report::folder::deed;
use crate::report::folder::folder_error::{FolderError, Kept, disk};
use crate::report::folder::lock::Lock;
use crate::report::folder::manifest::{Beside, Manifest};
use crate::report::folder::origin::Origin;
use crate::report::folder::pass_file::{Found, PassFile};
use crate::report::folder::site::{Earlier, NEW, Placed, Site};
use crate::report::folder::staging::{Staging, remove_folder};
use crate::report::folder::written::BESIDE;
use crate::report::record::name::MANIFEST;
use crate::report::record::table::Table;
use crate::report::side::comparison::SideBySide;
use crate::report::side::table::comparison_tables;
use crate::scenario::{Said, Scenario};

/// Name of the file of finished passes, by which an unfinished run is known.
const PASSES: &str = "passes";

/// A file in a run folder, or in a folder in it, other than a table.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct File {
    /// Its path in the run folder.
    pub name: String,
    /// What stands in it.
    pub contents: Vec<u8>,
}

/// Who draws page and figures of a run, from the folder in which it has been written.
pub type Draw<'a> = &'a dyn Fn(&Path) -> Result<Vec<File>, FolderError>;

/// The place of a run, claimed before it begins so that hours of work do not
/// end at a closed door.
///
/// Everything that is not yet the run stands in a folder beside it,
/// `NAME.partial`: the passes that have been finished ([`RunFolder::store`]), from the
/// first one on, and in the end the run folder itself while it is written,
/// which is renamed when it is complete. Then `NAME.partial` is removed. So
/// whenever the program ends, killed or not, there is a whole run or an
/// unfinished one that can be gone on with, or both.
///
/// A finished run is replaced only if somebody says so, and only if its
/// `manifest.json` says that this program made it from a scenario of the same key;
/// it then steps aside, and what the program wrote of it is removed. What else was in the folder
/// stays. From the beginning to the end no other program writes to the place.
#[derive(Debug)]
pub struct RunFolder<'a> {
    site: Site<'a>,
    _lock: Lock,
    /// None only once the run is being written.
    passes: Option<PassFile>,
    /// What has been written of it.
    new: Option<Staging>,
    /// The settings that have been written beside it.
    beside: Vec<Beside>,
}

impl<'a> RunFolder<'a> {
    /// Takes `path` for a run of a scenario.
    ///
    /// # Errors
    ///
    /// When something is there that is not to be replaced, when passes that are
    /// to be taken over are not there or were made from other input, or when
    /// nothing can be written. Then everything is as it was.
    pub fn claim(
        path: &Path,
        scenario: &'a Scenario,
        earlier: Earlier,
    ) -> Result<Self, FolderError> {
        let site = Site::of(path, scenario, earlier)?;
        let _lock = site.lock()?;
        let mut folder = RunFolder {
            site,
            _lock,
            passes: None,
            new: None,
            beside: Vec::new(),
        };
        let origin = Origin::of(scenario);
        let unfinished = folder.open_passes()?;
        let is_admitted = match &unfinished {
            Some((passes, then)) => folder.admits(passes.n_passes(), then.changes_to(&origin))?,
            None if earlier.is_resumed => {
                return Err(FolderError::NothingToResume(folder.site.partial.clone()));
            }
            None => false,
        };
        folder.site.look()?;
        folder.passes = Some(match unfinished {
            Some((passes, _)) if is_admitted => passes,
            Some((passes, _)) => {
                folder.discard(passes)?;
                folder.begin(&origin)?
            }
            None => folder.begin(&origin)?,
        });
        Ok(folder)
    }

    /// Where finished passes are kept, and found again.
    pub fn store(&self) -> &dyn PassStore {
        self.passes.as_ref().expect("open until the run is written")
    }

    /// The number of finished passes that are kept.
    pub fn n_kept(&self) -> usize {
        self.passes.as_ref().map_or(0, PassFile::n_passes)
    }

    /// The folder in which they are.
    pub fn partial(&self) -> &Path {
        &self.site.partial
    }

    /// Writes the run of another setting of the scenario, to stand beside this one when that is written: all
    /// but the page and its figures, which `page::publish` makes of it.
    ///
    /// # Errors
    ///
    /// When the disk fails. The passes are kept.
    pub fn write_beside(
        &mut self,
        key: &str,
        manifest: &Manifest,
        scenario_toml: &str,
        tables: Vec<Table>,
    ) -> Result<(), FolderError> {
        let new = self.staging()?;
        let within = format!("{BESIDE}/{key}/");
        let written = tables.into_iter();
        let written = written.map(|table| new.write_table_in(&within, table));
        let manifest = manifest.with_tables(written.collect::<Result<_, _>>()?);
        new.write(&format!("{within}scenario.toml"), scenario_toml)?;
        new.write(&format!("{within}{MANIFEST}"), manifest.to_json())?;
        self.beside.push(manifest.beside(key));
        Ok(())
    }

    /// Where it is written.
    fn staging(&mut self) -> Result<&Staging, FolderError> {
        if self.new.is_none() {
            self.new = Some(Staging::begin(self.site.partial.join(NEW))?);
        }
        Ok(self.new.as_ref().expect("it has just been begun"))
    }

    /// Writes everything, puts it in its place and removes the finished passes. Page and figures are left out if
    /// nobody draws them: `page::publish` makes the same ones later.
    ///
    /// # Errors
    ///
    /// When the disk fails, or something else has come to the place since it
    /// was claimed. Then what was there is unharmed, and the passes are kept.
    pub fn write(
        &mut self,
        manifest: &Manifest,
        scenario_toml: &str,
        tables: Vec<Table>,
        files: &[File],
        draw: Option<Draw>,
    ) -> Result<Placed, FolderError> {
        self.staging()?;
        let beside = std::mem::take(&mut self.beside);
        let new = self.new.take().expect("it has been begun");
        let written = tables.into_iter().map(|table| new.write_table(table));
        let mut written: Vec<_> = written.collect::<Result<_, _>>()?;
        for file in files {
            new.write(&file.name, &file.contents)?;
        }
        new.write("scenario.toml", scenario_toml)?;
        if !beside.is_empty() {
            // Compared by what can be read back, as any finished runs are.
            new.write(MANIFEST, manifest.with_tables(written.clone()).to_json())?;
            let found = SideBySide::of_settings(new.path(), &beside)?;
            for table in comparison_tables(&found) {
                written.push(new.write_table(table)?);
            }
        }
        let manifest = manifest.with_tables(written).with_beside(beside);
        new.write(MANIFEST, manifest.to_json())?;
        if let Some(draw) = draw {
            for file in draw(new.path())? {
                new.write(&file.name, &file.contents)?;
            }
        }
        let placed = self.site.put(new, |_| Ok(()))?;
        if let Some(passes) = self.passes.take() {
            self.discard(passes)?;
        }
        Ok(placed)
    }

    /// Removes the finished passes: they lead to nothing.
    ///
    /// # Errors
    ///
    /// When the disk fails.
    pub fn give_up(mut self) -> Result<(), FolderError> {
        match self.passes.take() {
            Some(passes) => self.discard(passes),
            None => Ok(()),
        }
    }

    /// The finished passes that are there, and what they were made from.
    fn open_passes(&self) -> Result<Option<(PassFile, Origin)>, FolderError> {
        let (partial, passes) = (&self.site.partial, self.site.partial.join(PASSES));
        match fs::symlink_metadata(partial) {
            Err(error) if error.kind() == ErrorKind::NotFound => return Ok(None),
            Err(error) => return Err(disk("look at", partial)(error)),
            Ok(found) if !found.is_dir() => {
                return Err(FolderError::ForeignPasses(partial.clone()));
            }
            Ok(_) => {}
        }
        let found = match PassFile::open(&passes) {
            Ok(found) => found,
            Err(FolderError::Disk { source, .. }) if source.kind() == ErrorKind::NotFound => {
                Found::Torn
            }
            Err(error) => return Err(error),
        };
        match found {
            Found::Passes(passes, origin) => {
                self.site.settle()?;
                Ok(Some((passes, origin)))
            }
            // Ended while it was made or removed: the folder goes if nothing else is in it.
            Found::Torn => {
                let is_alone = fs::read_dir(partial).is_ok_and(|entries| entries.count() <= 1);
                if is_alone {
                    let _ = deed::remove_file(&passes);
                }
                let is_gone = is_alone && deed::remove_empty(partial).is_ok();
                if is_gone {
                    Ok(None)
                } else {
                    Err(FolderError::ForeignPasses(partial.clone()))
                }
            }
            Found::Foreign => Err(FolderError::ForeignPasses(partial.clone())),
        }
    }

    /// Whether finished passes are taken over, rather than dropped.
    fn admits(&self, n_passes: usize, changes: Vec<Said>) -> Result<bool, FolderError> {
        let Earlier {
            is_resumed,
            is_replaced,
        } = self.site.earlier;
        let path = self.site.partial.clone();
        match changes.is_empty() {
            true if is_resumed => Ok(true),
            _ if n_passes == 0 || (is_replaced && !is_resumed) => Ok(false),
            true => Err(FolderError::Unfinished {
                path,
                kept: Kept::of_passes(n_passes),
            }),
            false => Err(FolderError::Changed {
                path,
                kept: Kept::of_passes(n_passes),
                changes,
            }),
        }
    }

    /// Begins a run of which no pass has been finished.
    fn begin(&self, origin: &Origin) -> Result<PassFile, FolderError> {
        deed::make_folder(&self.site.partial).map_err(disk("make", &self.site.partial))?;
        let path = self.site.partial.join(PASSES);
        PassFile::create(&path, origin).inspect_err(|_| {
            // Nothing of worth is in it.
            let _ = deed::remove_file(&path);
            let _ = deed::remove_empty(&self.site.partial);
        })
    }

    /// Removes everything that is not the run; the passes last, for as long as
    /// they are there the folder is known.
    fn discard(&self, passes: PassFile) -> Result<(), FolderError> {
        remove_folder(&self.site.partial.join(NEW))?;
        passes
            .remove()
            .map_err(disk("remove", &self.site.partial))?;
        // It stays if somebody has put something of their own into it.
        let _ = deed::remove_empty(&self.site.partial);
        Ok(())
    }
}

impl Drop for RunFolder<'_> {
    fn drop(&mut self) {
        let passes = self.passes.take();
        if let Some(passes) = passes.filter(|passes| passes.n_passes() == 0) {
            // Nothing was finished: nothing to go on with.
            let _ = self.discard(passes);
        }
    }
}

#[cfg(test)]
mod tests {
    use std::sync::LazyLock;

    use super::*;
    use crate::experiment::fixture::{invented, outcome, scenario};
    use crate::experiment::{Design, PassId, warnings};
    use crate::report::folder::site::OLD;
    use crate::report::{Lang, tables};

    const NOTHING: Earlier = Earlier {
        is_resumed: false,
        is_replaced: false,
    };
    const RESUME: Earlier = Earlier {
        is_resumed: true,
        is_replaced: false,
    };
    const REPLACE: Earlier = Earlier {
        is_resumed: false,
        is_replaced: true,
    };

    const REPLACE_AND_RESUME: Earlier = Earlier {
        is_resumed: true,
        is_replaced: true,
    };

    /// Claims a place for the reference scenario.
    fn claim(path: &Path, earlier: Earlier) -> Result<RunFolder<'static>, FolderError> {
        static SCENARIO: LazyLock<Scenario> = LazyLock::new(|| scenario(1));
        RunFolder::claim(path, &SCENARIO, earlier)
    }

    /// Finishes the first passes of the invented model.
    fn finish_passes(folder: &RunFolder, n: usize) {
        let scenario = scenario(1);
        let design = Design::new(&scenario);
        for key in design.in_starting_order().take(n) {
            let setting = design.unstaffed(key);
            let (seed, replication) = (scenario.seed, key.replication);
            let pass = invented(&setting, seed, replication);
            let id = PassId::of(&setting, seed, replication);
            folder.store().keep(&id, &pass).unwrap();
        }
    }

    /// What is drawn of a run stands in its folder under these names.
    fn drawn(_: &Path) -> Result<Vec<File>, FolderError> {
        let names = [
            "charts/nl/flows.svg",
            "report.html",
            "tabellen.xlsx",
            "tables.xlsx",
        ];
        Ok(Vec::from(names.map(|name| File {
            name: name.to_owned(),
            contents: b"drawn".to_vec(),
        })))
    }

    fn write(path: &Path, earlier: Earlier) -> Result<Placed, FolderError> {
        let scenario = scenario(1);
        let mut folder = claim(path, earlier)?;
        finish_passes(&folder, 3);
        let outcome = outcome(&scenario);
        let manifest = Manifest::of(&scenario, &outcome, &warnings(&scenario, &outcome));
        folder.write(
            &manifest,
            "x = 1\n",
            tables(&scenario, &outcome),
            &[],
            Some(&drawn),
        )
    }

    fn names(path: &Path) -> Vec<String> {
        let entries = fs::read_dir(path).unwrap();
        let mut names: Vec<_> = entries
            .map(|entry| entry.unwrap().file_name().into_string().unwrap())
            .collect();
        names.sort();
        names
    }

    #[test]
    fn a_run_is_replaced_when_asked_and_what_is_somebodys_own_stays_in_it() {
        let home = tempfile::tempdir().unwrap();
        let path = home.path().join("deep/run");
        assert!(!write(&path, NOTHING).unwrap().is_replacement);
        let stray = path.join("stray.csv");
        fs::write(&stray, "own").unwrap();
        fs::write(path.join("charts/nl/gone.svg"), "old").unwrap();
        for earlier in [NOTHING, RESUME] {
            write(&path, earlier).unwrap_err();
            assert!(stray.exists());
        }
        let placed = write(&path, REPLACE).unwrap();
        assert!(placed.is_replacement && placed.own == [Path::new("stray.csv")]);
        assert_eq!(fs::read_to_string(&stray).unwrap(), "own");
        assert!(!path.join("charts/nl/gone.svg").exists());
        fs::remove_file(stray).unwrap();
        assert_eq!(
            names(&path),
            [
                "charts",
                "columns.csv",
                "distributions.csv",
                "evidence.csv",
                "flows.csv",
                "kpis.csv",
                "manifest.json",
                "paired.csv",
                "queues.csv",
                "replications.csv",
                "report.html",
                "routes.csv",
                "scenario.toml",
                "series.csv",
                "staffing.csv",
                "tabellen.xlsx",
                "tables.xlsx",
                "teams.csv",
                "warm_up.csv"
            ]
        );
        assert_eq!(names(&home.path().join("deep")), ["run"]);
    }

    #[test]
    fn a_folder_of_something_else_is_left_alone() {
        let home = tempfile::tempdir().unwrap();
        // Whose manifest somebody has copied.
        let real = home.path().join("real");
        write(&real, NOTHING).unwrap();
        let copied = fs::read_to_string(real.join(MANIFEST)).unwrap();
        fs::remove_dir_all(real).unwrap();
        for manifest in [
            None,
            Some("{}"),
            Some("[1]"),
            Some("{\"program\": \"rvtsim\"}"),
            Some(&copied),
        ] {
            let path = home.path().join("mine");
            fs::create_dir_all(&path).unwrap();
            fs::write(path.join("letter.txt"), "dear").unwrap();
            if let Some(text) = manifest {
                fs::write(path.join(MANIFEST), text).unwrap();
            }
            for earlier in [NOTHING, REPLACE] {
                let error = write(&path, earlier).unwrap_err();
                assert!(matches!(error, FolderError::Foreign { .. }), "{error}");
                assert_eq!(fs::read_to_string(path.join("letter.txt")).unwrap(), "dear");
                assert_eq!(names(home.path()), ["mine"]);
            }
        }
        let path = home.path().join("mine/letter.txt");
        let error = write(&path, REPLACE).unwrap_err();
        assert!(matches!(error, FolderError::Foreign { .. }), "{error}");
    }

    #[test]
    fn a_folder_of_something_else_where_passes_would_come_is_left_alone() {
        let home = tempfile::tempdir().unwrap();
        let partial = home.path().join("run.partial");
        let refused = || {
            for earlier in [NOTHING, RESUME, REPLACE] {
                let error = write(&home.path().join("run"), earlier).unwrap_err();
                assert!(matches!(error, FolderError::ForeignPasses(_)), "{error}");
            }
        };
        fs::write(&partial, "dear").unwrap();
        refused();
        fs::remove_file(&partial).unwrap();
        fs::create_dir(&partial).unwrap();
        fs::write(partial.join("letter.txt"), "dear").unwrap();
        refused();
        fs::write(partial.join(PASSES), "dear").unwrap();
        refused();
        assert_eq!(names(&partial), ["letter.txt", PASSES]);
        assert_eq!(fs::read_to_string(partial.join(PASSES)).unwrap(), "dear");
    }

    #[test]
    fn finished_passes_are_dropped_only_when_asked() {
        let home = tempfile::tempdir().unwrap();
        let path = home.path().join("run");
        let error = claim(&path, RESUME).unwrap_err();
        assert!(matches!(error, FolderError::NothingToResume(_)), "{error}");
        finish_passes(&claim(&path, NOTHING).unwrap(), 2);
        match claim(&path, NOTHING).unwrap_err() {
            FolderError::Unfinished {
                kept:
                    Kept {
                        points: 0,
                        passes: 2,
                    },
                ..
            } => {}
            error => panic!("{error}"),
        }
        let folder = claim(&path, RESUME).unwrap();
        assert_eq!(folder.n_kept(), 2);
        let error = claim(&path, REPLACE).unwrap_err();
        assert!(matches!(error, FolderError::Busy(_)), "{error}");
        drop(folder);
        assert_eq!(claim(&path, REPLACE).unwrap().n_kept(), 0);
        assert!(names(home.path()).is_empty(), "none was finished");
    }

    #[test]
    fn passes_of_other_input_are_not_gone_on_with() {
        let home = tempfile::tempdir().unwrap();
        let path = home.path().join("run");
        finish_passes(&claim(&path, NOTHING).unwrap(), 2);
        let mut other = scenario(1);
        other.seed = 99;
        for earlier in [NOTHING, RESUME] {
            let error = RunFolder::claim(&path, &other, earlier).unwrap_err();
            let FolderError::Changed { changes, .. } = error else {
                panic!("{error}");
            };
            let told: Vec<String> = changes.iter().map(|one| one.text(Lang::En)).collect();
            assert_eq!(told, [format!("seed was {}, is 99", scenario(1).seed)]);
        }
        assert_eq!(claim(&path, RESUME).unwrap().n_kept(), 2);
        let folder = RunFolder::claim(&path, &other, REPLACE).unwrap();
        assert_eq!(folder.n_kept(), 0);
    }

    #[test]
    fn wherever_writing_is_cut_off_nothing_is_lost() {
        let home = tempfile::tempdir().unwrap();
        let (path, partial) = (home.path().join("run"), home.path().join("run.partial"));
        write(&path, NOTHING).unwrap();
        finish_passes(&claim(&path, REPLACE).unwrap(), 3);
        // While it was being filled.
        fs::create_dir(partial.join(NEW)).unwrap();
        fs::write(partial.join(NEW).join("kpis.csv"), "half").unwrap();
        drop(claim(&path, REPLACE_AND_RESUME).unwrap());
        // The earlier run has stepped aside, the new one is not there yet.
        fs::rename(&path, partial.join(OLD)).unwrap();
        assert!(matches!(
            claim(&path, NOTHING),
            Err(FolderError::Unfinished { .. })
        ));
        assert!(path.join(MANIFEST).exists(), "it is put back");
        // The new one is there, what stood beside it is not gone yet.
        copy(&path, &partial.join(OLD));
        assert_eq!(claim(&path, RESUME).unwrap().n_kept(), 3);
        assert!(write(&path, RESUME).unwrap().is_replacement);
        assert_eq!(names(home.path()), ["run"]);
        // Only the folder of passes is left, or the beginning of its file.
        for text in [None, Some(""), Some("rvtsim fin")] {
            fs::create_dir(&partial).unwrap();
            if let Some(text) = text {
                fs::write(partial.join(PASSES), text).unwrap();
            }
            assert!(matches!(
                claim(&path, NOTHING),
                Err(FolderError::Finished(_))
            ));
            assert_eq!(names(home.path()), ["run"]);
        }
    }

    fn copy(from: &Path, to: &Path) {
        fs::create_dir(to).unwrap();
        for name in names(from) {
            let (from, to) = (from.join(&name), to.join(&name));
            if from.is_dir() {
                copy(&from, &to);
            } else {
                fs::copy(from, to).unwrap();
            }
        }
    }

    #[test]
    fn a_path_without_a_name_is_refused() {
        for path in ["/", "..", "a/.."] {
            let error = claim(Path::new(path), REPLACE).unwrap_err();
            assert!(matches!(error, FolderError::NoName(_)), "{path}: {error}");
            assert!(error.is_request());
        }
    }
}
