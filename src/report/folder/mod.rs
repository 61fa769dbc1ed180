//! The folder of a run: kept while passes are made, written as a whole or not at all, made anew in part.

pub(crate) mod deed;
pub(crate) mod folder_error;
pub(crate) mod lock;
pub(crate) mod manifest;
pub(crate) mod origin;
pub(crate) mod pass_file;
pub(crate) mod renewal;
pub(crate) mod repetition;
pub(crate) mod sealed;
pub(crate) mod site;
pub(crate) mod staging;
pub(crate) mod writing;
pub(crate) mod written;
