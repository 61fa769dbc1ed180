//! A finished run, of which something is to be seen again: its scenario, and whether it is still
//! made from the same.

use std::path::{Component, Path, PathBuf};

use super::folder_error::FolderError;
use super::manifest::Manifest;
use super::origin::Origin;
use super::written::BESIDE;
use crate::report::Lang;
use crate::report::record::reading::ReadingError;
use crate::scenario::{Changes, Folder, Said, Scenario, said, setting_name};

/// Name of the folder in which scenarios are looked for.
const LIBRARY: &str = "scenarios";

/// What a run folder says of how the run was made.
#[derive(Clone, PartialEq, Debug)]
pub struct Repetition {
    folder: PathBuf,
    manifest: Manifest,
}

/// Why nothing of a run can be seen again.
#[derive(Debug, thiserror::Error)]
#[error("{}", self.said().text(Lang::En))]
pub enum RepetitionError {
    /// The folder holds no whole run.
    Reading(#[from] FolderError),
    /// The manifest names no scenario, or one that is not where scenarios are.
    NoScenario(PathBuf),
    /// The scenario is not there.
    Lost {
        /// The run.
        folder: PathBuf,
        /// The scenario, as the manifest names it.
        file: String,
        /// Where it was looked for.
        looked: Vec<PathBuf>,
    },
    /// Something is not as it was.
    Changed {
        /// The run.
        folder: PathBuf,
        /// What has changed since, a line for each.
        changes: Vec<Said>,
    },
    /// The run has fewer replications.
    NoReplication {
        /// The run.
        folder: PathBuf,
        /// How many it has.
        n: u32,
        /// Which was asked for.
        asked: u32,
    },
    /// The run does not hold that setting.
    NoSetting {
        /// The run.
        folder: PathBuf,
        /// Which was asked for.
        asked: String,
        /// Which it has.
        settings: Vec<String>,
    },
    /// The run is of other regions.
    NoRegion {
        /// The run.
        folder: PathBuf,
        /// Which was asked for.
        region: String,
        /// Which it has.
        regions: Vec<String>,
    },
}

impl RepetitionError {
    /// What it says.
    pub fn said(&self) -> Said {
        match self {
            RepetitionError::Reading(error) => error.said(),
            RepetitionError::NoScenario(path) => said!(
                "the manifest of {} does not say from which scenario it was made",
                path.display()
            ),
            RepetitionError::Lost {
                folder,
                file,
                looked,
            } => {
                let looked: Vec<_> = looked.iter().map(|one| one.display().to_string()).collect();
                said!(
                    "the run in {} was made from {}, which is not there\nit was looked for in {}\n\
                     go to the folder that holds the scenarios from which it was made",
                    folder.display(),
                    file,
                    looked.join(", ")
                )
            }
            RepetitionError::Changed { folder, changes } => said!(
                "the run in {} was made from something else, so what would be shown is not what happened in it:\n  {}\n\
                 put back what has changed, or run the scenario again",
                folder.display(),
                Said::joined(changes.iter().cloned(), "\n  ")
            ),
            RepetitionError::NoReplication { folder, n, asked } => said!(
                "the run in {} has no replication {}: the last of it is {}",
                folder.display(),
                asked,
                n
            ),
            RepetitionError::NoSetting {
                folder,
                asked,
                settings,
            } => said!(
                "the run in {} is not of {}, but of {}",
                folder.display(),
                asked,
                settings.join(", ")
            ),
            RepetitionError::NoRegion {
                folder,
                region,
                regions,
            } => said!(
                "the run in {} is not of {}, but of {}",
                folder.display(),
                region,
                regions.join(", ")
            ),
        }
    }
}

impl Repetition {
    /// Reads what a run folder says.
    ///
    /// # Errors
    ///
    /// When it holds no run.
    pub fn read(folder: &Path) -> Result<Self, RepetitionError> {
        let manifest = Manifest::read(&Folder::on_disk(folder))
            .map_err(|error: ReadingError| FolderError::from(error))?;
        let folder = folder.to_owned();
        Ok(Repetition { folder, manifest })
    }

    /// The settings that stand beside each other in the folder, the run itself first.
    pub fn settings(&self) -> Vec<String> {
        let beside = self.manifest.beside.iter().map(|one| one.key.clone());
        [self.setting()].into_iter().chain(beside).collect()
    }

    /// The name of its own: belief set, and variant if it is one.
    pub fn setting(&self) -> String {
        let variant = self.manifest.variant.as_ref();
        setting_name(
            &self.manifest.belief.key,
            variant.map(|one| one.key.as_str()),
        )
    }

    /// The run beside it under this belief set, or its own, and with this variant, or none.
    ///
    /// # Errors
    ///
    /// When there is none.
    pub fn in_setting(
        self,
        belief: Option<&str>,
        variant: Option<&str>,
    ) -> Result<Self, RepetitionError> {
        let asked = setting_name(belief.unwrap_or(&self.manifest.belief.key), variant);
        let settings = self.settings();
        match settings.iter().position(|one| *one == asked) {
            Some(0) => Ok(self),
            Some(_) => Repetition::read(&self.folder.join(BESIDE).join(asked)),
            None => Err(RepetitionError::NoSetting {
                folder: self.folder,
                asked,
                settings,
            }),
        }
    }

    /// What is changed of its scenario where its setting is named.
    pub fn asked_of(&self, changes: Changes) -> Changes {
        let variant = self.manifest.variant.as_ref();
        Changes {
            belief: Some(self.manifest.belief.key.clone()),
            variant: variant.map(|one| one.key.clone()),
            ..changes
        }
    }

    /// The seed of the run.
    pub fn seed(&self) -> u64 {
        self.manifest.seed
    }

    /// The regions of the run.
    pub fn regions(&self) -> &[String] {
        &self.manifest.regions
    }

    /// The file of its scenario: in the folder `scenarios` here, or at or above the run.
    ///
    /// # Errors
    ///
    /// When it is not there, or the manifest names none.
    pub fn scenario_file(&self, here: &Path) -> Result<PathBuf, RepetitionError> {
        let no_scenario = || RepetitionError::NoScenario(self.folder.clone());
        let file = self.manifest.scenario_input().ok_or_else(no_scenario)?;
        // Whatever a manifest says, nothing outside the folder is looked at.
        let is_inside = |part| matches!(part, Component::Normal(_));
        if !Path::new(file).components().all(is_inside) || !file.ends_with(".toml") {
            return Err(no_scenario());
        }
        let folder = std::path::absolute(&self.folder).unwrap_or_else(|_| self.folder.clone());
        let above = folder.ancestors().skip(1).map(|above| above.join(LIBRARY));
        let mut looked: Vec<PathBuf> = vec![here.join(LIBRARY)];
        looked.extend(above.filter(|one| one.is_dir()));
        looked.dedup();
        let mut found = looked.iter().map(|library| library.join(file));
        found
            .find(|path| path.is_file())
            .ok_or_else(|| RepetitionError::Lost {
                folder: self.folder.clone(),
                file: file.to_owned(),
                looked: looked.clone(),
            })
    }

    /// Whether the scenario, with the seed and regions of the run, is still that of the run: the same program,
    /// files, forms, beliefs and period.
    ///
    /// # Errors
    ///
    /// When something is not as it was: what.
    pub fn must_be_of(&self, scenario: &Scenario) -> Result<(), RepetitionError> {
        let then = Origin::of_manifest(&self.manifest);
        let changes = then.changes_to(&Origin::of(scenario).told_like(&then));
        match changes.is_empty() {
            true => Ok(()),
            false => Err(RepetitionError::Changed {
                folder: self.folder.clone(),
                changes,
            }),
        }
    }

    /// Whether the same run still stands in its folder.
    ///
    /// # Errors
    ///
    /// When another has come to its place.
    pub fn must_be_there_still(&self) -> Result<(), RepetitionError> {
        match Manifest::read(&Folder::on_disk(&self.folder)) {
            Ok(now) if now == self.manifest => Ok(()),
            _ => Err(FolderError::Replaced(self.folder.clone()).into()),
        }
    }

    /// Whether the run has that replication, and all of these regions.
    ///
    /// # Errors
    ///
    /// When it has not: which it has.
    pub fn must_have(&self, replication: u32, scenario: &Scenario) -> Result<(), RepetitionError> {
        let (folder, n) = (self.folder.clone(), self.manifest.replications);
        if replication > n {
            return Err(RepetitionError::NoReplication {
                folder,
                n,
                asked: replication,
            });
        }
        let regions = &self.manifest.regions;
        let other = scenario
            .regions
            .iter()
            .find(|one| !regions.contains(&one.name));
        match other {
            None => Ok(()),
            Some(other) => Err(RepetitionError::NoRegion {
                folder,
                region: other.name.clone(),
                regions: regions.clone(),
            }),
        }
    }
}

impl RepetitionError {
    /// Whether the argument itself is wrong, rather than something that stands on the disk.
    pub fn is_request(&self) -> bool {
        match self {
            RepetitionError::Reading(error) => error.is_request(),
            _ => true,
        }
    }
}

impl Manifest {
    /// The scenario among the files that were read, as it is named there.
    pub(crate) fn scenario_input(&self) -> Option<&str> {
        let stem = |file: &str| {
            let name = file.rsplit('/').next().unwrap_or(file);
            name.strip_suffix(".toml").unwrap_or(name).to_lowercase()
        };
        let is_part = |file: &str| file.starts_with("forms/") || file.starts_with("beliefs/");
        let files = self.inputs.iter().map(|input| input.file.as_str());
        let mut files = files.filter(|file| !is_part(file));
        files.find(|file| stem(file) == self.scenario.key)
    }
}
