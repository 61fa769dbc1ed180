//! What runs have shown, one beside the other.

use std::collections::BTreeMap;
use std::path::{Path, PathBuf};

use sha2::{Digest, Sha256};

use super::agreement::Agreement;
use super::contrast::{Contrast, contrasts};
use crate::experiment::{Figures, Pairing, between};
use crate::model::KPIS;
use crate::report::Lang;
use crate::report::finding::verdict::Verdict;
use crate::report::folder::manifest::{Beside, Form, MOST_BYTES, Manifest, Named};
use crate::report::folder::written::BESIDE;
use crate::report::record::name::MANIFEST;
use crate::report::record::reading::ReadingError;
use crate::report::run::reading::Run;
use crate::report::words::changed::Changed;
use crate::report::words::phrase::phrase;
use crate::scenario::{Folder, said, setting_name};
use crate::stats::Estimate;

/// Runs side by side.
#[derive(Clone, PartialEq, Debug)]
pub struct SideBySide {
    pub(crate) sides: Vec<Side>,
    /// Every form of some run, in the order in which they come.
    pub(crate) forms: Vec<Form>,
    /// Every region of some run, and last all together.
    pub(crate) places: Vec<String>,
    /// What differs in their inputs.
    pub(crate) contrasts: Vec<Contrast>,
    pub(crate) cells: BTreeMap<(usize, Spot), Cell>,
}

/// One of the runs.
#[derive(Clone, PartialEq, Debug)]
pub(crate) struct Side {
    /// Its name in the table.
    pub key: String,
    /// What people read.
    pub nl: String,
    pub en: String,
    /// The run with which it is compared; none for the first.
    pub with: Option<usize>,
    /// Runs of one group say together whether something holds in all of them.
    pub group: usize,
    /// Key of the form with which its others are compared.
    pub baseline: String,
    pub replications: u32,
    /// Whether each replication ran in a world of its own.
    pub has_worlds: bool,
    /// What a variant changes.
    pub changed: Vec<Changed>,
    /// Which queues find no rest, in both languages, as far as that is known.
    pub growing: Vec<[String; 2]>,
}

/// A figure: form, place and KPI by their numbers.
#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Debug)]
pub(crate) struct Spot {
    pub form: usize,
    pub place: usize,
    pub kpi: usize,
}

/// What a run has shown of a figure.
#[derive(Clone, Copy, PartialEq, Debug)]
pub(crate) struct Cell {
    /// As kpis.csv has it, whether it stands or not.
    pub value: Option<Estimate>,
    /// Whether it grows without end.
    pub grows: bool,
    /// Difference from the run with which this one is compared; none where either grows without end.
    pub difference: Option<Estimate>,
    /// Whether that is one of the same families, replication by replication.
    pub is_paired: bool,
    /// What the form shows against the baseline of its own run; none for the baseline itself.
    pub verdict: Option<Verdict>,
}

/// A run that is to stand beside others.
pub(crate) struct Asked<'a> {
    pub run: &'a Run,
    pub side: Side,
}

impl SideBySide {
    /// Reads finished runs; each further one is compared with the first. Of one that holds several
    /// settings, these stand side by side.
    ///
    /// # Errors
    ///
    /// When one of the folders holds no whole run.
    pub fn read(folders: &[PathBuf]) -> Result<Self, ReadingError> {
        let there: Vec<Folder> = folders.iter().map(|one| Folder::on_disk(one)).collect();
        SideBySide::read_in(&there)
    }

    /// The same of folders that need not be on disk.
    ///
    /// # Errors
    ///
    /// As [`SideBySide::read`].
    pub(crate) fn read_in(folders: &[Folder]) -> Result<Self, ReadingError> {
        let runs = folders.iter().map(Run::read_in);
        let runs: Vec<Run> = runs.collect::<Result<_, _>>()?;
        if let [run] = &runs[..] {
            return SideBySide::of_settings_of(run, &run.manifest.beside);
        }
        let paths = folders.iter().map(|one| one.path().to_owned());
        let names = names(&paths.collect::<Vec<_>>());
        let asked = runs.iter().zip(names).enumerate();
        let asked = asked.map(|(number, (run, key))| Asked {
            run,
            side: Side {
                nl: run.manifest.scenario.nl.clone(),
                en: run.manifest.scenario.en.clone(),
                key,
                with: (number > 0).then_some(0),
                group: 0,
                baseline: run.manifest.baseline.clone(),
                replications: run.manifest.replications,
                has_worlds: !run.manifest.doubt.is_empty(),
                changed: Vec::new(),
                growing: growing(&run.manifest),
            },
        });
        SideBySide::of(&asked.collect::<Vec<_>>())
    }

    /// Puts the settings of a scenario side by side: the run in a folder, and these runs in it.
    pub(crate) fn of_settings(folder: &Path, beside: &[Beside]) -> Result<Self, ReadingError> {
        SideBySide::of_settings_of(&Run::read(folder)?, beside)
    }

    fn of_settings_of(run: &Run, beside: &[Beside]) -> Result<Self, ReadingError> {
        let folder = run.folder.folder(BESIDE);
        let others = beside
            .iter()
            .map(|one| Run::read_in(&folder.folder(&one.key)));
        let others: Vec<Run> = others.collect::<Result<_, _>>()?;
        let sides = sides(&run.manifest, beside);
        let runs = [run].into_iter().chain(&others);
        let asked = runs.zip(sides).map(|(run, side)| {
            let growing = growing(&run.manifest);
            let side = Side { growing, ..side };
            Asked { run, side }
        });
        let asked: Vec<Asked> = asked.collect();
        SideBySide::of(&asked)
    }

    /// Reads back how the settings of a scenario stand side by side; none where it has one.
    pub(crate) fn beside(
        folder: &Folder,
        manifest: &Manifest,
        together: &str,
    ) -> Result<Option<Self>, ReadingError> {
        if manifest.beside.is_empty() {
            return Ok(None);
        }
        for one in &manifest.beside {
            let path = folder.join(BESIDE).join(&one.key).join(MANIFEST);
            let found = folder.files().read_text(&path, MOST_BYTES);
            let found = found.map(|text| format!("{:x}", Sha256::digest(text)));
            let fact = match found {
                Ok(found) if found == one.sha256 => continue,
                Ok(_) => said!("it does not belong to the run beside which it stands"),
                Err(_) => said!("this file is missing, and the run says that it stands beside it"),
            };
            return Err(ReadingError::Broken { path, fact });
        }
        let sides = sides(manifest, &manifest.beside).into_iter();
        let sides = sides.map(|side| (side, manifest));
        SideBySide::empty(sides, together).fill(folder).map(Some)
    }

    /// Whether there is one run only.
    pub fn is_alone(&self) -> bool {
        self.sides.len() < 2
    }

    /// Puts runs side by side.
    fn of(asked: &[Asked]) -> Result<Self, ReadingError> {
        let figures = asked.iter().map(|one| one.run.figures());
        let figures: Vec<Figures> = figures.collect::<Result<_, _>>()?;
        let first = asked.first().map(|one| one.run);
        let together = first.map_or("", |run| &run.places[run.merged()]);
        let mut found = SideBySide {
            contrasts: contrasts(&asked.iter().map(|one| one.run).collect::<Vec<_>>()),
            ..SideBySide::empty(
                asked
                    .iter()
                    .map(|one| (one.side.clone(), &one.run.manifest)),
                together,
            )
        };
        for (number, one) in asked.iter().enumerate() {
            for spot in found.spots() {
                if let Some(cell) = cell(asked, &figures, number, &found, spot) {
                    found.cells.insert((number, spot), cell);
                }
            }
            debug_assert!(one.side.with.is_none_or(|with| with < number));
        }
        Ok(found)
    }

    /// Runs of which the forms and places are known, and nothing else yet.
    pub(crate) fn empty<'a>(
        sides: impl Iterator<Item = (Side, &'a Manifest)>,
        together: &str,
    ) -> Self {
        let mut found = SideBySide {
            sides: Vec::new(),
            forms: Vec::new(),
            places: Vec::new(),
            contrasts: Vec::new(),
            cells: BTreeMap::new(),
        };
        for (side, manifest) in sides {
            found.sides.push(side);
            for form in &manifest.forms {
                if !(found.forms.iter()).any(|one| one.named.key == form.named.key) {
                    found.forms.push(form.clone());
                }
            }
            for region in &manifest.regions {
                if !found.places.contains(region) {
                    found.places.push(region.clone());
                }
            }
        }
        found.places.push(together.to_owned());
        found
    }

    /// Every figure that a run may have.
    pub(crate) fn spots(&self) -> Vec<Spot> {
        let places = 0..self.places.len();
        let forms = 0..self.forms.len();
        let pairs = forms.flat_map(|form| places.clone().map(move |place| (form, place)));
        let spots = pairs
            .flat_map(|(form, place)| (0..KPIS.len()).map(move |kpi| Spot { form, place, kpi }));
        spots.collect()
    }

    /// The place that is all regions together.
    pub(crate) fn merged(&self) -> usize {
        self.places.len() - 1
    }

    pub(crate) fn cell(&self, side: usize, spot: Spot) -> Option<&Cell> {
        self.cells.get(&(side, spot))
    }

    /// Every figure of a run, all regions together.
    pub(crate) fn cells_of(&self, side: usize) -> impl Iterator<Item = &Cell> {
        let place = self.merged();
        let all = self.cells.iter();
        let own = all.filter(move |((one, spot), _)| *one == side && spot.place == place);
        own.map(|(_, cell)| cell)
    }

    /// Runs that say together whether something holds.
    pub(crate) fn group(&self, group: usize) -> Vec<usize> {
        let sides = self.sides.iter().enumerate();
        sides
            .filter(|(_, side)| side.group == group)
            .map(|(number, _)| number)
            .collect()
    }

    /// Whether what a form shows against the baseline holds in all runs of a group; none where there is one
    /// run only, or some run does not have it.
    pub(crate) fn agreement(&self, group: usize, spot: Spot) -> Option<Agreement> {
        let sides = self.group(group);
        if sides.len() < 2 {
            return None;
        }
        let verdicts = sides.iter().map(|&side| self.cell(side, spot)?.verdict);
        let verdicts: Vec<Verdict> = verdicts.collect::<Option<_>>()?;
        Agreement::of(&verdicts)
    }
}

/// The settings of a scenario as they stand side by side. A belief set is compared with the first, a variant
/// with the same belief set without it; what the belief sets say together is asked of each variant apart.
fn sides(manifest: &Manifest, beside: &[Beside]) -> Vec<Side> {
    let own = (&manifest.belief, manifest.variant.as_ref());
    let all = beside.iter().map(|one| (&one.belief, one.variant.as_ref()));
    let all: Vec<(&Named, Option<&Named>)> = [own].into_iter().chain(all).collect();
    let variants: Vec<&Named> = all.iter().filter_map(|(_, variant)| *variant).collect();
    let is_one_belief = all.iter().all(|(belief, _)| belief.key == all[0].0.key);
    let side = |(number, &(belief, variant)): (usize, &(&Named, Option<&Named>))| {
        let is_base = |other: &(&Named, Option<&Named>)| {
            other.1.is_none() && (variant.is_none() || other.0.key == belief.key)
        };
        let with = all.iter().position(is_base).filter(|&with| with < number);
        let own = variant.map(|variant| &variant.key);
        let group = variants.iter().position(|one| Some(&one.key) == own);
        let name = |lang: Lang| {
            let of = |named: &Named| lang.pick(&named.nl, &named.en).to_owned();
            match variant {
                None if is_one_belief => phrase("side_without", lang).to_owned(),
                Some(variant) if is_one_belief => of(variant),
                None => of(belief),
                Some(variant) => format!("{} · {}", of(belief), of(variant)),
            }
        };
        Side {
            key: setting_name(&belief.key, variant.map(|one| one.key.as_str())),
            nl: name(Lang::Nl),
            en: name(Lang::En),
            with,
            group: group.map_or(0, |place| place + 1),
            baseline: manifest.baseline.clone(),
            replications: manifest.replications,
            has_worlds: !manifest.doubt.is_empty(),
            // The run itself is the first, and what it changes stands above all else.
            changed: number.checked_sub(1).map_or(Vec::new(), |place| {
                let own = beside[place].changed.iter();
                let own = own.filter(|one| variant.is_some() && !manifest.changed.contains(one));
                own.cloned().collect()
            }),
            growing: Vec::new(),
        }
    };
    all.iter().enumerate().map(side).collect()
}

/// The figure of a run, and its difference from the run with which that is compared.
fn cell(
    asked: &[Asked],
    figures: &[Figures],
    number: usize,
    found: &SideBySide,
    spot: Spot,
) -> Option<Cell> {
    let run = asked[number].run;
    let (form, place) = own(run, found, spot)?;
    let kpi = spot.kpi;
    let grows = run.grows(form, place, kpi);
    let mut cell = Cell {
        value: run.as_written(form, place, kpi),
        grows,
        difference: None,
        is_paired: false,
        verdict: (form != run.baseline()).then(|| Verdict::of_kpi(run, form, place, kpi)),
    };
    let with = asked[number].side.with;
    let other = with.and_then(|with| Some((with, own(asked[with].run, found, spot)?)));
    if let Some((with, (other_form, other_place))) = other {
        let base = asked[with].run;
        let pairing = pairing(run, base, spot.place == found.merged());
        cell.is_paired = pairing != Pairing::None;
        let n = asked
            .iter()
            .filter(|one| one.side.with == Some(with))
            .count();
        // What grows without end has no value in these.
        let here = values(&figures[number], run, form, place, kpi);
        let there = values(&figures[with], base, other_form, other_place, kpi);
        cell.difference = match grows || base.grows(other_form, other_place, kpi) {
            true => None,
            false => between(&here, &there, pairing, n),
        };
    }
    Some(cell)
}

/// What a manifest says of queues that find no rest.
fn growing(manifest: &Manifest) -> Vec<[String; 2]> {
    let warnings = manifest.warnings.iter();
    let own = warnings.filter(|one| one.code == "unstable_queue");
    own.map(|one| [one.nl.clone(), one.en.clone()]).collect()
}

/// Form and place by their numbers in a run, if it has them.
fn own(run: &Run, found: &SideBySide, spot: Spot) -> Option<(usize, usize)> {
    let key = &found.forms[spot.form].named.key;
    let form = run.forms().iter().position(|one| one.named.key == *key)?;
    let place = match spot.place == found.merged() {
        true => run.merged(),
        false => {
            let name = &found.places[spot.place];
            let mut regions = run.manifest.regions.iter();
            regions.position(|region| region == name)?
        }
    };
    Some((form, place))
}

/// Whether two runs met the same families and chances, replication by replication.
fn pairing(one: &Run, other: &Run, is_together: bool) -> Pairing {
    let (one, other) = (&one.manifest, &other.manifest);
    let are_pairs = one.seed == other.seed
        && one.replications == other.replications
        && one.doubt == other.doubt
        && (!is_together || one.regions == other.regions);
    match are_pairs {
        false => Pairing::None,
        true if one.doubt.is_empty() => Pairing::Replication,
        true => Pairing::World,
    }
}

fn values(figures: &Figures, run: &Run, form: usize, place: usize, kpi: usize) -> Vec<Option<f64>> {
    match place == run.merged() {
        true => figures.together[form].iter().map(|all| all[kpi]).collect(),
        false => {
            let all = figures.by_region[form].iter();
            all.map(|regions| regions[place][kpi]).collect()
        }
    }
}

/// Names of folders: the last part of each, or the whole where two would be the same.
fn names(folders: &[PathBuf]) -> Vec<String> {
    let whole = |path: &PathBuf| path.display().to_string();
    let last = |path: &PathBuf| match path.file_name() {
        Some(name) => name.to_string_lossy().into_owned(),
        None => whole(path),
    };
    let name = |path: &PathBuf| {
        let short = last(path);
        let n = folders.iter().filter(|other| last(other) == short).count();
        if n == 1 { short } else { whole(path) }
    };
    folders.iter().map(name).collect()
}

#[cfg(test)]
mod tests {
    use std::fs;

    use tempfile::TempDir;

    use super::*;
    use crate::experiment::fixture::{growing_outcome, handovers, outcome, outcome_of, scenario};
    use crate::model::{Pass, Setting};
    use crate::report::comparison_tables;
    use crate::report::figure::picture::row;
    use crate::report::run::reading::tests::written_of;
    use crate::scenario::Scenario;

    /// A run of a model in which every form but the first has this many handovers, and chance beside.
    fn run(scenario: &Scenario, extra: f64) -> (TempDir, PathBuf) {
        let model = |setting: &Setting, _: u64, replication: u32| -> Pass {
            let chance = f64::from(replication * replication);
            match setting.form.key.as_str() {
                "v0_estafette" => handovers(setting, chance),
                _ => handovers(setting, chance + extra),
            }
        };
        written_of(scenario, &outcome_of(scenario, model))
    }

    fn spot(found: &SideBySide, form: usize) -> Spot {
        Spot {
            form,
            place: found.merged(),
            kpi: row("handovers_per_case"),
        }
    }

    #[test]
    fn the_same_families_are_compared_run_by_run() {
        let scenario = scenario(3);
        let runs = [run(&scenario, 2.0), run(&scenario, 5.0)];
        let folders = [runs[0].1.clone(), runs[1].1.clone()];
        let found = SideBySide::read(&folders).unwrap();
        assert!(found.contrasts.is_empty());
        let cell = found.cell(1, spot(&found, 1)).unwrap();
        let difference = cell.difference.unwrap();
        assert!(cell.is_paired && difference.n == 3);
        assert_eq!(
            (difference.low, difference.mean, difference.high),
            (3.0, 3.0, 3.0)
        );
        let first = found.cell(0, spot(&found, 1)).unwrap();
        assert_eq!(
            (first.difference, first.verdict),
            (None, Some(Verdict::Higher))
        );
        assert_eq!(found.cell(1, spot(&found, 0)).unwrap().verdict, None);
        assert_eq!(found.agreement(0, spot(&found, 1)), Some(Agreement::Higher));
        let less = run(&scenario, -5.0);
        let found = SideBySide::read(&[folders[0].clone(), less.1.clone()]).unwrap();
        assert_eq!(
            found.agreement(0, spot(&found, 1)),
            Some(Agreement::Depends)
        );
    }

    #[test]
    fn other_chance_makes_samples_of_their_own_and_is_said() {
        let one = scenario(3);
        let other = Scenario {
            seed: 8,
            ..one.clone()
        };
        let runs = [run(&one, 2.0), run(&other, 5.0)];
        let found = SideBySide::read(&[runs[0].1.clone(), runs[1].1.clone()]).unwrap();
        let cell = found.cell(1, spot(&found, 1)).unwrap();
        assert!(!cell.is_paired);
        assert!(cell.difference.unwrap().low < 0.0);
        let names: Vec<&str> = (found.contrasts.iter())
            .map(|one| one.name(crate::report::Lang::En))
            .collect();
        assert_eq!(names, ["seed"]);
    }

    #[test]
    fn what_grows_without_end_has_no_difference_and_no_direction() {
        let scenario = scenario(3);
        let calm = written_of(&scenario, &outcome(&scenario));
        let growing = growing_outcome(&scenario, "v1_expertnetwerk");
        let growing = written_of(&scenario, &growing);
        for folders in [[&calm, &growing], [&growing, &calm]] {
            let folders = folders.map(|(_, path)| path.clone());
            let found = SideBySide::read(&folders).unwrap();
            let cell = found.cell(1, spot(&found, 1)).unwrap();
            assert_eq!(cell.difference, None);
            assert_eq!(found.agreement(0, spot(&found, 1)), Some(Agreement::Grows));
            let other = found.cell(1, spot(&found, 2)).unwrap();
            assert!(other.difference.is_some());
        }
    }

    #[test]
    fn a_table_brings_back_what_was_compared() {
        let scenario = scenario(3);
        let growing = growing_outcome(&scenario, "v1_expertnetwerk");
        let runs = [
            written_of(&scenario, &outcome(&scenario)),
            written_of(&scenario, &growing),
        ];
        let folders = [runs[0].1.clone(), runs[1].1.clone()];
        let found = SideBySide::read(&folders).unwrap();
        let home = tempfile::tempdir().unwrap();
        for table in comparison_tables(&found) {
            let path = home.path().join(format!("{}.csv", table.name));
            fs::write(path, table.to_csv()).unwrap();
        }
        let empty = SideBySide {
            cells: BTreeMap::new(),
            ..found.clone()
        };
        let read = empty.clone().fill(&Folder::on_disk(home.path())).unwrap();
        assert_eq!(read.cells.len(), found.cells.len());
        for (at, cell) in &found.cells {
            let back = &read.cells[at];
            assert_eq!((back.grows, back.verdict), (cell.grows, cell.verdict));
            let near = |one: Option<Estimate>, other: Option<Estimate>| match (one, other) {
                (Some(one), Some(other)) => (one.mean - other.mean).abs() <= 1e-5 * one.mean.abs(),
                (one, other) => one.is_none() && other.is_none(),
            };
            assert!(near(back.value, cell.value) && near(back.difference, cell.difference));
        }
        let file = home.path().join("compare.csv");
        let text = fs::read_to_string(&file).unwrap();
        let lines: Vec<&str> = text.lines().collect();
        fs::write(&file, lines[..lines.len() - 1].join("\n")).unwrap();
        assert!(
            empty
                .fill(&Folder::on_disk(home.path()))
                .unwrap_err()
                .to_string()
                .contains("missing")
        );
    }

    #[test]
    fn runs_are_named_by_their_folders() {
        let paths = ["results/a", "results/b", "other/b"].map(PathBuf::from);
        assert_eq!(names(&paths), ["a", "results/b", "other/b"]);
    }
}
