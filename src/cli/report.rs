//! `rvtsim report`.

use super::terminal::{note, page_is};
use super::{Problem, ReportArguments};
use crate::report;

/// Makes the page of a run folder anew, and says where it is.
pub(super) fn report(arguments: &ReportArguments) -> Result<(), Problem> {
    let page = report::publish(&arguments.folder)?;
    note(&page_is(&page));
    Ok(())
}
