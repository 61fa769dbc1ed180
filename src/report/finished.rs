//! A finished run, and a finished sweep, as they stand in their folders.

use std::collections::BTreeMap;
use std::fs;
use std::path::{Path, PathBuf};

use serde::Deserialize;

use crate::experiment::{Figures, Sweep, SweepPoint};
use crate::model::{KPIS, Label};

/// Why a folder cannot be read.
#[derive(Debug, thiserror::Error)]
pub enum FinishedError {
    /// A file is not there, or cannot be read.
    #[error("cannot read {}: {source}\ngive the folder of a finished {what}", path.display())]
    Unreadable {
        /// The file.
        path: PathBuf,
        /// What the folder should hold.
        what: &'static str,
        /// Why not.
        source: std::io::Error,
    },
    /// A file is not what this program writes.
    #[error("{} is not a table or manifest of this program: {fault}", path.display())]
    Foreign {
        /// The file.
        path: PathBuf,
        /// What is wrong with it.
        fault: String,
    },
}

/// Values of the KPIs, by their row in the table of KPIs.
type Kpis = Vec<Option<f64>>;

/// A finished run.
#[derive(Clone, PartialEq, Debug)]
pub struct FinishedRun {
    /// Its folder.
    pub path: PathBuf,
    /// Key of the scenario.
    pub key: String,
    /// Its belief set.
    pub belief: Label,
    /// Where its chance comes from.
    pub seed: u64,
    /// Names of its regions.
    pub regions: Vec<String>,
    /// How many warnings it ended with.
    pub n_warnings: usize,
    /// What it has shown.
    pub figures: Figures,
    /// Its manifest, word for word.
    pub manifest: String,
}

#[derive(Deserialize)]
struct ManifestFile {
    scenario: Named,
    seed: u64,
    belief: Named,
    baseline: String,
    forms: Vec<Named>,
    regions: Vec<String>,
    warnings: Vec<serde_json::Value>,
}

#[derive(Deserialize)]
struct Named {
    key: String,
    nl: String,
    en: String,
}

impl FinishedRun {
    /// Reads a run folder.
    ///
    /// # Errors
    ///
    /// When something in it is not as `rvtsim run` writes it.
    pub fn read(folder: &Path) -> Result<Self, FinishedError> {
        let path = folder.join("manifest.json");
        let manifest = text(&path, "run")?;
        let foreign = |fault: String| FinishedError::Foreign {
            path: path.clone(),
            fault,
        };
        let found: ManifestFile =
            serde_json::from_str(&manifest).map_err(|error| foreign(error.to_string()))?;
        let forms: Vec<String> = found.forms.into_iter().map(|form| form.key).collect();
        let baseline = forms.iter().position(|form| *form == found.baseline);
        let table = Long::read(
            &folder.join("replications.csv"),
            "run",
            "replication",
            &forms,
        )?;
        let mut together = Vec::new();
        let mut by_region = Vec::new();
        for (form, key) in forms.iter().enumerate() {
            let mut of_form = (Vec::new(), Vec::new());
            for replication in table.numbers(form) {
                let kpis = |region: &str| table.kpis(form, &replication, region);
                let regions = found.regions.iter();
                let regions: Vec<Kpis> = regions.filter_map(|one| kpis(one)).collect();
                let all = ["NL", "totaal"].into_iter().find_map(kpis);
                of_form.0.push(all.ok_or_else(|| {
                    foreign(format!("{} has no row of all regions together", key))
                })?);
                of_form.1.push(regions);
            }
            together.push(of_form.0);
            by_region.push(of_form.1);
        }
        Ok(FinishedRun {
            path: folder.to_owned(),
            key: found.scenario.key,
            belief: Label {
                nl: found.belief.nl,
                en: found.belief.en,
            },
            seed: found.seed,
            regions: found.regions,
            n_warnings: found.warnings.len(),
            figures: Figures {
                baseline: baseline
                    .ok_or_else(|| foreign("its baseline is none of its forms".to_owned()))?,
                forms,
                together,
                by_region,
            },
            manifest,
        })
    }
}

/// Reads the folder of a sweep of the same forms: `design.csv`, a row for every point and a column
/// for every parameter, and `results.csv`, long.
///
/// # Errors
///
/// When something in it is not as `rvtsim sweep` writes it.
pub fn read_sweep(folder: &Path, forms: &[String]) -> Result<Sweep, FinishedError> {
    let path = folder.join("design.csv");
    let foreign = |fault: String| FinishedError::Foreign {
        path: path.clone(),
        fault,
    };
    let design = text(&path, "sweep")?;
    let mut design = csv::Reader::from_reader(design.as_bytes());
    let header = design
        .headers()
        .map_err(|error| foreign(error.to_string()))?;
    let mut names = header.iter().map(str::to_owned);
    if names.next().as_deref() != Some("point") {
        return Err(foreign("its first column is not `point`".to_owned()));
    }
    let parameters: Vec<String> = names.collect();
    let table = Long::read(&folder.join("results.csv"), "sweep", "point", forms)?;
    let mut points = Vec::new();
    for row in design.records() {
        let row = row.map_err(|error| foreign(error.to_string()))?;
        let factors = row.iter().skip(1).map(|field| field.parse::<f64>());
        let factors: Result<Vec<f64>, _> = factors.collect();
        let factors = factors.map_err(|error| foreign(error.to_string()))?;
        let of_form = |form: usize| table.all_of(form, &row[0]);
        let together: Vec<Vec<Kpis>> = (0..forms.len()).map(of_form).collect();
        if let Some(form) = together.iter().position(Vec::is_empty) {
            let (point, form) = (&row[0], &forms[form]);
            return Err(foreign(format!(
                "results.csv has no {form} at point {point}"
            )));
        }
        points.push(SweepPoint { factors, together });
    }
    if points.is_empty() {
        return Err(foreign("it has no points".to_owned()));
    }
    Ok(Sweep { parameters, points })
}

fn text(path: &Path, what: &'static str) -> Result<String, FinishedError> {
    fs::read_to_string(path).map_err(|source| FinishedError::Unreadable {
        path: path.to_owned(),
        what,
        source,
    })
}

/// Values of KPIs out of a long table, by form, number and place; `number` is a replication or a
/// point, and `place` a region or a point's replication.
struct Long {
    values: Vec<BTreeMap<(u32, String), Kpis>>,
}

impl Long {
    fn read(
        path: &Path,
        what: &'static str,
        number: &'static str,
        forms: &[String],
    ) -> Result<Self, FinishedError> {
        let foreign = |fault: String| FinishedError::Foreign {
            path: path.to_owned(),
            fault,
        };
        let file = text(path, what)?;
        let mut table = csv::Reader::from_reader(file.as_bytes());
        let header = table
            .headers()
            .map_err(|error| foreign(error.to_string()))?;
        let column = |name: &str| {
            let found = header.iter().position(|column| column == name);
            found.ok_or_else(|| foreign(format!("it has no column `{name}`")))
        };
        let place = if what == "run" {
            "region"
        } else {
            "replication"
        };
        let (form, kpi, value) = (column("form")?, column("kpi")?, column("value")?);
        let (number, place) = (column(number)?, column(place)?);
        let mut values = vec![BTreeMap::new(); forms.len()];
        for row in table.records() {
            let row = row.map_err(|error| foreign(error.to_string()))?;
            let found = forms.iter().position(|one| *one == row[form]);
            let row_of = KPIS.iter().position(|one| one.key == &row[kpi]);
            // Forms and KPIs that this run or this program does not know say nothing here.
            let (Some(found), Some(kpi)) = (found, row_of) else {
                continue;
            };
            let number: u32 = row[number]
                .parse()
                .map_err(|_| foreign(format!("`{}` is no number", &row[number])))?;
            let read = match &row[value] {
                "" => None,
                text => Some(
                    text.parse::<f64>()
                        .map_err(|_| foreign(format!("`{text}` is no number")))?,
                ),
            };
            let key = (number, row[place].to_owned());
            let kpis: &mut Kpis = values[found]
                .entry(key)
                .or_insert_with(|| vec![None; KPIS.len()]);
            kpis[kpi] = read;
        }
        Ok(Long { values })
    }

    fn numbers(&self, form: usize) -> Vec<u32> {
        let mut numbers: Vec<u32> = self.values[form].keys().map(|(n, _)| *n).collect();
        numbers.dedup();
        numbers
    }

    fn kpis(&self, form: usize, number: &u32, place: &str) -> Option<Kpis> {
        let key = (*number, place.to_owned());
        self.values[form].get(&key).cloned()
    }

    /// Every place of a number.
    fn all_of(&self, form: usize, number: &str) -> Vec<Kpis> {
        let own = self.values[form].iter();
        let own = own.filter(|((n, _), _)| n.to_string() == number);
        own.map(|(_, kpis)| kpis.clone()).collect()
    }
}
