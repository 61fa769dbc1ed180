//! The veiligheidsregio, at whose scale everything is simulated.

/// A veiligheidsregio.
#[derive(Clone, PartialEq, Debug)]
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
}
