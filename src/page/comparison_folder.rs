//! A folder with a comparison of runs.

use std::ffi::OsString;
use std::fs;
use std::path::{Path, PathBuf};

use super::comparison::{PAGE, comparison_page};
use crate::report::folder::deed;
use crate::report::folder::folder_error::disk;
use crate::report::folder::lock::Lock;
use crate::report::folder::staging::Staging;
use crate::report::{FolderError, SideBySide, comparison_tables};

/// Writes table, dictionary and page of a comparison to a folder that is not there yet; it comes to its
/// place as a whole. Says where the page is.
///
/// # Errors
///
/// When something is there, another program is writing it, or the disk fails.
pub fn write_comparison(found: &SideBySide, folder: &Path) -> Result<PathBuf, FolderError> {
    let name = folder.file_name();
    let name = name.ok_or_else(|| FolderError::NoName(folder.to_owned()))?;
    if let Some(above) = folder
        .parent()
        .filter(|above| !above.as_os_str().is_empty())
    {
        deed::make_folders(above).map_err(disk("make", above))?;
    }
    let _lock = Lock::alone(folder)?;
    if fs::symlink_metadata(folder).is_ok() {
        return Err(FolderError::Taken(folder.to_owned()));
    }
    let beside: OsString = [name, ".new".as_ref()].into_iter().collect();
    let new = Staging::begin(folder.with_file_name(beside))?;
    for table in comparison_tables(found) {
        new.write_table(table)?;
    }
    new.write(PAGE, comparison_page(found))?;
    new.put_at(folder)?;
    Ok(folder.join(PAGE))
}
