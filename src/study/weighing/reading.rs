//! A weighing of a run, read back from the folder `weighing` in the run's own.

use std::io;
use std::path::Path;

use super::belief::Believed;
use super::finding::most;
use super::manifest::{Leaf, WeighingManifest};
use super::table::{BelievedRow, CriterionRow, RankRow, TippingRow, WeightRow, WorldRow};
use super::weigh::{CriterionValue, Scope};
use crate::report::folder::manifest::{MOST_BYTES, Named};
use crate::report::folder::sealed::{Sealed, must_be_as_written};
use crate::report::record::name::MANIFEST;
use crate::report::record::reading::Records;
use crate::report::{ReadingError, Run};
use crate::scenario::{Folder, Said, TextHash, said};

/// What the folder of a weighing says.
#[derive(Clone, PartialEq, Debug)]
pub(crate) struct Weighed {
    pub(crate) manifest: WeighingManifest,
    /// Profiles that say different things, the first of those that say the same.
    pub(crate) voices: Vec<Voiced>,
    /// What forms are worth, by form and criterion.
    pub(crate) criteria: Vec<Vec<CriterionValue>>,
    /// Numbers of the criteria of which something is known.
    pub(crate) known: Vec<usize>,
    /// What forms are worth in some draws, by draw, form and place in `known`.
    pub(crate) worlds: Vec<Vec<Vec<f64>>>,
    /// How often forms are first under each belief set, the run's own first; none where it was weighed under one.
    pub(crate) beliefs: Vec<Believed>,
}

/// What a profile makes of the forms.
#[derive(Clone, PartialEq, Debug)]
pub(crate) struct Voiced {
    pub(crate) profile: Named,
    /// Share of draws, by [`Scope`], form and rank.
    pub(crate) ranks: [Vec<Vec<f64>>; 2],
    /// Mean weights, by [`Scope`] and criterion.
    pub(crate) weights: [Vec<f64>; 2],
    /// Where the choice tips, on what is known.
    pub(crate) tips: Vec<Tipped>,
}

/// A weight at which another form comes first.
#[derive(Clone, PartialEq, Debug)]
pub(crate) struct Tipped {
    /// Key of the criterion or the group.
    pub(crate) of: String,
    /// What it weighs on average.
    pub(crate) weight: f64,
    /// Beyond which weight the other form comes first.
    pub(crate) at: f64,
    /// The other form.
    pub(crate) form: usize,
}

impl Voiced {
    /// Share of draws in which a form is first.
    pub(crate) fn first(&self, scope: Scope, form: usize) -> f64 {
        self.ranks[scope as usize][form][0]
    }

    /// The forms that are first most often, more than one where they look level.
    pub(crate) fn most_often(&self, scope: Scope) -> Vec<usize> {
        let ranks = &self.ranks[scope as usize];
        most(ranks.iter().map(|ranks| ranks[0]))
    }
}

impl Weighed {
    /// Reads the weighing of a run from its folder; none if that is not there.
    ///
    /// # Errors
    ///
    /// When the folder is there and does not hold a whole weighing of this run.
    pub(crate) fn read(run: &Run, folder: &Folder) -> Result<Option<Self>, ReadingError> {
        if !folder.exists() {
            return Ok(None);
        }
        let manifest = manifest(run, folder)?;
        let of_form = run.form_keys();
        let forms = of_form.as_slice();
        let keys = manifest.criteria.iter().map(|one| one.named.key.as_str());
        let criteria: Vec<&str> = keys.collect();
        let known = (0..criteria.len()).filter(|&one| manifest.criteria[one].is_known);
        let known: Vec<usize> = known.collect();
        let mut voices = Vec::new();
        let tables = Tables {
            folder,
            forms,
            criteria: &criteria,
        };
        let (ranks, weights) = (tables.ranks()?, tables.weights()?);
        let tips = tables.tips()?;
        for profile in &manifest.profiles {
            if profile.echo_of.is_some() {
                continue;
            }
            let key = &profile.named.key;
            let own = |(name, _): &&(String, Tipped)| name == key;
            voices.push(Voiced {
                ranks: ranks.of(key)?,
                weights: weights.of(key)?,
                tips: tips
                    .iter()
                    .filter(own)
                    .map(|(_, tip)| tip.clone())
                    .collect(),
                profile: profile.named.clone(),
            });
        }
        let found = tables.criteria()?;
        let worlds = tables.worlds(&known)?;
        let is_listed = |one: &Sealed| one.file == "beliefs.csv";
        let beliefs = match manifest.tables.iter().any(is_listed) {
            true => tables.beliefs(run, &manifest)?,
            false => Vec::new(),
        };
        Ok(Some(Weighed {
            voices,
            criteria: found,
            known,
            worlds,
            beliefs,
            manifest,
        }))
    }

    /// The criterion of that number.
    pub(crate) fn leaf(&self, criterion: usize) -> &Leaf {
        &self.manifest.criteria[criterion]
    }

    /// Number of the criterion beside which alone one may be read.
    pub(crate) fn beside(&self, criterion: usize) -> Option<usize> {
        let key = self.leaf(criterion).beside.as_ref()?;
        let mut all = self.manifest.criteria.iter();
        all.position(|one| one.named.key == *key)
    }

    /// Criteria, each that may not be read alone right after the one beside which it may.
    pub(crate) fn in_order(&self, mut criteria: Vec<usize>) -> Vec<usize> {
        criteria.sort_by_key(|&one| self.beside(one).map_or((one, 0), |other| (other, 1)));
        criteria
    }
}

fn manifest(run: &Run, folder: &Folder) -> Result<WeighingManifest, ReadingError> {
    let path = folder.join(MANIFEST);
    let disk = |path: &Path, source: io::Error| ReadingError::Disk {
        path: path.to_owned(),
        source,
    };
    let broken = |fact: Said| ReadingError::Broken {
        path: path.clone(),
        fact,
    };
    let text = folder
        .files()
        .read_text(&path, MOST_BYTES)
        .map_err(|error| match error.kind() {
            io::ErrorKind::NotFound => broken(said!("this file is missing")),
            _ => disk(&path, error),
        })?;
    let manifest: WeighingManifest =
        serde_json::from_str(&text).map_err(|error| broken(Said::of(&error)))?;
    let own = run.folder.join(MANIFEST);
    let own = run
        .folder
        .files()
        .read(&own, MOST_BYTES)
        .map_err(|error| disk(&own, error))?;
    if manifest.run != TextHash::of(&own) {
        return Err(broken(said!("this is a weighing of another run")));
    }
    must_be_as_written(folder, &manifest.tables)?;
    Ok(manifest)
}

/// The tables of the folder, and the names that may stand in them.
struct Tables<'a> {
    folder: &'a Folder,
    forms: &'a [&'a str],
    criteria: &'a [&'a str],
}

/// Numbers by profile and scope, read row by row.
struct ByVoice<T> {
    table: Records,
    found: Vec<(String, Scope, T)>,
}

impl<T: Clone> ByVoice<T> {
    /// Of a profile, by scope.
    fn of(&self, profile: &str) -> Result<[T; 2], ReadingError> {
        let one = |scope: Scope| {
            let mut found = self.found.iter();
            let own = found.find(|(key, own, _)| key == profile && *own == scope);
            let fault = || self.table.broken(said!("rows of {} are missing", profile));
            own.map(|(_, _, value)| value.clone()).ok_or_else(fault)
        };
        Ok([one(Scope::Known)?, one(Scope::All)?])
    }
}

/// What was found of a profile and scope, or what it begins with.
fn at<'f, T>(
    found: &'f mut Vec<(String, Scope, T)>,
    profile: &str,
    scope: Scope,
    begin: impl Fn() -> T,
) -> &'f mut T {
    let place = found
        .iter()
        .position(|(key, own, _)| key == profile && *own == scope);
    let place = place.unwrap_or(found.len());
    if place == found.len() {
        found.push((profile.to_owned(), scope, begin()));
    }
    &mut found[place].2
}

impl Tables<'_> {
    fn ranks(&self) -> Result<ByVoice<Vec<Vec<f64>>>, ReadingError> {
        let n = self.forms.len();
        let table = Records::read::<RankRow>(self.folder)?;
        let mut found = Vec::new();
        for line in table.rows() {
            let row: RankRow = line.read()?;
            let ranks = at(&mut found, row.profile, row.scope, || vec![vec![0.0; n]; n]);
            let places = &mut ranks[line.among("form", row.form, self.forms)?];
            let place = row
                .rank
                .checked_sub(1)
                .and_then(|rank| places.get_mut(rank));
            *place.ok_or_else(|| line.broken(said!("no such rank")))? = row.acceptability;
        }
        Ok(ByVoice { table, found })
    }

    /// Mean weights; those that make a form first are not for a page.
    fn weights(&self) -> Result<ByVoice<Vec<f64>>, ReadingError> {
        let n = self.criteria.len();
        let table = Records::read::<WeightRow>(self.folder)?;
        let mut found = Vec::new();
        for line in table.rows() {
            let row: WeightRow = line.read()?;
            let weights = at(&mut found, row.profile, row.scope, || vec![0.0; n]);
            if row.form.is_none() {
                weights[line.among("criterion", row.criterion, self.criteria)?] = row.weight;
            }
        }
        Ok(ByVoice { table, found })
    }

    /// How often forms are first under each belief set of the run.
    fn beliefs(
        &self,
        run: &Run,
        manifest: &WeighingManifest,
    ) -> Result<Vec<Believed>, ReadingError> {
        let table = Records::read::<BelievedRow>(self.folder)?;
        let sets = run.manifest.belief_sets();
        let keys: Vec<&str> = sets.iter().map(|one| one.key.as_str()).collect();
        let profiles: Vec<&str> = (manifest.profiles.iter())
            .map(|one| one.named.key.as_str())
            .collect();
        let voices = manifest.profiles.iter().enumerate();
        let voices = voices.filter(|(_, one)| one.echo_of.is_none());
        let voices: Vec<usize> = voices.map(|(number, _)| number).collect();
        let empty = vec![vec![None; self.forms.len()]; profiles.len()];
        let mut first = vec![empty; sets.len()];
        let mut n_known = vec![None; sets.len()];
        for line in table.rows() {
            let row: BelievedRow = line.read()?;
            let belief = line.among("belief", &row.belief, &keys)?;
            n_known[belief] = Some(row.known);
            let profile = line.among("profile", row.profile, &profiles)?;
            if row.scope == Scope::Known {
                let form = line.among("form", row.form, self.forms)?;
                first[belief][profile][form] = Some(row.first);
            }
        }
        let believed = |((belief, n_known), first): ((&&Named, Option<usize>), Vec<Vec<_>>)| {
            let n_known = n_known?;
            let voices = voices.iter().filter(|_| n_known > 0);
            let first = voices.map(|&one| first[one].iter().copied().collect());
            Some(Believed {
                belief: (*belief).clone(),
                n_known,
                first: first.collect::<Option<Vec<Vec<f64>>>>()?,
            })
        };
        let all = sets.iter().zip(n_known).zip(first).map(believed);
        let all: Option<Vec<Believed>> = all.collect();
        all.ok_or_else(|| table.broken(said!("rows are missing")))
    }

    fn tips(&self) -> Result<Vec<(String, Tipped)>, ReadingError> {
        let mut tips = Vec::new();
        for line in Records::read::<TippingRow>(self.folder)?.rows() {
            let row: TippingRow = line.read()?;
            for (column, at, form) in [
                ("form_below", row.tips_below, row.form_below),
                ("form_above", row.tips_above, row.form_above),
            ] {
                let Some(at) = at else {
                    continue;
                };
                let tip = Tipped {
                    of: row.of.to_owned(),
                    weight: row.weight,
                    at,
                    form: line.among(column, form, self.forms)?,
                };
                tips.push((row.profile.to_owned(), tip));
            }
        }
        Ok(tips)
    }

    fn criteria(&self) -> Result<Vec<Vec<CriterionValue>>, ReadingError> {
        let table = Records::read::<CriterionRow>(self.folder)?;
        let mut found = vec![vec![None; self.criteria.len()]; self.forms.len()];
        for line in table.rows() {
            let row: CriterionRow = line.read()?;
            let form = line.among("form", row.form, self.forms)?;
            let criterion = line.among("criterion", row.criterion, self.criteria)?;
            found[form][criterion] = Some(row.value);
        }
        let whole = found.into_iter().map(|form| form.into_iter().collect());
        let whole: Option<Vec<Vec<CriterionValue>>> = whole.collect();
        whole.ok_or_else(|| table.broken(said!("rows are missing")))
    }

    fn worlds(&self, known: &[usize]) -> Result<Vec<Vec<Vec<f64>>>, ReadingError> {
        let table = Records::read::<WorldRow>(self.folder)?;
        let names: Vec<&str> = known.iter().map(|&one| self.criteria[one]).collect();
        let mut worlds = Vec::new();
        let n_rows = table.rows().count();
        for line in table.rows() {
            let row: WorldRow = line.read()?;
            let form = line.among("form", row.form, self.forms)?;
            let criterion = line.among("criterion", row.criterion, &names)?;
            if !(1..=n_rows).contains(&row.world) {
                return Err(line.broken(said!("no such world")));
            }
            if worlds.len() < row.world {
                let empty = vec![vec![None; known.len()]; self.forms.len()];
                worlds.resize(row.world, empty);
            }
            worlds[row.world - 1][form][criterion] = Some(row.worth.0);
        }
        let whole = worlds.into_iter().map(|world| {
            let forms = world.into_iter().map(|form| form.into_iter().collect());
            forms.collect::<Option<Vec<Vec<f64>>>>()
        });
        let whole: Option<Vec<_>> = whole.collect();
        whole.ok_or_else(|| table.broken(said!("rows are missing")))
    }
}
