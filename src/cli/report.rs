//! `rvtsim report`.

use super::Problem;
use super::terminal::{note, page_is};
use crate::page::{self, PublishError};
use crate::report::GeometryError;
use clap::Args;
use std::path::PathBuf;

pub(super) const ABOUT: &str = "\
Makes report.html, one file that a board can open, send and print, and its figures in
charts/, from the folder of a run alone: no scenario is read and nothing is simulated.
`rvtsim run` does so by itself at the end.

With --geometry the map is drawn with the borders of a file, which has a polygon for every
region of the run with its code, VR01 to VR25, in a property such as statcode, as the files of
CBS and PDOK have. Areas of other kinds in it, such as GM0344 and PV26, are left out; borders of
several years, or of several layers, are refused. The borders are kept in the folder as geometry.json, at the size of the
page, so that the folder alone gives the same page again; without that file there are tiles.";

pub(super) const EXAMPLES: &str = "\
Examples:
  rvtsim report results/vergelijking
      makes the page again, say after the program has changed
  rvtsim report results/vergelijking --geometry veiligheidsregio_2025.topojson
      with borders instead of tiles";

/// What `rvtsim report` is told.
#[derive(Clone, PartialEq, Eq, Debug, Args)]
pub struct ReportArguments {
    /// The folder of a run, such as results/vergelijking
    #[arg(value_name = "RUN")]
    pub folder: PathBuf,
    /// Borders of the veiligheidsregio's for the map, instead of tiles: GeoJSON or TopoJSON, WGS84 or RD
    #[arg(long, value_name = "FILE")]
    pub geometry: Option<PathBuf>,
}

/// Makes the page of a run folder anew, and says where it is.
pub(super) fn report(arguments: &ReportArguments) -> Result<(), Problem> {
    let page = match &arguments.geometry {
        None => page::publish(&arguments.folder)?,
        Some(borders) => page::publish_with(&arguments.folder, borders)?,
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
