//! Today's organisations: where the staff of every form comes from.

use serde::Serialize;

use crate::model::{Function, FunctionSet, Scale};

/// An organisation of the estafettemodel whose professionals work in this chain.
#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Debug, Serialize)]
#[repr(u8)]
pub enum Organisation {
    /// The lokale teams of the gemeenten.
    LokaalTeam,
    /// Veilig Thuis.
    VeiligThuis,
    /// The Raad voor de Kinderbescherming.
    Rvdk,
    /// The gecertificeerde instellingen: jeugdbescherming.
    GiJeugdbescherming,
    /// The gecertificeerde instellingen: jeugdreclassering.
    GiJeugdreclassering,
}

impl Organisation {
    /// The number of organisations.
    pub const COUNT: usize = 5;

    /// Every organisation.
    pub const ALL: [Organisation; Organisation::COUNT] = [
        Organisation::LokaalTeam,
        Organisation::VeiligThuis,
        Organisation::Rvdk,
        Organisation::GiJeugdbescherming,
        Organisation::GiJeugdreclassering,
    ];

    /// Its name in form files.
    pub const fn key(self) -> &'static str {
        match self {
            Organisation::LokaalTeam => "lokaal_team",
            Organisation::VeiligThuis => "veilig_thuis",
            Organisation::Rvdk => "rvdk",
            Organisation::GiJeugdbescherming => "gi_jeugdbescherming",
            Organisation::GiJeugdreclassering => "gi_jeugdreclassering",
        }
    }

    /// The organisation of that name.
    pub fn from_key(key: &str) -> Option<Organisation> {
        Organisation::ALL
            .into_iter()
            .find(|organisation| organisation.key() == key)
    }

    /// The organisation that does a function today; none for what is done outside the chain.
    pub fn of(function: Function) -> Option<Organisation> {
        Organisation::ALL
            .into_iter()
            .find(|organisation| organisation.functions().has(function))
    }

    /// How it is spread over a region today.
    pub fn scale(self) -> Scale {
        match self {
            Organisation::LokaalTeam => Scale::Area,
            _ => Scale::Region,
        }
    }

    /// What its specialists do today by law or practice, and go on doing in any team.
    pub fn functions(self) -> FunctionSet {
        FunctionSet::of(match self {
            Organisation::LokaalTeam => &[Function::VrijwilligeHulp, Function::Nazorg],
            Organisation::VeiligThuis => &[
                Function::Advies,
                Function::Veiligheidsbeoordeling,
                Function::Onderzoek,
                Function::VoorwaardenEnVervolg,
                Function::Crisis,
            ],
            Organisation::Rvdk => &[Function::Beschermingsonderzoek, Function::ToetsEnVerzoek],
            Organisation::GiJeugdbescherming => &[Function::Drang, Function::UitvoeringMaatregel],
            Organisation::GiJeugdreclassering => &[Function::Jeugdreclassering],
        })
    }
}
