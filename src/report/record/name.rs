//! Names by which folders are known.

/// Name of the file by which a run folder is known.
pub(crate) const MANIFEST: &str = "manifest.json";
/// Name of the file by which the folder of a sweep is known.
pub(crate) const DESIGN: &str = "design.csv";
/// Name of the folder in a run folder with its weighing.
pub(crate) const WEIGHING: &str = "weighing";
