//! Tables: their columns with what each means, their rows, and how both are read back.

pub(crate) mod change_over;
pub(crate) mod column;
pub(crate) mod distribution_table;
pub(crate) mod field;
pub(crate) mod flow_table;
pub(crate) mod kpi_table;
pub(crate) mod name;
pub(crate) mod reading;
pub(crate) mod row;
pub(crate) mod series_table;
pub(crate) mod staffing_table;
pub(crate) mod stage_table;
pub(crate) mod table;
pub(crate) mod team_table;
pub(crate) mod typed;
