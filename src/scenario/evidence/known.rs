//! calibrated_targets.csv: what is known of the country and its regions, and what the model shows of it as it was fitted.

use std::sync::Arc;

use csv::{ReaderBuilder, Trim};
use serde::{Deserialize, Serialize};

use crate::scenario::fault::code;
use crate::scenario::fault::diagnostic::{Diagnostic, Diagnostics};
use crate::scenario::fault::said::said;
use crate::scenario::fault::source::{Place, Source};
use crate::scenario::file::library::{KNOWN, Library};
use crate::scenario::plan::calibration::Role;

/// What stands between regions in a cell.
const BETWEEN: &str = "; ";

/// A figure that is known, beside what the estafettemodel shows with the fitted values and the hours that it was measured
/// with: a row of the table targets of a calibration.
#[derive(Clone, PartialEq, Debug, Serialize, Deserialize)]
pub struct Known {
    /// What people read, in Dutch.
    pub label_nl: String,
    /// The same in English.
    pub label_en: String,
    /// Names of the regions that it is about, together; empty for the country.
    pub regions: String,
    /// What it was for in the fit: the name of a [`Role`].
    #[serde(rename = "use")]
    pub role: String,
    /// What is known, in its own unit.
    pub value: f64,
    /// Lower end of the band in which the model fits.
    pub low: f64,
    /// Upper end of that band.
    pub high: f64,
    /// Mean over the replications of the fit's last report; nothing if no replication shows it.
    pub simulated_mean: Option<f64>,
}

impl Known {
    /// Whether it is about this region and no other.
    pub fn is_of(&self, region: &str) -> bool {
        self.regions == region
    }

    /// Whether it is about this region, alone or with others.
    pub fn touches(&self, region: &str) -> bool {
        self.regions.split(BETWEEN).any(|one| one == region)
    }

    /// Whether nothing in the model or its ranges rests on it, so that it tests the fit.
    pub fn is_test(&self) -> bool {
        self.role == Role::Validation.key()
    }

    /// Whether what the model shows lies in the band.
    pub fn is_inside(&self) -> bool {
        let inside = |mean| (self.low..=self.high).contains(&mean);
        self.simulated_mean.is_some_and(inside)
    }
}

/// What the library knows; nothing where no calibration has left its table there.
pub(crate) fn read(library: &mut Library, log: &mut Diagnostics) -> Option<Vec<Known>> {
    let Some(path) = library.known() else {
        return Some(Vec::new());
    };
    let source = library.text(&path, None, log)?;
    rows(&source)
        .map_err(|error| {
            let fact = said!("this is not what a calibration writes: {}", error);
            let help = said!("put targets.csv of `rvtsim calibrate` there under the name {}, or take the file away", KNOWN);
            let fault = Diagnostic::error(code::BAD_CSV, fact).help(help);
            log.push(fault.at(&Place::new(&source, 0..0)));
        })
        .ok()
}

fn rows(source: &Arc<Source>) -> Result<Vec<Known>, csv::Error> {
    let mut reader = ReaderBuilder::new()
        .trim(Trim::All)
        .from_reader(source.text.as_bytes());
    reader.deserialize().collect()
}
