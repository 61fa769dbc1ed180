//! `rvtsim report`.

use super::terminal::{note, page_is};
use super::{Problem, ReportArguments};
use crate::report::{self, GeometryError, PublishError};

/// Makes the page of a run folder anew, and says where it is.
pub(super) fn report(arguments: &ReportArguments) -> Result<(), Problem> {
    let page = match &arguments.geometry {
        None => report::publish(&arguments.folder)?,
        Some(borders) => report::publish_with(&arguments.folder, borders)?,
    };
    note(&page_is(&page));
    Ok(())
}

impl From<PublishError> for Problem {
    fn from(error: PublishError) -> Self {
        match error {
            PublishError::Folder(error) => error.into(),
            PublishError::Geometry(error @ GeometryError::Unreadable { .. }) => {
                Problem::world(error.said())
            }
            PublishError::Geometry(error) => Problem::request(error.said()),
        }
    }
}
