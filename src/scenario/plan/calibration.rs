//! The sections `[calibration]` and `[targets]` of a scenario: what the model is
//! fitted to, and what is kept apart to test the fit.

use std::collections::BTreeSet;

use super::selection;
use crate::model::{KPIS, Kpi, Label, Parameters, Region};
use crate::scenario::evidence::{Distribution, Entry, Grade, no_such_parameter, row_of};
use crate::scenario::fault::diagnostic::{Diagnostic, Diagnostics};
use crate::scenario::fault::rendering::shown;
use crate::scenario::fault::said::said;
use crate::scenario::fault::source::Place;
use crate::scenario::fault::{code, suggestion};
use crate::scenario::file::library::Document;
use crate::scenario::file::overlay::{self, Depth};
use crate::scenario::file::raw::{Item, Node, Value};
use crate::scenario::section::Section;
use crate::scenario::section::shape::{Key, Kind, always, label, may, words_of};

/// The section `[calibration]`.
pub(crate) const KEYS: &[Key] = &[
    always(
        "waves",
        Kind::Whole(1, 20),
        "4",
        "Steps in which the ensemble takes in the targets, a wave of runs in the sample of regions for each.",
    ),
    always(
        "points",
        Kind::Whole(10, 10_000),
        "300",
        "Runs of each wave: members of the ensemble.",
    ),
    may(
        "draws",
        Kind::Whole(0, 10_000),
        "0",
        "60",
        "Draws of the free parameters that are looked for, each by runs of its own, with the chosen point for the first; kept are those whose run in the whole country agrees with all targets.",
    ),
    always(
        "regions",
        Kind::Regions,
        "[\"Groningen\", \"Utrecht\"]",
        "The sample of regions in which the waves run.",
    ),
    always(
        "free",
        Kind::List(&Kind::Word(parameters), 1, usize::MAX),
        "[\"staff.fte_rvdk\"]",
        "The parameters that are fitted, each in its range of evidence.toml.",
    ),
];

/// A table `[targets.NAME]`.
pub(crate) const TARGET: &[Key] = &[
    label("What people read."),
    always(
        "kpi",
        Kind::Word(kpis),
        "\"ots_per_year\"",
        "The KPI that should show it; columns.csv of a run defines each.",
    ),
    always("value", FIGURE, "6500", "What is known."),
    always(
        "low",
        FIGURE,
        "5900",
        "Lower end of the band in which the model fits; 0.05 or more, but for a change.",
    ),
    always(
        "high",
        FIGURE,
        "7100",
        "Upper end of that band; of a share, 99.95 or less.",
    ),
    always(
        "use",
        Kind::Word(|| words_of(ROLES)),
        "\"fit\"",
        "Whether the fit sees it, it is kept apart to test the fit, or an input rests on it.",
    ),
    always(
        "grade",
        Kind::Word(|| words_of(Grade::WORDS)),
        "\"A\"",
        "How well it is known, `A` best.",
    ),
    always(
        "source",
        Kind::Text,
        "\"...\"",
        "Where it comes from, with the arithmetic.",
    ),
    may(
        "regions",
        Kind::Regions,
        "the country",
        "[\"Zeeland\"]",
        "The regions that it is about; only for validation.",
    ),
    may(
        "share_of_country",
        Kind::Boolean,
        "false",
        "true",
        "Whether it is the percentage of the country's number that these regions have.",
    ),
];

const FIGURE: Kind = Kind::Number(f64::MIN, f64::MAX, "of the KPI");

fn parameters() -> Vec<&'static str> {
    Parameters::TABLE.iter().map(|spec| spec.key).collect()
}

pub(crate) fn kpis() -> Vec<&'static str> {
    KPIS.iter().map(|kpi| kpi.key).collect()
}

/// How the free parameters are fitted, and to what.
#[derive(Clone, PartialEq, Debug)]
pub struct Calibration {
    /// Number of waves.
    pub n_waves: u32,
    /// Points of each wave.
    pub n_points: u32,
    /// Draws with which runs of the model agree that are looked for, the chosen point among them.
    pub n_draws: u32,
    /// Values of the free parameters where the search begins; none for the whole of the prior.
    pub start: Option<Vec<f64>>,
    /// Numbers, in the scenario, of the regions in which the waves run.
    pub regions: Vec<usize>,
    /// The free parameters: rows of the ledger.
    pub free: Vec<usize>,
    /// What is known.
    pub targets: Vec<Target>,
}

/// Something that is known of the country as it is.
#[derive(Clone, PartialEq, Debug)]
pub struct Target {
    /// Its name.
    pub key: String,
    /// What people read.
    pub label: Label,
    /// The KPI that should show it.
    pub kpi: &'static Kpi,
    /// The known value, in the unit of the KPI.
    pub value: f64,
    /// Lower end of the band in which the model fits.
    pub low: f64,
    /// Upper end of that band.
    pub high: f64,
    /// What it is for.
    pub role: Role,
    /// How well it is known.
    pub grade: Grade,
    /// Where it comes from, with the arithmetic.
    pub source: String,
    /// Numbers, in the scenario, of the regions that it is about; none for the country.
    pub regions: Vec<usize>,
    /// Whether it is these regions' share of the country's number \[percent\].
    pub is_share: bool,
}

/// Values nearer to 0, and shares nearer to 100 %, are not told apart by the fit.
pub const LEAST: f64 = 0.05;

impl Target {
    /// Whether the fit sees it.
    pub fn is_fitted(&self) -> bool {
        self.role == Role::Fit
    }

    /// Whether it is a share \[percent\].
    pub fn is_percent(&self) -> bool {
        self.is_share || self.kpi.unit == "percent"
    }
}

/// What a target is for.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub enum Role {
    /// The fit sees it.
    Fit,
    /// Nothing in the model or its priors rests on it: it tests the fit.
    Validation,
    /// An input or a prior rests on it: it only tests that the model hangs together.
    Consistency,
}

impl Role {
    /// Its name in a calibration file.
    pub fn key(self) -> &'static str {
        match self {
            Role::Fit => "fit",
            Role::Validation => "validation",
            Role::Consistency => "consistency",
        }
    }
}

const ROLES: &[(&str, Role)] = &[
    ("fit", Role::Fit),
    ("validation", Role::Validation),
    ("consistency", Role::Consistency),
];

/// Reads both sections, if there are any.
pub(crate) fn read(
    documents: &[Document],
    mut reach: Option<Reach<'_>>,
    entries: Option<&[Entry]>,
    log: &mut Diagnostics,
) -> Option<Calibration> {
    let node = overlay::merged(documents, "calibration", Depth::Keys, log)?;
    let targets = overlay::merged(documents, "targets", Depth::Keys, log);
    let section = Section::of(&node, KEYS, log)?;
    let n_waves = section.whole("waves", log).map(|n| n as u32);
    let n_points = section.whole("points", log).map(|n| n as u32);
    let n_draws = match section.optional("draws") {
        Some(_) => section.whole("draws", log).map(|n| n as u32),
        None => Some(0),
    };
    let chosen = section.required("regions", log);
    let chosen = chosen
        .zip(reach.as_mut())
        .and_then(|(node, reach)| reach.places(node, log));
    let free = section.required("free", log);
    let free = free
        .zip(entries)
        .and_then(|(node, entries)| free_rows(node, entries, log));
    section.finish(log);
    let Some(targets) = targets else {
        let fault = Diagnostic::error(code::MISSING, said!("there are no targets to fit to"));
        let help =
            said!("add a table [targets.NAME] for each, with kpi, value, low, high and source");
        log.push(fault.help(help).at(&node.place));
        return None;
    };
    let items = &targets.table(log)?.items;
    let targets: Vec<Option<Target>> = items
        .iter()
        .map(|item| target(item, reach.as_mut(), log))
        .collect();
    if let Some(fault) = reach.as_ref().and_then(Reach::fault) {
        log.push(fault);
    }
    let targets: Option<Vec<Target>> = targets.into_iter().collect();
    let is_blind = |targets: &Vec<Target>| !targets.iter().any(|target| target.is_fitted());
    if targets.as_ref().is_some_and(is_blind) {
        let fault = Diagnostic::error(code::MISSING, said!("there is no target to fit to"));
        log.push(
            fault
                .help(said!("write use = \"fit\" in one or more"))
                .at(&node.place),
        );
        return None;
    }
    Some(Calibration {
        n_waves: n_waves?,
        n_points: n_points?,
        n_draws: n_draws?,
        start: None,
        regions: chosen?,
        free: free?,
        targets: targets?,
    })
}

/// The regions of the scenario, and those about which a calibration may say something.
pub(crate) struct Reach<'a> {
    chosen: &'a [Region],
    all: &'a [Region],
    /// Where they are chosen.
    place: Option<&'a Place>,
    /// Names of those that are not among the chosen.
    lacking: BTreeSet<String>,
}

impl<'a> Reach<'a> {
    pub(crate) fn new(chosen: &'a [Region], all: &'a [Region], place: Option<&'a Place>) -> Self {
        Reach {
            chosen,
            all,
            place,
            lacking: BTreeSet::new(),
        }
    }

    /// Numbers, among the chosen regions, of those that are named; which are not among them is
    /// told once for all of them.
    fn places(&mut self, node: &Node, log: &mut Diagnostics) -> Option<Vec<usize>> {
        if matches!(&node.value, Value::Text(text) if text == "all") {
            return Some((0..self.chosen.len()).collect());
        }
        let named = selection::of_node(node, self.all, log)?;
        let mut places = Some(Vec::new());
        for one in named {
            let place = |other: &Region| other.number == one.number;
            match (self.chosen.iter().position(place), &mut places) {
                (Some(place), Some(places)) => places.push(place),
                (Some(_), None) => {}
                (None, _) => {
                    self.lacking.insert(one.name);
                    places = None;
                }
            }
        }
        places
    }

    /// That the scenario lacks regions that the calibration is about.
    fn fault(&self) -> Option<Diagnostic> {
        let names: Vec<&str> = self.lacking.iter().map(String::as_str).collect();
        let fact = said!(
            "the calibration is about regions that the scenario leaves out: {}",
            suggestion::listed(&names)
        );
        let help = said!(
            "choose regions = \"all\", or take the others out of [calibration] and [targets]"
        );
        let fault = Diagnostic::error(code::NO_SUCH_REGION, fact).help(help);
        (!names.is_empty()).then(|| fault.asked_at(self.place))
    }
}

fn free_rows(node: &Node, entries: &[Entry], log: &mut Diagnostics) -> Option<Vec<usize>> {
    let mut rows = Vec::new();
    let mut is_sound = true;
    for one in node.list(log)? {
        let Some(key) = one.text(log) else {
            is_sound = false;
            continue;
        };
        let fault = match row_of(key) {
            None => {
                let item = Item {
                    key: key.to_owned(),
                    key_place: one.place.clone(),
                    node: one.clone(),
                };
                no_such_parameter(key, &item, log);
                is_sound = false;
                continue;
            }
            Some(row) if rows.contains(&row) => {
                Diagnostic::error(code::TWICE, said!("`{}` is named twice", key))
                    .help(said!("take out one of the two"))
            }
            Some(row)
                if entries[row].low >= entries[row].high
                    || entries[row].distribution == Distribution::Fixed =>
            {
                let fact = said!("the evidence leaves `{}` no range to fit it in", key);
                Diagnostic::error(code::NO_SPREAD, fact).help(said!(
                    "take it off this list, or give it a range in evidence.toml"
                ))
            }
            Some(row) => {
                rows.push(row);
                continue;
            }
        };
        log.push(fault.at(&one.place));
        is_sound = false;
    }
    if rows.is_empty() && is_sound {
        log.push(
            Diagnostic::error(code::EMPTY, said!("there is no parameter in this list"))
                .help(said!("name one or more, such as [\"staff.fte_rvdk\"]"))
                .at(&node.place),
        );
        is_sound = false;
    }
    is_sound.then_some(rows)
}

fn target(item: &Item, reach: Option<&mut Reach<'_>>, log: &mut Diagnostics) -> Option<Target> {
    let section = Section::of(&item.node, TARGET, log)?;
    let label = section.label(log);
    let kpi = section.required("kpi", log).and_then(|node| kpi(node, log));
    let mut number = |key| section.number(key, log);
    let (value, low, high) = (number("value"), number("low"), number("high"));
    let role = section
        .required("use", log)
        .and_then(|node| node.choice(ROLES, log));
    let grade = section.required("grade", log);
    let grade = grade.and_then(|node| node.choice(Grade::WORDS, log));
    let source = section.text("source", log);
    let places = match section.optional("regions").zip(reach) {
        Some((node, reach)) => reach.places(node, log),
        None => Some(Vec::new()),
    };
    let is_share = match section.optional("share_of_country") {
        Some(node) => node.boolean(log),
        None => Some(false),
    };
    if !section.finish(log) {
        return None;
    }
    let target = Target {
        key: item.key.clone(),
        label: label?,
        kpi: kpi?,
        value: value?,
        low: low?,
        high: high?,
        role: role?,
        grade: grade?,
        source: source?.to_owned(),
        regions: places?,
        is_share: is_share?,
    };
    let (low, value, high) = (target.low, target.value, target.high);
    let fault = if !(low <= value && value <= high && low < high) {
        let fact = said!(
            "{} does not lie between low = {} and high = {}",
            value,
            low,
            high
        );
        Diagnostic::error(code::BAD_ORDER, fact)
            .help(said!("write low <= value <= high, and low < high"))
    } else if !target.kpi.is_change()
        && (low < LEAST || target.is_percent() && high > 100.0 - LEAST)
    {
        let fact = said!("a band that reaches 0, or 100 %, has no place on a scale of ratios");
        Diagnostic::error(code::OUT_OF_RANGE, fact).help(said!(
            "write low of {} or more, and shares up to {}",
            LEAST,
            100.0 - LEAST
        ))
    } else if target.is_fitted() && !target.regions.is_empty() {
        let fact =
            said!("a region's figure is for validation: the waves run in a sample of regions");
        Diagnostic::error(code::OUT_OF_RANGE, fact).help(said!("write use = \"validation\""))
    } else if target.regions.len() > 1 && !target.kpi.is_extensive() {
        let fact = said!(
            "`{}` of several regions together is not computed",
            target.kpi.key
        );
        Diagnostic::error(code::OUT_OF_RANGE, fact)
            .help(said!("name one region, or a KPI that counts"))
    } else if target.is_share && (target.regions.is_empty() || !target.kpi.is_extensive()) {
        let fact = said!("a share of the country is that of regions, in something that is counted");
        Diagnostic::error(code::OUT_OF_RANGE, fact)
            .help(said!("add regions, or leave this key out"))
    } else {
        return Some(target);
    };
    log.push(fault.at(&item.key_place));
    None
}

/// The row of a KPI in [`KPIS`], by its key.
///
/// # Errors
///
/// When there is none, with what may have been meant.
pub fn kpi_named(key: &str) -> Result<usize, Diagnostics> {
    KPIS.iter().position(|kpi| kpi.key == key).ok_or_else(|| {
        let mut log = Diagnostics::default();
        log.push(no_such_kpi(key));
        log
    })
}

pub(crate) fn kpi(node: &Node, log: &mut Diagnostics) -> Option<&'static Kpi> {
    let key = node.text(log)?;
    let kpi = Kpi::from_key(key);
    if kpi.is_none() && !log.has_enough() {
        log.push(no_such_kpi(key).at(&node.place));
    }
    kpi
}

fn no_such_kpi(key: &str) -> Diagnostic {
    let keys: Vec<&str> = KPIS.iter().map(|kpi| kpi.key).collect();
    let fact = said!("there is no KPI `{}`", shown(key));
    Diagnostic::error(code::NO_SUCH_KPI, fact).help(suggestion::help(key, &keys))
}
