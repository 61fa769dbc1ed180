//! `rvtsim`: the Dutch child-and-family protection chain, today's relay against
//! Regionale Veiligheidsteams.
//!
//! The law is code, the organisation is data. The steps of the pathway and their
//! exits stand in [`model`]; who does which step, with how many people, at which
//! scale and in which mode of co-operation is a TOML file that [`scenario`] reads.
//!
//! ```text
//! scenario.toml ─▶ Scenario ─▶ passes (form, replication, region) ─▶ Observations ─▶ KPIs
//!    text           no doubts     Calendar + Chain, in parallel        merge          │
//!                       │                                                             ▼
//!                       └─▶ Diagnostics, all at once            estimates and paired differences
//!                                                                   │
//!                                                                   ▼
//!                                                          CSV, manifest, terminal
//! ```
//!
//! A folder is a layer, and imports run downwards only
//! (`tests/house_rules.rs`):
//!
//! ```text
//! main → cli → page → study → report → experiment → scenario → model ─┬→ engine → stats
//!                                                      └→ random → stats
//! ```
//!
//! # Guarantees
//!
//! 1. Events have one total order: time, priority, then the order of scheduling
//!    (`tests/theory/property_calendar.rs`).
//! 2. The same input and seed give the same bytes, on any number of threads
//!    (`tests/program/cli.rs`, `tests/model/determinism.rs`), in one go or ended anywhere and
//!    resumed (`tests/program/durability.rs`).
//! 3. The same household meets the same chances in every form, and one household
//!    more changes nobody else's (`tests/model/common_random_numbers.rs`).
//! 4. No household and no reserved hour is lost (`tests/model/conservation.rs`).
//! 5. No KPI stands without its interval, no run without its warnings (`tests/program/cli.rs`).

#[cfg(feature = "cli")]
pub mod cli;
pub mod engine;
pub mod experiment;
pub mod model;
pub mod page;
pub mod random;
pub mod report;
pub mod scenario;
pub mod stats;
pub mod study;
