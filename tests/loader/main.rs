//! Files into scenarios, and every diagnostic.

mod library;
#[path = "../shipped/mod.rs"]
mod shipped;

mod area;
mod diagnostic;
mod memory;
mod one_fault;
mod path;
mod property;
mod range;
mod reading;
mod scenario;
mod schema;
mod setting;
