//! The veiligheidsregio, at whose scale everything is simulated.

use serde::Serialize;

use super::Parameters;
use super::area::Place;
use super::parameter::HouseholdParameters;

/// At most this share of a region's first meldingen is about an unsafe home, unless the country's is larger: some
/// concerns turn out light everywhere.
const MOST_UNSAFE: f64 = 0.9;

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
    /// Unsafe homes for each inhabitant, against the country's.
    pub unsafety: f64,
    /// Share of the country's unsafe homes.
    pub share_of_unsafety: f64,
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

impl Region {
    /// The same region with so many times the people and all that comes with them.
    pub fn times(&self, size: f64) -> Region {
        Region {
            inhabitants: (f64::from(self.inhabitants) * size) as u32,
            meldingen_per_year: self.meldingen_per_year * size,
            adviezen_per_year: self.adviezen_per_year * size,
            share_of_meldingen: self.share_of_meldingen * size,
            share_of_inhabitants: self.share_of_inhabitants * size,
            share_of_unsafety: self.share_of_unsafety * size,
            ..self.clone()
        }
    }

    /// Unsafe homes for a melding, against the country's.
    pub(crate) fn unsafe_homes_for_a_melding(&self) -> f64 {
        self.share_of_unsafety / self.share_of_meldingen
    }

    /// Shares of first meldingen about homes that are structurally and acutely unsafe.
    ///
    /// Unsafe homes are where people are, meldingen where people report: where fewer are reported for as many unsafe
    /// homes, so much more of what is reported is unsafe.
    pub(crate) fn unsafe_shares(&self, country: &HouseholdParameters) -> (f64, f64) {
        let (structureel, acuut) = (country.structureel_share, country.acuut_share);
        let most = MOST_UNSAFE.max(structureel + acuut);
        let times = self
            .unsafe_homes_for_a_melding()
            .min(most / (structureel + acuut));
        match times.is_finite() {
            true => (structureel * times, acuut * times),
            false => (structureel, acuut),
        }
    }

    /// Chance that an incident is reported: less where more of the families that are reported are unsafe, so that
    /// there are as many meldingen for each first one as in the country.
    pub(crate) fn report_probability(&self, country: &Parameters) -> f64 {
        let household = &country.household;
        let (structureel, acuut) = self.unsafe_shares(household);
        let (here, there) = (
            structureel + acuut,
            household.structureel_share + household.acuut_share,
        );
        match here > 0.0 {
            true => (country.danger.report_probability * there / here).min(1.0),
            false => country.danger.report_probability,
        }
    }
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
    /// The unit in which places outside the chain are given: a thousand meldingen a year.
    pub(crate) fn thousands_of_meldingen(&self) -> f64 {
        self.meldingen_per_year / 1000.0
    }

    /// Share of the country's meldingen that stay at Veilig Thuis, if in the regions
    /// of which it is not known it is `elsewhere`.
    pub fn kept_share(&self, elsewhere: f64) -> f64 {
        let unknown = self.meldingen_per_year - self.meldingen_with_kept_share;
        (self.meldingen_known_kept + unknown * elsewhere) / self.meldingen_per_year
    }
}
