//! A finished run, read back from its folder.

pub(crate) mod form_name;
pub(crate) mod reading;
pub(crate) mod replication;
pub(crate) mod rest;
