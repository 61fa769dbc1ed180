//! A discrete-event kernel that has never heard of families.
//!
//! Time is a whole number of minutes ([`Time`]). What is going to happen
//! stands in a [`Calendar`], in one total order: time, then priority
//! (releases before seizes before observations), then the order in which it
//! was scheduled. Staff is a [`Pool`] of members of whom work reserves
//! minutes a week. A [`WorkingCalendar`] knows office hours and Dutch public
//! holidays. A [`Model`] handles one event at a time; [`run_until`] is the loop.
//!
//! Everything is `Clone`: a model can be run to a date, cloned, and continued
//! twice with the same answers.

mod calendar;
mod fetch;
mod place;
mod pool;
mod queue;
mod request;
mod simulation;
mod time;
mod tournament;
mod working_calendar;

pub use calendar::*;
pub(crate) use fetch::{fetch, fetch_start};
pub use pool::*;
pub use request::*;
pub use simulation::*;
pub use time::*;
pub use working_calendar::*;
