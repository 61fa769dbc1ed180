//! The veiligheidsregio, at whose scale everything is simulated.

use serde::Serialize;

use super::Place;

/// A veiligheidsregio.
#[derive(Clone, PartialEq, Debug, Serialize)]
pub struct Region {
    /// Its number, 1..=25.
    pub number: u8,
    /// Its official name.
    pub name: String,
    /// Inhabitants.
    pub inhabitants: u32,
    /// Municipalities.
    pub municipalities: u32,
    /// Meldingen at Veilig Thuis a year.
    pub meldingen_per_year: f64,
    /// Adviezen by Veilig Thuis a year.
    pub adviezen_per_year: f64,
    /// Share of assessed meldingen that stay at Veilig Thuis, where known, 0..=1.
    pub kept_share: Option<f64>,
    /// Share of the country's meldingen.
    pub share_of_meldingen: f64,
    /// Share of the country's inhabitants.
    pub share_of_inhabitants: f64,
    /// The parts of it that a scenario names, of which none lies in another.
    #[serde(skip_serializing_if = "Vec::is_empty")]
    pub places: Vec<Place>,
    /// The country that it is a part of.
    pub country: Country,
}

/// All veiligheidsregio's together.
#[derive(Clone, Copy, PartialEq, Debug, Default, Serialize)]
pub struct Country {
    /// Meldingen at Veilig Thuis a year.
    pub meldingen_per_year: f64,
    /// Adviezen by Veilig Thuis a year.
    pub adviezen_per_year: f64,
    /// Of the meldingen, those in regions of which the kept share is known.
    pub meldingen_with_kept_share: f64,
    /// Of these, those that stay at Veilig Thuis.
    pub meldingen_known_kept: f64,
}

impl Country {
    /// Share of the country's meldingen that stay at Veilig Thuis, if in the regions
    /// of which it is not known it is `elsewhere`.
    pub fn kept_share(&self, elsewhere: f64) -> f64 {
        let unknown = self.meldingen_per_year - self.meldingen_with_kept_share;
        (self.meldingen_known_kept + unknown * elsewhere) / self.meldingen_per_year
    }
}
