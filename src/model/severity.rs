//! How unsafe a home is.

use serde::Serialize;

/// The severity class of a household, from safe to acutely unsafe.
#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Debug, Serialize)]
#[repr(u8)]
pub enum Severity {
    /// Has had the help that it needed; background risk only.
    Veilig,
    /// Light concerns.
    LichteZorgen,
    /// Structurally unsafe.
    StructureelOnveilig,
    /// Acutely unsafe.
    AcuutOnveilig,
}

impl Severity {
    /// Every class, the safest first.
    pub const ALL: [Severity; 4] = [
        Severity::Veilig,
        Severity::LichteZorgen,
        Severity::StructureelOnveilig,
        Severity::AcuutOnveilig,
    ];

    /// Its name in every file.
    pub fn key(self) -> &'static str {
        match self {
            Severity::Veilig => "veilig",
            Severity::LichteZorgen => "lichte_zorgen",
            Severity::StructureelOnveilig => "structureel_onveilig",
            Severity::AcuutOnveilig => "acuut_onveilig",
        }
    }

    /// The class of that name.
    pub fn from_key(key: &str) -> Option<Severity> {
        Severity::ALL
            .into_iter()
            .find(|severity| severity.key() == key)
    }

    /// Whether a day in this class counts as unsafe where protection falls short.
    pub fn is_unsafe(self) -> bool {
        self >= Severity::StructureelOnveilig
    }

    /// One class worse; the worst stays.
    pub fn worse(self) -> Severity {
        match self {
            Severity::Veilig => Severity::LichteZorgen,
            Severity::LichteZorgen => Severity::StructureelOnveilig,
            _ => Severity::AcuutOnveilig,
        }
    }
}
