//! Files: where they are read from, what a library holds, and how those that extend each other become one tree.

pub(crate) mod files;
pub(crate) mod format;
pub(crate) mod library;
pub(crate) mod overlay;
pub(crate) mod plain_file;
pub(crate) mod raw;
pub(crate) mod subject;
