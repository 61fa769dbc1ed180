//! Borders of regions that a user brings, for the map instead of its tiles.
//!
//! A file of GeoJSON or TopoJSON is read, and made into shapes of the size in which they
//! are drawn ([`Outlines`]). Those stand in the run folder, so that its page can be made again without the file.

pub(crate) mod outline;
pub(crate) mod parse;
pub(crate) mod subject;

use std::path::PathBuf;

pub(crate) use crate::report::geometry::outline::{GEOMETRY, Outline, kept};
pub use outline::Outlines;

use crate::report::Lang;
use crate::scenario::{Said, said};

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
#[error("{}", self.said().text(Lang::En))]
pub enum GeometryError {
    /// The file cannot be read.
    Unreadable {
        /// The file.
        path: PathBuf,
        /// Why not.
        source: std::io::Error,
    },
    /// The file is too large for a page.
    TooLarge(PathBuf),
    /// The file is not what it should be.
    Unfit {
        /// The file.
        path: PathBuf,
        /// What is wrong.
        fact: Said,
        /// What to do about it.
        help: Said,
    },
}

impl GeometryError {
    /// What it says.
    pub fn said(&self) -> Said {
        match self {
            GeometryError::Unreadable { path, source } => {
                said!("{} cannot be read: {}", path.display(), Said::of(source))
            }
            GeometryError::TooLarge(path) => said!(
                "{} is larger than {} MB\n{}",
                path.display(),
                MAX_BYTES >> 20,
                parse::fewer()
            ),
            GeometryError::Unfit { path, fact, help } => {
                said!("{}: {}\n{}", path.display(), *fact, *help)
            }
        }
    }
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
