//! The program as people call it: commands, folders, pages.

mod desk;
#[path = "../shipped/mod.rs"]
mod shipped;

mod attribution;
mod belief;
mod browser;
mod calibration;
mod cli;
mod compare;
mod door;
#[cfg(unix)]
mod durability;
mod geometry;
mod guide;
#[cfg(unix)]
mod hostile;
mod hours;
mod journey;
mod licence;
mod log;
mod page;
#[cfg(unix)]
mod parquet;
mod path;
mod staffing;
mod story;
#[cfg(unix)]
mod sweep;
#[cfg(unix)]
mod sweep_example;
mod tongue;
#[cfg(all(unix, debug_assertions))]
mod trial;
mod weighing;
mod weighing_page;
mod workbook;
