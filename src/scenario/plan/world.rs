//! The section `[doubt]` of a scenario: in which worlds it is run.
//!
//! A world is a value for everything that nobody has measured. Where the doubt is drawn, replication k runs in world k,
//! in every form alike; what it shows is then another year in another world.

use super::factor::{Ground, Lever};
use super::point_list;
use crate::model::Parameters;
use crate::random::Chance;
use crate::scenario::evidence::layer::Layer;
use crate::scenario::evidence::{Distribution, Entry, layer};
use crate::scenario::fault::code;
use crate::scenario::fault::diagnostic::{Diagnostic, Diagnostics};
use crate::scenario::fault::said::said;
use crate::scenario::fault::source::Place;
use crate::scenario::file::library::{DRAWS, Document, Library};
use crate::scenario::file::overlay::{self, Depth};
use crate::scenario::form::setting::Value;
use crate::scenario::section::Section;
use crate::scenario::section::shape::{Key, Kind, may, words_of};

/// Worlds that are drawn from what was held before the fit.
const N_PRIOR: u32 = 200;
/// The number of the stream from which those come.
const STREAM: u16 = 1;

/// From what the worlds are drawn.
#[derive(Clone, Copy, PartialEq, Eq, Debug, Default)]
pub enum Doubt {
    /// All replications in one: that of the values as they are given.
    #[default]
    None,
    /// What agrees with what is known, as the calibration found it.
    Posterior,
    /// What was held before the fit, each parameter over its own range.
    Prior,
}

impl Doubt {
    /// Every kind, by its name in a file.
    pub const WORDS: &[(&str, Doubt)] = &[
        ("posterior", Doubt::Posterior),
        ("prior", Doubt::Prior),
        ("none", Doubt::None),
    ];

    /// Its name in a file; nothing without doubt.
    pub fn key(self) -> &'static str {
        match self {
            Doubt::Posterior => "posterior",
            Doubt::Prior => "prior",
            Doubt::None => "",
        }
    }
}

/// The section `[doubt]`.
pub(crate) const KEYS: &[Key] = &[
    may(
        "parameters",
        Kind::Word(|| words_of(Doubt::WORDS)),
        "\"none\"",
        "\"posterior\"",
        "In which worlds the replications run: each in another one of those that agree with what is known (calibrated_draws.csv), each in another one of what was held before the fit, or all in the one of the values as they are given. The same world in every form.",
    ),
    may(
        "twins",
        Kind::Whole(0, 500),
        "0",
        "5",
        "How many of the replications, at most half of them, run in the first worlds again, with other families and chances: what differs within a world is chance, and tells how much of an interval is (`chance_share` in kpis.csv and paired.csv).",
    ),
];

/// What a scenario says of its worlds.
pub(crate) struct Said {
    pub(crate) doubt: Doubt,
    /// Replications that run in a world that another one runs in.
    pub(crate) twins: u32,
    /// Where it says so.
    pub(crate) place: Place,
}

/// What these files say of it.
pub(crate) fn read(documents: &[Document], log: &mut Diagnostics) -> Option<Said> {
    let node = overlay::merged(documents, "doubt", Depth::Keys, log)?;
    let section = Section::of(&node, KEYS, log)?;
    let word = section.optional("parameters");
    let doubt = word.and_then(|word| Some((word.choice(Doubt::WORDS, log)?, word.place.clone())));
    let twins = section.optional("twins");
    let wholes = section.key("twins").kind.wholes();
    let twins = twins.and_then(|twins| twins.whole_in(wholes, log));
    section.finish(log);
    let (doubt, place) = doubt?;
    Some(Said {
        doubt,
        twins: twins.map_or(0, |twins| twins as u32),
        place,
    })
}

impl Said {
    /// In how many worlds so many replications run, if there are as many: the others are twins.
    pub(crate) fn most_worlds(&self, n_replications: u32) -> u32 {
        n_replications - self.twins.min(n_replications / 2)
    }
}

/// What each world puts in the place of what was fitted; nothing without doubt.
pub(crate) fn layers(
    doubt: Doubt,
    place: &Place,
    ground: &Ground<'_>,
    seed: u64,
    library: &mut Library,
    log: &mut Diagnostics,
) -> Option<Vec<Layer>> {
    match doubt {
        Doubt::None => Some(Vec::new()),
        Doubt::Prior => {
            let chance = Chance::new(seed, 0, 0);
            let world = |number| prior(ground.ledger, &chance, number, place);
            Some((1..=N_PRIOR).map(world).collect())
        }
        Doubt::Posterior => posterior(place, ground, library, log),
    }
}

/// Every parameter over its range, save what is assumed of people: that is the belief set's.
fn prior(ledger: &[Entry], chance: &Chance, number: u32, place: &Place) -> Layer {
    let varies = |entry: &Entry| {
        entry.claim.is_none() && entry.low < entry.high && entry.distribution != Distribution::Fixed
    };
    let rows = ledger.iter().enumerate().filter(|(_, entry)| varies(entry));
    let values = rows.map(|(row, entry)| {
        let u = chance.of(row as u32).uniform(STREAM, number);
        (row, entry.quantile(u))
    });
    Layer::of_values("evidence.toml", values, place)
}

fn posterior(
    place: &Place,
    ground: &Ground<'_>,
    library: &mut Library,
    log: &mut Diagnostics,
) -> Option<Vec<Layer>> {
    let Some(path) = library.draws() else {
        let fact = said!("there is no {} beside evidence.toml", DRAWS);
        let help = said!(
            "run `rvtsim calibrate` and put its draws.csv there under that name, or write parameters = \"none\""
        );
        log.push(Diagnostic::error(code::MISSING, fact).help(help).at(place));
        return None;
    };
    let (factors, points) = point_list::read_file(&path, place, ground, library, log)?;
    let mut rows = Vec::new();
    for factor in &factors {
        match factor.lever {
            Lever::Parameter(row) => rows.push(row),
            _ => {
                let fact = said!(
                    "`{}` is no parameter, and a world has only those",
                    factor.key
                );
                let fault = Diagnostic::error(code::UNKNOWN_KEY, fact);
                log.push(fault.help(said!("take its rows out of the file")).at(place));
                return None;
            }
        }
    }
    let world = |point: Vec<Option<Value>>| {
        let values = rows.iter().zip(point);
        let values = values.filter_map(|(&row, value)| match value {
            Some(Value::Number(value)) => Some((row, value)),
            _ => None,
        });
        Layer::of_values(DRAWS, values, place)
    };
    Some(points.into_iter().map(world).collect())
}

/// The parameters of a form in each world, given what is laid over it.
pub(crate) fn parameters(worlds: &[Layer], ledger: &[Entry], over: Vec<&Layer>) -> Vec<Parameters> {
    let of_world = |world: &Layer| {
        let layers = [world].into_iter().chain(over.iter().copied());
        // What is wrong with a value was told where the values are put into effect.
        let values = layer::values(ledger, layers, &mut Diagnostics::default());
        layer::parameters(&values)
    };
    worlds.iter().map(of_world).collect()
}
