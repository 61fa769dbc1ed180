//! The fifteen functions (taken) of the chain, in pathway order.

use serde::{Deserialize, Serialize};

/// A task that the law or practice gives to the chain; a form says which team
/// does it and in which mode.
#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Debug, Serialize, Deserialize)]
#[repr(u8)]
pub enum Function {
    /// Advice to somebody who worries, or to a lead by consultation; no family is transferred.
    Advies,
    /// The safety assessment of a melding (Veilig Thuis, five working days).
    Veiligheidsbeoordeling,
    /// The inquiry of Veilig Thuis (ten weeks).
    Onderzoek,
    /// Conditions for safety and their follow-up.
    VoorwaardenEnVervolg,
    /// Voluntary help by the lokaal team.
    VrijwilligeHulp,
    /// Specialist help by a provider outside the chain: a delay with a capacity.
    SpecialistischeHulp,
    /// Preventive jeugdbescherming, before any order.
    Drang,
    /// The table at which parents and organisations meet; weekly batches.
    Jeugdbeschermingstafel,
    /// The inquiry into a measure of child protection.
    Beschermingsonderzoek,
    /// The check of that inquiry and the petition to the judge.
    ToetsEnVerzoek,
    /// The kinderrechter: a delay with a capacity.
    Rechter,
    /// The execution of a measure by a jeugdbeschermer.
    UitvoeringMaatregel,
    /// Supervision of a young offender, entered from the criminal side.
    Jeugdreclassering,
    /// Work that cannot wait, round the clock.
    Crisis,
    /// The last contacts after a measure or drang.
    Nazorg,
}

impl Function {
    /// The number of functions.
    pub const COUNT: usize = 15;

    /// Every function, in pathway order.
    pub const ALL: [Function; Function::COUNT] = [
        Function::Advies,
        Function::Veiligheidsbeoordeling,
        Function::Onderzoek,
        Function::VoorwaardenEnVervolg,
        Function::VrijwilligeHulp,
        Function::SpecialistischeHulp,
        Function::Drang,
        Function::Jeugdbeschermingstafel,
        Function::Beschermingsonderzoek,
        Function::ToetsEnVerzoek,
        Function::Rechter,
        Function::UitvoeringMaatregel,
        Function::Jeugdreclassering,
        Function::Crisis,
        Function::Nazorg,
    ];

    /// Its name in every file.
    pub fn key(self) -> &'static str {
        match self {
            Function::Advies => "advies",
            Function::Veiligheidsbeoordeling => "veiligheidsbeoordeling",
            Function::Onderzoek => "onderzoek",
            Function::VoorwaardenEnVervolg => "voorwaarden_en_vervolg",
            Function::VrijwilligeHulp => "vrijwillige_hulp",
            Function::SpecialistischeHulp => "specialistische_hulp",
            Function::Drang => "drang",
            Function::Jeugdbeschermingstafel => "jeugdbeschermingstafel",
            Function::Beschermingsonderzoek => "beschermingsonderzoek",
            Function::ToetsEnVerzoek => "toets_en_verzoek",
            Function::Rechter => "rechter",
            Function::UitvoeringMaatregel => "uitvoering_maatregel",
            Function::Jeugdreclassering => "jeugdreclassering",
            Function::Crisis => "crisis",
            Function::Nazorg => "nazorg",
        }
    }

    /// The function of that name.
    pub fn from_key(key: &str) -> Option<Function> {
        Function::ALL
            .into_iter()
            .find(|function| function.key() == key)
    }

    /// Whether a form may do without it.
    pub fn is_optional(self) -> bool {
        matches!(self, Function::Drang | Function::Jeugdbeschermingstafel)
    }

    /// Whether it is always a delay outside the chain's own staff.
    pub fn is_external(self) -> bool {
        matches!(
            self,
            Function::SpecialistischeHulp | Function::Jeugdbeschermingstafel | Function::Rechter
        )
    }

    /// What it brings in the way of an assessment of the family.
    pub fn assessment(self) -> Assessment {
        match self {
            Function::Veiligheidsbeoordeling | Function::Onderzoek | Function::Crisis => {
                Assessment::Always
            }
            Function::VrijwilligeHulp
            | Function::Drang
            | Function::Beschermingsonderzoek
            | Function::UitvoeringMaatregel
            | Function::Jeugdreclassering
            | Function::Nazorg => Assessment::UnlessShared,
            Function::Advies
            | Function::VoorwaardenEnVervolg
            | Function::SpecialistischeHulp
            | Function::Jeugdbeschermingstafel
            | Function::ToetsEnVerzoek
            | Function::Rechter => Assessment::Never,
        }
    }
}

/// When a function makes its own assessment of the family.
///
/// Toets en verzoek as a check adds one: that is the mode's doing, not the function's.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub enum Assessment {
    /// It *is* an assessment: a judgement that the law asks for by itself.
    Always,
    /// Only if the one who starts is new to the family and does not share the
    /// dossier of those who assessed before.
    UnlessShared,
    /// It works with what others found.
    Never,
}

/// A set of functions.
#[derive(Clone, Copy, PartialEq, Eq, Default, Debug, Serialize)]
pub struct FunctionSet(pub u32);

impl FunctionSet {
    /// The set with all of these.
    pub fn of(functions: &[Function]) -> Self {
        FunctionSet(
            functions
                .iter()
                .fold(0, |set, &function| set | 1 << function as u32),
        )
    }

    /// Whether the function is in the set.
    pub fn has(self, function: Function) -> bool {
        self.0 & (1 << function as u32) != 0
    }

    /// Adds the function.
    pub fn insert(&mut self, function: Function) {
        self.0 |= 1 << function as u32;
    }

    /// Takes the function out.
    pub fn remove(&mut self, function: Function) {
        self.0 &= !(1 << function as u32);
    }

    /// What one of the sets has.
    pub fn or(self, other: Self) -> Self {
        FunctionSet(self.0 | other.0)
    }

    /// What both sets have.
    pub fn and(self, other: Self) -> Self {
        FunctionSet(self.0 & other.0)
    }
}

impl FromIterator<Function> for FunctionSet {
    fn from_iter<I: IntoIterator<Item = Function>>(functions: I) -> Self {
        functions
            .into_iter()
            .fold(FunctionSet::default(), |mut set, function| {
                set.insert(function);
                set
            })
    }
}
