//! `rvtsim report`.

use std::path::Path;

use super::terminal::note;
use super::{Problem, ReportArguments};
use crate::report::{self, PublicationError};

/// Makes the page of a run folder.
pub(super) fn report(arguments: &ReportArguments) -> Result<(), Problem> {
    publish(&arguments.folder)
}

/// Makes the page of a run folder, and says where it is.
pub(super) fn publish(folder: &Path) -> Result<(), Problem> {
    let page = report::publish(folder)?;
    note(&format!("the page for a board is {}", page.display()));
    Ok(())
}

impl From<PublicationError> for Problem {
    fn from(error: PublicationError) -> Self {
        if error.is_request() {
            Problem::request(error)
        } else {
            Problem::world(error)
        }
    }
}
