//! From a path to a scenario, or to everything that is wrong with it.

use std::collections::BTreeMap;
use std::path::{Path, PathBuf};

use super::evidence::Entry;
use super::input::{Case, Changes, Course, Scenario, Stage};
use super::path::Moment;
use super::section::Section;
use super::{evidence, form, path, region};
use crate::model::{Division, Form, Label, Region};
use crate::scenario::evidence::layer::Layer;
use crate::scenario::evidence::{fitted, known, layer, whole};
use crate::scenario::fault::diagnostic::Diagnostics;
use crate::scenario::fault::source::{Place, Source};
use crate::scenario::file::files::Files;
use crate::scenario::file::library::{BELIEF, Document, Library, meant};
use crate::scenario::file::overlay::Depth;
use crate::scenario::file::raw::Value;
use crate::scenario::file::{format, overlay};
use crate::scenario::form::alteration::{Alteration, alterations};
use crate::scenario::form::staffing;
use crate::scenario::path::slip::Slip;
use crate::scenario::path::time_line;
use crate::scenario::plan::belief::Belief;
use crate::scenario::plan::calibration::Reach;
use crate::scenario::plan::heading::Heading;
use crate::scenario::plan::variant::Draft;
use crate::scenario::plan::world::Doubt;
use crate::scenario::plan::{
    belief, calibration, factor, heading, precision, proeftuin, sweep, variant, world,
};
use crate::scenario::region::area::{Layout, Units};

/// Reads a scenario and every file that it rests on.
///
/// # Errors
///
/// Everything that is wrong with those files and with `changes`, at once.
pub fn load(path: &Path, changes: &Changes) -> Result<Scenario, Diagnostics> {
    load_from(path, &Files::default(), changes)
}

/// The same where some of those files are given as text, by their path; what is given need not be on disk.
///
/// # Errors
///
/// As [`load`].
pub fn load_given(
    path: &Path,
    texts: &BTreeMap<PathBuf, String>,
    changes: &Changes,
) -> Result<Scenario, Diagnostics> {
    let texts = texts.iter();
    let given = texts.map(|(path, text)| (path.clone(), text.clone().into_bytes()));
    load_from(path, &Files::before_disk(given), changes)
}

/// The same where all of those files are read from somewhere else.
///
/// # Errors
///
/// As [`load`].
pub fn load_from(path: &Path, files: &Files, changes: &Changes) -> Result<Scenario, Diagnostics> {
    let mut log = Diagnostics::default();
    let scenario = resolve(path, files, changes, &mut log);
    log.sort();
    match scenario {
        Some(mut scenario) if !log.has_errors() => {
            scenario.warnings = log.into_list();
            Ok(scenario)
        }
        _ => Err(log),
    }
}

/// Reads a scenario in each of its settings: under every belief set, without and with every variant, in the
/// order of the file; the first is the scenario itself.
///
/// # Errors
///
/// Everything that is wrong with the files in the first setting of which something is, at once.
pub fn load_settings(path: &Path, changes: &Changes) -> Result<Vec<Scenario>, Diagnostics> {
    let first = load(path, changes)?;
    let mut settings = Vec::new();
    for belief in &first.beliefs {
        let variants = first.variants.iter().map(|one| Some(one.key.clone()));
        for variant in [None].into_iter().chain(variants) {
            if variant.is_none() && *belief == first.belief {
                settings.push(first.clone());
                continue;
            }
            let changes = Changes {
                belief: Some(belief.key.clone()),
                variant,
                ..changes.clone()
            };
            settings.push(load(path, &changes)?);
        }
    }
    Ok(settings)
}

/// What a library holds whatever the scenario, and is read once.
pub(crate) struct Ground {
    pub(crate) entries: Option<Vec<Entry>>,
    regions: Option<Vec<Region>>,
}

fn resolve(
    given: &Path,
    files: &Files,
    changes: &Changes,
    log: &mut Diagnostics,
) -> Option<Scenario> {
    let mut path = files.full(given);
    if !files.is_given(&path) {
        path = files.full(&meant(given));
    }
    let mut library = match Library::of(&path, files) {
        Ok(library) => library,
        Err(fault) => {
            // A path with a typing error in it lies in no library either.
            let missing = Source::read(
                &path,
                &crate::scenario::file::library::display(&path),
                files,
            )
            .err();
            log.push(missing.unwrap_or(fault));
            return None;
        }
    };
    let documents = overlay::chain(&path, None, &base_of, &mut library, log);
    let ground = ground(&mut library, log);
    let documents = documents?;
    let mut heading = heading(&documents, changes, &ground, &library, log);
    let units = Units::read(&documents, ground.regions.as_deref().unwrap_or(&[]), log);
    let paths = path::read(
        &documents,
        (ground.regions.as_deref(), units.as_ref()),
        &library,
        log,
    );
    let counted = time_line::divide(heading.as_mut(), paths.as_deref(), units.as_ref(), log);
    let entries = ground.entries.as_deref();
    let mut read = |document: &Document| Layer::read(document, log);
    let mut layers: Vec<Layer> = documents.iter().map(&mut read).collect();
    layer::take_back(&mut layers, log);
    let drafts = variant::read(&documents, log);
    let fitted = fitted::read(changes, &mut library, log);
    let heading = heading?;
    let monitor = overlay::merged(&documents, "monitor", Depth::Keys, log)
        .map(|node| proeftuin::read(&node, heading.certain_period(), log));
    let reach = heading.regions.as_deref().zip(ground.regions.as_deref());
    let reach = reach.map(|(chosen, all)| Reach::new(chosen, all, heading.regions_place.as_ref()));
    let mut calibration = calibration::read(&documents, reach, entries, log);
    if let (Some(calibration), Some(entries), true) =
        (&mut calibration, entries, changes.starts_fitted)
    {
        calibration.start = Some(fitted::start(
            &calibration.free,
            entries,
            &mut library,
            log,
        )?);
    }
    let beliefs = beliefs(&heading, &mut library, log);
    let division = staffing::read(&documents, log);
    let known = known::read(&mut library, log);
    let worlds_said = world::read(&documents, log).filter(|_| !changes.is_prior);
    let layout = counted.as_ref().map(|(layout, _)| layout);
    let (forms, alterations) = forms(&heading, (paths.as_deref(), layout), &mut library, log);

    let (beliefs, mut ledger) = (beliefs?, ground.entries?);
    let (belief, belief_layer) = beliefs.first()?.clone();
    let before: Vec<&Layer> = fitted.iter().chain([&belief_layer]).collect();
    let before = || before.iter().copied();
    let drafts = drafts?;
    let with = |draft: &Draft, log: &mut Diagnostics| {
        let mut all = layers.clone();
        all.push(draft.layer.clone());
        layer::take_back(&mut all, log);
        all
    };
    for draft in &drafts {
        let mut own_log = log.fork();
        let with = with(draft, &mut own_log);
        let drafted = forms.iter().flatten().flat_map(Drafted::all);
        let owns = [None].into_iter().chain(drafted.map(Some));
        let changes = owns.map(|own: Option<&Drafted>| {
            let after = own.and_then(|own| own.values.as_ref());
            let own = own.map_or(&[][..], |own| &own.layers);
            let mut values = |layers: &[Layer]| {
                let all = before().chain(own).chain(layers).chain(after);
                layer::values(&ledger, all, &mut own_log)
            };
            values(&layers) != values(&with)
        });
        let is_changed = changes.collect::<Vec<_>>().contains(&true);
        if !is_changed && !own_log.has_errors() {
            draft.changes_nothing(log);
        }
        own_log.drop_warnings();
        log.absorb(own_log);
    }
    let chosen = changes.variant.as_ref();
    let variant = match chosen {
        None => None,
        Some(key) => Some(variant::named(key, &drafts, log)?),
    };
    let layers = variant.map_or(layers.clone(), |draft| with(draft, log));
    whole::check(&ledger, before().chain(&layers), log);
    for own in forms.iter().flatten().flat_map(Drafted::all) {
        let all = before().chain(&own.layers).chain(&layers);
        whole::check(&ledger, all.chain(&own.values), log);
    }
    fill(&mut ledger, before(), log);
    let without: Vec<f64> = ledger.iter().map(|entry| entry.value_in_effect).collect();
    fill(&mut ledger, layers.iter(), log);
    let own_changes = layer::changes_of(&layers, &without, &ledger);
    let forms = forms?;
    let common = Common {
        ledger: &ledger,
        before: &before().collect::<Vec<_>>(),
        over: &layers,
        division,
    };
    let mut cases: Vec<Case> = forms.iter().map(|one| common.case(one, log)).collect();
    if !cases.iter().any(|case| case.course.is_some()) {
        let rows = |own: &Case| {
            let values = own.values(&ledger).into_iter().enumerate();
            values
                .filter(|(_, value)| *value != 0.0)
                .map(|(row, _)| row)
                .collect::<Vec<_>>()
        };
        let rows: std::collections::BTreeSet<usize> = cases.iter().flat_map(rows).collect();
        path::check_transition(rows.into_iter().map(|row| &ledger[row]), &layers, log);
    }
    path::check(&cases, &documents, log);
    let period = heading.period?;
    let ground = factor::Ground {
        ledger: &ledger,
        cases: &cases,
        baseline: heading.baseline?,
        start: period.start,
    };
    let sweep = sweep::read(&documents, &ground, changes.points, &mut library, log)?;
    if let (Some(sweep), Some(node)) = (
        &sweep,
        overlay::merged(&documents, "sweep", Depth::Keys, log),
    ) {
        whole::check_sweep(sweep, &ledger, &node.place, log);
    }
    let seed = heading.seed?;
    let (doubt, twins, worlds) = match &worlds_said {
        Some(said) => {
            let mut worlds =
                world::layers(said.doubt, &said.place, &ground, seed, &mut library, log)?;
            if said.twins > 0 {
                worlds.truncate(said.most_worlds(heading.replications?) as usize);
            }
            (said.doubt, said.twins, worlds)
        }
        None => (Doubt::None, 0, Vec::new()),
    };
    // In its place stands what each world says.
    for (case, one) in cases.iter_mut().zip(&forms) {
        let over = |own: &Drafted| {
            let over = [&belief_layer].into_iter().chain(&own.layers);
            let all = over.chain(&layers).chain(&own.values);
            world::parameters(&worlds, &ledger, all.collect())
        };
        case.worlds = over(one);
        let stages = case.course.iter_mut().flat_map(|course| &mut course.stages);
        let later = one.path.iter().flat_map(|path| &path.later);
        for (stage, (later, ..)) in stages.zip(later) {
            stage.case.worlds = over(later);
        }
    }
    let precision = overlay::merged(&documents, "precision", Depth::Keys, log)
        .map(|node| precision::read(&node, log));
    let precision = match precision {
        Some(precision) => Some(precision?),
        None => None,
    };
    Some(Scenario {
        key: key(&path),
        label: heading.label?,
        period,
        replications: heading.replications?,
        seed,
        division: division.unwrap_or_default(),
        doubt,
        twins,
        regions: heading.regions?,
        counted: counted?.1,
        time_line: time_line::written(&documents),
        cases,
        baseline: heading.baseline?,
        calibration,
        precision,
        sweep,
        belief,
        beliefs: beliefs.into_iter().map(|(belief, _)| belief).collect(),
        variant: variant.map(|draft| draft.variant.clone()),
        variants: drafts.iter().map(|draft| draft.variant.clone()).collect(),
        ledger,
        changes: own_changes,
        alterations,
        bases: bases(&documents),
        monitor: match monitor {
            Some(monitor) => Some(monitor?),
            None => None,
        },
        known: known?,
        warnings: Vec::new(),
        inputs: library.into_inputs(),
    })
}

/// The scenario that another extends stands where its path leads, from that other's folder.
fn base_of(
    library: &Library,
    document: &Document,
    text: &str,
    _: &Place,
    _: &mut Diagnostics,
) -> Option<PathBuf> {
    Some(library.full(&document.path.parent()?.join(text)))
}

pub(crate) fn ground(library: &mut Library, log: &mut Diagnostics) -> Ground {
    let document = library.document(&library.evidence(), None, log);
    let entries = document.and_then(|document| evidence::read(&document, log));
    let source = library.text(&library.regions(), None, log);
    let regions = source.and_then(|source| region::read(&source, log));
    Ground { entries, regions }
}

fn heading(
    documents: &[Document],
    changes: &Changes,
    ground: &Ground,
    library: &Library,
    log: &mut Diagnostics,
) -> Option<Heading> {
    let is_there = |document: &Document| match &document.root.value {
        Value::Table(root) => root.get("scenario").is_some(),
        _ => false,
    };
    let mut is_sound = true;
    for document in documents {
        let file = Section::of(&document.root, format::SCENARIO, log)?;
        is_sound &= file.finish(log) && !log.is_partial(&document.root.place);
    }
    // Not asked before all keys are looked at: `extends` may be misspelt.
    if let Some(last) = documents.last().filter(|_| !documents.iter().any(is_there)) {
        Section::of(&last.root, format::SCENARIO, log)?.required("scenario", log);
    }
    let node = overlay::merged(documents, "scenario", Depth::Keys, log)?;
    let regions = ground.regions.as_deref();
    let paths = path::names(documents, log);
    let mut heading = heading::read(&node, documents, changes, (regions, paths), library, log)?;
    heading.is_sound &= is_sound;
    Some(heading)
}

/// Every belief set with its values; all are read, even after a fault.
fn beliefs(
    heading: &Heading,
    library: &mut Library,
    log: &mut Diagnostics,
) -> Option<Vec<(Belief, Layer)>> {
    let mut load = |(key, place): &(String, Option<Place>)| {
        let place = place.as_ref();
        let path = library.member(BELIEF, key, place, log)?;
        let document = library.document(&path, place, log)?;
        let belief = belief::read(key, &document, log);
        let mut layer = Layer::read(&document, log);
        layer::take_back(std::slice::from_mut(&mut layer), log);
        Some((belief?, layer))
    };
    let beliefs: Vec<Option<_>> = heading.beliefs.iter().map(&mut load).collect();
    beliefs.into_iter().collect()
}

/// A form, and what its files say besides; with those that follow it, if it begins a path.
struct Drafted {
    form: Form,
    layers: Vec<Layer>,
    /// Values that come with it into force, over those of the scenario.
    values: Option<Layer>,
    division: Option<Division>,
    path: Option<DraftedPath>,
}

/// A path, and the forms that follow its first.
struct DraftedPath {
    key: String,
    label: Label,
    later: Vec<(Drafted, Vec<Option<Moment>>, Option<Slip>)>,
}

impl Drafted {
    /// It, and the forms that follow it.
    fn all(&self) -> impl Iterator<Item = &Drafted> {
        let later = self.path.iter().flat_map(|path| &path.later);
        [self].into_iter().chain(later.map(|(form, ..)| form))
    }

    fn all_forms(&mut self) -> impl Iterator<Item = &mut Form> {
        let later = self.path.iter_mut().flat_map(|path| &mut path.later);
        let later = later.map(|(form, ..)| &mut form.form);
        [&mut self.form].into_iter().chain(later)
    }
}

/// Every form with its own values, and what it changes of the one that it extends; all are read, even
/// after a fault. Where one of them is a path, all have the same teams.
fn forms(
    heading: &Heading,
    (paths, layout): (Option<&[path::Draft]>, Option<&Layout>),
    library: &mut Library,
    log: &mut Diagnostics,
) -> (Option<Vec<Drafted>>, Vec<Alteration>) {
    let mut altered: Vec<Alteration> = Vec::new();
    let mut load = |(key, place): &(String, Place), log: &mut Diagnostics| {
        let (form, documents) = form::load(key, Some(place), library, log)?;
        if let Some(base) = form::base(&documents, log) {
            for one in alterations(&form, &base) {
                if !altered.contains(&one) {
                    altered.push(one);
                }
            }
        }
        let layers = documents.iter().map(|document| Layer::read(document, log));
        let mut layers: Vec<Layer> = layers.collect();
        layer::take_back(&mut layers, log);
        Some(Drafted {
            form,
            layers,
            values: None,
            division: staffing::read(&documents, log),
            path: None,
        })
    };
    let mut drafted: Vec<Option<Drafted>> = Vec::new();
    let mut first_path = None;
    for named in &heading.forms {
        let path = paths.and_then(|paths| paths.iter().find(|path| path.key == named.0));
        let Some(path) = path else {
            // That a path has a fault is told already.
            let is_path = paths.is_none() && heading.paths.contains(&named.0);
            drafted.push(match is_path {
                true => None,
                false => load(named, log),
            });
            continue;
        };
        first_path.get_or_insert(&path.place);
        let start = load(&path.start, log);
        let mut later = Vec::new();
        for change in path.changes_in(heading.regions.as_deref()) {
            let ground = heading.regions.as_deref().zip(heading.certain_period());
            let moments = ground.zip(layout).and_then(|((regions, period), layout)| {
                change.moments(regions, layout, &period, log)
            });
            let form = load(&change.form, log).map(|form| Drafted {
                values: Some(change.values.clone()),
                ..form
            });
            later.push(
                form.zip(moments)
                    .map(|(form, moments)| (form, moments, change.slip)),
            );
        }
        let later = start.zip(later.into_iter().collect::<Option<Vec<_>>>());
        drafted.push(later.map(|(start, later)| Drafted {
            path: Some(DraftedPath {
                key: path.key.clone(),
                label: path.label.clone(),
                later,
            }),
            ..start
        }));
    }
    let mut drafted: Option<Vec<Drafted>> = drafted.into_iter().collect();
    if let (Some(place), Some(all)) = (first_path, &mut drafted) {
        let forms: Vec<&Form> = all
            .iter()
            .flat_map(|one| one.all().map(|one| &one.form))
            .collect();
        match path::in_line(&forms, place, log) {
            Some(in_line) => {
                let every = all.iter_mut().flat_map(Drafted::all_forms);
                every.zip(in_line).for_each(|(form, same)| *form = same);
            }
            None => drafted = None,
        }
    }
    (drafted, altered)
}

/// Puts the values in effect into the ledger, and who put them there.
pub(crate) fn fill<'a>(
    ledger: &mut [Entry],
    layers: impl Iterator<Item = &'a Layer>,
    log: &mut Diagnostics,
) {
    let mut values: Vec<f64> = ledger.iter().map(|entry| entry.value_in_effect).collect();
    for layer in layers {
        layer.apply(&mut values, ledger, log);
        for one in &layer.overrides {
            ledger[one.row].overridden_by.push(layer.file.clone());
        }
    }
    for (entry, value) in ledger.iter_mut().zip(values) {
        entry.value_in_effect = value;
    }
}

/// The files that the last one extends.
pub(crate) fn bases(documents: &[Document]) -> Vec<String> {
    let bases = documents.split_last().map_or(&[][..], |(_, bases)| bases);
    bases.iter().map(|document| document.name.clone()).collect()
}

/// What is the same for every case.
struct Common<'a> {
    ledger: &'a [Entry],
    before: &'a [&'a Layer],
    over: &'a [Layer],
    division: Option<Division>,
}

impl Common<'_> {
    fn case(&self, one: &Drafted, log: &mut Diagnostics) -> Case {
        let layers = self
            .before
            .iter()
            .copied()
            .chain(&one.layers)
            .chain(self.over)
            .chain(&one.values);
        let values = layer::values(self.ledger, layers, log);
        let differs = |(row, value): (usize, &f64)| {
            (self.ledger[row].value_in_effect != *value).then_some((row, *value))
        };
        let course = one.path.as_ref().map(|path| Course {
            start: one.form.clone(),
            stages: (path.later.iter())
                .map(|(form, moments, slip)| Stage {
                    case: self.case(form, log),
                    slip: *slip,
                    moments: moments.clone(),
                })
                .collect(),
        });
        let last = course.as_ref().and_then(|course| course.stages.last());
        let form = last.map_or(&one.form, |last| &last.case.form);
        let form = match &one.path {
            None => form.clone(),
            Some(path) => Form {
                key: path.key.clone(),
                label: path.label.clone(),
                // Where forms stand beside one another none of them says what the path is.
                what: form
                    .what
                    .clone()
                    .filter(|_| !course.as_ref().is_some_and(Course::is_local)),
                ..form.clone()
            },
        };
        Case {
            form,
            division: one.division.or(self.division).unwrap_or_default(),
            worlds: Vec::new(),
            parameters: layer::parameters(&values),
            differences: values.iter().enumerate().filter_map(differs).collect(),
            course,
        }
    }
}

/// The name of a file without its ending, as it may be the name of a folder.
fn key(path: &Path) -> String {
    let stem = path
        .file_stem()
        .unwrap_or_default()
        .to_string_lossy()
        .to_lowercase();
    let is_plain = |letter: &char| letter.is_ascii_alphanumeric() || "-_".contains(*letter);
    stem.chars()
        .take(64)
        .map(|one| if is_plain(&one) { one } else { '-' })
        .collect()
}
