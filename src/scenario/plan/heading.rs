//! The section `[scenario]` of a scenario file.

use std::cmp::Ordering;

use super::selection;
use crate::model::{Label, Period, Region};
use crate::scenario::fault::diagnostic::{Diagnostic, Diagnostics};
use crate::scenario::fault::rendering::shown;
use crate::scenario::fault::said::{Said, said};
use crate::scenario::fault::source::Place;
use crate::scenario::fault::{code, suggestion};
use crate::scenario::file::library::{Document, FORM, Library};
use crate::scenario::file::overlay;
use crate::scenario::file::raw::Node;
use crate::scenario::input::Changes;
use crate::scenario::period;
use crate::scenario::section::Section;
use crate::scenario::section::shape::{Key, Kind, Need, always, label, may};

/// More replications than this are a slip of the pen.
const MAX_REPLICATIONS: u64 = 100_000;
/// More forms than this do not fit on a page.
const MAX_FORMS: usize = 32;

/// More belief sets than this do not stand side by side.
const MAX_BELIEFS: usize = 8;

/// The section `[scenario]`.
pub(crate) const KEYS: &[Key] = &[
    label("What people read above every table."),
    always(
        "start",
        Kind::Date,
        "2026-01-01",
        "The first day that is measured.",
    ),
    always(
        "warm_up",
        Kind::Span,
        "\"6 years\"",
        "Time before `start` that is simulated and not measured, so that queues and stocks come to rest; at most 100 years.",
    ),
    always(
        "measured",
        Kind::Span,
        "\"3 years\"",
        "Time from `start` on that is measured; above 0, at most 100 years.",
    ),
    always(
        "replications",
        Kind::Whole(1, MAX_REPLICATIONS),
        "10",
        "How often everything is repeated with other chance; the same families in every form.",
    ),
    always(
        "seed",
        Kind::Whole(0, i64::MAX as u64),
        "20260101",
        "The number from which all chance follows.",
    ),
    always(
        "regions",
        Kind::Regions,
        "\"all\"",
        "The veiligheidsregio's, as regions.csv has them.",
    ),
    always(
        "forms",
        Kind::List(&Kind::Name("forms"), 1, MAX_FORMS),
        "[\"v0_estafette\", \"v1_expertnetwerk\"]",
        "The forms of organisation that are compared: files in forms/, without their ending, or names of `[paths]`.",
    ),
    may(
        "areas",
        Kind::List(&Kind::Text, 1, 400),
        "all families",
        "[\"Hulst\"]",
        "Whose families are counted: those of these municipalities, names of `[areas]`, or whole regions. All others are there as well, and their regions are those of `regions` in which the areas lie. Hours and load of teams are those of the whole region.",
    ),
    may(
        "baseline",
        Kind::Name("forms"),
        "the first of `forms`",
        "\"v0_estafette\"",
        "The form with which each other is compared, family by family.",
    ),
    Key {
        need: Need::If("`beliefs` is not given"),
        ..always(
            "belief",
            Kind::Name("beliefs"),
            "\"neutraal\"",
            "The belief set: a file in beliefs/, without its ending.",
        )
    },
    may(
        "beliefs",
        Kind::List(&Kind::Name("beliefs"), 1, MAX_BELIEFS),
        "`belief` alone",
        "[\"neutraal\", \"programma\", \"kritisch\"]",
        "Several belief sets, which `rvtsim run` runs side by side, the first as the run itself. The last file that gives `belief` or `beliefs` decides.",
    ),
];

/// What the section says; `None` where it says nothing that can be used.
pub(crate) struct Heading {
    pub(crate) label: Option<Label>,
    pub(crate) period: Option<Period>,
    pub(crate) replications: Option<u32>,
    pub(crate) seed: Option<u64>,
    pub(crate) regions: Option<Vec<Region>>,
    /// Where they are chosen, unless the command line does so.
    pub(crate) regions_place: Option<Place>,
    /// Whose families are counted, where that is said.
    pub(crate) areas: Option<Node>,
    pub(crate) forms: Vec<(String, Place)>,
    /// The names of the paths that the files have, whatever else is wrong with them.
    pub(crate) paths: Vec<String>,
    pub(crate) baseline: Option<usize>,
    /// The names of the belief sets, and where they stand unless the command line gives them; the first is
    /// that of the run itself. None where nothing that can be used says so.
    pub(crate) beliefs: Vec<(String, Option<Place>)>,
    /// Whether no key of it may have been lost.
    pub(crate) is_sound: bool,
}

impl Heading {
    /// The period, if it is not that of a file below for want of a key in one above.
    pub(crate) fn certain_period(&self) -> Option<Period> {
        self.period.filter(|_| self.is_sound)
    }
}

/// Reads the section of these files; the command line has the last word.
pub(crate) fn read(
    node: &Node,
    files: &[Document],
    changes: &Changes,
    (regions, paths): (Option<&[Region]>, Vec<String>),
    library: &Library,
    log: &mut Diagnostics,
) -> Option<Heading> {
    let section = Section::of(node, KEYS, log)?;
    let label = section.label(log);
    if files.len() == 1 {
        section.check_alone("vergelijking.toml", log);
    }
    let period = period::read(&section, files, log);
    let replications = section.whole("replications", log);
    let seed = section.whole("seed", log);
    let chosen = section.required("regions", log);
    let regions_place = chosen.map(|node| node.place.clone());
    let chosen = chosen
        .zip(regions)
        .and_then(|(node, regions)| selection::of_node(node, regions, log));
    let areas = section.optional("areas").cloned();
    let forms = section
        .required("forms", log)
        .and_then(|node| forms(node, log));
    // A baseline is not looked for among forms of which one is not known: it may be that one.
    let (forms, is_whole) = forms.unwrap_or_default();
    let is_known = |(key, _): &(String, Place)| library.has(FORM, key) || paths.contains(key);
    let known = Some(&forms).filter(|forms| is_whole && forms.iter().all(is_known));
    let baseline = match (section.optional("baseline"), known) {
        (Some(node), Some(known)) => {
            let places = section.optional("forms").map(|node| &node.place);
            let place = overlay::latest(files, [&node.place].into_iter().chain(places));
            baseline(node, place, known, library, log)
        }
        (Some(node), None) => node.text(log).and(None),
        (None, _) => Some(0),
    };
    let beliefs = beliefs(&section, files, log).unwrap_or_default();
    let asked = changes.belief.clone().map(|belief| vec![(belief, None)]);
    let is_sound = section.finish(log);

    let chosen = match (&changes.regions, regions) {
        (Some(words), Some(regions)) => selection::of_words(words, regions, log),
        _ => chosen,
    };
    if changes
        .replications
        .is_some_and(|n| !(1..=MAX_REPLICATIONS).contains(&n.into()))
    {
        let fact = said!(
            "--replications does not lie between 1 and {}",
            MAX_REPLICATIONS
        );
        log.push(Diagnostic::error(code::OUT_OF_RANGE, fact));
    }
    Some(Heading {
        label,
        period,
        replications: changes.replications.or(replications.map(|n| n as u32)),
        seed: changes.seed.or(seed),
        regions: chosen,
        regions_place: regions_place.filter(|_| changes.regions.is_none()),
        areas,
        forms,
        paths,
        baseline,
        beliefs: asked.unwrap_or(beliefs),
        is_sound,
    })
}

/// The belief sets: the last file that names some decides.
fn beliefs(
    section: &Section,
    files: &[Document],
    log: &mut Diagnostics,
) -> Option<Vec<(String, Option<Place>)>> {
    let (one, several) = match (section.optional("belief"), section.optional("beliefs")) {
        (Some(one), Some(several)) => {
            let rank = |node: &Node| overlay::rank(files, &node.place);
            match rank(one).cmp(&rank(several)) {
                Ordering::Greater => (Some(one), None),
                Ordering::Less => (None, Some(several)),
                Ordering::Equal => {
                    let fact = said!("`belief` and `beliefs` both say which belief sets there are");
                    let help = said!(
                        "take out one of the two; the first of `beliefs` is that of the run itself"
                    );
                    let fault = Diagnostic::error(code::TWICE, fact).help(help);
                    log.push(fault.at(&one.place));
                    return None;
                }
            }
        }
        (None, Some(several)) => (None, Some(several)),
        (None, None) if section.is_misspelt("beliefs") => return None,
        (_, None) => (section.required("belief", log), None),
    };
    match (one, several) {
        (Some(node), _) => Some(vec![(node.text(log)?.to_owned(), Some(node.place.clone()))]),
        (None, Some(node)) => {
            let (names, _) = names(
                node,
                [said!("belief set"), said!("belief sets")],
                MAX_BELIEFS,
                log,
            )?;
            let names = names.into_iter().map(|(name, place)| (name, Some(place)));
            Some(names.collect())
        }
        (None, None) => None,
    }
}

/// The forms, and whether the list has no other faults than forms that are not there.
fn forms(node: &Node, log: &mut Diagnostics) -> Option<(Vec<(String, Place)>, bool)> {
    names(node, [said!("form"), said!("forms")], MAX_FORMS, log)
}

/// The names in a list, each once, and whether all of them are names.
fn names(
    node: &Node,
    [noun, nouns]: [Said; 2],
    most: usize,
    log: &mut Diagnostics,
) -> Option<(Vec<(String, Place)>, bool)> {
    let list = node.list(log)?;
    if list.is_empty() || list.len() > most {
        let n = list.len();
        let fact = said!("a scenario compares 1 to {} {}, not {}", most, nouns, n);
        log.push(
            Diagnostic::error(code::EMPTY, fact)
                .help(said!("name some {}", nouns))
                .at(&node.place),
        );
        return None;
    }
    let mut names: Vec<(String, Place)> = Vec::new();
    let mut is_whole = true;
    for one in list {
        let Some(key) = one.text(log) else {
            is_whole = false;
            continue;
        };
        if names.iter().any(|(other, _)| other == key) {
            let fact = said!("the {} `{}` is named twice", noun, shown(key));
            let fault = Diagnostic::error(code::TWICE, fact).help(said!("take out one of the two"));
            log.push(fault.at(&one.place));
        } else {
            names.push((key.to_owned(), one.place.clone()));
        }
    }
    Some((names, is_whole))
}

/// The number of the baseline among the forms; that it is not one of them is told at `place`.
fn baseline(
    node: &Node,
    place: Option<&Place>,
    forms: &[(String, Place)],
    library: &Library,
    log: &mut Diagnostics,
) -> Option<usize> {
    let key = node.text(log)?;
    let found = forms.iter().position(|(form, _)| form == key);
    if found.is_none() {
        let words: Vec<&str> = forms.iter().map(|(form, _)| form.as_str()).collect();
        let fact = said!("the baseline `{}` is not one of the forms", shown(key));
        let help = match library.has(FORM, key) {
            true => said!(
                "add `{}` to `forms`, or write baseline = with one of: {}",
                key,
                words.join(", ")
            ),
            false => suggestion::help(key, &words),
        };
        let fault = Diagnostic::error(code::BAD_BASELINE, fact).help(help);
        log.push(fault.asked_at(place));
    }
    found
}
