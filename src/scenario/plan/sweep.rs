//! The section `[sweep]` of a scenario: what varies, how far, and at which points.

use super::calibration::{kpi, kpis};
use super::factor::{Factor, Ground};
use super::{factor, point_list};
use crate::model::{KPIS, Kpi, Parameters};
use crate::scenario::evidence::pattern::parameters_named;
use crate::scenario::evidence::{Distribution, Entry, Family, Grade};
use crate::scenario::fault::code;
use crate::scenario::fault::diagnostic::{Diagnostic, Diagnostics};
use crate::scenario::fault::rendering::shown;
use crate::scenario::fault::said::said;
use crate::scenario::fault::source::Place;
use crate::scenario::file::library::{Document, Library};
use crate::scenario::file::overlay::{self, Depth};
use crate::scenario::file::raw::{Item, Node};
use crate::scenario::form::setting::Value;
use crate::scenario::section::Section;
use crate::scenario::section::shape::{Key, Kind, Need, always, may, words_of};

/// More factors than this are not varied at once.
const MAX_FACTORS: usize = 500;
/// More points than this are a slip of the pen.
const MAX_POINTS: u64 = 10_000_000;

/// The section `[sweep]`.
pub(crate) const KEYS: &[Key] = &[
    always(
        "design",
        Kind::Word(|| words_of(DESIGNS)),
        "\"latin_hypercube\"",
        "How points are chosen. `list`: those of a file. `grid`: every combination of levels. `latin_hypercube`, `sobol`: spread over all ranges at once. `saltelli`, for indices of Sobol', and `morris`, for screening: which factors matter. `one_at_a_time`: the ends of each range, the rest as the scenario has it.",
    ),
    Key {
        name: "points",
        need: Need::If("`design` is neither `list` nor `one_at_a_time`"),
        kind: Kind::Whole(1, MAX_POINTS),
        meaning: "How many; of `grid` the levels of each factor that has a range, of `saltelli` the base points (each takes as many points as there are factors, and two), of `morris` the trajectories (each takes as many as there are factors, and one).",
        example: "256",
    },
    may(
        "factors",
        Kind::List(&Kind::Text, 0, MAX_FACTORS),
        "only those of `ranges`",
        "[\"grade D\", \"staff.fte*\"]",
        "Parameters that vary over their range in evidence.toml: keys, groups, beginnings with a star, `grade D` for all of a grade, `family capacity` for all of a family of effects.",
    ),
    may(
        "ranges",
        Kind::Named(&Kind::Table(factor::RANGE)),
        "none",
        "",
        "Factors with a range or levels of their own, by their name between quotes: a parameter, a setting of a form by its path (`\"v2_rnvt.teams.rnvt.generalist_share\"`; `*` in place of the form means each), a building block of a form (`\"v2_rnvt.blocks.dossier\"`), `\"scenario.warm_up\"` or `\"scenario.measured\"`.",
    ),
    Key {
        name: "list",
        need: Need::If("`design` is `list`"),
        kind: Kind::Text,
        meaning: "A CSV file with the points, a path from this file's folder: a column for each factor, or columns `draw`, `parameter` and `value` as in the draws.csv of a calibration. An empty cell is the scenario's own value.",
        example: "\"punten.csv\"",
    },
    may(
        "kpis",
        Kind::List(&Kind::Word(kpis), 1, usize::MAX),
        "those at the head of a run's page",
        "[\"ots_per_year\"]",
        "The KPIs that are written down.",
    ),
];

const DESIGNS: &[(&str, Plan)] = &[
    ("list", Plan::List),
    ("grid", Plan::Grid),
    ("latin_hypercube", Plan::LatinHypercube),
    ("sobol", Plan::Sobol),
    ("saltelli", Plan::Saltelli),
    ("morris", Plan::Morris),
    ("one_at_a_time", Plan::OneAtATime),
];

/// How points are chosen.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub enum Plan {
    /// Those of a file.
    List,
    /// Every combination of levels.
    Grid,
    /// One in each slice of every range.
    LatinHypercube,
    /// A scrambled sequence of Sobol'.
    Sobol,
    /// Saltelli's scheme for the indices of Sobol'.
    Saltelli,
    /// Trajectories of Morris.
    Morris,
    /// The ends of each range, or each level, the rest as the scenario has it.
    OneAtATime,
}

impl Plan {
    /// Its name in a scenario.
    pub fn key(self) -> &'static str {
        let found = DESIGNS.iter().find(|(_, plan)| *plan == self);
        found.expect("every plan has a name").0
    }
}

/// A scenario's sweep.
#[derive(Clone, PartialEq, Debug)]
pub struct Sweep {
    /// How points are chosen.
    pub plan: Plan,
    /// How many, as the plan counts them.
    pub n_points: u32,
    /// What varies.
    pub factors: Vec<Factor>,
    /// The points of a list: a value for every factor, or the scenario's own.
    pub list: Vec<Vec<Option<Value>>>,
    /// Rows of [`KPIS`] that are written down.
    pub kpis: Vec<usize>,
}

/// Reads the section, if there is one.
pub(crate) fn read(
    documents: &[Document],
    ground: &Ground<'_>,
    n_points: Option<u32>,
    library: &mut Library,
    log: &mut Diagnostics,
) -> Option<Option<Sweep>> {
    let Some(node) = overlay::merged(documents, "sweep", Depth::Keys, log) else {
        return Some(None);
    };
    let section = Section::of(&node, KEYS, log)?;
    let plan = section.required("design", log);
    let plan = plan.and_then(|node| node.choice(DESIGNS, log));
    let in_file = match plan {
        Some(Plan::List | Plan::OneAtATime) => Some(None),
        _ => section.whole("points", log).map(|n| Some(n as u32)),
    };
    let named = match section.optional("factors") {
        Some(node) => named(node, ground.ledger, log),
        None => Some(Vec::new()),
    };
    let ranged = match section.optional("ranges") {
        Some(node) => ranged(node, ground, log),
        None => Some(Vec::new()),
    };
    let list = match (plan, section.optional("list")) {
        (Some(Plan::List), _) => {
            let node = section.required("list", log);
            let read = |node| point_list::read(node, documents, ground, library, log);
            node.and_then(read)
        }
        _ => Some((Vec::new(), Vec::new())),
    };
    let kpis = match section.optional("kpis") {
        Some(node) => kpis_of(node, log),
        None => Some(headlines()),
    };
    section.finish(log);
    let (plan, (in_list, list)) = (plan?, list?);
    let (named, ranged) = (named?, ranged?);
    let factors = if plan == Plan::List {
        in_list
    } else {
        // A range of one's own comes in the place of that of the evidence.
        let is_own = |factor: &Factor| ranged.iter().any(|own| own.key == factor.key);
        let kept = named.into_iter().filter(|factor| !is_own(factor));
        let factors: Vec<Factor> = kept.chain(ranged.iter().cloned()).collect();
        if factors.is_empty() || factors.len() > MAX_FACTORS {
            let fact = said!(
                "a sweep varies 1 to {} factors, not {}",
                MAX_FACTORS,
                factors.len()
            );
            let help = said!("name some in `factors` or `ranges`");
            log.push(
                Diagnostic::error(code::MISSING, fact)
                    .help(help)
                    .at(&node.place),
            );
            return None;
        }
        for (number, factor) in factors.iter().enumerate() {
            if let Some(rival) = factor.rival(&factors[..number]) {
                log.push(factor::twice(factor, rival).at(&node.place));
                return None;
            }
        }
        factors
    };
    let sweep = Sweep {
        plan,
        n_points: n_points.or(in_file?).unwrap_or_default(),
        factors,
        list,
        kpis: kpis?,
    };
    is_within(&sweep, &node.place, log).then_some(Some(sweep))
}

/// Whether there are not too many points.
fn is_within(sweep: &Sweep, place: &Place, log: &mut Diagnostics) -> bool {
    let n = sweep.n_all_points();
    let is_within = (1.0..=MAX_POINTS as f64).contains(&n);
    if !is_within {
        let fact = said!(
            "this design has {} points; at most {} can be had",
            format!("{:.0}", n),
            MAX_POINTS
        );
        let help = said!("vary fewer factors, or write a smaller number of points");
        log.push(
            Diagnostic::error(code::OUT_OF_RANGE, fact)
                .help(help)
                .at(place),
        );
    }
    is_within
}

impl Sweep {
    /// The number of points in all; a whole number, however large.
    pub fn n_all_points(&self) -> f64 {
        let (n, d) = (f64::from(self.n_points), self.factors.len() as f64);
        match self.plan {
            Plan::List => self.list.len() as f64,
            Plan::Grid => self
                .factors
                .iter()
                .map(|factor| factor.n_levels(self.n_points) as f64)
                .product(),
            Plan::LatinHypercube | Plan::Sobol => n,
            Plan::Saltelli => n * (d + 2.0),
            Plan::Morris => n * (d + 1.0),
            Plan::OneAtATime => {
                let ends = self.factors.iter().map(|factor| factor.n_levels(2) as f64);
                1.0 + ends.sum::<f64>()
            }
        }
    }
}

fn headlines() -> Vec<usize> {
    let rows = KPIS.iter().enumerate();
    rows.filter_map(|(row, kpi)| kpi.is_headline.then_some(row))
        .collect()
}

fn kpis_of(node: &Node, log: &mut Diagnostics) -> Option<Vec<usize>> {
    let list = node.list(log)?;
    let rows: Vec<Option<usize>> = list
        .iter()
        .map(|one| {
            let found: &Kpi = kpi(one, log)?;
            KPIS.iter().position(|kpi| kpi.key == found.key)
        })
        .collect();
    let mut rows: Vec<usize> = rows.into_iter().collect::<Option<_>>()?;
    rows.sort_unstable();
    rows.dedup();
    if rows.is_empty() {
        let fault = Diagnostic::error(code::EMPTY, said!("there is no KPI in this list"));
        let help = said!("name some, or leave out `kpis`");
        log.push(fault.help(help).at(&node.place));
        return None;
    }
    Some(rows)
}

/// Factors over the range of the evidence; those that it gives none are left out of a group,
/// and are an error by name.
fn named(node: &Node, ledger: &[Entry], log: &mut Diagnostics) -> Option<Vec<Factor>> {
    let mut rows: Vec<usize> = Vec::new();
    let mut is_sound = true;
    // Of a list that is too long no more is looked at.
    for one in node.list(log)?.iter().take(MAX_FACTORS) {
        let meant = one.text(log).and_then(|word| meant(word, one, ledger, log));
        match meant {
            Some(meant) => rows.extend(meant),
            None => is_sound = false,
        }
    }
    rows.sort_unstable();
    rows.dedup();
    let factors = rows
        .into_iter()
        .map(|row| Factor::of_evidence(row, &ledger[row]));
    is_sound.then(|| factors.collect())
}

/// Rows of the ledger that a word means and that can vary.
fn meant(word: &str, node: &Node, ledger: &[Entry], log: &mut Diagnostics) -> Option<Vec<usize>> {
    let rows = |is_meant: &dyn Fn(&Entry) -> bool| {
        let rows = ledger.iter().enumerate();
        rows.filter(|(_, entry)| is_meant(entry))
            .map(|(row, _)| row)
            .collect::<Vec<usize>>()
    };
    let (found, is_one) = if let Some(grade) = word.strip_prefix("grade ") {
        let words = Grade::WORDS;
        let Some((_, grade)) = words.iter().find(|(key, _)| *key == grade.trim()) else {
            node.no_such_word(grade.trim(), &words_of(words), log);
            return None;
        };
        (rows(&|entry| entry.grade == *grade), false)
    } else if let Some(family) = word.strip_prefix("family ") {
        let words = Family::WORDS;
        let Some((_, family)) = words.iter().find(|(key, _)| *key == family.trim()) else {
            node.no_such_word(family.trim(), &words_of(words), log);
            return None;
        };
        (rows(&|entry| entry.family == *family), false)
    } else {
        match parameters_named(&[word.to_owned()]) {
            Ok(rows) => {
                let is_one = Parameters::TABLE.iter().any(|spec| spec.key == word.trim());
                (rows, is_one)
            }
            Err(faults) => {
                for fault in faults.into_list() {
                    log.push(fault.at(&node.place));
                }
                return None;
            }
        }
    };
    let varies = |row: &usize| {
        let entry = &ledger[*row];
        entry.low < entry.high && entry.distribution != Distribution::Fixed
    };
    let found: Vec<usize> = match is_one {
        true => found,
        false => found.into_iter().filter(varies).collect(),
    };
    let fault = match found.first() {
        None => said!("no parameter of `{}` has a range", shown(word)),
        Some(row) if !varies(row) => said!("the evidence leaves `{}` no range", shown(word)),
        Some(_) => return Some(found),
    };
    let help = said!("take it off this list, or give it a range in [sweep.ranges]");
    log.push(
        Diagnostic::error(code::NO_SPREAD, fault)
            .help(help)
            .at(&node.place),
    );
    None
}

fn ranged(node: &Node, ground: &Ground<'_>, log: &mut Diagnostics) -> Option<Vec<Factor>> {
    let items = &node.table(log)?.items;
    let factors: Vec<Option<Factor>> = items
        .iter()
        .map(|item: &Item| factor::read(item, ground, log))
        .collect();
    factors.into_iter().collect()
}
