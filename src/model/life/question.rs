//! What may be asked of a life: one table, from which a search is read, checked,
//! explained and answered.

use crate::engine::MINUTES_PER_DAY;
use crate::model::{Entrance, Facts, Function, Measure, Route, Severity, Standing};

/// Something that may be asked of a life.
#[derive(Debug)]
pub struct Question {
    /// Its name in a search.
    pub key: &'static str,
    /// What it asks, in English.
    pub definition: &'static str,
    /// What may be the answer.
    pub answer: Answer,
}

/// What may be the answer to a question.
#[derive(Debug)]
pub enum Answer {
    /// One of some words, or several of them.
    Word {
        /// The words.
        words: fn() -> Vec<&'static str>,
        /// Whether the word with that number is true of a life.
        holds: fn(&Facts, usize) -> bool,
    },
    /// A number, with what it counts.
    Number {
        /// Unit, in English.
        unit: &'static str,
        /// The number of a life.
        of: fn(&Facts) -> f64,
    },
}

const YES_NO: [&str; 2] = ["yes", "no"];
/// How a household may come first.
const STARTS: [(&str, Entrance); 3] = [
    ("melding", Entrance::FirstMelding),
    ("own_intake", Entrance::OwnIntake),
    ("jeugdreclassering", Entrance::Jeugdreclassering),
];
/// How unsafe a home may be when it comes first.
const CLASSES: [Severity; 3] = [
    Severity::LichteZorgen,
    Severity::StructureelOnveilig,
    Severity::AcuutOnveilig,
];

fn days(minutes: u64) -> f64 {
    minutes as f64 / f64::from(MINUTES_PER_DAY)
}

const fn word(
    key: &'static str,
    definition: &'static str,
    words: fn() -> Vec<&'static str>,
    holds: fn(&Facts, usize) -> bool,
) -> Question {
    Question {
        key,
        definition,
        answer: Answer::Word { words, holds },
    }
}

const fn number(
    key: &'static str,
    definition: &'static str,
    unit: &'static str,
    of: fn(&Facts) -> f64,
) -> Question {
    Question {
        key,
        definition,
        answer: Answer::Number { unit, of },
    }
}

/// Every question, those about the family first.
pub static QUESTIONS: [Question; 20] = [
    word(
        "start",
        "how it came first",
        || STARTS.map(|(word, _)| word).to_vec(),
        |facts, word| facts.entrance == STARTS[word].1,
    ),
    word(
        "severity",
        "how unsafe the home was then",
        || CLASSES.map(Severity::key).to_vec(),
        |facts, word| facts.severity == CLASSES[word],
    ),
    word(
        "children",
        "whether it has children",
        || YES_NO.to_vec(),
        |facts, word| facts.family.has_children == (word == 0),
    ),
    word(
        "partner_violence",
        "whether there is partner violence",
        || YES_NO.to_vec(),
        |facts, word| facts.family.has_partner_violence == (word == 0),
    ),
    word(
        "measure",
        "a measure that began",
        || Measure::ALL.map(Measure::key).to_vec(),
        |facts, word| facts.measures[word] > 0,
    ),
    word(
        "step",
        "a function of the chain that somebody began for it",
        || Function::ALL.map(Function::key).to_vec(),
        |facts, word| facts.functions.has(Function::ALL[word]),
    ),
    word(
        "route",
        "the way that a closed case has gone, as in routes.csv",
        || Route::ALL.map(Route::key).to_vec(),
        |facts, word| facts.has_gone(Route::ALL[word]),
    ),
    word(
        "outcome",
        "where it stands at the end: its case open, or closed and the home safe, with light concerns, or unsafe",
        || Standing::ALL.map(Standing::key).to_vec(),
        |facts, word| facts.standing == Standing::ALL[word],
    ),
    number(
        "wait",
        "waiting for steps of its way, all together",
        "days",
        |facts| days(facts.waited),
    ),
    number(
        "longest_wait",
        "the longest of these waits",
        "days",
        |facts| days(facts.longest_wait.into()),
    ),
    number(
        "unsafe_days",
        "structurally or acutely unsafe without even conditions",
        "days",
        |facts| days(facts.unsafe_minutes),
    ),
    number("handovers", "handovers to another team", "times", |facts| {
        facts.n_handovers.into()
    }),
    number("retells", "re-tells", "times", |facts| {
        facts.n_retells.into()
    }),
    number("assessments", "assessments", "times", |facts| {
        facts.n_assessments.into()
    }),
    number("professionals", "professionals met", "people", |facts| {
        facts.n_professionals.into()
    }),
    number(
        "meldingen",
        "meldingen, repeated ones included",
        "times",
        |facts| facts.n_meldingen.into(),
    ),
    number("cases", "cases opened", "cases", |facts| {
        facts.n_cases.into()
    }),
    number(
        "incidents",
        "incidents, reported or not",
        "times",
        |facts| facts.n_incidents.into(),
    ),
    number("crises", "incidents that were a crisis", "times", |facts| {
        facts.n_crises.into()
    }),
    number(
        "measures",
        "measures begun, of any kind",
        "measures",
        |facts| facts.n_measures().into(),
    ),
];

/// How a fact should stand to a value.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub enum Relation {
    /// The same.
    Is,
    /// Not the same.
    IsNot,
    /// Below it.
    Below,
    /// At most it.
    AtMost,
    /// Above it.
    Above,
    /// At least it.
    AtLeast,
}

impl Relation {
    /// Every relation with how it is written; one may be written in two ways.
    pub const SIGNS: [(&'static str, Relation); 8] = [
        ("=", Relation::Is),
        ("!=", Relation::IsNot),
        ("<", Relation::Below),
        ("<=", Relation::AtMost),
        (">", Relation::Above),
        (">=", Relation::AtLeast),
        ("≤", Relation::AtMost),
        ("≥", Relation::AtLeast),
    ];

    fn holds(self, fact: f64, value: f64) -> bool {
        match self {
            Relation::Is => fact == value,
            Relation::IsNot => fact != value,
            Relation::Below => fact < value,
            Relation::AtMost => fact <= value,
            Relation::Above => fact > value,
            Relation::AtLeast => fact >= value,
        }
    }
}

/// What a life must be like to be found.
#[derive(Clone, Debug)]
pub struct Condition {
    /// As it was written.
    pub text: String,
    /// What is asked.
    pub question: &'static Question,
    /// How the fact should stand to the value.
    pub relation: Relation,
    /// The value: a number, or the number of a word.
    pub value: u32,
}

impl Condition {
    /// Whether a life is like that.
    pub fn fits(&self, facts: &Facts) -> bool {
        match self.question.answer {
            Answer::Word { holds, .. } => {
                holds(facts, self.value as usize) == (self.relation == Relation::Is)
            }
            Answer::Number { of, .. } => self.relation.holds(of(facts), self.value.into()),
        }
    }
}
