//! The model, through the library: one pass or a few.

mod common;
#[path = "../shipped/mod.rs"]
mod shipped;

mod area;
mod belief;
mod change;
mod common_random_numbers;
mod conservation;
mod determinism;
mod flow;
mod journal;
mod mechanism;
mod metamorphic;
mod proeftuin;
mod series;
mod staffing;
mod structure;
mod waiting;
