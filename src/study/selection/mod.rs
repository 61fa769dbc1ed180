//! As many replications as a question needs: to a stated precision, or until the best form is known.

pub(crate) mod contest;
pub(crate) mod precision;
pub(crate) mod terminal;
