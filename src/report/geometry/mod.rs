//! Borders of regions that a user brings, for the map instead of its tiles.
//!
//! A file of GeoJSON or TopoJSON is read, and made into shapes of the size in which they
//! are drawn ([`Outlines`]). Those stand in the run folder, so that its page can be made again without the file.

mod outline;
mod parse;
mod subject;

use std::path::PathBuf;

pub use outline::Outlines;
pub(super) use outline::{GEOMETRY, Outline, kept};

/// The largest file that is read \[bytes\].
const MAX_BYTES: u64 = 40 << 20;

/// Names of the veiligheidsregio's, in the order of their codes VR01 to VR25.
const NAMES: [&str; 25] = [
    "Groningen",
    "Fryslân",
    "Drenthe",
    "IJsselland",
    "Twente",
    "Noord- en Oost-Gelderland",
    "Gelderland-Midden",
    "Gelderland-Zuid",
    "Utrecht",
    "Noord-Holland Noord",
    "Zaanstreek-Waterland",
    "Kennemerland",
    "Amsterdam-Amstelland",
    "Gooi en Vechtstreek",
    "Haaglanden",
    "Hollands Midden",
    "Rotterdam-Rijnmond",
    "Zuid-Holland Zuid",
    "Zeeland",
    "Midden- en West-Brabant",
    "Brabant-Noord",
    "Brabant-Zuidoost",
    "Limburg-Noord",
    "Zuid-Limburg",
    "Flevoland",
];

/// Why borders cannot be drawn.
#[derive(Debug, thiserror::Error)]
pub enum GeometryError {
    /// The file cannot be read.
    #[error("{} cannot be read: {source}", path.display())]
    Unreadable {
        /// The file.
        path: PathBuf,
        /// Why not.
        source: std::io::Error,
    },
    /// The file is too large for a page.
    #[error("{} is larger than {} MB\n{}", .0.display(), MAX_BYTES >> 20, parse::FEWER)]
    TooLarge(PathBuf),
    /// The file is not what it should be.
    #[error("{}: {fact}\n{help}", path.display())]
    Unfit {
        /// The file.
        path: PathBuf,
        /// What is wrong.
        fact: String,
        /// What to do about it.
        help: &'static str,
    },
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn codes_are_those_of_the_table_of_regions() {
        let file = std::path::Path::new(env!("CARGO_MANIFEST_DIR")).join("scenarios/regions.csv");
        let mut table = csv::Reader::from_path(file).unwrap();
        for row in table.records().map(Result::unwrap) {
            let number: usize = row[0].parse().unwrap();
            assert_eq!(NAMES[number - 1], &row[1]);
        }
    }
}
