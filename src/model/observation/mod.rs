//! What a pass sees, as sums that merge, and the table of KPIs that follow from them.

pub(crate) mod distribution;
pub(crate) mod flow;
pub(crate) mod kpi;
pub(crate) mod proeftuin;
pub(crate) mod quarter;
pub(crate) mod tally;
pub(crate) mod wait;
