//! Why a calibration has led to nothing.

use super::record::Record;
use crate::experiment::RunError;
use crate::scenario::{Lang, Said, Target, said};

/// How many targets are told of.
const MOST_TOLD: usize = 5;

/// Why there is no fit.
#[derive(Debug, thiserror::Error)]
#[error("{}", self.said().text(Lang::En))]
pub enum CalibrationError {
    /// A run of the model failed.
    Run(#[from] RunError),
    /// At no point has the model shown something of every target.
    NothingFits {
        /// Points at which the model was run.
        n_runs: usize,
        /// The fitted targets, those that are farthest off first.
        misses: Vec<Miss>,
    },
}

impl CalibrationError {
    /// What it says.
    pub fn said(&self) -> Said {
        match self {
            CalibrationError::Run(error) => error.said(),
            CalibrationError::NothingFits { n_runs, misses } => {
                let farthest = misses.iter().take(MOST_TOLD).map(Miss::said);
                said!(
                    "nothing fits: at none of {} points does the model show something of every target\n  {}\n\
                     no step leads from there to a better one, so it ends here\n\
                     let it run longer or in more regions, take targets that it can show, or give free parameters more room",
                    n_runs,
                    Said::joined(farthest, "\n  ")
                )
            }
        }
    }
}

/// How far from a target all runs have remained.
#[derive(Clone, PartialEq, Debug)]
pub struct Miss {
    /// Key of the target.
    pub target: String,
    /// In how many runs nothing of it was seen.
    pub n_unseen: usize,
    /// Its distance in the run that is nearest to it \[standard deviations of its doubt\]; none if none has
    /// seen it.
    pub least: Option<f64>,
}

/// What all runs so far make of the fitted targets.
pub(crate) fn nothing_fits(record: &Record, targets: &[Target]) -> CalibrationError {
    let fitted = targets.iter().filter(|target| target.is_fitted());
    let miss = |(place, target): (usize, &Target)| {
        let distances = record.runs.iter().map(|run| run.distances[place].abs());
        let seen: Vec<f64> = distances.filter(|distance| distance.is_finite()).collect();
        Miss {
            target: target.key.clone(),
            n_unseen: record.runs.len() - seen.len(),
            least: seen.iter().copied().reduce(f64::min),
        }
    };
    let mut misses: Vec<Miss> = fitted.enumerate().map(miss).collect();
    let far = |miss: &Miss| (miss.n_unseen, miss.least.unwrap_or(f64::INFINITY));
    misses.sort_by(|one, other| {
        let ((one, its), (other, others)) = (far(one), far(other));
        other.cmp(&one).then(others.total_cmp(&its))
    });
    CalibrationError::NothingFits {
        n_runs: record.runs.len(),
        misses,
    }
}

impl Miss {
    fn said(&self) -> Said {
        let least = || format!("{:.1}", self.least.unwrap_or_default());
        match (self.least, self.n_unseen) {
            (None, _) => said!("{}: not seen at any point", self.target),
            (Some(_), 0) => said!(
                "{}: {} standard deviations off at the nearest",
                self.target,
                least()
            ),
            (Some(_), n) => said!(
                "{}: not seen at {} points, {} standard deviations off at the nearest",
                self.target,
                n,
                least()
            ),
        }
    }
}
