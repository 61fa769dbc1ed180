//! What is wrong with a file, said with its place and what to write instead, in both languages.

pub(crate) mod code;
pub(crate) mod diagnostic;
pub(crate) mod harmless;
pub(crate) mod lang;
pub(crate) mod rendering;
pub(crate) mod said;
pub(crate) mod source;
pub(crate) mod suggestion;
pub(crate) mod syntax;
